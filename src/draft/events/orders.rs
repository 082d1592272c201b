//! Distances between events: "two days after the ballot".

use super::clauses::clause_start;
use super::nouns::{phrase_start, without_article};
use super::{Finder, Found, Order, Sentence};
use crate::dates::{Words as DateWords, distance};
use crate::language::Language;
use crate::lexicon::Class;

/// So many words behind "after" the noun of an event is looked for.
const REACH: usize = 6;

impl Finder {
    pub(super) fn orders(&mut self, sentence: &Sentence<'_>) {
        for at in 1..sentence.view.len() {
            let word = sentence.view.norm(at);
            let after = self.words.after.contains(word);
            if (after || self.words.before.contains(word))
                && let Some((by, start)) = self.distance_before(sentence, at)
            {
                self.order(sentence, at, after, by, start);
            }
        }
    }

    /// The distance that ends before a token, and the token at which it begins.
    fn distance_before(&self, sentence: &Sentence<'_>, at: usize) -> Option<(String, usize)> {
        let view = sentence.view;
        let words = DateWords::of(self.language);
        let unit = view.norm(at.checked_sub(1)?);
        let number_at = at.checked_sub(2);
        let counted = number_at.and_then(|number_at| distance(words, view.norm(number_at), unit));
        let (by, mut start) = match (counted, number_at) {
            (Some(by), Some(number_at)) => (by, number_at),
            // "the day after", "a year before"
            (None, Some(article)) if view.is(article, Class::DET) => {
                (distance(words, "1", unit)?, article)
            }
            _ => return None,
        };
        let about = start > 0 && self.words.about.contains(view.norm(start - 1));
        let by = if about {
            start -= 1;
            format!("about {by}")
        } else {
            by
        };
        Some((by, start))
    }

    fn order(&mut self, sentence: &Sentence<'_>, at: usize, after: bool, by: String, start: usize) {
        let view = sentence.view;
        let noun = (at + 1..at + 1 + REACH)
            .take_while(|&place| {
                view.is_word(place)
                    && !view.is_finite(place)
                    && !view.is(
                        place,
                        Class::CONJ | Class::SUBJECT | Class::PREP | Class::REL | Class::THAT,
                    )
            })
            .find(|&place| self.is_event_noun(sentence, place));
        let Some(noun) = noun else { return };
        let Some(span) = sentence.bytes(&(start..noun + 1)) else {
            return;
        };
        // What happened so long after it: the clause before, which no date told already.
        let clause = clause_start(sentence, start)..start;
        if self.language != Language::English || Self::told(sentence, &clause).is_none() {
            return;
        }
        let clause_bytes = sentence.bytes(&clause);
        let known = clause_bytes.as_ref().and_then(|clause| {
            self.events
                .iter()
                .rposition(|event| event.span.start < clause.end && clause.start < event.span.end)
        });
        let first = known.or_else(|| {
            let found = Found {
                tokens: clause.start..noun + 1,
                label: clause.clone(),
                noun: None,
                ahead: self.is_ahead(sentence, clause),
            };
            self.add(sentence, &found, None)
        });
        let word = view.norm(noun);
        let named = |event: &super::Event| event.noun.as_deref() == Some(word);
        let second = self.events.iter().rposition(named).or_else(|| {
            let begin = phrase_start(sentence, noun, at + 1);
            let found = Found {
                tokens: begin..noun + 1,
                label: without_article(sentence, begin)..noun + 1,
                noun: Some(noun),
                ahead: false,
            };
            self.add(sentence, &found, None)
        });
        let (Some(first), Some(second)) = (first, second) else {
            return;
        };
        // Two dates say it already, and perhaps better.
        let both_dated = self.events[first].date.is_some() && self.events[second].date.is_some();
        if first != second && !both_dated {
            self.orders.push(Order {
                first,
                after,
                second,
                by,
                span,
            });
        }
    }
}
