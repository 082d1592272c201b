//! Events and relations of lists, and who takes part in events.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::affiliations::{existence, owners};
use super::lists::notes;
use super::names::name_of;
use super::{Reading, Thing};
use crate::xml_tree::Node;
use crate::{Record, entities};
use annals_model::{ActorKind, RecordKind};
use annals_source::SourceError;

impl Reading<'_, '_> {
    /// Events of lists, relations, affiliations and letters.
    pub(super) fn told(&mut self, root: &Node) -> Result<(), SourceError> {
        let owners = owners(root);
        // When an organization existed is its lifespan.
        let lifespans: BTreeSet<usize> = (owners.values())
            .filter_map(|owner| existence(owner))
            .map(|event| event.number)
            .collect();
        let mut found = Vec::new();
        root.walk(&mut |node| {
            let is_told = matches!(node.name(), "event" | "relation");
            if is_told && !lifespans.contains(&node.number) {
                found.push(node);
            }
            true
        });
        for node in &found {
            if node.name() == "event" {
                self.out.came("event");
                let id = self.out.id(RecordKind::Event, &event_label(node));
                self.events.insert(node.number, id);
            }
        }
        let mut part_of: BTreeMap<usize, usize> = BTreeMap::new();
        for node in &found {
            if node.name() == "event" {
                let inner = node
                    .all("event")
                    .chain(node.all("listEvent").flat_map(|l| l.all("event")));
                part_of.extend(inner.map(|inner| (inner.number, node.number)));
            }
        }
        for node in found {
            match node.name() {
                "event" => {
                    let owner = owners.get(&node.number).and_then(|one| self.actor_of(one));
                    self.event(node, part_of.get(&node.number).copied(), owner)?;
                }
                _ => self.relation(node)?,
            }
        }
        self.parts_of_organizations(root)?;
        self.affiliations(root)?;
        self.letters(root)
    }

    fn event(
        &mut self,
        node: &Node,
        outer: Option<usize>,
        owner: Option<String>,
    ) -> Result<(), SourceError> {
        let Some(id) = self.events.get(&node.number).cloned() else {
            return Ok(());
        };
        let mut event = Record::new(RecordKind::Event, id);
        event
            .set("label", event_label(node))
            .set("kind", node.get("type"));
        self.dated(node, &mut event, "when")?;
        if let Some(outer) = outer.and_then(|outer| self.events.get(&outer)) {
            event.set("part_of", outer.as_str());
        }
        if let Some(place) = node.get("where") {
            self.at_place(place, &mut event);
        }
        self.parts(node, &mut event)?;
        if let Some(owner) = owner {
            let named = event.get("participants").is_some_and(|all| {
                let mut all = all.as_array().into_iter().flatten();
                all.any(|one| one["actor"] == owner.as_str())
            });
            if !named {
                event.push("participants", json!({ "actor": owner }));
            }
        }
        event.set("note", notes(node));
        event.extra("cert", node.get("cert"));
        self.evidence(None, &mut event);
        self.out.add(event)
    }

    /// Who takes part in an event, and where it is, by the names in it.
    pub(super) fn parts(&mut self, node: &Node, event: &mut Record) -> Result<(), SourceError> {
        let mut taken = BTreeSet::new();
        let mut names = Vec::new();
        node.walk(&mut |inner| {
            if matches!(
                inner.name(),
                "persName" | "orgName" | "placeName" | "name" | "rs" | "date"
            ) {
                names.push(inner);
            }
            !matches!(inner.name(), "event" | "listEvent")
        });
        for name in names {
            if name.name() == "date" {
                if event.get("when").is_none() && event.get("x_when").is_none() {
                    self.dated(name, event, "when")?;
                }
                continue;
            }
            let reference = name.get("ref").or(name.get("key"));
            match reference.and_then(|reference| self.thing(reference)) {
                Some(Thing::Actor(id)) => {
                    let mut part = json!({ "actor": id });
                    if let Some(role) = name.get("role") {
                        part["role"] = role.into();
                    }
                    if taken.insert(part.to_string()) {
                        event.push("participants", part);
                    }
                }
                Some(Thing::Place(id)) if event.get("place").is_none() => {
                    event.set("place", id);
                }
                Some(_) => {}
                None => self.by_words(name, event)?,
            }
        }
        Ok(())
    }

