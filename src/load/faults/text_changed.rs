//! a text that has changed

use crate::finding::{Code, Finding, Place, Severity};
use crate::model::{DocumentId, Facts};

/// A text that has changed.
pub static CODE: Code = Code::new(
    "AN123",
    "text-changed",
    Severity::Error,
    include_str!("text_changed.rs"),
);

pub(crate) fn found(facts: &Facts, document: DocumentId, file: &str, sum: &str) -> Finding {
    let id = super::short(facts.id(document));
    let origin = facts[document].common.origin;
    Finding::new(
        &CODE,
        format!("the text of {id} has changed since it was annotated"),
    )
    .at(
        Place::value(origin, "sha256"),
        format!("{file} has the sum {sum}"),
    )
    .note("quotes are still looked for in the text as it is")
    .suggest(
        "if the new text is right",
        Place::value(origin, "sha256"),
        sum,
    )
    .of(document)
}
