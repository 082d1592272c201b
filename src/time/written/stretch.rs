//! The days that a single EDTF date can mean.

use super::atom::{Atom, Digits, Unit, YearForm, value};
use crate::calendar::{Calendar, CivilDay, day_number};
use crate::extent::{Bound, Extent};

/// The largest number of alternatives that one date is expanded into. Beyond it, a single stretch
/// from the first to the last day represents them all. It contains every reading and more, so
/// "certainly" and "never" remain correct. `15XX-12-25` has 100, `XXXX-12-25` would have 10,000.
pub(super) const MOST_ALTERNATIVES: usize = 512;

/// Years beyond this are only known to lie farther away.
const FARTHEST_YEAR: i64 = 1_000_000_000_000;

/// The days that a date can mean: one or more disjoint stretches, in order.
pub(super) struct Stretches {
    runs: Vec<[Bound; 2]>,
}

impl Stretches {
    /// The days of a date, with its bounds moved apart by `slack` units of its precision; `None` if
    /// the calendar has no such day.
    pub(super) fn from_atom(atom: &Atom, calendar: Calendar, slack: u32) -> Option<Stretches> {
        let years = YearBlocks::from_atom(atom);
        let filler = Filler {
            atom,
            calendar,
            slack: i64::from(slack),
        };
        let mut runs: Vec<[Bound; 2]> = Vec::new();
        for block in years.iter() {
            for [first, last] in filler.runs(block) {
                match runs.last_mut() {
                    Some(run) if first <= run[1].plus_days(1) => run[1] = run[1].max(last),
                    _ => runs.push([first, last]),
                }
            }
            if runs.len() > MOST_ALTERNATIVES {
                let last = years
                    .iter()
                    .rev()
                    .find_map(|block| filler.runs(block).pop());
                let hull = [runs[0][0], last.map_or(runs[0][1], |run| run[1])];
                return Some(Stretches { runs: vec![hull] });
            }
        }
        (!runs.is_empty()).then_some(Stretches { runs })
    }

    /// The stretches of days.
    pub(super) fn runs(&self) -> &[[Bound; 2]] {
        &self.runs
    }

    /// From the first to the last day of all.
    pub(super) fn hull(&self) -> [Bound; 2] {
        // Never empty: `from_atom` makes no empty list.
        let first = self.runs.first().map_or(Bound::PAST, |run| run[0]);
        let last = self.runs.last().map_or(Bound::FUTURE, |run| run[1]);
        [first, last]
    }

    /// One extent for each stretch, with start and end anywhere in it.
    pub(super) fn extents(&self) -> Vec<Extent> {
        self.runs
            .iter()
            .map(|&[first, last]| Extent::within(first, last))
            .collect()
    }
}

/// A run of whole years.
#[derive(Clone, Copy)]
struct YearBlock {
    first: i64,
    last: i64,
}

/// The possible years of a date, in order. Unspecified trailing digits form one block unless a
/// month narrows them.
enum YearBlocks {
    One(YearBlock),
    Masked {
        negative: bool,
        digits: [Option<u8>; 4],
        in_block: u32,
    },
}

impl YearBlocks {
    fn from_atom(atom: &Atom) -> YearBlocks {
        match atom.year {
            YearForm::Range { first, last, .. } => YearBlocks::One(YearBlock { first, last }),
            YearForm::Digits { negative, digits } => {
                let narrowed = atom.narrowing_month().is_some();
                let in_block = if narrowed { 0 } else { atom.open_year_digits() };
                YearBlocks::Masked {
                    negative,
                    digits,
                    in_block,
                }
            }
        }
    }

    fn iter(&self) -> impl DoubleEndedIterator<Item = YearBlock> {
        let count = match self {
            YearBlocks::One(_) => 1,
            YearBlocks::Masked {
                digits, in_block, ..
            } => {
                let open = digits.iter().filter(|digit| digit.is_none()).count() as u32;
                10_u32.pow(open - in_block)
            }
        };
        (0..count).filter_map(move |index| self.block(index, count))
    }

    /// The block with this index among `count`; `None` for the year −0, which does not exist.
    fn block(&self, index: u32, count: u32) -> Option<YearBlock> {
        let &YearBlocks::Masked {
            negative,
            digits,
            in_block,
        } = self
        else {
            let YearBlocks::One(block) = self else {
                return None;
            };
            return Some(*block);
        };
        let mut rest = if negative { count - 1 - index } else { index };
        let (mut magnitude, mut place) = (0_i64, 10_i64.pow(in_block));
        for digit in digits.iter().rev().skip(in_block as usize) {
            let digit = digit.unwrap_or_else(|| {
                let open = (rest % 10) as u8;
                rest /= 10;
                open
            });
            magnitude += i64::from(digit) * place;
            place *= 10;
        }
        let last = magnitude + 10_i64.pow(in_block) - 1;
        if !negative {
            return Some(YearBlock {
                first: magnitude,
                last,
            });
        }
        (last > 0).then(|| YearBlock {
            first: -last,
            last: -magnitude.max(1),
        })
    }
}

