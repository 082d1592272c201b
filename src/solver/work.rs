//! How much work may still be done.

/// The search budget: how many constraints may still be examined.
#[derive(Debug, Clone, Copy)]
pub(super) struct Work {
    left: usize,
}

impl Work {
    pub(super) fn new(left: usize) -> Self {
        Work { left }
    }

    /// Spends part of the budget; returns whether enough was left.
    pub(super) fn take(&mut self, work: usize) -> bool {
        annals_watch::look();
        let enough = self.left >= work;
        self.left = if enough { self.left - work } else { 0 };
        enough
    }
}
