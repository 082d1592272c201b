//! Dates as columns have them: each text is read once, and dates are put in order as numbers.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::FixedState;

use super::super::table::Batch;
use super::pieces::row_of;
use annals_model::{InternTable, WordList};
use annals_query::sort_key::by_publication;
use annals_time::{Date, Day};

/// The days that columns have do not follow from the text of a date.
#[derive(Debug)]
pub(super) struct Unclear;

/// The dates that one thread has met, by their texts.
#[derive(Debug, Default)]
pub(super) struct KnownDates {
    rows: InternTable,
    new: WordList,
    /// By row, the number of each among the dates.
    numbers: Vec<u32>,
}

impl KnownDates {
    /// The number of the date in a row among some dates, to which it is added if it is new. `columns` have
    /// its text, and its first and last day.
    pub(super) fn date(
        &mut self,
        batch: &Batch,
        columns: [usize; 3],
        row: usize,
        dates: &mut Vec<Arc<Date>>,
    ) -> Result<Option<u32>, Unclear> {
        let [written, first, last] = columns;
        let days = [first, last].map(|column| batch.number(column, row));
        let Some(written) = batch.text(written, row) else {
            let is_none = days == [None, None];
            return is_none.then_some(None).ok_or(Unclear);
        };
        let days = days.map(|day| day.and_then(Day::from_number));
        let known = self.rows.find(written);
        let number = match known.and_then(|row| self.numbers.get(row)) {
            Some(known) => *known,
            None => {
                let date = read(written, days).ok_or(Unclear)?;
                let number = dates.len() as u32;
                dates.push(Arc::new(date));
                self.add(written, number).ok_or(Unclear)?;
                number
            }
        };
        // In another calendar, the text means other days.
        let date = &dates[number as usize];
        if [date.first(), date.last()] == days {
            Ok(Some(number))
        } else {
            Err(Unclear)
        }
    }

    /// Adds the number of a text; `None` where there is no room.
    fn add(&mut self, written: &str, number: u32) -> Option<()> {
        let row = row_of(&mut self.rows, written, &mut self.new)?;
        assert_eq!(row, self.numbers.len(), "{written}");
        self.numbers.push(number);
        Some(())
    }
}

/// Reads a date; one of a single day, as most are, is told by that day.
fn read(written: &str, days: [Option<Day>; 2]) -> Option<Date> {
    if let [Some(first), Some(last)] = days
        && first == last
    {
        let date = Date::of_day(first);
        if date.written() == written {
            return Some(date);
        }
    }
    Date::parse(written).ok()
}

/// The dates that several threads have read, each once.
#[derive(Debug, Default)]
pub(super) struct DatesByText {
    numbers: HashMap<String, u32, FixedState>,
    all: Vec<Arc<Date>>,
}

impl DatesByText {
    /// The number of a date, whose text no other date has.
    pub(super) fn add(&mut self, date: Arc<Date>) -> u32 {
        if let Some(known) = self.numbers.get(date.written()) {
            return *known;
        }
        let number = self.all.len() as u32;
        self.numbers.insert(date.written().to_owned(), number);
        self.all.push(date);
        number
    }

    /// A date by its number.
    pub(super) fn date(&self, number: u32) -> &Date {
        &self.all[number as usize]
    }

    /// The same, to be kept.
    pub(super) fn get(&self, number: u32) -> Arc<Date> {
        Arc::clone(&self.all[number as usize])
    }

    /// By number the place of each date in the order in which lists have them; those that are one day and time
    /// have one place.
    pub(super) fn ranks(&self) -> Vec<u32> {
        let compare = |one: u32, other: u32| -> Ordering {
            let [one, other] = [one, other].map(|nth| self.all.get(nth as usize));
            by_publication(one.map(Arc::as_ref), other.map(Arc::as_ref))
        };
        let mut order: Vec<u32> = (0..self.all.len() as u32).collect();
        order.sort_by(|one, other| compare(*one, *other));
        let (mut ranks, mut rank) = (vec![0; order.len()], 0);
        for (nth, number) in order.iter().enumerate() {
            if nth > 0 && compare(order[nth - 1], *number).is_ne() {
                rank += 1;
            }
            ranks[*number as usize] = rank;
        }
        ranks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A date that is told by its day is the one that its text means.
    #[test]
    fn a_day_tells_its_date() {
        for text in ["2021-03-01", "0000-12-31", "-0043-03-15", "9999-12-31"] {
            let date = Date::parse(text).unwrap();
            let days = [date.first(), date.last()];
            assert_eq!(read(text, days), Some(date));
        }
        // Dates of one day that say more.
        for text in [
            "2021-03-01T10:00:00Z",
            "2021-03-01?",
            "2021-03-01/2021-03-01",
        ] {
            let date = Date::parse(text).unwrap();
            assert_eq!(date.first(), date.last());
            assert_eq!(read(text, [date.first(), date.last()]), Some(date));
        }
    }

    #[test]
    fn dates_of_one_day_have_one_place() {
        let mut dates = DatesByText::default();
        let texts = [
            "2021-03-02",
            "2021",
            "2021-03-02?",
            "2021-03-01",
            "2021-03-02",
        ];
        let numbers = texts.map(|text| dates.add(Arc::new(Date::parse(text).unwrap())));
        assert_eq!(numbers, [0, 1, 2, 3, 0]);
        assert_eq!(dates.ranks(), [2, 0, 2, 1]);
    }
}
