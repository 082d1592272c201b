//! Texts within XML, DOT and addresses: escaped, and without what no picture can show.
//!
//! Graphviz reads a text up to three times: as a DOT string or as HTML, then for its own escapes
//! (`\N` is a node's name), then for HTML entities. What is written here comes out once, as it went
//! in. Seen with Graphviz 2.43 and 16.1.

use super::text::is_shown;

/// Graphviz before 2.50 cannot read a string of more than 16,384 bytes in one piece.
pub const LONGEST_PIECE: usize = 4_000;

/// A text within XML, also in double quotes.
pub fn xml(text: &str) -> String {
    escaped(text, "\\")
}

/// A text within an HTML-like label of DOT.
pub fn dot_html(text: &str) -> String {
    escaped(text, r"\\")
}

/// Lines of text within the quotation marks of an attribute of DOT that Graphviz reads for escapes
/// and entities, as it does tooltips.
pub fn dot_quotes(lines: &[String]) -> String {
    let mut out = String::new();
    let mut piece = 0;
    for (nth, line) in lines.iter().enumerate() {
        if nth > 0 {
            out.push_str(r"\n");
        }
        for c in line.chars().filter(|c| is_shown(*c)) {
            if out.len() - piece > LONGEST_PIECE {
                // A line break after a backslash is no part of a DOT string.
                out.push_str("\\\n");
                piece = out.len();
            }
            push(&mut out, c, r"\\\\");
        }
    }
    out
}

fn escaped(text: &str, backslash: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| is_shown(*c)) {
        push(&mut out, c, backslash);
    }
    out
}

/// Writes a character of a text between tags or in double quotes.
pub fn push(out: &mut String, c: char, backslash: &str) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\\' => out.push_str(backslash),
        c => out.push(c),
    }
}

/// A name as an id of a picture: letters, digits and `-_.` as they are, the bytes of all else as
/// `%20`. Different names stay different.
pub fn as_id(name: &str) -> String {
    percent(name, |c| {
        c.is_alphanumeric() || matches!(c, '-' | '_' | '.')
    })
}

/// A text with the bytes of all characters that are not plain percent-encoded.
pub fn percent(text: &str, plain: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if plain(c) {
            out.push(c);
        } else {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                let digit = |value: u8| char::from(b"0123456789ABCDEF"[usize::from(value & 15)]);
                out.extend(['%', digit(byte >> 4), digit(byte)]);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_markup() {
        assert_eq!(
            xml("]]> <b a=\"1\"> & \0\u{b}\u{202E}\u{FFFF}x \\"),
            "]]&gt; &lt;b a=&quot;1&quot;&gt; &amp; x \\"
        );
    }

    #[test]
    fn each_reading_takes_one_escape_off() {
        assert_eq!(
            dot_html(r#"<b> & "x" \N"#),
            r"&lt;b&gt; &amp; &quot;x&quot; \\N"
        );
        assert_eq!(dot_quotes(&[r"\".into(), r#"""#.into()]), r"\\\\\n&quot;");
    }

    #[test]
    fn long_strings_stand_in_pieces() {
        let text = dot_quotes(&["漢&".repeat(10_000)]);
        assert!(
            text.split("\\\n")
                .all(|piece| piece.len() < LONGEST_PIECE + 10)
        );
        assert_eq!(text.replace("\\\n", ""), "漢&amp;".repeat(10_000));
    }

    #[test]
    fn ids_stay_different() {
        assert_eq!(as_id("kyiv.yaml#orders/3"), "kyiv.yaml%23orders%2F3");
        assert_ne!(as_id("a b"), as_id("a%20b"));
        assert_ne!(as_id("a:b"), "a:b");
    }
}
