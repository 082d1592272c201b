//! Events and their order, as records.

use std::collections::{BTreeMap, BTreeSet};

use annals_evidence::{Span, Text, quotable};
use serde_json::json;

use super::{Index, KnownKind, Proposals, Record, by, fresh, record, slug};
use crate::events::{Event, Order};
use crate::result::{Confidence, Draft};

/// The events and orders that are proposed.
#[derive(Debug)]
pub(super) struct Kept<'d> {
    draft: &'d Draft,
    /// The id of each event by its number, and whether it is new.
    ids: BTreeMap<usize, (String, bool)>,
    pub(super) orders: Vec<&'d Order>,
    /// How many were left out, since they are known.
    pub(super) left_out: usize,
}

impl<'d> Kept<'d> {
    pub(super) fn new(
        draft: &'d Draft,
        text: &Text,
        index: &Index<'_>,
        mut taken: BTreeSet<String>,
    ) -> Self {
        let known = |kind: KnownKind, span: Span| {
            let mut known = index
                .overlapping(std::slice::from_ref(&span))
                .collect::<Vec<_>>();
            known.retain(|known| known.kind == kind);
            known.first().map(|known| known.id.clone())
        };
        let mut left_out = 0;
        let mut orders = Vec::new();
        for order in &draft.orders {
            if known(KnownKind::Order, text.span_of_bytes(order.span.clone())).is_some() {
                left_out += 1;
            } else {
                orders.push(order);
            }
        }
        let tied: BTreeSet<usize> = orders
            .iter()
            .flat_map(|order| [order.first, order.second])
            .collect();
        let mut ids = BTreeMap::new();
        for (number, event) in draft.events.iter().enumerate() {
            match known(KnownKind::Event, text.span_of_bytes(event.span.clone())) {
                Some(id) => {
                    left_out += 1;
                    ids.insert(number, (id, false));
                }
                // Of an event without a date, only that it is tied to another is worth a record.
                None if event.date.is_some() || tied.contains(&number) => {
                    ids.insert(number, (fresh(&slug(&event.label), &mut taken), true));
                }
                None => {}
            }
        }
        // One that was rejected has no id that facts know.
        orders.retain(|order| {
            [order.first, order.second]
                .iter()
                .all(|number| ids.get(number).is_some_and(|(id, _)| !id.is_empty()))
        });
        Self {
            draft,
            ids,
            orders,
            left_out,
        }
    }

    /// The events that are new, with their ids.
    pub(super) fn new_ones(&self) -> impl Iterator<Item = (&'d Event, &String)> {
        let draft = self.draft;
        let new = self.ids.iter().filter(|(_, (_, new))| *new);
        new.map(move |(&number, (id, _))| (&draft.events[number], id))
    }
}

pub(super) fn event_record(all: &Proposals<'_>, event: &Event, id: &str) -> Record {
    let mut record = record("event", id);
    record.insert("label".into(), event.label.clone().into());
    let date = event.date.map(|at| &all.draft.dates[at]);
    if let Some(date) = date {
        record.insert("when".into(), date.value.clone().into());
        if let Some(weekday) = &date.weekday {
            let weekday = &all.text.as_str()[weekday.clone()];
            record.insert("weekday".into(), weekday.into());
        }
        if let Some(note) = date.note {
            record.insert("note".into(), note.into());
        }
    }
    if event.ahead {
        record.insert("status".into(), "scheduled".into());
    }
    record.insert("evidence".into(), evidence(all, &event.span));
    let (confidence, reason) = match (event.within_claim, date, event.named) {
        (true, ..) => (Confidence::Low, "part of what somebody says"),
        (_, Some(date), _) if date.note.is_some() => (Confidence::Low, "the date is not sure"),
        (_, None, _) => (Confidence::Middle, "tied to another event"),
        (_, _, true) => (Confidence::High, "a noun with its date"),
        _ => (Confidence::Middle, "from the clause around the date"),
    };
    by(&mut record, confidence, reason);
    record
}

pub(super) fn order_record(all: &Proposals<'_>, order: &Order) -> Record {
    let mut record = record("order", "");
    record.remove("id");
    let id = |number: usize| all.events.ids.get(&number).map_or("", |(id, _)| id);
    record.insert("first".into(), id(order.first).into());
    let relation = if order.after { "after" } else { "before" };
    record.insert("relation".into(), relation.into());
    record.insert("second".into(), id(order.second).into());
    record.insert("by".into(), order.by.clone().into());
    record.insert("evidence".into(), evidence(all, &order.span));
    by(
        &mut record,
        Confidence::Middle,
        "from the words between the two",
    );
    record
}

fn evidence(all: &Proposals<'_>, bytes: &std::ops::Range<usize>) -> serde_json::Value {
    let bytes = quotable(all.text.as_str(), bytes.clone()).unwrap_or_else(|| bytes.clone());
    let span = all.text.span_of_bytes(bytes.clone());
    let quote = &all.text.as_str()[bytes];
    json!([{"document": all.source.id, "quote": quote, "spans": [[span.start, span.end]]}])
}
