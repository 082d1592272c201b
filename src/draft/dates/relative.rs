//! Dates that are told from the date of the article: "last year", "two weeks ago", "the third quarter".

use super::DateKind;
use super::phrases::{Read, Reader};
use super::values::{duration, unit_value};
use super::words::Part;

impl Reader<'_> {
    /// "last", "next", "this" before a word of a date, and the token behind it.
    pub(super) fn side(&self, at: usize) -> (Option<i32>, usize) {
        let article = usize::from(matches!(
            self.norm(at),
            "the" | "later" | "earlier" | "late" | "early"
        ));
        for part in [Part::Last, Part::Next, Part::This] {
            if let Some(side) = self.part(at + article, part) {
                return (Some(side), at + article + 1);
            }
        }
        (None, at)
    }

    /// "last year", "next week", "this month", "last summer", "last March", "last night".
    pub(super) fn relative(&self, at: usize) -> Option<Read> {
        let (side, next) = self.side(at);
        let (side, word, end) = match side {
            Some(side) => (side, next, next + 1),
            None => {
                // "la semaine dernière"
                let side = self
                    .part(at + 1, Part::BehindLast)
                    .or_else(|| self.part(at + 1, Part::BehindNext))?;
                (side, at, at + 2)
            }
        };
        let (word, end) = if matches!(self.norm(word), "fiscal" | "financial" | "full") {
            (word + 1, end + 1)
        } else {
            (word, end)
        };
        let article = self.article?;
        let (year, month, _) = article.ymd();
        if let Some(unit) = self.part(word, Part::Unit) {
            let previous = matches!(
                self.norm(next.saturating_sub(1)),
                "past" | "preceding" | "following" | "coming" | "current"
            );
            if previous && side != 0 {
                return None;
            }
            return Some(Read::date(unit_value(article, unit, side)?, end));
        }
        if let Some(season) = self.part(word, Part::Season) {
            let started = [3, 6, 9, 12][(season - 21) as usize] <= month as i32;
            let year = match side {
                -1 if started && season != 24 => year,
                -1 => year - 1,
                1 if started => year + 1,
                _ => year,
            };
            return Some(Read::date(format!("{year:04}-{season}"), end));
        }
        if let Some(number) = self.part(word, Part::Month) {
            if !self.tokens[word].capital
                && self.tokens[word].norm.is_ascii()
                && self.words.number("may", Part::Month).is_some()
            {
                return None;
            }
            let year = match side {
                -1 if number as u32 >= month => year - 1,
                1 if number as u32 <= month => year + 1,
                _ => year,
            };
            return Some(Read::date(format!("{year:04}-{number:02}"), end));
        }
        if self.part(word, Part::OfDay).is_some() {
            let day = article.checked_add_days(i64::from(side))?;
            return Some(Read {
                kind: DateKind::Time,
                ..Read::date(day.to_string(), end)
            });
        }
        None
    }

    /// "two years ago", "three days", "four-day", "vor zwei Jahren".
    pub(super) fn counted(&self, at: usize) -> Option<Read> {
        let before = self.part(at, Part::Before).is_some();
        let at_number = if before { at + 1 } else { at };
        let norm = self.norm(at_number);
        if let Some((number, unit)) = norm.split_once('-')
            && let Some(unit) = self.words.number(unit, Part::Unit)
            && !matches!(number, "first" | "second" | "third" | "fourth")
            && let Some(number) = self
                .words
                .number(number, Part::Number)
                .or_else(|| number.parse().ok())
        {
            return Some(Read {
                kind: DateKind::Duration,
                ..Read::date(duration(number, unit, norm), at + 1)
            });
        }
        let number = self
            .part(at_number, Part::Number)
            .or_else(|| norm.parse().ok().filter(|number| *number < 1_000))?;
        let unit = self.part(at_number + 1, Part::Unit)?;
        let end = at_number + 2;
        let direction = if before {
            Some(-1)
        } else {
            self.part(end, Part::Ago)
                .or_else(|| self.part(end, Part::Later))
        };
        let first = matches!(norm, "first" | "second" | "third" | "fourth");
        if let Some(direction) = direction.filter(|direction| {
            *direction < 0 && unit > 0 && !first && (before || self.norm(end) != "before")
        }) {
            let value = unit_value(self.article?, unit, number.checked_mul(direction)?)?;
            return Some(Read::date(value, end + usize::from(!before)));
        }
        let article = matches!(
            norm,
            "a" | "an" | "one" | "ein" | "eine" | "einem" | "einer"
        );
        if first || article && unit != 0 {
            return None;
        }
        Some(Read {
            kind: DateKind::Duration,
            ..Read::date(duration(number, unit, self.norm(at_number + 1)), end)
        })
    }

    /// "the third quarter of 1998", "the first half".
    pub(super) fn quarter(&self, at: usize) -> Option<Read> {
        let the = usize::from(self.norm(at) == "the");
        let fiscal = usize::from(self.norm(at + the) == "fiscal");
        let word = at + the + fiscal;
        let norm = self.norm(word);
        let (ordinal, end) = match norm.split_once('-') {
            Some((first, rest)) if self.words.number(rest, Part::Unit) == Some(91) => {
                (first, word + 1)
            }
            _ => (norm, word + 2),
        };
        let number = match ordinal {
            "first" => 1,
            "second" => 2,
            "third" => 3,
            "fourth" => 4,
            _ => return None,
        };
        let unit_at = end - 1;
        let half = self.part(unit_at, Part::Half).is_some();
        if !half && self.part(unit_at, Part::Unit) != Some(91) && end == word + 2
            || half && number > 2
        {
            return None;
        }
        let code = if half { 39 + number } else { 32 + number };
        let (written, end) = self.year_behind(end);
        let side = self.side(end);
        let (written, end) = match (written, side) {
            (None, (Some(side), next)) if self.part(next, Part::Unit) == Some(365) => {
                (Some(self.article?.ymd().0 + side), next + 1)
            }
            other => (other.0, end),
        };
        let year = match written {
            Some(year) => year,
            None => {
                let (year, month, _) = self.article?.ymd();
                let begins = if half {
                    6 * (number as u32 - 1) + 1
                } else {
                    3 * (number as u32 - 1) + 1
                };
                if begins > month && !self.future(at) {
                    year - 1
                } else {
                    year
                }
            }
        };
        Some(Read::date(format!("{year:04}-{code}"), end))
    }
}
