//! Splits a line of JSON Lines into its texts and a template, called its form, and puts it together
//! again.
//!
//! Of `{"type":"claim","speaker":["a1"],"said":"2023"}` the texts are `a1` in the column `speaker`
//! and `2023` in `said`; the form is the line with a hole in place of each. Facts from one program
//! have few distinct forms, so the tables cost little more than their texts, and the line is
//! reproduced byte for byte.
//!
//! A hole is a character that JSON cannot contain, then one for the column: [`PLAIN`] if the text
//! is escaped as this program does it, [`ASCII`] if everything beyond ASCII is escaped as well, as
//! Python does it. A line with any other escapes, or anything unexpected, is not split: [`split`]
//! returns `None`, and the line is stored verbatim.

mod projection;
mod record;
mod template_cache;

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::columns::{Columns, Slot};
pub(super) use projection::brief;
pub(super) use record::{RecordForm, Texts};
pub(super) use template_cache::Forms;

/// Begins a hole for a text with the usual escapes.
pub(super) const PLAIN: char = '\u{1}';
/// Begins a hole for a text with nothing but ASCII.
pub(super) const ASCII: char = '\u{2}';
/// The column of a hole, as a character: this one is the first.
pub(super) const FIRST: u32 = 0x30;

/// The texts of a record, by column.
#[derive(Debug, Default)]
pub(super) struct Values {
    text: String,
    /// For each column its items; `None` where an object of a list lacks a key.
    items: Vec<Vec<Option<(usize, usize)>>>,
    /// The columns with items, in the order in which they got the first.
    used: Vec<usize>,
}

impl Values {
    pub(super) fn clear(&mut self, columns: usize) {
        self.text.clear();
        for column in self.used.drain(..) {
            self.items[column].clear();
        }
        // Tables have different numbers of columns; what one has more is empty by now.
        if self.items.len() < columns {
            self.items.resize_with(columns, Vec::new);
        }
    }

    fn push(&mut self, column: usize, text: &str) {
        let start = self.text.len();
        self.text.push_str(text);
        self.put(column, Some((start, self.text.len())));
    }

    fn put(&mut self, column: usize, item: Option<(usize, usize)>) {
        if self.items[column].is_empty() {
            self.used.push(column);
        }
        self.items[column].push(item);
    }

    /// The columns with items.
    pub(super) fn used(&self) -> &[usize] {
        &self.used
    }

    /// Takes the texts of a record that cannot be taken apart: from its fields as the format writes
    /// them. Of a date with more to it than its text, the text.
    pub(super) fn gather(&mut self, fields: &Map<String, Value>, columns: &Columns) {
        self.clear(columns.all.len());
        let one_or_many = |value: &Value| match value {
            Value::Array(items) => items.clone(),
            one => vec![one.clone()],
        };
        for (key, value) in fields {
            match columns.slot(key) {
                None => {}
                Some(Slot::One(column)) => {
                    if let Some(text) = text_of(value) {
                        self.push(*column, text);
                    }
                }
                Some(Slot::Many(column)) => {
                    for item in one_or_many(value) {
                        if let Some(text) = text_of(&item) {
                            self.push(*column, text);
                        }
                    }
                }
                Some(Slot::Objects(keys)) => {
                    for item in one_or_many(value) {
                        for (key, column) in keys {
                            match item.get(key).and_then(text_of) {
                                Some(text) => self.push(*column, text),
                                None => self.put(*column, None),
                            }
                        }
                    }
                }
            }
        }
    }

    /// The items of a column.
    pub(super) fn of(&self, column: usize) -> impl ExactSizeIterator<Item = Option<&str>> {
        let items = self.items[column].iter();
        items.map(|item| item.map(|(start, end)| &self.text[start..end]))
    }

    /// The text of a column of single texts.
    pub(super) fn one(&self, column: usize) -> Option<&str> {
        self.of(column).next().flatten()
    }
}

fn text_of(value: &Value) -> Option<&str> {
    value.as_str().or_else(|| value.get("edtf")?.as_str())
}

/// Takes a record in JSON apart. `None`, with nothing to be used in `form` and `values`, where it
/// holds something that a table cannot.
pub(super) fn split(
    line: &str,
    columns: &Columns,
    form: &mut String,
    values: &mut Values,
) -> Option<()> {
    form.clear();
    values.clear(columns.all.len());
    if line.contains([PLAIN, ASCII]) {
        return None;
    }
    let mut splitter = Splitter {
        line,
        at: 0,
        copied: 0,
        columns,
        form,
        values,
    };
    splitter.space();
    splitter.record()?;
    splitter.space();
    if splitter.at != line.len() {
        return None;
    }
    splitter.copy_to(line.len());
    Some(())
}

