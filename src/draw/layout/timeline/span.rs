//! What is known about a record's position in time: when it may have been, and when it certainly
//! was.

use std::ops::RangeInclusive;

use crate::Canvas;
use crate::layout::words::happens;
use annals_model::{RecordRef, Status};
use annals_query::chronicle::{Days, date_of};
use annals_query::timeline::is_of_birth;
use annals_time::{Bound, Date, Day, Extent};

/// Before all days.
const PAST: i64 = i64::MIN;
/// After all days.
const FUTURE: i64 = i64::MAX;

/// A start and an end, each within bounds, in days since 1970-01-01. `PAST` and `FUTURE` mean that
/// no day is known, or that it has always been or never ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    start: [i64; 2],
    end: [i64; 2],
}

/// An end of a stretch of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// On this day.
    Day(i64),
    /// It has always been, or never ends.
    Open,
    /// Unknown.
    Unknown,
}

impl Span {
    const NOTHING: Span = Span {
        start: [PAST, FUTURE],
        end: [PAST, FUTURE],
    };

    /// The position of a record in time: by its own date, its narrowed date, and the day of its
    /// report if the report comes later.
    pub(super) fn new(canvas: &Canvas<'_, '_>, record: RecordRef) -> Span {
        let facts = canvas.dossier.facts();
        let given = date_of(facts, record).map(Date::extent);
        let mut span = given.map_or(Span::NOTHING, Span::given);
        if let Some(ends) = canvas.chronology.and_then(|solved| solved.ends(record)) {
            // That nobody speaks before their birth is nothing to draw.
            let [start, end] = ends.map(|end| {
                let [first, last] = end.narrowed;
                [first.filter(|day| !is_of_birth(facts, record, *day)), last]
            });
            span = span.within(start, end).unwrap_or(span);
        }
        if given.is_none() && reported_after(canvas, record) {
            let reported = canvas.dossier.validity.reported(facts, record);
            let last = reported.and_then(Date::last);
            span = span.within([None, last], [None, last]).unwrap_or(span);
        }
        span
    }

    fn given(extent: Extent) -> Span {
        Span {
            start: [
                number(extent.earliest_start()),
                number(extent.latest_start()),
            ],
            end: [number(extent.earliest_end()), number(extent.latest_end())],
        }
    }

    /// Restricts start and end to these days; `None` if that is impossible.
    fn within(self, start: Days, end: Days) -> Option<Span> {
        let meet = |own: [i64; 2], days: Days| {
            let day = |day: Day| i64::from(day.number());
            [
                days[0].map_or(own[0], |first| own[0].max(day(first))),
                days[1].map_or(own[1], |last| own[1].min(day(last))),
            ]
        };
        let (mut start, mut end) = (meet(self.start, start), meet(self.end, end));
        start[1] = start[1].min(end[1]);
        end[0] = end[0].max(start[0]);
        (start[0] <= start[1] && end[0] <= end[1]).then_some(Span { start, end })
    }

    /// The first day on which it can be.
    pub(super) fn first(&self) -> End {
        match self.start {
            [PAST, PAST] => End::Open,
            [PAST, _] => End::Unknown,
            [day, _] => End::Day(day),
        }
    }

    /// The last day on which it can be.
    pub(super) fn last(&self) -> End {
        match self.end {
            [FUTURE, FUTURE] => End::Open,
            [_, FUTURE] => End::Unknown,
            [_, day] => End::Day(day),
        }
    }

    /// The days on which it certainly was: from the latest start to the earliest end. An open end
    /// is `PAST` or `FUTURE`.
    pub(super) fn core(&self) -> Option<RangeInclusive<i64>> {
        let (from, until) = (self.start[1], self.end[0]);
        let known = from < FUTURE && until > PAST && from <= until;
        known.then_some(from..=until)
    }

    /// The latest day on which it can have begun, if known.
    pub(super) fn latest_start(&self) -> Option<i64> {
        Some(self.start[1]).filter(|day| is_day(*day))
    }

