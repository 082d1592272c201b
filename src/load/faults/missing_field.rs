//! a missing required field
//!
//! # What it finds
//! A record without a field that it needs (an actor's `name` and `kind`, an event's `label`, a
//! claim's `speaker`, …), an object in a record that lacks a part (a stance without `toward`), or a
//! line of JSON Lines without its `type`.
//!
//! # Why it matters
//! A claim without a speaker cannot answer *who said it?*; evidence without a document leads
//! nowhere.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: nato, name: NATO}
//! ```
//!
//! # How to fix
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: nato, name: NATO, kind: organization}
//! ```
//!
//! # When it stays silent
//! Claims, relations and orders need no `id`. `speaker: []` is not a gap: it means the narrator of
//! the document.
//!
//! # Source
//! The fact format, version 1: *the fields marked \**.

use super::at::At;
use annals_finding::{Code, Finding, Severity};

/// A field that must be there and is not.
pub static CODE: Code = Code::new(
    "AN013",
    "missing-field",
    Severity::Error,
    include_str!("missing_field.rs"),
);

/// `owner` is what lacks the field, with its article; none where it is the record itself.
pub(crate) fn found(at: &At<'_>, owner: Option<&str>, field: &str) -> Finding {
    let subject = at.subject();
    let message = match owner {
        Some(owner) => format!("{owner} of {subject} needs the field \"{field}\""),
        None => format!("{subject} needs the field \"{field}\""),
    };
    let finding = Finding::new(&CODE, message).at(at.value(), format!("\"{field}\" is missing"));
    match (owner, field) {
        (None, "speaker") => finding
            .help("if the narrator of the document says it, write an empty list: speaker: []"),
        _ => finding,
    }
}

/// A line of JSON Lines that does not say what it is; `whole_file` where it has lists of records.
pub(crate) fn of_line(at: &At<'_>, whole_file: bool) -> Finding {
    let finding = Finding::new(&CODE, "a line needs the field \"type\"")
        .at(at.value(), "which kind of record is this?");
    if whole_file {
        return finding.help("if the file is one object with lists, name it .json");
    }
    finding.help("write \"type\": \"claim\", or another kind of record")
}
