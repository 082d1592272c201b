//! Names in a text: where they begin and end, what they show of whom they name.

use std::ops::Range;

use crate::lexicon::Class;
use crate::scan::{Kind, Token};
use crate::speakers::{Actor, Gender};

/// A name as it is compared: words in lower case, without articles.
pub(crate) fn key(name: &str) -> String {
    let words = name
        .split(|c: char| c.is_whitespace())
        .map(|word| crate::scan::normal(word.trim_matches(|c: char| !c.is_alphanumeric())));
    let words: Vec<String> = words
        .filter(|word| !word.is_empty() && word != "the")
        .collect();
    words.join(" ")
}

/// Whether two names of several words are of one: the same last word, and the same first letter or the first
/// word left out.
pub(crate) fn same_person(one: &str, other: &str) -> bool {
    let (mut a, mut b) = (one.split(' '), other.split(' '));
    let (Some(a), Some(b)) = (a.next(), b.next()) else {
        return false;
    };
    a == b
        || (a.chars().count() <= 2 || b.chars().count() <= 2)
            && a.chars().next() == b.chars().next()
}

pub(crate) fn not_a_person(name: &str) -> bool {
    const NOT: &[&str] = &[
        "party",
        "campaign",
        "committee",
        "department",
        "house",
        "times",
        "post",
        "news",
        "court",
        "council",
        "agency",
        "union",
        "company",
        "board",
        "firm",
        "school",
        "authority",
        "university",
        "kremlin",
        "government",
        "ministry",
        "nato",
        "white",
    ];
    key(name).split(' ').any(|word| NOT.contains(&word))
}

/// Whether a token is part of a name.
pub(crate) fn in_name(token: &Token) -> bool {
    token.kind == Kind::Word && token.capital && !token.is(Class::TIME)
}

/// The end of the name that begins at a token, if one does.
pub(crate) fn name_at(tokens: &[Token], at: usize) -> Option<usize> {
    const PARTICLES: &[&str] = &[
        "de", "van", "von", "der", "den", "al", "bin", "ibn", "da", "di", "du", "la", "le", "el",
        "of",
    ];
    let first = &tokens[at];
    if !in_name(first)
        || first.is(Class::DET
            | Class::PREP
            | Class::CONJ
            | Class::SUBORD
            | Class::SUBJECT
            | Class::POSS
            | Class::ADV
            | Class::WH
            | Class::THAT
            | Class::NOT
            | Class::FINITE)
    {
        return None;
    }
    if at == 0 && first.word.verb.is_some() && !tokens.get(1).is_some_and(in_name) {
        return None;
    }
    let mut end = at + 1;
    while end < tokens.len() {
        let token = &tokens[end];
        if in_name(token) {
            end += 1;
        } else if (PARTICLES.contains(&token.norm.as_str()) && token.norm != "of"
            || token.is_quote()
                && token
                    .quote
                    .is_some_and(|quote| quote.words <= 2 && quote.last.is_none()))
            && tokens.get(end + 1).is_some_and(in_name)
        {
            end += 2;
        } else {
            break;
        }
    }
    Some(end)
}

pub(crate) fn title_gender(token: &Token) -> Option<Gender> {
    if token.is(Class::MISTER) {
        Some(Gender::Masculine)
    } else if token.is(Class::MISSUS) {
        Some(Gender::Feminine)
    } else {
        None
    }
}

pub(crate) fn given_gender(token: &Token) -> Option<Gender> {
    if token.is(Class::HE_NAME) {
        Some(Gender::Masculine)
    } else if token.is(Class::SHE_NAME) {
        Some(Gender::Feminine)
    } else {
        None
    }
}

pub(crate) fn gender_of(tokens: &[Token], range: &Range<usize>) -> Option<Gender> {
    let before = range
        .start
        .checked_sub(1)
        .and_then(|at| title_gender(&tokens[at]));
    before
        .or_else(|| range.clone().find_map(|at| title_gender(&tokens[at])))
        .or_else(|| range.clone().find_map(|at| given_gender(&tokens[at])))
}

