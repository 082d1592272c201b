//! Reads the records that can lie in a window of time.

use std::collections::{BTreeMap, BTreeSet};

use super::super::columns::Columns;
use super::super::error::SnapshotError;
use super::super::opened::{Part, Shared, Snapshot};
use super::super::table::Rows;
use super::super::writer::NARROWED;
use super::find::{Finder, Row};
use super::lines::Lines;
use super::{ONE_IN, can_be_partly, is_plain, read};
use annals_load::{LoadResult, SnapshotSummary};
use annals_model::{OwnWords, RecordKind};
use annals_query::Query;
use annals_query::timeline::NarrowedRow;
use annals_time::{Day, Extent, Window};

/// How many rows are looked through at once.
const AT_ONCE: usize = 8192;

/// The kinds of record of a timeline, and the field that dates them.
pub(super) const DATED: [(RecordKind, &str); 4] = [
    (RecordKind::Document, "published"),
    (RecordKind::Event, "when"),
    (RecordKind::Claim, "said"),
    (RecordKind::Relation, "when"),
];

/// The days that all facts leave of the records that were read, by id, where these are not those of
/// the record's own date.
#[derive(Debug, Clone, Default)]
pub struct Narrowed {
    days: BTreeMap<String, NarrowedRow>,
}

impl Narrowed {
    /// The days that all facts leave of a record, of whose date these are the first and the last.
    pub fn of(&self, id: &str, own: [Option<Day>; 2]) -> NarrowedRow {
        let [first, last] = own;
        let own = NarrowedRow { first, last };
        self.days.get(id).copied().unwrap_or(own)
    }
}

/// Reads the records of a timeline that can lie in its window, with what they refer to. `None` where
/// there is no window or too much lies in it, or where a name is unknown or that of several: then all
/// is to be read.
///
/// # Errors
/// When the snapshot is damaged.
pub fn within(
    snapshot: &Snapshot,
    asked: &Query,
    own_words: &OwnWords,
    whole: SnapshotSummary,
) -> Result<Option<(LoadResult, Narrowed)>, SnapshotError> {
    let plain = is_plain(asked);
    let window = asked.window.extent().filter(|_| !asked.window.is_endless());
    let Some(window) = window.filter(|_| plain && can_be_partly(snapshot)) else {
        return Ok(None);
    };
    let mut finder = Finder::new(&snapshot.shared);
    let Some(mut rows) = finder.all_named(asked)? else {
        return Ok(None);
    };
    let most = (whole.records / ONE_IN).max(64);
    for part in &snapshot.shared.parts {
        for (kind, key) in DATED {
            candidates(part, kind, key, window, most, &mut rows)?;
            if rows.len() > most {
                return Ok(None);
            }
        }
    }
    let Some(loaded) = read(
        snapshot,
        &mut finder,
        Lines::default(),
        rows,
        BTreeSet::new(),
        own_words,
        whole,
    )?
    else {
        return Ok(None);
    };
    let narrowed = narrowed(snapshot, &loaded)?;
    Ok(Some((loaded, narrowed)))
}

/// The claims that can lie in a window; `None` where these are more than so many.
pub(super) fn claims(
    shared: &Shared,
    window: &Window,
    most: usize,
) -> Result<Option<BTreeSet<Row>>, SnapshotError> {
    let mut rows = BTreeSet::new();
    let Some(window) = window.extent() else {
        return Ok(Some(rows));
    };
    for part in &shared.parts {
        candidates(part, RecordKind::Claim, "said", window, most, &mut rows)?;
        if rows.len() > most {
            return Ok(None);
        }
    }
    Ok(Some(rows))
}

/// Adds the rows of a kind that can lie in a window: what has no date can.
fn candidates(
    part: &Part,
    kind: RecordKind,
    key: &str,
    window: Extent,
    most: usize,
    rows: &mut BTreeSet<Row>,
) -> Result<(), SnapshotError> {
    let columns = Columns::of(kind);
    let days = columns.days.iter().find(|(of, ..)| *of == key);
    let (table, begin) = (kind.plural(), part.entry.first_rows.get(kind.plural()));
    let (Some((_, first, last)), true) = (days, part.rows(table) > 0) else {
        return Ok(());
    };
    let begin = begin.copied().unwrap_or(0);
    let is_used = |column: &usize| !part.is_empty(table, &columns.all[*column].name);
    let wanted = [*first, *last].map(|column| Some(column).filter(is_used));
    let table = part.paged(table)?;
    let mut read = Rows::new(&*table, wanted.to_vec());
    let (from, until) = (
        window.earliest_start().number(),
        window.latest_end().number(),
    );
    let mut at = 0;
    while at < table.rows() {
        let batch = read.read(at, AT_ONCE)?;
        for row in 0..batch.rows {
            let [first, last] = [0, 1].map(|column| batch.number(column, row));
            let over = last.zip(from).is_some_and(|(last, from)| last < from);
            let later = first.zip(until).is_some_and(|(first, until)| first > until);
            if !over && !later {
                rows.insert((kind, begin + at + row));
            }
        }
        if rows.len() > most {
            break;
        }
        at += batch.rows;
    }
    Ok(())
}

/// What all facts leave of the records that were read: as the last part has it, of all parts.
///
/// # Errors
/// When the snapshot is damaged.
pub fn narrowed(snapshot: &Snapshot, loaded: &LoadResult) -> Result<Narrowed, SnapshotError> {
    let mut narrowed = Narrowed::default();
    let Some(part) = snapshot
        .shared
        .parts
        .last()
        .filter(|part| part.has(NARROWED))
    else {
        return Ok(narrowed);
    };
    let ids: BTreeSet<&str> = (loaded.facts.records())
        .filter(|record| DATED.iter().any(|(kind, _)| *kind == record.kind()))
        .map(|record| loaded.facts.id(record))
        .collect();
    let mut finder = super::find::Sorted::new(part.sorted(NARROWED)?, 3);
    for id in ids {
        finder.with(id, &mut |batch, row| {
            let day = |column| Day::from_number(batch.number(column, row)?);
            let [first, last] = [1, 2].map(day);
            let row = NarrowedRow { first, last };
            narrowed.days.insert(id.to_owned(), row);
        })?;
    }
    Ok(narrowed)
}
