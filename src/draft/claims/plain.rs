//! Claims by the plain rules for languages other than English: a verb of saying with its subject on one side,
//! and a quotation or a clause; phrases such as "selon" and "laut"; dialogue after dashes.

use std::ops::Range;

use super::german;
use super::proposed::{How, Proposed};
use super::view::View;
use crate::lexicon::{BASE, Class, Entry, Level, PAST, THIRD, Takes};
use crate::scan::Kind;

/// The claims of a sentence.
pub(super) fn claims(view: View<'_>) -> Vec<Proposed> {
    let mut found: Vec<Proposed> = Vec::new();
    for at in 0..view.len() {
        let claim = according(view, at)
            .or_else(|| german::for_somebody(view, at))
            .or_else(|| behind(view, at))
            .or_else(|| as_told(view, at))
            .or_else(|| saying(view, at))
            .or_else(|| colon(view, at));
        let Some(claim) = claim else { continue };
        let within = found.iter().any(|outer| {
            outer
                .content
                .iter()
                .any(|range| range.start <= claim.cue.start && claim.cue.end <= range.end)
        });
        if !within {
            found.push(claim);
        }
    }
    found
}

pub(super) fn proposed(
    source: Range<usize>,
    cue: Range<usize>,
    content: Vec<Range<usize>>,
    act: &'static str,
) -> Proposed {
    let open = content.is_empty();
    Proposed {
        source: vec![source],
        cue,
        content,
        act,
        level: Level::Speech,
        negated: false,
        open,
        how: How::Clause,
    }
}

/// "selon SOURCE, …", "laut SOURCE …", "…, за словами SOURCE".
fn according(view: View<'_>, at: usize) -> Option<Proposed> {
    let (start, source) = german::source_of(view, at).or_else(|| {
        let start = at + view.according_at(at)?;
        Some((start, phrase(view, start)?))
    })?;
    // "so der Minister" only between or behind commas.
    if view.norm(at) == "so" && !(at > 0 && (view.comma(at - 1) || view.is_quote(at - 1))) {
        return None;
    }
    let end = view.end();
    let opens = (0..at).all(|before| view.is(before, Class::CONJ | Class::ADV));
    let content = if opens {
        let begin = if view.mark(source.end, ',') {
            source.end + 1
        } else {
            source.end
        };
        vec![view.trimmed(begin..end)]
    } else {
        let mut parts = vec![view.trimmed(0..at)];
        parts.push(view.trimmed(source.end..end));
        parts
    };
    let content: Vec<_> = content
        .into_iter()
        .filter(|range| !range.is_empty())
        .collect();
    if content.is_empty() {
        return None;
    }
    Some(proposed(source, at..start, content, "asserts"))
}

/// "SOURCE zufolge".
fn behind(view: View<'_>, at: usize) -> Option<Proposed> {
    if !view.is(at, Class::BEHIND) && !german::is_behind(view, at) {
        return None;
    }
    let start = (0..at)
        .rev()
        .take_while(|&left| view.is_word(left) && !view.verb_is_finite(left))
        .last()?;
    let begin = (start..at)
        .find(|&left| view.is(left, Class::DET | Class::POSS) || view.tokens[left].capital)?;
    let content: Vec<_> = [0..begin, at + 1..view.end()]
        .into_iter()
        .map(|range| view.trimmed(range))
        .filter(|range| range.len() > 1)
        .collect();
    if content.is_empty() {
        return None;
    }
    Some(proposed(begin..at, at..at + 1, content, "asserts"))
}

/// "SOURCE: « … »".
fn colon(view: View<'_>, at: usize) -> Option<Proposed> {
    /// No name with its description has more words.
    const LONGEST: usize = 8;
    let next_is_quote = view.is_quote(at + 1);
    if !view.mark(at, ':') || !next_is_quote || at == 0 || at > LONGEST {
        return None;
    }
    let bare = (0..at).all(|left| {
        (view.is_word(left) || view.mark(left, ','))
            && !view.verb_is_finite(left)
            && !view.is(left, Class::FINITE | Class::THAT)
    });
    let named = view.tokens[0].capital;
    let other = view.lexicon.has_capital_nouns && !german::is_subject(view, &(0..at));
    (bare && named && !other).then(|| Proposed {
        how: How::Mark,
        ..proposed(
            0..at,
            at..at + 1,
            vec![view.trimmed(at + 1..view.end())],
            "asserts",
        )
    })
}

