//! a field that occurs twice
//!
//! # What it finds
//! A field that one record, one object within it or one file has more than once. The first one is
//! used.
//!
//! # Why it matters
//! JSON and YAML parsers disagree about which of the two counts, so two programs would read two
//! different facts from one file.
//!
//! # Example
//! ```json facts.json
//! {
//!   "annals": 1,
//!   "events": [
//!     {
//!       "id": "visit",
//!       "label": "Visit to Kyiv",
//!       "when": "2023-04-20",
//!       "when": "2023-04-21"
//!     }
//!   ]
//! }
//! ```
//!
//! # How to fix
//! Keep the right one.
//! ```json facts.json
//! {
//!   "annals": 1,
//!   "events": [
//!     {
//!       "id": "visit",
//!       "label": "Visit to Kyiv",
//!       "when": "2023-04-20"
//!     }
//!   ]
//! }
//! ```
//!
//! # When it stays silent
//! Several files of a folder may have the same list: the lists are joined.
//!
//! # Source
//! RFC 8259, section 4: *the names within an object should be unique*; YAML 1.2.2, section 3.2.1.3.

use super::at::At;
use annals_finding::{Code, Finding, Path, Place, Severity, Step};

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
    Finding::new(
        &CODE,
        at.says(&format!("the field \"{shown}\" occurs twice")),
    )
    .at(at.key_place(), "again; this one is left out")
    .at(Place::Key(at.origin(), first), "the first")
    .help("keep one of the two")
}

/// A list of records, or the format version, that a file has twice.
pub(crate) fn list(field: &str, second: Place, first: Place) -> Finding {
    Finding::new(
        &CODE,
        format!("the list \"{field}\" occurs twice in this file"),
    )
    .at(second, "again; this one is left out")
    .at(first, "the first")
    .help("join the two lists")
}
