//! a text outside the folders for texts

use crate::finding::{Code, Finding, Place, Severity};
use crate::model::{DocumentId, Facts};

/// A text outside the folders for texts.
pub static CODE: Code = Code::new(
    "AN122",
    "text-outside",
    Severity::Error,
    include_str!("text_outside.rs"),
);

pub(crate) fn found(facts: &Facts, document: DocumentId) -> Finding {
    let id = super::short(facts.id(document));
    let origin = facts[document].common.origin;
    Finding::new(&CODE, format!("the text of {id} lies outside the folders for texts"))
        .at(Place::value(origin, "text"), "leads out of its folder")
        .note("a fact file may name texts in its own folder and in those given with --texts, also not through a link")
        .help("move the text, or name its folder with --texts")
        .of(document)
}
