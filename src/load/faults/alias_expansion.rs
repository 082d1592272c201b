//! a YAML alias that cannot be followed
//!
//! # What it finds
//! An alias (`*name`) that has no anchor (`&name`) before it, that stands within the very value it
//! refers to, or that would grow beyond all bounds. It is read as if nothing stood there.
//!
//! # Why it matters
//! The value is missing from the facts. A few lines of nested aliases can also stand for thousands of
//! millions of values, which is an old way to bring a reader to its knees.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! events:
//!   - id: visit
//!     label: Visit to Kyiv
//!     when: *thursday
//! ```
//!
//! # How to mend
//! Write the value out, or set the anchor where the value first stands.
//! ```yaml facts.yaml
//! annals: 1
//! events:
//!   - id: visit
//!     label: Visit to Kyiv
//!     when: 2023-04-20
//! ```
//!
//! # When it stays silent
//! Aliases that lead back to an anchor earlier in the file are followed.
//!
//! # Source
//! YAML 1.2.2, section 7.1: *it is an error for an alias node to use an anchor that does not previously
//! occur in the document*.

use annals_finding::{Code, Finding, Place, Severity};
use annals_model::FileId;

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
