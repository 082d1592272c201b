//! a span that ends before it begins

use crate::finding::{Code, Finding, Place, Severity};

/// A span that ends before it begins.
pub static CODE: Code = Code::new(
    "AN129",
    "span-reversed",
    Severity::Error,
    include_str!("span_reversed.rs"),
);

pub(crate) fn found(place: Place) -> Finding {
    Finding::new(&CODE, "a span ends where or before it begins")
        .at(place, "holds no character")
        .note("a span is [start, end], and end is the character after the last")
}

/// Spans of one passage overlap or go backwards.
pub(crate) fn out_of_order(place: Place) -> Finding {
    Finding::new(&CODE, "the spans of a passage overlap or go backwards")
        .at(place, "begins before the one before it ends")
        .note("the spans of one passage stand in the order of the text")
}
