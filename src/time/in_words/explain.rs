//! What is said of a date that is not EDTF: how it would be read, and what to write.

use super::types::{DateReader, DayOrder, MISFIT, NO_DATE, NO_TIME, NOTHING, Spelling, Unread};
use crate::Calendar;
use crate::written::{DateError, is_date};

/// The error of a text that is not EDTF, with what the reader of dates in words makes of it.
pub(crate) fn explained(text: &str, calendar: Calendar, error: DateError) -> DateError {
    let whole = 0..text.len();
    let reader = DateReader::default();
    // 193 is a year or a decade, and the error says both.
    let is_short = text.len() == 3 && text.bytes().all(|b| b.is_ascii_digit());
    if is_short {
        return error;
    }
    let has_letters = text.chars().any(char::is_alphabetic);
    let because = |reason: String| DateError {
        reason,
        at: whole.clone(),
        suggestion: None,
        lossless: false,
    };
    let date = match reader.read(text) {
        Ok(date) => date,
        // Of one day the error has both already.
        Err(Unread::Ambiguous) if error.reason.starts_with("this can be") => return error,
        Err(Unread::Ambiguous) => {
            return match of_two_orders(text) {
                Some(reason) => because(reason),
                None => error,
            };
        }
        Err(Unread::Century) => {
            return because(
                match two(
                    |century| DateReader {
                        century: Some(century),
                        ..reader
                    },
                    [19, 20],
                    text,
                ) {
                    Some([one, other]) => {
                        format!("its year has two digits: write {one}, {other} or another century")
                    }
                    None => "its year has two digits: write all four".to_owned(),
                },
            );
        }
        Err(NO_DATE | NO_TIME) => return error,
        Err(why @ Unread::Unknown(reason)) => {
            let advice = if why == NOTHING {
                ": leave the date out"
            } else {
                ""
            };
            return if has_letters || is_doubt(why) {
                because(format!("{reason}{advice}"))
            } else {
                error
            };
        }
    };
    let edtf = date.edtf;
    if date.calendar != Calendar::Gregorian && calendar == Calendar::Gregorian {
        let name = date.calendar.as_str();
        return because(format!(
            "this is a day of another calendar: write {{edtf: {edtf}, calendar: {name}}}"
        ));
    }
    if edtf == text || !is_date(&edtf, calendar) {
        return error;
    }
    if date.remark == Some(MISFIT) {
        return because(format!("{edtf} is another day of the week than it says"));
    }
    if has_doubtful_day(text) {
        if error.reason.starts_with("this can be") {
            return error;
        }
        return because(format!(
            "this can begin with the day or with the month: write {edtf} if the day is first"
        ));
    }
    let lossless = !date.says_more && date.weekday.is_none() && date.remark.is_none();
    let beside = match &date.weekday {
        _ if date.says_more => ", and the words as its display",
        Some(_) => ", and the day of the week as weekday",
        None => "",
    };
    let error = match date.spelling {
        Spelling::OldEdtf => because(format!("this is EDTF as of 2012: write {edtf}")),
        Spelling::Words => because(format!("this is in words: write {edtf}{beside}")),
        Spelling::Edtf | Spelling::Digits => error,
    };
    DateError {
        suggestion: Some(edtf),
        lossless,
        ..error
    }
}

/// Whether a day in a text, as in 12.03.2024, may be another with the month first. Imports read such
/// days with the day first, as nearly everywhere; in facts nothing is proposed in its place.
fn has_doubtful_day(text: &str) -> bool {
    let days = text.split(|c: char| !c.is_ascii_digit() && c != '.');
    days.map(|day| day.split('.').collect::<Vec<_>>())
        .any(|parts| {
            let number = |at: usize| parts.get(at)?.parse::<u8>().ok();
            let months = 1..=12;
            number(0).zip(number(1)).is_some_and(|(one, other)| {
                one != other && months.contains(&one) && months.contains(&other)
            })
        })
}

/// Whether a text without letters is refused since it means two things.
fn is_doubt(why: Unread) -> bool {
    use super::types::{DAYS_OR_CALENDARS, MONTH_OR_YEARS, SEASON_OR_YEARS};
    [DAYS_OR_CALENDARS, MONTH_OR_YEARS, SEASON_OR_YEARS].contains(&why)
}

/// What a text is by each of two ways to read it.
fn two<T>(reader: impl Fn(T) -> DateReader, ways: [T; 2], text: &str) -> Option<[String; 2]> {
    let [one, other] = ways.map(|way| reader(way).read(text).ok().map(|date| date.edtf));
    Some([one?, other?])
}

/// The error for days of which the first number may be the month: `03/04/2021 – 05/04/2021`.
fn of_two_orders(text: &str) -> Option<String> {
    let orders = [DayOrder::DayFirst, DayOrder::MonthFirst];
    let reader = |century| {
        move |order| DateReader {
            order: Some(order),
            century,
            ..DateReader::default()
        }
    };
    if let Some([one, other]) = two(reader(None), orders, text) {
        return Some(format!("this can be {one} or {other}: write which"));
    }
    let [one, other] = two(reader(Some(20)), orders, text)?;
    Some(format!(
        "this can be {one}, {other}, or of another century: write which"
    ))
}
