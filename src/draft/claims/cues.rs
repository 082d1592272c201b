//! The words that introduce claims, and the claims of one sentence.

use std::ops::Range;

use super::content::{Complement, Reach};
use super::How;
use super::view::View;
use crate::lexicon::{BASE, Class, Entry, ING, Level, PARTICIPLE, PAST, THIRD, Takes};
use crate::scan::Kind;

/// How a verb is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    /// With a subject of its own.
    Finite,
    /// An infinitive, a participle or a gerund.
    Dependent,
    /// In the passive.
    Passive,
}

/// A claim of a sentence, in numbers of tokens.
#[derive(Debug, Clone)]
pub(super) struct Proposed {
    pub(super) source: Vec<Range<usize>>,
    pub(super) cue: Range<usize>,
    pub(super) content: Vec<Range<usize>>,
    pub(super) act: &'static str,
    pub(super) level: Level,
    pub(super) negated: bool,
    /// Whether what is said was looked for in vain: it may stand in the sentence before or after.
    pub(super) open: bool,
    pub(super) how: How,
}

/// The claims of a sentence, in the order of the words that introduce them.
pub(super) fn claims(view: View<'_>) -> Vec<Proposed> {
    if !view.lexicon.is_english {
        return super::plain::claims(view);
    }
    let mut found = Vec::new();
    for at in 0..view.len() {
        if !view.is_word(at) {
            continue;
        }
        let claim = according(view, at)
            .or_else(|| verb(view, at))
            .or_else(|| unknown_verb(view, at))
            .or_else(|| noun(view, at))
            .or_else(|| adjective(view, at));
        found.extend(claim);
    }
    if let Some(heading) = heading(view, &found) {
        found.push(heading);
    }
    if let Some(colon) = colon(view, &found) {
        found.push(colon);
    }
    not_within(found)
}

/// Leaves out what is felt or wanted within what somebody says or wants, which is theirs to report.
fn not_within(found: Vec<Proposed>) -> Vec<Proposed> {
    let within = |inner: &Proposed, outer: &Proposed| {
        inner.cue != outer.cue
            && outer.content.iter().any(|range| range.start <= inner.cue.start && inner.cue.end <= range.end)
    };
    let kept = found.iter().map(|inner| {
        !found.iter().any(|outer| {
            within(inner, outer) && !within(outer, inner)
                && (inner.level != Level::Speech || outer.level == Level::Speech)
        })
    });
    let kept: Vec<bool> = kept.collect();
    found.into_iter().zip(kept).filter_map(|(claim, kept)| kept.then_some(claim)).collect()
}

/// "According to SOURCE, …" and "…, according to SOURCE".
fn according(view: View<'_>, at: usize) -> Option<Proposed> {
    let length = view.according_at(at)?;
    let start = at + length;
    if start >= view.end() {
        return None;
    }
    let end = view.end();
    let mut source_end = view.phrase_from(start, end);
    if source_end == start {
        return None;
    }
    // Appositions of the source, as far as they are followed by a comma or the end.
    while view.mark(source_end, ',') && source_end + 1 < end
        && (view.is(source_end + 1, Class::DET | Class::REL) || view.is_ing(source_end + 1)) && at > 0
    {
        let next = (source_end + 1..end).find(|&next| view.mark(next, ',')).unwrap_or(end);
        source_end = next;
    }
    let opens = at == 0 || (0..at).all(|before| view.is(before, Class::CONJ | Class::ADV) || view.mark(before, ','));
    let content = if opens {
        let begin = if view.mark(source_end, ',') { source_end + 1 } else { source_end };
        vec![view.content(begin, Reach::Clause)?]
    } else {
        let begin = clause_start(view, at);
        let mut parts = Vec::new();
        let before = view.trimmed(begin..at);
        if !before.is_empty() {
            parts.push(before);
        }
        if view.mark(source_end, ',') && view.mark(at - 1, ',') {
            let rest = view.trimmed(source_end + 1..view.content_end(source_end + 1, Reach::Clause));
            if !rest.is_empty() && !view.is_ing(rest.start) && !view.is(rest.start, Class::REL) && !view.is(rest.start, Class::ADVERSATIVE) {
                parts.push(rest);
            }
        }
        parts
    };
    if content.is_empty() {
        return None;
    }
    Some(Proposed {
        source: vec![view.trimmed(start..source_end)],
        cue: at..start,
        content,
        act: "asserts",
        level: Level::Speech,
        negated: false,
        open: false,
        how: How::Clause,
    })
}

