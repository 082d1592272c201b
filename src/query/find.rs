//! `find`: names, claims, events and texts of documents that have some words.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

use super::answer::{Dossier, Ref};
use super::selection::{ResolvedQuery, WordsIn, words_in};
use super::sort_key::{IdKey, TextPosition};
use super::validity::RetractionRow;
use super::words::{Sentence, Words, found_among};
use annals_evidence::{Span, Text};
use annals_model::{
    ClaimId, DocumentId, Evidence, Facts, RecordKind, RecordRef, Str, Vocabulary as _,
};
use annals_time::Certainty;

/// Something that has the words. It owns its texts, or borrows them.
#[derive(Debug, Clone, Serialize)]
pub struct FoundRow<S = String> {
    /// `actor`, `topic`, `place`, `event`, `document` or `claim`; or `text`, a sentence of the text of a
    /// document.
    pub kind: &'static str,
    /// The id of the record; of a text, of its document.
    pub id: S,
    /// What the record is called.
    pub name: S,
    /// The name or the sentence in which the words are.
    pub sentence: S,
    /// The words, in code points of the sentence.
    pub marks: Vec<Span>,
    /// The document in which it stands.
    pub document: Option<Ref<S>>,
    /// The line of the document's text, from 1, in which the first of the words stands; of a claim or an
    /// event, in which its passage begins. `None` where the text is not there.
    pub line: Option<u32>,
    /// Of a text, the claims whose passages overlap the sentence.
    pub claims: Vec<String>,
    /// Whether it certainly matches the query, not only possibly.
    pub certain: bool,
    /// Whether and why it was retracted.
    pub retracted: Option<RetractionRow>,
}

/// Something that has the words, in a few numbers: [`row`] makes a row of it.
#[derive(Debug, Clone)]
pub struct Hit {
    record: RecordRef,
    certainty: Certainty,
    place: HitPlace,
}

/// Where the words are.
#[derive(Debug, Clone)]
enum HitPlace {
    /// In a name of a thing.
    Name(Str),
    /// In a claim or an event.
    Record(WordsIn),
    /// In a sentence of a document's text.
    Text(Box<InText>),
}

/// A sentence of the text of a document.
#[derive(Debug, Clone)]
struct InText {
    sentence: Sentence,
    /// In code points.
    span: Span,
    claims: Vec<ClaimId>,
}

/// The kinds of things that have names, in the order of the answer.
const NAMED: [RecordKind; 5] = [
    RecordKind::Actor,
    RecordKind::Topic,
    RecordKind::Place,
    RecordKind::Event,
    RecordKind::Document,
];

/// What has all words of a selection: things by their names first, by kind, then name; then claims,
/// events and sentences of texts, in the order of the texts.
///
/// The text of a document is looked through if the selection matches the document.
pub fn find(dossier: &Dossier<'_>, selection: &ResolvedQuery) -> Vec<Hit> {
    let (loaded, facts) = (dossier.loaded, dossier.facts());
    let words = selection.words();
    let any_words = selection.without_words();
    let mut names = Vec::new();
    for kind in NAMED {
        let of_kind: Vec<RecordRef> = records(facts, kind);
        let named = |record: RecordRef| {
            let name = name_with(facts, words, record)?;
            let certainty = certainty_of(dossier, &any_words, record)?;
            Some(Hit {
                record,
                certainty,
                place: HitPlace::Name(name),
            })
        };
        let mut found = found_among(&of_kind, named);
        let key = |hit: &Hit| (facts.label(hit.record), IdKey::new(facts, hit.record));
        found.sort_by(|a, b| key(a).cmp(&key(b)));
        names.append(&mut found);
    }

    let claims: Vec<ClaimId> = selection.candidates(dossier);
    let mut others = found_among(&claims, |id| {
        let certainty = selection.claim(loaded, id)?;
        let claim = &facts[id];
        let place = words_in(loaded, words, id.into(), &[claim.quote, claim.content])?;
        Some(Hit {
            record: id.into(),
            certainty,
            place: HitPlace::Record(place),
        })
    });
    let events: Vec<RecordRef> = records(facts, RecordKind::Event);
    others.extend(found_among(&events, |record| {
        // Those that are called so are among the names.
        let place = words_in(loaded, words, record, &[])?;
        let is_named = name_with(facts, words, record).is_some();
        let certainty = any_words.other(loaded, record).filter(|_| !is_named)?;
        Some(Hit {
            record,
            certainty,
            place: HitPlace::Record(place),
        })
    }));
    others.extend(in_texts(dossier, &any_words, words));
    let key = |hit: &Hit| position(dossier, hit);
    others.sort_by_cached_key(key);
    names.append(&mut others);
    if let Some(limit) = selection.limit {
        names.truncate(limit);
    }
    names
}

