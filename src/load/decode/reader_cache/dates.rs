//! Caches the dates that a reader has seen, across blocks. Large files have few distinct days and
//! many claims, so each date is parsed once and then looked up by its text.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use annals_model::{DateId, Dates};
use annals_time::Date;

/// A reader that has met more dates than this forgets them, so that many readers do not each hold
/// most dates of the whole.
const MOST: usize = if cfg!(test) { 100 } else { 1 << 16 };

/// The dates that a reader has met.
#[derive(Debug, Default)]
pub(crate) struct CachedDates {
    dates: Dates,
    /// By how they are written: short texts as numbers, which are compared where they stand.
    short: HashMap<u64, DateId, RandomState>,
    long: HashMap<Box<str>, DateId, RandomState>,
    new: NewDates,
}

/// Dates that were first met in one block.
#[derive(Debug, Clone)]
pub(crate) struct NewDates {
    /// Whether the reader had met none before, or has forgotten them.
    pub(super) first: bool,
    pub(super) dates: Vec<Date>,
}

impl Default for NewDates {
    fn default() -> Self {
        NewDates {
            first: true,
            dates: Vec::new(),
        }
    }
}

impl CachedDates {
    /// A date that was met, as it is written.
    pub(crate) fn written(&self, text: &str) -> Option<DateId> {
        match as_number(text) {
            Some(number) => self.short.get(&number).copied(),
            None => self.long.get(text).copied(),
        }
    }

    /// Remembers how a date is written.
    pub(crate) fn remember(&mut self, text: &str, date: DateId) {
        match as_number(text) {
            Some(number) => self.short.insert(number, date),
            None => self.long.insert(text.into(), date),
        };
    }

    /// The handle of a date.
    pub(crate) fn intern(&mut self, date: Date) -> Option<DateId> {
        self.dates.intern_noting(date, &mut self.new.dates)
    }

    /// Hands over what is new in a block that ends here.
    pub(crate) fn hand_over(&mut self) -> NewDates {
        if self.dates.len() > MOST {
            return std::mem::take(self).new;
        }
        let next = NewDates {
            first: false,
            dates: Vec::new(),
        };
        std::mem::replace(&mut self.new, next)
    }
}

/// A text of at most 15 of the signs that days, years and stretches of them are written with, as a
/// number: four bits a sign, none of which is nothing, so that no two texts have one number.
fn as_number(text: &str) -> Option<u64> {
    if text.len() > 15 {
        return None;
    }
    let mut number = 0;
    for sign in text.bytes() {
        let bits = match sign {
            b'0'..=b'9' => sign - b'0' + 1,
            b'-' => 11,
            b'/' => 12,
            b'.' => 13,
            b'~' => 14,
            b'X' => 15,
            _ => return None,
        };
        number = number << 4 | u64::from(bits);
    }
    Some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_known_as_it_is_written() {
        let mut known = CachedDates::default();
        let texts = [
            "2023-04-20",
            "2023-04-2",
            "",
            "2023-04-20\0",
            "2023-04-20/2023-05",
            "../2023-04-20~",
        ];
        for (row, text) in texts.into_iter().enumerate() {
            assert_eq!(known.written(text), None);
            let date = known.intern(Date::parse(&format!("{}", 1000 + row)).unwrap());
            known.remember(text, date.unwrap());
        }
        for (row, text) in texts.iter().enumerate() {
            assert_eq!(known.written(text).unwrap().index(), row);
        }
    }
}
