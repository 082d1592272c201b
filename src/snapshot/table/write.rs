//! Writes a table: buffers rows, then writes them column by column.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::errors::{ParquetError, Result as ParquetResult};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterPropertiesBuilder};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::ColumnPath;

use super::super::checksummed_file::{Summed, Sums};
use super::super::error::SnapshotError;
use super::super::manifest::FORMAT;
use super::encode::{batch, group};
use super::row_buffer::{Capacity, RowBuffer};
use super::{Column, Is};

/// The file of a table in its folder.
pub(in super::super) const FILE: &str = "0.parquet";

/// The number of rows buffered before they are written: those of a row group.
pub(in super::super) const GROUP: usize = if cfg!(test) { 1 << 5 } else { 1 << 16 };

/// The number of claims that are sorted together: several row groups.
pub(in super::super) const STRETCH: usize = GROUP << 2;

/// The number of rows in a page of a column that only other engines read.
const PLAIN_ROWS: usize = 1 << 14;
/// The size of such a page.
const PLAIN_PAGE: usize = 1 << 18;

/// The size at which a page is full, before compression: small enough that a few long texts can be
/// read without decompressing many.
const PAGE: usize = 12 << 10;

/// Writes a table: row by row, or from rows buffered elsewhere.
pub(in super::super) struct TableWriter<'p> {
    path: &'p Path,
    name: &'static str,
    columns: Arc<[Column]>,
    rows_per_page: usize,
    /// The buffered rows, and their number.
    waiting: Vec<RowBuffer>,
    rows: usize,
    /// The capacity that the rows of the last row group needed.
    capacities: Vec<Capacity>,
    all_rows: u64,
    /// The columns that have contained something.
    used: Vec<bool>,
    /// The rows that are being written while further ones are buffered.
    writing: Pending,
}

/// A row group that is being written. Whoever lets go of it waits for the thread, so that nothing is written
/// into a folder that is gone.
#[derive(Default)]
struct Pending(Option<JoinHandle<ParquetResult<Out>>>);

impl Drop for Pending {
    fn drop(&mut self) {
        if let Some(thread) = self.0.take() {
            // It has failed, or was stopped, as whoever lets go of it was.
            let _ = thread.join();
        }
    }
}

/// The file of a table.
pub(super) type Out = SerializedFileWriter<Summed>;

/// A table that was written.
pub(in super::super) struct Written {
    pub(in super::super) name: &'static str,
    pub(in super::super) rows: u64,
    pub(in super::super) sums: Sums,
    pub(in super::super) empty: Vec<String>,
}

impl<'p> TableWriter<'p> {
    /// Begins a table in a folder of its own in this folder.
    pub(in super::super) fn new(
        folder: &'p Path,
        name: &'static str,
        columns: impl Into<Arc<[Column]>>,
        rows_per_page: usize,
    ) -> Self {
        let columns = columns.into();
        TableWriter {
            path: folder,
            name,
            used: vec![false; columns.len()],
            columns,
            rows_per_page,
            waiting: Vec::new(),
            rows: 0,
            capacities: Vec::new(),
            all_rows: 0,
            writing: Pending::default(),
        }
    }

    /// Writes a row: `fill` sets the columns.
    pub(in super::super) fn row(
        &mut self,
        fill: impl FnOnce(&mut RowBuffer),
    ) -> Result<(), SnapshotError> {
        if self.waiting.is_empty() {
            let rows = RowBuffer::like(&self.columns, &self.capacities);
            self.waiting.push(rows);
        }
        if let Some(last) = self.waiting.last_mut() {
            fill(last);
            last.end_row();
        }
        self.rows += 1;
        self.flush_if_full()
    }

    /// Appends buffered rows, which together with earlier ones must not exceed a row group, or must
    /// begin one.
    pub(in super::super) fn append(&mut self, rows: RowBuffer) -> Result<(), SnapshotError> {
        self.rows += rows.rows();
        self.waiting.push(rows);
        self.flush_if_full()
    }

    fn flush_if_full(&mut self) -> Result<(), SnapshotError> {
        if self.rows >= GROUP {
            if let [rows] = &self.waiting[..] {
                self.capacities = rows.capacities();
            }
            self.flush()?;
        }
        Ok(())
    }

    fn file(&self) -> std::path::PathBuf {
        self.path.join(self.name).join(FILE)
    }

    /// Starts writing the buffered rows in the background.
    pub(in super::super) fn flush(&mut self) -> Result<(), SnapshotError> {
        let mut out = self.out()?;
        let (rows, columns) = (self.taken(), self.columns.clone());
        let batch = batch(self.rows_per_page);
        let write = annals_watch::handed_on(move || {
            if !rows.is_empty() {
                group(&columns, rows, batch, &mut out)?;
            }
            Ok(out)
        });
        self.writing = Pending(Some(thread::spawn(write)));
        Ok(())
    }

