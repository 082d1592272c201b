//! Opening a store, and opening it again when its files have changed.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::backend::{Backend, Before};
use super::error::StoreError;
use super::{Store, View};
use annals_config::Config;
use annals_load::{Request, Source};

/// The sources of a store's facts.
///
/// ```
/// use annals_store::OpenOptions;
///
/// let yaml = "annals: 1\nactors:\n  - {id: nato, name: NATO, kind: organization}\n";
/// let store = OpenOptions::new().memory("facts.yaml", yaml).open()?;
/// assert_eq!(store.len()?, 1);
/// # Ok::<(), annals_store::StoreError>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct OpenOptions {
    facts: Vec<Named>,
    texts: Vec<PathBuf>,
    config: Configured,
}

/// Where the configuration comes from.
#[derive(Debug, Clone, Default)]
enum Configured {
    /// From the `annals.toml` in or above the first path, or from the first path itself if it is a snapshot.
    #[default]
    Found,
    /// From this file.
    File(PathBuf),
    /// From whoever opens the store.
    Given(Box<Config>),
}

#[derive(Debug, Clone)]
enum Named {
    Path(PathBuf),
    Stdin,
    Memory(String, Vec<u8>),
}

impl OpenOptions {
    /// No facts yet.
    pub fn new() -> Self {
        OpenOptions::default()
    }

    /// Adds a fact file, a folder of fact files, or a snapshot. The configuration (`annals.toml`)
    /// in or above the first path applies.
    #[must_use]
    pub fn facts(mut self, path: impl Into<PathBuf>) -> Self {
        self.facts.push(Named::Path(path.into()));
        self
    }

    /// Adds standard input: JSON or JSON Lines.
    #[must_use]
    pub fn stdin(mut self) -> Self {
        self.facts.push(Named::Stdin);
        self
    }

    /// Adds facts from memory; the extension of the name gives their format.
    #[must_use]
    pub fn memory(mut self, name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        let (name, bytes) = (name.into(), bytes.into());
        self.facts.push(Named::Memory(name, bytes));
        self
    }

    /// Adds a folder that contains the texts of documents, in addition to those of the fact files.
    #[must_use]
    pub fn texts(mut self, folder: impl Into<PathBuf>) -> Self {
        self.texts.push(folder.into());
        self
    }

    /// Sets the configuration, instead of the `annals.toml` in or above the first path.
    #[must_use]
    pub fn config(mut self, config: Config) -> Self {
        self.config = Configured::Given(Box::new(config));
        self
    }

    /// Reads the configuration from this file, instead of the `annals.toml` in or above the first path. A
    /// snapshot has its configuration in it, and takes no other.
    #[must_use]
    pub fn config_file(mut self, file: impl Into<PathBuf>) -> Self {
        self.config = Configured::File(file.into());
        self
    }

    /// Opens the store. Facts are read when a question first needs them; from a snapshot, only what
    /// it needs.
    ///
    /// # Errors
    /// If the configuration or a snapshot cannot be read, or a folder of texts is not there.
    pub fn open(self) -> Result<Store, StoreError> {
        self.open_after(None)
    }

    /// The same; what has not changed since a store read it is not read again.
    fn open_after(self, before: Option<Before>) -> Result<Store, StoreError> {
        let options = self.clone();
        self.texts.iter().try_for_each(|folder| there(folder))?;
        let mut config_file = None;
        let mut config = match self.config {
            Configured::Found => None,
            Configured::File(file) => {
                let config = Config::at(&file)?;
                config_file = Some(file);
                Some(config)
            }
            Configured::Given(config) => Some(*config),
        };
        let (mut sources, mut named) = (Vec::new(), Vec::new());
        #[cfg(feature = "snapshot")]
        let mut snapshots = Vec::new();
        let count = self.facts.len();
        for one in self.facts {
            match one {
                Named::Path(path) => {
                    #[cfg(feature = "snapshot")]
                    if annals_snapshot::is_snapshot(&path) {
                        let snapshot = annals_snapshot::Snapshot::open(&path)?;
                        if config_file.is_some() {
                            return Err(StoreError::Question(has_settings(&path)));
                        }
                        if config.is_none() {
                            config = Some(stored_config(&snapshot)?);
                        }
                        sources.extend(snapshot.sources());
                        snapshots.push(snapshot);
                        named.push(path);
                        continue;
                    }
                    if config.is_none() {
                        config = Some(Config::find(&path)?);
                    }
                    sources.push(Source::Path(path.clone()));
                    named.push(path);
                }
                Named::Stdin => {
                    if config.is_none() {
                        config = Some(Config::find(Path::new("."))?);
                    }
                    sources.push(Source::Stdin);
                    named.push(PathBuf::from("-"));
                }
                Named::Memory(name, bytes) => sources.push(Source::Memory { name, bytes }),
            }
        }
        let config = config.unwrap_or_default();
        let request = Request {
            facts: sources,
            texts: self.texts.into_iter().chain(config.texts.clone()).collect(),
        };
        #[cfg(feature = "snapshot")]
        let snapshot = snapshots.pop().filter(|_| count == 1);
        let _ = count;
        Ok(Store {
            backend: Arc::new(Backend::new(
                request,
                config,
                config_file,
                named,
                before,
                #[cfg(feature = "snapshot")]
                snapshot,
            )),
            options: Arc::new(options),
            view: View::default(),
        })
    }
}

impl Store {
    /// The store with its files as they are now: this one if nothing has changed since it was read,
    /// else one that reads the changed files when a question needs them. Facts from standard input
    /// stay unchanged.
    ///
    /// # Errors
    /// If the configuration or a snapshot cannot be read.
    pub fn reload(&self) -> Result<Store, StoreError> {
        if self.backend.has_stdin() || !self.backend.has_changed() {
            return Ok(self.clone());
        }
        let before = self.backend.as_before();
        let reopened = OpenOptions::clone(&self.options).open_after(before)?;
        Ok(Store {
            view: self.view.clone(),
            ..reopened
        })
    }
}

#[cfg(feature = "snapshot")]
fn has_settings(snapshot: &Path) -> String {
    format!(
        "{} has its settings in it: give --config when the snapshot is built",
        annals_finding::shown_path(snapshot)
    )
}

/// Whether a folder of texts can be read.
fn there(folder: &Path) -> Result<(), StoreError> {
    let name = folder.display();
    let why = match std::fs::read_dir(folder) {
        Ok(_) => return Ok(()),
        Err(_) if folder.is_file() => "it is a file, and texts are looked up in folders".to_owned(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            "there is no such folder".to_owned()
        }
        Err(error) => {
            let words = error.to_string();
            words
                .split(" (os error")
                .next()
                .unwrap_or_default()
                .to_owned()
        }
    };
    Err(StoreError::Unreadable(format!("{name}: {why} (--texts)")))
}

/// The configuration contained in a snapshot. It also contains the texts, as they were when it was
/// built.
#[cfg(feature = "snapshot")]
pub(crate) fn stored_config(snapshot: &annals_snapshot::Snapshot) -> Result<Config, StoreError> {
    let Some(text) = snapshot.config() else {
        return Ok(Config::default());
    };
    let config = Config::read(text, Path::new(annals_config::FILE))?;
    Ok(Config {
        texts: Vec::new(),
        ..config
    })
}
