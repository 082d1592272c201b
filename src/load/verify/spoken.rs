//! Claims in direct speech whose words stand in no quotation marks in their text.

use std::collections::BTreeMap;

use super::marks;
use super::texts::Texts;
use crate::faults;
use annals_evidence::{Level, Span};
use annals_finding::fold::fold;
use annals_finding::{Finding, Path, Place};
use annals_model::{ClaimId, DocumentId, Evidence, Facts, Mode, RecordRef, Voice};

/// Documents that give somebody's own words without marks, by what their kind contains.
const IN_OWN_WORDS: &str = "transcript interview speech statement letter post tweet message mail \
    minutes protocol testimony hearing diary memoir decree order law treaty declaration address \
    release book poem thread chat manifesto resolution motion";

/// Adds a remark for each claim that says `mode: direct` and whose words stand outside all quotation
/// marks, in a text that has some. In doubt it says nothing.
pub(crate) fn remark(facts: &Facts, texts: &Texts, findings: &mut Vec<Finding>) {
    let mut marked: BTreeMap<DocumentId, Vec<Span>> = BTreeMap::new();
    for (id, claim) in facts.claims.iter() {
        if claim.mode != Some(Mode::Direct) || claim.voice != Voice::Speakers {
            continue;
        }
        let mut first = None;
        let mut is_spoken = false;
        for (nth, evidence) in facts.list(claim.evidence).iter().enumerate() {
            match outside(facts, texts, &mut marked, (id, evidence)) {
                Some(Ok(place)) => first = first.or(Some((nth, place))),
                Some(Err(InMarks)) => is_spoken = true,
                None => {}
            }
        }
        let Some((nth, (document, span))) = first.filter(|_| !is_spoken) else {
            continue;
        };
        let Some((file, _)) = texts.get(document) else {
            continue;
        };
        let path = if claim.quote.is_some() {
            Path::field("quote")
        } else {
            Path::field("evidence").index(nth).key("quote")
        };
        let place = Place::Value(facts.common(id).origin, path);
        let subject = faults::record(facts, RecordRef::Claim(id));
        findings.push(
            faults::no_quotation_marks::found(&subject, place, Place::Passage(file, span)).of(id),
        );
    }
}

/// The words stand in quotation marks, or are given as somebody's in another way.
struct InMarks;

/// Where the words of a claim stand outside quotation marks; `None` where nothing can be told.
fn outside(
    facts: &Facts,
    texts: &Texts,
    marked: &mut BTreeMap<DocumentId, Vec<Span>>,
    (id, evidence): (ClaimId, &Evidence),
) -> Option<Result<(DocumentId, Span), InMarks>> {
    let document = evidence.document?;
    let (_, text) = texts.get(document)?;
    let passage = facts.list(evidence.found);
    let is_there = matches!(
        evidence.verified,
        Some(Level::Exact | Level::Folded | Level::Elided)
    );
    if !is_there || passage.is_empty() {
        return None;
    }
    let own = facts[id].quote.filter(|_| evidence.quote.is_some());
    let spans = match own {
        Some(quote) => {
            let found = text.find_within(facts.str(quote), passage);
            found.spans
        }
        None => passage.to_vec(),
    };
    let marked = marked
        .entry(document)
        .or_insert_with(|| marks::quoted(text.as_str()));
    let first = *spans.first()?;
    let is_within = |span: &Span| marks::is_within(*span, marked);
    if marked.is_empty() || spans.iter().any(is_within) {
        return Some(Err(InMarks));
    }
    let announced = spans
        .iter()
        .any(|span| marks::is_announced(text.as_str(), *span));
    if announced || is_in_own_words(facts, document, id) {
        return Some(Err(InMarks));
    }
    Some(Ok((document, first)))
}

/// Whether a document gives somebody's own words: by its kind, or since the speaker wrote it.
fn is_in_own_words(facts: &Facts, document: DocumentId, claim: ClaimId) -> bool {
    let kind = facts[document].kind.map_or("", |kind| facts.name(kind));
    let kind = fold(kind);
    let by_kind = IN_OWN_WORDS
        .split_whitespace()
        .any(|word| kind.contains(word));
    let speakers = facts.list(facts[claim].speaker);
    let is_speaker = |author: &str| {
        let author = fold(author.trim());
        speakers.iter().any(|speaker| {
            let aliases = facts.list(facts[*speaker].aliases).iter();
            let names = std::iter::once(facts.label(*speaker))
                .chain(std::iter::once(facts.id(*speaker)))
                .chain(aliases.map(|alias| facts.str(*alias)));
            names.into_iter().any(|name| fold(name) == author)
        })
    };
    let authors = facts.list(facts[document].author);
    by_kind || authors.iter().any(|author| is_speaker(facts.str(*author)))
}
