//! XLSX: the workbook, its shared strings, which styles are dates, and the sheets.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Book, Cell, Merged, Parts, Sheet, SheetRow, Value, named_cell};
use crate::SourceError;
use crate::xml::{Element, Piece, Xml};

/// Reads a workbook.
pub(super) fn read(parts: &mut Parts) -> Result<Book, SourceError> {
    let mut book = Book::default();
    let mut listed: Vec<(Arc<str>, bool, String)> = Vec::new();
    each(
        parts,
        "xl/workbook.xml",
        &mut |element| match element.local() {
            "workbookPr" => {
                book.from_1904 = matches!(element.attribute("date1904"), Some("1" | "true"));
            }
            "sheet" => {
                let hidden = matches!(element.attribute("state"), Some("hidden" | "veryHidden"));
                let relation = element
                    .attribute("r:id")
                    .or_else(|| element.attribute("id"));
                let name = element.attribute("name").unwrap_or("").into();
                listed.push((name, hidden, relation.unwrap_or("").to_owned()));
            }
            _ => {}
        },
    )?;
    let mut targets: BTreeMap<String, String> = BTreeMap::new();
    each(parts, "xl/_rels/workbook.xml.rels", &mut |element| {
        if let (Some(id), Some(target)) = (element.attribute("Id"), element.attribute("Target")) {
            let target = target.strip_prefix("/xl/").unwrap_or(target);
            targets.insert(id.to_owned(), format!("xl/{target}"));
        }
    })?;
    let shared = shared_texts(parts)?;
    let dates = date_styles(parts)?;
    for (name, hidden, relation) in listed {
        let mut sheet = Sheet::new(name, hidden);
        match targets.get(&relation) {
            Some(target) => read_sheet(parts, target, &mut sheet, &shared, &dates)?,
            None => sheet.lose(1, 0, "the workbook does not say where this sheet is"),
        }
        book.sheets.push(sheet);
    }
    Ok(book)
}

/// Iterates over the elements of a part, if it exists.
fn each(parts: &mut Parts, path: &str, read: &mut dyn FnMut(&Element)) -> Result<(), SourceError> {
    let Some((text, name)) = parts.text(path)? else {
        return Ok(());
    };
    let mut xml = Xml::new(&text, &name);
    while let Some(piece) = xml.next()? {
        if let Piece::Start(element) = piece {
            read(&element);
        }
    }
    Ok(())
}

