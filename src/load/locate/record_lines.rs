//! The lines of a file of JSON Lines, as far as the places of whole records need them: the file itself
//! is read through once and not kept.

use std::io::{self, BufRead};

use super::lines::is_first;

/// Where each line of a file begins and how many characters it has.
#[derive(Clone, Debug, Default)]
pub struct RecordLines {
    /// The first byte of each line, a byte order mark left out.
    starts: Vec<u64>,
    /// How many characters the line has, white space around it left out.
    lengths: Vec<u32>,
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

impl RecordLines {
    /// Reads the lines of a file.
    ///
    /// # Errors
    /// When the file cannot be read.
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
            let characters = text.iter().filter(|byte| is_first(**byte)).count();
            lines.starts.push(at + mark as u64);
            // A line of more characters is no record that could be read.
            lines
                .lengths
                .push(u32::try_from(characters).unwrap_or(u32::MAX));
            at += read as u64;
        }
    }

    /// The line of the record that begins at a byte.
    pub fn at(&self, offset: usize) -> Option<RecordLine> {
        let offset = offset as u64;
        let number = self.starts.partition_point(|start| *start <= offset);
        let nth = number.checked_sub(1)?;
        // What stands before a record is white space, of one byte a character.
        let column = usize::try_from(offset - self.starts[nth]).ok()? + 1;
        Some(RecordLine {
            line: number,
            column,
            end_column: column + self.lengths[nth] as usize,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::LineIndex;
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
}
