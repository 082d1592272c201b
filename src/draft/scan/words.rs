//! Words, numbers and marks.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::token::{Kind, Token};
use crate::lexicon::{Class, Lexicon};

/// Splits a stretch without quotation marks into tokens.
pub(super) fn split(
    text: &str,
    range: Range<usize>,
    lexicon: &'static Lexicon,
    tokens: &mut Vec<Token>,
) {
    let mut at = range.start;
    while at < range.end {
        let rest = &text[at..range.end];
        let Some(first) = rest.chars().next() else {
            return;
        };
        if first.is_whitespace() || first == '\u{feff}' || is_invisible(first) {
            at += first.len_utf8();
        } else if first.is_alphanumeric() || is_combining_mark(first) {
            let length = word_length(rest, lexicon);
            word(text, at..at + length, lexicon, tokens);
            at += length;
        } else if is_apostrophe(first)
            && let Some(length) = contraction(rest)
            && tokens.last().is_some_and(|token| token.end == at)
        {
            push(text, at..at + length, Kind::Word, lexicon, tokens);
            at += length;
        } else {
            let (mark, length) = mark(rest, first);
            push(text, at..at + length, Kind::Mark(mark), lexicon, tokens);
            at += length;
        }
    }
}

/// Marks of direction and joiners, which stand for nothing.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{ad}')
}

pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '‘')
}

/// A mark, dashes of any length as one and dots as one.
fn mark(rest: &str, first: char) -> (char, usize) {
    match first {
        '.' if rest.starts_with("..") => {
            let length = rest.len() - rest.trim_start_matches('.').len();
            ('…', length)
        }
        '-' if rest.starts_with("--") => {
            let length = rest.len() - rest.trim_start_matches('-').len();
            ('—', length)
        }
        '-' | '–' | '—' | '―' | '‒' | '−' => ('—', first.len_utf8()),
        '：' => (':', first.len_utf8()),
        '，' | '،' => (',', first.len_utf8()),
        '。' | '।' => ('.', first.len_utf8()),
        '؟' | '？' => ('?', first.len_utf8()),
        other => (other, other.len_utf8()),
    }
}

/// How many bytes the word at the beginning has.
fn word_length(rest: &str, lexicon: &Lexicon) -> usize {
    let mut chars = rest.char_indices().peekable();
    let mut length = 0;
    let mut dots = false;
    let mut previous = ' ';
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map_or(' ', |(_, next)| *next);
        let goes_on = match c {
            c if c.is_alphanumeric() || is_combining_mark(c) || is_invisible(c) => true,
            '-' | '\u{2010}' | '\u{2011}' => next.is_alphanumeric() && at > 0,
            '.' | ',' if previous.is_numeric() && next.is_numeric() => true,
            '.' => {
                let written = &rest[..at];
                let run = written
                    .rfind(|c: char| !c.is_alphabetic())
                    .map_or(written, |cut| {
                        written[cut..].trim_start_matches(|c: char| !c.is_alphabetic())
                    });
                let single = run.chars().count() == 1;
                if single && next.is_alphabetic() && !next.is_whitespace() {
                    dots = true;
                    true
                } else if single && (dots || previous.is_uppercase()) {
                    return at + 1;
                } else {
                    let norm = run.to_lowercase();
                    if lexicon.word(&norm).class.has(Class::ABBREVIATION)
                        && !is_whole_word(run, &rest[at + 1..])
                    {
                        return at + 1;
                    }
                    false
                }
            }
            c if is_apostrophe(c) => next.is_alphabetic() && contraction(&rest[at..]).is_none(),
            '_' | '@' => next.is_alphanumeric(),
            _ => false,
        };
        if !goes_on {
            break;
        }
        length = at + c.len_utf8();
        previous = c;
    }
    length.max(rest.chars().next().map_or(1, char::len_utf8))
}

/// Whether what could be an abbreviation is a word at the end of its sentence: "She said no." A number
/// behind it says that it is not: "No. 5".
fn is_whole_word(written: &str, after: &str) -> bool {
    /// What is short for something with a capital only: "Ill." is a state.
    const WITH_CAPITAL: &[&str] = &[
        "conn", "fig", "hon", "ill", "ind", "mass", "miss", "mo", "ore", "pa", "rep", "rev", "sen",
        "wash",
    ];
    let is_word = written.eq_ignore_ascii_case("no") || WITH_CAPITAL.contains(&written);
    is_word && !after.trim_start().starts_with(|c: char| c.is_numeric())
}

/// How many bytes an ending such as `'s` or `'ll` has, with its apostrophe.
fn contraction(rest: &str) -> Option<usize> {
    let first = rest.chars().next()?;
    let after = &rest[first.len_utf8()..];
    for ending in ["s", "S", "m", "d", "re", "ve", "ll"] {
        if let Some(behind) = after.strip_prefix(ending)
            && !behind.starts_with(char::is_alphanumeric)
        {
            return Some(first.len_utf8() + ending.len());
        }
    }
    None
}

fn word(text: &str, range: Range<usize>, lexicon: &'static Lexicon, tokens: &mut Vec<Token>) {
    push(text, range, Kind::Word, lexicon, tokens);
}

fn push(
    text: &str,
    range: Range<usize>,
    kind: Kind,
    lexicon: &'static Lexicon,
    tokens: &mut Vec<Token>,
) {
    let written = &text[range.clone()];
    let norm = normal(written);
    let known = norm.strip_suffix('.').unwrap_or(&norm);
    let word = lexicon.word(known);
    let norm = if word.class.has(Class::ABBREVIATION) {
        known.to_string()
    } else {
        norm
    };
    tokens.push(Token {
        start: range.start,
        end: range.end,
        kind,
        capital: written.chars().next().is_some_and(char::is_uppercase),
        word,
        norm,
        quote: None,
    });
}

/// A word in lower case, composed, with straight apostrophes and without what is invisible.
pub(crate) fn normal(written: &str) -> String {
    if written.is_ascii() {
        return written.to_ascii_lowercase();
    }
    written
        .nfc()
        .filter(|c| !is_invisible(*c))
        .map(|c| if is_apostrophe(c) { '\'' } else { c })
        .flat_map(char::to_lowercase)
        .collect()
}
