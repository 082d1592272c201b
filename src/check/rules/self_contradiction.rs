//! a speaker who takes opposite stances at once
//!
//! # What it finds
//! Two claims of one speaker, of which one supports and the other opposes the same thing, that can
//! have been said on the same day, neither having been withdrawn before.
//!
//! # Why it matters
//! People do contradict themselves, and a dossier may exist to show it: both claims are kept, and
//! neither is blamed. But where this was not intended, a stance was often annotated toward the
//! wrong thing, or the dates are too vague to show a change of mind.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: a, name: Ines Carvalho, kind: person}
//! topics:
//!   - {id: mole, label: rebuilding the mole}
//! claims:
//!   - {id: c1, speaker: a, about: mole, stance: supports, said: 2021-05, content: It will be rebuilt., note: overheard}
//!   - {id: c2, speaker: a, about: mole, stance: opposes, said: 2021-05-20, content: It will not be rebuilt., note: overheard}
//! ```
//!
//! # How to fix
//! If it is a change of mind, date the claims as exactly as the sources allow. If one claim
//! withdraws the other, say so with `act: retracts` and `responds_to`. If it is a contradiction,
//! leave it.
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: a, name: Ines Carvalho, kind: person}
//! topics:
//!   - {id: mole, label: rebuilding the mole}
//! claims:
//!   - {id: c1, speaker: a, about: mole, stance: supports, said: 2021-05-04, content: It will be rebuilt., note: overheard}
//!   - {id: c2, speaker: a, about: mole, stance: opposes, said: 2021-05-20, content: It will not be rebuilt., note: overheard}
//! ```
//!
//! # When it stays silent
//! Stances that cannot have been taken on one day: they are changes, which `annals positions
//! --changes` shows. Mixed and neutral stances. Spokespeople of one actor, unless roll-up is
//! requested.
//!
//! # Source
//! The same definition as `annals positions --contradictions`; one function decides both.

use super::capped_findings::CappedFindings;
use crate::{Context, Rule};
use annals_finding::{Code, Finding, Place, Severity};
use annals_model::{ActorId, ClaimId, Facts, NodeRef};
use annals_query::Query;
use annals_query::positions::contradictions;

/// A speaker who takes opposed stances at once.
static CODE: Code = Code::new(
    "AN325",
    "self-contradiction",
    Severity::Info,
    include_str!("self_contradiction.rs"),
);

/// See [`CODE`].
pub(crate) struct SelfContradiction;

impl Rule for SelfContradiction {
    fn code(&self) -> &'static Code {
        &CODE
    }

    fn check(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let facts = context.facts();
        let mut found = CappedFindings::new(&CODE);
        // The query names no records, so resolving it cannot fail.
        let Ok(everything) = Query::default().resolve(facts) else {
            return;
        };
        let (pairs, is_complete) = contradictions(context.loaded, &everything);
        for ((speaker, toward), one, other) in pairs {
            found.add(context, other.into(), || {
                finding(facts, speaker, toward, [one, other])
            });
        }
        let first = findings.len();
        found.finish(findings);
        if let (false, Some(last)) = (is_complete, findings[first..].last_mut()) {
            let words = "of a speaker with thousands of stances, not all pairs were looked for";
            last.notes.push(words.to_owned());
        }
    }
}

fn finding(facts: &Facts, speaker: ActorId, toward: NodeRef, claims: [ClaimId; 2]) -> Finding {
    let (speaker, thing) = (facts.label(speaker), facts.label(toward));
    let mut finding = Finding::new(
        &CODE,
        format!("{speaker} both supports and opposes {thing}"),
    );
    for claim in claims {
        let stances = facts.list(facts[claim].stance).iter();
        let value = stances
            .filter(|stance| stance.toward == Some(toward))
            .map(|stance| stance.value);
        let value = value
            .map(|value| value.to_string())
            .collect::<Vec<_>>()
            .join(" and ");
        let said = facts[claim]
            .said
            .map_or("undated".to_owned(), |said| facts.date(said).dated());
        let place = Place::value(facts.common(claim).origin, "stance");
        finding = finding.at(place, format!("{value}: {said}")).of(claim);
    }
    finding
        .note("both can have been said on the same day, and neither is withdrawn; both are kept")
        .help("annals positions --contradictions shows both quotes side by side")
}
