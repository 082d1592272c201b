//! The texts of documents, and where facts rest on them.

use std::collections::BTreeSet;

use super::answer::{Dossier, Ref};
use annals_evidence::Span;
use annals_model::{DocumentId, Facts, RecordRef, StanceValue, Vocabulary as _};
use annals_time::Date;

/// A document, and how much rests on its text.
#[derive(Debug, Clone)]
pub struct DocumentRow {
    /// Which.
    pub document: Ref,
    /// What it is: a report, a transcript.
    pub kind: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// When it was published.
    pub published: Option<Date>,
    /// The documents it is based on.
    pub based_on: Vec<Ref>,
    /// The documents it corrects.
    pub corrects: Vec<Ref>,
    /// How many claims have a passage in it.
    pub claims: usize,
    /// How many events have one.
    pub events: usize,
    /// Its text; `None` if it is not there.
    pub text: Option<TextRow>,
    /// The path of its text as the facts give it, whether it is there or not.
    pub path: Option<String>,
}

/// The text of a document, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextRow {
    /// How many words it has: runs of letters and digits.
    pub words: usize,
    /// How many code points it has, and on how many of them no record rests.
    pub length: [u32; 2],
    /// Whether its SHA-256 is that of the facts; `None` if they give none.
    pub unchanged: Option<bool>,
}

/// A record whose passage stands in a text.
#[derive(Debug, Clone)]
pub struct MarkRow {
    /// Which record.
    pub id: String,
    /// Its kind.
    pub kind: &'static str,
    /// What it is called: of a claim, who said it.
    pub label: String,
    /// Of a claim, the thing that its stance is toward, or that it is about.
    pub toward: Option<Ref>,
    /// Of a claim, its stance toward that.
    pub stance: Option<StanceValue>,
    /// Of a claim, what the speaker does.
    pub act: Option<String>,
    /// Where its passage stands, in code points; empty if it was not found.
    pub spans: Vec<Span>,
    /// The passage as quoted.
    pub quote: Option<String>,
}

/// The text of a document with what rests on it.
#[derive(Debug, Clone)]
pub struct MarkedText {
    /// The document.
    pub row: DocumentRow,
    /// Its language, as a BCP 47 tag.
    pub language: Option<String>,
    /// Its text; empty if it is not there.
    pub text: String,
    /// What rests on it, in the order of the text.
    pub marks: Vec<MarkRow>,
    /// What says that it rests on it, but does not stand there.
    pub lost: Vec<MarkRow>,
}

/// All documents in force, with what rests on them, in the order of the facts.
pub fn documents(dossier: &Dossier<'_>) -> Vec<DocumentRow> {
    let facts = dossier.facts();
    let mut resting: Vec<Resting> = facts
        .documents
        .handles()
        .map(|_| Resting::default())
        .collect();
    for record in facts.records() {
        if !matches!(record, RecordRef::Claim(_) | RecordRef::Event(_))
            || !dossier.validity.holds(facts, record)
        {
            continue;
        }
        let mut counted = BTreeSet::new();
        for evidence in facts.evidence(record) {
            let Some(document) = evidence.document else {
                continue;
            };
            let here = &mut resting[document.index()];
            if counted.insert(document) {
                match record {
                    RecordRef::Claim(_) => here.claims += 1,
                    _ => here.events += 1,
                }
            }
            here.spans.extend(facts.list(evidence.found));
        }
    }
    let all = facts.documents.handles().zip(resting);
    let held = all.filter(|(id, _)| dossier.validity.holds(facts, *id));
    held.map(|(id, resting)| document_row(dossier, id, resting))
        .collect()
}

/// What rests on a document.
#[derive(Debug, Default)]
struct Resting {
    claims: usize,
    events: usize,
    spans: Vec<Span>,
}

