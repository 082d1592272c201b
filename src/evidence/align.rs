//! Aligns the words of a quote with those of a text, to show where they differ.
//!
//! A semi-global alignment (Needleman and Wunsch 1970, free ends in the text) over words and
//! punctuation marks. Both sides are short: the caller cuts them.

use std::ops::Range;

use super::typography::joins_previous;

/// A word, or one punctuation mark.
#[derive(Debug, Clone)]
pub(super) struct Token<'w> {
    pub(super) bytes: Range<usize>,
    pub(super) word: &'w str,
    /// Equal for words that differ only in case.
    pub(super) caseless: u64,
    pub(super) is_word: bool,
    hash: u64,
    spaced: bool,
}

/// The words and punctuation marks of a folded text. In scripts written without spaces, each letter
/// is a word.
pub(super) fn tokens(folded: &str) -> impl Iterator<Item = Token<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &folded[at..];
        let space = rest.len() - rest.trim_start().len();
        let start = at + space;
        let rest = &folded[start..];
        let first = rest.chars().next()?;
        let is_word = is_word_letter(first);
        let length = if is_word && !is_unspaced(first) {
            rest.find(|c| !is_word_letter(c) || is_unspaced(c))
                .unwrap_or(rest.len())
        } else {
            let tail = &rest[first.len_utf8()..];
            first.len_utf8() + tail.find(|c| !joins_previous(c)).unwrap_or(tail.len())
        };
        at = start + length;
        let word = &folded[start..at];
        Some(Token {
            bytes: start..at,
            word,
            caseless: hash(word.chars().flat_map(char::to_lowercase)),
            is_word,
            hash: hash(word.chars()),
            spaced: space > 0,
        })
    })
}

fn is_word_letter(c: char) -> bool {
    c.is_alphanumeric() || joins_previous(c)
}

/// Letters of scripts that do not separate words: Thai, Lao, Burmese, Khmer, Chinese and Japanese.
/// Hangul, which does separate them, lies in between.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'
        | '\u{2E80}'..='\u{312F}' | '\u{3190}'..='\u{A4CF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}')
}

/// FNV-1a over code points (Fowler, Noll, Vo): identical on every machine.
pub(super) fn hash(letters: impl Iterator<Item = char>) -> u64 {
    letters.fold(0xcbf2_9ce4_8422_2325, |hash, c| {
        (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Where the two sides differ, in tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Parting {
    /// The edit cost between the two sides, 0 for identical words.
    pub(super) cost: u32,
    /// The tokens of the text that align with the quote.
    pub(super) place: Range<usize>,
    /// The first differing tokens of the quote, empty where it lacks some.
    pub(super) in_quote: Range<usize>,
    /// The corresponding tokens of the text, empty where it lacks some.
    pub(super) in_text: Range<usize>,
}

/// Words longer than this many bytes are similar only if equal.
const LONGEST_COMPARED: usize = 64;

/// The cost of substituting one word for an unrelated one. It is below the cost of a gap, so that a
/// changed word at the end of a quote is shown beside its counterpart.
const UNLIKE: u32 = 95;

/// The cost of inserting or deleting a token.
pub(super) fn weight(token: &Token<'_>) -> u32 {
    if token.is_word { 100 } else { 25 }
}

/// The cost of substituting one token for another; `None` between a word and a mark.
fn change(quote: &Token<'_>, text: &Token<'_>, first: bool) -> Option<u32> {
    if quote.hash == text.hash {
        let same = first || quote.spaced == text.spaced;
        return Some(if same { 0 } else { 20 });
    }
    if quote.is_word != text.is_word {
        return None;
    }
    if !quote.is_word {
        return Some(20);
    }
    if quote.caseless == text.caseless {
        return Some(30);
    }
    Some(likeness_cost(quote.word, text.word))
}

fn likeness_cost(quote: &str, text: &str) -> u32 {
    let longest = quote.len().max(text.len());
    let alike_enough = longest <= LONGEST_COMPARED
        && longest - quote.len().min(text.len()) <= longest / 2
        && (quote.chars().next() == text.chars().next()
            || quote.chars().next_back() == text.chars().next_back());
    if !alike_enough {
        return UNLIKE;
    }
    let letters = quote.chars().count().max(text.chars().count()).max(1);
    let distance = strsim::levenshtein(quote, text).min(letters);
    35 + (UNLIKE - 35) * distance as u32 / letters as u32
}

/// How a cell of the alignment was reached.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Begin,
    Both,
    QuoteOnly,
    TextOnly,
}

/// Aligns the quote with the most similar stretch of the text, the earliest among equals.
pub(super) fn align(quote: &[Token<'_>], text: &[Token<'_>]) -> Option<Parting> {
    let width = text.len() + 1;
    let mut steps = vec![Step::Begin; width * (quote.len() + 1)];
    let mut costs = vec![0u32; width];
    for (row, wanted) in quote.iter().enumerate() {
        let mut diagonal = costs[0];
        costs[0] += weight(wanted);
        steps[(row + 1) * width] = Step::QuoteOnly;
        for (column, there) in text.iter().enumerate() {
            let both = change(wanted, there, row == 0)
                .map(|cost| (diagonal + cost, Step::Both))
                .into_iter();
            let quote_only = (costs[column + 1] + weight(wanted), Step::QuoteOnly);
            let text_only = (costs[column] + weight(there), Step::TextOnly);
            let (cost, step) = both
                .chain([quote_only, text_only])
                .min_by_key(|&(cost, _)| cost)
                .unwrap_or(quote_only);
            diagonal = costs[column + 1];
            costs[column + 1] = cost;
            steps[(row + 1) * width + column + 1] = step;
        }
    }
    let (end, &cost) = costs.iter().enumerate().min_by_key(|&(_, cost)| cost)?;
    Some(trace(quote, text, &steps, end, cost))
}

/// Traces back from the end of the alignment; the last differing stretch it meets is the first one.
fn trace(
    quote: &[Token<'_>],
    text: &[Token<'_>],
    steps: &[Step],
    end: usize,
    cost: u32,
) -> Parting {
    let width = text.len() + 1;
    let (mut row, mut column) = (quote.len(), end);
    let mut parting = Parting {
        cost,
        place: end..end,
        in_quote: row..row,
        in_text: end..end,
    };
    let mut differed = false;
    while row > 0 {
        let (row_before, column_before) = match steps[row * width + column] {
            Step::Begin => break,
            Step::Both => (row - 1, column - 1),
            Step::QuoteOnly => (row - 1, column),
            Step::TextOnly => (row, column - 1),
        };
        let same = row_before < row
            && column_before < column
            && change(&quote[row - 1], &text[column - 1], row == 1) == Some(0);
        if !same {
            if !differed {
                parting.in_quote.end = row;
                parting.in_text.end = column;
            }
            parting.in_quote.start = row_before;
            parting.in_text.start = column_before;
        }
        differed = !same;
        (row, column) = (row_before, column_before);
    }
    parting.place.start = column;
    parting
}
