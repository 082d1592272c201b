//! The passages of claims without a date of their own.
//!
//! Engines date such claims by their documents. In a large collection they are few, and those of one
//! speaker are fewer: so they stand in a table of their own, by speaker. It follows no reference, so a
//! part that is built apart has it as the whole would.

use std::path::Path;

use super::super::error::SnapshotError;
use super::super::table::{Is, TableWriter, Written};
use super::link_targets::NONE;
use super::links::{All, LINKS, LinkRows, Sorted};
use super::names::{NAMES_PER_PAGE, column};
use annals_model::RecordRef;

/// The passages of claims without a date of their own: a row for each speaker and passage.
pub(super) const UNDATED_EVIDENCE: &str = "undated_evidence";

/// The rank of a speaker, or [`NONE`]; the row of the claim; the place of the passage in its list; and the
/// rank of its document.
pub(super) type Passage = (u32, u32, u32, u32);

/// The passages, sorted by speaker, then by row; those of claims without a speaker last.
pub(super) fn passages(
    links: &[Vec<LinkRows>],
    sorted: &Sorted<'_>,
    all: &All<'_>,
) -> Vec<Passage> {
    let facts = &all.loaded.facts;
    let mut is_undated = Vec::new();
    for (record, row) in all.records {
        let RecordRef::Claim(claim) = record else {
            continue;
        };
        if facts[*claim].said.is_none() {
            let row = *row as usize;
            is_undated.resize(is_undated.len().max(row + 1), false);
            is_undated[row] = true;
        }
    }
    let of = |name: &str| {
        let nth = LINKS.iter().position(|link| link.name == name);
        let tables = nth.and_then(|nth| links.get(nth)).into_iter().flatten();
        let each = tables.flat_map(|rows| rows.links.iter().zip(&rows.nth));
        each.filter(|(link, _)| is_undated.get(link.row as usize) == Some(&true))
            .map(|(link, nth)| (link.row, *nth, sorted.rank(link.node)))
    };
    let mut speakers: Vec<(u32, u32)> = of("claim_speaker")
        .map(|(row, _, speaker)| (row, speaker))
        .collect();
    speakers.sort_unstable();
    speakers.dedup();
    let mut passages: Vec<Passage> = Vec::new();
    for (row, nth, document) in of("claim_evidence") {
        let first = speakers.partition_point(|(other, _)| *other < row);
        let of_row = speakers[first..].iter();
        let of_row = of_row.take_while(|(other, _)| *other == row);
        let before = passages.len();
        passages.extend(of_row.map(|(_, speaker)| (*speaker, row, nth, document)));
        if passages.len() == before {
            passages.push((NONE, row, nth, document));
        }
    }
    passages.sort_unstable();
    passages
}

/// Writes the table.
pub(super) fn write(
    passages: Vec<Passage>,
    sorted: &Sorted<'_>,
    folder: &Path,
) -> Result<Written, SnapshotError> {
    let columns = vec![
        column("speaker_1", Is::Key),
        column("row", Is::Number),
        column("nth", Is::Number),
        column("document", Is::Word),
    ];
    let mut out = TableWriter::new(folder, UNDATED_EVIDENCE, columns, NAMES_PER_PAGE);
    for (speaker, row, nth, document) in passages {
        out.row(|out| {
            out.text(0, sorted.word(speaker));
            out.number(1, Some(i64::from(row)));
            out.number(2, Some(i64::from(nth)));
            out.text(3, sorted.word(document));
        })?;
    }
    out.finish()
}
