//! What German has of its own: a subject on either side of the finite verb, verbs in two parts, and objects that
//! say what was said.

use std::ops::Range;

use super::plain::{left_phrase, phrase, proposed};
use super::proposed::Proposed;
use super::view::View;
use crate::lexicon::{Class, Entry, Level};

/// Whether a phrase before the finite verb can be its subject. "So", "des Weiteren", "angesichts der Lage" and
/// "den Bericht" cannot; then the subject stands behind the verb.
pub(super) fn is_subject(view: View<'_>, phrase: &Range<usize>) -> bool {
    const OBLIQUE: &[&str] = &[
        "des",
        "dem",
        "den",
        "einem",
        "einen",
        "eines",
        "diesem",
        "diesen",
        "keinem",
        "keinen",
        "seinem",
        "seinen",
        "seines",
        "ihrem",
        "ihren",
        "ihres",
        "unserem",
        "unseren",
        "letzten",
        "nächsten",
        "solchen",
        "solchem",
        "ihn",
        "ihm",
        "ihnen",
        "uns",
        "mich",
        "sich",
    ];
    let Some(first) = view.get(phrase.start) else {
        return false;
    };
    let others = Class::PREP
        | Class::CONJ
        | Class::ADV
        | Class::TIME
        | Class::WH
        | Class::SUBORD
        | Class::THAT;
    if first.is(others) && !first.is(Class::DET) || OBLIQUE.contains(&first.norm.as_str()) {
        return false;
    }
    // A noun, which has a capital, or a word that stands for one.
    first.is(Class::SUBJECT | Class::DET | Class::POSS)
        || phrase
            .clone()
            .any(|at| view.tokens[at].capital && !view.is(at, Class::TIME))
        || first.is_quote()
}

/// The auxiliary of a participle that ends its clause: "hat den Bericht … zurückgewiesen".
pub(super) fn auxiliary(view: View<'_>, participle: usize) -> Option<usize> {
    let next = participle + 1;
    let ends = next >= view.end()
        || view.is(next, Class::CONJ)
        || [',', ':', ';', '—']
            .into_iter()
            .any(|mark| view.mark(next, mark));
    let before = (0..participle)
        .rev()
        .take_while(|&at| view.is_word(at) || view.is_quote(at))
        .take_while(|&at| !view.is(at, Class::SUBORD | Class::THAT) || view.norm(at) == "als");
    before
        .filter(|_| ends)
        .find(|&at| view.is(at, Class::FINITE))
        .filter(|&at| view.is(at, Class::HAVE))
}

/// The subject behind a finite verb, and where the rest of the clause begins: "kritisierte am Montag Paul Meier,
/// Sprecher der Händler, die Pläne".
pub(super) fn subject_behind(view: View<'_>, verb: usize) -> Option<(Range<usize>, usize)> {
    let mut start = verb + 1;
    while view.is_adverb(start)
        || view.is(start, Class::ADV) && !view.is(start, Class::DET)
        || view.norm(start) == "sich"
    {
        start += 1;
    }
    // "kritisierte am Montag", "schrieb in der Zeitung": the subject stands behind it.
    for _ in 0..2 {
        if !view.is(start, Class::PREP) || view.is(start, Class::DET) {
            break;
        }
        let object = start + 1;
        start = timed(view, object).or_else(|| Some(phrase(view, object)?.end))?;
    }
    let named = phrase(view, start)?;
    if !is_subject(view, &named) {
        return None;
    }
    let end = past_place(view, named.end);
    match apposition(view, end) {
        Some((inner, rest)) if view.tokens[inner.start].capital && !is_role(view, &inner) => {
            Some((inner, rest))
        }
        Some((_, rest)) => Some((named, rest)),
        None => {
            let end = named.end;
            Some((named, end))
        }
    }
}

/// The end of a time that begins at a token: "Montag", "15. Mai 2020".
fn timed(view: View<'_>, start: usize) -> Option<usize> {
    let end = (start..view.end())
        .take_while(|&at| {
            view.is(at, Class::TIME) || view.norm(at).starts_with(|c: char| c.is_ascii_digit())
        })
        .last()?;
    Some(end + 1)
}

/// Behind where somebody has an office, if what is in apposition follows: "der Sprecher im Landtag, Paul Meier, …".
fn past_place(view: View<'_>, end: usize) -> usize {
    const PLACES: &[&str] = &["im", "in", "aus", "bei", "beim", "am", "zu", "zur", "zum"];
    if !PLACES.contains(&view.norm(end)) {
        return end;
    }
    match phrase(view, end + 1) {
        Some(place) if apposition(view, place.end).is_some() => place.end,
        _ => end,
    }
}