fn shared_texts(parts: &mut Parts) -> Result<Vec<Arc<str>>, SourceError> {
    let Some((text, name)) = parts.text("xl/sharedStrings.xml")? else {
        return Ok(Vec::new());
    };
    let mut xml = Xml::new(&text, &name);
    let (mut all, mut open) = (Vec::new(), Texts::default());
    while let Some(piece) = xml.next()? {
        match &piece {
            Piece::Start(element) if element.local() == "si" => open = Texts::default(),
            Piece::End(end) if local(end) == "si" => {
                all.push(std::mem::take(&mut open.text).into());
            }
            piece => open.take(piece),
        }
    }
    Ok(all)
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// The text within `t`, without phonetic guides (`rPh`).
#[derive(Default)]
struct Texts {
    text: String,
    within: bool,
    aloud: bool,
}

impl Texts {
    fn take(&mut self, piece: &Piece) {
        match piece {
            Piece::Start(element) => match element.local() {
                "t" => self.within = true,
                "rPh" => self.aloud = true,
                _ => {}
            },
            Piece::End(name) => match local(name) {
                "t" => self.within = false,
                "rPh" => self.aloud = false,
                _ => {}
            },
            Piece::Text(text) if self.within && !self.aloud => self.text.push_str(&unescaped(text)),
            Piece::Text(_) => {}
        }
    }
}

/// `_x000D_` encodes a character that XML cannot contain (ECMA-376 part 1, 22.9.2.19).
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let code = rest
            .get(at + 2..at + 7)
            .filter(|code| code.ends_with('_'))
            .and_then(|code| u32::from_str_radix(&code[..4], 16).ok())
            .and_then(char::from_u32);
        match code {
            Some(c) => {
                out.push_str(&rest[..at]);
                out.push(c);
                rest = &rest[at + 7..];
            }
            None => {
                out.push_str(&rest[..at + 2]);
                rest = &rest[at + 2..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// Which styles show a number as a date.
fn date_styles(parts: &mut Parts) -> Result<Vec<bool>, SourceError> {
    let mut formats: BTreeMap<String, bool> = BTreeMap::new();
    let mut styles = Vec::new();
    let Some((text, name)) = parts.text("xl/styles.xml")? else {
        return Ok(styles);
    };
    let mut xml = Xml::new(&text, &name);
    let mut within = false;
    while let Some(piece) = xml.next()? {
        match piece {
            Piece::Start(element) => match element.local() {
                "numFmt" => {
                    if let (Some(id), Some(code)) = (
                        element.attribute("numFmtId"),
                        element.attribute("formatCode"),
                    ) {
                        formats.insert(id.to_owned(), is_date_format(code));
                    }
                }
                "cellXfs" => within = true,
                "xf" if within => {
                    let id = element.attribute("numFmtId").unwrap_or("0");
                    let own = formats.get(id).copied();
                    styles.push(own.unwrap_or_else(|| is_date_number(id)));
                }
                _ => {}
            },
            Piece::End(name) if local(&name) == "cellXfs" => within = false,
            _ => {}
        }
    }
    Ok(styles)
}

/// The built-in date formats (18.8.30), including those for East Asia.
fn is_date_number(id: &str) -> bool {
    let id: u32 = id.parse().unwrap_or(0);
    matches!(id, 14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58)
}

/// Whether a format has a day, month or year outside quotes and brackets.
fn is_date_format(code: &str) -> bool {
    let (mut quoted, mut bracket, mut escaped) = (false, false, false);
    let mut found = false;
    for c in code.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' | '_' | '*' => escaped = true,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '[' => bracket = true,
            ']' => bracket = false,
            _ if bracket => {}
            'd' | 'D' | 'y' | 'Y' | 'e' => found = true,
            // Scientific formats contain an E, and `General` contains letters of date formats.
            'G' => return false,
            _ => {}
        }
    }
    found
}

fn read_sheet(
    parts: &mut Parts,
    path: &str,
    sheet: &mut Sheet,
    shared: &[Arc<str>],
    dates: &[bool],
) -> Result<(), SourceError> {
    let Some((text, name)) = parts.text(path)? else {
        let path = annals_finding::shown(path);
        sheet.lose(1, 0, format!("its part {path} is not in the workbook"));
        return Ok(());
    };
    let mut xml = Xml::new(&text, &name);
    let mut row = SheetRow {
        number: 0,
        hidden: false,
        cells: Vec::new(),
    };
    let mut open: Option<OpenCell> = None;
    let mut next_column = 0;
    while let Some(piece) = xml.next()? {
        if let Piece::Start(element) = &piece {
            match element.local() {
                "row" => {
                    let number = element.attribute("r").and_then(|r| r.parse().ok());
                    row.number = number.unwrap_or(row.number + 1);
                    row.hidden = matches!(element.attribute("hidden"), Some("1" | "true"));
                    next_column = 0;
                }
                "c" => {
                    let named = element.attribute("r");
                    let place = named.and_then(named_cell);
                    let column = place.map_or(next_column, |(_, column)| column);
                    if let (Some(named), None) = (named, place) {
                        let named = annals_finding::shown(named);
                        let why = format!("“{named}” is not the name of a cell");
                        sheet.lose(row.number.max(1), column, why);
                    }
                    next_column = column + 1;
                    open = Some(OpenCell::new(column, element, dates));
                }
                "mergeCell" => {
                    let ends = element.attribute("ref").and_then(|r| r.split_once(':'));
                    let merged = ends.and_then(|(first, last)| {
                        Some(Merged {
                            first: named_cell(first)?,
                            last: named_cell(last)?,
                        })
                    });
                    sheet.merged.extend(merged);
                }
                _ => {}
            }
        }
        if let Piece::End(name) = &piece {
            match local(name) {
                "c" => {
                    let Some(cell) = open.take() else { continue };
                    let column = cell.column;
                    match cell.finish(shared) {
                        Ok(Some(cell)) => {
                            parts.count(&sheet.name, row.number, column, &cell.value)?;
                            row.cells.push(cell);
                        }
                        Ok(None) => {}
                        Err(why) => sheet.lose(row.number, column, why),
                    }
                }
                "row" if !row.cells.is_empty() => end_row(&mut row, sheet),
                _ => {}
            }
        }
        if let Some(open) = &mut open {
            open.take(&piece);
        }
    }
    sheet.rows.sort_by_key(|row| row.number);
    Ok(())
}

/// Ends a row that has cells.
fn end_row(row: &mut SheetRow, sheet: &mut Sheet) {
    let mut cells = std::mem::take(&mut row.cells);
    let (number, hidden) = (row.number, row.hidden);
    cells.sort_by_key(|cell| cell.column);
    cells.dedup_by(|second, first| {
        let is_second = first.column == second.column;
        if is_second && first.value != second.value {
            let value = annals_finding::shown(&second.value.text());
            let why = format!("a second cell at this place contains “{value}”");
            sheet.lose(number, second.column, why);
        }
        is_second
    });
    sheet.rows.push(SheetRow {
        number,
        hidden,
        cells,
    });
}

/// A cell that is read.
struct OpenCell {
    column: usize,
    kind: String,
    date: bool,
    formula: bool,
    value: String,
    within: bool,
    texts: Texts,
}

impl OpenCell {
    fn new(column: usize, element: &Element, dates: &[bool]) -> Self {
        let style: Option<usize> = element.attribute("s").and_then(|s| s.parse().ok());
        OpenCell {
            column,
            kind: element.attribute("t").unwrap_or("n").to_owned(),
            date: style
                .and_then(|style| dates.get(style).copied())
                .unwrap_or(false),
            formula: false,
            value: String::new(),
            within: false,
            texts: Texts::default(),
        }
    }

    fn take(&mut self, piece: &Piece) {
        match piece {
            Piece::Start(element) if element.local() == "v" => self.within = true,
            Piece::Start(element) if element.local() == "f" => self.formula = true,
            Piece::End(name) if local(name) == "v" => self.within = false,
            Piece::Text(text) if self.within => self.value.push_str(text),
            _ => {}
        }
        self.texts.take(piece);
    }

    /// The cell; `None` if it is empty, an error if it is damaged.
    fn finish(self, shared: &[Arc<str>]) -> Result<Option<Cell>, String> {
        let trimmed = self.value.trim();
        if self.formula && trimmed.is_empty() && self.texts.text.is_empty() && self.kind != "str" {
            // The program that wrote the file left the value to be computed.
            return Ok(Some(Cell {
                column: self.column,
                value: Value::Fault("a formula without a stored value".to_owned()),
                formula: true,
            }));
        }
        let value = match self.kind.as_str() {
            "inlineStr" => Value::Text(self.texts.text.into()),
            "str" => Value::Text(unescaped(&self.value).into()),
            _ if trimmed.is_empty() => return Ok(None),
            "s" => {
                let text = trimmed.parse().ok().and_then(|nth: usize| shared.get(nth));
                let lost = || {
                    let nth = annals_finding::shown(trimmed);
                    format!("its text is number {nth} of the shared texts, which is not there")
                };
                Value::Text(Arc::clone(text.ok_or_else(lost)?))
            }
            "b" if matches!(trimmed, "1" | "true") => Value::Truth(true),
            "b" if matches!(trimmed, "0" | "false") => Value::Truth(false),
            "e" => Value::Fault(trimmed.to_owned()),
            "d" => Value::Day(trimmed.to_owned()),
            "n" => {
                let number = trimmed.parse().ok().filter(|n: &f64| n.is_finite());
                let number: f64 = number.ok_or_else(|| {
                    let value = annals_finding::shown(trimmed);
                    format!("“{value}” is not a number")
                })?;
                if self.date {
                    Value::Serial(number)
                } else {
                    Value::Number(number)
                }
            }
            other => {
                let (value, kind) = (annals_finding::shown(trimmed), annals_finding::shown(other));
                return Err(format!(
                    "“{value}” is of the kind “{kind}”, which is not known"
                ));
            }
        };
        let empty = matches!(&value, Value::Text(text) if text.is_empty());
        Ok((!empty).then_some(Cell {
            column: self.column,
            value,
            formula: self.formula,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn date_formats_are_recognised() {
        for date in [
            "yyyy-mm-dd",
            "d.m.yy",
            "[$-407]d. mmmm yyyy",
            "dd/mm/yyyy hh:mm",
        ] {
            assert!(is_date_format(date), "{date}");
        }
        for other in [
            "General",
            "0.00",
            "0.00E+00",
            "\"day\" 0",
            "[Red]0",
            "h:mm",
            "@",
        ] {
            assert!(!is_date_format(other), "{other}");
        }
        assert_eq!(unescaped("a_x000D_b_x00"), "a\rb_x00");
    }
}
