//! Finds a part of a decoded string in the text of the file, through escapes and folded lines.

use std::ops::Range;

use super::{Form, Found};

/// Where a part of a text stands within its value as written.
///
/// `part` is a byte range of the *decoded* text; the answer is a byte range of the file's text. An
/// escape, or a line break that stands for a space, is answered as a whole. Where the part cannot be
/// followed (a block text, an alias, a range beyond the text) the answer is the whole value.
///
/// ```
/// use annals_load::locate::{Step, in_json, inside_string};
///
/// let text = r#"{"said": "le caf\u00e9 2023-13"}"#;
/// let found = in_json(text, 0, &[Step::key("said")]).expect("the field is there");
/// let part = inside_string(text, &found, 14..16); // of "le café 2023-13"
/// assert_eq!(&text[part], "13");
/// ```
pub fn inside_string(text: &str, found: &Found, part: Range<usize>) -> Range<usize> {
    let whole = found.value.clone();
    let quote = match found.form {
        Form::Other => return whole,
        Form::Plain => 0,
        Form::JsonString | Form::SingleQuoted | Form::DoubleQuoted => 1,
    };
    let inside = whole.start + quote..whole.end.saturating_sub(quote);
    let Some(written) = text.get(inside.clone()) else {
        return whole;
    };
    match follow(written, found.form, &part) {
        Some(part) => inside.start + part.start..inside.start + part.end,
        None => whole,
    }
}

/// What a stretch of a text as written decodes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decoded {
    /// To itself.
    Same,
    /// To this character.
    Character(char),
    /// To so many line feeds.
    LineFeeds(usize),
}

/// A stretch of a text as written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub(super) decoded: Decoded,
    /// Its length as written, in bytes.
    pub(super) written: usize,
}

/// Walks the pieces of a text until both ends of the part are known.
fn follow(written: &str, form: Form, part: &Range<usize>) -> Option<Range<usize>> {
    let mut start = None;
    let (mut at, mut decoded_at) = (0, 0);
    loop {
        if at == written.len() {
            // An empty part at the very end of the text.
            let at_end = decoded_at == part.start && part.is_empty();
            return at_end.then_some(at..at);
        }
        let piece = next_piece(&written[at..], form)?;
        let (length, same) = match piece.decoded {
            Decoded::Same => (piece.written, true),
            Decoded::Character(character) => (character.len_utf8(), false),
            Decoded::LineFeeds(number) => (number, false),
        };
        let decoded_end = decoded_at + length;
        if start.is_none() && (decoded_at..decoded_end).contains(&part.start) {
            start = Some(if same {
                at + part.start - decoded_at
            } else {
                at
            });
        }
        if let Some(start) = start
            && part.end <= decoded_end
        {
            let end = match part.end.checked_sub(decoded_at) {
                _ if part.end <= part.start => start,
                Some(within) if same => at + within,
                _ => at + piece.written,
            };
            let whole_characters = written.is_char_boundary(start) && written.is_char_boundary(end);
            return whole_characters.then_some(start..end);
        }
        at += piece.written;
        decoded_at = decoded_end;
    }
}

/// The next piece of a text that is not empty, or none where it cannot be decoded.
pub(super) fn next_piece(rest: &str, form: Form) -> Option<Piece> {
    // Up to the first character that may mean something else the text is what it is.
    let special: &[char] = match form {
        Form::JsonString => &['\\'],
        Form::Plain | Form::Other => &[' ', '\t', '\n', '\r'],
        Form::SingleQuoted => &['\'', ' ', '\t', '\n', '\r'],
        Form::DoubleQuoted => &['\\', ' ', '\t', '\n', '\r'],
    };
    let plain = rest.find(special).unwrap_or(rest.len());
    if plain > 0 {
        return Some(Piece {
            decoded: Decoded::Same,
            written: plain,
        });
    }
    match form {
        Form::JsonString => {
            let (character, written) = json_character(rest)?;
            Some(Piece {
                decoded: Decoded::Character(character),
                written,
            })
        }
        Form::SingleQuoted if rest.starts_with('\'') => rest.starts_with("''").then_some(Piece {
            decoded: Decoded::Character('\''),
            written: 2,
        }),
        Form::DoubleQuoted if rest.starts_with('\\') => yaml_escape(rest),
        _ => Some(blanks(rest)),
    }
}

