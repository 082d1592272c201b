//! Reads what has some words: candidates come from the index of words, or, where that tells too little,
//! from looking through the columns of texts.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::columns::Columns;
use super::super::error::SnapshotError;
use super::super::opened::{Part, Shared, Snapshot};
use super::super::table::{Rows, Table};
use super::super::writer::TEXT;
use super::find::{Finder, Row};
use super::lines::Lines;
use super::words::{Candidates, are_indexed, candidates};
use super::{ONE_IN, can_be_partly, read};
use annals_load::{LoadResult, SnapshotSummary};
use annals_model::{OwnWords, RecordKind, Vocabulary as _};
use annals_ordered_parallel as ordered_parallel;
use annals_query::Query;
use annals_query::words::Words;

/// How many rows are searched for words at once.
const SCANNED: usize = 512;
/// How many are worth another thread.
const SCANNED_EACH: usize = 4096;
/// So many candidates are read without looking for the words in their columns first.
const FEW: usize = 1024;

/// The columns of claims in which words are looked for.
const CLAIM_TEXTS: [&str; 3] = ["quote", "content", "evidence_quote"];

/// The claims in one of whose texts all words stand, as the selection finds them, and perhaps others;
/// `None` where they are more than `most`, or where it cannot be told which they are.
pub(super) fn claims_with_words(
    finder: &mut Finder<'_>,
    shared: &Shared,
    words: &Words,
    most: usize,
) -> Result<Option<BTreeSet<Row>>, SnapshotError> {
    let claim = RecordKind::Claim.word();
    let has_texts = !shared.texts().is_empty();
    let (claims, texts) = if are_indexed(shared) {
        let [claims, texts] = candidates(shared, words, [claim, TEXT], most)?;
        (claims, texts)
    } else {
        (Candidates::Any, Candidates::Any)
    };
    // A passage of a document can hold the words as well.
    let documents = match texts {
        Candidates::Rows(rows) => rows,
        Candidates::Any if has_texts => return Ok(None),
        Candidates::Any => Vec::new(),
    };
    let (mut found, _) = reported_in(finder, shared, &documents)?;
    found.retain(|(kind, _)| *kind == RecordKind::Claim);
    found.extend(claims_in_columns(shared, words, claims)?);
    Ok(Some(found).filter(|found| found.len() <= most))
}

/// The claims in one of whose columns all words stand; of a few candidates all.
fn claims_in_columns(
    shared: &Shared,
    words: &Words,
    candidates: Candidates,
) -> Result<BTreeSet<Row>, SnapshotError> {
    let claim = |row| (RecordKind::Claim, row);
    let only = match candidates {
        Candidates::Rows(rows) if rows.len() <= FEW => {
            return Ok(rows.into_iter().map(|row| claim(row as usize)).collect());
        }
        Candidates::Rows(rows) => Some(rows),
        Candidates::Any => None,
    };
    let mut found = BTreeSet::new();
    for part in &shared.parts {
        let claims = RecordKind::Claim.plural();
        let first = part.entry.first_rows.get(claims).copied().unwrap_or(0);
        let table = part.through(claims)?;
        let groups: Vec<_> = table.groups().collect();
        ordered_parallel::for_each_ordered(
            groups.into_iter(),
            ordered_parallel::threads(table.rows() / SCANNED_EACH + 1),
            |group| rows_with_words(part, &table, group, first, words, only.as_deref()),
            |rows| {
                found.extend(rows?.into_iter().map(claim));
                Ok::<(), SnapshotError>(())
            },
        )?;
    }
    Ok(found)
}

/// The claims of a group of rows, of all parts or of these alone, in one of whose texts all words
/// stand.
fn rows_with_words(
    part: &Part,
    table: &Arc<Table>,
    group: std::ops::Range<usize>,
    first: usize,
    words: &Words,
    only: Option<&[u32]>,
) -> Result<Vec<usize>, SnapshotError> {
    let columns = Columns::of(RecordKind::Claim);
    let texts = CLAIM_TEXTS.into_iter();
    let texts = texts.filter(|name| !part.is_empty(RecordKind::Claim.plural(), name));
    let wanted: Vec<_> = texts.map(|name| columns.number(name)).collect();
    let mut room = String::new();
    let (mut found, mut at) = (Vec::new(), group.start);
    let mut rows = Rows::new(table.clone(), wanted.clone());
    let mut has_words = |batch: &super::super::table::Batch, row: usize| {
        let mut columns = 0..wanted.len();
        columns.any(|column| {
            let mut texts = batch.texts(column, row);
            texts.any(|text| words.are_in(text, &mut room))
        })
    };
    while at < group.end && !wanted.is_empty() {
        let (from, until) = (first + at, first + group.end.min(at + SCANNED));
        let of_batch = only.map(|only| {
            let start = only.partition_point(|row| (*row as usize) < from);
            &only[start..only.partition_point(|row| (*row as usize) < until)]
        });
        if of_batch.is_some_and(<[u32]>::is_empty) {
            at = until - first;
            continue;
        }
        let batch = rows.read(at, until - from)?;
        let all = 0..batch.rows;
        let some = |row: &usize| {
            of_batch.is_none_or(|only| only.binary_search(&((from + row) as u32)).is_ok())
        };
        found.extend(
            all.filter(some)
                .filter(|row| has_words(&batch, *row))
                .map(|row| from + row),
        );
        at += batch.rows;
    }
    Ok(found)
}

