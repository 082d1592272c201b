//! A record that an earlier row made, and what it says.

use serde_json::{Map, Value};

use crate::Record;
use annals_source::At;

/// Whether a record was made before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// By another part of the mapping, of the same row.
    InThisRow,
    /// By an earlier row.
    Earlier,
}

/// A record that an earlier row made.
#[derive(Debug)]
pub(super) struct Earlier {
    pub(super) id: String,
    /// The row.
    pub(super) at: At,
    /// What it says, field by field.
    pub(super) said: Map<String, Value>,
    /// Which of the actors it is.
    pub(super) actor: Option<usize>,
}

impl Earlier {
    pub(super) fn new(id: String, at: At, record: &Record, actor: Option<usize>) -> Earlier {
        let said = record.fields().filter(|(field, _)| *field != "id");
        Earlier {
            id,
            at,
            said: said
                .map(|(field, value)| (field.to_owned(), value.clone()))
                .collect(),
            actor,
        }
    }
}
