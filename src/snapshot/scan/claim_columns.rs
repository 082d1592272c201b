//! Reads of claims, from their columns, who says what of what, and when.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use foldhash::fast::FixedState;

use super::super::columns::Columns;
use super::super::error::SnapshotError;
use super::super::opened::Part;
use super::super::table::{Batch, Rows, Table};
use super::counting::column;
use annals_model::{RecordKind, StanceValue, Vocabulary as _};
use annals_query::network::{ColumnsNeeded, NO_THING};
use annals_time::{Date, Day};

/// How many rows are read at once, and how many one thread goes through.
const AT_ONCE: usize = 4096;
const EACH: usize = 1 << 17;
/// Runs of rows between which so few lie are read as one.
const FEW_BETWEEN: usize = 1024;

/// Of some rows, which ascend, those of a stretch.
pub(super) fn rows_in(rows: &[usize], stretch: Range<usize>) -> &[usize] {
    let begin = rows.partition_point(|row| *row < stretch.start);
    let end = rows.partition_point(|row| *row < stretch.end);
    &rows[begin..end.max(begin)]
}

/// The rows that one thread each goes through.
pub(super) fn stretches(table: &Table, begin: usize, only: Option<&[usize]>) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = Vec::new();
    let Some(only) = only else {
        for group in table.groups() {
            let starts = group.clone().step_by(EACH);
            all.extend(starts.map(|start| start..group.end.min(start + EACH)));
        }
        return all;
    };
    let some = rows_in(only, begin..begin + table.rows());
    for row in some.iter().map(|row| row - begin) {
        match all.last_mut() {
            Some(last) if row < last.end + FEW_BETWEEN && last.len() < EACH / 4 => {
                last.end = row + 1;
            }
            _ => all.push(row..row + 1),
        }
    }
    all
}

/// Rows that one thread goes through.
pub(super) struct Piece<'p> {
    pub(super) part: &'p Part,
    pub(super) table: Arc<Table>,
    /// The first row of the table among all parts.
    pub(super) begin: usize,
    pub(super) rows: Range<usize>,
    /// No rows but these, among all parts, which ascend.
    pub(super) only: Option<&'p [usize]>,
    pub(super) needed: ColumnsNeeded,
    pub(super) retracted: bool,
}

/// Claims that one thread has read; texts and dates are told by their numbers among its own.
#[derive(Default)]
pub(super) struct Claims {
    pub(super) texts: Vec<Box<[u8]>>,
    numbers: HashMap<Box<[u8]>, u32, FixedState>,
    /// The same of short ones, as most are.
    short: HashMap<u128, u32, FixedState>,
    /// The speaker of the claim before, whose claims stand together.
    pub(super) last: Option<u32>,
    pub(super) dates: Vec<Dated>,
    pub(super) by_days: HashMap<i64, u32, FixedState>,
    pub(super) by_text: HashMap<String, u32, FixedState>,
    pub(super) all: Vec<OneClaim>,
    pub(super) speakers: Vec<u32>,
    pub(super) stances: Vec<(u32, StanceValue)>,
    pub(super) about: Vec<u32>,
    pub(super) documents: Vec<u32>,
}

/// What stands in the columns may not be what it is read as.
pub(super) struct Unclear;

/// A date as columns have it.
pub(super) enum Dated {
    Day(i64),
    Written(String, Date),
}

/// A claim: where its lists end.
pub(super) struct OneClaim {
    pub(super) row: u32,
    pub(super) said: Option<u32>,
    pub(super) speakers: usize,
    pub(super) stances: usize,
    pub(super) about: usize,
    pub(super) documents: usize,
}

/// Where in a batch the columns are.
const RETRACTED: usize = 0;
const FIRST: usize = 1;
const LAST: usize = 2;
const SPEAKER: usize = 3;
const TOWARD: usize = 4;
const VALUE: usize = 5;
const ABOUT: usize = 6;
const DOCUMENT: usize = 7;

