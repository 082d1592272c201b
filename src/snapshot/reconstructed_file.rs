//! Reproduces the fact files of a snapshot, byte for byte.

use std::io::{self, Read};
use std::sync::Arc;

use super::columns::Columns;
use super::error::SnapshotError;
use super::line_template::{self, RecordForm, Texts};
use super::manifest::InputKind;
use super::opened::{OTHER_LINES, Part, SOURCES, Shared, StoredText};
use super::table::{Batch, Rows, STRETCH, Table};
use annals_load::{EmbeddedSource, EmbeddedText, LineContent};
use annals_model::{RecordKind, Vocabulary as _};

/// A fact file of a snapshot.
#[derive(Debug)]
pub(super) struct StoredInput {
    pub(super) shared: Arc<Shared>,
    pub(super) input: usize,
}

impl EmbeddedSource for StoredInput {
    fn read(&self) -> io::Result<Box<dyn Read + Send>> {
        let shared = Arc::clone(&self.shared);
        Ok(
            if shared.manifest.inputs[self.input].kind == InputKind::JsonLines {
                Box::new(Lines::new(shared, self.input)?)
            } else {
                Box::new(Whole::new(&shared, self.input)?)
            },
        )
    }

    fn size(&self) -> u64 {
        self.shared.manifest.inputs[self.input].bytes
    }

    fn text_of(&self, offset: usize) -> io::Result<Option<EmbeddedText>> {
        let stored = self.shared.texts().get(&(self.input, offset));
        Ok(stored.map(StoredText::read).transpose()?)
    }
}

/// The bytes of a file that is kept as it stands.
struct Whole {
    bytes: io::Cursor<Vec<u8>>,
}

impl Whole {
    fn new(shared: &Shared, input: usize) -> Result<Self, SnapshotError> {
        let entry = &shared.manifest.inputs[input];
        let part = &shared.parts[entry.part];
        let table = part.through(SOURCES)?;
        let mut bytes = Vec::new();
        let [first, rows] = entry.rows.get(SOURCES).copied().unwrap_or_default();
        let mut read = Rows::new(Arc::clone(&table), vec![Some(1)]);
        let mut at = first;
        while at < first + rows {
            let batch = read.read(at, (first + rows - at).min(64))?;
            for row in 0..batch.rows {
                bytes.extend_from_slice(batch.bytes(0, row).unwrap_or_default());
            }
            at += batch.rows;
        }
        if bytes.len() as u64 != entry.bytes {
            return Err(table.damaged());
        }
        Ok(Whole {
            bytes: io::Cursor::new(bytes),
        })
    }
}

impl Read for Whole {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.bytes.read(buffer)
    }
}

/// How many rows of a table are held at once.
const AT_ONCE: usize = 1024;
/// How many bytes of lines are put together at once, or a few more.
const FILLED: usize = 1 << 16;

/// The lines of a file, put together again from the tables that hold them.
struct Lines {
    tables: Vec<Cursor>,
    /// How many lines, and bytes, are still to come.
    left: u64,
    bytes: u64,
    /// The number of the next line, from 1.
    next: i64,
    filled: Vec<u8>,
    read: usize,
    line: String,
    shared: Arc<Shared>,
}

impl Lines {
    fn new(shared: Arc<Shared>, input: usize) -> Result<Self, SnapshotError> {
        let entry = &shared.manifest.inputs[input];
        let part = &shared.parts[entry.part];
        let mut tables = Vec::new();
        for kind in RecordKind::ALL {
            if let Some(range) = entry.rows.get(kind.plural()).filter(|range| range[1] > 0) {
                tables.push(Cursor::of_records(part, *kind, *range)?);
            }
        }
        if let Some(range) = entry.rows.get(OTHER_LINES).filter(|range| range[1] > 0) {
            tables.push(Cursor::of_lines(part, *range)?);
        }
        Ok(Lines {
            tables,
            left: entry.lines,
            bytes: entry.bytes,
            next: 1,
            filled: Vec::new(),
            read: 0,
            line: String::new(),
            shared,
        })
    }

    fn damaged(&self) -> SnapshotError {
        SnapshotError::damaged(&self.shared.folder)
    }

