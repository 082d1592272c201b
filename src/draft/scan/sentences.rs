//! Sentences, as ranges of tokens. What is quoted is one token, so a sentence goes around it.

use std::ops::Range;

use super::token::{Kind, Token};
use crate::lexicon::Class;

/// No sentence has more tokens: the rules look at all of one, and a text may have no full stop.
const LONGEST: usize = 400;

/// Splits the tokens of a paragraph into sentences.
pub(super) fn split(tokens: &[Token]) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut begin = 0;
    let mut at = 0;
    while at < tokens.len() {
        let mut end = at + 1;
        if ends(&tokens[at]) {
            while tokens.get(end).is_some_and(closes) {
                end += 1;
            }
            if tokens.get(end).is_none_or(|next| {
                begins(&tokens[at], next)
                    && !is_day(tokens, at, next)
                    && !(tokens[at].is_quote() && clause_of_saying(tokens, at, end))
            }) {
                sentences.push(begin..end);
                begin = end;
            }
        }
        if end - begin >= LONGEST && begin < end {
            sentences.push(begin..end);
            begin = end;
        }
        at = end;
    }
    if begin < tokens.len() {
        sentences.push(begin..tokens.len());
    }
    sentences
}

/// Whether a full stop stands behind the number of a day: "14. Oktober".
fn is_day(tokens: &[Token], stop: usize, next: &Token) -> bool {
    let number = stop.checked_sub(1).map(|at| &tokens[at]);
    let is_number = number.is_some_and(|number| {
        number.norm.len() <= 2
            && number.norm.bytes().all(|byte| byte.is_ascii_digit())
            && number.is_word()
    });
    tokens[stop].mark('.') && is_number && next.is(Class::TIME)
}

/// Whether a clause of saying follows a quotation: `"Who pays?" the mayor asked.`, `"Fair." — Jan Starck`
fn clause_of_saying(tokens: &[Token], quote: usize, from: usize) -> bool {
    if tokens[from].mark('—') {
        return tokens.get(from + 1).is_some_and(|next| next.capital);
    }
    let last = tokens[quote].quote.and_then(|quote| quote.last);
    if last.is_none_or(|last| last == '.') {
        return false;
    }
    for at in from..tokens.len().min(from + 9) {
        let token = &tokens[at];
        if !token.is_word() && !token.mark('.') {
            return false;
        }
        if token.word.verb.is_some() && !token.capital && at > from {
            return tokens.get(at + 1).is_none_or(|next| {
                !next.is_word() && !next.is_quote() && !next.mark(':')
                    || next.is(Class::TIME | Class::PREP | Class::ADV | Class::PRONOUN | Class::DET)
                    || next.norm.ends_with("ly")
                    || next.capital
                    || next.norm == "reporters"
            });
        }
        if token.is(Class::FINITE | Class::CONJ) {
            return false;
        }
    }
    false
}

/// Whether a sentence can end with a token.
fn ends(token: &Token) -> bool {
    match token.kind {
        Kind::Mark(mark) => matches!(mark, '.' | '!' | '?' | '…'),
        Kind::Quote => token.quote.is_some_and(|quote| {
            quote
                .last
                .is_some_and(|last| matches!(last, '.' | '!' | '?' | '…' | '—'))
        }),
        Kind::Word => token.norm.ends_with('.') && token.norm.len() > 2,
    }
}

/// Whether a token can close a sentence that has ended.
fn closes(token: &Token) -> bool {
    matches!(
        token.kind,
        Kind::Mark(')' | ']' | '.' | '!' | '?' | '…' | '"' | '”' | '“' | '»' | '\'' | '’')
    )
}

/// Whether a token after one that can end a sentence begins the next.
fn begins(last: &Token, next: &Token) -> bool {
    match next.kind {
        Kind::Quote => {
            !last.mark('…') && (!last.is_quote() || next.quote.is_some_and(|quote| quote.capital))
        }
        Kind::Mark(mark) => matches!(mark, '(' | '[' | '—' | '•' | '$' | '€' | '£' | '¿' | '¡'),
        Kind::Word if last.is_word() => next.capital && next.is(Class::STARTER),
        Kind::Word => {
            next.capital
                || next
                    .norm
                    .starts_with(|c: char| c.is_numeric() || !c.is_lowercase())
        }
    }
}
