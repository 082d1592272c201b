//! Finds rows by name, by id, or by what they refer to.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::super::error::SnapshotError;
use super::super::opened::{Part, Shared};
use super::super::table::{Batch, Rows, Table};
use annals_model::{RecordKind, Vocabulary as _};
use annals_ordered_parallel as ordered_parallel;
use annals_query::Query;
use annals_query::names::fold;
use annals_query::selection::THINGS;

/// How many ids are worth another thread, and in how many stretches each goes through its own.
const IDS_EACH: usize = 32;
const STRETCHES: usize = 4;

/// An option that names things, the tables in which it finds claims, and the kinds of record that it
/// can name.
pub(super) struct Named<'a> {
    pub(super) tables: &'static [&'static str],
    pub(super) words: &'a [String],
    pub(super) kinds: &'static [RecordKind],
}

/// The options that name things.
pub(super) fn named_things(asked: &Query) -> impl Iterator<Item = Named<'_>> {
    const ACTOR: &[RecordKind] = &[RecordKind::Actor];
    const VOICE: &[RecordKind] = &[RecordKind::Actor, RecordKind::Claim];
    let option = |tables, words, kinds| Named {
        tables,
        words,
        kinds,
    };
    let options = [
        option(&["claim_speaker"], &asked.by, ACTOR),
        option(&["claim_to"], &asked.to, ACTOR),
        option(&["claim_about", "claim_stance"], &asked.about, THINGS),
        option(&["claim_via"], &asked.via, VOICE),
        option(&["claim_at"], &asked.at, &[RecordKind::Event]),
        option(
            &["claim_evidence"],
            &asked.in_document,
            &[RecordKind::Document],
        ),
    ];
    options
        .into_iter()
        .filter(|option| !option.words.is_empty())
}

/// The events before or after which things are to lie. They are named, but lead to no claims.
pub(super) fn named_events(asked: &Query) -> impl Iterator<Item = &String> {
    asked.before.iter().chain(&asked.after)
}

/// A row of a table of records: its kind, and which row of all parts.
pub(super) type Row = (RecordKind, usize);

/// Finds rows in the tables of all parts. A table is opened when it is first looked into.
pub(super) struct Finder<'s> {
    shared: &'s Shared,
    open: BTreeMap<(usize, &'static str), Option<Sorted>>,
}

/// A table whose first column is sorted.
pub(super) struct Sorted {
    rows: Rows<Arc<Table>>,
    /// The page that was read last, and its rows.
    page: std::ops::Range<usize>,
    batch: Batch,
    table: Arc<Table>,
}

impl Sorted {
    pub(super) fn new(table: Arc<Table>, columns: usize) -> Self {
        Sorted {
            rows: Rows::new(table.clone(), (0..columns).map(Some).collect()),
            page: 0..0,
            batch: Batch::default(),
            table,
        }
    }

    /// Calls `found` for each row with this text in the sorted column.
    pub(super) fn with(
        &mut self,
        text: &str,
        found: &mut dyn FnMut(&Batch, usize),
    ) -> Result<(), SnapshotError> {
        for page in self.table.pages_with(0, text) {
            if page != self.page {
                self.batch = self.rows.read(page.start, page.len())?;
                self.page = page;
            }
            let batch = &self.batch;
            let first = first_at(batch, text);
            for row in first..batch.rows {
                if batch.text(0, row) != Some(text) {
                    break;
                }
                found(batch, row);
            }
        }
        Ok(())
    }
}

