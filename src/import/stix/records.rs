//! Objects to records.

use std::collections::{BTreeMap, HashMap};

use foldhash::fast::RandomState;
use serde_json::{Value, json};

use super::object::{Item, Sort, between, day, set_moment};
use crate::dates::Dated;
use crate::json_object::texts;
use crate::{Builder, Evidence, Record};
use annals_model::RecordKind;
use annals_source::SourceError;

/// All objects, and what is known of them before the first record is made.
pub(super) struct Records {
    items: Vec<Item>,
    /// Kind and id of the record that an object becomes.
    pub(super) ids: HashMap<String, (RecordKind, String), RandomState>,
    /// Actors by their name, where only one bears it.
    pub(super) named: HashMap<String, Option<String>, RandomState>,
    /// Who takes part in an event, by its object.
    participants: HashMap<String, Vec<Value>, RandomState>,
    /// What else an object is tied to: words of relationships, and records.
    others: HashMap<String, BTreeMap<String, Vec<String>>, RandomState>,
    /// The documents that refer to an object.
    evidence: HashMap<String, Vec<String>, RandomState>,
}

impl Records {
    /// Gives each object that others can refer to its id.
    pub(super) fn new(items: Vec<Item>, out: &mut Builder<'_>) -> Self {
        let mut records = Records {
            items,
            ids: HashMap::default(),
            named: HashMap::default(),
            participants: HashMap::default(),
            others: HashMap::default(),
            evidence: HashMap::default(),
        };
        for item in &records.items {
            let kind = match item.sort {
                Sort::Actor => RecordKind::Actor,
                Sort::Place => RecordKind::Place,
                Sort::Event | Sort::Sighting => RecordKind::Event,
                Sort::Document => RecordKind::Document,
                Sort::Topic => RecordKind::Topic,
                Sort::Claim => RecordKind::Claim,
                Sort::Tie | Sort::None => continue,
            };
            let words = match item.sort {
                Sort::Sighting => "sighting",
                Sort::Claim => item.kind(),
                _ => item.name(),
            };
            let id = out.id(kind, words);
            if kind == RecordKind::Actor {
                let named = records.named.entry(item.name().to_lowercase());
                let first = named.or_insert_with(|| Some(id.clone()));
                if first.as_ref() != Some(&id) {
                    *first = None;
                }
            }
            records.ids.insert(item.id.clone(), (kind, id));
        }
        for item in &records.items {
            if item.sort != Sort::Document {
                continue;
            }
            let Some((_, document)) = records.ids.get(&item.id) else {
                continue;
            };
            for object in texts(&item.fields, "object_refs") {
                let list = records.evidence.entry(object.to_owned()).or_default();
                if !list.contains(document) {
                    list.push(document.clone());
                }
            }
        }
        records
    }

    pub(super) fn id_of(&self, object: &str, wanted: RecordKind) -> Option<&str> {
        let (kind, id) = self.ids.get(object)?;
        (*kind == wanted).then_some(id)
    }

    /// Makes all records.
    pub(super) fn make(mut self, out: &mut Builder<'_>) -> Result<(), SourceError> {
        let items = std::mem::take(&mut self.items);
        // Relationships first: they put participants into events.
        for item in items.iter().filter(|item| item.sort == Sort::Tie) {
            self.tie(item, out)?;
        }
        let known: HashMap<&str, &Item> = items.iter().map(|item| (&*item.id, item)).collect();
        for item in &items {
            match item.sort {
                Sort::Actor => self.actor(item, out)?,
                Sort::Place => self.place(item, out)?,
                Sort::Event => self.event(item, out)?,
                Sort::Sighting => self.sighting(item, &known, out)?,
                Sort::Document => self.document(item, &known, out)?,
                Sort::Topic => self.topic(item, out)?,
                Sort::Claim => self.claim(item, out)?,
                Sort::Tie => {}
                Sort::None => out.left_out(
                    &item.at,
                    item.kind(),
                    "a marking, an observable or another object that is not a fact",
                )?,
            }
        }
        Ok(())
    }

    fn tie(&mut self, item: &Item, out: &mut Builder<'_>) -> Result<(), SourceError> {
        use RecordKind::{Actor, Event};
        let word = item.text("relationship_type").to_owned();
        let (source, target) = (item.text("source_ref"), item.text("target_ref"));
        let ends = [source, target].map(|end| self.ids.get(end).cloned());
        let [Some((first, from)), Some((second, to))] = ends else {
            let why = "a relationship with an end that is missing or not a fact";
            return out.left_out(&item.at, &word, why);
        };
        match (first, second) {
            (Actor, Actor) => {
                let mut record = Record::unnamed(RecordKind::Relation);
                record.set("from", from).set("kind", kind_of(&word));
                record.set("to", to).set("role", word);
                if let Some(when) = between(item.text("start_time"), item.text("stop_time")) {
                    record.date("when", &when);
                }
                self.rest(item, &mut record);
                out.add(record)
            }
            (Event, Actor) | (Actor, Event) => {
                let (event, actor) = if first == Event {
                    (source, to)
                } else {
                    (target, from)
                };
                let list = self.participants.entry(event.to_owned()).or_default();
                list.push(json!({"actor": actor, "role": &word}));
                words_left(item, &word, out)
            }
            _ => {
                words_left(item, &word, out)?;
                let others = self.others.entry(source.to_owned()).or_default();
                others.entry(word).or_default().push(to);
                Ok(())
            }
        }
    }

