//! `annals check --fix` and `--diff`: fixes of spelling, applied to the files or only shown.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use similar::TextDiff;

use super::args::GlobalArgs;
use super::interrupt;
use super::output::{self, Target};
use super::terminal::Escapes;
use super::{Exit, Failure};
use annals_files::NewFile;
use annals_finding::shown_path;
use annals_store::{Findings, FixedFile, Store};

/// How often the files are read again: fixing a field name can reveal that its value is misspelt
/// too.
const ROUNDS: usize = 10;

/// Shows the changes as a unified diff.
pub(super) fn show(findings: &Findings, global: GlobalArgs) -> Result<Exit, Failure> {
    let files = findings.fixed_files();
    let styled = output::colour(global);
    Target::Stdout.show(Escapes::text(styled), |out| {
        for file in &files {
            let diff = TextDiff::from_lines(&file.before, &file.after);
            let drawn = diff
                .unified_diff()
                .header(&file.file, &file.file)
                .to_string();
            for line in drawn.lines() {
                let colour = match line.as_bytes().first() {
                    Some(b'+') => "32",
                    Some(b'-') => "31",
                    _ => "",
                };
                let shown: String = line.chars().flat_map(annals_finding::visible).collect();
                if styled && !colour.is_empty() {
                    writeln!(out, "\u{1b}[{colour}m{shown}\u{1b}[0m")?;
                } else {
                    writeln!(out, "{shown}")?;
                }
            }
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
    named: &[PathBuf],
    lines: &mut Vec<String>,
) -> Result<Store, Failure> {
    let mut store = store;
    let mut made = 0;
    let mut touched = BTreeSet::new();
    let mut outside_named = BTreeSet::new();
    let mut left = Vec::new();
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
        let (within, outside): (Vec<&FixedFile>, Vec<&FixedFile>) = on_disk
            .into_iter()
            .partition(|file| is_within(Path::new(&file.file), named));
        for file in outside {
            if outside_named.insert(file.file.clone()) {
                lines.push(format!(
                    "{} leads to a file outside the folder; it is left as it is",
                    shown_path(Path::new(&file.file))
                ));
            }
        }
        if within.is_empty() {
            break;
        }
        for file in within {
            replace(file)?;
            made += file.changes.len();
            lines.extend(listed(file));
            touched.insert(file.file.clone());
        }
        store = read()?;
    }
    let is_left = !left.is_empty() || !outside_named.is_empty() || is_unsaved;
    lines.extend(left);
    lines.push(said(made, touched.len(), "made", is_left));
    Ok(store)
}

/// Whether a file is one that was named, or lies in a folder that was: a link in a folder may lead
/// anywhere.
fn is_within(file: &Path, named: &[PathBuf]) -> bool {
    let Ok(real) = file.canonicalize() else {
        return false;
    };
    named.iter().any(|one| {
        let is_folder = one.is_dir();
        let one = one.canonicalize().ok();
        one.is_some_and(|one| real == one || is_folder && real.starts_with(&one))
    })
}

/// Replaces a file by its fixed text, atomically, keeping its byte order mark and permissions. A
/// file that has changed since it was read is left alone.
fn replace(file: &FixedFile) -> Result<(), Failure> {
    let shown = shown_path(Path::new(&file.file));
    let fault = |error: &std::io::Error| Failure::io(&shown, error);
    // A link stays a link: its target is fixed.
    let path = fs::canonicalize(&file.file).map_err(|error| fault(&error))?;
    let bytes = annals_files::read(&path, u64::MAX).map_err(|error| fault(&error))?;
    if bytes != file.before.as_bytes() {
        return Err(Failure {
            message: Some(format!(
                "{shown} changed while it was being read; it is left as it is"
            )),
            exit: Exit::Unreadable,
        });
    }
    let permissions = fs::metadata(&path)
        .map_err(|error| fault(&error))?
        .permissions();
    interrupt::cleans_up();
    let mut new = NewFile::beside(&path).map_err(|error| fault(&error))?;
    // What is mended has been read.
    new.write_all(file.after.as_bytes())
        .and_then(|()| new.as_file().set_permissions(permissions))
        .and_then(|()| new.as_file().sync_all())
        .and_then(|()| annals_files::uninterrupted(|| new.put_now(&path)))
        .map_err(|error| fault(&error))
}