impl Piece<'_> {
    /// Reads the claims; `None` where something is not what the columns say.
    pub(super) fn read(&self) -> Result<Option<Claims>, SnapshotError> {
        let kind = RecordKind::Claim;
        let columns = Columns::of(kind);
        let of = |name: &str| column(self.part, kind, &columns, name);
        let wanted = |is: bool, name: &str| Some(name).filter(|_| is).and_then(of);
        let documents = self.needed.documents || self.needed.reported;
        let mut rows = Rows::new(
            &*self.table,
            vec![
                of("retracted"),
                of("said_first"),
                of("said_last"),
                of("speaker"),
                of("stance_toward"),
                of("stance_value"),
                wanted(self.needed.about, "about"),
                wanted(documents, "evidence_document"),
            ],
        );
        // Read where a claim needs it: most dates are told by their days.
        let mut of_undated = Rows::new(&*self.table, vec![of("evidence_document")]);
        let mut of_dates = Rows::new(&*self.table, vec![of("said")]);
        let mut claims = Claims::default();
        let mut at = self.rows.start;
        while at < self.rows.end {
            let batch = rows.read(at, AT_ONCE.min(self.rows.end - at))?;
            let (mut undated, mut dates) = (None, None);
            for row in 0..batch.rows {
                let all = self.begin + at + row;
                if self
                    .only
                    .is_some_and(|only| only.binary_search(&all).is_err())
                    || !self.retracted && batch.bytes(RETRACTED, row).is_some()
                    || self.is_outside(&batch, row)
                {
                    continue;
                }
                let days = [FIRST, LAST].map(|column| batch.number(column, row));
                let said = match days {
                    [Some(first), Some(last)] if first == last => Some(claims.day(first)),
                    _ => {
                        let dates = match &mut dates {
                            Some(dates) => dates,
                            none => none.insert(of_dates.read(at, batch.rows)?),
                        };
                        match claims.said(dates.text(0, row), days) {
                            Ok(said) => said,
                            Err(Unclear) => return Ok(None),
                        }
                    }
                };
                let documents = if documents {
                    Some((&batch, DOCUMENT))
                } else if said.is_none() {
                    if undated.is_none() {
                        undated = Some(of_undated.read(at, batch.rows)?);
                    }
                    undated.as_ref().map(|batch| (batch, 0))
                } else {
                    None
                };
                let row_number = u32::try_from(all).map_err(|_| self.table.damaged())?;
                if claims
                    .add(&batch, row, row_number, said, documents, self.needed)
                    .is_none()
                {
                    return Ok(None);
                }
            }
            at += batch.rows;
        }
        Ok(Some(claims))
    }

    /// Whether the date of a claim lies outside the range.
    fn is_outside(&self, batch: &Batch, row: usize) -> bool {
        let Some(range) = self.needed.range else {
            return false;
        };
        let [first, last] = [FIRST, LAST].map(|column| batch.number(column, row));
        last.is_some_and(|last| last < range.first) || first.is_some_and(|first| first > range.last)
    }
}

impl Claims {
    /// The number of a date of one day.
    fn day(&mut self, day: i64) -> u32 {
        let next = self.dates.len() as u32;
        let number = *self.by_days.entry(day).or_insert(next);
        if number == next {
            self.dates.push(Dated::Day(day));
        }
        number
    }

    /// The number of any other date, if a claim has one: its text, its first and its last day.
    fn said(
        &mut self,
        said: Option<&str>,
        [first, last]: [Option<i64>; 2],
    ) -> Result<Option<u32>, Unclear> {
        let Some(said) = said else {
            let is_none = first.is_none() && last.is_none();
            return is_none.then_some(None).ok_or(Unclear);
        };
        if let Some(number) = self.by_text.get(said) {
            return Ok(Some(*number));
        }
        let date = Date::parse(said).map_err(|_| Unclear)?;
        let day = |number: Option<i64>| number.and_then(Day::from_number);
        // In another calendar, the text means other days.
        if [date.first(), date.last()] != [day(first), day(last)] {
            return Err(Unclear);
        }
        let number = self.dates.len() as u32;
        self.dates.push(Dated::Written(said.to_owned(), date));
        self.by_text.insert(said.to_owned(), number);
        Ok(Some(number))
    }

    fn add(
        &mut self,
        batch: &Batch,
        row: usize,
        number: u32,
        said: Option<u32>,
        documents: Option<(&Batch, usize)>,
        needed: ColumnsNeeded,
    ) -> Option<()> {
        for text in batch.each(SPEAKER, row) {
            let as_last = self
                .last
                .filter(|last| *self.texts[*last as usize] == *text);
            let number = as_last.unwrap_or_else(|| self.number(text));
            self.last = Some(number);
            self.speakers.push(number);
        }
        let (mut toward, mut values) = (batch.each(TOWARD, row), batch.each(VALUE, row));
        loop {
            match (toward.next(), values.next()) {
                (None, None) => break,
                (Some(toward), Some(value)) => {
                    let value = StanceValue::parse(std::str::from_utf8(value).ok()?)?;
                    let toward = if needed.is_toward_needed(value) {
                        self.number(toward)
                    } else {
                        NO_THING
                    };
                    self.stances.push((toward, value));
                }
                // Something is missing: they are not in step.
                _ => return None,
            }
        }
        for text in batch.each(ABOUT, row) {
            let number = self.number(text);
            self.about.push(number);
        }
        if let Some((batch, column)) = documents {
            for text in batch.each(column, row) {
                let number = self.number(text);
                self.documents.push(number);
            }
        }
        self.all.push(OneClaim {
            row: number,
            said,
            speakers: self.speakers.len(),
            stances: self.stances.len(),
            about: self.about.len(),
            documents: self.documents.len(),
        });
        Some(())
    }

    fn number(&mut self, text: &[u8]) -> u32 {
        let next = self.texts.len() as u32;
        let number = if text.len() < 16 {
            // Its bytes and its length are one number.
            let mut bytes = [0; 16];
            bytes[..text.len()].copy_from_slice(text);
            bytes[15] = text.len() as u8;
            *self.short.entry(u128::from_le_bytes(bytes)).or_insert(next)
        } else if let Some(number) = self.numbers.get(text) {
            *number
        } else {
            self.numbers.insert(text.into(), next);
            next
        };
        if number == next {
            self.texts.push(text.into());
        }
        number
    }
}
