//! A part of a file's text that knows at which byte of the file it begins.

use std::ops::Range;

use annals_model::FileId;

/// A piece of a file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Slice<'a> {
    pub(crate) text: &'a str,
    pub(crate) file: FileId,
    /// The byte of the file at which the piece begins.
    pub(crate) base: usize,
}

impl<'a> Slice<'a> {
    /// Where a part of this piece lies in the file; `part` must be a part of it.
    pub(crate) fn range_of(self, part: &str) -> Range<usize> {
        let start = (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        let start = start.min(self.text.len()) + self.base;
        start..start + part.len()
    }

    /// A part of this piece as a piece of its own.
    pub(crate) fn inner(self, part: &'a str) -> Self {
        Slice {
            text: part,
            file: self.file,
            base: self.range_of(part).start,
        }
    }

    /// What begins at a byte of this piece.
    pub(crate) fn from(self, start: usize) -> Self {
        self.inner(&self.text[start..])
    }

    /// The byte (in this piece) at which a line and a column of bytes lie, as `serde_json` counts
    /// them: lines from 1, the column of the byte last read.
    pub(crate) fn byte_at(self, line: usize, column: usize) -> usize {
        let mut start = 0;
        for _ in 1..line {
            match memchr::memchr(b'\n', &self.text.as_bytes()[start..]) {
                Some(at) => start += at + 1,
                None => break,
            }
        }
        (start + column.saturating_sub(1)).min(self.text.len())
    }
}
