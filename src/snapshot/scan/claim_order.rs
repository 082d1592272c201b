//! The order in which lists have claims, told from the few columns that decide it: so that a page of thirty does
//! not read all claims of the days on which it begins and ends.

use std::ops::Range;
use std::sync::Arc;

use super::super::columns::Columns;
use super::super::derived::{ClaimOrder, Documents, NO_PLACE};
use super::super::error::SnapshotError;
use super::super::opened::{Part, Shared, Snapshot};
use super::super::table::{Desk, Rows, Table};
use super::dates_by_text::{DatesByText, KnownDates};
use super::days;
use super::direct::are_columns_enough;
use super::documents::{documents, file_order};
use annals_model::RecordKind;
use annals_ordered_parallel as ordered_parallel;
use annals_time::Date;

/// How many rows are read at once.
const AT_ONCE: usize = 4096;

/// What decides where a claim comes, besides its day: the rank of the first document that is known, the file and
/// the line.
type Place = (u32, u32, i64);

/// Rows of one table that one thread reads.
struct Piece<'p> {
    part: &'p Part,
    table: Arc<Table>,
    /// The first row of the table among all parts.
    begin: usize,
    rows: Range<usize>,
    documents: &'p Documents,
    files: &'p [u32],
}

/// What one thread read: of each row that has a date the number of that, and the rest of its place.
#[derive(Default)]
struct PieceRead {
    all: Vec<(usize, u32, Place)>,
    dates: Vec<Arc<Date>>,
}

/// Where all claims come, as `sort_key::sort` sorts records. `None` where columns do not tell it.
pub(super) fn order(snapshot: &Snapshot) -> Result<Option<Arc<ClaimOrder>>, SnapshotError> {
    let shared = &snapshot.shared;
    if let Some(known) = shared.claim_order.get() {
        return Ok(known.clone());
    }
    let read = if are_columns_enough(snapshot) {
        read(shared)?.map(Arc::new)
    } else {
        None
    };
    Ok(shared.claim_order.get_or_init(|| read).clone())
}

fn read(shared: &Shared) -> Result<Option<ClaimOrder>, SnapshotError> {
    let Some(documents) = documents(shared)? else {
        return Ok(None);
    };
    let files = file_order(shared);
    let kind = RecordKind::Claim.plural();
    let (mut pieces, mut rows) = (Vec::new(), 0);
    for (part, begin) in days::parts(shared, RecordKind::Claim) {
        let table = part.paged(kind)?;
        rows = rows.max(begin + table.rows());
        pieces.extend(table.groups().map(|rows| Piece {
            part,
            table: Arc::clone(&table),
            begin,
            rows,
            documents: &documents,
            files: &files,
        }));
    }
    let (mut read, mut dates) = (Vec::with_capacity(rows), DatesByText::default());
    ordered_parallel::for_each_ordered_with(
        pieces.iter(),
        ordered_parallel::threads(pieces.len()),
        Desk::default,
        |desk, piece| piece.read(desk),
        |some: Result<PieceRead, SnapshotError>| {
            let some = some?;
            let numbers: Vec<u32> = some.dates.into_iter().map(|date| dates.add(date)).collect();
            let all = some.all.into_iter();
            read.extend(all.map(|(row, date, place)| (numbers[date as usize], place, row)));
            Ok::<(), SnapshotError>(())
        },
    )?;
    let ranks = dates.ranks();
    for (date, ..) in &mut read {
        *date = ranks[*date as usize];
    }
    ordered_parallel::sort_by_key(&mut read, |one| *one);
    let mut order = vec![NO_PLACE; rows];
    for (place, (.., row)) in (0..).zip(read) {
        order[row] = place;
    }
    Ok(Some(order))
}

impl Piece<'_> {
    /// Reads the rows; those of which columns do not tell when they were said are left out.
    fn read(&self, desk: &mut Desk) -> Result<PieceRead, SnapshotError> {
        let kind = RecordKind::Claim;
        let columns = Columns::of(kind);
        let used = |column: &usize| {
            !self
                .part
                .is_empty(kind.plural(), &columns.all[*column].name)
        };
        let names = ["said", "said_first", "said_last", "evidence_document"];
        let mut wanted: Vec<Option<usize>> =
            names.iter().map(|name| columns.number(name)).collect();
        wanted.extend([Some(columns.file), Some(columns.line)]);
        let wanted = wanted
            .into_iter()
            .map(|column| column.filter(used))
            .collect();
        let table = Rows::new(Arc::clone(&self.table), wanted);
        let mut table = table.on_desk(std::mem::take(desk));
        let (mut read, mut known) = (PieceRead::default(), KnownDates::default());
        let mut at = self.rows.start;
        while at < self.rows.end {
            let batch = table.read(at, AT_ONCE.min(self.rows.end - at))?;
            for row in 0..batch.rows {
                let said = known.date(&batch, [0, 1, 2], row, &mut read.dates);
                let Ok(Some(said)) = said else {
                    continue;
                };
                let document = batch.texts(3, row).find_map(|id| self.documents.get(id));
                let file = batch.number(4, row);
                let file = file.and_then(|file| self.files.get(self.part.input(file)?));
                let place = file.copied().zip(batch.number(5, row));
                let (file, line) = place.ok_or_else(|| self.table.damaged())?;
                let document = document.map_or(u32::MAX, |document| document.rank);
                let row = self.begin + at + row;
                read.all.push((row, said, (document, file, line)));
            }
            at += batch.rows;
        }
        *desk = table.into_desk();
        Ok(read)
    }
}
