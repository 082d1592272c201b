//! The lines of single records.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::super::columns::Columns;
use super::super::error::SnapshotError;
use super::super::opened::{Part, Shared};
use super::super::stored::{Wiring, line_columns};
use super::super::table::{Batch, Rows, Table};
use super::find::Row;
use crate::in_order;
use crate::load::StoredLine;
use crate::model::{RecordKind, Vocabulary as _};

/// How many rows are worth another thread.
const ROWS_EACH: usize = 48;
/// How many rows that follow each other closely are read at once.
const AT_ONCE: usize = 512;

/// The lines that have been read, by file and number.
#[derive(Debug, Default)]
pub(super) struct Lines {
    of: BTreeMap<usize, BTreeMap<usize, StoredLine>>,
    /// Where the line of a row is, and the id of its record; `None` for one that has no line.
    rows: BTreeMap<Row, Option<(usize, usize, String)>>,
}

/// A line that was read: its row, file and record's id.
struct Found {
    row: Row,
    file: usize,
    id: String,
    line: StoredLine,
}

/// Rows of one table that one thread reads.
struct Piece<'r> {
    kind: RecordKind,
    part: usize,
    table: Arc<Table>,
    /// The first row of the table among all parts.
    begin: usize,
    rows: &'r [usize],
}

impl Lines {
    /// Reads the lines of rows, those that were read before not again; each line, and the id of its
    /// record, in the order of the rows. Records of files that are kept as they stand have no line.
    pub(super) fn read(
        &mut self,
        shared: &Shared,
        rows: &BTreeSet<Row>,
    ) -> Result<Vec<(&str, &str)>, SnapshotError> {
        let new: BTreeSet<Row> = (rows.iter().copied())
            .filter(|row| !self.rows.contains_key(row))
            .collect();
        self.read_new(shared, &new)?;
        let mut read = Vec::with_capacity(rows.len());
        for row in rows {
            if let Some(Some((file, number, id))) = self.rows.get(row)
                && let Some(line) = self.of.get(file).and_then(|lines| lines.get(number))
            {
                read.push((&*line.text, &**id));
            }
        }
        Ok(read)
    }

    fn read_new(&mut self, shared: &Shared, rows: &BTreeSet<Row>) -> Result<(), SnapshotError> {
        let mut wanted = Vec::new();
        for kind in RecordKind::ALL {
            let of_kind = rows.range((*kind, 0)..=(*kind, usize::MAX));
            let of_kind: Vec<usize> = of_kind.map(|(_, row)| *row).collect();
            for (nth, part) in shared.parts.iter().enumerate() {
                let begin = part.entry.first_rows.get(kind.plural()).copied();
                let begin = begin.unwrap_or(0);
                let end = begin + part.rows(kind.plural());
                let first = of_kind.partition_point(|row| *row < begin);
                let last = of_kind.partition_point(|row| *row < end);
                if first < last {
                    wanted.push((*kind, nth, begin, of_kind[first..last].to_vec()));
                }
            }
        }
        let mut pieces = Vec::new();
        for (kind, part, begin, rows) in &wanted {
            let table = Arc::new(shared.parts[*part].paged(kind.plural())?);
            let threads = in_order::threads(rows.len() / ROWS_EACH + 1);
            for rows in rows.chunks(rows.len().div_ceil(threads)) {
                pieces.push(Piece {
                    kind: *kind,
                    part: *part,
                    table: Arc::clone(&table),
                    begin: *begin,
                    rows,
                });
            }
        }
        let threads = in_order::threads(rows.len() / ROWS_EACH + 1);
        self.rows.extend(rows.iter().map(|row| (*row, None)));
        in_order::in_order(
            pieces.iter(),
            threads,
            |piece| piece.read(shared),
            |found| {
                for one in found? {
                    let number = one.line.number;
                    self.of
                        .entry(one.file)
                        .or_default()
                        .insert(number, one.line);
                    self.rows.insert(one.row, Some((one.file, number, one.id)));
                }
                Ok(())
            },
        )
    }

    /// The lines of a file, in their order.
    pub(super) fn take(&mut self, file: usize) -> Vec<StoredLine> {
        self.of
            .remove(&file)
            .unwrap_or_default()
            .into_values()
            .collect()
    }
}

