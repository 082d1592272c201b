//! The result of writing a snapshot; and the error in a library without snapshots.

use std::sync::Arc;

use super::Notes;
use super::data::Data;

/// How a snapshot is written.
#[derive(Debug, Clone, Copy, Default)]
pub struct BuildAs {
    /// Extend the snapshot that is there, in place of replacing it.
    pub add: bool,
    /// Write nothing if the facts have errors or warnings, which the notes then report.
    pub strict: bool,
    /// Also write the two large tables that only other engines read.
    pub for_cluster: bool,
}

/// A snapshot that was written.
#[derive(Debug, Clone)]
pub struct Built {
    /// The number of records in it.
    pub records: usize,
    /// Notes for the user.
    pub notes: Notes,
    /// The facts, so that a caller that ends the process need not drop them one by one.
    pub(crate) _facts: Arc<Data>,
}

#[cfg(not(feature = "snapshot"))]
impl super::Store {
    /// Writes the facts as a snapshot; requires the feature `snapshot`.
    ///
    /// # Errors
    /// Always.
    pub fn build(
        &self,
        _output: &std::path::Path,
        _how: BuildAs,
    ) -> Result<Built, super::StoreError> {
        Err(super::StoreError::Question(
            "this annals was built without snapshots; `cargo build --release --features snapshot` \
             adds them"
                .to_owned(),
        ))
    }
}
