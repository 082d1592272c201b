//! `--receipt FILE`: what an answer was given to and what it rests on, written when the command has
//! ended.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::Failure;
use super::output::Target;
use super::run_notes;
use super::terminal::Escapes;
use annals_finding::shown_path;
use annals_store::Receipt;

/// Writes the receipt, if one was asked for.
///
/// # Errors
/// If it cannot be written, or would replace the answer.
pub(super) fn write() -> Result<(), Failure> {
    let run = run_notes::take();
    let Some(path) = run.file else {
        return Ok(());
    };
    let shown = shown_path(&path);
    let real = |path: &Path| path.canonicalize().ok();
    if run
        .written
        .iter()
        .any(|one| *one == path || (real(one).is_some() && real(one) == real(&path)))
    {
        return Err(Failure::usage(format!(
            "{shown} is the answer; write the receipt to another file"
        )));
    }
    let parent = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    let folder = parent.unwrap_or(Path::new("."));
    // Without rows, the answer is made of the claims that the selection selects.
    let query = run
        .query
        .filter(|_| run.rests_on_selection || run.records.as_ref().is_none_or(BTreeSet::is_empty));
    let records = run.records.unwrap_or_default();
    let mut receipt: Option<Receipt> = None;
    for store in &run.stores {
        let own = store.receipt(&run.asked, &records, query.as_ref(), folder)?;
        receipt = Some(match receipt {
            Some(others) => others.and(own),
            None => own,
        });
    }
    let stores = run.stores.iter();
    let read: Vec<PathBuf> = stores.flat_map(|store| store.paths().to_vec()).collect();
    let target = Target::new(Some(&path), &read)?;
    target.show(Escapes::Json, |out| {
        serde_json::to_writer_pretty(&mut *out, &receipt).map_err(std::io::Error::from)?;
        out.write_all(b"\n")
    })
}
