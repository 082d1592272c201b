//! Why a text is not a date, worded for its author.

use std::ops::Range;

use super::atom::{Atom, YearForm, value};
use super::{DateError, refuse};
use crate::Calendar;

const QUALIFIERS: [char; 3] = ['?', '~', '%'];

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The last character boundary at or before `at`.
pub(super) fn floor_char_boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len()))
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(0)
}

/// Widens the range of an error to whole characters within the text.
pub(super) fn on_char_boundaries(text: &str, mut error: DateError) -> DateError {
    let start = floor_char_boundary(text, error.at.start);
    let end = error.at.end.clamp(start, text.len());
    let end = (end..=text.len())
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(text.len());
    error.at = start..end;
    error
}

/// Rejects characters that no date contains.
pub(super) fn check_characters(text: &str) -> Result<(), DateError> {
    if text.trim().is_empty() {
        return Err(refuse(
            "an empty date says nothing: leave it out",
            0..text.len(),
        ));
    }
    let start = text.len() - text.trim_start().len();
    if start > 0 {
        return Err(refuse("there are spaces before the date", 0..start));
    }
    let end = text.trim_end().len();
    if end < text.len() {
        return Err(refuse("there are spaces after the date", end..text.len()));
    }
    match text
        .char_indices()
        .find(|(_, char)| !char.is_ascii() || char.is_ascii_control())
    {
        None => Ok(()),
        Some((at, char)) => {
            let place = at..at + char.len_utf8();
            Err(match char {
                '\u{2010}'..='\u{2015}' | '\u{2212}' => {
                    let reason = format!("a date is written with hyphens (-), not with `{char}`");
                    refuse(reason, place)
                }
                _ => refuse(format!("a date has no `{}`", char.escape_debug()), place),
            })
        }
    }
}

/// The error for a date that begins with the day or the month: `03/04/2021`.
pub(super) fn of_day_first(text: &str) -> Option<String> {
    let [first, second, year] = day_first(text)?;
    let [first, second] = [first.parse::<u32>().ok()?, second.parse::<u32>().ok()?];
    let both = first != second && (1..=12).contains(&first) && (1..=12).contains(&second);
    Some(if both {
        format!(
            "this can be {first} {} or {second} {}: begin with the year, {year}-{second:02}-{first:02} \
             or {year}-{first:02}-{second:02}",
            MONTHS[second as usize - 1],
            MONTHS[first as usize - 1],
        )
    } else {
        "a date begins with the year: YYYY-MM-DD".to_owned()
    })
}

/// The three numbers of a date that ends with the year and has the same separator throughout.
fn day_first(text: &str) -> Option<[&str; 3]> {
    let is_number = |text: &str, digits: std::ops::RangeInclusive<usize>| {
        digits.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let separator = text.chars().find(|char| !char.is_ascii_digit())?;
    if !matches!(separator, '/' | '.' | '-') {
        return None;
    }
    let mut parts = text.split(separator);
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    let fits = is_number(first, 1..=2) && is_number(second, 1..=2) && is_number(year, 4..=4);
    (fits && parts.next().is_none()).then_some([first, second, year])
}

/// The error for a day that does not exist in the calendar.
pub(super) fn of_missing_day(text: &str, atom: &Atom, calendar: Calendar) -> DateError {
    let written = text.get(atom.from..atom.to).unwrap_or(text);
    let end = atom.from + written.trim_end_matches(QUALIFIERS).len();
    let at = end.saturating_sub(2)..end;
    let day = atom.day.and_then(value);
    let leap_day = day == Some(29) && atom.month.and_then(value) == Some(2);
    match atom.year {
        YearForm::Digits { digits, negative } if leap_day && !digits.contains(&None) => {
            let year = digits
                .iter()
                .flatten()
                .fold(0, |year, &digit| year * 10 + i64::from(digit));
            let year = if negative { -year } else { year };
            let mut reason = format!("there is no day 29 in February {year}");
            if calendar == Calendar::Gregorian && Calendar::Julian.is_leap(year) {
                reason += " of the Gregorian calendar (the Julian calendar has one)";
            }
            refuse(reason, at)
        }
        _ => refuse("no calendar day has these digits", at),
    }
}

/// A part of a date between hyphens, without its qualifiers.
struct Field<'a> {
    text: &'a str,
    at: Range<usize>,
}

/// The error for a single date that edtf-core rejected and that begins at byte `base`.
pub(super) fn of_atom(text: &str, base: usize, refused: &edtf_core::ParseError) -> DateError {
    let whole = base..base + text.len();
    if text.is_empty() {
        return refuse("a date is missing here", whole);
    }
    if let Some(at) = text
        .find(' ')
        .filter(|_| !text.contains(|c: char| c.is_ascii_lowercase()))
    {
        return refuse("there is a space within the date", base + at..base + at + 1);
    }
    if text.starts_with('Y') {
        return refuse(of_long_year(text), whole);
    }
    let fields = fields(text, base);
    let sign = if text.trim_start_matches(QUALIFIERS).starts_with('-') {
        "-"
    } else {
        ""
    };
    let [year, month, day] = [fields.first(), fields.get(1), fields.get(2)];
    if let Some(year) = year
        && let Some(reason) = of_year(year.text, sign)
    {
        return refuse(reason, year.at.clone());
    }
    if let Some(month) = month
        && let Some(reason) = of_month(month.text)
    {
        return refuse(reason, month.at.clone());
    }
    if let (Some(month), Some(day)) = (month, day)
        && let Some(reason) = of_day(day.text, month.text)
    {
        return refuse(reason, day.at.clone());
    }
    if let Some(extra) = fields.get(3) {
        let reason = "a date has at most a year, a month and a day";
        return refuse(reason, extra.at.start..whole.end);
    }
    let at = base + refused.offset.min(text.len().saturating_sub(1));
    if let Some(day) = day.filter(|day| day.at.contains(&at)) {
        return refuse("this month has no such day", day.at.clone());
    }
    // The remaining forms are rare (significant digits, a year -0000): use the library's own
    // message.
    refuse(refused.message, at..at + 1)
}

