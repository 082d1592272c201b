//! Tables of facts: a record is a row, a field a column, or several.

use std::sync::Arc;

use serde_json::Value;

use super::step::{Candidates, Insertion};
use crate::canonical;
use crate::lines;
use crate::pieces::Replacement;
use annals_load::{WrittenRecord, table_dialect};
use annals_model::{Shape, Vocabulary as _, every_field};
use annals_source::csv::{Dialect, Row, Rows};

/// The columns of a table.
struct Table {
    name: Arc<str>,
    dialect: Dialect,
    headings: Vec<String>,
    /// Where the row of the headings begins.
    first: usize,
}

impl Table {
    fn of(text: &str, name: &str) -> Result<Table, String> {
        let mark = text.len() - text.trim_start_matches('\u{feff}').len();
        let body = &text[mark..];
        let dialect = table_dialect(body, name).map_err(|refusal| refusal.message.clone())?;
        let name: Arc<str> = name.into();
        let mut rows = Rows::new(body.as_bytes(), &name, dialect);
        let mut row = Row::default();
        while rows
            .next(&mut row)
            .map_err(|refusal| refusal.message.clone())?
        {
            if !row.is_blank() {
                let headings = row.values().map(|value| value.trim().to_owned()).collect();
                let start = mark + row.start;
                return Ok(Table {
                    name: Arc::clone(&name),
                    dialect,
                    headings,
                    first: start,
                });
            }
        }
        Err("it has no row of headings".to_owned())
    }

    /// The row that begins at a byte.
    fn row(&self, text: &str, offset: usize) -> Result<Row, String> {
        let mut rows = Rows::new(&text.as_bytes()[offset..], &self.name, self.dialect);
        let mut row = Row::default();
        let found = rows
            .next(&mut row)
            .map_err(|refusal| refusal.message.clone())?;
        found
            .then_some(row)
            .ok_or_else(|| "the row is not there".to_owned())
    }

    /// Where the row ends that begins at a byte, with its line break.
    fn end_of(&self, text: &str, offset: usize) -> Result<usize, String> {
        let row = self.row(text, offset)?;
        let last = row.len().checked_sub(1).and_then(|nth| row.span(nth));
        Ok(lines::next(text, offset + last.map_or(0, |(_, end)| end)))
    }

    /// The columns of a field: of a value without parts, or with them.
    fn columns<'t>(&'t self, field: &'t str) -> impl Iterator<Item = (usize, Option<Part<'t>>)> {
        let each = self.headings.iter().enumerate();
        each.filter_map(move |(nth, heading)| {
            if heading == field {
                return Some((nth, None));
            }
            if heading.starts_with("x_") {
                return None;
            }
            let mut steps = heading.split('.').map(str::trim);
            (steps.next()? == field).then_some(())?;
            let last = steps.next_back()?;
            let item = steps.next().and_then(|item| item.parse().ok()).unwrap_or(1);
            Some((nth, Some(Part { item, name: last })))
        })
    }

    /// The cells of a field with a value.
    fn cells(
        &self,
        field: &str,
        value: &Value,
        as_json: bool,
    ) -> Result<Vec<(usize, String)>, String> {
        let columns: Vec<_> = self.columns(field).collect();
        if columns.is_empty() {
            return Err(format!(
                "the table has no column \"{field}\"; add it to the first row, or choose another file"
            ));
        }
        let has_whole = columns.iter().any(|(_, part)| part.is_none());
        let cell = |(nth, part): (usize, Option<Part<'_>>)| {
            let text = match part {
                None => whole(field, value, as_json),
                // What the whole column says is not said again.
                Some(_) if has_whole && !value.is_object() => String::new(),
                Some(part) => part.of(value),
            };
            (nth, text)
        };
        Ok(columns.into_iter().map(cell).collect())
    }

    /// A cell as it is written.
    fn written(&self, text: &str, always_quoted: bool) -> String {
        let special =
            |c: char| matches!(c, '"' | '\n' | '\r') || c == char::from(self.dialect.delimiter);
        if !always_quoted && !text.contains(special) {
            return text.to_owned();
        }
        let quote = if self.dialect.backslash {
            "\\\""
        } else {
            "\"\""
        };
        format!("\"{}\"", text.replace('"', quote))
    }
}

/// A column that is a part of a field.
#[derive(Clone, Copy)]
struct Part<'t> {
    /// Of which item of a list, from 1.
    item: usize,
    name: &'t str,
}

impl Part<'_> {
    fn of(self, value: &Value) -> String {
        let item = canonical::items(value).get(self.item.saturating_sub(1));
        match item {
            Some(Value::Object(fields)) => fields
                .get(self.name)
                .map_or_else(String::new, |part| whole(self.name, part, false)),
            // A date without a calendar, a document without a passage.
            Some(plain @ Value::String(_)) if matches!(self.name, "edtf" | "document" | "on") => {
                plain_text(plain)
            }
            _ => String::new(),
        }
    }
}

/// Whether a field of this name is read as several values.
fn is_several(field: &str) -> bool {
    let mut shapes = every_field()
        .filter(|one| one.name == field)
        .map(|one| one.shape);
    shapes.any(|shape| shape.is_list() || matches!(shape, Shape::Parts(_)))
}

