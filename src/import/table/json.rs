//! The rows of JSON: objects, in a list or one a line, whose fields are columns.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::io::BufRead;
use std::sync::Arc;

use foldhash::fast::RandomState;
use serde_json::Value;

use super::rows::{Cell, Head, Read, Row, headings};
use crate::json_object::{Object, each_value};
use annals_source::{At, SourceError};

/// Said of a field that is called as one within another: `a.b`, and `b` of `a`.
pub(super) const TWICE: &str = "a field that is named as another one of its row";
/// The endings of JSON.
pub(super) const ENDINGS: &[&str] = &["json", "jsonl", "ndjson"];
/// Said of what is no row.
pub(super) const NO_ROW: &str = "not a row: not an object of JSON";
/// Said of what stands beside the list of rows.
pub(super) const BESIDE: &str = "a field beside the list of rows";

/// How many objects tell the columns. A field that comes only later has none.
const FIRST: usize = 1_000;
const MOST_COLUMNS: usize = 2_000;
/// How deep fields lie within fields; what lies deeper is kept as JSON.
const DEEPEST: usize = 8;

/// The names under which answers of servers hold their rows.
const LISTS: [&str; 10] = [
    "data", "results", "items", "rows", "records", "entries", "posts", "hits", "docs", "objects",
];

/// Whether a text begins like JSON with rows: `{"`, `[{`.
///
/// # Errors
/// When it cannot be read.
pub(super) fn begins(text: &mut impl BufRead, at: &At) -> Result<bool, SourceError> {
    let head = text
        .fill_buf()
        .map_err(|error| SourceError::of_io(error, at))?;
    let mut bytes = head.iter().filter(|byte| !byte.is_ascii_whitespace());
    Ok(match (bytes.next(), bytes.next()) {
        (Some(b'{'), second) => matches!(second, Some(b'"' | b'}') | None),
        (Some(b'['), second) => matches!(second, Some(b'{' | b'[' | b']') | None),
        _ => false,
    })
}

/// Walks the rows.
///
/// # Errors
/// When the text is no JSON, or has no objects.
pub(super) fn rows(
    text: &mut dyn BufRead,
    at: &At,
    read: &mut dyn Read,
) -> Result<(), SourceError> {
    let mut rows = Rows {
        at,
        read,
        first: Vec::new(),
        head: None,
        columns: HashMap::default(),
        count: 0,
        row: Row::default(),
        filled: Vec::new(),
    };
    each_value(text, at, &mut |line, value| {
        rows.count += 1;
        if rows.head.is_some() {
            return rows.one(line, &value);
        }
        rows.first.push((line, value));
        if rows.first.len() < FIRST {
            return Ok(true);
        }
        rows.begin()
    })?;
    if rows.head.is_none() {
        rows.unwrap_list()?;
        rows.begin()?;
    }
    Ok(())
}

struct Rows<'r> {
    at: &'r At,
    read: &'r mut dyn Read,
    /// Objects that are kept until the columns are known.
    first: Vec<(usize, Value)>,
    head: Option<Head>,
    columns: HashMap<String, usize, RandomState>,
    /// How many values came.
    count: usize,
    /// The row, which is filled again and again, and the columns that are filled.
    row: Row,
    filled: Vec<usize>,
}

