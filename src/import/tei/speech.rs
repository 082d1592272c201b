//! What is marked in the running text: who says what, and events.

use std::collections::BTreeSet;

use super::dates::{self, Read};
use super::relations::shortened;
use super::{Reading, Thing, fragment};
use crate::xml_tree::Node;
use crate::{Record, entities};
use annals_model::RecordKind;
use annals_source::{At, SourceError};

impl Reading<'_, '_> {
    /// Claims and events of a text.
    pub(super) fn speeches(&mut self, whole: &Node, text: &Node) -> Result<(), SourceError> {
        let setting = ["teiHeader", "profileDesc", "settingDesc", "setting", "date"];
        let day = whole.find(&setting);
        let mut found = Vec::new();
        text.walk(&mut |node| {
            if matches!(
                node.name(),
                "said" | "q" | "quote" | "u" | "sp" | "rs" | "seg" | "ab" | "name"
            ) {
                found.push(node);
            }
            !matches!(node.name(), "listEvent" | "listPerson" | "standOff")
        });
        for node in found {
            let is_event = node.get("type") == Some("event");
            match node.name() {
                "rs" | "seg" | "ab" | "name" if is_event => self.marked_event(node)?,
                "said" | "q" | "quote" | "u" | "sp" => self.speech(node, day)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn marked_event(&mut self, node: &Node) -> Result<(), SourceError> {
        self.out.came("event");
        let words = node.words();
        let at = node.at(self.file);
        if words.is_empty() {
            return self.out.left_out(&at, node.name(), "an event without text");
        }
        let label = shortened(&words);
        let id = self.out.id(RecordKind::Event, &label);
        let mut event = Record::new(RecordKind::Event, id);
        event.set("label", label).set("kind", node.get("subtype"));
        self.dated(node, &mut event, "when")?;
        self.parts(node, &mut event)?;
        event.extra("cert", node.get("cert"));
        self.evidence(Some(node), &mut event);
        self.out.add(event)
    }

    fn speech(&mut self, node: &Node, day: Option<&Node>) -> Result<(), SourceError> {
        let at = node.at(self.file);
        let (name, who) = (node.name(), node.get("who"));
        if who.is_none() && matches!(name, "quote" | "u" | "sp") {
            return Ok(());
        }
        self.out.came("utterance");
        if who.is_none() && name == "q" {
            let words = shortened(&node.words());
            return self.out.left_out(&at, &words, "text in q without who");
        }
        let mut claim = Record::unnamed(RecordKind::Claim);
        let Some(words) = self.evidence(Some(node), &mut claim) else {
            return self.out.left_out(&at, name, "a speech without text");
        };
        let speakers = self.people(who, &at)?;
        if speakers.is_empty() {
            claim.narrated().push("tags", "to-code");
        } else {
            claim.set("speaker", speakers);
        }
        claim.set("to", self.people(node.get("toWhom"), &at)?);
        match (name, node.get("direct")) {
            ("said", Some("false")) => claim.set("mode", "indirect"),
            ("said", None | Some("unknown")) | ("sp", _) => &mut claim,
            _ => claim.set("mode", "direct").set("quote", words),
        };
        self.dated(node, &mut claim, "said")?;
        let day = day.filter(|_| name == "u");
        if let Some(day) = day.filter(|day| !matches!(dates::of(day), Read::None)) {
            self.dated(day, &mut claim, "said")?;
        }
        claim.extra("cert", node.get("cert"));
        claim.extra("xml_id", node.get("id"));
        self.out.add(claim)
    }

    /// The actors that an attribute names.
    fn people(&mut self, references: Option<&str>, at: &At) -> Result<Vec<String>, SourceError> {
        let references = references.unwrap_or_default();
        let (mut people, mut taken) = (Vec::new(), BTreeSet::new());
        let pointers = references.contains(['#', ':', '/'])
            || references
                .split_whitespace()
                .any(|one| self.thing(one).is_some());
        let mut each: Vec<&str> = references.split_whitespace().collect();
        if !pointers && !references.trim().is_empty() {
            // A name where a pointer should stand.
            each = vec![references];
        }
        for one in each {
            let known = match self.thing(one) {
                Some(Thing::Actor(id)) => Some(id),
                _ => self.names.get(&one.to_lowercase()).cloned(),
            };
            let id = match known {
                Some(id) => id,
                None => {
                    let name = if pointers { fragment(one) } else { one };
                    let name = if name.trim().is_empty() { one } else { name };
                    entities::actor(self.out, at, name, None)?
                }
            };
            if taken.insert(id.clone()) {
                people.push(id);
            }
        }
        Ok(people)
    }
}
