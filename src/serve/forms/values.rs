//! Values and words: of the facts, and of forms.

use annals_evidence::Span;
use annals_model::RecordKind;
use annals_store::edits::Passage;
use annals_store::{Change, Refusal, Store};
use serde_json::{Map, Value};

/// A value of the facts as a person writes it: each item of a list by itself.
pub(crate) fn words_of_value(value: &Value) -> Vec<String> {
    let one = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Object(parts) => {
            let text = |name: &str| parts.get(name).and_then(Value::as_str);
            match (
                parts.len(),
                text("toward"),
                text("value"),
                text("actor"),
                text("role"),
            ) {
                (2, Some(toward), Some(value), ..) => format!("{toward}: {value}"),
                (2, _, _, Some(actor), Some(role)) => format!("{actor} ({role})"),
                (1, _, _, Some(actor), _) => actor.to_owned(),
                _ => value.to_string(),
            }
        }
        other => other.to_string(),
    };
    match value {
        Value::Null => Vec::new(),
        Value::Array(items) => items.iter().map(one).collect(),
        other => vec![one(other)],
    }
}

/// Looks words up: where they were chosen; if they are others by now, anywhere in the text.
pub(super) fn looked_up(
    store: &Store,
    document: &str,
    words: Option<&str>,
    spans: &[Span],
) -> Result<Passage, Refusal> {
    if !spans.is_empty()
        && let Ok(passage) = store.passage(document, words, spans)
    {
        return Ok(passage);
    }
    store.passage(document, words, &[])
}

/// The fields of what is made with a record: a name, and what it is.
pub(super) fn made(kind: RecordKind, name: &str, what: &str) -> Map<String, Value> {
    let mut fields = Map::new();
    let called = if kind == RecordKind::Actor {
        "name"
    } else {
        "label"
    };
    fields.insert(called.to_owned(), name.into());
    if kind == RecordKind::Actor {
        let what = if what.is_empty() { "person" } else { what };
        fields.insert("kind".to_owned(), what.into());
    }
    fields
}

/// A new record with its fields in the order of the model.
pub(super) fn added(
    kind: RecordKind,
    mut fields: Map<String, Value>,
    id: Option<String>,
) -> Change {
    if let Some(id) = id {
        fields.insert("id".to_owned(), id.into());
    }
    let mut ordered = Map::new();
    let first = kind.fields().filter(|field| field.name == "id");
    for field in first.chain(kind.fields().filter(|field| field.name != "id")) {
        if let Some(value) = fields.shift_remove(field.name) {
            ordered.insert(field.name.to_owned(), value);
        }
    }
    ordered.extend(fields);
    Change::Add {
        kind,
        fields: ordered,
        to: None,
    }
}
