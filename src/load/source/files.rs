//! Finds the fact files: files as given, and every fact file below a folder.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::embedded::EmbeddedFile;
use annals_files::words_of;
use annals_model::{FileKind, RecordKind, Vocabulary};

/// Where facts are to be read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A fact file, or a folder of them.
    Path(PathBuf),
    /// Standard input: JSON or JSON Lines.
    Stdin,
    /// A fact file that is kept in something else: a snapshot.
    Embedded(EmbeddedFile),
    /// Facts that are at hand already: a name for messages, and the bytes.
    Memory {
        /// What messages call it; its ending says its spelling.
        name: String,
        /// What is in it.
        bytes: Vec<u8>,
    },
}

/// A fact file that was found, not yet read.
#[derive(Debug)]
pub(crate) struct FactFile {
    /// What messages call it.
    pub(crate) name: String,
    /// Where it is.
    pub(crate) input: Input,
    /// How it is spelled; `None` where neither ending nor content says.
    pub(crate) kind: Option<FileKind>,
}

/// Where the bytes of a file come from.
#[derive(Debug)]
pub(crate) enum Input {
    Path(PathBuf),
    /// A file on disk that was read before and has not changed since.
    Unchanged(PathBuf),
    Memory(Vec<u8>),
    /// A file on disk, of which other bytes are taken: what it would be after a change.
    Instead(PathBuf, Vec<u8>),
    Embedded(EmbeddedFile),
    /// Why there are none.
    Fault(String),
}

/// The spelling that the ending of a file name says.
pub(crate) fn kind_of(name: &str) -> Option<FileKind> {
    let ending = Path::new(name).extension()?.to_str()?.to_ascii_lowercase();
    match ending.as_str() {
        "json" => Some(FileKind::Json),
        "jsonl" => Some(FileKind::JsonLines),
        "yaml" | "yml" => Some(FileKind::Yaml),
        "csv" | "tsv" => Some(FileKind::Table),
        "xlsx" | "ods" => Some(FileKind::Book),
        _ => None,
    }
}

/// The kind of record that a name says: `claims`, `claim`, `kyiv-claims`, `2023_claims`.
pub(crate) fn kind_of_name(name: &str) -> Option<RecordKind> {
    let last = name.rsplit('/').next().unwrap_or(name);
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let word = stem
        .rsplit(['-', '_', '.', ' '])
        .next()
        .unwrap_or(stem)
        .to_lowercase();
    let mut kinds = RecordKind::ALL.iter().copied();
    kinds.find(|kind| kind.plural() == word || kind.word() == word)
}

/// Whether a workbook is called `facts`, or `kyiv-facts`.
pub(crate) fn is_called_facts(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or(name);
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    stem.rsplit(['-', '_', '.', ' '])
        .next()
        .is_some_and(|word| word.eq_ignore_ascii_case("facts"))
}

/// The same of a file that was not named itself: a folder may hold sheets of other things, so that
/// only those are read that are called after a kind of record, and workbooks that are called facts.
fn kind_below(name: &str) -> Option<FileKind> {
    kind_of(name).filter(|kind| match kind {
        FileKind::Table => kind_of_name(name).is_some(),
        FileKind::Book => is_called_facts(name),
        _ => true,
    })
}

/// Finds all fact files, in the order of their names, each once.
pub(crate) fn find(sources: &[Source]) -> Vec<FactFile> {
    let mut found = Vec::new();
    for source in sources {
        match source {
            Source::Memory { name, bytes } => found.push(FactFile {
                name: name.clone(),
                input: Input::Memory(bytes.clone()),
                kind: kind_of(name),
            }),
            Source::Embedded(file) => found.push(FactFile {
                name: file.name.clone(),
                kind: Some(file.kind),
                input: Input::Embedded(file.clone()),
            }),
            Source::Stdin => found.push(stdin()),
            Source::Path(path) => below(path, &mut found),
        }
    }
    found.sort_by(|a, b| compare_names(&a.name, &b.name));
    let mut seen = std::collections::HashSet::new();
    found.retain(|file| match &file.input {
        Input::Path(path) | Input::Unchanged(path) => {
            seen.insert(path.canonicalize().unwrap_or_else(|_| path.clone()))
        }
        Input::Instead(..) | Input::Memory(_) | Input::Embedded(_) | Input::Fault(_) => true,
    });
    found
}

/// The fact files on disk that are read of some sources, in the order in which they are read.
pub fn fact_files(sources: &[Source]) -> Vec<PathBuf> {
    // Standard input is read once, by whoever loads it.
    let sources: Vec<Source> = (sources.iter())
        .filter(|source| matches!(source, Source::Path(_)))
        .cloned()
        .collect();
    let paths = find(&sources)
        .into_iter()
        .filter_map(|file| match file.input {
            Input::Path(path) | Input::Unchanged(path) => Some(path),
            Input::Instead(..) | Input::Memory(_) | Input::Embedded(_) | Input::Fault(_) => None,
        });
    paths.collect()
}

