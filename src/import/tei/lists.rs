//! Persons, organizations, places, events and relations, as lists have them: in a header, in a
//! standoff part, or in the text.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::dates::{self, Read};
use super::{Reading, Thing};
use crate::foreign::Refusal;
use crate::import::dates::Dated;
use crate::import::tree::Node;
use crate::import::{Evidence, Record, named};
use crate::model::{ActorKind, RecordKind};

impl Reading<'_, '_> {
    /// Persons, organizations and places anywhere below a node, before anything refers to them.
    pub(super) fn entities(&mut self, root: &Node) -> Result<(), Refusal> {
        let mut found = Vec::new();
        root.walk(&mut |node| {
            if matches!(
                node.name(),
                "person" | "personGrp" | "org" | "place" | "nym"
            ) {
                found.push(node);
            }
            // Places stand in places, and organizations in organizations.
            true
        });
        for node in found {
            match node.name() {
                "person" | "personGrp" | "org" => self.actor(node)?,
                "place" => self.place(node)?,
                _ => {}
            }
        }
        // What a place is in is known when all have their ids.
        let mut within = Vec::new();
        root.walk(&mut |node| {
            if node.name() == "place" {
                within.extend(node.all("place").map(|inner| (inner.number, node.number)));
            }
            true
        });
        for (inner, outer) in within {
            let outer = self.places.get(&outer).map(|(id, _)| id.clone());
            if let (Some((_, record)), Some(outer)) = (self.places.get_mut(&inner), outer) {
                record.set("within", outer);
            }
        }
        for (_, record) in std::mem::take(&mut self.places).into_values() {
            self.out.add(record)?;
        }
        Ok(())
    }

    fn actor(&mut self, node: &Node) -> Result<(), Refusal> {
        self.out.came(if node.name() == "org" {
            "organization"
        } else {
            "person"
        });
        let tags = ["persName", "orgName", "name"];
        let mut names: Vec<String> = Vec::new();
        let all = || node.nodes().filter(|one| tags.contains(&one.name()));
        let main =
            |one: &&Node| matches!(one.get("type"), Some("main" | "reg" | "full" | "preferred"));
        for name in all().filter(main).chain(all()) {
            let words = name.words();
            if !words.is_empty() && !names.contains(&words) {
                names.push(words);
            }
        }
        let key = node.get("id").unwrap_or_default();
        if names.is_empty() {
            let at = node.at(self.file);
            if key.is_empty() {
                return self
                    .out
                    .left_out(&at, node.name(), "nobody: neither a name nor an id");
            }
            self.out
                .changed(&at, key, "somebody without a name, called by the id")?;
            names.push(key.to_owned());
        }
        let id = self.out.id(RecordKind::Actor, &names[0]);
        for name in &names {
            let known = self.names.entry(name.to_lowercase());
            known.or_insert_with(|| id.clone());
        }
        let mut record = Record::new(RecordKind::Actor, id.clone());
        record.set("name", names.remove(0)).set("aliases", names);
        record.set(
            "kind",
            match node.name() {
                "org" => "organization",
                "personGrp" => "group",
                _ => "person",
            },
        );
        self.lifespan(node, &mut record)?;
        for number in node.all("idno") {
            let (kind, words) = (number.get("type").unwrap_or("id"), number.words());
            if !words.is_empty() {
                let number = words.rsplit('/').next().unwrap_or(&words).to_owned();
                record.push("same_as", format!("{}:{number}", kind.to_lowercase()));
            }
        }
        let known = [
            "persName",
            "orgName",
            "name",
            "birth",
            "death",
            "idno",
            "note",
            "desc",
            "event",
            "listEvent",
            "person",
            "org",
            "listPerson",
            "listOrg",
        ];
        for other in node.nodes().filter(|one| !known.contains(&one.name())) {
            let words = match other.words() {
                words if words.is_empty() => other.get("value").unwrap_or_default().to_owned(),
                words => words,
            };
            if record
                .get(&format!("x_{}", other.name().to_lowercase()))
                .is_none()
            {
                record.extra(other.name(), words);
            }
        }
        record.set("note", notes(node));
        record.extra("cert", node.get("cert"));
        self.know(node, Thing::Actor(id));
        self.out.add(record)
    }

