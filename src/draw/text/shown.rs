//! Which characters a picture can show, and in which direction they run.

use annals_format::escape::is_shown;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

/// The most code points shown of one grapheme; the longest emoji in use have eleven.
const LONGEST_GRAPHEME: usize = 16;
/// The most marks shown on one letter: more would overlap the lines above.
const MOST_MARKS: usize = 4;

/// The words of a text separated by single spaces, with only displayable characters.
pub fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let mut shown = word.chars().filter(|c| is_shown(*c)).peekable();
        if shown.peek().is_some() && !line.is_empty() {
            line.push(' ');
        }
        line.extend(shown);
    }
    line
}

/// The displayable graphemes of a word, with a limited number of marks.
pub(super) fn graphemes(word: &str) -> impl Iterator<Item = String> {
    word.graphemes(true).filter_map(|grapheme| {
        let mut marks = 0;
        let mut kept = String::new();
        let shown = grapheme.chars().filter(|c| is_shown(*c));
        for c in shown.take(LONGEST_GRAPHEME) {
            marks += usize::from(is_combining_mark(c));
            if !is_combining_mark(c) || marks <= MOST_MARKS {
                kept.push(c);
            }
        }
        (!kept.is_empty()).then_some(kept)
    })
}

/// Whether the character is a letter of a right-to-left script.
pub fn is_right_to_left(c: char) -> bool {
    matches!(c,
        '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}'
        | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}'
        | '\u{200F}')
}

/// Whether a whole text runs from right to left: its first letter does.
pub fn runs_right_to_left(text: &str) -> bool {
    let letter = |c: &char| c.is_alphabetic() || *c == '\u{200F}' || *c == '\u{200E}';
    text.chars().find(letter).is_some_and(is_right_to_left)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_shown_is_left_out() {
        assert_eq!(
            one_line(" a\n\tb\0c \u{202E} d\u{FFFF}\u{1b}[1m"),
            "a bc d[1m"
        );
    }

    #[test]
    fn marks_without_end_are_cut() {
        let stacked = format!("a{}", "\u{301}".repeat(10_000));
        let shown: Vec<_> = graphemes(&stacked).collect();
        assert_eq!(shown.len(), 1);
        assert_eq!(shown[0].chars().count(), 1 + MOST_MARKS);
    }

    #[test]
    fn the_first_letter_gives_the_direction() {
        assert!(runs_right_to_left("“שלום” said NATO"));
        assert!(!runs_right_to_left("NATO: שלום"));
        assert!(!runs_right_to_left("12:30"));
    }
}
