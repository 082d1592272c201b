//! The columns that only other engines read: the bounds of dates, and what lists are ordered by.

use super::super::columns::{Columns, DateColumns, PassageColumns, RETRACTED};
use super::super::table::RowBuffer;
use annals_model::{DateId, Evidence, Facts, RecordRef};
use annals_query::page_order::page_key;
use annals_query::sort_key::natural_key;
use annals_time::{Date, Day};

/// Fills the columns that only other engines read, but for those of speakers.
pub(super) fn fill(facts: &Facts, record: RecordRef, columns: &Columns, row: &mut RowBuffer) {
    row.text(columns.id_order, Some(&natural_key(facts.id(record))));
    for of in &columns.dates {
        if let Some(id) = date(facts, record, of.key) {
            of.fill(facts.date(id), row);
        }
    }
    if let Some(column) = columns.file_order {
        let file = facts.file(facts.common(record).origin.file());
        row.text(column, Some(&name_order(&file.name)));
    }
    if let Some(of) = &columns.passage {
        fill_passage(of, facts, record, row);
    }
    if let Some(column) = columns.spans {
        for passage in facts.evidence(record) {
            let given = facts.list(passage.spans);
            let spans = if given.is_empty() {
                facts.list(passage.found)
            } else {
                given
            };
            let each = spans.iter().map(|one| format!("{}-{}", one.start, one.end));
            let each: Vec<String> = each.collect();
            row.item(column, Some(&each.join(" ")));
        }
    }
    let retracted = facts.more(record).and_then(|more| more.retracted);
    let reason = retracted.and_then(|retracted| retracted.reason);
    row.text(columns.reason, reason.map(|reason| facts.str(reason)));
}

/// A text in whose order of bytes files are read, given their names: a folder comes before all whose names
/// begin like its own.
pub(super) fn name_order(file: &str) -> String {
    file.replace('/', "\u{1}")
}

/// Days since 1970-01-01, as in Parquet.
pub(super) fn since_1970(day: Day) -> i32 {
    let epoch = Day::from_ymd(1970, 1, 1).map_or(0, Day::number);
    day.number().saturating_sub(epoch)
}

/// Fills the columns of where a record stands in a text.
pub(super) fn fill_passage(
    of: &PassageColumns,
    facts: &Facts,
    record: RecordRef,
    row: &mut RowBuffer,
) {
    let mut passages = facts.evidence(record).iter();
    let first = passages.find_map(|passage| Some((passage, passage.document?)));
    let Some((passage, document)) = first else {
        return;
    };
    row.text(of.document, Some(facts.id(document)));
    let (start, page) = place(facts, passage);
    row.number(of.start, start);
    row.text(of.page_order, page.as_deref());
}

/// Where a passage stands in its document: the code point at which it begins, or else a text in whose order
/// of bytes pages are in their order.
pub(super) fn place(facts: &Facts, passage: &Evidence) -> (Option<i64>, Option<String>) {
    let given = facts.list(passage.spans).first();
    let begins = given.or_else(|| facts.list(passage.found).first());
    let page = passage.page.filter(|_| begins.is_none());
    (
        begins.map(|span| i64::from(span.start)),
        page.map(|page| page_key(facts.str(page))),
    )
}

impl DateColumns {
    /// Fills the columns of a date.
    pub(super) fn fill(&self, date: &Date, row: &mut RowBuffer) {
        if let Some(columns) = self.days {
            let day = |day: Option<Day>| day.map(|day| i64::from(since_1970(day)));
            for (column, day) in columns
                .into_iter()
                .zip([day(date.first()), day(date.last())])
            {
                row.number(column, day);
            }
        }
        row.text(self.precision, Some(date.precision().as_str()));
        for (column, bound) in self.bounds.iter().zip(date.extent().in_columns()) {
            row.number(*column, Some(bound));
        }
        if let Some(time) = date.time_of_day() {
            row.number(self.second, Some(i64::from(time.utc_seconds())));
            row.flag(self.zoned, Some(time.offset().is_some()));
        }
        let several = Some(date.alternatives().len() as i64).filter(|count| *count > 1);
        row.number(self.alternatives, several);
        row.text(self.display, date.display());
    }
}

/// The date of a record in a field.
pub(super) fn date(facts: &Facts, record: RecordRef, key: &str) -> Option<DateId> {
    match (key, record) {
        ("recorded", _) => facts.more(record)?.recorded,
        (RETRACTED, _) => Some(facts.more(record)?.retracted?.on),
        ("due", RecordRef::Claim(claim)) => facts[claim].due,
        _ => facts.own_date(record),
    }
}
