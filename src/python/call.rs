//! Calls of the core: on a thread of their own, while the caller looks at signals.

use std::any::Any;
use std::ffi::OsString;
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use pyo3::prelude::*;

use super::refusal;

/// How long the caller waits before it looks at signals.
const PATIENCE: Duration = Duration::from_millis(20);

/// The stack of a call, as large as that of a program.
const STACK: usize = 8 << 20;

/// What a thread sends when it has ended.
type Ended<T> = Result<T, Box<dyn Any + Send>>;

/// What becomes of work when a signal handler of Python raises.
pub(crate) enum Interrupted {
    /// Its result is dropped when it comes: it only reads.
    Left,
    /// It is waited for, so that what it writes is whole and there when the call has ended.
    Awaited,
}

/// Does some work without the interpreter, on a thread of its own, and leaves it on an interruption.
///
/// # Errors
/// What a signal handler of Python raises; `annals.InternalError` where the work panics.
pub(crate) fn outside<T: Send + 'static>(
    py: Python<'_>,
    work: impl FnOnce() -> T + Send + 'static,
) -> PyResult<T> {
    stoppable(py, &Interrupted::Left, |_| work())
}

/// The same; the work is given a mark that is set when it shall stop.
///
/// # Errors
/// As [`outside`].
pub(crate) fn stoppable<T: Send + 'static>(
    py: Python<'_>,
    when: &Interrupted,
    work: impl FnOnce(&Arc<AtomicBool>) -> T + Send + 'static,
) -> PyResult<T> {
    watched(py, when, &mut |_| Ok(()), work)
}

/// The same; while it waits, the caller looks at what the work has done. What that raises is taken as an
/// interruption.
///
/// # Errors
/// As [`outside`].
pub(crate) fn watched<T: Send + 'static>(
    py: Python<'_>,
    when: &Interrupted,
    look: &mut dyn FnMut(Python<'_>) -> PyResult<()>,
    work: impl FnOnce(&Arc<AtomicBool>) -> T + Send + 'static,
) -> PyResult<T> {
    let stop = Arc::new(AtomicBool::new(false));
    let mark = Arc::clone(&stop);
    let (sender, mut ended) = mpsc::channel::<Ended<T>>();
    let run = move || {
        let result = catch_unwind(AssertUnwindSafe(|| work(&mark)));
        // Whoever waits is there until this arrives.
        let _ = sender.send(result);
    };
    let thread = thread::Builder::new().name("annals".into());
    let thread = thread.stack_size(STACK).spawn(run)?;
    let mut interrupted = None;
    let result = loop {
        let waited = py.detach(move || waited(ended));
        match waited {
            Ok(result) => break result,
            Err(Some(still)) => ended = still,
            Err(None) => break Err(Box::new("the call ended without an answer")),
        }
        if interrupted.is_none()
            && let Err(error) = py.check_signals().and_then(|()| look(py))
        {
            stop.store(true, Ordering::Relaxed);
            if matches!(when, Interrupted::Left) {
                return Err(error);
            }
            interrupted = Some(error);
        }
    };
    // It has sent its last word.
    let _ = py.detach(|| thread.join());
    match (interrupted, result) {
        (Some(error), _) => Err(error),
        (None, Ok(value)) => Ok(value),
        (None, Err(panic)) => Err(refusal::internal(py, &words_of(&*panic))),
    }
}

/// Waits for a while; gives back what is waited for if nothing has come.
fn waited<T>(ended: Receiver<Ended<T>>) -> Result<Ended<T>, Option<Receiver<Ended<T>>>> {
    match ended.recv_timeout(PATIENCE) {
        Ok(result) => Ok(result),
        Err(RecvTimeoutError::Timeout) => Err(Some(ended)),
        Err(RecvTimeoutError::Disconnected) => Err(None),
    }
}

/// What a panic says.
fn words_of(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
    text.unwrap_or_else(|| "for a reason that it did not give".to_owned())
}

/// The `annals` command: runs it with these arguments, of which the first is its name, and returns its
/// exit code. It prints, and ends on Ctrl-C as Python was told to.
#[pyfunction]
pub(crate) fn main(py: Python<'_>, arguments: Vec<OsString>) -> u8 {
    py.detach(|| {
        let exit = annals_cli::run(arguments);
        // Nobody does it when Python ends. Who has closed it has seen enough.
        let _ = std::io::stdout().flush();
        exit.code()
    })
}
