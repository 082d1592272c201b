//! Indented JSON, as the pretty form of `serde_json` has it, written straight to a text, in which nothing steers a
//! terminal. Of a large answer the most is breaks, indentation and names of fields, which are copied here and
//! never looked at; a value is looked through once, many bytes at a time, for what must be escaped.

use std::fmt::{Display, Write as _};
use std::io;

use serde::Serialize;
use serde::ser::{self, Error as _};
use serde_json::Error;

use super::terminal;
use annals_finding::is_hidden;

/// A break and the indentation of the deepest level that is written at once.
const BREAK: &str = ",\n                                                                ";
/// So many bytes of it are copied where they suffice: a length that the compiler knows takes it less time.
const NEAR: usize = 32;
/// The spaces of a level.
const EACH: usize = 2;

/// Appends a value; what is written stands within so many objects or lists.
///
/// # Errors
/// If the value cannot be JSON: the key of a map is a list.
pub(super) fn append<T: Serialize + ?Sized>(
    out: &mut String,
    level: usize,
    value: &T,
) -> io::Result<()> {
    Ok(value.serialize(&mut Writer {
        out,
        level,
        to: None,
        is_written: false,
    })?)
}

/// Writes a value.
///
/// # Errors
/// As [`append`] says, and if it cannot be written.
pub(super) fn write<T: Serialize + ?Sized>(to: &mut dyn io::Write, value: &T) -> io::Result<()> {
    let mut out = String::new();
    value.serialize(&mut Writer {
        out: &mut out,
        level: 0,
        to: Some(to),
        is_written: false,
    })?;
    to.write_all(out.as_bytes())
}

/// A value that has been written already, at the level at which it stands; or several that follow one another in
/// a list.
#[derive(Debug)]
pub(super) struct Written(String);

impl Written {
    /// Writes a value that stands within so many objects or lists.
    ///
    /// # Errors
    /// As [`append`] says.
    pub(super) fn of<T: Serialize>(level: usize, value: &T) -> io::Result<Written> {
        Written::values(level, std::slice::from_ref(value))
    }

    /// Writes values of a list, each of which stands within so many objects or lists.
    ///
    /// # Errors
    /// As [`append`] says.
    pub(super) fn values<T: Serialize>(level: usize, values: &[T]) -> io::Result<Written> {
        let mut out = String::new();
        let mut writer = Writer {
            out: &mut out,
            level,
            to: None,
            is_written: false,
        };
        for (nth, value) in values.iter().enumerate() {
            if nth > 0 {
                writer.line(false)?;
            }
            value.serialize(&mut writer)?;
        }
        Ok(Written(out))
    }
}

/// The name by which a text is told that is written as it is.
const WRITTEN: &str = "annals::Written";

impl Serialize for Written {
    fn serialize<S: ser::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(WRITTEN, &self.0)
    }
}

/// So many bytes are written at once.
const WRITTEN_AT_ONCE: usize = 1 << 16;

struct Writer<'o> {
    out: &'o mut String,
    level: usize,
    /// To what is written, if it is not all to be kept.
    to: Option<&'o mut dyn io::Write>,
    /// Whether the next text is one of [`Written`].
    is_written: bool,
}

impl Writer<'_> {
    /// Begins a line, after a comma unless it is the first of its object or list.
    fn line(&mut self, is_first: bool) -> Result<(), Error> {
        if self.out.len() >= WRITTEN_AT_ONCE
            && let Some(to) = &mut self.to
        {
            to.write_all(self.out.as_bytes()).map_err(Error::io)?;
            self.out.clear();
        }
        let begin = usize::from(is_first);
        let wanted = self.level * EACH;
        if 2 + wanted <= NEAR {
            let end = self.out.len() + 2 + wanted - begin;
            self.out.push_str(&BREAK[begin..begin + NEAR]);
            self.out.truncate(end);
            return Ok(());
        }
        let at_once = wanted.min(BREAK.len() - 2);
        self.out.push_str(&BREAK[begin..2 + at_once]);
        for _ in at_once..wanted {
            self.out.push(' ');
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        self.out.push('"');
        if is_plain(text) {
            self.out.push_str(text);
        } else {
            escape(text, self.out);
        }
        self.out.push('"');
    }

    /// The name of a field or variant: one of the program's own, in which nothing is to be escaped.
    fn name(&mut self, name: &'static str) {
        self.out.push('"');
        self.out.push_str(name);
        self.out.push_str("\": ");
    }

    fn shown(&mut self, value: impl Display) -> Result<(), Error> {
        write!(self.out, "{value}").map_err(Error::custom)
    }

    /// The key of an entry: a text, or a number or truth in quotation marks.
    fn key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        let start = self.out.len();
        key.serialize(&mut *self)?;
        match self.out.as_bytes().get(start) {
            Some(b'"') => {}
            Some(b'{' | b'[' | b'n') | None => return Err(Error::custom("key must be a string")),
            Some(_) => {
                self.out.insert(start, '"');
                self.out.push('"');
            }
        }
        Ok(())
    }
}

