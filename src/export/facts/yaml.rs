//! A record in YAML, as a person would have written it: a short one on one line, a longer one field
//! by field; lists of one without brackets, a stance toward all that a claim is about in one word,
//! texts without quotes where they need none, and texts of several lines as blocks.

mod scalar;

use serde_json::{Map, Value};

use annals_model::RecordKind;
use scalar::Wanted;

/// How wide a line may grow before it is broken into fields.
const WIDTH: usize = 100;

/// A record as the item of a list, field by field, with its line break: the dash stands in column
/// `dash`, the fields in column `content`, both from 0.
pub fn item(fields: &Map<String, Value>, dash: usize, content: usize) -> String {
    let gap = content.saturating_sub(dash + 1).max(1);
    let content = dash + 1 + gap;
    let mut before = format!("{}-{}", " ".repeat(dash), " ".repeat(gap));
    let mut out = String::new();
    for (name, value) in fields {
        out.push_str(&before);
        field(&mut out, name, value, content, Wanted::of(name));
        before = " ".repeat(content);
    }
    out
}

/// A field of a record as an entry of a mapping whose keys stand in this column, from 0; without the
/// white space before it, with the line break after it.
pub fn entry(name: &str, value: &Value, indent: usize) -> String {
    let mut out = String::new();
    field(&mut out, name, value, indent, Wanted::of(name));
    out
}

/// A record on one line, between braces.
pub fn flow_record(fields: &Map<String, Value>) -> String {
    let each = fields.iter().map(|(name, value)| {
        let value = flow_value(name, value);
        match scalar::key(name) {
            (key, false) => format!("{key}: {value}"),
            (key, true) => format!("? {key} : {value}"),
        }
    });
    format!("{{{}}}", each.collect::<Vec<_>>().join(", "))
}

/// The value of a field on one line, as it stands between brackets or braces.
pub fn flow_value(name: &str, value: &Value) -> String {
    let wanted = Wanted::of(name);
    on_one_line(alone(value, wanted), wanted)
}

/// A key.
pub fn key(name: &str) -> String {
    scalar::key(name).0
}

