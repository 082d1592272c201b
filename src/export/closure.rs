//! The records of an export of facts: those selected, all that they refer to, and the orders
//! between these.

use std::collections::BTreeSet;

use annals_graph::View;
use annals_model::{ArenaRange, Facts, Listed, RecordRef, Via};
use annals_query::Dossier;

/// The selected records with everything that they refer to, directly or through others, so that no
/// reference leads nowhere; and the orders in force between two of them, which date them.
pub(super) fn records(dossier: &Dossier<'_>, view: &View<'_>) -> BTreeSet<RecordRef> {
    let facts = dossier.facts();
    let mut found = BTreeSet::new();
    add(facts, view.records().iter(facts), &mut found);
    let between = |id: &annals_model::OrderId| {
        let order = &facts[*id];
        let is_there = |end: Option<RecordRef>| end.is_some_and(|end| found.contains(&end));
        is_there(order.first) && is_there(order.second) && dossier.validity.holds(facts, *id)
    };
    let orders: Vec<RecordRef> = (facts.orders.handles().filter(between))
        .map(RecordRef::Order)
        .collect();
    add(facts, orders, &mut found);
    found
}

fn add(
    facts: &Facts,
    records: impl IntoIterator<Item = RecordRef>,
    found: &mut BTreeSet<RecordRef>,
) {
    let mut open: Vec<RecordRef> = records.into_iter().collect();
    while let Some(record) = open.pop() {
        if found.insert(record) {
            references(facts, record, &mut |other| open.push(other));
        }
    }
}

/// Calls `each` for every record that a record names.
fn references(facts: &Facts, record: RecordRef, each: &mut impl FnMut(RecordRef)) {
    fn list<T: Listed + Copy + Into<RecordRef>>(
        facts: &Facts,
        list: ArenaRange<T>,
        each: &mut impl FnMut(RecordRef),
    ) {
        for &one in facts.list(list) {
            each(one.into());
        }
    }
    match record {
        RecordRef::Document(id) => {
            list(facts, facts[id].based_on, each);
            list(facts, facts[id].corrects, each);
        }
        RecordRef::Actor(_) => {}
        RecordRef::Place(id) => facts[id]
            .within
            .into_iter()
            .for_each(|one| each(one.into())),
        RecordRef::Topic(id) => list(facts, facts[id].about, each),
        RecordRef::Event(id) => {
            let event = &facts[id];
            let actors = facts.list(event.participants).iter();
            actors
                .filter_map(|one| one.actor)
                .for_each(|one| each(one.into()));
            event.place.into_iter().for_each(|one| each(one.into()));
            event.part_of.into_iter().for_each(|one| each(one.into()));
            list(facts, event.causes, each);
            list(facts, event.fulfils, each);
            list(facts, event.breaks, each);
        }
        RecordRef::Claim(id) => {
            let claim = &facts[id];
            claim.capacity.into_iter().for_each(|one| each(one.into()));
            claim.at.into_iter().for_each(|one| each(one.into()));
            list(facts, claim.speaker, each);
            list(facts, claim.to, each);
            list(facts, claim.about, each);
            let toward = facts.list(claim.stance).iter().filter_map(|one| one.toward);
            toward.for_each(|one| each(one.into()));
            for via in facts.list(facts.links(claim).via) {
                match *via {
                    Via::Actor(actor) => each(actor.into()),
                    Via::Claim(other) => each(other.into()),
                }
            }
            let links = facts.links(claim);
            for others in [
                links.responds_to,
                links.supports,
                links.contradicts,
                links.repeats,
                links.fulfils,
                links.breaks,
            ] {
                list(facts, others, each);
            }
        }
        RecordRef::Relation(id) => {
            let ends = [facts[id].from, facts[id].to];
            ends.into_iter().flatten().for_each(|one| each(one.into()));
            list(facts, facts[id].by, each);
        }
        RecordRef::Order(id) => {
            let ends = [facts[id].first, facts[id].second];
            ends.into_iter().flatten().for_each(&mut *each);
        }
    }
    let documents = facts.evidence(record).iter().filter_map(|one| one.document);
    documents.for_each(|one| each(one.into()));
}
