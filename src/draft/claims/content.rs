//! What is said: how far it reaches.

use std::ops::Range;

use super::view::View;
use crate::lexicon::{BASE, Class, ING, Level, PARTICIPLE, PAST, THIRD, Takes};
use crate::scan::Kind;

/// How far what is said reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// A clause: to the end of the sentence, as long as nobody else speaks.
    Clause,
    /// A phrase: to the next comma, conjunction or clause.
    Phrase,
}

impl Reach {
    fn of(is_clause: bool) -> Self {
        if is_clause {
            Reach::Clause
        } else {
            Reach::Phrase
        }
    }
}

impl View<'_> {
    /// Where what begins at a token ends.
    pub(super) fn content_end(&self, start: usize, reach: Reach) -> usize {
        let end = self.end();
        let mut at = start;
        let mut dash = false;
        while at < end {
            let token = &self.tokens[at];
            match token.kind {
                Kind::Mark('(' | '[') => at = self.bracket_end(at),
                Kind::Mark(';') => return at,
                Kind::Mark('—') => {
                    let closes = (at + 1..end).any(|next| self.mark(next, '—'));
                    if !closes && !dash && (reach == Reach::Phrase || self.speaker_follows(at + 1))
                    {
                        return at;
                    }
                    dash = closes && !dash;
                }
                Kind::Mark(',') if self.ends_at_comma(at, reach) => {
                    return at;
                }
                Kind::Word if at > start && self.ends_at_word(at, start, reach) => {
                    return at;
                }
                Kind::Quote if self.comma(at) && at + 1 < end && self.speaker_follows(at + 1) => {
                    return at + 1;
                }
                _ => {}
            }
            at += 1;
        }
        end
    }

    /// Whether somebody speaks from a token on: `engineers said`, `said the mayor`, `according to`, `adding`.
    pub(super) fn speaker_follows(&self, at: usize) -> bool {
        let mut at = at;
        while self.is_adverb(at) || self.is(at, Class::CONJ) && !self.is_name(at) {
            at += 1;
        }
        if self.norm(at) == "as" || self.norm(at) == "though" {
            at += 1;
        }
        if self.according_at(at).is_some() {
            return true;
        }
        if let Some((entry, forms)) = self.verb(at) {
            let speech = entry.level == Level::Speech && !self.is_name(at);
            if speech
                && forms & ING != 0
                && (entry.takes.has(Takes::CLAUSE) || entry.takes.has(Takes::NOUN))
            {
                return true;
            }
            if speech
                && forms & (PAST | THIRD) != 0
                && entry.takes.has(Takes::CLAUSE)
                && !self.is(at + 1, Class::PREP)
            {
                return true;
            }
        }
        // A short subject, then a verb of saying.
        for verb in at + 1..self.len().min(at + 9) {
            if !self.is_word(verb) {
                return false;
            }
            if let Some((entry, forms)) = self.verb(verb)
                && entry.level == Level::Speech
                && forms & (PAST | THIRD) != 0
                && entry.takes.has(Takes::CLAUSE)
                && self.is_finite(verb)
            {
                let after = verb + 1;
                let lone = self.get(after).is_none_or(|token| {
                    matches!(token.kind, Kind::Mark(',' | '.' | ':') | Kind::Quote)
                }) || self.is(after, Class::TIME | Class::THAT)
                    || self.is(after, Class::PREP) && !self.is(after, Class::THAT)
                    || matches!(
                        entry.lemma.as_str(),
                        "say" | "tell" | "add" | "note" | "argue" | "write"
                    );
                return lone;
            }
            if self.is_finite(verb)
                || self.is(verb, Class::PREP | Class::THAT | Class::TO)
                    && !self.is(verb, Class::DET)
                    && self.norm(verb) != "of"
                    && self.norm(verb) != "for"
            {
                return false;
            }
        }
        false
    }

    fn ends_at_comma(&self, at: usize, reach: Reach) -> bool {
        let next = at + 1;
        if self.speaker_follows(next) {
            return true;
        }
        if self.verb(next).is_some_and(|(entry, forms)| {
            forms & ING != 0 && entry.level != Level::Plain && entry.takes.has(Takes::CLAUSE)
        }) {
            return true;
        }
        match reach {
            Reach::Clause => {
                // ", but he" and ", and she": whoever reports goes on.
                self.is(next, Class::ADVERSATIVE)
                    && self.norm(next) == "but"
                    && (next + 1..self.len().min(next + 7)).any(|verb| self.is_finite(verb))
                    && !self.is(next + 1, Class::THAT)
            }
            Reach::Phrase => !self.lists(at),
        }
    }

    /// Whether a comma stands in a list of phrases: "jobs, wages and pensions".
    fn lists(&self, at: usize) -> bool {
        if self.is(at + 1, Class::REL | Class::SUBORD | Class::PREP) || self.is_ing(at + 1) {
            return false;
        }
        let end = self.len().min(at + 16);
        for (items, next) in (at + 1..end).enumerate() {
            if self.is(next, Class::CONJ) {
                let item = next + 1;
                return !self.is_finite(item)
                    && !self.is(item, Class::SUBJECT)
                    && items < 14
                    && !(item..end.min(item + 6)).any(|verb| self.is_finite(verb));
            }
            if self.is_finite(next) || self.is(next, Class::SUBJECT | Class::REL) {
                return false;
            }
        }
        false
    }

    fn ends_at_word(&self, at: usize, start: usize, reach: Reach) -> bool {
        let token = &self.tokens[at];
        if token.is(Class::CONJ) && !self.mark(at - 1, ',') && self.cue_follows(at + 1) {
            return true;
        }
        if self.according_at(at).is_some() {
            return true;
        }
        if reach == Reach::Clause {
            return false;
        }
        if token.is(Class::CONJ) {
            let next = at + 1;
            let mut verb = next;
            while self.is_adverb(verb) {
                verb += 1;
            }
            return self.is_finite(verb) && !self.is(verb, Class::DET)
                || self.is(next, Class::SUBJECT) && !self.is(next, Class::PRONOUN)
                || token.is(Class::ADVERSATIVE)
                || self.is_ing(verb) && !self.is(verb, Class::DET) && !self.is_ing(start);
        }
        token.is(Class::SUBORD)
            && !token.is(Class::REL | Class::WH)
            && at > start + 1
            && self.norm(at) != "than"
            && self.norm(at) != "as"
            && self.norm(at) != "before"
            && self.norm(at) != "after"
            || matches!(self.norm(at), "when" | "while" | "because" | "although") && at > start + 1
    }

    /// Whether a finite verb that introduces a claim follows "and".
    fn cue_follows(&self, at: usize) -> bool {
        let mut at = at;
        while self.is_adverb(at) {
            at += 1;
        }
        self.verb(at).is_some_and(|(entry, forms)| {
            entry.level != Level::Plain
                && forms & (PAST | THIRD) != 0
                && (entry.takes.has(Takes::CLAUSE) || entry.level == Level::Speech)
                && (self.takes_something(at + 1)
                    && (forms & PARTICIPLE == 0 || !self.is(at + 1, Class::PREP))
                    || entry
                        .prepositions
                        .iter()
                        .any(|word| word == self.norm(at + 1)))
        })
    }

    /// A phrase such as "according to" at a token: how many tokens it has.
    pub(super) fn according_at(&self, at: usize) -> Option<usize> {
        let matches = |phrase: &&Vec<String>| {
            phrase
                .iter()
                .enumerate()
                .all(|(number, word)| self.norm(at + number) == word)
        };
        let phrases = self.lexicon.according.iter().filter(matches);
        // "nach Angaben von", not "nach Angaben".
        phrases.map(Vec::len).max()
    }

    /// What a preposition leads to: "called out the …", "pushed back against the …".
    fn behind_preposition(&self, at: usize) -> Option<Complement> {
        let mut start = at + 1;
        if self.is(start, Class::PREP) && !self.is(start, Class::DET) {
            start += 1;
        }
        (start < self.end()).then_some(Complement {
            cue_end: start,
            start,
            reach: Reach::of(self.is(start, Class::THAT | Class::WH)),
        })
    }

    /// Where what a verb takes begins, behind adverbs, days and places, and how far that reaches; with the
    /// end of the words that introduce it.
    pub(super) fn complement(
        &self,
        after: usize,
        takes: Takes,
        prepositions: &[String],
    ) -> Option<Complement> {
        let mut at = self.past_adverbials(after, takes, prepositions);
        if at >= self.end() && !self.mark(at, ':') {
            return None;
        }
        if takes.has(Takes::ADDRESSEE)
            && let Some(found) = self.past_addressee(at, takes, prepositions)
        {
            return Some(found);
        }
        let cue_end = at;
        let begin = |start, reach| {
            Some(Complement {
                cue_end,
                start,
                reach,
            })
        };
        if self.mark(at, ':') && at + 1 < self.end() {
            return begin(at + 1, Reach::Clause);
        }
        if self.mark(at, ',') && self.is_quote(at + 1) {
            at += 1;
        }
        if self.is_quote(at) {
            let speech = self.tokens[at].quote.is_some_and(|quote| quote.words > 3);
            return begin(at, Reach::of(speech || takes.has(Takes::CLAUSE)));
        }
        if prepositions.iter().any(|word| word == self.norm(at))
            && !(self.norm(at) == "to" && self.infinitive_at(at))
        {
            return self.behind_preposition(at);
        }
        if self.is(at, Class::THAT) && takes.has(Takes::CLAUSE) {
            return begin(at, Reach::Clause);
        }
        if self.is(at, Class::WH)
            && (takes.has(Takes::QUESTION) || takes.has(Takes::CLAUSE) && self.norm(at) != "when")
        {
            return begin(at, Reach::Clause);
        }
        if self.infinitive_at(at) {
            if !takes.has(Takes::INFINITIVE) {
                return None;
            }
            return begin(at, Reach::Clause);
        }
        if takes.has(Takes::GERUND) && self.is_ing(at) {
            return begin(at, Reach::Phrase);
        }
        if takes.has(Takes::PERSON)
            && let Some(found) = self.person_and_rest(at)
        {
            return Some(found);
        }
        if !self.begins_phrase(at) {
            return None;
        }
        if takes.has(Takes::CLAUSE) && (!takes.has(Takes::NOUN) || self.is_clause(at)) {
            return begin(at, Reach::Clause);
        }
        if takes.has(Takes::NOUN) || takes.has(Takes::PERSON) || takes.has(Takes::ADDRESSEE) {
            return begin(at, Reach::Phrase);
        }
        None
    }

    /// Whether "to" and an infinitive stand at a token.
    pub(super) fn infinitive_at(&self, at: usize) -> bool {
        if !self.is(at, Class::TO) {
            return false;
        }
        let mut verb = at + 1;
        while self.is_adverb(verb) {
            verb += 1;
        }
        self.get(verb).is_some_and(|token| {
            token.is_word()
                && !token.capital
                && !token.is(Class::DET | Class::POSS | Class::PREP | Class::NUMBER)
                && (!token.is(Class::SUBJECT | Class::PRONOUN))
                && token.word.verb.is_none_or(|(_, forms)| forms & BASE != 0)
                && !token.norm.ends_with("ing")
                && !(token.norm.ends_with('s')
                    && token.word.verb.is_none()
                    && !token.norm.ends_with("ss")
                    && token.norm != "focus"
                    && token.norm != "discuss")
        })
    }

    /// Whether a phrase can begin at a token.
    fn begins_phrase(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| match token.kind {
            Kind::Quote => true,
            Kind::Mark(mark) => matches!(mark, '$' | '€' | '£'),
            Kind::Word => {
                let bound =
                    token.is(Class::PREP | Class::CONJ | Class::FINITE | Class::SUBORD | Class::TO)
                        && !token.is(Class::DET | Class::PRONOUN)
                        && !token.capital;
                // "said if", "said in Iowa voters": a clause may begin with a preposition all the same.
                !bound && (!token.is(Class::ADV) || self.takes_something(at + 1))
            }
        })
    }

    /// Whether a clause, with a subject and a finite verb, begins at a token.
    fn is_clause(&self, at: usize) -> bool {
        if self.is(at, Class::SUBJECT) && !self.is(at, Class::PRONOUN | Class::POSS)
            || self.norm(at) == "there"
        {
            return true;
        }
        let mut next = at + 1;
        while next < self.end() && next < at + 14 {
            if !self.is_word(next) && !self.is_quote(next) {
                return false;
            }
            if self.is(next, Class::THAT | Class::REL | Class::SUBORD | Class::WH)
                && !self.is(next, Class::PREP)
            {
                return false;
            }
            if self.is_finite(next) && !self.is_reduced_here(next) {
                return true;
            }
            next += 1;
        }
        false
    }

    fn is_reduced_here(&self, at: usize) -> bool {
        self.verb(at)
            .is_some_and(|(_, forms)| forms & PARTICIPLE != 0 && forms & PAST != 0)
            && !self.is(at, Class::FINITE)
            && self.is(at + 1, Class::PREP)
    }

    /// "accused Sanders of …", "urged NATO to …": the person and what follows, together.
    fn person_and_rest(&self, at: usize) -> Option<Complement> {
        if !self.begins_phrase(at) {
            return None;
        }
        Some(Complement {
            cue_end: at,
            start: at,
            reach: Reach::Clause,
        })
    }

    /// Passes over the person who is addressed: "told reporters that", "asked NATO to".
    fn past_addressee(
        &self,
        at: usize,
        takes: Takes,
        prepositions: &[String],
    ) -> Option<Complement> {
        if !self.begins_phrase(at) || self.is(at, Class::THAT) && !self.is_word(at + 1) {
            return None;
        }
        let mut next = at + 1;
        let limit = self.end().min(at + 16);
        while next < limit {
            let found = |start, reach| {
                Some(Complement {
                    cue_end: next,
                    start,
                    reach,
                })
            };
            let token = &self.tokens[next];
            match token.kind {
                Kind::Quote => return found(next, Reach::Clause),
                Kind::Mark(':') => return found(next + 1, Reach::Clause),
                Kind::Mark(',') if self.is_quote(next + 1) => {
                    return found(next + 1, Reach::Clause);
                }
                Kind::Mark('(' | '[') => next = self.bracket_end(next),
                Kind::Mark(_) => return None,
                Kind::Word => {
                    if token.is(Class::THAT) && takes.has(Takes::CLAUSE)
                        || token.is(Class::WH)
                            && !token.is(Class::REL)
                            && (takes.has(Takes::CLAUSE) || takes.has(Takes::QUESTION))
                    {
                        return found(next, Reach::Clause);
                    }
                    if self.infinitive_at(next) && takes.has(Takes::INFINITIVE) {
                        return found(next, Reach::Clause);
                    }
                    if takes.has(Takes::CLAUSE)
                        && token.is(Class::SUBJECT)
                        && !token.is(Class::REL | Class::THAT)
                    {
                        return found(next, Reach::Clause);
                    }
                    if takes.has(Takes::CLAUSE)
                        && (token.is(Class::DET | Class::POSS)
                            && !self.is(next - 1, Class::PREP | Class::DET | Class::CONJ)
                            || self.is_name(next)
                                && !self.is_name(next - 1)
                                && !self.is(
                                    next - 1,
                                    Class::PREP | Class::DET | Class::CONJ | Class::POSS,
                                )
                                && self.norm(next - 1) != "'s")
                        && self.is_clause(next)
                        && next > at
                    {
                        return found(next, Reach::Clause);
                    }
                    if prepositions.contains(&token.norm) && !takes.has(Takes::CLAUSE)
                        || prepositions
                            .iter()
                            .any(|word| *word == token.norm && word != "for")
                    {
                        return Some(Complement {
                            cue_end: next + 1,
                            start: next + 1,
                            reach: Reach::Phrase,
                        });
                    }
                    if self.is_finite(next) {
                        return None;
                    }
                }
            }
            next += 1;
        }
        None
    }

    /// Passes over adverbs, days, and phrases that say where or to whom it was said, if what is said follows.
    fn past_adverbials(&self, after: usize, takes: Takes, prepositions: &[String]) -> usize {
        let mut at = after;
        loop {
            if self.is_adverb(at) || self.is(at, Class::NOT) && !self.is(at, Class::FINITE) {
                at += 1;
                continue;
            }
            if self.is(at, Class::TIME)
                && !self.is(at, Class::MODAL)
                && self.is_word(at)
                && (takes.has(Takes::CLAUSE) || takes.has(Takes::QUOTE))
            {
                at += 1;
                continue;
            }
            if self.mark(at, ',') && self.is_adverb(at + 1) && self.mark(at + 2, ',') {
                at += 3;
                continue;
            }
            let own = prepositions.iter().any(|word| word == self.norm(at));
            let phrase = self.is(at, Class::PREP)
                && !self.is(at, Class::THAT)
                && !own
                && !self.infinitive_at(at)
                || self.mark(at, ',')
                    && (self.is(at + 1, Class::PREP | Class::SUBORD) || self.is_ing(at + 1))
                || self.is(at, Class::SUBORD)
                    && matches!(self.norm(at), "when" | "after" | "as" | "while");
            if phrase
                && (takes.has(Takes::CLAUSE) || takes.has(Takes::QUOTE))
                && let Some(next) = self.past_phrase(at)
            {
                at = next;
                continue;
            }
            return at;
        }
    }

    /// Where "that", a quotation or a colon stands behind a phrase that begins at a token.
    fn past_phrase(&self, at: usize) -> Option<usize> {
        let limit = self.end().min(at + 18);
        let mut commas = 0;
        for next in at + 1..limit {
            let token = &self.tokens[next];
            match token.kind {
                Kind::Quote if token.quote.is_some_and(|quote| quote.words > 2) => {
                    return Some(next);
                }
                Kind::Mark(':') => return Some(next),
                Kind::Mark(',') => {
                    commas += 1;
                    if commas > 2 {
                        return None;
                    }
                }
                Kind::Word
                    if token.is(Class::THAT)
                        && next + 1 < limit
                        && (self.ends_noun(next - 1) || self.mark(next - 1, ',')) =>
                {
                    return Some(next);
                }
                Kind::Word
                    if self.is(next, Class::SUBJECT)
                        && !self.is(next, Class::PRONOUN)
                        && commas == 0 =>
                {
                    return Some(next);
                }
                _ => {}
            }
        }
        None
    }

    /// A range of tokens that is what is said, without what merely surrounds it.
    pub(super) fn content(&self, start: usize, reach: Reach) -> Option<Range<usize>> {
        let range = self.trimmed(start..self.content_end(start, reach));
        (!range.is_empty()).then_some(range)
    }
}

/// Where what is said begins, and how far it reaches.
#[derive(Debug, Clone, Copy)]
pub(super) struct Complement {
    /// Where the words that introduce it end.
    pub(super) cue_end: usize,
    pub(super) start: usize,
    pub(super) reach: Reach,
}
