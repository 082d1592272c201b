//! a source that is too large, too deep or too tightly compressed
//!
//! # What it finds
//! An archive that unpacks to 200 times its size or more, a file over 1 GiB that must be held in
//! memory as a whole, elements nested more than 500 deep.
//!
//! # Why it matters
//! A small file can be crafted to unpack to one that fills any memory. Reading stops at the limit,
//! and a size declared in a header is never trusted.
//!
//! # Example
//! ```console
//! $ annals import ics bomb.ics.gz -o calendar.yaml
//! error[AN032]: it unpacks to more than 200 times its size
//! ```
//!
//! # How to fix
//! Unpack or split the file yourself, if you trust it.
//! ```console
//! $ annals import ics calendar.ics -o calendar.yaml
//! ```
//!
//! # When it stays silent
//! The first 16 MiB may be compressed to any ratio.
//!
//! # Source
//! CWE-409 (highly compressed data), CWE-776 (entities that refer to each other).

use annals_finding::{Code, Finding, Place, Severity};

/// A source beyond a bound.
pub static CODE: Code = Code::new(
    "AN032",
    "source-limit",
    Severity::Error,
    include_str!("source_limit.rs"),
);

/// The finding of a source that is larger than a limit allows.
pub fn found(place: Place, words: &str, label: &str) -> Finding {
    Finding::new(&CODE, words).at(place, label)
}
