//! The one way to a terminal: whatever text comes through it, from whatever file, steers nothing.
//!
//! Messages and tables escape what they show where they are made, since only there it is known which
//! line break belongs to a name. What passes here is looked at once more, as a whole.

use std::io::{self, Write};

use annals_finding::is_hidden;

/// How a character that steers a terminal is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Escapes {
    /// `\u{1b}`, in texts for people.
    Text,
    /// The same, where our own colours stay as they are.
    Coloured,
    /// `\u001b`, as within a string of JSON, where alone one can stand.
    Json,
}

impl Escapes {
    /// In a text for people.
    pub(super) fn text(coloured: bool) -> Escapes {
        if coloured {
            Escapes::Coloured
        } else {
            Escapes::Text
        }
    }
}

/// A writer that passes on a text without control characters, but for line breaks and tabs, and
/// without characters that turn its direction or break its lines.
pub(super) struct Visible<W: Write> {
    out: W,
    escapes: Escapes,
    /// The beginning of a character or of a colour whose rest is not there yet.
    rest: Vec<u8>,
}

/// The longest sequence that sets a colour, in bytes.
const LONGEST: usize = 24;

impl<W: Write> Visible<W> {
    pub(super) fn new(out: W, escapes: Escapes) -> Self {
        Visible {
            out,
            escapes,
            rest: Vec::new(),
        }
    }

    /// Passes on what is left.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        let rest = std::mem::take(&mut self.rest);
        let mut shown = String::new();
        for c in String::from_utf8_lossy(&rest).chars() {
            put(c, self.escapes, &mut shown);
        }
        self.out.write_all(shown.as_bytes())?;
        self.out.flush()
    }

    /// What it passes on to, with all that was written.
    pub(super) fn into_inner(mut self) -> io::Result<W> {
        self.finish()?;
        Ok(self.out)
    }

    /// Writes a text as far as it is complete; returns how many bytes are not.
    fn passed(&mut self, text: &str) -> io::Result<usize> {
        let mut shown = String::with_capacity(text.len() + 64);
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            if c == '\u{1b}' && self.escapes == Escapes::Coloured {
                match colour(rest) {
                    Colour::Whole(length) => {
                        shown.push_str(&rest[..length]);
                        rest = &rest[length..];
                        continue;
                    }
                    Colour::Begun => break,
                    Colour::None => {}
                }
            }
            put(c, self.escapes, &mut shown);
            rest = &rest[c.len_utf8()..];
        }
        self.out.write_all(shown.as_bytes())?;
        Ok(rest.len())
    }
}

fn is_harmless(c: char) -> bool {
    matches!(c, '\n' | '\t') || !is_hidden(c)
}

/// Whether no character that steers anything begins with this byte of UTF-8, or has it further on.
pub(super) const fn is_plain(byte: u8) -> bool {
    let is_control = byte < b' ' && byte != b'\n' && byte != b'\t' || byte == 0x7F;
    let begins_one = byte == 0xC2 || byte == 0xD8 || byte == 0xE2 || byte == 0xEF || byte == 0xF3;
    !is_control && !begins_one
}

/// Whether all characters are harmless; most are plain.
fn are_harmless(text: &str) -> bool {
    let mut rest = text;
    loop {
        // Many at once, which is as quick as one; then each of the rest.
        let blocks = rest.as_bytes().chunks_exact(64);
        let plain =
            blocks.take_while(|block| block.iter().fold(true, |all, byte| all & is_plain(*byte)));
        let begin = 64 * plain.count();
        let Some(at) = rest.as_bytes()[begin..]
            .iter()
            .position(|byte| !is_plain(*byte))
        else {
            return true;
        };
        // It is ASCII, or begins a character.
        let mut chars = rest[begin + at..].chars();
        if !chars.next().is_none_or(is_harmless) {
            return false;
        }
        rest = chars.as_str();
    }
}

/// A whole text of JSON in which nothing steers a terminal: most have nothing that does.
pub(super) fn visible_json(text: String) -> String {
    if are_harmless(&text) {
        return text;
    }
    let mut shown = String::with_capacity(text.len() + 64);
    for c in text.chars() {
        put(c, Escapes::Json, &mut shown);
    }
    shown
}

fn put(c: char, escapes: Escapes, shown: &mut String) {
    if is_harmless(c) {
        shown.push(c);
    } else if escapes == Escapes::Json {
        put_json(c, shown);
    } else {
        shown.extend(c.escape_unicode());
    }
}

/// Adds the escape of a character within a string of JSON.
pub(super) fn put_json(c: char, shown: &mut String) {
    for unit in c.encode_utf16(&mut [0; 2]) {
        shown.push_str(&format!("\\u{unit:04x}"));
    }
}

/// What an escape character begins.
enum Colour {
    /// A colour or style, of so many bytes: `ESC [ 1 ; 31 m`.
    Whole(usize),
    /// Perhaps one, whose end is not there yet.
    Begun,
    None,
}

