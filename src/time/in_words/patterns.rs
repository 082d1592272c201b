//! The orders in which the parts of one date are written.

use super::single::{Era, Single, Size, has, month_of, says, season_of};
use super::tokens::{LAST_DOUBLE_YEAR, Token};
use super::types::{
    DateReader, DayOrder, MONTH_OR_YEARS, NO_DATE, NO_MONTH, SHORT_YEAR, SIGNED_YEAR, Unread,
};
use super::vocabulary::Word;

/// How a year is written, and what is known of it.
#[derive(Clone, Copy)]
struct Years {
    era: Option<Era>,
    century: Option<i32>,
}

impl Years {
    /// The year that a number is; `None` where it cannot be one.
    fn of(self, token: &Token) -> Option<Result<i32, Unread>> {
        match token {
            Token::Number(year, 3 | 4, _) => Some(Ok(*year as i32)),
            // 44 BC has its era; 79 alone is a short year.
            Token::Number(year, 1..=6, false) if self.era.is_some() => Some(Ok(*year as i32)),
            Token::ShortYear(year) | Token::Number(year, 2, false) => Some(
                self.century
                    .map(|century| century * 100 + *year as i32)
                    .ok_or(Unread::Century),
            ),
            _ => None,
        }
    }
}

fn dated(year: i32, month: Option<u32>, day: Option<u32>) -> Single {
    Single {
        year: Some(year),
        month,
        day,
        ..Single::default()
    }
}

fn sized(year: i32, size: Size) -> Single {
    Single {
        year: Some(year),
        size,
        ..Single::default()
    }
}

/// A date without time, era and fillers.
pub(super) fn read(
    parts: &[Token],
    era: Option<Era>,
    reader: DateReader,
) -> Result<Single, Unread> {
    let years = Years {
        era,
        century: reader.century,
    };
    let found = long(parts, years)
        .or_else(|| of_year(parts, years))
        .or_else(|| with_month(parts, years));
    match found {
        Some(found) => found,
        None => numbers(parts, years, reader),
    }
}

/// Decades, centuries and millennia, perhaps a half or a quarter of one.
fn long(parts: &[Token], years: Years) -> Option<Result<Single, Unread>> {
    let is_long = |token: &Token| {
        matches!(token, Token::Decade(..))
            || says(token, Word::Century)
            || says(token, Word::Millennium)
    };
    let part =
        (parts.iter()).position(|token| says(token, Word::Half) || says(token, Word::Quarter));
    if let Some(at) = part
        && at <= 1
        && (parts[at + 1..].iter()).any(|token| is_long(token) || month_of(token).is_some())
    {
        let counts = |token: &Token| {
            matches!(token, Token::Number(1..=4, _, true)) || says(token, Word::Last)
        };
        if !parts[..at].iter().all(counts) {
            return Some(Err(NO_DATE));
        }
        let whole = match long(&parts[at + 1..], years) {
            Some(whole) => whole,
            None => month(&parts[at + 1..], years)?,
        };
        return Some(whole.map(|whole| Single {
            says_more: true,
            ..whole
        }));
    }
    let decade = |year: u32, digits: usize| {
        let year = year as i32;
        match (digits, years.era, years.century) {
            (3 | 4, ..) | (_, Some(_), _) => Ok(Single {
                // The 1800s: a decade or a century.
                says_more: year % 100 == 0,
                ..sized(year, Size::Decade)
            }),
            (_, None, Some(century)) => Ok(sized(century * 100 + year, Size::Decade)),
            _ => Err(Unread::Century),
        }
    };
    match parts {
        [Token::Decade(year, digits)] => Some(decade(*year, *digits)),
        [Token::Decade(year, digits), word] if says(word, Word::Decade) => {
            Some(decade(*year, *digits))
        }
        [word, Token::Number(year, 4, false)]
            if says(word, Word::Decade) && year.is_multiple_of(10) =>
        {
            Some(decade(*year, 4))
        }
        // Les années 20.
        [word, Token::Number(year, 2, false)]
            if says(word, Word::Decade) && year.is_multiple_of(10) =>
        {
            Some(decade(*year, 2))
        }
        [Token::Number(nth @ 1.., 0..=2, _), word] | [word, Token::Number(nth @ 1.., 0..=2, _)]
            if says(word, Word::Century) =>
        {
            Some(Ok(sized(*nth as i32, Size::Century)))
        }
        [Token::Number(nth @ 1.., 0..=2, _), word] if says(word, Word::Millennium) => {
            Some(Ok(sized(*nth as i32, Size::Millennium)))
        }
        _ => None,
    }
}