struct Splitter<'s> {
    line: &'s str,
    at: usize,
    /// Up to where the line is in the form.
    copied: usize,
    columns: &'s Columns,
    form: &'s mut String,
    values: &'s mut Values,
}

impl<'s> Splitter<'s> {
    fn peek(&self) -> Option<u8> {
        self.line.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    fn take(&mut self, byte: u8) -> Option<()> {
        (self.peek() == Some(byte)).then(|| self.at += 1)
    }

    fn copy_to(&mut self, end: usize) {
        self.form.push_str(&self.line[self.copied..end]);
        self.copied = end;
    }

    /// A string, its quotes left out, as it is written.
    fn string(&mut self) -> Option<&'s str> {
        self.take(b'"')?;
        let start = self.at;
        let bytes = self.line.as_bytes();
        loop {
            let found = memchr::memchr2(b'"', b'\\', &bytes[self.at..])?;
            self.at += found;
            if bytes[self.at] == b'"' {
                self.at += 1;
                return Some(&self.line[start..self.at - 1]);
            }
            self.at += 2;
            if self.at > bytes.len() {
                return None;
            }
        }
    }

    /// Any value, which stays in the form as it stands.
    fn skip(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            self.space();
            match self.peek()? {
                b'"' => {
                    self.string()?;
                }
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                    continue;
                }
                b'}' | b']' => {
                    depth = depth.checked_sub(1)?;
                    self.at += 1;
                }
                b',' | b':' if depth > 0 => {
                    self.at += 1;
                    continue;
                }
                _ => {
                    let rest = &self.line.as_bytes()[self.at..];
                    let len = rest.iter().position(|byte| b",:]} \t\r\n".contains(byte));
                    let len = len.unwrap_or(rest.len());
                    if len == 0 {
                        return None;
                    }
                    self.at += len;
                }
            }
            if depth == 0 {
                return Some(());
            }
        }
    }

    /// Whether a value is null, which stays in the form.
    fn null(&mut self) -> bool {
        let null = self.line[self.at..].starts_with("null");
        if null {
            self.at += 4;
        }
        null
    }

    /// A hole for the string that stands here.
    fn hole(&mut self, column: usize) -> Option<()> {
        let start = self.at + 1;
        let raw = self.string()?;
        let (text, hole) = unescaped(raw)?;
        self.copy_to(start);
        self.form.push(hole);
        self.form.push(char::from_u32(FIRST + column as u32)?);
        self.copied = self.at - 1;
        self.values.push(column, &text);
        Some(())
    }

    fn record(&mut self) -> Option<()> {
        let columns = self.columns;
        self.object(&mut |me, key| match columns.slot(key) {
            None => me.skip(),
            Some(_) if me.null() => Some(()),
            Some(Slot::One(column)) => {
                if !me.values.items[*column].is_empty() {
                    return None;
                }
                me.hole(*column)
            }
            Some(Slot::Many(column)) => {
                if !me.values.items[*column].is_empty() {
                    return None;
                }
                me.one_or_many(&mut |me| me.hole(*column))
            }
            Some(Slot::Objects(keys)) => {
                if keys
                    .iter()
                    .any(|(_, column)| !me.values.items[*column].is_empty())
                {
                    return None;
                }
                me.one_or_many(&mut |me| me.part(keys))
            }
        })
    }

    /// One object of a list, each of its texts in a column; what it lacks is noted, so that the
    /// columns stay in step.
    fn part(&mut self, keys: &[(&'static str, usize)]) -> Option<()> {
        let column_of = |key: &str| keys.iter().find(|(name, _)| *name == key);
        let before = self.values.items[keys.first()?.1].len();
        self.object(&mut |me, key| match column_of(key) {
            None => me.skip(),
            Some(_) if me.null() => Some(()),
            Some((_, column)) => {
                if me.values.items[*column].len() > before {
                    return None;
                }
                me.hole(*column)
            }
        })?;
        for (_, column) in keys {
            while self.values.items[*column].len() <= before {
                self.values.put(*column, None);
            }
        }
        Some(())
    }

    fn one_or_many(&mut self, one: &mut dyn FnMut(&mut Self) -> Option<()>) -> Option<()> {
        if self.peek() != Some(b'[') {
            return one(self);
        }
        self.at += 1;
        self.space();
        if self.take(b']').is_some() {
            return Some(());
        }
        loop {
            self.space();
            one(self)?;
            self.space();
            if self.take(b']').is_some() {
                return Some(());
            }
            self.take(b',')?;
        }
    }

    fn object(&mut self, entry: &mut dyn FnMut(&mut Self, &str) -> Option<()>) -> Option<()> {
        self.take(b'{')?;
        self.space();
        if self.take(b'}').is_some() {
            return Some(());
        }
        loop {
            self.space();
            // A key with escapes is none of ours and stays as it stands.
            let key = self.string()?;
            self.space();
            self.take(b':')?;
            self.space();
            if key.contains('\\') {
                return None;
            }
            entry(self, key)?;
            self.space();
            if self.take(b'}').is_some() {
                return Some(());
            }
            self.take(b',')?;
        }
    }
}

/// What a string of JSON says, and the hole that gives its spelling back; `None` where none does.
fn unescaped(raw: &str) -> Option<(Cow<'_, str>, char)> {
    if !raw.contains('\\') {
        return Some((Cow::Borrowed(raw), PLAIN));
    }
    let text: String = serde_json::from_str(&format!("\"{raw}\"")).ok()?;
    let mut written = String::with_capacity(raw.len());
    for hole in [PLAIN, ASCII] {
        written.clear();
        escape(&text, hole, &mut written);
        if written == raw {
            return Some((Cow::Owned(text), hole));
        }
    }
    None
}

/// Writes a text as it stands between the quotes of a string of JSON.
fn escape(text: &str, hole: char, out: &mut String) {
    use std::fmt::Write as _;
    let plain = |c: char| c >= ' ' && c != '"' && c != '\\' && (hole == PLAIN || c.is_ascii());
    // Bytes beyond ASCII are letters as they stand, or none is.
    let as_is = |byte: &u8| *byte >= b' ' && *byte != b'"' && *byte != b'\\';
    if text.as_bytes().iter().all(as_is) && (hole == PLAIN || text.is_ascii()) {
        out.push_str(text);
        return;
    }
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            c if plain(c) => out.push(c),
            c => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    // Writing to a String cannot fail.
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
        }
    }
}

