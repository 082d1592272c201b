//! Words for Graphviz: wrapped, freed of what no picture can show, and escaped.
//!
//! Graphviz reads a text up to three times: as a DOT string or as HTML, then for its own escapes
//! (`\N` is a node's name), then for HTML entities. What is written here comes out once, as it went
//! in. Seen with Graphviz 2.43 and 16.1.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The most code points of one grapheme that are shown; the longest emoji in use have eleven.
const LONGEST_GRAPHEME: usize = 16;

/// Graphviz before 2.50 cannot read a string of more than 16,384 bytes in one piece.
const LONGEST_PIECE: usize = 4_000;

/// Whether a picture can show the character: it is no control character, none that XML 1.0
/// forbids, and none that turns the direction of the words after it.
pub(super) fn is_shown(c: char) -> bool {
    let turns = matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    !c.is_control() && !turns && !matches!(c, '\u{FFFE}' | '\u{FFFF}')
}

/// The words of a text, with only the characters that can be shown.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> {
    let shown = |word: &str| word.chars().filter(|c| is_shown(*c)).collect::<String>();
    text.split_whitespace()
        .map(shown)
        .filter(|word| !word.is_empty())
}

/// The words of a text with one space between them.
pub(super) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in words(text) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&word);
    }
    line
}

/// How large a label is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    /// How wide its lines are, in columns: a Chinese character takes two.
    pub(super) columns: usize,
    /// How many lines there are.
    pub(super) lines: usize,
}

/// A text in lines that fit, with … where it does not. Words are broken only when they are longer
/// than a line, and then between graphemes.
pub(super) fn wrap(text: &str, room: Room) -> Vec<String> {
    let mut page = Page {
        room,
        lines: Vec::new(),
        line: String::new(),
        width: 0,
    };
    for word in words(text) {
        if page.word(&word).is_none() {
            return page.cut();
        }
    }
    page.whole()
}

struct Page {
    room: Room,
    lines: Vec<String>,
    line: String,
    width: usize,
}

impl Page {
    /// Sets a word; `None` when the page is full.
    fn word(&mut self, word: &str) -> Option<()> {
        let width = word.width();
        if self.width > 0 {
            if self.width + 1 + width <= self.room.columns {
                self.line.push(' ');
                self.width += 1;
            } else {
                self.next_line()?;
            }
        }
        for grapheme in word.graphemes(true) {
            // One that takes no room by itself is counted all the same, or a line had no end.
            let width = grapheme.width().max(1);
            if self.width + width > self.room.columns && self.width > 0 {
                self.next_line()?;
            }
            self.line.extend(grapheme.chars().take(LONGEST_GRAPHEME));
            self.width += width;
        }
        Some(())
    }

    fn next_line(&mut self) -> Option<()> {
        if self.lines.len() + 1 == self.room.lines {
            return None;
        }
        self.lines.push(std::mem::take(&mut self.line));
        self.width = 0;
        Some(())
    }

    fn whole(mut self) -> Vec<String> {
        if !self.line.is_empty() {
            self.lines.push(self.line);
        }
        self.lines
    }

    fn cut(mut self) -> Vec<String> {
        self.line.push('…');
        self.whole()
    }
}

/// A text within an HTML-like label.
pub(super) fn in_html(text: &str) -> String {
    escaped(text, r"\\")
}

/// Lines of text within the quotation marks of an attribute that Graphviz reads for escapes and
/// entities, as it does tooltips.
pub(super) fn in_quotes(lines: &[String]) -> String {
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
            push_escaped(&mut out, c, r"\\\\");
        }
    }
    out
}

fn escaped(text: &str, backslash: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| is_shown(*c)) {
        push_escaped(&mut out, c, backslash);
    }
    out
}

fn push_escaped(out: &mut String, c: char, backslash: &str) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\\' => out.push_str(backslash),
        c => out.push(c),
    }
}

/// A name as an `id` of the SVG: letters, digits and `-_.` as they are, the bytes of all else as
/// `%20`. Different names stay different.
pub(super) fn as_id(name: &str) -> String {
    percent_encoded(name, |c| {
        c.is_alphanumeric() || matches!(c, '-' | '_' | '.')
    })
}

/// An address that a picture may lead to, ready for the quotation marks of `URL`; `None` unless it
/// is one of the web: a picture that is passed on must not run what somebody wrote into a field.
pub(super) fn as_url(url: &str) -> Option<String> {
    let scheme = |name: &str| {
        url.get(..name.len())
            .is_some_and(|s| s.eq_ignore_ascii_case(name))
    };
    if !scheme("https://") && !scheme("http://") {
        return None;
    }
    let plain = |c: char| {
        is_shown(c)
            && !c.is_whitespace()
            && !matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}')
    };
    let url = percent_encoded(url, plain);
    // Longer ones no browser opens, and no older Graphviz reads.
    (url.len() <= LONGEST_PIECE).then(|| url.replace('&', "&amp;"))
}

fn percent_encoded(text: &str, plain: impl Fn(char) -> bool) -> String {
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

    const NARROW: Room = Room {
        columns: 10,
        lines: 3,
    };

    #[test]
    fn words_are_wrapped_and_cut() {
        assert_eq!(wrap("who said what", NARROW), ["who said", "what"]);
        assert_eq!(wrap("abcdefghijklm no", NARROW), ["abcdefghij", "klm no"]);
        assert_eq!(
            wrap("a bcdefghijk l m n o p q r", NARROW),
            ["a", "bcdefghijk", "l m n o p…"]
        );
        assert_eq!(wrap("北大西洋公约组织", NARROW), ["北大西洋公", "约组织"]);
        assert_eq!(wrap(" \u{202E}\0\n ", NARROW), [""; 0]);
    }

    #[test]
    fn a_grapheme_is_never_broken() {
        let family = "👨‍👩‍👧‍👦";
        let lines = wrap(&family.repeat(7), NARROW);
        assert!(
            lines
                .iter()
                .all(|line| line.graphemes(true).all(|one| one == family))
        );
    }

    #[test]
    fn marks_without_end_are_cut() {
        let stacked = format!("a{}", "\u{301}".repeat(10_000));
        assert_eq!(wrap(&stacked, NARROW)[0].chars().count(), LONGEST_GRAPHEME);
    }

    #[test]
    fn each_reading_takes_one_escape_off() {
        assert_eq!(
            in_html(r#"<b> & "x" \N"#),
            r"&lt;b&gt; &amp; &quot;x&quot; \\N"
        );
        assert_eq!(in_quotes(&[r"\".into(), r#"""#.into()]), r"\\\\\n&quot;");
    }

    #[test]
    fn long_strings_stand_in_pieces() {
        let text = in_quotes(&["漢&".repeat(10_000)]);
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
    }

    #[test]
    fn only_addresses_of_the_web_are_led_to() {
        assert_eq!(as_url("javascript:alert(1)"), None);
        assert_eq!(
            as_url("https://a.b/?c=d&e=\"f g\\N").as_deref(),
            Some("https://a.b/?c=d&amp;e=%22f%20g%5CN")
        );
    }
}
