//! a YAML alias that cannot be followed
//!
//! # What it finds
//! An alias (`*name`) with no anchor (`&name`) before it, an alias inside the very value it refers
//! to, or an alias that would expand without bound. It is read as empty.
//!
//! # Why it matters
//! The value is missing from the facts. Besides, a few lines of nested aliases can expand to
//! billions of values, a well-known way to crash a parser.
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
//! # How to fix
//! Write the value out, or set the anchor where the value first occurs.
//! ```yaml facts.yaml
//! annals: 1
//! events:
//!   - id: visit
//!     label: Visit to Kyiv
//!     when: 2023-04-20
//! ```
//!
//! # When it stays silent
//! Aliases that refer to an anchor earlier in the file are followed.
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
        .at(Place::Bytes(file, range.into()), "read as empty")
        .help("write the value out where it is used")
}
