//! more facts than fit
//!
//! # What it finds
//! More facts than one run can hold: above 4 GiB of words, 4,294,967,294 records or list items, or
//! 16,777,215 files.
//!
//! # Why it matters
//! What came after that is not in any answer.
//!
//! # Example
//! ```console
//! $ annals check archive/
//! error[AN006]: the facts are too large: more than 4 GiB of text or 4 thousand million items
//! ```
//!
//! # How to mend
//! Check or query the archive in parts, a folder at a time.
//! ```console
//! $ annals check archive/2023/
//! ```
//!
//! # When it stays silent
//! The plain texts of documents do not count: they are held one by one.
//!
//! # Source
//! Annals keeps places in its tables in four bytes (`docs/design.md`).

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
        "the facts are too large: more than 4 GiB of text or 4 thousand million items",
    )
    .note("what came after is left out")
}
