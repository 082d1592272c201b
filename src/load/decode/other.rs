//! Decodes documents, actors, places, topics, relations and orders from the tape.

use super::Decoder;
use super::tape::View;
use crate::faults;
use crate::faults::at::At;
use crate::faults::slot::Slot;
use annals_model::{
    Actor, Apart, Cell, Document, End, Fields as _, Order, Place, RecordKind, RecordRef, Relation,
    Relations, Topic,
};
use annals_time::{AllenSet, Distance, RelationName};

impl Decoder<'_> {
    pub(super) fn document(&mut self, view: View<'_, '_>, at: &At<'_>) -> Option<RecordRef> {
        let kind = RecordKind::Document;
        let mut document = Document::new(self.head(kind, view, at)?);
        let more = self.record_fields(kind, view, at, |me, nth, value, at| {
            me.read(document.cell(nth), (kind, nth), value, at);
        });
        self.need_required(kind, view, at);
        self.keep_more(&mut document.common, more);
        self.block
            .facts
            .documents
            .push(document)
            .map(RecordRef::Document)
    }

    pub(super) fn actor(&mut self, view: View<'_, '_>, at: &At<'_>) -> Option<RecordRef> {
        let kind = RecordKind::Actor;
        let mut actor = Actor::new(self.head(kind, view, at)?);
        let more = self.record_fields(kind, view, at, |me, nth, value, at| {
            me.read(actor.cell(nth), (kind, nth), value, at);
        });
        self.need_required(kind, view, at);
        self.keep_more(&mut actor.common, more);
        self.block.facts.actors.push(actor).map(RecordRef::Actor)
    }

    pub(super) fn place(&mut self, view: View<'_, '_>, at: &At<'_>) -> Option<RecordRef> {
        let kind = RecordKind::Place;
        let mut place = Place::new(self.head(kind, view, at)?);
        let more = self.record_fields(kind, view, at, |me, nth, value, at| {
            me.read(place.cell(nth), (kind, nth), value, at);
        });
        self.need_required(kind, view, at);
        self.keep_more(&mut place.common, more);
        self.block.facts.places.push(place).map(RecordRef::Place)
    }

    pub(super) fn topic(&mut self, view: View<'_, '_>, at: &At<'_>) -> Option<RecordRef> {
        let kind = RecordKind::Topic;
        let mut topic = Topic::new(self.head(kind, view, at)?);
        let more = self.record_fields(kind, view, at, |me, nth, value, at| {
            me.read(topic.cell(nth), (kind, nth), value, at);
        });
        self.need_required(kind, view, at);
        self.keep_more(&mut topic.common, more);
        self.block.facts.topics.push(topic).map(RecordRef::Topic)
    }

    pub(super) fn relation(&mut self, view: View<'_, '_>, at: &At<'_>) -> Option<RecordRef> {
        let kind = RecordKind::Relation;
        let mut relation = Relation::new(self.head(kind, view, at)?);
        let more = self.record_fields(kind, view, at, |me, nth, value, at| {
            me.read(relation.cell(nth), (kind, nth), value, at);
        });
        self.need_required(kind, view, at);
        self.keep_more(&mut relation.common, more);
        self.block
            .facts
            .relations
            .push(relation)
            .map(RecordRef::Relation)
    }

    pub(super) fn order(&mut self, view: View<'_, '_>, at: &At<'_>) -> Option<RecordRef> {
        let kind = RecordKind::Order;
        let mut order = Order::new(self.head(kind, view, at)?);
        if view.is_list() {
            self.short_order(&mut order, view, at);
            return self.block.facts.orders.push(order).map(RecordRef::Order);
        }
        let (mut by, mut from, mut to) = (None, None, None);
        let more = self.record_fields(kind, view, at, |me, nth, value, at| {
            match (order.cell(nth), kind.own_fields()[nth].name) {
                // A distance and its ends are one value, whatever the order of the fields.
                (Cell::Elsewhere, "by") => by = me.distance(value, at),
                (Cell::Elsewhere, "from") => from = me.word::<End>(value, at),
                (Cell::Elsewhere, _) => to = me.word::<End>(value, at),
                (cell, _) => me.read(cell, (kind, nth), value, at),
            }
        });
        self.need_required(kind, view, at);
        let is_there = |field| view.get(field).is_some_and(|value| !value.is_null());
        if is_there("from") || is_there("to") {
            // Ends between which no distance lies would be lost in silence.
            self.need(is_there("by"), at, "by");
        }
        let (from, to) = (from.unwrap_or(End::Start), to.unwrap_or(End::Start));
        order.apart = by.map(|by| Box::new(Apart { by, from, to }));
        self.keep_more(&mut order.common, more);
        self.block.facts.orders.push(order).map(RecordRef::Order)
    }

    /// `[visit, after, invasion]`.
    fn short_order(&mut self, order: &mut Order, view: View<'_, '_>, at: &At<'_>) {
        let mut items = view.items();
        let (Some(first), Some(relation), Some(second), None) =
            (items.next(), items.next(), items.next(), items.next())
        else {
            self.wrong::<()>(view, at, "an order, [first, relation, second]");
            return;
        };
        let fields = RecordKind::Order.own_fields();
        let slot = |name: &str| {
            let nth = fields.iter().position(|field| field.name == name);
            Slot::of(RecordKind::Order, nth.unwrap_or_default()).bare()
        };
        self.reference(first, &at.index(0), slot("first"), 0);
        order.relation = self.allen(relation, &at.index(1));
        self.reference(second, &at.index(2), slot("second"), 2);
    }

    /// One of Allen's relations, a union's name, or a list meaning *one of these*.
    pub(super) fn allen(&mut self, view: View<'_, '_>, at: &At<'_>) -> Option<Relations> {
        if let Some(word) = view.text()
            && let Some(name) = RelationName::from_name(word)
        {
            return Some(Relations {
                set: name.set(),
                words: self.word_met(word)?,
            });
        }
        let mut set = AllenSet::EMPTY;
        let mut words = String::new();
        let mut faulty = false;
        for (nth, item) in view.items_or_one().enumerate() {
            let at = at.index(nth);
            let Some(word) = item.text() else {
                self.wrong::<()>(item, &at, "a relation in time");
                faulty = true;
                continue;
            };
            if let Some(name) = RelationName::from_name(word) {
                set = set.union(name.set());
                if !words.is_empty() {
                    words.push_str(", ");
                }
                words.push_str(word);
            } else {
                let all = RelationName::ALL.iter().map(|name| name.as_str());
                self.report(faults::unknown_word::found(
                    &at,
                    word,
                    "a relation in time",
                    all,
                ));
                faulty = true;
            }
        }
        // A list with a faulty word might have meant more: nothing is concluded from the rest.
        if faulty || set.is_empty() {
            return None;
        }
        Some(Relations {
            set,
            words: self.word_met(&words)?,
        })
    }

    fn distance(&mut self, view: View<'_, '_>, at: &At<'_>) -> Option<Distance> {
        let Some(text) = view.text() else {
            return self.wrong(view, at, "a duration (a string such as \"P14M\")");
        };
        match Distance::parse(text) {
            Ok(distance) => Some(distance),
            Err(error) => {
                self.report(faults::bad_duration::found(at, text, &error));
                None
            }
        }
    }
}
