//! Rows as columns (Arrow), for data frames and SQL.
//!
//! A column is made for each key of the rows, as their JSON Schema describes it. A date is four columns:
//! as written, first and last day, precision; with bounds, four more.

mod append;
mod column;
mod plan;

use std::collections::BTreeMap;
use std::io;
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use annals_cli::embedded::{EachRow, RowSink};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{RecordBatch, RecordBatchIterator};
use arrow_schema::ffi::FFI_ArrowSchema;
use arrow_schema::{ArrowError, Schema};
use serde::Serialize as _;
use serde_json::Value;

use append::Append;
use column::Column;
pub(crate) use plan::Plan;

/// How many rows a batch has.
const BATCH: usize = 65_536;

/// The rows of a large answer, which are columns at once, and never JSON.
#[derive(Debug)]
pub(crate) struct LargeAnswer {
    plan: Plan,
    schema: Arc<Schema>,
    /// So many rows are many.
    least: usize,
    /// The batches that were made, each under the number of its first row.
    batches: Mutex<BTreeMap<usize, RecordBatch>>,
}

impl LargeAnswer {
    /// Takes an answer of so many rows or more.
    pub(crate) fn new(plan: Plan, least: usize) -> Self {
        LargeAnswer {
            schema: Arc::new(Schema::new(plan.fields())),
            plan,
            least,
            batches: Mutex::default(),
        }
    }

    fn batches(&self) -> MutexGuard<'_, BTreeMap<usize, RecordBatch>> {
        self.batches.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many rows it has taken; none if the answer was not large.
    pub(crate) fn count(&self) -> usize {
        self.batches().values().map(RecordBatch::num_rows).sum()
    }

    /// The rows as a stream of batches.
    pub(crate) fn stream(&self) -> FFI_ArrowArrayStream {
        let batches: Vec<RecordBatch> = self.batches().values().cloned().collect();
        let batches = batches.into_iter().map(Ok);
        let batches = RecordBatchIterator::new(batches, Arc::clone(&self.schema));
        FFI_ArrowArrayStream::new(Box::new(batches))
    }
}

impl RowSink for LargeAnswer {
    fn wants(&self, count: usize) -> bool {
        count >= self.least
    }

    fn take(&self, first: usize, each: &EachRow<'_>) -> io::Result<()> {
        let mut columns = Column::of_fields(self.plan.each());
        each(&mut |row| row.serialize(Append(&mut columns)).map_err(io::Error::from))?;
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), columns.finish_fields());
        let batch = batch.map_err(io::Error::other)?;
        self.batches().insert(first, batch);
        Ok(())
    }
}

/// A batch of some rows.
fn batch(
    plan: &Plan,
    schema: &Arc<Schema>,
    rows: &mut dyn Iterator<Item = serde_json::Result<Value>>,
) -> Result<RecordBatch, ArrowError> {
    let mut columns = Column::of_fields(plan.each());
    for row in rows {
        let added = row.and_then(|row| row.serialize(Append(&mut columns)));
        added.map_err(|error| ArrowError::JsonError(error.to_string()))?;
    }
    RecordBatch::try_new(Arc::clone(schema), columns.finish_fields())
}

/// The schema, for another library.
pub(crate) fn exported_schema(plan: &Plan) -> Result<FFI_ArrowSchema, ArrowError> {
    FFI_ArrowSchema::try_from(&Schema::new(plan.fields()))
}

/// The rows as a stream of batches, each made when it is asked for.
pub(crate) fn stream(
    plan: &Plan,
    bytes: Arc<Vec<u8>>,
    ranges: Arc<Vec<Range<usize>>>,
) -> FFI_ArrowArrayStream {
    let schema = Arc::new(Schema::new(plan.fields()));
    let (plan, of) = (plan.clone(), Arc::clone(&schema));
    let batches = (0..ranges.len()).step_by(BATCH).map(move |first| {
        let last = ranges.len().min(first + BATCH);
        let rows = ranges[first..last].iter();
        let mut rows = rows.map(|range| serde_json::from_slice(&bytes[range.clone()]));
        batch(&plan, &of, &mut rows)
    });
    FFI_ArrowArrayStream::new(Box::new(RecordBatchIterator::new(batches, schema)))
}
