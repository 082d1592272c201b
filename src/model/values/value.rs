//! The traits of values: [`FieldValue`] for a type that stores the value of a field, [`Fields`] for
//! a struct whose fields are listed; and [`Cell`], a reference to the member of a struct that
//! stores a value.

use super::lists::Lists;
use super::moved::Moved;
use super::resolve::Resolve;
use crate::fields::Field;
use crate::ids::RecordRef;
use crate::parts::{Common, Evidence, Ignore, Links, Participant, Relations, Retraction, Stance};
use crate::storage::{ArenaRange, DateId, Name, Str};
use crate::word::Vocabulary;
use annals_evidence::Span;
use serde_json::Value;

/// A struct whose fields are listed.
pub trait Fields {
    /// The fields, in the order of the model's description.
    const FIELDS: &'static [Field];

    /// Where the value of the `nth` field is kept.
    fn cell(&mut self, nth: usize) -> Cell<'_>;

    /// The value of the `nth` field as JSON, if it has one.
    fn written(&self, facts: &impl Resolve, nth: usize) -> Option<Value>;

    /// How many references the `nth` field keeps: of ids, those that were resolved; of objects, all.
    /// `None` where it cannot refer to records.
    fn count(&self, facts: &impl Resolve, nth: usize) -> Option<usize>;

    /// The record that an item of the `nth` field refers to.
    fn lead(&self, facts: &impl Resolve, nth: usize, item: usize) -> Option<RecordRef>;

    /// Replaces handles of words, texts, dates and lists by those of the store that took the record
    /// in. References are not resolved yet.
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
    /// A word of a vocabulary, or one that the user has added.
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
    /// References among the links of a claim.
    Linked(fn(&mut Links) -> &mut dyn PutReferences),
    /// Not in a member of its own.
    Elsewhere,
}

/// Where a word of a vocabulary is kept.
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

/// Where references are kept, once they are resolved.
pub trait PutReferences {
    /// Keeps the records that the ids stand for, at least one.
    fn put(&mut self, found: &[RecordRef], lists: &mut Lists);
}

/// A type that keeps the value of a field.
pub trait FieldValue {
    /// Where a reader puts it.
    fn cell(&mut self) -> Cell<'_>;

    /// The value as JSON, if there is one.
    fn written(&self, facts: &impl Resolve) -> Option<Value>;

    /// Replaces handles of words, texts, dates and lists by those of the store that took the record
    /// in.
    fn move_on(&mut self, _: &Moved<'_>) {}

    /// How many references it keeps; `None` where it cannot refer to records.
    fn count(&self) -> Option<usize> {
        None
    }

    /// The record that an item of it refers to.
    fn lead(&self, _: &impl Resolve, _item: usize) -> Option<RecordRef> {
        None
    }
}
