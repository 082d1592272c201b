//! The order of claims of a few days, told from the few columns that decide it: so that a page of thirty does not
//! read all claims of the days on which it begins and ends.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::FixedState;

use super::super::columns::Columns;
use super::super::derived::Documents;
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

/// How many rows are worth another thread.
const ROWS_EACH: usize = 64;

/// What decides where claims come, by their rows: the rank of the day, that of the first document that is known,
/// the file and the line.
pub(super) type Places = HashMap<usize, (u32, u32, u32, i64), FixedState>;

/// Rows of one table that one thread reads.
struct Piece<'p> {
    part: &'p Part,
    table: Arc<Table>,
    /// The first row of the table among all parts.
    begin: usize,
    rows: &'p [usize],
    documents: &'p Documents,
    files: &'p [u32],
}

/// What one thread read: of each row the number of its date, and the rest of its place.
#[derive(Default)]
struct PieceRead {
    all: Vec<(usize, u32, (u32, u32, i64))>,
    dates: Vec<Arc<Date>>,
}

/// Where claims that have a date come, as `sort_key::sort` sorts records; `rows` ascend. `None` where columns do
/// not tell it.
pub(super) fn places(snapshot: &Snapshot, rows: &[usize]) -> Result<Option<Places>, SnapshotError> {
    let shared = &snapshot.shared;
    if !are_columns_enough(snapshot) {
        return Ok(None);
    }
    let Some(documents) = documents(shared)? else {
        return Ok(None);
    };
    let files = file_order(shared);
    let pieces = pieces(shared, rows, &documents, &files)?;
    let (mut read, mut dates, mut is_told) = (Vec::new(), DatesByText::default(), true);
    ordered_parallel::for_each_ordered_with(
        pieces.iter(),
        ordered_parallel::threads(pieces.len()),
        Desk::default,
        |desk, piece| piece.read(desk),
        |some: Result<Option<PieceRead>, SnapshotError>| {
            let Some(some) = some? else {
                is_told = false;
                return Ok(());
            };
            let numbers: Vec<u32> = some.dates.into_iter().map(|date| dates.add(date)).collect();
            let all = some.all.into_iter();
            read.extend(all.map(|(row, date, place)| (row, numbers[date as usize], place)));
            Ok::<(), SnapshotError>(())
        },
    )?;
    let ranks = dates.ranks();
    let all = read.into_iter().map(|(row, date, (document, file, line))| {
        (row, (ranks[date as usize], document, file, line))
    });
    Ok(is_told.then(|| all.collect()))
}

fn pieces<'p>(
    shared: &'p Shared,
    rows: &'p [usize],
    documents: &'p Documents,
    files: &'p [u32],
) -> Result<Vec<Piece<'p>>, SnapshotError> {
    let kind = RecordKind::Claim;
    let each = rows
        .len()
        .div_ceil(ordered_parallel::threads(rows.len() / ROWS_EACH + 1));
    let mut pieces = Vec::new();
    for (part, begin) in days::parts(shared, kind) {
        let end = begin + part.rows(kind.plural());
        let some = rows.partition_point(|row| *row < begin)..rows.partition_point(|row| *row < end);
        if some.is_empty() {
            continue;
        }
        let table = part.paged(kind.plural())?;
        for rows in rows[some].chunks(each.max(1)) {
            pieces.push(Piece {
                part,
                table: Arc::clone(&table),
                begin,
                rows,
                documents,
                files,
            });
        }
    }
    Ok(pieces)
}

impl Piece<'_> {
    /// Reads the rows; `None` where columns do not tell when one was said.
    fn read(&self, desk: &mut Desk) -> Result<Option<PieceRead>, SnapshotError> {
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
        for row in self.rows {
            let batch = table.read(row - self.begin, 1)?;
            let said = known.date(&batch, [0, 1, 2], 0, &mut read.dates);
            let Ok(Some(said)) = said else {
                return Ok(None);
            };
            let document = batch.texts(3, 0).find_map(|id| self.documents.get(id));
            let file = batch.number(4, 0);
            let file = file.and_then(|file| self.files.get(self.part.input(file)?));
            let place = file.copied().zip(batch.number(5, 0));
            let (file, line) = place.ok_or_else(|| self.table.damaged())?;
            let document = document.map_or(u32::MAX, |document| document.rank);
            read.all.push((*row, said, (document, file, line)));
        }
        *desk = table.into_desk();
        Ok(Some(read))
    }
}