    fn lifespan(&mut self, node: &Node, record: &mut Record) -> Result<(), Refusal> {
        let mut end = |name: &str| -> Result<Option<String>, Refusal> {
            let Some(node) = node.first(name) else {
                return Ok(None);
            };
            let inner = || node.first("date").map_or(Read::None, dates::of);
            let read = match dates::of(node) {
                Read::None => inner(),
                read => read,
            };
            match read {
                Read::Date(date) if !date.edtf().contains(['/', '[']) => {
                    Ok(Some(date.edtf().to_owned()))
                }
                Read::None => Ok(None),
                Read::Date(date) => {
                    record.extra(name, date.edtf());
                    Ok(None)
                }
                Read::Unread(words) => {
                    record.extra(name, words.as_str());
                    let at = node.at(self.file);
                    self.out
                        .left_out(&at, &words, "a date that cannot be read, kept under x_")?;
                    Ok(None)
                }
            }
        };
        let (birth, death) = (end("birth")?, end("death")?);
        if birth.is_none() && death.is_none() {
            return Ok(());
        }
        // Where no death is told, nobody says whether there was one.
        let edtf = format!(
            "{}/{}",
            birth.unwrap_or_default(),
            death.unwrap_or_default()
        );
        match Dated::edtf_of(&edtf) {
            Ok(date) => {
                record.date("lifespan", &date);
            }
            Err(_) => {
                record.extra("lifespan", edtf.as_str());
                let at = node.at(self.file);
                self.out
                    .left_out(&at, &edtf, "a date that cannot be read, kept under x_")?;
            }
        }
        Ok(())
    }

    fn place(&mut self, node: &Node) -> Result<(), Refusal> {
        self.out.came("place");
        let tags = [
            "placeName",
            "geogName",
            "settlement",
            "district",
            "region",
            "country",
            "name",
        ];
        let mut names = node
            .nodes()
            .filter(|one| tags.contains(&one.name()))
            .map(Node::words);
        let name = names.find(|words| !words.is_empty());
        let Some(name) = name.or_else(|| node.get("id").map(str::to_owned)) else {
            let at = node.at(self.file);
            return self
                .out
                .left_out(&at, node.name(), "a place with neither a name nor an id");
        };
        let id = self.out.id(RecordKind::Place, &name);
        let mut record = Record::new(RecordKind::Place, id.clone());
        record.set("name", name);
        let geo = node
            .find(&["location", "geo"])
            .map(Node::words)
            .unwrap_or_default();
        let mut numbers = geo.split([' ', ',']).filter(|part| !part.is_empty());
        let mut number = |most: f64| {
            let number = numbers.next()?.parse::<f64>().ok()?;
            (number.abs() <= most).then_some(number)
        };
        if let (Some(lat), Some(lon)) = (number(90.0), number(180.0)) {
            record.set("lat", lat).set("lon", lon);
        }
        record.set("note", notes(node));
        let numbers: Vec<String> = node.all("idno").map(Node::words).collect();
        record.extra("idno", numbers);
        self.know(node, Thing::Place(id.clone()));
        self.places.insert(node.number, (id, record));
        Ok(())
    }

    /// Events of lists, and relations.
    pub(super) fn told(&mut self, root: &Node) -> Result<(), Refusal> {
        let mut found = Vec::new();
        root.walk(&mut |node| {
            if matches!(node.name(), "event" | "relation") {
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
                    self.event(node, part_of.get(&node.number).copied())?;
                }
                _ => self.relation(node)?,
            }
        }
        Ok(())
    }

    fn event(&mut self, node: &Node, outer: Option<usize>) -> Result<(), Refusal> {
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
        event.set("note", notes(node));
        event.extra("cert", node.get("cert"));
        self.evidence(None, &mut event);
        self.out.add(event)
    }

    /// Who takes part in an event, and where it is, by the names in it.
    pub(super) fn parts(&mut self, node: &Node, event: &mut Record) -> Result<(), Refusal> {
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
    fn by_words(&mut self, name: &Node, event: &mut Record) -> Result<(), Refusal> {
        let words = name.words();
        let kind = match name.name() {
            _ if words.is_empty() => return Ok(()),
            "persName" => ActorKind::Person,
            "orgName" => ActorKind::Organization,
            "placeName" if event.get("place").is_none() => {
                event.set("place", named::place(self.out, &words)?);
                return Ok(());
            }
            _ => return Ok(()),
        };
        let at = name.at(self.file);
        let id = match self.names.get(&words.to_lowercase()) {
            Some(id) => id.clone(),
            None => named::actor(self.out, &at, &words, Some(kind))?,
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

    fn relation(&mut self, node: &Node) -> Result<(), Refusal> {
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
            let message = format!("a relation ties more than {MOST_PAIRS} pairs");
            return Err(Refusal::limit(at, message));
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
                .left_out(&at, kind, "a relation between what are not two actors");
        }
        for (from, to) in pairs {
            let mut record = Record::unnamed(RecordKind::Relation);
            record.set("from", from).set("to", to);
            record.set("kind", snake(kind));
            self.dated(node, &mut record, "when")?;
            record.set("note", notes(node));
            record.extra("cert", node.get("cert"));
            record.evidence(&Evidence {
                document: self.document.clone(),
                ..Evidence::default()
            });
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

fn notes(node: &Node) -> String {
    let own = node
        .nodes()
        .filter(|one| matches!(one.name(), "note" | "desc"));
    own.map(Node::words).collect::<Vec<_>>().join("\n")
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
