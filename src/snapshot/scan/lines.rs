//! Reads the lines of single records.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use foldhash::fast::FixedState;

use super::super::error::SnapshotError;
use super::super::opened::Shared;
use super::super::table::{Batch, Desk, Rows, Table};
use super::find::Row;
use super::line_shape::{Damaged, Detail, Scratch, Shape};
use annals_load::{EmbeddedLine, LineContent};
use annals_model::{RecordKind, Vocabulary as _};
use annals_ordered_parallel as ordered_parallel;

/// How many rows are worth another thread.
const ROWS_EACH: usize = 8;
/// How many rows that follow each other closely are read at once.
const AT_ONCE: usize = 512;
/// Of few columns, so many rows between two that are wanted are read as well.
const FEW_BETWEEN: usize = 32;

/// The lines that have been read.
#[derive(Debug, Default)]
pub(super) struct Lines {
    read: Vec<ReadLine>,
    /// Which of them is that of a row; `None` for one that has no line. Only used for lookups.
    rows: HashMap<Row, Option<u32>, FixedState>,
}

/// A line that was read: the number of its file, and the id of its record.
#[derive(Debug)]
struct ReadLine {
    file: usize,
    id: String,
    line: EmbeddedLine,
}

/// Claims that were read in brief.
#[derive(Debug, Default)]
pub(super) struct Brief {
    /// Rows that cannot be, so that they are to be read whole.
    pub(super) left: Vec<usize>,
    /// The ids that the others name.
    pub(super) named: BTreeSet<String>,
}

impl Brief {
    /// Adds what was read of other claims.
    pub(super) fn add(&mut self, other: Brief) {
        self.left.extend(other.left);
        self.named.extend(other.named);
    }
}

/// Rows of one table that one thread reads.
struct Piece<'r> {
    kind: RecordKind,
    part: usize,
    table: Arc<Table>,
    /// The first row of the table among all parts.
    begin: usize,
    rows: &'r [usize],
    detail: Detail,
}

/// What one thread read.
#[derive(Default)]
struct PieceRead {
    found: Vec<(Row, ReadLine)>,
    left: Vec<usize>,
    named: BTreeSet<String>,
}

impl Lines {
    /// Reads the lines of rows, those that were read before not again; each line, and the id of its
    /// record, in the order of the rows. Records of files that are kept as they stand have no line.
    pub(super) fn read(
        &mut self,
        shared: &Shared,
        rows: &BTreeSet<Row>,
    ) -> Result<Vec<(&LineContent, &str)>, SnapshotError> {
        let new: BTreeSet<Row> = (rows.iter().copied())
            .filter(|row| !self.rows.contains_key(row))
            .collect();
        self.read_pieces(shared, &new, Detail::Whole, |_| ())?;
        Ok(self.of_rows(rows.iter()))
    }

