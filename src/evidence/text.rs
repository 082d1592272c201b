//! A text prepared for many searches.

use std::ops::Range;
use std::sync::OnceLock;

use super::Span;
use super::fold::{Folded, LineHyphen};
use super::typography::{Kind, begins_within_letter, joins_previous, kind};
use super::word_index::WordIndex;

/// The number of code points between checkpoints.
const STRIDE: usize = 256;

/// The text of a document, prepared so that thousands of quotes can be looked up in it.
///
/// At first it stores only the text and a small table of offsets. The folded form (about as long as
/// the text) and the word index are built when a quote first needs them. It can be shared between
/// threads.
///
/// ```
/// use annals_evidence::{Span, Text};
///
/// let text = Text::new("Київ, 20 квітня".to_string());
/// assert_eq!(text.len(), 15);
/// assert_eq!(text.slice(Span::new(0, 4)), Some("Київ"));
/// assert_eq!(text.byte_range(Span::new(0, 4)), Some(0..8));
/// assert_eq!(text.slice(Span::new(10, 16)), None);
/// ```
#[derive(Debug)]
pub struct Text {
    original: String,
    length: u32,
    /// The byte offset of every `STRIDE`th code point; empty if the text is ASCII.
    checkpoints: Vec<u32>,
    lines: OnceLock<Vec<u32>>,
    folded: OnceLock<Folded>,
    joined: OnceLock<Folded>,
    words: OnceLock<WordIndex>,
}

/// A human-readable position: line and column from 1, columns in code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineColumn {
    /// The line, from 1; lines end in LF, CR or CR LF.
    pub line: u32,
    /// The column in code points, from 1.
    pub column: u32,
}

impl Text {
    /// The longest text that is searched, 1 GiB. A reader rejects longer files earlier; a longer
    /// string is truncated at a character boundary.
    pub const MAX_BYTES: usize = 1 << 30;

    /// Prepares a text unchanged: a byte order mark, for example, counts as a code point.
    pub fn new(mut original: String) -> Self {
        if original.len() > Self::MAX_BYTES {
            let mut end = Self::MAX_BYTES;
            while !original.is_char_boundary(end) {
                end -= 1;
            }
            original.truncate(end);
        }
        let (length, checkpoints) = if original.is_ascii() {
            (original.len(), Vec::new())
        } else {
            let mut checkpoints = Vec::with_capacity(original.len() / STRIDE + 1);
            let mut length = 0;
            for (byte, _) in original.char_indices() {
                if length % STRIDE == 0 {
                    checkpoints.push(byte as u32);
                }
                length += 1;
            }
            (length, checkpoints)
        };
        Self {
            original,
            length: length as u32,
            checkpoints,
            lines: OnceLock::new(),
            folded: OnceLock::new(),
            joined: OnceLock::new(),
            words: OnceLock::new(),
        }
    }

    /// The original text.
    pub fn as_str(&self) -> &str {
        &self.original
    }

    /// The length in code points.
    pub fn len(&self) -> u32 {
        self.length
    }

    /// Whether the text is empty.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The text at a span; `None` if it is reversed or exceeds the text.
    pub fn slice(&self, span: Span) -> Option<&str> {
        self.byte_range(span).map(|range| &self.original[range])
    }

    /// The byte range of a span, on character boundaries; `None` if it is reversed or exceeds the
    /// text.
    pub fn byte_range(&self, span: Span) -> Option<Range<usize>> {
        if span.start > span.end || span.end > self.length {
            return None;
        }
        Some(self.byte_of(span.start)..self.byte_of(span.end))
    }

    /// The span that covers these bytes: the ends are clamped to the text and widened to whole
    /// characters.
    pub fn span_of_bytes(&self, bytes: Range<usize>) -> Span {
        let start = self.code_point_at(bytes.start);
        let mut end = self.code_point_at(bytes.end);
        if bytes.end < self.original.len() && !self.original.is_char_boundary(bytes.end) {
            end += 1;
        }
        Span::new(start, end.max(start))
    }

    /// The line and column of a code point; clamped to the end of the text.
    pub fn line_column(&self, code_point: u32) -> LineColumn {
        let lines = self.lines.get_or_init(|| line_starts(&self.original));
        let code_point = code_point.min(self.length);
        let byte = self.byte_of(code_point) as u32;
        let line = lines.partition_point(|&start| start <= byte);
        let start = lines.get(line.wrapping_sub(1)).copied().unwrap_or(0);
        LineColumn {
            line: line as u32,
            column: code_point - self.code_point_at(start as usize) + 1,
        }
    }

