//! Makes networks from columns: of claims, who says what of what is read, and when; of records, only
//! those that are shown.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use foldhash::fast::FixedState;

use super::super::columns::Columns;
use super::super::error::SnapshotError;
use super::super::opened::{Part, Shared, Snapshot};
use super::super::table::{Batch, Rows, Table};
use super::counting::{column, is_clean};
use super::find::{Finder, Row};
use super::lines::Lines;
use super::{can_be_partly, read};
use annals_load::{LoadResult, SnapshotSummary};
use annals_model::{OwnWords, RecordKind, StanceValue, Vocabulary as _};
use annals_ordered_parallel as ordered_parallel;
use annals_query::Query;
use annals_query::network::{
    ColumnClaim, ColumnNetwork, ColumnsNeeded, Made, Measure, NetworkAsked, NodesOf,
};
use annals_time::{Date, Day, chronological};

/// How many rows are read at once, and how many one thread goes through.
const AT_ONCE: usize = 4096;
const EACH: usize = 1 << 17;
/// Runs of rows between which so few lie are read as one.
const FEW_BETWEEN: usize = 1024;
/// More claims than this of a pair are not read one by one.
const MOST_BEHIND: usize = 1 << 18;

/// A network of all claims in force, or of those of a window. `None` where claims are selected by
/// anything else, or what stands in the columns may not be what it is read as.
///
/// # Errors
/// When the snapshot is damaged.
pub fn network_of(
    snapshot: &Snapshot,
    asked: &Query,
    network: &NetworkAsked,
    own_words: &OwnWords,
    whole: SnapshotSummary,
) -> Result<Option<(LoadResult, Made)>, SnapshotError> {
    if !is_of_all(snapshot, asked, network) {
        return Ok(None);
    }
    let shared = &snapshot.shared;
    let mut finder = Finder::new(shared);
    let Some(columns) = collect(shared, &mut finder, asked, network, None, false)? else {
        return Ok(None);
    };
    let columns = match columns.columns.collected() {
        Ok(columns) => columns,
        Err(too_many) => {
            let loaded = super::nothing_of(snapshot, own_words, whole)?;
            return Ok(loaded.map(|loaded| (loaded, Made::TooMany(too_many))));
        }
    };
    let rows = finder.rows_by_id(&columns.shown())?;
    let rows: BTreeSet<Row> = rows.into_values().flatten().collect();
    let (lines, ids) = (Lines::default(), BTreeSet::new());
    let loaded = read(snapshot, &mut finder, lines, rows, ids, own_words, whole)?;
    Ok(loaded.and_then(|loaded| {
        let made = columns.with(&loaded.facts, &HashMap::default())?;
        Some((loaded, made))
    }))
}

/// The part of a network that the weight of two actors is made of, with the claims behind it. `None` as
/// [`network_of`] says, and where a name is unknown or that of several.
///
/// # Errors
/// When the snapshot is damaged.
pub fn network_behind(
    snapshot: &Snapshot,
    asked: &Query,
    network: &NetworkAsked,
    ends: [&str; 2],
    own_words: &OwnWords,
    whole: SnapshotSummary,
) -> Result<Option<(LoadResult, Made)>, SnapshotError> {
    let is_of_pairs = network.of == NodesOf::Actors
        && !matches!(network.weighed.measure, Measure::Affiliation(_))
        && network.windows.is_none()
        && network.at_least <= 1
        && network.things_at_least <= 1;
    let of_all = Query {
        by: Vec::new(),
        ..asked.clone()
    };
    if !is_of_pairs || !is_of_all(snapshot, &of_all, network) {
        return Ok(None);
    }
    let shared = &snapshot.shared;
    let mut finder = Finder::new(shared);
    let (mut spoken, mut named) = (BTreeSet::new(), Vec::new());
    for end in ends {
        let Some((row, id)) = finder.named(end, &[RecordKind::Actor])? else {
            return Ok(None);
        };
        let claims = finder.linked("claim_speaker", RecordKind::Claim, &id)?;
        spoken.extend(claims.into_iter().map(|(_, row)| row));
        named.push((row, id));
    }
    let Some(collected) = collect(shared, &mut finder, asked, network, Some(&spoken), true)? else {
        return Ok(None);
    };
    let (claim_ids, columns) = (collected.claim_ids, collected.columns.collected());
    let Ok(columns) = columns else {
        return Ok(None);
    };
    let ends = [named[0].1.as_str(), named[1].1.as_str()];
    let rows: BTreeSet<Row> = named.iter().map(|(row, _)| *row).collect();
    read_behind(
        snapshot, finder, columns, ends, rows, &claim_ids, own_words, whole,
    )
}

