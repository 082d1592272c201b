//! dates that contradict an order
//!
//! # What it finds
//! Dates and orders that cannot all be true, whatever the uncertain dates are.
//!
//! # Why it matters
//! Either a date or an order was misread. Everything derived from it is wrong too.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! events:
//!   - {id: strike, label: The strike, when: 2021-10-18}
//!   - {id: vote, label: The vote, when: 2021-09-30}
//! orders:
//!   - [strike, before, vote]
//! ```
//!
//! # How to fix
//! Correct a date, or the order. For each, the message says by how much it would have to move.
//! ```yaml facts.yaml
//! annals: 1
//! events:
//!   - {id: strike, label: The strike, when: 2021-10-18}
//!   - {id: vote, label: The vote, when: 2021-09-30}
//! orders:
//!   - [vote, before, strike]
//! ```
//!
//! # When it stays silent
//! Things on one day, in either order; a month and a day within it; open and unknown ends; dates
//! with `?`, `~` or `%` that fit within their slack.
//!
//! # Source
//! Dechter, Meiri, Pearl, *Temporal Constraint Networks*, 1991; Allen, *Maintaining Knowledge about
//! Temporal Intervals*, 1983. The set shown is minimal: without any one of its facts, the
//! others can be true.

use super::super::super::{Context, Rule};
use annals_finding::{Code, Finding, Severity};

/// Dates against an order.
pub(super) static CODE: Code = Code::new(
    "AN203",
    "date-against-order",
    Severity::Error,
    include_str!("date_against_order.rs"),
);

/// See [`CODE`].
pub(crate) struct DateAgainstOrder;

impl Rule for DateAgainstOrder {
    fn code(&self) -> &'static Code {
        &CODE
    }

    /// A single search finds the conflicts of all these codes: see [`find`](super::find).
    fn check(&self, _context: &Context<'_>, _findings: &mut Vec<Finding>) {}
}
