//! The result of writing a snapshot; and the error in a library without snapshots.

use std::path::PathBuf;
use std::sync::Arc;

use super::Notes;
use super::data::Data;
use super::findings::Findings;

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

/// A part of a snapshot that was written, to be joined with others.
#[derive(Debug, Clone)]
pub struct Shard {
    /// The number of records in it.
    pub records: usize,
    /// Notes for the user.
    pub notes: Notes,
    /// The facts, so that a caller that ends the process need not drop them one by one.
    pub(crate) _facts: Arc<Data>,
}

/// How parts are joined.
#[derive(Debug, Clone, Copy, Default)]
pub struct JoinAs {
    /// Write nothing if the facts have errors or warnings, which the notes then report.
    pub strict: bool,
}

/// Parts that were joined to a snapshot.
#[derive(Debug, Clone)]
pub struct Joined {
    /// The number of records in it.
    pub records: usize,
    /// Notes for the user.
    pub notes: Notes,
    /// What no part tells alone: ids that several records have, and references that lead nowhere, or to
    /// what may not stand there.
    pub findings: Findings,
    /// The parts that were written again, since the others say otherwise of what they refer to.
    pub rewritten: Vec<PathBuf>,
}

#[cfg(not(feature = "snapshot"))]
const WITHOUT: &str = "this annals was built without snapshots; `cargo build --release --features snapshot` adds them";

/// Makes a snapshot of parts; requires the feature `snapshot`.
///
/// # Errors
/// Always.
#[cfg(not(feature = "snapshot"))]
pub fn join_parts(
    _parts: &[PathBuf],
    _output: &std::path::Path,
    _how: JoinAs,
) -> Result<Joined, super::StoreError> {
    Err(super::StoreError::Question(WITHOUT.to_owned()))
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
        Err(super::StoreError::Question(WITHOUT.to_owned()))
    }

    /// Writes the facts as a part of a snapshot; requires the feature `snapshot`.
    ///
    /// # Errors
    /// Always.
    pub fn build_shard(
        &self,
        _output: &std::path::Path,
        _for_cluster: bool,
    ) -> Result<Shard, super::StoreError> {
        Err(super::StoreError::Question(WITHOUT.to_owned()))
    }
}
