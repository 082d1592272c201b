//! The store of facts, and the questions put to it.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use annals_cli::embedded::{self, RowSink};
use annals_store::{Asked, OpenOptions, StoreError};
use pyo3::prelude::*;

use super::answer::{Answer, plan};
use super::call::{Interrupted, outside, watched};
use super::columns::LargeAnswer;
use super::refusal;

/// Facts that were read; any number of threads may ask it.
#[pyclass(frozen, module = "annals._annals")]
pub(crate) struct Store {
    store: annals_store::Store,
}

impl Store {
    fn read(
        py: Python<'_>,
        options: OpenOptions,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Store> {
        let opened = outside(py, || options.open())?;
        let Store { store } = Store::of(py, opened)?;
        // Facts are read now, so that whoever opens them learns what cannot be read.
        let read = watched(py, &Interrupted::Left, progress, move |watch| {
            watch.during(|| store.len().map(|_| store))
        })?;
        Store::of(py, read)
    }

    fn of(py: Python<'_>, read: Result<annals_store::Store, StoreError>) -> PyResult<Store> {
        match read {
            Ok(store) => Ok(Store { store }),
            Err(error) => Err(refusal::of_store(py, &error)),
        }
    }
}

#[pymethods]
impl Store {
    /// Reads files, folders and snapshots; tells a function how far it is: how much is done, of how much,
    /// and what.
    #[staticmethod]
    fn open(
        py: Python<'_>,
        paths: Vec<PathBuf>,
        texts: Vec<PathBuf>,
        config: Option<PathBuf>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Store> {
        let options = paths
            .into_iter()
            .fold(OpenOptions::new(), OpenOptions::facts);
        let options = texts.into_iter().fold(options, OpenOptions::texts);
        let options = match config {
            Some(file) => options.config_file(file),
            None => options,
        };
        Store::read(py, options, progress)
    }

    /// Reads a text; the ending of the name gives its format.
    #[staticmethod]
    fn loads(py: Python<'_>, text: String, name: String) -> PyResult<Store> {
        Store::read(py, OpenOptions::new().memory(name, text), None)
    }

    /// The answer of a command to these facts; tells a function how far it is. If `large` names a schema,
    /// the path of rows in it, and whether dates have their bounds, an answer of so many rows or more has
    /// columns at once, and no JSON.
    #[pyo3(signature = (arguments, progress=None, large=None))]
    fn ask(
        &self,
        py: Python<'_>,
        arguments: Vec<OsString>,
        progress: Option<&Bound<'_, PyAny>>,
        large: Option<(String, Vec<String>, bool, usize)>,
    ) -> PyResult<Answer> {
        let store = self.store.clone();
        let when = when(&arguments);
        let large = large.map(|(schema, path, bounds, least)| {
            let plan = plan(&schema, &path, bounds)?;
            Ok::<_, PyErr>(Arc::new(LargeAnswer::new(plan, least)))
        });
        let large = large.transpose()?;
        let rows = large.clone().map(|large| large as Arc<dyn RowSink>);
        let reply = watched(py, &when, progress, move |watch| {
            embedded::answer(Some(&store), &arguments, watch, rows)
        })?;
        Answer::of(py, reply, large)
    }

    /// The facts as their files are now; files that have not changed are not read again.
    #[pyo3(signature = (progress=None))]
    fn reload(&self, py: Python<'_>, progress: Option<&Bound<'_, PyAny>>) -> PyResult<Store> {
        let store = self.store.clone();
        let read = watched(py, &Interrupted::Left, progress, move |watch| {
            watch.during(|| {
                let store = store.reload()?;
                store.len()?;
                Ok(store)
            })
        })?;
        Store::of(py, read)
    }

    /// The number of records.
    fn records(&self, py: Python<'_>) -> PyResult<usize> {
        let store = self.store.clone();
        let count = outside(py, move || store.len())?;
        count.map_err(|error| refusal::of_store(py, &error))
    }

    /// The files that were read, each with its SHA-256.
    fn sums(&self, py: Python<'_>) -> PyResult<Vec<(String, String)>> {
        let store = self.store.clone();
        let sums = outside(py, move || {
            let nothing = (Asked::default(), BTreeSet::new());
            let receipt = store.receipt(&nothing.0, &nothing.1, None, Path::new("."))?;
            let files = receipt.files.into_iter();
            Ok(files
                .map(|file| (file.file.or(file.snapshot).unwrap_or_default(), file.sha256))
                .collect())
        })?;
        sums.map_err(|error: StoreError| refusal::of_store(py, &error))
    }

    /// What could only be read in part, and how many errors and warnings there are, a sentence each.
    fn problems(&self, py: Python<'_>) -> PyResult<Vec<String>> {
        let store = self.store.clone();
        let told = outside(py, move || store.problems())?;
        told.map_err(|error| refusal::of_store(py, &error))
    }
}

/// A command that writes a file is waited for.
fn when(arguments: &[OsString]) -> Interrupted {
    let writes = |word: &OsString| {
        let word = word.to_string_lossy();
        let options = ["-o", "--output", "--receipt", "--drafts", "--report"];
        options.contains(&&*word) || word.starts_with("--output=")
    };
    if arguments.iter().any(writes) {
        Interrupted::Awaited
    } else {
        Interrupted::Left
    }
}

/// The answer of a command that opens what its arguments name, or nothing; tells a function how far it is.
#[pyfunction]
#[pyo3(signature = (arguments, progress=None))]
pub(crate) fn ask(
    py: Python<'_>,
    arguments: Vec<OsString>,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<Answer> {
    let when = when(&arguments);
    let reply = watched(py, &when, progress, move |watch| {
        embedded::answer(None, &arguments, watch, None)
    })?;
    Answer::of(py, reply, None)
}