/// The claims and events that documents report, and the ids of these documents, by their rows.
fn reported_in(
    finder: &mut Finder<'_>,
    shared: &Shared,
    documents: &[u32],
) -> Result<(BTreeSet<Row>, BTreeSet<String>), SnapshotError> {
    let (mut found, mut ids) = (BTreeSet::new(), BTreeSet::new());
    let kind = RecordKind::Document;
    for part in &shared.parts {
        let first = part.entry.first_rows.get(kind.plural()).copied();
        let first = first.unwrap_or(0);
        let own = first..first + part.rows(kind.plural());
        let own: Vec<usize> = (documents.iter())
            .map(|row| *row as usize)
            .filter(|row| own.contains(row))
            .collect();
        if own.is_empty() {
            continue;
        }
        let table = part.paged(kind.plural())?;
        let mut rows = Rows::new(Arc::clone(&table), vec![Some(Columns::of(kind).id)]);
        for row in own {
            let batch = rows.read(row - first, 1)?;
            let id = batch.text(0, 0).ok_or_else(|| table.damaged())?;
            ids.insert(id.to_owned());
        }
    }
    for id in &ids {
        found.extend(finder.linked("claim_evidence", RecordKind::Claim, id)?);
        found.extend(finder.linked("event_evidence", RecordKind::Event, id)?);
    }
    Ok((found, ids))
}

/// The kinds that `find` looks through, as the index of words has them.
const FOUND: [RecordKind; 6] = [
    RecordKind::Claim,
    RecordKind::Actor,
    RecordKind::Topic,
    RecordKind::Place,
    RecordKind::Event,
    RecordKind::Document,
];

/// Reads what has the words of a question, with what it refers to, and the claims that cover the
/// documents in whose texts the words are. `None` where too much has them or it cannot be told what
/// does, or where a name is unknown or that of several: then all is to be read. With `few`, also where
/// the index of words alone does not say that few have them.
///
/// # Errors
/// When the snapshot is damaged.
pub fn found(
    snapshot: &Snapshot,
    asked: &Query,
    own_words: &OwnWords,
    whole: SnapshotSummary,
    few: bool,
) -> Result<Option<LoadResult>, SnapshotError> {
    let shared = &snapshot.shared;
    let plain = asked.rollup.is_none() && asked.as_of.is_none();
    if !plain || !can_be_partly(snapshot) || !are_indexed(shared) {
        return Ok(None);
    }
    let mut finder = Finder::new(shared);
    let Some(mut rows) = finder.all_named(asked)? else {
        return Ok(None);
    };
    let words = Words::new(asked.text.iter().map(String::as_str));
    let most = (whole.records / ONE_IN).max(64);
    let kinds = FOUND.map(RecordKind::word);
    let [claims, actors, topics, places, events, documents] =
        candidates(shared, &words, kinds, most)?;
    let [texts] = candidates(shared, &words, [TEXT], usize::MAX)?;
    let things = [actors, topics, places, events, documents];
    for (kind, things) in FOUND.into_iter().skip(1).zip(things) {
        let Candidates::Rows(things) = things else {
            return Ok(None);
        };
        rows.extend(things.into_iter().map(|row| (kind, row as usize)));
    }
    match texts {
        Candidates::Rows(texts) => {
            let (reported, _) = reported_in(&mut finder, shared, &texts)?;
            rows.extend(reported);
            rows.extend(
                texts
                    .iter()
                    .map(|row| (RecordKind::Document, *row as usize)),
            );
        }
        Candidates::Any if shared.texts().is_empty() => {}
        Candidates::Any => return Ok(None),
    }
    let is_known = matches!(&claims, Candidates::Rows(rows) if rows.len() <= FEW);
    if few && (!is_known || rows.len() > FEW) {
        return Ok(None);
    }
    rows.extend(claims_in_columns(shared, &words, claims)?);
    if rows.len() > most {
        return Ok(None);
    }
    let (lines, ids) = (Lines::default(), BTreeSet::new());
    read(snapshot, &mut finder, lines, rows, ids, own_words, whole)
}
