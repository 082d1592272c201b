//! A record as JSON: in the long form of the facts format, with its fields in the model's order.
//!
//! Reading it again gives an equal record.

use serde_json::{Map, Value};

use super::Facts;
use crate::fields::ID;
use crate::ids::{ClaimId, RecordRef};
use crate::kinds::Voice;
use crate::values::Fields;

impl Facts {
    /// A record as JSON, in the long form of the facts format.
    pub fn written(&self, record: impl Into<RecordRef>) -> Map<String, Value> {
        let record = record.into();
        let common = self.common(record);
        let mut fields = Map::new();
        if common.named {
            fields.insert(ID.name.to_owned(), self.name(common.id).into());
        }
        match record {
            RecordRef::Document(id) => self.write_fields(&self[id], &mut fields),
            RecordRef::Actor(id) => self.write_fields(&self[id], &mut fields),
            RecordRef::Place(id) => self.write_fields(&self[id], &mut fields),
            RecordRef::Topic(id) => self.write_fields(&self[id], &mut fields),
            RecordRef::Event(id) => self.write_fields(&self[id], &mut fields),
            RecordRef::Claim(id) => self.write_claim(id, &mut fields),
            RecordRef::Relation(id) => self.write_fields(&self[id], &mut fields),
            RecordRef::Order(id) => self.write_fields(&self[id], &mut fields),
        }
        if let Some(more) = common.more {
            let more = &self.more[more];
            self.write_fields(more, &mut fields);
            for &(name, value) in self.list(more.extra) {
                // The reader of facts wrote this JSON itself.
                let value = serde_json::from_str(self.str(value)).unwrap_or(Value::Null);
                fields.insert(self.str(name).to_owned(), value);
            }
        }
        fields
    }

    /// Writes each field of a record that has a value.
    fn write_fields<R: Fields>(&self, record: &R, fields: &mut Map<String, Value>) {
        for (nth, field) in R::FIELDS.iter().enumerate() {
            if let Some(value) = record.written(self, nth) {
                fields.insert(field.name.to_owned(), value);
            }
        }
    }

    fn write_claim(&self, id: ClaimId, fields: &mut Map<String, Value>) {
        let claim = &self[id];
        if claim.voice == Voice::Narrator {
            // An empty list of speakers means the narrator; no list means that nobody knows.
            fields.insert("speaker".to_owned(), Value::Array(Vec::new()));
        }
        self.write_fields(claim, fields);
    }
}
