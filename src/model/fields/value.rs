//! How the value of a field is kept in its record, by the type that keeps it: where a reader puts
//! it, how it is written, what it leads to, and what becomes of it when its record moves to another
//! store.

use serde_json::{Value, json};

use super::Field;
use crate::arena::ArenaRange;
use crate::facts::{Listed, Lists};
use crate::merge::Moved;
use crate::{
    ActorId, ClaimId, Common, DateId, DocumentId, EventId, Evidence, Facts, Ignore, Links, Name,
    NodeRef, Participant, PlaceId, RecordRef, RelationId, Relations, Retraction, Stance, Str, Via,
    Vocabulary,
};
use annals_evidence::Span;
use annals_time::Calendar;

/// A struct whose fields are listed.
pub trait Fields {
    /// The fields, in the order of the model's description.
    const FIELDS: &'static [Field];

    /// Where the value of the `nth` field is kept.
    fn cell(&mut self, nth: usize) -> Cell<'_>;

    /// The `nth` field as the format writes it, if it says something.
    fn written(&self, facts: &Facts, nth: usize) -> Option<Value>;

    /// How many records the `nth` field leads to, those left out that lead nowhere; `None` where it
    /// leads to none.
    fn count(&self, facts: &Facts, nth: usize) -> Option<usize>;

    /// What an item of the `nth` field leads to.
    fn lead(&self, facts: &Facts, nth: usize, item: usize) -> Option<RecordRef>;

