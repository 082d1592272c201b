//! Who is who: the names of a text, and whom a pronoun or a last name stands for.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use crate::claims::Raw;
use crate::lexicon::{Class, Lexicon};
use crate::scan::{Kind, Paragraph, Token};

/// A person, organization or other actor that a text names.
#[derive(Debug, Clone, Default)]
pub(crate) struct Actor {
    /// The longest form of the name.
    pub(crate) name: String,
    /// Where that form stands first, in bytes.
    pub(crate) at: Range<usize>,
    /// Other forms.
    pub(crate) aliases: Vec<String>,
    pub(crate) gender: Option<Gender>,
    pub(crate) person: bool,
    pub(crate) plural: bool,
    /// A description beside the name: "chairman of the party", with its place.
    pub(crate) role: Option<(String, Range<usize>)>,
    /// Whether it is a source without a name: "Western diplomats".
    pub(crate) unnamed: bool,
}

/// The grammatical gender that a name or a title shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gender {
    Masculine,
    Feminine,
}

/// Whom a claim's source stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Resolved {
    pub(crate) actor: usize,
    pub(crate) how: How,
}

/// How a speaker was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    /// By the name or description in the text.
    Named,
    /// From a pronoun.
    Pronoun,
    /// The speaker of the words before goes on.
    Continued,
}

/// The actors of a text, as far as it is read.
pub(crate) struct Speakers {
    lexicon: &'static Lexicon,
    pub(crate) actors: Vec<Actor>,
    by_name: HashMap<String, usize>,
    by_last: HashMap<String, Vec<usize>>,
    /// The last places where an actor is named, newest last.
    mentions: Vec<(usize, usize, bool)>,
    /// The last speakers, newest last: place and actor.
    spoke: Vec<(usize, usize)>,
    /// For each claim, who speaks.
    pub(crate) resolved: BTreeMap<usize, Resolved>,
}

/// How many mentions are remembered.
const REMEMBERED: usize = 60;

impl Speakers {
    pub(crate) fn new(lexicon: &'static Lexicon) -> Self {
        Self {
            lexicon,
            actors: Vec::new(),
            by_name: HashMap::new(),
            by_last: HashMap::new(),
            mentions: Vec::new(),
            spoke: Vec::new(),
            resolved: BTreeMap::new(),
        }
    }

    /// Adds a name that is known from elsewhere: it is looked up before new ones are made.
    pub(crate) fn know(&mut self, name: &str, aliases: &[String], person: bool) {
        let number = self.actors.len();
        self.actors.push(Actor { name: name.to_string(), aliases: aliases.to_vec(), person, ..Actor::default() });
        for name in std::iter::once(name).chain(aliases.iter().map(String::as_str)) {
            self.by_name.entry(key(name)).or_insert(number);
        }
        if let Some(last) = key(name).rsplit(' ').next() {
            self.by_last.entry(last.to_string()).or_default().push(number);
        }
    }

    /// Reads the names of a paragraph, and resolves the speakers of the claims found in it.
    pub(crate) fn paragraph(&mut self, text: &str, paragraph: &Paragraph, claims: &[Raw], first: usize) {
        for sentence in &paragraph.sentences {
            let tokens = &paragraph.tokens[sentence.clone()];
            let mut at = 0;
            while at < tokens.len() {
                match name_at(tokens, at) {
                    Some(end) => {
                        self.mention(text, tokens, at..end);
                        at = end;
                    }
                    None => at += 1,
                }
            }
        }
        let mut order: Vec<usize> = (first..claims.len()).collect();
        order.sort_by_key(|&at| place(&claims[at]));
        for number in order {
            let claim = &claims[number];
            let found = match claim.source.first() {
                Some(source) if claim.follows.is_none() => {
                    self.resolve(text, paragraph, source.start..claim.source.last().map_or(source.end, |range| range.end))
                }
                _ => claim.follows.and_then(|earlier| self.resolved.get(&earlier)).map(|resolved| Resolved {
                    actor: resolved.actor,
                    how: How::Continued,
                }),
            };
            if let Some(found) = found {
                self.resolved.insert(number, found);
                if claim.level == crate::lexicon::Level::Speech {
                    self.spoke.push((place(claim), found.actor));
                }
            }
        }
        let extra = self.mentions.len().saturating_sub(REMEMBERED);
        self.mentions.drain(..extra);
        let extra = self.spoke.len().saturating_sub(REMEMBERED);
        self.spoke.drain(..extra);
    }

