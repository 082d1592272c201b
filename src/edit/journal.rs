//! The journal: every write as a line of `.annals/journal.jsonl`, with what it needs to be undone.
//!
//! It is no history: what it has is undone as long as the files still have what was written. No command
//! reads it as facts, since hidden folders are passed over.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::refusal::Refusal;
use crate::scope::{Scope, shown};

/// The name of the file.
pub const JOURNAL: &str = "journal.jsonl";

/// The most bytes of it that are read.
const LARGEST: u64 = 64 << 20;

/// What an entry does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Does {
    /// Something was changed.
    Save,
    /// An earlier entry was undone.
    Undo,
    /// What was undone was made again.
    Redo,
}

/// A write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its number, from 1.
    pub n: u64,
    /// What it does.
    pub does: Does,
    /// The entry that it undoes or makes again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<u64>,
    /// What was done, in words.
    pub what: String,
    /// The files.
    pub files: Vec<EntryFile>,
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryFile {
    /// Its path, from the folder in which the journal's folder is.
    pub file: String,
    /// The SHA-256 before; `None` where there was none.
    pub before: Option<String>,
    /// The SHA-256 after; `None` where it was removed.
    pub after: Option<String>,
    /// What was replaced, in order.
    pub changes: Vec<EntryChange>,
}

/// Some bytes that were replaced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryChange {
    /// The byte of the file before at which it begins.
    pub at: usize,
    /// What stood there.
    pub old: String,
    /// What stands there after.
    pub new: String,
    /// What stands before it, to find the place again when other parts of the file have changed.
    pub near: String,
}

/// The journal of a dossier.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    /// The folder from which the paths of files are counted.
    base: PathBuf,
    /// The entries; a line that cannot be read is none.
    pub entries: Vec<Entry>,
}

impl Journal {
    /// Reads the journal of a dossier; one that is not there is empty.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn read(scope: &Scope) -> Result<Journal, Refusal> {
        let home = scope.home();
        let path = home.join(JOURNAL);
        let base = home.parent().unwrap_or(Path::new(".")).to_owned();
        let text = match annals_files::read_own_text(&path, LARGEST) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(Refusal::disk(&shown(&path), &error)),
        };
        // The last line is torn where the program was interrupted.
        let entries = text
            .lines()
            .filter_map(|line| serde_json::from_str(line).ok());
        Ok(Journal {
            entries: entries.collect(),
            path,
            base,
        })
    }

    /// Empties it.
    ///
    /// # Errors
    /// If the file cannot be removed.
    pub fn forget(scope: &Scope) -> Result<(), Refusal> {
        let path = scope.home().join(JOURNAL);
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(Refusal::disk(&shown(&path), &error))
            }
            _ => Ok(()),
        }
    }

    /// The number of the next entry.
    pub(crate) fn next(&self) -> u64 {
        self.entries
            .iter()
            .map(|entry| entry.n)
            .max()
            .unwrap_or(0)
            .saturating_add(1)
    }

    pub(crate) fn append(&self, entry: &Entry) -> Result<(), Refusal> {
        let line = serde_json::to_vec(entry).unwrap_or_default();
        let written = annals_files::append_line(&self.path, &line);
        written.map_err(|error| Refusal::disk(&shown(&self.path), &error))
    }

    /// The entries that are done, and those that are undone, each in the order in which they were.
    pub fn state(&self) -> (Vec<&Entry>, Vec<&Entry>) {
        let (mut done, mut undone): (Vec<&Entry>, Vec<&Entry>) = (Vec::new(), Vec::new());
        let moved = |from: &mut Vec<_>, of: Option<u64>| {
            let nth = from.iter().position(|entry: &&Entry| Some(entry.n) == of)?;
            Some(from.remove(nth))
        };
        for entry in &self.entries {
            match entry.does {
                Does::Save => {
                    done.push(entry);
                    undone.clear();
                }
                Does::Undo => undone.extend(moved(&mut done, entry.of)),
                Does::Redo => done.extend(moved(&mut undone, entry.of)),
            }
        }
        (done, undone)
    }

    /// The path of a file of an entry.
    pub(crate) fn path_of(&self, file: &EntryFile) -> PathBuf {
        self.base.join(&file.file)
    }

    /// A path as entries have it.
    pub(crate) fn written_path(&self, path: &Path) -> String {
        let base = self
            .base
            .canonicalize()
            .unwrap_or_else(|_| self.base.clone());
        let below = path.strip_prefix(&base).unwrap_or(path);
        below.to_string_lossy().replace('\\', "/")
    }
}