/// How many tokens of a source are its head phrase: up to a comma, a bracket or a relative clause.
pub(crate) fn head(tokens: &[&Token]) -> usize {
    let stop = (1..tokens.len()).find(|&at| {
        let token = tokens[at];
        matches!(token.kind, Kind::Mark(',' | '(' | '—' | ':' | ';'))
            || token.is(Class::REL) && !token.is(Class::DET | Class::POSS)
    });
    stop.unwrap_or(tokens.len())
}

/// The name that ends here, with particles and nicknames.
fn name_ending(tokens: &[&Token], end: usize) -> Option<Range<usize>> {
    let mut start = end;
    while start > 0 {
        let token = tokens[start - 1];
        let nickname = token.is_quote() && start < end && start > 1 && in_name(tokens[start - 2]);
        let particle = start < end
            && start > 1
            && in_name(tokens[start - 2])
            && matches!(
                token.norm.as_str(),
                "de" | "van"
                    | "von"
                    | "der"
                    | "al"
                    | "bin"
                    | "da"
                    | "di"
                    | "du"
                    | "la"
                    | "le"
                    | "el"
            );
        if in_name(token) && !(token.is(Class::DET | Class::POSS | Class::CONJ | Class::PREP))
            || nickname
            || particle
        {
            start -= 1;
        } else {
            break;
        }
    }
    (start < end).then_some(start..end)
}

/// The name in a source: at the end of its head, or in the apposition behind.
///
/// `nouns`: nouns have capitals, so one alone behind an article is no name.
pub(crate) fn person_in(tokens: &[&Token], head: usize, nouns: bool) -> Option<Range<usize>> {
    let mut end = head;
    // "Zelensky on Thursday"
    while end > 1
        && (tokens[end - 1].is(Class::TIME)
            || (tokens[end - 1].is(Class::PREP)
                || matches!(tokens[end - 1].norm.as_str(), "late" | "early"))
                && tokens.get(end).is_some_and(|token| token.is(Class::TIME)))
    {
        end -= 1;
    }
    if let Some(name) = name_ending(tokens, end) {
        // "a spokesman for NATO" is no name; "the president of Russia" neither.
        let bound = name.start > 0 && tokens[name.start - 1].is(Class::PREP);
        let common = name.start > 0
            && tokens[..name.start]
                .iter()
                .any(|token| token.is(Class::PREP))
            && bound;
        let noun = nouns
            && name.len() == 1
            && (name.start > 0 && tokens[name.start - 1].is(Class::DET | Class::POSS)
                || tokens[name.start].is(Class::TITLE));
        if !common && !noun {
            return Some(name);
        }
    }
    // "Karl of the mill", "Mary Smith of Ohio": the name stands first.
    let first = (0..head)
        .take_while(|&at| in_name(tokens[at]) || tokens[at].is_quote())
        .count();
    if first > 0
        && first < head
        && tokens[first].is(Class::PREP)
        && !tokens[0].is(Class::DET | Class::POSS)
    {
        return Some(0..first);
    }
    // "Rubio's deputy campaign manager, Rich Beeson, who …"
    let comma = tokens.get(head).is_some_and(|token| token.mark(','));
    if comma && head + 1 < tokens.len() {
        let end = (head + 1..tokens.len())
            .find(|&at| !in_name(tokens[at]))
            .unwrap_or(tokens.len());
        let stops = tokens.get(end).is_none_or(|token| token.mark(','));
        if stops && end >= head + 2 && !tokens[head + 1].is(Class::DET | Class::PREP) {
            return Some(head + 1..end);
        }
    }
    None
}

/// The apposition behind a name: ", chairman of the party".
pub(crate) fn apposition(tokens: &[&Token], name_end: usize) -> Option<Range<usize>> {
    let comma = tokens.get(name_end)?;
    if !comma.mark(',') {
        return None;
    }
    let start = name_end + 1;
    let first = tokens.get(start)?;
    if first.is(Class::REL | Class::PREP)
        || !first.is_word()
        || first.norm.starts_with(|c: char| c.is_numeric())
    {
        return None;
    }
    let end = (start..tokens.len())
        .find(|&at| {
            tokens[at].mark(',') || tokens[at].is(Class::REL) && !tokens[at].is(Class::POSS)
        })
        .unwrap_or(tokens.len());
    (end > start).then_some(start..end)
}

