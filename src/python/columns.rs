//! Rows as columns (Arrow), for data frames and SQL.
//!
//! A column is made for each key of the rows, as their JSON Schema describes it. A date is four columns:
//! as written, first and last day, precision; with bounds, four more.

mod append;
mod column;
mod plan;
mod text;

use std::collections::BTreeMap;
use std::io;
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use annals_cli::embedded::{EachRow, KeptRows, Row, RowSink, in_pieces};
use arrow_array::cast::AsArray as _;
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{Array as _, Int64Array, RecordBatch, RecordBatchIterator};
use arrow_schema::ffi::FFI_ArrowSchema;
use arrow_schema::{ArrowError, Schema};
use serde::Serialize as _;
use serde_json::Value;

use append::Append;
use column::{Blanks, Column};
pub(crate) use plan::Plan;
pub(crate) use text::TextsAs;

/// How many rows a batch has.
const BATCH: usize = 65_536;

/// The rows of a large answer, of which no JSON is made.
#[derive(Debug)]
pub(crate) struct LargeAnswer {
    columns: Columns,
    /// So many rows are many.
    least: usize,
    /// The rows, if they can be made at any time.
    kept: OnceLock<Arc<dyn KeptRows>>,
    /// If not, the batches that were made of them, each under the number of its first row.
    batches: Mutex<BTreeMap<usize, RecordBatch>>,
}

/// What batches are made with.
#[derive(Debug)]
struct Columns {
    plan: Plan,
    schema: Arc<Schema>,
    texts: TextsAs,
    blanks: Blanks,
}

impl Columns {
    fn new(plan: Plan, texts: TextsAs) -> Self {
        Columns {
            schema: Arc::new(Schema::new(plan.fields(texts))),
            plan,
            texts,
            blanks: Blanks::default(),
        }
    }

    /// A batch of some rows.
    fn batch(&self, each: &EachRow<'_>) -> io::Result<RecordBatch> {
        let mut columns = Column::of_fields(self.plan.each(), self.texts);
        let mut rows = 0;
        each(&mut |row| {
            row.serialize(Append::new(&mut columns, rows))?;
            rows += 1;
            Ok(())
        })?;
        self.of_columns(columns, rows).map_err(io::Error::other)
    }

    fn of_columns(&self, columns: Column, rows: usize) -> Result<RecordBatch, ArrowError> {
        let columns = columns.finish_fields(rows, &self.blanks)?;
        RecordBatch::try_new(Arc::clone(&self.schema), columns)
    }

    /// Batches of all rows, made by several threads.
    fn batches(&self, rows: &dyn KeptRows) -> io::Result<Vec<RecordBatch>> {
        let mut batches = Vec::new();
        let each = |range: Range<usize>, take: &mut dyn FnMut(&dyn Row) -> io::Result<()>| {
            rows.each(range, take)
        };
        let made = |_, each: &EachRow<'_>| self.batch(each);
        in_pieces(rows.count(), &each, made, |batch| {
            batches.push(batch);
            Ok(())
        })?;
        Ok(batches)
    }

    /// A stream that hands batches over, and keeps none.
    fn stream(self, batches: Vec<RecordBatch>) -> FFI_ArrowArrayStream {
        let batches = RecordBatchIterator::new(batches.into_iter().map(Ok), self.schema);
        FFI_ArrowArrayStream::new(Box::new(batches))
    }
}

impl LargeAnswer {
    /// Takes an answer of so many rows or more.
    pub(crate) fn new(plan: Plan, least: usize) -> Self {
        LargeAnswer {
            columns: Columns::new(plan, TextsAs::Plain),
            least,
            kept: OnceLock::new(),
            batches: Mutex::default(),
        }
    }

    fn batches(&self) -> MutexGuard<'_, BTreeMap<usize, RecordBatch>> {
        self.batches.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many rows it has taken; none if the answer was not large.
    pub(crate) fn count(&self) -> usize {
        match self.kept.get() {
            Some(rows) => rows.count(),
            None => self.batches().values().map(RecordBatch::num_rows).sum(),
        }
    }

    /// The rows as a stream of batches: with bounds or not, and with texts as they are wanted, if rows can
    /// still be made.
    ///
    /// # Errors
    /// If rows cannot be columns.
    pub(crate) fn stream(&self, plan: Plan, texts: TextsAs) -> io::Result<FFI_ArrowArrayStream> {
        let Some(rows) = self.kept.get() else {
            let batches = self.batches().values().cloned().collect();
            let columns = Columns::new(self.columns.plan.clone(), self.columns.texts);
            return Ok(columns.stream(batches));
        };
        let columns = Columns::new(plan, texts);
        let batches = columns.batches(&**rows)?;
        Ok(columns.stream(batches))
    }

