//! JSON of other programs, as it comes: objects whose fields may be missing or of another sort than
//! their format says, and texts that are read line by line.

use std::io::{BufRead, Read};

use serde_json::{Map, Value};

use annals_source::{At, SourceError, Spot};

/// An object.
pub(super) type Object = Map<String, Value>;

/// The longest line that is held, in bytes.
const LONGEST: u64 = 64 << 20;

/// The most bytes of a text that is held as a whole.
const MOST_HELD: u64 = 1 << 30;

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
const MOST_IN_VALUES: usize = 1 << 30;

/// Whether the values of a text would take more memory than may be used: many small ones take far
/// more than their text.
pub(super) fn is_too_many(text: &str) -> bool {
    // What an object, a list and a field or item take, about.
    const OBJECT: usize = 160;
    const LIST: usize = 64;
    const EACH: usize = 80;
    if text.len().saturating_mul(OBJECT + EACH) <= MOST_IN_VALUES {
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
    held + text.len() > MOST_IN_VALUES
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
/// When it has more values than are held, or is none, at the line at which it ceases to be; of a text
/// that is one line of a file, at that line.
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

/// The values of a text, each with the line on which it begins: of a list its items, of several
/// values one after the other (JSON Lines, or objects over many lines) each. A list is not held.
pub(super) struct Values<'t> {
    text: &'t str,
    at: &'t At,
    next: usize,
    /// The line of `next`, and the one at which the text begins.
    line: usize,
    in_list: bool,
    /// Whether a value must follow: after a comma.
    wanted: bool,
    ended: bool,
}

impl<'t> Values<'t> {
    /// The values of a text that begins on the first line of its file.
    pub(super) fn of(text: &'t str, at: &'t At) -> Self {
        Values {
            text,
            at,
            next: 0,
            line: 1,
            in_list: false,
            wanted: false,
            ended: false,
        }
    }

    fn step(&mut self, to: usize) {
        let passed = &self.text.as_bytes()[self.next..to];
        self.line += memchr::memchr_iter(b'\n', passed).count();
        self.next = to;
    }

    /// The next byte that is no white space.
    fn peek(&mut self) -> Option<u8> {
        let rest = &self.text[self.next..];
        let blank = rest.len() - rest.trim_start().len();
        self.step(self.next + blank);
        self.text.as_bytes().get(self.next).copied()
    }

    fn fault(&mut self, words: &str) -> SourceError {
        self.ended = true;
        SourceError::syntax(
            At::line(&self.at.file, self.line),
            format!("this is not JSON: {words}"),
        )
    }

    fn value(&mut self) -> Result<(usize, Value), SourceError> {
        let mut values = serde_json::Deserializer::from_str(&self.text[self.next..]).into_iter();
        match values.next() {
            Some(Ok(value)) => {
                let (line, to) = (self.line, self.next + values.byte_offset());
                self.step(to);
                Ok((line, value))
            }
            Some(Err(error)) => {
                self.line += error.line().max(1) - 1;
                let words = error.to_string();
                Err(self.fault(words.split(" at line ").next().unwrap_or_default()))
            }
            None => Err(self.fault("EOF while parsing a value")),
        }
    }
}

impl Iterator for Values<'_> {
    type Item = Result<(usize, Value), SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            match (self.peek(), self.in_list) {
                (None, false) => self.ended = true,
                (None, true) => return Some(Err(self.fault("EOF while parsing a list"))),
                (Some(b'['), false) => {
                    self.in_list = true;
                    self.step(self.next + 1);
                }
                (Some(b']'), true) if !self.wanted => {
                    self.in_list = false;
                    self.step(self.next + 1);
                }
                (Some(_), false) => return Some(self.value()),
                (Some(_), true) => {
                    let value = self.value();
                    self.wanted = false;
                    match self.peek() {
                        Some(b',') => {
                            self.step(self.next + 1);
                            self.wanted = true;
                        }
                        Some(b']') | None => {}
                        Some(_) if value.is_ok() => {
                            self.ended = true;
                            return Some(Err(self.fault("expected `,` or `]`")));
                        }
                        Some(_) => {}
                    }
                    return Some(value);
                }
            }
        }
        None
    }
}

