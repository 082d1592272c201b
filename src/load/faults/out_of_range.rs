//! a value that cannot be
//!
//! # What it finds
//! A latitude beyond 90 degrees, a longitude beyond 180, a confidence outside 0 to 1, a place in a text
//! before its first character, a `sha256` that is none. The value is left out.
//!
//! # Why it matters
//! Most often two values have changed places, or a percentage stands where a share is wanted.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! events:
//!   - {id: visit, label: Visit to Kyiv, confidence: 90}
//! ```
//!
//! # How to mend
//! ```yaml facts.yaml
//! annals: 1
//! events:
//!   - {id: visit, label: Visit to Kyiv, confidence: 0.9}
//! ```
//!
//! # When it stays silent
//! The bounds themselves are allowed: a confidence of 1, a latitude of -90.
//!
//! # Source
//! The fact format, version 1; for places ISO 6709 and the WGS 84 degrees that maps use.

use super::at::At;
use annals_finding::{Code, Finding, Severity};

/// A value that cannot be.
pub static CODE: Code = Code::new(
    "AN018",
    "out-of-range",
    Severity::Error,
    include_str!("out_of_range.rs"),
);

/// A number outside its bounds.
pub(crate) fn number(at: &At<'_>, value: f64, bounds: &std::ops::RangeInclusive<f64>) -> Finding {
    let (field, least, most) = (at.field_name(), bounds.start(), bounds.end());
    Finding::new(
        &CODE,
        at.says(&format!(
            "\"{field}\" is {value}, where {least} to {most} is possible"
        )),
    )
    .at(
        at.value(),
        if value < *least {
            "too small"
        } else {
            "too large"
        },
    )
}

/// An offset that no text can have.
pub(crate) fn offset(at: &At<'_>, value: i64) -> Finding {
    Finding::new(&CODE, at.says(&format!("{value} is not a place in a text")))
        .at(at.value(), "no text has a character here")
        .note("places are counted in characters, from 0 to 4,294,967,295")
}

/// A sum that is none.
pub(crate) fn sha256(at: &At<'_>, text: &str) -> Finding {
    let wrong = match text.chars().find(|digit| !digit.is_ascii_hexdigit()) {
        Some(other) => format!("has a {other:?} in it"),
        None => format!("has {} digits", text.len()),
    };
    Finding::new(&CODE, at.says("this is not a SHA-256 sum"))
        .at(at.value(), wrong)
        .note("a SHA-256 sum is 64 hexadecimal digits")
        .help("`sha256sum FILE` or `shasum -a 256 FILE` prints it")
}