impl Rows<'_> {
    /// Takes the columns of the first objects, and reads these.
    fn begin(&mut self) -> Result<bool, SourceError> {
        let first = std::mem::take(&mut self.first);
        let mut names = Vec::new();
        for (_, value) in &first {
            for (name, _) in value.as_object().map(fields).unwrap_or_default() {
                let next = self.columns.len();
                if let Entry::Vacant(place) = self.columns.entry(name) {
                    names.push(place.key().clone());
                    place.insert(next);
                }
            }
            if names.len() > MOST_COLUMNS {
                let message = format!("the objects have more than {MOST_COLUMNS} different fields");
                return Err(SourceError::limit(self.at.clone(), message));
            }
        }
        if !first.iter().any(|(_, value)| value.is_object()) {
            let message = match self.count {
                0 => "the table is empty",
                _ => "this JSON has no rows: there is no object in it",
            };
            return Err(SourceError::syntax(self.at.clone(), message));
        }
        let head = Head {
            file: Arc::clone(&self.at.file),
            sheet: None,
            headings: headings(names.iter().map(String::as_str)),
        };
        self.read.begin(&head)?;
        self.head = Some(head);
        for (line, value) in first {
            if !self.one(line, &value)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// One object as a row.
    fn one(&mut self, line: usize, value: &Value) -> Result<bool, SourceError> {
        let Some(head) = &self.head else {
            return Ok(true);
        };
        let Some(object) = value.as_object() else {
            let at = At::line(&head.file, line);
            let what: String = value.to_string().chars().take(60).collect();
            self.read.remark((at, what, NO_ROW))?;
            return Ok(true);
        };
        let row = &mut self.row;
        row.number = line;
        row.cells.resize_with(head.headings.len(), Cell::default);
        for column in self.filled.drain(..) {
            row.cells[column].text.clear();
        }
        for (name, text) in fields(object) {
            match self.columns.get(&name) {
                Some(column) if !row.cells[*column].text.is_empty() => {
                    let at = head.at(line, *column);
                    self.read.remark((at, text, TWICE))?;
                }
                Some(column) => {
                    row.cells[*column].text = text;
                    self.filled.push(*column);
                }
                None if text.is_empty() => {}
                None => {
                    let at = At::line(&head.file, line);
                    let why = "in a column without a heading";
                    self.read.remark((at, format!("{name}: {text}"), why))?;
                }
            }
        }
        self.read.row(head, row)
    }

    /// Of one object that holds a list of objects under a name that servers use, the items of this.
    fn unwrap_list(&mut self) -> Result<(), SourceError> {
        let [(line, Value::Object(object))] = &mut self.first[..] else {
            return Ok(());
        };
        let line = *line;
        let is_rows = |value: &Value| {
            let items = value.as_array();
            items.is_some_and(|items| items.iter().any(Value::is_object))
        };
        let name = LISTS
            .iter()
            .find(|name| object.get(**name).is_some_and(is_rows));
        let Some(Value::Array(items)) = name.and_then(|name| object.remove(*name)) else {
            return Ok(());
        };
        for (name, value) in std::mem::take(object) {
            let at = At::line(&self.at.file, line);
            let what: String = format!("{name}: {value}").chars().take(60).collect();
            self.read.remark((at, what, BESIDE))?;
        }
        self.first = items.into_iter().map(|item| (line, item)).collect();
        Ok(())
    }
}

/// The fields of an object, those within others too, with the text of each.
fn fields(object: &Object) -> Vec<(String, String)> {
    let mut all = Vec::new();
    add(&mut all, "", object, 0);
    all
}

fn add(all: &mut Vec<(String, String)>, within: &str, object: &Object, depth: usize) {
    for (name, value) in object {
        let name = match within {
            "" => name.clone(),
            within => format!("{within}.{name}"),
        };
        match value {
            Value::Object(inner) if depth < DEEPEST && !inner.is_empty() => {
                add(all, &name, inner, depth + 1);
            }
            value => all.push((name, cell(value))),
        }
    }
}

/// A value as the text of a cell.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.trim().to_owned(),
        Value::Array(items) if items.is_empty() => String::new(),
        Value::Object(fields) if fields.is_empty() => String::new(),
        Value::Array(items) => {
            let is_word = |item: &Value| match item {
                Value::String(text) => !text.contains(';'),
                Value::Array(_) | Value::Object(_) => false,
                _ => true,
            };
            if items.iter().all(is_word) {
                let words: Vec<String> = items.iter().map(cell).collect();
                words.join("; ")
            } else {
                value.to_string()
            }
        }
        other => other.to_string(),
    }
}