fn records(facts: &Facts, kind: RecordKind) -> Vec<RecordRef> {
    match kind {
        RecordKind::Actor => facts.actors.handles().map(RecordRef::from).collect(),
        RecordKind::Topic => facts.topics.handles().map(RecordRef::from).collect(),
        RecordKind::Place => facts.places.handles().map(RecordRef::from).collect(),
        RecordKind::Event => facts.events.handles().map(RecordRef::from).collect(),
        RecordKind::Document => facts.documents.handles().map(RecordRef::from).collect(),
        RecordKind::Claim | RecordKind::Relation | RecordKind::Order => Vec::new(),
    }
}

/// Whether a thing matches, whatever the words.
fn certainty_of(
    dossier: &Dossier<'_>,
    selection: &ResolvedQuery,
    record: RecordRef,
) -> Option<Certainty> {
    match record {
        RecordRef::Event(_) | RecordRef::Document(_) => selection.other(dossier.loaded, record),
        _ => selection.named_thing(dossier.facts(), record),
    }
}

/// The first of a thing's names that has all words.
fn name_with(facts: &Facts, words: &Words, record: RecordRef) -> Option<Str> {
    let (name, aliases) = match record {
        RecordRef::Actor(id) => (facts[id].name, facts.list(facts[id].aliases)),
        RecordRef::Topic(id) => (facts[id].label, &[][..]),
        RecordRef::Place(id) => (facts[id].name, &[][..]),
        RecordRef::Event(id) => (facts[id].label, &[][..]),
        RecordRef::Document(id) => (facts[id].title, &[][..]),
        _ => (None, &[][..]),
    };
    let mut room = String::new();
    let mut names = name.into_iter().chain(aliases.iter().copied());
    names.find(|name| words.are_in(facts.str(*name), &mut room))
}

/// The sentences of the documents' texts that have all words.
fn in_texts(dossier: &Dossier<'_>, selection: &ResolvedQuery, words: &Words) -> Vec<Hit> {
    let (loaded, facts) = (dossier.loaded, dossier.facts());
    let with_text = facts.documents.handles();
    let with_text: Vec<DocumentId> = with_text
        .filter(|id| loaded.texts.get(*id).is_some())
        .collect();
    let mut hits = Vec::new();
    for id in with_text {
        let Some((certainty, (_, text))) =
            selection.other(loaded, id.into()).zip(loaded.texts.get(id))
        else {
            continue;
        };
        for sentence in words.sentences(text.as_str()) {
            let span = text.span_of_bytes(sentence.place.clone());
            hits.push((id, certainty, sentence, span));
        }
    }
    if hits.is_empty() {
        return Vec::new();
    }
    let passages = Passages::new(dossier);
    let hits = hits.into_iter().map(|(id, certainty, sentence, span)| Hit {
        record: id.into(),
        certainty,
        place: HitPlace::Text(Box::new(InText {
            claims: passages.over(id, span),
            sentence,
            span,
        })),
    });
    hits.collect()
}

/// The passages of claims in force, by document.
struct Passages {
    /// Sorted by start; each with the latest end of those up to it.
    of: BTreeMap<DocumentId, Vec<(Span, u32, ClaimId)>>,
}

impl Passages {
    fn new(dossier: &Dossier<'_>) -> Self {
        let facts = dossier.facts();
        let mut of: BTreeMap<DocumentId, Vec<(Span, u32, ClaimId)>> = BTreeMap::new();
        for (id, claim) in facts.claims.iter() {
            for evidence in facts.list(claim.evidence) {
                let found = facts.list(evidence.found);
                if let Some(document) = evidence.document.filter(|_| !found.is_empty())
                    && dossier.validity.holds(facts, id)
                {
                    let spans = found.iter().map(|span| (*span, span.end, id));
                    of.entry(document).or_default().extend(spans);
                }
            }
        }
        for passages in of.values_mut() {
            passages.sort_unstable();
            let mut latest = 0;
            for (span, until, _) in passages {
                latest = span.end.max(latest);
                *until = latest;
            }
        }
        Passages { of }
    }

    /// The claims with a passage that overlaps a part of a document, in the order of the facts.
    fn over(&self, document: DocumentId, part: Span) -> Vec<ClaimId> {
        let passages = self.of.get(&document).map_or(&[][..], Vec::as_slice);
        let before = passages.partition_point(|(span, ..)| span.start < part.end);
        let from_end = passages[..before].iter().rev();
        let near = from_end.take_while(|(_, until, _)| *until > part.start);
        let over = near.filter(|(span, ..)| span.end > part.start);
        let mut claims: Vec<ClaimId> = over.map(|(.., claim)| *claim).collect();
        claims.sort_unstable();
        claims.dedup();
        claims
    }
}

/// The passage by which a claim or an event stands in a document: the one that has the words, else the
/// first.
fn passage_of<'l>(
    dossier: &Dossier<'l>,
    record: RecordRef,
    place: WordsIn,
) -> Option<&'l Evidence> {
    let facts = dossier.facts();
    let all = facts.evidence(record);
    match place {
        WordsIn::Quote(nth) | WordsIn::Passage(nth) => all.get(nth),
        WordsIn::Own(_) => all
            .iter()
            .find(|one| one.document.is_some() && dossier.validity.knows(facts, one.document)),
    }
}

