//! a value of the wrong type

use crate::finding::{Code, Finding, Severity};
use crate::load::decode::At;
use crate::model::RecordKind;

/// A value of the wrong type.
pub static CODE: Code = Code::new(
    "AN012",
    "wrong-type",
    Severity::Error,
    include_str!("wrong_type.rs"),
);

/// `wanted` and `found` are words such as "a text", "a number".
pub(crate) fn found(at: &At<'_>, wanted: &str, found: &str) -> Finding {
    let field = at.field_name();
    let finding = Finding::new(
        &CODE,
        format!("\"{field}\" is {found}, where {wanted} is wanted"),
    )
    .at(at.value(), format!("{found}"));
    if found == "a number" && (wanted.starts_with("a text") || wanted.starts_with("a date")) {
        return finding.help("put it in quotation marks");
    }
    finding
}

/// A record that is no object.
pub(crate) fn record(at: &At<'_>, kind: RecordKind, found: &str) -> Finding {
    let wanted = kind.with_article();
    Finding::new(
        &CODE,
        format!("{wanted} is an object with fields, and this is {found}"),
    )
    .at(at.value(), found)
}

/// A line of JSON Lines that is no object.
pub(crate) fn line(at: &At<'_>, found: &str) -> Finding {
    Finding::new(
        &CODE,
        format!("each line is an object with a type, and this is {found}"),
    )
    .at(at.value(), found)
}
