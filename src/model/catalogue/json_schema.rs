//! Makes the JSON Schema of facts from the fields of every kind of record.
//!
//! It is shipped as `src/schema/facts.json`; a test regenerates that file.

use serde_json::{Map, Value, json};

use crate::fields::{Field, ID, Part, Shape};
use crate::ids::RecordKind;
use crate::kinds::More;
use crate::parts::{EVIDENCE, PARTICIPANT, STANCE};
use crate::values::Fields as _;
use crate::word::Vocabulary as _;
use annals_time::RelationName;

/// The JSON Schema (2020-12) of a fact file.
pub fn json_schema() -> Value {
    let mut properties = Map::new();
    let version = json!({
        "description": "The version of the format.",
        "anyOf": [{"const": 1}, {"const": "1"}],
    });
    properties.insert("annals".to_owned(), version);
    let mut definitions = Map::new();
    definitions.insert("date".to_owned(), date());
    for (part, bare) in [
        (&EVIDENCE, None),
        (&STANCE, Some("value")),
        (&PARTICIPANT, Some("actor")),
    ] {
        definitions.insert(part.name.to_owned(), definition(part, bare));
    }
    for kind in RecordKind::ALL {
        let one = json!({"$ref": format!("#/$defs/{kind}")});
        let items = match kind {
            RecordKind::Order => json!({"anyOf": [one, {"$ref": "#/$defs/short_order"}]}),
            _ => one,
        };
        let list = json!({"description": kind.doc(), "type": "array", "items": items});
        properties.insert(kind.plural().to_owned(), list);
        definitions.insert(kind.word().to_owned(), record(*kind));
    }
    let short_order = json!({
        "description": "An order in short form: first, relation, second.",
        "type": "array",
        "minItems": 3,
        "maxItems": 3,
    });
    definitions.insert("short_order".to_owned(), short_order);
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Facts for Annals, format version 1",
        "type": "object",
        "properties": properties,
        "patternProperties": {"^x_": {}},
        "additionalProperties": false,
        "$defs": definitions,
    })
}

/// A kind of record: first the fields that every kind has, then its own.
fn record(kind: RecordKind) -> Value {
    let fields = [&ID].into_iter().chain(More::FIELDS);
    let fields = fields.chain(kind.own_fields());
    json!({
        "description": kind.doc(),
        "type": "object",
        "properties": properties(fields.clone()),
        "required": required(fields),
        "patternProperties": {"^x_": {}},
        "additionalProperties": false,
    })
}

/// A kind of object within records. Where a bare value may stand for the object, `bare` is the field
/// whose value it is.
fn definition(part: &Part, bare: Option<&str>) -> Value {
    let bare = bare.and_then(|name| part.fields.iter().find(|field| field.name == name));
    match bare {
        None => object(part, part.doc),
        Some(bare) => {
            let called = format!("A {}.", part.name);
            json!({"description": part.doc, "anyOf": [shape(bare.shape), object(part, &called)]})
        }
    }
}

fn object(part: &Part, doc: &str) -> Value {
    json!({
        "description": doc,
        "type": "object",
        "properties": properties(part.fields),
        "required": required(part.fields),
        "additionalProperties": false,
    })
}

fn properties(fields: impl IntoIterator<Item = &'static Field>) -> Value {
    let each = fields.into_iter().map(|field| {
        let mut schema = Map::new();
        schema.insert("description".to_owned(), field.doc.into());
        if let Value::Object(shape) = shape(field.shape) {
            schema.extend(shape);
        }
        (field.name.to_owned(), Value::Object(schema))
    });
    Value::Object(each.collect())
}

fn required(fields: impl IntoIterator<Item = &'static Field>) -> Value {
    let required = fields.into_iter().filter(|field| field.required);
    required.map(|field| field.name).collect()
}

/// What a value may be.
fn shape(shape: Shape) -> Value {
    match shape {
        Shape::Id | Shape::Numeral | Shape::Reference(_) => id(),
        Shape::References(_) => one_or_several(&id()),
        Shape::Text | Shape::Word | Shape::Duration => {
            json!({"type": ["string", "integer", "number", "boolean"]})
        }
        Shape::Texts | Shape::Words => {
            one_or_several(&json!({"type": ["string", "integer", "number"]}))
        }
        Shape::OneOf(words, _) => json!({"enum": words.all}),
        Shape::Type | Shape::Code => json!({"type": "string"}),
        Shape::Relations => {
            let words = RelationName::ALL.iter().map(|name| name.as_str());
            one_or_several(&json!({"enum": words.collect::<Vec<_>>()}))
        }
        Shape::Date => json!({"$ref": "#/$defs/date"}),
        // Bounds are whole numbers, and are written as such.
        Shape::Number { least, most } => {
            json!({"type": "number", "minimum": least as i64, "maximum": most as i64})
        }
        Shape::Flag => json!({"type": "boolean"}),
        Shape::Sha256 => json!({"type": "string", "pattern": "^[0-9a-fA-F]{64}$"}),
        Shape::Spans => {
            let offset = json!({"type": "integer", "minimum": 0});
            let span = json!({"type": "array", "items": offset, "minItems": 2, "maxItems": 2});
            json!({"type": "array", "items": span})
        }
        Shape::Part(part) => {
            json!({"anyOf": [id(), object(part, part.doc), {"$ref": "#/$defs/date"}]})
        }
        Shape::Parts(part)
            if [EVIDENCE.name, STANCE.name, PARTICIPANT.name].contains(&part.name) =>
        {
            one_or_several(&json!({"$ref": format!("#/$defs/{}", part.name)}))
        }
        Shape::Parts(part) => one_or_several(&object(part, part.doc)),
    }
}

/// An id, which may be a number.
fn id() -> Value {
    json!({"type": ["string", "integer"]})
}

fn one_or_several(one: &Value) -> Value {
    json!({"anyOf": [one, {"type": "array", "items": one}]})
}

/// A date.
fn date() -> Value {
    json!({
        "description": "A date in EDTF (ISO 8601-2, levels 0 to 2): 2023-04-20, 2023-04, 1880~, \
            2022-02-24/.., [1667,1672].",
        "anyOf": [
            id(),
            {
                "description": "A date with the source's calendar or wording.",
                "type": "object",
                "properties": {
                    "edtf": {
                        "description": "The date in EDTF, in the given calendar.",
                        "type": ["string", "integer"],
                    },
                    "calendar": {
                        "description": "The calendar it is written in.",
                        "type": "string",
                        "enum": ["gregorian", "julian"],
                    },
                    "display": {
                        "description": "The source's own wording.",
                        "type": "string",
                    },
                },
                "required": ["edtf"],
                "additionalProperties": false,
            },
        ],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Serialize as _;

    /// `UPDATE=1 cargo test -p annals-model schema` regenerates it.
    #[test]
    fn the_schema_that_is_shipped_is_made_of_the_fields() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../schema/facts.json");
        let mut now = Vec::new();
        let indent = serde_json::ser::PrettyFormatter::with_indent(b" ");
        let mut writer = serde_json::Serializer::with_formatter(&mut now, indent);
        json_schema().serialize(&mut writer).unwrap();
        now.push(b'\n');
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(path, &now).unwrap();
        }
        let kept = std::fs::read(path).unwrap_or_default();
        assert!(
            kept == now,
            "{path} is out of date: UPDATE=1 cargo test -p annals-model schema"
        );
    }
}
