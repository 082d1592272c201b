//! The folded form of a text: its words without typography, mapped back to the original.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::typography::{
    Kind, SOFT_HYPHEN, is_composed, joins_previous, kind, narrow, push_folded,
};

/// How to treat a hyphen at the end of a line. Nothing in the text shows whether `well-⏎known` is
/// *well-known* or `govern-⏎ment` is *government*, so both are tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineHyphen {
    /// It belongs to the word.
    Kept,
    /// A line-break hyphen: the word continues without it.
    Joined,
}

/// A stretch of the folded form and the stretch of the original it came from, in bytes. In the
/// folded form it ends where the next one begins; in the original there are gaps where invisible
/// characters or insignificant white space were dropped.
#[derive(Debug, Clone, Copy)]
struct Piece {
    folded: u32,
    original: u32,
    original_end: u32,
    /// Both forms agree character by character in width, so a match may begin or end inside.
    copied: bool,
}

/// A text without its typography.
#[derive(Debug, Clone, Default)]
pub(super) struct Folded {
    words: String,
    pieces: Vec<Piece>,
    line_hyphens: bool,
}

impl Folded {
    /// Folds `text`, which is at most [`Text::MAX_BYTES`](super::Text::MAX_BYTES) long.
    pub(super) fn new(text: &str, hyphens: LineHyphen) -> Self {
        Folder::new(text, hyphens).run()
    }

    /// The folded text.
    pub(super) fn words(&self) -> &str {
        &self.words
    }

    /// Whether a word is hyphenated at a line end, so that the two treatments differ.
    pub(super) fn has_line_hyphens(&self) -> bool {
        self.line_hyphens
    }

    /// Whether a match may begin or end at this byte of the folded form: not inside a ligature, nor
    /// between a letter and its accent.
    pub(super) fn is_edge(&self, at: usize) -> bool {
        if at >= self.words.len() {
            return at == self.words.len();
        }
        self.piece_at(at)
            .is_some_and(|piece| piece.copied || piece.folded as usize == at)
    }

    /// The byte range of the original for a range of the folded form.
    pub(super) fn to_original(&self, folded: Range<usize>) -> Range<usize> {
        let start = match self.piece_at(folded.start) {
            Some(piece) if piece.copied => {
                piece.original as usize + (folded.start - piece.folded as usize)
            }
            Some(piece) => piece.original as usize,
            None => 0,
        };
        if folded.is_empty() {
            return start..start;
        }
        let end = match self.piece_at(folded.end - 1) {
            Some(piece) if piece.copied => {
                piece.original as usize + (folded.end - piece.folded as usize)
            }
            Some(piece) => piece.original_end as usize,
            None => start,
        };
        start..end
    }

    /// The range of the folded form that came entirely from these bytes of the original.
    pub(super) fn standing_in(&self, original: Range<usize>) -> Range<usize> {
        let start = {
            let index = self
                .pieces
                .partition_point(|piece| (piece.original_end as usize) <= original.start);
            match self.pieces.get(index) {
                Some(piece) if (piece.original as usize) >= original.start => piece.folded as usize,
                Some(piece) if piece.copied => {
                    piece.folded as usize + (original.start - piece.original as usize)
                }
                _ => self.end_of(index),
            }
        };
        let end = {
            let index = self
                .pieces
                .partition_point(|piece| (piece.original as usize) < original.end);
            match index.checked_sub(1).and_then(|last| self.pieces.get(last)) {
                Some(piece) if piece.original_end as usize <= original.end => {
                    self.end_of(index - 1)
                }
                Some(piece) if piece.copied => {
                    piece.folded as usize + (original.end - piece.original as usize)
                }
                Some(piece) => piece.folded as usize,
                None => 0,
            }
        };
        start..end.max(start)
    }

    fn piece_at(&self, folded: usize) -> Option<Piece> {
        let after = self
            .pieces
            .partition_point(|piece| piece.folded as usize <= folded);
        after
            .checked_sub(1)
            .and_then(|index| self.pieces.get(index))
            .copied()
    }

    fn end_of(&self, index: usize) -> usize {
        self.pieces
            .get(index + 1)
            .map_or(self.words.len(), |next| next.folded as usize)
    }
}

/// The last thing written to the folded form; decides whether following white space is significant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Last {
    Nothing,
    Word,
    Quote,
    Dash,
}

struct Folder<'t> {
    text: &'t str,
    hyphens: LineHyphen,
    at: usize,
    /// White space read but not yet written.
    space: Option<Range<usize>>,
    last: Last,
    done: Folded,
}

impl<'t> Folder<'t> {
    fn new(text: &'t str, hyphens: LineHyphen) -> Self {
        let done = Folded {
            words: String::with_capacity(text.len()),
            ..Folded::default()
        };
        Self {
            text,
            hyphens,
            at: 0,
            space: None,
            last: Last::Nothing,
            done,
        }
    }

    fn run(mut self) -> Folded {
        while let Some(c) = self.text[self.at..].chars().next() {
            if !self.copy_ascii() {
                self.step(c);
            }
        }
        self.done
    }

