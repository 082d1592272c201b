//! The rows of separated values.

use std::io::{BufRead, Read as _};
use std::sync::Arc;

use super::rows::{
    ABOVE, Cell, EMPTY, Head, NO_HEADING, Read, Row, SHORT, cells_in_line, heading, headings, usage,
};
use crate::Options;
use crate::options::DELIMITER;
use annals_source::csv::{self, Dialect};
use annals_source::{At, SourceError, Spot};

/// How much of a text is looked at to recognise its delimiter.
const HEAD: usize = 64 << 10;

/// Walks the rows of a text.
///
/// # Errors
/// When it cannot be read, or asks something.
pub(super) fn rows(
    mut text: impl BufRead,
    at: &At,
    tabs: bool,
    options: &Options,
    read: &mut dyn Read,
) -> Result<(), SourceError> {
    let mut head = Vec::new();
    std::io::Read::take(&mut text, HEAD as u64)
        .read_to_end(&mut head)
        .map_err(|error| SourceError::of_io(error, at))?;
    let shown = String::from_utf8_lossy(&head);
    let given = delimiter(options)?.or_else(|| (tabs && shown.contains('\t')).then_some(b'\t'));
    let dialect: Dialect = csv::recognised(&shown, at, given)?;
    if given.is_none() {
        tell_delimiter(dialect.delimiter, at, read)?;
    }
    let wanted = heading(options)?;
    if wanted.is_none() {
        title_above(&shown, at, dialect)?;
    }
    let joined = std::io::Read::chain(&head[..], text);
    let mut table = Separated {
        rows: csv::Rows::new(joined, &at.file, dialect),
        values: csv::Row::default(),
        blank: None,
    };
    let Some(head) = table.head(at, wanted, read)? else {
        return Err(SourceError::syntax(at.clone(), "the table is empty"));
    };
    if given.is_none() && head.headings.len() == 1 {
        csv::one_heading(&head.headings[0], at)?;
    }
    read.begin(&head)?;
    table.each_row(&head, read)
}

/// Tells which delimiter was recognised, if it is no comma.
fn tell_delimiter(delimiter: u8, at: &At, read: &mut dyn Read) -> Result<(), SourceError> {
    let why = match delimiter {
        b';' => "values separated by semicolons, as was recognised",
        b'\t' => "values separated by tabs, as was recognised",
        b'|' => "values separated by “|”, as was recognised",
        _ => return Ok(()),
    };
    read.remark((at.clone(), String::new(), why))
}

/// A table of separated values while it is read.
struct Separated<R> {
    rows: csv::Rows<R>,
    values: csv::Row,
    /// The first of the blank lines that have just come, and their number.
    blank: Option<(usize, usize)>,
}

impl<R: BufRead> Separated<R> {
    /// The headings; nothing where there is no row.
    fn head(
        &mut self,
        at: &At,
        wanted: Option<usize>,
        read: &mut dyn Read,
    ) -> Result<Option<Head>, SourceError> {
        let mut count = 0;
        while self.rows.next(&mut self.values)? {
            count += 1;
            if self.values.is_blank() {
                continue;
            }
            if wanted.is_some_and(|wanted| count < wanted) {
                let above = At::line(&at.file, self.values.line);
                read.remark((above, cells_in_line(self.values.values()), ABOVE))?;
                continue;
            }
            return Ok(Some(Head {
                file: Arc::clone(&at.file),
                sheet: None,
                headings: headings(self.values.values()),
            }));
        }
        Ok(None)
    }

    /// The rows below the headings.
    fn each_row(&mut self, head: &Head, read: &mut dyn Read) -> Result<(), SourceError> {
        let width = head.headings.len();
        let named = (0..width).rfind(|nth| !self.values.get(*nth).trim().is_empty());
        let named = named.map_or(0, |last| last + 1);
        let mut row = Row::default();
        row.cells.resize_with(width, Cell::default);
        while self.rows.next(&mut self.values)? {
            if self.values.is_blank() {
                self.blank(head, read)?;
                continue;
            }
            self.tell_blank(head, read)?;
            row.number = self.values.line;
            for (nth, cell) in row.cells.iter_mut().enumerate() {
                cell.text.clear();
                cell.text.push_str(self.values.get(nth).trim());
            }
            self.tell_width(head, named, read)?;
            match read.row(head, &row) {
                Ok(true) => {}
                Ok(false) => return Ok(()),
                Err(refusal) => return Err(self.at_cell(head, refusal)),
            }
        }
        Ok(())
    }

