//! What ties things together, and what is said of them: relations, attributes, notes.

use serde_json::Value;

use super::actors::{Actors, is_same};
use super::lines::Tie;
use super::making::{Making, NOT_THERE, Thing};
use super::meaning::{Role, role};
use crate::{Evidence, Record};
use annals_model::{Act, Mode, RecordKind, StanceValue, Status, Vocabulary};
use annals_source::SourceError;

impl Making<'_, '_> {
    pub(super) fn relations(&mut self) -> Result<(), SourceError> {
        for relation in &self.all.relations {
            self.out.came("annotation");
            if is_same(&relation.kind) {
                continue;
            }
            let at = self.line(relation.line);
            let end = |nth: usize| {
                let (_, of) = relation.roles.get(nth)?;
                Some((of.as_str(), self.things.get(of.as_str()).cloned()?))
            };
            let (Some((_, one)), Some((of, other))) = (end(0), end(1)) else {
                self.out.left_out(&at, &relation.kind, NOT_THERE)?;
                continue;
            };
            let done = match (&one, &other) {
                (Thing::Actor(from), Thing::Actor(to)) if from != to => {
                    let mut tie = Record::unnamed(RecordKind::Relation);
                    tie.set("from", from.as_str()).set("to", to.as_str());
                    tie.set("kind", relation.kind.to_lowercase().replace('-', "_"));
                    tie.evidence(&Evidence {
                        document: self.document.clone(),
                        ..Evidence::default()
                    });
                    self.made.push(tie);
                    true
                }
                (Thing::Made(one), Thing::Made(other)) if one != other => {
                    self.between(*one, *other, relation)
                }
                (Thing::Made(nth), _) if role(&relation.kind) != Role::Other => {
                    self.role(*nth, &relation.kind, of, relation.line)?;
                    true
                }
                (_, Thing::Made(nth)) if role(&relation.kind) != Role::Other => {
                    let first = relation.roles[0].1.as_str();
                    self.role(*nth, &relation.kind, first, relation.line)?;
                    true
                }
                _ => false,
            };
            if !done {
                let why = "a relation that no record can represent";
                self.out.left_out(&at, &relation.kind, why)?;
            }
        }
        Ok(())
    }

    /// A relation between two claims or events; whether it can be held.
    fn between(&mut self, one: usize, other: usize, relation: &Tie) -> bool {
        let kind = relation.kind.to_lowercase().replace(['-', '_'], "");
        let id = self.id(other);
        let both = (self.made[one].kind(), self.made[other].kind());
        let field = match (both, kind.as_str()) {
            ((RecordKind::Claim, RecordKind::Claim), "supports" | "support") => "supports",
            (
                (RecordKind::Claim, RecordKind::Claim),
                "attacks" | "attack" | "contradicts" | "rebuts" | "undercuts",
            ) => "contradicts",
            ((RecordKind::Claim, RecordKind::Claim), "respondsto" | "answers") => "responds_to",
            ((RecordKind::Claim, _), "about") => "about",
            ((RecordKind::Event, RecordKind::Event), "causes" | "cause") => "causes",
            (_, kind) => return self.order(one, other, kind),
        };
        self.add(one, field, &id);
        true
    }

    fn order(&mut self, one: usize, other: usize, kind: &str) -> bool {
        let word = match kind {
            "before" | "precedes" => "before",
            "after" | "follows" => "after",
            "during" | "isincluded" | "within" => "during",
            "contains" | "includes" => "contains",
            "overlap" | "overlaps" | "overlapping" => "overlapping",
            "simultaneous" | "equals" => "equals",
            "meets" | "ibefore" => "meets",
            "metby" | "iafter" => "met_by",
            _ => return false,
        };
        let mut order = Record::unnamed(RecordKind::Order);
        order.set("first", self.id(one)).set("relation", word);
        order.set("second", self.id(other));
        order.evidence(&Evidence {
            document: self.document.clone(),
            ..Evidence::default()
        });
        self.made.push(order);
        true
    }

    pub(super) fn attributes(&mut self, actors: &mut Actors) -> Result<(), SourceError> {
        for (of, name, value) in &self.all.attributes {
            self.out.came("annotation");
            let record = match self.things.get(of.as_str()) {
                Some(Thing::Made(nth)) => &mut self.made[*nth],
                Some(Thing::Actor(id)) => match actors.record(id) {
                    Some(actor) => actor,
                    None => continue,
                },
                _ => {
                    let why = "an attribute of something that has no record here";
                    self.out.left_out(self.at, name, why)?;
                    continue;
                }
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
        for (of, notes) in &self.notes {
            match self.things.get(of) {
                Some(Thing::Made(nth)) => {
                    let record = &mut self.made[*nth];
                    let there = record.get("note").and_then(Value::as_str);
                    let all: Vec<&str> = there.into_iter().chain(notes.iter().copied()).collect();
                    let all = all.join("\n");
                    record.set("note", all);
                }
                Some(Thing::Actor(_)) => {}
                _ => {
                    let why = "a note on something that has no record here";
                    for note in notes {
                        self.out.left_out(self.at, note, why)?;
                    }
                }
            }
        }
        Ok(())
    }
}
