//! Facts as one JSON object, and records of JSON wherever they stand.

mod style;
pub(super) mod tree;

use serde_json::{Map, Value};

use super::brackets::Brackets;
use super::differences::{Difference, difference};
use super::step::{Candidates, Insertion};
use crate::canonical;
use crate::lines;
use crate::pieces::Replacement;
use annals_model::{RecordKind, Vocabulary as _};
use style::Style;
use tree::{Is, Node};

/// Puts a record into the list of its kind.
pub(super) fn insert(text: &str, new: &Insertion<'_>) -> Result<Candidates, String> {
    let begin = text.len() - text.trim_start_matches('\u{feff}').len();
    let root = Node::at(text, begin).filter(|root| matches!(root.is, Is::Object(_)));
    let root = root.ok_or("it is not an object of JSON")?;
    let line_break = lines::break_of(text);
    let Some(list) = root.get(new.kind.plural()) else {
        return Ok(vec![new_list(text, &root, new, line_break)]);
    };
    let Some(items) = list.value.items() else {
        if text[list.value.range.clone()].starts_with("null") {
            let key_indent = indent_of(text, list.key.start);
            let list_text = whole_list(text, &root, new, key_indent.as_deref(), line_break);
            let range = list.value.range.clone();
            return Ok(vec![vec![Replacement::new(range, list_text)]]);
        }
        return Err(format!(
            "its {} are not in a list; put [ ] around what stands there first",
            new.kind.plural()
        ));
    };
    if items.is_empty() {
        let key_indent = indent_of(text, list.key.start);
        let list_text = whole_list(text, &root, new, key_indent.as_deref(), line_break);
        let range = list.value.range.clone();
        return Ok(vec![vec![Replacement::new(range, list_text)]]);
    }
    let last = items.len() - 1;
    let is_it = |item: &Node| Some(item.range.start) == new.after;
    let after = items.iter().position(is_it).unwrap_or(last);
    let candidate = |after: usize| {
        let style = style_near(text, items, after, line_break);
        let brackets = brackets(text, &list.value, style.gap());
        let separator = brackets.separator(after);
        let indent = separator.rsplit(['\n', '\r']).next().unwrap_or_default();
        let indent = if separator.contains(['\n', '\r']) {
            indent
        } else {
            ""
        };
        let fields = ordered_as(new.fields, &items[after]);
        brackets.insert(Some(after), &style.record(&fields, indent))
    };
    Ok(vec![candidate(after), candidate(last)])
}

/// The layout of the record at a place in a list, or of the nearest that is an object.
fn style_near(text: &str, items: &[Node], nth: usize, line_break: &'static str) -> Style {
    let before = items[..=nth].iter().rev();
    let mut near = before.chain(&items[nth + 1..]);
    let record = near.find(|item| !item.entries().is_empty());
    record.map_or_else(
        || Style::usual(line_break),
        |record| Style::of(text, record, line_break),
    )
}

/// The fields of a record in the order of another.
fn ordered_as(fields: &Map<String, Value>, other: &Node) -> Map<String, Value> {
    let names = other.entries().iter().map(|entry| entry.name.clone());
    canonical::ordered(fields, &names.collect::<Vec<_>>())
}

fn brackets<'t>(text: &'t str, node: &Node, gap: &'t str) -> Brackets<'t> {
    let items = match &node.is {
        Is::Object(entries) => entries
            .iter()
            .map(|entry| entry.key.start..entry.value.range.end)
            .collect(),
        Is::Array(items) => items.iter().map(|item| item.range.clone()).collect(),
        Is::Scalar => Vec::new(),
    };
    Brackets {
        text,
        whole: node.range.clone(),
        items,
        gap,
        has_comments: false,
    }
}

/// The white space before a key, if it is the first of its line.
fn indent_of(text: &str, at: usize) -> Option<String> {
    let start = lines::start(text, at);
    (start > 0 && lines::is_first(text, at)).then(|| text[start..at].to_owned())
}

/// A list of one record, for a key that is indented so, or stands in the middle of a line.
fn whole_list(
    text: &str,
    root: &Node,
    new: &Insertion<'_>,
    key_indent: Option<&str>,
    line_break: &'static str,
) -> String {
    let all = root
        .entries()
        .iter()
        .filter_map(|entry| entry.value.items());
    let records = all.flatten().find(|item| !item.entries().is_empty());
    let style = records.map_or_else(
        || Style::usual(line_break),
        |record| Style::of(text, record, line_break),
    );
    let Some(key_indent) = key_indent else {
        return format!("[{}]", style.record(new.fields, ""));
    };
    let unit = if key_indent.is_empty() {
        style.unit()
    } else {
        key_indent
    };
    let indent = format!("{key_indent}{unit}");
    let record = style.record(new.fields, &indent);
    format!("[{line_break}{indent}{record}{line_break}{key_indent}]")
}

