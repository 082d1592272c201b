//! Replacements of bytes, and several rounds of them put together.

use std::ops::Range;

/// Some bytes of a text, and what stands there instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement {
    /// The bytes of the text before the change; empty where something is only added.
    pub range: Range<usize>,
    /// What stands there after it.
    pub text: String,
}

impl Replacement {
    pub(crate) fn new(range: Range<usize>, text: impl Into<String>) -> Self {
        Replacement {
            range,
            text: text.into(),
        }
    }

    pub(crate) fn insertion(at: usize, text: impl Into<String>) -> Self {
        Replacement::new(at..at, text)
    }
}

/// A text after replacements that are in order and do not overlap; `None` where they do, or cut a
/// character.
pub fn replaced(text: &str, replacements: &[Replacement]) -> Option<String> {
    let added: usize = replacements.iter().map(|one| one.text.len()).sum();
    let mut new = String::with_capacity(text.len() + added);
    let mut from = 0;
    for one in replacements {
        new.push_str(text.get(from..one.range.start)?);
        text.get(one.range.clone())?;
        new.push_str(&one.text);
        from = one.range.end;
    }
    new.push_str(text.get(from..)?);
    Some(new)
}

/// A text in rounds of changes, as pieces of the first text and what is new.
#[derive(Debug, Clone)]
pub(crate) struct Pieces {
    pieces: Vec<Piece>,
    length: usize,
}

#[derive(Debug, Clone)]
enum Piece {
    Old(Range<usize>),
    New(String),
}

impl Piece {
    fn len(&self) -> usize {
        match self {
            Piece::Old(range) => range.len(),
            Piece::New(text) => text.len(),
        }
    }

    /// It before and from a byte of it.
    fn cut(self, at: usize) -> (Piece, Piece) {
        match self {
            Piece::Old(range) => {
                let middle = range.start + at;
                (
                    Piece::Old(range.start..middle),
                    Piece::Old(middle..range.end),
                )
            }
            Piece::New(mut text) => {
                let rest = text.split_off(at);
                (Piece::New(text), Piece::New(rest))
            }
        }
    }
}

impl Pieces {
    /// A text that is as it was.
    pub(crate) fn of(length: usize) -> Self {
        Pieces {
            pieces: vec![Piece::Old(0..length)],
            length,
        }
    }

    /// Replaces bytes of the text as it is by now.
    pub(crate) fn replace(&mut self, replacements: &[Replacement]) {
        // From the last, so that the places of the others stay.
        for one in replacements.iter().rev() {
            let mut kept = Vec::with_capacity(self.pieces.len() + 2);
            let mut at = 0;
            let mut is_put = false;
            for piece in std::mem::take(&mut self.pieces) {
                let (start, end) = (at, at + piece.len());
                at = end;
                let (from, to) = (
                    one.range.start.clamp(start, end) - start,
                    one.range.end.clamp(start, end) - start,
                );
                let (before, rest) = piece.cut(from);
                let (_, after) = rest.cut(to - from);
                if before.len() > 0 {
                    kept.push(before);
                }
                if !is_put && one.range.start <= end {
                    kept.push(Piece::New(one.text.clone()));
                    is_put = true;
                }
                if after.len() > 0 {
                    kept.push(after);
                }
            }
            if !is_put {
                kept.push(Piece::New(one.text.clone()));
            }
            self.pieces = kept;
        }
    }

    /// The replacements in the first text that give the text as it is by now.
    pub(crate) fn replacements(&self) -> Vec<Replacement> {
        let mut all: Vec<Replacement> = Vec::new();
        let (mut from, mut new) = (0, String::new());
        let mut put = |range: Range<usize>, new: &mut String| {
            if !range.is_empty() || !new.is_empty() {
                all.push(Replacement::new(range, std::mem::take(new)));
            }
        };
        for piece in &self.pieces {
            match piece {
                Piece::New(text) => new.push_str(text),
                Piece::Old(range) => {
                    put(from..range.start, &mut new);
                    from = range.end;
                }
            }
        }
        put(from..self.length, &mut new);
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn rounds_are_put_together(
            first in "[a-f]{0,20}",
            rounds in prop::collection::vec((0_usize..30, 0_usize..9, "[A-F]{0,6}"), 0..8),
        ) {
            let mut pieces = Pieces::of(first.len());
            let mut now = first.clone();
            for (start, length, text) in rounds {
                let start = start.min(now.len());
                let end = (start + length).min(now.len());
                let round = [Replacement::new(start..end, text)];
                pieces.replace(&round);
                now = replaced(&now, &round).unwrap();
            }
            prop_assert_eq!(replaced(&first, &pieces.replacements()), Some(now));
        }
    }
}