/// Reads the claims behind a weight, with the things that they are about and their documents.
#[expect(clippy::too_many_arguments, reason = "the steps of one reading")]
fn read_behind(
    snapshot: &Snapshot,
    mut finder: Finder<'_>,
    columns: ColumnNetwork,
    ends: [&str; 2],
    rows: BTreeSet<Row>,
    claim_ids: &HashMap<u32, String, FixedState>,
    own_words: &OwnWords,
    whole: SnapshotSummary,
) -> Result<Option<(LoadResult, Made)>, SnapshotError> {
    let shared = &snapshot.shared;
    let (named, behind) = columns.behind(ends);
    if behind.len() > MOST_BEHIND {
        return Ok(None);
    }
    let named = named.into_iter().chain(columns.shown());
    let ids: BTreeSet<String> = named.map(str::to_owned).collect();
    // Whatever else these claims refer to is not shown.
    let claims = behind.iter().map(|row| (RecordKind::Claim, *row as usize));
    let mut lines = Lines::default();
    lines.read(shared, &claims.collect())?;
    let loaded = read(snapshot, &mut finder, lines, rows, ids, own_words, whole)?;
    Ok(loaded.and_then(|loaded| {
        let of = |row: u32| Some((row, claim_ids.get(&row)?.clone()));
        let claims = behind.into_iter().filter_map(of).collect();
        let made = columns.with(&loaded.facts, &claims)?;
        Some((loaded, made))
    }))
}

/// Whether claims are selected by nothing but a window, and count for those who said them.
fn is_of_all(snapshot: &Snapshot, asked: &Query, network: &NetworkAsked) -> bool {
    let of_window = Query {
        window: annals_time::Window::default(),
        ..asked.clone()
    };
    network.into.is_empty()
        && super::counting::is_of_all(&of_window)
        && !asked.window.is_empty()
        && can_be_partly(snapshot)
        && is_clean(snapshot)
}

/// What was collected.
struct All {
    columns: annals_query::network::Columns,
    /// The ids of the claims, by row, if these are wanted.
    claim_ids: HashMap<u32, String, FixedState>,
}

/// Collects claims: all, or those of some rows. `None` where a date is not what its columns say.
fn collect(
    shared: &Shared,
    finder: &mut Finder<'_>,
    asked: &Query,
    network: &NetworkAsked,
    only: Option<&BTreeSet<usize>>,
    with_ids: bool,
) -> Result<Option<All>, SnapshotError> {
    let columns = annals_query::network::Columns::new(asked, network);
    let mut needed = columns.needed();
    needed.documents |= with_ids;
    let claims = RecordKind::Claim.plural();
    let mut pieces = Vec::new();
    for part in shared.parts.iter().filter(|part| part.rows(claims) > 0) {
        let table = part.paged(claims)?;
        let begin = part.entry.first_rows.get(claims).copied().unwrap_or(0);
        for rows in stretches(&table, begin, only) {
            pieces.push(Piece {
                part,
                table: Arc::clone(&table),
                begin,
                rows,
                only,
                needed,
                with_ids,
                retracted: asked.retracted,
            });
        }
    }
    let mut whole = Whole {
        all: All {
            columns,
            claim_ids: HashMap::default(),
        },
        shared,
        needed,
        published: None,
    };
    let mut is_exact = true;
    let threads = ordered_parallel::threads(pieces.len());
    ordered_parallel::for_each_ordered(
        pieces.into_iter(),
        threads,
        |piece| piece.read(),
        |claims| {
            is_exact &= match claims? {
                Some(claims) if is_exact => whole.add(claims, finder)?,
                _ => false,
            };
            Ok::<(), SnapshotError>(())
        },
    )?;
    Ok(is_exact.then_some(whole.all))
}

