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
use super::other_words::{self, OtherWord};
use super::{Slips, misspelt, nearest};
use annals_finding::{Code, Finding, Place, Severity};
use annals_model::{RecordKind, Vocabulary as _};

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
    let is_record = owner.is_none();
    let owner = owner.map_or(subject.clone(), |owner| format!("{owner} of {subject}"));
    of(at, field, &owner, (meant, is_record), known)
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
    of(at, field, &owner, (meant, true), known)
}

/// `is_record` if the field is one of a record, which may have fields of the user's own.
fn of<'w>(
    at: &At<'_>,
    field: &str,
    owner: &str,
    (meant, is_record): (Option<OtherWord>, bool),
    known: impl Iterator<Item = &'w str> + Clone,
) -> Finding {
    let shown = super::short(field);
    let finding = Finding::new(&CODE, format!("{owner} has an unknown field \"{shown}\""));
    let near = nearest(field, known.clone()).first().copied();
    match (meant, near) {
        // Spelt so nearly that it is a slip.
        (Some(OtherWord::Called(name)), Some(near)) if name == near => {}
        (Some(OtherWord::Called(name)), _) if known.clone().any(|one| one == name) => {
            if is_record && at.record_has(name) {
                return finding
                    .at(at.key_place(), format!("here it is called \"{name}\""))
                    .help(format!(
                        "\"{name}\" is written already: keep one of the two"
                    ));
            }
            return finding
                .at(at.key_place(), format!("here it is called \"{name}\""))
                .suggest(format!("if you meant {name}"), at.key_place(), name);
        }
        (Some(OtherWord::Written(words)), _) => {
            return finding.at(at.key_place(), "unknown field").help(words);
        }
        _ => {}
    }
    // What is written already is not written again, and what is only alike may be another thing.
    let slip = misspelt(field, known.clone(), Slips::Two)
        .filter(|slip| !is_record || !at.record_has(slip));
    match slip.or(near) {
        Some(near) => {
            let finding = finding.at(at.key_place(), format!("did you mean \"{near}\"?"));
            let message = format!("there is a field \"{near}\"");
            if is_record && at.record_has(near) {
                finding.help(format!(
                    "\"{near}\" is written already: keep one of the two"
                ))
            } else if slip.is_some() {
                finding.respell(message, at.key_place(), near)
            } else {
                finding.suggest(message, at.key_place(), near)
            }
        }
        None => {
            let all: Vec<_> = known.collect();
            let finding = finding
                .at(at.key_place(), "unknown field")
                .note(format!("the fields here are {}", all.join(", ")));
            if field.contains(char::is_whitespace) {
                return finding.help(
                    "if this belongs to the text before it, put that text in quotation marks",
                );
            }
            match (is_record, field.starts_with("x_")) {
                (true, _) => {
                    finding.help(format!("a field of your own begins with x_: \"x_{shown}\""))
                }
                (false, true) => finding.help("a field of your own stands in the record itself"),
                (false, false) => finding.help(format!(
                    "a field of your own stands in the record itself: \"x_{shown}\""
                )),
            }
        }
    }
}

/// A stance written as `{ukraine: supports}`; `stance` is where the whole stands if it has no other
/// field.
pub(crate) fn stance_of_a_thing(
    at: &At<'_>,
    stance: Option<&At<'_>>,
    field: &str,
    thing: &str,
    value: &str,
) -> Finding {
    let subject = at.subject();
    let about = at.texts_of_record("about");
    let speaks = |one: &str| at.texts_of_record("speaker").contains(&one);
    let (thing_shown, field) = (super::short(thing), super::short(field));
    let finding = Finding::new(
        &CODE,
        format!("a stance of {subject} has an unknown field \"{field}\""),
    );
    let others: Vec<&str> = about.iter().copied().filter(|one| !speaks(one)).collect();
    // Whoever speaks is named as the one who takes the stance, not as its object.
    if speaks(thing) && (about.is_empty() || !others.is_empty()) {
        let finding = finding.at(
            at.key_place(),
            "this is who speaks: a stance is toward a thing",
        );
        let toward = match others.as_slice() {
            [] => {
                return finding.help(format!(
                    "say what it is toward: {{toward: …, value: {value}}}, or about: … and stance: {value}"
                ));
            }
            [one] => super::short(one),
            _ => "all that the claim is about".to_owned(),
        };
        return match stance.filter(|_| !about.iter().any(|one| speaks(one))) {
            Some(stance) => finding.suggest(format!("toward {toward}"), stance.value(), value),
            None => finding.help(format!(
                "toward {toward}: {{toward: {}, value: {value}}}",
                super::short(others.first().copied().unwrap_or("…"))
            )),
        };
    }
    finding
        .at(at.key_place(), "neither toward nor value")
        .help(format!(
            "write the stance as {{toward: {thing_shown}, value: {value}}}"
        ))
}

/// The kind of a record, in a list of records of another kind: what is meant is another field.
pub(crate) fn type_of(at: &At<'_>, word: &str) -> Option<Finding> {
    let kind = at
        .kind()
        .filter(|kind| kind.word() != word && kind.plural() != word)?;
    let shown = super::short(word);
    let finding = Finding::new(
        &CODE,
        at.says(&format!(
            "\"type\" is the kind of record, here {}, not \"{shown}\"",
            kind.word()
        )),
    );
    Some(match other_words::of_record(kind, "type") {
        Some(OtherWord::Called(name)) if at.texts_of_record(name).is_empty() => finding
            .at(at.key_place(), format!("here it is called \"{name}\""))
            .suggest(format!("if you meant {name}"), at.key_place(), name),
        _ => finding
            .at(at.key_place(), "not needed here")
            .help("leave it out, or keep it as a field of your own, \"x_type\""),
    })
}

/// A field at the top of a file that is no list of records.
pub(crate) fn list<'w>(
    place: Place,
    field: &str,
    known: impl Iterator<Item = &'w str> + Clone,
) -> Finding {
    let shown = super::short(field);
    let finding = Finding::new(&CODE, format!("this file has an unknown list \"{shown}\""));
    if let Some(meant) = misspelt(field, known.clone(), Slips::Two) {
        return finding
            .at(place.clone(), format!("did you mean \"{meant}\"?"))
            .respell(format!("there is a list \"{meant}\""), place, meant);
    }
    match nearest(field, known.clone()).first() {
        Some(near) => finding
            .at(place.clone(), format!("did you mean \"{near}\"?"))
            .suggest(format!("there is a list \"{near}\""), place, near),
        None => {
            let all: Vec<_> = known.collect();
            finding
                .at(place, "unknown list")
                .note(format!("the lists of a fact file are {}", all.join(", ")))
        }
    }
}
