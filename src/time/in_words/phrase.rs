//! From the pieces of a date to EDTF: what stands before, between and after single dates.

use super::pair::{Joint, pair, same_day};
use super::single::{Form, Mark, Single, has, is_filler, says, single, without_edges, year_text};
use super::tokens::{LAST_DOUBLE_YEAR, Token};
use super::types::{
    DAYS_OR_CALENDARS, DOUBLE_YEAR, DateReader, FRACTION, MISFIT, MONTH_OR_YEARS, NO_DATE, NOTHING,
    RELATIVE, SHORT_YEAR, TWO_CALENDARS, Unread,
};
use super::vocabulary::Word;
use crate::Calendar;

/// What a phrase means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Meaning {
    pub(super) edtf: String,
    pub(super) calendar: Calendar,
    /// Whether the words say more than this, and are to be kept.
    pub(super) says_more: bool,
    /// The word for the day of the week.
    pub(super) weekday: Option<String>,
    pub(super) remark: Option<&'static str>,
}

/// Reads a whole text.
pub(super) fn read(tokens: &[Token], reader: DateReader) -> Result<Meaning, Unread> {
    if has(tokens, Word::Nothing) && tokens.len() <= 2 {
        return Err(NOTHING);
    }
    let has_number = tokens
        .iter()
        .any(|token| !matches!(token, Token::Word(..) | Token::Sign(_)));
    if has(tokens, Word::Relative) && !has_number {
        return Err(RELATIVE);
    }
    let tokens = match without_edges(tokens) {
        // "au printemps", "a finales de": at, not to.
        [Token::Word(words, word), rest @ ..]
            if words.contains(&Word::To) && matches!(word.as_str(), "a" | "al" | "au") =>
        {
            without_edges(rest)
        }
        tokens => tokens,
    };
    // "perhaps before 1880", "c. between 1880 and 1885": what stands first holds for all of it.
    let marks = (tokens.iter())
        .take_while(|token| says(token, Word::About) || says(token, Word::Perhaps))
        .count();
    let phrase = Phrase {
        reader,
        mark: Mark {
            about: has(&tokens[..marks], Word::About),
            perhaps: has(&tokens[..marks], Word::Perhaps),
        },
    };
    let rest = without_edges(&tokens[marks..]);
    let leads = rest.first().is_some_and(|first| {
        LEADS.iter().any(|word| says(first, *word)) && !says(first, Word::AfterChrist)
    });
    if marks > 0 && leads {
        return phrase.relation(rest);
    }
    let phrase = Phrase {
        mark: Mark::default(),
        ..phrase
    };
    phrase.relation(tokens)
}

/// The words after which a date is a bound.
const LEADS: [Word; 9] = [
    Word::Before,
    Word::After,
    Word::Between,
    Word::By,
    Word::Not,
    Word::Since,
    Word::From,
    Word::Until,
    Word::Or,
];

/// How a phrase is read, and the marks that hold for all of it.
#[derive(Clone, Copy)]
struct Phrase {
    reader: DateReader,
    mark: Mark,
}

impl Phrase {
    fn single(self, tokens: &[Token]) -> Result<Single, Unread> {
        Ok(self.marked(single(tokens, self.reader)?))
    }

    fn marked(self, date: Single) -> Single {
        Single {
            mark: date.mark.or(self.mark),
            ..date
        }
    }

    fn pair(self, first: &[Token], second: &[Token]) -> Result<(Single, Single), Unread> {
        let (from, to) = pair(first, second, self.reader)?;
        Ok((self.marked(from), self.marked(to)))
    }

    /// What stands before the first date: after, before, since, until, between.
    fn relation(self, tokens: &[Token]) -> Result<Meaning, Unread> {
        let Some((first, rest)) = tokens.split_first() else {
            return Err(NO_DATE);
        };
        let next = rest.first();
        let then = |word| next.is_some_and(|next| says(next, word));
        // Not after, in or before: the date itself counts.
        if (says(first, Word::Not) && then(Word::After))
            || (says(first, Word::Or) && then(Word::Before))
        {
            return self.bound(&rest[1..], Bound::UpTo);
        }
        if (says(first, Word::Not) && then(Word::Before))
            || (says(first, Word::Or) && then(Word::After))
        {
            return self.bound(&rest[1..], Bound::FromOn);
        }
        if says(first, Word::By) {
            return self.bound(rest, Bound::UpTo);
        }
        // Before or in 1850.
        if then(Word::Or) && says(first, Word::Before) {
            return self.bound(&rest[1..], Bound::UpTo);
        }
        if then(Word::Or) && says(first, Word::After) {
            return self.bound(&rest[1..], Bound::FromOn);
        }
        if says(first, Word::Before) {
            return self.bound(rest, Bound::Before);
        }
        if says(first, Word::After) && !says(first, Word::AfterChrist) {
            return match rest.iter().position(|token| says(token, Word::Before)) {
                Some(at) => self.after_and_before(&rest[..at], &rest[at + 1..]),
                None => self.bound(rest, Bound::After),
            };
        }
        if says(first, Word::Between) {
            return self.between(rest);
        }
        let since = says(first, Word::Since);
        if since || says(first, Word::From) {
            if let Some(meaning) = self.range(rest)? {
                return Ok(meaning);
            }
            let end = if since { ".." } else { "" };
            return self.open(rest, end);
        }
        let is_to = matches!(first, Token::Word(_, word) if word == "to");
        if says(first, Word::Until) || is_to || *first == Token::Sign('/') {
            return self.bound(rest, Bound::Until);
        }
        self.plain(tokens)
    }

