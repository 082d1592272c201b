//! The sources of the document: those that its claims name, and those that these rest on or that
//! correct them.

use std::collections::{BTreeMap, BTreeSet};

use super::{BriefFile, BriefSource, BriefVia, BriefVoice};
use crate::answer::{Dossier, Ref};
use annals_model::{ClaimId, DocumentId, RecordRef, Via};
use annals_time::Certainty;

/// The sources by number: in the order in which the claims name them, then what they rest on, then
/// what corrects any of these.
pub(super) fn sources(
    dossier: &Dossier<'_>,
    claims: &[(ClaimId, Certainty)],
    numbers: &BTreeMap<ClaimId, usize>,
) -> Vec<(DocumentId, BriefSource)> {
    let facts = dossier.facts();
    let mut found: Vec<DocumentId> = Vec::new();
    let mut seen: BTreeSet<DocumentId> = BTreeSet::new();
    let mut cited: BTreeMap<DocumentId, BTreeSet<ClaimId>> = BTreeMap::new();
    let knows = |document: DocumentId| dossier.validity.knows(facts, Some(document));
    for (claim, _) in claims {
        for evidence in facts.list(facts[*claim].evidence) {
            if let Some(document) = evidence.document.filter(|one| knows(*one)) {
                cited.entry(document).or_default().insert(*claim);
                if seen.insert(document) {
                    found.push(document);
                }
            }
        }
    }
    reach(&mut found, &mut seen, |document| {
        let bases = facts.list(facts[document].based_on).iter().copied();
        bases.filter(|base| knows(*base)).collect()
    });
    // What corrects a source, and what corrects that.
    let mut correcting: BTreeMap<DocumentId, Vec<DocumentId>> = BTreeMap::new();
    for (id, document) in facts.documents.iter() {
        for corrected in facts.list(document.corrects) {
            if knows(id) && dossier.validity.holds(facts, id) {
                correcting.entry(*corrected).or_default().push(id);
            }
        }
    }
    reach(&mut found, &mut seen, |document| {
        correcting.get(&document).cloned().unwrap_or_default()
    });
    let places: BTreeMap<DocumentId, usize> = found.iter().copied().zip(1..).collect();
    let number = |list: &[DocumentId]| -> Vec<usize> {
        let known = list.iter().filter_map(|one| places.get(one).copied());
        let all: BTreeSet<usize> = known.collect();
        all.into_iter().collect()
    };
    let source = |id: DocumentId| {
        let own = cited.get(&id);
        let mut claims: Vec<usize> = own.into_iter().flatten().map(|one| numbers[one]).collect();
        claims.sort_unstable();
        let corrected_by = correcting.get(&id).map_or(&[][..], Vec::as_slice);
        BriefSource {
            number: places[&id],
            based_on: number(facts.list(facts[id].based_on)),
            corrects: number(facts.list(facts[id].corrects)),
            corrected_by: number(corrected_by),
            claims,
            via: via(dossier, own, numbers),
            ..alone(dossier, id)
        }
    };
    found.iter().map(|id| (*id, source(*id))).collect()
}

/// Adds what leads on from what was found, and from that, and so on.
fn reach(
    found: &mut Vec<DocumentId>,
    seen: &mut BTreeSet<DocumentId>,
    leads_to: impl Fn(DocumentId) -> Vec<DocumentId>,
) {
    let mut next = 0;
    while let Some(document) = found.get(next).copied() {
        next += 1;
        let further = leads_to(document).into_iter();
        found.extend(further.filter(|one| seen.insert(*one)));
    }
}

/// What a document says of itself, without its ties to claims and other sources.
fn alone(dossier: &Dossier<'_>, id: DocumentId) -> BriefSource {
    let facts = dossier.facts();
    let document = &facts[id];
    let authors = facts.list(document.author).iter();
    let texts = &dossier.loaded.texts;
    BriefSource {
        number: 0,
        document: Ref::new(facts, id),
        kind: document.kind.map(|kind| facts.name(kind).to_owned()),
        authors: authors.map(|one| facts.str(*one).to_owned()).collect(),
        publisher: document.publisher.map(|one| facts.str(one).to_owned()),
        published: document.published.map(|date| facts.date(date).clone()),
        url: document.url.map(|url| facts.str(url).to_owned()),
        based_on: Vec::new(),
        corrects: Vec::new(),
        corrected_by: Vec::new(),
        claims: Vec::new(),
        via: Vec::new(),
        text: texts.get(id).map(|(file, _)| BriefFile {
            name: facts.file(file).name.clone(),
            is_text: true,
            sha256: texts.sha256(id).map(str::to_owned),
        }),
    }
}

/// Who or what passed some claims on.
fn via(
    dossier: &Dossier<'_>,
    claims: Option<&BTreeSet<ClaimId>>,
    numbers: &BTreeMap<ClaimId, usize>,
) -> Vec<BriefVia> {
    let facts = dossier.facts();
    let mut voices: BTreeMap<Via, BTreeSet<usize>> = BTreeMap::new();
    for claim in claims.into_iter().flatten() {
        for voice in facts.list(facts.links(&facts[*claim]).via) {
            voices.entry(*voice).or_default().insert(numbers[claim]);
        }
    }
    let each = voices.into_iter().map(|(voice, claims)| BriefVia {
        voice: voice_of(dossier, voice, numbers),
        claims: claims.into_iter().collect(),
    });
    each.collect()
}

/// Who or what passed a claim on.
pub(super) fn voice_of(
    dossier: &Dossier<'_>,
    voice: Via,
    numbers: &BTreeMap<ClaimId, usize>,
) -> BriefVoice {
    let facts = dossier.facts();
    let named = Ref::new(facts, RecordRef::from(voice));
    match voice {
        Via::Actor(id) => BriefVoice::Actor(named, facts[id].unnamed),
        Via::Claim(id) => BriefVoice::Claim(named, numbers.get(&id).copied()),
    }
}
