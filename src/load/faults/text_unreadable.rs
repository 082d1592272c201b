//! a text that cannot be read

use crate::finding::{Code, Finding, Place, Severity};
use crate::model::{DocumentId, Facts};

/// A text that cannot be read.
pub static CODE: Code = Code::new(
    "AN124",
    "text-unreadable",
    Severity::Error,
    include_str!("text_unreadable.rs"),
);

pub(crate) fn found(facts: &Facts, document: DocumentId, file: &str, why: &str) -> Finding {
    let id = super::short(facts.id(document));
    let origin = facts[document].common.origin;
    Finding::new(
        &CODE,
        format!("the text of {id} cannot be read: {file}: {why}"),
    )
    .at(Place::value(origin, "text"), "this text")
    .of(document)
}