/// The rows that one thread each goes through.
fn stretches(table: &Table, begin: usize, only: Option<&BTreeSet<usize>>) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = Vec::new();
    let Some(only) = only else {
        for group in table.groups() {
            let starts = group.clone().step_by(EACH);
            all.extend(starts.map(|start| start..group.end.min(start + EACH)));
        }
        return all;
    };
    for row in only
        .range(begin..begin + table.rows())
        .map(|row| row - begin)
    {
        match all.last_mut() {
            Some(last) if row < last.end + FEW_BETWEEN && last.len() < EACH / 4 => {
                last.end = row + 1;
            }
            _ => all.push(row..row + 1),
        }
    }
    all
}

/// Rows that one thread goes through.
struct Piece<'p> {
    part: &'p Part,
    table: Arc<Table>,
    /// The first row of the table among all parts.
    begin: usize,
    rows: Range<usize>,
    only: Option<&'p BTreeSet<usize>>,
    needed: ColumnsNeeded,
    with_ids: bool,
    retracted: bool,
}

/// Claims that one thread has read; texts and dates are told by their numbers among its own.
#[derive(Default)]
struct Claims {
    texts: Vec<Box<[u8]>>,
    numbers: HashMap<Box<[u8]>, u32, FixedState>,
    /// The speaker of the claim before, whose claims stand together.
    last: Option<u32>,
    dates: Vec<Dated>,
    by_days: HashMap<i64, u32, FixedState>,
    by_text: HashMap<String, u32, FixedState>,
    all: Vec<OneClaim>,
    speakers: Vec<u32>,
    stances: Vec<(u32, StanceValue)>,
    about: Vec<u32>,
    documents: Vec<u32>,
    ids: Vec<String>,
}

/// What stands in the columns may not be what it is read as.
struct Unclear;

/// A date as columns have it.
enum Dated {
    Day(i64),
    Written(String, Date),
}

/// A claim: where its lists end.
struct OneClaim {
    row: u32,
    said: Option<u32>,
    speakers: usize,
    stances: usize,
    about: usize,
    documents: usize,
}

/// Where in a batch the columns are.
const RETRACTED: usize = 0;
const FIRST: usize = 1;
const LAST: usize = 2;
const SAID: usize = 3;
const SPEAKER: usize = 4;
const TOWARD: usize = 5;
const VALUE: usize = 6;
const ABOUT: usize = 7;
const DOCUMENT: usize = 8;
const ID: usize = 9;

impl Piece<'_> {
    /// Reads the claims; `None` where something is not what the columns say.
    fn read(&self) -> Result<Option<Claims>, SnapshotError> {
        let kind = RecordKind::Claim;
        let columns = Columns::of(kind);
        let of = |name: &str| column(self.part, kind, &columns, name);
        let wanted = |is: bool, name: &str| Some(name).filter(|_| is).and_then(of);
        let documents = self.needed.documents || self.needed.reported;
        let mut rows = Rows::new(
            &*self.table,
            vec![
                of("retracted"),
                of("said_first"),
                of("said_last"),
                of("said"),
                of("speaker"),
                of("stance_toward"),
                of("stance_value"),
                wanted(self.needed.about, "about"),
                wanted(documents, "evidence_document"),
                wanted(self.with_ids, "id"),
            ],
        );
        let mut of_undated = Rows::new(&*self.table, vec![of("evidence_document")]);
        let mut claims = Claims::default();
        let mut at = self.rows.start;
        while at < self.rows.end {
            let batch = rows.read(at, AT_ONCE.min(self.rows.end - at))?;
            let mut undated = None;
            for row in 0..batch.rows {
                let all = self.begin + at + row;
                if self.only.is_some_and(|only| !only.contains(&all))
                    || !self.retracted && batch.bytes(RETRACTED, row).is_some()
                    || self.is_outside(&batch, row)
                {
                    continue;
                }
                let Ok(said) = claims.said(&batch, row) else {
                    return Ok(None);
                };
                let documents = if documents {
                    Some((&batch, DOCUMENT))
                } else if said.is_none() {
                    if undated.is_none() {
                        undated = Some(of_undated.read(at, batch.rows)?);
                    }
                    undated.as_ref().map(|batch| (batch, 0))
                } else {
                    None
                };
                let row_number = u32::try_from(all).map_err(|_| self.table.damaged())?;
                if claims
                    .add(&batch, row, row_number, said, documents)
                    .is_none()
                {
                    return Ok(None);
                }
                if self.with_ids {
                    let id = batch.text(ID, row).ok_or_else(|| self.table.damaged())?;
                    claims.ids.push(id.to_owned());
                }
            }
            at += batch.rows;
        }
        Ok(Some(claims))
    }

    /// Whether the date of a claim lies outside the range.
    fn is_outside(&self, batch: &Batch, row: usize) -> bool {
        let Some(range) = self.needed.range else {
            return false;
        };
        let [first, last] = [FIRST, LAST].map(|column| batch.number(column, row));
        last.is_some_and(|last| last < range.first) || first.is_some_and(|first| first > range.last)
    }
}

