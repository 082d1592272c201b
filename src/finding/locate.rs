//! Resolves symbolic places to lines and columns: the interface between the writers and the owner
//! of the files.

use std::borrow::Cow;
use std::ops::Range;

use serde::Serialize;

use super::{Edit, Place};
use annals_model::FileId;

/// A human-readable place in a file: lines and columns from 1, columns in characters,
/// end-exclusive.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct FilePlace {
    /// The path of the file, for display.
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
    /// The byte range, on character boundaries; `None` for a whole file.
    pub bytes: Option<Range<usize>>,
    /// The human-readable place. A whole file is at its first line and column.
    pub place: FilePlace,
}

/// An excerpt of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt<'t> {
    /// The byte of the file at which it begins.
    pub start: usize,
    /// Its text.
    pub text: Cow<'t, str>,
}

impl<'t> Excerpt<'t> {
    /// An excerpt of a text.
    pub fn new(text: &'t str, bytes: Range<usize>) -> Option<Self> {
        let start = bytes.start;
        let text = Cow::Borrowed(text.get(bytes)?);
        Some(Excerpt { start, text })
    }

    /// The byte of the file at which it ends.
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Its byte range in the file.
    pub fn bytes(&self) -> Range<usize> {
        self.start..self.end()
    }

    /// Some bytes of the file, clamped to the excerpt.
    pub fn get(&self, bytes: Range<usize>) -> &str {
        let start = self.floor(bytes.start);
        let end = self.floor(bytes.end.max(start));
        // `floor` gives character boundaries of the text, offset by its start.
        &self.text[start - self.start..end - self.start]
    }

    /// The character boundary at or before a byte of the file, within the excerpt.
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
    /// Resolves a place. A file that can no longer be read gives its first line and column.
    fn locate(&self, place: &Place) -> Located;

    /// Some lines of a file, counted from 1, without the line break at their end.
    fn lines(&self, file: FileId, from: usize, to: usize) -> Option<Excerpt<'_>>;

    /// An edit in the terms of the file: its location, and the replacement in the file's spelling.
    fn spell(&self, edit: &Edit) -> (Located, String);
}
