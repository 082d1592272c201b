//! Claims without a verb of saying: nouns and adjectives of attitude, headings and colons.

use std::ops::Range;

use super::content::Reach;
use super::dependent::dependent_subject;
use super::proposed::{How, Proposed};
use super::view::View;
use crate::lexicon::{Class, Entry, ING, Level, Takes};

/// A noun such as "claim that", "call for", "his support of".
pub(super) fn noun(view: View<'_>, at: usize) -> Option<Proposed> {
    let token = &view.tokens[at];
    let entry = view.lexicon.entry(token.word.noun?);
    if token.capital {
        return None;
    }
    let next = at + 1;
    let clause = view.is(next, Class::THAT) && entry.takes.has(Takes::CLAUSE);
    let (begin, reach) = follows(view, next, entry, clause)?;
    let start = phrase_start(view, at);
    let (source, cue) = source_of_noun(view, start, at);
    // What a preposition leads to says nothing of who thinks so.
    if source.is_none() && matches!(reach, Reach::Phrase) {
        return None;
    }
    let content = view.content(begin, reach)?;
    let cue_start = cue.start;
    Some(Proposed {
        source: source
            .into_iter()
            .map(|range| view.trimmed(range))
            .filter(|range| !range.is_empty())
            .collect(),
        cue,
        content: vec![content],
        act: entry.act,
        level: Level::Attitude,
        negated: (cue_start.saturating_sub(4)..at)
            .any(|before| view.is(before, Class::NOT) || view.norm(before) == "no"),
        open: false,
        how: How::Noun,
    })
}

/// Where what a noun or an adjective takes begins, and how far it reaches: a `clause`, an infinitive, or what
/// one of its prepositions leads to.
fn follows(view: View<'_>, next: usize, entry: &Entry, clause: bool) -> Option<(usize, Reach)> {
    let infinitive = view.infinitive_at(next) && entry.takes.has(Takes::INFINITIVE);
    if clause || infinitive {
        return Some((next, Reach::Clause));
    }
    let mut prepositions = entry.prepositions.iter();
    let preposition = prepositions.any(|word| word == view.norm(next));
    preposition.then_some((next + 1, Reach::Phrase))
}

/// The beginning of the phrase that a noun heads.
fn phrase_start(view: View<'_>, at: usize) -> usize {
    let mut start = at;
    while start > 0
        && view.is_word(start - 1)
        && at - start < 6
        && !view.is(
            start - 1,
            Class::PREP
                | Class::CONJ
                | Class::FINITE
                | Class::TO
                | Class::SUBORD
                | Class::REL
                | Class::THAT
                | Class::LIGHT,
        )
        && !view.is_finite(start - 1)
        && (!view.is(start - 1, Class::SUBJECT) || view.is(start - 1, Class::POSS))
    {
        start -= 1;
        if view.is(start, Class::DET | Class::POSS) || view.norm(start) == "'s" {
            break;
        }
    }
    start
}

/// Whose a noun is: a possessive, or the subject of the verb that carries it; with the cue.
fn source_of_noun(view: View<'_>, start: usize, at: usize) -> (Option<Range<usize>>, Range<usize>) {
    let light = start > 0
        && (view.is(start - 1, Class::LIGHT)
            || view.is(start - 1, Class::PREP) && start > 1 && view.is(start - 2, Class::LIGHT));
    let mut cue = start..at + 1;
    let source = if view.is(start, Class::POSS) && start < at {
        cue.start = start + 1;
        Some(start..start + 1)
    } else if view.norm(start) == "'s" && start > 0 {
        cue.start = start + 1;
        view.phrase_ending(start - 1)
            .map(|phrase| phrase.start..start)
    } else if light {
        let verb = start - 1;
        cue.start = verb;
        let forms = view.verb(verb).map_or(0, |(_, forms)| forms);
        let dependent = forms & ING != 0
            && !view
                .before(verb)
                .is_some_and(|before| view.is(before, Class::BE))
            || view
                .before(verb)
                .is_some_and(|before| view.is(before, Class::TO));
        if dependent {
            dependent_subject(view, verb)
        } else {
            view.subject_before(view.group_start(verb))
        }
    } else {
        None
    };
    (source, cue)
}

