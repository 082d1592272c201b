//! a source that violates its format
//!
//! # What it finds
//! A file given to `annals import`, or a table of facts, that breaks the rules of its format: an
//! unclosed quote, a truncated archive, an unclosed element.
//!
//! # Why it matters
//! What follows such a place cannot be trusted. Nothing is written, so half of a source is never
//! taken for all of it.
//!
//! In a table of facts, an unclosed quotation mark costs the row in which it opens, and the others
//! are read: see AN003.
//!
//! # Example
//! ```console
//! $ annals import ics broken.ics -o calendar.yaml
//! error[AN031]: the file ends inside an event
//! ```
//!
//! # How to fix
//! Get the file again from its origin, or fix the place that the finding names.
//! ```console
//! $ annals import ics whole.ics -o calendar.yaml
//! ```
//!
//! # When it stays silent
//! Single faulty rows and records are left out and counted; `--report` lists each one.
//!
//! # Source
//! The description of each format; `docs/reference/imports.md` names them.

use annals_finding::{Code, Finding, Place, Severity};

/// A source that is not what its format says.
pub static CODE: Code = Code::new(
    "AN031",
    "source-syntax",
    Severity::Error,
    include_str!("source_syntax.rs"),
);

/// The finding of a source that breaks the rules of its format.
pub fn found(place: Place, words: &str, label: &str) -> Finding {
    Finding::new(&CODE, words).at(place, label)
}
