//! The text of a date: parsing it (EDTF, ISO 8601-2 levels 0 to 2), its meaning in days, its
//! wording in English, and explaining what is wrong with a text that does not parse. What else the
//! text may mean is told by `in_words`.
//!
//! edtf-core parses single dates ([`atom`]). Intervals, sets and times of day are split up here,
//! because it rejects some forms that the standard allows: `../..`, blanks after the commas of a
//! set, a time of day in a year before 0, ranges whose ends differ in precision.

mod atom;
mod clock;
mod error;
mod meaning;
mod reading;
mod refusal;
mod stretch;
mod words;

pub use clock::TimeOfDay;
pub use error::DateError;
pub(super) use meaning::{Meaning, is_date};
pub(super) use words::describe as words_of;

use self::atom::Atom;
use self::error::refuse;
use self::reading::{End, Member, Reading};

/// The longest text that is parsed as a date, in bytes.
const LONGEST: usize = 1_000;

impl Reading {
    /// Parses a text.
    fn parse(text: &str) -> Result<Reading, DateError> {
        if text.len() > LONGEST {
            let end = refusal::floor_char_boundary(text, LONGEST);
            let reason = format!("a date has at most {LONGEST} characters, this text has more");
            return Err(refuse(reason, 0..end));
        }
        Reading::strictly(text).map_err(|mut error| {
            if let Some(reason) = refusal::of_day_first(text) {
                error = refuse(reason, 0..text.len());
            }
            refusal::on_char_boundaries(text, error)
        })
    }

    /// Parses a text that is spelt according to the standard.
    fn strictly(text: &str) -> Result<Reading, DateError> {
        refusal::check_characters(text)?;
        match text.as_bytes().first() {
            Some(b'[') => Ok(Reading::OneOf(read_members(text, ']')?)),
            Some(b'{') => Ok(Reading::AllOf(read_members(text, '}')?)),
            _ if text.contains('/') => read_interval(text),
            _ => match text.split_once('T') {
                Some((date, time)) => read_moment(date, time),
                None => Ok(Reading::One(read_atom(text, 0)?)),
            },
        }
    }
}

/// Parses a single date that begins at byte `base` of the whole text.
fn read_atom(text: &str, base: usize) -> Result<Atom, DateError> {
    Atom::read(text, base).map_err(|error| refusal::of_atom(text, base, &error))
}

fn read_moment(date: &str, time: &str) -> Result<Reading, DateError> {
    let atom = read_atom(date, 0)?;
    if !atom.is_plain_day() || atom.uncertain || atom.approximate {
        let reason = "a time of day needs a whole day before it, such as 2023-04-20T16:05:00";
        return Err(refuse(reason, 0..date.len()));
    }
    Ok(Reading::Moment(
        atom,
        TimeOfDay::read(time, date.len() + 1)?,
    ))
}

fn read_interval(text: &str) -> Result<Reading, DateError> {
    let (start, end) = text.split_once('/').unwrap_or((text, ""));
    let end_at = start.len() + 1;
    if let Some(second) = end.find('/') {
        let at = end_at + second;
        return Err(refuse(
            "an interval has two sides and one slash between them",
            at..text.len(),
        ));
    }
    if start.is_empty() && end.is_empty() {
        return Err(refuse(
            "nothing is known about this interval: leave the date out",
            0..1,
        ));
    }
    if start.len() == 4 && end.len() == 2 && text.bytes().filter(u8::is_ascii_digit).count() == 6 {
        let reason = format!(
            "a month is written {start}-{end}, an interval of years with four digits on both sides"
        );
        return Err(refuse(reason, end_at..text.len()));
    }
    let start = match (start, start.strip_prefix("..")) {
        ("", _) => End::Unknown,
        (_, Some("")) => End::Open,
        (_, Some(date)) => End::OrEarlier(read_side(date, 2)?),
        (_, None) => End::On(read_side(start, 0)?),
    };
    let end = match (end, end.strip_suffix("..")) {
        ("", _) => End::Unknown,
        (_, Some("")) => End::Open,
        (_, Some(date)) => End::OrLater(read_side(date, end_at)?),
        (_, None) => End::On(read_side(end, end_at)?),
    };
    Ok(Reading::Interval(start, end))
}

fn read_side(text: &str, base: usize) -> Result<Atom, DateError> {
    match text.find('T') {
        Some(time) => {
            let reason = "an interval goes from day to day: leave out the time of day";
            Err(refuse(reason, base + time..base + text.len()))
        }
        None => read_atom(text, base),
    }
}

fn read_members(text: &str, closing: char) -> Result<Vec<Member>, DateError> {
    let Some(inner) = text[1..].strip_suffix(closing) else {
        let reason = format!("the set that begins here is not closed with {closing}");
        return Err(refuse(reason, 0..text.len()));
    };
    if let Some(at) = inner.find(['[', ']', '{', '}']) {
        return Err(refuse("a set cannot contain another set", at + 1..at + 2));
    }
    let mut members = Vec::new();
    let mut base = 1;
    for part in inner.split(',') {
        let trimmed = part.trim_start_matches(' ');
        let at = base + part.len() - trimmed.len();
        let trimmed = trimmed.trim_end_matches(' ');
        if trimmed.is_empty() {
            return Err(refuse(
                "a date is missing in the set",
                base..base + part.len(),
            ));
        }
        members.push(read_member(trimmed, at)?);
        base += part.len() + 1;
    }
    Ok(members)
}

fn read_member(text: &str, base: usize) -> Result<Member, DateError> {
    let whole = base..base + text.len();
    if text.contains('/') {
        let reason = "a set cannot contain an interval: write a range as 1670..1672";
        return Err(refuse(reason, whole));
    }
    if let Some(time) = text.find('T') {
        let reason = "a set contains whole days or longer: leave out the time of day";
        return Err(refuse(reason, base + time..whole.end));
    }
    let Some((from, to)) = text.split_once("..") else {
        return Ok(Member::On(read_atom(text, base)?));
    };
    let to_at = base + from.len() + 2;
    match (from, to) {
        ("", "") => Err(refuse(
            "`..` in a set needs a date before or after it",
            whole,
        )),
        ("", date) => Ok(Member::OrEarlier(read_atom(date, to_at)?)),
        (date, "") => Ok(Member::OrLater(read_atom(date, base)?)),
        (from, to) => Ok(Member::Through(
            read_atom(from, base)?,
            read_atom(to, to_at)?,
        )),
    }
}