/// Hands on each value of a text, with the line on which it begins: one a line, or, where the first
/// line is no whole value, as [`Values`] has them. Of one value a line no more than a line is held.
/// `read` says whether to go on.
///
/// # Errors
/// When the text cannot be read, is no JSON, or `read` fails.
pub(super) fn each_value(
    from: &mut dyn BufRead,
    at: &At,
    read: &mut dyn FnMut(usize, Value) -> Result<bool, SourceError>,
) -> Result<(), SourceError> {
    // What stands before the first value, so that lines are counted rightly.
    let mut head = String::new();
    let mut first = String::new();
    while first.trim().is_empty() {
        head.push_str(&first);
        first.clear();
        let length = (&mut *from)
            .take(MOST_HELD + 1)
            .read_line(&mut first)
            .map_err(|error| SourceError::of_io(error, at))?;
        if length == 0 {
            return Ok(());
        }
    }
    let by_line = serde_json::from_str::<Value>(first.trim());
    if by_line.is_err_and(|error| error.is_eof()) {
        head.push_str(&first);
        return each_of_whole(head, from, at, read);
    }
    let mut one = |line: usize, text: &str| match parsed(text, &At::line(&at.file, line))? {
        Value::Array(items) => {
            for item in items {
                if !read(line, item)? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        value => read(line, value),
    };
    let before = head.matches('\n').count() + 1;
    let mut goes_on = one(before, first.trim())?;
    let mut line = Vec::new();
    let mut number = before;
    while goes_on {
        number += 1;
        let Some(text) = next_line(from, at, number, &mut line)? else {
            break;
        };
        if !text.trim().is_empty() {
            goes_on = one(number, text)?;
        }
    }
    Ok(())
}

fn each_of_whole(
    mut head: String,
    from: &mut dyn BufRead,
    at: &At,
    read: &mut dyn FnMut(usize, Value) -> Result<bool, SourceError>,
) -> Result<(), SourceError> {
    from.take(MOST_HELD + 1)
        .read_to_string(&mut head)
        .map_err(|error| SourceError::of_io(error, at))?;
    if head.len() as u64 > MOST_HELD {
        let most = MOST_HELD >> 20;
        let message = format!("the file is larger than {most} MiB, which is the limit");
        return Err(SourceError::limit(at.clone(), message)
            .help("with one value a line (JSON Lines), any number is read"));
    }
    for value in Values::of(&head, at) {
        let (line, value) = value?;
        if !read(line, value)? {
            break;
        }
    }
    Ok(())
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
        let Some(text) = next_line(from, at, number, &mut line)? else {
            break;
        };
        if !text.trim().is_empty() {
            read(number, text)?;
        }
    }
    Ok(())
}

/// The next line without its end; nothing at the end of the text.
fn next_line<'l>(
    from: &mut dyn BufRead,
    at: &At,
    number: usize,
    line: &'l mut Vec<u8>,
) -> Result<Option<&'l str>, SourceError> {
    line.clear();
    let length = from
        .take(LONGEST)
        .read_until(b'\n', line)
        .map_err(|error| SourceError::of_io(error, at))?;
    if length == 0 {
        return Ok(None);
    }
    let here = || At::line(&at.file, number);
    if length as u64 == LONGEST {
        return Err(SourceError::limit(
            here(),
            "this line is longer than 64 MiB, which is the limit",
        ));
    }
    let text = std::str::from_utf8(line)
        .map_err(|_| SourceError::syntax(here(), "this line is not text"))?;
    Ok(Some(text.trim_end_matches(['\n', '\r'])))
}
