//! Why a store cannot be opened, or a question has no answer.

use std::fmt;

use super::findings::Findings;
use annals_query::NameError;

/// Why a store cannot be opened, or a question has no answer.
#[derive(Debug, Clone)]
pub enum StoreError {
    /// A name in the question is unknown or ambiguous.
    Name(NameError),
    /// The question is invalid; the text explains why.
    Question(String),
    /// Something cannot be read: the configuration, or a snapshot.
    Unreadable(String),
    /// Nothing of a fact file can be read; the findings identify it.
    Facts(Findings),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StoreError::Name(error) => error.fmt(f),
            StoreError::Question(reason) | StoreError::Unreadable(reason) => f.write_str(reason),
            StoreError::Facts(findings) => {
                let mut errors = findings.errors();
                match errors.next() {
                    Some(first) => write!(f, "{first}"),
                    None => f.write_str("a fact file cannot be read"),
                }
            }
        }
    }
}

impl std::error::Error for StoreError {}

impl From<NameError> for StoreError {
    fn from(error: NameError) -> Self {
        StoreError::Name(error)
    }
}

#[cfg(feature = "snapshot")]
impl From<annals_snapshot::SnapshotError> for StoreError {
    fn from(error: annals_snapshot::SnapshotError) -> Self {
        StoreError::Unreadable(error.to_string())
    }
}

impl From<annals_config::ConfigError> for StoreError {
    fn from(error: annals_config::ConfigError) -> Self {
        StoreError::Unreadable(error.to_string())
    }
}
