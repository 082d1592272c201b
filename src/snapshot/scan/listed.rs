//! Records in the order of a list, of which only some are read: which of them match, and on which days they
//! lie, is told by tables of links and two columns, so that a page of thirty out of a million costs the thirty
//! and those of the same days.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::super::columns::Columns;
use super::super::derived::{Days, NO_DAY, NO_PLACE, StancesTaken};
use super::super::error::SnapshotError;
use super::super::opened::{Part, Shared, Snapshot};
use super::super::table::{Batch, Rows, Table};
use super::claim_order;
use super::counting::is_clean;
use super::days;
use super::find::{Finder, Row, named_things};
use super::lines::Lines;
use super::links::links;
use super::time_window::DATED;
use super::{can_be_partly, is_plain, read};
use annals_load::{LoadResult, SnapshotSummary};
use annals_model::{OwnWords, RecordKind, StanceValue, Vocabulary as _};
use annals_query::Query;
use annals_time::{Date, Day, Window};

/// How many rows are read at once.
const AT_ONCE: usize = 8192;

/// So many claims more than are wanted are read sooner than their order is found out.
const LITTLE_MORE: usize = 16;

/// Rows that lie no further from each other are on the same pages of most columns.
const CLOSE: usize = 64;

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

/// How many bytes of pages are kept for who asks many questions: of a million claims nearly all by which ids are
/// looked up. Memory that comes and goes in pieces of all sizes takes about twice as much.
const KEPT: usize = 16 << 20;

/// Reads what every list of claims needs, once for as long as the snapshot is open; and keeps some pages of tables
/// from now on.
///
/// # Errors
/// When the snapshot is damaged.
pub fn prepare_lists(snapshot: &Snapshot) -> Result<(), SnapshotError> {
    snapshot.shared.kept.keep(KEPT);
    if is_clean(snapshot) && can_be_partly(snapshot) {
        days::days(&snapshot.shared, RecordKind::Claim)?;
        claim_order::order(snapshot)?;
    }
    Ok(())
}

/// The claims that a question selects; `None` where links and columns do not tell it: where it asks for
/// words, or for others than the claims themselves; where a claim has no date of its own; or where what
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
    let (mut things, mut named) = (Vec::new(), None::<Vec<usize>>);
    for option in named_things(asked) {
        let mut rows: Vec<usize> = Vec::new();
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
        rows.sort_unstable();
        rows.dedup();
        if let Some(named) = named {
            rows.retain(|row| named.binary_search(row).is_ok());
        }
        named = Some(rows);
    }
    let mut found = Found::new(asked);
    if !asked.stance.is_empty() {
        let Some(rows) = with_stance(shared, asked)? else {
            return Ok(None);
        };
        found.only = Some(rows);
    }
    if named.is_none() && found.words.iter().any(|words| !words.is_empty()) {
        let rows = with_words(shared, &found.words)?;
        found.words = Default::default();
        found.only = Some(match found.only {
            None => rows,
            Some(only) => only.iter().zip(rows).map(|(a, b)| *a && b).collect(),
        });
    }
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
    let is_window = Query {
        window: asked.window.clone(),
        retracted: asked.retracted,
        ..Query::default()
    };
    let plain = is_told(asked) && *asked == is_window;
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

/// Which claims take one of the stances that are asked for, toward whatever.
fn with_stance(shared: &Shared, asked: &Query) -> Result<Option<Vec<bool>>, SnapshotError> {
    let taken = match shared.stances.get() {
        Some(known) => known.clone(),
        None => {
            let read = stances_taken(shared)?.map(Arc::new);
            shared.stances.get_or_init(|| read).clone()
        }
    };
    let wanted = asked.stance.iter().fold(0, |all, one| all | bit(*one));
    Ok(taken.map(|all| all.iter().map(|taken| taken & wanted != 0).collect()))
}

/// Which stances each claim takes; `None` where the links do not tell it.
fn stances_taken(shared: &Shared) -> Result<Option<StancesTaken>, SnapshotError> {
    let claims = RecordKind::Claim.plural();
    let all = shared.parts.iter().map(|part| part.rows(claims)).sum();
    let mut taken = vec![0; all];
    let [stances] = links(shared, ["claim_stance"])?;
    for link in &stances.all {
        let (Some(value), Some(row)) = (link.value, taken.get_mut(link.row as usize)) else {
            return Ok(None);
        };
        *row |= bit(value);
    }
    Ok(Some(taken))
}

