//! A sentence as the rules look at it: tokens by number, and what can be said of one from its neighbours.

use std::ops::Range;

use crate::lexicon::{BASE, Class, Entry, ING, Level, Lexicon, PARTICIPLE, PAST, THIRD};
use crate::scan::{Kind, Token};

/// A sentence.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub(crate) tokens: &'a [Token],
    pub(crate) lexicon: &'static Lexicon,
}

impl<'a> View<'a> {
    pub(crate) fn len(&self) -> usize {
        self.tokens.len()
    }

    pub(crate) fn get(&self, at: usize) -> Option<&'a Token> {
        self.tokens.get(at)
    }

    pub(crate) fn is(&self, at: usize, class: Class) -> bool {
        self.get(at).is_some_and(|token| token.is(class))
    }

    pub(crate) fn mark(&self, at: usize, mark: char) -> bool {
        self.get(at).is_some_and(|token| token.mark(mark))
    }

    /// Whether a comma stands there, or a quotation that ends with one.
    pub(super) fn comma(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| {
            token.mark(',') || token.quote.is_some_and(|quote| quote.last == Some(','))
        })
    }

    pub(super) fn is_quote(&self, at: usize) -> bool {
        self.get(at).is_some_and(Token::is_quote)
    }

    pub(crate) fn is_word(&self, at: usize) -> bool {
        self.get(at).is_some_and(Token::is_word)
    }

    pub(crate) fn norm(&self, at: usize) -> &'a str {
        self.get(at).map_or("", |token| &token.norm)
    }

    /// Whether a capital tells that a token is a name: not at the beginning of the sentence.
    pub(crate) fn is_name(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| {
            token.is_word()
                && token.capital
                && (at > 0 && !self.mark(at - 1, ':')
                    || token.word.class == Class::default() && token.word.verb.is_none())
        })
    }

    /// The verb that a token is a form of.
    pub(crate) fn verb(&self, at: usize) -> Option<(&'static Entry, u8)> {
        let (number, forms) = self.get(at)?.word.verb?;
        Some((self.lexicon.entry(number), forms))
    }

    /// The number of the end: the final marks of the sentence do not belong to what it says.
    pub(super) fn end(&self) -> usize {
        let mut end = self.len();
        while end > 0
            && matches!(
                self.tokens[end - 1].kind,
                Kind::Mark('.' | '!' | '?' | '…' | ':' | ';')
            )
        {
            end -= 1;
        }
        end
    }

    pub(crate) fn is_adverb(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| {
            token.is_word()
                && !token.capital
                && (token.is(Class::ADV)
                    || (token.norm.len() > 4
                        && token.norm.ends_with("ly")
                        && token.word.verb.is_none()))
        })
    }

    /// The last token before one, adverbs and negations passed over.
    pub(super) fn before(&self, at: usize) -> Option<usize> {
        let mut at = at.checked_sub(1)?;
        while self.is_adverb(at) || self.is(at, Class::NOT) && !self.is(at, Class::FINITE) {
            at = at.checked_sub(1)?;
        }
        Some(at)
    }

    /// Whether a token is a verb that makes a clause, as far as its neighbours tell.
    pub(crate) fn is_finite(&self, at: usize) -> bool {
        let Some(token) = self.get(at) else {
            return false;
        };
        if !token.is_word() {
            return false;
        }
        if token.is(Class::FINITE) && !token.capital {
            return true;
        }
        if token.norm == "'s" {
            return at > 0 && self.is(at - 1, Class::SUBJECT | Class::PRONOUN | Class::REL);
        }
        let unknown_past = token.word.verb.is_none()
            && token.norm.len() > 4
            && token.norm.ends_with("ed")
            && !token.capital;
        let forms = if unknown_past {
            PAST | PARTICIPLE
        } else {
            self.verb(at).map_or(0, |(_, forms)| forms)
        };
        if forms & (PAST | THIRD) == 0 && forms & BASE == 0 || token.capital && at > 0 {
            return false;
        }
        let Some(before) = self.before(at) else {
            return false;
        };
        if !self.is_word(before)
            && !self.is_quote(before)
            && !self.mark(before, ')')
            && !self.mark(before, ',')
        {
            return false;
        }
        if self.is(
            before,
            Class::TO | Class::BE | Class::HAVE | Class::MODAL | Class::DO,
        ) {
            return false;
        }
        if self.is(before, Class::SUBJECT | Class::REL) {
            return true;
        }
        if self.is(before, Class::DET | Class::POSS | Class::PREP) || self.norm(before) == "'s" {
            return false;
        }
        if forms & PAST != 0 {
            return !(forms & PARTICIPLE != 0
                && self.is(at + 1, Class::PREP)
                && self.norm(at + 1) == "by"
                && !self.is_ing(at + 2));
        }
        if forms & THIRD != 0 {
            return self.is_name(before)
                || self.takes_something(at + 1)
                || self
                    .verb(at)
                    .is_some_and(|(entry, _)| entry.level == Level::Plain);
        }
        forms & BASE != 0 && self.is_plural(before) && self.takes_something(at + 1)
    }

    /// Whether a token can begin what a verb takes: a clause, a noun phrase, an infinitive, a quotation.
    pub(super) fn takes_something(&self, at: usize) -> bool {
        let Some(token) = self.get(at) else {
            return false;
        };
        match token.kind {
            Kind::Quote => true,
            Kind::Mark(mark) => mark == ':' || mark == '$',
            Kind::Word => {
                token.is(Class::DET
                    | Class::POSS
                    | Class::SUBJECT
                    | Class::PRONOUN
                    | Class::THAT
                    | Class::TO
                    | Class::WH
                    | Class::NUMBER)
                    || token.capital
                    || token.norm.starts_with(|c: char| c.is_numeric())
                    || self.is_adverb(at)
                    || !token.is(Class::PREP
                        | Class::CONJ
                        | Class::FINITE
                        | Class::SUBORD
                        | Class::REL)
                        && token.word.verb.is_none()
            }
        }
    }

    /// Whether a noun is in the plural, as far as it shows.
    pub(super) fn is_plural(&self, at: usize) -> bool {
        const PLURALS: &[&str] = &[
            "people", "men", "women", "police", "children", "media", "many", "some", "most", "few",
            "others", "both", "all", "those", "several", "majority", "percent",
        ];
        let norm = self.norm(at);
        (norm.len() > 3 && norm.ends_with('s') && !norm.ends_with("ss") && !norm.ends_with("'s"))
            || PLURALS.contains(&norm)
    }

    /// Whether a token can be the last of a noun phrase.
    pub(super) fn ends_noun(&self, at: usize) -> bool {
        let Some(token) = self.get(at) else {
            return false;
        };
        match token.kind {
            Kind::Quote => token.quote.is_some_and(|quote| quote.words <= 4),
            Kind::Mark(mark) => matches!(mark, ')' | '%'),
            Kind::Word => {
                !token.is(Class::PREP
                    | Class::CONJ
                    | Class::SUBORD
                    | Class::MODAL
                    | Class::BE
                    | Class::HAVE
                    | Class::TO
                    | Class::THAT)
                    || token.capital && at > 0
                    || token.is(Class::PRONOUN)
            }
        }
    }

    /// Whether a verb form that ends in -ing.
    pub(super) fn is_ing(&self, at: usize) -> bool {
        self.verb(at).is_some_and(|(_, forms)| forms & ING != 0)
            || (self.norm(at).len() > 5
                && self.norm(at).ends_with("ing")
                && !self.is(at, Class::PREP | Class::PRONOUN)
                && !self.is_name(at))
    }

    /// The mark that closes a bracket, or where it stands if there is none.
    pub(super) fn bracket_end(&self, at: usize) -> usize {
        let close = match self.tokens[at].kind {
            Kind::Mark('(') => ')',
            Kind::Mark('[') => ']',
            _ => return at,
        };
        (at + 1..self.len().min(at + 40))
            .find(|&end| self.mark(end, close))
            .unwrap_or(at)
    }

    /// The bracket that opens what a mark closes, or where it stands if there is none.
    pub(super) fn bracket_start(&self, at: usize) -> usize {
        if !self.mark(at, ')') {
            return at;
        }
        (at.saturating_sub(40)..at)
            .rev()
            .find(|&start| self.mark(start, '('))
            .unwrap_or(at)
    }

    /// The range without the marks and light words at its ends.
    pub(super) fn trimmed(&self, mut range: Range<usize>) -> Range<usize> {
        while range.start < range.end
            && matches!(self.tokens[range.end - 1].kind, Kind::Mark(mark) if !matches!(mark, ')' | ']' | '%'))
        {
            range.end -= 1;
        }
        while range.start < range.end
            && matches!(self.tokens[range.start].kind, Kind::Mark(mark) if !matches!(mark, '(' | '[' | '$' | '€' | '£'))
        {
            range.start += 1;
        }
        range
    }
}
