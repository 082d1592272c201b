//! Wraps a sentence and underlines its quoted parts.

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

use super::table::plain;
use annals_evidence::Span;

/// The columns that each line is moved in.
const INDENT: &str = "  ";
/// The fewest columns of text per line, however narrow the terminal.
const LEAST: usize = 20;

/// A sentence, wrapped between words to fit `width` columns, with ‾ below the marks (in code points
/// of the sentence). A word longer than a line is broken between graphemes. Each line ends with a
/// line break.
pub(super) fn marked(sentence: &str, marks: &[Span], width: usize) -> String {
    let most = width.saturating_sub(2 * INDENT.len()).max(LEAST);
    let mut lines = Lines {
        done: String::new(),
        text: String::new(),
        below: String::new(),
        column: 0,
    };
    let mut at = 0;
    for word in sentence.split_inclusive(char::is_whitespace) {
        let wide = plain(word.trim_end()).width();
        if lines.column > 0 && lines.column + wide > most {
            lines.end();
        }
        for grapheme in word.graphemes(true) {
            let shown = plain(grapheme);
            let wide = shown.width();
            let is_space = shown.trim().is_empty();
            if lines.column + wide > most && !is_space {
                lines.end();
            }
            let is_marked = marks
                .iter()
                .any(|span| (span.start as usize..span.end as usize).contains(&at));
            // White space between two lines is the break.
            if !is_space || (lines.column > 0 && lines.column < most) {
                lines.put(&shown, wide, is_marked);
            }
            at += grapheme.chars().count();
        }
    }
    lines.end();
    lines.done
}

struct Lines {
    done: String,
    text: String,
    below: String,
    column: usize,
}

impl Lines {
    fn put(&mut self, shown: &str, wide: usize, is_marked: bool) {
        self.text.push_str(shown);
        self.below
            .push_str(&if is_marked { "‾" } else { " " }.repeat(wide));
        self.column += wide;
    }

    fn end(&mut self) {
        let text = self.text.trim_end();
        if !text.is_empty() {
            self.done.extend([INDENT, text, "\n"]);
            // A mark may end in the white space at the end of a line, which is not shown.
            let shown = self.below.chars().take(text.width()).collect::<String>();
            if !shown.trim_end().is_empty() {
                self.done.extend([INDENT, shown.trim_end(), "\n"]);
            }
        }
        self.text.clear();
        self.below.clear();
        self.column = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(sentence: &str, quote: &str, width: usize) -> String {
        let start = sentence.find(quote).unwrap();
        let start = sentence[..start].chars().count() as u32;
        let span = Span::new(start, start + quote.chars().count() as u32);
        marked(sentence, &[span], width)
    }

    #[test]
    fn lines_break_between_words_and_marks_stand_below_theirs() {
        let drawn = drawn(
            "The council heard that, without them, the basin opens late.",
            "without them, the basin",
            30,
        );
        assert_eq!(
            drawn,
            "  The council heard that,\n  without them, the basin\n  ‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾\n  opens late.\n"
        );
    }

    #[test]
    fn wide_letters_and_long_words_are_marked_in_columns() {
        assert_eq!(drawn("ab 漢字 cd", "漢字", 40), "  ab 漢字 cd\n     ‾‾‾‾\n");
        let (first, second) = ("x".repeat(20), "y".repeat(20));
        assert_eq!(
            drawn(&format!("{first}{second}zz"), "yyzz", 24),
            format!(
                "  {first}\n  {second}\n  {}‾‾\n  zz\n  ‾‾\n",
                " ".repeat(18)
            ),
        );
    }

    #[test]
    fn marks_of_controls_are_as_wide_as_what_is_shown() {
        let drawn = drawn("a\u{202e}b", "b", 40);
        let mut lines = drawn.lines();
        let (text, below) = (lines.next().unwrap(), lines.next().unwrap());
        assert_eq!(text.width(), below.width());
        assert!(text.ends_with('b'));
    }
}
