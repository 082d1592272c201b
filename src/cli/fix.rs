//! `annals check --fix` and `--diff`: changes of spelling, made in the files or only shown.

use std::fs;
use std::path::Path;

use similar::TextDiff;

use super::args::GlobalArgs;
use super::output::{self, Target};
use super::{Exit, Failure};
use annals_check::{Policy, check};
use annals_finding::fix::{changes, mended};
use annals_load::{LoadResult, Places};
use annals_model::FileKind;

/// How often the files are read again: a mended field can show that its value is misspelt too.
const ROUNDS: usize = 10;

/// A file with what it is to become.
struct Mended {
    file: String,
    before: String,
    after: String,
    changes: usize,
}

fn mended_files(loaded: &LoadResult, policy: &Policy) -> Vec<Mended> {
    let findings = check(loaded, policy);
    let places = Places::new(loaded);
    let all = changes(&findings, &places).into_iter();
    all.filter_map(|(id, changes)| {
        let file = loaded.facts.files.get(id.index())?;
        let before = loaded.sources.text(id)?.to_owned();
        let after = mended(&before, &changes);
        (file.kind != FileKind::Text && after != before).then(|| Mended {
            file: file.name.clone(),
            before,
            after,
            changes: changes.len(),
        })
    })
    .collect()
}

/// Shows what would be changed, as a unified diff.
pub(super) fn show(
    loaded: &LoadResult,
    policy: &Policy,
    manner: GlobalArgs,
) -> Result<Exit, Failure> {
    let files = mended_files(loaded, policy);
    let styled = output::colour(manner);
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
    super::session::say(&[said(count, files.len(), "would be made")], manner);
    Ok(Exit::Done)
}

fn said(changes: usize, files: usize, verb: &str) -> String {
    let changes = match changes {
        0 => return "there is nothing to mend by spelling alone".to_owned(),
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

/// Makes the changes, reads the files again, and so on until nothing is left to change.
pub(super) fn mend(
    loaded: LoadResult,
    policy: &Policy,
    read: &dyn Fn() -> LoadResult,
    lines: &mut Vec<String>,
) -> Result<LoadResult, Failure> {
    let mut loaded = loaded;
    let mut made = 0;
    let mut touched = std::collections::BTreeSet::new();
    for _ in 0..ROUNDS {
        let files = mended_files(&loaded, policy);
        let on_disk: Vec<&Mended> = files
            .iter()
            .filter(|file| Path::new(&file.file).is_file())
            .collect();
        if on_disk.is_empty() {
            if !files.is_empty() {
                lines.push("standard input cannot be mended; save it to a file".to_owned());
            }
            break;
        }
        for file in on_disk {
            replace(file)?;
            made += file.changes;
            touched.insert(file.file.clone());
        }
        loaded = read();
    }
    lines.push(said(made, touched.len(), "made"));
    Ok(loaded)
}

/// Replaces a file by its mended text, whole or not at all, with its byte order mark and its
/// permissions. One that has changed since it was read is left alone.
fn replace(file: &Mended) -> Result<(), Failure> {
    let fault = |error: &std::io::Error| Failure::io(&file.file, error);
    // A link stays a link: what it leads to is mended.
    let path = fs::canonicalize(&file.file).map_err(|error| fault(&error))?;
    let bytes = fs::read(&path).map_err(|error| fault(&error))?;
    if bytes != file.before.as_bytes() {
        return Err(Failure {
            message: Some(format!(
                "{} has changed while it was read; nothing is changed in it",
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
