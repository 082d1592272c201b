//! Columns that grow value by value.

use std::sync::Arc;

use arrow_array::builder::{
    BooleanBuilder, Date32Builder, Float64Builder, Int64Builder, StringBuilder,
    StringDictionaryBuilder,
};
use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, ListArray, StructArray};
use serde_json::Value;

use super::plan::{Kind, fields, item_field};
use annals_time::{Calendar, Day};
use arrow_schema::{FieldRef, Fields};

/// A column, or of a date several, as far as its values are known.
pub(crate) enum Column {
    Text(StringBuilder),
    Word(StringDictionaryBuilder<Int32Type>),
    Truth(BooleanBuilder),
    Whole(Int64Builder),
    Number(Float64Builder),
    Day(Date32Builder),
    Json(StringBuilder),
    Date(Box<DateColumns>),
    List {
        item: FieldRef,
        lengths: Vec<usize>,
        there: Vec<bool>,
        items: Box<Column>,
    },
    Struct {
        fields: Fields,
        keys: Vec<String>,
        there: Vec<bool>,
        columns: Vec<Column>,
    },
}

/// The columns of a date.
pub(crate) struct DateColumns {
    written: StringBuilder,
    ends: [Date32Builder; 2],
    precision: StringDictionaryBuilder<Int32Type>,
    bounds: Option<[Int64Builder; 4]>,
}

impl Column {
    /// An empty column.
    pub(crate) fn new(kind: &Kind) -> Column {
        match kind {
            Kind::Text => Column::Text(StringBuilder::new()),
            Kind::Word => Column::Word(StringDictionaryBuilder::new()),
            Kind::Truth => Column::Truth(BooleanBuilder::new()),
            Kind::Whole => Column::Whole(Int64Builder::new()),
            Kind::Number => Column::Number(Float64Builder::new()),
            Kind::Day => Column::Day(Date32Builder::new()),
            Kind::Json => Column::Json(StringBuilder::new()),
            Kind::Date(bounds) => Column::Date(Box::new(DateColumns::new(*bounds))),
            Kind::List(item) => {
                // Of a date, an item has several columns: they make a struct.
                let inner = match &**item {
                    Kind::Date(_) => Column::of_struct(&[("date".to_owned(), Kind::clone(item))]),
                    other => Column::new(other),
                };
                Column::List {
                    item: item_field(item),
                    lengths: Vec::new(),
                    there: Vec::new(),
                    items: Box::new(inner),
                }
            }
            Kind::Struct(each) => Column::of_struct(each),
        }
    }

    fn of_struct(each: &[(String, Kind)]) -> Column {
        Column::Struct {
            fields: fields(each),
            keys: each.iter().map(|(key, _)| key.clone()).collect(),
            there: Vec::new(),
            columns: each.iter().map(|(_, kind)| Column::new(kind)).collect(),
        }
    }

    /// Adds a value; one that is not there is null.
    pub(crate) fn push(&mut self, value: Option<&Value>) {
        let value = value.filter(|value| !value.is_null());
        match self {
            Column::Text(all) => all.append_option(value.and_then(Value::as_str)),
            Column::Word(all) => all.append_option(value.and_then(Value::as_str)),
            Column::Truth(all) => all.append_option(value.and_then(Value::as_bool)),
            Column::Whole(all) => all.append_option(value.and_then(Value::as_i64)),
            Column::Number(all) => all.append_option(value.and_then(Value::as_f64)),
            Column::Day(all) => all.append_option(day(value)),
            Column::Json(all) => all.append_option(value.map(ToString::to_string)),
            Column::Date(all) => all.push(value),
            Column::List {
                lengths,
                there,
                items,
                ..
            } => {
                let list = value.and_then(Value::as_array);
                there.push(list.is_some());
                let list = list.map(Vec::as_slice).unwrap_or_default();
                lengths.push(list.len());
                for item in list {
                    items.push(Some(item));
                }
            }
            Column::Struct {
                keys,
                there,
                columns,
                ..
            } => {
                there.push(value.is_some());
                // The one field of a date in a list is the item itself.
                let alone = keys.len() == 1 && matches!(columns[0], Column::Date(_));
                let own = |key: &str| match value {
                    Some(value) if alone && value.get(key).is_none() => Some(value),
                    Some(value) => value.get(key),
                    None => None,
                };
                for (column, key) in columns.iter_mut().zip(keys.iter()) {
                    column.push(own(key));
                }
            }
        }
    }

