//! A record as its file has it, before anything is made of it.

use serde_json::Value;

use annals_model::RecordKind;

/// A record as its file has it.
#[derive(Debug, Clone, PartialEq)]
pub struct WrittenRecord {
    /// Its kind.
    pub kind: RecordKind,
    /// Which of its kind in the file it is, from 1. One without an id is named after that.
    pub nth: usize,
    /// The byte at which it begins.
    pub offset: usize,
    /// Its fields as they are written, short forms and faulty ones among them. A scalar of YAML without
    /// quotes is a number or a truth where it looks like one.
    pub value: Value,
}

impl WrittenRecord {
    /// Its id, if it has one.
    pub fn id(&self) -> Option<String> {
        match self.value.get("id")? {
            Value::String(id) => Some(id.clone()),
            Value::Number(id) => Some(id.to_string()),
            _ => None,
        }
    }
}
