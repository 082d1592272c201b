//! Noticing that files have changed.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::{Store, StoreError};
use annals_config::Config;
use annals_load::{Request, fact_files};
use annals_model::{Facts, FileKind};

/// What a file looked like when it was read: its size and when it was last changed; `None` of one that
/// is not there.
pub(crate) type Stamp = Option<(u64, Option<SystemTime>)>;

/// The fact files and the configuration behind a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fingerprint {
    files: Vec<(PathBuf, Stamp)>,
    config: Option<String>,
}

impl Fingerprint {
    /// The fact files and the configuration as they are now.
    pub(crate) fn of(request: &Request, named: &[PathBuf]) -> Self {
        let files = fact_files(&request.facts).into_iter();
        Fingerprint {
            files: files.map(stamped).collect(),
            config: named.first().and_then(|first| config_text(first)),
        }
    }
}

/// The manifests of the snapshots among some paths as they are now. A snapshot changes by a new manifest.
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
    let stamp = metadata.map(|file| (file.len(), file.modified().ok()));
    (path, stamp)
}

fn config_text(first: &Path) -> Option<String> {
    let is_stdin = first.as_os_str() == "-";
    Config::text_of(if is_stdin { Path::new(".") } else { first })
}

impl Store {
    /// The store as its files are now: this one where nothing has changed since it was read, else one
    /// that reads them anew when it is asked. Facts from standard input stay as they were.
    ///
    /// # Errors
    /// When the configuration or a snapshot cannot be read.
    pub fn reload(&self) -> Result<Store, StoreError> {
        if self.backend.has_stdin() || !self.backend.has_changed() {
            return Ok(self.clone());
        }
        let reopened = self.backend.options.clone().open()?;
        Ok(Store {
            view: self.view.clone(),
            ..reopened
        })
    }
}
