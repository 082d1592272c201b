//! What a file says, by an independent and very plain reader, held against what was loaded.
//!
//! Whatever a byte was changed to, there are three possibilities: the file is no JSON or YAML any
//! more, and an error says so; a record is not as the file has it, and a finding is about that
//! record; or everything in the file is in the facts.

use annals::finding::Severity;
use annals::load::LoadResult;
use annals::load::yaml::{self, Limits};
use annals::model::{RecordKind, RecordRef, Vocabulary};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::check::targets;

/// Reads a file and holds what was read against what it says.
pub(crate) fn account(name: &str, bytes: &[u8]) -> LoadResult {
    let loaded = targets::read(name, bytes);
    targets::survey(&loaded);
    let errors = loaded
        .findings
        .iter()
        .filter(|one| one.severity == Severity::Error)
        .count();
    let Said {
        records,
        unreadable,
    } = said(name, bytes);
    assert!(
        errors >= unreadable,
        "{unreadable} pieces cannot be read, {errors} errors\n{}",
        show(bytes)
    );
    if unreadable > 0 && !name.ends_with(".jsonl") {
        return loaded;
    }
    let told = loaded
        .findings
        .iter()
        .any(|finding| finding.severity > Severity::Info);
    for kind in RecordKind::ALL.iter().copied() {
        let said: Vec<&Value> = records
            .iter()
            .filter(|(one, _)| *one == kind)
            .map(|(_, value)| value)
            .collect();
        let kept: Vec<RecordRef> = loaded
            .facts
            .records()
            .filter(|record| record.kind() == kind)
            .collect();
        if said.len() != kept.len() {
            assert!(
                told,
                "{} {kind:?} in the file, {} in the facts, not a word\n{}",
                said.len(),
                kept.len(),
                show(bytes)
            );
            continue;
        }
        for (said, kept) in said.into_iter().zip(kept) {
            let written = Value::Object(loaded.facts.written(kept));
            let (said, written) = (canonical(kind, said), canonical(kind, &written));
            assert!(
                said == written || is_blamed(&loaded, kept),
                "the file says {said}\nthe facts say {written}\nand nothing is said of it\n{}",
                show(bytes)
            );
        }
    }
    loaded
}

fn show(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Whether a finding is about a record. One unknown id, duplicate or bad alias is told once, for
/// all records that it touches.
fn is_blamed(loaded: &LoadResult, record: RecordRef) -> bool {
    loaded.findings.iter().any(|finding| {
        finding.severity > Severity::Info
            && (finding.records.contains(&record)
                || matches!(finding.code.code, "AN005" | "AN101" | "AN102"))
    })
}

/// What a file says.
struct Said {
    records: Vec<(RecordKind, Value)>,
    /// How many pieces of it (the file, or lines of it) are no JSON or YAML.
    unreadable: usize,
}

fn said(name: &str, bytes: &[u8]) -> Said {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if name.ends_with(".jsonl") {
        return lines(bytes);
    }
    let documents = if name.ends_with(".yaml") {
        yaml(bytes)
    } else {
        json(bytes).map(|one| vec![one])
    };
    let Some(documents) = documents else {
        return Said {
            records: Vec::new(),
            unreadable: 1,
        };
    };
    let mut records = Vec::new();
    for document in &documents {
        for kind in RecordKind::ALL.iter().copied() {
            match document.get(kind.plural()) {
                Some(Value::Array(all)) => {
                    let there = all.iter().filter(|one| !one.is_null());
                    records.extend(there.map(|one| (kind, one.clone())));
                }
                None | Some(Value::Null) => {}
                Some(one) => records.push((kind, one.clone())),
            }
        }
    }
    Said {
        records,
        unreadable: 0,
    }
}

fn json(bytes: &[u8]) -> Option<Value> {
    serde_json::from_slice(bytes).ok()
}

fn lines(bytes: &[u8]) -> Said {
    let mut said = Said {
        records: Vec::new(),
        unreadable: 0,
    };
    for line in bytes.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii) {
        if line.is_empty() {
            continue;
        }
        let Some(mut value) = json(line) else {
            said.unreadable += 1;
            continue;
        };
        let kind = value
            .get("type")
            .and_then(Value::as_str)
            .and_then(RecordKind::parse);
        if let (Some(kind), Some(fields)) = (kind, value.as_object_mut()) {
            fields.shift_remove("type");
            said.records.push((kind, value));
        }
    }
    said
}

/// The documents of a YAML file, all scalars as texts. The tree is that of `load`, whose own tests
/// hold it against other readers; what is made of it is not.
fn yaml(bytes: &[u8]) -> Option<Vec<Value>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let parsed = yaml::parse(text, &Limits::default());
    if parsed.faults().iter().any(|fault| fault.kind.is_fatal()) {
        return None;
    }
    parsed
        .documents()
        .map(|root| Value::deserialize(root).ok())
        .collect()
}

