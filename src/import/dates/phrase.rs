//! From the pieces of a date to EDTF.

use super::single::{NO_DATE, NO_YEAR, SHORT_YEAR, Single, UNKNOWN_YEAR, single};
use super::tokens::Token;
use super::words::Word;
use super::{DayOrder, Unread};

/// What a phrase means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Meaning {
    pub(super) edtf: String,
    /// Whether the words say more than this, and are to be kept.
    pub(super) says_more: bool,
}

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
        return Err(Unread::Unknown("it says that the date is unknown"));
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

pub(super) fn has(tokens: &[Token], word: Word) -> bool {
    tokens.iter().any(|token| says(token, word))
}

pub(super) fn says(token: &Token, word: Word) -> bool {
    matches!(token, Token::Word(words, _) if words.contains(&word))
}

pub(super) fn is_filler(token: &Token) -> bool {
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