/// The same as [`flow`], where a text of several lines is one with escapes.
fn on_one_line(value: &Value, wanted: Wanted) -> String {
    match value {
        Value::String(text) => scalar::in_flow(text, wanted),
        Value::Array(items) => {
            let items = items.iter().map(|item| on_one_line(item, wanted));
            format!("[{}]", items.collect::<Vec<_>>().join(", "))
        }
        Value::Object(fields) => {
            let inner = wanted.inside();
            let each = fields.iter().map(|(name, value)| {
                let wanted = inner.of_field(name);
                let value = on_one_line(alone(value, wanted), wanted);
                match scalar::key(name) {
                    (key, false) => format!("{key}: {value}"),
                    (key, true) => format!("? {key} : {value}"),
                }
            });
            format!("{{{}}}", each.collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}

/// A record as an item of the list of its kind, with its line break.
pub(super) fn record(kind: RecordKind, fields: &Map<String, Value>) -> String {
    let mut fields = fields.clone();
    shorten_stance(&mut fields);
    let one_line = !matches!(kind, RecordKind::Document | RecordKind::Claim);
    let mut out = String::new();
    match flow_map(&fields, Wanted::Text).filter(|_| one_line) {
        Some(flow) if fits(4, &flow) && !flow.contains("[{") && !flow.contains(": {") => {
            out.push_str(&format!("  - {flow}\n"));
        }
        _ => {
            out.push_str(&item(&fields, 2, 4));
        }
    }
    out
}

/// `stance: supports` where the same value holds toward everything in `about`, in its order.
fn shorten_stance(fields: &mut Map<String, Value>) {
    let (Some(Value::Array(about)), Some(Value::Array(stances))) =
        (fields.get("about"), fields.get("stance"))
    else {
        return;
    };
    let toward = stances.iter().map(|stance| &stance["toward"]);
    let first = stances.first().map(|stance| &stance["value"]);
    let same = stances.iter().all(|stance| Some(&stance["value"]) == first);
    if same && toward.eq(about) {
        let value = first.cloned().unwrap_or_default();
        fields.insert("stance".to_owned(), value);
    }
}

fn fits(indent: usize, text: &str) -> bool {
    !text.contains('\n') && indent + text.chars().count() <= WIDTH
}

/// A key and its value, with the line break; `indent` is that of the key.
fn field(out: &mut String, name: &str, value: &Value, indent: usize, wanted: Wanted) {
    let value = alone(value, wanted);
    let inner = wanted.inside();
    let (key, long) = scalar::key(name);
    if long {
        let value = flow(value, Wanted::AsItIs).unwrap_or_default();
        out.push_str(&format!("? {key}\n{}: {value}\n", " ".repeat(indent)));
        return;
    }
    let colon = format!("{key}:");
    let width = indent + colon.chars().count() + 1;
    let text = match value {
        Value::String(text) => scalar::in_block(text, wanted, indent + 2),
        Value::Array(items) if !items.is_empty() => match flow_list(items, wanted) {
            Some(flow) if fits(width, &flow) => flow,
            _ => {
                out.push_str(&format!("{colon}\n"));
                list(out, items, indent + 2, wanted);
                return;
            }
        },
        Value::Object(fields) if !fields.is_empty() => match flow_map(fields, inner) {
            Some(flow) if fits(width, &flow) => flow,
            _ => {
                out.push_str(&format!("{colon}\n"));
                for (name, value) in fields {
                    out.push_str(&" ".repeat(indent + 2));
                    field(out, name, value, indent + 2, inner.of_field(name));
                }
                return;
            }
        },
        other => other.to_string(),
    };
    out.push_str(&format!("{colon} {text}\n"));
}

/// The items of a list, one below the other.
fn list(out: &mut String, items: &[Value], indent: usize, wanted: Wanted) {
    for item in items {
        let dash = format!("{}- ", " ".repeat(indent));
        let inner = wanted.inside();
        match item {
            Value::String(text) => {
                let text = scalar::in_block(text, wanted, indent + 2);
                out.push_str(&format!("{dash}{text}\n"));
            }
            Value::Object(fields) if !fields.is_empty() => match flow_map(fields, inner) {
                Some(flow) if fits(indent + 2, &flow) => out.push_str(&format!("{dash}{flow}\n")),
                _ => {
                    let mut before = dash;
                    for (name, value) in fields {
                        out.push_str(&before);
                        field(out, name, value, indent + 2, inner.of_field(name));
                        before = " ".repeat(indent + 2);
                    }
                }
            },
            other => {
                let flow = flow(other, wanted).unwrap_or_else(|| other.to_string());
                out.push_str(&format!("{dash}{flow}\n"));
            }
        }
    }
}

/// A list of one as its item: the format reads both alike, where a list can stand. Not so in fields
/// of one's own; and a span keeps both its brackets, as the schema has it.
fn alone(value: &Value, wanted: Wanted) -> &Value {
    match value {
        Value::Array(items) if wanted != Wanted::AsItIs => match items.as_slice() {
            [one] if !one.is_null() && !one.is_array() => one,
            _ => value,
        },
        _ => value,
    }
}

/// A value on one line; `None` where it has a text that is better read on several.
fn flow(value: &Value, wanted: Wanted) -> Option<String> {
    match value {
        Value::String(text) if text.contains('\n') && wanted != Wanted::AsItIs => None,
        Value::String(text) => Some(scalar::in_flow(text, wanted)),
        Value::Array(items) => flow_list(items, wanted),
        Value::Object(fields) => flow_map(fields, wanted.inside()),
        other => Some(other.to_string()),
    }
}

fn flow_list(items: &[Value], wanted: Wanted) -> Option<String> {
    let items: Option<Vec<String>> = items.iter().map(|item| flow(item, wanted)).collect();
    Some(format!("[{}]", items?.join(", ")))
}

fn flow_map(fields: &Map<String, Value>, wanted: Wanted) -> Option<String> {
    let each = fields.iter().map(|(name, value)| {
        let wanted = wanted.of_field(name);
        let value = flow(alone(value, wanted), wanted)?;
        Some(match scalar::key(name) {
            (key, false) => format!("{key}: {value}"),
            (key, true) => format!("? {key} : {value}"),
        })
    });
    let fields: Option<Vec<String>> = each.collect();
    Some(format!("{{{}}}", fields?.join(", ")))
}
