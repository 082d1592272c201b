//! a field that stands there twice

use crate::finding::{Code, Finding, Path, Place, Severity, Step};
use crate::load::decode::At;

/// A field that stands there twice.
pub static CODE: Code = Code::new(
    "AN011",
    "duplicate-field",
    Severity::Error,
    include_str!("duplicate_field.rs"),
);

/// `at` is the second of the two.
pub(crate) fn found(at: &At<'_>, field: &str) -> Finding {
    let mut first: Path = at.path();
    if let Some(Step::Key { nth, .. }) = first.0.last_mut() {
        *nth = 0;
    }
    let shown = super::short(field);
    Finding::new(&CODE, format!("the field \"{shown}\" stands here twice"))
        .at(at.key_place(), "a second time; this one is left out")
        .at(Place::Key(at.origin(), first), "the first")
        .help("keep one of the two")
}

/// A list of records, or the format version, that a file has twice.
pub(crate) fn list(field: &str, second: Place, first: Place) -> Finding {
    Finding::new(
        &CODE,
        format!("the list \"{field}\" stands in this file twice"),
    )
    .at(second, "a second time; this one is left out")
    .at(first, "the first")
    .help("join the two lists")
}
