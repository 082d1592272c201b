//! Dates in a text, as EDTF, from the date of the article where they need one. Never today's.

mod phrases;
mod relative;
mod values;
mod words;

use std::ops::Range;

use annals_time::Day;

use crate::language::Language;
use crate::scan::Token;

pub(crate) use words::Words;

/// A date in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateFound {
    /// Where it stands, in bytes.
    pub span: Range<usize>,
    /// In EDTF; of a duration an ISO 8601 duration.
    pub value: String,
    /// Whether it is a date, a time of day, or a duration.
    pub kind: DateKind,
    /// Where its weekday stands, if it has one.
    pub weekday: Option<Range<usize>>,
    /// Why the value is not sure.
    pub note: Option<&'static str>,
}

/// What sort of date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateKind {
    /// A day, a month, a year, or a stretch of days.
    Date,
    /// A date with a part of the day.
    Time,
    /// How long something takes.
    Duration,
}

impl DateKind {
    /// As TIMEX3 names it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Date => "DATE",
            Self::Time => "TIME",
            Self::Duration => "DURATION",
        }
    }
}

/// The dates in the tokens of a paragraph, in order.
pub(crate) fn dates(tokens: &[Token], language: Language, article: Option<Day>) -> Vec<DateFound> {
    let reader = phrases::Reader {
        tokens,
        words: Words::of(language),
        article,
    };
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match reader.date_at(at) {
            Some((date, end)) => {
                found.push(date);
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// The duration that a number and a unit in words make, such as "two days": `P2D`.
pub(crate) fn distance(words: &Words, number: &str, unit: &str) -> Option<String> {
    let unit_number = words
        .number(unit, words::Part::Unit)
        .filter(|unit| *unit != 2)?;
    let count = words.number(number, words::Part::Number).or_else(|| {
        number
            .parse()
            .ok()
            .filter(|count| (1..10_000).contains(count))
    })?;
    let is_ordinal = matches!(number, "first" | "second" | "third" | "fourth");
    (!is_ordinal).then(|| values::duration(count, unit_number, unit))
}

/// The years that four digits alone can mean.
fn year(norm: &str) -> Option<i32> {
    let digits = norm.len() == 4 && norm.bytes().all(|byte| byte.is_ascii_digit());
    let year = norm.parse().ok()?;
    (digits && (1_000..2_100).contains(&year)).then_some(year)
}
