//! an invalid id
//!
//! # What it finds
//! An id that is empty, is longer than 1,000 bytes, contains a control character, or begins or ends
//! with white space. The record is kept and named after its place.
//!
//! # Why it matters
//! `"nato"` and `"nato "` look alike but are two ids: every reference to one misses the other.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: "nato ", name: NATO, kind: organization}
//! ```
//!
//! # How to fix
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: "nato", name: NATO, kind: organization}
//! ```
//!
//! # When it stays silent
//! An id may contain any other characters, in any script, including spaces between them.
//!
//! # Source
//! The fact format, version 1: *ids*.

use super::at::At;
use annals_finding::{Code, Finding, Severity};

/// An id that cannot be one.
pub static CODE: Code = Code::new(
    "AN019",
    "bad-id",
    Severity::Error,
    include_str!("bad_id.rs"),
);

/// The longest id, in bytes.
const LONGEST: usize = 1000;

/// What keeps a text from being an id: it is empty, longer than 1,000 bytes, has a control
/// character in it or white space at its ends.
pub fn wrong(id: &str) -> Option<&'static str> {
    if id.is_empty() {
        Some("it is empty")
    } else if id.len() > LONGEST {
        Some("it is longer than 1,000 bytes")
    } else if id.chars().any(char::is_control) {
        Some("it contains a control character")
    } else if id.trim() != id {
        Some("it begins or ends with white space")
    } else {
        None
    }
}

/// A finding, if the text cannot be an id.
pub(crate) fn check(at: &At<'_>, id: &str) -> Option<Finding> {
    let wrong = wrong(id)?;
    let finding = Finding::new(
        &CODE,
        format!("\"{}\" is not a valid id: {wrong}", super::short(id)),
    )
    .at(at.value(), "");
    Some(
        if id.trim() != id && id.trim().len() <= LONGEST && !id.trim().is_empty() {
            finding.respell("without the white space", at.value(), id.trim())
        } else {
            finding
        },
    )
}