    /// The byte where a code point of the text, or its end, begins.
    fn byte_of(&self, code_point: u32) -> usize {
        if self.checkpoints.is_empty() {
            return (code_point as usize).min(self.original.len());
        }
        let code_point = code_point as usize;
        let Some(&checkpoint) = self.checkpoints.get(code_point / STRIDE) else {
            return self.original.len();
        };
        let checkpoint = checkpoint as usize;
        self.original[checkpoint..]
            .char_indices()
            .nth(code_point % STRIDE)
            .map_or(self.original.len(), |(offset, _)| checkpoint + offset)
    }

    /// The code point that this byte is part of.
    fn code_point_at(&self, byte: usize) -> u32 {
        let byte = byte.min(self.original.len());
        if self.checkpoints.is_empty() {
            return byte as u32;
        }
        let mut byte = byte;
        while !self.original.is_char_boundary(byte) {
            byte -= 1;
        }
        // The first checkpoint is 0, so at least one is at or before the byte.
        let index = self
            .checkpoints
            .partition_point(|&start| start as usize <= byte)
            - 1;
        let start = self.checkpoints[index] as usize;
        (index * STRIDE + self.original[start..byte].chars().count()) as u32
    }

    /// Whether a match may begin or end at this byte: not between a letter and its accent.
    pub(super) fn is_edge(&self, byte: usize) -> bool {
        let rest = self.original.get(byte..);
        byte == 0 || rest.is_some_and(|rest| !begins_within_letter(rest))
    }

    /// The byte range extended by the accents on its first and last letters.
    pub(super) fn whole_letters(&self, bytes: Range<usize>) -> Range<usize> {
        let Range { mut start, mut end } = bytes;
        let continues = |c: char| joins_previous(c) || kind(c) == Kind::Unseen;
        if !self.is_edge(start) {
            let before = self.original[..start].trim_end_matches(continues);
            start = before.char_indices().next_back().map_or(0, |(at, _)| at);
        }
        if !self.is_edge(end) {
            let after = &self.original[end..];
            let accents = &after[..after.len() - after.trim_start_matches(continues).len()];
            end += accents.trim_end_matches(|c| kind(c) == Kind::Unseen).len();
        }
        start..end
    }

    /// The folded form with hyphens at line ends kept.
    pub(super) fn folded(&self) -> &Folded {
        self.folded
            .get_or_init(|| Folded::new(&self.original, LineHyphen::Kept))
    }

    /// The folded form with words joined across hyphens at line ends.
    pub(super) fn joined(&self) -> &Folded {
        let folded = self.folded();
        if folded.has_line_hyphens() {
            self.joined
                .get_or_init(|| Folded::new(&self.original, LineHyphen::Joined))
        } else {
            folded
        }
    }

    pub(super) fn word_index(&self) -> &WordIndex {
        self.words
            .get_or_init(|| WordIndex::new(self.folded().words()))
    }
}

/// The byte where each line begins; the first is 0.
fn line_starts(text: &str) -> Vec<u32> {
    let bytes = text.as_bytes();
    let mut starts = vec![0];
    for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
        if bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n') {
            starts.push(at as u32 + 1);
        }
    }
    starts
}

/// The part of a range of bytes that can be a passage: it begins and ends between letters, not between
/// a letter and its accent. `None` if nothing in it can be quoted: it is empty, or white space and
/// characters that are not seen.
///
/// ```
/// use annals_evidence::quotable;
///
/// let text = "she said \u{301}yes e\u{301}";
/// assert_eq!(quotable(text, 9..16), Some(11..18));
/// assert_eq!(quotable("\u{202e} ", 0..4), None);
/// ```
pub fn quotable(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let continues = |c: char| joins_previous(c) || kind(c) == Kind::Unseen;
    let Range { mut start, mut end } = range;
    let words = text.get(start..end)?;
    if start > 0 && begins_within_letter(words) {
        start = end - words.trim_start_matches(continues).len();
    }
    let after = &text[end..];
    if start < end && begins_within_letter(after) {
        let accents = &after[..after.len() - after.trim_start_matches(continues).len()];
        end += accents.trim_end_matches(|c| kind(c) == Kind::Unseen).len();
    }
    let words = &text[start..end];
    let is_plain = words.contains(|c: char| c.is_ascii_alphanumeric());
    let is_quotable = is_plain || !Folded::new(words, LineHyphen::Kept).words().is_empty();
    is_quotable.then_some(start..end)
}
