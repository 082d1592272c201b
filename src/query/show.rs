//! `show`: everything about one record.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::{Map, Value};

use super::answer::{Dossier, EvidenceRow, Ref};
use super::chronicle::SolvedChronology;
use super::positions::{contradicting, contradictions, is_false};
use super::selection::Query;
use super::timeline::{NarrowedRow, is_of_birth};
use super::validity::RetractionRow;
use annals_evidence::Span;
use annals_finding::{FilePlace, Locate};
use annals_graph::{Edge, edges_of};
use annals_model::{NodeRef, RecordRef};
use annals_time::{Date, Day};

/// Everything about one record.
#[derive(Debug, Clone, Serialize)]
pub struct Shown {
    /// Its id.
    pub id: String,
    /// The kind of record.
    pub kind: &'static str,
    /// Its display name.
    pub label: String,
    /// Its date, as given.
    pub when: Option<Date>,
    /// Its narrowed date, given all facts.
    pub narrowed: Option<NarrowedRow>,
    /// Whether the first of these days only says when its speaker or holder was born.
    #[serde(skip)]
    pub since_birth: bool,
    /// The day of its first publication.
    pub reported: Option<Day>,
    /// Its fields, as the format writes them.
    pub fields: Map<String, Value>,
    /// Whether and why it was retracted.
    pub retracted: Option<RetractionRow>,
    /// The edges that begin at it; for a relation or an order, its own edge.
    pub edges_out: Vec<EdgeRow>,
    /// The edges that end at it.
    pub edges_in: Vec<EdgeRow>,
    /// For a claim, the claims of the same speaker that it contradicts; for an actor, every claim
    /// in which they contradict themselves.
    pub contradictions: Vec<String>,
    /// Whether there can be more of them than these.
    #[serde(skip_serializing_if = "is_false")]
    pub more_contradictions: bool,
    /// The passages of its evidence, each with its sentence.
    pub passages: Vec<PassageRow>,
    /// Its source location.
    pub source: FilePlace,
}

/// An edge as data.
#[derive(Debug, Clone, Serialize)]
pub struct EdgeRow {
    /// The source node.
    pub source: Ref,
    /// The target node.
    pub target: Ref,
    /// The kind of edge.
    pub kind: String,
    /// When, as given.
    pub when: Option<Date>,
    /// For `about`: the speaker's stance.
    pub stance: Option<&'static str>,
    /// For `participates`: the role.
    pub role: Option<String>,
    /// The facts behind it.
    pub facts: Vec<String>,
}

/// A passage with the sentence around it.
#[derive(Debug, Clone, Serialize)]
pub struct PassageRow {
    /// The passage.
    #[serde(flatten)]
    pub evidence: EvidenceRow,
    /// The sentence or sentences that contain it.
    pub sentence: Option<String>,
    /// The position in the sentence, in its code points.
    pub marks: Vec<Span>,
    /// The position in the text.
    pub place: Option<FilePlace>,
    /// Whether the text of the document is there.
    #[serde(skip)]
    pub has_text: bool,
}

