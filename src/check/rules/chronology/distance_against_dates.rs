//! a distance that contradicts the dates
//!
//! # What it finds
//! An order with a distance (`by`) that the dates of its two things, or other distances, do not
//! allow.
//!
//! # Why it matters
//! A distance is the source's own check digit: if it does not fit, a date or the distance was
//! misread.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! events:
//!   - {id: invasion, label: The invasion, when: 2022-02-24/..}
//!   - {id: visit, label: The visit, when: 2023-04-20}
//! orders:
//!   - {first: invasion, relation: starts_before, second: visit, by: P10M}
//! ```
//!
//! # How to fix
//! Correct a date or the distance; write `about` if the source does.
//! ```yaml facts.yaml
//! annals: 1
//! events:
//!   - {id: invasion, label: The invasion, when: 2022-02-24/..}
//!   - {id: visit, label: The visit, when: 2023-04-20}
//! orders:
//!   - {first: invasion, relation: starts_before, second: visit, by: about P14M}
//! ```
//!
//! # When it stays silent
//! `about P14M` between 24 February 2022 and 20 April 2023: it may be a month more or less.
//! Distances in days, weeks, months and years count calendar days.
//!
//! # Source
//! Dechter, Meiri, Pearl, *Temporal Constraint Networks*, 1991; Allen, *Maintaining Knowledge about
//! Temporal Intervals*, 1983. The set shown is minimal: without any one of its facts, the
//! others can be true.

use super::super::super::{Context, Rule};
use annals_finding::{Code, Finding, Severity};

/// A distance against dates.
pub(super) static CODE: Code = Code::new(
    "AN204",
    "distance-against-dates",
    Severity::Error,
    include_str!("distance_against_dates.rs"),
);

/// See [`CODE`].
pub(crate) struct DistanceAgainstDates;

impl Rule for DistanceAgainstDates {
    fn code(&self) -> &'static Code {
        &CODE
    }

    /// A single search finds the conflicts of all these codes: see [`find`](super::find).
    fn check(&self, _context: &Context<'_>, _findings: &mut Vec<Finding>) {}
}
