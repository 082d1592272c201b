//! a part outside its whole
//!
//! # What it finds
//! An event that is part of another (`part_of`) but cannot lie within it.
//!
//! # Why it matters
//! A part of something happens while the whole is going on. The part or the whole has the date of
//! another occasion.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! events:
//!   - {id: visit, label: The visit, when: 2023-04-20}
//!   - {id: dinner, label: The dinner, when: 2023-04-21, part_of: visit}
//! ```
//!
//! # How to fix
//! Correct a date, or name the whole you mean.
//! ```yaml facts.yaml
//! annals: 1
//! events:
//!   - {id: visit, label: The visit, when: 2023-04-20/2023-04-21}
//!   - {id: dinner, label: The dinner, when: 2023-04-21, part_of: visit}
//! ```
//!
//! # When it stays silent
//! A part on the first or the last day of its whole; a part of a whole with open or unknown ends.
//!
//! # Source
//! Dechter, Meiri, Pearl, *Temporal Constraint Networks*, 1991; Allen, *Maintaining Knowledge about
//! Temporal Intervals*, 1983. The set shown is minimal: without any one of its facts, the
//! others can be true.

use super::super::super::{Context, Rule};
use annals_finding::{Code, Finding, Severity};

/// A part outside its whole.
pub(super) static CODE: Code = Code::new(
    "AN205",
    "part-outside-whole",
    Severity::Error,
    include_str!("part_outside_whole.rs"),
);

/// See [`CODE`].
pub(crate) struct PartOutsideWhole;

impl Rule for PartOutsideWhole {
    fn code(&self) -> &'static Code {
        &CODE
    }

    /// A single search finds the conflicts of all these codes: see [`find`](super::find).
    fn check(&self, _context: &Context<'_>, _findings: &mut Vec<Finding>) {}
}
