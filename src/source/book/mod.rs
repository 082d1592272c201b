//! Workbooks: XLSX (ECMA-376) and ODS (`OpenDocument` 1.3), read from their XML.
//!
//! Hand-written rather than from a library, because hidden and merged cells must be reported, a
//! sheet that declares a million empty columns must cost nothing, and no part may be decompressed
//! without limits.

mod ods;
mod xlsx;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{At, Limits, Source, SourceError, Spot, each_member, ends_in};
use annals_time::Day;

/// The most cells read from a workbook.
const MOST_CELLS: usize = 20_000_000;
/// The most bytes of text in its cells, a text that several share counted for each.
const MOST_TEXT: usize = 512 << 20;
/// The most bytes of parts that are read, a part that several sheets name counted for each.
const MOST_READ: usize = 1 << 30;
/// The most losses of a sheet that are named one by one.
const MOST_NAMED: usize = 1000;

/// A workbook.
#[derive(Debug, Clone, Default)]
pub struct Book {
    /// Its sheets, in their order.
    pub sheets: Vec<Sheet>,
    /// Whether its days are counted from 1904.
    pub from_1904: bool,
}

/// A sheet.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// Its name.
    pub name: Arc<str>,
    /// Whether it is hidden.
    pub hidden: bool,
    /// Its rows that have something in them, in their order.
    pub rows: Vec<SheetRow>,
    /// Merged cells, as rectangles.
    pub merged: Vec<Merged>,
    /// What cannot be read because the workbook is damaged: the first thousand.
    pub lost: Vec<Lost>,
    /// How many more there are.
    pub more_lost: usize,
}

/// A cell that is damaged, or a whole sheet at its first cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// Its row, from 1.
    pub row: usize,
    /// Its column, from 0.
    pub column: usize,
    /// What is wrong with it.
    pub why: String,
}

impl Sheet {
    fn new(name: Arc<str>, hidden: bool) -> Sheet {
        Sheet {
            name,
            hidden,
            rows: Vec::new(),
            merged: Vec::new(),
            lost: Vec::new(),
            more_lost: 0,
        }
    }

    fn lose(&mut self, row: usize, column: usize, why: impl Into<String>) {
        if self.lost.len() < MOST_NAMED {
            let why = why.into();
            self.lost.push(Lost { row, column, why });
        } else {
            self.more_lost += 1;
        }
    }
}

/// A row.
#[derive(Debug, Clone)]
pub struct SheetRow {
    /// Its number, from 1.
    pub number: usize,
    /// Whether it is hidden.
    pub hidden: bool,
    /// Its non-empty cells, in column order.
    pub cells: Vec<Cell>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Its column, from 0.
    pub column: usize,
    /// The content of the cell.
    pub value: Value,
    /// Whether a formula computed it.
    pub formula: bool,
}

/// The content of a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A text, which cells can share.
    Text(Arc<str>),
    /// A number.
    Number(f64),
    /// A number that is shown as a date.
    Serial(f64),
    /// A date in ISO 8601.
    Day(String),
    /// A truth.
    Truth(bool),
    /// The error value of a formula: `#REF!`.
    Fault(String),
}

/// A rectangle of merged cells: rows from 1, columns from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merged {
    /// The row and column of the first cell, which has the value.
    pub first: (usize, usize),
    /// The row and column of the last.
    pub last: (usize, usize),
}

/// Whether bytes begin as a zip archive does, which workbooks are.
pub fn is_book(ending: &str) -> bool {
    matches!(ending, "xlsx" | "xlsm" | "ods")
}

/// Reads a workbook.
///
/// # Errors
/// If it is not a workbook, is damaged, or exceeds a limit.
pub fn read(source: &Source) -> Result<Book, SourceError> {
    let limits = Limits {
        held: 512 << 20,
        ..Limits::default()
    };
    let mut parts: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut total = 0;
    let wanted = |path: &str| {
        path.starts_with("xl/") && ends_in(path, &["xml", "rels"])
            || path == "content.xml"
            || path == "EncryptedPackage"
    };
    each_member(source, &limits, wanted, &mut |input| {
        let (path, at) = (input.path.clone(), input.at());
        let bytes = input.bytes()?;
        total += bytes.len() as u64;
        if total > limits.held {
            let message = format!(
                "the workbook unpacks to more than {} MiB",
                limits.held >> 20
            );
            return Err(SourceError::limit(at, message));
        }
        parts.insert(path, bytes);
        Ok(())
    })
    .map_err(|refusal| old_book(source, refusal))?;
    let mut parts = Parts {
        files: parts,
        name: Arc::clone(&source.name),
        cells: 0,
        text: 0,
        read: 0,
    };
    if parts.files.contains_key("content.xml") {
        return ods::read(&mut parts);
    }
    if parts.files.contains_key("xl/workbook.xml") {
        return xlsx::read(&mut parts);
    }
    Err(SourceError::syntax(
        source.at(),
        "this is not a workbook: the archive has neither xl/workbook.xml nor content.xml",
    ))
}

