//! The result of loading: facts, findings, and what else was learnt of the files.

use std::collections::{BTreeMap, BTreeSet};

use crate::earlier::EarlierFiles;
use crate::locate::{Places, Sources};
use crate::verify::texts::Texts;
use annals_finding::Finding;
use annals_finding::write::Counts;
use annals_model::{Facts, FileId, RecordRef};

/// What was read.
#[derive(Debug)]
pub struct LoadResult {
    /// All records, as far as they can be used.
    pub facts: Facts,
    /// The texts of the documents, as far as they are there.
    pub texts: Texts,
    /// The files, for showing places in them.
    pub sources: Sources,
    /// What is wrong, in order.
    pub findings: Vec<Finding>,
    /// Whether nothing of a file could be read.
    pub stopped: bool,
    /// The file, which is none, of the records that stand in for what is not read.
    pub stand_ins: Option<FileId>,
    /// What could not be read of files that otherwise could.
    pub unread: Unread,
    /// What is known of the facts as a whole, where they come from a snapshot.
    pub whole: Option<SnapshotSummary>,
    /// What was read of each small file, for reading again only what has changed.
    pub earlier: EarlierFiles,
}

/// What could not be read of files that otherwise could: a slip costs the record in which it stands,
/// not the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unread {
    /// The files that were read in part, and how many records of each could not be read.
    pub files: BTreeMap<FileId, usize>,
    /// The records that refer to one that could not be read. Their references are left out, and no
    /// finding says so.
    pub referring: BTreeSet<RecordRef>,
}

impl Unread {
    /// Whether all files were read whole.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

/// What is known of facts as a whole, of which perhaps only some were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SnapshotSummary {
    /// How many findings `annals check` shows.
    pub counts: Counts,
    /// How many records there are.
    pub records: usize,
    /// How many of them have been retracted.
    pub retracted: usize,
    /// What is said of quotes that could not be verified.
    pub unverified: Option<String>,
}

impl<'s> Places<'s> {
    /// The places of what was read.
    pub fn new(loaded: &'s LoadResult) -> Self {
        Places::of(&loaded.facts, &loaded.sources)
    }
}
