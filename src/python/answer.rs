//! An answer: the bytes that a command prints, and where its rows stand in them.

use std::ops::Range;
use std::sync::Arc;

use annals_cli::embedded::Reply;
use pyo3::exceptions::{PyIndexError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes, PyCapsule};
use serde_json::value::RawValue;

use super::call::outside;
use super::columns::{self, JsonRows, LargeAnswer, Plan, TextsAs};
use super::refusal;

/// What a command gave.
#[pyclass(frozen, module = "annals._annals")]
pub(crate) struct Answer {
    bytes: Arc<Vec<u8>>,
    notes: Vec<String>,
    exit: u8,
    /// A large answer, of which there is no JSON.
    large: Option<Arc<LargeAnswer>>,
}

impl Answer {
    /// The answer of a command.
    ///
    /// # Errors
    /// If it gave none.
    pub(crate) fn of(
        py: Python<'_>,
        reply: Reply,
        large: Option<Arc<LargeAnswer>>,
    ) -> PyResult<Answer> {
        if reply.message.is_some() {
            return Err(refusal::of_reply(py, &reply));
        }
        Ok(Answer {
            bytes: Arc::new(reply.answer),
            notes: reply.notes,
            exit: reply.exit.code(),
            large: large.filter(|large| large.count() > 0),
        })
    }
}

#[pymethods]
#[allow(
    clippy::needless_pass_by_value,
    reason = "arguments come from Python as values"
)]
impl Answer {
    /// An answer that was kept.
    #[new]
    fn new(content: Vec<u8>, notes: Vec<String>, exit: u8) -> Answer {
        Answer {
            bytes: Arc::new(content),
            notes,
            exit,
            large: None,
        }
    }

    /// What the command prints.
    fn bytes<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &self.bytes)
    }

    /// The number of rows of a large answer, of which there are columns and no JSON.
    #[getter]
    fn large(&self) -> Option<usize> {
        self.large.as_ref().map(|large| large.count())
    }

    /// Whether the rows of a large answer are made when its columns are asked for: with bounds or without,
    /// and as views or not. If not, they are as they were asked for.
    #[getter]
    fn kept(&self) -> bool {
        self.large.as_ref().is_some_and(|large| large.is_kept())
    }

    /// The columns of a large answer: an Arrow stream (`arrow_array_stream`).
    fn stream<'py>(
        &self,
        py: Python<'py>,
        schema: &str,
        path: Vec<String>,
        bounds: bool,
        views: bool,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let Some(large) = self.large.clone() else {
            return Err(PyValueError::new_err("the answer is not large"));
        };
        let plan = plan(schema, &path, bounds)?;
        let stream = outside(py, move || large.stream(plan, texts_as(views)))??;
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }

    /// Some rows of such an answer.
    fn some(&self, py: Python<'_>, first: usize, last: usize) -> PyResult<Rows> {
        let Some(large) = self.large.clone() else {
            return Err(PyValueError::new_err("the answer is not large"));
        };
        let rows = outside(py, move || large.some(first..last.min(large.count())))??;
        Ok(Rows {
            bytes: rows.bytes,
            ranges: rows.ranges,
        })
    }

    /// The bounds of a column of dates of such an answer: four numbers of eight bytes a row.
    fn bounds<'py>(
        &self,
        py: Python<'py>,
        schema: &str,
        path: Vec<String>,
        column: &str,
    ) -> PyResult<Bound<'py, PyByteArray>> {
        let Some(large) = self.large.clone() else {
            return Err(PyValueError::new_err("the answer is not large"));
        };
        let plan = of_date(schema, &path, column)?;
        let bytes = outside(py, move || large.bounds(plan))??;
        Ok(PyByteArray::new(py, &bytes))
    }

    /// What it prints beside that.
    #[getter]
    fn notes(&self) -> Vec<String> {
        self.notes.clone()
    }

    /// How it ends: 0, or 1 with findings.
    #[getter]
    fn exit(&self) -> u8 {
        self.exit
    }

    /// The rows of a list in the answer, which is JSON: `["data"]`. None where there is null.
    fn rows(&self, py: Python<'_>, path: Vec<String>) -> PyResult<Option<Rows>> {
        let bytes = Arc::clone(&self.bytes);
        let ranges = outside(py, move || located(&bytes, &path))?;
        let ranges = ranges.map_err(|error| PyValueError::new_err(error.to_string()))?;
        Ok(ranges.map(|ranges| Rows {
            bytes: Arc::clone(&self.bytes),
            ranges: Arc::new(ranges),
        }))
    }
}

