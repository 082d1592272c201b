//! Room that was used and may be used again. Memory that was just given back is fresh to the system,
//! which clears every page of it before it is written to again; what is used again is in the cache.

use std::sync::{Mutex, PoisonError};

/// Things that nobody uses at the moment.
#[derive(Debug)]
pub(super) struct Spare<T>(Mutex<Vec<T>>);

impl<T> Default for Spare<T> {
    fn default() -> Self {
        Spare(Mutex::default())
    }
}

impl<T> Spare<T> {
    /// One of them, or a new one.
    pub(super) fn take(&self, new: impl FnOnce() -> T) -> T {
        // A thread that panics ends the whole run.
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let one = all.pop();
        drop(all);
        one.unwrap_or_else(new)
    }

    /// Gives one back.
    pub(super) fn give(&self, one: T) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.push(one);
    }
}
