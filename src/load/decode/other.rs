//! Documents, actors, places, topics, relations and orders off the tape.

use super::Decoder;
use super::tape::View;
use crate::faults;
use crate::faults::at::At;
use crate::faults::slot::Slot;
use annals_model::{
    Actor, Apart, ArenaRange, Document, End, Order, Place, RecordKind, RecordRef, Relation,
    Relations, Topic,
};
use annals_time::{AllenSet, Distance, RelationName};

impl Decoder<'_> {
    pub(super) fn document(&mut self, view: View<'_, '_>, at: &At<'_>) -> Option<RecordRef> {
        let mut document = Document {
            common: self.head(RecordKind::Document, view, at)?,
            title: None,
            kind: None,
            author: ArenaRange::EMPTY,
            publisher: None,
            published: None,
            language: None,
            url: None,
            based_on: ArenaRange::EMPTY,
            corrects: ArenaRange::EMPTY,
            text: None,
            sha256: None,
        };
        let more =
            self.record_fields(
                RecordKind::Document,
                view,
                at,
                |me, name, value, at| match name {
                    "title" => document.title = me.text(value, at),
                    "kind" => document.kind = me.open_word(value, at),
                    "author" => document.author = me.texts(value, at),
                    "publisher" => document.publisher = me.text(value, at),
                    "published" => document.published = me.date(value, at),
                    "language" => document.language = me.text(value, at),
                    "url" => document.url = me.text(value, at),
                    "based_on" => me.references(value, at, Slot::DocumentBasedOn),
                    "corrects" => me.references(value, at, Slot::DocumentCorrects),
                    "text" => document.text = me.text(value, at),
                    _ => document.sha256 = me.sha256(value, at),
                },
            );
        let title = view.get("title").is_some_and(|title| !title.is_null());
        self.need(title, at, "title");
        self.keep_more(&mut document.common, more);
        self.block
            .facts
            .documents
            .push(document)
            .map(RecordRef::Document)
    }

    fn sha256(&mut self, view: View<'_, '_>, at: &At<'_>) -> Option<annals_model::Str> {
        let Some(text) = view.text() else {
            return self.wrong(view, at, "a SHA-256 checksum");
        };
        if text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return self.keep(text);
        }
        self.report(faults::out_of_range::sha256(at, text));
        None
    }

    pub(super) fn actor(&mut self, view: View<'_, '_>, at: &At<'_>) -> Option<RecordRef> {
        let mut actor = Actor {
            common: self.head(RecordKind::Actor, view, at)?,
            name: None,
            kind: None,
            own_kind: None,
            aliases: ArenaRange::EMPTY,
            unnamed: false,
            lifespan: None,
            same_as: ArenaRange::EMPTY,
        };
        let more = self.record_fields(
            RecordKind::Actor,
            view,
            at,
            |me, name, value, at| match name {
                "name" => actor.name = me.text(value, at),
                "kind" => {
                    (actor.kind, actor.own_kind) =
                        me.word_or_own(|own| &own.actor_kinds, value, at);
                }
                "aliases" => actor.aliases = me.texts(value, at),
                "unnamed" => actor.unnamed = me.bool(value, at).unwrap_or(false),
                "lifespan" => actor.lifespan = me.date(value, at),
                _ => actor.same_as = me.texts(value, at),
            },
        );
        for field in ["name", "kind"] {
            let present = view.get(field).is_some_and(|value| !value.is_null());
            self.need(present, at, field);
        }
        self.keep_more(&mut actor.common, more);
        self.block.facts.actors.push(actor).map(RecordRef::Actor)
    }

    pub(super) fn place(&mut self, view: View<'_, '_>, at: &At<'_>) -> Option<RecordRef> {
        let common = self.head(RecordKind::Place, view, at)?;
        let mut place = Place {
            common,
            name: None,
            within: None,
            lat: None,
            lon: None,
        };
        let more = self.record_fields(
            RecordKind::Place,
            view,
            at,
            |me, name, value, at| match name {
                "name" => place.name = me.text(value, at),
                "within" => me.reference(value, at, Slot::PlaceWithin, 0),
                "lat" => place.lat = me.number(value, at, -90.0..=90.0),
                _ => place.lon = me.number(value, at, -180.0..=180.0),
            },
        );
        let name = view.get("name").is_some_and(|name| !name.is_null());
        self.need(name, at, "name");
        self.keep_more(&mut place.common, more);
        self.block.facts.places.push(place).map(RecordRef::Place)
    }

    pub(super) fn topic(&mut self, view: View<'_, '_>, at: &At<'_>) -> Option<RecordRef> {
        let common = self.head(RecordKind::Topic, view, at)?;
        let mut topic = Topic {
            common,
            label: None,
            about: ArenaRange::EMPTY,
        };
        let more = self.record_fields(
            RecordKind::Topic,
            view,
            at,
            |me, name, value, at| match name {
                "label" => topic.label = me.text(value, at),
                _ => me.references(value, at, Slot::TopicAbout),
            },
        );
        let label = view.get("label").is_some_and(|label| !label.is_null());
        self.need(label, at, "label");
        self.keep_more(&mut topic.common, more);
        self.block.facts.topics.push(topic).map(RecordRef::Topic)
    }

    pub(super) fn relation(&mut self, view: View<'_, '_>, at: &At<'_>) -> Option<RecordRef> {
        let mut relation = Relation {
            common: self.head(RecordKind::Relation, view, at)?,
            from: None,
            kind: None,
            to: None,
            role: None,
            when: None,
            evidence: ArenaRange::EMPTY,
        };
        let more =
            self.record_fields(
                RecordKind::Relation,
                view,
                at,
                |me, name, value, at| match name {
                    "from" => me.reference(value, at, Slot::RelationFrom, 0),
                    "kind" => relation.kind = me.open_word(value, at),
                    "to" => me.reference(value, at, Slot::RelationTo, 0),
                    "role" => relation.role = me.text(value, at),
                    "when" => relation.when = me.date(value, at),
                    _ => relation.evidence = me.evidence(value, at),
                },
            );
        for field in ["from", "kind", "to"] {
            let present = view.get(field).is_some_and(|value| !value.is_null());
            self.need(present, at, field);
        }
        self.keep_more(&mut relation.common, more);
        self.block
            .facts
            .relations
            .push(relation)
            .map(RecordRef::Relation)
    }

    pub(super) fn order(&mut self, view: View<'_, '_>, at: &At<'_>) -> Option<RecordRef> {
        let common = self.head(RecordKind::Order, view, at)?;
        let mut order = Order {
            common,
            first: None,
            relation: None,
            second: None,
            apart: None,
            evidence: ArenaRange::EMPTY,
        };
        if view.is_list() {
            self.short_order(&mut order, view, at);
            return self.block.facts.orders.push(order).map(RecordRef::Order);
        }
        let (mut by, mut from, mut to) = (None, None, None);
        let more = self.record_fields(
            RecordKind::Order,
            view,
            at,
            |me, name, value, at| match name {
                "first" => me.reference(value, at, Slot::OrderFirst, 0),
                "relation" => order.relation = me.allen(value, at),
                "second" => me.reference(value, at, Slot::OrderSecond, 0),
                "by" => by = me.distance(value, at),
                "from" => from = me.word::<End>(value, at),
                "to" => to = me.word::<End>(value, at),
                _ => order.evidence = me.evidence(value, at),
            },
        );
        for field in ["first", "relation", "second"] {
            let present = view.get(field).is_some_and(|value| !value.is_null());
            self.need(present, at, field);
        }
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
        self.reference(first, &at.index(0), Slot::OrderShortFirst, 0);
        order.relation = self.allen(relation, &at.index(1));
        self.reference(second, &at.index(2), Slot::OrderShortSecond, 2);
    }

    /// One of Allen's relations, a union's name, or a list meaning *one of these*.
    fn allen(&mut self, view: View<'_, '_>, at: &At<'_>) -> Option<Relations> {
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
