//! What ties things together, and what is said of them: relations, attributes, notes.

use super::lines::Tie;
use super::making::{Making, NOT_THERE, Thing, add_notes};
use super::role::{Link, end_of_life, is_same, link, tie};
use crate::{Evidence, Record};
use annals_model::{Act, Mode, RecordKind, StanceValue, Status, Vocabulary};
use annals_source::{At, SourceError};

impl<'m> Making<'m, '_> {
    pub(super) fn relations(&mut self) -> Result<(), SourceError> {
        for relation in &self.all.relations {
            self.out.came("annotation");
            let at = self.line(relation.line);
            let mut roles = relation.roles.iter().map(|(_, of)| of.as_str());
            let (Some(first), Some(second)) = (roles.next(), roles.next()) else {
                self.out.left_out(&at, &relation.kind, NOT_THERE)?;
                continue;
            };
            let [one, other] = [first, second].map(|of| self.things.get(of).cloned());
            match (one, other) {
                (Some(one), Some(other)) => {
                    self.relation(relation, (first, &one), (second, &other), &at)?;
                }
                // Whoever is missing may be who has spoken.
                (Some(Thing::Made(nth)), None) => {
                    self.role(nth, &relation.kind, second, relation.line, false)?;
                }
                (None, Some(Thing::Made(nth))) => {
                    self.role(nth, &relation.kind, first, relation.line, true)?;
                }
                _ => self.out.left_out(&at, &relation.kind, NOT_THERE)?,
            }
        }
        self.same()
    }

    fn relation(
        &mut self,
        relation: &'m Tie,
        (first, one): (&str, &Thing),
        (second, other): (&str, &Thing),
        at: &At,
    ) -> Result<(), SourceError> {
        let kind = relation.kind.as_str();
        match (one, other) {
            (Thing::Actor(_), Thing::Actor(_)) if is_same(kind) => {}
            (Thing::Actor(from), Thing::Actor(to)) if from != to => {
                self.tie(relation, from, to);
            }
            (Thing::Made(one), Thing::Made(other)) if one != other => {
                self.between(*one, *other, relation, at)?;
            }
            (Thing::Actor(_), Thing::Actor(_)) | (Thing::Made(_), Thing::Made(_)) => {
                let why = "a relation of a thing with itself";
                self.out.left_out(at, kind, why)?;
            }
            (Thing::Made(nth), _) => self.role(*nth, kind, second, relation.line, false)?,
            (_, Thing::Made(nth)) => self.role(*nth, kind, first, relation.line, true)?,
            (Thing::Time(_), Thing::Time(_)) => {
                self.out
                    .left_out(at, kind, "a relation between two dates")?;
            }
            (Thing::Time(words), Thing::Actor(id)) | (Thing::Actor(id), Thing::Time(words)) => {
                self.life(id, kind, words, at)?;
            }
            (Thing::Time(_), thing) => self.keep_on(thing, kind, one),
            (Thing::Place(inner), Thing::Place(outer)) if inner != outer && is_within(kind) => {
                let record = self.actors.record(RecordKind::Place, inner);
                match record.filter(|record| record.get("within").is_none()) {
                    Some(record) => {
                        record.set("within", outer.as_str());
                    }
                    None => self.keep_on(one, kind, other),
                }
            }
            (thing, other) => self.keep_on(thing, kind, other),
        }
        Ok(())
    }

    /// A relation between two actors: the same is made once.
    fn tie(&mut self, relation: &'m Tie, from: &str, to: &str) {
        let (kind, turned) = tie(&relation.kind);
        let (from, to) = if turned { (to, from) } else { (from, to) };
        let mut ends = [from, to];
        if matches!(kind.as_str(), "married_to" | "sibling_of" | "related_to") {
            ends.sort_unstable();
        }
        let [one, other] = ends;
        let mut tie = Record::unnamed(RecordKind::Relation);
        tie.set("from", one).set("to", other).set("kind", kind);
        tie.evidence(&Evidence {
            document: self.document.clone(),
            ..Evidence::default()
        });
        let nth = *self.said.entry(tie.said()).or_insert(self.made.len());
        if nth == self.made.len() {
            self.made.push(tie);
        }
        self.ties.insert(&relation.id, nth);
    }

    /// A relation between two claims or events.
    fn between(
        &mut self,
        one: usize,
        other: usize,
        relation: &'m Tie,
        at: &At,
    ) -> Result<(), SourceError> {
        use RecordKind::{Claim, Event};
        let kind = relation.kind.to_lowercase().replace(['-', '_'], "");
        let both = (self.made[one].kind(), self.made[other].kind());
        let (from, field, to) = match (both, kind.as_str(), link(&relation.kind)) {
            ((Claim, Claim), "supports" | "support", _) => (one, "supports", other),
            ((Claim, Claim), "attacks" | "attack" | "contradicts" | "rebuts" | "undercuts", _) => {
                (one, "contradicts", other)
            }
            ((Claim, Claim), "respondsto" | "answers", _) => (one, "responds_to", other),
            ((Claim, Claim), "repeats", _) => (one, "repeats", other),
            ((Claim, _), "about", _) => (one, "about", other),
            ((Event, Claim), "about", _) => (other, "about", one),
            ((Event, Event), _, Link::Causes) => (one, "causes", other),
            ((Event, Event), _, Link::CausedBy) => (other, "causes", one),
            ((Event, Event), _, Link::PartOf) => return self.part(one, other, relation, at),
            ((Event, Event), _, Link::HasPart) => return self.part(other, one, relation, at),
            (_, _, Link::Order(word)) => {
                self.order(one, other, word, relation);
                return Ok(());
            }
            _ => {
                self.keep(one, &relation.kind, &Thing::Made(other));
                return Ok(());
            }
        };
        let id = self.id(to);
        self.add(from, field, &id);
        Ok(())
    }

    /// An event that is part of another, of which there is one.
    fn part(
        &mut self,
        part: usize,
        whole: usize,
        relation: &Tie,
        at: &At,
    ) -> Result<(), SourceError> {
        let id = self.id(whole);
        match self.made[part].get("part_of") {
            None => {
                self.made[part].set("part_of", id);
            }
            Some(there) if there.as_str() == Some(&*id) => {}
            Some(_) => {
                let how = "a second event of which an event is a part, kept under x_";
                self.out.changed(at, &id, how)?;
                self.made[part].keep(&relation.kind, id);
            }
        }
        Ok(())
    }

    fn order(&mut self, one: usize, other: usize, word: &str, relation: &'m Tie) {
        let mut order = Record::unnamed(RecordKind::Order);
        order.set("first", self.id(one)).set("relation", word);
        order.set("second", self.id(other));
        order.evidence(&Evidence {
            document: self.document.clone(),
            ..Evidence::default()
        });
        self.ties.insert(&relation.id, self.made.len());
        self.made.push(order);
    }

    /// A date of an actor: a birth, an end, or something else that has no field.
    fn life(&mut self, id: &str, kind: &str, words: &str, at: &At) -> Result<(), SourceError> {
        let read = self.reading.read(words);
        let end = end_of_life(kind);
        let set = match (&read, end) {
            (Ok(date), Some(end)) => self.actors.life(id, end, date.edtf()),
            _ => false,
        };
        if set {
            return Ok(());
        }
        if end.is_some() {
            let how = "a date of a life that cannot be read or differs, kept under x_";
            self.out.changed(at, words, how)?;
        }
        let value = read.map_or_else(|_| words.trim().into(), |date| date.value());
        if let Some(actor) = self.actors.record(RecordKind::Actor, id) {
            actor.keep(kind, value);
        }
        Ok(())
    }

    /// Keeps what no field has with the thing that it is said of.
    fn keep_on(&mut self, thing: &Thing, kind: &str, other: &Thing) {
        let name = self.name(other);
        let record = match thing {
            Thing::Actor(id) => self.actors.record(RecordKind::Actor, id),
            Thing::Place(id) => self.actors.record(RecordKind::Place, id),
            Thing::Topic(id) => self.actors.record(RecordKind::Topic, id),
            Thing::Made(nth) => Some(&mut self.made[*nth]),
            Thing::Time(_) => None,
        };
        if let Some(record) = record {
            record.keep(kind, name);
        }
    }

    /// Passages that are of one thing, as `*` lines say: of actors, one is made.
    fn same(&mut self) -> Result<(), SourceError> {
        for group in &self.all.same {
            self.out.came("annotation");
            for other in group.iter().skip(1) {
                let first = group
                    .first()
                    .and_then(|first| self.things.get(first.as_str()));
                match (first.cloned(), self.things.get(other.as_str()).cloned()) {
                    (Some(Thing::Actor(one)), Some(Thing::Actor(other))) if one == other => {}
                    (Some(one), Some(other)) if self.name(&one) == self.name(&other) => {}
                    (Some(one), Some(other)) if !matches!(one, Thing::Time(_)) => {
                        self.keep_on(&one, "same", &other);
                    }
                    _ => self.out.left_out(self.at, other, NOT_THERE)?,
                }
            }
        }
        Ok(())
    }

    /// The record of an annotation.
    fn record(&mut self, of: &str) -> Option<&mut Record> {
        if let Some(nth) = self.ties.get(of) {
            return self.made.get_mut(*nth);
        }
        match self.things.get(of)? {
            Thing::Made(nth) => self.made.get_mut(*nth),
            Thing::Actor(id) => self.actors.record(RecordKind::Actor, id),
            Thing::Place(id) => self.actors.record(RecordKind::Place, id),
            Thing::Topic(id) => self.actors.record(RecordKind::Topic, id),
            Thing::Time(_) => None,
        }
    }

    pub(super) fn attributes(&mut self) -> Result<(), SourceError> {
        for (of, name, value) in &self.all.attributes {
            self.out.came("annotation");
            let Some(record) = self.record(of) else {
                let why = "an attribute of something that has no record here";
                self.out.left_out(self.at, name, why)?;
                continue;
            };
            let is_event = record.kind() == RecordKind::Event;
            let is_claim = record.kind() == RecordKind::Claim;
            let word = value.to_lowercase();
            match (is_claim, name.to_lowercase().as_str()) {
                (true, "act") if Act::parse(&word).is_some() => record.set("act", word),
                (true, "mode") if Mode::parse(&word).is_some() => record.set("mode", word),
                (_, "status") if is_event && Status::parse(&word).is_some() => {
                    record.set("status", word)
                }
                (true, "stance") if record.get("about").is_some() => {
                    let known = match word.as_str() {
                        "for" | "pro" | "support" => Some("supports"),
                        "against" | "con" | "oppose" => Some("opposes"),
                        word => StanceValue::parse(word).map(Vocabulary::word),
                    };
                    match known {
                        Some(known) => record.set("stance", known),
                        None => record.extra(name, value.as_str()),
                    }
                }
                (_, _) if value.is_empty() => record.extra(name, true),
                _ => record.extra(name, value.as_str()),
            };
        }
        Ok(())
    }

    /// Notes, and what `N` lines say of what is no actor: an actor has had its own.
    pub(super) fn notes_and_references(&mut self) -> Result<(), SourceError> {
        for (of, notes) in std::mem::take(&mut self.notes) {
            if matches!(self.things.get(of), Some(Thing::Actor(_))) {
                continue;
            }
            match self.record(of) {
                Some(record) => add_notes(record, &notes),
                None => {
                    let why = "a note on something that has no record here";
                    for note in notes {
                        self.out.left_out(self.at, note, why)?;
                    }
                }
            }
        }
        for (of, references) in std::mem::take(&mut self.references) {
            if matches!(self.things.get(of), Some(Thing::Actor(_))) {
                continue;
            }
            match self.record(of) {
                Some(record) => {
                    for reference in references {
                        record.keep("same_as", super::actors::curie(reference));
                    }
                }
                None => {
                    let why = "a reference of something that has no record here";
                    for reference in references {
                        self.out.left_out(self.at, reference, why)?;
                    }
                }
            }
        }
        Ok(())
    }
}

/// Whether a relation says that a place lies in another.
fn is_within(kind: &str) -> bool {
    matches!(
        super::meaning::plain(kind).as_str(),
        "partof" | "locatedin" | "within" | "inside" | "in" | "isin"
    )
}
