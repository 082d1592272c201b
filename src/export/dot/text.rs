//! Words for Graphviz: wrapped by columns, since Graphviz itself measures them; and addresses.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use annals_draw::escapes::{LONGEST_PIECE, percent};
use annals_draw::text::is_shown;

/// The most code points of one grapheme that are shown; the longest emoji in use have eleven.
const LONGEST_GRAPHEME: usize = 16;

/// The words of a text, with only the characters that can be shown.
fn words(text: &str) -> impl Iterator<Item = String> {
    let shown = |word: &str| word.chars().filter(|c| is_shown(*c)).collect::<String>();
    text.split_whitespace()
        .map(shown)
        .filter(|word| !word.is_empty())
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
    let url = percent(url, plain);
    // Longer ones no browser opens, and no older Graphviz reads.
    (url.len() <= LONGEST_PIECE).then(|| url.replace('&', "&amp;"))
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
    fn only_addresses_of_the_web_are_led_to() {
        assert_eq!(as_url("javascript:alert(1)"), None);
        assert_eq!(
            as_url("https://a.b/?c=d&e=\"f g\\N").as_deref(),
            Some("https://a.b/?c=d&amp;e=%22f%20g%5CN")
        );
    }
}
