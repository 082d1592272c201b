//! YAML aliases that cannot be followed

use crate::finding::{Code, Finding, Place, Severity};
use crate::model::FileId;

/// YAML aliases that cannot be followed.
pub static CODE: Code = Code::new(
    "AN005",
    "alias-expansion",
    Severity::Error,
    include_str!("alias_expansion.rs"),
);

pub(crate) fn found(file: FileId, range: std::ops::Range<usize>, words: &str) -> Finding {
    Finding::new(&CODE, words)
        .at(Place::Bytes(file, range.into()), "read as nothing")
        .help("write the value out where it is used")
}
