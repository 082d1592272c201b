//! more facts than one run can hold
//!
//! # What it finds
//! More facts than one run can hold: over 4 GiB of strings, 4,294,967,294 records or list items, or
//! 16,777,215 files.
//!
//! # Why it matters
//! Everything after that is missing from every answer.
//!
//! # Example
//! ```console
//! $ annals check archive/
//! error[AN006]: the facts are too large: more than 4 GiB of text or 4 billion items
//! ```
//!
//! # How to fix
//! Check or query the archive in parts, one folder at a time.
//! ```console
//! $ annals check archive/2023/
//! ```
//!
//! # When it stays silent
//! The plain texts of documents do not count: they are loaded one by one.
//!
//! # Source
//! Annals stores positions in its tables in four bytes.

use annals_finding::{Code, Finding, Severity};

/// More facts than fit.
pub static CODE: Code = Code::new(
    "AN006",
    "too-large",
    Severity::Error,
    include_str!("too_large.rs"),
);

pub(crate) fn found() -> Finding {
    Finding::new(
        &CODE,
        "the facts are too large: more than 4 GiB of text or 4 billion items",
    )
    .note("everything after this is left out")
}
