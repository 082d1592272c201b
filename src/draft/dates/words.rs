//! The words of dates, from their table.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::language::Language;

/// What a word can be in a date, with its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Month,
    Weekday,
    Day,
    Last,
    Next,
    This,
    BehindLast,
    BehindNext,
    Unit,
    Ago,
    Later,
    Before,
    Season,
    OfDay,
    Number,
    Around,
    In,
    Half,
    Century,
}

/// The words of dates of a language.
#[derive(Debug, Default)]
pub(crate) struct Words {
    words: HashMap<&'static str, Vec<(Part, i32)>>,
}

impl Words {
    /// Those of a language; of an unknown one none.
    pub(crate) fn of(language: Language) -> &'static Self {
        static ALL: OnceLock<HashMap<&'static str, Words>> = OnceLock::new();
        static NONE: OnceLock<Words> = OnceLock::new();
        let all = ALL.get_or_init(|| read(include_str!("../tables/dates.txt")));
        all.get(language.code())
            .unwrap_or_else(|| NONE.get_or_init(Words::default))
    }

    /// The number that a word stands for, where it is such a part of a date.
    pub(crate) fn number(&self, word: &str, part: Part) -> Option<i32> {
        let parts = self.words.get(word)?;
        parts
            .iter()
            .find(|(known, _)| *known == part)
            .map(|(_, number)| *number)
    }
}

fn read(table: &'static str) -> HashMap<&'static str, Words> {
    let mut all: HashMap<&'static str, Words> = HashMap::new();
    for (language, line) in crate::tables::lines(table) {
        let mut words = line.split_whitespace();
        let (Some(part), Some(number)) = (words.next().and_then(part), words.next()) else {
            continue;
        };
        let Ok(number) = number.parse() else { continue };
        let known = &mut all.entry(language).or_default().words;
        for word in words {
            known.entry(word).or_default().push((part, number));
        }
    }
    all
}

fn part(name: &str) -> Option<Part> {
    Some(match name {
        "month" => Part::Month,
        "weekday" => Part::Weekday,
        "day" => Part::Day,
        "last" => Part::Last,
        "next" => Part::Next,
        "this" => Part::This,
        "behind-last" => Part::BehindLast,
        "behind-next" => Part::BehindNext,
        "unit" => Part::Unit,
        "ago" => Part::Ago,
        "later" => Part::Later,
        "before" => Part::Before,
        "season" => Part::Season,
        "part" => Part::OfDay,
        "number" => Part::Number,
        "around" => Part::Around,
        "in" => Part::In,
        "half" => Part::Half,
        "century" => Part::Century,
        _ => return None,
    })
}
