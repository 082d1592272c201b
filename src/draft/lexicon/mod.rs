//! What the rules know of a language: its closed classes of words, its verbs, nouns and adjectives of
//! saying and of attitude. Each language is a table of text beside this file, read once.

mod forms;
mod read;

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::language::Language;

/// Classes of words, as a set of bits. A word can be in several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Class(pub(crate) u64);

impl Class {
    /// Whether the two sets have a class in common.
    pub(crate) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl std::ops::BitOr for Class {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

macro_rules! classes {
    ($($name:ident $heading:literal $bit:literal),* $(,)?) => {
        impl Class {
            $(pub(crate) const $name: Self = Self(1 << $bit);)*
        }
        /// The headings of tables and their classes.
        const HEADINGS: &[(&str, Class)] = &[$(($heading, Class::$name)),*];
    };
}

classes! {
    DET "determiner" 0, POSS "possessive" 1, SUBJECT "subject" 2, PRONOUN "pronoun" 3,
    MASCULINE "masculine" 4, FEMININE "feminine" 5, PLURAL "plural" 6, NEUTER "neuter" 7,
    FIRST "first" 8, PREP "preposition" 9, CONJ "conjunction" 10, ADVERSATIVE "adversative" 11,
    SUBORD "subordinator" 12, THAT "that" 13, REL "relative" 14, WH "question" 15, BE "be" 16,
    HAVE "have" 17, DO "do" 18, MODAL "modal" 19, COPULA "copula" 20, NOT "not" 21, TO "to" 22,
    FINITE "finite" 23, LIGHT "light" 24, ADV "adverb" 25, TIME "time" 26, TITLE "title" 27,
    MISTER "mister" 28, MISSUS "missus" 29, ABBREVIATION "abbreviation" 30, VENUE "venue" 31,
    STARTER "starter" 32, NUMBER "number" 33, REPORTED "reported" 34, ROLE "role" 35, HOMOGRAPH "homograph" 36, HE_NAME "he-name" 37,
    SHE_NAME "she-name" 38, BEHIND "behind" 39, INVERTED "inverted" 40,
}

/// What a verb, noun or adjective takes, as a set of bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Takes(pub(crate) u16);

impl Takes {
    pub(crate) const CLAUSE: Self = Self(1);
    pub(crate) const QUOTE: Self = Self(2);
    pub(crate) const QUESTION: Self = Self(4);
    pub(crate) const INFINITIVE: Self = Self(8);
    pub(crate) const NOUN: Self = Self(16);
    pub(crate) const GERUND: Self = Self(32);
    pub(crate) const ADDRESSEE: Self = Self(64);
    pub(crate) const PERSON: Self = Self(128);
    pub(crate) const PASSIVE: Self = Self(256);

    /// Whether the two sets have anything in common.
    pub(crate) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// What sort of word introduces a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    /// Of saying.
    Speech,
    /// Of attitude.
    Attitude,
    /// Any other verb, known so that clauses are seen.
    Plain,
}

/// A verb, noun or adjective that can introduce a claim.
#[derive(Debug)]
pub(crate) struct Entry {
    /// As it stands in a dictionary.
    pub(crate) lemma: String,
    pub(crate) takes: Takes,
    /// The prepositions that what is said can begin after.
    pub(crate) prepositions: Vec<String>,
    /// The words that the verb may be parted from: "teilte … mit". None if it is never.
    pub(crate) particles: Vec<String>,
    /// What a claim that it introduces does.
    pub(crate) act: &'static str,
    pub(crate) level: Level,
}

/// Forms of a verb, as a set of bits.
pub(crate) const BASE: u8 = 1;
pub(crate) const THIRD: u8 = 2;
pub(crate) const PAST: u8 = 4;
pub(crate) const PARTICIPLE: u8 = 8;
pub(crate) const ING: u8 = 16;

/// What is known of a written word.
#[derive(Debug, Default)]
pub(crate) struct Word {
    pub(crate) class: Class,
    /// The verb that it is a form of, and which forms it can be.
    pub(crate) verb: Option<(u32, u8)>,
    pub(crate) noun: Option<u32>,
    pub(crate) adjective: Option<u32>,
}

/// A language.
#[derive(Debug)]
pub(crate) struct Lexicon {
    words: HashMap<String, Word>,
    entries: Vec<Entry>,
    /// Phrases that name a source: "according to", each in words.
    pub(crate) according: Vec<Vec<String>>,
    nothing: Word,
    /// Whether the rules for English clauses hold.
    pub(crate) is_english: bool,
    /// Whether every noun has a capital, so that a capital tells no name.
    pub(crate) has_capital_nouns: bool,
}

impl Lexicon {
    /// The table of a language.
    pub(crate) fn of(language: Language) -> &'static Self {
        static TABLES: OnceLock<[OnceLock<Lexicon>; 6]> = OnceLock::new();
        let tables = TABLES.get_or_init(Default::default);
        let (number, text) = match language {
            Language::English => (0, include_str!("../tables/en.txt")),
            Language::German => (1, include_str!("../tables/de.txt")),
            Language::French => (2, include_str!("../tables/fr.txt")),
            Language::Ukrainian => (3, include_str!("../tables/uk.txt")),
            Language::Russian => (4, include_str!("../tables/ru.txt")),
            Language::Other => (5, ""),
        };
        tables[number].get_or_init(|| read::table(text, language))
    }

    /// What is known of a word in lower case.
    pub(crate) fn word(&self, norm: &str) -> &Word {
        self.words.get(norm).unwrap_or(&self.nothing)
    }

    /// A verb, noun or adjective by its number.
    pub(crate) fn entry(&self, number: u32) -> &Entry {
        &self.entries[number as usize]
    }
}
