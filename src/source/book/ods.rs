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
}

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
                self.sheets.push(Sheet {
                    name: element.attribute("table:name").unwrap_or("").into(),
                    hidden: self.hidden_styles.contains(style),
                    rows: Vec::new(),
                    merged: Vec::new(),
                });
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
                            let count = number("text:c").min(1000);
                            cell.text.push_str(&" ".repeat(count));
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
                let Some(value) = open.value() else {
                    return Ok(());
                };
                let formula = open.element.attribute("table:formula").is_some();
                let name = self.sheet_name();
                for nth in 0..open.repeated {
                    parts.count(&name, self.next_row + 1, column + nth)?;
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
                            parts.count(&name, first + nth + 1, cell.column)?;
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

    fn sheet_name(&self) -> Arc<str> {
        self.sheets
            .last()
            .map_or_else(|| "".into(), |sheet| Arc::clone(&sheet.name))
    }
}

impl OpenCell {
    fn value(&self) -> Option<Value> {
        let attribute = |name| self.element.attribute(name);
        let value = match attribute("office:value-type")? {
            "float" | "percentage" | "currency" => {
                let number = attribute("office:value")?.parse().ok();
                Value::Number(number.filter(|n: &f64| n.is_finite())?)
            }
            "date" => Value::Day(attribute("office:date-value")?.to_owned()),
            "boolean" => Value::Truth(attribute("office:boolean-value") == Some("true")),
            _ => Value::Text(self.text.clone()),
        };
        let empty = matches!(&value, Value::Text(text) if text.is_empty());
        (!empty).then_some(value)
    }
}
