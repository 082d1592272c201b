//! The columns of a record that are made of the facts, not of the texts of its line.

use super::super::columns::Columns;
use super::super::table::RowBuffer;
use super::engine_columns::{self, date, since_1970};
use annals_model::{Facts, RecordRef};
use annals_time::Day;

/// The columns that are not read from the fields as written; returns the first day of the record. Given the
/// first and the last day of each date.
pub(super) fn of_facts(
    (facts, all_days): (&Facts, &[[Option<i32>; 2]]),
    record: RecordRef,
    columns: &Columns,
    row: &mut RowBuffer,
) -> Option<i32> {
    let mut first_day = None;
    let own = facts.own_date(record);
    for (key, first, last) in &columns.days {
        let id = date(facts, record, key);
        let days = id.map(|date| all_days[date.index()]);
        let [begins, ends] = days.unwrap_or_default();
        row.number(*first, begins.map(i64::from));
        row.number(*last, ends.map(i64::from));
        if id == own {
            first_day = begins;
        }
    }
    let more = facts.more(record);
    row.real(columns.confidence, more.and_then(|more| more.confidence));
    if let (Some(lat), Some(lon), RecordRef::Place(place)) = (columns.lat, columns.lon, record) {
        row.real(lat, facts[place].lat);
        row.real(lon, facts[place].lon);
    }
    let retracted = more.and_then(|more| more.retracted);
    let retracted = retracted.map(|retracted| facts.date(retracted.on).written());
    row.text(columns.retracted, retracted);
    engine_columns::fill(facts, record, columns, row);
    first_day
}

/// The first and the last day of each date of the facts.
pub(super) fn days(facts: &Facts) -> Vec<[Option<i32>; 2]> {
    let day = |day: Option<Day>| day.map(since_1970);
    let dates = facts.dates.iter();
    dates
        .map(|date| [day(date.first()), day(date.last())])
        .collect()
}