    /// A blank row. Blank lines at the end of a file are none.
    fn blank(&mut self, head: &Head, read: &mut dyn Read) -> Result<(), SourceError> {
        if self.values.len() > 1 {
            return read.remark((head.row(self.values.line), String::new(), EMPTY));
        }
        let (_, count) = self.blank.get_or_insert((self.values.line, 0));
        *count += 1;
        Ok(())
    }

    fn tell_blank(&mut self, head: &Head, read: &mut dyn Read) -> Result<(), SourceError> {
        let (first, count) = self.blank.take().unwrap_or_default();
        (first..first + count)
            .try_for_each(|line| read.remark((head.row(line), String::new(), EMPTY)))
    }

    /// Tells the cells that have no heading, and that some are missing.
    fn tell_width(
        &self,
        head: &Head,
        named: usize,
        read: &mut dyn Read,
    ) -> Result<(), SourceError> {
        let (line, count) = (self.values.line, self.values.len());
        for nth in head.headings.len()..count {
            let text = self.values.get(nth).trim();
            if !text.is_empty() {
                read.remark((head.at(line, nth), text.to_owned(), NO_HEADING))?;
            }
        }
        if count < named {
            let what = format!("{count} of {named}");
            read.remark((head.row(line), what, SHORT))?;
        }
        Ok(())
    }

    /// A refusal of a cell of this row: the cell is shown, and its column named.
    fn at_cell(&self, head: &Head, refusal: SourceError) -> SourceError {
        let mut refusal = refusal;
        let Spot::Field { line, heading } = refusal.at.spot.clone() else {
            return refusal;
        };
        let column = head.headings.iter().position(|one| *one == heading);
        let spot = column.and_then(|nth| self.rows.spot(&self.values, nth));
        if let Some(spot) =
            spot.filter(|_| line == self.values.line && head.file == refusal.at.file)
        {
            refusal.at.spot = spot;
            if refusal.label.is_empty() {
                refusal.label = format!("the column {}", annals_finding::shown(&heading));
            }
        }
        refusal
    }
}

fn delimiter(options: &Options) -> Result<Option<u8>, SourceError> {
    let Some(given) = options.get(&DELIMITER) else {
        return Ok(None);
    };
    match given.as_bytes() {
        b"tab" | b"\\t" => Ok(Some(b'\t')),
        [one] if one.is_ascii() && !matches!(one, b'"' | b'\n' | b'\r') => Ok(Some(*one)),
        _ => {
            let given = annals_finding::shown(given);
            Err(usage(format!(
                "--delimiter takes one character or tab, not {given}"
            )))
        }
    }
}

/// Asks whether the first row is a title above the headings: it has one cell, or two, and the rows
/// below it have more.
fn title_above(text: &str, at: &At, dialect: Dialect) -> Result<(), SourceError> {
    const ROWS: usize = 20;
    let mut rows = csv::Rows::new(text.as_bytes(), &at.file, dialect);
    let mut row = csv::Row::default();
    let mut first: Option<(Spot, String, usize)> = None;
    // The number of each row below it, and how many cells are filled.
    let mut below: Vec<(usize, usize)> = Vec::new();
    let mut count = 0;
    // What is wrong with a row is told when it is read.
    while below.len() < ROWS && matches!(rows.next(&mut row), Ok(true)) {
        count += 1;
        let filled: Vec<usize> = (0..row.len())
            .filter(|nth| !row.get(*nth).trim().is_empty())
            .collect();
        match (&first, filled.first()) {
            (_, None) => {}
            (None, Some(nth)) => {
                let spot = rows.spot(&row, *nth).unwrap_or(Spot::Line(row.line));
                first = Some((spot, row.get(*nth).trim().to_owned(), filled.len()));
            }
            (Some(_), Some(_)) => below.push((count, filled.len())),
        }
    }
    let mut sizes: Vec<usize> = below.iter().map(|(_, filled)| *filled).collect();
    sizes.sort_unstable();
    let (Some((spot, title, filled)), Some(typical)) = (first, sizes.get(sizes.len() / 2)) else {
        return Ok(());
    };
    if !(filled == 1 && *typical > 1 || filled == 2 && *typical > 4) {
        return Ok(());
    }
    let Some((row, _)) = below.iter().find(|(_, filled)| filled * 2 > *typical) else {
        return Ok(());
    };
    let cells = if filled == 1 { "cell" } else { "cells" };
    let question = format!(
        "is “{}” a title above the headings? The row has {filled} {cells}, and those below it have {typical}",
        annals_finding::shown(&title)
    );
    let option =
        format!("--heading {row}: the headings are in row {row}; --heading 1: in the first");
    let at = At {
        file: Arc::clone(&at.file),
        spot,
    };
    Err(SourceError::ambiguous(at, question, option).note(format!("in a mapping: heading: {row}")))
}
