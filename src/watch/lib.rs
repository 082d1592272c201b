//! A stop mark for long work, and how far it has come.
//!
//! Whoever starts work holds a [`Watch`], and runs the work [under](Watch::during) it. Loops that can be
//! long [look](look()) at it in each round, at least every 50 ms; when it says stop, the work unwinds to
//! where it was started, and what it holds is freed on the way: files that are half written, locks, memory.
//! No function on the way needs to know, and none can forget to pass it on. (Salsa, the library below
//! rust-analyzer, cancels its queries so.) Work that nobody watches is never stopped.
//!
//! ```
//! use annals_watch::{Stopped, Watch, look};
//!
//! let watch = Watch::new();
//! watch.stop();
//! let endless = || loop {
//!     look();
//! };
//! assert_eq!(watch.during(endless), Err::<(), _>(Stopped));
//! ```

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The work was stopped, and left nothing half done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stopped;

/// How far a stage of the work has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stage {
    /// What is being done: `reading facts`.
    pub what: &'static str,
    /// How much of it is done, in units of its own.
    pub done: u64,
    /// How much there is; 0 where that is not known.
    pub all: u64,
}

impl Stage {
    /// Whether its units are bytes: so they are when something is read.
    pub fn is_bytes(&self) -> bool {
        self.what == READING
    }
}

/// The stage of reading facts, in bytes.
pub const READING: &str = "reading facts";

/// A stop mark, and how far the work under it has come. Clones are the same watch.
#[derive(Debug, Clone, Default)]
pub struct Watch {
    shared: Arc<Shared>,
    /// Whether the work of this thread is only beside that of which the stages tell.
    is_aside: bool,
}

#[derive(Debug, Default)]
struct Shared {
    is_stopped: AtomicBool,
    stage: Mutex<Stage>,
}

impl Shared {
    /// Numbers are whole, even if a thread panicked.
    fn stage(&self) -> MutexGuard<'_, Stage> {
        self.stage.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

thread_local! {
    /// The watch of the work that this thread does.
    static HERE: RefCell<Option<Watch>> = const { RefCell::new(None) };
}

/// Sets the watch of this thread back, whatever happens.
struct Before(Option<Watch>);

impl Drop for Before {
    fn drop(&mut self) {
        HERE.set(self.0.take());
    }
}

impl Watch {
    /// A watch under which nothing runs yet.
    pub fn new() -> Self {
        Watch::default()
    }

    /// Stops the work under it, now or when it begins; for good.
    pub fn stop(&self) {
        self.shared.is_stopped.store(true, Ordering::Relaxed);
    }

    /// Whether the work is to stop.
    pub fn is_stopped(&self) -> bool {
        self.shared.is_stopped.load(Ordering::Relaxed)
    }

    /// What is being done, and how far it has come; `None` before a stage has begun.
    pub fn stage(&self) -> Option<Stage> {
        let stage = *self.shared.stage();
        (!stage.what.is_empty()).then_some(stage)
    }

    /// Does some work on this thread, under this watch. If it is stopped, this unwinds.
    pub fn over<T>(&self, work: impl FnOnce() -> T) -> T {
        let _before = Before(HERE.replace(Some(self.clone())));
        work()
    }

