//! JSON of other programs, as it comes: objects whose fields may be missing or of another sort than
//! their format says, and texts that are read line by line.

use std::io::{BufRead, Read};

use serde_json::{Map, Value};

use annals_source::{At, SourceError, Spot};

/// An object.
pub(super) type Object = Map<String, Value>;

/// The longest line that is held, in bytes.
const LONGEST: u64 = 64 << 20;

/// A field that is a text, without blanks around it; empty where it is missing or no text.
pub(super) fn text<'o>(object: &'o Object, name: &str) -> &'o str {
    object
        .get(name)
        .and_then(Value::as_str)
        .map_or("", str::trim)
}

/// The texts of a field that is a text or a list of them, without those that are empty.
pub(super) fn texts<'o>(object: &'o Object, name: &str) -> Vec<&'o str> {
    let each = match object.get(name) {
        Some(Value::Array(items)) => items.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    let texts = each.iter().filter_map(Value::as_str).map(str::trim);
    texts.filter(|text| !text.is_empty()).collect()
}

/// A field that is a text or a number, as it reads.
pub(super) fn words(object: &Object, name: &str) -> String {
    match object.get(name) {
        Some(Value::String(text)) => text.trim().to_owned(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

/// A field that is an object.
pub(super) fn inner<'o>(object: &'o Object, name: &str) -> Option<&'o Object> {
    object.get(name).and_then(Value::as_object)
}

/// The objects of a field that is a list.
pub(super) fn inners<'o>(object: &'o Object, name: &str) -> impl Iterator<Item = &'o Object> {
    let items = object.get(name).and_then(Value::as_array);
    (items.into_iter().flatten()).filter_map(Value::as_object)
}

/// The most bytes that the values of a text may take in memory.
const MOST_HELD: usize = 1 << 30;

/// Whether the values of a text would take more memory than may be used: many small ones take far
/// more than their text.
pub(super) fn is_too_many(text: &str) -> bool {
    // What an object, a list and a field or item take, about.
    const OBJECT: usize = 160;
    const LIST: usize = 64;
    const EACH: usize = 80;
    if text.len().saturating_mul(OBJECT + EACH) <= MOST_HELD {
        return false;
    }
    let (mut held, mut quoted, mut escaped) = (0_usize, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'{' => held += OBJECT,
            b'[' => held += LIST,
            b',' | b':' => held += EACH,
            _ => {}
        }
    }
    held + text.len() > MOST_HELD
}

/// What is told of a text with too many values.
pub(super) fn too_many(at: &At) -> SourceError {
    let message = "it has more values than are read into memory";
    SourceError::limit(at.clone(), message)
        .help("split it into several files; many values take far more memory than their text")
}

/// Reads a text as JSON.
///
/// # Errors
/// When it has more values than are held, or is none, at the line at which it ceases to be; of a text that is one line of a file, at
/// that line.
pub(super) fn parsed(text: &str, at: &At) -> Result<Value, SourceError> {
    if is_too_many(text) {
        return Err(too_many(at));
    }
    serde_json::from_str(text).map_err(|error| {
        // serde_json counts columns in bytes, so that only the line is told.
        let line = match at.spot {
            Spot::Line(line) => line,
            _ => error.line().max(1),
        };
        let words = error.to_string();
        let words = words.split(" at line ").next().unwrap_or_default();
        SourceError::syntax(
            At::line(&at.file, line),
            format!("this is not JSON: {words}"),
        )
    })
}

/// Hands on each line that is not blank, with its number from 1.
///
/// # Errors
/// When the text cannot be read, a line is longer than is held, or `read` fails.
pub(super) fn each_line(
    from: &mut dyn BufRead,
    at: &At,
    read: &mut dyn FnMut(usize, &str) -> Result<(), SourceError>,
) -> Result<(), SourceError> {
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        let length = (&mut *from)
            .take(LONGEST)
            .read_until(b'\n', &mut line)
            .map_err(|error| SourceError::of_io(error, at))?;
        if length == 0 {
            break;
        }
        let here = || At::line(&at.file, number);
        if length as u64 == LONGEST {
            return Err(SourceError::limit(
                here(),
                "this line is longer than 64 MiB, which is the limit",
            ));
        }
        let text = std::str::from_utf8(&line)
            .map_err(|_| SourceError::syntax(here(), "this line is not text"))?;
        let text = text.trim_end_matches(['\n', '\r']);
        if !text.trim().is_empty() {
            read(number, text)?;
        }
    }
    Ok(())
}
