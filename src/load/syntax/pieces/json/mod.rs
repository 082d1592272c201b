//! A JSON object that does not parse, cut where a record of a list begins.
//!
//! What stands there is followed as long as it is JSON. From a record that is not, the next is looked for:
//! on a line of its own in the column of the first, else after a comma, by the names of its fields.

mod look;

use std::ops::Range;

use serde_json::value::RawValue;

use crate::faults;
use crate::syntax::json::kind_of_list;
use crate::syntax::json_error;
use crate::syntax::slice::Slice;
use annals_finding::Finding;
use annals_model::RecordKind;

/// A piece of a file.
#[derive(Debug)]
pub(crate) enum Piece<'t> {
    /// A field of the file, the bytes of its name in the slice, and its value.
    Field(String, Range<usize>, &'t str),
    /// The name of a list and its bytes; its records follow.
    List(String, Range<usize>),
    Record(&'t str),
    /// What cannot be read: why, the text of it, and how many records it holds at least.
    Broken(Finding, &'t str, usize),
}

/// How often at most a place is tried where a record may begin.
const MOST_TRIED: usize = 10_000;
/// How many bytes at most are read of what is tried.
const MOST_READ: usize = 16 << 10;
/// The same, once much has been read in vain.
const LEAST_READ: usize = 4 << 10;
/// How many bytes at most the damaged name of a list has.
const LONGEST_NAME: usize = 100;

const COMMA_TOO_MANY: (&str, &str) = (
    "there is a comma before a closing bracket",
    "remove the comma before this",
);

/// The pieces of a text that does not parse; `None` where no record of it can be read.
pub(crate) fn pieces(slice: Slice<'_>) -> Option<Vec<Piece<'_>>> {
    let mut cutter = Cutter {
        slice,
        text: slice.text,
        at: 0,
        key_column: None,
        tried: 0,
        left: 4 * slice.text.len() + MOST_READ,
        all: Vec::new(),
    };
    cutter.object();
    let has_record = |piece: &Piece<'_>| match piece {
        Piece::Record(_) => true,
        Piece::Field(name, _, value) => kind_of_list(name).is_some() && *value != "null",
        Piece::List(..) | Piece::Broken(..) => false,
    };
    cutter.all.iter().any(has_record).then_some(cutter.all)
}

struct Cutter<'t> {
    slice: Slice<'t>,
    text: &'t str,
    at: usize,
    /// The column of the names of lists, where they stand on lines of their own.
    key_column: Option<usize>,
    tried: usize,
    /// How many bytes may still be read in vain.
    left: usize,
    all: Vec<Piece<'t>>,
}

impl Cutter<'_> {
    /// The object that the file is, from its first bracket to what follows its last.
    fn object(&mut self) {
        self.skip_blank();
        if !self.begins() {
            return;
        }
        loop {
            self.skip_blank();
            match self.next() {
                None => {
                    self.ends("this ends in the middle of an object: a } is missing");
                    return;
                }
                Some(b'}') => {
                    self.at += 1;
                    self.skip_blank();
                    if self.next().is_none() {
                        return;
                    }
                    self.astray(self.at);
                }
                Some(b',') => {
                    self.broken_mark("a field is missing", "before this");
                    self.at += 1;
                }
                Some(_) => self.field(),
            }
        }
    }

    /// Passes the bracket with which the object begins, and a mark or two that do not belong there.
    fn begins(&mut self) -> bool {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let few = &bytes[start..bytes.len().min(start + 3)];
        if let Some(astray) = memchr::memchr(b'{', few) {
            let text = &self.text[start..start + astray];
            if !text.trim().is_empty() {
                self.broken(
                    start..start + text.trim_end().len(),
                    "this does not belong here",
                    "here",
                    0,
                );
            }
            self.at = start + astray + 1;
            return true;
        }
        let head = (start..start + few.len()).find(|at| self.is_head(*at));
        if let Some(head) = head {
            self.broken_mark(
                "the { at the beginning of the file is missing",
                "before this",
            );
            self.at = head;
        }
        head.is_some()
    }

    /// A field of the file, and what separates it from the next.
    fn field(&mut self) {
        let start = self.at;
        let Some((name, key, value)) = self.key_at(start) else {
            self.astray(start);
            return;
        };
        self.key_column = self.key_column.or_else(|| self.column(start));
        self.at = value;
        let closed = match (kind_of_list(&name), self.next()) {
            (Some(kind), Some(b'[')) => {
                self.at += 1;
                self.all.push(Piece::List(name, key));
                self.list(kind)
            }
            (kind, _) => match self.long_value_at(value) {
                Ok(written) if kind.is_some() && self.goes_on_as_list(value + written.len()) => {
                    self.broken_mark("a [ is missing", "before this");
                    self.all.push(Piece::List(name, key));
                    self.list(kind.unwrap_or(RecordKind::Claim))
                }
                Ok(written) => {
                    self.at = value + written.len();
                    self.all.push(Piece::Field(name, key, written));
                    true
                }
                Err(_) => {
                    self.at = start;
                    self.astray(start);
                    return;
                }
            },
        };
        if closed {
            self.after_field();
        }
    }

    fn after_field(&mut self) {
        self.skip_blank();
        match self.next() {
            Some(b',') => {
                self.at += 1;
                self.skip_blank();
                if self.next() == Some(b'}') {
                    let (words, label) = COMMA_TOO_MANY;
                    self.broken_mark(words, label);
                }
            }
            Some(b'"') if self.key_at(self.at).is_some() => {
                self.broken_mark("a comma or a closing } is missing", "before this");
            }
            _ => {}
        }
    }

    /// Something else than a field: perhaps the name of a list that has been damaged; else all is passed
    /// over up to the next.
    fn astray(&mut self, start: usize) {
        if let Some((kind, key, list)) = self.damaged_head(start) {
            let words = format!("this does not name a list: write \"{}\": [", kind.plural());
            let line = self.text[start..key.end].find('\n');
            let end = line.map_or(key.end, |length| start + length.max(1));
            self.broken(start..end, &words, "here", 0);
            self.all.push(Piece::List(kind.plural().to_owned(), key));
            self.at = list;
            if self.list(kind) {
                self.after_field();
            }
            return;
        }
        let end = self.next_head(start + 1).unwrap_or(self.text.len());
        let piece = self.text[start..end].trim_end_matches([' ', '\t', '\r', '\n', ',']);
        let least = usize::from(piece.contains('{'));
        let found = match self.value_at(start, end) {
            // A value, but no field.
            Ok(_) => None,
            Err(_) if piece.is_empty() => None,
            Err(error) => Some(json_error::json(self.slice.inner(piece), &error)),
        };
        match found {
            Some(finding) if !self.text[start..].starts_with('"') => {
                self.all.push(Piece::Broken(finding, piece, least));
            }
            _ => {
                let line = piece.find('\n').unwrap_or(piece.len());
                let line = start..start + piece[..line].trim_end().len().max(1);
                let words = if piece.starts_with('{') {
                    "a record stands here that is in no list"
                } else {
                    "this is not a field and its value"
                };
                let finding = self.finding(line, words, "here");
                self.all.push(Piece::Broken(finding, piece, least));
            }
        }
        self.at = end;
    }

    /// The records of a list, from behind its bracket on. Whether its end was there.
    fn list(&mut self, kind: RecordKind) -> bool {
        self.skip_blank();
        let column = self.column_of_records();
        let begins = |c: u8| c == b'{' || c == b'[' && kind == RecordKind::Order;
        loop {
            self.skip_blank();
            match self.next() {
                None => {
                    self.ends("this ends in the middle of a list: a ] is missing");
                    return false;
                }
                Some(b']') => {
                    let end = self.at;
                    self.at += 1;
                    // Records of another kind are those of a list that has lost its name.
                    let bytes = self.text.as_bytes();
                    let mut next = self.blank_end(self.at);
                    if bytes.get(next) == Some(&b',') {
                        next = self.blank_end(next + 1);
                    }
                    if bytes.get(next) != Some(&b'{') || !self.is_record(kind, next) {
                        return true;
                    }
                    self.at = end;
                    self.broken_mark("a list ends here, but more of it follows", "remove this");
                    self.at = end + 1;
                    self.skip_comma();
                }
                Some(b',') => {
                    self.broken_mark("a record is missing", "before this");
                    self.at += 1;
                }
                Some(b'}') if self.text[self.at + 1..].trim().is_empty() => {
                    self.broken_mark("a comma or a closing ] is missing", "before this");
                    return false;
                }
                Some(b'"') if self.is_head(self.at) => {
                    self.broken_mark("a comma or a closing ] is missing", "before this");
                    return false;
                }
                Some(b'[') if !begins(b'[') && self.encloses_records() => {
                    self.broken_mark("a list begins here, but a record should", "remove this");
                    self.at += 1;
                }
                Some(_) => self.record(kind, column, begins),
            }
        }
    }

    /// The column at which the records of a list begin, whatever stands astray before the first.
    fn column_of_records(&self) -> Option<usize> {
        let column = self.column(self.at)?;
        if matches!(self.next(), None | Some(b'{' | b'[' | b']')) {
            return Some(column);
        }
        let line = self.text[self.at..].lines().next().unwrap_or_default();
        let bracket = line.find(['{', '[']).unwrap_or_default();
        Some(column + bracket)
    }

    /// A record, and what separates it from the next.
    fn record(&mut self, kind: RecordKind, column: Option<usize>, begins: impl Fn(u8) -> bool) {
        let start = self.at;
        if let Ok(written) = self.long_value_at(start)
            && self.is_separated(start + written.len(), &begins)
        {
            self.all.push(Piece::Record(written));
            self.at = start + written.len();
            self.skip_blank();
            match self.next() {
                Some(b',') => {
                    self.at += 1;
                    self.skip_blank();
                    if self.next() == Some(b']') {
                        let (words, label) = COMMA_TOO_MANY;
                        self.broken_mark(words, label);
                    }
                }
                Some(c) if begins(c) => {
                    self.broken_mark("a comma or a closing ] is missing", "before this");
                }
                _ => {}
            }
            return;
        }
        let end = self.next_record(kind, start, column);
        let piece = self.text[start..end].trim_end_matches([' ', '\t', '\r', '\n', ',']);
        let mut reader = serde_json::Deserializer::from_str(piece);
        let read: Result<&RawValue, _> = serde::Deserialize::deserialize(&mut reader);
        let finding = match read.and_then(|_| reader.end()) {
            Err(error) => json_error::json(self.slice.inner(piece), &error),
            Ok(()) => {
                let last = piece.chars().next_back().map_or(0, char::len_utf8);
                let at = start + piece.len() - last;
                self.finding(
                    at..at + last,
                    "a comma or a closing ] is missing",
                    "after this",
                )
            }
        };
        self.all.push(Piece::Broken(finding, piece, 1));
        self.at = end;
    }

    /// Whether what follows a record separates it from the next, or would but for a slip.
    fn is_separated(&self, end: usize, begins: &impl Fn(u8) -> bool) -> bool {
        let at = self.blank_end(end);
        match self.text.as_bytes().get(at) {
            None | Some(b',' | b']') => true,
            Some(b'"') => self.is_head(at),
            Some(b'}') => self.text[at + 1..].trim().is_empty(),
            Some(c) => begins(*c),
        }
    }

    /// Whether a record follows where a list seems to have ended.
    fn goes_on_as_list(&self, end: usize) -> bool {
        let at = self.blank_end(end);
        let bytes = self.text.as_bytes();
        bytes.get(at) == Some(&b',') && bytes.get(self.blank_end(at + 1)) == Some(&b'{')
    }

    /// Whether there is a bracket too many before the records of a list.
    fn encloses_records(&self) -> bool {
        let at = self.blank_end(self.at + 1);
        self.text.as_bytes().get(at) == Some(&b'{')
    }

    fn skip_comma(&mut self) {
        self.skip_blank();
        if self.next() == Some(b',') {
            self.at += 1;
        }
    }

    /// Whether what follows a bracket is what follows a list: a field of a record is not.
    fn ends_list(&self, bracket: usize) -> bool {
        let at = self.blank_end(bracket + 1);
        match self.text.as_bytes().get(at) {
            None | Some(b',' | b'}' | b']' | b'{' | b'[') => true,
            Some(b'"') => self.is_any_head(at),
            Some(_) => false,
        }
    }

    /// Where the next record begins after one that cannot be read; or the list ends, or the next.
    fn next_record(&mut self, kind: RecordKind, start: usize, column: Option<usize>) -> usize {
        let bytes = self.text.as_bytes();
        let line_end =
            |at: usize| memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |n| at + n);
        let first = column.map_or(bytes.len(), |_| line_end(start));
        if let Some(found) = self.next_on_line(kind, start, first) {
            return found;
        }
        let Some(column) = column else {
            // All that is left, but for the brackets that end the list and the file.
            let rest = self.text.trim_end();
            let rest = rest.strip_suffix('}').map_or(rest, str::trim_end);
            let list = rest.strip_suffix(']').map(str::len);
            return list.filter(|end| *end > start).unwrap_or(bytes.len());
        };
        let mut at = first + 1;
        while at < bytes.len() {
            let end = line_end(at);
            let begin = self.blank_end(at);
            let (indent, next) = (begin.saturating_sub(at), bytes.get(begin).copied());
            if begin < end {
                let here = match next {
                    Some(b'{') => indent <= column || self.is_record(kind, begin),
                    Some(b'[') => indent == column && kind == RecordKind::Order,
                    Some(b']') => indent < column && self.ends_list(begin),
                    Some(b'"') => indent == column || indent < column && self.is_any_head(begin),
                    Some(b'}') => indent < column && self.text[begin + 1..].trim().is_empty(),
                    _ => false,
                };
                if here {
                    let is_end = next == Some(b'}') || indent < column && next == Some(b'"');
                    return if is_end {
                        self.list_end(start, begin)
                    } else {
                        begin
                    };
                }
            }
            at = end + 1;
        }
        bytes.len()
    }

    /// Where a record, or the next list, begins among others on a line.
    fn next_on_line(&mut self, kind: RecordKind, start: usize, end: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut at = start + 1;
        while at < end {
            at += memchr::memchr3(b'{', b'[', b'"', &bytes[at..end])?;
            let before = self.before(at).map(|before| bytes[before]);
            let found = match bytes[at] {
                b'"' => matches!(before, Some(b',' | b']')) && self.is_head(at),
                b'[' if kind != RecordKind::Order => false,
                _ => matches!(before, Some(b',' | b'}' | b']')) && self.is_record(kind, at),
            };
            if found {
                let is_head = bytes[at] == b'"';
                return Some(if is_head {
                    self.list_end(start, at)
                } else {
                    at
                });
            }
            at += 1;
        }
        None
    }

    /// The bracket that ends a list before what follows it, if it is there.
    fn list_end(&self, start: usize, at: usize) -> usize {
        let bytes = self.text.as_bytes();
        let before = self.before(at).filter(|before| *before > start);
        let bracket = match before {
            Some(comma) if bytes[comma] == b',' => self.before(comma),
            before => before,
        };
        bracket
            .filter(|end| *end > start && bytes[*end] == b']')
            .unwrap_or(at)
    }

    fn next(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_blank(&mut self) {
        self.at = self.blank_end(self.at);
    }

    fn finding(&self, bytes: Range<usize>, words: &str, label: &str) -> Finding {
        let range = self.slice.base + bytes.start..self.slice.base + bytes.end;
        faults::syntax::found(self.slice.file, range, words, label, None)
    }

    fn broken(&mut self, bytes: Range<usize>, words: &str, label: &str, least: usize) {
        let finding = self.finding(bytes.clone(), words, label);
        let piece = &self.text[bytes];
        self.all.push(Piece::Broken(finding, piece, least));
    }

    /// Something is wrong at a mark, and costs no record.
    fn broken_mark(&mut self, words: &str, label: &str) {
        let length = self.text[self.at..]
            .chars()
            .next()
            .map_or(0, char::len_utf8);
        self.broken(self.at..self.at + length, words, label, 0);
    }

    /// The text ends too early.
    fn ends(&mut self, words: &str) {
        let written = self.text.trim_end();
        let last = written.chars().next_back().map_or(0, char::len_utf8);
        self.broken(written.len() - last..written.len(), words, "ends here", 0);
    }
}
