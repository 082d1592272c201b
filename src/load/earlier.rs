//! Incremental loading: the blocks of small files are kept, so that a store that is loaded again
//! reads only the files that have changed.
//!
//! Each file is read into a block of its own, independently of all others, and the blocks are then
//! joined. So an unchanged file is a copy of its block; only joining, resolving and verifying are
//! repeated.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

use crate::decode::block::{Block, Frame};
use crate::source::chunks::BLOCK;
use crate::source::files::{FactFile, Input};
use annals_model::{FileId, SourceFile};

/// No more bytes of files are kept as blocks when they are read for the first time: most programs read
/// them once.
const MOST: u64 = 16 << 20;
/// The same, of files that are read again.
const MOST_AGAIN: u64 = 128 << 20;

/// What was read of small files.
#[derive(Debug)]
pub struct EarlierFiles {
    /// Whoever reads again shares what is unchanged.
    files: BTreeMap<FileId, Arc<EarlierFile>>,
    bytes: u64,
    most: u64,
}

impl Default for EarlierFiles {
    fn default() -> Self {
        EarlierFiles {
            files: BTreeMap::new(),
            bytes: 0,
            most: MOST,
        }
    }
}

#[derive(Debug)]
struct EarlierFile {
    about: SourceFile,
    bytes: u64,
    block: Block,
    usable: bool,
}

impl EarlierFiles {
    /// Room for what is read after these.
    pub(crate) fn next(&self) -> EarlierFiles {
        EarlierFiles {
            most: if self.is_empty() { MOST } else { MOST_AGAIN },
            ..EarlierFiles::default()
        }
    }

    /// Keeps what was read before of a file that has not changed.
    pub(crate) fn keep_on(&mut self, file: FileId, before: &EarlierFiles) {
        let Some(kept) = before.files.get(&file) else {
            return;
        };
        if self.bytes + kept.bytes <= self.most {
            self.bytes += kept.bytes;
            self.files.insert(file, Arc::clone(kept));
        }
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Whether the block of a whole file of this size may be kept, so that a reader must not refer to
    /// what it met in other files.
    pub(crate) fn may_keep(bytes: u64) -> bool {
        bytes < BLOCK as u64
    }

    /// Keeps what was read of a file, if there is room.
    pub(crate) fn keep(
        &mut self,
        file: FileId,
        about: &SourceFile,
        bytes: u64,
        block: &Block,
        usable: bool,
    ) {
        if self.bytes + bytes > self.most {
            return;
        }
        self.bytes += bytes;
        let kept = EarlierFile {
            about: about.clone(),
            bytes,
            block: block.clone(),
            usable,
        };
        self.files.insert(file, Arc::new(kept));
    }

    /// Marks the files that need not be read again: those that are here under the same number and name,
    /// and have not changed.
    pub(crate) fn mark(
        &self,
        files: &mut [FactFile],
        frame: &Frame,
        is_unchanged: &dyn Fn(&Path) -> bool,
    ) {
        for (nth, file) in files.iter_mut().enumerate() {
            let earlier = self.files.get(&FileId(nth as u32));
            let same = earlier.is_some_and(|earlier| earlier.about == frame.files[nth]);
            if let Input::Path(path) = &file.input
                && same
                && is_unchanged(path)
            {
                file.input = Input::Unchanged(path.clone());
            }
        }
    }

    /// What was read of a file, for a reader of its own; whether the file can be used; and its size.
    pub(crate) fn block(
        &self,
        file: FileId,
        next_reader: &AtomicUsize,
    ) -> Option<(Block, bool, u64)> {
        let earlier = self.files.get(&file)?;
        let mut block = earlier.block.clone();
        block.new.of_reader(next_reader);
        Some((block, earlier.usable, earlier.bytes))
    }
}
