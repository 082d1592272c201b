//! whose view it is, of a relation that is nobody's view
//!
//! # What it finds
//! A relation with `by` whose `kind` is not `same_as`.
//!
//! # Why it matters
//! `by` says in whose view two actors are one. Of any other relation it says nothing, and is left out:
//! who says that somebody leads or owns something is the speaker of a claim, or the document in its
//! evidence.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: a, name: Ines Carvalho, kind: person}
//!   - {id: b, name: Henrike Solvang, kind: person}
//!   - {id: firm, name: Solvang Shipping, kind: organization}
//! relations:
//!   - {id: r1, from: b, kind: owns, to: firm, by: a}
//! ```
//!
//! # How to fix
//! Correct the kind, or remove `by` and write who says so as a claim.
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: a, name: Ines Carvalho, kind: person}
//!   - {id: b, name: Henrike Solvang, kind: person}
//!   - {id: firm, name: Solvang Shipping, kind: organization}
//! relations:
//!   - {id: r1, from: b, kind: owns, to: firm}
//! claims:
//!   - {id: c1, speaker: a, about: [b, firm], content: Solvang owns the firm., note: overheard}
//! ```
//!
//! # When it stays silent
//! Relations of kind `same_as`; retracted relations.
//!
//! # Source
//! The fact format, version 1: *relation*, `by`.

use super::collected::Collected;
use super::link::is_in_force;
use crate::{Context, Rule};
use annals_finding::wording;
use annals_finding::{Code, Finding, Place, Severity};
use annals_model::{Facts, RelationId, SAME_AS};

/// A relation with `by` that is not of kind `same_as`.
static CODE: Code = Code::new(
    "AN108",
    "by-elsewhere",
    Severity::Warning,
    include_str!("by_elsewhere.rs"),
);

/// See [`CODE`].
pub(crate) struct ByElsewhere;

impl Rule for ByElsewhere {
    fn code(&self) -> &'static Code {
        &CODE
    }

    fn check(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let facts = context.facts();
        let mut found = Collected::new(context, &CODE);
        for (id, relation) in facts.relations.iter() {
            // Without a kind, it is reported that there is none.
            let other = relation
                .kind
                .is_some_and(|kind| facts.name(kind) != SAME_AS);
            if other && !relation.by.is_empty() && is_in_force(facts, id) {
                found.add(context, id.into(), CODE.severity, || finding(facts, id));
            }
        }
        found.finish(findings);
    }
}

fn finding(facts: &Facts, id: RelationId) -> Finding {
    let origin = facts.common(id).origin;
    let subject = wording::record(facts, id);
    let message = format!("{subject} has \"by\", but is not of kind \"{SAME_AS}\"");
    let finding = Finding::new(&CODE, message).at(Place::value(origin, "by"), "left out");
    let kind = facts[id]
        .kind
        .map(|kind| annals_finding::shown(facts.name(kind)));
    let finding = match kind {
        Some(kind) => finding.at(Place::value(origin, "kind"), format!("it is \"{kind}\"")),
        None => finding,
    };
    finding
        .note("\"by\" says in whose view two actors are one")
        .help("correct the kind; or remove \"by\", and write who says so as a claim")
        .of(id)
}