    fn actor(&self, item: &Item, out: &mut Builder<'_>) -> Result<(), SourceError> {
        let Some(mut record) = self.begun(item) else {
            return Ok(());
        };
        let kind = match (item.kind(), item.text("identity_class")) {
            (_, "individual") => "person",
            ("identity", "organization") => "organization",
            _ => "group",
        };
        record.set("name", item.name()).set("kind", kind);
        for alias in texts(&item.fields, "aliases") {
            if alias != item.name() {
                record.push("aliases", alias);
            }
        }
        record.extra("first_seen", item.text("first_seen"));
        record.extra("last_seen", item.text("last_seen"));
        self.rest(item, &mut record);
        out.add(record)
    }

    fn place(&self, item: &Item, out: &mut Builder<'_>) -> Result<(), SourceError> {
        let Some(mut record) = self.begun(item) else {
            return Ok(());
        };
        let names = ["name", "city", "administrative_area", "country", "region"];
        let name = names.map(|name| item.text(name));
        let name = name.into_iter().find(|name| !name.is_empty());
        record.set("name", name.unwrap_or(&item.id));
        let number = |name: &str, most: f64| {
            let number = item.fields.get(name).and_then(Value::as_f64);
            number.filter(|number| number.abs() <= most)
        };
        if let (Some(lat), Some(lon)) = (number("latitude", 90.0), number("longitude", 180.0)) {
            record.set("lat", lat).set("lon", lon);
        }
        for name in ["city", "administrative_area", "country", "region"] {
            record.extra(name, item.text(name));
        }
        self.rest(item, &mut record);
        out.add(record)
    }

    fn event(&self, item: &Item, out: &mut Builder<'_>) -> Result<(), SourceError> {
        let Some(mut record) = self.begun(item) else {
            return Ok(());
        };
        record.set("label", item.name()).set("kind", item.kind());
        if let Some(when) = between(item.text("first_seen"), item.text("last_seen")) {
            record.date("when", &when);
        }
        let participants = self.participants.get(&item.id);
        record.set("participants", participants.cloned().unwrap_or_default());
        for alias in texts(&item.fields, "aliases") {
            record.push("tags", alias);
        }
        record.extra("objective", item.text("objective"));
        self.rest(item, &mut record);
        out.add(record)
    }

    fn sighting(
        &self,
        item: &Item,
        known: &HashMap<&str, &Item>,
        out: &mut Builder<'_>,
    ) -> Result<(), SourceError> {
        let Some(mut record) = self.begun(item) else {
            return Ok(());
        };
        let seen = item.text("sighting_of_ref");
        let name = known.get(seen).map_or(seen, |one| one.name());
        record.set("label", format!("Sighting of {name}"));
        record.set("kind", "sighting");
        if let Some(when) = between(item.text("first_seen"), item.text("last_seen")) {
            record.date("when", &when);
        }
        if let Some(id) = self.id_of(seen, RecordKind::Actor) {
            record.push("participants", json!({"actor": id, "role": "sighted"}));
        }
        for place in texts(&item.fields, "where_sighted_refs") {
            if let Some(id) = self.id_of(place, RecordKind::Actor) {
                record.push(
                    "participants",
                    json!({"actor": id, "role": "where sighted"}),
                );
            } else if let Some(id) = self.id_of(place, RecordKind::Place)
                && record.get("place").is_none()
            {
                record.set("place", id);
            }
        }
        match self.ids.get(seen) {
            Some((RecordKind::Event, id)) if Some(&**id) != record.id() => {
                record.set("part_of", id.clone());
            }
            Some((_, id)) => {
                record.extra("sighting_of", id.clone());
            }
            None => {
                record.extra("sighting_of", seen);
            }
        }
        record.extra(
            "count",
            item.fields.get("count").cloned().unwrap_or_default(),
        );
        self.rest(item, &mut record);
        out.add(record)
    }

    fn document(
        &self,
        item: &Item,
        known: &HashMap<&str, &Item>,
        out: &mut Builder<'_>,
    ) -> Result<(), SourceError> {
        let Some(mut record) = self.begun(item) else {
            return Ok(());
        };
        record.set("title", item.name()).set("kind", item.kind());
        let by = item.text("created_by_ref");
        let author = known.get(by).map(|one| one.name().to_owned());
        record.push("author", author.unwrap_or_default());
        set_moment(&mut record, "published", item, "published", out)?;
        let objects = texts(&item.fields, "object_refs");
        let objects = objects
            .into_iter()
            .map(|one| self.ids.get(one).map_or(one, |(_, id)| id));
        record.extra(
            "object_refs",
            objects.map(str::to_owned).collect::<Vec<_>>(),
        );
        record.extra("report_types", strings(item, "report_types"));
        let url = item
            .fields
            .get("external_references")
            .and_then(Value::as_array);
        let url = url.and_then(|all| all.iter().find_map(|one| one.get("url")?.as_str()));
        record.set("url", url.unwrap_or_default());
        self.rest(item, &mut record);
        out.add(record)
    }

