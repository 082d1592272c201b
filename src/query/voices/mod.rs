//! `voices`: on how many independent origins a claim or a position rests.

mod unsure;
mod web;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;

use super::answer::{Dossier, Ref};
use super::positions::listed_stances;
use super::selection::ResolvedQuery;
use super::sort_key::{self, IdKey, Key};
use annals_model::{ActorId, ClaimId, Facts, NodeRef, RecordRef, StanceValue};

use unsure::Unsure;
pub use web::Web;

/// What the origins are asked of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum VoicesOf {
    /// Each claim.
    #[default]
    Claims,
    /// Each stance of a speaker toward a subject, whatever claims it rests on.
    Positions,
}

/// Something that rests on origins.
#[derive(Debug, Clone)]
pub struct Voiced {
    /// The claims, each with whether it certainly matches.
    claims: Vec<(ClaimId, bool)>,
    position: Option<(ActorId, NodeRef, StanceValue)>,
    certain: bool,
}

/// What rests on origins, and the web of what rests on what.
#[derive(Debug, Clone)]
pub struct Voices {
    /// The claims or positions, oldest first.
    pub found: Vec<Voiced>,
    /// What they rest on.
    pub web: Arc<Web>,
}

/// The origins of a claim or of a position.
#[derive(Debug, Clone, Serialize)]
pub struct VoicesRow {
    /// The claim, if claims are asked for.
    pub claim: Option<Ref>,
    /// The position, if positions are asked for.
    pub position: Option<HeldRow>,
    /// The least and the most origins.
    pub origins: [usize; 2],
    /// The documents of the claims, and of those that they repeat or were passed on by.
    pub documents: Vec<Ref>,
    /// Origins on which several of these documents rest.
    pub shared: Vec<SharedRow>,
    /// Circles of reporting on the way: what rests on itself.
    pub circles: Vec<Vec<Ref>>,
    /// The unnamed sources among the origins.
    #[serde(skip)]
    pub unnamed: Vec<Ref>,
    /// The words of the claim, or how many claims the position rests on.
    #[serde(skip)]
    pub words: String,
    /// Whether it certainly matches, not only possibly.
    pub certain: bool,
}

/// A stance of a speaker toward a subject.
#[derive(Debug, Clone, Serialize)]
pub struct HeldRow {
    /// Who.
    pub speaker: Ref,
    /// Toward what.
    pub toward: Ref,
    /// Which stance.
    pub value: StanceValue,
}

/// An origin on which several documents rest.
#[derive(Debug, Clone, Serialize)]
pub struct SharedRow {
    /// The origin: a document, or whoever is the source.
    pub origin: Ref,
    /// The documents that rest on it, itself among them if it is one of them.
    pub documents: Vec<Ref>,
}

/// The selected claims or positions, and what they rest on.
pub fn voices(dossier: &Dossier<'_>, selection: &ResolvedQuery, of: VoicesOf) -> Voices {
    let found = match of {
        VoicesOf::Claims => {
            let claims = selection.claims(dossier).into_iter();
            let voiced = claims.map(|(claim, certainty)| Voiced {
                claims: vec![(claim, true)],
                position: None,
                certain: certainty.is_certain(),
            });
            voiced.collect()
        }
        VoicesOf::Positions => positions(dossier, selection),
    };
    let starts = found.iter().flat_map(|one| &one.claims);
    let starts: BTreeSet<ClaimId> = starts.map(|one| one.0).collect();
    let in_force = |record| dossier.validity.holds(dossier.facts(), record);
    let web = Web::new(dossier.facts(), &in_force, starts.into_iter());
    Voices {
        found,
        web: Arc::new(web),
    }
}

/// The selected stances of each speaker toward each subject, by value, oldest first.
fn positions(dossier: &Dossier<'_>, selection: &ResolvedQuery) -> Vec<Voiced> {
    let facts = dossier.facts();
    let mut found = Vec::new();
    for ((speaker, toward), stances) in listed_stances(dossier.loaded, selection) {
        let mut by_value: BTreeMap<StanceValue, Vec<(ClaimId, bool)>> = BTreeMap::new();
        for stance in stances {
            let Some(value) = stance.value else { continue };
            let claims = by_value.entry(value).or_default();
            if claims.last().is_none_or(|last| last.0 != stance.claim) {
                claims.push((stance.claim, stance.certain));
            }
        }
        found.extend(by_value.into_iter().map(|(value, claims)| Voiced {
            certain: claims.iter().any(|one| one.1),
            claims,
            position: Some((speaker, toward, value)),
        }));
    }
    found.sort_by_cached_key(|one| {
        let first = one.claims.first();
        let first = first.map(|first| Key::of_claim(facts, &dossier.validity, first.0));
        let who = one.position.map(|(speaker, toward, value)| {
            let ids = (IdKey::new(facts, speaker), IdKey::new(facts, toward));
            (ids, value)
        });
        (first, who)
    });
    found.retain(|one| one.certain || !selection.is_surely());
    found.truncate(selection.limit.unwrap_or(usize::MAX));
    found
}

