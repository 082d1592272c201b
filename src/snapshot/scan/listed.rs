//! Records in the order of a list, of which only some are read: which of them match, and on which days they
//! lie, is told by tables of links and two columns, so that a page of sixty out of a million costs the sixty
//! and those of the same days.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::super::columns::Columns;
use super::super::error::SnapshotError;
use super::super::opened::{Part, Shared, Snapshot};
use super::super::table::{Batch, Rows, Table};
use super::counting::is_clean;
use super::find::{Finder, Row, named_things};
use super::lines::Lines;
use super::time_window::DATED;
use super::{can_be_partly, is_plain, read};
use annals_load::{LoadResult, SnapshotSummary};
use annals_model::{OwnWords, RecordKind};
use annals_ordered_parallel as ordered_parallel;
use annals_query::Query;
use annals_time::{Date, Day, Window};

/// How many rows are looked through at once.
const AT_ONCE: usize = 8192;

/// The day of what has none, and comes last.
const LAST: i64 = i64::MAX;

/// A record: the first day on which it can lie, and its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Dated {
    first: i64,
    row: Row,
}

/// The records that a question selects, by their first days.
#[derive(Debug)]
pub struct Listed {
    records: Vec<Dated>,
    /// Whether each lies on a single day.
    is_by_day: bool,
    /// What the question names.
    named: Vec<Row>,
}

/// Some of them, read, with what they refer to.
pub struct ListedPart {
    /// The facts.
    pub loaded: LoadResult,
    /// The ids of the records of the days that were read; others among the facts are only referred to.
    pub ids: BTreeSet<String>,
    /// How many records come before those days.
    pub before: usize,
}

/// The claims that a question selects; `None` where links and days do not tell it: where it asks for
/// more than things that are named and a window, where a claim has no date of its own, or where what
/// stands in the columns may not be what it is read as.
///
/// # Errors
/// When the snapshot is damaged.
pub fn listed(snapshot: &Snapshot, asked: &Query) -> Result<Option<Listed>, SnapshotError> {
    if !is_told(asked) || !is_clean(snapshot) || !can_be_partly(snapshot) {
        return Ok(None);
    }
    let shared = &snapshot.shared;
    let mut finder = Finder::new(shared);
    let (mut things, mut named) = (Vec::new(), None::<BTreeSet<usize>>);
    for option in named_things(asked) {
        let mut rows = BTreeSet::new();
        for word in option.words {
            let Some((row, id)) = finder.named(word, option.kinds)? else {
                return Ok(None);
            };
            things.push(row);
            for table in option.tables {
                let links = finder.claims_with_days(table, &id)?;
                rows.extend(links.into_iter().map(|(row, _)| row));
            }
        }
        named = Some(match named {
            None => rows,
            Some(named) => named.intersection(&rows).copied().collect(),
        });
    }
    let mut found = Found::new(asked);
    let is_known = match named {
        Some(rows) => found.some(shared, &rows)?,
        None => found.all(shared, RecordKind::Claim)?,
    };
    Ok(is_known.then(|| found.listed(things)))
}

/// The records of a timeline within a window; `None` where their days do not tell which these are.
///
/// # Errors
/// When the snapshot is damaged.
pub fn listed_in_time(snapshot: &Snapshot, asked: &Query) -> Result<Option<Listed>, SnapshotError> {
    let plain = is_told(asked) && named_things(asked).next().is_none();
    if !plain || !is_clean(snapshot) || !can_be_partly(snapshot) {
        return Ok(None);
    }
    let mut found = Found::new(asked);
    for (kind, _) in DATED {
        if !found.all(&snapshot.shared, kind)? {
            return Ok(None);
        }
    }
    Ok(Some(found.listed(Vec::new())))
}

/// Whether a question asks only for things that are named and a window.
fn is_told(asked: &Query) -> bool {
    let plain = Query {
        by: asked.by.clone(),
        to: asked.to.clone(),
        about: asked.about.clone(),
        via: asked.via.clone(),
        at: asked.at.clone(),
        in_document: asked.in_document.clone(),
        window: asked.window.clone(),
        retracted: asked.retracted,
        ..Query::default()
    };
    *asked == plain && is_plain(asked)
}

/// Records that are being looked for.
struct Found<'q> {
    window: &'q Window,
    /// The first and the last day of the window, where it has them; `None` if it has no days.
    days: Option<[Option<i64>; 2]>,
    retracted: bool,
    records: Vec<Dated>,
    is_by_day: bool,
}

/// What the columns of a record tell.
enum Told {
    /// Nothing of use: it has no date, or one that the columns do not hold.
    Nothing,
    /// It does not match.
    No,
    /// It matches, and lies on a single day or not.
    Yes { first: i64, is_day: bool },
}

