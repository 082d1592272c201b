//! things that come before each other in a circle
//!
//! # What it finds
//! Orders that together say that something comes before itself: each of them could be true, but not
//! all of them.
//!
//! # Why it matters
//! In a circle, nothing is first. One of the orders was read the wrong way round, or is about
//! another thing.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! events:
//!   - {id: a, label: A}
//!   - {id: b, label: B}
//!   - {id: c, label: C}
//! orders:
//!   - [a, before, b]
//!   - [b, before, c]
//!   - [c, before, a]
//! ```
//!
//! # How to fix
//! Reverse one of the orders, or leave it out.
//! ```yaml facts.yaml
//! annals: 1
//! events:
//!   - {id: a, label: A}
//!   - {id: b, label: B}
//!   - {id: c, label: C}
//! orders:
//!   - [a, before, b]
//!   - [b, before, c]
//!   - [a, before, c]
//! ```
//!
//! # When it stays silent
//! Things that may happen at the same time, or of which one may be part of another: only what is
//! impossible is found.
//!
//! # Source
//! Dechter, Meiri, Pearl, *Temporal Constraint Networks*, 1991; Allen, *Maintaining Knowledge about
//! Temporal Intervals*, 1983. The set shown is minimal: without any one of its facts, the
//! others can be true.

use super::super::super::{Context, Rule};
use annals_finding::{Code, Finding, Severity};

/// Records that each come before the next, in a cycle.
pub(super) static CODE: Code = Code::new(
    "AN201",
    "circle-in-time",
    Severity::Error,
    include_str!("circle_in_time.rs"),
);

/// See [`CODE`].
pub(crate) struct CircleInTime;

impl Rule for CircleInTime {
    fn code(&self) -> &'static Code {
        &CODE
    }

    /// A single search finds the conflicts of all these codes: see [`find`](super::find).
    fn check(&self, _context: &Context<'_>, _findings: &mut Vec<Finding>) {}
}
