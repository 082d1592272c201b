//! References that lead out of what is read. Of a shard, most lead to records of another one: each
//! gets a record without fields in its place, so that the reference is kept as it is written.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use indexmap::IndexMap;

use crate::decode::unresolved::Unresolved;
use annals_model::{
    Actor, Claim, Common, Document, Event, Facts, FileId, Name, Order, Origin, Place, RecordKind,
    RecordRef, Relation, Topic, Vocabulary as _,
};

/// Puts a record of `file`, which is none, in the place of each that is referred to and not among the
/// facts; what could not be read is among them. It is of a kind that may stand wherever it is referred
/// to, if there is one. False where they do not fit.
pub(crate) fn stand_in(
    facts: &mut Facts,
    pending: &Unresolved,
    unread: &HashMap<String, usize>,
    file: FileId,
) -> bool {
    let mut missing: IndexMap<Name, u8, FixedState> = IndexMap::default();
    for waiting in pending.records() {
        for one in waiting.references {
            if facts.holder(one.name).is_some() || unread.contains_key(facts.name(one.name)) {
                continue;
            }
            let kinds = missing.entry(one.name).or_insert(u8::MAX);
            let common = *kinds & one.slot.targets();
            // Where no kind fits all, what is said first counts.
            *kinds = if common == 0 { *kinds } else { common };
        }
    }
    missing.into_iter().all(|(name, kinds)| {
        let mut all = RecordKind::ALL.iter();
        let kind = all.find(|kind| kinds & 1 << **kind as u8 != 0);
        let common = Common {
            id: name,
            named: true,
            origin: Origin::new(file, 0),
            more: None,
        };
        let record = kind.and_then(|kind| put(facts, *kind, common));
        if facts.holders.len() <= name.index() {
            facts.holders.resize(name.index() + 1, None);
        }
        facts.holders[name.index()] = record;
        record.is_some()
    })
}

fn put(facts: &mut Facts, kind: RecordKind, common: Common) -> Option<RecordRef> {
    Some(match kind {
        RecordKind::Document => facts.documents.push(Document::new(common))?.into(),
        RecordKind::Actor => facts.actors.push(Actor::new(common))?.into(),
        RecordKind::Place => facts.places.push(Place::new(common))?.into(),
        RecordKind::Topic => facts.topics.push(Topic::new(common))?.into(),
        RecordKind::Event => facts.events.push(Event::new(common))?.into(),
        RecordKind::Claim => facts.claims.push(Claim::new(common))?.into(),
        RecordKind::Relation => facts.relations.push(Relation::new(common))?.into(),
        RecordKind::Order => facts.orders.push(Order::new(common))?.into(),
    })
}