/// "as SOURCE told, …": "Як повідомляє SOURCE, …", "Wie SOURCE mitteilte, …".
fn as_told(view: View<'_>, at: usize) -> Option<Proposed> {
    const AS: &[&str] = &["як", "как", "wie", "comme"];
    let (entry, forms) = view.verb(at)?;
    if entry.level != Level::Speech || forms & (PAST | THIRD) == 0 {
        return None;
    }
    let group = group(view, at);
    let begins = |word: usize| {
        AS.contains(&view.norm(word))
            && (word == 0 || view.comma(word - 1) || view.mark(word - 1, '—'))
    };
    let word = (0..group).rev().take(8).find(|&word| begins(word))?;
    let (source, end) = if word + 1 == group {
        let source = phrase(view, at + 1)?;
        (source.clone(), source.end)
    } else {
        // The verb stands last.
        let verb_last = at + 1 >= view.end() || view.mark(at + 1, ',');
        (word + 1..group, Some(at + 1).filter(|_| verb_last)?)
    };
    let content: Vec<_> = [0..word, end..view.end()]
        .into_iter()
        .map(|range| view.trimmed(range))
        .filter(|range| range.len() > 1)
        .collect();
    (!content.is_empty()).then(|| proposed(source, word..at + 1, content, entry.act))
}

/// "SOURCE, its description, said": the subject before a comma and a verb, with what stands in apposition.
/// The part that names it.
fn with_apposition(view: View<'_>, group: usize) -> Option<Range<usize>> {
    /// No subject with its description has more words.
    const LONGEST: usize = 16;
    let comma = group.checked_sub(1).filter(|&at| view.mark(at, ','))?;
    let first = (0..comma).rev().find(|&at| view.mark(at, ','))?;
    let start = (0..first)
        .rev()
        .find(|&at| !view.is_word(at))
        .map_or(0, |at| at + 1);
    let bare = (start..comma).all(|at| {
        !view.verb_is_finite(at)
            && !view.is(at, Class::FINITE | Class::THAT | Class::SUBORD)
            && !view.is_quote(at)
    });
    let opens = view.is(start, Class::PREP) && !view.is(start, Class::DET);
    let named = start < first && !opens;
    if start > 0 || !bare || !named || first + 1 >= comma || group - start > LONGEST {
        return None;
    }
    // The name tells more than what stands beside it.
    let is_name = view.tokens[first + 1].capital;
    Some(if is_name {
        first + 1..comma
    } else {
        start..first
    })
}