fn document_row(dossier: &Dossier<'_>, id: DocumentId, resting: Resting) -> DocumentRow {
    let facts = dossier.facts();
    let document = &facts[id];
    let refs = |ids: &[DocumentId]| ids.iter().map(|one| Ref::new(facts, *one)).collect();
    let text = dossier.loaded.texts.get(id).map(|(_, text)| {
        let whole = text.as_str();
        let words = whole
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty());
        let given = document
            .sha256
            .map(|sum| facts.str(sum).to_ascii_lowercase());
        let own = dossier.loaded.texts.sha256(id);
        TextRow {
            words: words.count(),
            length: [text.len(), text.len() - covered(resting.spans, text.len())],
            unchanged: given.map(|given| own == Some(given.as_str())),
        }
    });
    DocumentRow {
        document: Ref::new(facts, id),
        kind: document.kind.map(|kind| facts.name(kind).to_owned()),
        publisher: document
            .publisher
            .map(|publisher| facts.str(publisher).to_owned()),
        published: document.published.map(|date| facts.date(date).clone()),
        based_on: refs(facts.list(document.based_on)),
        corrects: refs(facts.list(document.corrects)),
        claims: resting.claims,
        events: resting.events,
        text,
        path: document.text.map(|path| facts.str(path).to_owned()),
    }
}

/// How many code points of a text of some length lie in spans.
fn covered(mut spans: Vec<Span>, length: u32) -> u32 {
    spans.sort_unstable();
    let (mut sum, mut until) = (0, 0);
    for span in spans {
        let (start, end) = (span.start.max(until), span.end.min(length));
        sum += end.saturating_sub(start);
        until = until.max(end);
    }
    sum
}

/// The text of a document with the claims and events that rest on it.
pub fn marked_text(dossier: &Dossier<'_>, id: DocumentId) -> MarkedText {
    let facts = dossier.facts();
    let text = dossier
        .loaded
        .texts
        .get(id)
        .map(|(_, text)| text.as_str().to_owned());
    let mut resting = Resting::default();
    let (mut marks, mut lost) = (Vec::new(), Vec::new());
    for record in facts.records() {
        if !matches!(record, RecordRef::Claim(_) | RecordRef::Event(_))
            || !dossier.validity.holds(facts, record)
        {
            continue;
        }
        let here = facts.evidence(record).iter();
        let mut here = here.filter(|one| one.document == Some(id)).peekable();
        if here.peek().is_some() {
            match record {
                RecordRef::Claim(_) => resting.claims += 1,
                _ => resting.events += 1,
            }
        }
        for evidence in here {
            let quote = evidence.quote.or_else(|| claim_quote(facts, record));
            let row = mark(facts, record, facts.list(evidence.found), quote);
            resting.spans.extend(&row.spans);
            if !row.spans.is_empty() {
                marks.push(row);
            } else if text.is_some() && quote.is_some() {
                lost.push(row);
            }
        }
    }
    marks.sort_by(|a, b| a.spans.cmp(&b.spans).then_with(|| a.id.cmp(&b.id)));
    MarkedText {
        row: document_row(dossier, id, resting),
        language: facts[id].language.map(|tag| facts.str(tag).to_owned()),
        text: text.unwrap_or_default(),
        marks,
        lost,
    }
}

fn claim_quote(facts: &Facts, record: RecordRef) -> Option<annals_model::Str> {
    match record {
        RecordRef::Claim(id) => facts[id].quote,
        _ => None,
    }
}

fn mark(
    facts: &Facts,
    record: RecordRef,
    spans: &[Span],
    quote: Option<annals_model::Str>,
) -> MarkRow {
    let mut row = MarkRow {
        id: facts.id(record).to_owned(),
        kind: record.kind().word(),
        label: facts.label(record).to_owned(),
        toward: None,
        stance: None,
        act: None,
        spans: spans.to_vec(),
        quote: quote.map(|quote| facts.str(quote).to_owned()),
    };
    if let RecordRef::Claim(id) = record {
        let claim = &facts[id];
        let speakers = facts
            .list(claim.speaker)
            .iter()
            .map(|actor| facts.label(*actor));
        row.label = speakers.collect::<Vec<_>>().join(", ");
        let stance = facts.list(claim.stance).first();
        let about = facts.list(claim.about).first().copied();
        row.stance = stance.map(|stance| stance.value);
        let toward = stance.and_then(|stance| stance.toward).or(about);
        row.toward = toward.map(|node| Ref::new(facts, node));
        row.act = facts.act_word(id).map(str::to_owned);
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_covered_twice_counts_once() {
        let spans = vec![
            Span::new(4, 9),
            Span::new(0, 2),
            Span::new(6, 7),
            Span::new(8, 40),
        ];
        assert_eq!(covered(spans, 12), 2 + 8);
        assert_eq!(covered(Vec::new(), 12), 0);
    }
}
