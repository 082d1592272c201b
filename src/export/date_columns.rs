//! The date of a node or an edge, spread over keys and columns.

use std::borrow::Cow;

use serde::Serialize;

use annals_graph::Bundle;
use annals_model::{DateId, Facts};
use annals_time::{Calendar, Date, Day, Precision};

/// A date in parts. Merged edges have the days that all of their dates cover together, and of the
/// rest what they have in common.
#[derive(Debug, Serialize)]
pub(super) struct When<'f> {
    /// The first day, unless it is open or unknown.
    pub(super) first: Option<Day>,
    /// The last day, unless it is open or unknown.
    pub(super) last: Option<Day>,
    /// As written; of several dates, with a semicolon between.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) written: Option<Cow<'f, str>>,
    /// How finely it is written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) precision: Option<Precision>,
    /// By which calendar.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) calendar: Option<Calendar>,
    /// In the source's own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) display: Option<&'f str>,
}

impl<'f> When<'f> {
    /// The parts of a date, or of none.
    pub(super) fn of(facts: &'f Facts, date: Option<DateId>) -> Self {
        let date = date.map(|id| facts.date(id));
        When {
            first: date.and_then(Date::first),
            last: date.and_then(Date::last),
            written: date.map(|date| date.written().into()),
            precision: date.map(Date::precision),
            calendar: date.map(Date::calendar),
            display: date.and_then(Date::display),
        }
    }

    /// The parts of the date of an edge, or of the dates of several that were merged.
    pub(super) fn of_edges(facts: &'f Facts, bundle: &Bundle<'_>) -> Self {
        let first = bundle.edge().when;
        if bundle.edges().iter().all(|edge| edge.when == first) {
            return When::of(facts, first);
        }
        let dates = || bundle.edges().iter().map(|edge| edge.when);
        let known = || dates().flatten().map(|id| facts.date(id));
        let mut written: Vec<&str> = Vec::new();
        for date in known() {
            if !written.contains(&date.written()) {
                written.push(date.written());
            }
        }
        // An edge without a date can lie before and after all others.
        let dated = dates().all(|date| date.is_some());
        let bound = |days: Option<Vec<Day>>, pick: fn(Day, Day) -> Day| {
            days.filter(|_| dated)?.into_iter().reduce(pick)
        };
        When {
            first: bound(known().map(Date::first).collect(), Day::min),
            last: bound(known().map(Date::last).collect(), Day::max),
            written: Some(written.join("; ").into()),
            precision: common(known().map(Date::precision)),
            calendar: common(known().map(Date::calendar)),
            display: common(known().map(Date::display)).flatten(),
        }
    }
}

/// What all have in common.
pub(super) fn common<T: PartialEq>(mut all: impl Iterator<Item = T>) -> Option<T> {
    let first = all.next()?;
    all.all(|one| one == first).then_some(first)
}
