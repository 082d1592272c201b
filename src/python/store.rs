//! The store of facts, and the questions put to it.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use annals_cli::embedded;
use annals_store::{Asked, OpenOptions, StoreError};
use pyo3::prelude::*;

use super::answer::Answer;
use super::call::{Interrupted, outside, stoppable, watched};
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
        let seen = store.clone();
        let mut look = |_: Python<'_>| {
            let (done, all) = (seen.progress().done(), seen.progress().all());
            if let Some(told) = progress.filter(|_| all > 0) {
                told.call1((done, all.max(done), "reading facts"))?;
            }
            Ok(())
        };
        // Facts are read now, so that whoever opens them learns what cannot be read.
        let read = watched(py, &Interrupted::Left, &mut look, move |_| {
            store.len().map(|_| store)
        })?;
        look(py)?;
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
    /// Reads files, folders and snapshots; tells a function how many bytes of how many are read.
    #[staticmethod]
    fn open(
        py: Python<'_>,
        paths: Vec<PathBuf>,
        texts: Vec<PathBuf>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Store> {
        let options = paths
            .into_iter()
            .fold(OpenOptions::new(), OpenOptions::facts);
        let options = texts.into_iter().fold(options, OpenOptions::texts);
        Store::read(py, options, progress)
    }

    /// Reads a text; the ending of the name gives its format.
    #[staticmethod]
    fn loads(py: Python<'_>, text: String, name: String) -> PyResult<Store> {
        Store::read(py, OpenOptions::new().memory(name, text), None)
    }

    /// The answer of a command to these facts.
    fn ask(&self, py: Python<'_>, arguments: Vec<OsString>) -> PyResult<Answer> {
        let store = self.store.clone();
        let when = when(&arguments);
        let reply = stoppable(py, &when, move |stop| {
            embedded::answer(Some(&store), &arguments, stop)
        })?;
        Answer::of(py, reply)
    }

    /// The facts as their files are now; files that have not changed are not read again.
    fn reload(&self, py: Python<'_>) -> PyResult<Store> {
        let store = self.store.clone();
        let read = outside(py, move || {
            let store = store.reload()?;
            store.len()?;
            Ok(store)
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

/// The answer of a command that opens what its arguments name, or nothing.
#[pyfunction]
pub(crate) fn ask(py: Python<'_>, arguments: Vec<OsString>) -> PyResult<Answer> {
    let when = when(&arguments);
    let reply = stoppable(py, &when, move |stop| {
        embedded::answer(None, &arguments, stop)
    })?;
    Answer::of(py, reply)
}