/// What stands in apposition behind a comma, and what follows the comma that closes it.
fn apposition(view: View<'_>, comma: usize) -> Option<(Range<usize>, usize)> {
    /// No description has more words.
    const LONGEST: usize = 14;
    if !view.mark(comma, ',') {
        return None;
    }
    let start = comma + 1;
    let close = (start..view.end().min(start + LONGEST)).find(|&at| view.mark(at, ','))?;
    let bare = (start..close).all(|at| {
        (view.is_word(at) || view.is_quote(at) || view.mark(at, '(') || view.mark(at, ')'))
            && !view.is(at, Class::FINITE | Class::THAT | Class::SUBORD | Class::WH)
            && !view.verb_is_finite(at)
            && view.norm(at) != "zu"
    });
    let nominal = view.tokens[start].capital || view.is(start, Class::DET | Class::POSS);
    // A relative clause has its verb behind "der": "der Sprecher, der das sagte".
    (close > start && bare && nominal).then_some((start..close, close + 1))
}

/// Whether an apposition tells what somebody is: "Sprecher der Händler". A name has no article in it.
fn is_role(view: View<'_>, phrase: &Range<usize>) -> bool {
    phrase
        .clone()
        .any(|at| view.is(at, Class::DET | Class::POSS))
        || view.is(phrase.start, Class::TITLE) && phrase.len() == 1
}

/// The subject of a clause that goes on with "und": that of the clause before.
pub(super) fn subject_shared(view: View<'_>, group: usize) -> Option<Range<usize>> {
    let conjunction = group
        .checked_sub(1)
        .filter(|&at| view.is(at, Class::CONJ))?;
    let finite = |at: &usize| {
        view.verb_is_finite(*at) || view.is(*at, Class::FINITE) && !view.is(*at, Class::CONJ)
    };
    let verb = (0..conjunction).rev().find(finite)?;
    match left_phrase(view, verb) {
        Some(left) => Some(left),
        None => Some(subject_behind(view, verb)?.0),
    }
}

/// Whether the subject stands behind a verb although a phrase stands before it: "Diese Haltung kritisierte er".
pub(super) fn is_turned(view: View<'_>, verb: usize) -> bool {
    view.lexicon.has_capital_nouns && matches!(view.norm(verb + 1), "er" | "man" | "ich" | "wir")
}

/// "Für SOURCE ist das „eine Lüge“."
pub(super) fn for_somebody(view: View<'_>, at: usize) -> Option<Proposed> {
    let begins = view.lexicon.has_capital_nouns && at == 0 && view.norm(at) == "für";
    let source = phrase(view, at + 1).filter(|_| begins)?;
    let verb = source.end;
    let quoted = (verb..view.end()).any(|at| view.is_quote(at));
    let is = matches!(view.norm(verb), "ist" | "sind" | "war" | "waren") && quoted;
    let content = view.trimmed(verb + 1..view.end());
    (is && !content.is_empty()).then(|| proposed(source, at..at + 1, vec![content], "asserts"))
}

/// Where what was said ends: before "und" with another who says something, and for an object before "und" with
/// any verb of its own, a semicolon, or the part of the verb that stands last.
pub(super) fn end(view: View<'_>, said: Range<usize>, is_object: bool) -> usize {
    const PARTICLES: &[&str] = &[
        "ab", "an", "auf", "aus", "bei", "dar", "ein", "entgegen", "fest", "hervor", "hin",
        "hinzu", "mit", "nach", "vor", "zu", "zurück",
    ];
    let says = |at: usize| {
        let verb = view.verb(at).filter(|_| view.verb_is_finite(at));
        verb.is_some_and(|(entry, _)| entry.level == Level::Speech)
    };
    let another = |at: usize| {
        phrase(view, at + 1).is_some_and(|next| is_subject(view, &next) && says(next.end))
    };
    let goes_on = |at: usize| {
        view.mark(at, ';')
            || view.is(at, Class::CONJ)
                && (another(at)
                    || says(at + 1)
                    || is_object && (view.verb_is_finite(at + 1) || view.is(at + 1, Class::FINITE)))
    };
    let end = said.clone().find(|&at| goes_on(at)).unwrap_or(said.end);
    let last = end.saturating_sub(1);
    if is_object && last > said.start && PARTICLES.contains(&view.norm(last)) {
        last
    } else {
        end
    }
}

/// "hieß es vom Sprecher", "Bei der Agentur hieß es": who said so, if that stands there.
pub(super) fn it_was_said(view: View<'_>, verb: usize) -> Option<(Range<usize>, usize)> {
    const FROM: &[&str] = &["von", "vom", "bei", "beim", "aus", "seitens", "in", "im"];
    if !matches!(view.norm(verb), "hieß" | "heißt") || view.norm(verb + 1) != "es" {
        return None;
    }
    let right = verb + 2;
    let source_at = |from: usize| {
        FROM.contains(&view.norm(from))
            .then(|| phrase(view, from + 1))
            .flatten()
    };
    if let Some(source) = source_at(right) {
        let end = source.end;
        return Some((source, end));
    }
    let start = (0..verb)
        .rev()
        .take_while(|&at| view.is_word(at) || view.is_quote(at))
        .last();
    let source = start.and_then(|start| source_at(start).filter(|source| source.end == verb));
    Some((source.unwrap_or(verb..verb), right))
}

