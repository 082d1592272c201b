//! Positions in a source, as its user can find them.

use std::fmt;
use std::sync::Arc;

use annals_finding::shown;

/// A place in a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct At {
    /// The file name in messages: its path, or for a file in an archive `book.zip: facts.csv`.
    pub file: Arc<str>,
    /// The place in the file.
    pub spot: Spot,
}

/// A position in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spot {
    /// The file as a whole.
    Whole,
    /// A line of a text, from 1.
    Line(usize),
    /// Some characters of a line: line and column from 1, and their number.
    Text {
        /// The line.
        line: usize,
        /// The column of the first character.
        column: usize,
        /// The number of characters.
        length: usize,
    },
    /// A value in a row of separated values.
    Field {
        /// The line on which its row begins, from 1.
        line: usize,
        /// The name of its column.
        heading: Arc<str>,
    },
    /// A cell of a sheet.
    Cell {
        /// The name of the sheet, if there are several.
        sheet: Option<Arc<str>>,
        /// The row, from 1.
        row: usize,
        /// The column, from 0: `A`.
        column: usize,
        /// The name of the column.
        heading: Option<Arc<str>>,
    },
    /// A byte, from 0.
    Byte(u64),
    /// A named item: `object report--…`, `table STATEMENTS, row 7`.
    Item(String),
}

impl At {
    /// The file as a whole.
    pub fn file(file: &Arc<str>) -> Self {
        At {
            file: Arc::clone(file),
            spot: Spot::Whole,
        }
    }

    /// A line of the file, from 1.
    pub fn line(file: &Arc<str>, line: usize) -> Self {
        At {
            file: Arc::clone(file),
            spot: Spot::Line(line),
        }
    }

    /// A named item in the file.
    pub fn item(file: &Arc<str>, item: impl Into<String>) -> Self {
        At {
            file: Arc::clone(file),
            spot: Spot::Item(item.into()),
        }
    }
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file: String = self
            .file
            .chars()
            .flat_map(annals_finding::visible)
            .collect();
        f.write_str(&file)?;
        match &self.spot {
            Spot::Whole => Ok(()),
            Spot::Line(line) => write!(f, ":{line}"),
            Spot::Text { line, column, .. } => write!(f, ":{line}:{column}"),
            Spot::Field { line, heading } => write!(f, ":{line} ({})", shown(heading)),
            Spot::Byte(byte) => write!(f, ", byte {byte}"),
            Spot::Item(item) => write!(f, ", {}", shown(item)),
            Spot::Cell {
                sheet,
                row,
                column,
                heading,
            } => {
                if let Some(sheet) = sheet {
                    write!(f, ", sheet {}", shown(sheet))?;
                }
                write!(f, ", cell {}", cell_name(*row, *column))?;
                match heading {
                    Some(heading) => write!(f, " ({})", shown(heading)),
                    None => Ok(()),
                }
            }
        }
    }
}

/// The spreadsheet name of a cell: row 3 (from 1) and column 4 (from 0) are `E3`.
pub fn cell_name(row: usize, column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        // A remainder of 26 is below 26.
        letters.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    letters.reverse();
    let letters: String = letters.into_iter().collect();
    format!("{letters}{row}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_called_as_in_spreadsheets() {
        assert_eq!(cell_name(3, 4), "E3");
        assert_eq!(cell_name(1, 25), "Z1");
        assert_eq!(cell_name(1, 26), "AA1");
        assert_eq!(cell_name(9, 16_383), "XFD9");
    }
}
