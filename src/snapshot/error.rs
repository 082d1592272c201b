//! Why a snapshot cannot be read or written.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use parquet::errors::ParquetError;

/// Why a snapshot cannot be read or written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SnapshotError {
    /// The folder or the file.
    pub path: PathBuf,
    /// What is wrong with it.
    pub reason: String,
}

impl SnapshotError {
    pub(super) fn new(path: &Path, reason: impl Into<String>) -> Self {
        SnapshotError {
            path: path.to_owned(),
            reason: reason.into(),
        }
    }

    pub(super) fn io(path: &Path, error: &io::Error) -> Self {
        Self::new(path, annals_files::words_of(error))
    }

    pub(super) fn parquet(path: &Path, error: &ParquetError) -> Self {
        Self::new(path, words(error))
    }

    /// The same of a part that is to be joined with others, which is built again alone.
    pub(super) fn of_part(self, folder: &Path) -> Self {
        let again = format!(
            "build the part {} again",
            annals_finding::shown_path(folder)
        );
        SnapshotError {
            reason: self.reason.replace("build the snapshot again", &again),
            ..self
        }
    }

    /// The file is not what was written.
    pub(super) fn damaged(path: &Path) -> Self {
        Self::new(path, DAMAGED)
    }
}

/// What is said of bytes that are not those that were written.
pub(super) const DAMAGED: &str =
    "it is damaged: its checksums do not match; build the snapshot again";

/// What went wrong, without the names of the library's own kinds of error.
fn words(error: &ParquetError) -> String {
    match error {
        ParquetError::External(inner) => match inner.downcast_ref::<io::Error>() {
            Some(inner) => annals_files::words_of(inner),
            None => inner.to_string(),
        },
        other => format!("{DAMAGED} ({other})"),
    }
}

impl fmt::Display for SnapshotError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {}",
            annals_finding::shown_path(&self.path),
            self.reason
        )
    }
}

impl std::error::Error for SnapshotError {}

impl From<SnapshotError> for io::Error {
    fn from(error: SnapshotError) -> Self {
        io::Error::other(error.to_string())
    }
}
