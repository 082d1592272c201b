//! a reply before what it replies to
//!
//! # What it finds
//! A claim that responds to another, or repeats it, but was said before it.
//!
//! # Why it matters
//! Nobody answers what has not been said. Either one of the two has the date of its report, or they
//! were confused.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: a, name: Ines Carvalho, kind: person}
//!   - {id: b, name: Henrike Solvang, kind: person}
//! claims:
//!   - {id: c1, speaker: a, said: 2021-05-06, content: Is it ready?}
//!   - {id: c2, speaker: b, said: 2021-05-04, responds_to: c1, content: It is.}
//! ```
//!
//! # How to fix
//! Correct a date, or the claim that is answered.
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: a, name: Ines Carvalho, kind: person}
//!   - {id: b, name: Henrike Solvang, kind: person}
//! claims:
//!   - {id: c1, speaker: a, said: 2021-05-04, content: Is it ready?}
//!   - {id: c2, speaker: b, said: 2021-05-06, responds_to: c1, content: It is.}
//! ```
//!
//! # When it stays silent
//! Both on one day; claims without a date.
//!
//! # Source
//! Dechter, Meiri, Pearl, *Temporal Constraint Networks*, 1991; Allen, *Maintaining Knowledge about
//! Temporal Intervals*, 1983. The set shown is minimal: without any one of its facts, the
//! others can be true.

use super::super::super::{Context, Rule};
use annals_finding::{Code, Finding, Severity};

/// A reply before what it replies to.
pub(super) static CODE: Code = Code::new(
    "AN207",
    "answer-before-question",
    Severity::Error,
    include_str!("answer_before_question.rs"),
);

/// See [`CODE`].
pub(crate) struct AnswerBeforeQuestion;

impl Rule for AnswerBeforeQuestion {
    fn code(&self) -> &'static Code {
        &CODE
    }

    /// A single search finds the conflicts of all these codes: see [`find`](super::find).
    fn check(&self, _context: &Context<'_>, _findings: &mut Vec<Finding>) {}
}