fn fields(text: &str, base: usize) -> Vec<Field<'_>> {
    let body = text.trim_start_matches(QUALIFIERS);
    let body = body.strip_prefix('-').unwrap_or(body);
    let mut at = base + text.len() - body.len();
    let mut fields = Vec::new();
    for part in body.split('-') {
        let front = part.trim_start_matches(QUALIFIERS);
        let start = at + part.len() - front.len();
        let text = front.trim_end_matches(QUALIFIERS);
        fields.push(Field {
            text,
            at: start..start + text.len(),
        });
        at += part.len() + 1;
    }
    fields
}

fn has_only_digits(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'X')
}

fn of_long_year(text: &str) -> &'static str {
    let digits = text.trim_start_matches(['Y', '-']);
    let length = digits.bytes().take_while(u8::is_ascii_digit).count();
    match digits.as_bytes().get(length) {
        _ if length == 0 => "a Y must be followed by the digits of a year",
        Some(b'X') => "a year written with Y has no unspecified digits",
        Some(b'-') => "a year written with Y has no month or day",
        _ if length <= 4 && !digits.contains('E') => "a year of four digits or fewer has no Y",
        Some(b'E' | b'S' | b'?' | b'~' | b'%') | None => {
            "a year written with Y has more than four digits, no leading zero, and at most as many \
             significant digits (S) as digits"
        }
        Some(_) => "a Y must be followed only by the digits of a year",
    }
}

fn of_year(year: &str, sign: &str) -> Option<String> {
    let digits = year.split_once('S').map_or(year, |(digits, _)| digits);
    if digits.contains('x') && has_only_digits(&digits.to_ascii_uppercase()) {
        return Some("an unspecified digit is written with a capital X".to_owned());
    }
    if !has_only_digits(digits) {
        return Some("a date begins with a year of four digits, such as 2023-04-20".to_owned());
    }
    match digits.len() {
        4 => None,
        1 => Some(format!("a year has four digits: {sign}000{digits}")),
        2 => Some(format!(
            "a year has four digits: {sign}00{digits} is the year, {sign}{digits}XX the hundred \
             years from {sign}{digits}00"
        )),
        3 => Some(format!(
            "a year has four digits: {sign}0{digits} is the year, {sign}{digits}X the ten years \
             from {sign}{digits}0"
        )),
        8 => Some("the parts of a date are joined by hyphens: YYYY-MM-DD".to_owned()),
        5..=7 => Some(format!(
            "a year of more than four digits begins with Y: Y{sign}{digits}"
        )),
        _ => Some("a year has four digits, or begins with Y if it has more".to_owned()),
    }
}

fn of_month(month: &str) -> Option<String> {
    if month.len() == 4 && has_only_digits(month) {
        return Some("an interval is written with a slash, such as 1914/1918".to_owned());
    }
    if month.len() != 2 || !has_only_digits(month) {
        return Some("a month has two digits, such as 04".to_owned());
    }
    match month.parse::<u32>() {
        Ok(1..=12 | 21..=41) => None,
        Ok(number) => Some(format!("month {number} does not exist")),
        Err(_) if matches!(month.as_bytes()[0], b'0' | b'1' | b'X') => None,
        Err(_) => Some(format!("no month has the digits {month}")),
    }
}

fn of_day(day: &str, month: &str) -> Option<String> {
    if month.parse::<u32>().is_ok_and(|month| month > 12) {
        return Some("a season or other group of months has no days".to_owned());
    }
    if day.contains('t') {
        return Some("a time of day follows a capital T".to_owned());
    }
    if day.len() != 2 || !has_only_digits(day) {
        return Some("a day has two digits, such as 09".to_owned());
    }
    let longest = month
        .parse()
        .ok()
        .and_then(|month| Calendar::Gregorian.days_in_month(2000, month));
    match (day.parse::<u32>(), longest) {
        (Ok(0), _) => Some("day 0 does not exist".to_owned()),
        (Ok(day @ 32..), _) => Some(format!("day {day} does not exist")),
        (Ok(day), Some(longest)) if day > longest => {
            let month = month
                .parse::<usize>()
                .ok()
                .and_then(|month| MONTHS.get(month - 1))?;
            Some(format!("there is no day {day} in {month}"))
        }
        (Ok(_), _) => None,
        (Err(_), _) if matches!(day.as_bytes()[0], b'0'..=b'3' | b'X') => None,
        (Err(_), _) => Some(format!("no day has the digits {day}")),
    }
}
