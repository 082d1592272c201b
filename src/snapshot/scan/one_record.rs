//! Reads a record with the records that refer to it, and what these refer to.

use std::collections::BTreeSet;

use super::super::columns::Columns;
use super::super::error::SnapshotError;
use super::super::opened::Snapshot;
use super::super::table::Rows;
use super::super::writer::LINKS;
use super::find::{Finder, Row};
use super::lines::Lines;
use super::{ONE_IN, can_be_partly, read};
use annals_load::{LoadResult, SnapshotSummary};
use annals_model::{OwnWords, RecordKind, Vocabulary as _};

/// The tables of links that lead from a thing to all that was said by, to, of and at it.
const SAID: [&str; 6] = [
    "claim_speaker",
    "claim_to",
    "claim_about",
    "claim_stance",
    "claim_at",
    "claim_evidence",
];

/// Reads a record, by its id or name, and those that refer to it; `with_claims` also what was said by it,
/// to it, of it and at it. `None` where the name is unknown or that of several, or where too much refers to
/// it: then all is to be read.
///
/// # Errors
/// When the snapshot is damaged.
pub fn one_record(
    snapshot: &Snapshot,
    name: &str,
    with_claims: bool,
    own_words: &OwnWords,
    whole: SnapshotSummary,
) -> Result<Option<LoadResult>, SnapshotError> {
    if !can_be_partly(snapshot) {
        return Ok(None);
    }
    let mut finder = Finder::new(&snapshot.shared);
    let Some((row, id)) = finder.named(name, RecordKind::ALL)? else {
        return Ok(None);
    };
    let most = (whole.records / ONE_IN).clamp(64, 50_000);
    let mut rows: BTreeSet<Row> = BTreeSet::from([row]);
    for link in LINKS
        .iter()
        .filter(|link| with_claims || !SAID.contains(&link.name))
    {
        rows.extend(finder.linked(link.name, link.kind, &id)?);
        if rows.len() > most {
            return Ok(None);
        }
    }
    let (lines, ids) = (Lines::default(), BTreeSet::new());
    read(snapshot, &mut finder, lines, rows, ids, own_words, whole)
}

/// What a record is called, by its id, its name or an alias: its name, label or title, which a claim, a
/// relation and an order have not. `None` where there is none, or several are called so.
///
/// # Errors
/// When the snapshot is damaged.
pub fn name_of(snapshot: &Snapshot, word: &str) -> Result<Option<String>, SnapshotError> {
    let shared = &snapshot.shared;
    let Some(((kind, row), id)) = Finder::new(shared).named(word, RecordKind::ALL)? else {
        return Ok(None);
    };
    let columns = Columns::of(kind);
    let mut called = ["name", "label", "title"].into_iter();
    let Some(column) = called.find_map(|name| columns.number(name)) else {
        return Ok(Some(id));
    };
    for part in &shared.parts {
        let begin = part.entry.first_rows.get(kind.plural()).copied();
        let begin = begin.unwrap_or(0);
        let own = begin..begin + part.rows(kind.plural());
        if own.contains(&row) && !part.is_empty(kind.plural(), &columns.all[column].name) {
            let table = part.paged(kind.plural())?;
            let batch = Rows::new(&*table, vec![Some(column)]).read(row - begin, 1)?;
            return Ok(Some(batch.text(0, 0).map_or(id, str::to_owned)));
        }
    }
    Ok(Some(id))
}