    fn topic(&self, item: &Item, out: &mut Builder<'_>) -> Result<(), SourceError> {
        let Some(mut record) = self.begun(item) else {
            return Ok(());
        };
        record.set("label", item.name()).push("tags", item.kind());
        for name in ["pattern", "pattern_type", "valid_from", "valid_until"] {
            record.extra(name, item.text(name));
        }
        self.rest(item, &mut record);
        out.add(record)
    }

    pub(super) fn begun(&self, item: &Item) -> Option<Record> {
        let (kind, id) = self.ids.get(&item.id)?;
        Some(Record::new(*kind, id.clone()))
    }

    /// What every record has, and what has no field.
    pub(super) fn rest(&self, item: &Item, record: &mut Record) {
        let has_evidence = matches!(
            record.kind(),
            RecordKind::Event | RecordKind::Claim | RecordKind::Relation
        );
        for document in self.evidence.get(&item.id).into_iter().flatten() {
            if has_evidence {
                record.evidence(&Evidence {
                    document: document.clone(),
                    ..Evidence::default()
                });
            }
        }
        record.set("note", item.text("description"));
        for label in texts(&item.fields, "labels") {
            record.push("tags", label);
        }
        let confidence = item.fields.get("confidence").and_then(Value::as_f64);
        if let Some(confidence) = confidence.filter(|one| (0.0..=100.0).contains(one)) {
            record.set("confidence", confidence / 100.0);
        }
        let created = day(item.text("created"));
        if let Some(created) = created {
            record.date("recorded", &Dated::day(created));
        }
        if item.is_revoked() {
            // What was revoked before it was created was revoked when, nobody says.
            let modified = day(item.text("modified"));
            match modified.max(created) {
                Some(on) => record.set(
                    "retracted",
                    json!({"on": on.to_string(), "reason": "revoked"}),
                ),
                None => record.extra("revoked", true),
            };
        }
        record.extra("modified", item.text("modified"));
        if let Some(id) = self.id_of(item.text("created_by_ref"), RecordKind::Actor) {
            record.extra("created_by", id);
        }
        for (name, value) in &item.fields {
            if !is_read(item.sort, name) {
                record.extra(name.strip_prefix("x_").unwrap_or(name), value.clone());
            }
        }
        for (word, ids) in self.others.get(&item.id).into_iter().flatten() {
            record.extra(word, ids.clone());
        }
        record.extra("stix_id", &*item.id);
    }
}

/// Properties that every object has, and that are read or named as lost.
const READ: &[&str] = &[
    "type",
    "spec_version",
    "id",
    "name",
    "description",
    "labels",
    "created",
    "modified",
    "revoked",
    "created_by_ref",
    "object_marking_refs",
    "granular_markings",
    "extensions",
    "aliases",
    "first_seen",
    "last_seen",
    "object_refs",
];

/// Whether a property of an object of this sort has been read by what makes its record.
fn is_read(sort: Sort, name: &str) -> bool {
    let own: &[&str] = match sort {
        Sort::Actor => &["identity_class"],
        Sort::Place => &[
            "latitude",
            "longitude",
            "city",
            "administrative_area",
            "country",
            "region",
        ],
        Sort::Event => &["objective"],
        Sort::Sighting => &["sighting_of_ref", "where_sighted_refs", "count"],
        Sort::Document => &["published", "report_types"],
        Sort::Topic => &["pattern", "pattern_type", "valid_from", "valid_until"],
        Sort::Claim => &["authors", "content", "explanation", "abstract", "opinion"],
        Sort::Tie => &[
            "relationship_type",
            "source_ref",
            "target_ref",
            "start_time",
            "stop_time",
        ],
        Sort::None => &[],
    };
    READ.contains(&name) || own.contains(&name) || name == "confidence"
}

/// A relationship that becomes a name in a list: what else is said of it has no place.
fn words_left(item: &Item, word: &str, out: &mut Builder<'_>) -> Result<(), SourceError> {
    let said = ["description", "start_time", "stop_time"];
    if said.iter().all(|name| item.text(name).is_empty()) {
        return Ok(());
    }
    out.left_out(
        &item.at,
        word,
        "the description or dates of a relationship that is kept only as a name",
    )
}

fn strings(item: &Item, name: &str) -> Vec<String> {
    let all = texts(&item.fields, name).into_iter();
    all.map(str::to_owned).collect()
}

/// The kind of tie that a word of a relationship is.
fn kind_of(word: &str) -> &'static str {
    match word {
        "attributed-to" => "part_of",
        "targets" => "opposes",
        "owns" => "owns",
        "controls" => "controls",
        "supports" => "supports",
        _ => "related_to",
    }
}
