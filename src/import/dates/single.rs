//! One date without what stands around it: year, month, day, time, decade, century.

use super::phrase::{Manner, has, is_filler, says};
use super::tokens::Token;
use super::words::Word;
use super::{DayOrder, Unread};
use annals_time::Day;

/// A year, month, day, and so on: one date without what stands around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Single {
    pub(super) year: Option<i32>,
    /// A month, a season (21 to 24) or a quarter (33 to 36).
    pub(super) month: Option<u32>,
    pub(super) day: Option<u32>,
    /// Of a decade or century, how many digits of the year are open.
    pub(super) open: usize,
    pub(super) time: Option<(u32, u32, u32)>,
    pub(super) utc: bool,
    pub(super) says_more: bool,
}

pub(super) const NO_DATE: Unread = Unread::Unknown("it is not a known form of date");
pub(super) const NO_YEAR: Unread = Unread::Unknown("it has no year");
pub(super) const NO_DAY: Unread = Unread::Unknown("there is no such day");
pub(super) const SHORT_YEAR: Unread = Unread::Unknown("its year has two digits");

/// Stands for a year that is not written.
pub(super) const UNKNOWN_YEAR: i32 = i32::MIN;

/// One date.
pub(super) fn single(tokens: &[Token], manner: Manner) -> Result<Single, Unread> {
    let mut parts: Vec<Token> = tokens.to_vec();
    let time = take_time(&mut parts)?;
    let mut date = Single::default();
    let mut before_christ = false;
    let manner = Manner {
        has_era: manner.has_era
            || has(tokens, Word::BeforeChrist)
            || has(tokens, Word::AfterChrist),
        ..manner
    };
    parts.retain(|token| {
        let era = says(token, Word::BeforeChrist);
        before_christ |= era;
        let weekday = says(token, Word::Weekday) && !says(token, Word::Month(3));
        let part = says(token, Word::Part);
        date.says_more |= part;
        let dropped = era || weekday || part || says(token, Word::AfterChrist) || is_filler(token);
        !dropped
    });
    // What was "mid-May" has its dash left.
    while matches!(parts.first(), Some(Token::Sign('-' | ','))) {
        parts.remove(0);
    }
    let says_more = date.says_more;
    date = plain_date(&parts, manner)?;
    date.says_more = says_more;
    if let Some((time, utc)) = time {
        if date.day.is_none() {
            return Err(NO_DATE);
        }
        (date.time, date.utc) = (Some(time), utc);
    }
    if before_christ && let Some(year) = date.year.filter(|year| *year != UNKNOWN_YEAR) {
        date.year = Some(if date.open == 2 { -year - 99 } else { 1 - year });
    }
    Ok(date)
}

fn month_of(token: &Token) -> Option<u32> {
    let Token::Word(words, _) = token else {
        return None;
    };
    words.iter().find_map(|word| match word {
        Word::Month(month) => Some(*month),
        _ => None,
    })
}

fn season_of(token: &Token) -> Option<u32> {
    let Token::Word(words, _) = token else {
        return None;
    };
    words.iter().find_map(|word| match word {
        Word::Season(season) => Some(*season),
        _ => None,
    })
}

/// A date without time, era and fillers.
fn plain_date(parts: &[Token], manner: Manner) -> Result<Single, Unread> {
    let whole = |year, digits| whole_year(year, digits, manner);
    match parts {
        [Token::Number(year, digits, false)] if *digits == 8 => {
            let (year, month, day) = (year / 10_000, year / 100 % 100, year % 100);
            of_month(month, Some(day), Ok(Some(year as i32)))
        }
        [Token::Number(year, digits, _)] => Ok(Single {
            year: whole(*year, *digits)?,
            ..Single::default()
        }),
        [Token::Decade(year)] => Ok(decade(*year)),
        [Token::Decade(year), word] if says(word, Word::Decade) => Ok(decade(*year)),
        [Token::Word(words, _), Token::Number(year, 4, false)] if words.contains(&Word::Decade) => {
            Ok(decade(*year))
        }
        [Token::Number(nth, 1 | 2, _), word] | [word, Token::Number(nth, 1 | 2, _)]
            if says(word, Word::Century) && *nth > 0 =>
        {
            Ok(Single {
                year: Some((*nth as i32 - 1) * 100),
                open: 2,
                ..Single::default()
            })
        }
        [
            quarter,
            Token::Number(nth @ 1..=4, 1, _),
            Token::Number(year, 4, _),
        ]
        | [
            Token::Number(nth @ 1..=4, 1 | 2, true),
            quarter,
            Token::Number(year, 4, _),
        ] if says(quarter, Word::Quarter) => of_month(32 + nth, None, Ok(Some(*year as i32))),
        [season, Token::Number(year, digits, _)] if season_of(season).is_some() => {
            of_month(season_of(season).unwrap_or(21), None, whole(*year, *digits))
        }
        _ => with_month(parts, manner),
    }
}