/// The least and the most origins of some claims. As of a day, each record that can have been known
/// or not is taken both ways.
fn origins(dossier: &Dossier<'_>, web: &Web, one: &Voiced) -> [usize; 2] {
    let facts = dossier.facts();
    let claims = || one.claims.iter().map(|claim| claim.0);
    let matched = one.claims.iter().filter(|claim| !claim.1);
    let unsure = Unsure::new(dossier, claims(), matched.map(|claim| claim.0));
    if unsure.is_empty() {
        return web.origins(facts, claims());
    }
    if unsure.is_too_many() {
        let all = web::all_behind(facts, claims()).into_iter();
        let origins = all.filter(|record| !matches!(record, RecordRef::Claim(_)));
        return [0, origins.count()];
    }
    let mut range: Option<[usize; 2]> = None;
    for choice in unsure.choices() {
        let in_force = |record| unsure.in_force(record, choice);
        let starts = claims().filter(|claim| {
            unsure.matches(*claim, choice) && unsure.in_force((*claim).into(), choice)
        });
        // What is shown is known, or is no answer.
        let starts: Vec<ClaimId> = starts.collect();
        if starts.is_empty() {
            continue;
        }
        let web = Web::new(facts, &in_force, starts.iter().copied());
        let [least, most] = web.origins(facts, starts.into_iter());
        let known = range.get_or_insert([least, most]);
        *known = [known[0].min(least), known[1].max(most)];
    }
    range.unwrap_or_default()
}

/// What a claim or a position rests on, as data.
pub fn voiced(dossier: &Dossier<'_>, web: &Web, one: &Voiced) -> VoicesRow {
    let facts = dossier.facts();
    let refs = |records: &BTreeSet<RecordRef>| -> Vec<Ref> {
        records
            .iter()
            .map(|record| Ref::new(facts, *record))
            .collect()
    };
    let in_force = |record| dossier.validity.holds(facts, record);
    let by_document = web.documents(facts, &in_force, one.claims.iter().map(|claim| claim.0));
    let mut by_origin: BTreeMap<RecordRef, BTreeSet<RecordRef>> = BTreeMap::new();
    for (document, origins) in &by_document {
        for origin in origins {
            by_origin.entry(*origin).or_default().insert(*document);
        }
    }
    let shared = by_origin
        .iter()
        .filter(|(_, documents)| documents.len() > 1);
    let shared = shared.map(|(origin, documents)| SharedRow {
        origin: Ref::new(facts, *origin),
        documents: refs(documents),
    });
    let reached = web.reached(one.claims.iter().map(|claim| claim.0));
    let unnamed = reached.origins.iter();
    let unnamed = unnamed.filter(|one| web::is_unnamed(facts, **one));
    let circles = reached.circles.iter().map(|circle| {
        let members = circle.iter().map(|record| Ref::new(facts, *record));
        members.collect()
    });
    let documents: BTreeSet<RecordRef> = by_document.into_keys().collect();
    VoicesRow {
        claim: (one.position.is_none())
            .then(|| one.claims.first())
            .flatten()
            .map(|claim| Ref::new(facts, claim.0)),
        position: one.position.map(|(speaker, toward, value)| HeldRow {
            speaker: Ref::new(facts, speaker),
            toward: Ref::new(facts, toward),
            value,
        }),
        origins: origins(dossier, web, one),
        documents: in_text(dossier, &documents),
        shared: shared.collect(),
        circles: circles.collect(),
        unnamed: unnamed.map(|record| Ref::new(facts, *record)).collect(),
        words: words(facts, one),
        certain: one.certain,
    }
}

/// Documents by publication.
fn in_text(dossier: &Dossier<'_>, documents: &BTreeSet<RecordRef>) -> Vec<Ref> {
    let facts = dossier.facts();
    let mut documents: Vec<RecordRef> = documents.iter().copied().collect();
    sort_key::sort(
        facts,
        &dossier.validity,
        &mut documents,
        |record| match record {
            RecordRef::Document(id) => facts[*id].published.map(|date| facts.date(date)),
            _ => None,
        },
        |record| *record,
    );
    documents
        .into_iter()
        .map(|record| Ref::new(facts, record))
        .collect()
}

fn words(facts: &Facts, one: &Voiced) -> String {
    match (one.position, one.claims.first()) {
        (None, Some((claim, _))) => {
            let speakers = facts.list(facts[*claim].speaker).iter();
            let names: Vec<&str> = speakers.map(|who| facts.label(*who)).collect();
            names.join(", ")
        }
        _ => annals_finding::wording::count(one.claims.len(), "claim", "claims"),
    }
}
