//! Annotations of one text to records.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::File;
use super::actors::{Actors, curie, heads};
use super::lines::{Annotations, Bound};
use super::meaning::{Meaning, Meanings, is_open};
use super::role::{Role, role};
use super::when::Times;
use crate::dates::Reading;
use crate::{Builder, Evidence, Options, Record};
use annals_model::{ActorKind, RecordKind};
use annals_source::{At, SourceError};

/// What a `T` or an `E` became.
#[derive(Debug, Clone)]
pub(super) enum Thing {
    Actor(String),
    Place(String),
    Topic(String),
    Time(String),
    /// A claim or an event: which of the records.
    Made(usize),
}

pub(super) struct Making<'m, 'o> {
    pub(super) meanings: &'m Meanings,
    pub(super) all: &'m Annotations,
    pub(super) at: &'m At,
    pub(super) document: String,
    /// The text as code points, where it is there.
    text: Option<Vec<char>>,
    pub(super) reading: Reading,
    pub(super) things: BTreeMap<&'m str, Thing>,
    pub(super) made: Vec<Record>,
    /// The records of relations, by the relation.
    pub(super) ties: BTreeMap<&'m str, usize>,
    /// What relations between actors say, each once.
    pub(super) said: BTreeMap<String, usize>,
    /// The dates of records, until all are known.
    pub(super) times: Times,
    /// Claims whose speaker is annotated, but missing.
    pub(super) speakerless: BTreeSet<usize>,
    pub(super) actors: &'m mut Actors,
    /// What lists have already.
    pub(super) listed: BTreeSet<(usize, &'static str, String)>,
    /// Notes and references, by what they stand on.
    pub(super) notes: BTreeMap<&'m str, Vec<&'m str>>,
    pub(super) references: BTreeMap<&'m str, Vec<&'m str>>,
    pub(super) out: &'m mut Builder<'o>,
}

pub(super) fn document(
    file: &File,
    all: &Annotations,
    text: Option<&str>,
    meanings: &Meanings,
    options: &Options,
    actors: &mut Actors,
    out: &mut Builder<'_>,
) -> Result<(), SourceError> {
    let id = out.id(RecordKind::Document, &file.stem);
    let mut record = Record::new(RecordKind::Document, id.clone());
    record.set("title", file.stem.as_str());
    match text {
        Some(text) => out.text(&mut record, text)?,
        None => out.changed(&file.at, &file.stem, "an annotation whose text is missing")?,
    }
    out.add(record)?;
    for (line, words) in &all.faulty {
        out.left_out(
            &At::line(&file.at.file, *line),
            words,
            "not a brat annotation",
        )?;
    }
    let mut making = Making {
        meanings,
        all,
        at: &file.at,
        document: id,
        text: text.map(|text| text.chars().collect()),
        reading: Reading::of(options),
        things: BTreeMap::new(),
        made: Vec::new(),
        ties: BTreeMap::new(),
        said: BTreeMap::new(),
        times: Times::new(),
        speakerless: BTreeSet::new(),
        actors,
        listed: BTreeSet::new(),
        notes: BTreeMap::new(),
        references: BTreeMap::new(),
        out,
    };
    for (of, note) in &all.notes {
        making.notes.entry(of).or_default().push(note);
    }
    for (of, there, _) in &all.references {
        making.references.entry(of).or_default().push(there);
    }
    making.bounds(meanings)?;
    making.events(meanings)?;
    making.relations()?;
    making.times()?;
    making.speakers()?;
    making.attributes()?;
    making.notes_and_references()?;
    for record in making.made {
        making.out.add(record)?;
    }
    Ok(())
}

pub(super) const NOT_THERE: &str = "refers to a missing annotation";
/// Said of each actor whose kind its type leaves open, since a fact file must say one.
pub(super) const TAKEN_FOR_A_PERSON: &str = "an actor of unknown kind, read as a person";
const OTHER_WORDS: &str = "an annotation whose offsets do not match its text";

impl<'m> Making<'m, '_> {
    pub(super) fn line(&self, line: usize) -> At {
        At::line(&self.at.file, line)
    }

    /// The words at offsets, a text a span.
    fn words(&self, bound: &Bound, spans: &[(usize, usize)]) -> Option<Vec<String>> {
        let Some(text) = &self.text else {
            return Some(vec![bound.text.clone()]).filter(|_| !bound.text.is_empty());
        };
        let pieces = spans.iter().map(|(start, end)| {
            let piece = text.get(*start..*end)?;
            let piece: String = piece.iter().collect();
            Some(piece).filter(|piece| !piece.trim().is_empty())
        });
        pieces.collect()
    }

    /// Whether the words of the annotation stand at its offsets.
    pub(super) fn stands(&self, bound: &Bound) -> bool {
        let bare = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let words = self.words(bound, &bound.pieces);
        words.is_some_and(|words| bare(&words.join(" ")) == bare(&bound.text))
    }

