//! Where a word may be broken: after hyphens, and between the characters of scripts that are
//! written without spaces.

use super::shown::graphemes;
use super::{Style, width};

/// The pieces of a word between which a line may break, each with its width.
pub(super) struct Pieces<'t> {
    graphemes: std::iter::Peekable<Box<dyn Iterator<Item = String> + 't>>,
    style: Style,
}

/// Longer pieces are split: a word may have a million letters.
const LONGEST_PIECE: usize = 200;

impl<'t> Pieces<'t> {
    pub(super) fn new(word: &'t str, style: Style) -> Self {
        let each: Box<dyn Iterator<Item = String> + 't> = Box::new(graphemes(word));
        Pieces {
            graphemes: each.peekable(),
            style,
        }
    }
}

impl Iterator for Pieces<'_> {
    type Item = (String, f64);

    fn next(&mut self) -> Option<Self::Item> {
        let mut piece = self.graphemes.next()?;
        let mut wide = width(&piece, self.style);
        let mut last = piece.clone();
        let mut count = 1;
        while let Some(next) = self.graphemes.peek() {
            if count == LONGEST_PIECE || may_break(&last, next) {
                break;
            }
            wide += width(next, self.style);
            piece.push_str(next);
            last.clone_from(next);
            count += 1;
            self.graphemes.next();
        }
        Some((piece, wide))
    }
}

/// Whether a line may break between two graphemes of a word.
fn may_break(before: &str, after: &str) -> bool {
    let (Some(before), Some(after)) = (before.chars().next_back(), after.chars().next()) else {
        return false;
    };
    // Closing punctuation stays with what precedes it, opening punctuation with what follows.
    let closes = "。、，．！？；：）」』】〉》”’)]}»…,.;:!?ー々";
    let opens = "（「『【〈《“‘([{«";
    if closes.contains(after) || opens.contains(before) {
        return false;
    }
    if is_ideograph(before) || is_ideograph(after) {
        return true;
    }
    matches!(before, '-' | '–' | '—' | '/' | '\u{200B}') && after.is_alphanumeric()
}

/// Whether the character belongs to a script that is written without spaces.
fn is_ideograph(c: char) -> bool {
    matches!(c,
        '\u{2E80}'..='\u{312F}' | '\u{3190}'..='\u{A4CF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}