    /// Takes note of a name at a range of tokens.
    fn mention(&mut self, text: &str, tokens: &[Token], range: Range<usize>) {
        let title = range.start.checked_sub(1).map(|at| &tokens[at]);
        let gender = gender_of(tokens, &range);
        let titled = title.is_some_and(|token| token.is(Class::TITLE));
        // Titles at the beginning belong to the description, not to the name.
        let start = (range.start..range.end - 1).rev().find(|&at| tokens[at].is(Class::TITLE)).map_or(range.start, |at| at + 1);
        let name = start..range.end;
        let bytes = tokens[name.start].start..tokens[name.end - 1].end;
        let written = &text[bytes.clone()];
        let person = gender.is_some() || titled || start > range.start;
        let number = self.actor(written, bytes.clone(), gender, person);
        if start > range.start && self.actors[number].role.is_none() {
            let role = tokens[range.start].start..tokens[start - 1].end;
            let mister = (range.start..start).all(|at| tokens[at].is(Class::MISTER | Class::MISSUS));
            if !mister {
                self.actors[number].role = Some((text[role.clone()].to_string(), role));
            }
        }
        let subject = !self.lexicon.has_capital_nouns && range.start < 3 && (0..range.start).all(|at| !tokens[at].is(Class::PREP));
        self.mentions.push((bytes.start, number, subject));
    }

    /// The actor of a name: one that is known, or a new one.
    fn actor(&mut self, written: &str, at: Range<usize>, gender: Option<Gender>, person: bool) -> usize {
        let key = key(written);
        let last = key.rsplit(' ').next().unwrap_or(&key).to_string();
        let single = !key.contains(' ');
        let fits = |actor: &Actor| gender.is_none() || actor.gender.is_none() || actor.gender == gender;
        let known = self.by_name.get(&key).copied().filter(|&number| fits(&self.actors[number])).or_else(|| {
            let same = self.by_last.get(&last)?;
            same.iter().rev().copied().find(|&number| {
                let actor = &self.actors[number];
                let other = crate::speakers::key(&actor.name);
                fits(actor) && (single || !other.contains(' ') || other.ends_with(&format!(" {key}")) || key.ends_with(&format!(" {other}")) || same_person(&other, &key))
            })
        });
        if let Some(number) = known {
            let actor = &mut self.actors[number];
            actor.gender = actor.gender.or(gender);
            actor.person |= person;
            if crate::speakers::key(&actor.name).split(' ').count() < key.split(' ').count() && !actor.at.is_empty() {
                let shorter = std::mem::replace(&mut actor.name, written.to_string());
                actor.at = at;
                if !actor.aliases.contains(&shorter) {
                    actor.aliases.push(shorter);
                }
            } else if actor.name != written && !actor.aliases.iter().any(|alias| alias == written) {
                actor.aliases.push(written.to_string());
            }
            self.by_name.insert(key, number);
            return number;
        }
        let number = self.actors.len();
        self.actors.push(Actor {
            name: written.to_string(),
            at,
            gender,
            person,
            ..Actor::default()
        });
        self.by_name.insert(key, number);
        self.by_last.entry(last).or_default().push(number);
        number
    }

    /// The actor of a description, which is known only by all of its words.
    fn described(&mut self, written: &str, at: Range<usize>) -> usize {
        let key = key(written);
        if let Some(&number) = self.by_name.get(&key) {
            return number;
        }
        self.actors.push(Actor { name: written.to_string(), at, ..Actor::default() });
        self.by_name.insert(key, self.actors.len() - 1);
        self.actors.len() - 1
    }

