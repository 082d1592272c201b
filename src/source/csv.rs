//! Separated values: CSV, TSV and similar formats. Delimiter and quoting are detected; an unclosed
//! quote is reported at the line on which it opens.

use std::io::BufRead;
use std::sync::Arc;

use super::{At, SourceError, Spot};

/// How values are separated and quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// The delimiter between values.
    pub delimiter: u8,
    /// Whether `"` around a value escapes delimiters and line breaks in it.
    pub quotes: bool,
    /// Whether a quote within quotes is written `\"`, and not `""`.
    pub backslash: bool,
}

impl Dialect {
    /// Tab-separated values as data sets have them: without quotes.
    pub const PLAIN_TABS: Dialect = Dialect {
        delimiter: b'\t',
        quotes: false,
        backslash: false,
    };
}

/// The delimiters that are recognised.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// The longest row, in bytes: beyond it, a quote must be unclosed.
const LONGEST_ROW: usize = 16 << 20;
/// The most values in a row.
const MOST_VALUES: usize = 100_000;

/// Detects the dialect of a text from its beginning. `delimiter` is the user's choice, if any.
///
/// # Errors
/// If two delimiters fit equally well.
pub fn recognised(head: &str, at: &At, delimiter: Option<u8>) -> Result<Dialect, SourceError> {
    let backslash = has_backslash_quotes(head);
    let of = |delimiter| Dialect {
        delimiter,
        quotes: head.contains('"'),
        backslash,
    };
    if let Some(delimiter) = delimiter {
        return Ok(of(delimiter));
    }
    let counts: Vec<(Vec<usize>, u8)> = DELIMITERS
        .into_iter()
        .map(|delimiter| (counts(head, of(delimiter)), delimiter))
        .collect();
    let of_notion = |notion: fn(&[usize]) -> usize| {
        let mut fit: Vec<(usize, u8)> = (counts.iter())
            .map(|(counts, delimiter)| (notion(counts), *delimiter))
            .filter(|(columns, _)| *columns > 1)
            .collect();
        fit.sort_by_key(|(columns, _)| std::cmp::Reverse(*columns));
        fit
    };
    let mut best = of_notion(of_all_rows);
    if best.is_empty() {
        // Where rows have a value too many or too few, the headings tell.
        best = of_notion(of_headings);
    }
    if best.is_empty() {
        best = of_notion(below_a_title);
    }
    match best[..] {
        [] => Ok(of(b',')),
        [(a, one), (b, other), ..] if a == b => {
            let question = format!(
                "are the values separated by {} or by {}?",
                shown(one),
                shown(other)
            );
            Err(asked(at, question))
        }
        [(_, one), ..] => Ok(of(one)),
    }
}

/// The question which delimiter a text has.
fn asked(at: &At, question: String) -> SourceError {
    SourceError::ambiguous(
        At::line(&at.file, 1),
        question,
        "give the separator with --delimiter CHARACTER (tab for a tab)",
    )
}

/// A delimiter as a question shows it.
fn shown(delimiter: u8) -> String {
    match delimiter {
        b'\t' => "a tab".to_owned(),
        other => format!("“{}”", char::from(other)),
    }
}

/// That the one value of a heading line is not several in truth: `speaker;date;claim` above rows of
/// which none has a semicolon.
///
/// # Errors
/// The question which delimiter it is.
pub fn one_heading(heading: &str, at: &At) -> Result<(), SourceError> {
    let count = |delimiter: &u8| heading.matches(char::from(*delimiter)).count();
    match DELIMITERS.into_iter().max_by_key(count) {
        Some(most) if count(&most) > 1 => {
            let heading = annals_finding::shown(heading);
            let question = format!(
                "is “{heading}” one heading, or several separated by {}?",
                shown(most)
            );
            Err(asked(at, question).note("the rows are not separated by it"))
        }
        _ => Ok(()),
    }
}

/// The number of values in each of the first rows that are not blank.
fn counts(head: &str, dialect: Dialect) -> Vec<usize> {
    const ROWS: usize = 50;
    let file: Arc<str> = "".into();
    let mut rows = Rows::new(head.as_bytes(), &file, dialect);
    let mut counts = Vec::new();
    let mut row = Row::default();
    // The last row may be cut off.
    while counts.len() < ROWS && matches!(rows.next(&mut row), Ok(true)) {
        if !row.is_blank() {
            counts.push(row.len());
        }
    }
    counts
}

/// The number of values in the first row, if eight of ten have as many; else 0.
fn of_all_rows(counts: &[usize]) -> usize {
    let Some(first) = counts.first().copied() else {
        return 0;
    };
    let agree = counts.iter().filter(|count| **count == first).count();
    if agree * 10 >= counts.len() * 8 {
        first
    } else {
        0
    }
}

