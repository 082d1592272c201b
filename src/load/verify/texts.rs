//! The texts of documents: found, read, and compared with their checksums.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::faults;
use crate::locate::Sources;
use crate::source::elsewhere::{ByName, Elsewhere};
use crate::source::embedded::EmbeddedText;
use crate::source::encoding::guess_encoding;
use crate::source::home::Home;
use annals_evidence::Text;
use annals_finding::Finding;
use annals_model::{DocumentId, Facts, FileId, FileKind, SourceFile};

/// The texts of the documents that have one, by document.
#[derive(Debug, Default)]
pub struct Texts {
    /// The file, its text, and its SHA-256.
    of: Vec<Option<(FileId, Arc<Text>, String)>>,
    /// The documents whose text a snapshot keeps.
    embedded: BTreeSet<DocumentId>,
    /// The documents whose text is there and was not taken.
    refused: Vec<(DocumentId, EmbeddedText)>,
    /// Where files lie that are called as a text that is missing.
    pub(crate) elsewhere: BTreeMap<DocumentId, Vec<Elsewhere>>,
    /// Whether a text that a snapshot keeps cannot be had.
    pub(crate) stopped: bool,
}

impl Texts {
    /// The text of a document, and the file that it is.
    pub fn get(&self, document: DocumentId) -> Option<(FileId, &Text)> {
        let (file, text, _) = self.of.get(document.index())?.as_ref()?;
        Some((*file, text))
    }

    /// The SHA-256 of the file that the text of a document is, as 64 hexadecimal digits.
    pub fn sha256(&self, document: DocumentId) -> Option<&str> {
        let (_, _, sum) = self.of.get(document.index())?.as_ref()?;
        Some(sum)
    }

    /// The text of a document, to be kept.
    pub fn shared(&self, document: DocumentId) -> Option<Arc<Text>> {
        let (_, text, _) = self.of.get(document.index())?.as_ref()?;
        Some(Arc::clone(text))
    }

    /// Whether the text of a document comes from a snapshot.
    pub fn is_embedded(&self, document: DocumentId) -> bool {
        self.embedded.contains(&document)
    }

    /// What came of looking for each text, where it was not simply not there.
    pub fn kept<'t>(
        &'t self,
        facts: &'t Facts,
    ) -> impl Iterator<Item = (DocumentId, EmbeddedText)> + 't {
        let found = facts.documents.handles().filter_map(|document| {
            let (file, text, sum) = self.of.get(document.index())?.as_ref()?;
            let kept = EmbeddedText::Found {
                shown: facts.file(*file).name.clone(),
                sum: sum.clone(),
                text: text.as_str().to_owned(),
            };
            Some((document, kept))
        });
        found.chain(self.refused.iter().cloned())
    }
}

/// Where a text was looked for, and what came of it.
enum Search {
    Found(PathBuf),
    /// A file of this name lies outside all folders.
    Outside,
    Nowhere,
}

/// The folders in which texts may lie.
struct Folders<'a> {
    /// Those that the user gave, as given and without links.
    given: Vec<(&'a Path, PathBuf)>,
    /// Their files by sum, read only when a document is looked for by its sum.
    by_sum: Option<BTreeMap<String, PathBuf>>,
}

/// Finds and reads the texts of all documents. `roots` are the folders that were read for facts, in
/// which files of the right name may lie in a wrong place.
pub(crate) fn read(
    facts: &mut Facts,
    homes: &[Home],
    (roots, given_folders): (&[PathBuf], &[PathBuf]),
    sources: &mut Sources,
    findings: &mut Vec<Finding>,
) -> Texts {
    let given = given_folders
        .iter()
        .filter_map(|dir| Some((dir.as_path(), dir.canonicalize().ok()?)));
    let mut folders = Folders {
        given: given.collect(),
        by_sum: None,
    };
    let mut texts = Texts {
        of: vec![None; facts.documents.len()],
        embedded: BTreeSet::new(),
        refused: Vec::new(),
        elsewhere: BTreeMap::new(),
        stopped: false,
    };
    let mut by_name = ByName::new(roots);
    let documents: Vec<_> = facts.documents.handles().collect();
    for document in documents {
        annals_watch::look();
        let (name, sum) = (facts[document].text, facts[document].sha256);
        if name.is_none() && sum.is_none() {
            continue;
        }
        let sum = sum.map(|sum| facts.str(sum).to_ascii_lowercase());
        let origin = facts[document].common.origin;
        let home = homes.get(origin.file().index()).unwrap_or(&Home::None);
        let name = name.map(|name| facts.str(name));
        let kept = match home {
            Home::Embedded(stored) => match stored.bytes.text_of(origin.offset()) {
                Ok(kept) => kept,
                Err(error) => {
                    let why = annals_files::words_of(&error);
                    findings.push(faults::unreadable::found(origin.file(), &stored.name, &why));
                    texts.stopped = true;
                    continue;
                }
            },
            Home::Folder(_) | Home::None => None,
        };
        if kept.is_some() {
            texts.embedded.insert(document);
        }
        let found = match kept {
            Some(kept) => Some(kept),
            None => folders.text(name, home, sum.as_deref()),
        };
        match found {
            None => {
                if let (Some(name), Home::Folder(home)) = (name, home) {
                    let found = by_name.called(name, home, given_folders);
                    if !found.is_empty() {
                        texts.elsewhere.insert(document, found);
                    }
                }
            }
            Some(EmbeddedText::Outside) => {
                texts.refused.push((document, EmbeddedText::Outside));
                findings.push(faults::text_outside::found(facts, document));
            }
            Some(EmbeddedText::Unreadable { shown, why }) => {
                findings.push(faults::text_unreadable::found(
                    facts, document, &shown, &why,
                ));
                let refused = EmbeddedText::Unreadable { shown, why };
                texts.refused.push((document, refused));
            }
            Some(EmbeddedText::Found {
                shown,
                sum: actual,
                text,
            }) => {
                if sum.as_ref().is_some_and(|sum| *sum != actual) {
                    let finding = faults::text_changed::found(facts, document, &shown, &actual);
                    findings.push(finding);
                }
                let text = Arc::new(Text::new(text));
                sources.add_text(Arc::clone(&text));
                texts.of[document.index()] = Some((add_file(facts, shown), text, actual));
            }
        }
    }
    texts
}

