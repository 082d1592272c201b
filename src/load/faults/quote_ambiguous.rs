//! a quote that stands in its text more than once
//!
//! # What it finds
//! A quote without `spans` whose words stand at several places of the text.
//!
//! # Why it matters
//! Which of the places shows the fact is left open; a reader who follows it may land in the wrong
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
//! # How to mend
//! Quote more of the sentence, or give the place in `spans`.
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
//! A claim's own `quote` that stands once within the passage of its evidence, however often it stands
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
        format!("{subject}: its quote stands {times} in the text, and no span says which"),
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
            "say which one is meant, as in `spans: [[{}, {}]]`, or quote more of the sentence",
            span.start, span.end
        )),
        None => finding,
    }
}
