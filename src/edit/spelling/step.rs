//! A change of one file, and the ways to make it.

use serde_json::{Map, Value};

use crate::pieces::Replacement;
use annals_model::RecordKind;

/// Ways to make a change, the best first.
pub(crate) type Candidates = Vec<Vec<Replacement>>;

/// A new record.
#[derive(Debug)]
pub(crate) struct Insertion<'c> {
    pub(crate) kind: RecordKind,
    pub(crate) fields: &'c Map<String, Value>,
    /// The byte at which the record begins after which it stands; without one, the last of its kind.
    pub(crate) after: Option<usize>,
}

/// A change of one file.
#[derive(Debug)]
pub(crate) enum Step<'c> {
    /// A new record.
    Insert(Insertion<'c>),
    /// Another value for a field of the record of this number; null takes the field out.
    Put {
        record: usize,
        field: &'c str,
        value: &'c Value,
    },
    /// The record of this number is taken out.
    Remove { record: usize },
}