    /// The earliest day on which it can have ended, if known.
    pub(super) fn earliest_end(&self) -> Option<i64> {
        Some(self.end[0]).filter(|day| is_day(*day))
    }

    /// Its single day, if it has only one.
    pub(super) fn day(&self) -> Option<i64> {
        let day = self.start[0];
        (is_day(day) && self.start == [day; 2] && self.end == [day; 2]).then_some(day)
    }

    /// Whether anything is known about it.
    pub(super) fn is_dated(&self) -> bool {
        *self != Span::NOTHING
    }

    /// The days that matter for a scale: each day on which a part of it begins, and each day after
    /// one on which a part ends.
    pub(super) fn marks(&self) -> impl Iterator<Item = i64> + use<> {
        let begins = [self.start[0]];
        let ends = [self.end[1]];
        let core = self.core().map(|core| (*core.start(), *core.end()));
        let begins = begins.into_iter().chain(core.map(|core| core.0));
        let ends = ends.into_iter().chain(core.map(|core| core.1));
        let one_day = self.day();
        let begins = begins.filter(|day| is_day(*day));
        // Times within a day are not distinguished.
        let ends = ends.filter(move |day| is_day(*day) && one_day.is_none());
        let ends = ends.map(|day| day + 1);
        begins.chain(ends)
    }

    /// The sort key: the first known day, then the last. Records without a date of their own are
    /// sorted by the last day on which they can have been.
    pub(super) fn order(&self, given: bool) -> (i64, i64) {
        if !given && is_day(self.end[1]) {
            return (self.end[1], self.end[1]);
        }
        let known = [self.start[0], self.start[1], self.end[1], self.end[0]];
        let first = known.into_iter().find(|day| is_day(*day));
        let open = if self.first() == End::Open {
            PAST
        } else {
            FUTURE
        };
        (first.unwrap_or(open), self.end[1])
    }

    /// Whether a part of it can lie within some days.
    pub(super) fn meets(&self, days: &RangeInclusive<i64>) -> bool {
        self.start[0] <= *days.end() && self.end[1] >= *days.start()
    }
}

fn is_day(number: i64) -> bool {
    number != PAST && number != FUTURE
}

fn number(bound: Bound) -> i64 {
    let beyond = if bound < Bound::from(Day::MIN) {
        PAST
    } else {
        FUTURE
    };
    bound.number().unwrap_or(beyond)
}

/// Whether the record precedes its report, as claims and past events do.
fn reported_after(canvas: &Canvas<'_, '_>, record: RecordRef) -> bool {
    match record {
        RecordRef::Claim(_) => true,
        RecordRef::Event(id) => {
            let status = canvas.dossier.facts()[id].status;
            (happens(status) && status != Some(Status::Ongoing)) || status == Some(Status::Alleged)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(text: &str) -> Span {
        Span::given(Date::parse(text).unwrap().extent())
    }

    #[test]
    fn what_is_certain_lies_within_what_may_be() {
        assert!(span("2023-04-20").day().is_some());
        assert_eq!(span("2023-04").core(), None);
        let battle = span("2022-08/2023-05");
        let core = battle.core().unwrap();
        assert!(battle.first() == End::Day(core.start() - 30));
        assert!(battle.last() == End::Day(core.end() + 30));
        assert_eq!(span("2022-02-24/..").last(), End::Open);
        assert_eq!(span("1880/").last(), End::Unknown);
        assert_eq!(span("1880/").core(), None);
        assert_eq!(span("../1811").first(), End::Open);
        assert_eq!(span("/1811").first(), End::Unknown);
        assert_eq!(span("../..").core(), Some(PAST..=FUTURE));
        assert!(!Span::NOTHING.is_dated() && Span::NOTHING.core().is_none());
    }

    #[test]
    fn days_that_leave_nothing_leave_it_as_given() {
        let day = span("2023-04-20");
        let later = Day::from_ymd(2024, 1, 1);
        assert_eq!(day.within([later, None], [None, None]), None);
    }
}