    /// Whom a source stands for.
    fn resolve(&mut self, text: &str, paragraph: &Paragraph, source: Range<usize>) -> Option<Resolved> {
        let tokens: Vec<&Token> = paragraph.tokens.iter().filter(|token| source.start <= token.start && token.end <= source.end).collect();
        let first = tokens.first()?;
        if tokens.len() == 1 && (first.is(Class::SUBJECT | Class::POSS) || first.is(Class::PRONOUN) && !first.is(Class::DET)) {
            return self.pronoun(first).map(|actor| Resolved { actor, how: How::Pronoun });
        }
        let head = head(&tokens);
        let named = |actor| Some(Resolved { actor, how: How::Named });
        if let Some(name) = person_in(&tokens, head) {
            let start = (name.start..name.end - 1).rev().find(|&at| tokens[at].is(Class::TITLE)).map_or(name.start, |at| at + 1);
            let bytes = tokens[start].start..tokens[name.end - 1].end;
            let gender = (name.start..start).find_map(|at| title_gender(tokens[at])).or_else(|| given_gender(tokens[start]));
            let number = self.actor(&text[bytes.clone()], bytes, gender, false);
            let before = tokens[0].start..tokens[start].start;
            let role = if start > 0 && !tokens[..start].iter().all(|token| token.is(Class::MISTER | Class::MISSUS | Class::DET)) {
                Some(before)
            } else {
                apposition(&tokens, name.end).map(|range| tokens[range.start].start..tokens[range.end - 1].end)
            };
            if let Some(role) = role
                && self.actors[number].role.is_none()
            {
                let trimmed = text[role.clone()].trim_end_matches(|c: char| c.is_whitespace() || c == ',');
                self.actors[number].role = Some((trimmed.to_string(), role.start..role.start + trimmed.len()));
            }
            return named(number);
        }
        // A description: "Western diplomats", "the official".
        let bytes = tokens[0].start..tokens[head - 1].end;
        let written = text[bytes.clone()].trim();
        if written.is_empty() {
            return None;
        }
        let number = self.described(written, bytes);
        let capital = tokens[..head].iter().any(|token| token.capital && !token.is(Class::DET | Class::POSS));
        let last = tokens[head - 1];
        self.actors[number].plural = last.norm.ends_with('s') && !last.capital;
        self.actors[number].unnamed = !last.capital || !capital;
        named(number)
    }

    /// Whom a pronoun stands for.
    fn pronoun(&mut self, token: &Token) -> Option<usize> {
        let place = token.start;
        let gender = if token.is(Class::MASCULINE) {
            Some(Gender::Masculine)
        } else if token.is(Class::FEMININE) {
            Some(Gender::Feminine)
        } else {
            None
        };
        let plural = token.is(Class::PLURAL);
        if token.is(Class::FIRST) || gender.is_none() && !plural && !token.is(Class::NEUTER) {
            return None;
        }
        let fits = |actor: &Actor| match gender {
            Some(gender) => !actor.plural && (actor.person || !not_a_person(&actor.name)) && actor.gender.is_none_or(|other| other == gender),
            None if plural => actor.plural || !actor.person,
            None => !actor.person && !actor.plural,
        };
        let sure = |actor: &Actor| gender.is_some() && actor.gender == gender || actor.person && gender.is_some();
        let speaker = self.spoke.iter().rev().find(|(at, actor)| *at < place && fits(&self.actors[*actor])).copied();
        let subject = self.mentions.iter().rev().find(|(at, actor, subject)| *subject && *at < place && fits(&self.actors[*actor]) && (sure(&self.actors[*actor]) || gender.is_none())).copied();
        let mention = || {
            let before = self.mentions.iter().rev().filter(|(at, _, _)| *at < place);
            before.clone().find(|(_, actor, _)| fits(&self.actors[*actor]) && sure(&self.actors[*actor]))
                .or_else(|| before.clone().find(|(_, actor, _)| !self.lexicon.has_capital_nouns && fits(&self.actors[*actor])))
                .map(|(_, actor, _)| *actor)
        };
        let found = match (speaker, subject) {
            (Some((spoke, _)), Some((at, actor, _))) if at > spoke => Some(actor),
            (Some((_, actor)), _) => Some(actor),
            (None, Some((_, actor, _))) => Some(actor),
            (None, None) => mention(),
        }?;
        if gender.is_some() {
            self.actors[found].gender = gender;
            self.actors[found].person = true;
        }
        Some(found)
    }
}

/// Where a claim begins.
fn place(claim: &Raw) -> usize {
    claim.cue.first().or(claim.source.first()).or(claim.content.first()).map_or(0, |range| range.start)
}

/// A name as it is compared: words in lower case, without articles.
pub(crate) fn key(name: &str) -> String {
    let words = name.split(|c: char| c.is_whitespace()).map(|word| {
        crate::scan::normal(word.trim_matches(|c: char| !c.is_alphanumeric()))
    });
    let words: Vec<String> = words.filter(|word| !word.is_empty() && word != "the").collect();
    words.join(" ")
}

