//! Where the lines of a JSON Lines file begin and end, for the places of whole records. They are
//! noted while the file is read, or by reading through it once more; the text itself is not kept.

use std::io::{self, BufRead};

use super::lines::is_first;

/// How many lines count from the same byte.
const STRIDE: usize = 64;

/// Where each line of a file begins and how many characters it has, in eight bytes a line.
#[derive(Clone, Debug, Default)]
pub struct RecordLines {
    /// The first byte of each [`STRIDE`]th line.
    marks: Vec<u64>,
    /// The first byte of each line, a byte order mark left out, from the last mark on.
    starts: Vec<u32>,
    /// How many characters the line has, white space around it left out.
    lengths: Vec<u32>,
    /// Whether bytes were met that are no UTF-8.
    no_text: bool,
}

/// Where a record that is one line stands; columns from 1, in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordLine {
    /// The line, from 1.
    pub line: usize,
    /// The column of its first character.
    pub column: usize,
    /// The column after its last.
    pub end_column: usize,
}

/// How many characters a text has; of what is no UTF-8, how many begin.
pub(crate) fn characters(text: &[u8]) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    text.iter().filter(|byte| is_first(**byte)).count()
}

impl RecordLines {
    /// Reads the lines of a file.
    ///
    /// # Errors
    /// When the file cannot be read, or a few lines together are longer than 4 GiB.
    pub fn read(mut file: impl BufRead) -> io::Result<Self> {
        const MARK: &[u8] = b"\xEF\xBB\xBF";
        let mut lines = RecordLines::default();
        let (mut line, mut at) = (Vec::new(), 0_u64);
        loop {
            line.clear();
            let read = file.read_until(b'\n', &mut line)?;
            if read == 0 {
                return Ok(lines);
            }
            let mark = if at == 0 && line.starts_with(MARK) {
                MARK.len()
            } else {
                0
            };
            let text = line[mark..].trim_ascii();
            if !lines.add(at + mark as u64, characters(text)) {
                return Err(io::ErrorKind::FileTooLarge.into());
            }
            at += read as u64;
        }
    }

    /// Adds a line; whether it fits.
    pub(crate) fn add(&mut self, start: u64, characters: usize) -> bool {
        if self.starts.len().is_multiple_of(STRIDE) {
            self.marks.push(start);
        }
        let from_mark = self.marks.last().map_or(0, |mark| start - mark);
        let Ok(from_mark) = u32::try_from(from_mark) else {
            return false;
        };
        self.starts.push(from_mark);
        // A line of more characters is no record that could be read.
        self.lengths
            .push(u32::try_from(characters).unwrap_or(u32::MAX));
        true
    }

    /// Notes that some bytes are no UTF-8.
    pub(crate) fn are_no_text(&mut self) {
        self.no_text = true;
    }

    /// Whether all lines are UTF-8, as far as they were read for facts.
    pub(crate) fn are_text(&self) -> bool {
        !self.no_text
    }

    /// About where the last line begins.
    pub(crate) fn last_start(&self) -> u64 {
        self.marks.last().copied().unwrap_or(0)
    }

    /// The byte at which a line begins, counted from 1; a byte order mark is left out.
    pub(crate) fn start_of(&self, number: usize) -> Option<usize> {
        let nth = number.checked_sub(1)?;
        let from_mark = u64::from(*self.starts.get(nth)?);
        usize::try_from(self.marks[nth / STRIDE] + from_mark).ok()
    }

    /// The number of the line around a byte, from 1, and the byte at which it begins.
    pub(crate) fn line_of(&self, offset: usize) -> Option<(usize, usize)> {
        let nth = self.nth(offset as u64)?;
        Some((nth + 1, self.start_of(nth + 1)?))
    }

    /// Which line is around a byte, from 0.
    fn nth(&self, offset: u64) -> Option<usize> {
        let mark = self.marks.partition_point(|start| *start <= offset);
        let mark = mark.checked_sub(1)?;
        let from_mark = offset - self.marks[mark];
        let first = mark * STRIDE;
        let few = &self.starts[first..self.starts.len().min(first + STRIDE)];
        // The line of the mark itself begins there.
        Some(first + few.partition_point(|start| u64::from(*start) <= from_mark) - 1)
    }

    /// The line of the record that begins at a byte.
    pub fn at(&self, offset: usize) -> Option<RecordLine> {
        let nth = self.nth(offset as u64)?;
        // What stands before a record is white space, of one byte a character.
        let column = offset - self.start_of(nth + 1)? + 1;
        Some(RecordLine {
            line: nth + 1,
            column,
            end_column: column + self.lengths[nth] as usize,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines::LineIndex;
    use super::*;

    #[test]
    fn places_are_those_of_the_text() {
        let text = "\u{feff}{\"a\":1}\n\n \t{\"ю\":\"é\"} \r\n{}";
        let (lines, index) = (
            RecordLines::read(text.as_bytes()).unwrap(),
            LineIndex::new(text),
        );
        for (start, end) in [("{\"a", "1}"), ("{\"ю", "é\"}"), ("{}", "{}")] {
            let start = text.find(start).unwrap();
            let end = start + text[start..].find(end).unwrap() + end.len();
            let (from, to) = (index.place(start), index.place(end));
            let found = lines.at(start).unwrap();
            assert_eq!(
                (found.line, found.column, found.end_column),
                (from.line, from.column, to.column)
            );
        }
        assert_eq!(RecordLines::default().at(7), None);
    }

    #[test]
    fn many_lines_are_counted() {
        let lines: Vec<String> = (0..500).map(|n| format!("{{\"n\":{n}}}\n")).collect();
        let text = lines.concat();
        let (lines, index) = (
            RecordLines::read(text.as_bytes()).unwrap(),
            LineIndex::new(&text),
        );
        for (start, _) in text.match_indices('{') {
            let (found, place) = (lines.at(start).unwrap(), index.place(start));
            assert_eq!((found.line, found.column), (place.line, place.column));
        }
    }
}
