//! Tables that only other engines read: what they would otherwise need many joins, folding, or the rules
//! of dates for.

use std::path::Path;

use super::super::columns::{Columns, DateColumns, PassageColumns, RETRACTED};
use super::super::error::SnapshotError;
use super::super::table::{Column, Is, RowBuffer, TableWriter, Written};
use super::engine_columns::{date, fill_passage, name_order};
use super::link_targets::NONE;
use super::links::{All, LINKS, LinkRows, Sorted, by_row};
use super::names::{NAMES_PER_PAGE, column};
use annals_finding::fold::fold;
use annals_load::LoadResult;
use annals_model::{ClaimId, Facts, FileId, RecordKind, RecordRef, Vocabulary as _};
use annals_query::selection::passage;
use annals_query::sort_key::natural_key;

/// The stances that speakers take, one row each.
pub(super) const STANCES: &str = "stances";
/// The texts of claims, folded.
pub(super) const CLAIM_TEXT: &str = "claim_text";
/// The stretches of dates that have several of which one is meant.
pub(super) const ALTERNATIVES: &str = "alternatives";
/// The fact files of a part.
pub(super) const FILES: &str = "files";

/// What tables of claims for other engines have in common: when a claim was said, and whether it holds.
struct SaidColumns {
    row: usize,
    id: usize,
    id_order: usize,
    act: usize,
    as_relation: usize,
    /// The column of the text of each date.
    dates: Vec<(usize, DateColumns)>,
    passage: PassageColumns,
}

impl SaidColumns {
    fn new(all: &mut Vec<Column>) -> Self {
        let mut add = |name: &str, is: Is| {
            all.push(column(name, is));
            all.len() - 1
        };
        SaidColumns {
            row: add("row", Is::Number),
            id: add("id", Is::Plain),
            id_order: add("id_order", Is::Plain),
            act: add("act", Is::Word),
            as_relation: add("as_relation", Is::Plain),
            dates: ["said", "recorded", RETRACTED]
                .map(|key| (add(key, Is::Word), DateColumns::new(key, true, &mut add)))
                .into(),
            passage: PassageColumns::new(&mut add),
        }
    }

    fn fill(&self, facts: &Facts, id: ClaimId, row: u32, out: &mut RowBuffer) {
        let (record, claim) = (RecordRef::Claim(id), &facts[id]);
        out.number(self.row, Some(i64::from(row)));
        out.text(self.id, Some(facts.id(record)));
        out.text(self.id_order, Some(&natural_key(facts.id(record))));
        out.text(self.act, facts.act_word(id));
        let capacity = claim.capacity.map(|relation| facts.id(relation));
        out.text(self.as_relation, capacity);
        for (text, columns) in &self.dates {
            if let Some(date) = date(facts, record, columns.key) {
                let date = facts.date(date);
                out.text(*text, Some(date.written()));
                columns.fill(date, out);
            }
        }
        fill_passage(&self.passage, facts, record, out);
    }
}

/// A stance of a row: the ranks of what it is toward and of its word, and its place in the list.
type Taken = (u32, u32, u32, u32);

/// Who said what, by links.
pub(super) struct Said<'a> {
    facts: &'a Facts,
    sorted: &'a Sorted<'a>,
    /// By row.
    claims: Vec<Option<ClaimId>>,
    /// All speakers, by row; only where they are needed.
    speakers: Vec<(u32, u32)>,
    stances: Vec<Taken>,
}

impl<'a> Said<'a> {
    pub(super) fn of(links: &[Vec<LinkRows>], sorted: &'a Sorted<'a>, all: &All<'a>) -> Self {
        let table = |name: &str| {
            let nth = LINKS.iter().position(|link| link.name == name);
            nth.and_then(|nth| links.get(nth)).into_iter().flatten()
        };
        let mut said = Said {
            facts: &all.loaded.facts,
            sorted,
            claims: Vec::new(),
            speakers: Vec::new(),
            stances: Vec::new(),
        };
        for rows in table("claim_speaker").filter(|_| all.for_cluster) {
            let each = rows.links.iter();
            let each = each.map(|link| (link.row, sorted.rank(link.node)));
            said.speakers.extend(each);
        }
        for rows in table("claim_stance").filter(|_| all.for_cluster) {
            let each = rows.links.iter().zip(&rows.nth).zip(&rows.with);
            for ((link, nth), value) in each {
                let value = if *value == NONE {
                    NONE
                } else {
                    sorted.rank(*value)
                };
                let toward = sorted.rank(link.node);
                said.stances.push((link.row, toward, value, *nth));
            }
        }
        said.speakers.sort_unstable();
        said.stances.sort_unstable();
        if !said.stances.is_empty() {
            said.claims = claims_by_row(all.records);
        }
        said
    }

    fn claim(&self, row: u32) -> Option<ClaimId> {
        self.claims.get(row as usize).copied().flatten()
    }

    /// The earliest start of when a claim was said, for sorting.
    fn earliest(&self, row: u32) -> i64 {
        let said = self.claim(row).and_then(|claim| self.facts[claim].said);
        said.map_or(i64::MAX, |date| {
            self.facts.date(date).extent().earliest_start().in_column()
        })
    }

