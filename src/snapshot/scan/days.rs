//! The days of all records of a kind, in memory: eight bytes each, read from their columns once.

use std::sync::Arc;

use super::super::columns::Columns;
use super::super::derived::{Days, NO_DAY};
use super::super::error::SnapshotError;
use super::super::opened::{Part, Shared};
use super::super::table::Rows;
use super::time_window::DATED;
use annals_model::RecordKind;
use annals_ordered_parallel as ordered_parallel;

/// How many rows are read at once.
const AT_ONCE: usize = 8192;

/// The parts that have records of a kind, each with the number of its first row.
pub(super) fn parts(shared: &Shared, kind: RecordKind) -> impl Iterator<Item = (&Part, usize)> {
    let parts = shared.parts.iter();
    let parts = parts.filter(move |part| part.rows(kind.plural()) > 0);
    parts.map(move |part| {
        let begin = part.entry.first_rows.get(kind.plural()).copied();
        (part, begin.unwrap_or(0))
    })
}

/// The days of all records of a kind that has dates.
pub(super) fn days(shared: &Shared, kind: RecordKind) -> Result<Arc<Days>, SnapshotError> {
    let nth = DATED.iter().position(|(one, _)| *one == kind).unwrap_or(0);
    if let Some(known) = shared.days[nth].get() {
        return Ok(Arc::clone(known));
    }
    let read = Arc::new(read(shared, kind, DATED[nth].1)?);
    Ok(Arc::clone(shared.days[nth].get_or_init(|| read)))
}

fn read(shared: &Shared, kind: RecordKind, key: &str) -> Result<Days, SnapshotError> {
    let columns = Columns::of(kind);
    let of_key = columns.days.iter().find(|(of, ..)| *of == key);
    let mut pieces = Vec::new();
    let mut all = 0;
    for (part, begin) in parts(shared, kind) {
        let used = |column: &usize| !part.is_empty(kind.plural(), &columns.all[*column].name);
        let wanted = [
            of_key.map(|(_, first, _)| *first),
            of_key.map(|(.., last)| *last),
            Some(columns.retracted),
        ];
        let wanted = wanted.map(|column| column.filter(used));
        let table = part.paged(kind.plural())?;
        all = all.max(begin + table.rows());
        for rows in table.groups() {
            let reader = Rows::new(Arc::clone(&table), wanted.to_vec());
            pieces.push((reader, rows, begin));
        }
    }
    let mut days = Days {
        first: vec![NO_DAY; all],
        last: vec![NO_DAY; all],
        retracted: Vec::new(),
    };
    let threads = ordered_parallel::threads(pieces.len());
    ordered_parallel::for_each_ordered(
        pieces.into_iter(),
        threads,
        |(mut reader, rows, begin)| {
            let mut piece = Vec::with_capacity(rows.len());
            let mut at = rows.start;
            while at < rows.end {
                let batch = reader.read(at, AT_ONCE.min(rows.end - at))?;
                let day = |column, row| {
                    let number = batch.number(column, row);
                    number
                        .and_then(|day| i32::try_from(day).ok())
                        .unwrap_or(NO_DAY)
                };
                piece.extend(
                    (0..batch.rows)
                        .map(|row| (day(0, row), day(1, row), batch.bytes(2, row).is_some())),
                );
                at += batch.rows;
            }
            Ok((begin + rows.start, piece))
        },
        |piece: Result<_, SnapshotError>| {
            let (begin, piece) = piece?;
            for (row, (first, last, is_retracted)) in (begin..).zip(piece) {
                days.first[row] = first;
                days.last[row] = last;
                if is_retracted {
                    days.retracted.resize(all, false);
                    days.retracted[row] = true;
                }
            }
            Ok::<(), SnapshotError>(())
        },
    )?;
    Ok(days)
}
