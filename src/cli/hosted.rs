//! Commands that run within another program, the host: the explorer's server, or Python.
//!
//! A command need not know of it. Opening a store gives the host's, standard output is the host's
//! writer, and what would be printed on standard error is kept for it.

use std::cell::RefCell;
use std::io::Write;

use annals_store::{Store, StoreError};

/// Where a hosted command answers.
pub(super) type Out = Box<dyn Write + Send>;

struct Host {
    store: Option<Store>,
    out: Option<Out>,
    beside: Beside,
}

/// What a hosted command gave beside its answer.
#[derive(Default)]
pub(super) struct Beside {
    /// The lines that it would print on standard error.
    pub(super) said: Vec<String>,
    /// Why there is no answer, if the store said so.
    pub(super) error: Option<StoreError>,
}

thread_local! {
    /// A thread runs one command at a time.
    static HOST: RefCell<Option<Host>> = const { RefCell::new(None) };
}

/// Runs something on this thread with a writer in place of standard output, and with a store in place of
/// those that it would open. Returns what it gave beside.
pub(super) fn with<R>(
    store: Option<&Store>,
    out: Option<Out>,
    work: impl FnOnce() -> R,
) -> (R, Beside) {
    /// Takes the host away again, whatever happens.
    struct Ended;
    impl Drop for Ended {
        fn drop(&mut self) {
            HOST.set(None);
        }
    }
    HOST.set(Some(Host {
        store: store.cloned(),
        out,
        beside: Beside::default(),
    }));
    let ended = Ended;
    let result = work();
    let beside =
        HOST.with_borrow_mut(|host| host.as_mut().map(|host| std::mem::take(&mut host.beside)));
    drop(ended);
    (result, beside.unwrap_or_default())
}

/// Whether this command is hosted: then nothing is shown, and signals belong to the host.
pub(super) fn is_hosted() -> bool {
    HOST.with_borrow(Option::is_some)
}

/// The store of the host, if it has one.
pub(super) fn store() -> Option<Store> {
    HOST.with_borrow(|host| host.as_ref().and_then(|host| host.store.clone()))
}

/// Keeps the reason why a hosted command has no answer.
pub(super) fn failed(error: &StoreError) {
    HOST.with_borrow_mut(|host| {
        if let Some(host) = host {
            host.beside.error = Some(error.clone());
        }
    });
}

/// The writer of the host, if this command is hosted; an answer is written once.
pub(super) fn out() -> Option<Out> {
    let nowhere = || -> Out { Box::new(std::io::sink()) };
    HOST.with_borrow_mut(|host| {
        let host = host.as_mut()?;
        Some(host.out.take().unwrap_or_else(nowhere))
    })
}

/// Keeps a line that would be printed on standard error; `false` if this command is not hosted.
pub(super) fn keep(line: &str) -> bool {
    HOST.with_borrow_mut(|host| match host {
        Some(host) => {
            host.beside.said.push(line.to_owned());
            true
        }
        None => false,
    })
}