fn colour(text: &str) -> Colour {
    for (nth, byte) in text.bytes().enumerate().skip(1) {
        match (nth, byte) {
            (2.., b'm') => return Colour::Whole(nth + 1),
            (1, b'[') | (2..LONGEST, b'0'..=b'9' | b';') => {}
            _ => return Colour::None,
        }
    }
    Colour::Begun
}

impl<W: Write> Write for Visible<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.rest.is_empty()
            && let Ok(text) = std::str::from_utf8(bytes)
            && are_harmless(text)
        {
            self.out.write_all(bytes)?;
            return Ok(bytes.len());
        }
        let mut all = std::mem::take(&mut self.rest);
        all.extend_from_slice(bytes);
        let mut rest = all.as_slice();
        loop {
            let (text, bad) = match std::str::from_utf8(rest) {
                Ok(text) => (text, None),
                Err(error) => {
                    let (text, _) = rest.split_at(error.valid_up_to());
                    let text = std::str::from_utf8(text).unwrap_or_default();
                    (text, error.error_len())
                }
            };
            let left = self.passed(text)?;
            let read = text.len() - left;
            rest = &rest[read..];
            match bad {
                // Bytes that are no character.
                Some(length) if left == 0 => {
                    self.out.write_all("\u{FFFD}".as_bytes())?;
                    rest = &rest[length..];
                }
                // A colour that is cut short by them is none.
                Some(_) => {
                    let mut shown = String::new();
                    put('\u{1b}', self.escapes, &mut shown);
                    self.out.write_all(shown.as_bytes())?;
                    rest = &rest[1..];
                }
                None => break,
            }
        }
        self.rest = rest.to_vec();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Prints a line on standard error.
pub(super) fn say(line: &str, coloured: bool) {
    if super::hosted::keep(line) {
        return;
    }
    let mut err = Visible::new(io::stderr().lock(), Escapes::text(coloured));
    // A closed standard error cannot be reported.
    let _ = writeln!(err, "{line}").and_then(|()| err.finish());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(pieces: &[&[u8]], escapes: Escapes) -> String {
        let mut out = Vec::new();
        let mut visible = Visible::new(&mut out, escapes);
        for piece in pieces {
            visible.write_all(piece).unwrap();
        }
        visible.finish().unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn nothing_that_steers_a_terminal_passes() {
        let text = "a\u{1b}]0;owned\u{7}\r\u{7f}\u{9b}31m\u{202e}\u{2028}\u{61c}é\tb\n";
        let wanted =
            "a\\u{1b}]0;owned\\u{7}\\u{d}\\u{7f}\\u{9b}31m\\u{202e}\\u{2028}\\u{61c}é\tb\n";
        assert_eq!(shown(&[text.as_bytes()], Escapes::Text), wanted);
        let wanted = "\\u001b\\u202e\\udb40\\udc41\n";
        let text = "\u{1b}\u{202e}\u{e0041}\n";
        assert_eq!(shown(&[text.as_bytes()], Escapes::Json), wanted);
        assert_eq!(visible_json(text.to_owned()), wanted);
        assert_eq!(visible_json("é\t漢".to_owned()), "é\t漢");
    }

    #[test]
    fn what_is_plain_is_harmless() {
        for c in '\0'..=char::MAX {
            let mut bytes = [0; 4];
            let bytes = c.encode_utf8(&mut bytes).as_bytes();
            assert!(is_harmless(c) || !is_plain(bytes[0]), "{c:?}");
            // A byte that is not plain is one with which a character begins.
            assert!(bytes[1..].iter().all(|byte| is_plain(*byte)), "{c:?}");
        }
    }

    #[test]
    fn colours_pass_and_other_sequences_do_not() {
        let text = "\u{1b}[1m\u{1b}[38;5;9mred\u{1b}[0m \u{1b}[2J\u{1b}[31\u{1b}";
        let wanted = "\u{1b}[1m\u{1b}[38;5;9mred\u{1b}[0m \\u{1b}[2J\\u{1b}[31\\u{1b}";
        assert_eq!(shown(&[text.as_bytes()], Escapes::Coloured), wanted);
        let long = format!("\u{1b}[{}m", "1".repeat(100));
        assert!(shown(&[long.as_bytes()], Escapes::Coloured).starts_with("\\u{1b}"));
        assert!(shown(&[b"\x1b[31m"], Escapes::Text).starts_with("\\u{1b}"));
    }

    #[test]
    fn it_does_not_matter_where_a_text_is_cut() {
        let text = "x\u{1b}[1mé\u{202e}漢\u{1b}[0m\u{2029}😀\u{9c}y\u{1b}";
        let bytes = [text.as_bytes(), b"\xff\xe2\x80z\x1b[3\xc3"].concat();
        for escapes in [Escapes::Text, Escapes::Coloured, Escapes::Json] {
            let whole = shown(&[&bytes], escapes);
            for at in 0..=bytes.len() {
                let (one, two) = bytes.split_at(at);
                assert_eq!(shown(&[one, two], escapes), whole, "cut at {at}");
            }
        }
    }
}
