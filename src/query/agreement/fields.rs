//! The fields of claims, compared between two dossiers.

use std::collections::BTreeMap;

use serde::Serialize;

use super::matching::Pair;
use super::texts::{Both, SharedTexts};
use crate::answer::Ref;
use crate::names::fold;
use crate::said::StanceRow;
use annals_evidence::Span;
use annals_model::{ClaimId, DateId, NodeRef, RecordRef, RelationId, Via, Vocabulary as _, Voice};
use annals_time::Date;

/// The fields that are compared one by one, as the facts call them.
pub const FIELDS: &[&str] = &[
    "speaker", "as", "to", "about", "stance", "act", "mode", "said", "due", "at", "via",
];

/// The field under which differing passages are listed.
pub const SPANS: &str = "spans";

/// What one annotator gave for a field.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum FieldValue {
    /// A word: an act, a mode.
    Word(String),
    /// A date.
    Date(Box<Date>),
    /// A record.
    Record(Ref),
    /// Records; of speakers, none means the narrator.
    Records(Vec<Ref>),
    /// Stances.
    Stances(Vec<StanceRow>),
    /// Passages.
    Passages(Vec<PassageMarked>),
}

/// A passage that a claim rests on.
#[derive(Debug, Clone, Serialize)]
pub struct PassageMarked {
    /// The document.
    pub document: Ref,
    /// The passage, as quoted.
    pub quote: Option<String>,
    /// Where it stands in the text, as given or as found.
    pub spans: Vec<Span>,
}

/// The claims of two dossiers, and which of their records are the same.
pub(super) struct Compared<'d, 'l> {
    pub(super) both: Both<'d, 'l>,
    pub(super) texts: &'d SharedTexts<'l>,
    /// By dossier, the pair that a claim belongs to.
    paired: [BTreeMap<ClaimId, usize>; 2],
}

impl<'d, 'l> Compared<'d, 'l> {
    pub(super) fn new(both: Both<'d, 'l>, texts: &'d SharedTexts<'l>, pairs: &[Pair]) -> Self {
        let mut paired: [BTreeMap<ClaimId, usize>; 2] = Default::default();
        for (nth, (one, other)) in pairs.iter().enumerate() {
            paired[0].insert(*one, nth);
            paired[1].insert(*other, nth);
        }
        Compared {
            both,
            texts,
            paired,
        }
    }

    /// What a record is called in comparing: the same for records that are the same, by id if both
    /// dossiers have that id, else by name.
    fn called(&self, side: usize, record: RecordRef) -> String {
        let (facts, others) = (self.both[side].facts(), self.both[1 - side].facts());
        let kind = record.kind().word();
        match record {
            RecordRef::Claim(claim) => {
                if let Some(pair) = self.paired[side].get(&claim) {
                    return format!("claim of pair {pair}");
                }
            }
            RecordRef::Document(document) => {
                if let Some(text) = self.texts.of(side, document) {
                    return format!("text {text}");
                }
            }
            RecordRef::Relation(relation) => return self.tie(side, relation),
            _ => {}
        }
        let id = facts.id(record);
        let is_named = |facts: &annals_model::Facts, record| facts.common(record).named;
        let same = others
            .find(id)
            .filter(|other| other.kind() == record.kind() && is_named(others, *other));
        if same.is_some() && is_named(facts, record) {
            return format!("{kind} with id {id}");
        }
        format!("{kind} named {}", fold(facts.label(record)))
    }

    fn tie(&self, side: usize, relation: RelationId) -> String {
        let facts = self.both[side].facts();
        let tie = &facts[relation];
        let end = |actor: Option<annals_model::ActorId>| {
            actor.map_or_else(String::new, |actor| self.called(side, actor.into()))
        };
        let kind = tie.kind.map_or("", |kind| facts.name(kind));
        format!("{kind} from {} to {}", end(tie.from), end(tie.to))
    }

    fn called_all(&self, side: usize, records: Vec<RecordRef>) -> Option<Vec<String>> {
        let called = records.into_iter().map(|one| self.called(side, one));
        set(called.collect())
    }

