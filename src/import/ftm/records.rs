//! Entities to records: actors and documents first, so that whatever refers to them finds their ids.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;
use serde_json::{Value, json};

use super::dates::{best, between, edtf};
use super::entity::{Entity, Role, Tie};
use super::role_of;
use super::words::{DIFFER, UNREAD, family, snake, when};
use crate::dates::Dated;
use crate::one_tie::{Stated, Ties};
use crate::{Builder, Evidence, Record};
use annals_model::RecordKind;
use annals_source::SourceError;

/// All entities, and the ids of those that are actors or documents.
pub(super) struct Records {
    entities: Vec<Entity>,
    ids: HashMap<String, (RecordKind, String), RandomState>,
    names: HashMap<String, String, RandomState>,
    /// The documents in which an actor is mentioned, by the id of the actor.
    mentioned: HashMap<String, Vec<String>, RandomState>,
    /// Documents that are made as they are met.
    made: HashSet<String, RandomState>,
    /// Entities that are ties: what they tie says so.
    ties: HashSet<String, RandomState>,
    relations: Ties,
}

impl Records {
    /// Gives each actor and document its id.
    pub(super) fn new(entities: Vec<Entity>, out: &mut Builder<'_>) -> Result<Self, SourceError> {
        let mut records = Records {
            entities,
            ids: HashMap::default(),
            names: HashMap::default(),
            mentioned: HashMap::default(),
            made: HashSet::default(),
            ties: HashSet::default(),
            relations: Ties::default(),
        };
        for entity in &records.entities {
            let kind = match role_of(entity) {
                Role::Actor(_) => RecordKind::Actor,
                Role::Document => RecordKind::Document,
                Role::Tie(_) => {
                    records.ties.insert(entity.id.clone());
                    continue;
                }
                _ => continue,
            };
            let name = called(entity);
            let id = out.id(kind, name);
            records.names.insert(entity.id.clone(), name.to_owned());
            records.ids.insert(entity.id.clone(), (kind, id));
        }
        // Events are called after those who take part.
        for entity in &records.entities {
            if role_of(entity) == Role::Event {
                let id = out.id(RecordKind::Event, &records.label(entity));
                (records.ids).insert(entity.id.clone(), (RecordKind::Event, id));
            }
        }
        records.mentions(out)?;
        Ok(records)
    }

    /// Who is mentioned where; who is in no other entity becomes an actor.
    fn mentions(&mut self, out: &mut Builder<'_>) -> Result<(), SourceError> {
        let mut mentioned: HashMap<String, Vec<String>, RandomState> = HashMap::default();
        for entity in &self.entities {
            if role_of(entity) != Role::Mention {
                continue;
            }
            let name = entity.first(&["name"]);
            let document = self.id_of(entity.first(&["document"]), RecordKind::Document);
            let resolved = self.id_of(entity.first(&["resolved"]), RecordKind::Actor);
            let Some(document) = document.filter(|_| !name.is_empty() || resolved.is_some()) else {
                let why = "a mention of nobody, or in a missing document";
                out.left_out(&entity.at, name, why)?;
                continue;
            };
            let actor = match resolved {
                Some(id) => id.to_owned(),
                None => {
                    let key = format!("mention\n{name}");
                    let (id, new) = out.id_of(RecordKind::Actor, &key, name);
                    if new {
                        let kind = match super::entity::role(entity.first(&["detectedSchema"])) {
                            Role::Actor(kind) => kind,
                            _ => "group",
                        };
                        let mut actor = Record::new(RecordKind::Actor, id.clone());
                        actor.set("name", name).set("kind", kind);
                        actor.extra("mentioned_in", document);
                        out.add(actor)?;
                    }
                    id
                }
            };
            let list = mentioned.entry(actor).or_default();
            if !list.iter().any(|one| one == document) {
                list.push(document.to_owned());
            }
        }
        self.mentioned = mentioned;
        Ok(())
    }

    fn id_of(&self, entity: &str, wanted: RecordKind) -> Option<&str> {
        let (kind, id) = self.ids.get(entity)?;
        (*kind == wanted).then_some(id)
    }

