//! Reading a table: headings in brackets, words or lines of entries below them.

use std::collections::HashMap;

use super::{BASE, Entry, HEADINGS, Level, Lexicon, PAST, THIRD, Takes, Word, forms};
use crate::language::Language;

/// The acts of claims that tables name.
const ACTS: &[&str] = &[
    "asserts",
    "denies",
    "confirms",
    "retracts",
    "demands",
    "requests",
    "offers",
    "promises",
    "predicts",
    "threatens",
    "questions",
    "declines",
    "expresses",
];

/// Reads a table that comes with the program. What it does not understand, it passes over; a test looks
/// for that.
pub(super) fn table(text: &'static str, language: Language) -> Lexicon {
    let mut lexicon = Lexicon {
        words: HashMap::new(),
        entries: Vec::new(),
        according: Vec::new(),
        nothing: Word::default(),
        is_english: language == Language::English,
        has_capital_nouns: language == Language::German,
    };
    for (heading, line) in crate::tables::lines(text) {
        match heading {
            "speech" => lexicon.add_verb(line, Level::Speech),
            "attitude" => lexicon.add_verb(line, Level::Attitude),
            "verb" => {
                for word in line.split_whitespace() {
                    lexicon.add_verb(word, Level::Plain);
                }
            }
            "noun" => lexicon.add_noun(line),
            "adjective" => lexicon.add_adjective(line),
            "according" => {
                lexicon
                    .according
                    .push(line.split_whitespace().map(str::to_string).collect());
            }
            _ => {
                if let Some((_, class)) = HEADINGS.iter().find(|(name, _)| *name == heading) {
                    for word in line.split_whitespace() {
                        let entry = lexicon.words.entry(word.to_string()).or_default();
                        entry.class = entry.class | *class;
                    }
                }
            }
        }
    }
    lexicon
}

impl Lexicon {
    fn add_entry(&mut self, lemma: &str, takes: &str, act: &str, level: Level) -> u32 {
        let (letters, prepositions) = match takes.split_once("p=") {
            Some((letters, list)) => (letters, list.split(',').map(str::to_string).collect()),
            None => (takes, Vec::new()),
        };
        let mut bits = 0;
        for letter in letters.chars() {
            bits |= match letter {
                't' => Takes::CLAUSE.0,
                'q' => Takes::QUOTE.0,
                'w' => Takes::QUESTION.0,
                'i' => Takes::INFINITIVE.0,
                'n' => Takes::NOUN.0,
                'g' => Takes::GERUND.0,
                'o' => Takes::ADDRESSEE.0,
                'O' => Takes::PERSON.0,
                'x' => Takes::PASSIVE.0,
                _ => 0,
            };
        }
        let act = ACTS
            .iter()
            .find(|known| **known == act)
            .copied()
            .unwrap_or("asserts");
        self.entries.push(Entry {
            lemma: lemma.to_string(),
            takes: Takes(bits),
            prepositions,
            particles: Vec::new(),
            act,
            level,
        });
        self.entries.len() as u32 - 1
    }

    fn add_verb(&mut self, line: &str, level: Level) {
        let mut parts = line.split_whitespace();
        let Some(lemmas) = parts.next() else { return };
        let mut principal = lemmas.split('/');
        let Some(lemma) = principal.next() else {
            return;
        };
        let (past, participle) = (principal.next(), principal.next());
        let (takes, act) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
        let number = self.add_entry(lemma, takes, act, level);
        if !self.is_english {
            let particles = past.into_iter().flat_map(|list| list.split(','));
            self.entries[number as usize].particles = particles.map(str::to_string).collect();
        }
        let earlier = self.words.get(lemma).and_then(|word| word.verb);
        if let Some((earlier, _)) = earlier
            && self.entries[earlier as usize].lemma == lemma
        {
            let entry = self.entries.remove(number as usize);
            let known = &mut self.entries[earlier as usize];
            known.takes = Takes(known.takes.0 | entry.takes.0);
            known.prepositions.extend(entry.prepositions);
            return;
        }
        // Other languages list their forms.
        let listed = parts.map(|form| (form.to_string(), PAST | THIRD));
        let forms = if self.is_english {
            forms::english(lemma, past, participle)
        } else {
            listed.chain([(lemma.to_string(), BASE)]).collect()
        };
        for (form, bit) in forms {
            let word = self.words.entry(form).or_default();
            match &mut word.verb {
                Some((known, bits)) if *known == number => *bits |= bit,
                Some(_) => {}
                empty => *empty = Some((number, bit)),
            }
        }
    }

    fn add_noun(&mut self, line: &str) {
        let Some((lemma, number)) = self.add_attitude(line) else {
            return;
        };
        for form in [lemma.to_string(), forms::plural(lemma)] {
            self.words.entry(form).or_default().noun = Some(number);
        }
    }

    fn add_adjective(&mut self, line: &str) {
        if let Some((lemma, number)) = self.add_attitude(line) {
            self.words.entry(lemma.to_string()).or_default().adjective = Some(number);
        }
    }

    /// The lemma of a line, and the number of its entry: what a noun or an adjective of attitude takes.
    fn add_attitude<'l>(&mut self, line: &'l str) -> Option<(&'l str, u32)> {
        let mut parts = line.split_whitespace();
        let lemma = parts.next()?;
        let takes = parts.next().unwrap_or("");
        Some((
            lemma,
            self.add_entry(lemma, takes, "expresses", Level::Attitude),
        ))
    }
}