    /// A date with nothing before it.
    fn plain(self, tokens: &[Token]) -> Result<Meaning, Unread> {
        if let Some(meaning) = self.ending(tokens)? {
            return Ok(meaning);
        }
        if let Some(meaning) = self.double_year(tokens)? {
            return Ok(meaning);
        }
        if let Some(meaning) = self.range(tokens)? {
            return Ok(meaning);
        }
        for (word, [open, close]) in [(Word::Or, ["[", "]"]), (Word::And, ["{", "}"])] {
            let Some(at) = tokens.iter().position(|token| says(token, word)) else {
                continue;
            };
            let (mut one, mut other) = self.pair(&tokens[..at], &tokens[at + 1..])?;
            for date in [&mut one, &mut other] {
                without_time(date);
            }
            if word == Word::Or {
                // What stands before the first year holds for both: summer 1880 or 1881.
                if other.is_year() && one.year.is_some() && !one.double {
                    (other.month, other.day) = (one.month, one.day);
                }
                other.mark = other.mark.or(one.mark);
            }
            let (first, second) = (member(&one)?, member(&other)?);
            return meaning(&[&one, &other], format!("{open}{first},{second}{close}"));
        }
        let date = self.single(tokens)?;
        let edtf = match date.form()? {
            Form::One(text) => format!("{text}{}", date.mark.sign()),
            Form::Years(..) => format!("[{}]", member(&date)?),
        };
        meaning(&[&date], edtf)
    }

    /// One date on one side of which the other lies.
    fn bound(self, tokens: &[Token], bound: Bound) -> Result<Meaning, Unread> {
        // The dash of "pre-1880".
        let tokens = match tokens {
            [Token::Sign('-'), rest @ ..] => rest,
            tokens => tokens,
        };
        let date = self.single(tokens)?;
        let mark = date.mark.sign();
        let edtf = match bound {
            Bound::Before => format!("[..{}{mark}]", date.beside(false)?),
            Bound::After => format!("[{}{mark}..]", date.beside(true)?),
            Bound::UpTo => format!("[..{}]", edge(&date, true)?),
            Bound::FromOn => format!("[{}..]", edge(&date, false)?),
            Bound::Until => format!("/{}", edge(&date, true)?),
        };
        meaning(&[&without_clock(date)], edtf)
    }

    fn after_and_before(self, first: &[Token], second: &[Token]) -> Result<Meaning, Unread> {
        let joint = |token: &Token| says(token, Word::And) || is_filler(token);
        let end = first.iter().rev().take_while(|token| joint(token)).count();
        let (from, to) = self.pair(&first[..first.len() - end], second)?;
        let edtf = format!(
            "[{}{}..{}{}]",
            from.beside(true)?,
            from.mark.sign(),
            to.beside(false)?,
            to.mark.sign()
        );
        meaning(&[&from, &to], edtf)
    }

    fn between(self, tokens: &[Token]) -> Result<Meaning, Unread> {
        let at = tokens.iter().position(|token| says(token, Word::And));
        let (mut from, mut to) = match at {
            Some(at) => self.pair(&tokens[..at], &tokens[at + 1..])?,
            // BET 1900 - 1901.
            None => self
                .ends(tokens)?
                .map(|(from, to, _)| (from, to))
                .ok_or(NO_DATE)?,
        };
        without_time(&mut from);
        without_time(&mut to);
        let (first, last) = (edge(&from, false)?, edge(&to, true)?);
        if first == last {
            return meaning(&[&from, &to], first);
        }
        meaning(&[&from, &to], format!("[{first}..{last}]"))
    }

