//! a field that the record does not have

use super::nearest;
use crate::finding::{Code, Finding, Place, Severity};
use crate::load::decode::At;

/// A field that the record does not have.
pub static CODE: Code = Code::new(
    "AN010",
    "unknown-field",
    Severity::Error,
    include_str!("unknown_field.rs"),
);

/// `owner` is what has the field, with its article; `known` the fields that it has.
pub(crate) fn found<'w>(
    at: &At<'_>,
    field: &str,
    owner: &str,
    known: impl Iterator<Item = &'w str> + Clone,
) -> Finding {
    let shown = super::short(field);
    let finding = Finding::new(&CODE, format!("{owner} has no field \"{shown}\""));
    match nearest(field, known.clone()).first() {
        Some(near) => finding
            .at(at.key_place(), format!("did you mean \"{near}\"?"))
            .respell(
                format!("a field of this name exists: {near}"),
                at.key_place(),
                near,
            ),
        None => {
            let all: Vec<_> = known.collect();
            finding
                .at(at.key_place(), "unknown field")
                .note(format!("its fields are {}", all.join(", ")))
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
    let finding = Finding::new(&CODE, format!("a fact file has no list \"{shown}\""));
    match nearest(field, known.clone()).first() {
        Some(near) => finding
            .at(place.clone(), format!("did you mean \"{near}\"?"))
            .respell(format!("a list of this name exists: {near}"), place, near),
        None => {
            let all: Vec<_> = known.collect();
            finding
                .at(place, "unknown list")
                .note(format!("its lists are {}", all.join(", ")))
        }
    }
}
