//! What is marked in a text, to records.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::inline::{Entity, Event, Marked, Sort};
use super::values;
use crate::dates::Dated;
use crate::{Builder, Evidence, Record, entities};
use annals_model::{ActorKind, RecordKind};
use annals_source::{At, SourceError};

/// Makes the records of a text.
pub(super) fn write(
    marked: &Marked,
    at: &At,
    during: Option<&str>,
    out: &mut Builder<'_>,
) -> Result<(), SourceError> {
    let mut writing = Writing {
        marked,
        at,
        during,
        document: String::new(),
        places: BTreeMap::new(),
        made: Vec::new(),
        lists: BTreeMap::new(),
        taken: BTreeSet::new(),
        when: BTreeMap::new(),
        longer: BTreeMap::new(),
        rest: Vec::new(),
        out,
    };
    writing.document()?;
    writing.events()?;
    for link in &marked.links {
        writing.out.came("link");
        writing.link(link)?;
    }
    writing.whens();
    for ((nth, field), all) in std::mem::take(&mut writing.lists) {
        match field {
            "x_slink" => writing.made[nth].extra("slink", all),
            "x_alink" => writing.made[nth].extra("alink", all),
            "x_participant" => writing.made[nth].extra("participant", all),
            field => writing.made[nth].set(field, all),
        };
    }
    let made = std::mem::take(&mut writing.made);
    let rest = std::mem::take(&mut writing.rest);
    made.into_iter()
        .chain(rest)
        .try_for_each(|record| out.add(record))
}

pub(super) struct Writing<'w, 'o> {
    pub(super) marked: &'w Marked,
    pub(super) at: &'w At,
    pub(super) during: Option<&'w str>,
    pub(super) document: String,
    /// Events by what links call them.
    pub(super) places: BTreeMap<&'w str, usize>,
    pub(super) made: Vec<Record>,
    /// Lists of the records that are made.
    pub(super) lists: BTreeMap<(usize, &'static str), Vec<Value>>,
    pub(super) taken: BTreeSet<(usize, &'static str, String)>,
    /// What times say of an event: how much, and in which words.
    pub(super) when: BTreeMap<usize, Vec<(u8, String, Dated)>>,
    /// Times that lie within an event.
    pub(super) longer: BTreeMap<usize, Vec<Value>>,
    /// Orders.
    pub(super) rest: Vec<Record>,
    pub(super) out: &'w mut Builder<'o>,
}

impl Writing<'_, '_> {
    pub(super) fn line(&self, line: usize) -> At {
        At::line(&self.at.file, line)
    }

    fn document(&mut self) -> Result<(), SourceError> {
        let marked = self.marked;
        let id = self.out.id(RecordKind::Document, &marked.title);
        let mut document = Record::new(RecordKind::Document, id.clone());
        document.set("title", marked.title.as_str());
        document.set("language", marked.language.as_str());
        document.set("url", marked.url.as_str());
        let creation = marked.creation.as_ref().and_then(|id| marked.times.get(id));
        if let Some(date) = creation.and_then(|time| values::dated(time, &marked.times)) {
            document.date("published", &date);
        }
        if !marked.text.is_empty() {
            self.out.text(&mut document, &marked.text)?;
        }
        self.document = id;
        self.out.add(document)?;
        for time in marked.times.values() {
            self.out.came("time");
            let why = match time.kind.as_str() {
                _ if values::dated(time, &marked.times).is_some() => continue,
                "DURATION" => "a duration",
                "SET" => "a set of times",
                _ => "a time whose value is not a date",
            };
            let at = self.line(time.line);
            self.out.left_out(&at, &time.words, why)?;
        }
        Ok(())
    }

    fn events(&mut self) -> Result<(), SourceError> {
        let marked = self.marked;
        let points: Vec<char> = marked.text.chars().collect();
        let speakers = self.speakers()?;
        for (nth, event) in marked.events.iter().enumerate() {
            self.out.came("event");
            for id in &event.ids {
                self.places.entry(id).or_insert(nth);
            }
            let words = match event.words.as_str() {
                "" => "Event without text",
                words => words,
            };
            let mut record = match speakers.get(&nth) {
                Some(speakers) => {
                    let id = self.out.id(RecordKind::Claim, words);
                    let mut claim = Record::new(RecordKind::Claim, id);
                    claim.set("speaker", speakers.clone());
                    claim
                }
                None => {
                    let id = self.out.id(RecordKind::Event, words);
                    let mut made = Record::new(RecordKind::Event, id);
                    made.set("label", words)
                        .set("kind", event.class.to_lowercase());
                    made
                }
            };
            for (start, end) in &event.spans {
                let words = points.get(*start..*end).map(|words| words.iter().collect());
                record.evidence(&Evidence {
                    document: self.document.clone(),
                    quote: words,
                    spans: vec![(*start, *end)],
                    ..Evidence::default()
                });
            }
            if event.spans.is_empty() {
                record.evidence(&Evidence {
                    document: self.document.clone(),
                    ..Evidence::default()
                });
            }
            for (name, value) in &event.more {
                record.extra(name, value.as_str());
            }
            self.made.push(record);
        }
        Ok(())
    }

    /// Who says what is said, where that is marked.
    fn speakers(&mut self) -> Result<BTreeMap<usize, Vec<String>>, SourceError> {
        let marked = self.marked;
        let mut speakers: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        let mut says: BTreeMap<&str, usize> = BTreeMap::new();
        for (nth, event) in marked.events.iter().enumerate() {
            if !is_saying(event) {
                continue;
            }
            says.extend(event.ids.iter().map(|id| (id.as_str(), nth)));
            if let Some(source) = &event.source {
                let at = self.line(event.line);
                let actor = entities::actor(self.out, &at, source, None)?;
                speakers.entry(nth).or_default().push(actor);
            }
        }
        let mut taken = BTreeSet::new();
        for link in &marked.links {
            let is_speaker = link.sort == Sort::Participant && link.kind == "ARG0";
            let nth = says.get(link.one.as_str()).copied().filter(|_| is_speaker);
            let entity = marked.entities.get(&link.other);
            if let (Some(nth), Some(entity)) = (nth, entity) {
                let actor = self.actor(entity, link.line)?;
                if let Some(actor) = actor.filter(|actor| taken.insert((nth, actor.clone()))) {
                    speakers.entry(nth).or_default().push(actor);
                }
            }
        }
        Ok(speakers)
    }

    /// The actor that an entity is; nothing for a place or a thing.
    pub(super) fn actor(
        &mut self,
        entity: &Entity,
        line: usize,
    ) -> Result<Option<String>, SourceError> {
        let kind = match entity.kind.as_str() {
            "PER" | "PERSON" => Some(ActorKind::Person),
            "ORG" | "ORGANIZATION" | "FIN" | "FINANCIAL" => Some(ActorKind::Organization),
            "" | "UNKNOWN" => None,
            _ => return Ok(None),
        };
        if entity.name.trim().is_empty() {
            return Ok(None);
        }
        let at = self.line(line);
        entities::actor(self.out, &at, &entity.name, kind).map(Some)
    }
}

fn is_saying(event: &Event) -> bool {
    matches!(
        event.class.as_str(),
        "REPORTING" | "SPEECH_COGNITIVE" | "SPEECH"
    )
}
