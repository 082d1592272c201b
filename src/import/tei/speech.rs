//! What is marked in the running text: who says what, and events.

use std::collections::BTreeSet;

use super::dates::{self, Read};
use super::relations::shortened;
use super::{Reading, Thing, fragment};
use crate::xml_tree::Node;
use crate::{Evidence, Record, entities};
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
        self.out.came("utterance");
        if who.is_none() && matches!(name, "q" | "quote") {
            let words = shortened(&node.words());
            let why = match name {
                "q" => "text in q without who",
                _ => "text in quote without who",
            };
            return self.out.left_out(&at, &words, why);
        }
        let mut claim = Record::unnamed(RecordKind::Claim);
        let Some(words) = self.spoken(node, &mut claim) else {
            return self.out.left_out(&at, name, "a speech without text");
        };
        let is_unknown = who.is_some_and(|who| {
            fragment(who).eq_ignore_ascii_case("unknown") && self.thing(who).is_none()
        });
        let mut speakers = self.people(who.filter(|_| !is_unknown), &at)?;
        if let Some(label) = node.first("speaker").filter(|_| who.is_none()) {
            // Without a reference, the name above a speech says whose it is where a list has it.
            let label = label.words();
            let label = label.trim_end_matches(['.', ':', ',']);
            speakers.extend(self.names.get(&label.to_lowercase()).cloned());
            claim.extra("speaker", label);
        }
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

    /// Adds what is spoken in an element as evidence: its text without what others say, or what
    /// happens, in between.
    fn spoken(&self, node: &Node, record: &mut Record) -> Option<String> {
        // The passage of a play is the speech with the name above it; it is no quote.
        if node.name() == "sp" {
            return self.evidence(Some(node), record);
        }
        let (flow, points) = self.flow.as_ref()?;
        let (start, end) = flow.span(node)?;
        let mut pieces = Vec::new();
        let mut from = start;
        unspoken(node, &mut |inner| {
            if let Some((begins, ends)) = flow.span(inner) {
                pieces.push((from, begins));
                from = ends;
            }
        });
        pieces.push((from, end));
        let mut pieces: Vec<(usize, usize)> = (pieces.into_iter())
            .filter_map(|piece| trimmed(points, piece))
            .collect();
        let has_words = |piece: &(usize, usize)| {
            let text = points.get(piece.0..piece.1).unwrap_or_default();
            text.iter().any(|c| c.is_alphanumeric())
        };
        if pieces.iter().any(has_words) {
            // A full stop after a note is no words.
            pieces.retain(has_words);
        }
        let texts = pieces
            .iter()
            .filter_map(|(start, end)| points.get(*start..*end));
        let texts: Vec<String> = texts.map(|text| text.iter().collect()).collect();
        if texts.is_empty() {
            return None;
        }
        let words = texts.join(" … ");
        record.evidence(&Evidence {
            document: self.document.clone(),
            quote: Some(words.clone()),
            spans: pieces,
            ..Evidence::default()
        });
        Some(words)
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

/// Calls with each outermost element in a speech that is not spoken by its speaker: what the
/// stenographer notes, what is heard or done in between, and the speeches of others.
fn unspoken<'n>(speech: &'n Node, take: &mut dyn FnMut(&'n Node)) {
    speech.walk(&mut |inner| {
        let is_unspoken = match inner.name() {
            "note" | "vocal" | "kinesic" | "incident" | "gap" | "pause" | "shift" | "writing"
            | "stage" | "speaker" | "u" | "sp" | "head" | "figure" => true,
            // A time that the stenographer notes has no words of its own; one that is spoken may.
            "time" => speech.name() == "u" && inner.nodes().next().is_none(),
            _ => false,
        };
        if is_unspoken {
            take(inner);
        }
        !is_unspoken
    });
}

/// A piece of a text without the white space around it.
fn trimmed(points: &[char], (start, end): (usize, usize)) -> Option<(usize, usize)> {
    let text = points.get(start..end)?;
    let first = text.iter().position(|c| !c.is_whitespace())?;
    let last = text.iter().rposition(|c| !c.is_whitespace())?;
    Some((start + first, start + last + 1))
}
