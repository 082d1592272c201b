//! Who says it: the subject to the left of a verb, or to its right.

use std::ops::Range;

use super::view::View;
use crate::lexicon::{Class, Level, PARTICIPLE, PAST, THIRD};
use crate::scan::Kind;

/// How far a subject is looked for, in tokens.
const REACH: usize = 60;

impl View<'_> {
    /// The subject of the verb group that begins at a token, as a range.
    pub(super) fn subject_before(&self, group: usize) -> Option<Range<usize>> {
        self.subject_at(group, 0)
    }

    fn subject_at(&self, group: usize, depth: u8) -> Option<Range<usize>> {
        let last = self.before(group)?;
        if depth > 4 {
            return None;
        }
        match self.tokens[last].kind {
            Kind::Mark(',' | '—') => self.subject_beyond_comma(last, depth),
            Kind::Quote if self.comma(last) => self.subject_beyond_comma(last, depth),
            Kind::Mark(')') => {
                let open = self.bracket_start(last);
                if open < last && open > 0 && self.ends_noun(open - 1) {
                    let phrase = self.phrase_ending(open - 1)?;
                    return Some(phrase.start..last + 1);
                }
                None
            }
            Kind::Mark(_) => None,
            _ if self.is(last, Class::CONJ) => self.shared_subject(last, depth),
            _ if self.is(last, Class::REL) && !self.is(last, Class::DET)
                || self.is(last, Class::THAT) =>
            {
                self.antecedent(last)
            }
            _ => {
                let phrase = self.phrase_ending(last)?;
                let opens = self.is(phrase.start, Class::PREP | Class::SUBORD)
                    && !self.is(phrase.start, Class::DET | Class::PRONOUN);
                if opens && phrase.start > 0 && !self.is_name(phrase.start) {
                    // "but in a later interview said"
                    return self.subject_at(phrase.start, depth + 1).or(Some(phrase));
                }
                Some(phrase)
            }
        }
    }

    /// The subject that a verb after "and" shares with the one before.
    pub(super) fn shared_subject(&self, at: usize, depth: u8) -> Option<Range<usize>> {
        let before = at.saturating_sub(REACH)..at;
        let says = |verb: &usize| {
            self.is_finite(*verb)
                && self
                    .verb(*verb)
                    .is_some_and(|(entry, _)| entry.level == Level::Speech)
        };
        let verb = before
            .clone()
            .rev()
            .find(says)
            .or_else(|| before.rev().find(|&verb| self.is_finite(verb)))?;
        self.subject_at(self.group_start(verb), depth + 1)
    }

    /// The first token of the verb group that a finite verb belongs to.
    pub(super) fn group_start(&self, verb: usize) -> usize {
        let mut start = verb;
        while let Some(before) = self.before(start) {
            if self.is(
                before,
                Class::MODAL | Class::BE | Class::HAVE | Class::DO | Class::NOT,
            ) && !self.is_name(before)
            {
                if self.norm(before) == "'s"
                    && before > 0
                    && !self.is(before - 1, Class::SUBJECT | Class::REL | Class::PRONOUN)
                {
                    break;
                }
                start = before;
            } else {
                break;
            }
        }
        start
    }

    /// What "who", "which" or "that" stands for, with the word itself.
    fn antecedent(&self, relative: usize) -> Option<Range<usize>> {
        let mut last = relative.checked_sub(1)?;
        if self.mark(last, ',') {
            last = last.checked_sub(1)?;
        }
        // "of whom", "some of which"
        if self.is(last, Class::PREP) {
            last = last.checked_sub(1)?;
        }
        if !self.ends_noun(last) {
            return Some(relative..relative + 1);
        }
        let phrase = self.phrase_ending(last)?;
        Some(phrase.start..relative + 1)
    }

    /// The noun phrase that ends at a token, with what depends on it.
    pub(super) fn phrase_ending(&self, last: usize) -> Option<Range<usize>> {
        if !self.ends_noun(last) {
            return None;
        }
        let mut start = last;
        if self.mark(last, ')') {
            start = self.bracket_start(last);
        }
        while start > 0 && last - start < REACH {
            let Some(next) = self.step_left(start, last) else {
                break;
            };
            start = next;
        }
        let start = self.without_opening(start..last + 1);
        (start <= last).then_some(start..last + 1)
    }

    /// One token further left in a noun phrase, or `None` at its beginning.
    fn step_left(&self, start: usize, last: usize) -> Option<usize> {
        let at = start - 1;
        let token = &self.tokens[at];
        match token.kind {
            Kind::Quote => token
                .quote
                .is_some_and(|quote| quote.words <= 3 && quote.last.is_none())
                .then_some(at),
            Kind::Mark(')') => {
                let open = self.bracket_start(at);
                (open < at && at - open < 6).then_some(open)
            }
            Kind::Mark('$' | '%' | '#' | '/') => Some(at),
            Kind::Mark(_) => None,
            Kind::Word => {
                if self.is(start, Class::SUBJECT)
                    && !self.is(start, Class::DET)
                    && !self.is(start, Class::PRONOUN)
                {
                    return None;
                }
                if token.is(Class::SUBORD) && !token.is(Class::PREP) && !self.is_name(at) {
                    return None;
                }
                if token.is(Class::THAT) && !self.relative_goes_on(at) {
                    return None;
                }
                if token.is(Class::CONJ) {
                    return self.conjoins(at).then_some(at);
                }
                if token.is(Class::REL) && !token.is(Class::POSS) {
                    return self.relative_goes_on(at).then_some(at);
                }
                if token.is(Class::TO) {
                    return (!self.infinitive_at(at)
                        || at > 0
                            && !self.is_finite(at - 1)
                            && self.ends_noun(at - 1)
                            && self.verb(at - 1).is_none())
                    .then_some(at);
                }
                if token.is(Class::MODAL) && !self.is_name(at) {
                    return self.relative_before(at);
                }
                let possessive = token.norm == "'s";
                if !possessive && self.is_finite(at) && !self.is_reduced(at) {
                    return self.relative_before(at);
                }
                let _ = last;
                Some(at)
            }
        }
    }

    /// Whether a form that can be a past tense is rather a participle that belongs to the noun before it:
    /// "people briefed on the move said".
    fn is_reduced(&self, at: usize) -> bool {
        let Some((entry, forms)) = self.verb(at) else {
            return self.norm(at).ends_with("ed");
        };
        forms & PAST != 0
            && forms & PARTICIPLE != 0
            && !self.is(at, Class::FINITE)
            && (self.is(at + 1, Class::PREP | Class::TO) || entry.level == Level::Plain)
            && at > 0
            && !self.is(at - 1, Class::SUBJECT)
            && entry.lemma != "say"
            || forms & THIRD != 0 && !self.takes_something(at + 1)
    }

    /// The relative word before a finite verb, if the clause belongs to the noun before it.
    fn relative_before(&self, verb: usize) -> Option<usize> {
        for at in (verb.saturating_sub(7)..verb).rev() {
            if !self.is_word(at) {
                return None;
            }
            if self.is(at, Class::REL) && !self.is(at, Class::POSS) || self.is(at, Class::THAT) {
                return self.relative_goes_on(at).then_some(at);
            }
        }
        None
    }

    /// Whether a relative word follows a noun directly.
    fn relative_goes_on(&self, at: usize) -> bool {
        at > 0
            && self.is_word(at - 1)
            && self.ends_noun(at - 1)
            && self
                .verb(at - 1)
                .is_none_or(|(entry, _)| entry.level == Level::Plain)
            && !self.is(at - 1, Class::FINITE | Class::ADV)
    }

    /// Whether a conjunction joins two nouns rather than two clauses.
    fn conjoins(&self, at: usize) -> bool {
        if at == 0 || self.is(at, Class::ADVERSATIVE) {
            return false;
        }
        let (before, after) = (at - 1, at + 1);
        if !self.is_word(before) || self.is_finite(before) || !self.ends_noun(before) {
            return false;
        }
        if self.is(after, Class::SUBJECT) {
            return false;
        }
        let names = self.tokens[before].capital && self.tokens[after].capital;
        let common = !self.tokens[before].capital && !self.tokens[after].capital;
        // Two clauses: a finite verb stands to the left, and nothing that binds the nouns.
        let clause = (at.saturating_sub(12)..before)
            .rev()
            .take_while(|&left| {
                self.is_word(left) && !self.is(left, Class::REL | Class::THAT | Class::SUBORD)
            })
            .any(|left| self.is_finite(left) && !self.is_reduced(left));
        !clause && (names || common || self.is(before, Class::POSS) || self.is_name(before))
    }

    /// The beginning of a phrase without the words that only open the sentence: "But", "On Thursday".
    fn without_opening(&self, range: Range<usize>) -> usize {
        let mut start = range.start;
        loop {
            let light = self.is(start, Class::CONJ)
                || self.is_adverb(start) && !self.is(start, Class::DET)
                || self.is(start, Class::SUBORD)
                    && !self.is(start, Class::PREP)
                    && start == range.start
                || start == 0 && self.is(start, Class::ADV)
                || start == range.start && self.norm(start) == "as";
            if light && start + 1 < range.end {
                start += 1;
                continue;
            }
            if self.is(start, Class::TIME)
                && start + 1 < range.end
                && !self.is(start + 1, Class::PREP)
                && self.norm(start + 1) != "'s"
                && self.norm(start) != "may"
            {
                start += 1;
                continue;
            }
            if start + 2 < range.end
                && self.is(start, Class::PREP | Class::SUBORD)
                && let Some(next) = self.after_opening_phrase(start, range.end)
            {
                start = next;
                continue;
            }
            return start;
        }
    }

    /// Where the subject begins behind a phrase with a preposition that opens the sentence without a comma.
    fn after_opening_phrase(&self, start: usize, end: usize) -> Option<usize> {
        let mut at = start + 1;
        while at < end && self.is(at, Class::DET | Class::POSS) {
            at += 1;
        }
        // The noun itself, then the next word that begins a phrase.
        at += 1;
        while at < end {
            let begins = self.is(at, Class::DET | Class::POSS | Class::SUBJECT)
                || self.tokens[at].capital && !self.tokens[at - 1].capital;
            if begins && !self.is(at - 1, Class::PREP | Class::CONJ) && self.norm(at) != "'s" {
                return Some(at);
            }
            at += 1;
        }
        None
    }

    /// The subject of a verb that stands behind a comma: beyond an apposition, or the first phrase of the
    /// clause that does not merely open it.
    fn subject_beyond_comma(&self, comma: usize, depth: u8) -> Option<Range<usize>> {
        let mut clause = comma;
        while clause > 0 && comma - clause < REACH {
            let at = clause - 1;
            let token = &self.tokens[at];
            let stops = match token.kind {
                Kind::Mark(';' | ':') => true,
                Kind::Quote => token.quote.is_some_and(|quote| quote.words > 4),
                Kind::Word => {
                    token.is(Class::CONJ)
                        && at > 0
                        && self.mark(at - 1, ',')
                        && self.clause_follows(at + 1, comma)
                }
                Kind::Mark(_) => false,
            };
            if stops {
                break;
            }
            clause = at;
        }
        let mut begin = clause;
        let mut at = clause;
        while at <= comma {
            if at == comma || self.mark(at, ',') || self.mark(at, '—') {
                if begin < at
                    && let Some(found) = self.subject_segment(begin..at, comma)
                {
                    return Some(found);
                }
                begin = at + 1;
            }
            at += 1;
        }
        let _ = depth;
        None
    }

    /// Whether a clause of its own stands in a range: a finite verb.
    fn clause_follows(&self, from: usize, to: usize) -> bool {
        (from..to).any(|at| self.is_finite(at))
    }

    /// The subject in a segment between commas, reaching over what stands in apposition up to `comma`.
    fn subject_segment(&self, segment: Range<usize>, comma: usize) -> Option<Range<usize>> {
        let mut start = segment.start;
        while start < segment.end && (self.is(start, Class::CONJ) || self.is_adverb(start)) {
            start += 1;
        }
        if start >= segment.end {
            return None;
        }
        let opens = self.is(start, Class::PREP | Class::SUBORD | Class::REL | Class::TO)
            && !self.is(start, Class::DET | Class::PRONOUN)
            || self.is_ing(start)
            || self.is(start, Class::TIME)
            || self
                .verb(start)
                .is_some_and(|(_, forms)| forms & PARTICIPLE != 0 && !self.is_name(start))
            || start == segment.start && start == 0 && self.is(start, Class::ADV);
        if opens {
            // "In Philadelphia on Thursday Mr. Sanders, who …, said": nothing to be had here.
            return None;
        }
        // A whole clause, to which something is added: its own subject.
        if let Some(verb) =
            (start..segment.end).find(|&at| self.is_finite(at) && !self.is_reduced(at))
        {
            let relative = (start..verb).any(|at| self.is(at, Class::REL | Class::THAT));
            if !relative {
                return self.subject_at(self.group_start(verb), 3);
            }
        }
        if !self.ends_noun(segment.end - 1) {
            return None;
        }
        let apposition = segment.end + 1 < comma
            && (self.is(segment.end + 1, Class::DET | Class::REL | Class::POSS)
                || self.tokens[segment.end + 1].capital
                || self
                    .get(segment.end + 1)
                    .is_some_and(|token| token.norm.starts_with(|c: char| c.is_numeric()))
                || self.is(segment.end + 1, Class::TITLE));
        let end = if apposition { comma } else { segment.end };
        Some(start..end)
    }

    /// The noun phrase to the right of a verb that stands before its subject: `said the chairwoman of the
    /// committee, Marta Oliveira, on Friday`.
    pub(super) fn subject_after(&self, verb: usize, limit: usize) -> Option<Range<usize>> {
        let mut start = verb + 1;
        while self.is_adverb(start) {
            start += 1;
        }
        let first = self.get(start)?;
        let begins = first.is_word()
            && (first.is(Class::DET
                | Class::POSS
                | Class::SUBJECT
                | Class::PRONOUN
                | Class::TITLE)
                || first.capital
                || first.norm.starts_with(|c: char| c.is_numeric())
                || first.is(Class::ROLE)
                || !first.is(Class::PREP
                    | Class::CONJ
                    | Class::FINITE
                    | Class::TIME
                    | Class::TO
                    | Class::WH
                    | Class::ADV
                    | Class::SUBORD));
        if !begins || first.is(Class::THAT) || first.is(Class::TIME) && first.norm != "may" {
            return None;
        }
        if first.is(Class::SUBJECT) && !first.is(Class::DET) {
            return Some(start..start + 1);
        }
        let mut end = self.phrase_from(start, limit);
        // Appositions: ", a driller from Linden".
        for _ in 0..3 {
            let next = end + 1;
            if !self.mark(end, ',') || next >= limit {
                break;
            }
            let joins = self.is(
                next,
                Class::DET | Class::REL | Class::POSS | Class::TITLE | Class::ROLE,
            ) || self.get(next).is_some_and(|token| {
                token.norm.starts_with(|c: char| c.is_numeric())
                    || token.is_word() && token.capital && !token.is(Class::TIME)
                    || token.is_word()
                        && !token.is(Class::PREP
                            | Class::CONJ
                            | Class::SUBORD
                            | Class::FINITE
                            | Class::TIME
                            | Class::ADV
                            | Class::SUBJECT
                            | Class::WH)
                        && token.word.verb.is_none()
                        && !self.is_ing(next)
                        && !self.is_adverb(next)
            });
            if !joins || self.clause_after_name(next, limit) {
                break;
            }
            end = if self.is(next, Class::REL) {
                (next..limit)
                    .find(|&at| self.mark(at, ',') || self.is_quote(at))
                    .unwrap_or(limit)
            } else {
                self.phrase_from(next, limit)
            };
        }
        Some(start..end)
    }

    /// Whether a new clause begins after a comma: a name or a pronoun, then a finite verb.
    fn clause_after_name(&self, from: usize, limit: usize) -> bool {
        let end = (from..limit).find(|&at| !self.is_word(at)).unwrap_or(limit);
        !self.is(from, Class::REL)
            && (from..end).any(|at| self.is_finite(at) && !self.is_reduced(at))
            && !(from..end).any(|at| self.is(at, Class::REL | Class::THAT))
    }

    /// Where the noun phrase that begins at a token ends.
    pub(super) fn phrase_from(&self, start: usize, limit: usize) -> usize {
        const HOLDS: &[&str] = &[
            "of", "for", "at", "from", "with", "in", "on", "against", "to", "between", "behind",
            "near", "under",
        ];
        let mut at = start;
        while at < limit {
            let token = &self.tokens[at];
            match token.kind {
                Kind::Quote => {
                    let within = at > start
                        && token.quote.is_some_and(|quote| quote.words <= 3)
                        && self.is_name(at - 1)
                        && self.is_name(at + 1);
                    if !within {
                        return at;
                    }
                }
                Kind::Mark('(' | '[') => {
                    let end = self.bracket_end(at);
                    if end == at || end >= limit {
                        return at;
                    }
                    at = end;
                }
                Kind::Mark('$' | '%' | '/') => {}
                Kind::Mark(_) => return at,
                Kind::Word => {
                    if at > start {
                        if token.is(Class::REL)
                            && !token.is(Class::DET | Class::POSS)
                            && self.is_word(at - 1)
                            && self.norm(at) != "where"
                        {
                            return (at..limit)
                                .find(|&stop| self.mark(stop, ',') || self.is_quote(stop))
                                .unwrap_or(limit);
                        }
                        if token.is(Class::PREP) && !token.capital {
                            let venue = (at + 1..limit.min(at + 5))
                                .take_while(|&next| self.is_word(next))
                                .any(|next| self.is(next, Class::VENUE | Class::TIME));
                            let name_before = self.is_name(at - 1)
                                && matches!(self.norm(at), "in" | "on" | "at" | "to");
                            if !HOLDS.contains(&self.norm(at))
                                || venue && self.norm(at) != "of"
                                || name_before
                            {
                                return at;
                            }
                        } else if token.is(Class::SUBORD | Class::THAT | Class::WH)
                            && !token.is(Class::REL)
                            || token.is(Class::SUBJECT) && !token.is(Class::DET | Class::PRONOUN)
                            || token.is(Class::ADVERSATIVE)
                            || self.is_finite(at) && !self.is_reduced(at)
                            || token.is(Class::TIME)
                                && !token.is(Class::DET)
                                && !self.is(at + 1, Class::TITLE)
                                && self.norm(at) != "may"
                                && self.norm(at + 1) != "'s"
                            || self.is_adverb(at)
                                && !self.is(at + 1, Class::DET)
                                && token.is(Class::ADV)
                            || token.is(Class::CONJ) && !self.is_word(at + 1)
                            || self.is_ing(at)
                                && !self.is(at - 1, Class::DET | Class::PREP | Class::POSS)
                                && self.is(at + 1, Class::DET | Class::TO | Class::THAT)
                        {
                            return at;
                        }
                    }
                }
            }
            at += 1;
        }
        limit
    }
}
