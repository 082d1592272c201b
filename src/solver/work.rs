//! How much work may still be done.

/// How many constraints may still be looked at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Work {
    left: usize,
}

impl Work {
    pub(super) fn new(left: usize) -> Self {
        Work { left }
    }

    /// Takes some work; whether there was enough left.
    pub(super) fn take(&mut self, work: usize) -> bool {
        let enough = self.left >= work;
        self.left = if enough { self.left - work } else { 0 };
        enough
    }
}
