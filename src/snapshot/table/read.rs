//! Reads a table: sequentially, or at some rows. Pages that are not needed are not read.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use parquet::errors::{ParquetError, Result as ParquetResult};
use parquet::file::metadata::{PageIndexPolicy, ParquetMetaData, ParquetMetaDataReader};
use parquet::file::page_index::column_index::ColumnIndexMetaData;
use parquet::file::reader::ChunkReader as _;

use super::super::checksummed_file::{Checked, whole};
use super::super::error::SnapshotError;
use super::kept::Kept;
use super::page::{Pages, Unpacker};
use super::values::Values;

/// The source of a table's bytes.
pub(super) enum Source {
    /// All of them in memory.
    InMemory(Bytes),
    /// In the file.
    Paged(Checked),
}

impl Source {
    /// Some bytes from an offset on.
    pub(super) fn get(&self, start: u64, len: usize) -> ParquetResult<Bytes> {
        match self {
            Source::InMemory(bytes) => {
                let start = usize::try_from(start).unwrap_or(usize::MAX);
                let end = start.checked_add(len).filter(|end| *end <= bytes.len());
                let end = end.ok_or_else(|| ParquetError::EOF("a page".to_owned()))?;
                Ok(bytes.slice(start..end))
            }
            Source::Paged(file) => file.get_bytes(start, len),
        }
    }
}

/// A table that is open.
pub(in super::super) struct Table {
    path: PathBuf,
    source: Source,
    about: ParquetMetaData,
    /// The first row of each row group, and the total number of rows.
    starts: Vec<usize>,
    kept: Option<Kept>,
}

impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Table")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

impl Table {
    /// Opens a table to read it sequentially: the file is read into memory at once.
    pub(in super::super) fn through(path: &Path, file: &Checked) -> Result<Self, SnapshotError> {
        let opened = whole(file).and_then(|bytes| {
            let about = ParquetMetaDataReader::new()
                .with_offset_index_policy(PageIndexPolicy::Required)
                .parse_and_finish(&bytes)?;
            Ok((Source::InMemory(bytes), about))
        });
        let (source, about) = opened.map_err(|error| SnapshotError::parquet(path, &error))?;
        Ok(Table::new(path, source, about))
    }

    /// Opens a table to read some of its pages; `is_sorted` if its first column is used for
    /// lookups.
    pub(in super::super) fn paged(
        path: &Path,
        file: Checked,
        is_sorted: bool,
    ) -> Result<Self, SnapshotError> {
        let bounds = if is_sorted {
            PageIndexPolicy::Optional
        } else {
            PageIndexPolicy::Skip
        };
        let opened = ParquetMetaDataReader::new()
            .with_offset_index_policy(PageIndexPolicy::Required)
            .with_column_index_policy(bounds)
            .parse_and_finish(&file);
        let about = opened.map_err(|error| SnapshotError::parquet(path, &error))?;
        Ok(Table::new(path, Source::Paged(file), about))
    }

    fn new(path: &Path, source: Source, about: ParquetMetaData) -> Self {
        let mut starts = vec![0];
        for group in about.row_groups() {
            let last: usize = starts[starts.len() - 1];
            starts.push(last.saturating_add(usize::try_from(group.num_rows()).unwrap_or(0)));
        }
        Table {
            path: path.to_owned(),
            source,
            about,
            starts,
            kept: None,
        }
    }

    /// Keeps pages of which few rows are read.
    pub(in super::super) fn keeping(mut self, kept: Kept) -> Self {
        self.kept = Some(kept);
        self
    }

    /// The number of rows.
    pub(in super::super) fn rows(&self) -> usize {
        self.starts[self.starts.len() - 1]
    }

    /// The rows of each group of rows.
    pub(in super::super) fn groups(&self) -> impl Iterator<Item = Range<usize>> {
        self.starts.windows(2).map(|pair| pair[0]..pair[1])
    }