    fn fill(&mut self) -> Result<(), SnapshotError> {
        self.filled.clear();
        self.read = 0;
        while self.filled.len() < FILLED && self.left > 0 {
            let next = self.next;
            let holder = self
                .tables
                .iter()
                .position(|table| table.line() == Some(next));
            let Some(holder) = holder else {
                return Err(self.damaged());
            };
            let before = self.filled.len();
            self.tables[holder].take(&mut self.line, &mut self.filled)?;
            self.next += 1;
            self.left -= 1;
            let len = (self.filled.len() - before) as u64;
            let rest = self.bytes.checked_sub(len).ok_or_else(|| self.damaged())?;
            // The last line need not have an end.
            if rest > 0 {
                self.filled.push(b'\n');
            }
            self.bytes = rest.saturating_sub(1);
            if self.left == 0 && self.bytes > 0 {
                return Err(self.damaged());
            }
        }
        Ok(())
    }
}

impl Read for Lines {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.read == self.filled.len() {
            self.fill()?;
        }
        let rest = &self.filled[self.read..];
        let len = rest.len().min(buffer.len());
        buffer[..len].copy_from_slice(&rest[..len]);
        self.read += len;
        Ok(len)
    }
}

/// A table of which the rows of one file are read through.
struct Cursor {
    rows: Rows<Arc<Table>>,
    /// The next row, and the row after the last.
    at: usize,
    end: usize,
    batch: Batch,
    /// Which row of the batch is next.
    in_batch: usize,
    wiring: Wiring,
    /// Where rows do not stand as their lines do, the lines of those that were sorted together.
    sorted: Option<Sorted>,
}

/// The lines of some rows, in the order in which they stand in their file.
#[derive(Default)]
struct Sorted {
    text: Vec<u8>,
    /// The number of each line, and where it lies in the text.
    lines: Vec<(i64, std::ops::Range<usize>)>,
    next: usize,
}

/// Which columns of a batch are what.
#[derive(Debug, Clone)]
pub(super) struct Wiring {
    pub(super) line: usize,
    /// The form, and the line as it stands; of lines of no record the latter alone.
    pub(super) form: Option<usize>,
    pub(super) raw: usize,
    /// Where each column of texts is among those that are read.
    pub(super) texts: Vec<Option<usize>>,
}

/// The columns that lines are put together from, by their numbers, and which is which.
pub(super) fn line_columns(part: &Part, kind: RecordKind) -> (Vec<Option<usize>>, Wiring) {
    let columns = Columns::of(kind);
    let texts: Vec<usize> = columns.texts().collect();
    columns_for(part, kind, &columns, &texts)
}

/// The same, of these columns of texts alone.
pub(super) fn columns_for(
    part: &Part,
    kind: RecordKind,
    columns: &Columns,
    of_texts: &[usize],
) -> (Vec<Option<usize>>, Wiring) {
    let mut read: Vec<Option<usize>> = Vec::new();
    let mut add = |column: usize| {
        let used = !part.is_empty(kind.plural(), &columns.all[column].name);
        read.push(used.then_some(column));
        read.len() - 1
    };
    let mut texts = vec![None; columns.all.len()];
    for &column in of_texts {
        texts[column] = Some(add(column));
    }
    let wiring = Wiring {
        line: add(columns.line),
        form: Some(add(columns.form)),
        raw: add(columns.raw),
        texts,
    };
    (read, wiring)
}

impl Wiring {
    /// Puts the line of a row together; `None` where it cannot be.
    pub(super) fn line_of(
        &self,
        batch: &Batch,
        row: usize,
        line: &mut String,
        out: &mut Vec<u8>,
    ) -> Option<()> {
        if let Some(raw) = batch.bytes(self.raw, row) {
            out.extend_from_slice(raw);
            return Some(());
        }
        self.fill(batch.text(self.form?, row)?, batch, row, line)?;
        out.extend_from_slice(line.as_bytes());
        Some(())
    }

    /// Puts the texts of a row into a form; `None` where they are not those that it asks for.
    pub(super) fn fill(
        &self,
        form: &str,
        batch: &Batch,
        row: usize,
        line: &mut String,
    ) -> Option<()> {
        line.clear();
        line_template::join(form, self.next_text(batch, row), line)
    }

    /// Puts the record of a row together, without its line; `None` where the texts of the row are not
    /// those that the form asks for.
    pub(super) fn record(
        &self,
        form: &RecordForm,
        batch: &Batch,
        row: usize,
        texts: &mut Texts,
    ) -> Option<LineContent> {
        form.record(self.next_text(batch, row), texts)
    }

    /// How many bytes of white space stand before the record of a row, and how many characters that has;
    /// `None` where the texts of the row are not those that the form asks for.
    pub(super) fn extent(
        &self,
        form: &RecordForm,
        batch: &Batch,
        row: usize,
    ) -> Option<(usize, usize)> {
        form.extent(self.next_text(batch, row))
    }

