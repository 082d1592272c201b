//! Rows that cannot be read: a quotation mark that is not closed would take in the rows below it.

use std::sync::Arc;

use crate::decode::block::Unread;
use crate::faults;
use crate::syntax::slice::Slice;
use annals_finding::{Finding, Place};
use annals_model::RecordKind;
use annals_source::csv::{Dialect, Row, Rows};

/// How many bytes at most are read to see whether a row begins on a line.
const MOST_READ: usize = 64 << 10;

/// A table of which a row cannot be read.
pub(super) struct Torn<'t> {
    /// The text from that row on.
    pub(super) text: &'t str,
    pub(super) name: Arc<str>,
    pub(super) dialect: Dialect,
    /// How many values its rows have: the headings, and the last row that could be read.
    pub(super) values: [usize; 2],
}

impl Torn<'_> {
    /// The byte at which the next row begins: on a line that is a whole row.
    pub(super) fn next_row(&self) -> usize {
        let bytes = self.text.as_bytes();
        let mut row = Row::default();
        let mut at = 0;
        while let Some(end) = memchr::memchr(b'\n', &bytes[at..]) {
            at += end + 1;
            let few = &bytes[at..bytes.len().min(at + MOST_READ)];
            let mut rows = Rows::new(few, &self.name, self.dialect);
            let is_row = matches!(rows.next(&mut row), Ok(true))
                && torn(&row, self.values[0]).is_none()
                && !row.is_blank()
                && self.values.contains(&row.len());
            if is_row {
                return at;
            }
        }
        bytes.len()
    }

    /// What the rows up to a byte hold, of which `id` is the column of the ids.
    pub(super) fn unread(&self, end: usize, kind: Option<RecordKind>, id: Option<usize>) -> Unread {
        let delimiter = char::from(self.dialect.delimiter);
        let (mut records, mut ids) = (0, Vec::new());
        for line in self.text[..end].lines() {
            records += usize::from(self.values.contains(&line.split(delimiter).count()));
            let id = id.and_then(|nth| line.split(delimiter).nth(nth));
            let id = id.map(|id| id.trim_matches(['"', ' ', '\t', '\u{feff}']));
            ids.extend(id.filter(|id| !id.is_empty()).map(str::to_owned));
        }
        Unread {
            records: records.max(1),
            ids,
            kind,
        }
    }
}

/// The value of a row at which a quotation mark is missing: it goes on after the next one, over several
/// lines or so far that the row lacks values.
pub(super) fn torn(row: &Row, values: usize) -> Option<usize> {
    let (nth, over_lines) = row.torn?;
    (over_lines || row.len() < values).then_some(nth)
}

/// A quotation mark is closed only by one that belongs to another row.
pub(super) fn never_closed(slice: Slice<'_>, row: &Row, nth: usize) -> Finding {
    let at = slice.base + row.span(nth).map_or(row.start, |(start, _)| start);
    let place = Place::Bytes(slice.file, (at..at + 1).into());
    faults::source_syntax::found(place, "this quotation mark is never closed", "opens here")
        .note("the next one has text behind it")
        .help("close it, or write \"\" for a literal quotation mark")
}
