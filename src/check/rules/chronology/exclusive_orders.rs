//! orders that exclude each other
//!
//! # What it finds
//! Orders that cannot all be true: two between the same two things, or several along a chain that
//! involve parts and overlaps as well as before and after.
//!
//! # Why it matters
//! Two annotators, or two sources, disagree. Both orders are shown, and neither is blamed.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! events:
//!   - {id: a, label: A}
//!   - {id: b, label: B}
//! orders:
//!   - [a, before, b]
//!   - [a, during, b]
//! ```
//!
//! # How to fix
//! Keep the order from the better source, or list both relations: one of them holds.
//! ```yaml facts.yaml
//! annals: 1
//! events:
//!   - {id: a, label: A}
//!   - {id: b, label: B}
//! orders:
//!   - {first: a, relation: [before, during], second: b}
//! ```
//!
//! # When it stays silent
//! Two orders that can both be true, such as `starts_before` and `overlaps`.
//!
//! # Source
//! Dechter, Meiri, Pearl, *Temporal Constraint Networks*, 1991; Allen, *Maintaining Knowledge about
//! Temporal Intervals*, 1983. The set shown is minimal: without any one of its facts, the
//! others can be true.

use super::super::super::{Context, Rule};
use annals_finding::{Code, Finding, Severity};

/// Orders that exclude each other.
pub(super) static CODE: Code = Code::new(
    "AN202",
    "exclusive-orders",
    Severity::Error,
    include_str!("exclusive_orders.rs"),
);

/// See [`CODE`].
pub(crate) struct ExclusiveOrders;

impl Rule for ExclusiveOrders {
    fn code(&self) -> &'static Code {
        &CODE
    }

    /// A single search finds the conflicts of all these codes: see [`find`](super::find).
    fn check(&self, _context: &Context<'_>, _findings: &mut Vec<Finding>) {}
}
