//! One date without what stands around it: year, month, day, time, decade, century.

use super::clock::{self, Clock};
use super::patterns;
use super::tokens::Token;
use super::types::{
    DAY_OR_YEAR, DateReader, FISCAL_YEAR, NO_DATE, NO_DAY, NO_MONTH, NO_YEAR, OTHER_CALENDAR,
    Unread,
};
use super::vocabulary::Word;
use crate::written::Meaning;
use crate::{Calendar, Day};

/// What a year is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Era {
    BeforeChrist,
    AfterChrist,
}

/// How sure a date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Mark {
    pub(super) about: bool,
    pub(super) perhaps: bool,
}

impl Mark {
    /// What either of two marks says.
    pub(super) fn or(self, other: Mark) -> Mark {
        Mark {
            about: self.about || other.about,
            perhaps: self.perhaps || other.perhaps,
        }
    }

    /// As EDTF writes it.
    pub(super) fn sign(self) -> &'static str {
        match (self.about, self.perhaps) {
            (true, true) => "%",
            (true, false) => "~",
            (false, true) => "?",
            (false, false) => "",
        }
    }
}

/// How long the years of a date are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Size {
    #[default]
    Year,
    /// From the year on.
    Decade,
    /// The year is its number: the 19th.
    Century,
    /// The year is its number.
    Millennium,
}

/// A year, month, day, and so on: one date without what stands around it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Single {
    /// As counted in its era; nothing where none is written.
    pub(super) year: Option<i32>,
    pub(super) era: Option<Era>,
    pub(super) size: Size,
    /// Whether two years are written, of which the second counts: 1750/1.
    pub(super) double: bool,
    /// A month, a season (21 to 24), a quarter (33 to 36) or a half of a year (40, 41).
    pub(super) month: Option<u32>,
    pub(super) day: Option<u32>,
    pub(super) clock: Option<Clock>,
    pub(super) calendar: Option<Calendar>,
    /// From Monday, 1, to Sunday, 7, and the word for it.
    pub(super) weekday: Option<(u32, String)>,
    pub(super) mark: Mark,
    pub(super) says_more: bool,
}

/// A date in EDTF: as one expression, or as all years from one to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Form {
    One(String),
    Years(i32, i32),
}

pub(super) fn has(tokens: &[Token], word: Word) -> bool {
    tokens.iter().any(|token| says(token, word))
}

pub(super) fn says(token: &Token, word: Word) -> bool {
    matches!(token, Token::Word(words, _) if words.contains(&word))
}

pub(super) fn is_filler(token: &Token) -> bool {
    says(token, Word::Filler) && !says(token, Word::To) || matches!(token, Token::Sign(',' | '('))
}

/// The number that goes with the first word of some kind: the month of a month.
pub(super) fn number_of(token: &Token, of: fn(&Word) -> Option<u32>) -> Option<u32> {
    match token {
        Token::Word(words, _) => words.iter().find_map(of),
        _ => None,
    }
}

pub(super) fn month_of(token: &Token) -> Option<u32> {
    number_of(token, |word| match word {
        Word::Month(month) => Some(*month),
        _ => None,
    })
}

pub(super) fn season_of(token: &Token) -> Option<u32> {
    number_of(token, |word| match word {
        Word::Season(season) => Some(*season),
        _ => None,
    })
}

fn weekday_of(token: &Token) -> Option<u32> {
    number_of(token, |word| match word {
        Word::Weekday(day) => Some(*day),
        _ => None,
    })
}

/// What is around them is no part of single dates.
pub(super) fn without_edges(tokens: &[Token]) -> &[Token] {
    let begin = tokens.iter().take_while(|token| is_filler(token)).count();
    let rest = &tokens[begin..];
    let end = rest
        .iter()
        .rev()
        .take_while(|token| is_filler(token))
        .count();
    &rest[..rest.len() - end]
}

