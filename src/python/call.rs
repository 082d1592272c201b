//! Calls of the core: on a thread of their own, while the caller looks at signals.

use std::any::Any;
use std::ffi::OsString;
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use annals_store::{Stopped, Watch};
use pyo3::prelude::*;

use super::refusal;

/// How long the caller waits before it looks at signals.
const PATIENCE: Duration = Duration::from_millis(20);

/// How often it looks after an interruption before it leaves work that only reads: work looks at its mark
/// every 50 ms.
const ROUNDS_AFTER: usize = 4;

/// The stack of a call, as large as that of a program.
const STACK: usize = 8 << 20;

/// What a thread sends when it has ended.
type Ended<T> = Result<Result<T, Stopped>, Box<dyn Any + Send>>;

/// What becomes of work when a signal handler of Python raises. It is stopped in any case.
pub(crate) enum Interrupted {
    /// It only reads, so it is not waited for if it does not look at its mark.
    Left,
    /// It is waited for, so that whatever it writes is whole, or gone, when the call has ended.
    Awaited,
}

/// Does some work without the interpreter, on a thread of its own, and stops it on an interruption.
///
/// # Errors
/// What a signal handler of Python raises; `annals.InternalError` where the work panics.
pub(crate) fn outside<T: Send + 'static>(
    py: Python<'_>,
    work: impl FnOnce() -> T + Send + 'static,
) -> PyResult<T> {
    watched(py, &Interrupted::Left, None, |watch| watch.during(work))
}

/// The same, of work that stops when its watch is stopped. While the caller waits, a function of Python is
/// told how far the work has come; what that raises is taken as an interruption.
///
/// # Errors
/// As [`outside`].
pub(crate) fn watched<T: Send + 'static>(
    py: Python<'_>,
    when: &Interrupted,
    told: Option<&Bound<'_, PyAny>>,
    work: impl FnOnce(&Watch) -> Result<T, Stopped> + Send + 'static,
) -> PyResult<T> {
    let watch = Watch::new();
    let mark = watch.clone();
    let (sender, mut ended) = mpsc::channel::<Ended<T>>();
    let run = move || {
        let result = catch_unwind(AssertUnwindSafe(|| work(&mark)));
        // Whoever waits is there until this arrives.
        let _ = sender.send(result);
    };
    let thread = thread::Builder::new().name("annals".into());
    let thread = thread.stack_size(STACK).spawn(run)?;
    let mut interrupted = None;
    let mut rounds_after = 0;
    let result = loop {
        let waited = py.detach(move || waited(ended));
        match waited {
            Ok(result) => break result,
            Err(Some(still)) => ended = still,
            Err(None) => break Err(Box::new("the call ended without an answer")),
        }
        if let Some(error) = interrupted.take() {
            rounds_after += 1;
            if matches!(when, Interrupted::Left) && rounds_after > ROUNDS_AFTER {
                return Err(error);
            }
            interrupted = Some(error);
        } else if let Err(error) = py.check_signals().and_then(|()| tell(&watch, told)) {
            watch.stop();
            interrupted = Some(error);
        }
    };
    if interrupted.is_none()
        && let Err(error) = tell(&watch, told)
    {
        interrupted = Some(error);
    }
    // It has sent its last word.
    let _ = py.detach(|| thread.join());
    match (interrupted, result) {
        (Some(error), _) => Err(error),
        (None, Ok(Ok(value))) => Ok(value),
        (None, Ok(Err(Stopped))) => Err(refusal::internal(py, "nobody stopped the call")),
        (None, Err(panic)) => Err(refusal::internal(py, &words_of(&*panic))),
    }
}

/// Tells how far the work has come.
fn tell(watch: &Watch, told: Option<&Bound<'_, PyAny>>) -> PyResult<()> {
    if let Some((told, stage)) = told.zip(watch.stage())
        && stage.all > 0
    {
        told.call1((stage.done, stage.all.max(stage.done), stage.what))?;
    }
    Ok(())
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
