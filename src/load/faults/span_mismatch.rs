//! a span at which other words stand

use crate::evidence::Span;
use crate::finding::{Code, Finding, Place, Severity};
use crate::model::FileId;

/// A span at which other words stand.
pub static CODE: Code = Code::new(
    "AN127",
    "span-mismatch",
    Severity::Error,
    include_str!("span_mismatch.rs"),
);

/// `places` are those of the quote, of its spans, and the file of the text.
pub(crate) fn found(
    stands: &str,
    elsewhere: &[Span],
    spans: &[Span],
    (quote, written, file): (Place, Place, FileId),
) -> Finding {
    let mut finding = Finding::new(
        &CODE,
        format!(
            "other words than the quote stand at its spans: \"{}\"",
            super::short(stands)
        ),
    )
    .at(quote, "this quote")
    .at(written.clone(), "at these spans");
    for span in spans {
        finding = finding.at(Place::Passage(file, *span), "stands here");
    }
    if elsewhere.is_empty() {
        return finding;
    }
    let right: Vec<_> = elsewhere
        .iter()
        .map(|span| format!("[{}, {}]", span.start, span.end))
        .collect();
    for span in elsewhere {
        finding = finding.at(Place::Passage(file, *span), "the quote stands here");
    }
    finding.help(format!("the quote stands at [{}]", right.join(", ")))
}
