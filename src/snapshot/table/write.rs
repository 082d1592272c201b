//! Writing a table: rows are gathered, then written column by column.

use std::path::Path;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use bytes::Bytes;
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::{ParquetError, Result as ParquetResult};
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::ColumnPath;

use super::super::checked::{Summed, Sums};
use super::super::error::SnapshotError;
use super::{Column, Is};

/// How many rows are gathered before they are written.
const GROUP: usize = 1 << 18;

/// How many rows are written before it is seen whether a page is full.
const BATCH: usize = 128;

/// A page of more bytes, before it is packed, is full, so that a few long texts can be had without
/// unpacking many.
const PAGE: usize = 12 << 10;

/// Writes a table, row by row: each column is given its value, then the row is ended.
pub(in super::super) struct TableWriter<'p> {
    path: &'p Path,
    name: &'static str,
    columns: Vec<Column>,
    buffers: Vec<Buffer>,
    rows_per_page: usize,
    rows: usize,
    all_rows: u64,
    /// Columns that have held something.
    used: Vec<bool>,
    /// The rows that are being written while further ones are gathered.
    writing: Option<JoinHandle<ParquetResult<Out>>>,
}

/// The file of a table.
type Out = SerializedFileWriter<Summed>;

/// The values of a column that wait to be written.
#[derive(Debug, Default)]
struct Buffer {
    bytes: Vec<u8>,
    /// Where each text ends in `bytes`.
    ends: Vec<usize>,
    ints: Vec<i32>,
    longs: Vec<i64>,
    reals: Vec<f64>,
    /// A level a value, of lists an item; what comes after the last of them is missing.
    defs: Vec<i16>,
    reps: Vec<i16>,
    /// How many rows have levels: one more than were ended where this one has a value.
    filled: usize,
}

/// A table that was written.
pub(in super::super) struct Written {
    pub(in super::super) name: &'static str,
    pub(in super::super) rows: u64,
    pub(in super::super) sums: Sums,
    pub(in super::super) empty: Vec<String>,
}

impl<'p> TableWriter<'p> {
    /// Begins a table in a folder.
    pub(in super::super) fn new(
        folder: &'p Path,
        name: &'static str,
        columns: Vec<Column>,
        rows_per_page: usize,
    ) -> Self {
        let buffers = columns.iter().map(|_| Buffer::default()).collect();
        TableWriter {
            path: folder,
            name,
            used: vec![false; columns.len()],
            columns,
            buffers,
            rows_per_page,
            rows: 0,
            all_rows: 0,
            writing: None,
        }
    }

    /// The text of a column of single texts.
    pub(in super::super) fn text(&mut self, column: usize, text: Option<&str>) {
        self.bytes(column, text.map(str::as_bytes));
    }

    /// The bytes of a column.
    pub(in super::super) fn bytes(&mut self, column: usize, bytes: Option<&[u8]>) {
        let Some(bytes) = bytes else { return };
        let buffer = &mut self.buffers[column];
        buffer.value(self.rows);
        buffer.bytes.extend_from_slice(bytes);
        buffer.ends.push(buffer.bytes.len());
    }

    /// The next item of a column of lists.
    pub(in super::super) fn item(&mut self, column: usize, item: Option<&str>) {
        let buffer = &mut self.buffers[column];
        let begun = buffer.filled > self.rows;
        if !begun {
            buffer.fill(self.rows, true);
            buffer.filled = self.rows + 1;
        }
        buffer.reps.push(i16::from(begun));
        buffer.defs.push(1 + i16::from(item.is_some()));
        if let Some(item) = item {
            buffer.bytes.extend_from_slice(item.as_bytes());
            buffer.ends.push(buffer.bytes.len());
        }
    }

    /// A day or a whole number.
    pub(in super::super) fn number(&mut self, column: usize, number: Option<i64>) {
        let Some(number) = number else { return };
        let long = self.columns[column].is == Is::Long;
        let buffer = &mut self.buffers[column];
        buffer.value(self.rows);
        if long {
            buffer.longs.push(number);
        } else {
            // Rows, lines and days: what does not fit is more than a table can have.
            buffer.ints.push(i32::try_from(number).unwrap_or(i32::MAX));
        }
    }

