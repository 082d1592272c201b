//! Annotations of one text to records.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::File;
use super::actors::{Actors, curie, heads};
use super::lines::{Annotations, Bound};
use super::meaning::{Meaning, Meanings, is_open, speaker_of_place};
use super::role::{Fit, Part, Role, fits_place, fits_time, role};
use super::when::{Time, Times};
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
    meanings: &'m Meanings,
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
    /// The dates of records, until all are known.
    pub(super) times: Times,
    /// Claims whose speaker is annotated, but missing.
    speakerless: BTreeSet<usize>,
    pub(super) actors: &'m mut Actors,
    /// What lists have already.
    listed: BTreeSet<(usize, &'static str, String)>,
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
const TAKEN_FOR_A_PERSON: &str = "an actor of unknown kind, read as a person";
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
    fn stands(&self, bound: &Bound) -> bool {
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

    /// One role of a claim or an event; `turned` where a relation runs to it.
    pub(super) fn role(
        &mut self,
        nth: usize,
        written: &str,
        of: &str,
        line: usize,
        turned: bool,
    ) -> Result<(), SourceError> {
        let at = self.line(line);
        let is_claim = self.made[nth].kind() == RecordKind::Claim;
        let bound = self.all.bounds.get(of);
        let passage = bound.filter(|bound| self.stands(bound));
        if let Some(bound) = passage.filter(|_| is_claim && role(written) == Role::Content) {
            self.content(nth, bound);
            return Ok(());
        }
        let Some(thing) = self.things.get(of).cloned() else {
            if is_claim && role(written) == Role::Speaker {
                self.speakerless.insert(nth);
            }
            return self.out.left_out(&at, written, NOT_THERE);
        };
        if is_claim {
            self.role_of_claim(nth, written, &thing, passage, &at)
        } else {
            self.role_of_event(nth, written, &thing, &at, turned)
        }
    }

    fn role_of_claim(
        &mut self,
        nth: usize,
        written: &str,
        thing: &Thing,
        passage: Option<&Bound>,
        at: &At,
    ) -> Result<(), SourceError> {
        match (role(written), thing) {
            // *Said* is a date in one scheme, and who has said it in another.
            (Role::Speaker | Role::Time(_), Thing::Actor(id)) => self.add(nth, "speaker", id),
            (Role::Addressee, Thing::Actor(id)) => self.add(nth, "to", id),
            (Role::Speaker | Role::Addressee, Thing::Place(_) | Thing::Topic(_)) => {
                let field = if role(written) == Role::Speaker {
                    "speaker"
                } else {
                    "to"
                };
                match passage {
                    Some(bound) => {
                        let id = self.acting(thing, bound, at)?;
                        self.add(nth, field, &id);
                    }
                    None => self.keep(nth, written, thing),
                }
            }
            (Role::About, _) if is_other(nth, thing) => self.about(nth, thing),
            (Role::Time(part), Thing::Time(words)) => self.time(nth, part, written, words, at),
            // A role that is called by a kind of actor: Say with Person.
            (Role::Other, Thing::Actor(id)) if self.meanings.is_actor(written) => {
                self.add(nth, "speaker", id);
            }
            (Role::Other, Thing::Actor(_)) => {
                let how = "an actor whose role in a claim is not known, kept under x_";
                self.out.changed(at, written, how)?;
                self.keep(nth, written, thing);
            }
            _ => self.keep(nth, written, thing),
        }
        Ok(())
    }

    fn role_of_event(
        &mut self,
        nth: usize,
        written: &str,
        thing: &Thing,
        at: &At,
        turned: bool,
    ) -> Result<(), SourceError> {
        const BY_ENDS: &str = "a relation of unknown name, read by what stands at its ends";
        match thing {
            Thing::Time(words) => match fits_time(written) {
                Some((part, fit)) => {
                    if fit == Fit::Open {
                        self.out.changed(at, written, BY_ENDS)?;
                    }
                    let part = if turned { part.turned() } else { part };
                    self.time(nth, part, written, words, at);
                }
                None => self.keep(nth, written, thing),
            },
            Thing::Place(id) => match fits_place(written) {
                Fit::No => self.keep(nth, written, thing),
                fit => {
                    if fit == Fit::Open {
                        self.out.changed(at, written, BY_ENDS)?;
                    }
                    self.place(nth, written, id, at)?;
                }
            },
            // A state is where an event was, if the role says so.
            Thing::Actor(id) if fits_place(written) == Fit::Sure => {
                let name = self.name_of(id);
                let how = "an actor where a place stands, which became a place too";
                self.out.changed(at, &name, how)?;
                let place = self.actors.place(&name, self.out);
                self.place(nth, written, &place, at)?;
            }
            Thing::Actor(id) => {
                let role = match written.to_lowercase().replace(['-', '_'], "").as_str() {
                    "participantin" | "participatesin" | "participant" => "participant".to_owned(),
                    _ => written.to_lowercase(),
                };
                let key = format!("{id} {role}");
                if self.listed.insert((nth, "participants", key)) {
                    let part = json!({"actor": id, "role": role});
                    self.made[nth].push("participants", part);
                }
            }
            Thing::Made(other)
                if role(written) == Role::Cause
                    && is_other(nth, thing)
                    && self.made[*other].kind() == RecordKind::Event =>
            {
                let id = self.id(nth);
                self.add(*other, "causes", &id);
            }
            _ => self.keep(nth, written, thing),
        }
        Ok(())
    }

    fn place(&mut self, nth: usize, written: &str, id: &str, at: &At) -> Result<(), SourceError> {
        let there = self.made[nth].get("place").and_then(Value::as_str);
        match there {
            None => {
                self.made[nth].set("place", id);
            }
            Some(there) if there == id => {}
            Some(_) => {
                let how = "a second place of an event, kept under x_";
                self.out.changed(at, id, how)?;
                self.made[nth].keep(written, id);
            }
        }
        Ok(())
    }

    fn time(&mut self, nth: usize, part: Part, written: &str, words: &str, at: &At) {
        self.times.entry(nth).or_default().push(Time {
            part,
            words: words.to_owned(),
            role: written.to_lowercase(),
            at: at.clone(),
        });
    }

    /// Who speaks, or is spoken to, where a place or a thing of unknown type stands.
    fn acting(&mut self, thing: &Thing, bound: &Bound, at: &At) -> Result<String, SourceError> {
        let (kind, how) = match thing {
            Thing::Place(_) => (
                speaker_of_place(&bound.kind),
                "a place that speaks or is spoken to, read as an actor; --types says what it is",
            ),
            _ => (ActorKind::Person, TAKEN_FOR_A_PERSON),
        };
        self.out.changed(at, &bound.text, how)?;
        let nth = self.actors.one(&[&bound.text], kind, &[], self.out);
        Ok(self.actors.id(nth))
    }

    /// Claims whose speaker is annotated but missing are not the narrator's.
    fn speakers(&mut self) -> Result<(), SourceError> {
        for nth in std::mem::take(&mut self.speakerless) {
            let narrated = self.made[nth].get("speaker").and_then(Value::as_array);
            if narrated.is_some_and(Vec::is_empty) {
                let how = "a claim whose speaker is missing: by an unnamed actor";
                let words = self.id(nth);
                self.out.changed(self.at, &words, how)?;
                let id = self.actors.unnamed(&self.document, self.out);
                self.made[nth].set("speaker", id);
            }
        }
        Ok(())
    }

    fn name_of(&mut self, actor: &str) -> String {
        let record = self.actors.record(RecordKind::Actor, actor);
        let name = record.and_then(|record| record.get("name")?.as_str().map(str::to_owned));
        name.unwrap_or_else(|| actor.to_owned())
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

    fn about(&mut self, nth: usize, thing: &Thing) {
        let name = self.name(thing);
        self.add(nth, "about", &name);
    }

    fn content(&mut self, nth: usize, bound: &Bound) {
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
fn is_other(nth: usize, thing: &Thing) -> bool {
    !matches!(thing, Thing::Made(other) if *other == nth) && !matches!(thing, Thing::Time(_))
}
