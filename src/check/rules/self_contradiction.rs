//! a speaker who takes opposite stances at once
//!
//! # What it finds
//! Two claims of one speaker, of which one supports and the other opposes the same thing, that can
//! have been said on the same day, neither having been withdrawn before. Where this is so of very
//! many pairs of claims of one speaker about one thing, they are one finding.
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

use super::collected::Collected;
use crate::{Context, Rule};
use annals_finding::{Code, Finding, Place, Severity};
use annals_model::{ActorId, ClaimId, Facts, NodeRef};
use annals_query::Query;
use annals_query::positions::{Contradictions, each_contradiction};

/// A speaker who takes opposed stances at once.
static CODE: Code = Code::new(
    "AN325",
    "self-contradiction",
    Severity::Info,
    include_str!("self_contradiction.rs"),
);

/// Up to this many pairs for each claim of a speaker about a thing, each pair is a finding; with
/// more, all are one.
const OF_EACH: usize = 10;

/// See [`CODE`].
pub(crate) struct SelfContradiction;

impl Rule for SelfContradiction {
    fn code(&self) -> &'static Code {
        &CODE
    }

    fn check(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let facts = context.facts();
        let mut found = Collected::new(context, &CODE);
        // The query names no records, so resolving it cannot fail.
        let Ok(everything) = Query::default().resolve(facts) else {
            return;
        };
        each_contradiction(
            context.loaded,
            &everything,
            OF_EACH,
            |speaker, toward, among| {
                let (pairs, all) = match among {
                    Contradictions::Pairs(pairs) => (pairs, Vec::new()),
                    Contradictions::Among(all) => (Vec::new(), all),
                };
                for (one, other) in pairs {
                    found.add(context, other.into(), CODE.severity, || {
                        finding(facts, speaker, toward, &[one, other])
                    });
                }
                if let Some(last) = all.last() {
                    found.add(context, (*last).into(), CODE.severity, || {
                        finding(facts, speaker, toward, &all)
                    });
                }
            },
        );
        found.finish(findings);
    }
}

/// The finding of two claims, or of all claims that contradict another.
fn finding(facts: &Facts, speaker: ActorId, toward: NodeRef, claims: &[ClaimId]) -> Finding {
    let (speaker, thing) = (facts.label(speaker), facts.label(toward));
    let among = match claims.len() {
        2 => String::new(),
        many => format!(", in {many} claims"),
    };
    let mut finding = Finding::new(
        &CODE,
        format!("{speaker} both supports and opposes {thing}{among}"),
    );
    for &claim in claims {
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
    let rule = if claims.len() == 2 {
        "both can have been said on the same day, and neither is withdrawn; both are kept"
    } else {
        "each can have been said on the same day as an opposite one, and neither is withdrawn; all are kept"
    };
    finding
        .note(rule)
        .help("annals positions --contradictions shows both quotes side by side")
}
