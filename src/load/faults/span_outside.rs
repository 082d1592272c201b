//! a span that ends after its text

use crate::finding::{Code, Finding, Place, Severity};

/// A span that ends after its text.
pub static CODE: Code = Code::new(
    "AN128",
    "span-outside",
    Severity::Error,
    include_str!("span_outside.rs"),
);

pub(crate) fn found(place: Place, len: u32) -> Finding {
    Finding::new(&CODE, format!("a span ends after the text, which has {len} characters"))
        .at(place, "outside the text")
        .note("spans are counted in characters (Unicode code points) from 0, and end before the second number")
}
