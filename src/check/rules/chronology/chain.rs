//! a chronology that cannot be true
//!
//! # What it finds
//! Any other facts about time that cannot all be true: publications, offices, and the lifespans of
//! those who speak, take part in an event or hold an office, combined with dates and orders into a
//! chain.
//!
//! Where several facts leave a choice (a list of relations, a date of a set), a search may be given up
//! before it is known whether all of them can be true. Then a remark, and no error, says so: whether the
//! lists of relations, each composed with all others, left more than one way, and how many combinations
//! of what was left were tried.
//!
//! # Why it matters
//! Each fact can be true together with all the others but one. The whole chain is shown, since any
//! two of its facts look sound on their own.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! documents:
//!   - {id: report, title: Report, published: 2021-05-06}
//! actors:
//!   - {id: a, name: Ines Carvalho, kind: person}
//! events:
//!   - {id: session, label: The session, when: 2021-05-10}
//! claims:
//!   - {id: c1, speaker: a, content: It is ready., evidence: {document: report}}
//! orders:
//!   - [session, before, c1]
//! ```
//!
//! # How to fix
//! Correct one of the facts in the chain.
//! ```yaml facts.yaml
//! annals: 1
//! documents:
//!   - {id: report, title: Report, published: 2021-05-12}
//! actors:
//!   - {id: a, name: Ines Carvalho, kind: person}
//! events:
//!   - {id: session, label: The session, when: 2021-05-10}
//! claims:
//!   - {id: c1, speaker: a, content: It is ready., evidence: {document: report}}
//! orders:
//!   - [session, before, c1]
//! ```
//!
//! # When it stays silent
//! Anything that a rule about single facts has already found (a claim dated after its report, an
//! office not held that day, a speaker or a participant before birth).
//!
//! # Source
//! Dechter, Meiri, Pearl, *Temporal Constraint Networks*, 1991; Allen, *Maintaining Knowledge about
//! Temporal Intervals*, 1983; Nebel, Bürckert, *Reasoning about Temporal Relations*, 1995. The set
//! shown is minimal: without any one of its facts, the others can be true. Where a search ended before
//! that was known, the finding says so.

use super::super::super::{Context, Rule};
use annals_finding::{Code, Finding, Severity};

/// Facts whose chronology cannot be true.
pub(super) static CODE: Code = Code::new(
    "AN209",
    "chronology",
    Severity::Error,
    include_str!("chain.rs"),
);

/// See [`CODE`].
pub(crate) struct Chronological;

impl Rule for Chronological {
    fn code(&self) -> &'static Code {
        &CODE
    }

    /// A single search finds the conflicts of all these codes: see [`find`](super::find).
    fn check(&self, _context: &Context<'_>, _findings: &mut Vec<Finding>) {}
}