impl Piece<'_> {
    fn read(&self, shared: &Shared) -> Result<Vec<Found>, SnapshotError> {
        let part: &Part = &shared.parts[self.part];
        let columns = Columns::of(self.kind);
        let (mut wanted, wiring) = line_columns(part, self.kind);
        let more = wanted.len();
        wanted.extend([columns.file, columns.offset].map(Some));
        let shape = Shape {
            more,
            id: wiring.texts[columns.id],
            wiring,
        };
        let mut table = Rows::new(Arc::clone(&self.table), wanted);
        let (mut scratch, mut found) = (Scratch::default(), Vec::new());
        let mut rest = self.rows;
        while let Some(first) = rest.first().map(|row| row - self.begin) {
            // Rows that lie close are read at once, with those between them.
            let near = |pair: &[usize]| pair[1] - pair[0] <= 4;
            let run = rest
                .windows(2)
                .take(AT_ONCE / 4)
                .take_while(|pair| near(pair));
            let (run, left) = rest.split_at(run.count() + 1);
            let last = run[run.len() - 1] - self.begin;
            let mut from = first;
            while from <= last {
                let batch = table.read(from, last + 1 - from)?;
                for row in run {
                    let at = row.wrapping_sub(self.begin + from);
                    if at < batch.rows {
                        let line = shape.line(shared, self.kind, &batch, at, &mut scratch);
                        let (file, id, line) = match line {
                            Ok(Some(line)) => line,
                            Ok(None) => continue,
                            Err(Damaged) => return Err(table.table().damaged()),
                        };
                        let row = (self.kind, *row);
                        found.push(Found {
                            row,
                            file,
                            id,
                            line,
                        });
                    }
                }
                from += batch.rows;
            }
            rest = left;
        }
        Ok(found)
    }
}

/// The tables do not hold what they must.
struct Damaged;

#[derive(Default)]
struct Scratch {
    line: String,
    bytes: Vec<u8>,
}

/// Which columns of a batch are what.
struct Shape {
    wiring: Wiring,
    id: Option<usize>,
    /// The column of the file, and after it that of the offset.
    more: usize,
}

impl Shape {
    /// The line of a row, its file, and its record's id; none for a record without a line.
    fn line(
        &self,
        shared: &Shared,
        kind: RecordKind,
        batch: &Batch,
        row: usize,
        scratch: &mut Scratch,
    ) -> Result<Option<(usize, String, StoredLine)>, Damaged> {
        let Some(number) = batch.number(self.wiring.line, row) else {
            return Ok(None);
        };
        let Scratch { line, bytes } = scratch;
        bytes.clear();
        let joined = self.wiring.line_of(batch, row, line, bytes);
        let text = joined.and_then(|()| std::str::from_utf8(bytes).ok());
        let mut text = text.ok_or(Damaged)?;
        if number == 1 {
            // The mark says how the file is written, and stands before its first line.
            text = text.strip_prefix('\u{feff}').unwrap_or(text);
        }
        let count = |number: Option<i64>| number.and_then(|number| usize::try_from(number).ok());
        let file = count(batch.number(self.more, row)).ok_or(Damaged)?;
        let offset = count(batch.number(self.more + 1, row)).ok_or(Damaged)?;
        let number = count(Some(number)).ok_or(Damaged)?;
        let leading = text.len() - text.trim_ascii_start().len();
        let start = offset.checked_sub(leading).ok_or(Damaged)?;
        let id = self.id.and_then(|id| batch.text(id, row));
        let id = id.unwrap_or_default().to_owned();
        let input = shared.manifest.inputs.get(file).ok_or(Damaged)?;
        let placed = id
            .strip_prefix(&*input.short)
            .and_then(|rest| rest.strip_prefix('#')?.strip_prefix(kind.plural()));
        let nth = placed
            .and_then(|rest| rest.strip_prefix('/')?.parse().ok())
            .filter(|nth| *nth > 0);
        let text = text.to_owned();
        Ok(Some((
            file,
            id,
            StoredLine {
                start,
                text,
                number,
                nth,
            },
        )))
    }
}
