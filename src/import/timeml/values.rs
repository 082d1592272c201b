//! Values of `TIMEX3` to EDTF.

use std::collections::BTreeMap;

use serde_json::Value;

use super::inline::Time;
use crate::dates::Dated;
use annals_time::Day;

/// The date that a value names, in EDTF; `None` for durations, sets, and what only a reader could
/// tell.
pub(super) fn edtf(time: &Time) -> Option<String> {
    let plain = plain(time.value.trim())?;
    let is_range = plain.contains('/');
    let edtf = match time.modifier.as_str() {
        "APPROX" if !is_range => format!("{plain}~"),
        "BEFORE" | "ON_OR_BEFORE" if !is_range => format!("[..{plain}]"),
        "AFTER" | "ON_OR_AFTER" if !is_range => format!("[{plain}..]"),
        _ => plain,
    };
    Dated::edtf_of(&edtf)
        .ok()
        .map(|date| date.edtf().to_owned())
}

/// The date with the words of the text where these say more: the beginning of 1998. A duration is
/// the time between its ends, where these are dates.
pub(super) fn dated(time: &Time, times: &BTreeMap<String, Time>) -> Option<Dated> {
    if time.kind == "DURATION" {
        let end = |id: &str| {
            times
                .get(id)
                .and_then(edtf)
                .filter(|edtf| !edtf.contains(['/', '[']))
        };
        let edtf = format!("{}/{}", end(&time.begin)?, end(&time.end)?);
        return Dated::edtf_of(&edtf).ok();
    }
    let date = Dated::edtf_of(&edtf(time)?).ok()?;
    let says_more = matches!(
        time.modifier.as_str(),
        "START" | "MID" | "END" | "LESS_THAN" | "MORE_THAN" | "EQUAL_OR_LESS" | "EQUAL_OR_MORE"
    );
    Some(if says_more {
        date.displayed(&time.words)
    } else {
        date
    })
}

/// The date of what lies somewhere within another: of a week not from its first day to its last, but
/// one of them.
pub(super) fn within(date: Dated) -> Dated {
    let Some((first, last)) = date.edtf().split_once('/') else {
        return date;
    };
    let is_plain = |end: &str| {
        let mut bytes = end.bytes();
        !end.is_empty() && bytes.all(|b| b.is_ascii_digit() || b == b'-')
    };
    if !is_plain(first) || !is_plain(last) {
        return date;
    }
    let value = date.value();
    let words = value.get("display").and_then(Value::as_str);
    match Dated::edtf_of(&format!("[{first}..{last}]")) {
        Ok(within) => within.displayed(words.unwrap_or_default()),
        Err(_) => date,
    }
}

fn plain(value: &str) -> Option<String> {
    let ascii = value.is_ascii() && !value.is_empty();
    if !ascii || value.starts_with(['P', 'T']) || value.ends_with("_REF") {
        return None;
    }
    let (day, clock) = value.split_once('T').unwrap_or((value, ""));
    let day = date(day)?;
    // A part of the day (MO, AF, EV, NI) is left to the words of the text.
    let digits = clock.bytes().all(|b| b.is_ascii_digit() || b == b':');
    let full = day.len() == 10 && !day.contains(['X', '/']);
    Some(match clock.len() {
        5 if digits && full => format!("{day}T{clock}:00"),
        8 if digits && full => format!("{day}T{clock}"),
        _ => day,
    })
}

fn date(value: &str) -> Option<String> {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || b == b'X');
    let parts: Vec<&str> = value.split('-').collect();
    match parts.as_slice() {
        [century] if century.len() == 2 && digits(century) => Some(format!("{century}XX")),
        [decade] if decade.len() == 3 && digits(decade) => Some(format!("{decade}X")),
        [year] if year.len() == 4 && digits(year) => Some((*year).to_owned()),
        [year, season] if year.len() == 4 => part_of_year(year, season),
        [year, week, day] if week.starts_with('W') => {
            let (first, _) = week_of(year, week)?;
            let from_monday = match *day {
                "WE" => {
                    let (saturday, sunday) =
                        (first.checked_add_days(5)?, first.checked_add_days(6)?);
                    return Some(format!("{saturday}/{sunday}"));
                }
                day => day
                    .parse::<i64>()
                    .ok()
                    .filter(|day| (1..=7).contains(day))?,
            };
            Some(first.checked_add_days(from_monday - 1)?.to_string())
        }
        [year, month, day] if year.len() == 4 && digits(month) && digits(day) => {
            Some(format!("{year}-{month}-{day}"))
        }
        _ => None,
    }
}

fn part_of_year(year: &str, part: &str) -> Option<String> {
    let season = match part {
        "SP" => "21",
        "SU" => "22",
        "FA" | "AU" => "23",
        "WI" => "24",
        "Q1" => return Some(format!("{year}-01/{year}-03")),
        "Q2" => return Some(format!("{year}-04/{year}-06")),
        "Q3" => return Some(format!("{year}-07/{year}-09")),
        "Q4" => return Some(format!("{year}-10/{year}-12")),
        "H1" => return Some(format!("{year}-01/{year}-06")),
        "H2" => return Some(format!("{year}-07/{year}-12")),
        week if week.starts_with('W') => {
            let (first, last) = week_of(year, week)?;
            return Some(format!("{first}/{last}"));
        }
        month => month,
    };
    Some(format!("{year}-{season}"))
}

/// The days of a week of ISO 8601: the first week has 4 January in it.
fn week_of(year: &str, week: &str) -> Option<(Day, Day)> {
    let year: i32 = year.parse().ok()?;
    let week: i64 = week.strip_prefix('W')?.parse().ok()?;
    if !(1..=53).contains(&week) {
        return None;
    }
    let fourth = Day::from_ymd(year, 1, 4)?;
    // 1 January 1 of the Gregorian calendar was a Monday.
    let since = i64::from(fourth.number()) - i64::from(Day::from_ymd(1, 1, 1)?.number());
    let monday = fourth.checked_add_days(-since.rem_euclid(7))?;
    let first = monday.checked_add_days((week - 1) * 7)?;
    Some((first, first.checked_add_days(6)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_as_edtf() {
        let read = |value: &str, modifier: &str| {
            edtf(&Time {
                value: value.to_owned(),
                modifier: modifier.to_owned(),
                ..Time::default()
            })
        };
        for (value, wanted) in [
            ("1998-02-13", "1998-02-13"),
            ("1998-02-13T14:30", "1998-02-13T14:30:00"),
            ("1998-02-13TMO", "1998-02-13"),
            ("1998", "1998"),
            ("199", "199X"),
            ("19", "19XX"),
            ("1998-SU", "1998-22"),
            ("1998-Q2", "1998-04/1998-06"),
            ("1998-W07", "1998-02-09/1998-02-15"),
            ("2020-W53", "2020-12-28/2021-01-03"),
            ("1998-W07-WE", "1998-02-14/1998-02-15"),
            ("1998-W07-5", "1998-02-13"),
        ] {
            assert_eq!(read(value, "").as_deref(), Some(wanted), "{value}");
        }
        for value in [
            "P2D",
            "PT5H",
            "PAST_REF",
            "",
            "1998-13",
            "Ünder",
            "1998-02-30",
            "T24:00",
            "0001-W00",
        ] {
            assert_eq!(read(value, ""), None, "{value}");
        }
        assert_eq!(read("1998", "APPROX").as_deref(), Some("1998~"));
        assert_eq!(read("1998", "BEFORE").as_deref(), Some("[..1998]"));
    }
}
