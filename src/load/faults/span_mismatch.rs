//! a span whose text is not the quote
//!
//! # What it finds
//! Evidence with a quote and `spans` where the text at the spans differs from the quote.
//!
//! # Why it matters
//! One of the two is wrong. Most often the text was changed, or the offsets were counted in bytes
//! or UTF-16 units instead of characters.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! documents:
//!   - {id: report, title: Visit to Kyiv, text: report.txt}
//! claims:
//!   - id: c1
//!     speaker: []
//!     evidence: {document: report, quote: arrived on Thursday, spans: [12, 31]}
//! ```
//! ```text report.txt
//! The secretary general arrived on Thursday.
//! ```
//!
//! # How to fix
//! ```yaml facts.yaml
//! annals: 1
//! documents:
//!   - {id: report, title: Visit to Kyiv, text: report.txt}
//! claims:
//!   - id: c1
//!     speaker: []
//!     evidence: {document: report, quote: arrived on Thursday, spans: [22, 41]}
//! ```
//!
//! # When it stays silent
//! Differences of typography, as for AN125; white space at the ends of a span.
//!
//! # Source
//! The fact format, version 1: *offsets are Unicode code points, end-exclusive*.

use annals_evidence::Span;
use annals_finding::{Code, Finding, Place, Severity};
use annals_model::FileId;

/// A span at which other words stand.
pub static CODE: Code = Code::new(
    "AN127",
    "span-mismatch",
    Severity::Error,
    include_str!("span_mismatch.rs"),
);

/// `places` are those of the quote, of its spans, and the file of the text.
pub(crate) fn found(
    subject: &str,
    stands: &str,
    elsewhere: &[Span],
    spans: &[Span],
    (quote, written, file): (Place, Place, FileId),
) -> Finding {
    let mut finding = Finding::new(
        &CODE,
        format!(
            "{subject}: the text at its spans is not its quote: \"{}\"",
            super::short(stands)
        ),
    )
    .at(quote, "this quote")
    .at(written.clone(), "at these spans");
    for span in spans {
        finding = finding.at(Place::Passage(file, *span), "is here");
    }
    if elsewhere.is_empty() {
        return finding;
    }
    let right: Vec<_> = elsewhere
        .iter()
        .map(|span| format!("[{}, {}]", span.start, span.end))
        .collect();
    for span in elsewhere {
        finding = finding.at(Place::Passage(file, *span), "the quote is here");
    }
    finding.help(format!("the quote is at [{}]", right.join(", ")))
}