/// The number of values in the first row, if some other row has several, too; else 0.
fn of_headings(counts: &[usize]) -> usize {
    match counts {
        [first, others @ ..] if others.iter().any(|count| *count > 1) => *first,
        _ => 0,
    }
}

/// Below a first row of one value, the number of values that eight of ten rows have; else 0.
fn below_a_title(counts: &[usize]) -> usize {
    let [1, second, third, ..] = counts[..] else {
        return 0;
    };
    let others = &counts[1..];
    let most = second.max(third);
    let agree = others.iter().filter(|count| **count == most).count();
    if agree * 10 >= others.len() * 8 {
        most
    } else {
        0
    }
}

/// Whether quotes within quotes are escaped with a backslash: `\"` before something that does not
/// end a value, and no `""`.
fn has_backslash_quotes(head: &str) -> bool {
    let bytes = head.as_bytes();
    let inside = |at: usize| {
        let next = bytes.get(at + 2);
        next.is_some_and(|c| !DELIMITERS.contains(c) && !matches!(c, b'\n' | b'\r'))
    };
    let mut finds = memchr::memmem::find_iter(bytes, b"\\\"");
    finds.any(inside) && !head.contains("\"\"")
}

/// A row: its values, and its position.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// The line on which it begins, from 1.
    pub line: usize,
    /// The byte of the text at which it begins.
    pub start: usize,
    /// The first value that goes on after its closing quote, which is none, perhaps; and whether it goes
    /// over several lines.
    pub torn: Option<(usize, bool)>,
    text: String,
    /// The end of each value in `text`.
    ends: Vec<usize>,
    /// The byte range of each value in the text, including quotes.
    spans: Vec<(usize, usize)>,
}

impl Row {
    /// The number of values.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether the row has no values.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Whether all values are blank.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// A value; empty if the row is shorter.
    pub fn get(&self, nth: usize) -> &str {
        let Some(&end) = self.ends.get(nth) else {
            return "";
        };
        let start = nth.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..end]
    }

    /// All values.
    pub fn values(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|nth| self.get(nth))
    }

    /// The byte range of a value in the text.
    pub fn span(&self, nth: usize) -> Option<(usize, usize)> {
        self.spans.get(nth).copied()
    }
}

/// Reads rows as a text streams.
pub struct Rows<R> {
    from: R,
    file: Arc<str>,
    dialect: Dialect,
    line: usize,
    at: usize,
    raw: Vec<u8>,
}

impl<R: BufRead> Rows<R> {
    /// Begins a text in UTF-8.
    pub fn new(from: R, file: &Arc<str>, dialect: Dialect) -> Self {
        Rows {
            from,
            file: Arc::clone(file),
            dialect,
            line: 1,
            at: 0,
            raw: Vec::new(),
        }
    }

    /// Reads the next row into `row`; `false` at the end.
    ///
    /// # Errors
    /// If the text cannot be read, a quote is not closed, or a row is too long.
    pub fn next(&mut self, row: &mut Row) -> Result<bool, SourceError> {
        self.raw.clear();
        row.text.clear();
        row.ends.clear();
        row.spans.clear();
        row.torn = None;
        row.line = self.line;
        row.start = self.at;
        let mut open = None;
        let mut looked = 0;
        loop {
            let most = LONGEST_ROW as u64 + 1;
            let read = std::io::Read::take(&mut self.from, most)
                .read_until(b'\n', &mut self.raw)
                .map_err(|error| SourceError::of_io(error, &At::line(&self.file, self.line)))?;
            if read == 0 {
                break;
            }
            if self.dialect.quotes {
                open = self.still_open(open, looked);
            }
            looked = self.raw.len();
            if self.raw.last() == Some(&b'\n') {
                self.line += 1;
            }
            if self.raw.len() > LONGEST_ROW {
                return Err(match open {
                    Some(at) => self.open_quote(row.line, at, "the row does not end within 16 MiB"),
                    None => SourceError::limit(
                        At::line(&self.file, row.line),
                        "the row is longer than 16 MiB",
                    ),
                });
            }
            if open.is_none() {
                break;
            }
        }
        if let Some(at) = open {
            return Err(self.open_quote(row.line, at, "the file ends inside it"));
        }
        self.at += self.raw.len();
        if self.raw.is_empty() {
            return Ok(false);
        }
        self.take_apart(row)?;
        Ok(true)
    }

