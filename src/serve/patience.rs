//! How long a page is waited for, and what becomes of one that takes longer.

use std::sync::Arc;
use std::time::Duration;

use annals_watch::{Stopped, Watch};
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Late {
    /// The work failed.
    Failed,
    /// Nobody waits any longer, and it goes on: what it reads for good is there when it is asked again.
    GoesOn,
    /// It was stopped, since another goes on already.
    Stopped,
}

/// The work for pages: of what takes longer than anybody waits for, one at a time goes on.
#[derive(Debug)]
pub(crate) struct Patience {
    waits: Duration,
    goes_on: Duration,
    going_on: Arc<Semaphore>,
}

type Work<T> = JoinHandle<Result<T, Stopped>>;

impl Patience {
    /// Waits so long, and lets go on so long.
    pub(crate) fn new(waits: Duration, goes_on: Duration) -> Self {
        Patience {
            waits,
            goes_on,
            going_on: Arc::new(Semaphore::new(1)),
        }
    }

    /// Does some work on a thread of its own.
    pub(crate) async fn answer<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Late> {
        let watch = Watch::new();
        let under = watch.clone();
        let mut work: Work<T> = tokio::task::spawn_blocking(move || under.during(work));
        match tokio::time::timeout(self.waits, &mut work).await {
            Ok(Ok(Ok(answer))) => Ok(answer),
            Ok(_) => Err(Late::Failed),
            Err(_) => Err(self.leave(watch, work)),
        }
    }

    fn leave<T: Send + 'static>(&self, watch: Watch, work: Work<T>) -> Late {
        let Ok(turn) = Arc::clone(&self.going_on).try_acquire_owned() else {
            watch.stop();
            return Late::Stopped;
        };
        let goes_on = self.goes_on;
        tokio::spawn(async move {
            if tokio::time::timeout(goes_on, work).await.is_err() {
                watch.stop();
            }
            drop(turn);
        });
        Late::GoesOn
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    /// Work that ends when it is stopped; says so when it begins and ends.
    fn endless(running: &Arc<AtomicUsize>) -> impl FnOnce() + Send + 'static {
        struct Runs(Arc<AtomicUsize>);
        impl Drop for Runs {
            fn drop(&mut self) {
                self.0.fetch_sub(1, Ordering::SeqCst);
            }
        }
        let running = Arc::clone(running);
        move || {
            running.fetch_add(1, Ordering::SeqCst);
            let _runs = Runs(running);
            loop {
                annals_watch::look();
                std::thread::sleep(Duration::from_millis(1));
            }
        }
    }

    /// Runs a test, and does not wait for work that goes on, whether it fails or not.
    fn run(test: impl Future<Output = ()>) {
        struct Ends(Option<tokio::runtime::Runtime>);
        impl Drop for Ends {
            fn drop(&mut self) {
                if let Some(runtime) = self.0.take() {
                    runtime.shutdown_background();
                }
            }
        }
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = Ends(runtime.enable_time().build().ok());
        if let Some(runtime) = &runtime.0 {
            runtime.block_on(test);
        }
    }

    #[test]
    fn one_goes_on_and_any_other_is_stopped() {
        run(async {
            let patience = Patience::new(Duration::from_millis(50), Duration::from_secs(600));
            let running = Arc::new(AtomicUsize::new(0));
            let fails = || -> () { panic!("it fails") };
            assert_eq!(patience.answer(endless(&running)).await, Err(Late::GoesOn));
            for _ in 0..5 {
                let other = patience.answer(endless(&running)).await;
                assert_eq!(other, Err(Late::Stopped));
            }
            while running.load(Ordering::SeqCst) > 1 {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            // However slow the machine is.
            let patience = Patience {
                waits: Duration::from_secs(600),
                ..patience
            };
            assert_eq!(patience.answer(|| 7).await, Ok(7), "others are answered");
            assert_eq!(patience.answer(fails).await, Err(Late::Failed));
            assert_eq!(running.load(Ordering::SeqCst), 1);
        });
    }

    #[test]
    fn what_goes_on_ends_in_its_time_and_another_takes_its_turn() {
        run(async {
            let patience = Patience::new(Duration::from_millis(20), Duration::from_millis(20));
            let running = Arc::new(AtomicUsize::new(0));
            for _ in 0..3 {
                assert_eq!(patience.answer(endless(&running)).await, Err(Late::GoesOn));
                while patience.going_on.available_permits() == 0
                    || running.load(Ordering::SeqCst) > 0
                {
                    tokio::time::sleep(Duration::from_millis(1)).await;
                }
            }
        });
    }
}
