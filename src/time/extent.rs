//! The meaning of a date: a stretch of days whose start and end each lie within known bounds.

use super::day::Day;

/// A point on the line of days: a day, or the unbounded past or future.
///
/// Days outside the calendar's range stay distinct up to 10¹² years, so that the year 17×10⁷ is
/// still known to lie after 2023; beyond that, all that is known is that they lie farther.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bound(i64);

impl Bound {
    /// Before all days: the start of what has always been.
    pub const PAST: Bound = Bound(i64::MIN);
    /// After all days: the end of what never ends.
    pub const FUTURE: Bound = Bound(i64::MAX);
    /// The number of [`Bound::PAST`] in a column: it is exact as a double and in JSON.
    pub const BEFORE_ALL: i64 = -1_000_000_000_000_000;
    /// The number of [`Bound::FUTURE`] in a column.
    pub const AFTER_ALL: i64 = 1_000_000_000_000_000;
    /// The earliest day that can be represented.
    pub(super) const FARTHEST_PAST: Bound = Bound(i64::MIN + 1);
    /// The latest day that can be represented.
    pub(super) const FARTHEST_FUTURE: Bound = Bound(i64::MAX - 1);

    pub(super) const fn at(number: i64) -> Bound {
        Bound(number)
    }

    /// The day, if it is within the calendar's range.
    pub fn day(self) -> Option<Day> {
        Day::from_number(self.0)
    }

    /// Days since 1970-01-01, also outside the calendar's range; `None` for an unbounded end.
    pub fn number(self) -> Option<i64> {
        (Bound::FARTHEST_PAST < self && self < Bound::FARTHEST_FUTURE).then_some(self.0)
    }

    /// A number for a column: days since 1970-01-01, [`Bound::BEFORE_ALL`] before all days,
    /// [`Bound::AFTER_ALL`] after all. A day farther than these lies just within them.
    pub fn in_column(self) -> i64 {
        match self {
            Bound::PAST => Bound::BEFORE_ALL,
            Bound::FUTURE => Bound::AFTER_ALL,
            Bound(number) => number.clamp(Bound::BEFORE_ALL + 1, Bound::AFTER_ALL - 1),
        }
    }

    /// The bound `days` later (earlier if negative). Unbounded ends do not move.
    pub(super) fn plus_days(self, days: i64) -> Bound {
        match self.number() {
            Some(number) => Bound(number.saturating_add(days))
                .clamp(Bound::FARTHEST_PAST, Bound::FARTHEST_FUTURE),
            None => self,
        }
    }
}

impl From<Day> for Bound {
    fn from(day: Day) -> Bound {
        Bound(i64::from(day.number()))
    }
}

/// A stretch of time whose start and end each lie within bounds: any start and end within them with
/// the start not after the end is a reading of the date.
///
/// | date | start | end |
/// |---|---|---|
/// | `2023-04` | 1 to 30 Apr 2023 | 1 to 30 Apr 2023 |
/// | `1964/2008` | within 1964 | within 2008 |
/// | `1880/..` | within 1880 | never: [`Bound::FUTURE`] |
/// | `1880/` | within 1880 | any, from 1 Jan 1880 on, or never |
///
/// The bounds are tight: each of the four is reached by some reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Extent {
    earliest_start: Bound,
    latest_start: Bound,
    earliest_end: Bound,
    latest_end: Bound,
}

impl Extent {
    /// Always: without start and end.
    pub const ALWAYS: Extent = Extent {
        earliest_start: Bound::PAST,
        latest_start: Bound::PAST,
        earliest_end: Bound::FUTURE,
        latest_end: Bound::FUTURE,
    };

    /// Some time: nothing is known about its start and end.
    pub const UNKNOWN: Extent = Extent::within(Bound::PAST, Bound::FUTURE);

    /// The extent with these bounds, tightened; `None` if no start within its bounds lies on or
    /// before an end within its bounds.
    pub(super) fn new(start: [Bound; 2], end: [Bound; 2]) -> Option<Extent> {
        let [earliest_start, latest_start] = start;
        let [earliest_end, latest_end] = end;
        let extent = Extent {
            earliest_start,
            latest_start: latest_start.min(latest_end),
            earliest_end: earliest_end.max(earliest_start),
            latest_end,
        };
        let some = extent.earliest_start <= extent.latest_start
            && extent.earliest_end <= extent.latest_end;
        some.then_some(extent)
    }

    /// Start and end both lie somewhere within the same days.
    pub(super) const fn within(first: Bound, last: Bound) -> Extent {
        Extent {
            earliest_start: first,
            latest_start: last,
            earliest_end: first,
            latest_end: last,
        }
    }

    /// The least extent that has all readings of both.
    #[must_use]
    pub(super) fn hull(self, other: Extent) -> Extent {
        Extent {
            earliest_start: self.earliest_start.min(other.earliest_start),
            latest_start: self.latest_start.max(other.latest_start),
            earliest_end: self.earliest_end.min(other.earliest_end),
            latest_end: self.latest_end.max(other.latest_end),
        }
    }

    /// Its four bounds as [numbers for columns](Bound::in_column): earliest and latest start, earliest
    /// and latest end.
    pub fn in_columns(self) -> [i64; 4] {
        [
            self.earliest_start,
            self.latest_start,
            self.earliest_end,
            self.latest_end,
        ]
        .map(Bound::in_column)
    }

    /// The first day on which it can start.
    pub const fn earliest_start(self) -> Bound {
        self.earliest_start
    }

    /// The last day on which it can start.
    pub const fn latest_start(self) -> Bound {
        self.latest_start
    }

    /// The first day on which it can end.
    pub const fn earliest_end(self) -> Bound {
        self.earliest_end
    }

    /// The last day on which it can end.
    pub const fn latest_end(self) -> Bound {
        self.latest_end
    }
}
