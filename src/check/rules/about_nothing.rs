//! a claim about nothing
//!
//! # What it finds
//! A claim with neither `about` nor `stance`.
//!
//! # Why it matters
//! Nobody who asks what was said about something will find it.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: a, name: Ines Carvalho, kind: person}
//! claims:
//!   - {id: c1, speaker: a, content: The mole stands., note: from memory}
//! ```
//!
//! # How to fix
//! Say what the claim is about: an actor, an event, a topic, a place, a document or another claim.
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: a, name: Ines Carvalho, kind: person}
//! topics:
//!   - {id: mole, label: the mole}
//! claims:
//!   - {id: c1, speaker: a, about: mole, content: The mole stands., note: from memory}
//! ```
//!
//! # When it stays silent
//! A claim that has a stance, is linked to another claim, or refers to a record that could not be
//! read (AN003).
//!
//! # Source
//! The fact format, version 1.

use super::collected::Together;
use super::link::is_in_force;
use crate::{Context, Rule};
use annals_finding::{Code, Finding, Severity};

/// A claim about nothing.
static CODE: Code = Code::new(
    "AN321",
    "about-nothing",
    Severity::Info,
    include_str!("about_nothing.rs"),
);

/// See [`CODE`].
pub(crate) struct AboutNothing;

impl Rule for AboutNothing {
    fn code(&self) -> &'static Code {
        &CODE
    }

    fn check(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let facts = context.facts();
        let mut found = Together::new(&CODE);
        for (id, claim) in facts.claims.iter() {
            let links = facts.links(claim);
            let tied = [
                links.responds_to,
                links.supports,
                links.contradicts,
                links.repeats,
                links.fulfils,
                links.breaks,
            ];
            let about = !claim.about.is_empty()
                || !claim.stance.is_empty()
                || tied.iter().any(|list| !list.is_empty());
            // What it is about may be what could not be read.
            let unread = context.loaded.unread.referring.contains(&id.into());
            if about || unread || !is_in_force(facts, id) {
                continue;
            }
            found.add(context, id.into());
        }
        let finding = found.finding(facts, "is about nothing", "are about nothing");
        findings.extend(finding.map(|finding| finding.help("say in \"about\" what it is about")));
    }
}