/// Where the items of a list stand.
fn located(bytes: &[u8], path: &[String]) -> serde_json::Result<Option<Vec<Range<usize>>>> {
    use std::collections::HashMap;
    let mut at: &RawValue = serde_json::from_slice(bytes)?;
    for key in path {
        let fields: Option<HashMap<&str, &RawValue>> = serde_json::from_str(at.get())?;
        let Some(found) = fields.and_then(|fields| fields.get(key.as_str()).copied()) else {
            return Ok(None);
        };
        at = found;
    }
    let items: Option<Vec<&RawValue>> = serde_json::from_str(at.get())?;
    let begin = bytes.as_ptr() as usize;
    let place = |item: &RawValue| {
        let first = item.get().as_ptr() as usize - begin;
        first..first + item.get().len()
    };
    Ok(items.map(|items| items.into_iter().map(place).collect()))
}

/// The rows of an answer.
#[pyclass(frozen, module = "annals._annals")]
pub(crate) struct Rows {
    bytes: Arc<Vec<u8>>,
    ranges: Arc<Vec<Range<usize>>>,
}

#[pymethods]
#[allow(
    clippy::needless_pass_by_value,
    reason = "arguments come from Python as values"
)]
impl Rows {
    fn __len__(&self) -> usize {
        self.ranges.len()
    }

    /// A row, as JSON.
    fn row<'py>(&self, py: Python<'py>, nth: usize) -> PyResult<Bound<'py, PyBytes>> {
        let range = self.ranges.get(nth).cloned();
        let range = range.ok_or_else(|| PyIndexError::new_err("there is no such row"))?;
        Ok(PyBytes::new(py, &self.bytes[range]))
    }

    /// Some of the rows, from one to before another, each so many after the last.
    fn slice(&self, first: isize, last: isize, step: isize) -> Rows {
        let mut ranges = Vec::new();
        let mut nth = first;
        while (step > 0 && nth < last) || (step < 0 && nth > last) {
            if let Some(range) = usize::try_from(nth)
                .ok()
                .and_then(|nth| self.ranges.get(nth))
            {
                ranges.push(range.clone());
            }
            nth += step;
        }
        Rows {
            bytes: Arc::clone(&self.bytes),
            ranges: Arc::new(ranges),
        }
    }

    /// The rows as columns: an Arrow stream (`arrow_array_stream`), after a schema of ours.
    fn stream<'py>(
        &self,
        py: Python<'py>,
        schema: &str,
        path: Vec<String>,
        bounds: bool,
        views: bool,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let plan = plan(schema, &path, bounds)?;
        let stream = self.of_json().stream(plan, texts_as(views));
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }

    /// The bounds of a column of dates: four numbers of eight bytes a row.
    fn bounds<'py>(
        &self,
        py: Python<'py>,
        schema: &str,
        path: Vec<String>,
        column: &str,
    ) -> PyResult<Bound<'py, PyByteArray>> {
        let (plan, rows) = (of_date(schema, &path, column)?, self.of_json());
        let bytes = outside(py, move || rows.bounds(plan))??;
        Ok(PyByteArray::new(py, &bytes))
    }

    /// The schema of these columns (`arrow_schema`).
    #[staticmethod]
    fn schema<'py>(
        py: Python<'py>,
        schema: &str,
        path: Vec<String>,
        bounds: bool,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let plan = plan(schema, &path, bounds)?;
        let exported = columns::exported_schema(&plan);
        let exported = exported.map_err(|error| PyValueError::new_err(error.to_string()))?;
        PyCapsule::new_with_value(py, exported, c"arrow_schema")
    }
}

impl Rows {
    fn of_json(&self) -> JsonRows {
        JsonRows {
            bytes: Arc::clone(&self.bytes),
            ranges: Arc::clone(&self.ranges),
        }
    }
}

/// The plan for a column of dates.
fn of_date(schema: &str, path: &[String], column: &str) -> PyResult<Plan> {
    let dates = plan(schema, path, true)?.of_date(column);
    dates.ok_or_else(|| PyValueError::new_err(format!("{column} has no dates")))
}

fn texts_as(views: bool) -> TextsAs {
    if views {
        TextsAs::Views
    } else {
        TextsAs::Plain
    }
}

pub(crate) fn plan(schema: &str, path: &[String], bounds: bool) -> PyResult<Plan> {
    Plan::of(schema, path, bounds)
        .ok_or_else(|| PyValueError::new_err(format!("no rows in {schema} at {}", path.join("."))))
}