/// A verb of saying, its subject and what is said.
fn saying(view: View<'_>, at: usize) -> Option<Proposed> {
    let (entry, forms) = view.verb(at)?;
    if entry.level == Level::Plain
        || forms & (PAST | THIRD) == 0 && !is_plural(view, at, forms)
        || view.tokens[at].capital && at > 0
    {
        return None;
    }
    let is_german = view.lexicon.has_capital_nouns;
    if is_german && !german::introduces(view, at, entry) {
        return None;
    }
    let adjacent = group(view, at);
    // "hat den Bericht als falsch zurückgewiesen": what stands between is the object.
    let auxiliary = Some(at)
        .filter(|_| is_german && adjacent == at)
        .and_then(|at| german::auxiliary(view, at));
    let group = auxiliary.unwrap_or(adjacent);
    let negated = (group..at + 3).any(|near| view.is(near, Class::NOT));
    let appositive = with_apposition(view, group);
    let turned = turned(view, group) && appositive.is_none();
    let (source, left_end, mut right) =
        if let Some((source, right)) = is_german.then(|| german::it_was_said(view, at)).flatten() {
            (vec![source], if turned { group } else { 0 }, right)
        } else if let Some(source) = appositive {
            (vec![source], 0, group + 1)
        } else if turned {
            let source = phrase(view, at + 1)?;
            let right = source.end;
            (vec![source], group, right)
        } else if let Some(source) =
            left_phrase(view, group).filter(|_| !german::is_turned(view, group))
        {
            let begin = source.start;
            (vec![source], begin, group + 1)
        } else if !is_german {
            return None;
        } else if let Some(source) = german::subject_shared(view, group) {
            (vec![source], 0, group + 1)
        } else {
            // "Am Montag kritisierte Greenpeace …": German has the subject behind the verb.
            let (source, right) = german::subject_behind(view, group)?;
            (vec![source], 0, right)
        };
    let object = auxiliary.map(|_| right..at);
    if auxiliary.is_some() || right <= at {
        right = at + 1;
    }
    while view.is_adverb(right) || view.is(right, Class::TIME) || view.is(right, Class::ADV) {
        right += 1;
    }
    if !turned {
        right = opening(view, right, entry);
    }
    let mut content = content(view, entry, left_end, right, turned);
    if let Some(object) = object.filter(|_| content.is_empty() && entry.takes.has(Takes::NOUN)) {
        content.push(view.trimmed(object));
        content.retain(|part| !part.is_empty());
    }
    let act = if is_german {
        german::act(view, at, entry)
    } else {
        entry.act
    };
    let mut claim = proposed(0..0, at..at + 1, content, act);
    claim.cue.start = auxiliary.map_or(group, |_| at);
    claim.source = source.into_iter().map(|part| view.trimmed(part)).collect();
    claim.negated = negated;
    claim.level = entry.level;
    if entry.level == Level::Attitude {
        claim.open = false;
        if claim.content.is_empty() {
            return None;
        }
    }
    (!claim.open
        || entry.takes.has(Takes::QUOTE) && (right..view.len()).all(|rest| !view.is_word(rest)))
    .then_some(claim)
}

/// Whether an infinitive of German is the plural of the present: "Die Veranstalter erklären, …". No other verb
/// stands before it, and its subject does.
fn is_plural(view: View<'_>, at: usize, forms: u8) -> bool {
    let clause = (0..at).rev().take_while(|&left| view.is_word(left)).last();
    let Some(start) = clause.filter(|_| forms & BASE != 0 && view.lexicon.has_capital_nouns) else {
        return false;
    };
    let other = |left: usize| {
        view.verb_is_finite(left)
            || view.is(
                left,
                Class::FINITE | Class::SUBORD | Class::THAT | Class::WH,
            )
            || view.norm(left) == "zu"
    };
    let subject = (start..at).any(|left| view.tokens[left].capital && left > 0 || left == 0);
    subject && !(start..at).any(other)
}

/// Where what is said begins: behind a time, a place, an addressee, the rest of the verb: "sagte am Montag in Berlin,
/// …", "fügte hinzu, dass …", "a annoncé lundi que …". The token itself if it begins there.
fn opening(view: View<'_>, right: usize, entry: &Entry) -> usize {
    const REACH: usize = 8;
    // "nannte den Bericht eine „Zeitungsente“": a few words in marks are part of the object.
    let object = view.lexicon.has_capital_nouns && entry.takes.has(Takes::NOUN);
    let begins = |at: usize| {
        view.is(at, Class::THAT | Class::WH)
            || view.is_quote(at) && !(object && view.tokens[at].quote.is_some_and(|q| q.words < 6))
            || view.mark(at, ',')
            || view.mark(at, ':')
            || view.mark(at, '—')
    };
    let stops =
        |at: usize| !view.is_word(at) || view.is(at, Class::FINITE) || view.verb_is_finite(at);
    for at in right..view.end().min(right + REACH) {
        if begins(at) {
            return at;
        }
        if stops(at) {
            break;
        }
    }
    right
}

