//! Reading a table: through, or at some rows. Pages that are not asked for are not read.

use std::ops::Range;
use std::path::{Path, PathBuf};

use parquet::column::reader::ColumnReader;
use parquet::data_type::ByteArray;
use parquet::errors::Result as ParquetResult;
use parquet::file::page_index::column_index::ColumnIndexMetaData;
use parquet::file::reader::FileReader;
use parquet::file::serialized_reader::{ReadOptionsBuilder, SerializedFileReader};

use super::super::checked::{Checked, whole};
use super::super::error::SnapshotError;

/// A table that is open.
pub(in super::super) struct Table {
    path: PathBuf,
    reader: Box<dyn FileReader>,
    /// The first row of each group of rows, and how many rows there are.
    starts: Vec<usize>,
}

impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Table")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

impl Table {
    /// Opens a table to read it through: all of it is read at once.
    pub(in super::super) fn through(path: &Path, file: &Checked) -> Result<Self, SnapshotError> {
        let opened = whole(file).and_then(|bytes| {
            let options = ReadOptionsBuilder::new().build();
            SerializedFileReader::new_with_options(bytes, options)
        });
        let opened = opened.map_err(|error| SnapshotError::parquet(path, &error))?;
        Ok(Table::of(path, Box::new(opened)))
    }

    /// Opens a table to read some of its pages.
    pub(in super::super) fn paged(path: &Path, file: Checked) -> Result<Self, SnapshotError> {
        let options = ReadOptionsBuilder::new().with_page_index().build();
        let opened = SerializedFileReader::new_with_options(file, options);
        let opened = opened.map_err(|error| SnapshotError::parquet(path, &error))?;
        Ok(Table::of(path, Box::new(opened)))
    }

    fn of(path: &Path, reader: Box<dyn FileReader>) -> Self {
        let mut starts = vec![0];
        for group in reader.metadata().row_groups() {
            let last = starts[starts.len() - 1];
            starts.push(last + usize::try_from(group.num_rows()).unwrap_or(0));
        }
        Table {
            path: path.to_owned(),
            reader,
            starts,
        }
    }

    /// How many rows there are.
    pub(in super::super) fn rows(&self) -> usize {
        self.starts[self.starts.len() - 1]
    }

    /// The rows of each group of rows.
    pub(in super::super) fn groups(&self) -> impl Iterator<Item = Range<usize>> {
        self.starts.windows(2).map(|pair| pair[0]..pair[1])
    }

    /// The pages of a sorted column in which a text can stand: their rows.
    pub(in super::super) fn pages_with(&self, column: usize, text: &str) -> Vec<Range<usize>> {
        let metadata = self.reader.metadata();
        let mut found = Vec::new();
        for group in 0..metadata.num_row_groups() {
            let index = metadata.page_index_for_row_group(group);
            let pages = index.page_locations(column);
            let (Some(ColumnIndexMetaData::BYTE_ARRAY(bounds)), Some(pages)) =
                (index.column_index(column), pages)
            else {
                continue;
            };
            let (begin, end) = (self.starts[group], self.starts[group + 1]);
            let first_row = |page: usize| {
                let location = pages.get(page);
                let row = location.and_then(|page| usize::try_from(page.first_row_index).ok());
                row.map_or(end, |row| (begin + row).min(end))
            };
            let count = pages.len().min(bounds.num_pages() as usize);
            let below = |page: usize| {
                bounds
                    .max_value(page)
                    .is_some_and(|max| max < text.as_bytes())
            };
            let (mut first, mut past) = (0, count);
            while first < past {
                let middle = first + (past - first) / 2;
                if below(middle) {
                    first = middle + 1;
                } else {
                    past = middle;
                }
            }
            let within = |page: &usize| {
                bounds
                    .min_value(*page)
                    .is_some_and(|min| min <= text.as_bytes())
            };
            let pages = (first..count).take_while(within);
            found.extend(pages.map(|page| first_row(page)..first_row(page + 1)));
        }
        found
    }

    fn fault(&self, error: &parquet::errors::ParquetError) -> SnapshotError {
        SnapshotError::parquet(&self.path, error)
    }

    pub(in super::super) fn damaged(&self) -> SnapshotError {
        SnapshotError::damaged(&self.path)
    }
}

/// Reads some columns of a table, forward.
pub(in super::super) struct Rows<T> {
    table: T,
    /// The columns; `None` for those with nothing in them.
    columns: Vec<Option<usize>>,
    readers: Vec<Option<ColumnReader>>,
    group: Option<usize>,
    /// The row that is read next.
    at: usize,
}

impl<T: std::ops::Deref<Target = Table>> Rows<T> {
    /// Reads columns; `None` for one with nothing in it, which is not read.
    pub(in super::super) fn new(table: T, columns: Vec<Option<usize>>) -> Self {
        Rows {
            table,
            columns,
            readers: Vec::new(),
            group: None,
            at: 0,
        }
    }

    pub(in super::super) fn table(&self) -> &Table {
        &self.table
    }

    /// Reads up to so many rows from a row on, which is not before what was read; fewer at the end of
    /// a group of rows.
    pub(in super::super) fn read(
        &mut self,
        row: usize,
        most: usize,
    ) -> Result<Batch, SnapshotError> {
        let group = self.table.starts.partition_point(|start| *start <= row);
        let group = group.checked_sub(1).filter(|_| row < self.table.rows());
        let group = group.ok_or_else(|| self.table.damaged())?;
        let (begin, end) = (self.table.starts[group], self.table.starts[group + 1]);
        let read = self.in_group(group, begin, row, most.min(end - row));
        read.map_err(|error| self.table.fault(&error))?
            .ok_or_else(|| self.table.damaged())
    }

