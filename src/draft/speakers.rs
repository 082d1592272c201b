//! Who is who: the names of a text, and whom a pronoun or a last name stands for.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use crate::claims::Raw;
use crate::lexicon::{Class, Lexicon};
use crate::names::{
    apposition, gender_of, given_gender, head, key, name_at, not_a_person, person_in, same_person,
    title_gender,
};
use crate::scan::{Paragraph, Token};

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
    /// By a description, which repeats the role of somebody named.
    Described,
    /// The speaker of the words before goes on.
    Continued,
}

/// The actors of a text, as far as it is read.
pub(crate) struct Speakers {
    lexicon: &'static Lexicon,
    pub(crate) actors: Vec<Actor>,
    by_name: HashMap<String, usize>,
    by_last: HashMap<String, Vec<usize>>,
    /// Those with a role, by its last word.
    by_role: HashMap<String, Vec<usize>>,
    /// The last places where an actor is named, newest last.
    mentions: Vec<(usize, usize, bool)>,
    /// The last speakers, newest last: place and actor.
    spoke: Vec<(usize, usize)>,
    /// For each claim, who speaks.
    pub(crate) resolved: BTreeMap<usize, Resolved>,
}

/// So many actors of one last name are told apart, and so many forms of a name are kept.
const MOST: usize = 50;

/// Words after which a role is another.
const OTHER_ROLE: &[&str] = &[
    "deputy",
    "vice",
    "former",
    "ex",
    "assistant",
    "associate",
    "junior",
    "shadow",
    "late",
    "past",
    "incoming",
    "elect",
    "acting",
    "candidate",
];

/// How many mentions are remembered.
const REMEMBERED: usize = 60;

impl Speakers {
    pub(crate) fn new(lexicon: &'static Lexicon) -> Self {
        Self {
            lexicon,
            actors: Vec::new(),
            by_name: HashMap::new(),
            by_last: HashMap::new(),
            by_role: HashMap::new(),
            mentions: Vec::new(),
            spoke: Vec::new(),
            resolved: BTreeMap::new(),
        }
    }

    /// Adds a name that is known from elsewhere: it is looked up before new ones are made.
    pub(crate) fn know(&mut self, name: &str, aliases: &[String], person: bool) {
        let number = self.actors.len();
        self.actors.push(Actor {
            name: name.to_string(),
            aliases: aliases.to_vec(),
            person,
            ..Actor::default()
        });
        for name in std::iter::once(name).chain(aliases.iter().map(String::as_str)) {
            self.by_name.entry(key(name)).or_insert(number);
        }
        if let Some(last) = key(name).rsplit(' ').next() {
            self.by_last
                .entry(last.to_string())
                .or_default()
                .push(number);
        }
    }