/// Names of states, and the places that stand for their governments.
const STATES: &[&str] = &[
    "ukraine",
    "russia",
    "china",
    "germany",
    "france",
    "britain",
    "england",
    "italy",
    "spain",
    "poland",
    "turkey",
    "iran",
    "iraq",
    "israel",
    "syria",
    "japan",
    "india",
    "pakistan",
    "canada",
    "mexico",
    "brazil",
    "egypt",
    "greece",
    "hungary",
    "sweden",
    "norway",
    "finland",
    "denmark",
    "austria",
    "switzerland",
    "belgium",
    "belarus",
    "georgia",
    "cuba",
    "moscow",
    "kremlin",
    "kyiv",
    "kiev",
    "beijing",
    "washington",
    "berlin",
    "paris",
    "london",
    "tehran",
    "ankara",
    "brussels",
    "warsaw",
    "tokyo",
    "russland",
    "deutschland",
    "frankreich",
    "russie",
    "allemagne",
    "usa",
    "us",
    "u.s.",
    "uk",
    "united states",
    "united kingdom",
    "soviet union",
    "україна",
    "росія",
    "москва",
    "київ",
    "кремль",
    "украина",
    "россия",
    "киев",
];

/// Last words of the names of media.
const MEDIA: &[&str] = &[
    "times",
    "post",
    "news",
    "afp",
    "reuters",
    "cnn",
    "bbc",
    "journal",
    "gazette",
    "tribune",
    "herald",
    "spiegel",
    "monde",
    "magazine",
    "newspaper",
    "dpa",
    "tass",
];

/// Words of the names of bodies.
const BODIES: &[&str] = &[
    "party",
    "campaign",
    "committee",
    "department",
    "house",
    "court",
    "council",
    "agency",
    "union",
    "company",
    "university",
    "government",
    "ministry",
    "nato",
    "congress",
    "senate",
    "parliament",
    "commission",
    "association",
    "corp",
    "inc",
    "ltd",
    "group",
    "bank",
    "institute",
    "foundation",
    "center",
    "office",
    "police",
    "army",
    "organization",
    "administration",
    "board",
    "poll",
    "survey",
    "study",
    "report",
    "statement",
    "document",
    "letter",
    "memo",
    "filing",
    "lawsuit",
    "bill",
    "law",
    "ad",
    "partei",
    "regierung",
    "ministerium",
    "gouvernement",
    "parti",
];

/// The kind of an actor, as facts name it, as far as its name shows.
pub(crate) fn kind(actor: &Actor) -> &'static str {
    let name = key(&actor.name);
    let words: Vec<&str> = name.split(' ').collect();
    if actor.person {
        return "person";
    }
    if STATES.contains(&name.as_str()) {
        return "state";
    }
    if words.last().is_some_and(|last| MEDIA.contains(last)) {
        return "media";
    }
    if words.iter().any(|word| BODIES.contains(word)) {
        return "organization";
    }
    if actor.plural {
        return "group";
    }
    let capitals = actor
        .name
        .split_whitespace()
        .filter(|word| word.starts_with(char::is_uppercase))
        .count();
    let acronym = actor
        .name
        .chars()
        .filter(|c| c.is_alphabetic())
        .all(char::is_uppercase);
    if actor.unnamed {
        // "the official" is somebody, "the town" is not.
        const SOMEBODY: &[&str] = &[
            "er", "or", "ist", "man", "woman", "ian", "ant", "ent", "ial", "ee", "person", "voter",
        ];
        let last = words.last().copied().unwrap_or("");
        let somebody = words.first() == Some(&"person")
            || words.contains(&"person")
            || SOMEBODY.iter().any(|end| last.ends_with(end));
        return if somebody { "person" } else { "group" };
    }
    if (2..=3).contains(&capitals) && capitals == words.len() && !acronym {
        return "person";
    }
    "organization"
}
