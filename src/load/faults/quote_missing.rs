//! a quote that is not in its text
//!
//! # What it finds
//! An `evidence.quote` that does not occur in the document's text, or a claim's own `quote` that
//! does not occur in the passage given as its evidence.
//!
//! # Why it matters
//! A quote is the one thing about a claim that can be checked against its source. If its words are
//! not there, they were changed on the way, or never said. No quote is accepted for being similar;
//! the nearest sentence is shown only to help.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! documents:
//!   - {id: report, title: Visit to Kyiv, text: report.txt}
//! claims:
//!   - id: c1
//!     speaker: []
//!     evidence: {document: report, quote: Ukraine's rightful place is in the EU}
//! ```
//! ```text report.txt
//! The secretary general spoke in Kyiv. “Ukraine's rightful place is in NATO,” he said.
//! ```
//!
//! # How to fix
//! If the text is right, correct the quote; mark omitted words with `…` or `[…]`.
//! ```yaml facts.yaml
//! annals: 1
//! documents:
//!   - {id: report, title: Visit to Kyiv, text: report.txt}
//! claims:
//!   - id: c1
//!     speaker: []
//!     evidence: {document: report, quote: Ukraine's rightful place is in NATO}
//! ```
//!
//! # When it stays silent
//! Differences of typography: curly or straight quotation marks, kinds of dash, white space and
//! line breaks, ligatures, Unicode forms. A missing text (AN121).
//!
//! # Source
//! The fact format, version 1: *evidence*; the promise that nothing is made up.

use annals_evidence::{Nearest, Span};
use annals_finding::{Code, Finding, Path, Place, Severity};
use annals_model::{FileId, Origin};

/// A quote that is not in its text.
pub static CODE: Code = Code::new(
    "AN125",
    "quote-missing",
    Severity::Error,
    include_str!("quote_missing.rs"),
);

/// The quote is nowhere in the text; the nearest sentence is shown, and decides nothing.
pub(crate) fn found(
    subject: &str,
    quote: &str,
    text_name: &str,
    (origin, path): (Origin, &Path),
    file: FileId,
    nearest: Option<Nearest>,
) -> Finding {
    let field = Place::Value(origin, path.clone());
    let mut finding = Finding::new(&CODE, format!("{subject}: its quote is not in {text_name}"));
    if super::in_marks(quote).is_some() {
        finding = finding.help(super::LEAVE_MARKS_OUT);
    }
    let Some(nearest) = nearest else {
        return finding.at(field, "the text contains nothing like it");
    };
    let range = bytes_of(quote, nearest.in_quote);
    let place = if range.is_empty() {
        field
    } else {
        Place::Part(origin, path.clone(), range.into())
    };
    let differing = if nearest.differing.is_empty() {
        nearest.place
    } else {
        nearest.differing
    };
    finding
        .at(place, "not in the text in this form")
        .at(Place::Passage(file, nearest.sentence), "")
        .at(
            Place::Passage(file, differing),
            "the text says this instead",
        )
        .note("a quote must match its text exactly, apart from typography")
        .help("if the text is right, correct the quote; write … for omitted words")
}

/// The quote is in the text, or not, but not in the passage given as its evidence.
pub(crate) fn outside(
    subject: &str,
    place: Place,
    file: FileId,
    outer: &[Span],
    elsewhere: &[Span],
) -> Finding {
    let mut finding = Finding::new(
        &CODE,
        format!("{subject}: its quote is not in the passage given as its evidence"),
    )
    .at(place, "these words");
    for span in outer {
        finding = finding.at(Place::Passage(file, *span), "not in this passage");
    }
    for span in elsewhere {
        finding = finding.at(Place::Passage(file, *span), "it is here");
    }
    finding.note("a claim's quote must be within the passage of its evidence")
}

/// The bytes of a stretch of code points.
fn bytes_of(text: &str, span: Span) -> std::ops::Range<usize> {
    let byte = |code_point: u32| {
        text.char_indices()
            .nth(code_point as usize)
            .map_or(text.len(), |(byte, _)| byte)
    };
    byte(span.start)..byte(span.end)
}