    /// Makes all records.
    pub(super) fn make(mut self, out: &mut Builder<'_>) -> Result<(), SourceError> {
        let entities = std::mem::take(&mut self.entities);
        for entity in &entities {
            match role_of(entity) {
                Role::Actor(kind) => self.actor(entity, kind, out)?,
                Role::Document => self.document(entity, out)?,
                _ => {}
            }
        }
        for entity in &entities {
            match role_of(entity) {
                Role::Tie(tie) => self.tie(entity, tie, out)?,
                Role::Event => self.event(entity, out)?,
                Role::None => {
                    let why = "a thing that is not an actor, event or document";
                    out.left_out(&entity.at, &entity.schema, why)?;
                }
                _ => {}
            }
        }
        self.relations.write(out)
    }

    fn actor(&self, entity: &Entity, kind: &str, out: &mut Builder<'_>) -> Result<(), SourceError> {
        let Some((_, id)) = self.ids.get(&entity.id) else {
            return Ok(());
        };
        let mut record = Record::new(RecordKind::Actor, id.clone());
        let name = called(entity);
        record.set("name", name).set("kind", kind);
        for other in ["name", "alias", "weakAlias", "previousName"] {
            for alias in entity.values(other).iter().filter(|one| *one != name) {
                record.push("aliases", alias.as_str());
            }
        }
        let [begin, end] = [
            ["birthDate", "incorporationDate"],
            ["deathDate", "dissolutionDate"],
        ];
        let [begin, end] = [begin, end].map(|names| {
            let values: Vec<String> = names
                .iter()
                .flat_map(|n| entity.values(n))
                .cloned()
                .collect();
            (best(&values), values)
        });
        for (name, ((_, agree), values)) in [("begin_date", &begin), ("end_date", &end)] {
            let unread: Vec<&str> = (values.iter().map(String::as_str))
                .filter(|value| edtf(value, false).is_none())
                .collect();
            if !unread.is_empty() {
                out.changed(&entity.at, &unread.join(", "), UNREAD)?;
            }
            if !agree {
                out.changed(&entity.at, &values.join(", "), DIFFER)?;
            }
            if !agree || !unread.is_empty() {
                record.extra(name, values.clone());
            }
        }
        let first = begin.0.0.unwrap_or_default();
        let last = end.0.0.unwrap_or_default();
        if !first.is_empty() && !last.is_empty() && between(&first, &last).is_none() {
            let lifespan = format!("{first}/{last}");
            let how = "a lifespan that ends before it begins, kept under x_";
            out.changed(&entity.at, &lifespan, how)?;
            record.extra("lifespan", lifespan);
        } else if let Some(mut lifespan) = between(&first, &last) {
            // A birth alone is the beginning of a life, not all of it.
            if last.is_empty() || first.is_empty() || first == last {
                lifespan = Dated::edtf_of(&format!("{first}/{last}")).unwrap_or(lifespan);
            }
            record.date("lifespan", &lifespan);
        }
        for id in entity.values("wikidataId") {
            record.push("same_as", format!("wikidata:{id}"));
        }
        for id in entity.values("leiCode") {
            record.push("same_as", format!("lei:{id}"));
        }
        if let Some(documents) = self.mentioned.get(id) {
            record.extra("mentioned_in", documents.clone());
        }
        record.extra("datasets", entity.datasets.clone());
        record.extra("position", entity.values("position").to_vec());
        record.extra("source_url", entity.values("sourceUrl").to_vec());
        self.rest(entity, &mut record);
        out.add(record)
    }

    fn document(&self, entity: &Entity, out: &mut Builder<'_>) -> Result<(), SourceError> {
        let Some((_, id)) = self.ids.get(&entity.id) else {
            return Ok(());
        };
        let mut record = Record::new(RecordKind::Document, id.clone());
        record.set("title", called(entity));
        record.set("kind", entity.schema.to_lowercase());
        record.set("author", entity.values("author").to_vec());
        record.set("publisher", entity.first(&["publisher"]));
        let date = entity.first(&["publishedAt", "date"]);
        match edtf(date, true).and_then(|date| Dated::edtf_of(&date).ok()) {
            Some(date) => {
                record.date("published", &date);
            }
            None if date.is_empty() => {}
            None => {
                out.changed(&entity.at, date, UNREAD)?;
                record.extra("published", date);
            }
        }
        record.set("language", entity.first(&["language"]));
        record.set("url", entity.first(&["sourceUrl"]));
        let body = entity.values("bodyText").join("\n");
        if !body.is_empty() {
            out.text(&mut record, &body)?;
        }
        record.extra("datasets", entity.datasets.clone());
        self.rest(entity, &mut record);
        out.add(record)
    }

