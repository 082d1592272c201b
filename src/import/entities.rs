//! What several formats only name: actors, topics and places, one record each; and dates in the
//! words of a source.

use super::dates::{Reading, why_unread};
use super::{Builder, Record};
use annals_model::{ActorKind, RecordKind, Vocabulary};
use annals_source::{At, SourceError};

/// Said of each actor whose kind the source leaves open, since a fact file must say one.
const TAKEN_FOR_A_PERSON: &str = "an actor of unknown kind, read as a person";

/// The actor of this name. A kind of the model in brackets after the name is its kind, for those
/// formats that let people write one: `NATO (organization)`.
pub(super) fn actor(
    out: &mut Builder<'_>,
    at: &At,
    written: &str,
    kind: Option<ActorKind>,
) -> Result<String, SourceError> {
    let (name, own) = with_kind(written);
    let (id, new) = out.id_of(RecordKind::Actor, &name.to_lowercase(), name);
    if new {
        let kind = own.or(kind);
        if kind.is_none() {
            out.changed(at, name, TAKEN_FOR_A_PERSON)?;
        }
        let mut actor = Record::new(RecordKind::Actor, id.clone());
        actor.set("name", name);
        actor.set("kind", kind.unwrap_or(ActorKind::Person).word());
        out.add(actor)?;
    }
    Ok(id)
}

/// `NATO (organization)` as its name and its kind.
fn with_kind(written: &str) -> (&str, Option<ActorKind>) {
    let written = written.trim();
    let parts = written
        .strip_suffix(')')
        .and_then(|rest| rest.rsplit_once('('));
    if let Some((name, kind)) = parts {
        let kind = (ActorKind::ALL.iter()).find(|one| one.word().eq_ignore_ascii_case(kind.trim()));
        if let Some(kind) = kind.filter(|_| !name.trim().is_empty()) {
            return (name.trim(), Some(*kind));
        }
    }
    (written, None)
}

/// The topic of this label.
pub(super) fn topic(out: &mut Builder<'_>, label: &str) -> Result<String, SourceError> {
    let label = label.trim();
    let (id, new) = out.id_of(RecordKind::Topic, &label.to_lowercase(), label);
    if new {
        let mut topic = Record::new(RecordKind::Topic, id.clone());
        topic.set("label", label);
        out.add(topic)?;
    }
    Ok(id)
}

/// The place of this name.
pub(super) fn place(out: &mut Builder<'_>, name: &str) -> Result<String, SourceError> {
    let name = name.trim();
    let (id, new) = out.id_of(RecordKind::Place, &name.to_lowercase(), name);
    if new {
        let mut place = Record::new(RecordKind::Place, id.clone());
        place.set("name", name);
        out.add(place)?;
    }
    Ok(id)
}

/// Sets a date in words; what cannot be read is kept under `x_` and listed.
///
/// # Errors
/// When the words can be read in two ways.
pub(super) fn date(
    out: &mut Builder<'_>,
    at: &At,
    reading: Reading,
    record: &mut Record,
    field: &'static str,
    words: &str,
) -> Result<(), SourceError> {
    match reading.read(words) {
        Ok(date) => {
            record.date(field, &date);
            match date.remark() {
                Some(remark) => out.changed(at, words, remark),
                None => Ok(()),
            }
        }
        Err(unread) => {
            why_unread(unread, at, words)?;
            record.extra(field, words.trim());
            out.left_out(at, words, "a date that cannot be read, kept under x_")
        }
    }
}