    /// Calls words, texts and dates as they are called where the record was taken in. References are
    /// not resolved yet.
    fn move_on(&mut self, moved: &Moved<'_>);
}

/// A kind of record.
pub trait Record: Fields {
    /// What every record has.
    fn common_mut(&mut self) -> &mut Common;
}

/// Where the value of a field is kept, for whoever reads it.
pub enum Cell<'r> {
    /// A text.
    Text(&'r mut Option<Str>),
    /// Texts.
    Texts(&'r mut ArenaRange<Str>),
    /// A word.
    Word(&'r mut Option<Name>),
    /// Words.
    Words(&'r mut ArenaRange<Name>),
    /// A word of a vocabulary.
    OneWord(&'r mut dyn OneWord),
    /// A word of a vocabulary, or one of the user's own.
    OneWordOrOwn(&'r mut dyn OneWord, &'r mut Option<Name>),
    /// A date.
    Date(&'r mut Option<DateId>),
    /// A number.
    Number(&'r mut Option<f64>),
    /// True or false.
    Flag(&'r mut bool),
    /// Stretches of a text.
    Spans(&'r mut ArenaRange<Span>),
    /// Stances.
    Stances(&'r mut ArenaRange<Stance>),
    /// Participants.
    Participants(&'r mut ArenaRange<Participant>),
    /// Passages.
    Evidence(&'r mut ArenaRange<Evidence>),
    /// Findings to silence.
    Ignores(&'r mut ArenaRange<Ignore>),
    /// Relations in time.
    Relations(&'r mut Option<Relations>),
    /// A retraction.
    Retraction(&'r mut Option<Retraction>),
    /// References, which are resolved when all files are read.
    References(&'r mut dyn PutReferences),
    /// References among a claim's links.
    Linked(fn(&mut Links) -> &mut dyn PutReferences),
    /// In no member of its own.
    Elsewhere,
}

/// A word of a vocabulary, to be read.
pub trait OneWord {
    /// Keeps the word; false where the vocabulary does not have it.
    fn put(&mut self, word: &str) -> bool;
}

impl<V: Vocabulary> OneWord for Option<V> {
    fn put(&mut self, word: &str) -> bool {
        *self = V::parse(word);
        self.is_some()
    }
}

/// References, to be written when they are resolved.
pub trait PutReferences {
    /// Keeps what the ids lead to, at least one record.
    fn put(&mut self, found: &[RecordRef], lists: &mut Lists);
}

/// How a type keeps the value of a field.
pub trait FieldValue {
    /// Where a reader puts it.
    fn cell(&mut self) -> Cell<'_>;

    /// How the format writes it, if it says something.
    fn written(&self, facts: &Facts) -> Option<Value>;

    /// Calls words, texts and dates as they are called where the record was taken in.
    fn move_on(&mut self, _: &Moved<'_>) {}

    /// How many records it leads to.
    fn count(&self) -> Option<usize> {
        None
    }

    /// What an item of it leads to.
    fn lead(&self, _: &Facts, _: usize) -> Option<RecordRef> {
        None
    }
}

impl FieldValue for Option<Str> {
    fn cell(&mut self) -> Cell<'_> {
        Cell::Text(self)
    }

    fn written(&self, facts: &Facts) -> Option<Value> {
        self.map(|text| facts.str(text).into())
    }

    fn move_on(&mut self, moved: &Moved<'_>) {
        *self = moved.text(*self);
    }
}

impl FieldValue for ArenaRange<Str> {
    fn cell(&mut self) -> Cell<'_> {
        Cell::Texts(self)
    }

    fn written(&self, facts: &Facts) -> Option<Value> {
        items(facts, *self, |text| Some(facts.str(*text).into()))
    }

    fn move_on(&mut self, moved: &Moved<'_>) {
        *self = moved.texts(*self);
    }
}

impl FieldValue for Option<Name> {
    fn cell(&mut self) -> Cell<'_> {
        Cell::Word(self)
    }

    fn written(&self, facts: &Facts) -> Option<Value> {
        self.map(|name| facts.name(name).into())
    }

    fn move_on(&mut self, moved: &Moved<'_>) {
        *self = moved.word(*self);
    }
}

impl FieldValue for ArenaRange<Name> {
    fn cell(&mut self) -> Cell<'_> {
        Cell::Words(self)
    }

    fn written(&self, facts: &Facts) -> Option<Value> {
        items(facts, *self, |name| Some(facts.name(*name).into()))
    }

    fn move_on(&mut self, moved: &Moved<'_>) {
        *self = moved.names(*self);
    }
}

impl<V: Vocabulary> FieldValue for Option<V> {
    fn cell(&mut self) -> Cell<'_> {
        Cell::OneWord(self)
    }

    fn written(&self, _: &Facts) -> Option<Value> {
        self.map(|word| word.word().into())
    }
}

impl FieldValue for Option<DateId> {
    fn cell(&mut self) -> Cell<'_> {
        Cell::Date(self)
    }

    fn written(&self, facts: &Facts) -> Option<Value> {
        self.map(|date| date_value(facts, date))
    }

    fn move_on(&mut self, moved: &Moved<'_>) {
        *self = moved.when(*self);
    }
}

impl FieldValue for Option<f64> {
    fn cell(&mut self) -> Cell<'_> {
        Cell::Number(self)
    }

    fn written(&self, _: &Facts) -> Option<Value> {
        self.map(Value::from)
    }
}

impl FieldValue for bool {
    fn cell(&mut self) -> Cell<'_> {
        Cell::Flag(self)
    }

    fn written(&self, _: &Facts) -> Option<Value> {
        self.then_some(Value::Bool(true))
    }
}

impl FieldValue for ArenaRange<Span> {
    fn cell(&mut self) -> Cell<'_> {
        Cell::Spans(self)
    }

    fn written(&self, facts: &Facts) -> Option<Value> {
        items(facts, *self, |span| Some(json!([span.start, span.end])))
    }

    fn move_on(&mut self, moved: &Moved<'_>) {
        *self = moved.spans(*self);
    }
}

impl FieldValue for ArenaRange<Stance> {
    fn cell(&mut self) -> Cell<'_> {
        Cell::Stances(self)
    }

    fn written(&self, facts: &Facts) -> Option<Value> {
        items(facts, *self, |stance| {
            let toward = facts.id(stance.toward?);
            Some(json!({"toward": toward, "value": stance.value.word()}))
        })
    }

    fn move_on(&mut self, moved: &Moved<'_>) {
        *self = moved.stances_of(*self);
    }

    fn count(&self) -> Option<usize> {
        Some(self.len())
    }

    fn lead(&self, facts: &Facts, item: usize) -> Option<RecordRef> {
        facts.list(*self).get(item)?.toward.map(RecordRef::from)
    }
}

impl FieldValue for ArenaRange<Participant> {
    fn cell(&mut self) -> Cell<'_> {
        Cell::Participants(self)
    }

    fn written(&self, facts: &Facts) -> Option<Value> {
        items(facts, *self, |participant| {
            participant.actor?;
            Some(object(facts, participant))
        })
    }

    fn move_on(&mut self, moved: &Moved<'_>) {
        *self = moved.participants_of(*self);
    }

    fn count(&self) -> Option<usize> {
        Some(self.len())
    }

    fn lead(&self, facts: &Facts, item: usize) -> Option<RecordRef> {
        facts.list(*self).get(item)?.actor.map(RecordRef::Actor)
    }
}

impl FieldValue for ArenaRange<Evidence> {
    fn cell(&mut self) -> Cell<'_> {
        Cell::Evidence(self)
    }

    fn written(&self, facts: &Facts) -> Option<Value> {
        items(facts, *self, |evidence| Some(object(facts, evidence)))
    }

    fn move_on(&mut self, moved: &Moved<'_>) {
        *self = moved.evidence_of(*self);
    }

    fn count(&self) -> Option<usize> {
        Some(self.len())
    }

    fn lead(&self, facts: &Facts, item: usize) -> Option<RecordRef> {
        facts
            .list(*self)
            .get(item)?
            .document
            .map(RecordRef::Document)
    }
}

impl FieldValue for ArenaRange<Ignore> {
    fn cell(&mut self) -> Cell<'_> {
        Cell::Ignores(self)
    }

    fn written(&self, facts: &Facts) -> Option<Value> {
        items(facts, *self, |ignore| {
            let reason = ignore.reason.map(|reason| facts.str(reason));
            Some(json!({"code": facts.name(ignore.code), "reason": reason}))
        })
    }

    fn move_on(&mut self, moved: &Moved<'_>) {
        *self = moved.ignores_of(*self);
    }
}

impl FieldValue for Option<Relations> {
    fn cell(&mut self) -> Cell<'_> {
        Cell::Relations(self)
    }

    fn written(&self, facts: &Facts) -> Option<Value> {
        let words: Vec<&str> = facts.name(self.as_ref()?.words).split(", ").collect();
        Some(match words.as_slice() {
            [one] => (*one).into(),
            several => several.to_vec().into(),
        })
    }

    fn move_on(&mut self, moved: &Moved<'_>) {
        if let Some(relations) = self {
            relations.words = moved.name(relations.words);
        }
    }
}

impl FieldValue for Option<Retraction> {
    fn cell(&mut self) -> Cell<'_> {
        Cell::Retraction(self)
    }

    fn written(&self, facts: &Facts) -> Option<Value> {
        let retraction = self.as_ref()?;
        let on = date_value(facts, retraction.on);
        Some(match retraction.reason {
            Some(reason) => json!({"on": on, "reason": facts.str(reason)}),
            None => on,
        })
    }

    fn move_on(&mut self, moved: &Moved<'_>) {
        if let Some(retraction) = self {
            retraction.on = moved.date(retraction.on);
            retraction.reason = moved.text(retraction.reason);
        }
    }
}

/// The items of a list; nothing where none says something.
fn items<T: Listed>(
    facts: &Facts,
    list: ArenaRange<T>,
    written: impl Fn(&T) -> Option<Value>,
) -> Option<Value> {
    if list.is_empty() {
        return None;
    }
    let all: Vec<Value> = facts.list(list).iter().filter_map(written).collect();
    (!all.is_empty()).then_some(Value::Array(all))
}

/// An object within a record, field by field.
fn object<T: Fields>(facts: &Facts, part: &T) -> Value {
    let fields = T::FIELDS.iter().enumerate();
    let said = fields.filter_map(|(nth, field)| {
        let value = part.written(facts, nth)?;
        Some((field.name.to_owned(), value))
    });
    Value::Object(said.collect())
}

/// A date: as EDTF, or an object where it has a calendar or words of its own.
fn date_value(facts: &Facts, id: DateId) -> Value {
    let date = facts.date(id);
    if date.calendar() == Calendar::Gregorian && date.display().is_none() {
        return date.written().into();
    }
    let mut value = serde_json::Map::new();
    value.insert("edtf".into(), date.written().into());
    if date.calendar() == Calendar::Julian {
        value.insert("calendar".into(), "julian".into());
    }
    if let Some(display) = date.display() {
        value.insert("display".into(), display.into());
    }
    value.into()
}

/// What a reference can lead to.
trait Target: Copy + Into<RecordRef> {
    /// The record, if it may stand there.
    fn of(record: RecordRef) -> Option<Self>;
}

macro_rules! targets {
    ($($id:ty: $variant:ident,)+) => {
        $(impl Target for $id {
            fn of(record: RecordRef) -> Option<Self> {
                match record {
                    RecordRef::$variant(id) => Some(id),
                    _ => None,
                }
            }
        })+
    };
}
targets! {
    ActorId: Actor,
    ClaimId: Claim,
    DocumentId: Document,
    EventId: Event,
    PlaceId: Place,
    RelationId: Relation,
}

impl Target for NodeRef {
    fn of(record: RecordRef) -> Option<Self> {
        record.node()
    }
}

impl Target for RecordRef {
    fn of(record: RecordRef) -> Option<Self> {
        Some(record)
    }
}

impl Target for Via {
    fn of(record: RecordRef) -> Option<Self> {
        match record {
            RecordRef::Actor(id) => Some(Via::Actor(id)),
            RecordRef::Claim(id) => Some(Via::Claim(id)),
            _ => None,
        }
    }
}

impl From<Via> for RecordRef {
    fn from(via: Via) -> Self {
        match via {
            Via::Actor(id) => RecordRef::Actor(id),
            Via::Claim(id) => RecordRef::Claim(id),
        }
    }
}

macro_rules! references {
    ($(one $one:ty,)+ $(list $item:ty,)+) => {
        $(impl PutReferences for Option<$one> {
            fn put(&mut self, found: &[RecordRef], _: &mut Lists) {
                if let Some(one) = found.first().copied().and_then(Target::of) {
                    *self = Some(one);
                }
            }
        }
        impl FieldValue for Option<$one> {
            fn cell(&mut self) -> Cell<'_> {
                Cell::References(self)
            }

            fn written(&self, facts: &Facts) -> Option<Value> {
                self.map(|to| facts.id(to).into())
            }

            fn count(&self) -> Option<usize> {
                Some(usize::from(self.is_some()))
            }

            fn lead(&self, _: &Facts, item: usize) -> Option<RecordRef> {
                self.filter(|_| item == 0).map(RecordRef::from)
            }
        })+
        $(impl PutReferences for ArenaRange<$item> {
            fn put(&mut self, found: &[RecordRef], lists: &mut Lists) {
                let items = found.iter().copied().filter_map(Target::of);
                *self = <$item>::arena(lists).add(items).unwrap_or_default();
            }
        }
        impl FieldValue for ArenaRange<$item> {
            fn cell(&mut self) -> Cell<'_> {
                Cell::References(self)
            }

            fn written(&self, facts: &Facts) -> Option<Value> {
                items(facts, *self, |to| Some(facts.id(*to).into()))
            }

            fn count(&self) -> Option<usize> {
                Some(self.len())
            }

            fn lead(&self, facts: &Facts, item: usize) -> Option<RecordRef> {
                facts.list(*self).get(item).map(|to| (*to).into())
            }
        })+
    };
}
references! {
    one ActorId,
    one DocumentId,
    one EventId,
    one PlaceId,
    one RelationId,
    one RecordRef,
    one NodeRef,
    list ActorId,
    list NodeRef,
    list DocumentId,
    list EventId,
    list ClaimId,
    list Via,
}
