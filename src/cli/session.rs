//! Opens the store for a command, and prints notes beside the answer.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::RecvTimeoutError;
use std::time::{Duration, Instant};

use indicatif::{HumanBytes, HumanCount, ProgressBar, ProgressStyle};

use super::args::{FactArgs, GlobalArgs};
use super::hosted;
use super::output;
use super::run_notes;
use super::terminal;
use super::{Exit, Failure};
use annals_finding::Severity;
use annals_finding::write::{Drawing, Letters};
use annals_store::{Findings, Notes, OpenOptions, Stage, Store, StoreError, Watch};

/// How long the program works before it shows progress.
const PATIENCE: Duration = Duration::from_millis(500);

/// How often progress is shown.
const TICK: Duration = Duration::from_millis(100);

/// The store of the given facts; of the current folder if none were given.
pub(super) fn open(facts: &FactArgs) -> Result<Store, Failure> {
    if let Some(store) = hosted::store() {
        run_notes::opened(&store, facts.receipt.as_deref())?;
        return Ok(store);
    }
    let mut options = OpenOptions::new();
    for path in facts.paths() {
        options = if path.as_os_str() == "-" {
            options.stdin()
        } else {
            options.facts(path)
        };
    }
    for folder in &facts.texts {
        options = options.texts(folder);
    }
    if let Some(file) = &facts.config {
        options = options.config_file(file);
    }
    let store = options.open()?;
    run_notes::opened(&store, facts.receipt.as_deref())?;
    if !hosted::is_hosted() {
        // A command ends with its process, which frees all memory at once: facts need not be dropped
        // one by one.
        std::mem::forget(store.clone());
    }
    Ok(store)
}

/// Queries the store; shows a spinner on a terminal after half a second.
pub(super) fn ask<T>(
    store: &Store,
    global: GlobalArgs,
    question: impl FnOnce(&Store) -> Result<T, StoreError>,
) -> Result<T, Failure> {
    reading(global, || question(store)).map_err(|error| match error {
        StoreError::Facts(findings) => {
            hosted::failed(&StoreError::Facts(findings.clone()));
            say_errors(&findings, global);
            Failure::quiet(Exit::Unreadable)
        }
        other => {
            if matches!(other, StoreError::Name(_)) {
                // The record may be one that could not be read.
                say(&store.in_part(), global);
            }
            other.into()
        }
    })
}

/// As [`ask`], for a large answer: a command ends with its process, which frees all memory at once.
pub(super) fn ask_and_keep<T>(
    store: &Store,
    global: GlobalArgs,
    question: impl FnOnce(&Store) -> Result<T, StoreError>,
) -> Result<Arc<T>, Failure> {
    let answer = Arc::new(ask(store, global, question)?);
    if !hosted::is_hosted() {
        std::mem::forget(Arc::clone(&answer));
    }
    Ok(answer)
}

/// The notes on an answer, one per line; with `--strict`, problems end the command.
pub(super) fn notes(notes: &Notes, strict: bool) -> Result<Vec<String>, Failure> {
    let problems: Vec<&str> = (notes.in_part.iter().chain(&notes.problems))
        .map(String::as_str)
        .collect();
    if strict && !problems.is_empty() {
        return Err(Failure {
            message: Some(problems.join("; ")),
            exit: Exit::Findings,
        });
    }
    Ok(notes.lines())
}

/// Runs something that may take a while; on a terminal, shows after half a second what is being done, and how
/// far it has come, if that is known.
pub(super) fn reading<T>(global: GlobalArgs, work: impl FnOnce() -> T) -> T {
    if global.quiet || hosted::is_hosted() || !std::io::stderr().is_terminal() {
        return work();
    }
    let watch = Watch::new();
    let (done, wait) = std::sync::mpsc::channel::<()>();
    std::thread::scope(|scope| {
        let seen = watch.clone();
        scope.spawn(move || {
            if wait.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            let bar = ProgressBar::new_spinner().with_message("reading facts");
            let mut shown: Option<(Stage, Instant)> = None;
            // Ends when the work is done, or has panicked.
            while wait.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
                bar.tick();
                let Some(stage) = seen.stage() else {
                    continue;
                };
                let begun = match shown {
                    Some((before, begun)) if before.what == stage.what => begun,
                    _ => Instant::now(),
                };
                shown = Some((stage, begun));
                show(&bar, stage, begun);
            }
            bar.finish_and_clear();
        });
        let result = watch.over(work);
        drop(done);
        result
    })
}

/// Shows how far a stage has come.
fn show(bar: &ProgressBar, stage: Stage, begun: Instant) {
    let Stage { what, done, all } = stage;
    if all == 0 {
        bar.set_message(what);
        return;
    }
    if let Ok(style) = ProgressStyle::with_template("{spinner} {prefix} {bar:30} {msg}") {
        bar.set_style(style);
    }
    bar.set_prefix(what);
    bar.set_length(all.max(done));
    bar.set_position(done);
    let words = if stage.is_bytes() {
        let since = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        let each_second = done.saturating_mul(1000) / since.max(1);
        let (done, all) = (HumanBytes(done), HumanBytes(all.max(done)));
        format!("{done} of {all}, {}/s", HumanBytes(each_second))
    } else {
        format!("{} of {}", HumanCount(done), HumanCount(all.max(done)))
    };
    bar.set_message(words);
}

/// The files that an answer may not overwrite: those given and those read.
pub(super) fn inputs(facts: &FactArgs, read: &[PathBuf]) -> Vec<PathBuf> {
    facts.facts.iter().chain(read).cloned().collect()
}

/// Prints lines on standard error.
pub(super) fn say(lines: &[String], global: GlobalArgs) {
    if global.quiet {
        return;
    }
    for line in lines {
        terminal::say(&format!("annals: {line}"), false);
    }
}

/// Draws errors on standard error.
pub(super) fn say_errors(findings: &Findings, global: GlobalArgs) {
    let drawing = drawing(output::colour_err(global));
    for finding in findings.drawn(Severity::Error, drawing) {
        terminal::say(&format!("{finding}\n"), drawing.colour);
    }
}

/// How findings are rendered here.
pub(super) fn drawing(colour: bool) -> Drawing {
    let ascii = std::env::var("LC_ALL").is_ok_and(|locale| locale == "C" || locale == "POSIX");
    let letters = if ascii {
        Letters::Ascii
    } else {
        Letters::Boxes
    };
    Drawing {
        colour,
        letters,
        width: output::width().max(80),
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        hosted::failed(&error);
        let exit = match &error {
            StoreError::Name(_) | StoreError::Question(_) => Exit::Usage,
            StoreError::Unreadable(_) | StoreError::Facts(_) => Exit::Unreadable,
        };
        Failure {
            message: Some(error.to_string()),
            exit,
        }
    }
}