/// Where the clause begins that ends before a token.
fn clause_start(view: View<'_>, at: usize) -> usize {
    (0..at).rev().find(|&mark| view.mark(mark, ';')).map_or(0, |mark| mark + 1)
}

/// How a form of a verb is used, or `None` where it is none.
fn used(view: View<'_>, at: usize, forms: u8, entry: &Entry) -> Option<Use> {
    let token = &view.tokens[at];
    if token.capital && at > 0 && !view.mark(at - 1, ':') {
        return None;
    }
    let Some(before) = view.before(at) else {
        return (forms & ING != 0 || forms & PARTICIPLE != 0 && view.is(at + 1, Class::PREP)).then_some(Use::Dependent);
    };
    let is = |class| view.is(before, class) && !(view.is_name(before) && !view.is(before, Class::SUBJECT));
    let noun_before = view.norm(before) == "'s" && !(before > 0 && view.is(before - 1, Class::SUBJECT | Class::REL));
    if is(Class::TO) {
        return (forms & BASE != 0).then_some(Use::Dependent);
    }
    if is(Class::MODAL | Class::DO) && !noun_before {
        return (forms & BASE != 0).then_some(Use::Finite);
    }
    if is(Class::HAVE) {
        return (forms & PARTICIPLE != 0).then_some(Use::Finite);
    }
    if is(Class::BE) && !noun_before {
        if forms & ING != 0 {
            return Some(Use::Finite);
        }
        return (forms & PARTICIPLE != 0).then_some(Use::Passive);
    }
    if forms & ING != 0 {
        let bound = view.is(before, Class::DET | Class::POSS) && !view.is(before, Class::PRONOUN) || noun_before;
        return (!bound).then_some(Use::Dependent);
    }
    let pronoun = view.is(before, Class::SUBJECT | Class::REL);
    if pronoun {
        let plural = view.is(before, Class::PLURAL | Class::FIRST | Class::REL) || view.norm(before) == "you";
        return (forms & (PAST | THIRD) != 0 || forms & BASE != 0 && plural).then_some(Use::Finite);
    }
    if noun_before || view.is(before, Class::POSS | Class::PREP) && !view.is_name(before) {
        return None;
    }
    if view.is(before, Class::DET) {
        let alone = view.is(before, Class::PRONOUN) && (forms & BASE != 0 || forms & PAST != 0);
        return (alone && view.takes_something(at + 1)).then_some(Use::Finite);
    }
    if forms & PAST != 0 {
        if forms & PARTICIPLE != 0 && view.norm(at + 1) == "by" {
            return None;
        }
        let naming = matches!(entry.lemma.as_str(), "call" | "name" | "dub" | "title" | "label" | "brand");
        let numbered = view.norm(before).starts_with(|c: char| c.is_numeric()) && !view.takes_something(at + 1);
        if forms & PARTICIPLE != 0 && (numbered || naming && view.is_word(before) && !view.is_name(before)) {
            return None;
        }
        let participle = forms & PARTICIPLE != 0 && view.mark(before, ',') && view.is(at + 1, Class::PREP) && !entry.takes.has(Takes::CLAUSE);
        return Some(if participle { Use::Dependent } else { Use::Finite });
    }
    if forms & PARTICIPLE != 0 {
        return None;
    }
    let next = view.takes_something(at + 1) || entry.prepositions.iter().any(|word| word == view.norm(at + 1))
        || view.get(at + 1).is_none_or(|token| !token.is_word());
    if forms & THIRD != 0 {
        let homograph = token.word.noun.is_some() || token.is(Class::HOMOGRAPH);
        if !homograph && entry.level == Level::Speech && view.ends_noun(before) {
            return Some(Use::Finite);
        }
        let ambiguous = homograph || !view.is_name(before);
        let fits = next && (!ambiguous || view.takes_something(at + 1) || entry.takes.has(Takes::QUOTE) && !view.is_word(at + 1));
        return fits.then_some(Use::Finite);
    }
    if forms & BASE != 0 && next {
        if view.is(before, Class::CONJ) {
            let coordinated = (before.saturating_sub(12)..before).rev().take_while(|&left| view.is_word(left))
                .any(|left| view.infinitive_at(left));
            return coordinated.then_some(Use::Dependent);
        }
        let joined = (before.saturating_sub(6)..before).any(|left| view.norm(left) == "and");
        let plural = view.is_plural(before) && !view.is_name(before) || view.is_plural(before) && view.takes_something(at + 1)
            || joined && view.is_name(before);
        return (plural && view.takes_something(at + 1)).then_some(Use::Finite);
    }
    None
}