/// The bit of a stance.
fn bit(value: StanceValue) -> u8 {
    const { assert!(StanceValue::ALL.len() <= 8) };
    let nth = StanceValue::ALL.iter().position(|one| *one == value);
    nth.map_or(0, |nth| 1 << nth)
}

/// Which claims have one of the words that are asked for in each column for which there are some.
fn with_words(shared: &Shared, words: &[Vec<&str>; 3]) -> Result<Vec<bool>, SnapshotError> {
    let kind = RecordKind::Claim;
    let columns = Columns::of(kind);
    let mut all = Vec::new();
    for (part, begin) in days::parts(shared, kind) {
        let table = part.paged(kind.plural())?;
        all.resize(all.len().max(begin + table.rows()), false);
        let used = |column: &usize| !part.is_empty(kind.plural(), &columns.all[*column].name);
        let asked = WORDS.iter().zip(words);
        let wanted = asked.map(|(name, words)| {
            let column = columns.number(name).filter(|_| !words.is_empty());
            column.filter(used)
        });
        let mut read = Rows::new(Arc::clone(&table), wanted.collect());
        let mut at = 0;
        while at < table.rows() {
            let batch = read.read(at, AT_ONCE)?;
            for row in 0..batch.rows {
                let mut each = words.iter().enumerate();
                all[begin + at + row] = each.all(|(nth, words)| {
                    words.is_empty() || batch.texts(nth, row).any(|word| words.contains(&word))
                });
            }
            at += batch.rows;
        }
    }
    Ok(all)
}