/// An adjective such as "confident that", "reluctant to".
pub(super) fn adjective(view: View<'_>, at: usize) -> Option<Proposed> {
    let token = &view.tokens[at];
    let entry = view.lexicon.entry(token.word.adjective?);
    if at > 0 && (token.capital || view.is(at - 1, Class::DET)) {
        return None;
    }
    let next = at + 1;
    let clause = view.is(next, Class::THAT | Class::WH) && entry.takes.has(Takes::CLAUSE)
        || entry.takes.has(Takes::CLAUSE)
            && view.is(next, Class::SUBJECT)
            && !view.is(next, Class::PRONOUN);
    let (begin, reach) = follows(view, next, entry, clause)?;
    let mut start = at;
    let mut before = view.before(at);
    // "more hesitant", "deeply worried"
    if before.is_some_and(|before| {
        matches!(view.norm(before), "more" | "most" | "less" | "increasingly")
    }) {
        before = before.and_then(|before| view.before(before));
    }
    let source = match before {
        Some(verb) if view.is(verb, Class::BE | Class::COPULA) => {
            start = view.group_start(verb);
            view.subject_before(start)
        }
        Some(noun)
            if view.is_word(noun)
                && view.ends_noun(noun)
                && !view.is(noun, Class::DET | Class::POSS | Class::FINITE) =>
        {
            view.phrase_ending(noun)
        }
        Some(mark) if view.mark(mark, ',') => dependent_subject(view, at),
        None => {
            // "Worried that the dam could break, the mayors have …"

            (at..view.end())
                .filter(|&comma| view.mark(comma, ','))
                .find_map(|comma| {
                    let verb = (comma + 1..view.end())
                        .take_while(|&verb| view.is_word(verb))
                        .find(|&verb| view.is_finite(verb))?;
                    view.subject_before(view.group_start(verb))
                })
        }
        _ => None,
    }?;
    let content = view.content(begin, reach)?;
    Some(Proposed {
        source: vec![view.trimmed(source)],
        cue: start..begin.min(next).max(at + 1),
        content: vec![content],
        act: entry.act,
        level: Level::Attitude,
        negated: (start..at).any(|before| view.is(before, Class::NOT)),
        open: false,
        how: How::Adjective,
    })
}

/// `…: "what they say"`, after words that no table knows: said by the name before the colon, or else by
/// the subject of the sentence.
pub(super) fn colon(view: View<'_>, found: &[Proposed]) -> Option<Proposed> {
    let colon = (1..view.len()).find(|&at| {
        view.mark(at, ':')
            && view
                .get(at + 1)
                .is_some_and(|token| token.quote.is_some_and(|quote| quote.words > 3))
    })?;
    let taken = |claim: &Proposed| {
        claim
            .content
            .iter()
            .any(|range| range.contains(&(colon + 1)))
    };
    if found.iter().any(taken) {
        return None;
    }
    let name = view
        .phrase_ending(colon - 1)
        .filter(|range| view.is_name(range.end - 1) && range.len() < 9);
    let source = name.or_else(|| {
        let verb = (0..colon).find(|&at| view.is_finite(at))?;
        view.subject_before(view.group_start(verb))
    })?;
    Some(Proposed {
        source: vec![view.trimmed(source)],
        cue: colon..colon + 1,
        content: vec![view.content(colon + 1, Reach::Clause)?],
        act: "asserts",
        level: Level::Speech,
        negated: false,
        open: false,
        how: How::Mark,
    })
}

/// `Name: what they say` as a heading.
pub(super) fn heading(view: View<'_>, found: &[Proposed]) -> Option<Proposed> {
    let colon = (1..view.len().min(12)).find(|&at| view.mark(at, ':'))?;
    if colon == 1 && view.norm(0).chars().count() < 3 {
        return None;
    }
    if colon + 1 >= view.end()
        || found
            .iter()
            .any(|claim| claim.cue.end >= colon && claim.cue.start <= colon + 1)
    {
        return None;
    }
    if found.iter().any(|claim| claim.cue.start < colon)
        || (0..colon).any(|at| view.is_finite(at) || !view.is_word(at) && !view.mark(at, '.'))
    {
        return None;
    }
    let name = (0..colon)
        .all(|at| view.tokens[at].capital || view.is(at, Class::PREP | Class::DET | Class::CONJ));
    let quoted = view.is_quote(colon + 1);
    if !name
        || !(quoted
            || view.tokens[colon + 1].capital
                && (colon + 1..view.end()).count() > 3
                && (colon + 1..view.end()).any(|at| view.is_finite(at) || view.verb(at).is_some()))
    {
        return None;
    }
    Some(Proposed {
        source: vec![view.trimmed(0..colon)],
        cue: colon..colon + 1,
        content: vec![view.content(colon + 1, Reach::Clause)?],
        act: "asserts",
        level: Level::Speech,
        negated: false,
        open: false,
        how: How::Mark,
    })
}
