//! A block: what was read of a file, or of some lines of one, apart from all else; and what all
//! blocks have in common.

use crate::finding::Finding;
use crate::model::{Facts, OwnWords, RecordRef, SourceFile};

use super::pending::Pending;

/// What is known before anything is read.
#[derive(Debug)]
pub(crate) struct Frame {
    /// The files of the run.
    pub(crate) files: Vec<SourceFile>,
    /// Words of the user's own.
    pub(crate) own_words: OwnWords,
}

/// What was read of a file, or of some lines of one. Nothing in it refers to what is outside.
#[derive(Debug, Default)]
pub(crate) struct Block {
    /// The records; their references wait in `pending`, and no id is claimed for them.
    pub(crate) facts: Facts,
    pub(crate) findings: Vec<Finding>,
    pub(crate) pending: Pending,
    /// The records as they stand, and which of its kind in the block each is, from 1.
    pub(crate) records: Vec<(RecordRef, usize)>,
    /// How many records of each kind there are, those that cannot be used among them.
    pub(crate) counts: [usize; 8],
    /// Whether a store was full.
    pub(crate) full: bool,
}