/// One date, of which the year may be missing.
pub(super) fn parse(tokens: &[Token], reader: DateReader) -> Result<Single, Unread> {
    let mut parts = tokens.to_vec();
    let clock = clock::take(&mut parts)?;
    let (mut parts, mut date) = without_remarks(&parts)?;
    join(&mut parts);
    let found = patterns::read(&parts, date.era, reader)?;
    date = Single {
        year: found.year.or(reader.year),
        size: found.size,
        double: found.double,
        month: found.month,
        day: found.day,
        says_more: date.says_more || found.says_more,
        ..date
    };
    if let Some(clock) = clock {
        if date.day.is_none() {
            return Err(NO_DATE);
        }
        date.says_more |= clock.says_more;
        date.clock = Some(clock);
    }
    if date.weekday.is_some() && date.day.is_none() {
        date.says_more = true;
    }
    if date.double && date.calendar.is_none() {
        date.calendar = Some(Calendar::Julian);
    }
    Ok(date)
}

/// One date with its year.
pub(super) fn single(tokens: &[Token], reader: DateReader) -> Result<Single, Unread> {
    let date = parse(tokens, reader)?;
    // Apr 24 beside 3.4.24: where years have two digits, it is as likely a year as a day.
    if let [month, .., Token::Number(_, 2, false)] = without_edges(tokens)
        && tokens.len() <= 3
        && month_of(month).is_some()
        && date.day.is_some()
        && reader.century.is_some()
    {
        return Err(DAY_OR_YEAR);
    }
    match (date.year, reader.century) {
        (Some(_), _) => Ok(date),
        (None, Some(_)) if date.day.is_some() => Err(DAY_OR_YEAR),
        _ => Err(NO_YEAR),
    }
}

/// The numbers and names of a date, and what its other words say of how they are meant.
pub(super) fn without_remarks(tokens: &[Token]) -> Result<(Vec<Token>, Single), Unread> {
    let mut date = Single::default();
    let mut parts = Vec::with_capacity(tokens.len());
    let mut joint = false;
    for (at, token) in tokens.iter().enumerate() {
        let dash = tokens.get(at + 1) == Some(&Token::Sign('-'));
        // The dash of "mid-May".
        if std::mem::take(&mut joint) && *token == Token::Sign('-') {
            continue;
        }
        let Token::Word(words, written) = token else {
            if !is_filler(token) {
                parts.push(token.clone());
            }
            continue;
        };
        let is = |word| words.contains(&word);
        match written.as_str() {
            "os" => date.calendar = Some(Calendar::Julian),
            "ns" => date.calendar = Some(Calendar::Gregorian),
            _ if is(Word::Julian) => date.calendar = Some(Calendar::Julian),
            _ if is(Word::Gregorian) => date.calendar = Some(Calendar::Gregorian),
            _ if is(Word::BeforeChrist) || is(Word::AfterChrist) => {
                let era = if is(Word::BeforeChrist) {
                    Era::BeforeChrist
                } else {
                    Era::AfterChrist
                };
                if date.era.replace(era).is_some_and(|other| other != era) {
                    return Err(NO_DATE);
                }
            }
            _ if is(Word::Fiscal) => return Err(FISCAL_YEAR),
            _ if is(Word::OtherCalendar) => return Err(OTHER_CALENDAR),
            _ if is(Word::Perhaps) => date.mark.perhaps = true,
            _ if is(Word::About) => date.mark.about = true,
            // "mi" is Wednesday in German, and the middle of a month in French.
            _ if is(Word::Part) && (dash || weekday_of(token).is_none()) => {
                date.says_more = true;
                joint = true;
            }
            _ if month_of(token).is_none() && weekday_of(token).is_some() => {
                let weekday = weekday_of(token).map(|day| (day, written.clone()));
                if date.weekday.is_some() {
                    return Err(NO_DATE);
                }
                date.weekday = weekday;
                joint = true;
            }
            _ if is_filler(token) => {}
            _ => parts.push(token.clone()),
        }
    }
    Ok((parts, date))
}

