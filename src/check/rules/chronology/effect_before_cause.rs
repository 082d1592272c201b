//! an effect before its cause
//!
//! # What it finds
//! An event that causes another (`causes`) but cannot have begun as early.
//!
//! # Why it matters
//! An event is not caused by a later one. Most often the two were entered the wrong way round.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! events:
//!   - {id: crack, label: The mole cracks, when: 2021-09-20, causes: dredging}
//!   - {id: dredging, label: The dredging, when: 2021-06}
//! ```
//!
//! # How to fix
//! Reverse the cause, or correct a date.
//! ```yaml facts.yaml
//! annals: 1
//! events:
//!   - {id: crack, label: The mole cracks, when: 2021-09-20}
//!   - {id: dredging, label: The dredging, when: 2021-06, causes: crack}
//! ```
//!
//! # When it stays silent
//! Cause and effect on one day; an effect that begins while its cause is still going on.
//!
//! # Source
//! Dechter, Meiri, Pearl, *Temporal Constraint Networks*, 1991; Allen, *Maintaining Knowledge about
//! Temporal Intervals*, 1983. The set shown is minimal: without any one of its facts, the
//! others can be true.

use super::super::super::{Context, Rule};
use annals_finding::{Code, Finding, Severity};

/// An effect before its cause.
pub(super) static CODE: Code = Code::new(
    "AN206",
    "effect-before-cause",
    Severity::Error,
    include_str!("effect_before_cause.rs"),
);

/// See [`CODE`].
pub(crate) struct EffectBeforeCause;

impl Rule for EffectBeforeCause {
    fn code(&self) -> &'static Code {
        &CODE
    }

    /// A single search finds the conflicts of all these codes: see [`find`](super::find).
    fn check(&self, _context: &Context<'_>, _findings: &mut Vec<Finding>) {}
}
