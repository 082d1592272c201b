//! The claims once more for each further speaker, with all columns of `claims`: what somebody said, alone or
//! with others, then stands together for an engine that reads both tables.

use std::path::Path;

use super::super::columns::Columns;
use super::super::error::SnapshotError;
use super::super::line_template::Values;
use super::super::table::{RowBuffer, TableWriter, Written};
use super::fact_columns::{days, of_facts};
use super::links::{LINKS, LinkRows, Sorted};
use super::names::NAMES_PER_PAGE;
use annals_model::{Facts, RecordKind, RecordRef};

/// The table.
pub(super) const JOINT: &str = "joint";

/// A claim of several speakers, as its row was written.
pub(super) struct JointClaim {
    record: RecordRef,
    row: usize,
    /// The texts of its columns, one after the other; of each its column, and where it ends. No end is an
    /// item that is missing in a list.
    text: Box<str>,
    items: Box<[(u16, Option<u32>)]>,
    /// Where it stands.
    pub(super) file: usize,
    pub(super) line: Option<usize>,
    pub(super) offset: usize,
}

impl JointClaim {
    pub(super) fn new(record: RecordRef, row: usize, columns: &Columns, values: &Values) -> Self {
        let (mut text, mut items) = (String::new(), Vec::new());
        for column in values.used().iter().filter(|one| **one != columns.id) {
            let most = if columns.all[*column].is.is_list() {
                usize::MAX
            } else {
                1
            };
            for item in values.of(*column).take(most) {
                text.push_str(item.unwrap_or_default());
                let end = item.map(|_| u32::try_from(text.len()).unwrap_or(u32::MAX));
                items.push((u16::try_from(*column).unwrap_or(u16::MAX), end));
            }
        }
        JointClaim {
            record,
            row,
            text: text.into(),
            items: items.into(),
            file: 0,
            line: None,
            offset: 0,
        }
    }

    /// Fills the columns of a row, for one of its speakers.
    fn fill(&self, speaker: Option<&str>, shared: &Shared<'_>, out: &mut RowBuffer) {
        let (facts, columns) = (shared.facts, &shared.columns);
        let mut begin = 0;
        let mut speakers = 0;
        for (column, end) in &self.items {
            let column = usize::from(*column);
            let item = end.and_then(|end| self.text.get(begin..end as usize));
            begin = end.map_or(begin, |end| end as usize);
            if columns.all[column].is.is_list() {
                out.item(column, item);
            } else {
                out.text(column, item);
            }
            speakers += i64::from(columns.speakers.is_some_and(|[all, ..]| all == column));
        }
        if let Some([_, first, count]) = columns.speakers {
            out.text(first, speaker);
            out.number(count, Some(speakers));
        }
        out.number(columns.row, Some(self.row as i64));
        out.text(columns.id, Some(facts.id(self.record)));
        out.number(columns.file, Some(self.file as i64));
        out.number(columns.line, self.line.map(|line| line as i64));
        if let Some(offset) = columns.claim_offset.filter(|_| self.line.is_none()) {
            out.number(offset, Some(self.offset as i64));
        }
        of_facts((facts, &shared.days), self.record, columns, out);
    }
}

/// What all rows are made with.
struct Shared<'f> {
    facts: &'f Facts,
    columns: Columns,
    days: Vec<[Option<i32>; 2]>,
}

/// The further speakers of claims: of each the rank of its id, and the row. Who is named twice counts once.
pub(super) fn further(links: &[Vec<LinkRows>], sorted: &Sorted<'_>) -> Vec<(u32, u32)> {
    let nth = LINKS.iter().position(|link| link.name == "claim_speaker");
    let mut further = Vec::new();
    for rows in nth.and_then(|nth| links.get(nth)).into_iter().flatten() {
        let mut before: (u32, Vec<u32>) = (u32::MAX, Vec::new());
        for link in &rows.links {
            if before.0 != link.row {
                before = (link.row, Vec::new());
            }
            if before.1.contains(&link.node) {
                continue;
            }
            if !before.1.is_empty() {
                further.push((sorted.rank(link.node), link.row));
            }
            before.1.push(link.node);
        }
    }
    further
}

/// Writes the table, sorted by speaker, then by when the claim was said.
pub(super) fn write(
    facts: &Facts,
    claims: &[JointClaim],
    mut speakers: Vec<(u32, u32)>,
    sorted: &Sorted<'_>,
    folder: &Path,
) -> Result<Written, SnapshotError> {
    let shared = Shared {
        facts,
        columns: Columns::of(RecordKind::Claim),
        days: days(facts),
    };
    let mut by_row: Vec<&JointClaim> = claims.iter().collect();
    by_row.sort_unstable_by_key(|claim| claim.row);
    let claim = |row: u32| {
        let found = by_row.binary_search_by_key(&(row as usize), |claim| claim.row);
        found.ok().map(|nth| by_row[nth])
    };
    speakers.sort_by_cached_key(|(speaker, row)| {
        let said = claim(*row).and_then(|claim| facts.own_date(claim.record));
        let earliest = said.map(|date| facts.date(date).extent().earliest_start().in_column());
        (*speaker, earliest.unwrap_or(i64::MAX), *row)
    });
    let columns = shared.columns.all.clone();
    let mut out = TableWriter::new(folder, JOINT, columns, NAMES_PER_PAGE);
    for (speaker, row) in speakers {
        if let Some(claim) = claim(row) {
            out.row(|out| claim.fill(sorted.word(speaker), &shared, out))?;
        }
    }
    out.finish()
}
