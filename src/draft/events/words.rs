//! The words of events, from their table.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use crate::language::Language;

/// The words of events of a language.
#[derive(Debug, Default)]
pub(super) struct Words {
    nouns: HashSet<&'static str>,
    /// Beginnings of nouns, the shortest first.
    stems: Vec<&'static str>,
    /// Ends of nouns that are made of several.
    compounds: Vec<&'static str>,
    pub(super) after: HashSet<&'static str>,
    pub(super) before: HashSet<&'static str>,
    pub(super) about: HashSet<&'static str>,
    /// Words that tell of what is still to come.
    pub(super) ahead: HashSet<&'static str>,
}

impl Words {
    /// Those of a language; of an unknown one none.
    pub(super) fn of(language: Language) -> &'static Self {
        static ALL: OnceLock<HashMap<&'static str, Words>> = OnceLock::new();
        static NONE: OnceLock<Words> = OnceLock::new();
        let all = ALL.get_or_init(|| read(include_str!("../tables/events.txt")));
        all.get(language.code())
            .unwrap_or_else(|| NONE.get_or_init(Words::default))
    }

    /// Whether a word in lower case names an event.
    pub(super) fn names_event(&self, word: &str) -> bool {
        /// So many letters may follow a stem.
        const ENDING: usize = 5;
        self.nouns.contains(word)
            || self.compounds.iter().any(|end| word.ends_with(end))
            || self.stems.iter().any(|stem| {
                word.strip_prefix(stem)
                    .is_some_and(|ending| ending.chars().count() <= ENDING)
            })
    }
}

fn read(table: &'static str) -> HashMap<&'static str, Words> {
    let mut all: HashMap<&'static str, Words> = HashMap::new();
    for (language, line) in crate::tables::lines(table) {
        let Some((what, words)) = line.split_once(' ') else {
            continue;
        };
        let known = all.entry(language).or_default();
        for word in words.split_whitespace() {
            match (what, word.strip_prefix('*'), word.strip_suffix('*')) {
                ("noun", Some(end), _) => known.compounds.push(end),
                ("noun", _, Some(stem)) => known.stems.push(stem),
                ("noun", ..) => {
                    known.nouns.insert(word);
                }
                ("after", ..) => {
                    known.after.insert(word);
                }
                ("before", ..) => {
                    known.before.insert(word);
                }
                ("about", ..) => {
                    known.about.insert(word);
                }
                ("ahead", ..) => {
                    known.ahead.insert(word);
                }
                _ => {}
            }
        }
    }
    all
}
