//! The roles of claims and events: who, when, where, and what about.

use serde_json::{Value, json};

use super::lines::Bound;
use super::making::{Making, NOT_THERE, TAKEN_FOR_A_PERSON, Thing, is_other};
use super::meaning::speaker_of_place;
use super::role::{Fit, Part, Role, fits_place, fits_time, role};
use super::when::Time;
use annals_model::{ActorKind, RecordKind};
use annals_source::{At, SourceError};

impl Making<'_, '_> {
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
    pub(super) fn speakers(&mut self) -> Result<(), SourceError> {
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
}
