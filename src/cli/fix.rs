//! `annals check --fix` and `--diff`: fixes of spelling, applied to the files or only shown.

use std::collections::BTreeSet;
use std::path::Path;

use super::args::GlobalArgs;
use super::interrupt;
use super::output::{self, Target};
use super::terminal::Escapes;
use super::{Exit, Failure, unified_diff};
use annals_finding::shown_path;
use annals_store::{Findings, FixedFile, Refusal, Store};

/// How often the files are read again: fixing a field name can reveal that its value is misspelt
/// too.
const ROUNDS: usize = 10;

/// Shows the changes as a unified diff.
pub(super) fn show(findings: &Findings, global: GlobalArgs) -> Result<Exit, Failure> {
    let files = findings.fixed_files();
    let styled = output::colour(global);
    Target::Stdout.show(Escapes::text(styled), |out| {
        for file in &files {
            unified_diff::draw(out, &file.file, [&file.before, &file.after], styled)?;
        }
        Ok(())
    })?;
    let count: usize = files.iter().map(|file| file.changes.len()).sum();
    let mut lines = left_alone(findings);
    let is_left = !lines.is_empty();
    lines.push(said(count, files.len(), "would be made", is_left));
    super::session::say(&lines, global);
    Ok(Exit::Done)
}

/// The files that are not changed since they were read in part.
fn left_alone(findings: &Findings) -> Vec<String> {
    let files = findings.unfixed_files();
    let line = |file: &String| {
        let file = annals_finding::shown(file);
        format!("{file} was read in part and is left as it is; correct what cannot be read first")
    };
    files.iter().map(line).collect()
}

/// Each change of a file: `file:line: old → new`.
fn listed(file: &FixedFile) -> impl Iterator<Item = String> + '_ {
    let name = shown_path(Path::new(&file.file));
    file.changes.iter().map(move |word| {
        format!(
            "{name}:{}: {} → {}",
            word.line,
            annals_finding::shown(&word.before),
            annals_finding::shown(&word.after)
        )
    })
}

/// The last line; `is_left` if there are files that could be fixed and are left as they are.
fn said(changes: usize, files: usize, verb: &str, is_left: bool) -> String {
    let changes = match changes {
        0 if is_left => return format!("no change {verb}"),
        0 => return "nothing can be fixed by spelling alone".to_owned(),
        1 => "1 change".to_owned(),
        more => format!("{more} changes"),
    };
    let files = if files == 1 {
        "1 file".to_owned()
    } else {
        format!("{files} files")
    };
    format!("{changes} {verb} in {files}")
}

/// Applies the fixes and reads the files again, until nothing is left to fix.
pub(super) fn mend(
    store: Store,
    check: &dyn Fn(&Store) -> Result<Findings, Failure>,
    read: &dyn Fn() -> Result<Store, Failure>,
    lines: &mut Vec<String>,
) -> Result<Store, Failure> {
    let mut store = store;
    let mut made = 0;
    let mut touched = BTreeSet::new();
    let mut left_files = BTreeSet::new();
    let mut left = Vec::new();
    interrupt::cleans_up();
    let mut is_unsaved = false;
    for _ in 0..ROUNDS {
        let findings = check(&store)?;
        left = left_alone(&findings);
        let files = findings.fixed_files();
        let (on_disk, elsewhere): (Vec<&FixedFile>, Vec<&FixedFile>) = files
            .iter()
            .partition(|file| Path::new(&file.file).is_file());
        if !elsewhere.is_empty() && on_disk.is_empty() {
            lines.push("standard input cannot be fixed; save it to a file".to_owned());
            is_unsaved = true;
        }
        let mut is_written = false;
        for file in on_disk {
            match store.write_fixed(file) {
                Ok(()) => {
                    made += file.changes.len();
                    lines.extend(listed(file));
                    touched.insert(file.file.clone());
                    is_written = true;
                }
                Err(refusal @ Refusal::File { .. }) => {
                    if left_files.insert(file.file.clone()) {
                        lines.push(format!("{refusal}; it is left as it is"));
                    }
                }
                Err(refusal) => return Err(refusal.into()),
            }
        }
        if !is_written {
            break;
        }
        store = read()?;
    }
    let is_left = !left.is_empty() || !left_files.is_empty() || is_unsaved;
    lines.extend(left);
    lines.push(said(made, touched.len(), "made", is_left));
    Ok(store)
}
