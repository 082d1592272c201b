//! a field that the record does not have
//!
//! # What it finds
//! A field name that the format does not have: in a record, in an object within one (a participant,
//! a stance, evidence, a date), or at the top level of a file.
//!
//! # Why it matters
//! Otherwise, a typing error in a field name would silently lose its value: no question about NATO
//! finds a claim that is `abuot` NATO.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: stoltenberg, name: Jens Stoltenberg, kind: person}
//!   - {id: ukraine, name: Ukraine, kind: state}
//! claims:
//!   - id: c1
//!     speaker: stoltenberg
//!     abuot: ukraine
//! ```
//!
//! # How to fix
//! Correct the name. Fields of your own begin with `x_`; they are kept and exported.
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: stoltenberg, name: Jens Stoltenberg, kind: person}
//!   - {id: ukraine, name: Ukraine, kind: state}
//! claims:
//!   - id: c1
//!     speaker: stoltenberg
//!     about: ukraine
//!     x_reviewed_by: MK
//! ```
//!
//! # When it stays silent
//! Fields that begin with `x_`, wherever a record or a file may have fields; `$schema` at the top
//! level of a file.
//!
//! # Source
//! The fact format, version 1: *unknown fields are an error, unless they begin with `x_`*.

use super::at::At;
use super::nearest;
use annals_finding::{Code, Finding, Place, Severity};

/// A field that the record does not have.
pub static CODE: Code = Code::new(
    "AN010",
    "unknown-field",
    Severity::Error,
    include_str!("unknown_field.rs"),
);

/// `owner` is what has the field, with its article, and none where it is the record itself; `known`
/// are the fields that it may have.
pub(crate) fn found<'w>(
    at: &At<'_>,
    field: &str,
    owner: Option<&str>,
    known: impl Iterator<Item = &'w str> + Clone,
) -> Finding {
    let shown = super::short(field);
    let subject = at.subject();
    let owner = owner.map_or(subject.clone(), |owner| format!("{owner} of {subject}"));
    let finding = Finding::new(&CODE, format!("{owner} has an unknown field \"{shown}\""));
    match nearest(field, known.clone()).first() {
        Some(near) => finding
            .at(at.key_place(), format!("did you mean \"{near}\"?"))
            .respell(format!("there is a field \"{near}\""), at.key_place(), near),
        None => {
            let all: Vec<_> = known.collect();
            finding
                .at(at.key_place(), "unknown field")
                .note(format!("the fields here are {}", all.join(", ")))
                .help(format!("a field of your own begins with x_: \"x_{shown}\""))
        }
    }
}

/// A field at the top of a file that is no list of records.
pub(crate) fn list<'w>(
    place: Place,
    field: &str,
    known: impl Iterator<Item = &'w str> + Clone,
) -> Finding {
    let shown = super::short(field);
    let finding = Finding::new(&CODE, format!("this file has an unknown list \"{shown}\""));
    match nearest(field, known.clone()).first() {
        Some(near) => finding
            .at(place.clone(), format!("did you mean \"{near}\"?"))
            .respell(format!("there is a list \"{near}\""), place, near),
        None => {
            let all: Vec<_> = known.collect();
            finding
                .at(place, "unknown list")
                .note(format!("the lists of a fact file are {}", all.join(", ")))
        }
    }
}
