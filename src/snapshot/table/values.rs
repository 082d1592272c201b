//! The values of a page, decoded.

use std::ops::Range;
use std::sync::Arc;

use super::encodings::Spans;

/// Texts of a page, or bytes that need not be texts.
#[derive(Debug, Clone, Default)]
pub(super) struct Texts {
    pub(super) all: Joined,
    /// Where the first of them begins, from which the spans are told.
    pub(super) begin: usize,
    pub(super) spans: Spans,
}

/// Texts one after the other.
#[derive(Debug, Clone)]
pub(super) enum Joined {
    /// All ASCII, as is known of them together: of a million texts, none is looked through again.
    Ascii(String),
    Bytes(Vec<u8>),
}

impl Default for Joined {
    fn default() -> Self {
        Joined::Bytes(Vec::new())
    }
}

impl Texts {
    /// Texts of which many are read, if they are ASCII: of others it would take long to find out whether all of
    /// them are UTF-8, and few may be read.
    pub(super) fn of_many(mut bytes: Vec<u8>, begin: usize, spans: Spans) -> Self {
        if !bytes.get(begin..).is_some_and(<[u8]>::is_ascii) {
            let all = Joined::Bytes(bytes);
            return Texts { all, begin, spans };
        }
        bytes.drain(..begin);
        let all = match String::from_utf8(bytes) {
            Ok(text) => Joined::Ascii(text),
            Err(error) => Joined::Bytes(error.into_bytes()),
        };
        let begin = 0;
        Texts { all, begin, spans }
    }

    fn span(&self, nth: usize) -> Option<Range<usize>> {
        let span = self.spans.get(nth)?;
        Some(self.begin + span.start as usize..self.begin + span.end as usize)
    }

    fn bytes(&self, nth: usize) -> Option<&[u8]> {
        let span = self.span(nth)?;
        match &self.all {
            Joined::Ascii(text) => text.as_bytes().get(span),
            Joined::Bytes(bytes) => bytes.get(span),
        }
    }

    fn text(&self, nth: usize) -> Option<&str> {
        let span = self.span(nth)?;
        match &self.all {
            Joined::Ascii(text) => text.get(span),
            Joined::Bytes(bytes) => std::str::from_utf8(bytes.get(span)?).ok(),
        }
    }

    /// How much memory they take, in bytes.
    pub(super) fn bytes_held(&self) -> usize {
        let all = match &self.all {
            Joined::Ascii(text) => text.capacity(),
            Joined::Bytes(bytes) => bytes.capacity(),
        };
        all + self.spans.capacity() * size_of::<Range<u32>>()
    }

    /// The buffer of their bytes, for reuse.
    pub(super) fn take_buffer(&mut self) -> Vec<u8> {
        match std::mem::take(&mut self.all) {
            Joined::Ascii(text) => text.into_bytes(),
            Joined::Bytes(bytes) => bytes,
        }
    }
}

/// The values of a page.
#[derive(Debug, Clone, Default)]
pub(super) enum Holds {
    #[default]
    Nothing,
    Texts,
    /// Texts by their number in a dictionary.
    Words(Arc<Texts>),
    Numbers,
}

/// A page. Fields that do not apply to its type are buffers for reuse.
#[derive(Debug, Default)]
pub(super) struct Values {
    pub(super) rows: usize,
    /// Whether each row has one value; otherwise `starts` has the first value of each row, and the
    /// end.
    pub(super) one_each: bool,
    pub(super) starts: Vec<u32>,
    pub(super) holds: Holds,
    pub(super) texts: Texts,
    pub(super) words: Vec<u32>,
    pub(super) numbers: Vec<i64>,
}

impl Values {
    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// The range of values that belong to a row.
    pub(super) fn of_row(&self, row: usize) -> Range<usize> {
        if self.one_each {
            return row..row + 1;
        }
        match (self.starts.get(row), self.starts.get(row + 1)) {
            (Some(start), Some(end)) => *start as usize..*end as usize,
            _ => 0..0,
        }
    }

    /// The texts in which a value stands, and its place among them.
    fn texts_of(&self, nth: usize) -> Option<(&Texts, usize)> {
        match &self.holds {
            Holds::Texts => Some((&self.texts, nth)),
            Holds::Words(words) => Some((words, *self.words.get(nth)? as usize)),
            Holds::Nothing | Holds::Numbers => None,
        }
    }

    pub(super) fn bytes(&self, nth: usize) -> Option<&[u8]> {
        let (texts, nth) = self.texts_of(nth)?;
        texts.bytes(nth)
    }

    /// `None` also where it is no text.
    pub(super) fn text(&self, nth: usize) -> Option<&str> {
        let (texts, nth) = self.texts_of(nth)?;
        texts.text(nth)
    }

    /// A copy without what is left in the buffers of pages before it.
    pub(super) fn tight(&self) -> Values {
        let mut copy = Values {
            rows: self.rows,
            one_each: self.one_each,
            holds: self.holds.clone(),
            ..Values::default()
        };
        if !self.one_each {
            copy.starts.clone_from(&self.starts);
        }
        match &self.holds {
            Holds::Texts => copy.texts = self.texts.clone(),
            Holds::Words(_) => copy.words.clone_from(&self.words),
            Holds::Numbers => copy.numbers.clone_from(&self.numbers),
            Holds::Nothing => {}
        }
        copy
    }

    /// How much memory it takes, in bytes, without a dictionary.
    pub(super) fn bytes_held(&self) -> usize {
        size_of::<Values>()
            + self.starts.capacity() * size_of::<u32>()
            + self.texts.bytes_held()
            + self.words.capacity() * size_of::<u32>()
            + self.numbers.capacity() * size_of::<i64>()
    }

    pub(super) fn number(&self, nth: usize) -> Option<i64> {
        match &self.holds {
            Holds::Numbers => self.numbers.get(nth).copied(),
            _ => None,
        }
    }
}