/// Everything about a record.
pub fn show(
    dossier: &Dossier<'_>,
    record: RecordRef,
    solved: Option<&SolvedChronology<'_, '_>>,
) -> Shown {
    let facts = dossier.facts();
    let mut edges_out = Vec::new();
    let mut edges_in = Vec::new();
    let node = record.node();
    let own = node.is_none();
    for fact in facts.records() {
        if (own || !dossier.validity.holds(facts, fact)) && fact != record {
            continue;
        }
        edges_of(facts, fact, &mut |edge: Edge| {
            let is = |end: NodeRef| node == Some(end);
            if own || is(edge.source) {
                edges_out.push(edge_row(dossier, &edge));
            } else if is(edge.target) {
                edges_in.push(edge_row(dossier, &edge));
            }
        });
    }
    let (contradictions, more_contradictions) = contradictions_of(dossier, record);
    let when = facts.own_date(record);
    let passages = facts
        .evidence(record)
        .iter()
        .map(|evidence| passage(dossier, evidence));
    let narrowed = solved
        .and_then(|solved| solved.narrowed(record))
        .filter(NarrowedRow::is_some);
    let first = narrowed.and_then(|days| days.first);
    Shown {
        id: facts.id(record).to_owned(),
        kind: annals_model::Vocabulary::word(record.kind()),
        label: facts.label(record).to_owned(),
        when: when.map(|date| facts.date(date).clone()),
        narrowed,
        since_birth: first.is_some_and(|first| is_of_birth(facts, record, first)),
        reported: super::answer::reported_day(dossier, record),
        fields: facts.written(record),
        retracted: dossier.retraction(record),
        edges_out,
        edges_in,
        contradictions,
        more_contradictions,
        passages: passages.collect(),
        source: dossier.source(record),
    }
}

/// The claims that contradict a claim, or of an actor those that contradict another; and whether
/// there can be more.
fn contradictions_of(dossier: &Dossier<'_>, record: RecordRef) -> (Vec<String>, bool) {
    if !matches!(record, RecordRef::Claim(_) | RecordRef::Actor(_)) {
        return (Vec::new(), false);
    }
    let asked = Query {
        as_of: dossier.validity.as_of.clone(),
        ..Query::default()
    };
    // The query names no records, so resolving it cannot fail.
    let Ok(everything) = asked.resolve(dossier.facts()) else {
        return (Vec::new(), false);
    };
    let mut found = BTreeSet::new();
    let mut is_complete = true;
    if let RecordRef::Claim(id) = record {
        let others = contradicting(dossier.loaded, &everything, id).into_iter();
        found.extend(others.map(|(_, other)| other));
    } else {
        let (pairs, all) = contradictions(dossier.loaded, &everything);
        is_complete = all;
        for one in pairs {
            if RecordRef::Actor(one.speaker) == record {
                found.extend(one.claims);
            }
        }
    }
    let ids = found
        .into_iter()
        .map(|id| dossier.facts().id(id).to_owned());
    (ids.collect(), !is_complete)
}

/// An edge as data.
pub fn edge_row(dossier: &Dossier<'_>, edge: &Edge) -> EdgeRow {
    let facts = dossier.facts();
    EdgeRow {
        source: Ref::new(facts, edge.source),
        target: Ref::new(facts, edge.target),
        kind: edge.kind.word(facts).to_owned(),
        when: edge.when.map(|date| facts.date(date).clone()),
        stance: edge.stance.map(annals_model::Vocabulary::word),
        role: edge.role.map(|role| facts.name(role).to_owned()),
        facts: vec![facts.id(edge.fact).to_owned()],
    }
}

/// A passage as data.
pub fn passage(dossier: &Dossier<'_>, evidence: &annals_model::Evidence) -> PassageRow {
    let facts = dossier.facts();
    let row = EvidenceRow::new(facts, evidence);
    let found = facts.list(evidence.found);
    let text = evidence
        .document
        .and_then(|document| dossier.loaded.texts.get(document));
    let whole = found.first().zip(found.last());
    let Some(((file, text), (first, last))) = text.zip(whole) else {
        return PassageRow {
            evidence: row,
            sentence: None,
            marks: Vec::new(),
            place: None,
            has_text: text.is_some(),
        };
    };
    let sentence = text.sentence_around(Span::new(first.start, last.end));
    let marks = found.iter().map(|span| {
        let within = |at: u32| at.clamp(sentence.start, sentence.end) - sentence.start;
        Span::new(within(span.start), within(span.end))
    });
    let place = annals_finding::Place::Passage(file, *first);
    PassageRow {
        evidence: row,
        sentence: text.slice(sentence).map(str::to_owned),
        marks: marks.collect(),
        place: Some(dossier.places.locate(&place).place),
        has_text: true,
    }
}
