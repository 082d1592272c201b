//! Sources as they were named: files, or bytes at hand.

use std::io::{BufReader, Cursor, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{At, SourceError};

/// A file of another program.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its name in messages.
    pub name: Arc<str>,
    from: From,
}

#[derive(Debug, Clone)]
enum From {
    Path(PathBuf),
    Memory(Arc<[u8]>),
}

/// A reader for archives.
pub(super) trait ReadSeek: Read + Seek {}
impl<T: Read + Seek> ReadSeek for T {}

impl Source {
    /// A file on disk.
    pub fn path(path: &Path) -> Self {
        let name = path.to_string_lossy().replace('\\', "/");
        let name = name.strip_prefix("./").unwrap_or(&name);
        Source {
            name: name.into(),
            from: From::Path(path.to_owned()),
        }
    }

    /// Bytes that are at hand.
    pub fn memory(name: &str, bytes: impl Into<Arc<[u8]>>) -> Self {
        Source {
            name: name.into(),
            from: From::Memory(bytes.into()),
        }
    }

    /// The file as a whole.
    pub fn at(&self) -> At {
        At::file(&self.name)
    }

    /// Its path on disk, if it has one, for libraries that need a path (`SQLite`).
    pub fn on_disk(&self) -> Option<&Path> {
        match &self.from {
            From::Path(path) => Some(path),
            From::Memory(_) => None,
        }
    }

    /// A file in the same folder, if it exists: for a text beside its annotations.
    pub fn beside(&self, name: &str) -> Option<Source> {
        let path = self.on_disk()?.with_file_name(name);
        path.is_file().then(|| Source::path(&path))
    }

    /// The ending of its name in lower case, without the dot.
    pub fn ending(&self) -> String {
        ending(&self.name)
    }

    pub(super) fn open(&self) -> Result<Box<dyn ReadSeek>, SourceError> {
        match &self.from {
            From::Path(path) => {
                let file = annals_files::open(path)
                    .map_err(|error| SourceError::of_io(error, &self.at()))?;
                Ok(Box::new(BufReader::with_capacity(1 << 16, file)))
            }
            From::Memory(bytes) => Ok(Box::new(Cursor::new(Arc::clone(bytes)))),
        }
    }
}

/// Whether a name has one of these extensions, ignoring case: selects the files of an archive.
pub fn ends_in(name: &str, endings: &[&str]) -> bool {
    endings.contains(&ending(name).as_str())
}

/// The extension in lower case, without the dot; empty if there is none.
pub fn ending(name: &str) -> String {
    let last = name.rsplit('/').next().unwrap_or(name);
    match last.rsplit_once('.') {
        Some((_, ending)) => ending.to_ascii_lowercase(),
        None => String::new(),
    }
}
