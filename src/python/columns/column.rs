//! Columns that grow value by value.
//!
//! A column need not be as long as there are rows: what it lacks is null, and is added before its next value,
//! or in the end. A column without any value takes no memory.

use std::sync::{Arc, Mutex, PoisonError};

use super::plan::{Kind, data_type, fields, item_field};
use super::text::{Texts, TextsAs, Words};
use annals_time::{Calendar, Day};
use arrow_array::builder::{
    ArrayBuilder as _, BooleanBuilder, Date32Builder, Float64Builder, Int64Builder,
};
use arrow_array::{Array as _, ArrayRef, ListArray, StructArray, new_null_array};
use arrow_buffer::{NullBufferBuilder, OffsetBuffer, ScalarBuffer};
use arrow_schema::{ArrowError, DataType, FieldRef, Fields};

/// A column, or of a date several, as far as its values are known.
pub(crate) enum Column {
    Text(Texts),
    Word(Words),
    Truth(BooleanBuilder),
    Whole(Int64Builder),
    Number(Float64Builder),
    Day(Date32Builder),
    Json(Texts),
    Date(Box<DateColumns>),
    List(Box<ListColumn>),
    Struct(StructColumn),
}

/// A column of lists.
pub(crate) struct ListColumn {
    item: FieldRef,
    /// Where each list ends in the items.
    ends: Vec<i32>,
    there: NullBufferBuilder,
    pub(super) items: Column,
    pub(super) count: usize,
}

/// A column of objects.
pub(crate) struct StructColumn {
    fields: Fields,
    pub(super) keys: Arc<[String]>,
    there: NullBufferBuilder,
    pub(super) columns: Vec<Column>,
    /// Whether it is a date in a list: the date is the item, and no field of it.
    pub(super) is_item: bool,
}

/// The columns of a date.
pub(crate) struct DateColumns {
    /// As written, first and last day, precision.
    parts: [Column; 4],
    bounds: Option<BoundColumns>,
}

/// The bounds of a date.
pub(crate) struct BoundColumns {
    bounds: [Column; 4],
    /// The date that is being added.
    written: String,
    calendar: Calendar,
}

/// Columns of nulls, one for each type: those of all batches are the same memory.
#[derive(Debug, Default)]
pub(crate) struct Blanks(Mutex<Vec<ArrayRef>>);

impl Blanks {
    fn of(&self, data: &DataType, rows: usize) -> ArrayRef {
        let mut made = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let same = |one: &&ArrayRef| one.len() >= rows && one.data_type() == data;
        if let Some(one) = made.iter().find(same) {
            return one.slice(0, rows);
        }
        let blank = new_null_array(data, rows);
        made.push(Arc::clone(&blank));
        blank
    }
}

impl Column {
    /// An empty column.
    pub(crate) fn new(kind: &Kind, texts: TextsAs) -> Column {
        match kind {
            Kind::Text => Column::Text(Texts::new(texts)),
            Kind::Word => Column::Word(Words::default()),
            Kind::Truth => Column::Truth(BooleanBuilder::new()),
            Kind::Whole => Column::Whole(Int64Builder::new()),
            Kind::Number => Column::Number(Float64Builder::new()),
            Kind::Day => Column::Day(Date32Builder::new()),
            Kind::Json => Column::Json(Texts::new(texts)),
            Kind::Date(bounds) => Column::Date(Box::new(DateColumns::new(*bounds, texts))),
            Kind::List(item) => {
                // Of a date, an item has several columns: they make a struct.
                let items = match &**item {
                    Kind::Date(_) => {
                        let each = [("date".to_owned(), Kind::clone(item))];
                        Column::of_struct(&each, true, texts)
                    }
                    other => Column::new(other, texts),
                };
                Column::List(Box::new(ListColumn {
                    item: item_field(item, texts),
                    ends: Vec::new(),
                    there: NullBufferBuilder::new(0),
                    items,
                    count: 0,
                }))
            }
            Kind::Struct(each) => Column::of_fields(each, texts),
        }
    }