/// Nouns for what somebody told: "nach Angaben der Polizei", "ihrer Meinung nach".
const TOLD: &[&str] = &[
    "angaben",
    "angabe",
    "aussagen",
    "aussage",
    "bericht",
    "berichten",
    "meldung",
    "meldungen",
    "information",
    "informationen",
    "auskunft",
    "ansicht",
    "meinung",
    "einschätzung",
    "einschätzungen",
    "schätzung",
    "schätzungen",
    "auffassung",
    "darstellung",
    "worten",
    "untersuchung",
    "untersuchungen",
    "studie",
    "studien",
    "erkenntnissen",
    "überzeugung",
    "vorstellung",
    "vorstellungen",
    "mitteilung",
    "erklärung",
    "umfrage",
    "umfragen",
    "prognose",
    "prognosen",
    "gutachten",
];

/// Whether a word is a noun for what somebody told, alone or as the end of a compound ("Medienberichten").
fn is_told(view: View<'_>, at: usize) -> bool {
    view.get(at).is_some_and(|token| {
        token.is_word() && token.capital && TOLD.iter().any(|noun| token.norm.ends_with(noun))
    })
}

/// "nach ersten Angaben der Polizei", "laut einer Studie": the end of the words that introduce the source, and the
/// source.
pub(super) fn source_of(view: View<'_>, at: usize) -> Option<(usize, Range<usize>)> {
    /// So many words stand at most before the noun: "nach den jüngsten eigenen Angaben".
    const BEFORE: usize = 4;
    if !view.lexicon.has_capital_nouns || !matches!(view.norm(at), "nach" | "laut" | "gemäß") {
        return None;
    }
    let noun = (at + 1..at + 2 + BEFORE).find(|&near| is_told(view, near))?;
    let bare = (at + 1..noun)
        .all(|near| view.is_word(near) && !view.tokens[near].capital && !view.verb_is_finite(near));
    let from = noun + 1 + usize::from(matches!(view.norm(noun + 1), "von" | "vom"));
    let whose = from > noun + 1
        || matches!(
            view.norm(from),
            "der" | "des" | "eines" | "einer" | "dieser" | "seiner" | "ihrer"
        );
    let source = Some(from)
        .filter(|_| whose)
        .and_then(|from| phrase(view, from));
    match source {
        _ if !bare => None,
        Some(source) => Some((source.start, source)),
        None => Some((at + 1, at + 1..noun + 1)),
    }
}

/// "ihrer Meinung nach": the preposition behind its noun.
pub(super) fn is_behind(view: View<'_>, at: usize) -> bool {
    view.lexicon.has_capital_nouns
        && view.norm(at) == "nach"
        && at.checked_sub(1).is_some_and(|noun| is_told(view, noun))
}

/// The part of a verb that stands at the end of its clause: "teilte am Dienstag mit, dass".
fn particle<'e>(view: View<'_>, verb: usize, entry: &'e Entry) -> Option<&'e str> {
    let clause = (verb + 1..view.end()).take_while(|&at| view.is_word(at) || view.is_quote(at));
    let last = clause.last()?;
    let here = |word: &&String| view.norm(last) == word.as_str();
    entry.particles.iter().find(here).map(String::as_str)
}

/// Whether a form of a verb can introduce what is said: a verb in two parts has both, a participle its auxiliary,
/// and no other verb ends the clause.
pub(super) fn introduces(view: View<'_>, verb: usize, entry: &Entry) -> bool {
    let form = view.norm(verb);
    let next = verb + 1;
    if entry.lemma == "heißen" {
        return view.norm(next) == "es";
    }
    // "…, wie er gesagt hatte": the clause depends on another.
    if view.is(next, Class::HAVE | Class::BE | Class::MODAL) {
        return false;
    }
    let joined = |particle: &String| form.starts_with(particle.as_str());
    let is_participle = form.starts_with("ge") && !entry.lemma.starts_with("ge")
        || entry.particles.iter().any(|particle| {
            form.strip_prefix(particle.as_str())
                .is_some_and(|rest| rest.starts_with("ge"))
        });
    if is_participle {
        let before = (0..verb)
            .rev()
            .find(|&at| !view.is_adverb(at) && !view.is(at, Class::ADV | Class::NOT | Class::TIME));
        return before.is_some_and(|at| view.is(at, Class::HAVE))
            || auxiliary(view, verb).is_some();
    }
    let clause = || (next..view.end()).find(|&at| view.is(at, Class::THAT | Class::WH));
    entry.particles.is_empty()
        || entry.particles.iter().any(joined)
        || particle(view, verb, entry).is_some()
        || clause().is_some_and(|that| {
            view.mark(that - 1, ',')
                && (next..that - 1).all(|at| view.is_word(at) || view.is_quote(at))
                && entry.particles.iter().any(|one| one == view.norm(that - 2))
        })
}

/// What a claim does that a verb in two parts introduces.
pub(super) fn act(view: View<'_>, verb: usize, entry: &Entry) -> &'static str {
    match particle(view, verb, entry) {
        Some("zurück") => "denies",
        Some("zu") => "confirms",
        _ => entry.act,
    }
}
