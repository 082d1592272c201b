//! The languages that there are tables for, and which one a text is in.

use std::collections::HashMap;
use std::sync::OnceLock;

/// A language that a text can be drafted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
    English,
    /// German.
    German,
    /// French.
    French,
    /// Ukrainian.
    Ukrainian,
    /// Russian.
    Russian,
    /// Another, for which there is no table: direct quotations only, without their speakers.
    Other,
}

impl Language {
    /// Those that there are tables for.
    pub const KNOWN: [Self; 5] = [
        Self::English,
        Self::German,
        Self::French,
        Self::Ukrainian,
        Self::Russian,
    ];

    /// Its code, as in BCP 47; of another language `und`.
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::French => "fr",
            Self::Ukrainian => "uk",
            Self::Russian => "ru",
            Self::Other => "und",
        }
    }

    /// The language of a code, such as `en` or `de-AT`; [`Other`](Self::Other) for one without a table.
    pub fn of_code(code: &str) -> Self {
        let first = code
            .split(['-', '_'])
            .next()
            .unwrap_or(code)
            .to_ascii_lowercase();
        let known = Self::KNOWN
            .into_iter()
            .find(|language| language.code() == first);
        known.unwrap_or(Self::Other)
    }
}

/// As many words are looked at to tell the language.
const LOOKED_AT: usize = 2_000;

/// The language of a text, told by its commonest words; by its letters where it has few.
pub(crate) fn recognised(text: &str) -> Language {
    let table = common();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let words = text.split(|c: char| !c.is_alphabetic() && c != '\'' && c != '’');
    for word in words.filter(|word| !word.is_empty()).take(LOOKED_AT) {
        if let Some(codes) = table.get(word.to_lowercase().as_str()) {
            for code in codes {
                *counts.entry(code).or_default() += 1;
            }
        }
    }
    // The most, and of equal ones the first by code: the order of a map does not matter.
    let mut counts: Vec<(usize, &str)> = counts
        .into_iter()
        .map(|(code, count)| (count, code))
        .collect();
    counts.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(other.1)));
    match counts.first() {
        Some((_, code)) => Language::of_code(code),
        None => Language::Other,
    }
}

/// For each common word the languages that it is common in.
fn common() -> &'static HashMap<&'static str, Vec<&'static str>> {
    static COMMON: OnceLock<HashMap<&'static str, Vec<&'static str>>> = OnceLock::new();
    COMMON.get_or_init(|| {
        let mut common: HashMap<&'static str, Vec<&'static str>> = HashMap::new();
        for line in include_str!("tables/languages.txt").lines() {
            let mut words = line.split_whitespace();
            let Some(code) = words.next().filter(|code| !code.starts_with('#')) else {
                continue;
            };
            for word in words {
                common.entry(word).or_default().push(code);
            }
        }
        common
    })
}
