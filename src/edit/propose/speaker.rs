//! Who spoke: a name before a colon, a name with a verb of saying, else the speaker before.

use super::{Around, verbs};
use annals_evidence::Span;
use annals_finding::fold::fold;
use annals_finding::shown;
use annals_model::{ActorId, Facts};

/// The longest name before a colon, in characters.
const LONGEST: usize = 60;
/// How far before a passage a name before a colon may stand, in characters.
const REACH: u32 = 20_000;

/// Words before names that are no part of them.
const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "prof",
    "professor",
    "sir",
    "dame",
    "lord",
    "lady",
    "the",
    "president",
    "chancellor",
    "minister",
    "councillor",
    "senator",
    "herr",
    "frau",
    "m",
    "mme",
    "monsieur",
    "madame",
];

/// The speaker of a passage, and why.
pub(super) fn of(around: &Around<'_>, notes: &mut Vec<String>) -> Option<(ActorId, String)> {
    if let Some(label) = label_before(around) {
        return match called(around.facts, &label)[..] {
            [actor] => Some((
                actor,
                format!("\"{}:\" stands before the words", shown(&label)),
            )),
            [] => {
                let label = shown(&label);
                notes.push(format!(
                    "\"{label}:\" stands before the words, and no actor is called so"
                ));
                None
            }
            _ => {
                let label = shown(&label);
                notes.push(format!(
                    "\"{label}:\" stands before the words, and several actors are called so"
                ));
                None
            }
        };
    }
    with_a_verb(around).or_else(|| before(around))
}

/// The name before a colon at the beginning of the paragraph in which the passage stands, or of the last
/// one before it that has such a name.
pub(super) fn label_before(around: &Around<'_>) -> Option<String> {
    let from = around.span.start.saturating_sub(REACH);
    let before = around.slice(Span::new(from, around.span.start));
    let mut labels = before.rsplit('\n').filter_map(label);
    let nearest = labels.next();
    let own_line = before.rsplit('\n').next().and_then(label);
    // One line that begins so may be anything; a transcript has several.
    let is_transcript =
        labels.next().is_some() || around.text.as_str().lines().filter_map(label).count() > 1;
    own_line.or(nearest.filter(|_| is_transcript))
}

/// `MS KALLIS` of a line that begins `MS KALLIS: `.
fn label(line: &str) -> Option<String> {
    let (name, rest) = line.split_once(':')?;
    let name = name.trim_start_matches(['-', '–', '—', ' ', '*']).trim();
    let is_name = !name.is_empty()
        && name.chars().count() <= LONGEST
        && name.starts_with(char::is_uppercase)
        && !name.contains(['.', ',', '“', '"', '(', '?', '!'])
        && (rest.is_empty() || rest.starts_with([' ', '\t']));
    let words: Vec<&str> = name.split_whitespace().collect();
    // Names are written with capitals; a sentence before a colon is not.
    let capital = words
        .iter()
        .filter(|word| word.starts_with(char::is_uppercase))
        .count();
    (is_name && words.len() <= 6 && capital * 2 > words.len()).then(|| name.to_owned())
}

/// The actors who are called so, by name, alias or family name, titles aside.
pub(super) fn called(facts: &Facts, label: &str) -> Vec<ActorId> {
    let whole = fold(label);
    let words: Vec<&str> = whole.split_whitespace().collect();
    let bare = |words: &[&str]| -> String {
        let kept = words
            .iter()
            .skip_while(|word| TITLES.contains(&word.trim_end_matches('.')));
        kept.copied().collect::<Vec<_>>().join(" ")
    };
    let plain = bare(&words);
    let names = |actor: ActorId| {
        let aliases = facts
            .list(facts[actor].aliases)
            .iter()
            .map(|alias| facts.str(*alias));
        let all = aliases.chain([facts.label(actor)]).map(fold);
        all.collect::<Vec<String>>()
    };
    let actors: Vec<ActorId> = facts.actors.handles().collect();
    let by = |fits: &dyn Fn(&str) -> bool| -> Vec<ActorId> {
        let all = actors.iter().copied();
        all.filter(|actor| names(*actor).iter().any(|name| fits(name)))
            .collect()
    };
    let rounds: [&dyn Fn(&str) -> bool; 4] = [
        &|name| name == whole,
        &|name| !plain.is_empty() && name == plain,
        &|name| {
            let parts: Vec<&str> = name.split_whitespace().collect();
            !plain.is_empty() && bare(&parts) == plain
        },
        &|name| !plain.is_empty() && name.split_whitespace().next_back() == Some(plain.as_str()),
    ];
    rounds
        .iter()
        .map(|fits| by(fits))
        .find(|found| !found.is_empty())
        .unwrap_or_default()
}

/// An actor whose name or alias stands in the sentence, with a verb of saying, outside quotation marks.
fn with_a_verb(around: &Around<'_>) -> Option<(ActorId, String)> {
    let facts = around.facts;
    let sentence = around.outside_marks();
    let verbs = verbs::of_saying(&sentence);
    if verbs.is_empty() {
        return None;
    }
    let folded = fold(&sentence);
    let mut found: Vec<Named> = Vec::new();
    for (id, actor) in facts.actors.iter() {
        let aliases = facts
            .list(actor.aliases)
            .iter()
            .map(|alias| facts.str(*alias));
        for name in aliases.chain([facts.label(id)]) {
            let wanted = fold(name);
            for at in places(&folded, &wanted) {
                let end = at + wanted.len();
                let distance = |verb: &usize| verb.abs_diff(at).min(verb.abs_diff(end));
                let verb = verbs.iter().copied().min_by_key(distance)?;
                found.push(Named {
                    distance: distance(&verb),
                    shorter_by: usize::MAX - wanted.len(),
                    actor: id,
                    name: name.to_owned(),
                    verb,
                });
            }
        }
    }
    // The nearest, and of names that begin at one place the longest.
    found.sort();
    let first = found.first()?;
    let same_place = |other: &Named| other.distance == first.distance && other.actor != first.actor;
    let words = verbs::words(&sentence);
    let (_, verb) = words.iter().find(|(at, _)| *at == first.verb)?;
    let why = format!(
        "the sentence names \"{}\", with \"{verb}\"",
        shown(&first.name)
    );
    (!found.iter().any(same_place)).then_some((first.actor, why))
}

/// A name in the sentence; in the order in which they are to be taken.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Named {
    /// From the verb of saying that is nearest.
    distance: usize,
    shorter_by: usize,
    actor: ActorId,
    name: String,
    verb: usize,
}

/// Where a name stands as whole words.
fn places(text: &str, name: &str) -> Vec<usize> {
    if name.chars().count() < 2 {
        return Vec::new();
    }
    let is_whole = |at: usize| {
        let before = text[..at].chars().next_back();
        let after = text[at + name.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    };
    text.match_indices(name)
        .map(|(at, _)| at)
        .filter(|at| is_whole(*at))
        .collect()
}

/// The speaker of the claim whose passage comes before.
fn before(around: &Around<'_>) -> Option<(ActorId, String)> {
    let facts = around.facts;
    let claims = around.claims();
    let (_, last) = claims
        .iter()
        .rev()
        .find(|(start, _)| *start <= around.span.start)?;
    let [speaker] = facts.list(facts[*last].speaker) else {
        return None;
    };
    Some((
        *speaker,
        format!(
            "the speaker of {}, the claim before it in the text",
            facts.id(*last)
        ),
    ))
}
