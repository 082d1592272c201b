//! Letters: who wrote to whom, where and when (`correspDesc`), as editions of letters and lists of
//! letters (CMIF) have it. Each is an event.
//!
//! Source: <https://tei-c.org/release/doc/tei-p5-doc/en/html/HD.html#HD44CD>.

use std::collections::BTreeSet;

use serde_json::json;

use super::dates::{self, Read};
use super::lists::{TURNED, notes, same_as};
use super::names::{name_of, turned};
use super::{Reading, Thing, fragment};
use crate::xml_tree::Node;
use crate::{Record, entities};
use annals_model::{ActorKind, RecordKind};
use annals_source::SourceError;

/// Somebody who takes part in a letter.
struct Correspondent {
    id: String,
    name: String,
    role: String,
}

impl Reading<'_, '_> {
    /// The letters that are described below a node.
    pub(super) fn letters(&mut self, root: &Node) -> Result<(), SourceError> {
        let mut found = Vec::new();
        root.walk(&mut |node| {
            let is_letter = node.name() == "correspDesc";
            if is_letter {
                found.push(node);
            }
            !is_letter
        });
        for letter in found {
            self.letter(letter)?;
        }
        Ok(())
    }

    fn letter(&mut self, node: &Node) -> Result<(), SourceError> {
        self.out.came("letter");
        let at = node.at(self.file);
        let actions: Vec<&Node> = node.all("correspAction").collect();
        let mut people = Vec::new();
        for action in &actions {
            self.correspondents(action, &mut people)?;
        }
        let sent = actions.iter().find(|action| is_sent(action)).copied();
        if people.is_empty() && sent.is_none_or(|sent| date_of(sent).is_none()) {
            let words = super::relations::shortened(&node.words());
            let why = "a letter with neither correspondents nor a date";
            return self.out.left_out(&at, &words, why);
        }
        let label = label(&people);
        let id = self.out.id(RecordKind::Event, &label);
        let mut event = Record::new(RecordKind::Event, id);
        event.set("label", label).set("kind", "letter");
        let mut taken = BTreeSet::new();
        for one in &people {
            if taken.insert((&one.id, &one.role)) {
                event.push("participants", json!({"actor": one.id, "role": one.role}));
            }
        }
        for action in &actions {
            self.action(action, sent, &mut event)?;
        }
        let all = [node].into_iter().chain(actions.iter().copied()).map(notes);
        let all: Vec<String> = all.filter(|note| !note.is_empty()).collect();
        event.set("note", all.join("\n"));
        event.extra("key", node.get("key").or(node.get("n")));
        event.extra("ref", node.get("ref"));
        event.extra("source", node.get("source"));
        event.extra("xml_id", node.get("id"));
        event.extra("cert", node.get("cert"));
        if let Some(context) = node.first("correspContext") {
            let how = "letters before and after (correspContext)";
            self.out.left_out(&context.at(self.file), "", how)?;
        }
        self.evidence(None, &mut event);
        self.out.add(event)
    }

    /// The date and the place of what was done with a letter: of sending it those of the event, of
    /// anything else under `x_`.
    fn action(
        &mut self,
        action: &Node,
        sent: Option<&Node>,
        event: &mut Record,
    ) -> Result<(), SourceError> {
        let kind = kind_of(action);
        let is_first = sent.is_some_and(|sent| sent.number == action.number);
        let places: Vec<&Node> = inner(action, &["placeName", "settlement", "geogName"]);
        let mut others = Vec::new();
        for place in places {
            if is_first && event.get("place").is_none() {
                let id = self.place_of(place)?;
                event.set("place", id);
            } else {
                others.push(name_of(place));
            }
        }
        others.retain(|name| !name.is_empty());
        match &mut others[..] {
            [one] => event.extra(&format!("{kind}_at"), std::mem::take(one)),
            _ => event.extra(&format!("{kind}_at"), others),
        };
        for (nth, date) in inner(action, &["date"]).into_iter().enumerate() {
            if nth > 0 {
                let words = format!("{} {}", date.words(), date.get("when").unwrap_or_default());
                let why = "a further date of a letter";
                self.out.left_out(&date.at(self.file), words.trim(), why)?;
            } else if is_first {
                self.dated(date, event, "when")?;
                if dates::of(date) == Read::None && !date.words().is_empty() {
                    event.extra("when", date.words());
                    let why = "a date in words, kept under x_";
                    self.out.left_out(&date.at(self.file), &date.words(), why)?;
                }
            } else {
                match dates::of(date) {
                    Read::Date(read) => event.extra(&kind, read.value()),
                    Read::Unread(words) => event.extra(&kind, words),
                    Read::None => event.extra(&kind, date.words()),
                };
            }
        }
        Ok(())
    }

    /// The place of a name.
    fn place_of(&mut self, name: &Node) -> Result<Option<String>, SourceError> {
        let reference = name.get("ref").or(name.get("key"));
        if let Some(Thing::Place(id)) = reference.and_then(|reference| self.thing(reference)) {
            return Ok(Some(id));
        }
        let words = name_of(name);
        if words.is_empty() {
            return Ok(None);
        }
        let Some(reference) = reference else {
            let known = self.places_by_name.get(&words.to_lowercase());
            return match known {
                Some(id) => Ok(Some(id.clone())),
                None => entities::place(self.out, &words).map(Some),
            };
        };
        let (id, new) = self.out.id_of(RecordKind::Place, reference, &words);
        if new {
            let mut place = Record::new(RecordKind::Place, id.clone());
            let by_name = self.places_by_name.entry(words.to_lowercase());
            by_name.or_insert_with(|| id.clone());
            place.set("name", words).extra("ref", reference);
            self.out.add(place)?;
        }
        Ok(Some(id))
    }