    /// An empty column of objects.
    pub(crate) fn of_fields(each: &[(String, Kind)], texts: TextsAs) -> Column {
        Column::of_struct(each, false, texts)
    }

    fn of_struct(each: &[(String, Kind)], is_item: bool, texts: TextsAs) -> Column {
        let columns = each.iter().map(|(_, kind)| Column::new(kind, texts));
        Column::Struct(StructColumn {
            fields: fields(each, texts),
            keys: each.iter().map(|(key, _)| key.clone()).collect(),
            there: NullBufferBuilder::new(0),
            columns: columns.collect(),
            is_item,
        })
    }

    /// How many values it has.
    #[inline]
    fn len(&self) -> usize {
        match self {
            Column::Text(all) | Column::Json(all) => all.len(),
            Column::Word(all) => all.len(),
            Column::Truth(all) => all.len(),
            Column::Whole(all) => all.len(),
            Column::Number(all) => all.len(),
            Column::Day(all) => all.len(),
            // Each of its columns is as long as it is.
            Column::Date(_) => 0,
            Column::List(all) => all.ends.len(),
            Column::Struct(all) => all.there.len(),
        }
    }

    /// Adds nulls, until there are so many values.
    #[inline]
    pub(super) fn fill(&mut self, rows: usize) {
        let missing = rows.saturating_sub(self.len());
        if missing > 0 {
            self.push_nulls(missing);
        }
    }

    #[cold]
    fn push_nulls(&mut self, missing: usize) {
        match self {
            Column::Text(all) | Column::Json(all) => all.push_nulls(missing),
            Column::Word(all) => all.push_nulls(missing),
            Column::Truth(all) => all.append_nulls(missing),
            Column::Whole(all) => all.append_nulls(missing),
            Column::Number(all) => all.append_nulls(missing),
            Column::Day(all) => all.append_nulls(missing),
            Column::Date(_) => {}
            Column::List(all) => {
                all.there.append_n_nulls(missing);
                let end = all.ends.last().copied().unwrap_or_default();
                all.ends.extend(std::iter::repeat_n(end, missing));
            }
            Column::Struct(all) => all.there.append_n_nulls(missing),
        }
    }

    /// The arrays of the fields of so many rows, if it has such: the columns of rows.
    pub(crate) fn finish_fields(
        self,
        rows: usize,
        blanks: &Blanks,
    ) -> Result<Vec<ArrayRef>, ArrowError> {
        match self {
            Column::Struct(all) => finish_all(all.columns, rows, blanks),
            other => other.finish(rows, blanks),
        }
    }

    /// The arrays of so many rows: one, or several of a date.
    fn finish(mut self, rows: usize, blanks: &Blanks) -> Result<Vec<ArrayRef>, ArrowError> {
        if let Column::Date(date) = self {
            return date.finish(rows, blanks);
        }
        if self.len() == 0 && rows > 0 {
            return Ok(vec![blanks.of(&self.data_type(), rows)]);
        }
        self.fill(rows);
        Ok(vec![match self {
            Column::Text(all) | Column::Json(all) => all.finish(),
            Column::Word(all) => all.finish()?,
            Column::Truth(mut all) => Arc::new(all.finish()),
            Column::Whole(mut all) => Arc::new(all.finish()),
            Column::Number(mut all) => Arc::new(all.finish()),
            Column::Day(mut all) => Arc::new(all.finish()),
            Column::Date(_) => return Ok(Vec::new()),
            Column::List(all) => Arc::new(all.finish(blanks)?),
            Column::Struct(mut all) => {
                let columns = finish_all(all.columns, rows, blanks)?;
                let there = all.there.finish();
                Arc::new(StructArray::try_new(all.fields, columns, there)?)
            }
        }])
    }