/// A year that is written with so many digits.
fn whole_year(year: u32, digits: usize, manner: Manner) -> Result<Option<i32>, Unread> {
    match digits {
        3 | 4 => Ok(Some(year as i32)),
        // 44 BC has its era; 79 alone is a short year.
        _ if manner.has_era => Ok(Some(year as i32)),
        _ => Err(SHORT_YEAR),
    }
}

/// A month or a season, perhaps a day of it.
fn of_month(
    month: u32,
    day: Option<u32>,
    year: Result<Option<i32>, Unread>,
) -> Result<Single, Unread> {
    Ok(Single {
        year: year?,
        month: Some(month),
        day,
        ..Single::default()
    })
}

/// A date whose month is a word; else one of numbers alone.
fn with_month(parts: &[Token], manner: Manner) -> Result<Single, Unread> {
    let whole = |year, digits| whole_year(year, digits, manner);
    let no_year = || manner.year.map(Some).ok_or(NO_YEAR);
    match parts {
        [month] if month_of(month).is_some() => {
            of_month(month_of(month).unwrap_or(1), None, no_year())
        }
        [month, Token::Number(year, digits @ 3..=4, _)] if month_of(month).is_some() => {
            of_month(month_of(month).unwrap_or(1), None, whole(*year, *digits))
        }
        [month, Token::Number(day, 1 | 2, _)] if month_of(month).is_some() => {
            of_month(month_of(month).unwrap_or(1), Some(*day), no_year())
        }
        [Token::Number(day, 1 | 2, _), month] if month_of(month).is_some() => {
            of_month(month_of(month).unwrap_or(1), Some(*day), no_year())
        }
        [
            month,
            Token::Number(day, 1 | 2, _),
            Token::Number(year, digits, _),
        ]
        | [
            Token::Number(day, 1 | 2, _),
            month,
            Token::Number(year, digits, _),
        ] if month_of(month).is_some() => of_month(
            month_of(month).unwrap_or(1),
            Some(*day),
            whole(*year, *digits),
        ),
        [
            Token::Number(year, 4, _),
            month,
            Token::Number(day, 1 | 2, _),
        ] if month_of(month).is_some() => of_month(
            month_of(month).unwrap_or(1),
            Some(*day),
            Ok(Some(*year as i32)),
        ),
        [
            Token::Number(day, 1 | 2, _),
            Token::Sign('-'),
            month,
            Token::Sign('-'),
            Token::Number(year, digits, _),
        ] if month_of(month).is_some() => of_month(
            month_of(month).unwrap_or(1),
            Some(*day),
            whole(*year, *digits),
        ),
        _ => numbers(parts, manner),
    }
}

fn decade(year: u32) -> Single {
    Single {
        year: Some(year as i32),
        open: 1,
        ..Single::default()
    }
}

/// `03/04/2021`, `3.4.2021`, `2021-4-3`, `04/2021`.
fn numbers(parts: &[Token], manner: Manner) -> Result<Single, Unread> {
    let date = |year: u32, month: u32, day: Option<u32>| {
        Ok(Single {
            year: Some(year as i32),
            month: Some(month),
            day,
            ..Single::default()
        })
    };
    match *parts {
        [
            Token::Number(month, 1 | 2, false),
            Token::Sign('/' | '-' | '.'),
            Token::Number(year, 4, false),
        ]
        | [
            Token::Number(year, 4, false),
            Token::Sign('/' | '.'),
            Token::Number(month @ 1..=12, 1 | 2, false),
        ] => date(year, month, None),
        [
            Token::Number(year, 4, false),
            Token::Sign(one @ ('/' | '-' | '.')),
            Token::Number(month, 1 | 2, false),
            Token::Sign(other),
            Token::Number(day, 1 | 2, false),
        ] if one == other => date(year, month, Some(day)),
        // 3. 4. 2021, with blanks: days first, as wherever dates have dots.
        [
            Token::Number(day, 1 | 2, true),
            Token::Number(month, 1 | 2, true),
            Token::Number(year, 4, false),
        ] => date(year, month, Some(day)),
        [
            Token::Number(first, 1 | 2, false),
            Token::Sign(one @ ('/' | '-' | '.')),
            Token::Number(second, 1 | 2, false),
            Token::Sign(other),
            Token::Number(year, digits, false),
        ] if one == other => {
            if digits != 4 {
                return Err(SHORT_YEAR);
            }
            let order = match manner.order {
                _ if one == '.' => DayOrder::DayFirst,
                Some(order) => order,
                None if first > 12 || first == second => DayOrder::DayFirst,
                None if second > 12 => DayOrder::MonthFirst,
                None => return Err(Unread::Ambiguous),
            };
            match order {
                DayOrder::DayFirst => date(year, second, Some(first)),
                DayOrder::MonthFirst => date(year, first, Some(second)),
            }
        }
        _ => Err(NO_DATE),
    }
}

