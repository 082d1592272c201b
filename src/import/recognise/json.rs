//! The shape of JSON: one value, a list, or one value a line, of which the first are looked at.

use serde_json::Value;

use super::Shape;
use crate::bibliography::csl;
use crate::json_object::{Object, text};

/// How many items are looked at.
const MOST: usize = 50;

const OWN: Shape = Shape::Other(
    "a fact file already",
    "it needs no import: annals check FILE",
);
const LABEL_STUDIO: Shape = Shape::Other(
    "a Label Studio export",
    "export it as CSV there, and use annals import table",
);
const ZOTERO: Shape = Shape::Other(
    "Zotero's own JSON",
    "export it as CSL JSON, BibLaTeX or RIS there, and use annals import bibliography",
);
const UIMA: Shape = Shape::Other("UIMA CAS JSON, as of INCEpTION", "");

/// What JSON looks like; `None` where the text is none.
pub(super) fn shape(text: &str, whole: bool) -> Option<Shape> {
    let values = values(text, whole)?;
    if let [Value::Object(object)] = &values[..] {
        return Some(of_object(object));
    }
    let is_lines = values.len() > 1;
    let items: Vec<&Value> = (values.iter())
        .flat_map(|value| match value {
            Value::Array(items) => items.as_slice(),
            one => std::slice::from_ref(one),
        })
        .take(MOST)
        .collect();
    let is_own = |item: &&Value| item.as_object().is_some_and(is_fact);
    if is_lines && items.iter().all(is_own) {
        return Some(OWN);
    }
    Some(of_items(&items))
}

/// The values of the beginning of a text. One that is cut off is closed where it can be.
fn values(text: &str, whole: bool) -> Option<Vec<Value>> {
    let mut values = Vec::new();
    let mut all = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    let mut end = 0;
    while values.len() < MOST {
        match all.next() {
            Some(Ok(value)) => {
                end = all.byte_offset();
                values.push(value);
            }
            Some(Err(error)) if values.is_empty() => {
                let cut = closed(text.get(end..)?).filter(|_| !whole && error.is_eof());
                values.push(serde_json::from_str(&cut?).ok()?);
                break;
            }
            // A dump of Wikidata has a comma after each line; what follows is the importer's.
            Some(Err(_)) | None => break,
        }
    }
    Some(values).filter(|values| !values.is_empty())
}

/// A text that is cut off within JSON, up to its last comma and closed there.
fn closed(text: &str) -> Option<String> {
    let (mut open, mut in_text, mut escaped) = (Vec::new(), false, false);
    let mut last: Option<(usize, Vec<u8>)> = None;
    for (at, byte) in text.bytes().enumerate() {
        if in_text {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_text = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => in_text = true,
            b'[' => open.push(b']'),
            b'{' => open.push(b'}'),
            b']' | b'}' => {
                open.pop();
            }
            b',' if open.len() < 128 => last = Some((at, open.clone())),
            _ => {}
        }
    }
    let (at, open) = last?;
    let mut text = text[..at].to_owned();
    text.extend(open.iter().rev().map(|byte| char::from(*byte)));
    Some(text)
}

/// Whether an object is a line of a fact file.
fn is_fact(object: &Object) -> bool {
    const KINDS: [&str; 8] = [
        "document", "actor", "place", "topic", "event", "claim", "relation", "order",
    ];
    let csl = ["issued", "DOI", "container-title", "ISBN"];
    KINDS.contains(&text(object, "type")) && !csl.iter().any(|field| object.contains_key(*field))
}

