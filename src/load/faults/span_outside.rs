//! a span that ends after the end of its text
//!
//! # What it finds
//! Evidence whose `spans` extend beyond the last character of the text.
//!
//! # Why it matters
//! There is nothing to show there. The text was shortened, or the offsets were counted in bytes.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! documents:
//!   - {id: report, title: Visit to Kyiv, text: report.txt}
//! claims:
//!   - id: c1
//!     speaker: []
//!     evidence: {document: report, spans: [22, 410]}
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
//! If the text is missing, its length is unknown.
//!
//! # Source
//! The fact format, version 1: *offsets are Unicode code points, end-exclusive*.

use annals_finding::{Code, Finding, Place, Severity};

/// A span that ends after its text.
pub static CODE: Code = Code::new(
    "AN128",
    "span-outside",
    Severity::Error,
    include_str!("span_outside.rs"),
);

pub(crate) fn found(subject: &str, place: Place, len: u32) -> Finding {
    Finding::new(
        &CODE,
        format!("{subject}: a span ends after the end of the text, which has {len} characters"),
    )
    .at(place, "outside the text")
    .note("a span is [start, end], counted in characters from 0, and end is the one after the last")
}