/// Takes out the signs that join words to numbers: 15-Apr-2021, 2020-Q3, 20th-century.
fn join(parts: &mut Vec<Token>) {
    let is_word = |token: Option<&Token>| {
        token.is_some_and(|token| {
            month_of(token).is_some()
                || season_of(token).is_some()
                || says(token, Word::Quarter)
                || says(token, Word::Half)
                || says(token, Word::Century)
        })
    };
    let joins: Vec<bool> = (0..parts.len())
        .map(|at| {
            let before = at.checked_sub(1).and_then(|before| parts.get(before));
            // Q3/2020.
            let part = at.checked_sub(2).and_then(|before| parts.get(before));
            let of_part =
                part.is_some_and(|part| says(part, Word::Quarter) || says(part, Word::Half));
            matches!(parts[at], Token::Sign('-' | '/' | '.'))
                && at > 0
                && at + 1 < parts.len()
                && (is_word(before) || is_word(parts.get(at + 1)) || of_part)
        })
        .collect();
    let mut joins = joins.into_iter();
    parts.retain(|_| !joins.next().unwrap_or(false));
}

/// A year as EDTF writes it.
pub(super) fn year_text(year: i32) -> String {
    match year {
        0..=9999 => format!("{year:04}"),
        -9999..0 => format!("-{:04}", year.unsigned_abs()),
        _ => format!("Y{year}"),
    }
}

impl Single {
    /// Whether it has a year and nothing smaller.
    pub(super) fn is_year(&self) -> bool {
        self.size == Size::Year && self.month.is_none() && self.year.is_some()
    }

    pub(super) fn calendar(&self) -> Calendar {
        self.calendar.unwrap_or_default()
    }

    /// The year as astronomers count it; of two years the second.
    fn year(&self) -> Result<i32, Unread> {
        let year = self.year.ok_or(NO_YEAR)? + i32::from(self.double);
        match self.era {
            Some(_) if year == 0 => Err(NO_DATE),
            Some(Era::BeforeChrist) => Ok(1 - year),
            _ => Ok(year),
        }
    }

    /// The day, if it is one.
    pub(super) fn as_day(&self, calendar: Calendar) -> Option<Day> {
        let (year, month, day) = (self.year().ok()?, self.month?, self.day?);
        match calendar {
            Calendar::Gregorian => Day::from_ymd(year, month, day),
            Calendar::Julian => Day::from_julian_ymd(year, month, day),
        }
    }

    /// Whether its day of the week is another than it names.
    pub(super) fn is_misfit(&self) -> bool {
        let day = self.as_day(self.calendar());
        let named = self.weekday.as_ref().map(|(nth, _)| *nth);
        day.zip(named)
            .is_some_and(|(day, named)| day.weekday().number_from_monday() != named)
    }

    /// In EDTF, without a mark.
    pub(super) fn form(&self) -> Result<Form, Unread> {
        let before_christ = self.era == Some(Era::BeforeChrist);
        let sign = if before_christ { "-" } else { "" };
        let nth = self.year.ok_or(NO_YEAR)?;
        let one = |text: String| Ok(Form::One(text));
        match self.size {
            Size::Year => self.of_year().map(Form::One),
            // The 1800s are a decade or a century: the century holds both.
            Size::Decade if before_christ && nth % 100 == 0 => Ok(Form::Years(-nth - 98, 1 - nth)),
            Size::Decade if before_christ => Ok(Form::Years(-nth - 8, 1 - nth)),
            Size::Decade if nth % 100 == 0 => one(format!("{:02}XX", nth / 100)),
            Size::Decade => one(format!("{:03}X", nth / 10)),
            // The year 1 BCE is the year 0, which no digits after a minus can be.
            Size::Century if before_christ && nth == 1 => Ok(Form::Years(-99, 0)),
            Size::Century => one(format!("{sign}{:02}XX", nth - 1)),
            Size::Millennium if nth > 10 => Err(NO_DATE),
            Size::Millennium if before_christ && nth == 1 => Ok(Form::Years(-999, 0)),
            Size::Millennium => one(format!("{sign}{}XXX", nth - 1)),
        }
    }

