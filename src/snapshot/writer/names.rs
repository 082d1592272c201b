//! The lookup tables of ids, names and narrowed dates, all sorted.

use std::path::Path;

use super::super::error::SnapshotError;
use super::super::table::{Column, Is, TableWriter, Written};
use annals_model::{Facts, Name, RecordKind, RecordRef, Vocabulary as _};
use annals_query::names::fold;
use annals_query::overview::OverviewRow;
use annals_query::timeline::NarrowedRow;
use annals_time::Day;

use RecordKind::{Claim, Order, Relation};

/// The table of the days that all facts leave of records.
pub(in super::super) const NARROWED: &str = "narrowed";

/// The table of ids, and that of names.
pub(super) const IDS: &str = "ids";
pub(super) const NAMES: &str = "names";

/// The number of rows in a page of ids or names.
pub(super) const NAMES_PER_PAGE: usize = 1024;

/// The first letters of a text as a number with the same order: it distinguishes most texts without
/// accessing their memory.
fn beginning(text: &str) -> u128 {
    let mut first = [0; 16];
    let len = text.len().min(16);
    first[..len].copy_from_slice(&text.as_bytes()[..len]);
    u128::from_be_bytes(first)
}

/// Sorts by text, stably.
pub(super) fn sorted<'t, T: Copy>(all: &[T], text: impl Fn(&T) -> &'t str) -> Vec<T> {
    let keys = all.iter().zip(0_u32..);
    let mut keys: Vec<(u128, u32)> = keys.map(|(one, nth)| (beginning(text(one)), nth)).collect();
    keys.sort_unstable();
    for run in keys.chunk_by_mut(|a, b| a.0 == b.0) {
        if run.len() > 1 {
            let text = |key: &(u128, u32)| text(&all[key.1 as usize]);
            run.sort_by(|a, b| text(a).cmp(text(b)));
        }
    }
    keys.into_iter().map(|(_, nth)| all[nth as usize]).collect()
}

pub(super) fn column(name: &str, is: Is) -> Column {
    Column {
        name: name.to_owned(),
        is,
    }
}

pub(super) fn write_ids(
    facts: &Facts,
    records: &[(RecordRef, u32)],
    folder: &Path,
) -> Result<Written, SnapshotError> {
    let columns = vec![
        column("id", Is::Sorted),
        column("kind", Is::Word),
        column("row", Is::Row),
    ];
    let mut out = TableWriter::new(folder, IDS, columns, NAMES_PER_PAGE);
    let ids = records.iter();
    let ids = ids.map(|(record, row)| (facts.common(*record).id, *record, *row));
    let ids: Vec<(Name, RecordRef, u32)> = ids.collect();
    let ids = sorted(&ids, |one| facts.name(one.0));
    for (id, record, row) in ids {
        out.row(|out| {
            out.text(0, Some(facts.name(id)));
            out.text(1, Some(record.kind().word()));
            out.number(2, Some(i64::from(row)));
        })?;
    }
    out.finish()
}

/// The narrowed days of records, by id.
pub(super) fn write_narrowed(
    facts: &Facts,
    mut narrowed: Vec<(RecordRef, NarrowedRow)>,
    folder: &Path,
) -> Result<Written, SnapshotError> {
    let columns = vec![
        column("id", Is::Sorted),
        column("first_day", Is::Day),
        column("last_day", Is::Day),
    ];
    let mut out = TableWriter::new(folder, NARROWED, columns, NAMES_PER_PAGE);
    narrowed.sort_by_key(|(record, _)| facts.id(*record));
    for (record, days) in narrowed {
        let number = |day: Option<Day>| day.map(|day| i64::from(day.number()));
        out.row(|out| {
            out.text(0, Some(facts.id(record)));
            out.number(1, number(days.first));
            out.number(2, number(days.last));
        })?;
    }
    out.finish()
}

/// The table of the overview.
pub(in super::super) const OVERVIEW: &str = "overview";

/// What is in the facts: a number for each kind of record, the first and the last day, the quotes that
/// could not be verified, and for each speaker, topic and document the number of claims, in the order
/// in which they are shown. Nothing of a part alone.
pub(super) fn write_overview(
    row: Option<&OverviewRow>,
    folder: &Path,
) -> Result<Written, SnapshotError> {
    let columns = vec![
        column("what", Is::Word),
        column("id", Is::Text),
        column("name", Is::Text),
        column("number", Is::Long),
    ];
    let mut out = TableWriter::new(folder, OVERVIEW, columns, NAMES_PER_PAGE);
    let Some(row) = row else {
        return out.finish();
    };
    let mut add = |what: &str, of: Option<[&str; 2]>, number: i64| {
        out.row(|out| {
            out.text(0, Some(what));
            out.text(1, of.map(|[id, _]| id));
            out.text(2, of.map(|[_, name]| name));
            out.number(3, Some(number));
        })
    };
    for (kind, count) in &row.counts.0 {
        add("records", Some([kind.word(), kind.plural()]), *count as i64)?;
    }
    for (what, day) in [("first", row.span.first), ("last", row.span.last)] {
        if let Some(day) = day {
            add(what, None, i64::from(day.number()))?;
        }
    }
    add("unverified", None, row.unverified as i64)?;
    let speakers = row
        .speakers
        .iter()
        .map(|one| ("speaker", &one.actor, one.claims));
    let topics = row
        .topics
        .iter()
        .map(|one| ("topic", &one.topic, one.claims));
    let documents = row.documents.iter();
    let documents = documents.map(|one| ("document", &one.document, one.claims));
    for (what, of, claims) in speakers.chain(topics).chain(documents) {
        add(what, Some([&of.id, &of.name]), claims as i64)?;
    }
    out.finish()
}

/// Names, aliases, and ids that differ from their folded form: everything that a name lookup
/// searches.
pub(super) fn write_names(
    facts: &Facts,
    records: &[(RecordRef, u32)],
    folder: &Path,
) -> Result<Written, SnapshotError> {
    let columns = vec![
        column("name", Is::Sorted),
        column("name_kind", Is::Word),
        column("kind", Is::Word),
        column("row", Is::Row),
        column("id", Is::Text),
    ];
    let mut out = TableWriter::new(folder, NAMES, columns, NAMES_PER_PAGE);
    let mut names: Vec<(String, &str, RecordKind, u32, &str)> = Vec::new();
    for &(record, row) in records {
        let kind = record.kind();
        let id = facts.id(record);
        // Most ids are plain, and their own folding.
        let plain = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
        if !id.bytes().all(plain) {
            let folded = fold(id);
            if folded != id {
                names.push((folded, "id", kind, row, id));
            }
        }
        if !matches!(kind, Claim | Relation | Order) {
            names.push((fold(facts.label(record)), "name", kind, row, id));
        }
        if let RecordRef::Actor(actor) = record {
            let aliases = facts.list(facts[actor].aliases).iter();
            names.extend(aliases.map(|alias| (fold(facts.str(*alias)), "alias", kind, row, id)));
        }
    }
    names.sort_unstable();
    for (name, is, kind, row, id) in names {
        out.row(|out| {
            out.text(0, Some(&name));
            out.text(1, Some(is));
            out.text(2, Some(kind.word()));
            out.number(3, Some(i64::from(row)));
            out.text(4, Some(id));
        })?;
    }
    out.finish()
}
