//! What people already have, as facts: one list of formats, one file or folder a format.
//!
//! A format is a row of the list ([`Importer`]): it says what it is, and turns sources into records through the one
//! [`Builder`], which gives ids, writes each record in the spelling that is asked for and keeps
//! account of what came and what was left out. Nothing is guessed silently: where a source can be
//! read in several ways, the import ends with a [`SourceError`] that asks.
//!
//! ```
//! use annals_source::Source;
//! use annals_import::{Options, Outputs, by_name, import};
//!
//! let calendar = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20230420\r\n\
//!                 SUMMARY:A visit\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
//! let source = Source::memory("visit.ics", calendar.as_bytes());
//! let ics = by_name("ics").ok_or("no such format")?;
//! let mut facts = Vec::new();
//! let done = import(ics, &[source], &Options::default(), Outputs::to(&mut facts))?;
//! assert_eq!(done.line(), "imported 1 event; wrote 1 document, 1 event");
//! assert!(String::from_utf8(facts)?.contains("when: 2023-04-20"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod bibliography;
mod brat;
pub mod dates;
mod diagnostics;
mod dna;
mod entities;
mod event_table;
mod ftm;
mod ics;
mod json_object;
mod one_tie;
pub mod options;
mod recognise;
mod registry;
mod run;
mod stix;
mod table;
mod tei;
mod timelinejs;
mod timeml;
mod webannotation;
mod wikidata;
mod writer;
mod xml_tree;

use std::path::{Path, PathBuf};

use annals_export::facts::Spelling;
use annals_format::Format;
use annals_source::{Source, SourceError};

pub use annals_format::slug;
pub use diagnostics::{SourcePlaces, finding};
pub use options::{Opt, Options};
pub use recognise::{Named, recognise};
pub use registry::{IMPORTERS, by_name};
pub use run::import;
pub use writer::{
    Builder, Evidence, ImportReport, Outputs, Record, ReportForm, SameName, Texts, extra_key,
};

/// A format that is turned into facts. Its extensions say which files of a folder are read; files
/// that are named are read whatever they are called.
pub type Importer = Format<Import, &'static Opt>;

/// Writes a first mapping for these sources: text in YAML, with reasons.
type Suggest = fn(&[Source], &Options) -> Result<Option<String>, SourceError>;

/// How a format is read.
#[derive(Debug)]
pub struct Import {
    /// What of the source becomes what: pairs in Markdown, for the page of reference.
    pub maps: &'static [(&'static str, &'static str)],
    suggest: Option<Suggest>,
    read: fn(&[Source], &Options, &mut Builder<'_>) -> Result<(), SourceError>,
}

impl Import {
    /// A first mapping for these sources, for formats that have mappings: text in YAML, with reasons.
    ///
    /// # Errors
    /// As [`import`].
    pub fn suggest(
        &self,
        sources: &[Source],
        options: &Options,
    ) -> Result<Option<String>, SourceError> {
        match self.suggest {
            Some(suggest) => suggest(sources, options),
            None => Ok(None),
        }
    }
}

/// The files that sources name: a file as it is, of a folder all files below it that the format
/// wants by their ending, in the order of their names, hidden ones and links to folders left out.
///
/// # Errors
/// When a folder cannot be read or has no file of the format.
pub fn sources(importer: &Importer, paths: &[PathBuf]) -> Result<Vec<Source>, SourceError> {
    let mut found = Vec::new();
    for path in paths {
        if !path.is_dir() {
            found.push(Source::path(path));
            continue;
        }
        let before = found.len();
        let mut files = Vec::new();
        below(path, &mut files)?;
        files.sort();
        let wanted = files.iter().map(|file| Source::path(file));
        found.extend(wanted.filter(|source| importer.extensions.contains(&&*source.ending())));
        if found.len() == before {
            let at = Source::path(path).at();
            let endings: Vec<String> = (importer.extensions.iter())
                .map(|ending| format!(".{ending}"))
                .collect();
            let message = format!("the folder has no {} file", importer.name);
            let help = format!(
                "its files end in {}; name other files explicitly",
                endings.join(", ")
            );
            return Err(
                SourceError::new(annals_source::SourceErrorKind::Unreadable, at, message)
                    .help(help),
            );
        }
    }
    Ok(found)
}

fn below(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), SourceError> {
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        let fault = |error| SourceError::of_io(error, &Source::path(&folder).at());
        for entry in std::fs::read_dir(&folder).map_err(fault)? {
            let entry = entry.map_err(fault)?;
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            match entry.file_type().map_err(fault)? {
                _ if hidden => {}
                kind if kind.is_dir() => open.push(entry.path()),
                // A pipe or a device is no file to look into.
                _ if entry.path().is_file() => files.push(entry.path()),
                _ => {}
            }
        }
    }
    Ok(())
}

/// The spelling of a fact file that its ending says: YAML, JSON or JSON Lines; YAML where it says
/// none.
fn spelling_of(file: Option<&Path>) -> Spelling {
    Spelling::of(file)
}
