//! What a receipt needs of the command that runs. Commands need not know of it: opening a store, reading
//! the selection and writing rows leave it here.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::parser::ValueSource;
use serde::Serialize;
use serde_json::Value;

use super::Failure;
use annals_store::{Asked, Query, Store};

/// What is known of the command that runs.
#[derive(Default)]
pub(super) struct RunNotes {
    /// As it was called.
    arguments: Vec<OsString>,
    /// What can be called.
    known: Option<fn() -> clap::Command>,
    /// The question.
    pub(super) asked: Asked,
    /// Where the receipt goes.
    pub(super) file: Option<PathBuf>,
    /// The facts; of `agree`, those of both.
    pub(super) stores: Vec<Store>,
    /// Whether the answer rests on all that is selected, whichever rows it shows.
    pub(super) rests_on_selection: bool,
    /// The selection.
    pub(super) query: Option<Query>,
    /// The ids of the records in the answer; `None` as long as no row was written.
    pub(super) records: Option<BTreeSet<String>>,
    /// The files that were written.
    pub(super) written: Vec<PathBuf>,
}

thread_local! {
    /// A program runs one command, on its main thread.
    static RUN: RefCell<RunNotes> = RefCell::default();
}

/// Options that say where and how an answer is shown, not what is asked.
const NO_QUESTION: [&str; 6] = ["output", "receipt", "color", "quiet", "verbose", "texts"];

/// Commands that give no answer of which a receipt could be written.
const NO_ANSWER: [&str; 4] = ["build", "verify", "add", "retract"];

/// A command begins, whatever an earlier one left.
pub(super) fn begin(arguments: &[OsString], known: fn() -> clap::Command) {
    RUN.set(RunNotes {
        arguments: arguments.to_vec(),
        known: Some(known),
        ..RunNotes::default()
    });
}

/// All notes, once the command has ended.
pub(super) fn take() -> RunNotes {
    RUN.take()
}

/// A store was opened, for a command that writes a receipt to a file.
///
/// # Errors
/// If the command gives no answer of which one could be written.
pub(super) fn opened(store: &Store, file: Option<&Path>) -> Result<(), Failure> {
    let Some(file) = file else {
        return Ok(());
    };
    let called = RUN.with_borrow(|run| Some((run.known?, run.arguments.clone())));
    let asked = called.map_or_else(Asked::default, |(known, arguments)| {
        question(known(), &arguments)
    });
    let command = &asked.command;
    if NO_ANSWER.contains(&command.as_str()) {
        return Err(Failure::usage(format!(
            "--receipt goes with an answer, and `annals {command}` gives none"
        )));
    }
    if file.as_os_str() == "-" {
        let words = "a receipt is a file: --receipt FILE";
        return Err(Failure::usage(words.to_owned()));
    }
    RUN.with_borrow_mut(|run| {
        run.file = Some(file.to_owned());
        run.stores.push(store.clone());
        run.asked = asked;
    });
    Ok(())
}

/// A selection was read.
pub(super) fn asked(query: &Query) {
    RUN.with_borrow_mut(|run| {
        if run.file.is_some() {
            run.query = Some(query.clone());
        }
    });
}

/// The answer sums up all that is selected: its rows are only what stands out.
pub(super) fn rests_on_selection() {
    RUN.with_borrow_mut(|run| run.rests_on_selection = true);
}

/// A file was written.
pub(super) fn wrote(path: &Path) {
    RUN.with_borrow_mut(|run| {
        if run.file.is_some() {
            run.written.push(path.to_owned());
        }
    });
}

/// Rows of an answer were written.
pub(super) fn answered<T: Serialize>(rows: impl FnOnce() -> T) {
    if !RUN.with_borrow(|run| run.file.is_some()) {
        return;
    }
    // Rows are plain data: all can be written.
    let value = serde_json::to_value(rows()).unwrap_or_default();
    let mut found = BTreeSet::new();
    records_in(&value, &mut found);
    RUN.with_borrow_mut(|run| run.records.get_or_insert_default().extend(found));
}

/// The ids of the records that rows are about: their own, and those of the claims and other facts that
/// they name as such. Whom and what these are about is no part of it.
fn records_in(value: &Value, found: &mut BTreeSet<String>) {
    const NAMED: [&str; 8] = [
        "claim",
        "claims",
        "fact",
        "facts",
        "records",
        "relation",
        "because",
        "contradictions",
    ];
    match value {
        Value::Array(rows) => rows.iter().for_each(|row| records_in(row, found)),
        Value::Object(row) => {
            if let Some(Value::String(id)) = row.get("id") {
                found.insert(id.clone());
            }
            for (key, value) in row {
                if NAMED.contains(&key.as_str()) {
                    ids_in(value, found);
                } else if matches!(
                    key.as_str(),
                    "history"
                        | "through"
                        | "edges"
                        | "edges_in"
                        | "edges_out"
                        | "bounds"
                        | "changes"
                ) {
                    records_in(value, found);
                }
            }
        }
        _ => {}
    }
}

/// All ids in a value that names records.
fn ids_in(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(id) => {
            found.insert(id.clone());
        }
        Value::Array(each) => each.iter().for_each(|one| ids_in(one, found)),
        Value::Object(_) => records_in(value, found),
        _ => {}
    }
}

/// The command, its arguments and options, as they were given.
fn question(mut command: clap::Command, arguments: &[OsString]) -> Asked {
    let Ok(matches) = command.try_get_matches_from_mut(arguments) else {
        return Asked::default();
    };
    let Some((name, given)) = matches.subcommand() else {
        return Asked::default();
    };
    let mut asked = Asked {
        command: name.to_owned(),
        ..Asked::default()
    };
    let known = command.find_subcommand(name);
    for argument in known.into_iter().flat_map(clap::Command::get_arguments) {
        let id = argument.get_id().as_str();
        let is_given = given.value_source(id) == Some(ValueSource::CommandLine);
        let names = argument.get_value_names().unwrap_or_default();
        let is_facts = names.iter().any(|name| *name == "FACTS");
        if NO_QUESTION.contains(&id) || is_facts || !is_given {
            continue;
        }
        let raw = given.get_raw(id).into_iter().flatten();
        let values: Vec<String> = raw
            .map(|value| value.to_string_lossy().into_owned())
            .collect();
        if argument.is_positional() {
            asked.arguments.extend(values);
            continue;
        }
        let takes_values = argument.get_action().takes_values();
        let values = if takes_values { values } else { Vec::new() };
        let name = argument.get_long().unwrap_or(id);
        asked.options.insert(name.to_owned(), values);
    }
    asked
}