/// Where a hit stands among the texts.
fn position<'l>(dossier: &Dossier<'l>, hit: &Hit) -> TextPosition<'l> {
    let facts = dossier.facts();
    match (&hit.place, hit.record) {
        (HitPlace::Text(text), RecordRef::Document(id)) => {
            TextPosition::within(facts, Some(id), Some(text.span.start), hit.record)
        }
        (HitPlace::Record(place), record) => {
            let passage = passage_of(dossier, record, *place);
            TextPosition::of_passage(facts, passage, record)
        }
        _ => TextPosition::within(facts, None, None, hit.record),
    }
}

/// A hit as data.
pub fn row(dossier: &Dossier<'_>, words: &Words, hit: &Hit) -> FoundRow {
    let (facts, record) = (dossier.facts(), hit.record);
    let empty = FoundRow {
        kind: record.kind().word(),
        id: facts.id(record).to_owned(),
        name: facts.label(record).to_owned(),
        sentence: String::new(),
        marks: Vec::new(),
        document: None,
        line: None,
        claims: Vec::new(),
        certain: hit.certainty.is_certain(),
        retracted: dossier.retraction(record),
    };
    match &hit.place {
        HitPlace::Name(name) => empty.with_sentence(facts.str(*name), words),
        HitPlace::Record(place) => {
            let passage = passage_of(dossier, record, *place);
            let document = passage.and_then(|passage| passage.document);
            let text = document.and_then(|id| dossier.loaded.texts.get(id));
            let begins = passage.and_then(|passage| facts.list(passage.found).first());
            let row = FoundRow {
                document: document.map(|id| Ref::new(facts, id)),
                line: (text.zip(begins)).map(|((_, text), span)| text.line_column(span.start).line),
                ..empty
            };
            match own_text(dossier, record, *place) {
                Some(text) => row.with_sentence(&text, words),
                None => row,
            }
        }
        HitPlace::Text(found) => {
            let RecordRef::Document(id) = record else {
                return empty;
            };
            let Some((_, text)) = dossier.loaded.texts.get(id) else {
                return empty;
            };
            let first = found.sentence.marks.first();
            let first = first.map_or(found.sentence.place.start, |mark| mark.start);
            let claims = found.claims.iter();
            FoundRow {
                kind: "text",
                document: Some(Ref::new(facts, id)),
                line: Some(line_of(text, first)),
                claims: claims.map(|claim| facts.id(*claim).to_owned()).collect(),
                ..empty
            }
            .with(text.as_str(), &found.sentence)
        }
    }
}

/// The text of a claim or an event in which the words are.
fn own_text(dossier: &Dossier<'_>, record: RecordRef, place: WordsIn) -> Option<String> {
    let facts = dossier.facts();
    let evidence = |nth: usize| facts.evidence(record).get(nth);
    let text = match (place, record) {
        (WordsIn::Own(0), RecordRef::Claim(id)) => facts[id].quote,
        (WordsIn::Own(_), RecordRef::Claim(id)) => facts[id].content,
        (WordsIn::Own(_), _) => None,
        (WordsIn::Quote(nth), _) => evidence(nth)?.quote,
        (WordsIn::Passage(nth), _) => {
            return super::selection::passage(dossier.loaded, evidence(nth)?);
        }
    };
    text.map(|text| facts.str(text).to_owned())
}

fn line_of(text: &Text, byte: usize) -> u32 {
    let place = text.span_of_bytes(byte..byte);
    text.line_column(place.start).line
}

impl From<FoundRow> for FoundRow<Cow<'_, str>> {
    fn from(row: FoundRow) -> Self {
        FoundRow {
            kind: row.kind,
            id: row.id.into(),
            name: row.name.into(),
            sentence: row.sentence.into(),
            marks: row.marks,
            document: row.document.map(|document| Ref {
                id: document.id.into(),
                name: document.name.into(),
            }),
            line: row.line,
            claims: row.claims,
            certain: row.certain,
            retracted: row.retracted,
        }
    }
}

impl<S> FoundRow<S> {
    /// The row with the sentence of a text in which the words are.
    #[must_use]
    pub fn with_sentence<'t>(self, text: &'t str, words: &Words) -> Self
    where
        S: From<&'t str>,
    {
        self.with(text, &words.sentence(text))
    }

    fn with<'t>(self, text: &'t str, found: &Sentence) -> Self
    where
        S: From<&'t str>,
    {
        let sentence = &text[found.place.clone()];
        // Marks come in order, so each stretch is counted once.
        let (mut byte, mut code_point) = (found.place.start, 0);
        let mut count = |until: usize| {
            code_point += text[byte..until].chars().count() as u32;
            byte = until;
            code_point
        };
        let marks = found.marks.iter();
        let marks = marks.map(|mark| Span::new(count(mark.start), count(mark.end)));
        FoundRow {
            marks: marks.collect(),
            sentence: sentence.into(),
            ..self
        }
    }
}
