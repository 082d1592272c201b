//! What stands at a place of a text that does not parse: a value, a record, the name of a list.

use std::ops::Range;

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::{Cutter, LEAST_READ, LONGEST_NAME, MOST_READ, MOST_TRIED};
use crate::decode::fields_of;
use crate::syntax::json::{is_file_field, kind_of_list};
use crate::syntax::pieces::kind_of_letters;
use annals_model::{RecordKind, Vocabulary};

impl<'t> Cutter<'t> {
    /// The last byte before one that is not blank.
    pub(super) fn before(&self, at: usize) -> Option<usize> {
        let text = self.text[..at].trim_end_matches([' ', '\t', '\r', '\n']);
        text.len().checked_sub(1)
    }

    /// Whether a whole record of a kind begins here, by the names of its fields.
    pub(super) fn is_record(&mut self, kind: RecordKind, at: usize) -> bool {
        self.tried += 1;
        if self.tried > MOST_TRIED {
            return false;
        }
        let Ok(written) = self.value_at(at, self.few(at, MOST_READ)) else {
            return false;
        };
        if written.starts_with('[') {
            let all: Result<[&str; 3], _> = serde_json::from_str(written);
            return kind == RecordKind::Order && all.is_ok();
        }
        let Ok(fields) = serde_json::from_str::<Map<String, Value>>(written) else {
            return false;
        };
        let is_named = matches!(
            kind,
            RecordKind::Claim | RecordKind::Relation | RecordKind::Order
        ) || fields.contains_key("id");
        let known =
            |name: &String| name.starts_with("x_") || fields_of(kind).any(|one| one == name);
        is_named && !fields.is_empty() && fields.keys().all(known)
    }

    /// The next line or place where a field of the file begins.
    pub(super) fn next_head(&self, from: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut at = from;
        loop {
            at += memchr::memchr(b'"', bytes.get(at..)?)?;
            let own_line = self.key_column.is_some();
            let fits = if own_line {
                self.column(at) == self.key_column && self.is_any_head(at)
            } else {
                let before = self.before(at).map(|before| bytes[before]);
                matches!(before, Some(b',' | b'{' | b']' | b'}')) && self.is_head(at)
            };
            if fits {
                return Some(at);
            }
            at += 1;
        }
    }

    pub(super) fn is_any_head(&self, at: usize) -> bool {
        self.is_head(at) || self.damaged_head(at).is_some()
    }

    /// Whether the name of a field of the file begins here.
    pub(super) fn is_head(&self, at: usize) -> bool {
        let rest = self.text.get(at + 1..).unwrap_or("");
        let mut kinds = RecordKind::ALL.iter();
        let may =
            rest.starts_with(['a', '$', 'x']) || kinds.any(|kind| rest.starts_with(kind.plural()));
        may && self
            .key_at(at)
            .is_some_and(|(name, ..)| kind_of_list(&name).is_some() || is_file_field(&name))
    }

    /// A name in quotation marks and its colon: the name, its bytes, and where its value begins.
    pub(super) fn key_at(&self, at: usize) -> Option<(String, Range<usize>, usize)> {
        if self.text.as_bytes().get(at) != Some(&b'"') {
            return None;
        }
        let written = self.value_at(at, self.text.len()).ok()?;
        let name = serde_json::from_str(written).ok()?;
        let key = at..at + written.len();
        let colon = self.blank_end(key.end);
        (self.text.as_bytes().get(colon) == Some(&b':'))
            .then(|| (name, key, self.blank_end(colon + 1)))
    }

    /// The name of a list that has been damaged: its kind, the bytes of the name, and where its records
    /// begin.
    pub(super) fn damaged_head(&self, at: usize) -> Option<(RecordKind, Range<usize>, usize)> {
        let rest = &self.text[at..];
        let marks = rest.len() - rest.trim_start_matches(['[', '{', '"', ']', '}']).len();
        let mut most = rest.len().min(LONGEST_NAME);
        while !rest.is_char_boundary(most) {
            most -= 1;
        }
        let named = |end: char| {
            let length = marks + rest[..most].get(marks..)?.find(end)?;
            Some((kind_of_letters(&rest[..length])?, length))
        };
        if let Some((kind, length)) = named('[') {
            return Some((
                kind,
                at..at + rest[..length].trim_end().len(),
                at + length + 1,
            ));
        }
        if let Some((kind, length)) = named('{') {
            return Some((kind, at..at + rest[..length].trim_end().len(), at + length));
        }
        let (kind, length) = named('\n')?;
        let list = self.blank_end(at + length);
        let begins = self.text.as_bytes().get(list) == Some(&b'{');
        begins.then(|| (kind, at..at + rest[..length].trim_end().len(), list))
    }

    /// The value that begins at a byte, which may have more behind it.
    pub(super) fn value_at(&self, at: usize, end: usize) -> Result<&'t str, serde_json::Error> {
        let reader = serde_json::Deserializer::from_str(&self.text[at..end]);
        match reader.into_iter::<&'t RawValue>().next() {
            Some(value) => Ok(value?.get()),
            None => Err(serde::de::Error::custom("EOF while parsing a value")),
        }
    }

    /// The same, up to the end of the text; but not for ever: each value might be read to the end in vain.
    pub(super) fn long_value_at(&mut self, at: usize) -> Result<&'t str, serde_json::Error> {
        let end = if self.left == 0 {
            self.few(at, LEAST_READ)
        } else {
            self.text.len()
        };
        let value = self.value_at(at, end);
        if let Err(error) = &value {
            let read = self.slice.from(at).byte_at(error.line(), error.column());
            self.left = self.left.saturating_sub(read);
        }
        value
    }

    /// The end of what is read of a value only to see what it is.
    pub(super) fn few(&self, at: usize, most: usize) -> usize {
        let mut end = self.text.len().min(at + most);
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        end
    }

    pub(super) fn blank_end(&self, at: usize) -> usize {
        let rest = self.text.as_bytes().get(at..).unwrap_or_default();
        let blank = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
        at + rest.iter().take_while(|byte| blank(byte)).count()
    }

    /// The column of what is the first on its line; none on the line on which the file begins.
    pub(super) fn column(&self, at: usize) -> Option<usize> {
        let start = memchr::memrchr(b'\n', &self.text.as_bytes()[..at])? + 1;
        (self.blank_end(start) == at).then_some(at - start)
    }
}