/// Puts a list of the kind at the end of the object.
fn new_list(
    text: &str,
    root: &Node,
    new: &Insertion<'_>,
    line_break: &'static str,
) -> Vec<Replacement> {
    let last = root.entries().last();
    let key_indent = last.and_then(|entry| indent_of(text, entry.key.start));
    let colon = last.map_or(": ", |entry| &text[entry.key.end..entry.value.range.start]);
    let list = whole_list(text, root, new, key_indent.as_deref(), line_break);
    let entry = format!("\"{}\"{colon}{list}", new.kind.plural());
    let gap = if colon.ends_with(' ') { " " } else { "" };
    brackets(text, root, gap).insert(root.entries().len().checked_sub(1), &entry)
}

/// Gives a field of a record a value; null takes the field out.
pub(super) fn put(
    text: &str,
    offset: usize,
    kind: RecordKind,
    field: &str,
    value: &Value,
) -> Result<Candidates, String> {
    let record = Node::at(text, offset).ok_or("the record cannot be found in it")?;
    let line_break = lines::break_of(text);
    if let Some(parts) = record.items() {
        return short_order(text, &record, parts, kind, (field, value), line_break);
    }
    let style = Style::of(text, &record, line_break);
    let place = record
        .entries()
        .iter()
        .position(|entry| entry.name == field);
    let all = brackets(text, &record, style.gap());
    let Some(nth) = place else {
        let last = record.entries().len().checked_sub(1);
        let at = last.map_or(record.range.start, |last| record.entries()[last].key.start);
        let indent = indent_of(text, at).unwrap_or_default();
        let entry = style.entry(field, value, &indent);
        return Ok(vec![all.insert(last, &entry)]);
    };
    if value.is_null() {
        return Ok(vec![all.remove(nth)]);
    }
    let entry = &record.entries()[nth];
    let indent = indent_of(text, entry.key.start).unwrap_or_default();
    let whole = || {
        let new = style.inner(value, &indent);
        vec![Replacement::new(entry.value.range.clone(), new)]
    };
    let (Some(items), Value::Array(new)) = (entry.value.items(), value) else {
        return Ok(vec![whole()]);
    };
    let old: Vec<Value> = (items.iter())
        .map(|item| serde_json::from_str(&text[item.range.clone()]).unwrap_or_default())
        .collect();
    let list = brackets(text, &entry.value, style.gap());
    let part = match difference(&old, new) {
        Difference::Insert { after, items } => {
            let separator = list.separator(after);
            let mut inner = "";
            if separator.contains(['\n', '\r']) {
                inner = separator.rsplit(['\n', '\r']).next().unwrap_or_default();
            }
            let items = items.iter().map(|item| style.inner(item, inner));
            let joined = items.collect::<Vec<_>>().join(&format!(",{separator}"));
            list.insert(Some(after), &joined)
        }
        Difference::Remove(nth) => list.remove(nth),
        Difference::Change(nth, new) => {
            let range = items[nth].range.clone();
            let indent = indent_of(text, range.start).unwrap_or_else(|| indent.clone());
            vec![Replacement::new(range, style.inner(new, &indent))]
        }
        Difference::Other => whole(),
    };
    Ok(vec![part, whole()])
}

/// A field of an order that is written as a list of three.
fn short_order(
    text: &str,
    record: &Node,
    parts: &[Node],
    kind: RecordKind,
    (field, value): (&str, &Value),
    line_break: &'static str,
) -> Result<Candidates, String> {
    let names = ["first", "relation", "second"];
    if kind != RecordKind::Order || parts.len() != names.len() {
        return Err("the record is a list, which has no fields".to_owned());
    }
    let style = Style::usual(line_break);
    if let Some(nth) = names.iter().position(|name| *name == field)
        && !value.is_null()
    {
        let range = parts[nth].range.clone();
        return Ok(vec![vec![Replacement::new(range, style.inner(value, ""))]]);
    }
    let mut fields = Map::new();
    for (name, part) in names.iter().zip(parts) {
        let part = serde_json::from_str(&text[part.range.clone()]).unwrap_or_default();
        fields.insert((*name).to_owned(), part);
    }
    if value.is_null() {
        fields.shift_remove(field);
    } else {
        fields.insert(field.to_owned(), value.clone());
    }
    let new = style.record(&fields, "");
    Ok(vec![vec![Replacement::new(record.range.clone(), new)]])
}

/// Takes a record out of its list.
pub(super) fn remove(text: &str, offset: usize) -> Result<Candidates, String> {
    let begin = text.len() - text.trim_start_matches('\u{feff}').len();
    let root = Node::at(text, begin).ok_or("it is not an object of JSON")?;
    for entry in root.entries() {
        let items = entry.value.items().unwrap_or_default();
        if let Some(nth) = items.iter().position(|item| item.range.start == offset) {
            let list = brackets(text, &entry.value, "");
            return Ok(vec![list.remove(nth)]);
        }
    }
    Err("the record does not stand in a list".to_owned())
}

/// A record as a line of JSON Lines, in the layout of another, if there is one.
pub(super) fn line(new: &Insertion<'_>, text: &str, other: Option<usize>) -> String {
    let mut fields = Map::new();
    fields.insert("type".to_owned(), new.kind.word().into());
    fields.extend(new.fields.clone());
    let other = other.and_then(|at| Node::at(text, at));
    let Some(other) = other else {
        return Style::usual("\n").record(&fields, "");
    };
    let style = Style::of(text, &other, "\n");
    style.record(&ordered_as(&fields, &other), "")
}