    /// Where a value of the row that was read last stands: its line, column and length.
    pub fn spot(&self, row: &Row, nth: usize) -> Option<Spot> {
        let (start, end) = row.span(nth)?;
        let value = start.checked_sub(row.start)?..end.checked_sub(row.start)?;
        let before = std::str::from_utf8(self.raw.get(..value.start)?).ok()?;
        let value = std::str::from_utf8(self.raw.get(value)?).ok()?;
        let line = before.rfind('\n').map_or(0, |at| at + 1);
        let shown = value.lines().next().unwrap_or("");
        Some(Spot::Text {
            line: row.line + before.matches('\n').count(),
            column: before[line..]
                .trim_start_matches('\u{FEFF}')
                .chars()
                .count()
                + 1,
            length: shown.chars().count().max(1),
        })
    }

    fn open_quote(&self, line: usize, at: usize, why: &str) -> SourceError {
        let before = &self.raw[..at.min(self.raw.len())];
        let start = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
        let line = line + memchr::memchr_iter(b'\n', before).count();
        let column = String::from_utf8_lossy(&before[start..]).chars().count() + 1;
        let at = At {
            file: Arc::clone(&self.file),
            spot: Spot::Text {
                line,
                column,
                length: 1,
            },
        };
        SourceError::syntax(at, "this quotation mark is never closed")
            .label("opens here")
            .note(why.to_owned())
            .help("close it, or write \"\" for a literal quotation mark")
    }

    /// Where a quote is open at the end of the input so far, if one is; bytes before `from` have
    /// already been examined.
    fn still_open(&self, open: Option<usize>, from: usize) -> Option<usize> {
        let Dialect {
            delimiter,
            backslash,
            ..
        } = self.dialect;
        let bytes = &self.raw;
        let mut open = open;
        let mut at = from;
        // A quote only opens a value at its beginning.
        while let Some(found) = memchr::memchr(b'"', &bytes[at..]).map(|found| at + found) {
            match open {
                None => {
                    let begins = match found.checked_sub(1).map(|before| bytes[before]) {
                        None => true,
                        Some(before) => before == delimiter || before == b'\n',
                    };
                    if begins {
                        open = Some(found);
                    }
                    at = found + 1;
                }
                Some(_) if backslash && bytes[found - 1] == b'\\' => at = found + 1,
                Some(_) if !backslash && bytes.get(found + 1) == Some(&b'"') => at = found + 2,
                Some(_) => {
                    open = None;
                    at = found + 1;
                }
            }
        }
        open
    }

    /// Cuts the row into its values.
    fn take_apart(&self, row: &mut Row) -> Result<(), SourceError> {
        let fault =
            |line| SourceError::syntax(At::line(&self.file, line), "this is not UTF-8 text");
        let raw = std::str::from_utf8(&self.raw).map_err(|_| fault(row.line))?;
        let body = raw.strip_suffix('\n').unwrap_or(raw);
        let body = body.strip_suffix('\r').unwrap_or(body);
        let mark = if row.start == 0 && body.starts_with('\u{FEFF}') {
            3
        } else {
            0
        };
        let bytes = body.as_bytes();
        let delimiter = self.dialect.delimiter;
        let mut at = mark;
        loop {
            let start = at;
            if self.dialect.quotes && bytes.get(at) == Some(&b'"') {
                at = self.quoted(body, at + 1, &mut row.text);
                if row.torn.is_none() && bytes.get(at).is_some_and(|byte| *byte != delimiter) {
                    let over_lines = memchr::memchr(b'\n', &bytes[start..at]).is_some();
                    row.torn = Some((row.ends.len(), over_lines));
                }
            }
            let end =
                memchr::memchr(delimiter, &bytes[at..]).map_or(bytes.len(), |found| at + found);
            row.text.push_str(&body[at..end]);
            row.ends.push(row.text.len());
            row.spans.push((row.start + start, row.start + end));
            if row.ends.len() > MOST_VALUES {
                let message = format!("a row has more than {MOST_VALUES} values");
                return Err(SourceError::limit(At::line(&self.file, row.line), message));
            }
            if end == bytes.len() {
                return Ok(());
            }
            at = end + 1;
        }
    }