    /// A number with a fraction.
    pub(in super::super) fn real(&mut self, column: usize, number: Option<f64>) {
        let Some(number) = number else { return };
        let buffer = &mut self.buffers[column];
        buffer.value(self.rows);
        buffer.reals.push(number);
    }

    /// Ends a row: columns that were not given anything have nothing in it.
    pub(in super::super) fn end_row(&mut self) -> Result<(), SnapshotError> {
        self.rows += 1;
        if self.rows == GROUP {
            self.flush()?;
        }
        Ok(())
    }

    fn file(&self) -> std::path::PathBuf {
        self.path.join(format!("{}.parquet", self.name))
    }

    /// Has the rows that were gathered written, beside whatever is done next.
    pub(in super::super) fn flush(&mut self) -> Result<(), SnapshotError> {
        let path = self.file();
        for (used, buffer) in self.used.iter_mut().zip(&self.buffers) {
            *used |= !buffer.is_empty();
        }
        let fault = |error: &ParquetError| SnapshotError::parquet(&path, error);
        let mut out = match self.written() {
            Some(out) => out.map_err(|error| fault(&error))?,
            None => {
                let file = Summed::create(&path);
                let file = file.map_err(|error| SnapshotError::io(&path, &error))?;
                self.begin(file).map_err(|error| fault(&error))?
            }
        };
        let fresh = self.columns.iter().map(|_| Buffer::default()).collect();
        let buffers = std::mem::replace(&mut self.buffers, fresh);
        let (columns, rows) = (self.columns.clone(), self.rows);
        self.writing = Some(thread::spawn(move || {
            if rows > 0 {
                group(&columns, buffers, rows, &mut out)?;
            }
            Ok(out)
        }));
        self.all_rows += rows as u64;
        self.rows = 0;
        Ok(())
    }