/// The first row whose text is not before this one.
fn first_at(batch: &Batch, text: &str) -> usize {
    let (mut low, mut high) = (0, batch.rows);
    while low < high {
        let middle = low + (high - low) / 2;
        if batch.text(0, middle).unwrap_or_default() < text {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

fn row_of(part: &Part, batch: &Batch, kind: usize, number: usize, row: usize) -> Option<Row> {
    let kind = RecordKind::parse(batch.text(kind, row)?)?;
    Some((kind, part.row_of_all(kind, batch.number(number, row)?)?))
}

impl<'s> Finder<'s> {
    pub(super) fn new(shared: &'s Shared) -> Self {
        Finder {
            shared,
            open: BTreeMap::new(),
        }
    }

    /// Calls `found` for each row of a sorted table with this text, in all parts.
    fn each(
        &mut self,
        name: &'static str,
        columns: usize,
        text: &str,
        found: &mut dyn FnMut(&Part, &Batch, usize),
    ) -> Result<(), SnapshotError> {
        let shared = self.shared;
        for (nth, part) in shared.parts.iter().enumerate() {
            if let Some(table) = self.open(nth, name, columns)? {
                table.with(text, &mut |batch, row| found(part, batch, row))?;
            }
        }
        Ok(())
    }

    /// A sorted table of a part, if there is one.
    fn open(
        &mut self,
        part: usize,
        name: &'static str,
        columns: usize,
    ) -> Result<Option<&mut Sorted>, SnapshotError> {
        let open = match self.open.entry((part, name)) {
            Entry::Occupied(open) => open.into_mut(),
            Entry::Vacant(place) => {
                let part = &self.shared.parts[part];
                let table = part.has(name).then(|| part.sorted(name)).transpose()?;
                place.insert(table.map(|table| Sorted::new(table, columns)))
            }
        };
        Ok(open.as_mut())
    }

    /// The record that a word names, and its id: as [`annals_query::look_up`] finds it. `None` where
    /// it finds none, or several.
    pub(super) fn named(
        &mut self,
        word: &str,
        kinds: &[RecordKind],
    ) -> Result<Option<(Row, String)>, SnapshotError> {
        let mut exact = BTreeSet::new();
        self.each("ids", 3, word, &mut |part, batch, row| {
            exact.extend(row_of(part, batch, 1, 2, row).map(|found| (found, word.to_owned())));
        })?;
        exact.retain(|((kind, _), _)| kinds.contains(kind));
        if !exact.is_empty() {
            return Ok(only(exact));
        }
        let folded = fold(word.trim());
        let (mut names, mut aliases, mut ids) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        self.each("names", 5, &folded, &mut |part, batch, row| {
            let round = match batch.text(1, row) {
                Some("name") => &mut names,
                Some("alias") => &mut aliases,
                _ => &mut ids,
            };
            let id = batch.text(4, row).unwrap_or_default().to_owned();
            round.extend(row_of(part, batch, 2, 3, row).map(|found| (found, id)));
        })?;
        self.each("ids", 3, &folded, &mut |part, batch, row| {
            ids.extend(row_of(part, batch, 1, 2, row).map(|found| (found, folded.clone())));
        })?;
        for mut round in [names, aliases, ids] {
            round.retain(|((kind, _), _)| kinds.contains(kind));
            if !round.is_empty() {
                return Ok(only(round));
            }
        }
        Ok(None)
    }

    /// The rows that a table of links leads to from a thing.
    pub(super) fn linked(
        &mut self,
        table: &'static str,
        kind: RecordKind,
        id: &str,
    ) -> Result<Vec<Row>, SnapshotError> {
        let mut rows = Vec::new();
        self.each(table, 3, id, &mut |part, batch, row| {
            let number = batch.number(2, row);
            let number = number.and_then(|row| part.row_of_all(kind, row));
            rows.extend(number.map(|row| (kind, row)));
        })?;
        Ok(rows)
    }

    /// The claims that a table of links leads to from a thing, by their rows, each with its first day.
    pub(super) fn claims_with_days(
        &mut self,
        table: &'static str,
        id: &str,
    ) -> Result<Vec<(usize, Option<i64>)>, SnapshotError> {
        let mut rows = Vec::new();
        self.each(table, 3, id, &mut |part, batch, row| {
            let number = batch.number(2, row);
            let number = number.and_then(|row| part.row_of_all(RecordKind::Claim, row));
            rows.extend(number.map(|number| (number, batch.number(1, row))));
        })?;
        Ok(rows)
    }

    /// The rows of records by their ids; ids that no record has lead nowhere.
    pub(super) fn rows_of_ids(
        &mut self,
        ids: &BTreeSet<String>,
    ) -> Result<Vec<Row>, SnapshotError> {
        let ids = ids.iter().map(String::as_str).collect();
        Ok(self.rows_by_id(&ids)?.into_values().flatten().collect())
    }

    /// For each id the rows of its records.
    pub(super) fn rows_by_id<'i>(
        &mut self,
        ids: &BTreeSet<&'i str>,
    ) -> Result<BTreeMap<&'i str, Vec<Row>>, SnapshotError> {
        let ids: Vec<&str> = ids.iter().copied().collect();
        let threads = ordered_parallel::threads(ids.len() / IDS_EACH + 1);
        let mut rows: BTreeMap<&str, Vec<Row>> = BTreeMap::new();
        if ids.is_empty() {
            return Ok(rows);
        }
        let shared = self.shared;
        for nth in 0..shared.parts.len() {
            let Some(open) = self.open(nth, "ids", 3)? else {
                continue;
            };
            let (table, part) = (Arc::clone(&open.table), &shared.parts[nth]);
            // Each thread goes through stretches of the table; how many pages one has is not known.
            let stretches = ids.chunks(ids.len().div_ceil(threads * STRETCHES).max(1));
            let reader = || Sorted::new(Arc::clone(&table), 3);
            let look_up = |table: &mut Sorted, ids: &[&'i str]| {
                let mut all = Vec::new();
                for id in ids {
                    let mut found = |batch: &Batch, row| {
                        all.extend(row_of(part, batch, 1, 2, row).map(|row| (*id, row)));
                    };
                    table.with(id, &mut found)?;
                }
                Ok(all)
            };
            ordered_parallel::for_each_ordered_with(
                stretches,
                threads,
                reader,
                look_up,
                |found: Result<Vec<_>, _>| {
                    for (id, row) in found? {
                        rows.entry(id).or_default().push(row);
                    }
                    Ok::<(), SnapshotError>(())
                },
            )?;
        }
        Ok(rows)
    }

    /// The rows of all that a question names; `None` where one is unknown or that of several.
    pub(super) fn all_named(
        &mut self,
        asked: &Query,
    ) -> Result<Option<BTreeSet<Row>>, SnapshotError> {
        let mut rows = BTreeSet::new();
        for option in named_things(asked) {
            for word in option.words {
                let Some((row, _)) = self.named(word, option.kinds)? else {
                    return Ok(None);
                };
                rows.insert(row);
            }
        }
        for word in named_events(asked) {
            let Some((row, _)) = self.named(word, &[RecordKind::Event])? else {
                return Ok(None);
            };
            rows.insert(row);
        }
        Ok(Some(rows))
    }
}

fn only(found: BTreeSet<(Row, String)>) -> Option<(Row, String)> {
    let mut found = found.into_iter();
    found.next().filter(|_| found.next().is_none())
}
