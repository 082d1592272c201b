//! Answers from an engine as the JSON of the command.

use std::collections::BTreeMap;

use annals_store::{Dimension, SqlQuestion};
use annals_time::Day;
use serde_json::{Map, Value, json};

use super::super::Exit;
use super::super::embedded::Reply;
use super::EngineRow;
use super::records::{Records, text};

/// What every answer with passages says.
pub(super) const UNVERIFIED: &str =
    "quotes were not looked up: an engine has no texts of documents";
/// What contradictions say.
pub(super) const NOT_BETWEEN: &str = "contradictions between speakers were not looked for: an engine is asked for those stated and within one speaker";

fn get(row: &EngineRow, key: &str) -> Value {
    row.get(key).cloned().unwrap_or_default()
}

fn reference(row: &EngineRow, id: &str, name: &str) -> Value {
    match row.get(id) {
        None | Some(Value::Null) => Value::Null,
        Some(found) => json!({"id": found, "name": get(row, name)}),
    }
}

/// Counts.
pub(super) fn count(rows: &[EngineRow], per: &[Dimension]) -> (&'static str, Value) {
    let each = rows.iter().map(|row| {
        let by: Map<String, Value> = (per.iter())
            .map(|one| {
                let word = one.word();
                let value = if one.is_record() {
                    reference(row, word, &format!("{word}_name"))
                } else {
                    get(row, word)
                };
                (word.to_owned(), value)
            })
            .collect();
        json!({"by": by, "count": [get(row, "least"), get(row, "most")]})
    });
    ("annals.count/1", each.collect())
}

/// What there is. Whether quotes could be verified and what `annals check` finds is not known.
pub(super) fn overview(rows: &[EngineRow]) -> (&'static str, Value) {
    let mut data = json!({"counts": {}, "span": {}, "speakers": [], "topics": [], "documents": [], "unverified": null, "findings": null});
    for row in rows {
        let number = get(row, "number");
        let (list, key) = match text(row, "what") {
            "speaker" => ("speakers", "actor"),
            "topic" => ("topics", "topic"),
            "document" => ("documents", "document"),
            what @ ("first" | "last") => {
                let day = number.as_i64().and_then(Day::from_number);
                data["span"][what] = day.map_or(Value::Null, |day| day.to_string().into());
                continue;
            }
            what => {
                data["counts"][what] = number;
                continue;
            }
        };
        let item = json!({key: reference(row, "id", "name"), "claims": number});
        if let Some(all) = data[list].as_array_mut() {
            all.push(item);
        }
    }
    ("annals.overview/1", data)
}

/// A network, given what the command answers without statements.
pub(super) fn network(rows: &[EngineRow], mut data: Value) -> Value {
    let (mut nodes, mut edges, mut all) = (Vec::new(), Vec::new(), 0);
    for row in rows {
        if get(row, "b").is_null() {
            let statements = get(row, "statements");
            all += statements.as_i64().unwrap_or_default();
            nodes.push(json!({
                "id": get(row, "a"), "name": get(row, "a_name"), "kind": get(row, "kind"),
                "statements": [statements, statements],
            }));
        } else {
            let weight = get(row, "weight");
            edges.push(json!({
                "a": reference(row, "a", "a_name"), "b": reference(row, "b", "b_name"), "weight": [weight, weight],
                "exact": true, "things": get(row, "things"),
            }));
        }
    }
    if let Some(window) = data["windows"].get_mut(0) {
        window["statements"] = json!([all, all]);
        window["nodes"] = nodes.into();
        window["edges"] = edges.into();
    }
    data
}

/// An answer as the command writes it.
pub(super) fn reply(schema: &str, data: &Value, warnings: &[&str]) -> Reply {
    let envelope = json!({"schema": schema, "data": data, "warnings": warnings});
    let mut answer = serde_json::to_vec_pretty(&envelope).unwrap_or_default();
    answer.push(b'\n');
    Reply {
        exit: Exit::Done,
        answer,
        notes: warnings.iter().map(|one| (*one).to_owned()).collect(),
        message: None,
        error: None,
        refused: None,
    }
}

/// The data of an answer that the command gave to the fetched records, and its schema.
///
/// # Errors
/// If it is no JSON.
pub(super) fn patched(
    answer: &[u8],
    records: &Records,
    narrowed: &BTreeMap<String, Value>,
) -> serde_json::Result<(String, Value)> {
    let mut envelope: Map<String, Value> = serde_json::from_slice(answer)?;
    let data = envelope.remove("data").unwrap_or_default();
    let schema = envelope.get("schema").and_then(Value::as_str);
    let schema = schema.unwrap_or_default().to_owned();
    Ok((schema, without_texts(data, records, narrowed)))
}

/// Rows with the places of their records, and without what takes a text.
pub(super) fn without_texts(
    mut data: Value,
    records: &Records,
    narrowed: &BTreeMap<String, Value>,
) -> Value {
    amend(&mut data, records, narrowed);
    data
}

fn amend(value: &mut Value, records: &Records, narrowed: &BTreeMap<String, Value>) {
    match value {
        Value::Array(all) => all.iter_mut().for_each(|one| amend(one, records, narrowed)),
        Value::Object(object) => {
            if object.contains_key("verified") && object.contains_key("spans") {
                object.insert("verified".to_owned(), Value::Null);
            }
            let id = object.get("id").and_then(Value::as_str).map(str::to_owned);
            if let Some(id) = id.filter(|_| object.contains_key("source")) {
                if let Some((file, line)) = records.place(&id) {
                    object.insert("source".to_owned(), json!({"file": file, "line": line}));
                }
                if object.contains_key("narrowed") {
                    // What is not narrowed has the days of its own date.
                    let own = object.get("when").map(|when| {
                        let day = |key: &str| when.get(key).cloned().unwrap_or_default();
                        (day("first"), day("last"))
                    });
                    let own = own.filter(|(first, last)| !first.is_null() || !last.is_null());
                    let own = own.map(|(first, last)| json!({"first": first, "last": last}));
                    let days = narrowed.get(&id).cloned().or(own).unwrap_or_default();
                    object.insert("narrowed".to_owned(), days);
                }
            }
            object
                .values_mut()
                .for_each(|one| amend(one, records, narrowed));
        }
        _ => {}
    }
}

/// The rows that the engine selected, in its order; `None` if the command selects one of them not. Other
/// records are there only because these refer to them.
pub(super) fn held(asked: &SqlQuestion, data: Value, ids: &[&str]) -> Option<Value> {
    if !matches!(asked, SqlQuestion::Said | SqlQuestion::Timeline) {
        return Some(data);
    }
    let Value::Array(all) = data else {
        return None;
    };
    let mut by_id: BTreeMap<String, Value> = BTreeMap::new();
    for row in all {
        let id = row.get("id")?.as_str()?.to_owned();
        by_id.insert(id, row);
    }
    let rows: Option<Vec<Value>> = ids.iter().map(|id| by_id.remove(*id)).collect();
    rows.map(Value::Array)
}
