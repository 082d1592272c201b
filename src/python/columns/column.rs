//! Columns that grow value by value.

use std::sync::Arc;

use super::plan::{Kind, fields, item_field};
use annals_time::{Calendar, Day};
use arrow_array::builder::{
    ArrayBuilder as _, BooleanBuilder, Date32Builder, Float64Builder, Int64Builder, StringBuilder,
    StringDictionaryBuilder,
};
use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, ListArray, StructArray};
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
        /// Whether it is a date in a list: the date is the item, and no field of it.
        is_item: bool,
    },
}

/// The columns of a date.
pub(crate) struct DateColumns {
    /// As written, first and last day, precision.
    parts: [Column; 4],
    bounds: Option<BoundColumns>,
}

/// The bounds of a date, and the calendars that they are made with.
struct BoundColumns {
    calendar: Column,
    bounds: [Int64Builder; 4],
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
                    Kind::Date(_) => {
                        Column::of_struct(&[("date".to_owned(), Kind::clone(item))], true)
                    }
                    other => Column::new(other),
                };
                Column::List {
                    item: item_field(item),
                    lengths: Vec::new(),
                    there: Vec::new(),
                    items: Box::new(inner),
                }
            }
            Kind::Struct(each) => Column::of_fields(each),
        }
    }

    /// An empty column of objects.
    pub(crate) fn of_fields(each: &[(String, Kind)]) -> Column {
        Column::of_struct(each, false)
    }

    fn of_struct(each: &[(String, Kind)], is_item: bool) -> Column {
        Column::Struct {
            fields: fields(each),
            keys: each.iter().map(|(key, _)| key.clone()).collect(),
            there: Vec::new(),
            columns: each.iter().map(|(_, kind)| Column::new(kind)).collect(),
            is_item,
        }
    }

    /// How many values it has.
    pub(crate) fn len(&self) -> usize {
        match self {
            Column::Text(all) | Column::Json(all) => all.len(),
            Column::Word(all) => all.len(),
            Column::Truth(all) => all.len(),
            Column::Whole(all) => all.len(),
            Column::Number(all) => all.len(),
            Column::Day(all) => all.len(),
            Column::Date(all) => all.len(),
            Column::List { there, .. } | Column::Struct { there, .. } => there.len(),
        }
    }

    /// The text that was added last; nothing where there is none.
    fn last_text(&self) -> &str {
        let Column::Text(all) = self else {
            return "";
        };
        let at = |nth: usize| all.offsets_slice().get(nth).map_or(0, |at| *at as usize);
        let text = all
            .values_slice()
            .get(at(all.len().saturating_sub(1))..at(all.len()));
        std::str::from_utf8(text.unwrap_or_default()).unwrap_or_default()
    }

    /// Adds no value.
    pub(crate) fn push_null(&mut self) {
        match self {
            Column::Text(all) | Column::Json(all) => all.append_null(),
            Column::Word(all) => all.append_null(),
            Column::Truth(all) => all.append_null(),
            Column::Whole(all) => all.append_null(),
            Column::Number(all) => all.append_null(),
            Column::Day(all) => all.append_null(),
            Column::Date(all) => all.ended(all.len() + 1),
            Column::List { lengths, there, .. } => {
                there.push(false);
                lengths.push(0);
            }
            Column::Struct { there, columns, .. } => {
                there.push(false);
                columns.iter_mut().for_each(Column::push_null);
            }
        }
    }

    /// The arrays of its fields, if it has such: the columns of rows.
    pub(crate) fn finish_fields(self) -> Vec<ArrayRef> {
        match self {
            Column::Struct { columns, .. } => {
                columns.into_iter().flat_map(Column::finish).collect()
            }
            other => other.finish(),
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
        let parts = [Kind::Text, Kind::Day, Kind::Day, Kind::Word];
        DateColumns {
            parts: parts.map(|kind| Column::new(&kind)),
            bounds: bounds.then(|| BoundColumns {
                calendar: Column::new(&Kind::Text),
                bounds: std::array::from_fn(|_| Int64Builder::new()),
            }),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.parts[3].len()
    }

    /// The column of a part of a date as JSON has it, if there is one.
    pub(super) fn part(&mut self, key: &str) -> Option<&mut Column> {
        let [written, first, last, precision] = &mut self.parts;
        match key {
            "written" => Some(written),
            "first" => Some(first),
            "last" => Some(last),
            "precision" => Some(precision),
            "calendar" => self.bounds.as_mut().map(|bounds| &mut bounds.calendar),
            _ => None,
        }
    }

    /// A date has ended, with which there are so many; what it lacks is null.
    pub(super) fn ended(&mut self, rows: usize) {
        for part in self.parts.iter_mut().filter(|part| part.len() < rows) {
            part.push_null();
        }
        let Some(BoundColumns { calendar, bounds }) = &mut self.bounds else {
            return;
        };
        if calendar.len() < rows {
            calendar.push_null();
        }
        let calendar = match calendar.last_text() {
            "julian" => Calendar::Julian,
            _ => Calendar::Gregorian,
        };
        let date = annals_time::Date::with(self.parts[0].last_text(), calendar, None).ok();
        let numbers = date.map(|date| date.extent().in_columns());
        for (nth, bound) in bounds.iter_mut().enumerate() {
            bound.append_option(numbers.map(|numbers| numbers[nth]));
        }
    }

    fn finish(self) -> Vec<ArrayRef> {
        let mut all: Vec<ArrayRef> = self.parts.into_iter().flat_map(Column::finish).collect();
        for mut bound in self.bounds.into_iter().flat_map(|bounds| bounds.bounds) {
            all.push(Arc::new(bound.finish()));
        }
        all
    }
}

/// The number of a day that is written in ISO 8601, with a sign where the year needs one.
pub(super) fn day(text: &str) -> Option<i32> {
    let (year, month_and_day) = text.split_at_checked(text.len().checked_sub(6)?)?;
    let mut rest = month_and_day.strip_prefix('-')?.split('-');
    let (month, day) = (rest.next()?.parse().ok()?, rest.next()?.parse().ok()?);
    let year: i32 = year.parse().ok()?;
    Day::from_ymd(year, month, day).map(Day::number)
}
