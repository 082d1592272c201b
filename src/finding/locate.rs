//! From symbolic places to lines and columns: what the writers ask of whoever holds the files.

use std::borrow::Cow;
use std::ops::Range;

use serde::Serialize;

use super::{Edit, Place};
use annals_model::FileId;

/// A place in a file, for people: lines and columns from 1, columns in characters, the end
/// exclusive.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct FilePlace {
    /// The path of the file, as messages show it.
    pub file: String,
    /// The line on which it begins.
    pub line: usize,
    /// The column at which it begins.
    pub column: usize,
    /// The line on which it ends.
    pub end_line: usize,
    /// The column after its last character.
    pub end_column: usize,
}

/// A place that was found in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    /// The file.
    pub file: FileId,
    /// The bytes, on character boundaries; `None` for a file as a whole.
    pub bytes: Option<Range<usize>>,
    /// The same for people. A file as a whole is its first line and column.
    pub place: FilePlace,
}

/// A stretch of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt<'t> {
    /// The byte of the file at which it begins.
    pub start: usize,
    /// What is in it.
    pub text: Cow<'t, str>,
}

impl<'t> Excerpt<'t> {
    /// A stretch of a text.
    pub fn of(text: &'t str, bytes: Range<usize>) -> Option<Self> {
        let start = bytes.start;
        let text = Cow::Borrowed(text.get(bytes)?);
        Some(Excerpt { start, text })
    }

    /// The byte of the file at which it ends.
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// The bytes of the file that it is.
    pub fn bytes(&self) -> Range<usize> {
        self.start..self.end()
    }

    /// Some bytes of the file, as far as they are in it.
    pub fn get(&self, bytes: Range<usize>) -> &str {
        let start = self.floor(bytes.start);
        let end = self.floor(bytes.end.max(start));
        // `floor` gives character boundaries of the text, moved on by its start.
        &self.text[start - self.start..end - self.start]
    }

    /// The character boundary at or before a byte of the file, within the stretch.
    pub fn floor(&self, at: usize) -> usize {
        let mut at = at.clamp(self.start, self.end()) - self.start;
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at + self.start
    }
}

/// Finds places in files.
pub trait Locate {
    /// Where a place is. A file that cannot be read any more gives its first line and column.
    fn locate(&self, place: &Place) -> Located;

    /// Lines of a file from one to another, counted from 1, without the line break at their end.
    fn lines(&self, file: FileId, from: usize, to: usize) -> Option<Excerpt<'_>>;

    /// An edit as the file is to have it: where, and what is written there in its spelling.
    fn spell(&self, edit: &Edit) -> (Located, String);
}
