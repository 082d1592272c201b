//! [JSON-LD 1.1](https://www.w3.org/TR/json-ld11/): one object with a context of prefixes alone, and
//! a line a thing, so that it is written as a stream and read without asking another server.

use std::io;

use serde_json::{Map, Value as Json, json};

use super::terms::{PREFIXES, Thing, Value, Word};

pub(super) fn begin(out: &mut dyn io::Write) -> io::Result<()> {
    let prefixes: Map<String, Json> = (PREFIXES.iter())
        .map(|(prefix, iri)| ((*prefix).to_owned(), Json::from(*iri)))
        .collect();
    write!(
        out,
        "{{\"@context\":{},\n\"@graph\":[",
        Json::from(prefixes)
    )
}

pub(super) fn end(out: &mut dyn io::Write) -> io::Result<()> {
    out.write_all(b"\n]}\n")
}

/// Writes a thing on a line, without the line break.
pub(super) fn thing(thing: &Thing, out: &mut dyn io::Write) -> io::Result<()> {
    let mut object = Map::new();
    object.insert("@id".into(), thing.iri.as_str().into());
    for (predicate, value) in &thing.says {
        let (key, value) = match (short(predicate).as_str(), value) {
            ("rdf:type", Value::Word(class)) => ("@type".to_owned(), short(class).into()),
            (key, value) => (key.to_owned(), json(value)),
        };
        match object.get_mut(&key) {
            None => {
                object.insert(key, value);
            }
            Some(Json::Array(values)) => values.push(value),
            Some(one) => *one = Json::Array(vec![one.take(), value]),
        }
    }
    serde_json::to_writer(out, &object).map_err(io::Error::from)
}

fn short(word: &Word) -> String {
    format!("{}:{}", word.prefix, word.local)
}

fn json(value: &Value) -> Json {
    match value {
        Value::Thing(iri) => json!({"@id": iri}),
        Value::Word(word) => json!({"@id": short(word)}),
        Value::Text(text) => text.as_str().into(),
        Value::Typed(text, datatype) => json!({"@value": text, "@type": short(datatype)}),
    }
}
