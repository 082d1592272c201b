//! What is said around a clause of saying: before it, behind it, on both sides.

use std::ops::Range;

use super::content::Reach;
use super::proposed::{How, Proposed, clause_start};
use super::view::View;
use crate::lexicon::{Class, Level, Takes};
use crate::scan::Kind;

/// Whether a verb stands where its subject comes after it: behind a comma or a quotation, or first.
pub(super) fn stands_before_subject(view: View<'_>, at: usize) -> bool {
    let Some(before) = view.before(at) else {
        return false;
    };
    match view.tokens[before].kind {
        Kind::Quote => true,
        Kind::Mark(mark) => {
            matches!(mark, ',' | '—' | '…' | '?' | '!')
                && (view.is(
                    at + 1,
                    Class::DET | Class::TITLE | Class::SUBJECT | Class::POSS | Class::ROLE,
                ) || view.get(at + 1).is_some_and(|token| token.capital)
                    || (0..before).any(|quote| view.is_quote(quote)))
        }
        Kind::Word => false,
    }
}

/// Whether a noun phrase behind a verb is its subject: what is said stands before, not behind.
pub(super) fn inverted(view: View<'_>, at: usize, subject: &Range<usize>) -> bool {
    let quoted = view
        .before(at)
        .is_some_and(|before| view.is_quote(before) || before > 0 && view.is_quote(before - 1));
    if quoted {
        return view.is_quote(at - 1) || !view.is(subject.end, Class::FINITE);
    }
    let plain = view
        .verb(at)
        .is_some_and(|(entry, _)| entry.takes.has(Takes::CLAUSE) && entry.takes.has(Takes::QUOTE));
    let end = subject.end;
    let ends = view.get(end).is_none_or(|token| match token.kind {
        Kind::Mark(_) => true,
        Kind::Quote => false,
        Kind::Word => {
            token.is(Class::TIME | Class::PREP | Class::SUBORD)
                && !token.is(Class::THAT | Class::TO)
        }
    });
    let clause = (0..at).any(|verb| view.is_finite(verb))
        && view.before(at).is_some_and(|before| view.mark(before, ','));
    plain
        && ends
        && clause
        && view
            .subject_before(at)
            .is_none_or(|subject| (subject.start..subject.end).any(|verb| view.is_finite(verb)))
}

/// What is said to the left of a clause of saying: a quotation or a clause that ends with a comma.
pub(super) fn left_content(view: View<'_>, subject: usize) -> Option<Range<usize>> {
    let mut end = subject;
    while end > 0
        && (view.is(end - 1, Class::CONJ) || view.is_adverb(end - 1) || view.norm(end - 1) == "as")
    {
        end -= 1;
    }
    let last = end.checked_sub(1)?;
    let fits =
        view.is_quote(last) || matches!(view.tokens[last].kind, Kind::Mark(',' | '—' | '?' | '!'));
    if !fits {
        return None;
    }
    // The quotation alone, if there is one and it is long enough to be what was said.
    let mut stop = end;
    while stop > 0 && matches!(view.tokens[stop - 1].kind, Kind::Mark(_)) {
        stop -= 1;
    }
    if stop > 0 && view.is_quote(stop - 1) {
        let quote = view.tokens[stop - 1].quote?;
        let spoken = quote.last.is_some_and(|last| ",?!".contains(last));
        let whole = (quote.words > 3 && quote.capital || spoken && quote.words > 0)
            && (stop == 1 || !view.is_word(stop - 2) || view.is_quote(stop - 2));
        if whole {
            let mut begin = stop - 1;
            while begin > 0
                && (view.is_quote(begin - 1)
                    || matches!(view.tokens[begin - 1].kind, Kind::Mark('…' | ',')))
            {
                begin -= 1;
            }
            while begin < stop && !view.is_quote(begin) {
                begin += 1;
            }
            return Some(begin..stop);
        }
    }
    let begin = clause_start(view, end);
    let range = view.trimmed(begin..end);
    let mut range = range;
    while range.start < range.end
        && (view.is(range.start, Class::CONJ) || view.mark(range.start, ','))
    {
        range.start += 1;
    }
    (!range.is_empty()).then_some(range)
}

/// Whether what stands to the left is words spoken, in marks, that the clause of saying closes.
pub(super) fn speaks(view: View<'_>, range: &Range<usize>) -> bool {
    range.clone().all(|at| !view.is_word(at))
        && view.is_quote(range.end - 1)
        && view.tokens[range.end - 1].quote.is_some_and(|quote| {
            quote.last.is_some_and(|last| ",?!—-…".contains(last)) || view.mark(range.end, ',')
        })
}

/// What is said before `, X said`; nothing where what stands there is not content.
pub(super) fn around_subject(view: View<'_>, subject: usize) -> Vec<Range<usize>> {
    let Some(range) = left_content(view, subject) else {
        return Vec::new();
    };
    let clause = view.is_quote(range.end - 1)
        || range.clone().any(|at| view.is_finite(at))
        || view.is_quote(range.start)
        || range.len() > 1;
    if clause { vec![range] } else { Vec::new() }
}

/// Adds what goes on behind a clause of saying in the middle: `…, he said, …` and `"…," he said. "…"`.
pub(super) fn tail(view: View<'_>, from: usize, content: &mut Vec<Range<usize>>) {
    let quoted = content
        .last()
        .is_some_and(|range| view.is_quote(range.end - 1));
    let end = view.end();
    if quoted {
        let mut at = from;
        while at < view.len() {
            if view.is_quote(at) && view.tokens[at].quote.is_some_and(|quote| quote.words > 1) {
                content.push(at..at + 1);
                return;
            }
            if view.is_word(at)
                && (view.speaker_follows(at) || view.is_finite(at) && !view.is(at, Class::BE))
                && at > from + 1
            {
                return;
            }
            at += 1;
        }
        return;
    }
    if view.mark(from, ',')
        && from + 1 < end
        && !view.is_ing(from + 1)
        && !view.is(from + 1, Class::CONJ | Class::REL)
        && !view.speaker_follows(from + 1)
    {
        let range = view.trimmed(from + 1..view.content_end(from + 1, Reach::Clause));
        let short = content.last().is_some_and(|range| range.len() < 5);
        if !range.is_empty() && (short || range.clone().any(|at| view.is_finite(at))) {
            content.push(range);
        }
    }
}

/// A verb that no table knows, in a clause that closes a quotation: `"…," he surmised.`
pub(super) fn unknown_verb(view: View<'_>, at: usize) -> Option<Proposed> {
    let token = &view.tokens[at];
    if token.capital || !view.is_finite(at) || token.is(Class::FINITE | Class::BE) {
        return None;
    }
    let known = view.verb(at);
    if known.is_some_and(|(entry, _)| entry.level == Level::Speech) {
        return None;
    }
    let start = view.group_start(at);
    let source = view.subject_before(start)?;
    let quote = left_content(view, source.start).filter(|range| speaks(view, range))?;
    let comma = view.tokens[quote.end - 1]
        .quote
        .is_some_and(|quote| quote.last == Some(','));
    if !comma || source.len() > 8 {
        return None;
    }
    let mut content = vec![quote];
    tail(view, at + 1, &mut content);
    Some(Proposed {
        source: vec![view.trimmed(source)],
        cue: start..at + 1,
        content,
        act: "asserts",
        level: Level::Speech,
        negated: false,
        open: false,
        how: How::Unknown,
    })
}
