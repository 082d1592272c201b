//! An index of the words of a text, for finding text similar to a quote.

use super::align::{Token, hash, is_unspaced, tokens};

/// The positions of each word of a text, by a case-insensitive hash.
#[derive(Debug)]
pub(super) struct WordIndex {
    /// The byte of the folded form where each word begins.
    pub(super) starts: Vec<u32>,
    /// Hash and number of each word, sorted.
    by_word: Vec<(u32, u32)>,
}

impl WordIndex {
    pub(super) fn new(folded: &str) -> Self {
        let mut starts = Vec::new();
        let mut by_word = Vec::new();
        for (key, start) in keyed_words(tokens(folded)) {
            by_word.push((key, starts.len() as u32));
            starts.push(start as u32);
        }
        by_word.sort_unstable();
        Self { starts, by_word }
    }

    /// The numbers of the words with this hash, ascending.
    pub(super) fn places(&self, key: u32) -> &[(u32, u32)] {
        let start = self.by_word.partition_point(|&(word, _)| word < key);
        let rest = &self.by_word[start..];
        &rest[..rest.partition_point(|&(word, _)| word == key)]
    }

    /// The first place of each word.
    pub(super) fn vocabulary(&self) -> impl Iterator<Item = (u32, u32)> {
        self.by_word
            .chunk_by(|one, other| one.0 == other.0)
            .filter_map(|places| places.first().copied())
    }
}

/// The words with their hashes; in scripts without spaces, letters are paired.
pub(super) fn keyed_words<'w>(
    tokens: impl Iterator<Item = Token<'w>>,
) -> impl Iterator<Item = (u32, usize)> {
    let mut words = tokens.filter(|token| token.is_word).peekable();
    std::iter::from_fn(move || {
        let word = words.next()?;
        let mut key = word.caseless;
        if word.word.starts_with(is_unspaced)
            && let Some(next) = words.peek()
            && next.bytes.start == word.bytes.end
        {
            key = hash(word.word.chars().chain(next.word.chars().take(1)));
        }
        Some(((key ^ (key >> 32)) as u32, word.bytes.start))
    })
}
