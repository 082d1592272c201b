//! Places of the records and fields of a table: in the text of a CSV or TSV file, or as cells of a
//! workbook.

use std::ops::Range;
use std::sync::Arc;

use super::dialect;
use annals_finding::{Path, Step};
use annals_source::book::{self, Book};
use annals_source::csv::{Dialect, Row, Rows};
use annals_source::{Source, cell_name};

/// How many bits of an offset are the row.
const ROW_BITS: u32 = 24;

/// What stands for the offset of a row of a sheet.
pub(super) fn offset_of(sheet: usize, row: usize) -> usize {
    (sheet.min(0xFFFF) << ROW_BITS) | row.min((1 << ROW_BITS) - 1)
}

/// The columns of a table of separated values, for finding places in it.
#[derive(Debug)]
pub(crate) struct TablePlaces {
    name: Arc<str>,
    dialect: Dialect,
    headings: Vec<(String, Range<usize>)>,
}

impl TablePlaces {
    /// Of the text of a table; nothing where it cannot be read.
    pub(crate) fn of(text: &str, name: &str) -> Option<TablePlaces> {
        let dialect = dialect(text, name).ok()?;
        let name: Arc<str> = name.into();
        let mut rows = Rows::new(text.as_bytes(), &name, dialect);
        let mut row = Row::default();
        while rows.next(&mut row).ok()? {
            if row.is_blank() {
                continue;
            }
            let headings = (0..row.len()).filter_map(|nth| {
                let (start, end) = row.span(nth)?;
                Some((row.get(nth).trim().to_owned(), start..end))
            });
            let headings = headings.collect();
            return Some(TablePlaces {
                name,
                dialect,
                headings,
            });
        }
        None
    }

    /// The heading of a field.
    pub(crate) fn heading(&self, path: &Path) -> Option<Range<usize>> {
        let nth = column(
            path,
            self.headings.iter().map(|(heading, _)| heading.as_str()),
        )?;
        Some(self.headings[nth].1.clone())
    }

    /// The cell of a field of the row that begins at this byte; the row, where it has none.
    pub(crate) fn cell(&self, text: &str, offset: usize, path: &Path) -> Option<Range<usize>> {
        let mut rows = Rows::new(text.get(offset..)?.as_bytes(), &self.name, self.dialect);
        let mut row = Row::default();
        rows.next(&mut row).ok()?;
        let at = |nth: usize| row.span(nth).filter(|(start, end)| start < end);
        let nth = column(
            path,
            self.headings.iter().map(|(heading, _)| heading.as_str()),
        );
        let (start, end) = match nth.and_then(at) {
            Some(span) => span,
            None => (row.span(0)?.0, row.span(row.len().checked_sub(1)?)?.1),
        };
        Some(offset + start..offset + end)
    }
}

/// The sheets of a workbook, for finding cells in it.
#[derive(Debug)]
pub(crate) struct BookPlaces {
    book: Book,
}

impl BookPlaces {
    /// Of the bytes of a workbook; nothing where it cannot be read.
    pub(crate) fn of(bytes: Vec<u8>, name: &str) -> Option<BookPlaces> {
        let book = book::read(&Source::memory(name, bytes)).ok()?;
        Some(BookPlaces { book })
    }

    /// The row and column, from 1, of a field of a record, and the cell as spreadsheets call it
    /// (`claims!E3`). A field without a cell is at the first of its row.
    pub(crate) fn cell(&self, offset: usize, path: &Path) -> (usize, usize, String) {
        let (sheet, row) = (offset >> ROW_BITS, offset & ((1 << ROW_BITS) - 1));
        let sheet = self.book.sheets.get(sheet);
        let headings = sheet
            .and_then(|sheet| sheet.rows.first())
            .map_or(&[][..], |row| &row.cells);
        let texts: Vec<String> = headings
            .iter()
            .map(|cell| cell.value.text().trim().to_owned())
            .collect();
        let nth = column(path, texts.iter().map(String::as_str));
        let column = nth.map_or(0, |nth| headings[nth].column);
        let name = sheet.map_or("", |sheet| &sheet.name);
        (
            row,
            column + 1,
            format!("{name}!{}", cell_name(row, column)),
        )
    }
}

/// Which column has a field: the one whose heading says most of the way to it.
fn column<'h>(path: &Path, headings: impl Iterator<Item = &'h str>) -> Option<usize> {
    let mut way: Vec<String> = Vec::new();
    for step in &path.0 {
        way.push(match step {
            Step::Key { name, .. } => name.to_string(),
            Step::Index(0) => continue,
            Step::Index(nth) => (nth + 1).to_string(),
        });
    }
    let way = way.join(".");
    let fits = |heading: &str| {
        !heading.is_empty()
            && way
                .strip_prefix(heading)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    let some = headings.enumerate().filter(|(_, heading)| fits(heading));
    // Of a part that has no column, the first of its field.
    some.max_by_key(|(_, heading)| heading.len())
        .map(|(nth, _)| nth)
}