    /// The lines of rows that were read, and the ids of their records.
    fn of_rows<'r>(&self, rows: impl Iterator<Item = &'r Row>) -> Vec<(&LineContent, &str)> {
        rows.filter_map(|row| self.of_row(*row))
            .map(|one| (&one.line.content, &*one.id))
            .collect()
    }

    fn of_row(&self, row: Row) -> Option<&ReadLine> {
        let nth = self.rows.get(&row).copied().flatten()?;
        self.read.get(nth as usize)
    }

    /// The id of the record of a row whose line was read.
    pub(super) fn id(&self, row: Row) -> Option<&str> {
        self.of_row(row).map(|one| &*one.id)
    }

    /// The ids of all records whose lines were read.
    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.read.iter().map(|one| one.id.as_str())
    }

    /// Reads lines of claims in brief, those that were read before again.
    pub(super) fn read_brief(
        &mut self,
        shared: &Shared,
        rows: impl IntoIterator<Item = usize>,
        detail: Detail,
    ) -> Result<Brief, SnapshotError> {
        let kind = RecordKind::Claim;
        let rows: BTreeSet<Row> = rows.into_iter().map(|row| (kind, row)).collect();
        let mut brief = Brief::default();
        self.read_pieces(shared, &rows, detail, |read| {
            brief.left.extend(read.left);
            for name in read.named {
                brief.named.insert(name);
            }
        })?;
        for row in &brief.left {
            self.rows.remove(&(kind, *row));
        }
        Ok(brief)
    }

    fn read_pieces(
        &mut self,
        shared: &Shared,
        rows: &BTreeSet<Row>,
        detail: Detail,
        mut rest: impl FnMut(PieceRead),
    ) -> Result<(), SnapshotError> {
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
        let threads = ordered_parallel::threads(rows.len() / ROWS_EACH + 1);
        let mut tables = Vec::new();
        ordered_parallel::for_each_ordered(
            wanted.iter(),
            threads.min(wanted.len()),
            |(kind, part, ..)| shared.parts[*part].paged(kind.plural()),
            |table| {
                tables.push(table?);
                Ok::<(), SnapshotError>(())
            },
        )?;
        let mut pieces = Vec::new();
        for ((kind, part, begin, rows), table) in wanted.iter().zip(tables) {
            let threads = ordered_parallel::threads(rows.len() / ROWS_EACH + 1);
            for rows in rows.chunks(rows.len().div_ceil(threads)) {
                pieces.push(Piece {
                    kind: *kind,
                    part: *part,
                    table: Arc::clone(&table),
                    begin: *begin,
                    rows,
                    detail,
                });
            }
        }
        for row in rows {
            self.rows.entry(*row).or_default();
        }
        ordered_parallel::for_each_ordered_with(
            pieces.iter(),
            threads,
            Desk::default,
            |desk, piece| piece.read(shared, desk),
            |read| {
                let mut read = read?;
                for (row, one) in std::mem::take(&mut read.found) {
                    let nth = self.rows.entry(row).or_default();
                    match nth.and_then(|nth| self.read.get_mut(nth as usize)) {
                        Some(before) => *before = one,
                        None => {
                            *nth = Some(self.read.len() as u32);
                            self.read.push(one);
                        }
                    }
                }
                rest(read);
                Ok(())
            },
        )
    }

    /// The lines of each file, in their order.
    pub(super) fn into_files(self) -> HashMap<usize, Vec<EmbeddedLine>> {
        let mut files: HashMap<usize, Vec<EmbeddedLine>> = HashMap::new();
        for one in self.read {
            files.entry(one.file).or_default().push(one.line);
        }
        for lines in files.values_mut() {
            lines.sort_by_key(|line| line.number);
            // Of a line that was read in brief and then whole, the whole.
            lines.dedup_by(|later, earlier| {
                let is_same = later.number == earlier.number;
                if is_same {
                    std::mem::swap(later, earlier);
                }
                is_same
            });
        }
        files
    }
}

impl Piece<'_> {
    fn read(&self, shared: &Shared, desk: &mut Desk) -> Result<PieceRead, SnapshotError> {
        let (shape, wanted) = Shape::of(self.kind, self.detail, &shared.parts[self.part]);
        let table = Rows::new(Arc::clone(&self.table), wanted);
        let mut table = table.on_desk(std::mem::take(desk));
        let (mut scratch, mut read) = (Scratch::default(), PieceRead::default());
        let mut rest = self.rows;
        let gap = if self.detail.is_brief() {
            FEW_BETWEEN
        } else {
            4
        };
        while let Some(first) = rest.first().map(|row| row - self.begin) {
            // Rows that lie close are read at once, with those between them.
            let near = |pair: &[usize]| pair[1] - pair[0] <= gap;
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
                        self.row(shared, &shape, &batch, (*row, at), &mut scratch, &mut read)
                            .map_err(|Damaged| table.table().damaged())?;
                    }
                }
                from += batch.rows;
            }
            rest = left;
        }
        *desk = table.into_desk();
        Ok(read)
    }

    /// Reads a row, which stands somewhere in a batch.
    fn row(
        &self,
        shared: &Shared,
        shape: &Shape,
        batch: &Batch,
        (row, at): (usize, usize),
        scratch: &mut Scratch,
        read: &mut PieceRead,
    ) -> Result<(), Damaged> {
        let content = if let Some(of) = &shape.brief {
            let Some(content) = of.content(shape, batch, at, scratch)? else {
                read.left.push(row);
                return Ok(());
            };
            for column in &of.refers {
                for name in batch.texts(*column, at) {
                    if !read.named.contains(name) {
                        read.named.insert(name.to_owned());
                    }
                }
            }
            content
        } else {
            let Some(content) = shape.content(batch, at, scratch)? else {
                return Ok(());
            };
            content
        };
        let (file, id, line) = shape.line(shared, (self.kind, self.part), batch, at, content)?;
        let line = ReadLine { file, id, line };
        read.found.push(((self.kind, row), line));
        Ok(())
    }
}
