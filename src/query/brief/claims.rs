//! The claims of the document: speakers, passages, links to other claims, and what is not verified.

use std::collections::{BTreeMap, BTreeSet};

use super::offices::{is_office, offices};
use super::sources::voice_of;
use super::{BriefClaim, BriefDoubt, BriefLink, BriefPassage, BriefSpeaker, Doubt, LinkKind};
use crate::answer::{Dossier, Ref};
use crate::positions::contradictions;
use crate::said::{row, selected};
use crate::selection::{Query, ResolvedQuery};
use crate::show::passage;
use annals_evidence::Level;
use annals_model::{Act, ActorId, ClaimId, DocumentId, Facts, RelationId};
use annals_time::Certainty;

/// What is worked out once for all claims.
pub(super) struct Links {
    /// The claims that each claim of the document is linked to.
    of: BTreeMap<ClaimId, BTreeSet<(LinkKind, ClaimId)>>,
    /// The relations that say what an actor is.
    offices: BTreeMap<ActorId, Vec<RelationId>>,
}

/// The links of the numbered claims, either way, and the offices of actors.
pub(super) fn links(dossier: &Dossier<'_>, numbers: &BTreeMap<ClaimId, usize>) -> Links {
    let facts = dossier.facts();
    let validity = &dossier.validity;
    let mut of: BTreeMap<ClaimId, BTreeSet<(LinkKind, ClaimId)>> = BTreeMap::new();
    let mut add = |one: ClaimId, kind: LinkKind, other: ClaimId| {
        if numbers.contains_key(&one) {
            of.entry(one).or_default().insert((kind, other));
        }
    };
    for id in facts.claims.handles() {
        if validity.holds(facts, id) {
            each_link(facts, id, |there, back, other| {
                if validity.holds(facts, other) {
                    add(id, there, other);
                    if let Some(back) = back {
                        add(other, back, id);
                    }
                }
            });
        }
    }
    let asked = Query {
        as_of: validity.as_of.clone(),
        retracted: validity.retracted,
        ..Query::default()
    };
    // The query names no records, so resolving it cannot fail.
    if let Ok(everything) = asked.resolve(facts) {
        for found in contradictions(dossier.loaded, &everything).0 {
            let [one, other] = found.claims;
            add(one, LinkKind::ContradictsItself, other);
            add(other, LinkKind::ContradictsItself, one);
        }
    }
    let mut offices: BTreeMap<ActorId, Vec<RelationId>> = BTreeMap::new();
    for (id, relation) in facts.relations.iter() {
        if let Some(holder) = relation.from
            && is_office(facts, relation)
            && validity.holds(facts, id)
        {
            offices.entry(holder).or_default().push(id);
        }
    }
    Links { of, offices }
}

/// Visits the links of a claim to others: how it is linked, and how the other is.
fn each_link(
    facts: &Facts,
    id: ClaimId,
    mut each: impl FnMut(LinkKind, Option<LinkKind>, ClaimId),
) {
    use LinkKind::{
        Breaks, BrokenBy, ContradictedBy, Contradicts, FulfilledBy, Fulfils, Repeats, RespondsTo,
        TakenBack, TakesBack,
    };
    let claim = &facts[id];
    let links = facts.links(claim);
    for other in facts.list(links.contradicts) {
        each(Contradicts, Some(ContradictedBy), *other);
    }
    for other in facts.list(links.fulfils) {
        each(Fulfils, Some(FulfilledBy), *other);
    }
    for other in facts.list(links.breaks) {
        each(Breaks, Some(BrokenBy), *other);
    }
    for other in facts.list(links.repeats) {
        each(Repeats, None, *other);
    }
    let speakers = facts.list(claim.speaker);
    for other in facts.list(links.responds_to) {
        let same = facts.list(facts[*other].speaker);
        let is_own = same.iter().any(|one| speakers.contains(one));
        if claim.act == Some(Act::Retracts) && is_own {
            each(TakesBack, Some(TakenBack), *other);
        } else {
            each(RespondsTo, None, *other);
        }
    }
}

/// A claim of the document.
pub(super) fn claim(
    dossier: &Dossier<'_>,
    selection: &ResolvedQuery,
    (id, certainty): (ClaimId, Certainty),
    numbers: &BTreeMap<ClaimId, usize>,
    sources: &BTreeMap<DocumentId, usize>,
    links: &Links,
) -> BriefClaim {
    let facts = dossier.facts();
    let speakers = facts.list(facts[id].speaker).iter().map(|one| {
        let held = links.offices.get(one).map_or(&[][..], Vec::as_slice);
        BriefSpeaker {
            actor: Ref::new(facts, *one),
            unnamed: facts[*one].unnamed,
            offices: offices(dossier, id, *one, held),
        }
    });
    let known = facts.list(facts[id].evidence).iter();
    let known = known.filter(|one| dossier.validity.knows(facts, one.document));
    let passages = known.map(|evidence| BriefPassage {
        source: (evidence.document).and_then(|document| sources.get(&document).copied()),
        passage: passage(dossier, evidence),
    });
    let linked = links.of.get(&id).into_iter().flatten();
    let linked = linked.map(|(kind, other)| BriefLink {
        kind: *kind,
        number: numbers.get(other).copied(),
        claim: row(dossier, *other, Certainty::Certainly),
    });
    let mut linked: Vec<BriefLink> = linked.collect();
    linked.sort_by(|a, b| {
        let key = |link: &BriefLink| (link.kind, link.number.is_none(), link.number);
        key(a)
            .cmp(&key(b))
            .then_with(|| a.claim.id.cmp(&b.claim.id))
    });
    BriefClaim {
        number: numbers.get(&id).copied().unwrap_or_default(),
        said: selected(dossier, selection, (id, certainty)),
        speakers: speakers.collect(),
        via: (facts.list(facts.links(&facts[id]).via).iter())
            .map(|voice| voice_of(dossier, *voice, numbers))
            .collect(),
        passages: passages.collect(),
        links: linked,
    }
}

/// What is not verified of some claims, the gravest first.
pub(super) fn doubts(claims: &[BriefClaim]) -> Vec<BriefDoubt> {
    let mut found: BTreeMap<(Doubt, Option<usize>), BTreeSet<usize>> = BTreeMap::new();
    let mut add = |why, source, claim| {
        found.entry((why, source)).or_default().insert(claim);
    };
    for claim in claims {
        if claim.passages.is_empty() {
            add(Doubt::NoDocument, None, claim.number);
        }
        for passage in &claim.passages {
            let row = &passage.passage;
            let why = match row.evidence.verified {
                Some(Level::Missing) => Doubt::Missing,
                Some(Level::Ambiguous) => Doubt::Ambiguous,
                Some(Level::Exact | Level::Folded | Level::Elided) => continue,
                None if row.sentence.is_some() => continue,
                None if passage.source.is_none() => Doubt::NoDocument,
                None if row.has_text
                    || (row.evidence.quote.is_none() && claim.said.quote.is_none()) =>
                {
                    Doubt::NoPassage
                }
                None => Doubt::NoText,
            };
            add(why, passage.source, claim.number);
        }
    }
    let doubts = found.into_iter().map(|((why, source), claims)| BriefDoubt {
        why,
        source,
        claims: claims.into_iter().collect(),
    });
    doubts.collect()
}
