//! The texts that both annotators had before them, and where in them their claims stand.

use std::collections::BTreeMap;

use crate::answer::Dossier;
use crate::names::fold;
use annals_evidence::{Level, Span, Text};
use annals_model::{ClaimId, DocumentId, Evidence};

/// The two dossiers that are compared.
pub(super) type Both<'d, 'l> = [&'d Dossier<'l>; 2];

/// A text of both dossiers.
#[derive(Debug, Clone, Default)]
pub(super) struct SharedText<'l> {
    /// The text, if either dossier has it.
    pub(super) text: Option<&'l Text>,
    /// Whether the two have different texts under one id.
    pub(super) differs: bool,
    /// The documents, of either dossier.
    documents: [Vec<DocumentId>; 2],
    sum: Option<String>,
}

/// The texts of both dossiers, and which document is which.
#[derive(Debug)]
pub(super) struct SharedTexts<'l> {
    pub(super) texts: Vec<SharedText<'l>>,
    /// By dossier, the text of each document that both have.
    of: [BTreeMap<DocumentId, usize>; 2],
}

impl<'l> SharedTexts<'l> {
    /// Documents are one text if they have the same id or the same SHA-256: that of the text, if it
    /// is there, else the one that the facts give.
    pub(super) fn new(both: Both<'_, 'l>) -> Self {
        let mut groups = Groups::default();
        for (side, dossier) in both.into_iter().enumerate() {
            let facts = dossier.facts();
            for document in facts.documents.handles() {
                if !dossier.validity.holds(facts, document) {
                    continue;
                }
                let texts = &dossier.loaded.texts;
                let given = || facts[document].sha256.map(|sum| facts.str(sum));
                let sum = texts.sha256(document).or_else(given);
                let sum = sum.map(str::to_ascii_lowercase);
                let text = texts.get(document).map(|(_, text)| text);
                groups.add(side, document, facts.id(document), sum, text);
            }
        }
        let mut shared = SharedTexts {
            texts: Vec::new(),
            of: Default::default(),
        };
        for group in groups.all.into_iter().flatten() {
            if group.documents.iter().any(Vec::is_empty) {
                continue;
            }
            for (side, documents) in group.documents.iter().enumerate() {
                let nth = shared.texts.len();
                shared.of[side].extend(documents.iter().map(|one| (*one, nth)));
            }
            shared.texts.push(group);
        }
        shared
    }

    /// The text that a document is, if both have it.
    pub(super) fn of(&self, side: usize, document: DocumentId) -> Option<usize> {
        self.of[side].get(&document).copied()
    }

    /// The passages of a claim in texts of both, by text; and whether it has passages in others.
    pub(super) fn marked(&self, both: Both<'_, 'l>, side: usize, claim: ClaimId) -> Marked {
        let dossier = both[side];
        let facts = dossier.facts();
        let mut marked = Marked::default();
        for evidence in facts.list(facts[claim].evidence) {
            let Some(document) = evidence.document else {
                continue;
            };
            let Some(nth) = self.of(side, document) else {
                marked.elsewhere = true;
                continue;
            };
            let spans = self.spans(dossier, nth, claim, evidence);
            let words = words_of(dossier, claim, evidence);
            if spans.is_empty() && words.is_empty() {
                continue;
            }
            let passage = marked.by_text.entry(nth).or_default();
            passage.is_placed &= !spans.is_empty();
            passage.spans.extend(spans);
            passage.pieces.extend(words);
        }
        for passage in marked.by_text.values_mut() {
            passage.spans = merged(std::mem::take(&mut passage.spans));
            if !passage.is_placed {
                passage.spans.clear();
            }
        }
        marked
    }

    /// Where a passage stands in its text, if that can be told.
    fn spans(
        &self,
        dossier: &Dossier<'_>,
        nth: usize,
        claim: ClaimId,
        evidence: &Evidence,
    ) -> Vec<Span> {
        let facts = dossier.facts();
        let shared = &self.texts[nth];
        let quote = evidence.quote.or(facts[claim].quote);
        let given = facts.list(evidence.spans);
        let text = match shared.text {
            Some(text) if !shared.differs => text,
            // Words are compared; a passage that has none can only be compared by its place.
            _ if quote.is_none() && !shared.differs => return given.to_vec(),
            _ => return Vec::new(),
        };
        let own = evidence
            .document
            .is_some_and(|document| dossier.loaded.texts.get(document).is_some());
        let found = facts.list(evidence.found);
        let is_found = !matches!(evidence.verified, Some(Level::Missing | Level::Ambiguous));
        if own && is_found && !found.is_empty() {
            return found.to_vec();
        }
        let lies_in_text = given
            .iter()
            .all(|span| !span.is_empty() && span.end <= text.len());
        if !own && !given.is_empty() && lies_in_text {
            return given.to_vec();
        }
        let looked_for = quote.map(|quote| text.find(facts.str(quote)));
        looked_for
            .filter(|found| !matches!(found.level, Level::Missing | Level::Ambiguous))
            .map_or_else(Vec::new, |found| found.spans)
    }
}