/// Whether a question asks only for what links and columns tell.
fn is_told(asked: &Query) -> bool {
    let plain = Query {
        by: asked.by.clone(),
        to: asked.to.clone(),
        about: asked.about.clone(),
        via: asked.via.clone(),
        at: asked.at.clone(),
        in_document: asked.in_document.clone(),
        // A stance is toward what the claim is asked to be about, which a table of links does not tell.
        stance: if asked.about.is_empty() {
            asked.stance.clone()
        } else {
            Vec::new()
        },
        act: asked.act.clone(),
        mode: asked.mode.clone(),
        tag: asked.tag.clone(),
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
    days: Option<[Option<i32>; 2]>,
    retracted: bool,
    /// The words of the act, the mode and the tags; any where there are none.
    words: [Vec<&'q str>; 3],
    /// No claims but these, by row.
    only: Option<Vec<bool>>,
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

/// The columns of the words of claims.
const WORDS: [&str; 3] = ["act", "mode", "tags"];

/// What is read of a row only where it is needed: the date as it is written, and the words of a claim.
struct More<'s> {
    kind: RecordKind,
    parts: Vec<(usize, Rows<Arc<Table>>, &'s Part)>,
}

impl<'s> More<'s> {
    fn of(shared: &'s Shared, kind: RecordKind) -> Result<Self, SnapshotError> {
        let columns = Columns::of(kind);
        let key = DATED.iter().find(|(of, _)| *of == kind);
        // A column is called otherwise where its field is a word of SQL.
        let date = key.and_then(|(_, key)| columns.of_field(key).first().copied());
        let words = WORDS.map(|name| columns.number(name));
        let all: Vec<Option<usize>> = std::iter::once(date).chain(words).collect();
        let mut parts = Vec::new();
        for (part, begin) in days::parts(shared, kind) {
            let used = |column: &usize| !part.is_empty(kind.plural(), &columns.all[*column].name);
            let wanted = all.iter().map(|column| column.filter(used)).collect();
            parts.push((begin, Rows::new(part.paged(kind.plural())?, wanted), part));
        }
        Ok(More { kind, parts })
    }

    fn row(&mut self, row: usize) -> Result<Option<Batch>, SnapshotError> {
        let kind = self.kind.plural();
        let own = self
            .parts
            .iter_mut()
            .find(|(begin, _, part)| (*begin..*begin + part.rows(kind)).contains(&row));
        own.map(|(begin, rows, _)| rows.read(row - *begin, 1))
            .transpose()
    }
}

impl<'q> Found<'q> {
    fn new(asked: &'q Query) -> Self {
        let day = |bound: annals_time::Bound| {
            let day = bound.day().map(|day| i64::from(day.number()));
            day.and_then(|day| i32::try_from(day).ok())
        };
        let extent = asked.window.extent();
        Found {
            window: &asked.window,
            days: extent.map(|extent| [day(extent.earliest_start()), day(extent.latest_end())]),
            retracted: asked.retracted,
            words: [
                asked.act.iter().map(String::as_str).collect(),
                asked.mode.iter().map(|mode| mode.word()).collect(),
                asked.tag.iter().map(String::as_str).collect(),
            ],
            only: None,
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

    /// What is told of a row.
    fn told(&self, days: &Days, row: usize, more: &mut More<'_>) -> Result<Told, SnapshotError> {
        let only = self.only.as_ref();
        let is_out = only.is_some_and(|rows| !rows.get(row).copied().unwrap_or(false))
            || !self.retracted && days.retracted.get(row).copied().unwrap_or(false);
        let Some([from, until]) = self.days.filter(|_| !is_out) else {
            return Ok(Told::No);
        };
        let (Some(&first), Some(&last)) = (days.first.get(row), days.last.get(row)) else {
            return Ok(Told::Nothing);
        };
        let is_known = first != NO_DAY && last != NO_DAY;
        let over = from.is_some_and(|from| last < from);
        if is_known && (over || until.is_some_and(|until| first > until)) {
            return Ok(Told::No);
        }
        let is_day = first == last;
        let asks_words = self.words.iter().any(|words| !words.is_empty());
        if is_known && !asks_words && (is_day || self.window.is_endless()) {
            let first = i64::from(first);
            return Ok(Told::Yes { first, is_day });
        }
        let Some(batch) = more.row(row)? else {
            return Ok(Told::Nothing);
        };
        let has = |(nth, words): (usize, &Vec<&str>)| {
            words.is_empty() || batch.texts(1 + nth, 0).any(|word| words.contains(&word))
        };
        if asks_words && !self.words.iter().enumerate().all(has) {
            return Ok(Told::No);
        }
        let written = batch.text(0, 0);
        if !is_known {
            // A document or a relation without a date comes last; others may have been reported.
            let is_last = matches!(more.kind, RecordKind::Document | RecordKind::Relation);
            return Ok(match written {
                None if is_last => Told::Yes {
                    first: LAST,
                    is_day: false,
                },
                _ => Told::Nothing,
            });
        }
        let days = [first, last].map(|day| Day::from_number(i64::from(day)));
        let first = i64::from(first);
        if is_day || self.window.is_endless() {
            return Ok(Told::Yes { first, is_day });
        }
        // A date of several days can have gaps.
        let date = written.and_then(|date| Date::parse(date).ok());
        let date = date.filter(|date| [date.first(), date.last()] == days);
        Ok(match date {
            None => Told::Nothing,
            Some(date) if self.window.holds(&date).is_possible() => Told::Yes {
                first,
                is_day: false,
            },
            Some(_) => Told::No,
        })
    }

    /// Looks through some records of a kind; returns whether all is known of them.
    fn look(
        &mut self,
        shared: &Shared,
        kind: RecordKind,
        rows: impl Iterator<Item = usize>,
        days: &Days,
    ) -> Result<bool, SnapshotError> {
        let mut more = More::of(shared, kind)?;
        for row in rows {
            match self.told(days, row, &mut more)? {
                Told::Nothing => return Ok(false),
                Told::No => {}
                Told::Yes { first, is_day } => {
                    self.is_by_day &= is_day;
                    let row = (kind, row);
                    self.records.push(Dated { first, row });
                }
            }
        }
        Ok(true)
    }

    /// Looks through some claims.
    fn some(&mut self, shared: &Shared, rows: &[usize]) -> Result<bool, SnapshotError> {
        let days = days::days(shared, RecordKind::Claim)?;
        self.look(shared, RecordKind::Claim, rows.iter().copied(), &days)
    }

    /// Looks through all records of a kind.
    fn all(&mut self, shared: &Shared, kind: RecordKind) -> Result<bool, SnapshotError> {
        let days = days::days(shared, kind)?;
        self.look(shared, kind, 0..days.first.len(), &days)
    }
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

    /// In how many places they lie; those that lie close to each other are read together.
    pub fn places(&self) -> usize {
        let mut rows: Vec<Row> = self.records.iter().map(|one| one.row).collect();
        rows.sort_unstable();
        let are_near = |a: &Row, b: &Row| a.0 == b.0 && b.1 - a.1 <= CLOSE;
        rows.chunk_by(are_near).count()
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

    /// From which place on the records are read that follow one, by its id: the next one, or the first of its day
    /// where columns do not tell the order within that.
    ///
    /// # Errors
    /// When the snapshot is damaged.
    pub fn place_after(
        &self,
        snapshot: &Snapshot,
        id: &str,
    ) -> Result<Option<usize>, SnapshotError> {
        let mut finder = Finder::new(&snapshot.shared);
        let Some((row, _)) = finder.named(id, &DATED.map(|(kind, _)| kind))? else {
            return Ok(None);
        };
        let Some(record) = self.records.iter().find(|one| one.row == row) else {
            return Ok(None);
        };
        let day = self.days_of(Some(record.first), Some(record.first));
        let begin = day.start;
        let Some(order) = self.in_order(snapshot, day, 1)? else {
            return Ok(Some(begin));
        };
        let place = order.iter().position(|one| *one == row);
        Ok(Some(place.map_or(begin, |place| begin + place + 1)))
    }

    /// The places of the records of some days.
    fn days_of(&self, first: Option<i64>, last: Option<i64>) -> Range<usize> {
        let begin = self.records.partition_point(|one| Some(one.first) < first);
        let end = self.records.partition_point(|one| Some(one.first) <= last);
        begin..end.max(begin)
    }

    /// The rows of the records of whole days in the order of the list, of which so many are wanted. `None` where
    /// columns do not tell it, or where reading all of them costs little more.
    fn in_order(
        &self,
        snapshot: &Snapshot,
        places: Range<usize>,
        wanted: usize,
    ) -> Result<Option<Vec<Row>>, SnapshotError> {
        let some = self.records.get(places).unwrap_or_default();
        let are_claims = some.iter().all(|one| one.row.0 == RecordKind::Claim);
        if !are_claims || some.len() < wanted + LITTLE_MORE {
            return Ok(None);
        }
        let mut rows: Vec<usize> = some.iter().map(|one| one.row.1).collect();
        let Some(order) = claim_order::order(snapshot)? else {
            return Ok(None);
        };
        let place = |row: &usize| order.get(*row).copied().unwrap_or(NO_PLACE);
        if rows.iter().any(|row| place(row) == NO_PLACE) {
            return Ok(None);
        }
        rows.sort_by_key(place);
        let rows = rows.into_iter().map(|row| (RecordKind::Claim, row));
        Ok(Some(rows.collect()))
    }

    /// Reads at least the records of some places: all of their days, where columns do not tell which of these
    /// they are.
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
        let last = places.end.checked_sub(1).and_then(day);
        let days = self.days_of(day(places.start), last);
        let some = self.records.get(days.clone()).unwrap_or_default();
        let (rows, before): (BTreeSet<Row>, usize) =
            match self.in_order(snapshot, days.clone(), places.len())? {
                Some(order) => {
                    let skipped = places.start - days.start;
                    let wanted = order.into_iter().skip(skipped).take(places.len());
                    (wanted.collect(), places.start)
                }
                None => (some.iter().map(|one| one.row).collect(), days.start),
            };
        let shared = &snapshot.shared;
        let ids = ids(shared, &rows)?;
        let rows = rows.into_iter().chain(self.named.iter().copied()).collect();
        let mut finder = Finder::new(shared);
        let (lines, none) = (Lines::default(), BTreeSet::new());
        let loaded = read(snapshot, &mut finder, lines, rows, none, own_words, whole)?;
        Ok(loaded.map(|loaded| ListedPart {
            loaded,
            ids,
            before,
        }))
    }
}

/// The ids of records.
fn ids(shared: &Shared, rows: &BTreeSet<Row>) -> Result<BTreeSet<String>, SnapshotError> {
    let mut ids = BTreeSet::new();
    for (kind, _) in DATED {
        for (part, begin) in days::parts(shared, kind) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_date_has_its_text() {
        for (kind, key) in DATED {
            let columns = Columns::of(kind);
            let [column] = columns.of_field(key)[..] else {
                panic!("{key} has not one column");
            };
            assert!(columns.all[column].name.starts_with(key));
        }
    }
}
