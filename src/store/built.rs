//! What came of writing a snapshot; and what is said of it by a library without snapshots.

use std::sync::Arc;

use super::Notes;
use super::data::Data;

/// A snapshot that was written.
#[derive(Debug, Clone)]
pub struct Built {
    /// How many records it has.
    pub records: usize,
    /// What the user should know of them.
    pub notes: Notes,
    /// The facts, for whoever ends the process and need not free them one by one.
    pub(crate) _facts: Arc<Data>,
}

#[cfg(not(feature = "snapshot"))]
impl super::Store {
    /// Writes the facts as a snapshot: not without the feature `snapshot`.
    ///
    /// # Errors
    /// Always.
    pub fn build(
        &self,
        _output: &std::path::Path,
        _add: bool,
        _strict: bool,
    ) -> Result<Built, super::StoreError> {
        Err(super::StoreError::Question(
            "this annals was built without snapshots; `cargo build --release --features snapshot` \
             adds them"
                .to_owned(),
        ))
    }
}