/// Takes other bytes for some files, which need not be there yet.
pub(crate) fn put_instead(files: &mut Vec<FactFile>, instead: &[(PathBuf, Vec<u8>)]) {
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    for (path, bytes) in instead {
        let wanted = real(path);
        let is_it = |file: &&mut FactFile| match &file.input {
            Input::Path(path) | Input::Unchanged(path) => real(path) == wanted,
            _ => false,
        };
        match files.iter_mut().find(is_it) {
            Some(file) => {
                // It is called as it was.
                if let Input::Path(path) | Input::Unchanged(path) = &file.input {
                    file.input = Input::Instead(path.clone(), bytes.clone());
                }
            }
            None => {
                let input = Input::Instead(path.clone(), bytes.clone());
                let name = shown(path);
                let kind = kind_of(&name);
                files.push(FactFile { name, input, kind });
            }
        }
    }
    files.sort_by(|a, b| compare_names(&a.name, &b.name));
}

/// Folder by folder, so that `a/z.json` stands before `a-b/a.json`.
fn compare_names(a: &str, b: &str) -> std::cmp::Ordering {
    a.split('/').cmp(b.split('/'))
}

fn stdin() -> FactFile {
    let name = "-".to_owned();
    let mut bytes = Vec::new();
    let mut limited = io::stdin().lock().take(annals_files::HELD + 1);
    match limited.read_to_end(&mut bytes) {
        Ok(read) if read as u64 > annals_files::HELD => FactFile {
            name,
            input: Input::Fault(
                "standard input is larger than 1 GiB, which is the limit; read a file instead"
                    .to_owned(),
            ),
            kind: None,
        },
        Ok(_) => FactFile {
            name,
            input: Input::Memory(bytes),
            kind: None,
        },
        Err(error) => FactFile {
            name,
            input: Input::Fault(error.to_string()),
            kind: None,
        },
    }
}

fn below(path: &Path, found: &mut Vec<FactFile>) {
    let name = shown(path);
    let fault = |why: String| FactFile {
        name: name.clone(),
        input: Input::Fault(why),
        kind: None,
    };
    match fs::metadata(path) {
        Err(error) => found.push(fault(words_of(&error))),
        Ok(metadata) if metadata.is_dir() && is_snapshot(path) => found.push(fault(
            "it is a snapshot, and this program was built without the feature \"snapshot\""
                .to_owned(),
        )),
        Ok(metadata) if metadata.is_dir() => folder(path, found),
        Ok(_) => {
            let kind = kind_of(&name);
            found.push(if kind.is_none() {
                fault(
                    "its extension is not one of .json, .jsonl, .yaml, .yml, .csv, .tsv, .xlsx, .ods"
                        .to_owned(),
                )
            } else {
                FactFile {
                    name,
                    input: Input::Path(path.to_owned()),
                    kind,
                }
            });
        }
    }
}

/// Walks a folder without following links to folders, so that no walk is endless.
fn folder(root: &Path, found: &mut Vec<FactFile>) {
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) => {
                let (name, input) = (shown(&folder), Input::Fault(words_of(&error)));
                found.push(FactFile {
                    name,
                    input,
                    kind: None,
                });
                continue;
            }
        };
        for entry in entries.flatten() {
            let path = entry.path();
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            let Ok(file_type) = entry.file_type() else {
                continue;
            };
            if hidden {
                continue;
            }
            if file_type.is_dir() {
                // A snapshot beside its facts is not read as well, nor is a part of one.
                if !is_snapshot(&path) && !is_part(&path) {
                    open.push(path);
                }
                continue;
            }
            let name = shown(&path);
            if let Some(kind) = kind_below(&name).filter(|_| !path.is_dir()) {
                found.push(FactFile {
                    name,
                    input: Input::Path(path),
                    kind: Some(kind),
                });
            }
        }
    }
}

/// Whether a folder is, by its name, a snapshot: these are not looked into for fact files.
pub fn is_snapshot(folder: &Path) -> bool {
    folder.extension().is_some_and(|ending| ending == "annals")
}

/// Whether a folder is a part of a snapshot, which waits to be joined with others.
fn is_part(folder: &Path) -> bool {
    let is_called_so = folder.extension().is_some_and(|ending| ending == "part");
    is_called_so && folder.join("manifest.json").is_file()
}

/// A path as messages show it: with `/`, without a leading `./`.
fn shown(path: &Path) -> String {
    let name = path.to_string_lossy().replace('\\', "/");
    let name = name.strip_prefix("./").unwrap_or(&name);
    if name.is_empty() {
        ".".to_owned()
    } else {
        name.to_owned()
    }
}

/// The shortest ending of each name, folders first, that no other file of the run shares: what
/// records without an id are named after.
pub(crate) fn short_names(names: &[&str]) -> Vec<String> {
    let mut short = Vec::with_capacity(names.len());
    let mut by_base: std::collections::HashMap<&str, usize> = std::collections::HashMap::new();
    for name in names {
        *by_base.entry(base(name)).or_default() += 1;
    }
    for name in names {
        let unique = by_base.get(base(name)) == Some(&1);
        short.push(if unique { base(name) } else { name }.to_owned());
    }
    short
}

fn base(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_say_the_spelling() {
        assert_eq!(kind_of("a/b.JSON"), Some(FileKind::Json));
        assert_eq!(kind_of("a.jsonl"), Some(FileKind::JsonLines));
        assert_eq!(kind_of("a.yml"), Some(FileKind::Yaml));
        assert_eq!(kind_of("json"), None);
    }

    #[test]
    fn records_are_named_after_the_shortest_telling_name() {
        assert_eq!(
            short_names(&["a/x.yaml", "b/x.yaml", "b/y.yaml"]),
            ["a/x.yaml", "b/x.yaml", "y.yaml"]
        );
    }
}
