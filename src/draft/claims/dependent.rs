//! Whose a verb is that has no subject of its own, and verbs in the passive.

use std::ops::Range;

use super::around::stands_before_subject;
use super::content::Reach;
use super::view::View;
use crate::lexicon::{Class, Entry, Level, Takes};

/// Whose an infinitive, participle or gerund is: the subject of the finite verb before it, or, if it
/// opens the sentence, of the one behind.
pub(super) fn dependent_subject(view: View<'_>, at: usize) -> Option<Range<usize>> {
    // A participle directly after a noun: "people wanting".
    if view.is_ing(at)
        && at > 0
        && view.is_word(at - 1)
        && view.ends_noun(at - 1)
        && !view.is_adverb(at - 1)
        && !view.is(at - 1, Class::FINITE | Class::REL | Class::DET)
        && view.verb(at - 1).is_none()
        && let Some(phrase) = view.phrase_ending(at - 1)
    {
        return Some(phrase);
    }
    // "…, adding that": the subject of the whole sentence, not of a clause in it.
    let after_comma = at > 0 && view.comma(at - 1);
    if after_comma && let Some(subject) = main_subject(view, at) {
        return Some(subject);
    }
    let verb = (at.saturating_sub(50)..at)
        .rev()
        .find(|&verb| view.is_finite(verb) && !view.infinitive_at(verb.saturating_sub(1)));
    if let Some(verb) = verb {
        let group = view.group_start(verb);
        if let Some(subject) = view.subject_before(group) {
            return Some(subject);
        }
        // "…," said X, adding that …
        if stands_before_subject(view, group) {
            return view.subject_after(verb, at);
        }
    }
    let comma = (at..view.end()).find(|&comma| view.comma(comma))?;
    let verb = (comma..view.end()).find(|&verb| view.is_finite(verb))?;
    view.subject_before(view.group_start(verb))
}

/// The subject of the first verb before a token that is not in a clause that opens the sentence or that
/// belongs to a noun.
fn main_subject(view: View<'_>, at: usize) -> Option<Range<usize>> {
    let opens = view.is(0, Class::SUBORD | Class::PREP | Class::WH) || view.is_ing(0);
    let from = if opens {
        (0..at).find(|&comma| view.comma(comma))?
    } else {
        0
    };
    let verb = (from..at).find(|&verb| {
        view.is_finite(verb) && {
            let group = view.group_start(verb);
            let before = view.before(group);
            !before.is_some_and(|before| view.is(before, Class::REL | Class::THAT))
                && !(from..group).any(|left| {
                    view.is(left, Class::REL) && !(left..group).any(|comma| view.comma(comma))
                })
        }
    })?;
    let group = view.group_start(verb);
    view.subject_before(group).or_else(|| {
        if stands_before_subject(view, group) {
            view.subject_after(verb, at)
        } else {
            None
        }
    })
}

/// Of a verb in the passive: who says it, what is said, and where the words that introduce it end.
type Passive = (Option<Range<usize>>, Vec<Range<usize>>, usize);

/// A verb in the passive: who says it stands behind "by", or nowhere.
pub(super) fn passive(view: View<'_>, at: usize, start: usize, entry: &Entry) -> Option<Passive> {
    let end = view.content_end(at + 1, Reach::Phrase);
    let by = (at + 1..end).find(|&by| view.norm(by) == "by");
    let agent = by.and_then(|by| {
        let stop = view.phrase_from(by + 1, end);
        let person = view.tokens[by + 1..stop].iter().any(|token| token.capital)
            || view.is(by + 1, Class::PRONOUN | Class::DET | Class::POSS)
            || view.is_plural(by + 1);
        (stop > by + 1 && person && !view.is_ing(by + 1)).then_some(by + 1..stop)
    });
    let addressed = entry.takes.has(Takes::ADDRESSEE);
    let complement = view.complement(
        at + 1,
        Takes(entry.takes.0 | Takes::INFINITIVE.0 & !Takes::NOUN.0 & !Takes::ADDRESSEE.0),
        &entry.prepositions,
    );
    let known = entry.takes.has(Takes::PASSIVE)
        || entry.takes.has(Takes::PERSON)
        || addressed
        || entry.takes.has(Takes::NOUN);
    if !known {
        return None;
    }
    let subject = view.subject_before(start);
    let mut content = Vec::new();
    if !addressed {
        let subject = subject?;
        // "It is expected that": the clause alone.
        if !(view.norm(subject.start) == "it"
            && subject.len() == 1
            && complement.is_some_and(|found| view.is(found.start, Class::THAT)))
        {
            content.push(view.trimmed(subject));
        }
    }
    let mut stop = at + 1;
    match complement {
        Some(found) if !view.is(found.start, Class::PREP) || view.infinitive_at(found.start) => {
            stop = found.cue_end;
            content.push(view.content(found.start, found.reach)?);
        }
        _ if agent.is_some() => {}
        _ if entry.takes.has(Takes::PASSIVE)
            && view.is_word(at + 1)
            && entry.level == Level::Attitude =>
        {
            let rest = view.trimmed(at + 1..end);
            if !rest.is_empty() {
                content.push(rest);
            }
        }
        _ => return None,
    }
    content.retain(|range| !range.is_empty());
    if content.is_empty() {
        return None;
    }
    Some((agent, content, stop))
}
