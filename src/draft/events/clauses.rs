//! Events that a clause tells: "the bridge collapsed on Monday". English alone: of other languages, only verbs
//! of saying and of attitude are known.

use std::ops::Range;

use super::{Finder, Found, Sentence};
use crate::language::Language;
use crate::lexicon::{Class, Level, PARTICIPLE, PAST};

/// A clause with more words is not taken for one event.
const LONGEST: usize = 20;

impl Finder {
    /// The event that the clause around a date tells.
    pub(super) fn clause_of(
        &self,
        sentence: &Sentence<'_>,
        date: &Range<usize>,
        from: usize,
    ) -> Option<Found> {
        if self.language != Language::English {
            return None;
        }
        let view = sentence.view;
        let start = clause_start(sentence, date.start).max(from);
        let bare = |range: Range<usize>| {
            range
                .into_iter()
                .all(|at| view.is(at, Class::PREP | Class::DET | Class::TIME | Class::ADV))
        };
        let (clause, label) = if bare(start..date.start) {
            // "On 20 April, the bridge collapsed."
            let begin = date.end + usize::from(view.mark(date.end, ','));
            let end = clause_end(sentence, begin);
            (start..end, begin..end)
        } else {
            let mut end = date.start;
            while end > start
                && (view.is(end - 1, Class::PREP | Class::DET) || view.is_adverb(end - 1))
            {
                end -= 1;
            }
            (start..date.end, start..end)
        };
        Self::told(sentence, &label)?;
        (label.len() <= LONGEST).then(|| Found {
            ahead: self.is_ahead(sentence, label.clone()),
            tokens: clause,
            label,
            noun: None,
        })
    }

    /// The verb of a clause that tells an event: one that has a subject, and is not of saying or of attitude.
    pub(super) fn told(sentence: &Sentence<'_>, clause: &Range<usize>) -> Option<usize> {
        let view = sentence.view;
        let verb = clause.clone().find(|&at| view.is_finite(at))?;
        let subject = clause.start..verb;
        let has_noun = subject.clone().any(|at| {
            view.is_word(at)
                && !view.is(
                    at,
                    Class::PREP | Class::DET | Class::ADV | Class::CONJ | Class::REL | Class::THAT,
                )
        });
        if !has_noun
            || subject
                .into_iter()
                .any(|at| view.is(at, Class::WH | Class::THAT | Class::REL | Class::SUBORD))
        {
            return None;
        }
        // Of auxiliary verbs, what they stand with counts.
        let helps = view.is(verb, Class::BE | Class::HAVE | Class::MODAL | Class::DO);
        let main = if helps {
            (verb + 1..clause.end).take(4).find(|&at| {
                view.verb(at).is_some() || view.norm(at).len() > 4 && view.norm(at).ends_with("ed")
            })
        } else {
            Some(verb)
        };
        let main = main?;
        let level = view
            .verb(main)
            .map_or(Level::Plain, |(entry, _)| entry.level);
        if level != Level::Plain || (clause.clone()).any(|at| view.is(at, Class::NOT)) {
            return None;
        }
        // "was happy" tells a state, "was elected" an event.
        let is_state = view.is(verb, Class::BE)
            && main != verb
            && view
                .verb(main)
                .is_some_and(|(_, forms)| forms & (PARTICIPLE | PAST) == 0);
        let copula = view.is(main, Class::COPULA | Class::BE | Class::HAVE);
        (!is_state && !copula).then_some(verb)
    }
}

/// Where the clause begins in which a token stands.
pub(super) fn clause_start(sentence: &Sentence<'_>, at: usize) -> usize {
    let parts = |at: usize| {
        sentence.ends_clause(at)
            || sentence.view.is(
                at,
                Class::SUBORD | Class::REL | Class::THAT | Class::WH | Class::ADVERSATIVE,
            )
            || sentence.view.is(at, Class::CONJ) && sentence.view.is(at + 1, Class::SUBJECT)
    };
    (0..at).rev().find(|&at| parts(at)).map_or(0, |at| at + 1)
}

/// Where the clause ends that begins with a token.
fn clause_end(sentence: &Sentence<'_>, at: usize) -> usize {
    let parts = |at: usize| {
        sentence.ends_clause(at)
            || sentence
                .view
                .is(at, Class::SUBORD | Class::REL | Class::THAT | Class::WH)
    };
    let end = (at..sentence.view.len()).find(|&at| parts(at));
    end.unwrap_or(sentence.view.len())
}
