//! a distance in time that cannot be read
//!
//! # What it finds
//! A `by` of an order that is not an ISO 8601 duration. The distance is left out; the order is
//! kept.
//!
//! # Why it matters
//! Dates are computed from distances. A misread distance moves them.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! events:
//!   - {id: invasion, label: The invasion, when: 2022-02-24}
//!   - {id: visit, label: Visit to Kyiv, when: 2023-04-20}
//! orders:
//!   - {id: o1, first: visit, relation: after, second: invasion, by: 14 months}
//! ```
//!
//! # How to fix
//! ```yaml facts.yaml
//! annals: 1
//! events:
//!   - {id: invasion, label: The invasion, when: 2022-02-24}
//!   - {id: visit, label: Visit to Kyiv, when: 2023-04-20}
//! orders:
//!   - {id: o1, first: visit, relation: after, second: invasion, by: about P14M}
//! ```
//!
//! # When it stays silent
//! A range (`P13M/P15M`: thirteen to fifteen months) and `about P14M` are distances too.
//!
//! # Source
//! ISO 8601-1:2019, section 5.5.2: durations.

use super::at::At;
use annals_finding::{Code, Finding, Severity};
use annals_time::DurationError;

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
        at.says(&format!(
            "\"{shown}\" is not a distance in time: {}",
            error.reason
        )),
    )
    .at(
        at.part(error.at.clone()),
        super::about_a_part(text, &error.at, &error.reason),
    )
    .note("distances are ISO 8601 durations: P14M, a range P13M/P15M, or about P14M")
}
