//! a distance that cannot be read

use crate::finding::{Code, Finding, Severity};
use crate::load::decode::At;
use crate::time::DurationError;

/// A distance that cannot be read.
pub static CODE: Code = Code::new(
    "AN017",
    "bad-duration",
    Severity::Error,
    include_str!("bad_duration.rs"),
);

pub(crate) fn found(at: &At<'_>, text: &str, error: &DurationError) -> Finding {
    let shown = super::short(text);
    Finding::new(
        &CODE,
        format!("\"{shown}\" is not a distance in time: {}", error.reason),
    )
    .at(at.part(error.at.clone()), error.reason.clone())
    .note("distances are ISO 8601 durations: P14M, a range P13M/P15M, or about P14M")
}
