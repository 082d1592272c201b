//! ODS: the tables of `content.xml`. Repeated empty cells are not expanded.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Book, Cell, Merged, Parts, Sheet, SheetRow, Value};
use crate::SourceError;
use crate::xml::{Element, Piece, Xml};

/// Reads a workbook.
pub(super) fn read(parts: &mut Parts) -> Result<Book, SourceError> {
    let mut book = Book::default();
    let Some((text, name)) = parts.text("content.xml")? else {
        return Ok(book);
    };
    let mut xml = Xml::new(&text, &name);
    let mut reader = Reader::default();
    while let Some(piece) = xml.next()? {
        match &piece {
            Piece::Start(element) => reader.start(element),
            Piece::End(name) => reader.end(name.rsplit(':').next().unwrap_or(name), parts)?,
            Piece::Text(text) => reader.text(text),
        }
    }
    book.sheets = reader.sheets;
    Ok(book)
}

#[derive(Default)]
struct Reader {
    sheets: Vec<Sheet>,
    /// Styles of tables that are not shown.
    hidden_styles: BTreeSet<String>,
    style: String,
    row: Row,
    cell: Option<OpenCell>,
    /// How many annotations are open: their text is not part of the cell.
    remarks: usize,
    /// The number of the next row, from 0.
    next_row: usize,
}

#[derive(Default)]
struct Row {
    repeated: usize,
    hidden: bool,
    cells: Vec<Cell>,
    next_column: usize,
}

struct OpenCell {
    element: Element,
    repeated: usize,
    text: String,
    paragraphs: usize,
    /// Whether spaces are left out.
    cut: bool,
}

/// The most spaces in a row that are read.
const MOST_SPACES: usize = 1000;

impl Reader {
    fn start(&mut self, element: &Element) {
        let number = |name: &str| {
            let number = element
                .attribute(name)
                .and_then(|n| n.parse::<usize>().ok());
            number.unwrap_or(1).max(1)
        };
        match element.local() {
            "style" => element
                .attribute("style:name")
                .unwrap_or("")
                .clone_into(&mut self.style),
            "table-properties" if element.attribute("table:display") == Some("false") => {
                self.hidden_styles.insert(self.style.clone());
            }
            "table" if self.cell.is_none() => {
                let style = element.attribute("table:style-name").unwrap_or("");
                let name = element.attribute("table:name").unwrap_or("").into();
                let hidden = self.hidden_styles.contains(style);
                self.sheets.push(Sheet::new(name, hidden));
                self.next_row = 0;
            }
            "table-row" => {
                let shown = element.attribute("table:visibility");
                self.row = Row {
                    repeated: number("table:number-rows-repeated"),
                    hidden: matches!(shown, Some("collapse" | "filter")),
                    ..Row::default()
                };
            }
            "table-cell" | "covered-table-cell" if self.cell.is_none() => {
                let (rows, columns) = (
                    number("table:number-rows-spanned"),
                    number("table:number-columns-spanned"),
                );
                if let Some(sheet) = self.sheets.last_mut().filter(|_| rows > 1 || columns > 1) {
                    let first = (self.next_row + 1, self.row.next_column);
                    let last = (
                        first.0.saturating_add(rows - 1),
                        first.1.saturating_add(columns - 1),
                    );
                    sheet.merged.push(Merged { first, last });
                }
                self.cell = Some(OpenCell {
                    element: element.clone(),
                    repeated: number("table:number-columns-repeated"),
                    text: String::new(),
                    paragraphs: 0,
                    cut: false,
                });
            }
            "annotation" => self.remarks += 1,
            _ if self.remarks > 0 => {}
            name => {
                if let Some(cell) = &mut self.cell {
                    match name {
                        "p" | "h" => {
                            if cell.paragraphs > 0 {
                                cell.text.push('\n');
                            }
                            cell.paragraphs += 1;
                        }
                        "s" => {
                            let count = number("text:c");
                            cell.text.push_str(&" ".repeat(count.min(MOST_SPACES)));
                            cell.cut |= count > MOST_SPACES;
                        }
                        "tab" => cell.text.push('\t'),
                        "line-break" => cell.text.push('\n'),
                        _ => {}
                    }
                }
            }
        }
    }

