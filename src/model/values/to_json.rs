//! Writes lists and dates as JSON.

use super::lists::Listed;
use super::resolve::Resolve;
use crate::storage::{ArenaRange, DateId};
use annals_time::Calendar;
use serde_json::Value;

/// The items of a list that have a value; nothing where none has.
pub(super) fn items<T: Listed>(
    facts: &impl Resolve,
    list: ArenaRange<T>,
    written: impl Fn(&T) -> Option<Value>,
) -> Option<Value> {
    if list.is_empty() {
        return None;
    }
    let all: Vec<Value> = facts.list(list).iter().filter_map(written).collect();
    (!all.is_empty()).then_some(Value::Array(all))
}

/// A date: as EDTF, or as an object where it has a calendar or wording of its own.
pub(super) fn date(facts: &impl Resolve, id: DateId) -> Value {
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
