//! Counts all claims by what they are about and by their stances, from the tables of links.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use foldhash::fast::FixedState;

use super::super::columns::Columns;
use super::super::error::SnapshotError;
use super::super::opened::Shared;
use super::super::table::Rows;
use super::links::{Link, Links, links};
use super::names::each_name;
use annals_model::{RecordKind, Vocabulary as _};
use annals_query::Ref;
use annals_query::count::{Counts, Dimension, Tally, Value};

/// How many rows are read at once.
const AT_ONCE: usize = 4096;

/// The kinds of things that have names, and the columns of these. What a claim about a claim is about is
/// called by its words, which are not read here.
const NAMED: [(RecordKind, &str); 5] = [
    (RecordKind::Actor, "name"),
    (RecordKind::Topic, "label"),
    (RecordKind::Place, "name"),
    (RecordKind::Event, "label"),
    (RecordKind::Document, "title"),
];

/// Counts all claims, or all that were not retracted, by one of the two properties; `None` where that cannot
/// be told by links.
pub(super) fn counts(
    shared: &Shared,
    per: Dimension,
    retracted: bool,
) -> Result<Option<Counts>, SnapshotError> {
    let claims = RecordKind::Claim.plural();
    let all: usize = shared.parts.iter().map(|part| part.rows(claims)).sum();
    let Some(left_out) = left_out(shared, retracted, all)? else {
        return Ok(None);
    };
    let [about, stances] = links(shared, ["claim_about", "claim_stance"])?;
    let mut tally = Tally::new(&[per]);
    let mut seen = vec![0_u32; all];
    let counted = match per {
        Dimension::About => by_thing(shared, [&about, &stances], &left_out, &mut seen, &mut tally)?,
        Dimension::Stance => by_stance(&stances, &left_out, &mut seen, &mut tally),
        _ => None,
    };
    if counted.is_none() {
        return Ok(None);
    }
    let none = seen.iter().zip(&left_out);
    let none = none
        .filter(|(seen, is_out)| **seen == 0 && !**is_out)
        .count() as u32;
    if none > 0 && tally.add_counts(&[Value::Nothing], [none, none]).is_err() {
        return Ok(None);
    }
    Ok(tally.counts().ok())
}

/// Which claims are not counted, since they were retracted.
fn left_out(
    shared: &Shared,
    retracted: bool,
    all: usize,
) -> Result<Option<Vec<bool>>, SnapshotError> {
    let kind = RecordKind::Claim;
    let mut out = vec![false; all];
    for part in shared
        .parts
        .iter()
        .filter(|part| part.rows(kind.plural()) > 0)
    {
        if retracted || part.is_empty(kind.plural(), "retracted") {
            continue;
        }
        let begin = part.entry.first_rows.get(kind.plural()).copied();
        let begin = begin.unwrap_or(0);
        let table = part.paged(kind.plural())?;
        let mut rows = Rows::new(Arc::clone(&table), vec![Some(Columns::of(kind).retracted)]);
        let mut at = 0;
        while at < table.rows() {
            let batch = rows.read(at, AT_ONCE)?;
            for row in 0..batch.rows {
                let Some(place) = out.get_mut(begin + at + row) else {
                    return Ok(None);
                };
                *place = batch.bytes(0, row).is_some();
            }
            at += batch.rows;
        }
    }
    Ok(Some(out))
}

/// Counts each claim once under each thing that it is about or takes a stance toward.
fn by_thing(
    shared: &Shared,
    tables: [&Links; 2],
    left_out: &[bool],
    seen: &mut [u32],
    tally: &mut Tally,
) -> Result<Option<()>, SnapshotError> {
    let mut of: BTreeMap<&str, [&[Link]; 2]> = BTreeMap::new();
    for (nth, links) in tables.into_iter().enumerate() {
        for group in links.all.chunk_by(|a, b| a.word == b.word) {
            let word = group
                .first()
                .and_then(|one| links.words.get(one.word as usize));
            let word = word.ok_or_else(|| SnapshotError::damaged(&shared.folder))?;
            of.entry(word).or_default()[nth] = group;
        }
    }
    let names = names(shared)?;
    for (nth, (word, groups)) in (1_u32..).zip(of) {
        let mut count = 0;
        for link in groups.into_iter().flatten() {
            let row = link.row as usize;
            let (Some(last), Some(false)) = (seen.get_mut(row), left_out.get(row)) else {
                continue;
            };
            count += u32::from(*last != nth);
            *last = nth;
        }
        if count == 0 {
            continue;
        }
        let Some(name) = names.get(word) else {
            return Ok(None);
        };
        let (id, name) = (word.to_owned(), name.clone());
        let value = tally.record(Ref { id, name });
        if tally.add_counts(&[value], [count, count]).is_err() {
            return Ok(None);
        }
    }
    Ok(Some(()))
}

/// Counts each claim once under each of its stances.
fn by_stance(
    stances: &Links,
    left_out: &[bool],
    seen: &mut [u32],
    tally: &mut Tally,
) -> Option<()> {
    let values = annals_model::StanceValue::ALL;
    for (nth, value) in values.iter().enumerate() {
        let (bit, mut count) = (1 << nth, 0);
        for link in &stances.all {
            if link.value? != *value {
                continue;
            }
            let row = link.row as usize;
            let (Some(had), Some(false)) = (seen.get_mut(row), left_out.get(row)) else {
                continue;
            };
            count += u32::from(*had & bit == 0);
            *had |= bit;
        }
        if count > 0 {
            let value = tally.word(value.word());
            tally.add_counts(&[value], [count, count]).ok()?;
        }
    }
    Some(())
}

/// The names of all that has one, by id.
fn names(shared: &Shared) -> Result<HashMap<String, String, FixedState>, SnapshotError> {
    let mut names = HashMap::default();
    for (kind, column) in NAMED {
        each_name(shared, kind, column, |id, name| {
            names.insert(id.to_owned(), name.to_owned());
        })?;
    }
    Ok(names)
}
