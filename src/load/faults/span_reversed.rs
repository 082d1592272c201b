//! a span that ends before it begins
//!
//! # What it finds
//! A span whose end is not after its start, or spans of one passage that overlap or are not in the
//! order of the text.
//!
//! # Why it matters
//! Such a span contains no character, or the passage would be read in the wrong order.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! documents:
//!   - {id: report, title: Visit to Kyiv, text: report.txt}
//! claims:
//!   - id: c1
//!     speaker: []
//!     evidence: {document: report, spans: [41, 22]}
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
//!     evidence: {document: report, spans: [22, 41]}
//! ```
//!
//! # When it stays silent
//! Spans that touch: `[[0, 21], [21, 41]]`. If the text is missing, spans are not checked.
//!
//! # Source
//! The fact format, version 1: *a span list may be discontinuous*.

use annals_finding::{Code, Finding, Place, Severity};

/// A span that ends before it begins.
pub static CODE: Code = Code::new(
    "AN129",
    "span-reversed",
    Severity::Error,
    include_str!("span_reversed.rs"),
);

pub(crate) fn found(subject: &str, place: Place) -> Finding {
    Finding::new(
        &CODE,
        format!("{subject}: a span ends at or before its start"),
    )
    .at(place, "contains no character")
    .note("a span is [start, end], counted in characters from 0, and end is the one after the last")
}

/// Spans of one passage overlap or go backwards.
pub(crate) fn out_of_order(subject: &str, place: Place) -> Finding {
    Finding::new(
        &CODE,
        format!("{subject}: the spans of a passage overlap or go backwards"),
    )
    .at(place, "begins before the previous one ends")
    .note("the spans of a passage must be in the order of the text")
}
