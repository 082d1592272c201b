//! a fact without evidence
//!
//! # What it finds
//! A claim or an event without `evidence` whose `note` does not say where it is from.
//!
//! # Why it matters
//! Every edge should lead back to what it rests on. Without a document, nobody can check it.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: a, name: Ines Carvalho, kind: person}
//! topics:
//!   - {id: mole, label: the mole}
//! claims:
//!   - {id: c1, speaker: a, about: mole, content: The mole stands.}
//! ```
//!
//! # How to fix
//! Name the document that shows it, or say in a note where it is from.
//! ```yaml facts.yaml
//! annals: 1
//! documents:
//!   - {id: minutes, title: Minutes of the council}
//! actors:
//!   - {id: a, name: Ines Carvalho, kind: person}
//! topics:
//!   - {id: mole, label: the mole}
//! claims:
//!   - {id: c1, speaker: a, about: mole, content: The mole stands., evidence: {document: minutes}}
//! ```
//!
//! # When it stays silent
//! A record with a `note`: its annotator has considered it. Relations and orders, which are often
//! common knowledge.
//!
//! # Source
//! The fact format, version 1.

use super::collected::Together;
use super::link::is_in_force;
use crate::{Context, Rule};
use annals_finding::{Code, Finding, Severity};
use annals_model::RecordRef;

/// A fact without evidence.
static CODE: Code = Code::new(
    "AN323",
    "without-evidence",
    Severity::Info,
    include_str!("without_evidence.rs"),
);

/// See [`CODE`].
pub(crate) struct WithoutEvidence;

impl Rule for WithoutEvidence {
    fn code(&self) -> &'static Code {
        &CODE
    }

    fn check(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let facts = context.facts();
        let claims = facts.claims.handles().map(RecordRef::Claim);
        let events = facts.events.handles().map(RecordRef::Event);
        let mut found = Together::new(&CODE);
        for record in claims.chain(events) {
            let noted = facts.more(record).is_some_and(|more| more.note.is_some());
            if noted || !facts.evidence(record).is_empty() || !is_in_force(facts, record) {
                continue;
            }
            found.add(context, record);
        }
        let finding = found.finding(facts, "has no evidence", "have no evidence");
        findings.extend(finding.map(|finding| {
            finding.help("name the document that shows it, or say in a note where it is from")
        }));
    }
}