    /// The arrays: one, or several of a date.
    pub(crate) fn finish(self) -> Vec<ArrayRef> {
        match self {
            Column::Text(mut all) | Column::Json(mut all) => vec![Arc::new(all.finish())],
            Column::Word(mut all) => vec![Arc::new(all.finish())],
            Column::Truth(mut all) => vec![Arc::new(all.finish())],
            Column::Whole(mut all) => vec![Arc::new(all.finish())],
            Column::Number(mut all) => vec![Arc::new(all.finish())],
            Column::Day(mut all) => vec![Arc::new(all.finish())],
            Column::Date(all) => all.finish(),
            Column::List {
                item,
                lengths,
                there,
                items,
            } => {
                let offsets = arrow_buffer::OffsetBuffer::from_lengths(lengths);
                let mut inner = items.finish();
                let inner = inner.swap_remove(0);
                vec![Arc::new(ListArray::new(
                    item,
                    offsets,
                    inner,
                    Some(there.into()),
                ))]
            }
            Column::Struct {
                fields,
                there,
                columns,
                ..
            } => {
                let arrays: Vec<ArrayRef> = columns.into_iter().flat_map(Column::finish).collect();
                vec![Arc::new(StructArray::new(
                    fields,
                    arrays,
                    Some(there.into()),
                ))]
            }
        }
    }
}

impl DateColumns {
    fn new(bounds: bool) -> Self {
        DateColumns {
            written: StringBuilder::new(),
            ends: [Date32Builder::new(), Date32Builder::new()],
            precision: StringDictionaryBuilder::new(),
            bounds: bounds.then(|| std::array::from_fn(|_| Int64Builder::new())),
        }
    }

    fn push(&mut self, value: Option<&Value>) {
        let text = |key: &str| value.and_then(|date| date.get(key)?.as_str());
        let written = text("written");
        self.written.append_option(written);
        for (end, key) in self.ends.iter_mut().zip(["first", "last"]) {
            end.append_option(day(value.and_then(|date| date.get(key))));
        }
        self.precision.append_option(text("precision"));
        let Some(bounds) = &mut self.bounds else {
            return;
        };
        let calendar = match text("calendar") {
            Some("julian") => Calendar::Julian,
            _ => Calendar::Gregorian,
        };
        let date = written.and_then(|text| annals_time::Date::with(text, calendar, None).ok());
        let numbers = date.as_ref().map(|date| date.extent().in_columns());
        for (nth, bound) in bounds.iter_mut().enumerate() {
            bound.append_option(numbers.map(|numbers| numbers[nth]));
        }
    }

    fn finish(mut self: Box<Self>) -> Vec<ArrayRef> {
        let [first, last] = &mut self.ends;
        let mut all: Vec<ArrayRef> = vec![
            Arc::new(self.written.finish()),
            Arc::new(first.finish()),
            Arc::new(last.finish()),
            Arc::new(self.precision.finish()),
        ];
        for bound in self.bounds.iter_mut().flatten() {
            all.push(Arc::new(bound.finish()));
        }
        all
    }
}

/// The number of a day that is written in ISO 8601, with a sign where the year needs one.
fn day(value: Option<&Value>) -> Option<i32> {
    let text = value?.as_str()?;
    let (year, month_and_day) = text.split_at_checked(text.len().checked_sub(6)?)?;
    let mut rest = month_and_day.strip_prefix('-')?.split('-');
    let (month, day) = (rest.next()?.parse().ok()?, rest.next()?.parse().ok()?);
    let year: i32 = year.parse().ok()?;
    Day::from_ymd(year, month, day).map(Day::number)
}
