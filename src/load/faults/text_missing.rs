//! a document whose text is not there

use crate::finding::{Code, Finding, Place, Severity};
use crate::model::{DocumentId, Facts};

/// A document whose text is not there.
pub static CODE: Code = Code::new(
    "AN121",
    "text-missing",
    Severity::Info,
    include_str!("text_missing.rs"),
);

pub(crate) fn found(facts: &Facts, document: DocumentId, unverified: usize) -> Finding {
    let id = super::short(facts.id(document));
    let origin = facts[document].common.origin;
    let quotes = super::count(unverified, "quote is", "quotes are");
    Finding::new(
        &CODE,
        format!("the text of {id} is not there: {quotes} unverified"),
    )
    .at(
        Place::value(origin, "text"),
        "looked for beside the facts and in --texts",
    )
    .help("say where texts lie: --texts DIR")
    .of(document)
}