/// A workbook from Excel 97, or one with a password, is not a zip archive.
fn old_book(source: &Source, refusal: SourceError) -> SourceError {
    if refusal.kind != super::SourceErrorKind::Syntax {
        return refusal;
    }
    refusal.help(format!(
        "if {} opens in a spreadsheet program, save it there as .xlsx without a password, or as .csv",
        annals_finding::shown(&source.name)
    ))
}

/// The parts of the workbook being read.
struct Parts {
    files: BTreeMap<String, Vec<u8>>,
    name: Arc<str>,
    cells: usize,
    /// How many bytes of text these have.
    text: usize,
    /// How many bytes of parts have been read.
    read: usize,
}

impl Parts {
    /// The text of a part, and its name in messages; `None` if it does not exist.
    fn text(&mut self, path: &str) -> Result<Option<(String, Arc<str>)>, SourceError> {
        let Some(bytes) = self.files.get(path) else {
            return Ok(None);
        };
        let name: Arc<str> = format!("{}: {path}", self.name).into();
        self.read = self.read.saturating_add(bytes.len());
        if self.read > MOST_READ {
            let message = "the sheets of the workbook have more than 1 GiB of parts in common";
            return Err(SourceError::limit(At::file(&name), message));
        }
        let decoded = super::xml::decode(bytes, &At::file(&name), None)?;
        Ok(Some((decoded.text, name)))
    }

    /// Counts a cell.
    fn count(
        &mut self,
        sheet: &Arc<str>,
        row: usize,
        column: usize,
        value: &Value,
    ) -> Result<(), SourceError> {
        self.cells += 1;
        if let Value::Text(text) = value {
            self.text = self.text.saturating_add(text.len());
        }
        if self.cells <= MOST_CELLS && self.text <= MOST_TEXT {
            return Ok(());
        }
        let at = At {
            file: Arc::clone(&self.name),
            spot: Spot::Cell {
                sheet: Some(Arc::clone(sheet)),
                row,
                column,
                heading: None,
            },
        };
        let message = if self.cells > MOST_CELLS {
            format!("the workbook has more than {MOST_CELLS} cells")
        } else {
            let most = MOST_TEXT >> 20;
            format!("the cells of the workbook have more than {most} MiB of text")
        };
        Err(SourceError::limit(at, message).help("save it as .csv, which is read as a stream"))
    }
}

impl Value {
    /// As a text: numbers as they are shortest, faults as they are.
    pub fn text(&self) -> String {
        match self {
            Value::Text(text) => text.to_string(),
            Value::Day(text) | Value::Fault(text) => text.clone(),
            Value::Number(number) | Value::Serial(number) => {
                if number.fract() == 0.0 && number.abs() < 1e15 {
                    format!("{number:.0}")
                } else {
                    number.to_string()
                }
            }
            Value::Truth(true) => "true".to_owned(),
            Value::Truth(false) => "false".to_owned(),
        }
    }
}

/// The date in ISO 8601, with the time if there is one, of a spreadsheet's serial day number:
/// counted from 1900, including the non-existent 29 February 1900 (60), or from 1904.
///
/// The number 1 is 1 January 1900 in the first system, 2 January 1904 in the second. `None` for
/// numbers without a day: negative, 60 in the first system, after the year 9999. Seconds are
/// rounded.
///
/// Source: ECMA-376 part 1, 18.17.4.
pub fn serial_date(serial: f64, from_1904: bool) -> Option<String> {
    const LAST: f64 = 2_958_466.0;
    if !(0.0..LAST).contains(&serial) {
        return None;
    }
    // Below three million, so that no digit is lost.
    let seconds = (serial * 86_400.0).round() as i64;
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let day = if from_1904 {
        Day::from_ymd(1904, 1, 1)?.checked_add_days(days)?
    } else {
        match days {
            0 | 60 => return None,
            1..60 => Day::from_ymd(1899, 12, 31)?.checked_add_days(days)?,
            _ => Day::from_ymd(1899, 12, 30)?.checked_add_days(days)?,
        }
    };
    if day.ymd().0 > 9999 {
        return None;
    }
    if second == 0 {
        return Some(day.to_string());
    }
    let (hour, minute) = (second / 3600, second / 60 % 60);
    Some(format!("{day}T{hour:02}:{minute:02}:{:02}", second % 60))
}

/// The row (from 1) and column (from 0) of a cell name such as `E3`.
fn named_cell(name: &str) -> Option<(usize, usize)> {
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic).count();
    let mut column = 0;
    for letter in name[..letters].bytes() {
        column = column * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1;
        if column > 20_000 {
            return None;
        }
    }
    let row = name[letters..]
        .parse()
        .ok()
        .filter(|row| *row > 0 && *row <= 2_000_000)?;
    Some((row, column.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_found_by_their_names() {
        assert_eq!(named_cell("E3"), Some((3, 4)));
        assert_eq!(named_cell("XFD1048576"), Some((1_048_576, 16_383)));
        for none in ["", "3", "E", "E0", "ZZZZZZZZ1", "E-1"] {
            assert_eq!(named_cell(none), None, "{none}");
        }
    }
}
