//! From the pieces of a date to EDTF.

use super::tokens::Token;
use super::words::Word;
use super::{DayOrder, Unread};
use crate::time::Day;

/// What a phrase means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Meaning {
    pub(super) edtf: String,
    /// Whether the words say more than this, and are to be kept.
    pub(super) says_more: bool,
}

/// A year, month, day, and so on: one date without what stands around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Single {
    year: Option<i32>,
    /// A month, a season (21 to 24) or a quarter (33 to 36).
    month: Option<u32>,
    day: Option<u32>,
    /// Of a decade or century, how many digits of the year are open.
    open: usize,
    time: Option<(u32, u32, u32)>,
    utc: bool,
    says_more: bool,
}

const NO_DATE: Unread = Unread::Unknown("it is no date that is known here");
const NO_YEAR: Unread = Unread::Unknown("it has no year");
const NO_DAY: Unread = Unread::Unknown("there is no such day");
const SHORT_YEAR: Unread = Unread::Unknown("its year has two digits");

/// How a phrase is read: which number is the day, and the year of what has none.
#[derive(Clone, Copy)]
pub(super) struct Manner {
    pub(super) order: Option<DayOrder>,
    pub(super) year: Option<i32>,
    /// Whether a year of one or two digits has its era beside it.
    pub(super) has_era: bool,
}

/// Reads a whole text.
pub(super) fn read(tokens: &[Token], manner: Manner) -> Result<Meaning, Unread> {
    let mut tokens: Vec<Token> = tokens.to_vec();
    let (mut about, mut perhaps) = (false, false);
    if has(&tokens, Word::Nothing) && tokens.len() <= 2 {
        return Err(Unread::Unknown("it says that no date is known"));
    }
    if has(&tokens, Word::Relative)
        && !tokens
            .iter()
            .any(|token| matches!(token, Token::Number(..)))
    {
        return Err(Unread::Unknown(
            "it depends on the day on which it was written",
        ));
    }
    // "autour de", "rund um": what is about stands first or last and is taken off.
    tokens.retain(|token| match token {
        Token::Word(words, _) if words.contains(&Word::Perhaps) => {
            perhaps = true;
            false
        }
        Token::Word(words, word) if words.contains(&Word::About) => {
            // "c" after a number is a century: 19th c.
            about = true;
            word == "\0"
        }
        _ => true,
    });
    let mark = match (about, perhaps) {
        (true, true) => "%",
        (true, false) => "~",
        (false, true) => "?",
        (false, false) => "",
    };
    strip_edges(&mut tokens);
    relation(&tokens, manner, mark)
}

fn has(tokens: &[Token], word: Word) -> bool {
    tokens.iter().any(|token| says(token, word))
}

fn says(token: &Token, word: Word) -> bool {
    matches!(token, Token::Word(words, _) if words.contains(&word))
}

fn is_filler(token: &Token) -> bool {
    says(token, Word::Filler) && !says(token, Word::To) || matches!(token, Token::Sign(','))
}

fn strip_edges(tokens: &mut Vec<Token>) {
    while tokens.first().is_some_and(is_filler) {
        tokens.remove(0);
    }
    while tokens.last().is_some_and(is_filler) {
        tokens.pop();
    }
}

/// What stands before the first date: after, before, since, until, between.
fn relation(tokens: &[Token], manner: Manner, mark: &str) -> Result<Meaning, Unread> {
    let Some(first) = tokens.first() else {
        return Err(NO_DATE);
    };
    let rest = &tokens[1..];
    let plain = |edtf: String| {
        Ok(Meaning {
            edtf,
            says_more: false,
        })
    };
    if says(first, Word::Before) {
        let date = single(rest, manner)?;
        let day_before = date.before()?;
        return plain(format!("[..{day_before}]"));
    }
    if says(first, Word::After) && !says(first, Word::AfterChrist) {
        let date = single(rest, manner)?;
        return plain(format!("[{}..]", date.after()?));
    }
    if says(first, Word::Between) {
        let at = rest
            .iter()
            .position(|token| says(token, Word::And))
            .ok_or(NO_DATE)?;
        let (from, to) = pair(&rest[..at], &rest[at + 1..], manner)?;
        if from.plain()? == to.plain()? {
            return plain(from.plain()?);
        }
        return plain(format!("[{}..{}]", from.plain()?, to.plain()?));
    }
    let opens = says(first, Word::Since) || says(first, Word::From);
    let rest = if opens { rest } else { tokens };
    if let Some((from, to)) = range(rest, manner)? {
        let (from, to) = (from.edtf(mark)?, to.edtf(mark)?);
        return plain(format!("{from}/{to}"));
    }
    if opens {
        let end = if says(first, Word::Since) { ".." } else { "" };
        return plain(format!("{}/{end}", single(rest, manner)?.edtf(mark)?));
    }
    if says(first, Word::Until) {
        return plain(format!("/{}", single(&tokens[1..], manner)?.edtf(mark)?));
    }
    if let Some(at) = tokens.iter().position(|token| says(token, Word::Or)) {
        let (one, other) = pair(&tokens[..at], &tokens[at + 1..], manner)?;
        return plain(format!("[{},{}]", one.plain()?, other.plain()?));
    }
    let date = single(tokens, manner)?;
    if date.month == Some(24) && date.year.is_some() && !date.says_more {
        // Winter lies in two years, and which is meant is not said.
        return Ok(Meaning {
            edtf: date.edtf(mark)?,
            says_more: true,
        });
    }
    Ok(Meaning {
        edtf: date.edtf(mark)?,
        says_more: date.says_more,
    })
}

