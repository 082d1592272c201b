//! One import, from its sources to its facts.

use super::recognise::advised;
use super::{Builder, ImportReport, Importer, Options, Outputs};
use annals_source::{Source, SourceError};

/// Imports sources and writes the facts.
///
/// What was written when it fails is not whole, and whoever gave the outputs throws it away.
///
/// # Errors
/// When a source cannot be read, is not what its format says, can be read in several ways, or what is
/// made cannot be written.
pub fn import(
    importer: &Importer,
    sources: &[Source],
    options: &Options,
    outputs: Outputs<'_>,
) -> Result<ImportReport, SourceError> {
    let mut builder = Builder::new(outputs)?;
    (importer.work.read)(sources, options, &mut builder)
        .map_err(|refusal| advised(importer, sources, refusal))?;
    builder.finish()
}
