//! A snapshot: facts as a folder of Parquet files, which every command reads in place of the facts.
//!
//! A snapshot reproduces the fact files byte for byte, so reading it gives the same facts, places
//! and findings as reading them. A line of JSON Lines is not stored as it is: its texts are the
//! columns of a table that other programs can read too, and a template, in the column `form`, says
//! where they belong in the line (`line_template`). Further tables lead from a record back to those
//! that refer to it.
//!
//! Everything is verified as it is read (`checksummed_file`), so damage is an error and never an
//! answer.

mod checksummed_file;
mod columns;
mod derived;
mod error;
mod line_template;
mod manifest;
mod opened;
mod reconstructed_file;
mod scan;
mod table;
mod tokens;
mod writer;

#[cfg(test)]
mod tests;

pub use error::SnapshotError;
pub use manifest::FindingCounts;
pub use opened::Snapshot;
pub use scan::{
    FoundRows, Listed, ListedPart, Narrowed, PromiseRows, around, between, claims_of, counts_of,
    found, found_first, found_rows, listed, listed_in_time, name_of, narrowed, network_behind,
    network_of, nothing_of, one_record, overview_of, prepare_lists, promise_rows, promises,
    stances, within,
};
pub use writer::{Counted, Joined, Place, build, build_shard, join};

use std::path::Path;

/// Whether a path is a snapshot, whole or damaged: a folder whose name ends in `.annals`, or one with
/// a manifest of a snapshot.
pub fn is_snapshot(path: &Path) -> bool {
    path.is_dir() && (annals_load::is_snapshot(path) || manifest::is_in(path))
}
