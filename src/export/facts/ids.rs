//! The ids in the fields of a record: its own, and those of the records that it names.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use annals_load::faults::bad_id;
use annals_model::{Facts, RecordKind, RecordRef, Shape};

/// Calls `change` for every id in the fields of a record, as [`Facts::written`] gives them.
pub(crate) fn each_id(
    kind: RecordKind,
    fields: &mut Map<String, Value>,
    change: &mut impl FnMut(&mut String),
) {
    for (name, value) in fields {
        match kind.field(name).map(|field| field.shape) {
            Some(Shape::Id | Shape::Reference(_) | Shape::References(_)) => {
                each_text(value, change);
            }
            Some(Shape::Parts(part)) => {
                let inner = part.fields.iter();
                for inner in inner.filter(|inner| !inner.shape.targets().is_empty()) {
                    each_text_at(inner.name, value, change);
                }
            }
            _ => {}
        }
    }
}

fn each_text(value: &mut Value, change: &mut impl FnMut(&mut String)) {
    match value {
        Value::String(id) => change(id),
        Value::Array(items) => items.iter_mut().for_each(|item| each_text(item, change)),
        _ => {}
    }
}

fn each_text_at(key: &str, list: &mut Value, change: &mut impl FnMut(&mut String)) {
    for item in list.as_array_mut().into_iter().flatten() {
        if let Some(value) = item.get_mut(key) {
            each_text(value, change);
        }
    }
}

/// The names that cannot be ids, and what is written in their place: a record without an id is
/// named after its file, and a file may be called anything, even as another record is.
pub(super) struct Ids {
    own: BTreeMap<RecordRef, String>,
    /// Those by which others name a record.
    named: BTreeMap<String, String>,
}

impl Ids {
    pub(super) fn of(facts: &Facts, records: &BTreeSet<RecordRef>) -> Self {
        let mut ids = Ids {
            own: BTreeMap::new(),
            named: BTreeMap::new(),
        };
        let mut counts = [0_usize; 8];
        for &record in records {
            let (kind, name) = (record.kind(), facts.id(record));
            counts[kind as usize] += 1;
            let is_holder = facts.find(name) == Some(record);
            if is_holder && bad_id::wrong(name).is_none() {
                continue;
            }
            let mut id = format!("{}/{}", kind.plural(), counts[kind as usize]);
            while facts.find(&id).is_some() {
                id.push('\'');
            }
            if is_holder {
                ids.named.insert(name.to_owned(), id.clone());
            }
            ids.own.insert(record, id);
        }
        ids
    }

    /// The fields with these ids: the record's own, and those of the records that it names.
    pub(super) fn put_into(&self, record: RecordRef, fields: &mut Map<String, Value>) {
        if self.own.is_empty() {
            return;
        }
        each_id(record.kind(), fields, &mut |id| {
            if let Some(sound) = self.named.get(id) {
                id.clone_from(sound);
            }
        });
        if let Some(id) = self.own.get(&record) {
            fields.insert("id".to_owned(), id.as_str().into());
        }
    }
}
