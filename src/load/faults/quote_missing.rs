//! a quote that is not in its text

use crate::evidence::{Nearest, Span};
use crate::finding::{Code, Finding, Path, Place, Severity};
use crate::model::{FileId, Origin};

/// A quote that is not in its text.
pub static CODE: Code = Code::new(
    "AN125",
    "quote-missing",
    Severity::Error,
    include_str!("quote_missing.rs"),
);

/// The quote is nowhere in the text; the nearest sentence is shown, and decides nothing.
pub(crate) fn found(
    id: &str,
    quote: &str,
    text_name: &str,
    (origin, path): (Origin, &Path),
    file: FileId,
    nearest: Option<Nearest>,
) -> Finding {
    let id = super::short(id);
    let field = Place::Value(origin, path.clone());
    let finding = Finding::new(&CODE, format!("a quote of {id} is not in {text_name}"));
    let Some(nearest) = nearest else {
        return finding.at(field, "nothing like it stands there");
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
        .at(place, "not in the text like this")
        .at(Place::Passage(file, nearest.sentence), "")
        .at(Place::Passage(file, differing), "this stands there instead")
        .note("a quote is the words of its text, but for typography")
        .help("if the text is right, correct the quote; if words are left out, write … for them")
}

/// The quote is in the text, or not, but not in the passage given as its evidence.
pub(crate) fn outside(
    id: &str,
    place: Place,
    file: FileId,
    outer: &[Span],
    elsewhere: &[Span],
) -> Finding {
    let id = super::short(id);
    let mut finding = Finding::new(
        &CODE,
        format!("the quote of {id} is not in the passage that is to show it"),
    )
    .at(place, "these words");
    for span in outer {
        finding = finding.at(Place::Passage(file, *span), "not in this passage");
    }
    for span in elsewhere {
        finding = finding.at(Place::Passage(file, *span), "but here");
    }
    finding.note("a claim's quote stands within the passage of its evidence")
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
