//! The state of files when they were read, for noticing that they have changed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use annals_load::{Request, fact_files};
use annals_model::{Facts, FileKind};

/// The state of a file when it was read: its size and modification time; `None` if it does not
/// exist.
pub(crate) type Stamp = Option<(u64, Option<Duration>)>;

/// The fact files and the configuration behind a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fingerprint {
    files: BTreeMap<PathBuf, Stamp>,
    config: Option<String>,
}

impl Fingerprint {
    /// The fact files as they are now, and the text of the configuration.
    pub(crate) fn new(request: &Request, config: Option<String>) -> Self {
        let files = fact_files(&request.facts).into_iter();
        Fingerprint {
            files: files.map(stamped).collect(),
            config,
        }
    }

    /// The same, with some files as they are now: a program that has just written them knows what they hold.
    /// `None` if the configuration is not the one of `config`.
    pub(crate) fn after_writing(
        mut self,
        written: &[PathBuf],
        config: &Fingerprint,
    ) -> Option<Fingerprint> {
        if self.config != config.config {
            return None;
        }
        let real = |path: &Path| path.canonicalize().ok();
        for written in written {
            let wanted = real(written)?;
            let is_it = |path: &&PathBuf| real(path).as_ref() == Some(&wanted);
            let path = self.files.keys().find(is_it)?.clone();
            let (path, stamp) = stamped(path);
            self.files.insert(path, stamp);
        }
        Some(self)
    }

    /// Whether a file is in the same state as in an earlier one.
    pub(crate) fn has_as(&self, earlier: &Fingerprint, path: &Path) -> bool {
        let state = |of: &Fingerprint| of.files.get(path).copied().flatten();
        let now = state(self);
        now.is_some_and(|(_, changed)| changed.is_some()) && now == state(earlier)
    }
}

/// The current manifests of the snapshots among some paths. A snapshot changes by getting a new
/// manifest.
pub(crate) fn manifests(named: &[PathBuf]) -> Vec<(PathBuf, Stamp)> {
    let manifests = named.iter().map(|path| path.join("manifest.json"));
    manifests.map(stamped).collect()
}

/// The texts of documents as they are now.
pub(crate) fn texts(facts: &Facts) -> Vec<(PathBuf, Stamp)> {
    let texts = facts
        .files
        .iter()
        .filter(|file| file.kind == FileKind::Text);
    texts
        .map(|file| stamped(PathBuf::from(&file.name)))
        .collect()
}

fn stamped(path: PathBuf) -> (PathBuf, Stamp) {
    let metadata = fs::metadata(&path).ok();
    let stamp = metadata.map(|file| {
        let changed = file.modified().ok();
        let changed = changed.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        (file.len(), changed)
    });
    (path, stamp)
}