/// What is said: a quotation on either side, a clause behind "that", a clause before or behind a comma.
fn content(
    view: View<'_>,
    entry: &Entry,
    left_end: usize,
    right: usize,
    turned: bool,
) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let left = view.trimmed(0..left_end);
    let quote_left = left
        .clone()
        .rev()
        .find(|&at| view.is_quote(at))
        .filter(|&at| at + 3 > left.end);
    if let Some(quote) = quote_left {
        // Words before the quotation belong to it where they are one clause.
        let begin = if quote == left.start
            || view.tokens[quote]
                .quote
                .is_some_and(|quote| quote.words > 5)
        {
            quote
        } else {
            left.start
        };
        parts.push(begin..quote + 1);
    } else if turned && left.len() > 1 && left.start <= 1 {
        parts.push(without_dash(view, left));
    }
    let mut at = right;
    while view.mark(at, ',') || view.mark(at, ':') || view.mark(at, '—') {
        at += 1;
    }
    let end = view.end();
    let comma = at > right;
    if at < end {
        let whole = at..end;
        let that =
            view.is(at, Class::THAT) || view.is(at, Class::WH) && entry.takes.has(Takes::QUESTION);
        let quoted = (at..end.min(at + 6))
            .find(|&near| view.is_quote(near))
            .filter(|_| entry.takes.has(Takes::QUOTE));
        if that && entry.takes.has(Takes::CLAUSE) && parts.is_empty() {
            parts.push(whole);
        } else if let Some(quote) = quoted {
            let words = view.tokens[quote].quote.map(|quote| quote.words);
            // A few words in marks are part of a clause.
            let is_part = parts.is_empty() && words.is_some_and(|words| words < 6);
            parts.push(if is_part { whole } else { quote..quote + 1 });
        } else {
            let spoken = parts.iter().all(|range| !view.is_quote(range.end - 1));
            let with = |word: &String| word == view.norm(at);
            let takes_object = entry.takes.has(Takes::NOUN) || entry.prepositions.iter().any(with);
            let is_clause = comma && entry.takes.has(Takes::CLAUSE);
            let goes_on = if parts.is_empty() {
                is_clause || takes_object && !turned
            } else {
                comma && turned && spoken
            };
            if goes_on && view.lexicon.has_capital_nouns {
                parts.push(at..german::end(view, whole, !is_clause));
            } else if goes_on {
                parts.push(whole);
            }
        }
    }
    parts
        .into_iter()
        .map(|range| view.trimmed(range))
        .filter(|range| !range.is_empty())
        .collect()
}

/// A range without a dash that opens dialogue.
fn without_dash(view: View<'_>, mut range: Range<usize>) -> Range<usize> {
    while range.start < range.end && view.mark(range.start, '—') {
        range.start += 1;
    }
    range
}

/// The first token of the verb group: "a déclaré", "hat gesagt", "hatte auch gesagt".
fn group(view: View<'_>, at: usize) -> usize {
    /// So many adverbs stand at most between two parts of a verb.
    const BETWEEN: usize = 3;
    let mut start = at;
    loop {
        let between = (0..start).rev().take(BETWEEN);
        let adverbs = between.take_while(|&left| {
            view.is_adverb(left) || view.is(left, Class::ADV | Class::TIME | Class::NOT)
        });
        let next = start - adverbs.count();
        let is_part = |left: usize| view.is(left, Class::HAVE | Class::BE | Class::MODAL);
        match next.checked_sub(1).filter(|&left| is_part(left)) {
            Some(left) => start = left,
            None if start > 0 && view.is(start - 1, Class::NOT) => start -= 1,
            None => return start,
        }
    }
}

/// Whether the subject stands behind the verb.
fn turned(view: View<'_>, group: usize) -> bool {
    let Some(before) = group.checked_sub(1) else {
        return true;
    };
    match view.tokens[before].kind {
        // "In der „Zeitung“ schreibt der Minister": a name in marks.
        Kind::Quote => {
            !view.lexicon.has_capital_nouns
                || before == 0
                || !view.is_word(before - 1)
                || view.tokens[before]
                    .quote
                    .is_none_or(|quote| quote.words > 4 || quote.last.is_some())
        }
        Kind::Mark(mark) => matches!(mark, ',' | '—' | '?' | '!' | '…' | ':'),
        Kind::Word => false,
    }
}