impl Claims {
    /// The number of the date of a claim, if it has one.
    fn said(&mut self, batch: &Batch, row: usize) -> Result<Option<u32>, Unclear> {
        let [first, last] = [FIRST, LAST].map(|column| batch.number(column, row));
        if let Some(day) = first.filter(|_| first == last) {
            let next = self.dates.len() as u32;
            let number = *self.by_days.entry(day).or_insert(next);
            if number == next {
                self.dates.push(Dated::Day(day));
            }
            return Ok(Some(number));
        }
        let Some(said) = batch.text(SAID, row) else {
            let is_none = first.is_none() && last.is_none();
            return is_none.then_some(None).ok_or(Unclear);
        };
        if let Some(number) = self.by_text.get(said) {
            return Ok(Some(*number));
        }
        let date = Date::parse(said).map_err(|_| Unclear)?;
        let day = |number: Option<i64>| number.and_then(Day::from_number);
        // In another calendar, the text means other days.
        if [date.first(), date.last()] != [day(first), day(last)] {
            return Err(Unclear);
        }
        let number = self.dates.len() as u32;
        self.dates.push(Dated::Written(said.to_owned(), date));
        self.by_text.insert(said.to_owned(), number);
        Ok(Some(number))
    }

    fn add(
        &mut self,
        batch: &Batch,
        row: usize,
        number: u32,
        said: Option<u32>,
        documents: Option<(&Batch, usize)>,
    ) -> Option<()> {
        for text in batch.each(SPEAKER, row) {
            let as_last = self
                .last
                .filter(|last| *self.texts[*last as usize] == *text);
            let number = as_last.unwrap_or_else(|| self.number(text));
            self.last = Some(number);
            self.speakers.push(number);
        }
        let (mut toward, mut values) = (batch.each(TOWARD, row), batch.each(VALUE, row));
        loop {
            match (toward.next(), values.next()) {
                (None, None) => break,
                (Some(toward), Some(value)) => {
                    let value = StanceValue::parse(std::str::from_utf8(value).ok()?)?;
                    let toward = self.number(toward);
                    self.stances.push((toward, value));
                }
                // Something is missing: they are not in step.
                _ => return None,
            }
        }
        for text in batch.each(ABOUT, row) {
            let number = self.number(text);
            self.about.push(number);
        }
        if let Some((batch, column)) = documents {
            for text in batch.each(column, row) {
                let number = self.number(text);
                self.documents.push(number);
            }
        }
        self.all.push(OneClaim {
            row: number,
            said,
            speakers: self.speakers.len(),
            stances: self.stances.len(),
            about: self.about.len(),
            documents: self.documents.len(),
        });
        Some(())
    }

    fn number(&mut self, text: &[u8]) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = self.texts.len() as u32;
        self.texts.push(text.into());
        self.numbers.insert(text.into(), number);
        number
    }
}

/// All claims.
struct Whole<'s> {
    all: All,
    shared: &'s Shared,
    needed: ColumnsNeeded,
    /// When documents were published, by id; read when it is first needed.
    published: Option<HashMap<String, Option<Date>, FixedState>>,
}

