//! a quote that stands in its text more than once

use crate::evidence::Span;
use crate::finding::{Code, Finding, Place, Severity};
use crate::model::FileId;

/// A quote that stands in its text more than once.
pub static CODE: Code = Code::new(
    "AN126",
    "quote-ambiguous",
    Severity::Warning,
    include_str!("quote_ambiguous.rs"),
);

pub(crate) fn found(
    id: &str,
    place: Place,
    file: FileId,
    first: &[Span],
    others: &[Span],
    occurrences: usize,
) -> Finding {
    let id = super::short(id);
    let mut finding = Finding::new(
        &CODE,
        format!("a quote of {id} stands in its text {occurrences} times, and no span says which"),
    )
    .at(place, "this quote");
    for span in first {
        finding = finding.at(Place::Passage(file, *span), "here");
    }
    for span in others {
        finding = finding.at(Place::Passage(file, *span), "and here");
    }
    match first.first() {
        Some(span) => finding.help(format!(
            "say which: \"spans\": [[{}, {}]], or quote more of the sentence",
            span.start, span.end
        )),
        None => finding,
    }
}