    fn in_group(
        &mut self,
        group: usize,
        begin: usize,
        row: usize,
        rows: usize,
    ) -> ParquetResult<Option<Batch>> {
        if self.group != Some(group) {
            let reader = self.table.reader.get_row_group(group)?;
            self.readers.clear();
            for column in &self.columns {
                let opened = column.map(|column| reader.get_column_reader(column));
                self.readers.push(opened.transpose()?);
            }
            self.group = Some(group);
            self.at = begin;
        }
        let Some(skipped) = row.checked_sub(self.at) else {
            return Ok(None);
        };
        let mut batch = Batch {
            rows,
            columns: Vec::with_capacity(self.readers.len()),
        };
        for reader in &mut self.readers {
            let mut read = ColumnBatch::default();
            if let Some(reader) = reader
                && !read.fill(reader, skipped, rows)?
            {
                return Ok(None);
            }
            batch.columns.push(read);
        }
        self.at = row + rows;
        Ok(Some(batch))
    }
}

/// Some rows of some columns, numbered as they were asked for.
#[derive(Debug, Default)]
pub(in super::super) struct Batch {
    pub(in super::super) rows: usize,
    columns: Vec<ColumnBatch>,
}

/// Some rows of a column. One with nothing in it holds nothing here either.
#[derive(Debug, Default)]
struct ColumnBatch {
    texts: Vec<ByteArray>,
    ints: Vec<i32>,
    longs: Vec<i64>,
    reals: Vec<f64>,
    defs: Vec<i16>,
    reps: Vec<i16>,
    /// Where the values, and the levels, of each row begin; and where the last ends.
    values: Vec<u32>,
    levels: Vec<u32>,
}

macro_rules! read {
    ($reader:expr, $skipped:expr, $rows:expr, $self:ident . $values:ident) => {{
        if $skipped > 0 && $reader.skip_records($skipped)? != $skipped {
            return Ok(false);
        }
        let (defs, reps) = (&mut $self.defs, &mut $self.reps);
        let mut read = 0;
        while read < $rows {
            let more =
                $reader.read_records($rows - read, Some(defs), Some(reps), &mut $self.$values)?;
            if more.0 == 0 {
                return Ok(false);
            }
            read += more.0;
        }
        $self.$values.len()
    }};
}

impl ColumnBatch {
    /// Reads rows; whether there are as many.
    fn fill(
        &mut self,
        reader: &mut ColumnReader,
        skipped: usize,
        rows: usize,
    ) -> ParquetResult<bool> {
        let values = match reader {
            ColumnReader::ByteArrayColumnReader(reader) => read!(reader, skipped, rows, self.texts),
            ColumnReader::Int32ColumnReader(reader) => read!(reader, skipped, rows, self.ints),
            ColumnReader::Int64ColumnReader(reader) => read!(reader, skipped, rows, self.longs),
            ColumnReader::DoubleColumnReader(reader) => read!(reader, skipped, rows, self.reals),
            _ => return Ok(false),
        };
        let full = self.defs.iter().copied().max().unwrap_or(0);
        let list = !self.reps.is_empty();
        if self.defs.is_empty() {
            // Nothing may be missing: a value a row.
            self.values = (0..=rows as u32).collect();
            return Ok(values == rows);
        }
        // In a list the second level is a value, the first an item without one.
        let present = if list { 2 } else { 1 };
        if full > present {
            return Ok(false);
        }
        let mut value = 0;
        for (nth, def) in self.defs.iter().enumerate() {
            if !list || self.reps.get(nth) == Some(&0) {
                self.values.push(value);
                self.levels.push(nth as u32);
            }
            value += u32::from(*def == present);
        }
        self.values.push(value);
        self.levels.push(self.defs.len() as u32);
        Ok(self.values.len() == rows + 1 && value as usize == values)
    }

    fn range(&self, row: usize) -> std::ops::Range<usize> {
        match (self.values.get(row), self.values.get(row + 1)) {
            (Some(start), Some(end)) => *start as usize..*end as usize,
            _ => 0..0,
        }
    }
}

impl Batch {
    /// The bytes of a column in a row.
    pub(in super::super) fn bytes(&self, column: usize, row: usize) -> Option<&[u8]> {
        let column = &self.columns[column];
        column
            .texts
            .get(column.range(row))?
            .first()
            .map(ByteArray::data)
    }

    /// The text of a column in a row; `None` as well where it is none.
    pub(in super::super) fn text(&self, column: usize, row: usize) -> Option<&str> {
        std::str::from_utf8(self.bytes(column, row)?).ok()
    }

    /// The texts of a column in a row, those that are missing left out.
    pub(in super::super) fn texts(&self, column: usize, row: usize) -> impl Iterator<Item = &str> {
        let column = &self.columns[column];
        let texts = column.texts.get(column.range(row)).unwrap_or_default();
        texts
            .iter()
            .filter_map(|text| std::str::from_utf8(text.data()).ok())
    }

    /// One of the texts of a column in a row, those that are missing not counted.
    pub(in super::super) fn nth_text(&self, column: usize, row: usize, nth: usize) -> Option<&str> {
        let column = &self.columns[column];
        let text = column.texts.get(column.range(row))?.get(nth)?;
        std::str::from_utf8(text.data()).ok()
    }

    /// A number of a column in a row.
    pub(in super::super) fn number(&self, column: usize, row: usize) -> Option<i64> {
        let column = &self.columns[column];
        let range = column.range(row);
        let small = column.ints.get(range.clone()).and_then(<[i32]>::first);
        let large = column.longs.get(range).and_then(<[i64]>::first);
        small.map(|one| i64::from(*one)).or(large.copied())
    }
}