    fn tie(
        &mut self,
        entity: &Entity,
        tie: &Tie,
        out: &mut Builder<'_>,
    ) -> Result<(), SourceError> {
        let actors = |name: &str| -> Vec<String> {
            let each = entity.values(name).iter();
            each.filter_map(|id| self.id_of(id, RecordKind::Actor))
                .map(str::to_owned)
                .collect()
        };
        let (from, to) = (actors(tie.from), actors(tie.to));
        let why = "a relation with an end that is missing or not an actor";
        if from.is_empty() || to.is_empty() {
            return out.left_out(&entity.at, &entity.schema, why);
        }
        // Of several ends those that are there are tied.
        let ends = entity.values(tie.from).iter().chain(entity.values(tie.to));
        for end in ends.filter(|end| self.id_of(end, RecordKind::Actor).is_none()) {
            out.left_out(&entity.at, end, why)?;
        }
        let words = entity.first(&["role", "relationship"]).to_owned();
        let (mut kind, mut turned) = (tie.kind, false);
        if tie.schema == "Family" {
            (kind, turned) = family(&words);
        }
        let post = entity
            .values("post")
            .first()
            .and_then(|id| self.names.get(id));
        let role = match (words.is_empty(), post) {
            (false, _) => words,
            (true, Some(post)) => post.clone(),
            (true, None) => tie.role.to_owned(),
        };
        let evidence = self.evidence(entity, out)?;
        for (from, to) in from
            .iter()
            .flat_map(|from| to.iter().map(move |to| (from, to)))
        {
            if from == to {
                let why = "a relation of an actor with itself";
                out.left_out(&entity.at, &entity.schema, why)?;
                continue;
            }
            let (from, to) = if turned { (to, from) } else { (from, to) };
            let mut record = Record::unnamed(RecordKind::Relation);
            record.set("from", &**from).set("kind", kind);
            record.set("to", &**to).set("role", &*role);
            when(entity, &mut record, out)?;
            for document in &evidence {
                record.evidence(&Evidence {
                    document: document.clone(),
                    ..Evidence::default()
                });
            }
            self.rest(entity, &mut record);
            // A family tie may be stated by both; two shares or debts are two facts.
            let is_one = matches!(tie.schema, "Family" | "Associate");
            let stated = Stated {
                at: &entity.at,
                side: if is_one {
                    entity.id.clone()
                } else {
                    String::new()
                },
                office: None,
            };
            self.relations.add(record, stated, out)?;
        }
        Ok(())
    }

    fn event(&mut self, entity: &Entity, out: &mut Builder<'_>) -> Result<(), SourceError> {
        let mut participants: Vec<Value> = Vec::new();
        for (name, values) in &entity.properties {
            for value in values {
                if let Some(id) = self.id_of(value, RecordKind::Actor) {
                    let role = if name == "entity" { "subject" } else { name };
                    participants.push(json!({"actor": id, "role": role}));
                }
            }
        }
        let label = self.label(entity);
        let Some((_, id)) = self.ids.get(&entity.id).cloned() else {
            return Ok(());
        };
        let evidence = self.evidence(entity, out)?;
        let mut record = Record::new(RecordKind::Event, id);
        record
            .set("label", label)
            .set("kind", entity.schema.to_lowercase());
        when(entity, &mut record, out)?;
        record.set("participants", participants);
        for document in evidence {
            record.evidence(&Evidence {
                document,
                ..Evidence::default()
            });
        }
        self.rest(entity, &mut record);
        out.add(record)
    }

    /// What an event is called: its name, else its sort and those who take part.
    fn label(&self, entity: &Entity) -> String {
        let own = entity.name();
        if !own.is_empty() {
            return own.to_owned();
        }
        let values = entity.properties.iter().flat_map(|(_, values)| values);
        let who = values.filter(|value| self.id_of(value, RecordKind::Actor).is_some());
        let who = who.filter_map(|value| self.names.get(value).map(String::as_str));
        let parts: Vec<&str> = std::iter::once(&*entity.schema).chain(who).collect();
        parts.join(", ")
    }