impl Whole<'_> {
    /// Adds the claims of some rows; `false` where a date of publication is not what its columns say.
    fn add(&mut self, mut claims: Claims, finder: &mut Finder<'_>) -> Result<bool, SnapshotError> {
        let read = claims.texts.iter().map(|text| std::str::from_utf8(text));
        let Ok(read) = read.collect::<Result<Vec<&str>, _>>() else {
            return Ok(false);
        };
        let kinds = if self.needed.kinds {
            finder.rows_by_id(&read.iter().copied().collect())?
        } else {
            BTreeMap::new()
        };
        let columns = &mut self.all.columns;
        let number = |text: &&str| {
            columns.text(text, || {
                let rows = kinds.get(text)?;
                rows.first().map(|(kind, _)| *kind)
            })
        };
        let texts: Vec<u32> = read.iter().map(number).collect();
        let mut dates = Vec::with_capacity(claims.dates.len());
        for date in std::mem::take(&mut claims.dates) {
            dates.push(match date {
                Dated::Day(day) => match Day::from_number(day) {
                    Some(day) => columns.date(&day.to_string(), || Date::of_day(day)),
                    None => return Ok(false),
                },
                Dated::Written(text, date) => columns.date(&text, || date),
            });
        }
        for number in claims.speakers.iter_mut().chain(&mut claims.about) {
            *number = texts[*number as usize];
        }
        for (toward, _) in &mut claims.stances {
            *toward = texts[*toward as usize];
        }
        let mut begun = [0; 4];
        for (nth, one) in claims.all.iter().enumerate() {
            let [speakers, stances, about, documents] = begun;
            let documents = &claims.documents[documents..one.documents];
            let reported = if self.needed.reported || one.said.is_none() {
                let ids = documents.iter().map(|one| read[*one as usize]);
                match self.reported(ids)? {
                    Ok(reported) => reported,
                    Err(Unclear) => return Ok(false),
                }
            } else {
                None
            };
            let documents: Vec<u32> = documents.iter().map(|one| texts[*one as usize]).collect();
            self.all.columns.add(&ColumnClaim {
                row: one.row,
                said: one.said.map(|said| dates[said as usize]),
                speakers: &claims.speakers[speakers..one.speakers],
                stances: &claims.stances[stances..one.stances],
                about: &claims.about[about..one.about],
                documents: &documents,
                reported: reported.as_ref(),
            });
            if let Some(id) = claims.ids.get_mut(nth) {
                self.all.claim_ids.insert(one.row, std::mem::take(id));
            }
            begun = [one.speakers, one.stances, one.about, one.documents];
        }
        Ok(true)
    }

    /// The first publication of some documents.
    fn reported<'i>(
        &mut self,
        ids: impl Iterator<Item = &'i str>,
    ) -> Result<Result<Option<Date>, Unclear>, SnapshotError> {
        let published = match &mut self.published {
            Some(published) => published,
            none => none.insert(published(self.shared)?),
        };
        let mut first: Option<Date> = None;
        for id in ids {
            let Some(date) = published.get(id) else {
                return Ok(Err(Unclear));
            };
            if let Some(date) = date
                && first
                    .as_ref()
                    .is_none_or(|first| chronological(date, first).is_lt())
            {
                first = Some(date.clone());
            }
        }
        Ok(Ok(first))
    }
}

/// When each document was published. Those whose columns do not tell it are left out.
fn published(shared: &Shared) -> Result<HashMap<String, Option<Date>, FixedState>, SnapshotError> {
    let kind = RecordKind::Document;
    let columns = Columns::of(kind);
    let mut all = HashMap::default();
    let parts = shared.parts.iter();
    for part in parts.filter(|part| part.rows(kind.plural()) > 0) {
        let table = part.paged(kind.plural())?;
        let names = ["id", "published", "published_first", "published_last"];
        let wanted = names.map(|name| column(part, kind, &columns, name));
        let mut rows = Rows::new(&*table, wanted.to_vec());
        let mut at = 0;
        while at < table.rows() {
            let batch = rows.read(at, AT_ONCE)?;
            for row in 0..batch.rows {
                let id = batch.text(0, row).ok_or_else(|| table.damaged())?;
                let written = batch.text(1, row);
                let day = |column: usize| Day::from_number(batch.number(column, row)?);
                let days = [day(2), day(3)];
                let date = written.map(Date::parse).transpose().ok().flatten();
                let ends = date.as_ref().map(|date| [date.first(), date.last()]);
                if written.is_none() || ends == Some(days) {
                    all.insert(id.to_owned(), date);
                }
            }
            at += batch.rows;
        }
    }
    Ok(all)
}
