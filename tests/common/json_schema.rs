//! JSON against a JSON Schema, with the keywords that the schemas here use; any other is a panic. `.ci/run programs`
//! holds the same against the same by a library, whose thirty crates would take an eighth of the time that all crates
//! of others take to compile.

use regex_lite::Regex;
use serde_json::{Map, Value};

/// What of a value is not as its schema says, each with the path to it; `$ref` is looked up in the schema itself.
pub fn faults(schema: &Value, value: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    Checker { root: schema }.check(schema, value, "", &mut faults);
    faults
}

struct Checker<'a> {
    root: &'a Value,
}

impl Checker<'_> {
    fn check(&self, schema: &Value, value: &Value, at: &str, faults: &mut Vec<String>) {
        let keywords = match schema {
            Value::Bool(true) => return,
            Value::Bool(false) => return faults.push(format!("{at}: nothing may be here")),
            schema => schema.as_object().unwrap(),
        };
        for (keyword, wanted) in keywords {
            let mut holds = |holds: bool| {
                if !holds {
                    faults.push(format!("{at}: {keyword} {wanted} does not hold of {value}"));
                }
            };
            match keyword.as_str() {
                // Words, and what is said of the parts of a value, which follow below.
                "$schema"
                | "$defs"
                | "title"
                | "description"
                | "items"
                | "prefixItems"
                | "properties"
                | "patternProperties"
                | "additionalProperties" => {}
                "anyOf" => holds(wanted.as_array().unwrap().iter().any(|schema| {
                    let mut inner = Vec::new();
                    self.check(schema, value, at, &mut inner);
                    inner.is_empty()
                })),
                "$ref" => self.check(self.named(wanted), value, at, faults),
                keyword => holds(alone(keyword, wanted, value)),
            }
        }
        for (name, schema, part) in parts(keywords, value) {
            self.check(schema, part, &format!("{at}/{name}"), faults);
        }
    }

    fn named(&self, reference: &Value) -> &Value {
        let pointer = reference.as_str().unwrap().strip_prefix('#').unwrap();
        self.root.pointer(pointer).unwrap()
    }
}

/// The elements of an array or the members of an object, each with its place and a schema that it has to follow.
fn parts<'a>(
    keywords: &'a Map<String, Value>,
    value: &'a Value,
) -> Vec<(String, &'a Value, &'a Value)> {
    let of = |keyword: &str| keywords.get(keyword).and_then(Value::as_object);
    let first = keywords.get("prefixItems").and_then(Value::as_array);
    let mut parts = Vec::new();
    for (nth, element) in value.as_array().into_iter().flatten().enumerate() {
        let schema = first.and_then(|first| first.get(nth));
        let schema = schema.or_else(|| keywords.get("items"));
        parts.extend(schema.map(|schema| (nth.to_string(), schema, element)));
    }
    for (name, member) in value.as_object().into_iter().flatten() {
        let matching = (of("patternProperties").into_iter().flatten())
            .filter(|(pattern, _)| Regex::new(pattern).unwrap().is_match(name))
            .map(|(_, schema)| schema);
        let named = of("properties").and_then(|all| all.get(name));
        let mut schemas: Vec<&Value> = named.into_iter().chain(matching).collect();
        if schemas.is_empty() {
            schemas.extend(keywords.get("additionalProperties"));
        }
        parts.extend(
            schemas
                .into_iter()
                .map(|schema| (name.clone(), schema, member)),
        );
    }
    parts
}

/// Whether a value is as a keyword says that has no schema within.
fn alone(keyword: &str, wanted: &Value, value: &Value) -> bool {
    let number = || wanted.as_f64().unwrap();
    let count = || usize::try_from(wanted.as_u64().unwrap()).unwrap();
    let names = || wanted.as_array().unwrap().iter();
    match (keyword, value) {
        ("type", value) if wanted.is_array() => names().any(|name| is_of(value, name)),
        ("type", value) => is_of(value, wanted),
        ("enum", value) => names().any(|one| one == value),
        ("const", value) => wanted == value,
        ("minimum", Value::Number(value)) => value.as_f64().unwrap() >= number(),
        ("maximum", Value::Number(value)) => value.as_f64().unwrap() <= number(),
        ("minLength", Value::String(text)) => text.chars().count() >= count(),
        ("pattern", Value::String(text)) => {
            Regex::new(wanted.as_str().unwrap()).unwrap().is_match(text)
        }
        ("minItems", Value::Array(all)) => all.len() >= count(),
        ("maxItems", Value::Array(all)) => all.len() <= count(),
        ("uniqueItems", Value::Array(all)) => {
            (all.iter().enumerate()).all(|(nth, one)| !all[..nth].contains(one))
        }
        ("minProperties", Value::Object(all)) => all.len() >= count(),
        ("required", Value::Object(all)) => {
            names().all(|name| all.contains_key(name.as_str().unwrap()))
        }
        (
            "minimum" | "maximum" | "minLength" | "pattern" | "minItems" | "maxItems"
            | "uniqueItems" | "minProperties" | "required",
            _,
        ) => true,
        _ => panic!("no test can check the keyword {keyword} of a schema"),
    }
}

fn is_of(value: &Value, name: &Value) -> bool {
    match name.as_str().unwrap() {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "number" => value.is_number(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        name => panic!("there is no type {name}"),
    }
}

mod itself {
    use serde_json::json;

    use super::faults;

    /// Each schema with what passes it and what does not.
    #[test]
    fn what_is_not_as_the_schema_says_is_found() {
        let text = json!({"type": ["string", "null"], "minLength": 2, "pattern": "^a"});
        let list = json!({"prefixItems": [{"const": 1}], "items": {"$ref": "#/$defs/few"}, "minItems": 1,
            "maxItems": 3, "uniqueItems": true, "$defs": {"few": {"enum": [1, 2]}}});
        let object = json!({"type": "object", "required": ["a"], "minProperties": 1,
            "properties": {"a": {"type": "integer", "minimum": 1, "maximum": 9}, "b": false},
            "patternProperties": {"^x_": true}, "additionalProperties": {"type": "number"}});
        let either = json!({"anyOf": [{"type": "boolean"}, {"type": "array"}]});
        let cases = [
            (&text, json!("ab"), 0),
            (&text, json!(null), 0),
            (&text, json!("a"), 1),
            (&text, json!("ba"), 1),
            (&text, json!(true), 1),
            (&list, json!([1, 2]), 0),
            (&list, json!([2]), 1),
            (&list, json!([1, 3]), 1),
            (&list, json!([]), 1),
            (&list, json!([1, 2, 1]), 1),
            (&list, json!([1, 2, 1, 2]), 2),
            (&object, json!({"a": 1, "x_y": "any", "c": 0.5}), 0),
            (&object, json!({"a": 2.0}), 0),
            (&object, json!({"a": 1.5}), 1),
            (&object, json!({"a": 0}), 1),
            (&object, json!({"a": 10}), 1),
            (&object, json!({"a": 1, "b": 1}), 1),
            (&object, json!({"a": 1, "c": "1"}), 1),
            (&object, json!({}), 2),
            (&object, json!([]), 1),
            (&either, json!([]), 0),
            (&either, json!(1), 1),
        ];
        for (schema, value, count) in cases {
            let found = faults(schema, &value);
            assert_eq!(found.len(), count, "{value}: {found:?}");
        }
    }

    #[test]
    #[should_panic(expected = "oneOf")]
    fn a_keyword_that_it_does_not_know_is_no_pass() {
        faults(&json!({"oneOf": []}), &json!(1));
    }
}
