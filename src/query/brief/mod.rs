//! `brief`: the claims of a selection as a document for an editor or a lawyer: numbered, each with the
//! passages it rests on, then the sources, and what is not verified. One plain struct, which knows no
//! file format.

mod claims;
mod document;
mod offices;
mod question;
mod sources;

use std::collections::BTreeMap;

use super::answer::Dossier;
use super::selection::{Query, ResolvedQuery};
use annals_model::{ActorId, ClaimId, DocumentId, RelationId};

pub use document::{
    BriefClaim, BriefDocument, BriefDoubt, BriefFile, BriefFinding, BriefLink, BriefOffice,
    BriefPassage, BriefSource, BriefSpeaker, BriefVia, BriefVoice, Doubt, LinkKind,
};
pub use question::{conditions, in_words};

/// The document about the claims that a query selects, without findings and files.
pub fn brief(dossier: &Dossier<'_>, query: &Query, selection: &ResolvedQuery) -> BriefDocument {
    let mut all = selection.clone();
    all.limit = None;
    let mut found = all.claims(dossier);
    let selected = found.len();
    found.truncate(selection.limit.unwrap_or(usize::MAX));
    let numbers: BTreeMap<ClaimId, usize> = found.iter().map(|(id, _)| *id).zip(1..).collect();
    let sources = sources::sources(dossier, &found, &numbers);
    let source_numbers: BTreeMap<DocumentId, usize> =
        (sources.iter().map(|(id, source)| (*id, source.number))).collect();
    let links = claims::links(dossier, &numbers);
    let claims: Vec<BriefClaim> = found
        .iter()
        .map(|claim| {
            claims::claim(
                dossier,
                selection,
                *claim,
                &numbers,
                &source_numbers,
                &links,
            )
        })
        .collect();
    BriefDocument {
        question: in_words(dossier.facts(), query),
        conditions: conditions(query),
        doubts: claims::doubts(&claims),
        claims,
        selected,
        retracted: retracted(dossier, &all, selected),
        sources: sources.into_iter().map(|(_, source)| source).collect(),
        findings: Vec::new(),
        files: Vec::new(),
        version: env!("CARGO_PKG_VERSION"),
    }
}

/// What the first speaker of some claims certainly was when they spoke, in words, as a brief has it: "mayor,
/// Town of Skerrow". Of a speaker of several offices the one under which they speak, or else the first.
pub fn first_offices(dossier: &Dossier<'_>, claims: &[ClaimId]) -> BTreeMap<ClaimId, String> {
    let facts = dossier.facts();
    let speaker = |claim: ClaimId| facts.list(facts[claim].speaker).first().copied();
    let mut held: BTreeMap<ActorId, Vec<RelationId>> = BTreeMap::new();
    held.extend(
        claims
            .iter()
            .filter_map(|id| Some((speaker(*id)?, Vec::new()))),
    );
    for (id, relation) in facts.relations.iter() {
        let known = relation.from.and_then(|from| held.get_mut(&from));
        if let Some(known) = known
            && offices::is_office(facts, relation)
            && dossier.validity.holds(facts, id)
        {
            known.push(id);
        }
    }
    let first = claims.iter().filter_map(|id| {
        let speaker = speaker(*id)?;
        let all = offices::offices(dossier, *id, speaker, held.get(&speaker)?);
        let certain = all.into_iter().find(|office| office.certain)?;
        let words = certain
            .words
            .strip_prefix("speaking as ")
            .map(str::to_owned);
        Some((*id, words.unwrap_or(certain.words)))
    });
    first.collect()
}

/// How many further claims match that were retracted.
fn retracted(dossier: &Dossier<'_>, all: &ResolvedQuery, selected: usize) -> usize {
    if all.validity.retracted {
        return 0;
    }
    let mut with = all.clone();
    with.validity.retracted = true;
    with.claims(dossier).len().saturating_sub(selected)
}
