//! Rows as columns (Arrow), for data frames and SQL.
//!
//! A column is made for each key of the rows, as their JSON Schema describes it. A date is four columns:
//! as written, first and last day, precision; with bounds, four more.

mod column;
mod plan;

use std::ops::Range;
use std::sync::Arc;

use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{RecordBatch, RecordBatchIterator};
use arrow_schema::ffi::FFI_ArrowSchema;
use arrow_schema::{ArrowError, Schema};
use serde_json::Value;

use column::Column;
pub(crate) use plan::Plan;

/// How many rows a batch has.
const BATCH: usize = 65_536;

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
        let mut columns: Vec<Column> = plan.columns().collect();
        for range in &ranges[first..last] {
            let row: Value = serde_json::from_slice(&bytes[range.clone()])
                .map_err(|error| ArrowError::JsonError(error.to_string()))?;
            for (column, key) in columns.iter_mut().zip(plan.keys()) {
                column.push(row.get(key));
            }
        }
        let arrays = columns.into_iter().flat_map(Column::finish).collect();
        RecordBatch::try_new(Arc::clone(&of), arrays)
    });
    FFI_ArrowArrayStream::new(Box::new(RecordBatchIterator::new(batches, schema)))
}
