//! Commands that run within a server: they ask its store, and their answer goes to it.
//!
//! A command need not know of it. Opening a store gives the server's, standard output is the server's
//! writer, and what would be printed on standard error is kept for it.

use std::cell::RefCell;
use std::io::Write;

use annals_store::Store;

/// Where a hosted command answers.
pub(super) type Out = Box<dyn Write + Send>;

struct Host {
    store: Store,
    out: Option<Out>,
    said: Vec<String>,
}

thread_local! {
    /// A thread runs one command at a time.
    static HOST: RefCell<Option<Host>> = const { RefCell::new(None) };
}

/// Runs something on this thread with a store, and with a writer in place of standard output. Returns
/// what it printed beside.
pub(super) fn with<R>(
    store: &Store,
    out: Option<Out>,
    work: impl FnOnce() -> R,
) -> (R, Vec<String>) {
    /// Takes the host away again, whatever happens.
    struct Ended;
    impl Drop for Ended {
        fn drop(&mut self) {
            HOST.set(None);
        }
    }
    HOST.set(Some(Host {
        store: store.clone(),
        out,
        said: Vec::new(),
    }));
    let ended = Ended;
    let result = work();
    let said =
        HOST.with_borrow_mut(|host| host.as_mut().map(|host| std::mem::take(&mut host.said)));
    drop(ended);
    (result, said.unwrap_or_default())
}

/// The store of the server, if this command is hosted.
pub(super) fn store() -> Option<Store> {
    HOST.with_borrow(|host| host.as_ref().map(|host| host.store.clone()))
}

/// The writer of the server, if this command is hosted; an answer is written once.
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
            host.said.push(line.to_owned());
            true
        }
        None => false,
    })
}