    /// Does some work on this thread, under this watch.
    ///
    /// # Errors
    /// If it was stopped.
    pub fn during<T>(&self, work: impl FnOnce() -> T) -> Result<T, Stopped> {
        // Nobody sees what is left behind by work that has unwound, but for what its owners lock.
        match catch_unwind(AssertUnwindSafe(|| self.over(work))) {
            Ok(result) => Ok(result),
            Err(why) if why.is::<Stopped>() => Err(Stopped),
            Err(panic) => resume_unwind(panic),
        }
    }
}

/// The watch of this thread, if it works under one.
pub fn here() -> Option<Watch> {
    HERE.with_borrow(Clone::clone)
}

/// To be called in each round of a loop that can be long: unwinds if the work is to stop.
pub fn look() {
    let is_stopped = HERE.with_borrow(|here| here.as_ref().is_some_and(Watch::is_stopped));
    // Whatever is freed on the way may look too (a writer that is flushed), and must not unwind once more.
    if is_stopped && !std::thread::panicking() {
        // No panic, so nothing is printed.
        resume_unwind(Box::new(Stopped));
    }
}

/// The rounds of a loop, for those that take less than some microseconds: [`look`]s in every 1,024th.
#[derive(Debug, Clone, Default)]
pub struct Rounds(u32);

impl Rounds {
    /// To be called in each round.
    #[inline]
    pub fn look(&mut self) {
        self.0 = self.0.wrapping_add(1);
        if self.0.is_multiple_of(1024) {
            look();
        }
    }
}

/// Some work for another thread, under the watch of this one. Who joins that thread has to pass on what it
/// unwinds with ([`resume_unwind`]).
pub fn handed_on<T>(work: impl FnOnce() -> T) -> impl FnOnce() -> T {
    let watch = here();
    move || match watch {
        Some(watch) => watch.over(work),
        None => work(),
    }
}

/// Does two things, side by side if there is enough to do that another thread is worth its start.
pub fn both<A: Send, B>(
    is_much: bool,
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B,
) -> (A, B) {
    if !is_much {
        return (one(), other());
    }
    std::thread::scope(|scope| {
        let one = scope.spawn(handed_on(one));
        let other = other();
        (one.join().unwrap_or_else(|why| resume_unwind(why)), other)
    })
}

/// Does some work beside other work of the same watch: it stops with it, and does not say how far it is.
pub fn aside<T>(work: impl FnOnce() -> T) -> T {
    match here() {
        Some(watch) => Watch {
            is_aside: true,
            ..watch
        }
        .over(work),
        None => work(),
    }
}

/// The watch to tell of stages.
fn told() -> Option<Watch> {
    here().filter(|watch| !watch.is_aside)
}

/// Says that a stage of the work begins: what is done, and how much there is of it, if that is known.
pub fn begin(what: &'static str, all: u64) {
    if let Some(watch) = told() {
        *watch.shared.stage() = Stage { what, done: 0, all };
    }
}

/// Says that so much more of the stage is done. Called for many at once: it takes a lock.
pub fn advance(by: u64) {
    if let Some(watch) = told() {
        watch.shared.stage().done += by;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;

    #[test]
    fn work_that_nobody_watches_goes_on() {
        look();
        advance(3);
        assert!(here().is_none());
        let elsewhere = Watch::new();
        elsewhere.stop();
        look();
    }

    #[test]
    fn many_rounds_look_once() {
        let watch = Watch::new();
        let gone = std::cell::Cell::new(0);
        let ended = watch.during(|| {
            let mut rounds = Rounds::default();
            watch.stop();
            loop {
                rounds.look();
                gone.set(gone.get() + 1);
            }
        });
        assert_eq!((ended, gone.get()), (Err::<(), _>(Stopped), 1023));
    }

    #[test]
    fn both_are_done_and_either_stops_both() {
        for is_much in [false, true] {
            assert_eq!(both(is_much, || 1, || "two"), (1, "two"));
            let watch = Watch::new();
            let stopped = watch.during(|| {
                watch.stop();
                both(is_much, look, || ());
            });
            assert_eq!(stopped, Err(Stopped));
            let failed = catch_unwind(|| both(is_much, || panic!("one"), || ()));
            assert_eq!(failed.unwrap_err().downcast_ref(), Some(&"one"));
        }
    }

    #[test]
    fn what_the_work_holds_is_freed() {
        let watch = Watch::new();
        let held = Arc::new(());
        let inside = Arc::clone(&held);
        let ended = watch.during(|| {
            watch.stop();
            look();
            drop(inside);
        });
        assert_eq!(ended, Err(Stopped));
        assert_eq!(Arc::strong_count(&held), 1);
        assert!(here().is_none());
    }

    #[test]
    fn what_is_freed_may_look_too() {
        struct Looks;
        impl Drop for Looks {
            fn drop(&mut self) {
                look();
            }
        }
        let watch = Watch::new();
        let ended = watch.during(|| {
            let _looks = Looks;
            watch.stop();
            look();
        });
        assert_eq!(ended, Err(Stopped));
    }

    #[test]
    fn a_watch_within_another_ends_with_its_work() {
        let (outer, inner) = (Watch::new(), Watch::new());
        inner.stop();
        let ended = outer.during(|| {
            let ended = inner.during(look);
            look();
            ended
        });
        assert_eq!(ended, Ok(Err(Stopped)));
    }

    #[test]
    fn other_threads_stop_with_it_and_tell_how_far_they_are() {
        let watch = Watch::new();
        let ended = watch.during(|| {
            begin("counting", 10);
            thread::scope(|scope| {
                let other = scope.spawn(handed_on(|| {
                    advance(4);
                    loop {
                        look();
                        thread::yield_now();
                    }
                }));
                while watch.stage().is_some_and(|stage| stage.done < 4) {
                    thread::yield_now();
                }
                watch.stop();
                other.join().unwrap_or_else(|why| resume_unwind(why));
            });
        });
        assert_eq!(ended, Err::<(), _>(Stopped));
        let stage = Stage {
            what: "counting",
            done: 4,
            all: 10,
        };
        assert_eq!(watch.stage(), Some(stage));
    }

    #[test]
    fn work_aside_says_nothing() {
        let watch = Watch::new();
        let ended = watch.during(|| {
            begin("writing", 2);
            aside(|| {
                begin("counting", 7);
                advance(1);
            });
            advance(1);
        });
        assert_eq!(ended, Ok(()));
        let stage = watch.stage();
        assert_eq!(
            stage.map(|stage| (stage.what, stage.done)),
            Some(("writing", 1))
        );
    }

    #[test]
    #[should_panic(expected = "a fault")]
    fn a_panic_is_no_stop() {
        let _ = Watch::new().during(|| panic!("a fault"));
    }
}
