//! Events that a noun names: "the ballot on 14 October", "Monday's meeting", "the 2019 election".

use std::ops::Range;

use super::{Finder, Found, Sentence};
use crate::language::Language;
use crate::lexicon::Class;

/// So many words lie at most between a noun and its date.
const REACH: usize = 9;

/// So many words stand at most before a noun, as "the second round of talks".
const BEFORE: usize = 5;

/// What is said of an event with its date: "was held on", "is scheduled for", "took place in".
const TAKES_PLACE: &[&str] = &[
    "held",
    "took",
    "takes",
    "take",
    "taken",
    "place",
    "scheduled",
    "planned",
    "set",
    "due",
    "expected",
    "be",
    "been",
    "for",
    "happened",
    "occurred",
    "fand",
    "findet",
    "statt",
    "eu",
    "lieu",
    "відбулося",
    "відбувся",
    "відбулася",
    "відбулись",
    "відбулися",
    "состоялся",
    "состоялась",
    "состоялось",
    "состоялись",
    "прошёл",
    "прошла",
    "прошли",
];

impl Finder {
    /// The event that a noun beside a date names. Nothing before `from` is looked at.
    pub(super) fn noun_of(
        &self,
        sentence: &Sentence<'_>,
        date: &Range<usize>,
        from: usize,
    ) -> Option<Found> {
        if let Some(noun) = self.noun_before(sentence, date.start, from) {
            let start = phrase_start(sentence, noun, from);
            return Some(Found {
                label: without_article(sentence, start)..label_end(sentence, noun + 1..date.start),
                tokens: start..date.end,
                noun: Some(noun),
                ahead: self.is_ahead(sentence, noun..date.start),
            });
        }
        let noun = self.noun_behind(sentence, date.end)?;
        // An article stands before the date.
        let article = date.start > from && sentence.view.is(date.start - 1, Class::DET);
        let start = date.start - usize::from(article);
        let words = sentence.view.norm(date.start);
        let is_year =
            date.len() == 1 && words.len() == 4 && words.bytes().all(|byte| byte.is_ascii_digit());
        let label = if is_year {
            date.start
        } else {
            date.end + usize::from(sentence.view.norm(date.end) == "'s")
        };
        Some(Found {
            tokens: start..noun + 1,
            label: label..noun + 1,
            noun: Some(noun),
            ahead: false,
        })
    }

    /// The noun of an event before a place, with nothing between that parts them.
    fn noun_before(&self, sentence: &Sentence<'_>, place: usize, from: usize) -> Option<usize> {
        let view = sentence.view;
        for at in (from..place).rev().take(REACH) {
            let token = view.get(at)?;
            if !token.is_word() {
                // "The summit, on Monday": a comma before the date alone parts nothing.
                if token.mark(',') && at + 1 == place {
                    continue;
                }
                return None;
            }
            if self.is_event_noun(sentence, at) {
                return Some(at);
            }
            let takes_place = TAKES_PLACE.contains(&token.norm.as_str())
                || token.is(Class::BE | Class::MODAL | Class::HAVE);
            let parts = view.is_finite(at)
                || token.is(Class::SUBORD
                    | Class::REL
                    | Class::THAT
                    | Class::SUBJECT
                    | Class::CONJ
                    | Class::TO)
                || token.is(Class::FINITE)
                || token.word.verb.is_some() && token.word.noun.is_none() && !token.capital;
            if parts && !takes_place {
                return None;
            }
        }
        None
    }

    /// The noun of an event right behind a date.
    fn noun_behind(&self, sentence: &Sentence<'_>, place: usize) -> Option<usize> {
        const REACH: usize = 3;
        let view = sentence.view;
        let from = place + usize::from(view.norm(place) == "'s");
        for at in from..from + REACH {
            let token = view.get(at).filter(|token| token.is_word())?;
            if self.is_event_noun(sentence, at) {
                return Some(at);
            }
            let parts = Class::PREP
                | Class::DET
                | Class::POSS
                | Class::CONJ
                | Class::SUBJECT
                | Class::SUBORD;
            if token.is(parts
                | Class::THAT
                | Class::REL
                | Class::TO
                | Class::FINITE
                | Class::ADV
                | Class::MODAL)
                || view.is_finite(at)
                || token.word.verb.is_some()
            {
                return None;
            }
        }
        None
    }

    /// Whether a token is the noun of an event, and no verb of the same form.
    pub(super) fn is_event_noun(&self, sentence: &Sentence<'_>, at: usize) -> bool {
        let view = sentence.view;
        let Some(token) = view.get(at).filter(|token| token.is_word()) else {
            return false;
        };
        // German nouns have capitals.
        if !self.words.names_event(&token.norm)
            || self.language == Language::German && !token.capital
        {
            return false;
        }
        if self.language != Language::English {
            return true;
        }
        let before = at.checked_sub(1);
        let after_verb_word = before.is_some_and(|before| {
            view.is(
                before,
                Class::TO | Class::MODAL | Class::SUBJECT | Class::DO | Class::NOT,
            )
        });
        let is_noun_of_verb = token.norm.ends_with("ing");
        let introduced = before.is_some_and(|before| {
            view.is(before, Class::DET | Class::POSS)
                || view.norm(before) == "'s"
                || view.is_name(before)
        });
        let has_complement = view.is(at + 1, Class::PREP) || introduced;
        let is_verb = view.is_finite(at) && !introduced;
        let is_gerund = is_noun_of_verb && !has_complement;
        !(after_verb_word || is_verb || is_gerund)
    }

    /// Whether words tell of what is still to come.
    pub(super) fn is_ahead(&self, sentence: &Sentence<'_>, tokens: Range<usize>) -> bool {
        tokens
            .into_iter()
            .any(|at| self.words.ahead.contains(sentence.view.norm(at)))
    }
}

/// Where the phrase begins that ends with a noun.
pub(super) fn phrase_start(sentence: &Sentence<'_>, noun: usize, from: usize) -> usize {
    let view = sentence.view;
    let mut start = noun;
    while start > from && noun - start < BEFORE {
        let before = start - 1;
        let Some(token) = view.get(before).filter(|token| token.is_word()) else {
            break;
        };
        if token.is(Class::DET | Class::POSS) && view.norm(before) != "that" {
            return before;
        }
        let parts =
            Class::PREP | Class::CONJ | Class::SUBORD | Class::SUBJECT | Class::REL | Class::THAT;
        if token.is(parts
            | Class::TO
            | Class::MODAL
            | Class::BE
            | Class::HAVE
            | Class::DO
            | Class::ADV)
            || view.is_finite(before)
            || token.word.verb.is_some() && !token.capital
        {
            break;
        }
        start = before;
    }
    start
}

/// The first token of a phrase that is no article.
pub(super) fn without_article(sentence: &Sentence<'_>, start: usize) -> usize {
    start + usize::from(sentence.view.is(start, Class::DET))
}

/// Where a label ends: before the words that tie the date to it.
fn label_end(sentence: &Sentence<'_>, between: Range<usize>) -> usize {
    let view = sentence.view;
    // What is said of the event is none of its name.
    let verb = between.clone().find(|&at| {
        TAKES_PLACE.contains(&view.norm(at)) && view.norm(at) != "for"
            || view.is(at, Class::BE | Class::MODAL | Class::HAVE)
    });
    let mut end = verb.unwrap_or(between.end);
    while end > between.start
        && (view.is(end - 1, Class::PREP | Class::DET)
            || view.mark(end - 1, ',')
            || view.norm(end - 1) == "for")
    {
        end -= 1;
    }
    end
}