/// Of each byte, whether it is one of a text of which nothing need be escaped.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0;
    while byte < plain.len() {
        let is_escaped = matches!(byte as u8, b'"' | b'\\' | b'\n' | b'\t');
        plain[byte] = !is_escaped && terminal::is_plain(byte as u8);
        byte += 1;
    }
    plain
};

/// Whether nothing of a text need be escaped, as can be told of bytes.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    // The last bytes may have been looked at in part before.
    let are_ascii = if let Some(last) = bytes.last_chunk() {
        let all = bytes.as_chunks().0.iter().chain([last]);
        all.copied().all(are_plain_ascii)
    } else if let (Some([a, b, c, d]), Some([e, f, g, h])) =
        (bytes.first_chunk(), bytes.last_chunk())
    {
        are_plain_ascii([*a, *b, *c, *d, *e, *f, *g, *h])
    } else {
        false
    };
    are_ascii || bytes.iter().all(|byte| PLAIN[usize::from(*byte)])
}

/// Whether eight bytes are ASCII and plain, looked at together: "determine if a word has a byte less than n" and
/// "equal to n" of Anderson's Bit Twiddling Hacks.
fn are_plain_ascii(bytes: [u8; 8]) -> bool {
    const EACH: u64 = u64::MAX / 0xFF;
    const HIGH: u64 = EACH << 7;
    let word = u64::from_le_bytes(bytes);
    // Right where no byte is above 0x7F, which is asked too.
    let less = |word: u64, than: u64| word.wrapping_sub(EACH * than) & !word;
    let equal = |byte: u8| less(word ^ (EACH * u64::from(byte)), 1);
    (word | less(word, 0x20) | equal(b'"') | equal(b'\\') | equal(0x7F)) & HIGH == 0
}

/// Appends a text with escapes: those that JSON needs, and of what would steer a terminal.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            c if c < ' ' || is_hidden(c) => terminal::put_json(c, out),
            c => out.push(c),
        }
    }
}

/// A list or an object whose values are being written.
struct Values<'w, 'o> {
    writer: &'w mut Writer<'o>,
    is_empty: bool,
    end: char,
    /// Whether it is the value of an object of its own, which says which variant it is.
    is_variant: bool,
}

impl<'w, 'o> Values<'w, 'o> {
    fn begin(writer: &'w mut Writer<'o>, [begin, end]: [char; 2]) -> Self {
        writer.out.push(begin);
        writer.level += 1;
        Values {
            writer,
            is_empty: true,
            end,
            is_variant: false,
        }
    }

    fn of_variant(
        writer: &'w mut Writer<'o>,
        name: &'static str,
        brackets: [char; 2],
    ) -> Result<Self, Error> {
        let mut object = Values::begin(writer, OBJECT);
        object.name(name)?;
        Ok(Values {
            is_variant: true,
            ..Values::begin(object.writer, brackets)
        })
    }

    fn line(&mut self) -> Result<(), Error> {
        let is_first = self.is_empty;
        self.is_empty = false;
        self.writer.line(is_first)
    }

    fn name(&mut self, name: &'static str) -> Result<(), Error> {
        self.line()?;
        self.writer.name(name);
        Ok(())
    }

    fn field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Error> {
        self.name(name)?;
        value.serialize(&mut *self.writer)
    }

    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.line()?;
        value.serialize(&mut *self.writer)
    }

    fn finish(self) -> Result<(), Error> {
        let writer = self.writer;
        writer.level -= 1;
        if !self.is_empty {
            writer.line(true)?;
        }
        writer.out.push(self.end);
        if self.is_variant {
            writer.level -= 1;
            writer.line(true)?;
            writer.out.push('}');
        }
        Ok(())
    }
}