/// A verb of saying or of attitude.
fn verb(view: View<'_>, at: usize) -> Option<Proposed> {
    let (entry, forms) = view.verb(at)?;
    if entry.level == Level::Plain {
        return None;
    }
    let how = used(view, at, forms, entry)?;
    let start = view.group_start(at);
    let negated = (start..at).any(|before| view.is(before, Class::NOT));
    let make = |source: Option<Range<usize>>, cue: Range<usize>, content: Vec<Range<usize>>, open| {
        Some(Proposed {
            source: source.into_iter().map(|range| view.trimmed(range)).filter(|range| !range.is_empty()).collect(),
            cue,
            content,
            act: entry.act,
            level: entry.level,
            negated,
            open,
            how: match how {
                Use::Finite => How::Clause,
                Use::Passive => How::Passive,
                Use::Dependent => How::Dependent,
            },
        })
    };
    if how == Use::Passive {
        return passive(view, at, start, entry).and_then(|(source, content, end)| make(source, start..end, content, false));
    }
    let put = entry.lemma == "put";
    if put && view.norm(at + 1) != "it" {
        return None;
    }
    let complement = view.complement(at + 1 + usize::from(put), entry.takes, &entry.prepositions);
    let says = entry.level == Level::Speech && (entry.takes.has(Takes::QUOTE) || entry.takes.has(Takes::CLAUSE))
        || matches!(entry.lemma.as_str(), "think" | "believe" | "hope");
    // `"…," said X` and `…, said X`.
    if how == Use::Finite && says && forms & (PAST | THIRD) != 0 && stands_before_subject(view, at) {
        if let Some(subject) = view.subject_after(at, view.len()).filter(|subject| inverted(view, at, subject)) {
            let content = around(view, at, subject.end);
            if !content.is_empty() {
                let end = subject.end;
                let mut content = content;
                tail(view, end, &mut content);
                return make(Some(subject), at..at + 1, content, false);
            }
        }
    }
    if how == Use::Finite && says
        && let Some(source) = view.subject_before(start)
        && let Some(quote) = left_content(view, source.start).filter(|range| speaks(view, range))
        && !complement.is_some_and(|found| view.is_quote(found.start) && found.start <= at + 3)
    {
        let mut content = vec![quote];
        tail(view, at + 1, &mut content);
        return make(Some(source), start..at + 1, content, false);
    }
    let plain = complement.is_some_and(|found| {
        found.reach == Reach::Phrase && !view.is_quote(found.start) && (entry.lemma == "tell" || !entry.takes.has(Takes::NOUN))
    });
    if how == Use::Finite && says && (plain || complement.is_none())
        && let Some(source) = view.subject_before(start)
        && let Some(left) = left_content(view, source.start)
        && !view.is(left.start, Class::SUBORD | Class::PREP)
        && left.clone().any(|at| view.is_finite(at) || view.is_quote(at))
    {
        let mut content = vec![left];
        tail(view, at + 1, &mut content);
        return make(Some(source), start..at + 1, content, false);
    }
    if let Some(Complement { cue_end, start: begin, reach }) = complement {
        let source = source_of(view, at, start, how);
        // `"…," he added, "…"`: what stands before belongs to it too.
        let mut content: Vec<Range<usize>> = Vec::new();
        if says && how == Use::Finite && view.is_quote(begin) {
            let left = source.as_ref().map_or(start, |range| range.start);
            content.extend(left_content(view, left).filter(|range| view.is_quote(range.end - 1)));
        }
        content.push(view.content(begin, reach)?);
        let _ = cue_end;
        return make(source, start..cue_end.min(begin).max(at + 1), content, false);
    }
    if !says || how == Use::Passive {
        return None;
    }
    // `…, X said` with what is said before it, or on both sides.
    let source = source_of(view, at, start, how)?;
    if how == Use::Dependent {
        let quote = left_content(view, source.start.min(start)).filter(|range| view.is_quote(range.end - 1));
        return match quote {
            Some(quote) if view.is_ing(at) => make(Some(source), at..at + 1, vec![quote], false),
            _ => None,
        };
    }
    let mut content = around_subject(view, source.start, at);
    let opening = source.start.checked_sub(1).filter(|&as_| view.norm(as_) == "as");
    if content.is_empty() && opening.is_some() {
        let comma = (at + 1..view.end().min(at + 14)).find(|&comma| view.mark(comma, ','));
        if let Some(comma) = comma
            && let Some(range) = view.content(comma + 1, Reach::Clause)
        {
            return make(Some(source), start..at + 1, vec![range], false);
        }
    }
    if content.is_empty() {
        let ends = (at + 1..view.end()).all(|next| view.is_word(next) || view.mark(next, ','));
        return if ends { make(Some(source), start..at + 1, content, true) } else { None };
    }
    tail(view, at + 1, &mut content);
    make(Some(source), start..at + 1, content, false)
}