    /// The texts of a row: each time the next one of a column.
    fn next_text<'b>(&self, batch: &'b Batch, row: usize) -> impl FnMut(usize) -> Option<&'b str> {
        let mut taken = [0_usize; 64];
        move |column| {
            let read = (*self.texts.get(column)?)?;
            let nth = taken.get_mut(column)?;
            let text = batch.nth_text(read, row, *nth);
            *nth += 1;
            text
        }
    }
}

impl Cursor {
    fn of_records(part: &Part, kind: RecordKind, range: [usize; 2]) -> Result<Self, SnapshotError> {
        let (columns, wiring) = line_columns(part, kind);
        let table = part.through(kind.plural())?;
        let sorted = (kind == RecordKind::Claim).then(Sorted::default);
        Cursor::new(Rows::new(table, columns), wiring, range, sorted)
    }

    fn of_lines(part: &Part, range: [usize; 2]) -> Result<Self, SnapshotError> {
        let wiring = Wiring {
            line: 0,
            form: None,
            raw: 1,
            texts: Vec::new(),
        };
        let table = part.through(OTHER_LINES)?;
        Cursor::new(
            Rows::new(table, vec![Some(1), Some(2)]),
            wiring,
            range,
            None,
        )
    }

    fn new(
        rows: Rows<Arc<Table>>,
        wiring: Wiring,
        [first, count]: [usize; 2],
        sorted: Option<Sorted>,
    ) -> Result<Self, SnapshotError> {
        let mut cursor = Cursor {
            rows,
            at: first,
            end: first.saturating_add(count),
            batch: Batch::default(),
            in_batch: 0,
            wiring,
            sorted,
        };
        cursor.refill()?;
        Ok(cursor)
    }

    fn refill(&mut self) -> Result<(), SnapshotError> {
        match self.sorted.take() {
            None => self.next_batch(),
            Some(sorted) if sorted.next < sorted.lines.len() || self.at == self.end => {
                self.sorted = Some(sorted);
                Ok(())
            }
            Some(sorted) => {
                self.sorted = Some(self.sort_stretch(sorted)?);
                Ok(())
            }
        }
    }

    fn next_batch(&mut self) -> Result<(), SnapshotError> {
        if self.in_batch < self.batch.rows || self.at == self.end {
            return Ok(());
        }
        self.batch = self.rows.read(self.at, (self.end - self.at).min(AT_ONCE))?;
        self.at += self.batch.rows;
        self.in_batch = 0;
        Ok(())
    }

    /// Reads all that is left of the rows that were sorted together, into room that was used before.
    fn sort_stretch(&mut self, mut sorted: Sorted) -> Result<Sorted, SnapshotError> {
        sorted.text.clear();
        sorted.lines.clear();
        sorted.next = 0;
        let end = ((self.at / STRETCH + 1) * STRETCH).min(self.end);
        let mut line = String::new();
        while self.at < end {
            let batch = self.rows.read(self.at, (end - self.at).min(AT_ONCE))?;
            for row in 0..batch.rows {
                let start = sorted.text.len();
                let number = batch.number(self.wiring.line, row);
                let joined = self
                    .wiring
                    .line_of(&batch, row, &mut line, &mut sorted.text);
                let number = number.zip(joined).map(|(number, ())| number);
                let number = number.ok_or_else(|| self.rows.table().damaged())?;
                sorted.lines.push((number, start..sorted.text.len()));
            }
            self.at += batch.rows;
        }
        sorted.lines.sort_unstable_by_key(|(number, _)| *number);
        Ok(sorted)
    }

    /// The number of the next line.
    fn line(&self) -> Option<i64> {
        if let Some(sorted) = &self.sorted {
            return sorted.lines.get(sorted.next).map(|(number, _)| *number);
        }
        if self.in_batch == self.batch.rows {
            return None;
        }
        self.batch.number(self.wiring.line, self.in_batch)
    }

    /// Adds the next line.
    fn take(&mut self, line: &mut String, out: &mut Vec<u8>) -> Result<(), SnapshotError> {
        if let Some(sorted) = &mut self.sorted {
            let next = sorted.lines.get(sorted.next);
            let (_, place) = next.ok_or_else(|| self.rows.table().damaged())?;
            out.extend_from_slice(&sorted.text[place.clone()]);
            sorted.next += 1;
        } else {
            let joined = self.wiring.line_of(&self.batch, self.in_batch, line, out);
            joined.ok_or_else(|| self.rows.table().damaged())?;
            self.in_batch += 1;
        }
        self.refill()
    }
}