    /// Copies a run of plain ASCII at once; `false` if there is none here.
    fn copy_ascii(&mut self) -> bool {
        let rest = &self.text.as_bytes()[self.at..];
        let plain = rest
            .iter()
            .position(|&byte| !byte.is_ascii_alphanumeric() && byte != b',' && byte != b'.')
            .unwrap_or(rest.len());
        // The last character may carry an accent if a non-ASCII character follows.
        let length = match rest.get(plain) {
            Some(byte) if !byte.is_ascii() => plain.saturating_sub(1),
            _ => plain,
        };
        if length == 0 {
            return false;
        }
        let range = self.at..self.at + length;
        self.write_space(false);
        let text = self.text;
        self.write(&text[range.clone()], range, true);
        self.last = Last::Word;
        self.at += length;
        true
    }

    /// Reads one letter with its accents, and any invisible characters after it.
    fn step(&mut self, first: char) {
        let start = self.at;
        self.at += first.len_utf8();
        let mut end = self.at;
        let mut accents = false;
        let mut soft = first == SOFT_HYPHEN;
        for c in self.text[self.at..].chars() {
            if joins_previous(c) {
                accents = true;
                soft = false;
                end = self.at + c.len_utf8();
            } else if kind(c) == Kind::Unseen {
                soft = c == SOFT_HYPHEN;
            } else {
                break;
            }
            self.at += c.len_utf8();
        }
        if accents {
            self.write_accented(start..end);
        } else {
            self.write_single(first, start..end);
        }
        if soft {
            self.skip_line_break();
        }
    }

    fn write_accented(&mut self, range: Range<usize>) {
        let mut letters = String::new();
        for c in self.text[range.clone()].chars() {
            push_folded(c, &mut letters);
        }
        let composed: String = letters.nfc().collect();
        self.write_space(false);
        self.write(&composed, range, false);
        self.last = Last::Word;
    }

    fn write_single(&mut self, c: char, range: Range<usize>) {
        let narrowed = narrow(c);
        match kind(narrowed) {
            Kind::Unseen => {}
            Kind::Space | Kind::LineBreak => match &mut self.space {
                Some(space) => space.end = range.end,
                None => self.space = Some(range),
            },
            Kind::Dash => self.write_dash(c, range),
            Kind::Quote => {
                self.write_space(true);
                let same_width = range.len() == 1;
                self.write("\"", range, same_width);
                self.last = Last::Quote;
            }
            Kind::HighMark => {
                self.write_space(true);
                self.write_char(narrowed, range);
            }
            Kind::Plain if is_composed(narrowed) => {
                self.write_space(false);
                self.write_char(narrowed, range);
            }
            Kind::Ellipsis | Kind::Form | Kind::Plain => {
                let mut letters = String::new();
                push_folded(narrowed, &mut letters);
                let composed: String = letters.nfc().collect();
                self.write_space(false);
                self.write(&composed, range, false);
                self.last = Last::Word;
            }
        }
    }

    fn write_char(&mut self, c: char, range: Range<usize>) {
        let same_width = c.len_utf8() == range.len();
        self.write(c.encode_utf8(&mut [0; 4]), range, same_width);
        self.last = Last::Word;
    }

    /// A run of dashes (`--`, `——`) counts as one dash.
    fn write_dash(&mut self, c: char, range: Range<usize>) {
        if matches!(c, '-' | '\u{2010}')
            && self.space.is_none()
            && self.ends_in_letter()
            && let Some(next) = self.letter_after_line_break()
        {
            self.done.line_hyphens = true;
            if self.hyphens == LineHyphen::Joined {
                self.at = next;
                return;
            }
        }
        self.write_space(true);
        if self.last == Last::Dash {
            if let Some(dash) = self.done.pieces.last_mut() {
                dash.original_end = range.end as u32;
            }
            return;
        }
        self.write("-", range, false);
        self.last = Last::Dash;
    }

    fn ends_in_letter(&self) -> bool {
        self.done
            .words
            .chars()
            .next_back()
            .is_some_and(char::is_alphabetic)
    }

    /// Where the word continues, if only white space with a line break intervenes.
    fn letter_after_line_break(&self) -> Option<usize> {
        let mut broken = false;
        for (offset, c) in self.text[self.at..].char_indices() {
            match kind(c) {
                Kind::LineBreak => broken = true,
                Kind::Space => {}
                _ => {
                    let goes_on = broken && c.is_alphabetic() && !c.is_uppercase();
                    return goes_on.then_some(self.at + offset);
                }
            }
        }
        None
    }

    /// After a soft hyphen, which already says that the word continues.
    fn skip_line_break(&mut self) {
        if self.space.is_none()
            && let Some(next) = self.letter_after_line_break()
        {
            self.at = next;
        }
    }

    /// Writes the pending white space if it is significant; `tight` if the next character makes
    /// preceding white space insignificant.
    fn write_space(&mut self, tight: bool) {
        if let Some(space) = self.space.take()
            && !tight
            && self.last == Last::Word
        {
            let same_width = space.len() == 1;
            self.write(" ", space, same_width);
        }
    }

    fn write(&mut self, words: &str, original: Range<usize>, copied: bool) {
        let folded = self.done.words.len() as u32;
        self.done.words.push_str(words);
        match self.done.pieces.last_mut() {
            Some(last) if copied && last.copied && last.original_end as usize == original.start => {
                last.original_end = original.end as u32;
            }
            _ => self.done.pieces.push(Piece {
                folded,
                original: original.start as u32,
                original_end: original.end as u32,
                copied,
            }),
        }
    }
}
