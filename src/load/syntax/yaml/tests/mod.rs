mod bounds;
mod random;
mod syntax_errors;
mod tree;

use super::{Kind, Limits, NodeRef, Parsed, parse};
use serde_json::{Map, Value};

fn read(text: &str) -> Parsed<'_> {
    parse(text, &Limits::default())
}

/// Reads one document without faults.
fn clean(text: &str) -> Parsed<'_> {
    let parsed = read(text);
    assert_eq!(parsed.faults(), [], "{text:?}");
    assert_eq!(parsed.documents().len(), 1, "{text:?}");
    parsed
}

fn root<'t>(parsed: &'t Parsed<'_>) -> NodeRef<'t> {
    parsed.documents().next().expect("a document")
}

/// The value of a key of the root.
fn at<'t>(parsed: &'t Parsed<'_>, key: &str) -> NodeRef<'t> {
    let mut entries = root(parsed).entries();
    entries
        .find(|(k, _)| k.text() == Some(key))
        .expect("the key")
        .1
}

/// The tree as JSON, by its accessors.
fn json(node: NodeRef<'_>) -> Value {
    match node.kind() {
        Kind::Null => Value::Null,
        Kind::Text => Value::String(node.text().expect("a text").to_owned()),
        Kind::Sequence => node.items().map(json).collect(),
        Kind::Mapping => {
            let entries = node.entries();
            let entry =
                |(k, v): (NodeRef<'_>, NodeRef<'_>)| (k.text().expect("a key").to_owned(), json(v));
            Value::Object(entries.map(entry).collect::<Map<_, _>>())
        }
    }
}
