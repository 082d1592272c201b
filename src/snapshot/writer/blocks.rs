//! Reads a file as blocks of whole lines, for several threads.

use std::io::{self, BufRead, Read as _};

use annals_ordered_parallel::BufferPool;

/// Consecutive lines of a file.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) bytes: Vec<u8>,
    /// Where in the file they begin.
    pub(super) start: usize,
}

impl Block {
    /// The number of lines; the last line of a file need not end with a line break.
    pub(super) fn lines(&self) -> usize {
        let ends = memchr::memchr_iter(b'\n', &self.bytes).count();
        ends + usize::from(self.bytes.last().is_some_and(|last| *last != b'\n'))
    }
}

/// The blocks of a file in order.
pub(super) struct Blocks<'r> {
    pub(super) reader: Box<dyn BufRead + Send + 'r>,
    /// The approximate size of a block in bytes.
    pub(super) size: usize,
    pub(super) spare: &'r BufferPool<Vec<u8>>,
    pub(super) start: usize,
    /// Whether the end or an error was reached.
    pub(super) ended: bool,
}

impl Blocks<'_> {
    fn read(&mut self, bytes: &mut Vec<u8>) -> io::Result<()> {
        let size = self.size as u64;
        self.reader.by_ref().take(size).read_to_end(bytes)?;
        if bytes.last().is_some_and(|last| *last != b'\n') {
            self.reader.read_until(b'\n', bytes)?;
        }
        Ok(())
    }
}

impl Iterator for Blocks<'_> {
    type Item = io::Result<Block>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let mut bytes = self.spare.take(Vec::new);
        bytes.clear();
        if let Err(error) = self.read(&mut bytes) {
            self.ended = true;
            return Some(Err(error));
        }
        if bytes.is_empty() {
            self.ended = true;
            return None;
        }
        let block = Block {
            bytes,
            start: self.start,
        };
        self.start += block.bytes.len();
        Some(Ok(block))
    }
}