/// A month of a year.
fn month(parts: &[Token], years: Years) -> Option<Result<Single, Unread>> {
    let [one, other] = parts else {
        return None;
    };
    let (month, year) = match month_of(one) {
        Some(month) => (month, other),
        None => (month_of(other)?, one),
    };
    Some(years.of(year)?.map(|year| dated(year, Some(month), None)))
}

/// A year, or a season, quarter or half of one.
fn of_year(parts: &[Token], years: Years) -> Option<Result<Single, Unread>> {
    let of =
        |year: &Token, month: u32| Some(years.of(year)?.map(|year| dated(year, Some(month), None)));
    match parts {
        [Token::Sign('-'), Token::Number(..)] => Some(Err(SIGNED_YEAR)),
        [Token::Number(_, 1 | 2, _)] if years.era.is_none() => Some(Err(SHORT_YEAR)),
        [year] if years.of(year).is_some() => {
            Some(years.of(year)?.map(|year| dated(year, None, None)))
        }
        // The winter of two years begins in the first; summer does so in the south only.
        [season, Token::DoubleYear(year, _)] if season_of(season) == Some(24) => Some(Ok(Single {
            says_more: false,
            ..dated(*year as i32, Some(24), None)
        })),
        [season] if season_of(season).is_some() => Some(Ok(Single {
            month: season_of(season),
            ..Single::default()
        })),
        [season, year] | [year, season] if season_of(season).is_some() => {
            let season = season_of(season)?;
            let of_year = of(year, season)?;
            Some(of_year.map(|date| Single {
                // Winter lies in two years, and which is meant is not said.
                says_more: season == 24,
                ..date
            }))
        }
        [one, two, three] => {
            let part = [one, two, three].into_iter().find_map(|word| {
                if says(word, Word::Quarter) {
                    Some((word, 32, 4))
                } else {
                    says(word, Word::Half).then_some((word, 39, 2))
                }
            });
            let (word, before, most) = part?;
            // Q3 2020, 3rd quarter 2020, 2020 Q3.
            let (nth, year) = match (word == one, word == two) {
                (true, _) => (two, three),
                (_, true) if count(one, most).is_some() => (one, three),
                (_, true) => (three, one),
                _ => (two, one),
            };
            of(year, before + count(nth, most)?)
        }
        _ => None,
    }
}

/// Which of so many parts of a year: the third, the last.
fn count(token: &Token, most: u32) -> Option<u32> {
    match token {
        Token::Number(nth, 0..=2, _) if (1..=most).contains(nth) => Some(*nth),
        token if says(token, Word::Last) => Some(most),
        _ => None,
    }
}

/// A date whose month is a word.
fn with_month(parts: &[Token], years: Years) -> Option<Result<Single, Unread>> {
    let lacking = |month: u32, day: Option<u32>| {
        Some(Ok(Single {
            month: Some(month),
            day,
            ..Single::default()
        }))
    };
    match parts {
        [month] => lacking(month_of(month)?, None),
        [month, Token::Number(day @ 1..=31, 1 | 2, _)] if month_of(month).is_some() => {
            lacking(month_of(month)?, Some(*day))
        }
        [Token::Number(day @ 1..=31, 0..=2, _), month] => lacking(month_of(month)?, Some(*day)),
        [month, Token::DoubleYear(year, _)] => double(*year, month_of(month)?, None),
        [_, _] => month(parts, years),
        [day, month, Token::DoubleYear(year, _)] | [month, day, Token::DoubleYear(year, _)]
            if month_of(month).is_some() =>
        {
            let Token::Number(day, 1 | 2, _) = day else {
                return None;
            };
            double(*year, month_of(month)?, Some(*day))
        }
        [
            Token::Number(year, 3 | 4, _),
            month,
            Token::Number(day, 1 | 2, _),
        ] if month_of(month).is_some() => {
            Some(Ok(dated(*year as i32, month_of(month), Some(*day))))
        }
        [month, Token::Number(day, 1 | 2, _), year]
        | [Token::Number(day, 0..=2, _), month, year]
            if month_of(month).is_some() =>
        {
            let month = month_of(month);
            Some(years.of(year)?.map(|year| dated(year, month, Some(*day))))
        }
        _ => None,
    }
}

/// A day of January to March in a year that began at the end of March: the second year counts.
fn double(year: u32, month: u32, day: Option<u32>) -> Option<Result<Single, Unread>> {
    let is_new = month > 3 || (month == 3 && day.is_some_and(|day| day > 24));
    if is_new || year > LAST_DOUBLE_YEAR {
        return None;
    }
    Some(Ok(Single {
        double: true,
        ..dated(year as i32, Some(month), day)
    }))
}

