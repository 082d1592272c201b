//! a source that can be read in several ways
//!
//! # What it finds
//! A place in a source that has two possible meanings, and only its author knows which:
//! `03/04/2021`, bytes whose encoding cannot be determined, an event that recurs without an end.
//!
//! # Why it matters
//! A guess would be right most of the time, and nobody would look for the day on which it was not.
//! The import stops, asks, and names the option that answers.
//!
//! # Example
//! ```console
//! $ annals import ics weekly.ics -o calendar.yaml
//! error[AN034]: until when should this be expanded? It recurs without an end
//! ```
//!
//! # How to fix
//! Give the option that the finding names.
//! ```console
//! $ annals import ics weekly.ics --until 2023-12-31 -o calendar.yaml
//! ```
//!
//! # When it stays silent
//! Whatever has only one reading is read: in `25/04/2021`, the day must come first.
//!
//! # Source
//! The first promise of Annals: nothing is made up.

use annals_finding::{Code, Finding, Place, Severity};

/// A source that can be read in several ways.
pub static CODE: Code = Code::new(
    "AN034",
    "source-ambiguous",
    Severity::Error,
    include_str!("source_ambiguous.rs"),
);

/// The finding of a question that only the user can answer.
pub fn found(place: Place, words: &str, label: &str) -> Finding {
    Finding::new(&CODE, words).at(place, label)
}