/// What a cell says of a value.
fn whole(field: &str, value: &Value, as_json: bool) -> String {
    if value.is_null() {
        return String::new();
    }
    let several = is_several(field) && !field.starts_with("x_");
    if as_json && several {
        return match value {
            Value::Array(_) => value.to_string(),
            one => Value::Array(vec![one.clone()]).to_string(),
        };
    }
    match value {
        Value::Array(items) if items.is_empty() => "[]".to_owned(),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| item_text(item, several)).collect();
            items.join("; ")
        }
        one => item_text(one, several),
    }
}

/// An item of a list as a cell has it.
fn item_text(item: &Value, several: bool) -> String {
    let text = |value: &Value| plain_text(value);
    let written = match item {
        Value::Object(fields) => {
            let get = |name: &str| fields.get(name).map(text);
            match (get("actor"), get("toward"), get("code"), get("document")) {
                (Some(actor), ..) => match get("role") {
                    Some(role) => format!("{actor} ({role})"),
                    None => actor,
                },
                (_, Some(toward), ..) => format!("{toward}: {}", get("value").unwrap_or_default()),
                (_, _, Some(code), _) => match get("reason") {
                    Some(reason) => format!("{code}: {reason}"),
                    None => code,
                },
                (.., Some(document)) if fields.len() == 1 => document,
                _ => return item.to_string(),
            }
        }
        Value::Array(span) if span.len() == 2 => format!("{}-{}", text(&span[0]), text(&span[1])),
        other => text(other),
    };
    if several {
        written.replace(';', "\\;")
    } else {
        written
    }
}

fn plain_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Puts a row in after the last one of its kind.
pub(super) fn insert(
    text: &str,
    name: &str,
    records: &[WrittenRecord],
    new: &Insertion<'_>,
) -> Result<Candidates, String> {
    let table = Table::of(text, name)?;
    let typed = table.headings.iter().position(|heading| heading == "type");
    let of_kind = |record: &&WrittenRecord| record.kind == new.kind;
    let last = records.iter().rfind(of_kind).or(records.last());
    let at = match last {
        Some(last) => table.end_of(text, last.offset)?,
        None => table.end_of(text, table.first)?,
    };
    let quoted = match last {
        Some(last) => {
            let row = table.row(text, last.offset)?;
            let spans = (0..row.len()).filter_map(|nth| row.span(nth));
            let mut cells = spans.map(|(start, end)| &text[last.offset + start..last.offset + end]);
            cells.all(|cell| cell.starts_with('"'))
        }
        None => false,
    };
    let row = |as_json: bool| {
        let mut cells = vec![String::new(); table.headings.len()];
        if let Some(nth) = typed {
            new.kind.word().clone_into(&mut cells[nth]);
        }
        for (field, value) in new.fields {
            for (nth, cell) in table.cells(field, value, as_json)? {
                cells[nth] = cell;
            }
        }
        let cells = cells.iter().map(|cell| table.written(cell, quoted));
        let delimiter = char::from(table.dialect.delimiter).to_string();
        // A line break within a cell stays what it is.
        let line_break = lines::break_of(text);
        let line = format!("{}{line_break}", cells.collect::<Vec<_>>().join(&delimiter));
        let line = lines::put_in_as_they_are(text, at, &line);
        Ok::<_, String>(vec![Replacement::insertion(at, line)])
    };
    Ok(vec![row(false)?, row(true)?])
}

/// Gives a field of a row a value; null empties it.
pub(super) fn put(
    text: &str,
    name: &str,
    offset: usize,
    field: &str,
    value: &Value,
) -> Result<Candidates, String> {
    let table = Table::of(text, name)?;
    let row = table.row(text, offset)?;
    let change = |as_json: bool| {
        let mut cells = table.cells(field, value, as_json)?;
        cells.sort_by_key(|(nth, _)| *nth);
        let mut all: Vec<Replacement> = Vec::new();
        let mut missing: Vec<(usize, String)> = Vec::new();
        for (nth, cell) in cells {
            match row.span(nth) {
                Some((start, end)) => {
                    let range = offset + start..offset + end;
                    let was_quoted = text[range.clone()].starts_with('"');
                    let old = row.get(nth).trim();
                    if old != cell {
                        all.push(Replacement::new(range, table.written(&cell, was_quoted)));
                    }
                }
                None if !cell.is_empty() => missing.push((nth, cell)),
                None => {}
            }
        }
        // A row that is shorter than the headings grows.
        if let Some((last, _)) = missing.last() {
            let delimiter = char::from(table.dialect.delimiter);
            let mut more = String::new();
            for nth in row.len()..=*last {
                more.push(delimiter);
                if let Some((_, cell)) = missing.iter().find(|(one, _)| *one == nth) {
                    more.push_str(&table.written(cell, false));
                }
            }
            let end = row.len().checked_sub(1).and_then(|nth| row.span(nth));
            let at = offset + end.map_or(0, |(_, end)| end);
            all.push(Replacement::insertion(at, more));
        }
        Ok::<_, String>(all)
    };
    Ok(vec![change(false)?, change(true)?])
}

/// Takes a row out.
pub(super) fn remove(text: &str, name: &str, offset: usize) -> Result<Candidates, String> {
    let table = Table::of(text, name)?;
    let end = table.end_of(text, offset)?;
    let start = if end == text.len() && !text.ends_with('\n') {
        text[..offset].trim_end_matches(['\n', '\r']).len()
    } else {
        offset
    };
    Ok(vec![vec![Replacement::new(start..end, "")]])
}