/// The columns that are read: first and last day, the date, whether it was retracted.
fn columns_of(part: &Part, kind: RecordKind) -> Vec<Option<usize>> {
    let columns = Columns::of(kind);
    let key = DATED
        .iter()
        .find(|(of, _)| *of == kind)
        .map(|(_, key)| *key);
    let days = columns.days.iter().find(|(of, ..)| Some(*of) == key);
    let days = days.map(|(_, first, last)| [*first, *last]);
    let written = key.and_then(|key| columns.number(key));
    let all = [
        days.map(|[first, _]| first),
        days.map(|[_, last]| last),
        written,
        Some(columns.retracted),
    ];
    let used = |column: &usize| !part.is_empty(kind.plural(), &columns.all[*column].name);
    all.into_iter().map(|column| column.filter(used)).collect()
}

impl<'q> Found<'q> {
    fn new(asked: &'q Query) -> Self {
        let day = |bound: annals_time::Bound| bound.day().map(|day| i64::from(day.number()));
        let extent = asked.window.extent();
        Found {
            window: &asked.window,
            days: extent.map(|extent| [day(extent.earliest_start()), day(extent.latest_end())]),
            retracted: asked.retracted,
            records: Vec::new(),
            is_by_day: true,
        }
    }

    fn listed(mut self, named: Vec<Row>) -> Listed {
        self.records.sort_unstable();
        Listed {
            named,
            records: self.records,
            is_by_day: self.is_by_day,
        }
    }

    fn told(&self, kind: RecordKind, batch: &Batch, row: usize) -> Told {
        let Some([from, until]) = self.days else {
            return Told::No;
        };
        if !self.retracted && batch.bytes(3, row).is_some() {
            return Told::No;
        }
        let (Some(first), Some(last)) = (batch.number(0, row), batch.number(1, row)) else {
            // A document or a relation without a date comes last; others may have been reported.
            let is_last = matches!(kind, RecordKind::Document | RecordKind::Relation);
            return match (is_last, batch.bytes(2, row)) {
                (true, None) => Told::Yes {
                    first: LAST,
                    is_day: false,
                },
                _ => Told::Nothing,
            };
        };
        if from.is_some_and(|from| last < from) || until.is_some_and(|until| first > until) {
            return Told::No;
        }
        if first == last || self.window.is_endless() {
            return Told::Yes {
                first,
                is_day: first == last,
            };
        }
        // A date of several days can have gaps.
        let date = batch.text(2, row).and_then(|said| Date::parse(said).ok());
        let days = [first, last].map(Day::from_number);
        match date.filter(|date| [date.first(), date.last()] == days) {
            None => Told::Nothing,
            Some(date) if self.window.holds(&date).is_possible() => Told::Yes {
                first,
                is_day: false,
            },
            Some(_) => Told::No,
        }
    }

    /// Looks through some claims; returns whether all is known of them.
    fn some(&mut self, shared: &Shared, rows: &BTreeSet<usize>) -> Result<bool, SnapshotError> {
        let kind = RecordKind::Claim;
        for (part, begin) in parts(shared, kind) {
            let table = part.paged(kind.plural())?;
            let mut read = Rows::new(Arc::clone(&table), columns_of(part, kind));
            for row in rows.range(begin..begin + table.rows()) {
                let batch = read.read(row - begin, 1)?;
                match self.told(kind, &batch, 0) {
                    Told::Nothing => return Ok(false),
                    Told::No => {}
                    Told::Yes { first, is_day } => {
                        self.is_by_day &= is_day;
                        let row = (kind, *row);
                        self.records.push(Dated { first, row });
                    }
                }
            }
        }
        Ok(true)
    }

    /// Looks through all records of a kind.
    fn all(&mut self, shared: &Shared, kind: RecordKind) -> Result<bool, SnapshotError> {
        let mut pieces = Vec::new();
        for (part, begin) in parts(shared, kind) {
            let table = part.paged(kind.plural())?;
            for rows in table.groups() {
                let table = Arc::clone(&table);
                let wanted = columns_of(part, kind);
                pieces.push((Rows::new(table, wanted), rows, begin));
            }
        }
        let threads = ordered_parallel::threads(pieces.len());
        let (mut is_known, mut by_day, mut all) = (true, true, Vec::new());
        let own = &*self;
        ordered_parallel::for_each_ordered(
            pieces.into_iter(),
            threads,
            |(read, rows, begin)| own.piece(kind, read, rows, begin),
            |piece| {
                match piece? {
                    None => is_known = false,
                    Some((records, is_by_day)) => {
                        all.extend(records);
                        by_day &= is_by_day;
                    }
                }
                Ok::<(), SnapshotError>(())
            },
        )?;
        self.records.extend(all);
        self.is_by_day &= by_day;
        Ok(is_known)
    }

