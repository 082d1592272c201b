//! The places of all values of a text of JSON that has been read before.

use std::ops::Range;

/// A value and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) range: Range<usize>,
    pub(crate) is: Is,
}

/// What a value is.
#[derive(Debug, Clone)]
pub(crate) enum Is {
    Object(Vec<Entry>),
    Array(Vec<Node>),
    Scalar,
}

/// An entry of an object.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) key: Range<usize>,
    pub(crate) value: Node,
}

/// Values stand no deeper within each other in what serde has read.
const DEEPEST: usize = 200;

impl Node {
    /// The value that begins at a byte, or after white space from there.
    pub(crate) fn at(text: &str, at: usize) -> Option<Node> {
        Walk { text }.value(at, DEEPEST)
    }

    /// The entries of an object.
    pub(crate) fn entries(&self) -> &[Entry] {
        match &self.is {
            Is::Object(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a list.
    pub(crate) fn items(&self) -> Option<&[Node]> {
        match &self.is {
            Is::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The first entry of this name.
    pub(crate) fn get(&self, name: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.name == name)
    }
}

struct Walk<'t> {
    text: &'t str,
}

impl Walk<'_> {
    fn blank(&self, at: usize) -> usize {
        let rest = &self.text[at..];
        at + (rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len())
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn value(&self, at: usize, deepest: usize) -> Option<Node> {
        let (at, deeper) = (self.blank(at), deepest.checked_sub(1)?);
        match self.byte(at)? {
            b'{' => self.object(at, deeper),
            b'[' => self.array(at, deeper),
            b'"' => Some(Node {
                range: at..self.string(at)?,
                is: Is::Scalar,
            }),
            _ => {
                let rest = &self.text[at..];
                let ends = |c: char| c.is_whitespace() || ",:[]{}\"".contains(c);
                let length = rest.find(ends).unwrap_or(rest.len());
                (length > 0).then_some(Node {
                    range: at..at + length,
                    is: Is::Scalar,
                })
            }
        }
    }

    fn string(&self, at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut at = at + 1;
        loop {
            match bytes.get(at)? {
                b'"' => return Some(at + 1),
                b'\\' => at += 2,
                _ => at += 1,
            }
        }
    }

    fn object(&self, start: usize, deepest: usize) -> Option<Node> {
        let mut entries = Vec::new();
        let mut at = self.blank(start + 1);
        while self.byte(at)? != b'}' {
            let key = at..self.string(at)?;
            let name = serde_json::from_str(&self.text[key.clone()]).ok()?;
            let colon = self.blank(key.end);
            (self.byte(colon)? == b':').then_some(())?;
            let value = self.value(colon + 1, deepest)?;
            at = self.blank(value.range.end);
            entries.push(Entry { name, key, value });
            if self.byte(at)? == b',' {
                at = self.blank(at + 1);
            }
        }
        Some(Node {
            range: start..at + 1,
            is: Is::Object(entries),
        })
    }

    fn array(&self, start: usize, deepest: usize) -> Option<Node> {
        let mut items = Vec::new();
        let mut at = self.blank(start + 1);
        while self.byte(at)? != b']' {
            let item = self.value(at, deepest)?;
            at = self.blank(item.range.end);
            items.push(item);
            if self.byte(at)? == b',' {
                at = self.blank(at + 1);
            }
        }
        Some(Node {
            range: start..at + 1,
            is: Is::Array(items),
        })
    }
}
