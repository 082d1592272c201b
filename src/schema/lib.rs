//! The JSON Schemas (2020-12) of facts and of every answer: what `annals schema NAME` prints, what
//! the reference pages are drawn from, and what the answers in the tests are held against.
//!
//! ```
//! let schema = annals_schema::by_name("said").ok_or("no such schema")?;
//! assert_eq!(schema["properties"]["schema"]["const"], "annals.said/1");
//! assert!(schema["$defs"]["date"].is_object());
//! # Ok::<(), &str>(())
//! ```

use serde_json::{Map, Value};

/// A schema, with its name.
struct Written {
    name: &'static str,
    text: &'static str,
}

macro_rules! schemas {
    ($($name:literal,)+) => {
        &[$(Written { name: $name, text: include_str!(concat!($name, ".json")) },)+]
    };
}

/// Every schema, facts first.
static SCHEMAS: &[Written] = schemas![
    "facts",
    "overview",
    "said",
    "find",
    "timeline",
    "positions",
    "count",
    "network",
    "network-why",
    "contradictions",
    "changes",
    "promises",
    "voices",
    "show",
    "path",
    "graph",
    "check",
    "dates",
    "why",
    "order",
    "agree",
    "receipt",
    "verify",
];

/// What several schemas refer to.
static DEFINITIONS: &str = include_str!("defs.json");

/// The names of all schemas, that of facts first.
pub fn names() -> impl Iterator<Item = &'static str> {
    SCHEMAS.iter().map(|schema| schema.name)
}

/// The schema of this name, with all that it refers to.
pub fn by_name(name: &str) -> Option<Value> {
    let written = SCHEMAS.iter().find(|schema| schema.name == name)?;
    let mut schema = parsed(written.text);
    if !schema.contains_key("$defs") {
        let mut wanted = Map::new();
        add_definitions(
            &Value::Object(schema.clone()),
            &parsed(DEFINITIONS),
            &mut wanted,
        );
        schema.insert("$defs".into(), Value::Object(wanted));
    }
    Some(Value::Object(schema))
}

/// Adds every definition that a schema refers to, and those that these refer to.
fn add_definitions(schema: &Value, all: &Map<String, Value>, wanted: &mut Map<String, Value>) {
    match schema {
        Value::Object(fields) => {
            let target = fields.get("$ref").and_then(Value::as_str);
            let name = target.and_then(|target| target.strip_prefix("#/$defs/"));
            if let Some((name, found)) = name.and_then(|name| all.get_key_value(name))
                && !wanted.contains_key(name)
            {
                wanted.insert(name.clone(), found.clone());
                add_definitions(found, all, wanted);
            }
            for value in fields.values() {
                add_definitions(value, all, wanted);
            }
        }
        Value::Array(items) => {
            for item in items {
                add_definitions(item, all, wanted);
            }
        }
        _ => {}
    }
}

fn parsed(text: &str) -> Map<String, Value> {
    // The files are part of the program, and a test parses each.
    serde_json::from_str(text).unwrap_or_else(|_| unreachable!("a schema of ours is JSON"))
}