    fn piece(
        &self,
        kind: RecordKind,
        mut read: Rows<Arc<Table>>,
        rows: Range<usize>,
        begin: usize,
    ) -> Result<Option<(Vec<Dated>, bool)>, SnapshotError> {
        let (mut found, mut is_by_day) = (Vec::new(), true);
        let mut at = rows.start;
        while at < rows.end {
            let batch = read.read(at, AT_ONCE.min(rows.end - at))?;
            for row in 0..batch.rows {
                match self.told(kind, &batch, row) {
                    Told::Nothing => return Ok(None),
                    Told::No => {}
                    Told::Yes { first, is_day } => {
                        is_by_day &= is_day;
                        let row = (kind, begin + at + row);
                        found.push(Dated { first, row });
                    }
                }
            }
            at += batch.rows;
        }
        Ok(Some((found, is_by_day)))
    }
}

/// The parts that have records of a kind, each with the number of its first row.
fn parts(shared: &Shared, kind: RecordKind) -> impl Iterator<Item = (&Part, usize)> {
    let parts = shared.parts.iter();
    let parts = parts.filter(move |part| part.rows(kind.plural()) > 0);
    parts.map(move |part| {
        let begin = part.entry.first_rows.get(kind.plural()).copied();
        (part, begin.unwrap_or(0))
    })
}

impl Listed {
    /// How many records there are.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// How many there are on each day; `None` where some day is not known.
    pub fn by_day(&self) -> Option<Vec<(Day, usize)>> {
        if !self.is_by_day {
            return None;
        }
        let days = self.records.chunk_by(|a, b| a.first == b.first);
        days.map(|day| Some((Day::from_number(day.first()?.first)?, day.len())))
            .collect()
    }

    /// The place of a record, by its id: that of the first of its day.
    ///
    /// # Errors
    /// When the snapshot is damaged.
    pub fn day_of(&self, snapshot: &Snapshot, id: &str) -> Result<Option<usize>, SnapshotError> {
        let mut finder = Finder::new(&snapshot.shared);
        let found = finder.named(id, &DATED.map(|(kind, _)| kind))?;
        Ok(found.and_then(|(row, _)| {
            let record = self.records.iter().find(|one| one.row == row)?;
            Some(self.records.partition_point(|one| one.first < record.first))
        }))
    }

    /// Reads at least the records of some places: all of their days.
    ///
    /// # Errors
    /// When the snapshot is damaged.
    pub fn part(
        &self,
        snapshot: &Snapshot,
        places: Range<usize>,
        own_words: &OwnWords,
        whole: SnapshotSummary,
    ) -> Result<Option<ListedPart>, SnapshotError> {
        let day = |place: usize| self.records.get(place).map(|one| one.first);
        let first = day(places.start);
        let last = places.end.checked_sub(1).and_then(day);
        let begin = self.records.partition_point(|one| Some(one.first) < first);
        let end = self.records.partition_point(|one| Some(one.first) <= last);
        let some = self.records.get(begin..end).unwrap_or_default();
        let rows: BTreeSet<Row> = some.iter().map(|one| one.row).collect();
        let shared = &snapshot.shared;
        let ids = ids(shared, &rows)?;
        let rows = rows.into_iter().chain(self.named.iter().copied()).collect();
        let mut finder = Finder::new(shared);
        let (lines, none) = (Lines::default(), BTreeSet::new());
        let loaded = read(snapshot, &mut finder, lines, rows, none, own_words, whole)?;
        Ok(loaded.map(|loaded| ListedPart {
            loaded,
            ids,
            before: begin,
        }))
    }
}

/// The ids of records.
fn ids(shared: &Shared, rows: &BTreeSet<Row>) -> Result<BTreeSet<String>, SnapshotError> {
    let mut ids = BTreeSet::new();
    for (kind, _) in DATED {
        for (part, begin) in parts(shared, kind) {
            let table = part.paged(kind.plural())?;
            let id = Columns::of(kind).id;
            let mut read = Rows::new(Arc::clone(&table), vec![Some(id)]);
            for (_, row) in rows.range((kind, begin)..(kind, begin + table.rows())) {
                let batch = read.read(row - begin, 1)?;
                let id = batch.text(0, 0).ok_or_else(|| table.damaged())?;
                ids.insert(id.to_owned());
            }
        }
    }
    Ok(ids)
}
