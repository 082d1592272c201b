//! Non-standard spellings of a date, and the standard spelling for each.
//!
//! Only unambiguous texts are respelt: `2023.4.2`, `20230420`, `20/04/2023`, `20 April 2023`, `ca.
//! 1900`, a dash for a hyphen. `03/04/2021` has two meanings and is left alone.

use super::meaning;
use crate::Calendar;

/// Prefixes of an approximate date, which the standard marks with a trailing `~`.
const ABOUT: [&str; 4] = ["about ", "circa ", "ca. ", "c. "];

/// The standard spelling of a non-standard text, if it can only mean one date.
pub(super) fn suggest(text: &str, calendar: Calendar) -> Option<String> {
    let plain = plain_characters(text.trim());
    let (about, plain) = match ABOUT.iter().find_map(|about| plain.strip_prefix(about)) {
        Some(estimate) if !plain.ends_with(['?', '~', '%']) => ("~", estimate.trim_start()),
        _ => ("", plain.as_str()),
    };
    let (date, time) = split_time(plain);
    let date = respell_date(date)?;
    let respelt = match time {
        Some(time) => format!("{date}T{}", respell_time(time)?),
        None => date + about,
    };
    (respelt != text && meaning::is_date(&respelt, calendar)).then_some(respelt)
}

/// The three numbers of a date that ends with the year and has the same separator throughout.
pub(super) fn day_first(text: &str) -> Option<[&str; 3]> {
    let separator = text.chars().find(|char| !char.is_ascii_digit())?;
    if !matches!(separator, '/' | '.' | '-') {
        return None;
    }
    let mut parts = text.split(separator);
    let parts = [
        parts.next()?,
        parts.next()?,
        parts.next()?,
        parts.next().unwrap_or(""),
    ];
    let [first, second, year, rest] = parts;
    let fits = is_number(first, 1..=2) && is_number(second, 1..=2) && is_number(year, 4..=4);
    (fits && rest.is_empty() && !text.ends_with(separator)).then_some([first, second, year])
}

fn is_number(text: &str, digits: std::ops::RangeInclusive<usize>) -> bool {
    digits.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Replaces all dashes with hyphens, and lower-case letters with capitals where the standard
/// requires them.
fn plain_characters(text: &str) -> String {
    let capitals = text
        .chars()
        .all(|char| !char.is_alphabetic() || "TtZzXx".contains(char));
    text.chars()
        .map(|char| match char {
            '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
            't' | 'z' | 'x' if capitals => char.to_ascii_uppercase(),
            _ => char,
        })
        .collect()
}

/// Splits at the `T`, or at the blank before a time of day.
fn split_time(text: &str) -> (&str, Option<&str>) {
    let split = text.split_once('T').or_else(|| text.rsplit_once(' '));
    match split {
        Some((date, time))
            if time.bytes().take(2).all(|byte| byte.is_ascii_digit())
                && (time.contains(':') || is_number(time.get(..6).unwrap_or(""), 6..=6)) =>
        {
            (date.trim_end(), Some(time))
        }
        _ => (text, None),
    }
}

fn respell_time(time: &str) -> Option<String> {
    let basic = time.get(..6).is_some_and(|clock| is_number(clock, 6..=6));
    let clock = time.get(..if basic { 6 } else { 8 })?;
    let offset = &time[clock.len()..];
    let clock = if basic {
        format!("{}:{}:{}", &clock[..2], &clock[2..4], &clock[4..])
    } else {
        clock.to_owned()
    };
    let offset = match offset.get(1..) {
        Some(digits) if is_number(digits, 4..=4) => {
            format!("{}{}:{}", &offset[..1], &digits[..2], &digits[2..])
        }
        _ => offset.to_owned(),
    };
    Some(clock + &offset)
}

fn respell_date(date: &str) -> Option<String> {
    if is_number(date, 8..=8) {
        return Some(format!("{}-{}-{}", &date[..4], &date[4..6], &date[6..]));
    }
    if let Some([first, second, year]) = day_first(date) {
        let [first, second]: [u32; 2] = [first.parse().ok()?, second.parse().ok()?];
        return match (first, second) {
            (13.., 1..=12) => Some(format!("{year}-{second:02}-{first:02}")),
            (1..=12, 13..) => Some(format!("{year}-{first:02}-{second:02}")),
            (1..=12, _) if first == second => Some(format!("{year}-{first:02}-{second:02}")),
            _ => None,
        };
    }
    year_first(date)
        .or_else(|| named_month(date))
        .or_else(|| Some(date.to_owned()))
}

/// `2023-4-2`, `2023.04.20`, `2023/04/20`; not `2023/04`, which may be an interval.
fn year_first(date: &str) -> Option<String> {
    let (sign, body) = match date.strip_prefix('-') {
        Some(body) => ("-", body),
        None => ("", date),
    };
    let separator = body.chars().find(|char| !char.is_ascii_digit())?;
    let parts: Vec<&str> = body.split(separator).take(4).collect();
    let (year, rest) = parts.split_first()?;
    let least = match separator {
        '/' => 2,
        '-' | '.' => 1,
        _ => return None,
    };
    let fits = is_number(year, 4..=4)
        && (least..=2).contains(&rest.len())
        && rest.iter().all(|part| is_number(part, 1..=2));
    fits.then(|| {
        let padded = rest.iter().map(|part| format!("{part:0>2}"));
        let parts: Vec<String> = std::iter::once(format!("{sign}{year}"))
            .chain(padded)
            .collect();
        parts.join("-")
    })
}

/// `20 April 2023`, `April 20th, 2023`, `Apr 2023`.
fn named_month(date: &str) -> Option<String> {
    let is_between = |char: char| matches!(char, ' ' | ',' | '.' | '-');
    let parts: Vec<&str> = date
        .split(is_between)
        .filter(|part| !part.is_empty())
        .take(4)
        .collect();
    let (month, day, year) = match *parts.as_slice() {
        [month, year] => (month_number(month)?, None, year),
        [one, other, year] => match month_number(one) {
            Some(month) => (month, Some(other), year),
            None => (month_number(other)?, Some(one), year),
        },
        _ => return None,
    };
    let day = match day {
        None => String::new(),
        Some(day) => {
            let endings = ["st", "nd", "rd", "th"];
            let number = endings
                .iter()
                .find_map(|ending| day.strip_suffix(ending))
                .unwrap_or(day);
            if !is_number(number, 1..=2) {
                return None;
            }
            format!("-{number:0>2}")
        }
    };
    is_number(year, 4..=4).then(|| format!("{year}-{month:02}{day}"))
}

fn month_number(name: &str) -> Option<usize> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let name = name.to_ascii_lowercase();
    let found = |full: &&str| {
        *full == name
            || (name.len() == 3 && full.starts_with(&name))
            || (*full == "september" && name == "sept")
    };
    NAMES.iter().position(found).map(|index| index + 1)
}
