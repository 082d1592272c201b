//! The lines of single records.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::super::columns::Columns;
use super::super::error::SnapshotError;
use super::super::form;
use super::super::opened::{Part, Shared};
use super::super::stored::{Wiring, columns_for, line_columns};
use super::super::table::{Batch, Rows, Table};
use super::find::Row;
use crate::in_order;
use crate::load::StoredLine;
use crate::model::{RecordKind, Vocabulary as _};

/// How many rows are worth another thread.
const ROWS_EACH: usize = 48;
/// How many rows that follow each other closely are read at once.
const AT_ONCE: usize = 512;
/// Of few columns, so many rows between two that are wanted are read as well.
const FEW_BETWEEN: usize = 32;

/// The lines that have been read, by file and number.
#[derive(Debug, Default)]
pub(super) struct Lines {
    of: BTreeMap<usize, BTreeMap<usize, StoredLine>>,
    /// Where the line of a row is, and the id of its record; `None` for one that has no line.
    rows: BTreeMap<Row, Option<(usize, usize, String)>>,
}

/// What of a claim decides where its speaker stood, and when, as long as it has a date.
const BRIEF: &[&str] = &[
    "type",
    "id",
    "speaker",
    "stance",
    "act",
    "mode",
    "tags",
    "said",
    "responds_to",
    "retracted",
];
/// Of these, what refers to what must be read too.
const BRIEF_REFERS: &[&str] = &["speaker", "stance_toward"];

/// Claims that were read in brief.
#[derive(Debug, Default)]
pub(super) struct Brief {
    /// Rows that cannot be, so that they are to be read whole.
    pub(super) left: Vec<usize>,
    /// The ids that the others name.
    pub(super) named: BTreeSet<String>,
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
    in_brief: bool,
}