/// The noun phrase that begins at a token.
pub(super) fn phrase(view: View<'_>, start: usize) -> Option<Range<usize>> {
    const HOLDS: &[&str] = &[
        "de", "du", "des", "von", "der", "des", "vom", "d'", "für", "la", "le",
    ];
    const GENITIVE: &[&str] = &["der", "des", "einer", "eines", "dieser", "dieses"];
    let is_german = view.lexicon.has_capital_nouns;
    let first = view.get(start)?;
    if !first.is_word()
        || first.is(Class::PREP | Class::CONJ | Class::FINITE | Class::THAT | Class::TIME)
            && !first.is(Class::DET)
    {
        return None;
    }
    if first.is(Class::SUBJECT) && !first.is(Class::DET) || first.is(Class::INVERTED) {
        return Some(start..start + 1);
    }
    let mut end = start;
    while end < view.end() && end < start + 12 {
        let token = &view.tokens[end];
        let nickname = token.is_quote()
            && end > start
            && token.quote.is_some_and(|quote| quote.words <= 3)
            && (view.get(end + 1).is_some_and(|next| next.capital)
                // "der Agentur „Interfax“"
                || is_german && view.tokens[end - 1].capital);
        let bracket = view.bracket_end(end);
        if bracket > end {
            end = bracket + 1;
            continue;
        }
        if !token.is_word() && !nickname {
            break;
        }
        let stops = token.is(Class::PREP) && !HOLDS.contains(&token.norm.as_str()) && !token.capital
                || token.is(Class::FINITE | Class::THAT | Class::SUBORD | Class::NOT)
                    && !token.is(Class::DET)
                || token.is(Class::TIME)
                || token.is(Class::ADV) && !token.capital
                // Where nouns have capitals, a small letter behind one is no part of its phrase.
                || is_german
                    && !token.capital
                    && !token.is_quote()
                    && end > start
                    && view.tokens[end - 1].capital
                    && !GENITIVE.contains(&token.norm.as_str())
                    && !HOLDS.contains(&token.norm.as_str())
                || view.verb_is_finite(end);
        if end > start && stops {
            break;
        }
        end += 1;
    }
    (end > start).then_some(start..end)
}

/// The noun phrase before a verb group: from the last comma, mark or verb.
pub(super) fn left_phrase(view: View<'_>, group: usize) -> Option<Range<usize>> {
    let mut end = group;
    while end > 0 && (view.is_adverb(end - 1) || view.is(end - 1, Class::ADV | Class::TIME)) {
        end -= 1;
    }
    let mut start = end;
    let is_german = view.lexicon.has_capital_nouns;
    while start > 0 && (end - start < 14 || is_german) {
        let at = start - 1;
        let token = &view.tokens[at];
        let stops = match token.kind {
            Kind::Quote => token.quote.is_none_or(|quote| quote.words > 3),
            Kind::Mark(mark) => mark != ')' && mark != '(',
            Kind::Word => {
                token.is(Class::SUBORD | Class::THAT | Class::CONJ | Class::FINITE)
                    && !token.is(Class::DET)
                    || view.verb_is_finite(at)
            }
        };
        if stops {
            break;
        }
        start = at;
    }
    while start < end && view.is(start, Class::CONJ | Class::ADV | Class::TIME) {
        start += 1;
    }
    // "In Berlin sagte …": no subject before the verb.
    let opens = view.is(start, Class::PREP) && !view.is(start, Class::DET);
    let is_other = is_german && !german::is_subject(view, &(start..end));
    if start == end || opens || is_other {
        return None;
    }
    Some(start..end)
}

impl View<'_> {
    /// Whether a token is a known verb in a form that makes a clause.
    pub(super) fn verb_is_finite(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| !token.capital || at == 0)
            && self
                .verb(at)
                .is_some_and(|(_, forms)| forms & (PAST | THIRD) != 0)
    }
}