    /// The rows that wait: none waits any more.
    fn taken(&mut self) -> Vec<RowBuffer> {
        self.all_rows += self.rows as u64;
        self.rows = 0;
        std::mem::take(&mut self.waiting)
    }

    /// The file, ready for the rows that wait.
    fn out(&mut self) -> Result<Out, SnapshotError> {
        for rows in &self.waiting {
            for (used, buffer) in self.used.iter_mut().zip(&rows.buffers) {
                *used |= !buffer.is_empty();
            }
        }
        let path = self.file();
        let out = match self.written() {
            Some(out) => out,
            None => {
                let file =
                    fs::create_dir(self.path.join(self.name)).and_then(|()| Summed::create(&path));
                self.begin(file.map_err(|error| SnapshotError::io(&path, &error))?)
            }
        };
        out.map_err(|error| SnapshotError::parquet(&path, &error))
    }

    /// The file, once pending rows are written; `None` if nothing has been written yet.
    fn written(&mut self) -> Option<ParquetResult<Out>> {
        let written = self.writing.0.take()?.join();
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
            .set_key_value_metadata(Some(vec![
                KeyValue::new("annals.format".to_owned(), FORMAT.to_owned()),
                KeyValue::new(
                    "annals.version".to_owned(),
                    env!("CARGO_PKG_VERSION").to_owned(),
                ),
            ]))
            .set_compression(Compression::ZSTD(level))
            .set_dictionary_enabled(false)
            .set_statistics_enabled(EnabledStatistics::None)
            .set_column_index_truncate_length(None)
            .set_write_batch_size(batch(self.rows_per_page))
            .set_data_page_size_limit(PAGE)
            .set_data_page_row_count_limit(self.rows_per_page)
            .set_max_row_group_row_count(None);
        for (column, used) in self.columns.iter().zip(&self.used) {
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
                Is::Plain => other_engines(properties, &path)
                    .set_column_encoding(path.clone(), Encoding::DELTA_LENGTH_BYTE_ARRAY),
                // An engine leaves out rows by the pages of a key, so these are as small as those of others.
                Is::Key => properties
                    .set_column_dictionary_enabled(path.clone(), true)
                    .set_column_statistics_enabled(path.clone(), EnabledStatistics::Page),
                // The few far numbers would make all others wide if they were packed bit by bit.
                Is::Bound => other_engines(properties, &path)
                    .set_column_dictionary_enabled(path.clone(), true)
                    .set_column_statistics_enabled(path.clone(), EnabledStatistics::Page),
                Is::Real | Is::Flag => properties,
            };
            if !used {
                // The metadata of an empty page costs more than its content.
                properties = properties.set_column_data_page_row_count_limit(path, GROUP);
            }
        }
        SerializedFileWriter::new(file, Arc::new(schema), Arc::new(properties.build()))
    }

    /// Finishes the table: it is on disk when this returns.
    pub(in super::super) fn finish(mut self) -> Result<Written, SnapshotError> {
        let path = self.file();
        let fault = |error: &ParquetError| SnapshotError::parquet(&path, error);
        let mut out = self.out()?;
        let rows = self.taken();
        if !rows.is_empty() {
            let written = group(&self.columns, rows, batch(self.rows_per_page), &mut out);
            written.map_err(|error| fault(&error))?;
        }
        let file = out.into_inner().map_err(|error| fault(&error))?;
        let sums = file.finish();
        let unused = self.columns.iter().zip(&self.used);
        let empty = unused.filter(|(_, used)| !**used);
        Ok(Written {
            name: self.name,
            rows: self.all_rows,
            sums: sums.map_err(|error| SnapshotError::io(&path, &error))?,
            empty: empty.map(|(column, _)| column.name.clone()).collect(),
        })
    }
}

/// Larger pages for a column of which Annals itself reads nothing.
fn other_engines(
    properties: WriterPropertiesBuilder,
    path: &ColumnPath,
) -> WriterPropertiesBuilder {
    properties
        .set_column_data_page_row_count_limit(path.clone(), PLAIN_ROWS)
        .set_column_data_page_size_limit(path.clone(), PLAIN_PAGE)
}

fn column_path(column: &Column) -> ColumnPath {
    let mut parts = vec![column.name.clone()];
    if column.is.is_list() {
        parts.extend(["list".to_owned(), "element".to_owned()]);
    }
    ColumnPath::new(parts)
}
