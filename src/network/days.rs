//! Stretches of days, and the weeks, months and years that they touch.

use annals_time::Day;

use super::Duplicates;

/// The days from one to another, both included, counted from 1970-01-01; [`i64::MIN`] and
/// [`i64::MAX`] where there is no end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Days {
    /// The first.
    pub first: i64,
    /// The last.
    pub last: i64,
}

impl Days {
    /// Every day.
    pub const ALWAYS: Days = Days {
        first: i64::MIN,
        last: i64::MAX,
    };

    /// From one day to another.
    pub fn of(first: i64, last: i64) -> Days {
        Days { first, last }
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.first > self.last
    }

    /// The days in both.
    #[must_use]
    pub fn and(self, other: Days) -> Days {
        Days {
            first: self.first.max(other.first),
            last: self.last.min(other.last),
        }
    }

    /// Whether all days of another are among them.
    pub fn contains(self, other: Days) -> bool {
        self.first <= other.first && other.last <= self.last
    }

    /// Whether they have a day in common.
    pub fn meets(self, other: Days) -> bool {
        !self.and(other).is_empty()
    }
}

/// A stretch of time within which statements count once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Period {
    Week,
    Month,
    Year,
    /// All of the range is one.
    Range,
}

impl Period {
    /// The periods of a kind of duplicates, if these come one after another.
    pub(crate) fn of(duplicates: Duplicates) -> Option<Period> {
        match duplicates {
            Duplicates::Week => Some(Period::Week),
            Duplicates::Month => Some(Period::Month),
            Duplicates::Year => Some(Period::Year),
            Duplicates::Range => Some(Period::Range),
            _ => None,
        }
    }

    /// The number of the period of a day; that of no day in particular for an endless side. Days that
    /// the calendar cannot name, hundreds of thousands of years away, are in the last that it can.
    pub(crate) fn number(self, day: i64) -> i64 {
        if day == i64::MIN || day == i64::MAX {
            return if self == Period::Range { 0 } else { day };
        }
        let (year, month, _) = named(day).ymd();
        match self {
            // 1970-01-01 was a Thursday.
            Period::Week => (i64::from(named(day).number()) + 3).div_euclid(7),
            Period::Month => i64::from(year) * 12 + i64::from(month) - 1,
            Period::Year => i64::from(year),
            Period::Range => 0,
        }
    }

    /// The first day of the period of a day.
    pub(crate) fn first_day(self, day: i64) -> i64 {
        if self == Period::Range || day == i64::MIN {
            return i64::MIN;
        }
        let number = i64::from(named(day).number());
        let (year, _, of_month) = named(day).ymd();
        match self {
            Period::Week => number - (number + 3).rem_euclid(7),
            Period::Month => number - i64::from(of_month) + 1,
            Period::Year | Period::Range => {
                Day::from_ymd(year, 1, 1).map_or(number, |day| i64::from(day.number()))
            }
        }
    }
}

/// A day, as far as the calendar can name it.
pub(crate) fn named(day: i64) -> Day {
    let (least, most) = (i64::from(Day::MIN.number()), i64::from(Day::MAX.number()));
    Day::from_number(day.clamp(least, most)).unwrap_or(Day::MIN)
}

/// The number of a month in its year, or of a week of ISO 8601 in its year, from 0: periods that come
/// again every year.
pub(crate) fn yearly(duplicates: Duplicates, day: i64) -> u8 {
    let day = named(day);
    if duplicates == Duplicates::DnaMonth {
        return day.ymd().1 as u8 - 1;
    }
    // The week is that of its Thursday.
    let number = i64::from(day.number());
    let thursday = named(number - (number + 3).rem_euclid(7) + 3);
    let (year, ..) = thursday.ymd();
    let first = Day::from_ymd(year, 1, 1).map_or(thursday.number(), Day::number);
    ((thursday.number() - first) / 7) as u8
}
