//! Text, measured without a font: how wide it is, how it is broken into lines, which of its
//! characters a picture can show.
//!
//! Widths are those of Liberation Sans (`widths.rs`, written by `widths.py`), which are those of
//! Arial and Helvetica. Letters that it does not have are estimated, rather too wide than too narrow:
//! a Chinese character is one em, an emoji an em and a quarter. A line with such letters is *guessed*
//! ([`is_guessed`]), and a writer holds it to the width that was counted on.
//!
//! ```
//! use annals_draw::text::{Face, Style, width};
//!
//! let name = Style { face: Face::Bold, size: 13.0 };
//! assert!((width("Zelensky", name) - 55.6).abs() < 0.1);
//! assert!(width("Ukraine’s membership", name) > width("Ukraine", name));
//! ```

mod pieces;
mod shown;
mod widths;
mod wrap;

use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

pub use shown::{is_right_to_left, is_shown, one_line, runs_right_to_left};
pub use wrap::{Paragraph, Room, Run, Span, TextLine, balanced, wrap};

/// A face of the one font family that pictures use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// Upright.
    Regular,
    /// Names.
    Bold,
    /// Paraphrases.
    Italic,
}

/// A face and a size in points of the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Style {
    /// The face.
    pub face: Face,
    /// The size: an em, in the picture's units.
    pub size: f64,
}

impl Style {
    /// How far the highest letters reach above the base line.
    pub fn ascent(self) -> f64 {
        self.size * 0.905
    }

    /// How far the lowest letters reach below the base line.
    pub fn descent(self) -> f64 {
        self.size * 0.212
    }

    /// From one base line to the next.
    pub fn leading(self) -> f64 {
        self.size * 1.2
    }
}

/// The widths are counted in these parts of an em.
const EM: f64 = 2048.0;
/// Letters of a script that Liberation Sans does not have and nothing else is known of.
const UNKNOWN: f64 = 0.75;
/// Arabic letters: what those of other fonts take on their own, which is about 6 % more than in
/// words, where they join.
const ARABIC: f64 = 0.66;
/// Emoji fonts set their pictures wider than an em.
const EMOJI: f64 = 1.25;

/// How wide a text is on one line, in the picture's units.
pub fn width(text: &str, style: Style) -> f64 {
    let ems: f64 = text
        .graphemes(true)
        .map(|one| grapheme(one, style.face))
        .sum();
    ems * style.size
}

/// Whether the text has a character whose width is estimated.
pub fn is_guessed(text: &str) -> bool {
    text.chars()
        .any(|c| known(c, Face::Regular).is_none() && !takes_no_room(c))
}

/// How wide a grapheme is, in ems.
fn grapheme(text: &str, face: Face) -> f64 {
    let mut chars = text.chars();
    if let (Some(only), None) = (chars.next(), chars.next()) {
        return character(only, face);
    }
    if is_emoji(text) {
        return EMOJI;
    }
    if text.width() == 2
        && text
            .chars()
            .next()
            .is_some_and(|c| known(c, face).is_none())
    {
        // A syllable of Hangul in its letters stands in one square.
        return 1.0;
    }
    text.chars().map(|c| character(c, face)).sum()
}

fn character(c: char, face: Face) -> f64 {
    if takes_no_room(c) {
        return 0.0;
    }
    if let Some(width) = known(c, face) {
        return width;
    }
    match c {
        // One character for a whole sentence.
        '\u{FDFD}' => 9.0,
        '\u{FDFA}' | '\u{FDFB}' | '\u{12031}' | '\u{A9C5}' => 3.0,
        '\u{0600}'..='\u{06FF}'
        | '\u{0750}'..='\u{077F}'
        | '\u{08A0}'..='\u{08FF}'
        | '\u{FB50}'..='\u{FDFF}'
        | '\u{FE70}'..='\u{FEFF}' => ARABIC,
        // Cuneiform and hieroglyphs.
        '\u{12000}'..='\u{1467F}' => 1.5,
        _ if c.width() == Some(2) && !is_pictograph(c) => 1.0,
        _ if is_pictograph(c) => EMOJI,
        _ => UNKNOWN,
    }
}

/// The width of a character of Liberation Sans, in ems.
fn known(c: char, face: Face) -> Option<f64> {
    let code = u16::try_from(u32::from(c)).ok()?;
    let range = widths::RANGES.partition_point(|(_, last, _)| *last < code);
    let (first, _, row) = *widths::RANGES
        .get(range)
        .filter(|(first, ..)| *first <= code)?;
    let table = match face {
        Face::Regular => &widths::REGULAR,
        Face::Bold => &widths::BOLD,
        Face::Italic => &widths::ITALIC,
    };
    Some(f64::from(table[usize::from(row + (code - first))]) / EM)
}

fn takes_no_room(c: char) -> bool {
    is_combining_mark(c) || c.width() == Some(0)
}

fn is_emoji(grapheme: &str) -> bool {
    grapheme.contains('\u{FE0F}') || grapheme.chars().any(is_pictograph)
}

fn is_pictograph(c: char) -> bool {
    matches!(c, '\u{1F000}'..='\u{1FAFF}')
        || (matches!(c, '\u{231A}'..='\u{2B55}') && c.width() == Some(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: Style = Style {
        face: Face::Regular,
        size: 10.0,
    };

    #[test]
    fn the_table_gives_the_widths_of_the_font() {
        // The widths of the font file, in 2,048ths: A 1366, i 455, space 569, Ж 1891, א 1286.
        for (text, units) in [
            ("A", 1366.0),
            ("i", 455.0),
            (" ", 569.0),
            ("Ж", 1891.0),
            ("א", 1286.0),
        ] {
            assert!(
                (width(text, SMALL) - units / 204.8).abs() < 1e-9,
                "{text}: {}",
                width(text, SMALL)
            );
        }
        let bold = Style {
            face: Face::Bold,
            ..SMALL
        };
        assert!(width("claim", bold) > width("claim", SMALL));
    }

    #[test]
    fn what_the_font_does_not_have_is_estimated() {
        assert!((width("北大", SMALL) - 20.0).abs() < 1e-9);
        assert!((width("한", SMALL) - 10.0).abs() < 1e-9);
        assert!((width("\u{1112}\u{1161}\u{11AB}", SMALL) - 10.0).abs() < 1e-9);
        for one in ["🙂", "👨‍👩‍👧‍👦", "🇺🇦", "👍🏽", "❤️"] {
            assert!((width(one, SMALL) - 12.5).abs() < 1e-9, "{one}");
        }
        assert!((width("سلام", SMALL) - 26.4).abs() < 1e-9);
        assert!(
            (width("e\u{301}", SMALL) - width("e", SMALL)).abs() < 1e-9,
            "an accent takes no room"
        );
    }

    #[test]
    fn a_line_of_estimated_letters_says_so() {
        assert!(!is_guessed("Zelensky — “time” Київ שלום e\u{301}"));
        assert!(is_guessed("北") && is_guessed("سلام") && is_guessed("🙂"));
    }
}
