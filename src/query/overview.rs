//! `overview`: what is in a dossier.

use std::cmp::Reverse;

use serde::Serialize;

use super::answer::{Dossier, Ref};
use annals_finding::write::Counts;
use annals_model::{
    ActorId, ArenaRange, ClaimId, DocumentId, Evidence, NodeRef, RecordKind, RecordRef, TopicId,
    Vocabulary as _,
};
use annals_time::{Date, Day};

/// What is in a dossier: the records in force.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct OverviewRow {
    /// How many records there are of each kind, in the order of the kinds.
    pub counts: KindCounts,
    /// From the first to the last day of its events, claims and publications.
    pub span: SpanRow,
    /// Who speaks, the most claims first.
    pub speakers: Vec<SpeakerRow>,
    /// The topics, those with the most claims about them first.
    pub topics: Vec<TopicRow>,
    /// The documents, those in which the most claims stand first.
    pub documents: Vec<DocumentRow>,
    /// How many quotes could not be verified, since the text of their document is missing.
    pub unverified: usize,
    /// What `annals check` finds.
    pub findings: FindingsRow,
}

/// How many records there are of each kind.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KindCounts(pub Vec<(RecordKind, usize)>);

impl Serialize for KindCounts {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(kind, count)| (kind.plural(), count)))
    }
}

/// A span of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct SpanRow {
    /// The first day that a date gives; null where none gives one.
    pub first: Option<Day>,
    /// The last day.
    pub last: Option<Day>,
}

/// A speaker, and how many claims are theirs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SpeakerRow {
    /// Who.
    pub actor: Ref,
    /// How many claims they make, alone or with others.
    pub claims: usize,
}

/// A topic, and how many claims are about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TopicRow {
    /// Which.
    pub topic: Ref,
    /// How many claims are about it, or take a stance toward it.
    pub claims: usize,
}

/// A document, and how many claims stand in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DocumentRow {
    /// Which.
    pub document: Ref,
    /// How many claims have a passage in it.
    pub claims: usize,
}

/// What `annals check` finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct FindingsRow {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
}

/// What is in a dossier, given what `annals check` finds in it.
pub fn overview(dossier: &Dossier<'_>, findings: Counts) -> OverviewRow {
    let facts = dossier.facts();
    let counted = Counted::new(dossier);
    let speakers = (facts.actors.handles().zip(&counted.speakers))
        .filter(|(_, claims)| **claims > 0)
        .map(|(id, claims)| (Ref::new(facts, id), *claims));
    let topics = (facts.topics.handles().zip(&counted.topics))
        .filter(|(id, _)| dossier.validity.holds(facts, *id))
        .map(|(id, claims)| (Ref::new(facts, id), *claims));
    let documents = (facts.documents.handles().zip(&counted.documents))
        .filter(|(id, _)| dossier.validity.holds(facts, *id))
        .map(|(id, claims)| (Ref::new(facts, id), *claims));
    OverviewRow {
        speakers: (most_first(speakers.collect()).into_iter())
            .map(|(actor, claims)| SpeakerRow { actor, claims })
            .collect(),
        topics: (most_first(topics.collect()).into_iter())
            .map(|(topic, claims)| TopicRow { topic, claims })
            .collect(),
        documents: (most_first(documents.collect()).into_iter())
            .map(|(document, claims)| DocumentRow { document, claims })
            .collect(),
        counts: counted.kinds,
        span: counted.span,
        unverified: counted.unverified,
        findings: FindingsRow {
            errors: findings.errors,
            warnings: findings.warnings,
        },
    }
}

/// The most claims first, then by name, then by id.
fn most_first(mut rows: Vec<(Ref, usize)>) -> Vec<(Ref, usize)> {
    rows.sort_by(|(one, claims), (other, others)| {
        (Reverse(claims), &one.name, &one.id).cmp(&(Reverse(others), &other.name, &other.id))
    });
    rows
}

/// What was counted, by the rows of the tables.
struct Counted {
    kinds: KindCounts,
    span: SpanRow,
    speakers: Vec<usize>,
    topics: Vec<usize>,
    documents: Vec<usize>,
    unverified: usize,
}

impl Counted {
    fn new(dossier: &Dossier<'_>) -> Self {
        let facts = dossier.facts();
        let mut counted = Counted {
            kinds: KindCounts(RecordKind::ALL.iter().map(|kind| (*kind, 0)).collect()),
            span: SpanRow::default(),
            speakers: vec![0; facts.actors.len()],
            topics: vec![0; facts.topics.len()],
            documents: vec![0; facts.documents.len()],
            unverified: 0,
        };
        for record in facts.records() {
            if dossier.validity.holds(facts, record) {
                counted.add(dossier, record);
            }
        }
        counted
    }

    fn add(&mut self, dossier: &Dossier<'_>, record: RecordRef) {
        let facts = dossier.facts();
        let kind = record.kind();
        if let Some((_, count)) = self.kinds.0.iter_mut().find(|(one, _)| *one == kind) {
            *count += 1;
        }
        let when = match record {
            RecordRef::Document(id) => facts[id].published,
            RecordRef::Event(id) => facts[id].when,
            RecordRef::Claim(id) => {
                self.add_claim(dossier, id);
                facts[id].said
            }
            _ => None,
        };
        if let Some(when) = when {
            self.span.add(facts.date(when));
        }
        let own = match record {
            RecordRef::Claim(id) => facts[id].quote.is_some(),
            _ => false,
        };
        for evidence in facts.evidence(record) {
            let unverified = evidence.document.is_some_and(|document| {
                dossier.validity.knows(facts, Some(document))
                    && dossier.loaded.texts.get(document).is_none()
            });
            self.unverified += usize::from(unverified && (own || evidence.quote.is_some()));
        }
    }

    fn add_claim(&mut self, dossier: &Dossier<'_>, id: ClaimId) {
        let facts = dossier.facts();
        let claim = &facts[id];
        for speaker in distinct(facts.list(claim.speaker).iter().copied()) {
            let speaker: ActorId = speaker;
            self.speakers[speaker.index()] += 1;
        }
        let toward = facts.list(claim.stance).iter().filter_map(|one| one.toward);
        let things = facts.list(claim.about).iter().copied().chain(toward);
        let topics = things.filter_map(|thing| match thing {
            NodeRef::Topic(topic) => Some(topic),
            _ => None,
        });
        for topic in distinct(topics) {
            let topic: TopicId = topic;
            self.topics[topic.index()] += 1;
        }
        let evidence: ArenaRange<Evidence> = claim.evidence;
        let documents = facts.list(evidence).iter().filter_map(|one| one.document);
        for document in distinct(documents) {
            let document: DocumentId = document;
            self.documents[document.index()] += 1;
        }
    }
}

/// Each once; there are few.
fn distinct<T: Ord>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.collect();
    items.sort_unstable();
    items.dedup();
    items
}

impl SpanRow {
    /// Widens it to a date.
    fn add(&mut self, date: &Date) {
        let (first, last) = (date.first(), date.last());
        self.first = self.first.into_iter().chain(first).min();
        self.last = self.last.into_iter().chain(last).max();
    }
}