/// The number of a text among all files.
fn add_file(facts: &mut Facts, shown: String) -> FileId {
    let file = FileId(u32::try_from(facts.files.len()).unwrap_or(u32::MAX));
    facts.files.push(SourceFile {
        short: shown.clone(),
        name: shown,
        kind: FileKind::Text,
    });
    file
}

/// The text of a file and its SHA-256.
fn read_text(path: &Path) -> Result<(String, String), String> {
    let most = Text::MAX_BYTES as u64;
    let bytes = annals_files::read(path, most).map_err(|error| annals_files::words_of(&error))?;
    let sum = sum_of(&bytes);
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let bytes = error.as_bytes();
        format!("it is not UTF-8; {}", guess_encoding(bytes))
    })?;
    // The mark says how the file is written and is no character of the text.
    if text.starts_with('\u{FEFF}') {
        text.drain(..'\u{FEFF}'.len_utf8());
    }
    Ok((text, sum))
}

fn sum_of(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes)
        .iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            // Writing to a String cannot fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}

impl Folders<'_> {
    /// Looks for a text and reads it; `None` where it is nowhere.
    fn text(&mut self, name: Option<&str>, home: &Home, sum: Option<&str>) -> Option<EmbeddedText> {
        let home = match home {
            Home::Folder(folder) => Some(folder.as_path()),
            Home::Embedded(_) | Home::None => None,
        };
        let search = match name {
            Some(name) => self.find(name, home, sum),
            None => self.by_sum(sum?).map_or(Search::Nowhere, Search::Found),
        };
        match search {
            Search::Nowhere => None,
            Search::Outside => Some(EmbeddedText::Outside),
            Search::Found(path) => {
                let shown = path.to_string_lossy().replace('\\', "/");
                Some(match read_text(&path) {
                    Ok((text, sum)) => EmbeddedText::Found { shown, sum, text },
                    Err(why) => EmbeddedText::Unreadable { shown, why },
                })
            }
        }
    }

    /// Looks for a text beside its fact file, then in the folders that the user gave: by its path
    /// there, by its bare name, by its sum.
    fn find(&mut self, name: &str, home: Option<&Path>, sum: Option<&str>) -> Search {
        let relative = Path::new(name);
        let mut outside = leaves(relative);
        let bare = relative.file_name().map(Path::new);
        let own_home = home.and_then(|home| home.canonicalize().ok());
        let homes = home.into_iter();
        for folder in homes.chain(self.given.iter().map(|(as_given, _)| *as_given)) {
            for name in [Some(relative), bare].into_iter().flatten() {
                let candidate = folder.join(name);
                let Ok(real) = candidate.canonicalize() else {
                    continue;
                };
                if !real.is_file() {
                    continue;
                }
                let within = |folder: &PathBuf| real.starts_with(folder);
                if own_home.iter().any(within) || self.given.iter().any(|(_, real)| within(real)) {
                    return Search::Found(plain(&candidate));
                }
                outside = true;
            }
        }
        if let Some(path) = sum.and_then(|sum| self.by_sum(sum)) {
            return Search::Found(path);
        }
        if outside {
            Search::Outside
        } else {
            Search::Nowhere
        }
    }

    /// The file of this sum in the folders that the user gave.
    fn by_sum(&mut self, sum: &str) -> Option<PathBuf> {
        let given = &self.given;
        let known = self.by_sum.get_or_insert_with(|| {
            let mut known = BTreeMap::new();
            for (folder, _) in given {
                sums_below(folder, &mut known);
            }
            known
        });
        known.get(sum).cloned()
    }
}

/// Whether a path leaves the folder that it starts from.
fn leaves(path: &Path) -> bool {
    let mut depth = 0_i32;
    for part in path.components() {
        match part {
            Component::ParentDir => depth -= 1,
            Component::Normal(_) => depth += 1,
            Component::CurDir => {}
            Component::RootDir | Component::Prefix(_) => return true,
        }
        if depth < 0 {
            return true;
        }
    }
    false
}

/// The path without `.` in it, as it is shown.
fn plain(path: &Path) -> PathBuf {
    path.components()
        .filter(|part| !matches!(part, Component::CurDir))
        .collect()
}

/// The sums of all files below a folder, hidden ones and links left out; of equal files the first
/// by name.
fn sums_below(folder: &Path, known: &mut BTreeMap<String, PathBuf>) {
    /// A larger file is nobody's report.
    const LARGEST: u64 = 256 << 20;
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        let Ok(entries) = fs::read_dir(&folder) else {
            continue;
        };
        for entry in entries.flatten() {
            let Ok(metadata) = entry.metadata() else {
                continue;
            };
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            if metadata.is_dir() {
                open.push(entry.path());
            } else if metadata.is_file() && metadata.len() <= LARGEST {
                let Ok(bytes) = annals_files::read(&entry.path(), LARGEST) else {
                    continue;
                };
                let path = plain(&entry.path());
                let kept = known.entry(sum_of(&bytes)).or_insert_with(|| path.clone());
                if path < *kept {
                    *kept = path;
                }
            }
        }
    }
}