    /// `1880 or later`, `1880 onwards`, `1880–`, `1880 – present`.
    fn ending(self, tokens: &[Token]) -> Result<Option<Meaning>, Unread> {
        let Some((last, rest)) = tokens.split_last() else {
            return Ok(None);
        };
        let onward = matches!(last, Token::Word(_, word) if matches!(&**word, "onward" | "onwards" | "ff"))
            || *last == Token::Sign('+');
        if onward {
            return self.open(rest, "").map(Some);
        }
        if let [before @ .., joint] = rest
            && (says(joint, Word::Or) || says(joint, Word::And))
        {
            if says(last, Word::After) {
                return self.bound(before, Bound::FromOn).map(Some);
            }
            if says(last, Word::Before) {
                return self.bound(before, Bound::UpTo).map(Some);
            }
        }
        let is_joint = |token: &Token| {
            matches!(token, Token::Sign('-' | '/'))
                || says(token, Word::To)
                || says(token, Word::Until)
        };
        let is_nothing = says(last, Word::Nothing) || is_question(last);
        if let [before @ .., joint] = rest
            && is_joint(joint)
            && (says(last, Word::Present) || is_nothing)
        {
            let end = if is_nothing { "" } else { ".." };
            return self.open(before, end).map(Some);
        }
        // 1998–: an end that is not known.
        let is_open = match last {
            Token::Sign('/') => !rest.is_empty(),
            Token::Sign('-') => {
                matches!(rest.last(), Some(Token::Number(_, 4, _) | Token::Word(..)))
            }
            _ => false,
        };
        if is_open {
            return self.open(rest, "").map(Some);
        }
        // ?–1998.
        if let [nothing, joint, after @ ..] = tokens
            && (says(nothing, Word::Nothing) || is_question(nothing))
            && is_joint(joint)
        {
            return self.bound(after, Bound::Until).map(Some);
        }
        Ok(None)
    }

    /// From a date on.
    fn open(self, tokens: &[Token], end: &str) -> Result<Meaning, Unread> {
        let date = without_clock(self.single(tokens)?);
        let edtf = format!("{}/{end}", edge(&date, false)?);
        meaning(&[&date], edtf)
    }

    /// `1750/1` alone: the year that is both, or two years.
    fn double_year(self, tokens: &[Token]) -> Result<Option<Meaning>, Unread> {
        let mut date = Single::default();
        let mut double = None;
        for token in tokens {
            match token {
                Token::DoubleYear(year, digits) if double.is_none() => {
                    double = Some((*year, *digits));
                }
                token if says(token, Word::Perhaps) => date.mark.perhaps = true,
                token if says(token, Word::About) => date.mark.about = true,
                token if says(token, Word::Part) => date.says_more = true,
                token if is_filler(token) => {}
                _ => return Ok(None),
            }
        }
        let Some((year, digits)) = double else {
            return Ok(None);
        };
        let next = year + 1;
        let is_month = (1..=12).contains(&(next % 100)) && digits == 2;
        if is_month || (digits == 1 && year > LAST_DOUBLE_YEAR) {
            return Err(MONTH_OR_YEARS);
        }
        let date = self.marked(date);
        let mark = date.mark.sign();
        let mut meaning = meaning(&[&date], format!("{year:04}{mark}/{next:04}{mark}"))?;
        if year <= LAST_DOUBLE_YEAR {
            meaning.edtf = format!("[{year:04}{mark}..{next:04}{mark}]");
            meaning.says_more = true;
        }
        Ok(Some(meaning))
    }

    /// A range, or one day in two calendars; `None` where there is neither.
    fn range(self, tokens: &[Token]) -> Result<Option<Meaning>, Unread> {
        // Three numbers with signs between them are one date.
        let whole = single(tokens, self.reader);
        if !matches!(whole, Err(NO_DATE)) {
            return Ok(None);
        }
        let Some((mut from, mut to, joint)) = self.ends(tokens)? else {
            return Ok(None);
        };
        if joint != Joint::Dash
            && let Some(day) = same_day(&from, &to)
        {
            // The source itself says which day of the other calendar it is.
            let day = Single {
                calendar: None,
                double: false,
                year: day.year.map(|year| year + i32::from(day.double)),
                says_more: true,
                ..day
            };
            let (text, mark) = (day.form()?, day.mark.sign());
            return match text {
                Form::One(text) => meaning(&[&day], format!("{text}{mark}")).map(Some),
                Form::Years(..) => Err(NO_DATE),
            };
        }
        match (
            joint,
            from.as_day(from.calendar()),
            to.as_day(to.calendar()),
        ) {
            (Joint::Bracket, ..) => return Err(NO_DATE),
            // The night of 5/6 May.
            (Joint::Slash, Some(first), Some(last)) if last.number() - first.number() != 1 => {
                return Err(DAYS_OR_CALENDARS);
            }
            _ => {}
        }
        without_time(&mut from);
        without_time(&mut to);
        let both = [&from, &to];
        if let (Form::One(_), Form::One(_)) = (from.form()?, to.form()?) {
            let edtf = format!("{}/{}", edge(&from, false)?, edge(&to, true)?);
            let mut meaning = meaning(&both, edtf)?;
            let consecutive = from
                .year
                .zip(to.year)
                .is_some_and(|(one, two)| one - two == 1);
            if joint == Joint::Slash && from.is_year() && to.is_year() && consecutive {
                // 500/499 BC is one year, which began in summer.
                meaning.edtf = format!("[{}..{}]", edge(&from, false)?, edge(&to, true)?);
                meaning.says_more = true;
            }
            return Ok(Some(meaning));
        }
        // A century that no digits can be: the years from the first to the last hold both.
        let ((first, _), (_, last)) = (from.reach()?, to.reach()?);
        let edtf = format!("[{}..{}]", year_text(first), year_text(last));
        let mut meaning = meaning(&both, edtf)?;
        meaning.says_more = true;
        Ok(Some(meaning))
    }