/// Documents by the text that they are, as far as is known.
#[derive(Default)]
struct Groups<'l> {
    all: Vec<Option<SharedText<'l>>>,
    by_id: BTreeMap<String, usize>,
    by_sum: BTreeMap<String, usize>,
}

impl<'l> Groups<'l> {
    fn add(
        &mut self,
        side: usize,
        document: DocumentId,
        id: &str,
        sum: Option<String>,
        text: Option<&'l Text>,
    ) {
        let by_id = self.by_id.get(id).copied();
        let by_sum = sum.as_ref().and_then(|sum| self.by_sum.get(sum)).copied();
        let nth = match (by_id, by_sum) {
            (Some(one), Some(other)) if one != other => self.join(one, other),
            (Some(one), _) | (None, Some(one)) => one,
            (None, None) => {
                self.all.push(Some(SharedText::default()));
                self.all.len() - 1
            }
        };
        self.by_id.insert(id.to_owned(), nth);
        if let Some(sum) = &sum {
            self.by_sum.insert(sum.clone(), nth);
        }
        if let Some(group) = self.all[nth].as_mut() {
            group.documents[side].push(document);
            group.text = group.text.or(text);
            group.differs |= sum.is_some() && group.sum.is_some() && group.sum != sum;
            group.sum = group.sum.take().or(sum);
        }
    }

    /// Two groups turn out to be one.
    fn join(&mut self, one: usize, other: usize) -> usize {
        let (kept, gone) = (one.min(other), one.max(other));
        if let Some(more) = self.all[gone].take()
            && let Some(group) = self.all[kept].as_mut()
        {
            for (documents, more) in group.documents.iter_mut().zip(more.documents) {
                documents.extend(more);
            }
            group.differs |= more.differs
                || (group.sum.is_some() && more.sum.is_some() && group.sum != more.sum);
            group.text = group.text.or(more.text);
            group.sum = group.sum.take().or(more.sum);
        }
        let names = self.by_id.values_mut().chain(self.by_sum.values_mut());
        for nth in names.filter(|nth| **nth == gone) {
            *nth = kept;
        }
        kept
    }
}

/// What a claim marks.
#[derive(Debug, Clone, Default)]
pub(super) struct Marked {
    /// Its passages, by text.
    pub(super) by_text: BTreeMap<usize, Passages>,
    /// Whether it also cites a document that only its own dossier has.
    pub(super) elsewhere: bool,
}

/// The passages of a claim in one text.
#[derive(Debug, Clone)]
pub(super) struct Passages {
    /// Where they stand, sorted and apart; empty if that is not known of all.
    pub(super) spans: Vec<Span>,
    /// Their words, cut where words are left out.
    pub(super) pieces: Vec<Vec<String>>,
    is_placed: bool,
}

impl Default for Passages {
    fn default() -> Self {
        Passages {
            spans: Vec::new(),
            pieces: Vec::new(),
            is_placed: true,
        }
    }
}

impl Passages {
    /// How much is marked: code points, or letters of words.
    pub(super) fn size(&self, by_place: bool) -> u64 {
        if by_place {
            self.spans.iter().map(|span| u64::from(span.len())).sum()
        } else {
            self.pieces.iter().map(|piece| letters(piece)).sum()
        }
    }
}

/// Spans sorted, those that overlap made one.
pub(super) fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.retain(|span| !span.is_empty());
    spans.sort_unstable();
    let mut all: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match all.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => all.push(span),
        }
    }
    all
}

/// The number of letters in some words.
pub(super) fn letters(words: &[String]) -> u64 {
    words.iter().map(|word| word.chars().count() as u64).sum()
}

/// The words of a passage, folded, in pieces where it leaves words out.
fn words_of(dossier: &Dossier<'_>, claim: ClaimId, evidence: &Evidence) -> Vec<Vec<String>> {
    let facts = dossier.facts();
    let quote = evidence.quote.or(facts[claim].quote);
    let Some(quote) = quote.map(|quote| fold(&facts.str(quote).replace('…', "..."))) else {
        return Vec::new();
    };
    let pieces = quote.split("...").map(|piece| {
        let words = piece.split(|c: char| !c.is_alphanumeric());
        let words = words.filter(|word| !word.is_empty());
        words.map(str::to_owned).collect::<Vec<_>>()
    });
    pieces.filter(|piece| !piece.is_empty()).collect()
}
