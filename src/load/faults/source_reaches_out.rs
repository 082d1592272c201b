//! a source that refers to something outside itself
//!
//! # What it finds
//! An archive with a path that leads out of it (`../x`, `/etc/x`), or an XML document that declares
//! its own entities.
//!
//! # Why it matters
//! Sources come from others. None may read your files, fetch an address or write outside its place.
//! Annals unpacks nothing to disk and fetches nothing; a source that tries is refused.
//!
//! # Example
//! ```console
//! $ annals import ics visits.zip -o calendar.yaml
//! error[AN033]: the archive contains a path that leads out of it: ../../.bashrc
//! ```
//!
//! # How to fix
//! Ask the author of the file, or extract what you trust.
//! ```console
//! $ annals import ics visits.ics -o calendar.yaml
//! ```
//!
//! # When it stays silent
//! A document type without its own entities (`<!DOCTYPE TimeML SYSTEM "TimeML.dtd">`) is skipped,
//! and not fetched.
//!
//! # Source
//! CWE-22 (path traversal), CWE-611 (XML external entities).

use annals_finding::{Code, Finding, Place, Severity};

/// A source that tries to reach beyond itself.
pub static CODE: Code = Code::new(
    "AN033",
    "source-reaches-out",
    Severity::Error,
    include_str!("source_reaches_out.rs"),
);

/// The finding of a path that leads out of its folder.
pub fn found(place: Place, words: &str, label: &str) -> Finding {
    Finding::new(&CODE, words).at(place, label)
}
