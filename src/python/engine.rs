//! Questions to an engine that has the facts: what to ask it, and the answer. Texts go out, rows come back.

use std::ffi::OsString;
use std::sync::{Arc, Mutex, PoisonError};

use annals_cli::on_engine::{EngineRow, OnEngine, Step};
use annals_store::{Dialect, sql_views};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use super::answer::Answer;
use super::call::{Interrupted, watched};
use super::refusal;

/// A question on its way.
#[pyclass(frozen, module = "annals._annals")]
pub(crate) struct EngineQuestion {
    question: Arc<Mutex<OnEngine>>,
}

/// What the engine is to be asked, and whether that is the question itself; or the answer.
type Next = (Option<String>, bool, Option<Answer>);

impl EngineQuestion {
    fn step(
        &self,
        py: Python<'_>,
        step: impl FnOnce(&mut OnEngine, &annals_store::Watch) -> Result<Step, annals_store::Stopped>
        + Send
        + 'static,
    ) -> PyResult<Next> {
        let question = Arc::clone(&self.question);
        let next = watched(py, &Interrupted::Left, None, move |watch| {
            let mut question = question.lock().unwrap_or_else(PoisonError::into_inner);
            step(&mut question, watch)
        })?;
        Ok(match next {
            Step::Ask { sql, is_question } => (Some(sql), is_question, None),
            Step::Done(reply) => (None, false, Some(Answer::of(py, reply, None)?)),
        })
    }
}

#[pymethods]
impl EngineQuestion {
    /// Begins a question: a command with its options. With `all`, all its rows are wanted.
    #[new]
    fn new(py: Python<'_>, arguments: Vec<OsString>, all: bool) -> PyResult<EngineQuestion> {
        match OnEngine::new(arguments, all) {
            Ok(question) => Ok(EngineQuestion {
                question: Arc::new(Mutex::new(question)),
            }),
            Err(reply) => Err(refusal::of_reply(py, &reply)),
        }
    }

    /// What to ask first.
    fn first(&self, py: Python<'_>) -> PyResult<Next> {
        self.step(py, OnEngine::first)
    }

    /// Takes the rows of what was asked last, a list as JSON.
    fn take(&self, py: Python<'_>, rows: &str) -> PyResult<Next> {
        let rows: Result<Vec<EngineRow>, _> = serde_json::from_str(rows);
        let rows = rows.map_err(|error| PyValueError::new_err(error.to_string()))?;
        self.step(py, move |question, watch| question.take(rows, watch))
    }
}

/// The statements that make the views of a snapshot, for DuckDB or for Spark and Sail.
#[pyfunction]
pub(crate) fn views(folder: &str, is_duckdb: bool, with_large: bool) -> Vec<String> {
    let dialect = if is_duckdb {
        Dialect::DuckDb
    } else {
        Dialect::Spark
    };
    let all = sql_views(dialect, folder, with_large);
    let each = all.split(";\n").filter(|one| !one.trim().is_empty());
    each.map(str::to_owned).collect()
}
