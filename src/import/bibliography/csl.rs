//! CSL-JSON: a list of items, or an object with `items`.

use serde_json::Value;

use super::bibtex::listed;
use super::entry::{Date, Entry};
use crate::dates::Dated;
use crate::json_object::{Object, inner, inners, parsed, text, texts, words};
use annals_source::{At, SourceError};

/// What has a field of its own.
const TAKEN: [&str; 12] = [
    "id",
    "type",
    "title",
    "author",
    "editor",
    "container-title",
    "publisher",
    "issued",
    "accessed",
    "language",
    "URL",
    "note",
];

/// The items of a text, and the places of what is none.
///
/// # Errors
/// When it is no JSON, or has no items.
pub(super) fn entries(source: &str, file: &At) -> Result<(Vec<Entry>, Vec<At>), SourceError> {
    let value = parsed(source, file)?;
    let items = match &value {
        Value::Array(items) => items,
        Value::Object(object) => match object.get("items").and_then(Value::as_array) {
            Some(items) => items,
            None if object.contains_key("type") => std::slice::from_ref(&value),
            None => return Err(none(file)),
        },
        _ => return Err(none(file)),
    };
    let (mut entries, mut faulty) = (Vec::new(), Vec::new());
    for (nth, item) in items.iter().enumerate() {
        let place = |name: &str| {
            let name = if name.is_empty() {
                String::new()
            } else {
                format!(", {name}")
            };
            At::item(&file.file, format!("item {}{name}", nth + 1))
        };
        match item.as_object() {
            Some(item) => entries.push(entry(place(&words(item, "id")), item)),
            None => faulty.push(place("")),
        }
    }
    Ok((entries, faulty))
}

fn none(file: &At) -> SourceError {
    let message = "this is not a bibliography: expected a list of CSL-JSON items";
    SourceError::syntax(At::line(&file.file, 1), message)
}

fn entry(at: At, item: &Object) -> Entry {
    let mut entry = Entry::new(at, &words(item, "id"), text(item, "type"));
    text(item, "title").clone_into(&mut entry.title);
    entry.authors = names(item, "author");
    entry.editors = names(item, "editor");
    text(item, "container-title").clone_into(&mut entry.container);
    text(item, "publisher").clone_into(&mut entry.publisher);
    entry.published = date(inner(item, "issued"));
    entry.accessed = date(inner(item, "accessed"));
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
    for name in item.keys() {
        let value = words(item, name);
        if !TAKEN.contains(&name.as_str()) && name != "keyword" && !value.is_empty() {
            entry.others.push((name.clone(), value));
        }
    }
    entry
}

fn names(item: &Object, field: &str) -> Vec<String> {
    let name = |name: &Object| {
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
    };
    let names = inners(item, field).map(name);
    names.filter(|name| !name.is_empty()).collect()
}

/// A date: `date-parts` of one day or two, a season, words.
fn date(date: Option<&Object>) -> Date {
    let Some(date) = date else {
        return Date::None;
    };
    let mut ends = Vec::new();
    let parts = date.get("date-parts").and_then(Value::as_array);
    for parts in parts.into_iter().flatten().filter_map(Value::as_array) {
        let number = |nth: usize| match parts.get(nth) {
            Some(Value::Number(number)) => number.as_i64(),
            Some(Value::String(text)) => text.trim().parse().ok(),
            _ => None,
        };
        ends.extend(number(0).map(|year| edtf(year, number(1), number(2))));
    }
    let season: u32 = words(date, "season").parse().unwrap_or(0);
    if let [only] = &mut ends[..]
        && (1..=4).contains(&season)
        && !only.contains('-')
    {
        *only = format!("{only}-{}", 20 + season);
    }
    let circa = match date.get("circa") {
        Some(Value::Bool(circa)) => *circa,
        Some(Value::Null) | None => false,
        Some(Value::Number(number)) => number.as_i64() != Some(0),
        Some(_) => !matches!(&*words(date, "circa"), "" | "0" | "false"),
    };
    let sign = if circa { "~" } else { "" };
    let ends: Vec<String> = ends.iter().map(|end| format!("{end}{sign}")).collect();
    let read = (!ends.is_empty()).then(|| Dated::edtf_of(&ends.join("/")));
    if let Some(Ok(read)) = read {
        return Date::Read(read);
    }
    let words = ["raw", "literal"].map(|field| text(date, field));
    match words.into_iter().find(|words| !words.is_empty()) {
        Some(words) => Date::Words(words.to_owned()),
        None if ends.is_empty() => Date::None,
        None => Date::Words(ends.join("/")),
    }
}

/// A date of its parts. Years before our era are counted without a year 0, as CSL has them.
pub(super) fn edtf(year: i64, month: Option<i64>, day: Option<i64>) -> String {
    let year = if year < 0 { year + 1 } else { year };
    let sign = if year < 0 { "-" } else { "" };
    let mut text = format!("{sign}{:04}", year.unsigned_abs());
    if let Some(month) = month.filter(|month| *month != 0) {
        text.push_str(&format!("-{month:02}"));
        if let Some(day) = day.filter(|day| *day != 0) {
            text.push_str(&format!("-{day:02}"));
        }
    }
    text
}
