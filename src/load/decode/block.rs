//! A block: the result of reading one file, or some lines of one, independently of all others; and
//! the context that all blocks share.

use annals_finding::Finding;
use annals_model::{Facts, OwnWords, RecordKind, RecordRef, SourceFile};

use super::reader_cache::NewEntries;
use super::unresolved::Unresolved;

/// What is known before anything is read.
#[derive(Debug)]
pub(crate) struct Frame {
    /// The files of the run.
    pub(crate) files: Vec<SourceFile>,
    /// Words of the user's own.
    pub(crate) own_words: OwnWords,
}

/// What a piece held that cannot be read, as far as its text shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Unread {
    /// How many records.
    pub(crate) records: usize,
    /// Their ids: others may refer to them.
    pub(crate) ids: Vec<String>,
    /// Their kind.
    pub(crate) kind: Option<RecordKind>,
}

/// What was read of a file, or of some lines of one. Nothing in it refers to what is outside.
#[derive(Debug, Default, Clone)]
pub(crate) struct Block {
    /// The records; their references wait in `pending`, and no id is claimed for them.
    pub(crate) facts: Facts,
    /// The words and dates that were first met here: the records hold rows of what the reader has met.
    pub(crate) new: NewEntries,
    /// Of JSON Lines: the byte at which each line begins, and how many characters it has.
    pub(crate) lines: Vec<(u64, usize)>,
    /// Whether some of their bytes are no UTF-8.
    pub(crate) no_text: bool,
    pub(crate) findings: Vec<Finding>,
    pub(crate) pending: Unresolved,
    /// The records as they stand, and which of its kind in the block each is, from 1.
    pub(crate) records: Vec<(RecordRef, usize)>,
    /// How many records of each kind there are, those that cannot be used among them.
    pub(crate) counts: [usize; 8],
    /// The pieces that could not be read, and which of the findings says why.
    pub(crate) unread: Vec<(Unread, usize)>,
    /// Whether a store was full.
    pub(crate) full: bool,
}

impl Block {
    /// Forgets what was not taken out of it, and keeps the room for another.
    pub(crate) fn clear(&mut self) {
        self.new.clear();
        self.lines.clear();
        self.no_text = false;
        self.findings.clear();
        self.pending.clear();
        self.records.clear();
        self.counts = [0; 8];
        self.unread.clear();
        self.full = false;
    }
}
