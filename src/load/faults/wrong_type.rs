//! a value of the wrong type
//!
//! # What it finds
//! A string where a number is needed, a number where a string is needed, a list where one value is
//! needed, a record that is not an object. The value is left out; the rest of the record is kept.
//!
//! # Why it matters
//! What is left out is in no answer; but a guessed value (`"high"` as a number) would be made up.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! events:
//!   - {id: visit, label: Visit to Kyiv, confidence: high}
//! ```
//!
//! # How to fix
//! ```yaml facts.yaml
//! annals: 1
//! events:
//!   - {id: visit, label: Visit to Kyiv, confidence: 0.9}
//! ```
//!
//! # When it stays silent
//! A list of one may be written without brackets. In YAML, a value without quotation marks is a
//! string where a string is needed: `title: 1984` and `id: no` are read as written. `null` means
//! absent.
//!
//! # Source
//! The fact format, version 1: *the fields of each record*.

use super::at::At;
use annals_finding::{Code, Finding, Severity};

/// A value of the wrong type.
pub static CODE: Code = Code::new(
    "AN012",
    "wrong-type",
    Severity::Error,
    include_str!("wrong_type.rs"),
);

/// `wanted` and `found` are words such as "a string", "a number".
pub(crate) fn found(at: &At<'_>, wanted: &str, found: &str) -> Finding {
    let field = at.field_name();
    let finding = Finding::new(
        &CODE,
        at.says(&format!("\"{field}\" is {found}, but must be {wanted}")),
    )
    .at(at.value(), found);
    if found == "a number" && (wanted.starts_with("a string") || wanted.starts_with("a date")) {
        return finding.help("put it in quotation marks");
    }
    finding
}

/// A record that is no object.
pub(crate) fn record(at: &At<'_>, found: &str) -> Finding {
    let wanted = at.subject();
    Finding::new(
        &CODE,
        format!("{wanted} is an object with fields, but this is {found}"),
    )
    .at(at.value(), found)
}

/// A line of JSON Lines that is no object.
pub(crate) fn line(at: &At<'_>, found: &str) -> Finding {
    Finding::new(
        &CODE,
        format!("each line is an object with a type, but this is {found}"),
    )
    .at(at.value(), found)
}