/// Finds the runs of days within years.
struct Filler<'a> {
    atom: &'a Atom,
    calendar: Calendar,
    slack: i64,
}

impl Filler<'_> {
    fn runs(&self, block: YearBlock) -> Vec<[Bound; 2]> {
        let YearBlock {
            first: year,
            last: last_year,
        } = block;
        let Some(month) = self.atom.narrowing_month() else {
            return vec![self.months(year, 1, last_year, 12)];
        };
        if let Some(code) = self.atom.month_group() {
            let (from, to) = group_months(code);
            let end_year = if to < from {
                year.saturating_add(1)
            } else {
                year
            };
            return vec![self.months(year, from, end_year, to)];
        }
        let months = matching(month, 12);
        let Some(day) = self.atom.narrowing_day() else {
            return months
                .map(|month| self.months(year, month, year, month))
                .collect();
        };
        let mut runs = Vec::new();
        for month in months {
            let length = self.calendar.days_in_month(year, month).unwrap_or(0);
            for day in matching(day, length) {
                let day = CivilDay { year, month, day };
                runs.push(self.bounds(day, day));
            }
        }
        runs
    }

    /// From the first day of one month to the last day of another.
    fn months(&self, year: i64, month: u32, last_year: i64, last_month: u32) -> [Bound; 2] {
        let length = self
            .calendar
            .days_in_month(last_year, last_month)
            .unwrap_or(31);
        self.bounds(
            CivilDay {
                year,
                month,
                day: 1,
            },
            CivilDay {
                year: last_year,
                month: last_month,
                day: length,
            },
        )
    }

    fn bounds(&self, first: CivilDay, last: CivilDay) -> [Bound; 2] {
        match self.atom.unit() {
            _ if self.slack == 0 => [self.first_bound(first), self.last_bound(last)],
            Unit::Days(days) => {
                let days = days.saturating_mul(self.slack);
                let (first, last) = (self.first_bound(first), self.last_bound(last));
                [first.plus_days(-days), last.plus_days(days)]
            }
            Unit::Months(months) => {
                let months = months.saturating_mul(self.slack);
                let first = first.plus_months(self.calendar, -months);
                let last = last.plus_months(self.calendar, months);
                [self.first_bound(first), self.last_bound(last)]
            }
        }
    }

    /// The bound for a first day: never later than the day.
    fn first_bound(&self, day: CivilDay) -> Bound {
        if day.year < -FARTHEST_YEAR {
            Bound::FARTHEST_PAST
        } else {
            self.number(day)
        }
    }

    /// The bound for a last day: never earlier than the day.
    fn last_bound(&self, day: CivilDay) -> Bound {
        if day.year > FARTHEST_YEAR {
            Bound::FARTHEST_FUTURE
        } else {
            self.number(day)
        }
    }

    fn number(&self, day: CivilDay) -> Bound {
        let year = day.year.clamp(-FARTHEST_YEAR, FARTHEST_YEAR);
        Bound::at(day_number(self.calendar, year, day.month, day.day))
    }
}

/// The numbers from 1 to `most` that match these digits.
fn matching(digits: Digits, most: u32) -> impl Iterator<Item = u32> {
    let exact = value(digits).map(u32::from);
    let (from, to) = exact.map_or((1, most), |exact| (exact.max(1), exact.min(most)));
    let [tens, ones] = digits;
    (from..=to).filter(move |number| {
        tens.is_none_or(|tens| u32::from(tens) == number / 10)
            && ones.is_none_or(|ones| u32::from(ones) == number % 10)
    })
}

/// The first and last month of a group of months (ISO 8601-2 §4.8). If the last month precedes the
/// first, it belongs to the next year.
///
/// The standard does not define the months of a season. We use the meteorological seasons, northern
/// where no hemisphere is named (21 to 24), as other EDTF readers do.
fn group_months(code: u8) -> (u32, u32) {
    match code {
        21 | 25 | 31 => (3, 5),
        22 | 26 | 32 => (6, 8),
        23 | 27 | 29 => (9, 11),
        24 | 28 | 30 => (12, 2),
        33 => (1, 3),
        34 => (4, 6),
        35 => (7, 9),
        36 => (10, 12),
        37 => (1, 4),
        38 => (5, 8),
        39 => (9, 12),
        40 => (1, 6),
        41 => (7, 12),
        _ => (1, 12),
    }
}