    /// Some of the rows, as JSON.
    ///
    /// # Errors
    /// If rows cannot be made any more.
    pub(crate) fn some(&self, range: Range<usize>) -> io::Result<JsonRows> {
        let (mut bytes, mut ranges) = (Vec::new(), Vec::new());
        self.rows()?.each(range, &mut |row| {
            let first = bytes.len();
            serde_json::to_writer(&mut bytes, row)?;
            ranges.push(first..bytes.len());
            Ok(())
        })?;
        Ok(JsonRows {
            bytes: Arc::new(bytes),
            ranges: Arc::new(ranges),
        })
    }

    fn rows(&self) -> io::Result<&dyn KeptRows> {
        let rows = self.kept.get();
        let rows = rows.ok_or_else(|| io::Error::other("these rows are gone"))?;
        Ok(&**rows)
    }

    /// The bounds of a column of dates: those of a row are four numbers, of eight bytes each.
    ///
    /// # Errors
    /// If rows cannot be made any more, or cannot be columns.
    pub(crate) fn bounds(&self, plan: Plan) -> io::Result<Vec<u8>> {
        let rows = self.rows()?;
        let batches = Columns::new(plan, TextsAs::Views).batches(rows)?;
        batches
            .iter()
            .map(bounds_of)
            .collect::<Result<Vec<_>, _>>()
            .map(|all| all.concat())
    }

    /// Whether rows can still be made.
    pub(crate) fn is_kept(&self) -> bool {
        self.kept.get().is_some()
    }
}

impl RowSink for LargeAnswer {
    fn wants(&self, count: usize) -> bool {
        count >= self.least
    }

    fn keep(&self, rows: Arc<dyn KeptRows>) {
        // A command has one answer.
        let _ = self.kept.set(rows);
    }

    fn take(&self, first: usize, each: &EachRow<'_>) -> io::Result<()> {
        let batch = self.columns.batch(each)?;
        self.batches().insert(first, batch);
        Ok(())
    }
}

/// The schema, for another library.
pub(crate) fn exported_schema(plan: &Plan) -> Result<FFI_ArrowSchema, ArrowError> {
    FFI_ArrowSchema::try_from(&Schema::new(plan.fields(TextsAs::Plain)))
}

/// Rows of JSON, each as the bytes that it has.
#[derive(Clone)]
pub(crate) struct JsonRows {
    pub(crate) bytes: Arc<Vec<u8>>,
    pub(crate) ranges: Arc<Vec<Range<usize>>>,
}

impl JsonRows {
    /// Batches of them, each made when it is asked for.
    fn batches(self, columns: Columns) -> impl Iterator<Item = io::Result<RecordBatch>> {
        let JsonRows { bytes, ranges } = self;
        (0..ranges.len()).step_by(BATCH).map(move |first| {
            let last = ranges.len().min(first + BATCH);
            columns.batch(&|take| {
                for range in &ranges[first..last] {
                    let row: Value = serde_json::from_slice(&bytes[range.clone()])?;
                    take(&row)?;
                }
                Ok(())
            })
        })
    }

    /// The rows as a stream.
    pub(crate) fn stream(self, plan: Plan, texts: TextsAs) -> FFI_ArrowArrayStream {
        let columns = Columns::new(plan, texts);
        let schema = Arc::clone(&columns.schema);
        let batches = self.batches(columns);
        let batches =
            batches.map(|batch| batch.map_err(|error| ArrowError::JsonError(error.to_string())));
        FFI_ArrowArrayStream::new(Box::new(RecordBatchIterator::new(batches, schema)))
    }

    /// The bounds of a column of dates: those of a row are four numbers, of eight bytes each.
    ///
    /// # Errors
    /// If they are not JSON.
    pub(crate) fn bounds(self, plan: Plan) -> io::Result<Vec<u8>> {
        let mut all = Vec::with_capacity(self.ranges.len().saturating_mul(32));
        for batch in self.batches(Columns::new(plan, TextsAs::Views)) {
            all.extend(bounds_of(&batch?)?);
        }
        Ok(all)
    }
}

/// The bounds in a batch of one column of dates. Where there is no date, each is the least number.
fn bounds_of(batch: &RecordBatch) -> io::Result<Vec<u8>> {
    let of_date = batch.columns().iter();
    let bounds: Vec<&Int64Array> = of_date
        .filter_map(|column| column.as_primitive_opt())
        .collect();
    let [a, b, c, d] = bounds[..] else {
        return Err(io::Error::other("it is no column of dates"));
    };
    let mut all = Vec::with_capacity(batch.num_rows().saturating_mul(32));
    for row in 0..batch.num_rows() {
        for column in [a, b, c, d] {
            let number = if column.is_null(row) {
                i64::MIN
            } else {
                column.value(row)
            };
            all.extend(number.to_ne_bytes());
        }
    }
    Ok(all)
}
