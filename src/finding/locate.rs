//! From symbolic places to lines and columns: what the writers ask of whoever holds the files.

use std::ops::Range;

use serde::Serialize;

use super::{Edit, Place};
use crate::model::FileId;

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

/// Finds places in files.
pub trait Locate {
    /// Where a place is. A file that cannot be read any more gives its first line and column.
    fn locate(&self, place: &Place) -> Located;

    /// What is in a file.
    fn text(&self, file: FileId) -> Option<&str>;

    /// The bytes of a line, counted from 1, without its line break.
    fn line(&self, file: FileId, number: usize) -> Option<Range<usize>>;

    /// An edit as the file is to have it: where, and what is written there in its spelling.
    fn spell(&self, edit: &Edit) -> (Located, String);
}
