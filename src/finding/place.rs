//! Places of findings: symbolic (record and field) until they are rendered.

use std::borrow::Cow;
use std::ops::Range;

use annals_evidence::Span;
use annals_model::{FileId, Origin};

/// A step from a record to a value in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// The value of a field; `nth` counts from 0 if a field occurs there more than once.
    Key {
        /// The name of the field.
        name: Cow<'static, str>,
        /// The number of the field among those with this name.
        nth: usize,
    },
    /// A list item, from 0.
    Index(usize),
}

/// The path from a record to a value in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path(pub Vec<Step>);

impl Path {
    /// The record itself.
    pub const RECORD: Path = Path(Vec::new());

    /// The field of this name.
    pub fn field(name: impl Into<Cow<'static, str>>) -> Self {
        Path(vec![Step::Key {
            name: name.into(),
            nth: 0,
        }])
    }

    /// Extends the path by a field.
    #[must_use]
    pub fn key(mut self, name: impl Into<Cow<'static, str>>) -> Self {
        self.0.push(Step::Key {
            name: name.into(),
            nth: 0,
        });
        self
    }

    /// Extends the path by an item.
    #[must_use]
    pub fn index(mut self, index: usize) -> Self {
        self.0.push(Step::Index(index));
        self
    }
}

/// The target of a label.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// A file as a whole.
    File(FileId),
    /// Bytes of a file.
    Bytes(FileId, ByteRange),
    /// Code points of a document's text.
    Passage(FileId, Span),
    /// The value of a field of a record; if it is absent, the record.
    Value(Origin, Path),
    /// The name of a field of a record.
    Key(Origin, Path),
    /// A part of the text that a field contains: bytes of the decoded text.
    Part(Origin, Path, ByteRange),
}

/// A range of bytes that can be ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ByteRange {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl From<Range<usize>> for ByteRange {
    fn from(range: Range<usize>) -> Self {
        ByteRange {
            start: range.start,
            end: range.end,
        }
    }
}

impl From<ByteRange> for Range<usize> {
    fn from(range: ByteRange) -> Self {
        range.start..range.end
    }
}

impl Place {
    /// The value of a field of the record at `origin`.
    pub fn value(origin: Origin, field: impl Into<Cow<'static, str>>) -> Self {
        Place::Value(origin, Path::field(field))
    }

    /// The record as a whole.
    pub fn record(origin: Origin) -> Self {
        Place::Value(origin, Path::RECORD)
    }

    /// The file of the place.
    pub fn file(&self) -> FileId {
        match self {
            Place::File(file) | Place::Bytes(file, _) | Place::Passage(file, _) => *file,
            Place::Value(origin, _) | Place::Key(origin, _) | Place::Part(origin, ..) => {
                origin.file()
            }
        }
    }

    /// The approximate position in the file: for sorting findings without resolving them.
    pub(crate) fn rough_offset(&self) -> usize {
        match self {
            Place::File(_) => 0,
            Place::Bytes(_, range) => range.start,
            Place::Passage(_, span) => span.start as usize,
            Place::Value(origin, _) | Place::Key(origin, _) | Place::Part(origin, ..) => {
                origin.offset()
            }
        }
    }
}