    /// Those who wrote, received or passed on a letter.
    fn correspondents(
        &mut self,
        action: &Node,
        people: &mut Vec<Correspondent>,
    ) -> Result<(), SourceError> {
        let role = match kind_of(action).as_str() {
            "sent" => "sender".to_owned(),
            "received" => "addressee".to_owned(),
            other => other.to_owned(),
        };
        for name in inner(action, &["persName", "orgName", "name", "rs"]) {
            let reference = name.get("ref").or(name.get("key"));
            // Of an unknown one, lists of letters have a reference and no name.
            let is_nobody = reference.is_some_and(|one| fragment(one) == "unknown");
            let words = name_of(name);
            if is_nobody || words.is_empty() && reference.is_none() {
                let why = "a correspondent who is not known";
                self.out.left_out(&name.at(self.file), &words, why)?;
                continue;
            }
            // One name may stand for several, each with a reference.
            let each: Vec<Option<Thing>> = (reference.unwrap_or_default().split_whitespace())
                .map(|one| self.thing(one))
                .collect();
            let all: Vec<String> = (each.iter().flatten())
                .filter_map(|one| match one {
                    Thing::Actor(id) => Some(id.clone()),
                    Thing::Place(_) => None,
                })
                .collect();
            let (ids, name) = if each.len() > 1 && all.len() == each.len() {
                (all, words)
            } else {
                let (id, name) = self.correspondent(name, &words, reference)?;
                (vec![id], name)
            };
            people.extend(ids.into_iter().map(|id| Correspondent {
                id,
                name: name.clone(),
                role: role.clone(),
            }));
        }
        Ok(())
    }

    /// One of them: of a list, else by the reference, else by the name.
    fn correspondent(
        &mut self,
        node: &Node,
        words: &str,
        reference: Option<&str>,
    ) -> Result<(String, String), SourceError> {
        let at = node.at(self.file);
        let is_person = node.name() == "persName";
        let is_known = |said: &String| self.names.contains_key(&said.to_lowercase());
        let said = turned(words).filter(|said| is_person || is_known(said));
        let mut name = said.clone().unwrap_or_else(|| words.to_owned());
        if name.is_empty() {
            reference.map_or("", fragment).clone_into(&mut name);
        }
        if let Some(Thing::Actor(id)) = reference.and_then(|reference| self.thing(reference)) {
            return Ok((id, name));
        }
        let by_name = [words, &name].map(|name| self.names.get(&name.to_lowercase()).cloned());
        if let Some(id) = by_name
            .into_iter()
            .flatten()
            .next()
            .filter(|_| reference.is_none())
        {
            return Ok((id, name));
        }
        let key = reference.map_or_else(|| name.to_lowercase(), str::to_owned);
        let (id, new) = self.out.id_of(RecordKind::Actor, &key, &name);
        if new {
            let mut actor = Record::new(RecordKind::Actor, id.clone());
            actor.set("name", name.as_str());
            let is_group = matches!(node.get("type"), Some("persons" | "group" | "family"));
            let kind = match node.name() {
                _ if is_group => ActorKind::Group,
                "persName" => ActorKind::Person,
                "orgName" => ActorKind::Organization,
                _ => {
                    let how = "an actor of unknown kind, read as a person";
                    self.out.changed(&at, &name, how)?;
                    ActorKind::Person
                }
            };
            actor.set("kind", annals_model::Vocabulary::word(kind));
            if said.is_some() {
                actor.set("aliases", vec![words.to_owned()]);
                self.out.changed(&at, words, TURNED)?;
            }
            match reference.map(same_as) {
                Some(Some(curie)) => actor.push("same_as", curie),
                other => actor.extra("ref", other.and(reference)),
            };
            self.out.add(actor)?;
            let names = [words.to_lowercase(), name.to_lowercase()];
            for name in names.into_iter().filter(|name| !name.is_empty()) {
                self.names.entry(name).or_insert_with(|| id.clone());
            }
        }
        Ok((id, name))
    }
}

fn kind_of(action: &Node) -> String {
    let kind = action.get("type").or(action.get("subtype"));
    kind.unwrap_or("correspondent").trim().to_lowercase()
}

fn is_sent(action: &Node) -> bool {
    kind_of(action) == "sent"
}

fn date_of(action: &Node) -> Option<&Node> {
    inner(action, &["date"]).into_iter().next()
}

/// The outermost elements of these names.
fn inner<'n>(node: &'n Node, names: &[&str]) -> Vec<&'n Node> {
    let mut found = Vec::new();
    node.walk(&mut |inner| {
        let fits = names.contains(&inner.name());
        if fits {
            found.push(inner);
        }
        // What stands in a note is told of the letter, and not of this.
        !fits
            && !matches!(
                inner.name(),
                "note" | "persName" | "orgName" | "placeName" | "date"
            )
    });
    found
}

/// `Letter from Ada Lind and Mia Kern to Jon Berg`.
fn label(people: &[Correspondent]) -> String {
    let all = |role: &str| {
        let mut names: Vec<&str> = Vec::new();
        for one in people.iter().filter(|one| one.role == role) {
            if !names.contains(&one.name.as_str()) {
                names.push(&one.name);
            }
        }
        match names.split_last() {
            None => String::new(),
            Some((last, [])) => (*last).to_owned(),
            Some((_, rest)) if rest.len() > 2 => format!("{} and others", names[0]),
            Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        }
    };
    let mut label = "Letter".to_owned();
    for (word, names) in [("from", all("sender")), ("to", all("addressee"))] {
        if !names.is_empty() {
            label = format!("{label} {word} {names}");
        }
    }
    label
}
