//! What a reader has met: ids that are referred to, open words, dates. They outlive the block that is
//! read, since blocks of one file speak of the same things: a word is looked up by its letters once a
//! block, and when blocks are joined a handle of the reader leads to one of the whole by its row.
//!
//! Blocks are joined in the order in which they stand, and hand over what is new in them in the order
//! in which it was met. What is known by then was met before, so that the whole has its words in the
//! order in which they stand in the files, however many readers there were.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use foldhash::fast::RandomState;

use crate::model::{DateId, Dates, Facts, Name, Names, WordList};
use crate::time::Date;

/// A reader that has met more words than this forgets them, so that many readers do not each hold
/// most words of the whole.
const MOST: usize = 1 << 18;

/// The words that a reader has met.
#[derive(Debug, Default)]
pub(crate) struct Words {
    names: Names,
    dates: Dates,
    /// Dates by how they are written: bulk facts have few days and many claims.
    written: HashMap<Box<str>, DateId, RandomState>,
    new: New,
}

/// Words that were first met in one block.
#[derive(Debug, Clone, Default)]
pub(crate) struct New {
    /// Who met them.
    reader: usize,
    /// Whether the reader had met none before, or has forgotten them.
    first: bool,
    names: WordList,
    dates: Vec<Date>,
}

impl Words {
    /// A reader that has met nothing; of those that work on the same files, each has a number.
    pub(crate) fn of_reader(next: &AtomicUsize) -> Self {
        let mut words = Words::default();
        words.new.reader = next.fetch_add(1, Ordering::Relaxed);
        words.new.first = true;
        words
    }

    /// The name of a word; `None` when 4 GiB of words are full.
    pub(crate) fn intern(&mut self, word: &str) -> Option<Name> {
        self.names.intern_noting(word, &mut self.new.names)
    }

    /// The word of a name.
    #[cfg(feature = "snapshot")]
    pub(crate) fn name(&self, name: Name) -> &str {
        self.names.get(name)
    }

    /// A date that was met, as it is written.
    pub(crate) fn written(&self, text: &str) -> Option<DateId> {
        self.written.get(text).copied()
    }

    /// Remembers how a date is written.
    pub(crate) fn remember(&mut self, text: &str, date: DateId) {
        self.written.insert(text.into(), date);
    }

    /// The handle of a date.
    pub(crate) fn intern_date(&mut self, date: Date) -> Option<DateId> {
        self.dates.intern_noting(date, &mut self.new.dates)
    }

    /// Hands over what is new in a block that ends here.
    pub(crate) fn hand_over(&mut self) -> New {
        let reader = self.new.reader;
        let new = std::mem::take(&mut self.new);
        if self.names.len() > MOST || self.written.len() > MOST {
            *self = Words::default();
            self.new.first = true;
        }
        self.new.reader = reader;
        new
    }
}

/// Where the words of each reader are, in the whole.
#[derive(Debug, Default)]
pub(crate) struct Readers(Vec<Met>);

/// The words of a reader, by their rows there, as they are called in the whole.
#[derive(Debug, Default)]
pub(crate) struct Met {
    pub(crate) names: Vec<Name>,
    pub(crate) dates: Vec<DateId>,
}

impl Readers {
    /// Takes what is new in a block into the whole; all that its reader has met. `None` where there is
    /// no room.
    pub(crate) fn take_in(&mut self, new: New, facts: &mut Facts) -> Option<&Met> {
        if self.0.len() <= new.reader {
            self.0.resize_with(new.reader + 1, Met::default);
        }
        let met = &mut self.0[new.reader];
        if new.first {
            *met = Met::default();
        }
        facts.names.take_in(&new.names, &mut met.names)?;
        for date in new.dates {
            met.dates.push(facts.dates.intern(date)?);
        }
        Some(met)
    }
}