/// What one thread read.
#[derive(Default)]
struct PieceRead {
    found: Vec<Found>,
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
    ) -> Result<Vec<(&str, &str)>, SnapshotError> {
        let new: BTreeSet<Row> = (rows.iter().copied())
            .filter(|row| !self.rows.contains_key(row))
            .collect();
        self.read_pieces(shared, &new, false, |_| ())?;
        Ok(self.of_rows(rows.iter()))
    }

    /// The lines of rows that were read, and the ids of their records.
    fn of_rows<'r>(&self, rows: impl Iterator<Item = &'r Row>) -> Vec<(&str, &str)> {
        let mut read = Vec::new();
        for row in rows {
            if let Some(Some((file, number, id))) = self.rows.get(row)
                && let Some(line) = self.of.get(file).and_then(|lines| lines.get(number))
            {
                read.push((&*line.text, &**id));
            }
        }
        read
    }

    /// The ids of all records whose lines were read.
    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        let known = self.rows.values().flatten();
        known.map(|(_, _, id)| id.as_str())
    }

    /// Reads of claims only what says who stood where, and when: a line without the rest.
    pub(super) fn read_brief(
        &mut self,
        shared: &Shared,
        rows: &[usize],
    ) -> Result<Brief, SnapshotError> {
        let kind = RecordKind::Claim;
        let rows: BTreeSet<Row> = rows.iter().map(|row| (kind, *row)).collect();
        let mut brief = Brief::default();
        self.read_pieces(shared, &rows, true, |read| {
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
        in_brief: bool,
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
        let mut pieces = Vec::new();
        for (kind, part, begin, rows) in &wanted {
            let table = shared.parts[*part].paged(kind.plural())?;
            let threads = in_order::threads(rows.len() / ROWS_EACH + 1);
            for rows in rows.chunks(rows.len().div_ceil(threads)) {
                pieces.push(Piece {
                    kind: *kind,
                    part: *part,
                    table: Arc::clone(&table),
                    begin: *begin,
                    rows,
                    in_brief,
                });
            }
        }
        let threads = in_order::threads(rows.len() / ROWS_EACH + 1);
        self.rows.extend(rows.iter().map(|row| (*row, None)));
        in_order::in_order(
            pieces.iter(),
            threads,
            |piece| piece.read(shared),
            |read| {
                let mut read = read?;
                for one in std::mem::take(&mut read.found) {
                    let number = one.line.number;
                    self.of
                        .entry(one.file)
                        .or_default()
                        .insert(number, one.line);
                    self.rows.insert(one.row, Some((one.file, number, one.id)));
                }
                rest(read);
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
    fn read(&self, shared: &Shared) -> Result<PieceRead, SnapshotError> {
        let (shape, wanted) = Shape::of(self, &shared.parts[self.part]);
        let mut table = Rows::new(Arc::clone(&self.table), wanted);
        let (mut scratch, mut read) = (Scratch::default(), PieceRead::default());
        let mut rest = self.rows;
        let gap = if self.in_brief { FEW_BETWEEN } else { 4 };
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
        if let Some(of) = &shape.brief {
            if !of.fill(shape, batch, at, scratch)? {
                read.left.push(row);
                return Ok(());
            }
            for column in &of.refers {
                for name in batch.texts(*column, at) {
                    if !read.named.contains(name) {
                        read.named.insert(name.to_owned());
                    }
                }
            }
        } else if !shape.fill(batch, at, scratch)? {
            return Ok(());
        }
        let (file, id, line) = shape.line(shared, self.kind, batch, at, &scratch.line)?;
        let row = (self.kind, row);
        read.found.push(Found {
            row,
            file,
            id,
            line,
        });
        Ok(())
    }
}

/// The tables do not hold what they must.
struct Damaged;

#[derive(Default)]
struct Scratch {
    line: String,
    bytes: Vec<u8>,
    /// For each form what is left of it in brief; `None` where nothing can be left out.
    forms: HashMap<String, Option<String>>,
}

/// Which columns of a batch are what.
struct Shape {
    wiring: Wiring,
    id: Option<usize>,
    /// The column of the file, and after it that of the offset.
    more: usize,
    brief: Option<BriefShape>,
}

/// Which columns of a batch are what, where lines are read in brief.
struct BriefShape {
    columns: Columns,
    /// The columns of the first and the last day.
    days: [usize; 2],
    refers: Vec<usize>,
}

impl BriefShape {
    /// Puts a line together without what is not wanted; false where it must be read whole: it is kept
    /// as it stands, or has no date of its own.
    fn fill(
        &self,
        shape: &Shape,
        batch: &Batch,
        row: usize,
        scratch: &mut Scratch,
    ) -> Result<bool, Damaged> {
        let wiring = &shape.wiring;
        let is_dated = self
            .days
            .iter()
            .any(|day| batch.number(*day, row).is_some());
        if !is_dated || batch.bytes(wiring.raw, row).is_some() {
            return Ok(false);
        }
        if batch.number(wiring.line, row).is_none() {
            return Ok(false);
        }
        let form = wiring.form.and_then(|form| batch.text(form, row));
        let form = form.ok_or(Damaged)?;
        if !scratch.forms.contains_key(form) {
            let brief = form::brief(form, &self.columns, BRIEF);
            scratch.forms.insert(form.to_owned(), brief);
        }
        let Some(Some(form)) = scratch.forms.get(form) else {
            return Ok(false);
        };
        let filled = wiring.fill(form, batch, row, &mut scratch.line);
        filled.map(|()| true).ok_or(Damaged)
    }
}

impl Shape {
    /// The columns that a piece needs, and which they are.
    fn of(piece: &Piece<'_>, part: &Part) -> (Shape, Vec<Option<usize>>) {
        let kind = piece.kind;
        let columns = Columns::of(kind);
        let of_brief = |column: &usize| {
            let mut fields = BRIEF.iter();
            fields.any(|field| columns.of_field(field).contains(column))
        };
        let (mut wanted, wiring) = if piece.in_brief {
            let texts: Vec<usize> = columns.texts().filter(of_brief).collect();
            columns_for(part, kind, &columns, &texts)
        } else {
            line_columns(part, kind)
        };
        let more = wanted.len();
        wanted.extend([columns.file, columns.offset].map(Some));
        let id = wiring.texts[columns.id];
        let days = columns.days.iter().find(|(field, ..)| *field == "said");
        let brief = days.filter(|_| piece.in_brief).map(|(_, first, last)| {
            let used = |column: &usize| !part.is_empty(kind.plural(), &columns.all[*column].name);
            let days = [*first, *last].map(|column| {
                wanted.push(Some(column).filter(used));
                wanted.len() - 1
            });
            let refers = BRIEF_REFERS.iter().filter_map(|name| columns.number(name));
            let refers = refers.filter_map(|column| wiring.texts[column]).collect();
            (days, refers)
        });
        let brief = brief.map(|(days, refers)| BriefShape {
            columns,
            days,
            refers,
        });
        let shape = Shape {
            wiring,
            id,
            more,
            brief,
        };
        (shape, wanted)
    }

    /// Puts the line of a row together; false for a record without a line.
    fn fill(&self, batch: &Batch, row: usize, scratch: &mut Scratch) -> Result<bool, Damaged> {
        let Some(number) = batch.number(self.wiring.line, row) else {
            return Ok(false);
        };
        let Scratch { line, bytes, .. } = scratch;
        bytes.clear();
        let joined = self.wiring.line_of(batch, row, line, bytes);
        let text = joined.and_then(|()| std::str::from_utf8(bytes).ok());
        let mut text = text.ok_or(Damaged)?;
        if number == 1 {
            // The mark says how the file is written, and stands before its first line.
            text = text.strip_prefix('\u{feff}').unwrap_or(text);
        }
        line.clear();
        line.push_str(text);
        Ok(true)
    }

    /// The line of a row, whose text was put together: its file, its record's id, and where it stands.
    fn line(
        &self,
        shared: &Shared,
        kind: RecordKind,
        batch: &Batch,
        row: usize,
        text: &str,
    ) -> Result<(usize, String, StoredLine), Damaged> {
        let count = |number: Option<i64>| number.and_then(|number| usize::try_from(number).ok());
        let number = count(batch.number(self.wiring.line, row)).ok_or(Damaged)?;
        let file = count(batch.number(self.more, row)).ok_or(Damaged)?;
        let offset = count(batch.number(self.more + 1, row)).ok_or(Damaged)?;
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
        let line = StoredLine {
            start,
            text,
            number,
            nth,
        };
        Ok((file, id, line))
    }
}
