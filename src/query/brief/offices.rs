//! What a speaker was on the day of a claim.

use super::BriefOffice;
use crate::answer::Dossier;
use crate::selection::claim_dating;
use annals_graph::Rollup;
use annals_model::{ActorId, ClaimId, Facts, Relation, RelationId};

/// The kinds of relation, beside those that only people hold, that say what a speaker was.
const OTHERS: [&str; 1] = ["part_of"];

/// The offices of a speaker on the day of a claim: first the one under which they speak, then those
/// that they certainly held, then those that they possibly held; in the order of the facts.
pub(super) fn offices(
    dossier: &Dossier<'_>,
    claim: ClaimId,
    speaker: ActorId,
    held_by: &[RelationId],
) -> Vec<BriefOffice> {
    let facts = dossier.facts();
    let validity = &dossier.validity;
    let days = claim_dating(facts, validity, claim).days();
    let own = (facts[claim].capacity).filter(|id| facts[*id].from == Some(speaker));
    let mut found: Vec<(u8, BriefOffice)> = Vec::new();
    for id in held_by.iter().copied() {
        let held = Rollup::days_of(facts, id, validity.certainty(facts, id));
        let is_own = own == Some(id);
        if !is_own && held.may.intersection(&days).is_empty() {
            continue;
        }
        // Who speaks under an office holds it, says the claim.
        let certain = is_own || held.must.contains(&days);
        let words = words(facts, &facts[id]);
        let words = if is_own {
            format!("speaking as {words}")
        } else {
            words
        };
        let rank = if is_own { 0 } else { 2 - u8::from(certain) };
        found.push((rank, BriefOffice { words, certain }));
    }
    found.sort_by_key(|(rank, _)| *rank);
    let mut offices: Vec<BriefOffice> = Vec::new();
    for (_, office) in found {
        if !offices.iter().any(|one| one.words == office.words) {
            offices.push(office);
        }
    }
    offices
}

/// Whether a relation says what its first actor is.
pub(super) fn is_office(facts: &Facts, relation: &Relation) -> bool {
    let kind = relation.kind.map(|kind| facts.name(kind));
    kind.is_some_and(|kind| Relation::HELD.contains(&kind) || OTHERS.contains(&kind))
}

/// "mayor, Town of Skerrow"; "member of the Civic List".
fn words(facts: &Facts, relation: &Relation) -> String {
    let of = relation.to.map_or("?", |to| facts.label(to));
    if let Some(role) = relation.role {
        return format!("{}, {of}", facts.str(role));
    }
    let kind = relation.kind.map_or("", |kind| facts.name(kind));
    let tie = match kind {
        "holds_office" => "in office in",
        "represents" => "representative of",
        "member_of" => "member of",
        "employed_by" => "employed by",
        "leads" => "head of",
        "advises" => "adviser to",
        _ => "part of",
    };
    format!("{tie} {of}")
}