    /// A name that refers to nothing.
    fn by_words(&mut self, name: &Node, event: &mut Record) -> Result<(), SourceError> {
        let words = name_of(name);
        let kind = match name.name() {
            _ if words.is_empty() => return Ok(()),
            "persName" => ActorKind::Person,
            "orgName" => ActorKind::Organization,
            "placeName" if event.get("place").is_none() => {
                event.set("place", entities::place(self.out, &words)?);
                return Ok(());
            }
            _ => return Ok(()),
        };
        let at = name.at(self.file);
        let id = match self.names.get(&words.to_lowercase()) {
            Some(id) => id.clone(),
            None => entities::actor(self.out, &at, &words, Some(kind))?,
        };
        event.push("participants", json!({ "actor": id }));
        Ok(())
    }

    fn at_place(&mut self, reference: &str, event: &mut Record) {
        if let Some(Thing::Place(id)) = self.thing(reference) {
            event.set("place", id);
        } else {
            event.extra("where", reference);
        }
    }

    fn relation(&mut self, node: &Node) -> Result<(), SourceError> {
        self.out.came("relation");
        let at = node.at(self.file);
        let kind = node
            .get("name")
            .or(node.get("ref"))
            .or(node.get("type"))
            .unwrap_or("related_to");
        let kind = kind.rsplit(['#', '/', ':']).next().unwrap_or(kind);
        let actors = |me: &Self, attribute: &str| -> Vec<String> {
            let all = node.get(attribute).unwrap_or_default().split_whitespace();
            let all = all.filter_map(|one| match me.thing(one) {
                Some(Thing::Actor(id)) => Some(id),
                _ => None,
            });
            all.collect()
        };
        let mutual = actors(self, "mutual");
        let (active, passive) = (actors(self, "active"), actors(self, "passive"));
        let most = (active.len() * passive.len()).max(mutual.len() * mutual.len() / 2);
        if most > MOST_PAIRS {
            let message = format!("a relation links more than {MOST_PAIRS} pairs");
            return Err(SourceError::limit(at, message));
        }
        let mut pairs = Vec::new();
        for from in active {
            pairs.extend(passive.iter().map(|to| (from.clone(), to.clone())));
        }
        for (nth, from) in mutual.iter().enumerate() {
            pairs.extend(
                mutual[nth + 1..]
                    .iter()
                    .map(|to| (from.clone(), to.clone())),
            );
        }
        pairs.retain(|(from, to)| from != to);
        if pairs.is_empty() {
            return self
                .out
                .left_out(&at, kind, "a relation that is not between two actors");
        }
        for (from, to) in pairs {
            let mut record = Record::unnamed(RecordKind::Relation);
            record.set("from", from).set("to", to);
            match known(kind) {
                Some(known) => record.set("kind", known).set("role", kind),
                None => record.set("kind", snake(kind)),
            };
            self.dated(node, &mut record, "when")?;
            record.set("note", notes(node));
            record.extra("cert", node.get("cert"));
            self.evidence(None, &mut record);
            self.out.add(record)?;
        }
        Ok(())
    }
}

/// How many pairs one relation may tie.
const MOST_PAIRS: usize = 100_000;

/// What an event is called: its label, else the beginning of what is told of it.
fn event_label(node: &Node) -> String {
    let tags = ["label", "head", "eventName", "desc", "p", "ab"];
    let words = tags.iter().find_map(|tag| {
        let words = node.first(tag)?.words();
        (!words.is_empty()).then_some(words)
    });
    let words = words.or_else(|| node.get("id").map(str::to_owned));
    shortened(&words.unwrap_or_else(|| "Event without a name".to_owned()))
}

/// The first words of a text, as a label.
pub(super) fn shortened(words: &str) -> String {
    if words.chars().count() <= 80 {
        return words.to_owned();
    }
    let head: String = words.chars().take(79).collect();
    let whole = head
        .rsplit_once(' ')
        .map_or(head.as_str(), |(whole, _)| whole);
    format!("{whole}…")
}

/// The kind of the model that a usual name of a relation is.
fn known(name: &str) -> Option<&'static str> {
    Some(match name {
        "spouse" | "spouses" | "married" => "married_to",
        "sibling" | "siblings" => "sibling_of",
        "parent" | "parents" => "parent_of",
        _ => return None,
    })
}

/// `memberOf` as `member_of`.
fn snake(name: &str) -> String {
    let mut snake = String::new();
    for c in name.chars() {
        if c.is_uppercase() && snake.ends_with(char::is_lowercase) {
            snake.push('_');
        }
        match c {
            ' ' | '-' => snake.push('_'),
            c => snake.extend(c.to_lowercase()),
        }
    }
    snake
}
