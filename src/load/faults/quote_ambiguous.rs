//! a quote that occurs in its text more than once
//!
//! # What it finds
//! A quote without `spans` that occurs in several places of the text.
//!
//! # Why it matters
//! It is unclear which place shows the fact; a reader who follows the quote may end up at the wrong
//! sentence.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! documents:
//!   - {id: report, title: Visit to Kyiv, text: report.txt}
//! claims:
//!   - id: c1
//!     speaker: []
//!     evidence: {document: report, quote: he said}
//! ```
//! ```text report.txt
//! “We stand with you,” he said. “As long as it takes,” he said.
//! ```
//!
//! # How to fix
//! Quote more of the sentence, or give the position in `spans`.
//! ```yaml facts.yaml
//! annals: 1
//! documents:
//!   - {id: report, title: Visit to Kyiv, text: report.txt}
//! claims:
//!   - id: c1
//!     speaker: []
//!     evidence: {document: report, quote: he said, spans: [53, 60]}
//! ```
//!
//! # When it stays silent
//! A claim's own `quote` that occurs once in the passage of its evidence, however often it occurs
//! in the rest of the text.
//!
//! # Source
//! The fact format, version 1: *evidence*.

use annals_evidence::Span;
use annals_finding::{Code, Finding, Place, Severity};
use annals_model::FileId;

/// A quote that stands in its text more than once.
pub static CODE: Code = Code::new(
    "AN126",
    "quote-ambiguous",
    Severity::Warning,
    include_str!("quote_ambiguous.rs"),
);

pub(crate) fn found(
    subject: &str,
    place: Place,
    file: FileId,
    first: &[Span],
    others: &[Span],
    occurrences: usize,
) -> Finding {
    let times = match occurrences {
        2 => "twice".to_owned(),
        _ => format!("{occurrences} times"),
    };
    let mut finding = Finding::new(
        &CODE,
        format!(
            "{subject}: its quote occurs {times} in the text, and no span says which one is meant"
        ),
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
            "say which one you mean, as in `spans: [[{}, {}]]`, or quote more of the sentence",
            span.start, span.end
        )),
        None => finding,
    }
}
