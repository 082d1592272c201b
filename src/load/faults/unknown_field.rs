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
use super::other_words::{self, OtherWord};
use annals_finding::{Code, Finding, Place, Severity};
use annals_model::RecordKind;

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
    let meant = match owner {
        Some(owner) => other_words::of_object(owner, field),
        None => at
            .kind()
            .and_then(|kind| other_words::of_record(kind, field)),
    };
    let subject = at.subject();
    let owner = owner.map_or(subject.clone(), |owner| format!("{owner} of {subject}"));
    of(at, field, &owner, meant, known)
}

/// A heading of a table of records of this kind.
pub(crate) fn heading<'w>(
    at: &At<'_>,
    field: &str,
    kind: Option<RecordKind>,
    known: impl Iterator<Item = &'w str> + Clone,
) -> Finding {
    let meant = kind.and_then(|kind| other_words::of_record(kind, field));
    let owner = format!("the table of {}", at.subject());
    of(at, field, &owner, meant, known)
}

fn of<'w>(
    at: &At<'_>,
    field: &str,
    owner: &str,
    meant: Option<OtherWord>,
    known: impl Iterator<Item = &'w str> + Clone,
) -> Finding {
    let shown = super::short(field);
    let finding = Finding::new(&CODE, format!("{owner} has an unknown field \"{shown}\""));
    let near = nearest(field, known.clone()).first().copied();
    match (meant, near) {
        // Spelt so nearly that it is a slip.
        (Some(OtherWord::Called(name)), Some(near)) if name == near => {}
        (Some(OtherWord::Called(name)), _) if known.clone().any(|one| one == name) => {
            return finding
                .at(at.key_place(), format!("here it is called \"{name}\""))
                .suggest(format!("if you meant {name}"), at.key_place(), name);
        }
        (Some(OtherWord::Written(words)), _) => {
            return finding.at(at.key_place(), "unknown field").help(words);
        }
        _ => {}
    }
    match near {
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

/// A stance written as `{ukraine: supports}`.
pub(crate) fn stance_of_a_thing(at: &At<'_>, field: &str, thing: &str, value: &str) -> Finding {
    let (subject, thing, field) = (at.subject(), super::short(thing), super::short(field));
    Finding::new(
        &CODE,
        format!("a stance of {subject} has an unknown field \"{field}\""),
    )
    .at(at.key_place(), "neither toward nor value")
    .help(format!(
        "write the stance as {{toward: {thing}, value: {value}}}"
    ))
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