/// `03/04/2021`, `3.4.2021`, `2021-4-3`, `04/2021`, `20210403`.
fn numbers(parts: &[Token], years: Years, reader: DateReader) -> Result<Single, Unread> {
    if has(parts, Word::Present) && parts.len() == 1 {
        return Err(super::types::RELATIVE);
    }
    match *parts {
        [Token::Number(whole, 8, false)] => day_of(whole / 10_000, whole / 100 % 100, whole % 100),
        [
            Token::Number(month, 1 | 2, false),
            Token::Sign('/' | '-' | '.'),
            Token::Number(year, 4, false),
        ] => month_of_year(year, month),
        [
            Token::Number(year, 4, false),
            Token::Sign(sign @ ('/' | '-' | '.')),
            Token::Number(month @ 1..=12, digits @ (1 | 2), false),
        ] => {
            // 2005/12, 1998-9: a month, or two years of which the second is short.
            let two_years = match (sign, digits) {
                ('/', 2) => month > year % 100,
                ('.', 2) => false,
                ('/' | '-', 1) => month == (year + 1) % 10,
                // 1905–12 are years, since 1905-12 is EDTF; 2021.5 is a number.
                _ => return Err(NO_DATE),
            };
            if two_years {
                return Err(MONTH_OR_YEARS);
            }
            month_of_year(year, month)
        }
        [
            Token::Number(year, 4, false),
            Token::Sign(one @ ('/' | '-' | '.')),
            Token::Number(month, 1 | 2, false),
            Token::Sign(other),
            Token::Number(day, 1 | 2, false),
        ] if one == other => day_of(year, month, day),
        // 15.5.–17.6.1999: of the first the year is that of the second.
        [
            Token::Number(day, 1 | 2, false),
            Token::Sign('.'),
            Token::Number(month, 1 | 2, true),
        ]
        | [
            Token::Number(day, 1 | 2, true),
            Token::Number(month, 1 | 2, true),
        ] if (1..=12).contains(&month) => Ok(Single {
            month: Some(month),
            day: Some(day),
            ..Single::default()
        }),
        // 3. 4. 2021, with blanks: days first, as wherever dates have dots.
        [
            Token::Number(day, 1 | 2, true),
            Token::Number(month, 1 | 2, true),
            ref year,
        ] => {
            let year = years.of(year).ok_or(NO_DATE)??;
            whole(year, month, day)
        }
        [
            Token::Number(first, 1 | 2, false),
            Token::Sign(one @ ('/' | '-' | '.')),
            Token::Number(second, 1 | 2, false),
            Token::Sign(other),
            ref year @ (Token::Number(..) | Token::ShortYear(_)),
        ] if one == other => {
            let short = matches!(year, Token::Number(_, 1 | 2, _) | Token::ShortYear(_));
            let order = match reader.order {
                _ if one == '.' => DayOrder::DayFirst,
                Some(order) => order,
                // Of three short numbers the first can be the year too.
                None if short => return Err(Unread::Ambiguous),
                None if first > 12 || first == second => DayOrder::DayFirst,
                None if second > 12 => DayOrder::MonthFirst,
                None => return Err(Unread::Ambiguous),
            };
            let year = years.of(year).ok_or(NO_DATE)??;
            match order {
                DayOrder::DayFirst => whole(year, second, first),
                DayOrder::MonthFirst => whole(year, first, second),
            }
        }
        _ => Err(NO_DATE),
    }
}

fn whole(year: i32, month: u32, day: u32) -> Result<Single, Unread> {
    if !(1..=12).contains(&month) {
        return Err(super::types::NO_DAY);
    }
    Ok(dated(year, Some(month), Some(day)))
}

/// A day of a year that stands first; 00 is what is not known.
fn day_of(year: u32, month: u32, day: u32) -> Result<Single, Unread> {
    match (year, month, day) {
        (0, ..) => Err(super::types::NOTHING),
        (year, 0, 0) => Ok(dated(year as i32, None, None)),
        (year, month, 0) => month_of_year(year, month),
        (year, month, day) => whole(year as i32, month, day),
    }
}

fn month_of_year(year: u32, month: u32) -> Result<Single, Unread> {
    if !(1..=12).contains(&month) {
        return Err(NO_MONTH);
    }
    Ok(dated(year as i32, Some(month), None))
}