/// A verb that no table knows, in a clause that closes a quotation: `"…," he surmised.`
fn unknown_verb(view: View<'_>, at: usize) -> Option<Proposed> {
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
    let comma = view.tokens[quote.end - 1].quote.is_some_and(|quote| quote.last == Some(','));
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

/// Whether a verb stands where its subject comes after it: behind a comma or a quotation, or first.
fn stands_before_subject(view: View<'_>, at: usize) -> bool {
    let Some(before) = view.before(at) else { return false };
    match view.tokens[before].kind {
        Kind::Quote => true,
        Kind::Mark(mark) => {
            matches!(mark, ',' | '—' | '…' | '?' | '!')
                && (view.is(at + 1, Class::DET | Class::TITLE | Class::SUBJECT | Class::POSS | Class::ROLE)
                    || view.get(at + 1).is_some_and(|token| token.capital)
                    || (0..before).any(|quote| view.is_quote(quote)))
        }
        Kind::Word => false,
    }
}

/// Whether a noun phrase behind a verb is its subject: what is said stands before, not behind.
fn inverted(view: View<'_>, at: usize, subject: &Range<usize>) -> bool {
    let quoted = view.before(at).is_some_and(|before| view.is_quote(before) || before > 0 && view.is_quote(before - 1));
    if quoted {
        return view.is_quote(at - 1) || !view.is(subject.end, Class::FINITE);
    }
    let plain = view.verb(at).is_some_and(|(entry, _)| entry.takes.has(Takes::CLAUSE) && entry.takes.has(Takes::QUOTE));
    let end = subject.end;
    let ends = view.get(end).is_none_or(|token| match token.kind {
        Kind::Mark(_) => true,
        Kind::Quote => false,
        Kind::Word => token.is(Class::TIME | Class::PREP | Class::SUBORD) && !token.is(Class::THAT | Class::TO),
    });
    let clause = (0..at).any(|verb| view.is_finite(verb)) && view.before(at).is_some_and(|before| view.mark(before, ','));
    plain && ends && clause && view.subject_before(at).is_none_or(|subject| (subject.start..subject.end).any(|verb| view.is_finite(verb)))
}

/// What is said to the left of a clause of saying: a quotation or a clause that ends with a comma.
fn left_content(view: View<'_>, subject: usize) -> Option<Range<usize>> {
    let mut end = subject;
    while end > 0 && (view.is(end - 1, Class::CONJ) || view.is_adverb(end - 1) || view.norm(end - 1) == "as") {
        end -= 1;
    }
    let last = end.checked_sub(1)?;
    let fits = view.is_quote(last) || matches!(view.tokens[last].kind, Kind::Mark(',' | '—' | '?' | '!'));
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
        let whole = (quote.words > 3 && quote.capital || spoken && quote.words > 0) && (stop == 1 || !view.is_word(stop - 2) || view.is_quote(stop - 2));
        if whole {
            let mut begin = stop - 1;
            while begin > 0 && (view.is_quote(begin - 1) || matches!(view.tokens[begin - 1].kind, Kind::Mark('…' | ','))) {
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
    while range.start < range.end && (view.is(range.start, Class::CONJ) || view.mark(range.start, ',')) {
        range.start += 1;
    }
    (!range.is_empty()).then_some(range)
}

/// Whether what stands to the left is words spoken, in marks, that the clause of saying closes.
fn speaks(view: View<'_>, range: &Range<usize>) -> bool {
    range.clone().all(|at| !view.is_word(at))
        && view.is_quote(range.end - 1)
        && view.tokens[range.end - 1].quote.is_some_and(|quote| quote.last.is_some_and(|last| ",?!—-…".contains(last)) || view.mark(range.end, ','))
}

/// What is said on both sides of `, said X,`.
fn around(view: View<'_>, verb: usize, subject_end: usize) -> Vec<Range<usize>> {
    let _ = subject_end;
    left_content(view, verb).into_iter().collect()
}

/// What is said before `, X said`; nothing where what stands there is not content.
fn around_subject(view: View<'_>, subject: usize, verb: usize) -> Vec<Range<usize>> {
    let _ = verb;
    let Some(range) = left_content(view, subject) else { return Vec::new() };
    let clause = view.is_quote(range.end - 1)
        || range.clone().any(|at| view.is_finite(at))
        || view.is_quote(range.start)
        || range.len() > 1;
    if clause { vec![range] } else { Vec::new() }
}

/// Adds what goes on behind a clause of saying in the middle: `…, he said, …` and `"…," he said. "…"`.
fn tail(view: View<'_>, from: usize, content: &mut Vec<Range<usize>>) {
    let quoted = content.last().is_some_and(|range| view.is_quote(range.end - 1));
    let end = view.end();
    if quoted {
        let mut at = from;
        while at < view.len() {
            if view.is_quote(at) && view.tokens[at].quote.is_some_and(|quote| quote.words > 1) {
                content.push(at..at + 1);
                return;
            }
            if view.is_word(at) && (view.speaker_follows(at) || view.is_finite(at) && !view.is(at, Class::BE)) && at > from + 1 {
                return;
            }
            at += 1;
        }
        return;
    }
    if view.mark(from, ',') && from + 1 < end && !view.is_ing(from + 1)
        && !view.is(from + 1, Class::CONJ | Class::REL) && !view.speaker_follows(from + 1)
    {
        let range = view.trimmed(from + 1..view.content_end(from + 1, Reach::Clause));
        let short = content.last().is_some_and(|range| range.len() < 5);
        if !range.is_empty() && (short || range.clone().any(|at| view.is_finite(at))) {
            content.push(range);
        }
    }
}

/// Who says it, of a verb in the active.
fn source_of(view: View<'_>, at: usize, start: usize, how: Use) -> Option<Range<usize>> {
    if how == Use::Finite {
        return view.subject_before(start);
    }
    dependent_subject(view, at)
}

/// Whose an infinitive, participle or gerund is: the subject of the finite verb before it, or, if it
/// opens the sentence, of the one behind.
pub(super) fn dependent_subject(view: View<'_>, at: usize) -> Option<Range<usize>> {
    // A participle directly after a noun: "people wanting".
    if view.is_ing(at) && at > 0 && view.is_word(at - 1) && view.ends_noun(at - 1)
        && !view.is_adverb(at - 1) && !view.is(at - 1, Class::FINITE | Class::REL | Class::DET)
        && view.verb(at - 1).is_none()
    {
        if let Some(phrase) = view.phrase_ending(at - 1) {
            return Some(phrase);
        }
    }
    // "…, adding that": the subject of the whole sentence, not of a clause in it.
    let after_comma = at > 0 && view.comma(at - 1);
    if after_comma && let Some(subject) = main_subject(view, at) {
        return Some(subject);
    }
    let verb = (at.saturating_sub(50)..at).rev().find(|&verb| view.is_finite(verb) && !view.infinitive_at(verb.saturating_sub(1)));
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
    let from = if opens { (0..at).find(|&comma| view.comma(comma))? } else { 0 };
    let verb = (from..at).find(|&verb| {
        view.is_finite(verb) && {
            let group = view.group_start(verb);
            let before = view.before(group);
            !before.is_some_and(|before| view.is(before, Class::REL | Class::THAT))
                && !(from..group).any(|left| view.is(left, Class::REL) && !(left..group).any(|comma| view.comma(comma)))
        }
    })?;
    let group = view.group_start(verb);
    view.subject_before(group).or_else(|| {
        if stands_before_subject(view, group) { view.subject_after(verb, at) } else { None }
    })
}

/// A verb in the passive: who says it stands behind "by", or nowhere.
fn passive(view: View<'_>, at: usize, start: usize, entry: &Entry) -> Option<(Option<Range<usize>>, Vec<Range<usize>>, usize)> {
    let end = view.content_end(at + 1, Reach::Phrase);
    let by = (at + 1..end).find(|&by| view.norm(by) == "by");
    let agent = by.and_then(|by| {
        let stop = view.phrase_from(by + 1, end);
        let person = view.tokens[by + 1..stop].iter().any(|token| token.capital) || view.is(by + 1, Class::PRONOUN | Class::DET | Class::POSS) || view.is_plural(by + 1);
        (stop > by + 1 && person && !view.is_ing(by + 1)).then_some(by + 1..stop)
    });
    let addressed = entry.takes.has(Takes::ADDRESSEE);
    let complement = view.complement(at + 1, Takes(entry.takes.0 | Takes::INFINITIVE.0 & !Takes::NOUN.0 & !Takes::ADDRESSEE.0), &entry.prepositions);
    let known = entry.takes.has(Takes::PASSIVE) || entry.takes.has(Takes::PERSON) || addressed || entry.takes.has(Takes::NOUN);
    if !known {
        return None;
    }
    let subject = view.subject_before(start);
    let mut content = Vec::new();
    if !addressed {
        let subject = subject?;
        // "It is expected that": the clause alone.
        if !(view.norm(subject.start) == "it" && subject.len() == 1 && complement.is_some_and(|found| view.is(found.start, Class::THAT))) {
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
        _ if entry.takes.has(Takes::PASSIVE) && view.is_word(at + 1) && entry.level == Level::Attitude => {
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

/// A noun such as "claim that", "call for", "his support of".
fn noun(view: View<'_>, at: usize) -> Option<Proposed> {
    let token = &view.tokens[at];
    let entry = view.lexicon.entry(token.word.noun?);
    if token.capital {
        return None;
    }
    let next = at + 1;
    let takes = Takes(entry.takes.0 & !Takes::NOUN.0);
    let clause = view.is(next, Class::THAT) && takes.has(Takes::CLAUSE);
    let infinitive = view.infinitive_at(next) && takes.has(Takes::INFINITIVE);
    let preposition = entry.prepositions.iter().any(|word| word == view.norm(next));
    if !clause && !infinitive && !preposition {
        return None;
    }
    let (begin, reach) = if clause || infinitive { (next, Reach::Clause) } else { (next + 1, Reach::Phrase) };
    // The beginning of the phrase that the noun heads.
    let mut start = at;
    while start > 0 && view.is_word(start - 1) && at - start < 6
        && !view.is(start - 1, Class::PREP | Class::CONJ | Class::FINITE | Class::TO | Class::SUBORD | Class::REL | Class::THAT | Class::LIGHT)
        && !view.is_finite(start - 1)
        && !(view.is(start - 1, Class::SUBJECT) && !view.is(start - 1, Class::POSS))
    {
        start -= 1;
        if view.is(start, Class::DET | Class::POSS) || view.norm(start) == "'s" {
            break;
        }
    }
    let light = start > 0 && (view.is(start - 1, Class::LIGHT) || view.is(start - 1, Class::PREP) && start > 1 && view.is(start - 2, Class::LIGHT));
    let mut cue = start..next;
    let source = if view.is(start, Class::POSS) && start < at {
        cue.start = start + 1;
        Some(start..start + 1)
    } else if view.norm(start) == "'s" && start > 0 {
        cue.start = start + 1;
        view.phrase_ending(start - 1).map(|phrase| phrase.start..start)
    } else if light {
        let verb = start - 1;
        cue.start = verb;
        let (forms, how) = view.verb(verb).map_or((0, Use::Finite), |(_, forms)| (forms, Use::Finite));
        let dependent = forms & ING != 0 && !view.before(verb).is_some_and(|before| view.is(before, Class::BE))
            || view.before(verb).is_some_and(|before| view.is(before, Class::TO));
        let _ = how;
        if dependent { dependent_subject(view, verb) } else { view.subject_before(view.group_start(verb)) }
    } else {
        None
    };
    if source.is_none() && !clause && !infinitive {
        return None;
    }
    let content = view.content(begin, reach)?;
    let cue_start = cue.start;
    Some(Proposed {
        source: source.into_iter().map(|range| view.trimmed(range)).filter(|range| !range.is_empty()).collect(),
        cue,
        content: vec![content],
        act: entry.act,
        level: Level::Attitude,
        negated: (cue_start.saturating_sub(4)..at).any(|before| view.is(before, Class::NOT) || view.norm(before) == "no"),
        open: false,
        how: How::Noun,
    })
}

/// An adjective such as "confident that", "reluctant to".
fn adjective(view: View<'_>, at: usize) -> Option<Proposed> {
    let token = &view.tokens[at];
    let entry = view.lexicon.entry(token.word.adjective?);
    if token.capital && at > 0 || view.is(at.checked_sub(1).unwrap_or(at), Class::DET) && at > 0 {
        return None;
    }
    let next = at + 1;
    let clause = view.is(next, Class::THAT | Class::WH) && entry.takes.has(Takes::CLAUSE)
        || entry.takes.has(Takes::CLAUSE) && view.is(next, Class::SUBJECT) && !view.is(next, Class::PRONOUN);
    let infinitive = view.infinitive_at(next) && entry.takes.has(Takes::INFINITIVE);
    let preposition = entry.prepositions.iter().any(|word| word == view.norm(next));
    if !clause && !infinitive && !preposition {
        return None;
    }
    let (begin, reach) = if clause || infinitive { (next, Reach::Clause) } else { (next + 1, Reach::Phrase) };
    let mut start = at;
    let mut before = view.before(at);
    // "more hesitant", "deeply worried"
    if before.is_some_and(|before| matches!(view.norm(before), "more" | "most" | "less" | "increasingly")) {
        before = before.and_then(|before| view.before(before));
    }
    let source = match before {
        Some(verb) if view.is(verb, Class::BE | Class::COPULA) => {
            start = view.group_start(verb);
            view.subject_before(start)
        }
        Some(noun) if view.is_word(noun) && view.ends_noun(noun) && !view.is(noun, Class::DET | Class::POSS | Class::FINITE) => view.phrase_ending(noun),
        Some(mark) if view.mark(mark, ',') => dependent_subject(view, at),
        None => {
            // "Worried that the dam could break, the mayors have …"
            let finite = (at..view.end()).filter(|&comma| view.mark(comma, ',')).find_map(|comma| {
                let verb = (comma + 1..view.end()).take_while(|&verb| view.is_word(verb)).find(|&verb| view.is_finite(verb))?;
                view.subject_before(view.group_start(verb))
            });
            finite
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
fn colon(view: View<'_>, found: &[Proposed]) -> Option<Proposed> {
    let colon = (1..view.len()).find(|&at| {
        view.mark(at, ':') && view.get(at + 1).is_some_and(|token| token.quote.is_some_and(|quote| quote.words > 3))
    })?;
    let taken = |claim: &Proposed| claim.content.iter().any(|range| range.contains(&(colon + 1)));
    if found.iter().any(taken) {
        return None;
    }
    let name = view.phrase_ending(colon - 1).filter(|range| view.is_name(range.end - 1) && range.len() < 9);
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
fn heading(view: View<'_>, found: &[Proposed]) -> Option<Proposed> {
    let colon = (1..view.len().min(12)).find(|&at| view.mark(at, ':'))?;
    if colon == 1 && view.norm(0).chars().count() < 3 {
        return None;
    }
    if colon + 1 >= view.end() || found.iter().any(|claim| claim.cue.end >= colon && claim.cue.start <= colon + 1) {
        return None;
    }
    if found.iter().any(|claim| claim.cue.start < colon) || (0..colon).any(|at| view.is_finite(at) || !view.is_word(at) && !view.mark(at, '.')) {
        return None;
    }
    let name = (0..colon).all(|at| view.tokens[at].capital || view.is(at, Class::PREP | Class::DET | Class::CONJ));
    let quoted = view.is_quote(colon + 1);
    if !name || !(quoted || view.tokens[colon + 1].capital && (colon + 1..view.end()).count() > 3 && (colon + 1..view.end()).any(|at| view.is_finite(at) || view.verb(at).is_some())) {
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