type Time = ((u32, u32, u32), bool);

/// Takes the time of day off the end: `14:30`, `T14:30:05Z`, `2:30 pm`.
fn take_time(parts: &mut Vec<Token>) -> Result<Option<Time>, Unread> {
    let Some(at) = parts.iter().position(|token| *token == Token::Sign(':')) else {
        return Ok(None);
    };
    let Some(begin) = at.checked_sub(1) else {
        return Err(NO_DATE);
    };
    let mut rest = parts.split_off(begin);
    if matches!(parts.last(), Some(Token::Word(words, word)) if words.is_empty() && word == "t") {
        parts.pop();
    }
    rest.retain(|token| !is_filler(token));
    let utc =
        matches!(rest.last(), Some(Token::Word(words, word)) if words.is_empty() && word == "z");
    let half = match rest.last() {
        Some(token) if says(token, Word::Afternoon) => Some(12),
        Some(token) if says(token, Word::Morning) => Some(0),
        _ => None,
    };
    if utc || half.is_some() {
        rest.pop();
    }
    let colon = Token::Sign(':');
    let (hour, minute, second) = match &rest[..] {
        [
            Token::Number(hour, _, false),
            one,
            Token::Number(minute, 2, false),
        ] if *one == colon => (*hour, *minute, 0),
        [
            Token::Number(hour, _, false),
            one,
            Token::Number(minute, 2, false),
            two,
            Token::Number(second, 2, false),
        ] if *one == colon && *two == colon => (*hour, *minute, *second),
        _ => return Err(NO_DATE),
    };
    let hour = match half {
        Some(_) if !(1..=12).contains(&hour) => return Err(NO_DATE),
        Some(half) => hour % 12 + half,
        None => hour,
    };
    if hour > 23 || minute > 59 || second > 59 {
        return Err(NO_DATE);
    }
    Ok(Some(((hour, minute, second), utc)))
}

impl Single {
    /// In EDTF with a mark.
    pub(super) fn edtf(&self, mark: &str) -> Result<String, Unread> {
        Ok(format!("{}{mark}", self.plain()?))
    }

    /// In EDTF.
    pub(super) fn plain(&self) -> Result<String, Unread> {
        let year = self
            .year
            .filter(|year| *year != UNKNOWN_YEAR)
            .ok_or(NO_YEAR)?;
        let shown = if (0..=9999).contains(&year) {
            format!("{year:04}")
        } else {
            format!("-{:04}", year.unsigned_abs())
        };
        let mut text = shown[..shown.len() - self.open].to_owned();
        text.push_str(&"X".repeat(self.open));
        let Some(month) = self.month else {
            return Ok(text);
        };
        match self.day {
            Some(day) => {
                if Day::from_ymd(year, month, day).is_none() {
                    return Err(NO_DAY);
                }
                text.push_str(&format!("-{month:02}-{day:02}"));
            }
            None if (1..=12).contains(&month) || month > 20 => {
                text.push_str(&format!("-{month:02}"));
            }
            None => return Err(NO_DAY),
        }
        if let Some((hour, minute, second)) = self.time {
            let zone = if self.utc { "Z" } else { "" };
            text.push_str(&format!("T{hour:02}:{minute:02}:{second:02}{zone}"));
        }
        Ok(text)
    }

    /// The first date of the same precision that lies after this one.
    pub(super) fn after(&self) -> Result<String, Unread> {
        let plain = self.plain()?;
        let date = annals_time::Date::parse(&plain).map_err(|_| NO_DAY)?;
        let last = date.last().ok_or(NO_DAY)?;
        self.beside(last.checked_add_days(1).ok_or(NO_DAY)?)
    }

    /// The last date of the same precision that lies before this one.
    pub(super) fn before(&self) -> Result<String, Unread> {
        let plain = self.plain()?;
        let date = annals_time::Date::parse(&plain).map_err(|_| NO_DAY)?;
        let first = date.first().ok_or(NO_DAY)?;
        self.beside(first.checked_add_days(-1).ok_or(NO_DAY)?)
    }

    fn beside(&self, day: Day) -> Result<String, Unread> {
        let (year, month, of_month) = day.ymd();
        let next = Single {
            year: Some(year),
            month: self.month.map(|_| month),
            day: (self.day.is_some() || self.month.is_some_and(|m| m > 12)).then_some(of_month),
            ..Single::default()
        };
        next.plain()
    }
}