    fn text(&mut self, text: &str) {
        if self.remarks > 0 {
            return;
        }
        if let Some(cell) = self.cell.as_mut().filter(|cell| cell.paragraphs > 0) {
            cell.text.push_str(text);
        }
    }

    fn end(&mut self, name: &str, parts: &mut Parts) -> Result<(), SourceError> {
        match name {
            "annotation" => self.remarks = self.remarks.saturating_sub(1),
            "table-cell" | "covered-table-cell" => {
                let Some(open) = self.cell.take() else {
                    return Ok(());
                };
                let column = self.row.next_column;
                self.row.next_column = column.saturating_add(open.repeated);
                let value = match open.value() {
                    Ok(value) => value,
                    Err(why) => {
                        self.lose(column, why);
                        None
                    }
                };
                let Some(value) = value else {
                    return Ok(());
                };
                if open.cut {
                    let why = format!("more than {MOST_SPACES} spaces in a row are left out");
                    self.lose(column, why);
                }
                let formula = open.element.attribute("table:formula").is_some();
                let name = self.sheet_name();
                for nth in 0..open.repeated {
                    parts.count(&name, self.next_row + 1, column + nth, &value)?;
                    self.row.cells.push(Cell {
                        column: column + nth,
                        value: value.clone(),
                        formula,
                    });
                }
            }
            "table-row" => {
                let row = std::mem::take(&mut self.row);
                let first = self.next_row;
                self.next_row = first.saturating_add(row.repeated.max(1));
                if row.cells.is_empty() {
                    return Ok(());
                }
                let name = self.sheet_name();
                for nth in 0..row.repeated.max(1) {
                    if nth > 0 {
                        for cell in &row.cells {
                            parts.count(&name, first + nth + 1, cell.column, &cell.value)?;
                        }
                    }
                    if let Some(sheet) = self.sheets.last_mut() {
                        sheet.rows.push(SheetRow {
                            number: first + nth + 1,
                            hidden: row.hidden,
                            cells: row.cells.clone(),
                        });
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn lose(&mut self, column: usize, why: String) {
        let row = self.next_row + 1;
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.lose(row, column, why);
        }
    }

    fn sheet_name(&self) -> Arc<str> {
        self.sheets
            .last()
            .map_or_else(|| "".into(), |sheet| Arc::clone(&sheet.name))
    }
}

impl OpenCell {
    /// Its value; `None` if it is empty, an error if it is damaged.
    fn value(&self) -> Result<Option<Value>, String> {
        let attribute = |name| self.element.attribute(name);
        let Some(kind) = attribute("office:value-type") else {
            // A text without a kind is none that a program would write.
            return if self.text.is_empty() {
                Ok(None)
            } else {
                let text = annals_finding::shown(&self.text);
                Err(format!("“{text}” is of no kind"))
            };
        };
        let wrong = |name: &str| {
            let value = self.element.attribute(name).unwrap_or("");
            let (value, kind) = (annals_finding::shown(value), annals_finding::shown(kind));
            format!("“{value}” is not a value of the kind “{kind}”")
        };
        let value = match kind {
            "float" | "percentage" | "currency" => {
                let number = attribute("office:value").and_then(|value| value.parse().ok());
                let number = number.filter(|n: &f64| n.is_finite());
                Value::Number(number.ok_or_else(|| wrong("office:value"))?)
            }
            "date" => {
                let date = attribute("office:date-value");
                Value::Day(date.ok_or_else(|| wrong("office:date-value"))?.to_owned())
            }
            "boolean" => match attribute("office:boolean-value") {
                Some("true") => Value::Truth(true),
                Some("false") => Value::Truth(false),
                _ => return Err(wrong("office:boolean-value")),
            },
            _ => Value::Text(self.text.as_str().into()),
        };
        let empty = matches!(&value, Value::Text(text) if text.is_empty());
        Ok((!empty).then_some(value))
    }
}
