//! A snapshot: facts as a folder of Parquet files, which every command reads in place of the facts.
//!
//! The folder gives back the fact files byte for byte, so that what is read from it is what would be
//! read from them: the same facts, places and findings. A line of JSON Lines is not kept as it stands:
//! its texts are the columns of a table that others can read too, and a `form` says how they stand in
//! the line (`form`). Beside the tables of records stand tables sorted by what claims refer to.
//!
//! Everything is verified when it is read (`checked`), so that damage is an error and never an answer.

mod checksummed_file;
mod columns;
mod error;
mod line_template;
mod manifest;
mod opened;
mod reconstructed_file;
mod scan;
mod table;
mod writer;

#[cfg(test)]
mod tests;

pub use error::SnapshotError;
pub use manifest::FindingCounts;
pub use opened::Snapshot;
pub use scan::{Narrowed, around, between, claims_of, stances, within};
pub use writer::{Counted, Place, build};

use std::path::Path;

/// Whether a path is a snapshot, whole or damaged: a folder whose name ends in `.annals`, or one with
/// a manifest of a snapshot.
pub fn is_snapshot(path: &Path) -> bool {
    path.is_dir() && (annals_load::is_snapshot(path) || manifest::is_in(path))
}