    fn of_year(&self) -> Result<String, Unread> {
        let year = self.year()?;
        let mut text = year_text(year);
        let Some(month) = self.month else {
            return Ok(text);
        };
        if text.starts_with('Y') {
            return Err(NO_DATE);
        }
        let is_whole = (1..=12).contains(&month);
        match self.day {
            Some(day) => {
                if !is_whole {
                    return Err(NO_MONTH);
                }
                if self.as_day(self.calendar()).is_none() {
                    return Err(NO_DAY);
                }
                text.push_str(&format!("-{month:02}-{day:02}"));
            }
            None if is_whole || (21..=41).contains(&month) => {
                text.push_str(&format!("-{month:02}"));
            }
            None => return Err(NO_MONTH),
        }
        if let Some(Clock {
            edtf: Some(time), ..
        }) = &self.clock
        {
            text.push_str(&format!("T{time}"));
        }
        Ok(text)
    }

    /// The first date of the same precision that lies after this one, or the last before it.
    pub(super) fn beside(&self, after: bool) -> Result<String, Unread> {
        let calendar = self.calendar();
        let year = |text: i32| Ok(year_text(text));
        match self.form()? {
            Form::Years(_, last) if after => return year(last + 1),
            Form::Years(first, _) => return year(first - 1),
            Form::One(_) => {}
        }
        if self.clock.is_some() {
            return Err(NO_DATE);
        }
        let step = if after { 1 } else { -1 };
        let (year, month) = (self.year()?, self.month);
        match (self.size, month, self.day) {
            (Size::Year, None, _) => Ok(year_text(year + step)),
            (Size::Year, Some(month @ 1..=12), None) => {
                let months = year * 12 + month as i32 - 1 + step;
                let next = Single {
                    year: Some(months.div_euclid(12)),
                    month: Some(months.rem_euclid(12) as u32 + 1),
                    ..Single::default()
                };
                next.of_year()
            }
            // The neighbour of a Julian day is told by its number, which has no Julian words here.
            (Size::Year, Some(_), _) if calendar == Calendar::Julian => Err(NO_DATE),
            (Size::Year, Some(month), day) => {
                let edge = match day {
                    Some(day) => Day::from_ymd(year, month, day),
                    None => edge_of(year, month, after),
                };
                let day = edge.and_then(|day| day.checked_add_days(i64::from(step)));
                let (year, month, day) = day.ok_or(NO_DAY)?.ymd();
                let next = Single {
                    year: Some(year),
                    month: Some(month),
                    day: Some(day),
                    ..Single::default()
                };
                next.of_year()
            }
            (size, ..) => {
                let (first, last) = self.years(size)?;
                Ok(year_text(if after { last + 1 } else { first - 1 }))
            }
        }
    }

    /// The first and the last year of a decade, century or millennium.
    fn years(&self, size: Size) -> Result<(i32, i32), Unread> {
        let nth = self.year.ok_or(NO_YEAR)?;
        let before_christ = self.era == Some(Era::BeforeChrist);
        let (first, length) = match size {
            Size::Decade if nth % 100 == 0 => (nth, 100),
            Size::Decade => (nth, 10),
            Size::Century => ((nth - 1) * 100, 100),
            Size::Millennium => ((nth - 1) * 1000, 1000),
            Size::Year => (self.year()?, 1),
        };
        Ok(if before_christ && size != Size::Year {
            (-first - length + 1, -first)
        } else {
            (first, first + length - 1)
        })
    }

    /// The years that hold it, as one set from the first to the last.
    pub(super) fn reach(&self) -> Result<(i32, i32), Unread> {
        match self.form()? {
            Form::Years(first, last) => Ok((first, last)),
            Form::One(_) => self.years(self.size),
        }
    }
}

/// The first or the last day of a season, quarter or half of a year.
fn edge_of(year: i32, month: u32, last: bool) -> Option<Day> {
    let text = format!("{}-{month:02}", year_text(year));
    let meaning = Meaning::parse(&text, Calendar::Gregorian, 0).ok()?;
    let extent = meaning.alternatives.first()?;
    if last {
        extent.latest_end().day()
    } else {
        extent.earliest_start().day()
    }
}
