//! dates against an order
//!
//! # What it finds
//! Dates and orders that cannot all be true, whatever the uncertain dates are.
//!
//! # Why it matters
//! Either a date or an order was read wrongly. Everything that is worked out from one of them is as
//! wrong.
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
//! # How to mend
//! Correct a date, or the order. How far a date would have to move is said with each.
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
//! Things on one day, in either order; a month against a day within it; open and unknown ends;
//! dates with `?`, `~` or `%` that fit within their slack.
//!
//! # Source
//! Dechter, Meiri, Pearl, *Temporal Constraint Networks*, 1991; Allen, *Maintaining Knowledge about
//! Temporal Intervals*, 1983. The set shown is a smallest one: without any one of its facts the
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

    /// One search finds the conflicts of all these codes: see [`find`](super::find).
    fn check(&self, _context: &Context<'_>, _findings: &mut Vec<Finding>) {}
}
