//! a field that must be there and is not

use crate::finding::{Code, Finding, Severity};
use crate::load::decode::At;

/// A field that must be there and is not.
pub static CODE: Code = Code::new(
    "AN013",
    "missing-field",
    Severity::Error,
    include_str!("missing_field.rs"),
);

/// `owner` is what lacks the field, with its article.
pub(crate) fn found(at: &At<'_>, owner: &str, field: &str) -> Finding {
    let finding = Finding::new(&CODE, format!("{owner} needs the field \"{field}\""))
        .at(at.value(), format!("has no \"{field}\""));
    if owner == "a claim" && field == "speaker" {
        return finding.help("if the narrator of the document says it, write `speaker: []`");
    }
    finding
}

/// A line of JSON Lines that does not say what it is; `whole_file` where it has lists of records.
pub(crate) fn of_line(at: &At<'_>, whole_file: bool) -> Finding {
    let finding = Finding::new(&CODE, "a line needs the field \"type\"")
        .at(at.value(), "does not say what it is");
    if whole_file {
        return finding.help("a file of one object with lists has the ending .json");
    }
    finding.help("write \"type\": \"claim\", or another kind of record")
}