    /// A value of a claim's field that is equal for equal values; `None` if the claim does not say.
    pub(super) fn key(&self, side: usize, claim: ClaimId, field: &str) -> Option<Vec<String>> {
        let facts = self.both[side].facts();
        let one = &facts[claim];
        let date = |date: Option<DateId>| {
            date.map(|date| {
                let date = facts.date(date);
                vec![format!("{} {:?}", date.written(), date.calendar())]
            })
        };
        match field {
            "speaker" => match one.voice {
                Voice::Narrator => Some(vec!["the narrator".to_owned()]),
                _ => self.called_all(side, self.records(side, claim, field)),
            },
            "as" | "to" | "about" | "at" | "via" => {
                self.called_all(side, self.records(side, claim, field))
            }
            "stance" => set(facts
                .list(one.stance)
                .iter()
                .filter_map(|stance| {
                    let toward = self.called(side, stance.toward?.into());
                    Some(format!("{} {toward}", stance.value.word()))
                })
                .collect()),
            "act" => facts.act_word(claim).map(|act| vec![act.to_owned()]),
            "mode" => one.mode.map(|mode| vec![mode.word().to_owned()]),
            "said" => date(one.said),
            "due" => date(one.due),
            _ => None,
        }
    }

    /// The records that a field of a claim refers to.
    fn records(&self, side: usize, claim: ClaimId, field: &str) -> Vec<RecordRef> {
        let facts = self.both[side].facts();
        let one = &facts[claim];
        match field {
            "speaker" => actors(facts.list(one.speaker)),
            "as" => one.capacity.into_iter().map(RecordRef::from).collect(),
            "to" => actors(facts.list(one.to)),
            "about" => {
                let about = facts.list(one.about).iter();
                about.map(|node: &NodeRef| (*node).into()).collect()
            }
            "at" => one.at.into_iter().map(RecordRef::from).collect(),
            "via" => {
                let via = facts.list(facts.links(one).via).iter();
                via.map(|via| match *via {
                    Via::Actor(actor) => actor.into(),
                    Via::Claim(other) => other.into(),
                })
                .collect()
            }
            _ => Vec::new(),
        }
    }

    /// What a claim has in a field, for display; `None` if it does not say.
    pub(super) fn value(&self, side: usize, claim: ClaimId, field: &str) -> Option<FieldValue> {
        let dossier = self.both[side];
        let facts = dossier.facts();
        let one = &facts[claim];
        if field == SPANS {
            return Some(FieldValue::Passages(self.passages(side, claim)));
        }
        self.key(side, claim, field)?;
        let date = |date: Option<DateId>| {
            date.map(|date| FieldValue::Date(Box::new(facts.date(date).clone())))
        };
        match field {
            "act" => facts
                .act_word(claim)
                .map(|act| FieldValue::Word(act.to_owned())),
            "mode" => one
                .mode
                .map(|mode| FieldValue::Word(mode.word().to_owned())),
            "said" => date(one.said),
            "due" => date(one.due),
            "stance" => {
                let stances = facts.list(one.stance).iter().filter_map(|stance| {
                    Some(StanceRow {
                        toward: Ref::new(facts, stance.toward?),
                        value: stance.value,
                    })
                });
                Some(FieldValue::Stances(stances.collect()))
            }
            _ => {
                let records = self.records(side, claim, field).into_iter();
                let mut refs: Vec<Ref> = records.map(|one| Ref::new(facts, one)).collect();
                Some(match (field, refs.pop()) {
                    ("as" | "at", Some(only)) => FieldValue::Record(only),
                    (_, last) => {
                        refs.extend(last);
                        FieldValue::Records(refs)
                    }
                })
            }
        }
    }

    /// The passages of a claim in texts of both dossiers.
    fn passages(&self, side: usize, claim: ClaimId) -> Vec<PassageMarked> {
        let facts = self.both[side].facts();
        let evidence = facts.list(facts[claim].evidence).iter();
        let shared = evidence.filter_map(|evidence| {
            let document = evidence.document?;
            self.texts.of(side, document)?;
            let quote = evidence.quote.or(facts[claim].quote);
            let found = facts.list(evidence.found);
            let given = facts.list(evidence.spans);
            Some(PassageMarked {
                document: Ref::new(facts, document),
                quote: quote.map(|quote| facts.str(quote).to_owned()),
                spans: if found.is_empty() { given } else { found }.to_vec(),
            })
        });
        shared.collect()
    }
}

fn actors(actors: &[annals_model::ActorId]) -> Vec<RecordRef> {
    actors.iter().map(|actor| (*actor).into()).collect()
}

/// Values in any order, each once; `None` if there are none.
fn set(mut values: Vec<String>) -> Option<Vec<String>> {
    values.sort();
    values.dedup();
    (!values.is_empty()).then_some(values)
}
