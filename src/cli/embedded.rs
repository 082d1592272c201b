//! Commands that run within a program of others, which keeps a store and takes the answers: the Python
//! package. Nothing is printed, and no signal handler is set.

use std::ffi::OsString;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use super::hosted::Outputs;
pub use super::hosted::{EachRow, KeptRows, Refused, Row, RowSink, in_pieces};
use super::{Exit, Failure, command, dispatch, hosted, receipt, run_notes, synonyms};
use annals_store::{Stopped, Store, StoreError, Watch};

/// What a command gave.
#[derive(Debug)]
pub struct Reply {
    /// How it would end as a program.
    pub exit: Exit,
    /// What it would print on standard output.
    pub answer: Vec<u8>,
    /// What it would print on standard error beside that, without the program's name.
    pub notes: Vec<String>,
    /// Why there is no answer.
    pub message: Option<String>,
    /// The same as the store told it, if it is a matter of names or facts.
    pub error: Option<StoreError>,
    /// The same as a finding, if a file of another program could not be read.
    pub refused: Option<Box<Refused>>,
}

/// Runs a command on this thread; the first argument is its name. With a store, this is asked instead of
/// the facts that the arguments name, which should be its own.
///
/// Where JSON is asked for, the rows go to `rows` if that wants so many; then no JSON is written.
///
/// # Errors
/// If the watch was stopped; then nothing is left half done.
pub fn answer(
    store: Option<&Store>,
    arguments: &[OsString],
    watch: &Watch,
    rows: Option<Arc<dyn RowSink>>,
) -> Result<Reply, Stopped> {
    let mut all: Vec<OsString> = vec!["annals".into(), "--color=never".into()];
    all.extend_from_slice(arguments);
    let answer = Answer::default();
    let outputs = Outputs {
        out: Some(Box::new(answer.clone())),
        rows,
    };
    let (ended, beside) = watch.during(|| hosted::with(store, outputs, || run(&all)))?;
    let is_done = |failure: &Failure| failure.message.is_none() && failure.exit == Exit::Done;
    let (exit, message) = match ended {
        Ok(exit) => (exit, None),
        Err(failure) if is_done(&failure) => (Exit::Done, None),
        Err(failure) => (failure.exit, Some(failure.message.unwrap_or_default())),
    };
    let own = |line: String| match line.strip_prefix("annals: ") {
        Some(words) => words.to_owned(),
        None => line,
    };
    Ok(Reply {
        exit,
        answer: answer.take(),
        notes: beside.said.into_iter().map(own).collect(),
        error: beside.error.filter(|_| message.is_some()),
        refused: beside.refused.filter(|_| message.is_some()),
        message,
    })
}

fn run(arguments: &[OsString]) -> Result<Exit, Failure> {
    // What was read is not remembered, as a program does: a host lives on, and a file of tomorrow can have
    // the inode of one that is gone. The facts that a command names are protected all the same.
    let cli = super::read(arguments).map_err(|mut error| {
        let words = arguments.iter().map(|one| one.to_string_lossy());
        let words: Vec<String> = words.map(std::borrow::Cow::into_owned).collect();
        synonyms::advise(&mut error, &command(), &words);
        Failure::usage(super::usage_words(&error))
    })?;
    let Some(given) = cli.command else {
        return Err(Failure::usage("there is no command".to_owned()));
    };
    run_notes::begin(arguments, command);
    let exit = dispatch(given, cli.global)?;
    receipt::write()?;
    Ok(exit)
}

/// What was written, shared with the writer.
#[derive(Debug, Clone, Default)]
struct Answer {
    bytes: Arc<Mutex<Vec<u8>>>,
}

impl Answer {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut *self.bytes.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Answer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        annals_watch::look();
        let mut all = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        all.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
