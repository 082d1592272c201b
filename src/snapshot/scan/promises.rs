//! Reads the claims of some acts, and what fulfils, breaks or answers them.

use std::collections::{BTreeSet, HashSet};
use std::ops::Range;
use std::sync::Arc;

use foldhash::fast::RandomState;

use super::super::columns::Columns;
use super::super::error::SnapshotError;
use super::super::opened::{Shared, Snapshot};
use super::super::table::{Rows, Table};
use super::find::{Finder, Row};
use super::lines::Lines;
use super::links::{Links, links};
use super::{all_by_line, candidates, is_plain, read};
use annals_load::{LoadResult, SnapshotSummary};
use annals_model::{OwnWords, RecordKind};
use annals_ordered_parallel as ordered_parallel;
use annals_query::Query;

/// How many rows are looked through at once: those of a page.
const AT_ONCE: usize = 512;
/// If more of all records than one in so many are such claims, all are read.
const MOST_ONE_IN: usize = 3;

/// Reads the claims of the acts that are asked for, with what fulfils, breaks or answers them, and what
/// all these refer to. `None` where no act is named, where these are many of all records, where a name
/// is unknown or that of several, where somebody is asked after through those who stood for them, or
/// where not all facts are lines: then all is to be read.
///
/// # Errors
/// When the snapshot is damaged.
pub fn promises(
    snapshot: &Snapshot,
    asked: &Query,
    own_words: &OwnWords,
    whole: SnapshotSummary,
) -> Result<Option<LoadResult>, SnapshotError> {
    if !is_plain(asked) || asked.act.is_empty() || !all_by_line(snapshot) {
        return Ok(None);
    }
    let shared = &snapshot.shared;
    let mut finder = Finder::new(shared);
    let Some(mut rows) = finder.all_named(asked)? else {
        return Ok(None);
    };
    let mut claims = with_acts(shared, &asked.act)?;
    if let Some((named, _)) = candidates(&mut finder, shared, asked, whole.records)? {
        let named: BTreeSet<Row> = named.into_iter().collect();
        claims.retain(|row| named.contains(row));
    }
    if claims.len() > (whole.records / MOST_ONE_IN).max(64) {
        return Ok(None);
    }
    let mut lines = Lines::default();
    lines.read(shared, &claims)?;
    let ids: HashSet<&str, RandomState> = claims.iter().filter_map(|row| lines.id(*row)).collect();
    let of_claims = links(
        shared,
        ["claim_responds_to", "claim_fulfils", "claim_breaks"],
    )?;
    let of_events = links(shared, ["event_fulfils", "event_breaks"])?;
    for (kind, tables) in [
        (RecordKind::Claim, &of_claims[..]),
        (RecordKind::Event, &of_events[..]),
    ] {
        rows.extend(
            tables
                .iter()
                .flat_map(|table| leading_to(table, kind, &ids)),
        );
    }
    rows.append(&mut claims);
    let none = BTreeSet::new();
    read(snapshot, &mut finder, lines, rows, none, own_words, whole)
}

/// The rows that refer to one of these records.
fn leading_to<'t>(
    table: &'t Links,
    kind: RecordKind,
    ids: &'t HashSet<&str, RandomState>,
) -> impl Iterator<Item = Row> + 't {
    let is_wanted = |word: &String| ids.contains(word.as_str());
    let wanted: Vec<bool> = table.words.iter().map(is_wanted).collect();
    let links = table.all.iter();
    let links = links.filter(move |link| wanted.get(link.word as usize) == Some(&true));
    links.map(move |link| (kind, link.row as usize))
}

/// The claims of some acts.
fn with_acts(shared: &Shared, acts: &[String]) -> Result<BTreeSet<Row>, SnapshotError> {
    let claims = RecordKind::Claim.plural();
    let column = Columns::of(RecordKind::Claim).number("act");
    let mut found = BTreeSet::new();
    for part in &shared.parts {
        if part.rows(claims) == 0 || part.is_empty(claims, "act") {
            continue;
        }
        let begin = part.entry.first_rows.get(claims).copied().unwrap_or(0);
        let table = part.paged(claims)?;
        let groups: Vec<Range<usize>> = table.groups().collect();
        let threads = ordered_parallel::threads(groups.len());
        ordered_parallel::for_each_ordered(
            groups.into_iter(),
            threads,
            |group| rows_of(&table, column, group, acts),
            |rows: Result<Vec<usize>, SnapshotError>| {
                let rows = rows?.into_iter();
                found.extend(rows.map(|row| (RecordKind::Claim, begin + row)));
                Ok::<(), SnapshotError>(())
            },
        )?;
    }
    Ok(found)
}

fn rows_of(
    table: &Arc<Table>,
    column: Option<usize>,
    group: Range<usize>,
    acts: &[String],
) -> Result<Vec<usize>, SnapshotError> {
    let mut rows = Rows::new(Arc::clone(table), vec![column]);
    let (mut at, mut found) = (group.start, Vec::new());
    while at < group.end {
        let batch = rows.read(at, AT_ONCE)?;
        let fits = |row: &usize| {
            let act = batch.text(0, *row);
            act.is_some_and(|act| acts.iter().any(|one| one == act))
        };
        found.extend((0..batch.rows).filter(fits).map(|row| at + row));
        at += batch.rows;
    }
    Ok(found)
}
