//! a value that cannot be

use crate::finding::{Code, Finding, Severity};
use crate::load::decode::At;

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
        format!("\"{field}\" is {value}, where {least} to {most} is possible"),
    )
    .at(at.value(), format!("not between {least} and {most}"))
}

/// An offset that no text can have.
pub(crate) fn offset(at: &At<'_>, value: i64) -> Finding {
    Finding::new(&CODE, format!("{value} is not a place in a text"))
        .at(at.value(), "places are counted in characters, from 0")
}

/// A sum that is none.
pub(crate) fn sha256(at: &At<'_>) -> Finding {
    Finding::new(&CODE, "a SHA-256 sum has 64 hexadecimal digits")
        .at(at.value(), "this is none")
        .help("`sha256sum FILE` prints it")
}