    /// The file, when what was written last is in it; `None` before anything was.
    fn written(&mut self) -> Option<ParquetResult<Out>> {
        let written = self.writing.take()?.join();
        Some(written.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    }

    fn begin(&self, file: Summed) -> ParquetResult<SerializedFileWriter<Summed>> {
        let columns = self.columns.iter();
        let columns: String = columns
            .map(|column| column.is.declared(&column.name))
            .collect();
        let schema = parse_message_type(&format!("message {} {{ {columns} }}", self.name))?;
        let level = ZstdLevel::try_new(3)?;
        let mut properties = WriterProperties::builder()
            .set_created_by(format!("annals {}", env!("CARGO_PKG_VERSION")))
            .set_compression(Compression::ZSTD(level))
            .set_dictionary_enabled(false)
            .set_statistics_enabled(EnabledStatistics::None)
            .set_column_index_truncate_length(None)
            .set_write_batch_size(self.rows_per_page.min(BATCH))
            .set_data_page_size_limit(PAGE)
            .set_data_page_row_count_limit(self.rows_per_page)
            .set_max_row_group_row_count(None);
        for (column, buffer) in self.columns.iter().zip(&self.buffers) {
            let path = column_path(column);
            properties = match column.is {
                Is::Word | Is::Words => {
                    properties.set_column_dictionary_enabled(path.clone(), true)
                }
                Is::Text | Is::Texts | Is::Bytes => {
                    properties.set_column_encoding(path.clone(), Encoding::DELTA_LENGTH_BYTE_ARRAY)
                }
                Is::Sorted => properties
                    .set_column_encoding(path.clone(), Encoding::DELTA_BYTE_ARRAY)
                    .set_column_statistics_enabled(path.clone(), EnabledStatistics::Page),
                Is::Day => properties
                    .set_column_encoding(path.clone(), Encoding::DELTA_BINARY_PACKED)
                    // Numbers that are packed bit by bit grow no smaller.
                    .set_column_compression(path.clone(), Compression::UNCOMPRESSED)
                    .set_column_statistics_enabled(path.clone(), EnabledStatistics::Page),
                Is::Row => {
                    properties.set_column_encoding(path.clone(), Encoding::DELTA_BINARY_PACKED)
                }
                Is::Number | Is::Long => properties
                    .set_column_encoding(path.clone(), Encoding::DELTA_BINARY_PACKED)
                    .set_column_compression(path.clone(), Compression::UNCOMPRESSED),
                Is::Real => properties,
            };
            if buffer.is_empty() {
                // Pages with nothing in them cost more than what is in them.
                properties = properties.set_column_data_page_row_count_limit(path, GROUP);
            }
        }
        SerializedFileWriter::new(file, Arc::new(schema), Arc::new(properties.build()))
    }

    /// Ends the table: it is on the disk when this returns.
    pub(in super::super) fn finish(mut self) -> Result<Written, SnapshotError> {
        if self.rows > 0 || self.writing.is_none() {
            self.flush()?;
        }
        let path = self.file();
        let out = self.written();
        let unused = self.columns.iter().zip(&self.used);
        let empty = unused.filter(|(_, used)| !**used);
        let empty = empty.map(|(column, _)| column.name.clone()).collect();
        let Some(out) = out else {
            return Err(SnapshotError::new(&path, "nothing was written"));
        };
        let file = out
            .and_then(Out::into_inner)
            .map_err(|error| SnapshotError::parquet(&path, &error))?;
        let sums = file.finish();
        Ok(Written {
            name: self.name,
            rows: self.all_rows,
            sums: sums.map_err(|error| SnapshotError::io(&path, &error))?,
            empty,
        })
    }
}

/// Writes rows, column by column.
fn group(
    columns: &[Column],
    buffers: Vec<Buffer>,
    rows: usize,
    out: &mut Out,
) -> ParquetResult<()> {
    let mut group = out.next_row_group()?;
    for (column, mut taken) in columns.iter().zip(buffers) {
        taken.fill(rows, column.is.is_list());
        let Some(mut writer) = group.next_column()? else {
            break;
        };
        let reps = (column.is.is_list()).then_some(&taken.reps[..]);
        let defs = (column.is != Is::Sorted).then_some(&taken.defs[..]);
        match writer.untyped() {
            ColumnWriter::ByteArrayColumnWriter(writer) => {
                let texts = texts(taken.bytes, &taken.ends);
                writer.write_batch(&texts, defs, reps)?;
            }
            ColumnWriter::Int32ColumnWriter(writer) => {
                writer.write_batch(&taken.ints, defs, reps)?;
            }
            ColumnWriter::Int64ColumnWriter(writer) => {
                writer.write_batch(&taken.longs, defs, reps)?;
            }
            ColumnWriter::DoubleColumnWriter(writer) => {
                writer.write_batch(&taken.reals, defs, reps)?;
            }
            // No column is declared so.
            _ => {}
        }
        writer.close()?;
    }
    group.close()?;
    Ok(())
}

impl Buffer {
    /// Notes that the rows before this one have nothing.
    fn fill(&mut self, rows: usize, is_list: bool) {
        let missing = rows.saturating_sub(self.filled);
        self.defs.resize(self.defs.len() + missing, 0);
        if is_list {
            self.reps.resize(self.reps.len() + missing, 0);
        }
        self.filled = self.filled.max(rows);
    }

    /// Notes that this row has a value.
    fn value(&mut self, row: usize) {
        self.fill(row, false);
        self.defs.push(1);
        self.filled = row + 1;
    }

    fn is_empty(&self) -> bool {
        self.ends.is_empty()
            && self.ints.is_empty()
            && self.longs.is_empty()
            && self.reals.is_empty()
    }
}

/// The texts of a buffer, none of them copied.
fn texts(bytes: Vec<u8>, ends: &[usize]) -> Vec<ByteArray> {
    let (all, mut start) = (Bytes::from(bytes), 0);
    let each = ends.iter().map(|&end| {
        let text = all.slice(start..end);
        start = end;
        ByteArray::from(text)
    });
    each.collect()
}

fn column_path(column: &Column) -> ColumnPath {
    let mut parts = vec![column.name.clone()];
    if column.is.is_list() {
        parts.extend(["list".to_owned(), "element".to_owned()]);
    }
    ColumnPath::new(parts)
}
