//! a source that is larger, deeper or more tightly packed than is read
//!
//! # What it finds
//! An archive that unpacks to 200 times its size and more, a file that is held as a whole and has more
//! than 1 GiB, elements that stand more than 500 deep within each other.
//!
//! # Why it matters
//! A small file can be made to unpack to one that fills any memory. Reading stops at the bound, and
//! what a header declares is never believed.
//!
//! # Example
//! ```console
//! $ annals import ics bomb.ics.gz -o calendar.yaml
//! error[AN032]: it unpacks to more than 200 times its size
//! ```
//!
//! # How to mend
//! Unpack or split the file yourself, if you trust it.
//! ```console
//! $ annals import ics calendar.ics -o calendar.yaml
//! ```
//!
//! # When it stays silent
//! The first 64 MiB may be packed as tightly as they like.
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