/// The first character of the inside of a JSON string, and its length as written.
pub(super) fn json_character(rest: &str) -> Option<(char, usize)> {
    let mut characters = rest.chars();
    let first = characters.next()?;
    if first != '\\' {
        return Some((first, first.len_utf8()));
    }
    let character = match characters.next()? {
        'u' => return utf16_escape(rest),
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        same @ ('"' | '\\' | '/') => same,
        _ => return None,
    };
    Some((character, 2))
}

/// `\uXXXX`, or two of them that make a surrogate pair.
fn utf16_escape(rest: &str) -> Option<(char, usize)> {
    let high = hexadecimal(rest, 2..6)?;
    if let Some(character) = char::from_u32(high) {
        return Some((character, 6));
    }
    let low = rest
        .get(6..8)
        .filter(|&next| next == "\\u")
        .and_then(|_| hexadecimal(rest, 8..12))?;
    if !(0xd800..0xdc00).contains(&high) || !(0xdc00..0xe000).contains(&low) {
        return None;
    }
    let character = char::from_u32(0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00))?;
    Some((character, 12))
}

fn hexadecimal(text: &str, digits: Range<usize>) -> Option<u32> {
    let digits = text.get(digits)?;
    // A sign is accepted by the conversion, but is no digit.
    digits
        .bytes()
        .all(|byte| byte.is_ascii_hexdigit())
        .then(|| u32::from_str_radix(digits, 16).ok())?
}

/// An escape in double quotes; see section 5.7 of YAML 1.2.2.
fn yaml_escape(rest: &str) -> Option<Piece> {
    let escaped = rest[1..].chars().next()?;
    let (character, written) = match escaped {
        '\n' | '\r' => {
            let (breaks, length) = line_breaks(&rest[1..]);
            let decoded = Decoded::LineFeeds(breaks.saturating_sub(1));
            return Some(Piece {
                decoded,
                written: 1 + length,
            });
        }
        'u' => utf16_escape(rest)?,
        'x' => (char::from_u32(hexadecimal(rest, 2..4)?)?, 4),
        'U' => (char::from_u32(hexadecimal(rest, 2..10)?)?, 10),
        '0' => ('\0', 2),
        'a' => ('\u{7}', 2),
        'b' => ('\u{8}', 2),
        't' | '\t' => ('\t', 2),
        'n' => ('\n', 2),
        'v' => ('\u{b}', 2),
        'f' => ('\u{c}', 2),
        'r' => ('\r', 2),
        'e' => ('\u{1b}', 2),
        'N' => ('\u{85}', 2),
        '_' => ('\u{a0}', 2),
        'L' => ('\u{2028}', 2),
        'P' => ('\u{2029}', 2),
        same @ (' ' | '"' | '/' | '\\') => (same, 2),
        _ => return None,
    };
    Some(Piece {
        decoded: Decoded::Character(character),
        written,
    })
}

/// Blanks and line breaks in a YAML scalar: a single line break is folded into a space, and of
/// several each but the first is a line feed; section 6.5 of YAML 1.2.2.
fn blanks(rest: &str) -> Piece {
    let (breaks, written) = line_breaks(rest);
    let decoded = match breaks {
        0 => Decoded::Same,
        1 => Decoded::Character(' '),
        more => Decoded::LineFeeds(more - 1),
    };
    Piece { decoded, written }
}

/// How many line breaks begin the text, blanks among them, and how long all that is.
fn line_breaks(rest: &str) -> (usize, usize) {
    let length = rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
    let blank = &rest.as_bytes()[..length];
    let feeds = memchr::memchr_iter(b'\n', blank).count();
    let alone = memchr::memchr_iter(b'\r', blank).filter(|&at| blank.get(at + 1) != Some(&b'\n'));
    (feeds + alone.count(), length)
}
