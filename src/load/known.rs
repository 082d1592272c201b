//! Dates that a reader has met. They outlive the block that is read: bulk facts have few days and many
//! claims, so that a date is read once, and is looked up by its letters after that.
//!
//! Blocks are joined in the order in which they stand, and hand over what is new in them in the order
//! in which it was met. What is known by then was met before, so that the whole has its dates in the
//! order in which they stand in the files, however many readers there were.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use foldhash::fast::RandomState;

use crate::model::{DateId, Dates, Facts};
use crate::time::Date;

/// A reader that has met more dates than this forgets them, so that many readers do not each hold
/// most dates of the whole.
const MOST: usize = if cfg!(test) { 100 } else { 1 << 16 };

/// The dates that a reader has met.
#[derive(Debug, Default)]
pub(crate) struct KnownDates {
    dates: Dates,
    /// By how they are written: short texts as numbers, which are compared where they stand.
    short: HashMap<u64, DateId, RandomState>,
    long: HashMap<Box<str>, DateId, RandomState>,
    new: NewDates,
}

/// Dates that were first met in one block.
#[derive(Debug, Clone)]
pub(crate) struct NewDates {
    /// Who met them.
    reader: usize,
    /// Whether the reader had met none before, or has forgotten them.
    first: bool,
    dates: Vec<Date>,
}

impl Default for NewDates {
    fn default() -> Self {
        NewDates {
            reader: 0,
            first: true,
            dates: Vec::new(),
        }
    }
}

impl KnownDates {
    /// A reader that has met nothing; of those that work on the same files, each has a number.
    pub(crate) fn of_reader(next: &AtomicUsize) -> Self {
        let mut known = KnownDates::default();
        known.new.reader = next.fetch_add(1, Ordering::Relaxed);
        known
    }

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
        let mut next = NewDates {
            reader: self.new.reader,
            ..NewDates::default()
        };
        if self.dates.len() > MOST {
            let forgotten = KnownDates::default();
            return std::mem::replace(
                self,
                KnownDates {
                    new: next,
                    ..forgotten
                },
            )
            .new;
        }
        next.first = false;
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

/// The dates of each reader, by their rows there, as they are called in the whole.
#[derive(Debug, Default)]
pub(crate) struct Readers(Vec<Vec<DateId>>);

impl Readers {
    /// Takes what is new in a block into the whole; all that its reader has met. `None` where there is
    /// no room.
    pub(crate) fn take_in(&mut self, new: NewDates, facts: &mut Facts) -> Option<&[DateId]> {
        if self.0.len() <= new.reader {
            self.0.resize_with(new.reader + 1, Vec::new);
        }
        let met = &mut self.0[new.reader];
        if new.first {
            met.clear();
        }
        for date in new.dates {
            met.push(facts.dates.intern(date)?);
        }
        Some(met)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_known_as_it_is_written() {
        let mut known = KnownDates::default();
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

    #[test]
    fn dates_of_several_readers_are_those_of_the_whole() {
        let (mut facts, mut readers, next) =
            (Facts::new(), Readers::default(), AtomicUsize::new(0));
        let mut all = [KnownDates::of_reader(&next), KnownDates::of_reader(&next)];
        let mut whole = Vec::new();
        // Many enough that both forget them in between.
        for block in 0..40 {
            let reader = &mut all[block % 3 % 2];
            let mut met = Vec::new();
            for nth in 0..60_usize {
                let text = format!("{:04}", (nth * 7 + block * 31) % 400 + 1000);
                let date = Date::parse(&text).unwrap();
                met.push((text, reader.intern(date).unwrap()));
            }
            let ids = readers
                .take_in(reader.hand_over(), &mut facts)
                .unwrap()
                .to_vec();
            for (text, date) in met {
                if !whole.contains(&text) {
                    whole.push(text.clone());
                }
                assert_eq!(facts.dates.get(ids[date.index()]).written(), text);
            }
            if block == 2 {
                let order: Vec<_> = facts
                    .dates
                    .iter()
                    .map(|date| date.written().to_owned())
                    .collect();
                assert_eq!(order, whole);
            }
        }
    }
}
