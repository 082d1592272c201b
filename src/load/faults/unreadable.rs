//! a file that cannot be read

use crate::finding::{Code, Finding, Place, Severity};
use crate::model::FileId;

/// A file that cannot be read.
pub static CODE: Code = Code::new(
    "AN001",
    "unreadable-file",
    Severity::Error,
    include_str!("unreadable.rs"),
);

pub(crate) fn found(file: FileId, name: &str, why: &str) -> Finding {
    Finding::new(&CODE, format!("{name} cannot be read: {why}")).at(Place::File(file), "")
}