    /// The pages of a sorted column that can contain a text, as row ranges.
    pub(in super::super) fn pages_with(&self, column: usize, text: &str) -> Vec<Range<usize>> {
        let metadata = &self.about;
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

/// The working memory for reading rows: reused by one reader after another, for any table.
#[derive(Default)]
pub(in super::super) struct Desk(Option<Unpacker>);

/// Reads some columns of a table.
pub(in super::super) struct Rows<T> {
    table: T,
    /// The columns; `None` for empty ones.
    columns: Vec<Option<usize>>,
    pages: Vec<Option<Pages>>,
    group: Option<usize>,
    unpacker: Option<Unpacker>,
}

impl<T: std::ops::Deref<Target = Table>> Rows<T> {
    /// A reader of some columns; `None` stands for an empty one, which is not read.
    pub(in super::super) fn new(table: T, columns: Vec<Option<usize>>) -> Self {
        Rows {
            table,
            columns,
            pages: Vec::new(),
            group: None,
            unpacker: None,
        }
    }

    /// Reuses the working memory of another reader.
    pub(in super::super) fn on_desk(self, desk: Desk) -> Self {
        Rows {
            unpacker: desk.0,
            ..self
        }
    }

    /// Returns the working memory, for other readers.
    pub(in super::super) fn into_desk(mut self) -> Desk {
        if let Some(unpacker) = &mut self.unpacker {
            for pages in self.pages.into_iter().flatten() {
                pages.give_back(unpacker);
            }
        }
        Desk(self.unpacker)
    }

    pub(in super::super) fn table(&self) -> &Table {
        &self.table
    }

    /// Reads up to a number of rows from a given row on; fewer at the end of a row group.
    pub(in super::super) fn read(
        &mut self,
        row: usize,
        most: usize,
    ) -> Result<Batch, SnapshotError> {
        let group = self.table.starts.partition_point(|start| *start <= row);
        let group = group.checked_sub(1).filter(|_| row < self.table.rows());
        let group = group.ok_or_else(|| self.table.damaged())?;
        let (begin, end) = (self.table.starts[group], self.table.starts[group + 1]);
        let read = self.in_group(group, row - begin, most.min(end - row));
        read.map_err(|error| self.table.fault(&error))?
            .ok_or_else(|| self.table.damaged())
    }

    fn in_group(&mut self, group: usize, row: usize, rows: usize) -> ParquetResult<Option<Batch>> {
        if self.group != Some(group) {
            self.pages.clear();
            for column in &self.columns {
                let opened = column.map(|column| Pages::new(&self.table.about, group, column));
                if matches!(opened, Some(None)) {
                    return Ok(None);
                }
                self.pages.push(opened.flatten());
            }
            self.group = Some(group);
        }
        let unpacker = match &mut self.unpacker {
            Some(unpacker) => unpacker,
            none => none.insert(Unpacker::new()?),
        };
        let mut batch = Batch {
            rows,
            columns: Vec::with_capacity(self.pages.len()),
        };
        for pages in &mut self.pages {
            let mut column = ColumnBatch::default();
            let mut read = 0;
            while let Some(pages) = pages.as_mut().filter(|_| read < rows) {
                let wanted = (row + read, rows - read);
                let table = &*self.table;
                let (about, source, kept) = (&table.about, &table.source, table.kept.as_ref());
                let Some((first, values)) = pages.with(wanted, about, source, kept, unpacker)?
                else {
                    return Ok(None);
                };
                let in_page = row + read - first;
                let here = (values.rows() - in_page).min(rows - read);
                column.pieces.push((read, in_page, values));
                read += here;
            }
            batch.columns.push(column);
        }
        Ok(Some(batch))
    }
}

/// Some rows of some columns, in the requested order.
#[derive(Debug, Default)]
pub(in super::super) struct Batch {
    pub(in super::super) rows: usize,
    columns: Vec<ColumnBatch>,
}

/// Some rows of a column, page by page: for each page its first row in the batch, the corresponding
/// row within the page, and the page. Empty for an empty column.
#[derive(Debug, Default)]
struct ColumnBatch {
    pieces: Vec<(usize, usize, Arc<Values>)>,
}

impl ColumnBatch {
    /// The page of a row, and the range of the row's values in it.
    fn of(&self, row: usize) -> Option<(&Values, Range<usize>)> {
        let piece = match &self.pieces[..] {
            [one] => one,
            pieces => {
                let after = pieces.partition_point(|(first, ..)| *first <= row);
                pieces.get(after.checked_sub(1)?)?
            }
        };
        let (first, in_page, values) = piece;
        Some((values, values.of_row(in_page + row - first)))
    }
}

impl Batch {
    /// The bytes of a column in a row.
    pub(in super::super) fn bytes(&self, column: usize, row: usize) -> Option<&[u8]> {
        let (values, mut of_row) = self.columns[column].of(row)?;
        values.bytes(of_row.next()?)
    }

    /// The text of a column in a row; also `None` if it is not a text column.
    pub(in super::super) fn text(&self, column: usize, row: usize) -> Option<&str> {
        let (values, mut of_row) = self.columns[column].of(row)?;
        values.text(of_row.next()?)
    }

    /// The bytes of each text of a column in a row, without missing ones.
    pub(in super::super) fn each(&self, column: usize, row: usize) -> impl Iterator<Item = &[u8]> {
        let of_row = self.columns[column].of(row).into_iter();
        of_row.flat_map(|(values, of_row)| of_row.filter_map(|nth| values.bytes(nth)))
    }

    /// Each text of a column in a row; `None` for what is none.
    pub(in super::super) fn each_text(
        &self,
        column: usize,
        row: usize,
    ) -> impl Iterator<Item = Option<&str>> {
        let of_row = self.columns[column].of(row).into_iter();
        of_row.flat_map(|(values, of_row)| of_row.map(|nth| values.text(nth)))
    }

    /// The texts of a column in a row, without missing ones.
    pub(in super::super) fn texts(&self, column: usize, row: usize) -> impl Iterator<Item = &str> {
        self.each_text(column, row).flatten()
    }

    /// One of the texts of a column in a row, not counting missing ones.
    pub(in super::super) fn nth_text(&self, column: usize, row: usize, nth: usize) -> Option<&str> {
        let (values, mut of_row) = self.columns[column].of(row)?;
        values.text(of_row.nth(nth)?)
    }

    /// The number of a column in a row.
    pub(in super::super) fn number(&self, column: usize, row: usize) -> Option<i64> {
        let (values, mut of_row) = self.columns[column].of(row)?;
        values.number(of_row.next()?)
    }
}
