//! `annals check --fix` and `--diff`: fixes of spelling, applied to the files or only shown.

use std::fs;
use std::path::Path;

use similar::TextDiff;

use super::args::GlobalArgs;
use super::output::{self, Target};
use super::{Exit, Failure};
use annals_store::{Findings, FixedFile, Store};

/// How often the files are read again: fixing a field name can reveal that its value is misspelt
/// too.
const ROUNDS: usize = 10;

/// Shows the changes as a unified diff.
pub(super) fn show(findings: &Findings, global: GlobalArgs) -> Result<Exit, Failure> {
    let files = findings.fixed_files();
    let styled = output::colour(global);
    Target::Stdout.write(|out| {
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
    let count: usize = files.iter().map(|file| file.changes).sum();
    let mut lines = left_alone(findings);
    lines.push(said(count, files.len(), "would be made"));
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

fn said(changes: usize, files: usize, verb: &str) -> String {
    let changes = match changes {
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
    let mut touched = std::collections::BTreeSet::new();
    let mut left = Vec::new();
    for _ in 0..ROUNDS {
        let findings = check(&store)?;
        left = left_alone(&findings);
        let files = findings.fixed_files();
        let on_disk: Vec<&FixedFile> = files
            .iter()
            .filter(|file| Path::new(&file.file).is_file())
            .collect();
        if on_disk.is_empty() {
            if !files.is_empty() {
                lines.push("standard input cannot be fixed; save it to a file".to_owned());
            }
            break;
        }
        for file in on_disk {
            replace(file)?;
            made += file.changes;
            touched.insert(file.file.clone());
        }
        store = read()?;
    }
    lines.extend(left);
    lines.push(said(made, touched.len(), "made"));
    Ok(store)
}

/// Replaces a file by its fixed text, atomically, keeping its byte order mark and permissions. A
/// file that has changed since it was read is left alone.
fn replace(file: &FixedFile) -> Result<(), Failure> {
    let fault = |error: &std::io::Error| Failure::io(&file.file, error);
    // A link stays a link: its target is fixed.
    let path = fs::canonicalize(&file.file).map_err(|error| fault(&error))?;
    let bytes = fs::read(&path).map_err(|error| fault(&error))?;
    if bytes != file.before.as_bytes() {
        return Err(Failure {
            message: Some(format!(
                "{} changed while it was being read; it is left as it is",
                file.file
            )),
            exit: Exit::Unreadable,
        });
    }
    let permissions = fs::metadata(&path)
        .map_err(|error| fault(&error))?
        .permissions();
    let folder = path.parent().unwrap_or(Path::new("."));
    let temporary = tempfile::Builder::new()
        .prefix(".annals-")
        .suffix(".tmp")
        .tempfile_in(folder)
        .map_err(|error| fault(&error))?;
    fs::write(temporary.path(), &file.after)
        .and_then(|()| fs::set_permissions(temporary.path(), permissions))
        .and_then(|()| temporary.as_file().sync_all())
        .map_err(|error| fault(&error))?;
    temporary
        .persist(&path)
        .map_err(|error| fault(&error.error))?;
    Ok(())
}