/// A range, split at the dash or word between its ends; `None` where there is none.
fn range(tokens: &[Token], manner: Manner) -> Result<Option<(Single, Single)>, Unread> {
    // Three numbers with signs between them are one date.
    let whole = single(tokens, manner);
    if !matches!(whole, Err(NO_DATE)) {
        return Ok(None);
    }
    let mut told = None;
    for (at, token) in tokens.iter().enumerate() {
        let splits = matches!(token, Token::Sign('-' | '/'))
            || says(token, Word::To)
            || says(token, Word::Until);
        if !splits || at == 0 || at + 1 == tokens.len() {
            continue;
        }
        match pair(&tokens[..at], &tokens[at + 1..], manner) {
            Ok(found) => return Ok(Some(found)),
            Err(NO_DATE | SHORT_YEAR) => {}
            Err(why) => told = Some(why),
        }
    }
    told.map_or(Ok(None), Err)
}

/// Two dates of which the first may lack what the second has: 3 to 5 May 2020.
fn pair(first: &[Token], second: &[Token], manner: Manner) -> Result<(Single, Single), Unread> {
    let lenient = Manner {
        year: Some(manner.year.unwrap_or(UNKNOWN_YEAR)),
        ..manner
    };
    let (mut first, mut second) = (first.to_vec(), second.to_vec());
    strip_edges(&mut first);
    strip_edges(&mut second);
    let (first, second) = (&first[..], &second[..]);
    // 1914-18: the second year has the first two digits of the first.
    if let ([.., Token::Number(year, 4, false)], [Token::Number(short, 2, false)]) = (first, second)
        && first.len() == 1
        && *short > year % 100
    {
        let from = single(first, manner)?;
        let to = Single {
            year: Some((year - year % 100 + short) as i32),
            ..Single::default()
        };
        return Ok((from, to));
    }
    let mut to = single(second, lenient);
    // May 3 to 5, 2020: the second has a day and a year, the month stands before.
    if to.is_err()
        && let Ok(from) = single(first, lenient)
        && let Some(month) = from.month.filter(|_| from.day.is_some())
    {
        to = day_and_year(second, month);
    }
    let mut to = to?;
    let mut from = match first {
        [Token::Number(day, 1 | 2, _)] if to.day.is_some() => Single {
            day: Some(*day),
            month: to.month,
            year: to.year,
            ..Single::default()
        },
        _ => single(first, lenient)?,
    };
    if from.year == Some(UNKNOWN_YEAR) {
        from.year = to.year;
    }
    if to.year == Some(UNKNOWN_YEAR) {
        to.year = from.year;
    }
    if from.year == Some(UNKNOWN_YEAR) {
        return Err(NO_YEAR);
    }
    from.plain()?;
    to.plain()?;
    Ok((from, to))
}

/// Stands for a year that is not written.
const UNKNOWN_YEAR: i32 = i32::MIN;

fn day_and_year(tokens: &[Token], month: u32) -> Result<Single, Unread> {
    let numbers: Vec<&Token> = tokens.iter().filter(|token| !is_filler(token)).collect();
    match numbers[..] {
        [Token::Number(day, 1 | 2, _), Token::Number(year, 4, _)] => Ok(Single {
            year: Some(*year as i32),
            month: Some(month),
            day: Some(*day),
            ..Single::default()
        }),
        [Token::Number(day, 1 | 2, _)] => Ok(Single {
            year: Some(UNKNOWN_YEAR),
            month: Some(month),
            day: Some(*day),
            ..Single::default()
        }),
        _ => Err(NO_DATE),
    }
}

/// One date.
fn single(tokens: &[Token], manner: Manner) -> Result<Single, Unread> {
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
    let whole = |year: u32, digits: usize| match digits {
        3 | 4 => Ok(Some(year as i32)),
        // 44 BC has its era; 79 alone is a short year.
        _ if manner.has_era => Ok(Some(year as i32)),
        _ => Err(SHORT_YEAR),
    };
    let of_month = |month, day: Option<u32>, year: Result<Option<i32>, Unread>| {
        Ok(Single {
            year: year?,
            month: Some(month),
            day,
            ..Single::default()
        })
    };
    let no_year = || manner.year.map(Some).ok_or(NO_YEAR);
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
    fn edtf(&self, mark: &str) -> Result<String, Unread> {
        Ok(format!("{}{mark}", self.plain()?))
    }

    /// In EDTF.
    fn plain(&self) -> Result<String, Unread> {
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
    fn after(&self) -> Result<String, Unread> {
        let plain = self.plain()?;
        let date = crate::time::Date::parse(&plain).map_err(|_| NO_DAY)?;
        let last = date.last().ok_or(NO_DAY)?;
        self.beside(last.checked_add_days(1).ok_or(NO_DAY)?)
    }

    /// The last date of the same precision that lies before this one.
    fn before(&self) -> Result<String, Unread> {
        let plain = self.plain()?;
        let date = crate::time::Date::parse(&plain).map_err(|_| NO_DAY)?;
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