    pub(super) fn write_stances(&self, folder: &Path) -> Result<Written, SnapshotError> {
        let mut columns = vec![
            column("actor", Is::Key),
            column("toward", Is::Key),
            column("value", Is::Word),
            column("nth", Is::Number),
        ];
        let said = SaidColumns::new(&mut columns);
        let mut out = TableWriter::new(folder, STANCES, columns, NAMES_PER_PAGE);
        let mut rows = Vec::with_capacity(self.stances.len());
        for (row, toward, value, nth) in &self.stances {
            let first = self.speakers.partition_point(|(other, _)| other < row);
            let speakers = self.speakers[first..].iter();
            let speakers = speakers.take_while(|(other, _)| other == row);
            rows.extend(speakers.map(|(_, actor)| (*actor, *toward, *row, *nth, *value)));
        }
        rows.sort_by_cached_key(|(actor, toward, row, nth, _)| {
            (*actor, *toward, self.earliest(*row), *row, *nth)
        });
        for (actor, toward, row, nth, value) in rows {
            let Some(claim) = self.claim(row) else {
                continue;
            };
            out.row(|out| {
                out.text(0, self.sorted.word(actor));
                out.text(1, self.sorted.word(toward));
                out.text(2, self.sorted.word(value));
                out.number(3, Some(i64::from(nth)));
                said.fill(self.facts, claim, row, out);
            })?;
        }
        out.finish()
    }
}

/// The claim of each row.
fn claims_by_row(records: &[(RecordRef, u32)]) -> Vec<Option<ClaimId>> {
    let claim = |record: Option<RecordRef>| match record {
        Some(RecordRef::Claim(claim)) => Some(claim),
        _ => None,
    };
    let all = by_row(records, RecordKind::Claim);
    all.into_iter().map(claim).collect()
}

/// The texts in which `--text` looks for words, folded as it folds them: in the order of the claims.
pub(super) fn write_claim_text(
    loaded: &LoadResult,
    records: &[(RecordRef, u32)],
    folder: &Path,
) -> Result<Written, SnapshotError> {
    let columns = vec![
        column("row", Is::Number),
        column("field", Is::Word),
        column("folded", Is::Plain),
    ];
    let mut out = TableWriter::new(folder, CLAIM_TEXT, columns, NAMES_PER_PAGE);
    let facts = &loaded.facts;
    for (row, claim) in (0_i64..).zip(claims_by_row(records)) {
        let Some(claim) = claim else { continue };
        let mut add = |field: &str, text: &str| {
            out.row(|out| {
                out.number(0, Some(row));
                out.text(1, Some(field));
                out.text(2, Some(&fold(text)));
            })
        };
        let own = [
            ("quote", facts[claim].quote),
            ("content", facts[claim].content),
        ];
        for (field, text) in own {
            if let Some(text) = text {
                add(field, facts.str(text))?;
            }
        }
        for evidence in facts.evidence(RecordRef::Claim(claim)) {
            if let Some(quote) = evidence.quote {
                add("evidence_quote", facts.str(quote))?;
            }
            if let Some(passage) = passage(loaded, evidence) {
                add("passage", &passage)?;
            }
        }
    }
    out.finish()
}

/// The stretches of all dates that have several of which one is meant.
pub(super) fn write_alternatives(
    facts: &Facts,
    records: &[(RecordRef, u32)],
    folder: &Path,
) -> Result<Written, SnapshotError> {
    let mut columns = vec![
        column("row", Is::Number),
        column("kind", Is::Word),
        column("field", Is::Word),
        column("nth", Is::Number),
    ];
    let bounds = super::super::columns::BOUNDS;
    columns.extend(bounds.map(|name| column(name, Is::Bound)));
    let mut out = TableWriter::new(folder, ALTERNATIVES, columns, NAMES_PER_PAGE);
    for kind in RecordKind::ALL {
        let keys: Vec<&str> = (Columns::of(*kind).dates.iter())
            .map(|date| date.key)
            .collect();
        let mut of_kind: Vec<(u32, RecordRef)> = (records.iter())
            .filter(|(record, _)| record.kind() == *kind)
            .filter(|(record, _)| keys.iter().any(|key| has_several(facts, *record, key)))
            .map(|(record, row)| (*row, *record))
            .collect();
        of_kind.sort_unstable_by_key(|(row, _)| *row);
        for (row, record) in of_kind {
            for key in keys.iter().filter(|key| has_several(facts, record, key)) {
                let Some(id) = date(facts, record, key) else {
                    continue;
                };
                for (nth, extent) in (1..).zip(facts.date(id).alternatives()) {
                    out.row(|out| {
                        out.number(0, Some(i64::from(row)));
                        out.text(1, Some(kind.word()));
                        out.text(2, Some(key));
                        out.number(3, Some(nth));
                        for (column, bound) in (4..).zip(extent.in_columns()) {
                            out.number(column, Some(bound));
                        }
                    })?;
                }
            }
        }
    }
    out.finish()
}

fn has_several(facts: &Facts, record: RecordRef, key: &str) -> bool {
    date(facts, record, key).is_some_and(|id| facts.date(id).alternatives().len() > 1)
}

/// The fact files of a part: their names, and a text in whose order of bytes they are read.
pub(super) fn write_files(
    facts: &Facts,
    files: &[FileId],
    folder: &Path,
) -> Result<Written, SnapshotError> {
    let columns = vec![
        column("file", Is::Number),
        column("name", Is::Plain),
        column("name_order", Is::Plain),
    ];
    let mut out = TableWriter::new(folder, FILES, columns, NAMES_PER_PAGE);
    for (number, file) in (0..).zip(files) {
        let name = &facts.file(*file).name;
        out.row(|out| {
            out.number(0, Some(number));
            out.text(1, Some(name));
            out.text(2, Some(&name_order(name)));
        })?;
    }
    out.finish()
}