    /// Reads the content of quotes; returns the position after the closing quote.
    fn quoted(&self, body: &str, from: usize, text: &mut String) -> usize {
        let bytes = body.as_bytes();
        let mut at = from;
        while let Some(found) = memchr::memchr(b'"', &bytes[at..]).map(|found| at + found) {
            if self.dialect.backslash && found > at && bytes[found - 1] == b'\\' {
                text.push_str(&body[at..found - 1]);
                text.push('"');
                at = found + 1;
            } else if !self.dialect.backslash && bytes.get(found + 1) == Some(&b'"') {
                text.push_str(&body[at..=found]);
                at = found + 2;
            } else {
                text.push_str(&body[at..found]);
                return found + 1;
            }
        }
        text.push_str(&body[at..]);
        bytes.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(text: &str, dialect: Dialect) -> Result<Vec<Vec<String>>, SourceError> {
        let file: Arc<str> = "x.csv".into();
        let mut rows = Rows::new(text.as_bytes(), &file, dialect);
        let (mut row, mut all) = (Row::default(), Vec::new());
        while rows.next(&mut row)? {
            all.push(row.values().map(str::to_owned).collect());
        }
        Ok(all)
    }

    fn dialect(text: &str) -> Dialect {
        recognised(text, &At::file(&"x.csv".into()), None).unwrap()
    }

    #[test]
    fn dialects_are_recognised() {
        assert_eq!(dialect("a;b;c\n1,5;2;3\n").delimiter, b';');
        assert_eq!(dialect("a\tb\n1\t2\n").delimiter, b'\t');
        assert_eq!(dialect("a,b\n\"x;y;z\",2\n").delimiter, b',');
        assert!(dialect("a,b\n\"say \\\"no\\\" now\",2\n").backslash);
        assert!(!dialect("a,b\n\"C:\\\",2\n").backslash);
        // A value too many or too few hides nothing; the headings tell.
        let ragged = "speaker;date;claim\nAda;2021;Yes, at once;x\nJon;No, never, ever\n";
        assert_eq!(dialect(ragged).delimiter, b';');
        assert_eq!(dialect("a|b|c\n1|2\n1|2|3|4\nx, y|2\n").delimiter, b'|');
        assert_eq!(dialect("a\tb\tc\n1\n1\t2\nx;y\t2\t3\t4\n").delimiter, b'\t');
        // A title above the headings does not either.
        assert_eq!(dialect("Claims\na;b;c\n1;2;3\n4;5;6,7\n").delimiter, b';');
        assert_eq!(dialect("text\nNo; never\n").delimiter, b',');
        let at = At::file(&"x.csv".into());
        assert!(recognised("a;b,c\n1;2,3\n", &at, None).is_err());
        assert!(one_heading("speaker;date;claim", &at).is_err());
        assert!(one_heading("Claim; its words", &at).is_ok());
        assert_eq!(
            recognised("a;b,c\n", &at, Some(b',')).unwrap().delimiter,
            b','
        );
    }

    #[test]
    fn values_are_as_they_were_written() {
        let text = "\u{FEFF}a,b\r\n\"one, \"\"two\"\"\nthree\",\r\n,\"x\"y\n5\" pipe,7";
        let found = rows(text, dialect(text)).unwrap();
        assert_eq!(found[1], ["one, \"two\"\nthree", ""]);
        assert_eq!(found[2], ["", "xy"]);
        assert_eq!(found[3], ["5\" pipe", "7"]);
        assert_eq!(found[0], ["a", "b"]);
        let text = "a,b\n\"say \\\"no\\\" now\",2\n";
        assert_eq!(
            rows(text, dialect(text)).unwrap()[1],
            ["say \"no\" now", "2"]
        );
    }

    #[test]
    fn an_open_quote_is_found_at_its_line() {
        let refusal =
            rows("a,b\n1,2\nx,\"open\n1,2\n3,4\n", dialect("a,b\n\"1\",2\n")).unwrap_err();
        let spot = Spot::Text {
            line: 3,
            column: 3,
            length: 1,
        };
        assert_eq!(refusal.at.spot, spot);
    }

    proptest! {
        #[test]
        fn what_a_writer_writes_is_read(
            cells in prop::collection::vec(prop::collection::vec("[a-z\",;\n\té ]{0,9}", 3), 1..9)
        ) {
            let mut writer = csv::Writer::from_writer(Vec::new());
            for row in &cells {
                writer.write_record(row).unwrap();
            }
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            let given = Dialect { delimiter: b',', quotes: true, backslash: false };
            prop_assert_eq!(rows(&text, given).unwrap(), cells);
        }

        #[test]
        fn no_text_is_too_odd(text in "[a-z\",;\n\r\t\\\\é ]{0,200}", backslash: bool, quotes: bool) {
            let given = Dialect { delimiter: b',', quotes, backslash };
            let file: Arc<str> = "x.csv".into();
            let mut all = Rows::new(text.as_bytes(), &file, given);
            let mut row = Row::default();
            while let Ok(true) = all.next(&mut row) {
                for nth in 0..row.len() {
                    let (start, end) = row.span(nth).unwrap();
                    prop_assert!(text.get(start..end).is_some());
                }
            }
        }
    }
}
