//! Words, marks, and stretches in quotation marks.

use crate::lexicon::{Class, Word};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A word or a number.
    Word,
    /// A mark of punctuation.
    Mark(char),
    /// All that stands between two quotation marks, with the marks.
    Quote,
}

/// A word, a mark, or a stretch in quotation marks.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: Kind,
    /// In lower case, composed, with straight apostrophes. Empty for what is quoted.
    pub(crate) norm: String,
    /// Whether it begins with a capital.
    pub(crate) capital: bool,
    pub(crate) word: &'static Word,
    /// Of a quotation: how it stands.
    pub(crate) quote: Option<Quote>,
}

impl Token {
    pub(crate) fn is(&self, class: Class) -> bool {
        self.word.class.has(class)
    }

    pub(crate) fn mark(&self, mark: char) -> bool {
        self.kind == Kind::Mark(mark)
    }

    pub(crate) fn is_word(&self) -> bool {
        self.kind == Kind::Word
    }

    pub(crate) fn is_mark_of_money(&self) -> bool {
        matches!(
            self.kind,
            Kind::Mark('$' | '€' | '£' | '¥' | '₴' | '₽' | '#')
        )
    }

    pub(crate) fn is_quote(&self) -> bool {
        self.kind == Kind::Quote
    }
}

/// A stretch in quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Quote {
    /// Whether the mark that closes it is there.
    pub(crate) closed: bool,
    /// Whether it ends with the paragraph, and the next paragraph opens with a mark again.
    pub(crate) goes_on: bool,
    /// How many words it has.
    pub(crate) words: u32,
    /// Whether it begins with a capital.
    pub(crate) capital: bool,
    /// The last mark before the closing one, if there is one.
    pub(crate) last: Option<char>,
}
