//! Finds a field in the text of a JSON record.

use std::ops::Range;

use super::{Form, Found, Reached, Step};

/// Finds a field of the JSON record that begins at `record_offset`.
///
/// Only the values on the path are looked into; all others are skipped, without recursion and
/// without building anything. An empty path finds the record. `None` means that the text has no
/// such field, or no JSON value there.
///
/// ```
/// use annals_load::locate::{Step, in_json};
///
/// let text = r#"{"claims": [{"about": "grain", "about": ["nato"]}]}"#;
/// let second = Step::Key { name: "about", nth: 1 };
/// let found = in_json(text, 12, &[second, Step::Index(0)]).expect("the second `about`");
/// assert_eq!(&text[found.value], r#""nato""#);
///
/// // A list of one without its brackets.
/// let found = in_json(text, 12, &[Step::key("about"), Step::Index(0)]).expect("a short form");
/// assert_eq!(&text[found.value], r#""grain""#);
/// ```
pub fn in_json(text: &str, record_offset: usize, path: &[Step<'_>]) -> Option<Found> {
    deepest_in_json(text, record_offset, path)?.complete(path)
}

/// Follows a path as far as the JSON text has it, so that a missing field can be shown at the value
/// it is missing from. `None` means that no JSON value begins there.
///
/// ```
/// use annals_load::locate::{Step, deepest_in_json};
///
/// let text = r#"{"at": {"day": 1}}"#;
/// let path = [Step::key("at"), Step::key("month")];
/// let reached = deepest_in_json(text, 0, &path).expect("a record");
/// assert_eq!((reached.steps, &text[reached.found.value]), (1, r#"{"day": 1}"#));
/// ```
pub fn deepest_in_json(text: &str, record_offset: usize, path: &[Step<'_>]) -> Option<Reached> {
    // Within a character no value begins; from here on every step ends next to an ASCII character.
    if !text.is_char_boundary(record_offset) {
        return None;
    }
    let text = Text {
        bytes: text.as_bytes(),
    };
    let mut at = record_offset;
    if at == 0 && text.bytes.starts_with(b"\xef\xbb\xbf") {
        at = 3;
    }
    let mut at = text.skip_blank(at);
    let mut key = None;
    let mut steps = 0;
    for step in path {
        match text.step(at, step) {
            Taken::To {
                key: new_key,
                value,
            } => {
                key = new_key;
                at = value;
            }
            Taken::Stays => {}
            Taken::Nowhere => break,
        }
        steps += 1;
    }
    let form = if text.at(at) == Some(b'"') {
        Form::JsonString
    } else {
        Form::Other
    };
    let end = text.skip_value(at)?;
    Some(Reached {
        steps,
        found: Found {
            key,
            value: at..end,
            form,
        },
    })
}

enum Taken {
    To {
        key: Option<Range<usize>>,
        value: usize,
    },
    Stays,
    Nowhere,
}

struct Text<'t> {
    bytes: &'t [u8],
}

impl Text<'_> {
    fn at(&self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    fn skip_blank(&self, mut at: usize) -> usize {
        while matches!(self.at(at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            at += 1;
        }
        at
    }

    fn step(&self, at: usize, step: &Step<'_>) -> Taken {
        let taken = match (step, self.at(at)) {
            (Step::Key { name, nth }, Some(b'{')) => self.member(at, name, *nth),
            (Step::Index(index), Some(b'[')) => self.item(at, *index),
            (Step::Index(0), Some(_)) => Some(Taken::Stays),
            _ => None,
        };
        taken.unwrap_or(Taken::Nowhere)
    }

    /// The `nth` member of this name of the object that begins here.
    fn member(&self, object: usize, name: &str, nth: usize) -> Option<Taken> {
        let mut left = nth;
        let mut at = self.skip_blank(object + 1);
        while self.at(at) == Some(b'"') {
            let key = at..self.skip_string(at)?;
            at = self.skip_blank(key.end);
            if self.at(at) != Some(b':') {
                return None;
            }
            let value = self.skip_blank(at + 1);
            if is_key(&self.bytes[key.start + 1..key.end - 1], name) {
                if left == 0 {
                    return Some(Taken::To {
                        key: Some(key),
                        value,
                    });
                }
                left -= 1;
            }
            at = self.after_comma(self.skip_value(value)?)?;
        }
        None
    }

    /// The item of this number of the array that begins here.
    fn item(&self, array: usize, index: usize) -> Option<Taken> {
        let mut at = self.skip_blank(array + 1);
        for _ in 0..index {
            at = self.after_comma(self.skip_value(at)?)?;
        }
        let there = !matches!(self.at(at), None | Some(b']'));
        there.then_some(Taken::To {
            key: None,
            value: at,
        })
    }

    fn after_comma(&self, at: usize) -> Option<usize> {
        let at = self.skip_blank(at);
        (self.at(at)? == b',').then(|| self.skip_blank(at + 1))
    }

    /// The end of the string that begins here.
    fn skip_string(&self, at: usize) -> Option<usize> {
        let mut at = at + 1;
        loop {
            at += memchr::memchr2(b'"', b'\\', self.bytes.get(at..)?)?;
            if self.bytes[at] == b'"' {
                return Some(at + 1);
            }
            at += 2;
        }
    }

    /// The end of the value that begins here.
    fn skip_value(&self, at: usize) -> Option<usize> {
        match self.at(at)? {
            b'"' => self.skip_string(at),
            b'[' | b'{' => self.skip_brackets(at),
            _ => {
                let length = self.bytes[at..].iter().position(|byte| {
                    matches!(
                        byte,
                        b' ' | b'\t' | b'\n' | b'\r' | b',' | b':' | b']' | b'}'
                    )
                });
                let end = length.map_or(self.bytes.len(), |length| at + length);
                (end > at).then_some(end)
            }
        }
    }

    /// The end of the array or object that begins here. Which bracket closes which is not looked
    /// at: the record was read before, so they fit.
    fn skip_brackets(&self, at: usize) -> Option<usize> {
        let mut depth = 0_usize;
        let mut at = at;
        loop {
            match self.at(at)? {
                b'"' => {
                    at = self.skip_string(at)?;
                    continue;
                }
                b'[' | b'{' => depth += 1,
                b']' | b'}' => depth -= 1, // The first byte is an opening bracket, and 0 returns.
                _ => {}
            }
            at += 1;
            if depth == 0 {
                return Some(at);
            }
        }
    }
}

/// Whether the inside of a JSON string, unescaped, is this name.
fn is_key(written: &[u8], name: &str) -> bool {
    if memchr::memchr(b'\\', written).is_none() {
        return written == name.as_bytes();
    }
    let Ok(mut rest) = std::str::from_utf8(written) else {
        return false;
    };
    let mut name = name.chars();
    while let Some((character, length)) = super::inside::json_character(rest) {
        if name.next() != Some(character) {
            return false;
        }
        rest = &rest[length..];
    }
    rest.is_empty() && name.next().is_none()
}