/// A record in one form whatever short form it was written in: no nulls, no empty lists, no
/// brackets around one item, no object around what a bare word says, numbers as numbers.
fn canonical(kind: RecordKind, record: &Value) -> Value {
    let mut fields = match record {
        Value::Object(fields) => fields.clone(),
        Value::Array(items) if kind == RecordKind::Order && items.len() == 3 => {
            let names = ["first", "relation", "second"].map(str::to_owned);
            names.into_iter().zip(items.iter().cloned()).collect()
        }
        other => return other.clone(),
    };
    fields.retain(|_, value| !value.is_null());
    if kind == RecordKind::Claim {
        stance_toward_each(&mut fields);
    }
    let narrator = fields
        .get("speaker")
        .and_then(Value::as_array)
        .is_some_and(Vec::is_empty);
    let plain = fields.into_iter().map(|(name, value)| {
        let value = if name.starts_with("x_") {
            numbers(&value)
        } else {
            field(&name, &value)
        };
        (name, value)
    });
    let mut fields: Map<String, Value> = plain.filter(|(_, value)| !value.is_null()).collect();
    if narrator {
        fields.insert("speaker".to_owned(), Value::Array(Vec::new()));
    }
    for (name, default) in [("from", "start"), ("to", "start")] {
        if kind == RecordKind::Order && fields.get(name).is_some_and(|value| value == default) {
            fields.shift_remove(name);
        }
    }
    if fields.get("unnamed") == Some(&Value::Bool(false)) {
        fields.shift_remove("unnamed");
    }
    fields.sort_keys();
    Value::Object(fields)
}

/// `stance: supports` is toward everything in `about`.
fn stance_toward_each(fields: &mut Map<String, Value>) {
    let one_or_all = |value: Option<&Value>| match value {
        None => Vec::new(),
        Some(Value::Array(all)) => all.clone(),
        Some(one) => vec![one.clone()],
    };
    let about = one_or_all(fields.get("about"));
    let (bare, mut stances): (Vec<Value>, Vec<Value>) = one_or_all(fields.get("stance"))
        .into_iter()
        .partition(Value::is_string);
    for value in bare {
        // Toward nothing it stays as it is: the facts cannot hold it, and must say so.
        let toward = about
            .iter()
            .map(|toward| serde_json::json!({"toward": toward, "value": value}));
        stances.extend(toward);
        if about.is_empty() {
            stances.push(value);
        }
    }
    fields.insert("stance".to_owned(), Value::Array(stances));
}

/// The value of a field or of an item; null where it says nothing.
fn field(name: &str, value: &Value) -> Value {
    match value {
        Value::Array(items) => {
            let items: Vec<Value> = items.iter().map(|item| field(name, item)).collect();
            match items.as_slice() {
                [] => Value::Null,
                [one] => one.clone(),
                _ => Value::Array(items),
            }
        }
        Value::Object(fields) => {
            let mut fields: Map<String, Value> = (fields.iter())
                .map(|(name, value)| (name.clone(), field(name, value)))
                .filter(|(_, value)| !value.is_null())
                .collect();
            if fields
                .get("calendar")
                .is_some_and(|value| value == "gregorian")
            {
                fields.shift_remove("calendar");
            }
            let bare = ["actor", "edtf", "on"]
                .iter()
                .find_map(|name| fields.get(*name));
            match bare {
                Some(bare) if fields.len() == 1 => bare.clone(),
                _ => {
                    fields.sort_keys();
                    Value::Object(fields)
                }
            }
        }
        _ if matches!(name, "spans" | "lat" | "lon" | "confidence") => numbers(value),
        Value::String(text) if name == "unnamed" => match text.to_ascii_lowercase().as_str() {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            _ => value.clone(),
        },
        _ => value.clone(),
    }
}

/// The value with whatever reads as a number as a number, and truths as words.
fn numbers(value: &Value) -> Value {
    match value {
        Value::Number(number) => number.as_f64().map_or(Value::Null, Value::from),
        // The three ways in which YAML's core schema writes a truth.
        Value::String(text) if matches!(text.as_str(), "True" | "TRUE" | "False" | "FALSE") => {
            Value::from(text.to_ascii_lowercase())
        }
        Value::String(text) => match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Value::from(number),
            _ => value.clone(),
        },
        Value::Bool(truth) => Value::from(truth.to_string()),
        Value::Array(items) => Value::Array(items.iter().map(numbers).collect()),
        Value::Object(fields) => {
            let mut fields: Map<String, Value> = fields
                .iter()
                .map(|(name, value)| (name.clone(), numbers(value)))
                .collect();
            fields.sort_keys();
            Value::Object(fields)
        }
        Value::Null => Value::Null,
    }
}
