//! Commands that run within another program, the host: the explorer's server, or Python.
//!
//! A command need not know of it. Opening a store gives the host's, standard output is the host's
//! writer, and what would be printed on standard error is kept for it.

use std::cell::RefCell;
use std::io::Write;
use std::ops::Range;
use std::sync::Arc;

use annals_finding::write::FindingRow;
use annals_ordered_parallel::{for_each_ordered, threads};
use annals_store::{Claims, Dates, Promises, Store, StoreError};

/// Where a hosted command answers.
pub(super) type Out = Box<dyn Write + Send>;

/// What takes the rows of an answer as they are, in place of their JSON.
pub trait RowSink: std::fmt::Debug + Send + Sync {
    /// Whether it takes so many rows.
    fn wants(&self, count: usize) -> bool;

    /// Takes rows that are made whenever they are looked at; of such, none is given to `take`.
    fn keep(&self, rows: Arc<dyn KeptRows>);

    /// Takes some rows, of which the first is this one of the answer: `each` gives them one by one. Several
    /// threads call it, in any order, each with rows of its own.
    ///
    /// # Errors
    /// If it cannot take them.
    fn take(&self, first: usize, each: &EachRow<'_>) -> std::io::Result<()>;
}

/// The rows of an answer that can be made at any time, since little more than their number is kept.
pub trait KeptRows: std::fmt::Debug + Send + Sync {
    /// How many there are.
    fn count(&self) -> usize;

    /// Makes some of them, and gives them one by one.
    ///
    /// # Errors
    /// What `take` returns.
    fn each(
        &self,
        range: Range<usize>,
        take: &mut dyn FnMut(&dyn Row) -> std::io::Result<()>,
    ) -> std::io::Result<()>;
}

/// So many rows are near in memory when they are looked at.
const FEW: usize = 64;

/// So many rows are one piece of work, and of so many threads each has one.
const PIECE: usize = 1 << 16;
const THREADS: usize = 8;

/// Has several threads go through rows: `take` is given the number of the first of a piece, and what gives
/// its rows; what it returns is given to `done` in their order.
///
/// # Errors
/// The first error of `take` or `done`.
pub fn in_pieces<R: Send>(
    count: usize,
    each: &GivesRows<'_>,
    take: impl Fn(usize, &EachRow<'_>) -> std::io::Result<R> + Sync,
    mut done: impl FnMut(R) -> std::io::Result<()>,
) -> std::io::Result<()> {
    let piece = |first: usize| {
        let range = first..count.min(first + PIECE);
        take(first, &|row| each(range.clone(), row))
    };
    let firsts = (0..count).step_by(PIECE);
    for_each_ordered(firsts, threads(THREADS), piece, |made| done(made?))
}

/// A range in pieces, whose rows are few enough to be near when they are looked at.
pub(super) fn few_at_once(range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let firsts = range.clone().step_by(FEW);
    firsts.map(move |first| {
        annals_watch::look();
        first..range.end.min(first + FEW)
    })
}

/// Gives some rows of an answer, one after the other.
pub(super) type GivesRows<'a> = dyn Fn(Range<usize>, &mut dyn FnMut(&dyn Row) -> std::io::Result<()>) -> std::io::Result<()>
    + Sync
    + 'a;

/// Rows that answers make when they are wanted.
macro_rules! kept_rows {
    ($($answer:ty: $rows:ident),*) => {$(
        impl KeptRows for $answer {
            fn count(&self) -> usize {
                self.len()
            }

            fn each(
                &self,
                range: Range<usize>,
                take: &mut dyn FnMut(&dyn Row) -> std::io::Result<()>,
            ) -> std::io::Result<()> {
                // A few at a time: what rows are made of is far apart in memory, and is fetched ahead.
                let mut rows = self.$rows(range);
                let mut few = Vec::with_capacity(FEW);
                loop {
                    annals_watch::look();
                    few.extend(rows.by_ref().take(FEW));
                    if few.is_empty() {
                        return Ok(());
                    }
                    few.iter().try_for_each(|row| take(row))?;
                    few.clear();
                }
            }
        }
    )*};
}

kept_rows!(Claims: borrowed_rows, Dates: rows, Promises: borrowed_rows);

/// A row of an answer, which writes itself as it would as JSON.
pub use erased_serde::Serialize as Row;

/// Gives rows, one after the other, to whoever takes them.
pub type EachRow<'a> =
    dyn Fn(&mut dyn FnMut(&dyn Row) -> std::io::Result<()>) -> std::io::Result<()> + 'a;

/// What a hosted command answers to.
#[derive(Default)]
pub(super) struct Outputs {
    /// In place of standard output.
    pub(super) out: Option<Out>,
    /// In place of rows of JSON there.
    pub(super) rows: Option<Arc<dyn RowSink>>,
}

/// A finding in a file that is no fact file, for which a command was given up.
#[derive(Debug, Clone)]
pub struct Refused {
    /// The finding as data.
    pub finding: FindingRow,
    /// The finding with its lines, as the program prints it.
    pub drawn: String,
}

struct Host {
    store: Option<Store>,
    outputs: Outputs,
    beside: Beside,
}

/// What a hosted command gave beside its answer.
#[derive(Default)]
pub(super) struct Beside {
    /// The lines that it would print on standard error.
    pub(super) said: Vec<String>,
    /// Why there is no answer, if the store said so.
    pub(super) error: Option<StoreError>,
    /// Why there is no answer, if files of others could not be read.
    pub(super) refused: Option<Box<Refused>>,
}

thread_local! {
    /// A thread runs one command at a time.
    static HOST: RefCell<Option<Host>> = const { RefCell::new(None) };
}

/// Runs something on this thread with what takes its answer in place of standard output, and with a store in
/// place of those that it would open. Returns what it gave beside.
pub(super) fn with<R>(
    store: Option<&Store>,
    outputs: Outputs,
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
        outputs,
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

/// Keeps the finding for which a hosted command was given up.
pub(super) fn refused(refused: Refused) {
    HOST.with_borrow_mut(|host| {
        if let Some(host) = host {
            host.beside.refused = Some(Box::new(refused));
        }
    });
}

/// The writer of the host, if this command is hosted; an answer is written once.
pub(super) fn out() -> Option<Out> {
    let nowhere = || -> Out { Box::new(std::io::sink()) };
    HOST.with_borrow_mut(|host| {
        let host = host.as_mut()?;
        Some(host.outputs.out.take().unwrap_or_else(nowhere))
    })
}

/// What takes the rows of an answer that has so many, if the host has such.
pub(super) fn row_sink(count: usize) -> Option<Arc<dyn RowSink>> {
    HOST.with_borrow(|host| {
        let sink = host.as_ref()?.outputs.rows.as_ref()?;
        sink.wants(count).then(|| Arc::clone(sink))
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
