//! a value out of range
//!
//! # What it finds
//! A latitude beyond 90 degrees, a longitude beyond 180, a confidence outside 0 to 1, a negative
//! offset into a text, a `sha256` that is not a SHA-256 checksum. The value is left out.
//!
//! # Why it matters
//! Most often two values were swapped, or a percentage was given instead of a fraction.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! events:
//!   - {id: visit, label: Visit to Kyiv, confidence: 90}
//! ```
//!
//! # How to fix
//! ```yaml facts.yaml
//! annals: 1
//! events:
//!   - {id: visit, label: Visit to Kyiv, confidence: 0.9}
//! ```
//!
//! # When it stays silent
//! The limits themselves are allowed: a confidence of 1, a latitude of -90.
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
    let finding = Finding::new(
        &CODE,
        at.says(&format!(
            "\"{field}\" is {value}, but must be from {least} to {most}"
        )),
    )
    .at(
        at.value(),
        if value < *least {
            "too small"
        } else {
            "too large"
        },
    );
    if field == "confidence" && value > 1.0 && value <= 100.0 && value.fract() == 0.0 {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a whole number from 2 to 100"
        )]
        let share = super::wrong_type::share_of_one(value as u32);
        return finding.help(format!("{value} percent is {share}"));
    }
    finding
}

/// An offset that no text can have.
pub(crate) fn offset(at: &At<'_>, value: i64) -> Finding {
    Finding::new(
        &CODE,
        at.says(&format!("{value} is not a position in a text")),
    )
    .at(at.value(), "no text has a character here")
    .note("positions are counted in characters, from 0 to 4,294,967,295")
}

/// A sum that is none.
pub(crate) fn sha256(at: &At<'_>, text: &str) -> Finding {
    let wrong = match text.chars().find(|digit| !digit.is_ascii_hexdigit()) {
        Some(other) => format!("contains {other:?}"),
        None => format!("has {} digits", text.len()),
    };
    Finding::new(&CODE, at.says("this is not a SHA-256 checksum"))
        .at(at.value(), wrong)
        .note("a SHA-256 checksum has 64 hexadecimal digits")
        .help("`sha256sum FILE` or `shasum -a 256 FILE` prints it")
}