    /// The two ends of a range, split at the dash or word between them.
    fn ends(self, tokens: &[Token]) -> Result<Option<(Single, Single, Joint)>, Unread> {
        let mut told = None;
        for (at, token) in tokens.iter().enumerate() {
            let joint = match token {
                Token::Sign('-') => Joint::Dash,
                Token::Sign('/') => Joint::Slash,
                Token::Sign('(') => Joint::Bracket,
                token if says(token, Word::To) || says(token, Word::Until) => Joint::Dash,
                _ => continue,
            };
            if at == 0 || at + 1 == tokens.len() {
                continue;
            }
            match self.pair(&tokens[..at], &tokens[at + 1..]) {
                Ok((from, to)) => {
                    // Both ends are whole: from one to the other, whatever the sign.
                    let complete = single(
                        &tokens[..at],
                        DateReader {
                            year: None,
                            ..self.reader
                        },
                    );
                    let is_whole =
                        joint == Joint::Slash && complete.is_ok_and(|date| date.era == from.era);
                    if is_whole && same_day(&from, &to).is_some() {
                        return Err(DAYS_OR_CALENDARS);
                    }
                    let joint = if is_whole { Joint::Dash } else { joint };
                    return Ok(Some((from, to, joint)));
                }
                Err(NO_DATE | SHORT_YEAR) => {}
                Err(why) => told = Some(why),
            }
        }
        told.map_or(Ok(None), Err)
    }
}

/// Which side of a date.
#[derive(Clone, Copy)]
enum Bound {
    Before,
    After,
    /// Then or before.
    UpTo,
    /// Then or after.
    FromOn,
    /// It ends then.
    Until,
}

fn is_question(token: &Token) -> bool {
    matches!(token, Token::Word(_, word) if word == "?")
}

fn without_clock(mut date: Single) -> Single {
    without_time(&mut date);
    date
}

/// Intervals and sets are of whole days in EDTF; the words keep the time.
fn without_time(date: &mut Single) {
    if date.clock.take().is_some() {
        date.says_more = true;
    }
}

/// A date in a set, with its mark.
fn member(date: &Single) -> Result<String, Unread> {
    let mark = date.mark.sign();
    Ok(match date.form()? {
        Form::One(text) => format!("{text}{mark}"),
        Form::Years(first, last) => {
            format!("{}{mark}..{}{mark}", year_text(first), year_text(last))
        }
    })
}

/// A date as one end of something, with its mark.
fn edge(date: &Single, last: bool) -> Result<String, Unread> {
    let date = &without_clock(date.clone());
    let mark = date.mark.sign();
    Ok(match date.form()? {
        Form::One(text) => format!("{text}{mark}"),
        Form::Years(_, year) if last => format!("{}{mark}", year_text(year)),
        Form::Years(year, _) => format!("{}{mark}", year_text(year)),
    })
}

fn meaning(dates: &[&Single], edtf: String) -> Result<Meaning, Unread> {
    let calendar = dates
        .first()
        .map_or(Calendar::default(), |date| date.calendar());
    if dates.iter().any(|date| date.calendar() != calendar) {
        return Err(TWO_CALENDARS);
    }
    let misfit = dates.iter().any(|date| date.is_misfit());
    let any = |is: fn(&Single) -> bool| dates.iter().any(|date| is(date));
    let remark = if misfit {
        Some(MISFIT)
    } else if any(|date| date.clock.as_ref().is_some_and(|clock| clock.fraction)) {
        Some(FRACTION)
    } else if any(|date| date.double) {
        Some(DOUBLE_YEAR)
    } else {
        None
    };
    let weekday = match dates {
        [one] if one.day.is_some() => one.weekday.as_ref().map(|(_, word)| word.clone()),
        _ => None,
    };
    Ok(Meaning {
        edtf,
        calendar,
        says_more: misfit || any(|date| date.says_more || date.double),
        weekday,
        remark,
    })
}