    pub(super) fn evidence(&self, bound: &Bound) -> Evidence {
        let pieces = self.words(bound, &bound.spans).unwrap_or_default();
        Evidence {
            document: self.document.clone(),
            quote: (self.text.is_some() || bound.spans.len() == 1).then(|| pieces.join(" … ")),
            spans: bound.spans.clone(),
            ..Evidence::default()
        }
    }

    /// What roles say of passages whose types say nothing.
    fn hints(&self, meanings: &Meanings) -> BTreeMap<&'m str, Meaning> {
        let mut hints = BTreeMap::new();
        for event in &self.all.events {
            let is_claim = matches!(meanings.find(&event.kind), Some(Meaning::Claim));
            for (written, of) in &event.roles {
                let meaning = match role(written) {
                    Role::Place => Meaning::Place,
                    Role::Time(_) => Meaning::Time,
                    Role::Speaker | Role::Addressee if is_claim => {
                        Meaning::Actor(ActorKind::Person)
                    }
                    _ => continue,
                };
                hints.entry(of.as_str()).or_insert(meaning);
            }
        }
        hints
    }

    fn bounds(&mut self, meanings: &Meanings) -> Result<(), SourceError> {
        let hints = self.hints(meanings);
        let triggers = self.all.events.iter();
        let triggers: BTreeSet<&str> = triggers.map(|event| event.trigger.as_str()).collect();
        let contents: BTreeSet<&str> = (self.all.events.iter().flat_map(|event| &event.roles))
            .filter(|(written, _)| role(written) == Role::Content)
            .map(|(_, of)| of.as_str())
            .collect();
        let mut clusters: BTreeMap<&str, Vec<(&str, &Bound)>> = BTreeMap::new();
        let heads = heads(self.all);
        for (id, bound) in &self.all.bounds {
            self.out.came("annotation");
            if !self.stands(bound) {
                let at = self.line(bound.line);
                self.out.left_out(&at, &bound.text, OTHER_WORDS)?;
                continue;
            }
            if triggers.contains(id.as_str()) {
                continue;
            }
            let at = self.line(bound.line);
            let known = meanings.find(&bound.kind);
            let hint = hints.get(id.as_str()).copied().filter(|_| known.is_none());
            if hint.is_some() {
                let how = "a passage of unknown type, read by its role; --types says what it is";
                self.out.changed(&at, &bound.kind, how)?;
            }
            let thing = match known.or(hint) {
                Some(Meaning::Actor(_)) => {
                    let head = heads.get(id.as_str()).copied().unwrap_or(id);
                    clusters.entry(head).or_default().push((id, bound));
                    continue;
                }
                Some(Meaning::Nothing) => {
                    let why = "of a type that has no meaning here";
                    self.out.left_out(&at, &bound.kind, why)?;
                    continue;
                }
                Some(Meaning::Place) => Thing::Place(self.actors.place(&bound.text, self.out)),
                Some(Meaning::Time) => Thing::Time(bound.text.clone()),
                Some(Meaning::Event) => self.event(bound),
                Some(Meaning::Claim) => self.claim(bound, true),
                Some(Meaning::Topic) => Thing::Topic(self.actors.topic(&bound.text, self.out)),
                // What is said in a claim, and nothing else.
                None if contents.contains(id.as_str()) => continue,
                None => {
                    let how = "a passage of unknown type, read as a topic; --types says what it is";
                    self.out.changed(&at, &bound.kind, how)?;
                    Thing::Topic(self.actors.topic(&bound.text, self.out))
                }
            };
            self.things.insert(id, thing);
        }
        for mentions in clusters.into_values() {
            self.actor(&mentions, meanings)?;
        }
        Ok(())
    }

    /// One actor, who is mentioned at these places.
    fn actor(
        &mut self,
        mentions: &[(&'m str, &'m Bound)],
        meanings: &Meanings,
    ) -> Result<(), SourceError> {
        let kinds = mentions
            .iter()
            .find_map(|(_, bound)| match meanings.find(&bound.kind) {
                Some(Meaning::Actor(kind)) => Some(kind),
                _ => None,
            });
        let (mut names, mut taken) = (Vec::new(), BTreeSet::new());
        for (_, bound) in mentions {
            if taken.insert(bound.text.as_str()) {
                names.push(bound.text.as_str());
            }
        }
        // The fullest name, one with a capital if there is one; the first of those that are alike.
        let full = |name: &&str| (name.starts_with(char::is_uppercase), name.chars().count());
        let fullest = names.iter().map(full).max();
        let fullest = names.iter().position(|name| Some(full(name)) == fullest);
        if let Some(nth) = fullest {
            let name = names.remove(nth);
            names.insert(0, name);
        }
        let references = mentions
            .iter()
            .filter_map(|(id, _)| self.references.get(id));
        let references: Vec<String> = references.flatten().map(|there| curie(there)).collect();
        let references: Vec<&str> = references.iter().map(String::as_str).collect();
        // A type such as Speaker says that somebody acts, and not what they are.
        let told = |(_, bound): &&(&str, &Bound)| {
            meanings.find(&bound.kind).is_some() && !is_open(&bound.kind)
        };
        if !mentions.iter().any(|mention| told(&mention)) {
            let at = self.line(mentions.first().map_or(1, |(_, bound)| bound.line));
            self.out.changed(&at, names[0], TAKEN_FOR_A_PERSON)?;
        }
        let kind = kinds.unwrap_or(ActorKind::Person);
        let nth = self.actors.one(&names, kind, &references, self.out);
        let id = self.actors.id(nth);
        let mut places: Vec<Value> = Vec::new();
        for (mention, bound) in mentions {
            self.things.insert(mention, Thing::Actor(id.clone()));
            places.push(json!(bound.spans));
        }
        let notes = self.notes_of(mentions);
        let record = &mut self.actors.records[nth].0;
        let mut all = record
            .get("x_mentions")
            .cloned()
            .unwrap_or_else(|| json!({}));
        let here = &mut all[self.document.as_str()];
        match here {
            Value::Array(there) => there.append(&mut places),
            other => *other = places.into(),
        }
        record.extra("mentions", all);
        add_notes(record, &notes);
        Ok(())
    }

    fn notes_of(&self, mentions: &[(&str, &Bound)]) -> Vec<&'m str> {
        let notes = mentions.iter().filter_map(|(id, _)| self.notes.get(id));
        notes.flatten().copied().collect()
    }

    fn event(&mut self, bound: &Bound) -> Thing {
        let id = self.out.id(RecordKind::Event, &bound.text);
        let mut event = Record::new(RecordKind::Event, id);
        event.set("label", bound.text.as_str());
        event.set("kind", bound.kind.to_lowercase());
        event.evidence(&self.evidence(bound));
        self.made.push(event);
        Thing::Made(self.made.len() - 1)
    }

    /// A claim at a passage, which is what is said or the word that says so.
    fn claim(&mut self, bound: &Bound, is_content: bool) -> Thing {
        let id = self.out.id(RecordKind::Claim, &bound.text);
        let mut claim = Record::new(RecordKind::Claim, id);
        claim.narrated();
        if is_content {
            claim.set("content", bound.text.as_str());
        }
        claim.extra("type", bound.kind.as_str());
        claim.evidence(&self.evidence(bound));
        self.made.push(claim);
        Thing::Made(self.made.len() - 1)
    }

    fn events(&mut self, meanings: &Meanings) -> Result<(), SourceError> {
        let mut there = Vec::new();
        for event in &self.all.events {
            self.out.came("annotation");
            let trigger = self.all.bounds.get(&event.trigger);
            let Some(trigger) = trigger.filter(|trigger| self.stands(trigger)) else {
                let at = self.line(event.line);
                self.out.left_out(&at, &event.kind, NOT_THERE)?;
                continue;
            };
            let thing = match meanings.find(&event.kind) {
                Some(Meaning::Claim) => self.claim(trigger, false),
                _ => self.event(trigger),
            };
            self.things.insert(&event.id, thing.clone());
            self.things.entry(&event.trigger).or_insert(thing);
            there.push(event);
        }
        for event in there {
            let Some(Thing::Made(nth)) = self.things.get(event.id.as_str()).cloned() else {
                continue;
            };
            for (written, of) in &event.roles {
                self.role(nth, written, of, event.line, false)?;
            }
        }
        Ok(())
    }

    pub(super) fn id(&self, nth: usize) -> String {
        self.made[nth].id().unwrap_or_default().to_owned()
    }

    /// How a thing is called.
    pub(super) fn name(&self, thing: &Thing) -> String {
        match thing {
            Thing::Actor(id) | Thing::Place(id) | Thing::Topic(id) => id.clone(),
            Thing::Time(words) => words.clone(),
            Thing::Made(nth) => self.id(*nth),
        }
    }

    /// Adds to a list what is not in it yet.
    pub(super) fn add(&mut self, nth: usize, field: &'static str, id: &str) {
        if self.listed.insert((nth, field, id.to_owned())) {
            self.made[nth].push(field, id);
        }
    }

    pub(super) fn keep(&mut self, nth: usize, role: &str, thing: &Thing) {
        let name = self.name(thing);
        self.made[nth].keep(role, name);
    }

    pub(super) fn about(&mut self, nth: usize, thing: &Thing) {
        let name = self.name(thing);
        self.add(nth, "about", &name);
    }

    pub(super) fn content(&mut self, nth: usize, bound: &Bound) {
        let evidence = self.evidence(bound);
        let claim = &mut self.made[nth];
        if claim.get("content").is_none() {
            claim.set("content", bound.text.as_str());
        }
        claim.evidence(&evidence);
    }
}

/// Adds notes to those that a record has.
pub(super) fn add_notes(record: &mut Record, notes: &[&str]) {
    let there = record.get("note").and_then(Value::as_str);
    let all: Vec<&str> = there.into_iter().chain(notes.iter().copied()).collect();
    let all = all.join("\n");
    record.set("note", all);
}

/// Whether a thing is another record than this one.
pub(super) fn is_other(nth: usize, thing: &Thing) -> bool {
    !matches!(thing, Thing::Made(other) if *other == nth) && !matches!(thing, Thing::Time(_))
}
