//! The words that introduce claims, and the claims of one sentence.

use std::ops::Range;

use super::around::{
    around_subject, inverted, left_content, speaks, stands_before_subject, tail, unknown_verb,
};
use super::content::{Complement, Reach};
use super::dependent::{dependent_subject, passive};
use super::nominal::{adjective, colon, heading, noun};
use super::proposed::{How, Proposed, clause_start};
use super::view::View;
use crate::lexicon::{BASE, Class, Entry, ING, Level, PARTICIPLE, PAST, THIRD, Takes};

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
            && outer
                .content
                .iter()
                .any(|range| range.start <= inner.cue.start && inner.cue.end <= range.end)
    };
    let kept = found.iter().map(|inner| {
        !found.iter().any(|outer| {
            within(inner, outer)
                && !within(outer, inner)
                && (inner.level != Level::Speech || outer.level == Level::Speech)
        })
    });
    let kept: Vec<bool> = kept.collect();
    found
        .into_iter()
        .zip(kept)
        .filter_map(|(claim, kept)| kept.then_some(claim))
        .collect()
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
    while view.mark(source_end, ',')
        && source_end + 1 < end
        && (view.is(source_end + 1, Class::DET | Class::REL) || view.is_ing(source_end + 1))
        && at > 0
    {
        let next = (source_end + 1..end)
            .find(|&next| view.mark(next, ','))
            .unwrap_or(end);
        source_end = next;
    }
    let opens = at == 0
        || (0..at)
            .all(|before| view.is(before, Class::CONJ | Class::ADV) || view.mark(before, ','));
    let content = if opens {
        let begin = if view.mark(source_end, ',') {
            source_end + 1
        } else {
            source_end
        };
        vec![view.content(begin, Reach::Clause)?]
    } else {
        let begin = clause_start(view, at);
        let mut parts = Vec::new();
        let before = view.trimmed(begin..at);
        if !before.is_empty() {
            parts.push(before);
        }
        if view.mark(source_end, ',') && view.mark(at - 1, ',') {
            let rest =
                view.trimmed(source_end + 1..view.content_end(source_end + 1, Reach::Clause));
            if !rest.is_empty()
                && !view.is_ing(rest.start)
                && !view.is(rest.start, Class::REL)
                && !view.is(rest.start, Class::ADVERSATIVE)
            {
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

/// How a form of a verb is used, or `None` where it is none.
fn used(view: View<'_>, at: usize, forms: u8, entry: &Entry) -> Option<Use> {
    let token = &view.tokens[at];
    if token.capital && at > 0 && !view.mark(at - 1, ':') {
        return None;
    }
    let Some(before) = view.before(at) else {
        return (forms & ING != 0 || forms & PARTICIPLE != 0 && view.is(at + 1, Class::PREP))
            .then_some(Use::Dependent);
    };
    let is = |class| {
        view.is(before, class) && (!view.is_name(before) || view.is(before, Class::SUBJECT))
    };
    let noun_before = view.norm(before) == "'s"
        && !(before > 0 && view.is(before - 1, Class::SUBJECT | Class::REL));
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
        let bound = view.is(before, Class::DET | Class::POSS) && !view.is(before, Class::PRONOUN)
            || noun_before;
        return (!bound).then_some(Use::Dependent);
    }
    let pronoun = view.is(before, Class::SUBJECT | Class::REL);
    if pronoun {
        let plural = view.is(before, Class::PLURAL | Class::FIRST | Class::REL)
            || view.norm(before) == "you";
        return (forms & (PAST | THIRD) != 0 || forms & BASE != 0 && plural).then_some(Use::Finite);
    }
    if noun_before || view.is(before, Class::POSS | Class::PREP) && !view.is_name(before) {
        return None;
    }
    if view.is(before, Class::DET) {
        let alone = view.is(before, Class::PRONOUN) && (forms & BASE != 0 || forms & PAST != 0);
        return (alone && view.takes_something(at + 1)).then_some(Use::Finite);
    }
    bare(view, at, before, forms, entry)
}

/// The same of a form behind a noun or a mark, where nothing else tells what it is.
fn bare(view: View<'_>, at: usize, before: usize, forms: u8, entry: &Entry) -> Option<Use> {
    let token = &view.tokens[at];
    if forms & PAST != 0 {
        if forms & PARTICIPLE != 0 && view.norm(at + 1) == "by" {
            return None;
        }
        let naming = matches!(
            entry.lemma.as_str(),
            "call" | "name" | "dub" | "title" | "label" | "brand"
        );
        let numbered = view.norm(before).starts_with(|c: char| c.is_numeric())
            && !view.takes_something(at + 1);
        if forms & PARTICIPLE != 0
            && (numbered || naming && view.is_word(before) && !view.is_name(before))
        {
            return None;
        }
        let participle = forms & PARTICIPLE != 0
            && view.mark(before, ',')
            && view.is(at + 1, Class::PREP)
            && !entry.takes.has(Takes::CLAUSE);
        return Some(if participle {
            Use::Dependent
        } else {
            Use::Finite
        });
    }
    if forms & PARTICIPLE != 0 {
        return None;
    }
    let next = view.takes_something(at + 1)
        || entry
            .prepositions
            .iter()
            .any(|word| word == view.norm(at + 1))
        || view.get(at + 1).is_none_or(|token| !token.is_word());
    if forms & THIRD != 0 {
        let homograph = token.word.noun.is_some() || token.is(Class::HOMOGRAPH);
        if !homograph && entry.level == Level::Speech && view.ends_noun(before) {
            return Some(Use::Finite);
        }
        let ambiguous = homograph || !view.is_name(before);
        let fits = next
            && (!ambiguous
                || view.takes_something(at + 1)
                || entry.takes.has(Takes::QUOTE) && !view.is_word(at + 1));
        return fits.then_some(Use::Finite);
    }
    if forms & BASE != 0 && next {
        if view.is(before, Class::CONJ) {
            let coordinated = (before.saturating_sub(12)..before)
                .rev()
                .take_while(|&left| view.is_word(left))
                .any(|left| view.infinitive_at(left));
            return coordinated.then_some(Use::Dependent);
        }
        let joined = (before.saturating_sub(6)..before).any(|left| view.norm(left) == "and");
        let plural = view.is_plural(before) && !view.is_name(before)
            || view.is_plural(before) && view.takes_something(at + 1)
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
    let put = entry.lemma == "put";
    if put && view.norm(at + 1) != "it" {
        return None;
    }
    let start = view.group_start(at);
    let saying = Saying {
        view,
        at,
        start,
        entry,
        how,
        complement: view.complement(at + 1 + usize::from(put), entry.takes, &entry.prepositions),
        says: entry.level == Level::Speech
            && entry.takes.has(Takes(Takes::QUOTE.0 | Takes::CLAUSE.0))
            || matches!(entry.lemma.as_str(), "think" | "believe" | "hope"),
    };
    if how == Use::Passive {
        let (source, content, end) = passive(view, at, start, entry)?;
        return Some(saying.claim(source, start..end, content));
    }
    let turned = if forms & (PAST | THIRD) != 0 {
        saying.turned()
    } else {
        None
    };
    let before = turned
        .or_else(|| saying.quote_before())
        .or_else(|| saying.clause_before());
    if before.is_some() {
        return before;
    }
    match saying.complement {
        Some(complement) => saying.with_complement(complement),
        None => saying.on_both_sides(),
    }
}

/// A verb, and what is known of its sentence.
struct Saying<'a> {
    view: View<'a>,
    at: usize,
    /// Where its verb group begins.
    start: usize,
    entry: &'a Entry,
    how: Use,
    /// What it takes, to its right.
    complement: Option<Complement>,
    /// Whether it can stand behind or within what is said.
    says: bool,
}

impl Saying<'_> {
    fn claim(
        &self,
        source: Option<Range<usize>>,
        cue: Range<usize>,
        content: Vec<Range<usize>>,
    ) -> Proposed {
        let view = self.view;
        let source = source.into_iter().map(|range| view.trimmed(range));
        Proposed {
            source: source.filter(|range| !range.is_empty()).collect(),
            cue,
            content,
            act: self.entry.act,
            level: self.entry.level,
            negated: (self.start..self.at).any(|before| view.is(before, Class::NOT)),
            open: false,
            how: match self.how {
                Use::Finite => How::Clause,
                Use::Passive => How::Passive,
                Use::Dependent => How::Dependent,
            },
        }
    }

    /// The verb group itself.
    fn group(&self) -> Range<usize> {
        self.start..self.at + 1
    }

    /// `"…," said X` and `…, said X`.
    fn turned(&self) -> Option<Proposed> {
        let (view, at) = (self.view, self.at);
        if self.how != Use::Finite || !self.says || !stands_before_subject(view, at) {
            return None;
        }
        let subject = view.subject_after(at, view.len())?;
        if !inverted(view, at, &subject) {
            return None;
        }
        let mut content = vec![left_content(view, at)?];
        tail(view, subject.end, &mut content);
        Some(self.claim(Some(subject), at..at + 1, content))
    }

    /// `"…," X said`, whatever follows.
    fn quote_before(&self) -> Option<Proposed> {
        if self.how != Use::Finite || !self.says {
            return None;
        }
        let view = self.view;
        let source = view.subject_before(self.start)?;
        let quote = left_content(view, source.start).filter(|range| speaks(view, range))?;
        let quoted = |found: Complement| view.is_quote(found.start) && found.start <= self.at + 3;
        if self.complement.is_some_and(quoted) {
            return None;
        }
        let mut content = vec![quote];
        tail(view, self.at + 1, &mut content);
        Some(self.claim(Some(source), self.group(), content))
    }

    /// `…, X told reporters`, where nothing that is said follows.
    fn clause_before(&self) -> Option<Proposed> {
        let view = self.view;
        let bare = self.entry.lemma == "tell" || !self.entry.takes.has(Takes::NOUN);
        let nothing = self.complement.is_none_or(|found| {
            found.reach == Reach::Phrase && !view.is_quote(found.start) && bare
        });
        if self.how != Use::Finite || !self.says || !nothing {
            return None;
        }
        let source = view.subject_before(self.start)?;
        let left = left_content(view, source.start)?;
        let said = !view.is(left.start, Class::SUBORD | Class::PREP)
            && left
                .clone()
                .any(|at| view.is_finite(at) || view.is_quote(at));
        if !said {
            return None;
        }
        let mut content = vec![left];
        tail(view, self.at + 1, &mut content);
        Some(self.claim(Some(source), self.group(), content))
    }

    /// `X said that …`, `X wants to …`.
    fn with_complement(&self, complement: Complement) -> Option<Proposed> {
        let view = self.view;
        let begin = complement.start;
        let source = source_of(view, self.at, self.start, self.how);
        // `"…," he added, "…"`: what stands before belongs to it too.
        let mut content: Vec<Range<usize>> = Vec::new();
        if self.says && self.how == Use::Finite && view.is_quote(begin) {
            let left = source.as_ref().map_or(self.start, |range| range.start);
            let left = left_content(view, left);
            content.extend(left.filter(|range| view.is_quote(range.end - 1)));
        }
        content.push(view.content(begin, complement.reach)?);
        let cue = self.start..complement.cue_end.min(begin).max(self.at + 1);
        Some(self.claim(source, cue, content))
    }

    /// `…, X said` with what is said before it, or on both sides; `As X said, …`; `X said.` alone.
    fn on_both_sides(&self) -> Option<Proposed> {
        let (view, at) = (self.view, self.at);
        if !self.says {
            return None;
        }
        let source = source_of(view, at, self.start, self.how)?;
        if self.how == Use::Dependent {
            let left = left_content(view, source.start.min(self.start));
            let quote = left.filter(|range| view.is_quote(range.end - 1) && view.is_ing(at))?;
            return Some(self.claim(Some(source), at..at + 1, vec![quote]));
        }
        let mut content = around_subject(view, source.start);
        let opening = source
            .start
            .checked_sub(1)
            .is_some_and(|before| view.norm(before) == "as");
        if content.is_empty() && opening && self.entry.takes.has(Takes::CLAUSE) {
            let comma = (at + 1..view.end().min(at + 14)).find(|&comma| view.mark(comma, ','));
            let range = comma.and_then(|comma| view.content(comma + 1, Reach::Clause));
            if let Some(range) = range {
                return Some(self.claim(Some(source), self.group(), vec![range]));
            }
        }
        if content.is_empty() {
            let ends = (at + 1..view.end()).all(|next| view.is_word(next) || view.mark(next, ','));
            let mut claim = self.claim(Some(source), self.group(), content);
            claim.open = true;
            return ends.then_some(claim);
        }
        tail(view, at + 1, &mut content);
        Some(self.claim(Some(source), self.group(), content))
    }
}

/// Who says it, of a verb in the active.
fn source_of(view: View<'_>, at: usize, start: usize, how: Use) -> Option<Range<usize>> {
    if how == Use::Finite {
        return view.subject_before(start);
    }
    dependent_subject(view, at)
}