const LIST: [char; 2] = ['[', ']'];
const OBJECT: [char; 2] = ['{', '}'];

/// Whole numbers.
macro_rules! numbers {
    ($($name:ident: $of:ty),+) => { $(
        fn $name(self, value: $of) -> Result<(), Error> {
            self.out.push_str(itoa::Buffer::new().format(value));
            Ok(())
        }
    )+ };
}

impl<'w, 'o> ser::Serializer for &'w mut Writer<'o> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Values<'w, 'o>;
    type SerializeTuple = Values<'w, 'o>;
    type SerializeTupleStruct = Values<'w, 'o>;
    type SerializeTupleVariant = Values<'w, 'o>;
    type SerializeMap = Values<'w, 'o>;
    type SerializeStruct = Values<'w, 'o>;
    type SerializeStructVariant = Values<'w, 'o>;

    numbers! {
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_i128: i128, serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64,
        serialize_u128: u128
    }

    fn serialize_bool(self, value: bool) -> Result<(), Error> {
        self.shown(value)
    }

    fn serialize_f32(self, value: f32) -> Result<(), Error> {
        self.shown(serde_json::to_string(&value)?)
    }

    fn serialize_f64(self, value: f64) -> Result<(), Error> {
        self.shown(serde_json::to_string(&value)?)
    }

    fn serialize_char(self, value: char) -> Result<(), Error> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), Error> {
        if !std::mem::take(&mut self.is_written) {
            self.text(value);
            return Ok(());
        }
        match &mut self.to {
            // What is long is not copied once more.
            Some(to) if value.len() >= WRITTEN_AT_ONCE => {
                to.write_all(self.out.as_bytes()).map_err(Error::io)?;
                self.out.clear();
                to.write_all(value.as_bytes()).map_err(Error::io)
            }
            _ => {
                self.out.push_str(value);
                Ok(())
            }
        }
    }

    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Result<(), Error> {
        let begin = self.out.len() + 1;
        self.out.push('"');
        self.shown(value)?;
        if !is_plain(&self.out[begin..]) {
            let shown = self.out.split_off(begin);
            escape(&shown, self.out);
        }
        self.out.push('"');
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), Error> {
        self.collect_seq(value)
    }

    fn serialize_none(self) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Error> {
        self.out.push_str("null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), Error> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        self.is_written = name == WRITTEN;
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        let mut object = Values::begin(self, OBJECT);
        object.field(variant, value)?;
        object.finish()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Values<'w, 'o>, Error> {
        Ok(Values::begin(self, LIST))
    }

    fn serialize_tuple(self, _: usize) -> Result<Values<'w, 'o>, Error> {
        Ok(Values::begin(self, LIST))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Values<'w, 'o>, Error> {
        Ok(Values::begin(self, LIST))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Values<'w, 'o>, Error> {
        Values::of_variant(self, variant, LIST)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Values<'w, 'o>, Error> {
        Ok(Values::begin(self, OBJECT))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Values<'w, 'o>, Error> {
        Ok(Values::begin(self, OBJECT))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Values<'w, 'o>, Error> {
        Values::of_variant(self, variant, OBJECT)
    }
}

/// Lists, whatever serde calls them.
macro_rules! lists {
    ($($of:ident: $name:ident),+) => { $(
        impl ser::$of for Values<'_, '_> {
            type Ok = ();
            type Error = Error;

            fn $name<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
                self.value(value)
            }

            fn end(self) -> Result<(), Error> {
                self.finish()
            }
        }
    )+ };
}

lists! {
    SerializeSeq: serialize_element, SerializeTuple: serialize_element,
    SerializeTupleStruct: serialize_field, SerializeTupleVariant: serialize_field
}

/// Objects with fields.
macro_rules! objects {
    ($($of:ident),+) => { $(
        impl ser::$of for Values<'_, '_> {
            type Ok = ();
            type Error = Error;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<(), Error> {
                self.field(name, value)
            }

            fn end(self) -> Result<(), Error> {
                self.finish()
            }
        }
    )+ };
}

objects! { SerializeStruct, SerializeStructVariant }

impl ser::SerializeMap for Values<'_, '_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        self.line()?;
        self.writer.key(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.writer.out.push_str(": ");
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Result<(), Error> {
        self.finish()
    }
}

#[cfg(test)]
mod tests;