    fn data_type(&self) -> DataType {
        let texts = |all: &Texts| match all {
            Texts::Plain(_) => DataType::Utf8,
            Texts::Views(_) => DataType::Utf8View,
        };
        match self {
            Column::Text(all) | Column::Json(all) => texts(all),
            Column::Word(_) => data_type(&Kind::Word, TextsAs::Plain),
            Column::Truth(_) => DataType::Boolean,
            Column::Whole(_) => DataType::Int64,
            Column::Number(_) => DataType::Float64,
            Column::Day(_) => DataType::Date32,
            // It has several.
            Column::Date(_) => DataType::Null,
            Column::List(all) => DataType::List(Arc::clone(&all.item)),
            Column::Struct(all) => DataType::Struct(all.fields.clone()),
        }
    }
}

fn finish_all(
    columns: Vec<Column>,
    rows: usize,
    blanks: &Blanks,
) -> Result<Vec<ArrayRef>, ArrowError> {
    let mut all = Vec::with_capacity(columns.len());
    for column in columns {
        all.extend(column.finish(rows, blanks)?);
    }
    Ok(all)
}

impl ListColumn {
    /// A list has begun.
    pub(super) fn begun(&mut self) {
        self.there.append_non_null();
    }

    /// The list has ended.
    pub(super) fn ended(&mut self) -> Result<(), ArrowError> {
        let end =
            i32::try_from(self.count).map_err(|_| ArrowError::OffsetOverflowError(self.count))?;
        self.ends.push(end);
        Ok(())
    }

    fn finish(mut self, blanks: &Blanks) -> Result<ListArray, ArrowError> {
        let mut items = self.items.finish(self.count, blanks)?;
        let items = items.swap_remove(0);
        let ends: ScalarBuffer<i32> = std::iter::once(0).chain(self.ends).collect();
        let there = self.there.finish();
        ListArray::try_new(self.item, OffsetBuffer::new(ends), items, there)
    }
}

impl StructColumn {
    /// An object is added.
    pub(super) fn begun(&mut self) {
        self.there.append_non_null();
    }
}

impl DateColumns {
    fn new(bounds: bool, texts: TextsAs) -> Self {
        let parts = [Kind::Text, Kind::Day, Kind::Day, Kind::Word];
        DateColumns {
            parts: parts.map(|kind| Column::new(&kind, texts)),
            bounds: bounds.then(|| BoundColumns {
                bounds: std::array::from_fn(|_| Column::new(&Kind::Whole, texts)),
                written: String::new(),
                calendar: Calendar::Gregorian,
            }),
        }
    }

    /// The column of a part of a date as JSON has it, if there is one.
    pub(super) fn part(&mut self, key: &str) -> Option<&mut Column> {
        let [written, first, last, precision] = &mut self.parts;
        match key {
            "written" => Some(written),
            "first" => Some(first),
            "last" => Some(last),
            "precision" => Some(precision),
            _ => None,
        }
    }

    /// The bounds, if there are such, for what they are made of.
    pub(super) fn bounds(&mut self) -> Option<&mut BoundColumns> {
        self.bounds.as_mut()
    }

    /// The date of a row has ended.
    pub(super) fn ended(&mut self, row: usize) {
        if let Some(bounds) = &mut self.bounds {
            bounds.ended(row);
        }
    }

    fn finish(self, rows: usize, blanks: &Blanks) -> Result<Vec<ArrayRef>, ArrowError> {
        let bounds = self.bounds.into_iter().flat_map(|bounds| bounds.bounds);
        finish_all(self.parts.into_iter().chain(bounds).collect(), rows, blanks)
    }
}

impl BoundColumns {
    /// What a date says of itself.
    pub(super) fn told(&mut self, key: &str, value: &str) {
        match (key, value) {
            ("written", _) => value.clone_into(&mut self.written),
            ("calendar", "julian") => self.calendar = Calendar::Julian,
            _ => {}
        }
    }

    fn ended(&mut self, row: usize) {
        let calendar = std::mem::replace(&mut self.calendar, Calendar::Gregorian);
        if let Ok(date) = annals_time::Date::with(&self.written, calendar, None) {
            for (bound, number) in self.bounds.iter_mut().zip(date.extent().in_columns()) {
                bound.fill(row);
                if let Column::Whole(all) = bound {
                    all.append_value(number);
                }
            }
        }
        self.written.clear();
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
