//! Whether a change made what was meant, and nothing else: the result is read, and compared.

use serde_json::{Map, Value};

use crate::canonical;
use crate::spelling::Step;
use annals_load::{WrittenFile, WrittenRecord};
use annals_model::RecordKind;

/// Whether records without an id keep the names of their places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PlaceNames {
    /// They do: something refers to one.
    Stay,
    /// They need not: nothing does.
    MayMove,
}

/// The number of the record that the step has made or changed, if the file says after it what is meant,
/// and all other records are as they were.
///
/// A record without an id is named after its place. Unless these names are free to move, they stay.
pub(crate) fn holds(
    step: &Step<'_>,
    before: &WrittenFile,
    after: &WrittenFile,
    names: PlaceNames,
) -> Option<usize> {
    if !after.is_whole {
        return None;
    }
    let (old, new) = (&before.records, &after.records);
    match step {
        Step::Insert(insertion) => {
            let place = first_difference(old, new, names);
            let record = new.get(place)?;
            let wanted = Value::Object(insertion.fields.clone());
            let is_it = record.kind == insertion.kind && says(record, &wanted);
            (is_it && same_records(&old[place..], &new[place + 1..], names)).then_some(place)
        }
        Step::Put {
            record,
            field,
            value,
        } => {
            let (was, is) = (old.get(*record)?, new.get(*record)?);
            let mut wanted = fields_of(was)?;
            if value.is_null() {
                wanted.shift_remove(*field);
            } else {
                wanted.insert((*field).to_owned(), (*value).clone());
            }
            let others = same_records(&old[..*record], &new[..*record], names)
                && same_records(&old[record + 1..], &new[record + 1..], names);
            let same_kind = was.kind == is.kind && was.nth == is.nth;
            (others && same_kind && says(is, &Value::Object(wanted))).then_some(*record)
        }
        Step::Remove { record } => {
            let others = same_records(&old[..*record], new.get(..*record)?, names)
                && same_records(&old[record + 1..], &new[*record..], names);
            others.then_some(*record)
        }
    }
}

/// The fields of a record; those of an order in its short form by their names.
pub(crate) fn fields_of(record: &WrittenRecord) -> Option<Map<String, Value>> {
    match &record.value {
        Value::Object(fields) => Some(fields.clone()),
        Value::Array(parts) if record.kind == RecordKind::Order => {
            let names = ["first", "relation", "second"];
            let each = names.iter().zip(parts);
            Some(
                each.map(|(name, part)| ((*name).to_owned(), part.clone()))
                    .collect(),
            )
        }
        _ => None,
    }
}

fn says(record: &WrittenRecord, wanted: &Value) -> bool {
    canonical::record(record.kind, &record.value) == canonical::record(record.kind, wanted)
}

/// Whether two records say the same under the same name.
fn same(one: &WrittenRecord, other: &WrittenRecord, names: PlaceNames) -> bool {
    let may_move = names == PlaceNames::MayMove;
    let same_name = || may_move || one.id().is_some() || one.nth == other.nth;
    one.kind == other.kind && one.value == other.value && same_name()
}

fn same_records(old: &[WrittenRecord], new: &[WrittenRecord], names: PlaceNames) -> bool {
    old.len() == new.len() && old.iter().zip(new).all(|(a, b)| same(a, b, names))
}

fn first_difference(old: &[WrittenRecord], new: &[WrittenRecord], names: PlaceNames) -> usize {
    let pairs = old.iter().zip(new);
    pairs.take_while(|(a, b)| same(a, b, names)).count()
}

/// Whether a text that begins so stands somewhere in a value.
pub(crate) fn mentions_begun(value: &Value, begun: &str) -> bool {
    match value {
        Value::String(text) => text.starts_with(begun),
        Value::Array(items) => items.iter().any(|item| mentions_begun(item, begun)),
        Value::Object(fields) => {
            let mut fields = fields.iter();
            fields.any(|(name, value)| name != "id" && mentions_begun(value, begun))
        }
        _ => false,
    }
}

/// Whether an id stands somewhere in a value.
pub(crate) fn mentions(value: &Value, id: &str) -> bool {
    match value {
        Value::String(text) => text == id,
        Value::Array(items) => items.iter().any(|item| mentions(item, id)),
        Value::Object(fields) => {
            let mut fields = fields.iter();
            fields.any(|(name, value)| name != "id" && mentions(value, id))
        }
        _ => false,
    }
}