/// Whether two names of several words are of one: the same last word, and the same first letter or the first
/// word left out.
fn same_person(one: &str, other: &str) -> bool {
    let (mut a, mut b) = (one.split(' '), other.split(' '));
    let (Some(a), Some(b)) = (a.next(), b.next()) else { return false };
    a == b || (a.chars().count() <= 2 || b.chars().count() <= 2) && a.chars().next() == b.chars().next()
}

fn not_a_person(name: &str) -> bool {
    const NOT: &[&str] = &["party", "campaign", "committee", "department", "house", "times", "post", "news", "court", "council", "agency", "union", "company", "university", "kremlin", "government", "ministry", "nato", "white"];
    key(name).split(' ').any(|word| NOT.contains(&word))
}

/// Whether a token is part of a name.
fn in_name(token: &Token) -> bool {
    token.kind == Kind::Word && token.capital && !token.is(Class::TIME)
}

/// The end of the name that begins at a token, if one does.
fn name_at(tokens: &[Token], at: usize) -> Option<usize> {
    const PARTICLES: &[&str] = &["de", "van", "von", "der", "den", "al", "bin", "ibn", "da", "di", "du", "la", "le", "el", "of"];
    let first = &tokens[at];
    if !in_name(first) || first.is(Class::DET | Class::PREP | Class::CONJ | Class::SUBORD | Class::SUBJECT | Class::POSS | Class::ADV | Class::WH | Class::THAT | Class::NOT | Class::FINITE) {
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
        } else if (PARTICLES.contains(&token.norm.as_str()) && token.norm != "of" || token.is_quote() && token.quote.is_some_and(|quote| quote.words <= 2 && quote.last.is_none()))
            && tokens.get(end + 1).is_some_and(in_name)
        {
            end += 2;
        } else {
            break;
        }
    }
    Some(end)
}

fn title_gender(token: &Token) -> Option<Gender> {
    if token.is(Class::MISTER) {
        Some(Gender::Masculine)
    } else if token.is(Class::MISSUS) {
        Some(Gender::Feminine)
    } else {
        None
    }
}

fn given_gender(token: &Token) -> Option<Gender> {
    if token.is(Class::HE_NAME) {
        Some(Gender::Masculine)
    } else if token.is(Class::SHE_NAME) {
        Some(Gender::Feminine)
    } else {
        None
    }
}

fn gender_of(tokens: &[Token], range: &Range<usize>) -> Option<Gender> {
    let before = range.start.checked_sub(1).and_then(|at| title_gender(&tokens[at]));
    before
        .or_else(|| range.clone().find_map(|at| title_gender(&tokens[at])))
        .or_else(|| range.clone().find_map(|at| given_gender(&tokens[at])))
}

/// How many tokens of a source are its head phrase: up to a comma, a bracket or a relative clause.
fn head(tokens: &[&Token]) -> usize {
    let stop = (1..tokens.len()).find(|&at| {
        let token = tokens[at];
        matches!(token.kind, Kind::Mark(',' | '(' | '—' | ':' | ';'))
            || token.is(Class::REL) && !token.is(Class::DET | Class::POSS)
    });
    stop.unwrap_or(tokens.len())
}

