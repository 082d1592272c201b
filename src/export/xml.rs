//! Words for XML 1.0: escaped, and with what XML cannot hold written another way.
//!
//! XML has no way to write NUL, most other control characters, U+FFFE and U+FFFF, not even as a
//! reference. They are written as `_x0000_`, as spreadsheets in XML (ECMA-376, *`ST_Xstring`*) do
//! it; what looks like that in a text gets `_x005F_` for its first `_`, so that every text can be
//! had back.

use std::io::{self, Write};

use annals_format::escape::entity;

/// Writes a text between tags.
pub(super) fn text(out: &mut dyn Write, text: &str) -> io::Result<()> {
    written(out, text, |c| match c {
        '"' => None,
        // As it is, a reader would make a line feed of it.
        '\r' => Some("&#13;"),
        _ => entity(c),
    })
}

/// Writes the value of an attribute, without its quotation marks.
pub(super) fn value(out: &mut dyn Write, text: &str) -> io::Result<()> {
    written(out, text, |c| match c {
        // As they are, a reader would make spaces of them.
        '\t' => Some("&#9;"),
        '\n' => Some("&#10;"),
        '\r' => Some("&#13;"),
        _ => entity(c),
    })
}

/// Writes an attribute, with a space before it.
pub(super) fn attribute(out: &mut dyn Write, name: &str, text: &str) -> io::Result<()> {
    write!(out, " {name}=\"")?;
    value(out, text)?;
    out.write_all(b"\"")
}

fn written(
    out: &mut dyn Write,
    text: &str,
    escape: impl Fn(char) -> Option<&'static str>,
) -> io::Result<()> {
    let mut plain = 0;
    for (at, c) in text.char_indices() {
        let unwritten = is_unwritten(c) || looks_written(&text[at..]);
        let escaped = escape(c);
        if !unwritten && escaped.is_none() && !is_unseen(c) {
            continue;
        }
        out.write_all(&text.as_bytes()[plain..at])?;
        match escaped {
            Some(escaped) => out.write_all(escaped.as_bytes())?,
            None if is_unseen(c) => write!(out, "&#x{:X};", u32::from(c))?,
            None => write_code(out, c)?,
        }
        plain = at + c.len_utf8();
    }
    out.write_all(&text.as_bytes()[plain..])
}

/// Whether a character steers what shows it, and XML can write it as a reference.
fn is_unseen(c: char) -> bool {
    annals_finding::is_hidden(c) && !matches!(c, '\0'..='\u{1F}')
}

/// Whether XML 1.0 has no way to write a character.
fn is_unwritten(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}

/// Whether a text begins like a character written as `_x0000_`.
fn looks_written(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 7
        && bytes.starts_with(b"_x")
        && bytes[2..6].iter().all(u8::is_ascii_hexdigit)
        && bytes[6] == b'_'
}

fn write_code(out: &mut dyn Write, c: char) -> io::Result<()> {
    write!(out, "_x{:04X}_", u32::from(c))
}

/// A word as a plain name, for where only letters, digits and `_` are safe: every other character
/// as `_x0020_`. Different words stay different.
pub(super) fn as_name(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for (at, c) in word.char_indices() {
        let plain = c.is_alphanumeric() || (c == '_' && !looks_written(&word[at..]));
        if plain {
            out.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                out.push_str(&format!("_x{unit:04X}_"));
            }
        }
    }
    out
}

#[cfg(test)]
pub(super) fn read_back(written: &str) -> String {
    let mut units: Vec<u16> = Vec::new();
    let mut rest = written;
    while let Some(c) = rest.chars().next() {
        if looks_written(rest) {
            units.extend(u16::from_str_radix(&rest[2..6], 16).ok());
            rest = &rest[7..];
        } else {
            units.extend(c.encode_utf16(&mut [0; 2]).iter());
            rest = &rest[c.len_utf8()..];
        }
    }
    String::from_utf16_lossy(&units)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_value(given: &str) -> String {
        let mut out = Vec::new();
        value(&mut out, given).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn what_xml_cannot_hold_is_written_another_way() {
        assert_eq!(in_value("a\0b\u{1F}\u{FFFF}"), "a_x0000_b_x001F__xFFFF_");
        assert_eq!(in_value("_x0000_"), "_x005F_x0000_");
        assert_eq!(in_value("_x_x0041_"), "_x_x005F_x0041_");
        assert_eq!(in_value("snake_x0 _xyz_"), "snake_x0 _xyz_");
        assert_eq!(in_value("<\"&\r\n\t>"), "&lt;&quot;&amp;&#13;&#10;&#9;&gt;");
        for given in [
            "_x0000_\0_x0000",
            "_x005F_x0000_",
            "__x00e4_ä",
            "\u{FFFE}_x",
        ] {
            assert_eq!(read_back(&in_value(given)), given);
        }
    }

    #[test]
    fn a_word_becomes_a_plain_name() {
        assert_eq!(as_name("allied_with"), "allied_with");
        assert_eq!(as_name("x_a:b c"), "x_a_x003A_b_x0020_c");
        assert_eq!(as_name("союз"), "союз");
        assert_eq!(as_name("x_🙂"), "x__xD83D__xDE42_");
        for word in ["a b", "a_x0020_b", "_x1F642_", "🙂", "x🙂_x"] {
            assert_eq!(read_back(&as_name(word)), word);
        }
    }
}