    /// The documents that a tie or event rests on: its data sets, proofs and addresses.
    fn evidence(
        &mut self,
        entity: &Entity,
        out: &mut Builder<'_>,
    ) -> Result<Vec<String>, SourceError> {
        let mut found: Vec<String> = Vec::new();
        for proof in entity.values("proof") {
            found.extend(self.id_of(proof, RecordKind::Document).map(str::to_owned));
        }
        let sets = entity.datasets.iter().map(|set| (set, "data set"));
        let urls = entity
            .values("sourceUrl")
            .iter()
            .map(|url| (url, "web page"));
        for (name, kind) in sets.chain(urls) {
            let (id, _) = out.id_of(RecordKind::Document, &format!("{kind}\n{name}"), name);
            if self.made.insert(id.clone()) {
                let mut record = Record::new(RecordKind::Document, id.clone());
                record.set("title", &**name).set("kind", kind);
                if kind == "web page" {
                    record.set("url", &**name);
                }
                out.add(record)?;
            }
            found.push(id);
        }
        Ok(found)
    }

    /// What every record has, and what has no field.
    fn rest(&self, entity: &Entity, record: &mut Record) {
        let mut notes: Vec<&str> = Vec::new();
        for name in ["notes", "description", "summary"] {
            notes.extend(entity.values(name).iter().map(String::as_str));
        }
        record.set("note", notes.join("\n"));
        for name in ["topics", "keywords"] {
            for tag in entity.values(name) {
                record.push("tags", tag.as_str());
            }
        }
        for (name, field) in [
            (&entity.first_seen, Some("recorded")),
            (&entity.last_seen, None),
        ] {
            let date = edtf(name, false).and_then(|date| Dated::edtf_of(&date).ok());
            match (field, date) {
                (Some(field), Some(date)) => record.date(field, &date),
                (Some(_), None) => record.extra("first_seen", &**name),
                (None, _) => record.extra("last_seen", &**name),
            };
        }
        for (name, values) in &entity.properties {
            let is_tie =
                matches!(role_of(entity), Role::Tie(tie) if tie.from == name || tie.to == name);
            if is_tie {
                continue;
            }
            let kind = record.kind();
            let is_left = |value: &&String| !self.is_taken(kind, entity, name, value);
            let left = values.iter().filter(is_left).map(|value| {
                let id = self.ids.get(value).map(|(_, id)| id);
                Value::from(id.unwrap_or(value).as_str())
            });
            let mut left: Vec<Value> = left.collect();
            let value = match left.len() {
                0 => continue,
                1 => left.remove(0),
                _ => left.into(),
            };
            let key = snake(name);
            if record.get(&crate::extra_key(&key)).is_none() {
                record.extra(&key, value);
            }
        }
        if !entity.statements.is_empty() {
            let statements: Vec<Value> = (entity.statements.iter())
                .map(|one| json!([one.property, one.value, one.dataset]))
                .collect();
            record.extra("statements", statements);
        }
        record.extra("ftm_id", &*entity.id);
    }
}

impl Records {
    /// Whether a value of a property stands in a field of the record, or in another record.
    fn is_taken(&self, kind: RecordKind, entity: &Entity, name: &str, value: &str) -> bool {
        use RecordKind::{Actor, Document, Event, Relation};
        // A tie is a relation of its own, which says whom it ties.
        if self.ties.contains(value) {
            return true;
        }
        let is_first = |names: &[&str]| entity.first(names) == value;
        match (name, kind) {
            ("notes" | "description" | "summary" | "topics" | "keywords", _)
            | (
                "name" | "alias" | "weakAlias" | "previousName" | "birthDate" | "deathDate"
                | "incorporationDate" | "dissolutionDate" | "wikidataId" | "leiCode" | "position"
                | "sourceUrl",
                Actor,
            )
            | ("author" | "bodyText", Document)
            | ("startDate" | "endDate" | "date" | "sourceUrl", Relation | Event) => true,
            ("publisher" | "language" | "sourceUrl", Document) => is_first(&[name]),
            ("publishedAt" | "date", Document) => is_first(&["publishedAt", "date"]),
            ("role" | "relationship", Relation) => is_first(&["role", "relationship"]),
            ("proof", Relation | Event) => self.id_of(value, Document).is_some(),
            ("name" | "title" | "fileName" | "weakAlias" | "alias" | "subject", _) => {
                called(entity) == value
            }
            // Who takes part in an event stands there.
            (_, Event) => self.id_of(value, Actor).is_some(),
            _ => false,
        }
    }
}

/// What an entity is called: its name, else its id.
fn called(entity: &Entity) -> &str {
    match entity.name() {
        "" => &entity.id,
        name => name,
    }
}