/// The shape of one object, which may hold the items.
fn of_object(object: &Object) -> Shape {
    let has = |name: &str| object.contains_key(name);
    let list = |name: &str| object.get(name).and_then(Value::as_array);
    if has("annals") {
        return OWN;
    }
    if text(object, "type") == "bundle" && (has("objects") || has("spec_version")) {
        return Shape::Format("stix");
    }
    if has("%TYPES") || has("%FEATURE_STRUCTURES") || has("_referenced_fss") || has("_views") {
        return UIMA;
    }
    if matches!(text(object, "type"), "FeatureCollection" | "Feature") {
        return Shape::Other("GeoJSON", "");
    }
    if let Some(Value::Object(entities)) = object.get("entities")
        && entities.keys().all(|key| is_number(key))
    {
        return Shape::Format("wikidata");
    }
    if object
        .get("timeline")
        .is_some_and(|one| one.get("date").is_some())
    {
        return Shape::Format("timelinejs");
    }
    if let Some(events) = list("events") {
        let is_slide = |event: &Value| {
            let parts = ["start_date", "text", "media", "display_date"];
            parts.iter().any(|part| event.get(*part).is_some())
        };
        return if events.iter().all(is_slide) {
            Shape::Format("timelinejs")
        } else {
            Shape::Unsure(&["table", "timelinejs"])
        };
    }
    if is_annotated(object) {
        return Shape::Format("webannotation");
    }
    if list("nodes").is_some() && (has("edges") || has("links")) {
        return Shape::Other("a graph", "");
    }
    let own = of_item(object);
    if own != Shape::Unknown {
        return own;
    }
    let lists: Vec<&Vec<Value>> = (object.values().filter_map(Value::as_array))
        .filter(|items| items.iter().any(Value::is_object))
        .collect();
    match &lists[..] {
        [items] => {
            let items: Vec<&Value> = items.iter().take(MOST).collect();
            match of_items(&items) {
                // Which of its lists has the rows is seen; whether they are rows is not.
                Shape::Format("table") => Shape::Unsure(&["table"]),
                shape => shape,
            }
        }
        [] if object
            .values()
            .any(|value| value.is_string() || value.is_number()) =>
        {
            Shape::Unsure(&["table"])
        }
        _ => Shape::Unknown,
    }
}

/// Whether an object holds annotations of the Web Annotation model, or of Hypothes.is.
fn is_annotated(object: &Object) -> bool {
    ["rows", "annotations", "items", "@graph", "first"]
        .iter()
        .filter_map(|name| object.get(*name))
        .any(|held| match held {
            Value::Array(items) => (items.iter().filter_map(Value::as_object)).any(is_annotation),
            Value::Object(page) => is_annotated(page),
            _ => false,
        })
}

fn is_annotation(object: &Object) -> bool {
    let types = ["type", "@type"].map(|name| object.get(name));
    let is = |value: &Value| {
        value
            .as_str()
            .is_some_and(|kind| kind.ends_with("Annotation"))
    };
    let typed = types.into_iter().flatten().any(|types| match types {
        Value::Array(types) => types.iter().any(is),
        one => is(one),
    });
    typed || (object.contains_key("uri") && object.contains_key("target"))
}

/// The shape of a list: what its items are. Of several sorts, nothing is sure.
fn of_items(items: &[&Value]) -> Shape {
    let shapes: Vec<Shape> = (items.iter())
        .filter_map(|item| item.as_object())
        .map(of_item)
        .collect();
    let known: Vec<&Shape> = (shapes.iter())
        .filter(|shape| **shape != Shape::Unknown)
        .collect();
    match known.first() {
        None if shapes.is_empty() => Shape::Unknown,
        // Objects of no format are rows.
        None => Shape::Format("table"),
        Some(first) if known.iter().all(|shape| shape == first) => (*first).clone(),
        Some(_) => Shape::Unknown,
    }
}

/// What an object by itself is.
fn of_item(object: &Object) -> Shape {
    let has = |name: &str| object.contains_key(name);
    let is_list = |name: &str| object.get(name).is_some_and(Value::is_array);
    let is_object = |name: &str| object.get(name).is_some_and(Value::is_object);
    let (id, kind) = (text(object, "id"), text(object, "type"));
    if is_annotation(object) {
        Shape::Format("webannotation")
    } else if !text(object, "schema").is_empty()
        && !id.is_empty()
        && (is_object("properties") || is_list("statements"))
    {
        Shape::Format("ftm")
    } else if is_number(id)
        && (is_object("labels") || is_object("claims") || matches!(kind, "item" | "property"))
    {
        Shape::Format("wikidata")
    } else if !kind.is_empty() && id.starts_with(&format!("{kind}--")) {
        Shape::Format("stix")
    } else if has("itemType")
        || object
            .get("data")
            .is_some_and(|data| data.get("itemType").is_some())
    {
        ZOTERO
    } else if is_object("data")
        && (["annotations", "completions", "predictions", "drafts"].iter())
            .any(|name| is_list(name))
    {
        LABEL_STUDIO
    } else if csl::is_item(object) {
        Shape::Format("bibliography")
    } else {
        Shape::Unknown
    }
}

/// Whether a text is the number of an entity of Wikidata: `Q42`.
fn is_number(id: &str) -> bool {
    let digits = id.strip_prefix(['Q', 'P', 'L']);
    digits.is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
}