    /// Reads the names of a paragraph, and resolves the speakers of the claims found in it.
    pub(crate) fn paragraph(
        &mut self,
        text: &str,
        paragraph: &Paragraph,
        claims: &[Raw],
        first: usize,
    ) {
        for sentence in &paragraph.sentences {
            let tokens = &paragraph.tokens[sentence.clone()];
            // Where all nouns have capitals, the first word of a sentence is no part of a name behind it.
            let opens = self.lexicon.has_capital_nouns
                && !tokens
                    .first()
                    .is_some_and(|first| first.is(Class::TITLE | Class::HE_NAME | Class::SHE_NAME));
            let mut at = usize::from(opens);
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
                Some(source) if claim.follows.is_none() => self.resolve(
                    text,
                    paragraph,
                    source.start..claim.source.last().map_or(source.end, |range| range.end),
                ),
                _ => claim
                    .follows
                    .and_then(|earlier| self.resolved.get(&earlier))
                    .map(|resolved| Resolved {
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
        let start = (range.start..range.end - 1)
            .rev()
            .find(|&at| tokens[at].is(Class::TITLE))
            .map_or(range.start, |at| at + 1);
        let name = start..range.end;
        let bytes = tokens[name.start].start..tokens[name.end - 1].end;
        let written = &text[bytes.clone()];
        let person = gender.is_some() || titled || start > range.start;
        let number = self.actor(written, bytes.clone(), gender, person);
        if start > range.start && self.actors[number].role.is_none() {
            let before = tokens[..range.start].iter().rev();
            let other = before.take_while(|token| OTHER_ROLE.contains(&token.norm.as_str()));
            let first = range.start - other.count();
            let role = tokens[first].start..tokens[start - 1].end;
            let mister =
                (range.start..start).all(|at| tokens[at].is(Class::MISTER | Class::MISSUS));
            if !mister {
                self.give_role(number, on_one_line(&text[role.clone()]), role);
            }
        }
        let subject = !self.lexicon.has_capital_nouns
            && range.start < 3
            && (0..range.start).all(|at| !tokens[at].is(Class::PREP));
        self.mentions.push((bytes.start, number, subject));
    }

    /// The actor of a name: one that is known, or a new one.
    fn actor(
        &mut self,
        written: &str,
        at: Range<usize>,
        gender: Option<Gender>,
        person: bool,
    ) -> usize {
        let key = key(written);
        let last = key.rsplit(' ').next().unwrap_or(&key).to_string();
        let single = !key.contains(' ');
        let fits =
            |actor: &Actor| gender.is_none() || actor.gender.is_none() || actor.gender == gender;
        let known = self
            .by_name
            .get(&key)
            .copied()
            .filter(|&number| fits(&self.actors[number]))
            .or_else(|| {
                let same = self.by_last.get(&last)?;
                same.iter().rev().take(MOST).copied().find(|&number| {
                    let actor = &self.actors[number];
                    let other = crate::names::key(&actor.name);
                    fits(actor)
                        && (single
                            || !other.contains(' ')
                            || other.ends_with(&format!(" {key}"))
                            || key.ends_with(&format!(" {other}"))
                            || same_person(&other, &key))
                })
            });
        if let Some(number) = known {
            let actor = &mut self.actors[number];
            actor.gender = actor.gender.or(gender);
            actor.person |= person;
            if crate::names::key(&actor.name).split(' ').count() < key.split(' ').count()
                && !actor.at.is_empty()
            {
                let shorter = std::mem::replace(&mut actor.name, on_one_line(written));
                actor.at = at;
                if !actor.aliases.contains(&shorter) {
                    actor.aliases.push(shorter);
                }
            } else if actor.name != on_one_line(written)
                && actor.aliases.len() < MOST
                && !actor
                    .aliases
                    .iter()
                    .any(|alias| *alias == on_one_line(written))
            {
                actor.aliases.push(on_one_line(written));
            }
            self.by_name.insert(key, number);
            return number;
        }
        let number = self.actors.len();
        self.actors.push(Actor {
            name: on_one_line(written),
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
        self.actors.push(Actor {
            name: on_one_line(written),
            at,
            ..Actor::default()
        });
        self.by_name.insert(key, self.actors.len() - 1);
        self.actors.len() - 1
    }

    /// Whom a source stands for.
    fn resolve(
        &mut self,
        text: &str,
        paragraph: &Paragraph,
        source: Range<usize>,
    ) -> Option<Resolved> {
        let all = &paragraph.tokens;
        let from = all.partition_point(|token| token.start < source.start);
        let to = all
            .partition_point(|token| token.end <= source.end)
            .max(from);
        let tokens: Vec<&Token> = all[from..to].iter().collect();
        let first = tokens.first()?;
        if tokens.len() == 1
            && (first.is(Class::SUBJECT | Class::POSS)
                || first.is(Class::PRONOUN) && !first.is(Class::DET))
        {
            return self.pronoun(first).map(|actor| Resolved {
                actor,
                how: How::Pronoun,
            });
        }
        let head = head(&tokens);
        let named = |actor| {
            Some(Resolved {
                actor,
                how: How::Named,
            })
        };
        if let Some(name) = person_in(&tokens, head, self.lexicon.has_capital_nouns) {
            let start = (name.start..name.end - 1)
                .rev()
                .find(|&at| tokens[at].is(Class::TITLE))
                .map_or(name.start, |at| at + 1);
            let bytes = tokens[start].start..tokens[name.end - 1].end;
            let gender = (name.start..start)
                .find_map(|at| title_gender(tokens[at]))
                .or_else(|| given_gender(tokens[start]));
            let number = self.actor(&text[bytes.clone()], bytes, gender, false);
            let before = tokens[0].start..tokens[start].start;
            let role = if start > 0
                && !tokens[..start]
                    .iter()
                    .all(|token| token.is(Class::MISTER | Class::MISSUS | Class::DET))
            {
                Some(before)
            } else {
                apposition(&tokens, name.end)
                    .map(|range| tokens[range.start].start..tokens[range.end - 1].end)
            };
            if let Some(role) = role
                && self.actors[number].role.is_none()
            {
                let trimmed =
                    text[role.clone()].trim_end_matches(|c: char| c.is_whitespace() || c == ',');
                let at = role.start..role.start + trimmed.len();
                self.give_role(number, on_one_line(trimmed), at);
            }
            return named(number);
        }
        self.by_description(text, &tokens[..head])
    }

    /// Whom a description stands for: "Western diplomats", "the official".
    fn by_description(&mut self, text: &str, tokens: &[&Token]) -> Option<Resolved> {
        let (first, last) = (tokens.first()?, tokens.last()?);
        let bytes = first.start..last.end;
        let written = text[bytes.clone()].trim();
        if written.is_empty() {
            return None;
        }
        if let Some(actor) = self.with_role(tokens) {
            return Some(Resolved {
                actor,
                how: How::Described,
            });
        }
        let number = self.described(written, bytes);
        let capital = tokens
            .iter()
            .any(|token| token.capital && !token.is(Class::DET | Class::POSS));
        self.actors[number].plural = last.norm.ends_with('s') && !last.capital;
        self.actors[number].unnamed = !last.capital || !capital;
        Some(Resolved {
            actor: number,
            how: How::Named,
        })
    }

    /// The one named actor whose role a description repeats: "the mayor", after "Mayor Ingrid Solheim".
    /// Nobody if several have it.
    fn with_role(&self, description: &[&Token]) -> Option<usize> {
        let (article, rest) = description.split_first()?;
        if article.norm != "the" {
            return None;
        }
        let words: Vec<&str> = rest.iter().map(|token| token.norm.as_str()).collect();
        let has_role = |number: &&usize| {
            let Some((role, _)) = &self.actors[**number].role else {
                return false;
            };
            let all = role_words(role);
            let Some(start) = all.len().checked_sub(words.len()) else {
                return false;
            };
            let (before, same) = all.split_at(start);
            // A country or a town may stand before, and whose it is.
            let is_named = |word: &&str| {
                let folded = word.to_lowercase();
                let is_article = matches!(folded.as_str(), "the" | "a" | "an");
                let is_whose = folded.ends_with("'s") || folded.ends_with("’s");
                let has_capital = word.starts_with(char::is_uppercase);
                !OTHER_ROLE.contains(&folded.as_str()) && (is_article || is_whose || has_capital)
            };
            let mut pairs = same.iter().zip(&words);
            pairs.all(|(one, other)| one.to_lowercase() == *other) && before.iter().all(is_named)
        };
        let with_last = self.by_role.get(*words.last()?)?;
        let mut with_role = with_last.iter().filter(has_role);
        let found = *with_role.next()?;
        let is_only = with_role.next().is_none() && with_last.len() < MOST;
        is_only.then_some(found)
    }

    fn give_role(&mut self, number: usize, role: String, at: Range<usize>) {
        if let Some(last) = role_words(&role).last() {
            let others = self.by_role.entry(last.to_lowercase()).or_default();
            if others.len() < MOST {
                others.push(number);
            }
        }
        self.actors[number].role = Some((role, at));
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
            Some(gender) => {
                !actor.plural
                    && (actor.person || !not_a_person(&actor.name))
                    && actor.gender.is_none_or(|other| other == gender)
            }
            None if plural => actor.plural || !actor.person,
            None => !actor.person && !actor.plural,
        };
        let sure = |actor: &Actor| {
            gender.is_some() && actor.gender == gender || actor.person && gender.is_some()
        };
        let speaker = self
            .spoke
            .iter()
            .rev()
            .find(|(at, actor)| *at < place && fits(&self.actors[*actor]))
            .copied();
        let subject = self
            .mentions
            .iter()
            .rev()
            .find(|(at, actor, subject)| {
                *subject
                    && *at < place
                    && fits(&self.actors[*actor])
                    && (sure(&self.actors[*actor]) || gender.is_none())
            })
            .copied();
        let mention = || {
            let before = self.mentions.iter().rev().filter(|(at, _, _)| *at < place);
            before
                .clone()
                .find(|(_, actor, _)| fits(&self.actors[*actor]) && sure(&self.actors[*actor]))
                .or_else(|| {
                    before.clone().find(|(_, actor, _)| {
                        !self.lexicon.has_capital_nouns && fits(&self.actors[*actor])
                    })
                })
                .map(|(_, actor, _)| *actor)
        };
        let found = match (speaker, subject) {
            (Some((spoke, _)), Some((at, actor, _))) if at > spoke => Some(actor),
            (Some((_, actor)), _) | (None, Some((_, actor, _))) => Some(actor),
            (None, None) => mention(),
        }?;
        if gender.is_some() {
            self.actors[found].gender = gender;
            self.actors[found].person = true;
        }
        Some(found)
    }
}

/// The words of a role without those that say where it is, or of whom: "mayor of Ostervik".
fn role_words(role: &str) -> Vec<&str> {
    role.split_whitespace()
        .take_while(|word| !matches!(*word, "of" | "for" | "in" | "at" | "with"))
        .collect()
}

/// Where a claim begins.
fn place(claim: &Raw) -> usize {
    claim
        .cue
        .first()
        .or(claim.source.first())
        .or(claim.content.first())
        .map_or(0, |range| range.start)
}

/// A name without line breaks, which a wrapped text has in it.
fn on_one_line(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}
