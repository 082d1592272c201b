//! CSL-JSON: a list of items, or an object with `items`.

use serde_json::Value;

use super::bibtex::listed;
use super::csl_date::{date, is_date};
use super::entry::Entry;
use crate::json_object::{Object, Values, text, texts, words};
use annals_source::{At, SourceError};

/// What has a field of its own.
const TAKEN: [&str; 13] = [
    "id",
    "type",
    "title",
    "author",
    "editor",
    "container-title",
    "publisher",
    "issued",
    "language",
    "URL",
    "note",
    "keyword",
    "citation-key",
];

/// The fields that are dates, whatever stands in them.
const DATES: [&str; 5] = [
    "accessed",
    "available-date",
    "event-date",
    "original-date",
    "submitted",
];

/// The types of CSL 1.0.2.
const TYPES: [&str; 45] = [
    "article",
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "bill",
    "book",
    "broadcast",
    "chapter",
    "classic",
    "collection",
    "dataset",
    "document",
    "entry",
    "entry-dictionary",
    "entry-encyclopedia",
    "event",
    "figure",
    "graphic",
    "hearing",
    "interview",
    "legal_case",
    "legislation",
    "manuscript",
    "map",
    "motion_picture",
    "musical_score",
    "pamphlet",
    "paper-conference",
    "patent",
    "performance",
    "periodical",
    "personal_communication",
    "post",
    "post-weblog",
    "regulation",
    "report",
    "review",
    "review-book",
    "software",
    "song",
    "speech",
    "standard",
    "thesis",
    "treaty",
    "webpage",
];

/// The items of a text, and the places of what is none.
///
/// # Errors
/// When it is no JSON, or has no items.
pub(super) fn entries(source: &str, file: &At) -> Result<(Vec<Entry>, Vec<At>), SourceError> {
    let (mut entries, mut faulty) = (Vec::new(), Vec::new());
    let mut nth = 0;
    for value in Values::of(source, file) {
        let (_, value) = value?;
        let items = match value {
            Value::Object(mut object) => {
                let lists = ["items", "references"].into_iter();
                let list = lists
                    .filter_map(|name| object.remove(name))
                    .find(Value::is_array);
                match list {
                    Some(Value::Array(items)) => items,
                    _ => vec![object.into()],
                }
            }
            other => vec![other],
        };
        for item in items {
            nth += 1;
            let place = |name: &str| {
                let name = if name.is_empty() {
                    String::new()
                } else {
                    format!(", {name}")
                };
                At::item(&file.file, format!("item {nth}{name}"))
            };
            match item.as_object().filter(|item| is_item(item)) {
                Some(item) => entries.push(entry(place(&words(item, "id")), item)),
                None => faulty.push(place("")),
            }
        }
    }
    if entries.is_empty() && nth > 0 {
        let message =
            "this is not a bibliography: no item is one of CSL-JSON, with a type such as book";
        return Err(SourceError::syntax(At::line(&file.file, 1), message));
    }
    Ok((entries, faulty))
}

/// Whether an object is an item of CSL-JSON: it has a type of CSL, or two of the fields that only
/// references have.
pub(crate) fn is_item(item: &Object) -> bool {
    const FIELDS: [&str; 9] = [
        "title",
        "author",
        "editor",
        "issued",
        "container-title",
        "publisher",
        "publisher-place",
        "DOI",
        "ISBN",
    ];
    if item.contains_key("itemType") || item.contains_key("schema") {
        return false;
    }
    let has = FIELDS.iter().filter(|field| item.contains_key(**field));
    match item.get("type") {
        Some(Value::String(kind)) if TYPES.contains(&kind.as_str()) => true,
        Some(Value::String(_)) | None => has.count() > 1,
        Some(_) => false,
    }
}

fn entry(at: At, item: &Object) -> Entry {
    let mut key = words(item, "id");
    if key.is_empty() {
        key = words(item, "citation-key");
    }
    let mut entry = Entry::new(at, &key, text(item, "type"));
    entry.title = words(item, "title");
    entry.authors = names(item.get("author"));
    entry.editors = names(item.get("editor"));
    text(item, "container-title").clone_into(&mut entry.container);
    text(item, "publisher").clone_into(&mut entry.publisher);
    text(item, "language").clone_into(&mut entry.language);
    text(item, "URL").clone_into(&mut entry.url);
    text(item, "note").clone_into(&mut entry.note);
    entry.tags = match item.get("keyword") {
        Some(Value::String(all)) => listed(all, &[',', ';']),
        _ => texts(item, "keyword")
            .into_iter()
            .map(str::to_owned)
            .collect(),
    };
    for (name, value) in item {
        if name == "issued" {
            entry.published.push((name.clone(), date(value)));
        } else if DATES.contains(&name.as_str()) || is_date(value) {
            entry.dates.push((name.clone(), date(value)));
        } else if !TAKEN.contains(&name.as_str()) {
            entry.others.push((name.clone(), other(value)));
        } else if !matches!(value, Value::String(_) | Value::Number(_) | Value::Array(_)) {
            // A field of another sort than CSL has there.
            entry.others.push((format!("csl_{name}"), value.clone()));
        }
    }
    entry
}

/// A value without a field: numbers as they read, names as names, everything else as it is.
fn other(value: &Value) -> Value {
    match value {
        Value::String(text) => text.trim().into(),
        Value::Number(number) => number.to_string().into(),
        Value::Array(items) if items.iter().all(is_name) => names(Some(value)).into(),
        other => other.clone(),
    }
}

fn is_name(value: &Value) -> bool {
    let parts = ["family", "given", "literal"];
    (value.as_object()).is_some_and(|name| parts.iter().any(|part| name.contains_key(*part)))
}

/// The names of a list; a text alone is one.
fn names(value: Option<&Value>) -> Vec<String> {
    let each = match value {
        Some(Value::Array(items)) => items.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    let names = each.iter().map(|name| match name {
        Value::String(name) => name.trim().to_owned(),
        Value::Object(name) => name_of(name),
        _ => String::new(),
    });
    names.filter(|name| !name.is_empty()).collect()
}

fn name_of(name: &Object) -> String {
    let literal = text(name, "literal");
    if !literal.is_empty() {
        return literal.to_owned();
    }
    let parts = [
        "given",
        "dropping-particle",
        "non-dropping-particle",
        "family",
    ];
    let parts: Vec<&str> = parts.iter().map(|part| text(name, part)).collect();
    let mut whole: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    whole.extend(Some(text(name, "suffix")).filter(|suffix| !suffix.is_empty()));
    whole.join(" ")
}
