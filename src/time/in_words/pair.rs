//! Two dates of which one may lack what the other has: 3 to 5 May 2020, 2nd–1st century BC.

use super::single::{
    Era, Single, Size, has, is_filler, parse, says, without_edges, without_remarks,
};
use super::tokens::Token;
use super::types::{DateReader, NO_YEAR, Unread};
use super::vocabulary::Word;
use crate::Calendar;

/// What stands between two dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    /// A dash or a word: from one to the other.
    Dash,
    /// From one to the other, or a day of two calendars.
    Slash,
    /// The second stands in brackets after the first.
    Bracket,
}

/// Reads two dates; what one of them lacks is as in the other.
pub(super) fn pair(
    first: &[Token],
    second: &[Token],
    reader: DateReader,
) -> Result<(Single, Single), Unread> {
    let (first, second) = (without_edges(first), without_edges(second));
    // The year that the user gives is that of dates which have none even together.
    let given = reader.year;
    let reader = DateReader {
        year: None,
        ..reader
    };
    let (mut from, mut to) = (read(first, second, reader), read(second, first, reader));
    // May 3 to 5, 2020: the second has a day and a year, the month stands before.
    if to.is_err()
        && let Ok(from) = &from
        && let (Some(month), Some(_)) = (from.month, from.day)
        && let Some(day) = day_and_year(second, month)
    {
        to = Ok(day);
    }
    // 3 to 5 May 2020: the first is a day alone.
    if let Ok(to) = &to
        && let (Some(_), Some(_)) = (to.day, to.month)
        && let (parts, marks) = without_remarks(first)?
        && let [Token::Number(day, 1 | 2, _)] = parts[..]
    {
        from = Ok(Single {
            day: Some(day),
            weekday: marks.weekday,
            clock: None,
            mark: marks.mark,
            ..to.clone()
        });
    }
    // 1914-18, c. 1880–85: the second year has the first two digits of the first.
    if let Ok(from) = &from
        && let Some(year) = short_year(from, second)
    {
        to = Ok(year);
    }
    let (mut from, mut to) = (from?, to?);
    share(&mut from, &mut to, given)?;
    from.form()?;
    to.form()?;
    Ok((from, to))
}

/// One of two dates, with what only the other says: `3rd` of `3rd–2nd century BC`.
fn read(tokens: &[Token], other: &[Token], reader: DateReader) -> Result<Single, Unread> {
    let era = |token: &&Token| says(token, Word::BeforeChrist) || says(token, Word::AfterChrist);
    let mut more: Vec<Token> = tokens.to_vec();
    let own_era = tokens.iter().any(|token| era(&token));
    if !own_era && let Some(era) = other.iter().find(era) {
        more.push(era.clone());
    }
    let found = match (own_era, parse(tokens, reader)) {
        (false, _) if more.len() > tokens.len() => parse(&more, reader),
        (_, found) => found,
    };
    if found.is_ok() {
        return found;
    }
    for size in [Word::Century, Word::Millennium] {
        if let Some(word) = other.iter().find(|token| says(token, size))
            && !has(tokens, size)
        {
            // The siglos XVIII–XIX, the 18th–19th centuries.
            let at = more.len() - usize::from(more.len() > tokens.len());
            let mut long = more.clone();
            long.insert(at, word.clone());
            let long = parse(&long, reader);
            if long.is_ok() {
                return long;
            }
        }
    }
    // 1880s–90s.
    let is_long = |token: &&Token| matches!(token, Token::Decade(_, 4) | Token::Number(_, 4, _));
    if let (Some(Token::Decade(short, 2)), Some(Token::Decade(year, _) | Token::Number(year, ..))) = (
        (tokens.iter()).find(|token| matches!(token, Token::Decade(..))),
        other.iter().find(is_long),
    ) {
        let whole = year - year % 100 + short;
        let long: Vec<Token> = (more.iter())
            .map(|token| match token {
                Token::Decade(..) => Token::Decade(whole, 4),
                token => token.clone(),
            })
            .collect();
        return parse(&long, reader);
    }
    found
}

/// `18` after 1914 as 1918.
fn short_year(from: &Single, second: &[Token]) -> Option<Single> {
    let mut to = Single {
        era: from.era,
        ..Single::default()
    };
    let mut short = None;
    for token in second {
        match token {
            Token::Number(year, digits @ 1..=2, false) if short.is_none() => {
                short = Some((*year, *digits));
            }
            token if says(token, Word::Perhaps) => to.mark.perhaps = true,
            token if says(token, Word::About) => to.mark.about = true,
            token if is_filler(token) => {}
            _ => return None,
        }
    }
    let (short, digits) = short?;
    let year = from
        .year
        .filter(|_| from.is_year() && from.era != Some(Era::BeforeChrist))?;
    let year = u32::try_from(year).ok().filter(|year| *year >= 1000)?;
    let whole = 10_u32.pow(digits as u32);
    if short <= year % whole {
        return None;
    }
    to.year = i32::try_from(year - year % whole + short).ok();
    Some(to)
}

/// A day and perhaps a year, of this month.
fn day_and_year(tokens: &[Token], month: u32) -> Option<Single> {
    let numbers: Vec<&Token> = tokens.iter().filter(|token| !is_filler(token)).collect();
    let (day, year) = match numbers[..] {
        [Token::Number(day, 1 | 2, _), Token::Number(year, 4, _)] => (*day, Some(*year as i32)),
        [Token::Number(day, 1 | 2, _)] => (*day, None),
        _ => return None,
    };
    Some(Single {
        year,
        month: Some(month),
        day: Some(day),
        ..Single::default()
    })
}

/// Gives each date what it lacks.
fn share(from: &mut Single, to: &mut Single, year: Option<i32>) -> Result<(), Unread> {
    if from.year.is_none() {
        (from.year, from.era, from.double) = (to.year, to.era, to.double);
    }
    if to.year.is_none() {
        (to.year, to.era, to.double) = (from.year, from.era, from.double);
    }
    if from.year.is_none() {
        (from.year, to.year) = (year, year);
    }
    if from.year.is_none() {
        return Err(NO_YEAR);
    }
    match (from.calendar, to.calendar) {
        (Some(calendar), None) if to.size == Size::Year => to.calendar = Some(calendar),
        (None, Some(calendar)) if from.size == Size::Year => from.calendar = Some(calendar),
        _ => {}
    }
    Ok(())
}

/// The Gregorian day of two that are one day in the Julian and the Gregorian calendar.
pub(super) fn same_day(one: &Single, other: &Single) -> Option<Single> {
    let day = |date: &Single, calendar| date.as_day(calendar);
    let (julian, gregorian) = (Calendar::Julian, Calendar::Gregorian);
    if day(one, julian)? == day(other, gregorian)? {
        return (day(one, gregorian) != day(other, gregorian)).then(|| other.clone());
    }
    (day(one, gregorian)? == day(other, julian)?).then(|| one.clone())
}
