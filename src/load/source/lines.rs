//! The lines of a text: byte offsets to line and column, and back.

use std::ops::Range;

/// How many bytes lie between two counts of characters: a look-up counts at most so many.
const STRIDE: usize = 1024;

/// The lines of a text: turns a byte offset into line and column, and back.
///
/// A line ends with `\n`; a `\r` before it belongs to the line break, and a `\r` alone ends no line.
/// A byte order mark at the start takes no column. A look-up takes the logarithm of the number of
/// lines, whatever the length of a line.
///
/// ```
/// use annals_load::locate::{LineIndex, Place};
///
/// let text = "\u{feff}Київ\r\n\tsaid";
/// let lines = LineIndex::new(text);
/// let said = text.find("said").expect("the word is there");
/// assert_eq!(lines.place(said), Place { line: 2, column: 2 });
/// assert_eq!(lines.offset(Place { line: 2, column: 2 }), Some(said));
/// assert_eq!(lines.line(1).map(|range| &text[range]), Some("Київ"));
/// ```
#[derive(Clone, Debug)]
pub struct LineIndex<'t> {
    text: &'t str,
    /// The first byte of each line, after the byte order mark.
    starts: Vec<usize>,
    /// How many characters begin before each multiple of [`STRIDE`].
    counts: Vec<usize>,
}

/// A place for people: line and column count from 1, columns in characters (Unicode scalar values).
/// A tab is one character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
}

impl<'t> LineIndex<'t> {
    /// Reads the lines of a text.
    pub fn new(text: &'t str) -> Self {
        let first = if text.starts_with('\u{feff}') {
            '\u{feff}'.len_utf8()
        } else {
            0
        };
        let breaks = memchr::memchr_iter(b'\n', text.as_bytes());
        let starts = std::iter::once(first)
            .chain(breaks.map(|newline| newline + 1))
            .collect();
        let mut counts = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut count = 0;
        for block in text.as_bytes().chunks(STRIDE) {
            counts.push(count);
            count += begun(block);
        }
        Self {
            text,
            starts,
            counts,
        }
    }

    /// The text whose lines these are.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// How many lines there are. An empty text has one, and so has what follows the last line
    /// break.
    pub fn line_count(&self) -> usize {
        self.starts.len()
    }

    /// The place of a byte. An offset within a character stands for the character, one beyond the
    /// end for the end, and one within a line break for the end of the line.
    pub fn place(&self, offset: usize) -> Place {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let offset = offset.max(self.starts[0]);
        let number = self.starts.partition_point(|&start| start <= offset) - 1;
        let start = self.starts[number];
        let offset = offset.min(self.end_of(number));
        Place {
            line: number + 1,
            column: self.characters(offset) - self.characters(start) + 1,
        }
    }

    /// The byte at a place, if the line is there; a column beyond the line is its end.
    pub fn offset(&self, place: Place) -> Option<usize> {
        let line = self.line(place.line)?;
        let wanted = self.characters(line.start) + place.column.saturating_sub(1);
        // The last block with at most so many characters before it, if it begins in this line.
        let block = self
            .counts
            .partition_point(|&count| count <= wanted)
            .saturating_sub(1);
        let from = (block * STRIDE).clamp(line.start, line.end);
        let before = self.characters(from);
        let bytes = self.text.as_bytes()[from..line.end].iter().enumerate();
        let mut firsts = bytes.filter(|&(_, &byte)| is_first(byte));
        let found = firsts.nth(wanted.saturating_sub(before));
        Some(found.map_or(line.end, |(length, _)| from + length))
    }

    /// The byte range of a line, counted from 1, without its line break.
    pub fn line(&self, number: usize) -> Option<Range<usize>> {
        let number = number.checked_sub(1)?;
        let start = *self.starts.get(number)?;
        Some(start..self.end_of(number))
    }

    fn end_of(&self, number: usize) -> usize {
        let Some(&next) = self.starts.get(number + 1) else {
            return self.text.len();
        };
        let line = &self.text[self.starts[number]..next - 1];
        self.starts[number] + line.strip_suffix('\r').unwrap_or(line).len()
    }

    /// How many characters begin before this byte.
    fn characters(&self, offset: usize) -> usize {
        let block = offset / STRIDE;
        match self.counts.get(block) {
            Some(count) => count + begun(&self.text.as_bytes()[block * STRIDE..offset]),
            // The end of a text that fills its last block.
            None => self.counts.last().map_or(0, |count| {
                count + begun(&self.text.as_bytes()[(block - 1) * STRIDE..offset])
            }),
        }
    }
}

/// How many characters have their first byte here.
fn begun(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| is_first(byte)).count()
}

/// Whether this byte of UTF-8 begins a character.
pub(super) fn is_first(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}
