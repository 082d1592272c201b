//! a claim outside the event at which it was said
//!
//! # What it finds
//! A claim with `at` that cannot have been said during that event.
//!
//! # Why it matters
//! What is said at a press conference is said during it. Either the claim or the event has the
//! wrong day, or it was said elsewhere.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! events:
//!   - {id: session, label: The session, when: 2021-05-04}
//! actors:
//!   - {id: a, name: Ines Carvalho, kind: person}
//!   - {id: b, name: Henrike Solvang, kind: person}
//! claims:
//!   - {id: c1, speaker: a, at: session, said: 2021-05-05, content: It is ready.}
//! ```
//!
//! # How to fix
//! Correct a date, or the event.
//! ```yaml facts.yaml
//! annals: 1
//! events:
//!   - {id: session, label: The session, when: 2021-05-04}
//! actors:
//!   - {id: a, name: Ines Carvalho, kind: person}
//!   - {id: b, name: Henrike Solvang, kind: person}
//! claims:
//!   - {id: c1, speaker: a, at: session, said: 2021-05-04, content: It is ready.}
//! ```
//!
//! # When it stays silent
//! A claim dated by the month of the event; an event or a claim without a date.
//!
//! # Source
//! Dechter, Meiri, Pearl, *Temporal Constraint Networks*, 1991; Allen, *Maintaining Knowledge about
//! Temporal Intervals*, 1983. The set shown is minimal: without any one of its facts, the
//! others can be true.

use super::super::super::{Context, Rule};
use annals_finding::{Code, Finding, Severity};

/// A claim outside the event at which it was said.
pub(super) static CODE: Code = Code::new(
    "AN208",
    "claim-outside-event",
    Severity::Error,
    include_str!("claim_outside_event.rs"),
);

/// See [`CODE`].
pub(crate) struct ClaimOutsideEvent;

impl Rule for ClaimOutsideEvent {
    fn code(&self) -> &'static Code {
        &CODE
    }

    /// A single search finds the conflicts of all these codes: see [`find`](super::find).
    fn check(&self, _context: &Context<'_>, _findings: &mut Vec<Finding>) {}
}