/// Puts a line together again: `next` gives the next text of a column. `None` where the form asks
/// for what is not there.
pub(super) fn join<'v>(
    form: &str,
    mut next: impl FnMut(usize) -> Option<&'v str>,
    out: &mut String,
) -> Option<()> {
    let mut rest = form;
    while let Some(at) = rest.find([PLAIN, ASCII]) {
        out.push_str(&rest[..at]);
        let mut chars = rest[at..].chars();
        let (hole, column) = (chars.next()?, chars.next()?);
        let column = u32::from(column).checked_sub(FIRST)? as usize;
        escape(next(column)?, hole, out);
        rest = chars.as_str();
    }
    out.push_str(rest);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use annals_model::RecordKind;

    fn there_and_back(line: &str) -> Option<String> {
        let columns = Columns::of(RecordKind::Claim);
        let (mut form, mut values) = (String::new(), Values::default());
        split(line, &columns, &mut form, &mut values)?;
        let mut nexts = vec![0; columns.all.len()];
        let mut out = String::new();
        join(
            &form,
            |column| {
                let mut items = values.of(column).flatten().skip(nexts[column]);
                nexts[column] += 1;
                items.next()
            },
            &mut out,
        )?;
        Some(out)
    }

    #[test]
    fn lines_come_back() {
        for line in [
            r#"{"type":"claim","id":"c1","speaker":["a","b"],"said":"2023","x_n":{"id":[1,"]}"]}}"#,
            "  {\"speaker\" : \"a\" , \"confidence\":0.50,\"stance\":[{\"value\":\"supports\"},\t{\"toward\":\"t\"}]}\r",
            r#"{"quote":"he said \"no\"\n","content":"\u041a\u0438\u0457\u0432 \ud83d\ude00"}"#,
            r#"{"evidence":{"document":"d","quote":null,"spans":[[1,2]]},"to":null,"about":[]}"#,
            "{}",
        ] {
            assert_eq!(there_and_back(line).as_deref(), Some(line));
        }
    }

    #[test]
    fn what_has_no_column_is_not_taken_apart() {
        for line in [
            r#"{"speaker":[1]}"#,
            r#"{"stance":"supports"}"#,
            r#"{"said":"2023","said":"2024"}"#,
            r#"{"quote":"a\/b"}"#,
            r#"{"quote":"\u0041"}"#,
            r#"{"s\u0061id":"2023"}"#,
            r#"{"said":"2023""#,
            "[]",
        ] {
            assert_eq!(there_and_back(line), None, "{line}");
        }
    }

    #[test]
    fn lists_of_objects_stay_in_step() {
        let columns = Columns::of(RecordKind::Claim);
        let (mut form, mut values) = (String::new(), Values::default());
        let line = r#"{"stance":[{"value":"opposes"},{"toward":"t","value":"supports"}]}"#;
        split(line, &columns, &mut form, &mut values).unwrap();
        let of = |name| values.of(columns.number(name).unwrap()).collect::<Vec<_>>();
        assert_eq!(of("stance_toward"), [None, Some("t")]);
        assert_eq!(of("stance_value"), [Some("opposes"), Some("supports")]);
    }
}
