//! Indented JSON, as the pretty form of `serde_json` has it, with fewer and longer writes: where a
//! million rows are written, a break and its indentation are one write, not one for each level.

use std::io::{self, Write};

use serde_json::ser::Formatter;

/// A break and the indentation of the deepest level that is written at once.
const BREAK: &[u8] = b",\n                                                                ";
/// The spaces of a level.
const EACH: usize = 2;

/// Writes JSON with two spaces for each level.
#[derive(Debug, Clone)]
pub(super) struct Indented {
    level: usize,
    has_value: bool,
}

impl Indented {
    /// What follows stands within so many objects or lists.
    pub(super) fn within(level: usize) -> Self {
        Indented {
            level,
            has_value: false,
        }
    }

    /// Begins a line, after a comma unless it is the first of its object or list.
    fn line<W: ?Sized + Write>(&self, out: &mut W, is_first: bool) -> io::Result<()> {
        let begin = usize::from(is_first);
        let wanted = self.level * EACH;
        let at_once = wanted.min(BREAK.len() - 2);
        out.write_all(&BREAK[begin..2 + at_once])?;
        for _ in at_once..wanted {
            out.write_all(b" ")?;
        }
        Ok(())
    }

    fn begin<W: ?Sized + Write>(&mut self, out: &mut W, with: &[u8]) -> io::Result<()> {
        self.level += 1;
        self.has_value = false;
        out.write_all(with)
    }

    fn end<W: ?Sized + Write>(&mut self, out: &mut W, with: &[u8]) -> io::Result<()> {
        self.level -= 1;
        if self.has_value {
            self.line(out, true)?;
        }
        out.write_all(with)
    }
}

impl Formatter for Indented {
    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.begin(out, b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.end(out, b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.line(out, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.has_value = true;
        Ok(())
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.begin(out, b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.end(out, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.line(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b": ")
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.has_value = true;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Serialize as _;
    use serde_json::{Value, json};

    #[test]
    fn it_is_as_serde_json_has_it() {
        let mut deep = json!([{"a": {}, "b": []}, [], null]);
        for nth in 0..50 {
            deep = json!({"x": [deep, nth], "empty": {}, "é\"\n": "\u{1}"});
        }
        for value in [Value::Null, json!({}), json!([]), json!([[], {}]), deep] {
            let mut out = Vec::new();
            let mut writer = serde_json::Serializer::with_formatter(&mut out, Indented::within(0));
            value.serialize(&mut writer).unwrap();
            assert_eq!(out, serde_json::to_vec_pretty(&value).unwrap());
        }
    }
}