/// The name in a source: at the end of its head, or in the apposition behind.
fn person_in(tokens: &[&Token], head: usize) -> Option<Range<usize>> {
    let name_ending = |end: usize, from: usize| {
        let mut start = end;
        while start > from {
            let token = tokens[start - 1];
            let nickname = token.is_quote() && start < end && start > from + 1 && in_name(tokens[start - 2]);
            let particle = start < end && start > from + 1 && in_name(tokens[start - 2])
                && matches!(token.norm.as_str(), "de" | "van" | "von" | "der" | "al" | "bin" | "da" | "di" | "du" | "la" | "le" | "el");
            if in_name(token) && !(token.is(Class::DET | Class::POSS | Class::CONJ | Class::PREP)) || nickname || particle {
                start -= 1;
            } else {
                break;
            }
        }
        (start < end).then_some(start..end)
    };
    let mut end = head;
    // "Zelensky on Thursday"
    while end > 1 && (tokens[end - 1].is(Class::TIME) || matches!(tokens[end - 1].norm.as_str(), "on" | "late" | "early") && tokens.get(end).is_some_and(|token| token.is(Class::TIME))) {
        end -= 1;
    }
    if let Some(name) = name_ending(end, 0) {
        // "a spokesman for NATO" is no name; "the president of Russia" neither.
        let bound = name.start > 0 && tokens[name.start - 1].is(Class::PREP);
        let common = name.start > 0 && tokens[..name.start].iter().any(|token| token.is(Class::PREP)) && bound;
        if !common {
            return Some(name);
        }
    }
    // "Karl of the mill", "Mary Smith of Ohio": the name stands first.
    let first = (0..head).take_while(|&at| in_name(tokens[at]) || tokens[at].is_quote()).count();
    if first > 0 && first < head && tokens[first].is(Class::PREP) && !tokens[0].is(Class::DET | Class::POSS) {
        return Some(0..first);
    }
    // "Rubio's deputy campaign manager, Rich Beeson, who …"
    let comma = tokens.get(head).is_some_and(|token| token.mark(','));
    if comma && head + 1 < tokens.len() {
        let end = (head + 1..tokens.len()).find(|&at| !in_name(tokens[at])).unwrap_or(tokens.len());
        let stops = tokens.get(end).is_none_or(|token| token.mark(','));
        if stops && end >= head + 2 && !tokens[head + 1].is(Class::DET | Class::PREP) {
            return Some(head + 1..end);
        }
    }
    None
}

/// The apposition behind a name: ", chairman of the party".
fn apposition(tokens: &[&Token], name_end: usize) -> Option<Range<usize>> {
    let comma = tokens.get(name_end)?;
    if !comma.mark(',') {
        return None;
    }
    let start = name_end + 1;
    let first = tokens.get(start)?;
    if first.is(Class::REL | Class::PREP) || !first.is_word() || first.norm.starts_with(|c: char| c.is_numeric()) {
        return None;
    }
    let end = (start..tokens.len()).find(|&at| tokens[at].mark(',') || tokens[at].is(Class::REL) && !tokens[at].is(Class::POSS)).unwrap_or(tokens.len());
    (end > start).then_some(start..end)
}

/// The kind of an actor, as facts name it, as far as its name shows.
pub(crate) fn kind(actor: &Actor) -> &'static str {
    const STATES: &[&str] = &[
        "ukraine", "russia", "china", "germany", "france", "britain", "england", "italy", "spain", "poland", "turkey", "iran",
        "iraq", "israel", "syria", "japan", "india", "pakistan", "canada", "mexico", "brazil", "egypt", "greece", "hungary",
        "sweden", "norway", "finland", "denmark", "austria", "switzerland", "belgium", "belarus", "georgia", "cuba",
        "moscow", "kremlin", "kyiv", "kiev", "beijing", "washington", "berlin", "paris", "london", "tehran", "ankara",
        "brussels", "warsaw", "tokyo", "russland", "deutschland", "frankreich", "russie", "allemagne", "usa", "us", "u.s.", "uk",
        "united states", "united kingdom", "soviet union", "україна", "росія", "москва", "київ", "кремль", "украина", "россия", "киев",
    ];
    const MEDIA: &[&str] = &["times", "post", "news", "afp", "reuters", "cnn", "bbc", "journal", "gazette", "tribune", "herald", "spiegel", "monde", "magazine", "newspaper", "dpa", "tass"];
    const BODIES: &[&str] = &[
        "party", "campaign", "committee", "department", "house", "court", "council", "agency", "union", "company", "university",
        "government", "ministry", "nato", "congress", "senate", "parliament", "commission", "association", "corp", "inc", "ltd",
        "group", "bank", "institute", "foundation", "center", "office", "police", "army", "organization", "administration", "board",
        "poll", "survey", "study", "report", "statement", "document", "letter", "memo", "filing", "lawsuit", "bill", "law", "ad",
        "partei", "regierung", "ministerium", "gouvernement", "parti",
    ];
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
    let capitals = actor.name.split_whitespace().filter(|word| word.starts_with(char::is_uppercase)).count();
    let acronym = actor.name.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    if actor.unnamed || (2..=3).contains(&capitals) && capitals == words.len() && !acronym {
        return "person";
    }
    "organization"
}
