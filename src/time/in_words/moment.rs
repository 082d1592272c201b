//! Days and times as programs write them: ISO 8601 with a `T` or a blank, in its long and its short
//! form, with fractions of a second and with a zone, and the days of its weeks.

use super::types::{FRACTION, NO_TIME, Unread};
use crate::written::is_date;
use crate::{Calendar, Day};

/// A moment, or the days of a week.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Moment {
    pub(super) edtf: String,
    /// Whether the text says more: an hour without minutes, the name of a zone.
    pub(super) says_more: bool,
    pub(super) remark: Option<&'static str>,
}

/// Reads a day with a time, or a week; `None` where the text is something else.
pub(super) fn read(text: &str) -> Option<Result<Moment, Unread>> {
    if let Some(week) = week(text) {
        return Some(week);
    }
    let (day, rest) = day(text)?;
    let basic = rest.starts_with(['T', 't']);
    let time = match rest.strip_prefix(['T', 't']) {
        Some(time) => time,
        None => rest.strip_prefix(' ')?.trim_start(),
    };
    let clock = clock(time, basic)?;
    // 2020-05-01 10:00-12:00 is two hours rather than a place twelve hours behind.
    if !basic && clock.rest.starts_with('-') && clock.is_short {
        return None;
    }
    let (zone, names_more) = zone(clock.rest)?;
    let remark = clock.fraction.then_some(FRACTION);
    let Some(time) = clock.time else {
        return Some(Ok(Moment {
            edtf: day,
            says_more: true,
            remark,
        }));
    };
    let edtf = format!("{day}T{time}{zone}");
    if !is_date(&edtf, Calendar::Gregorian) {
        return is_date(&day, Calendar::Gregorian).then_some(Err(NO_TIME));
    }
    Some(Ok(Moment {
        edtf,
        says_more: names_more,
        remark,
    }))
}

fn digits(text: &str, count: usize) -> Option<&str> {
    let head = text.get(..count)?;
    head.bytes().all(|b| b.is_ascii_digit()).then_some(head)
}

/// `2020-05-01` or `20200501` at the beginning, and what follows.
fn day(text: &str) -> Option<(String, &str)> {
    if let Some(short) = digits(text, 8) {
        let (year, month, day) = (&short[..4], &short[4..6], &short[6..]);
        return Some((format!("{year}-{month}-{day}"), &text[8..]));
    }
    let whole = text.get(..10)?;
    let bytes = whole.as_bytes();
    if bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    digits(whole, 4)?;
    digits(&whole[5..], 2)?;
    digits(&whole[8..], 2)?;
    Some((whole.to_owned(), &text[10..]))
}

struct Clock<'t> {
    /// Hours, minutes and seconds; nothing where only the hour is said.
    time: Option<String>,
    fraction: bool,
    /// Without seconds.
    is_short: bool,
    rest: &'t str,
}

/// `10:30`, `10:30:00.123`, `103000`; the hour alone.
fn clock(text: &str, basic: bool) -> Option<Clock<'_>> {
    let hour = digits(text, 2)?;
    let mut rest = &text[2..];
    let minute;
    let mut second = None;
    if let Some(after) = rest.strip_prefix(':') {
        minute = digits(after, 2)?;
        rest = &after[2..];
        if let Some(after) = rest.strip_prefix(':') {
            second = Some(digits(after, 2)?);
            rest = &after[2..];
        }
    } else if basic && let Some(short) = digits(rest, 2) {
        minute = short;
        rest = &rest[2..];
        if let Some(short) = digits(rest, 2) {
            second = Some(short);
            rest = &rest[2..];
        }
    } else {
        let time = None;
        let fraction = false;
        // An hour alone is one only after a T: 2020-05-01 10 is something else.
        return basic.then_some(Clock {
            time,
            fraction,
            is_short: true,
            rest,
        });
    }
    let mut fraction = false;
    if let Some(after) = rest.strip_prefix(['.', ',']) {
        let end = after
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(after.len());
        if end == 0 {
            return None;
        }
        fraction = after[..end].contains(|c| c != '0');
        rest = &after[end..];
    }
    let time = format!("{hour}:{minute}:{}", second.unwrap_or("00"));
    Some(Clock {
        time: Some(time),
        fraction,
        is_short: second.is_none(),
        rest,
    })
}

/// The zone as EDTF writes it, and whether the text names more than an offset.
fn zone(text: &str) -> Option<(String, bool)> {
    let mut text = text.trim();
    let mut more = false;
    // 2020-05-01T10:00+02:00[Europe/Berlin], as Java writes it.
    if let Some(at) = text.find('[').filter(|_| text.ends_with(']')) {
        more = true;
        text = text[..at].trim_end();
    }
    if matches!(text, "" | "Z" | "z" | "UTC" | "GMT" | "utc" | "gmt") {
        let sign = if text.is_empty() { "" } else { "Z" };
        return Some((sign.to_owned(), more));
    }
    let text = text
        .strip_prefix("UTC")
        .or_else(|| text.strip_prefix("GMT"))
        .unwrap_or(text);
    let (offset, name) = match text.split_once(' ') {
        Some((offset, name)) => (offset, name.trim()),
        None => (text, ""),
    };
    if let Some(offset) = offset_of(offset) {
        let is_word = name.bytes().all(|b| b.is_ascii_alphabetic());
        let more = more || !matches!(name, "" | "UTC" | "GMT");
        return is_word.then_some((offset, more));
    }
    is_zone(text).then(|| (String::new(), true))
}

/// `+0200`, `+02`, `+02:00` as `+02:00`.
pub(super) fn offset_of(text: &str) -> Option<String> {
    let (sign, rest) = text.split_at_checked(1)?;
    if !matches!(sign, "+" | "-") {
        return None;
    }
    let hours = digits(rest, 2)?;
    let minutes = match &rest[2..] {
        "" => "00",
        rest => {
            let rest = rest.strip_prefix(':').unwrap_or(rest);
            digits(rest, 2).filter(|_| rest.len() == 2)?
        }
    };
    Some(if sign == "-" && hours == "00" && minutes == "00" {
        "Z".to_owned()
    } else {
        format!("{sign}{hours}:{minutes}")
    })
}

/// Whether a word is the name of a zone, which may stand for several offsets.
pub(super) fn is_zone(word: &str) -> bool {
    matches!(
        word.to_ascii_lowercase().as_str(),
        "cet"
            | "cest"
            | "mez"
            | "mesz"
            | "eet"
            | "eest"
            | "wet"
            | "west"
            | "bst"
            | "ist"
            | "msk"
            | "est"
            | "edt"
            | "cst"
            | "cdt"
            | "mst"
            | "mdt"
            | "pst"
            | "pdt"
            | "akst"
            | "akdt"
            | "hst"
            | "jst"
            | "kst"
            | "hkt"
            | "sgt"
            | "aest"
            | "aedt"
            | "acst"
            | "acdt"
            | "awst"
            | "nzst"
            | "nzdt"
            | "sast"
            | "wat"
            | "eat"
            | "cat"
            | "brt"
            | "art"
    )
}

/// `2021-W15-4` is a Thursday, `2021-W15` the days from Monday to Sunday.
fn week(text: &str) -> Option<Result<Moment, Unread>> {
    let year: i32 = digits(text, 4)?.parse().ok()?;
    let rest = text[4..].strip_prefix('-').unwrap_or(&text[4..]);
    let rest = rest.strip_prefix(['W', 'w'])?;
    let week: u32 = digits(rest, 2)?.parse().ok()?;
    let of_week = match &rest[2..] {
        "" => None,
        rest => {
            let rest = rest.strip_prefix('-').unwrap_or(rest);
            Some(digits(rest, 1).filter(|_| rest.len() == 1)?.parse().ok()?)
        }
    };
    let edtf = match of_week {
        Some(nth) => Day::from_iso_week(year, week, nth).map(|day| day.to_string()),
        None => Day::from_iso_week(year, week, 1)
            .zip(Day::from_iso_week(year, week, 7))
            .map(|(first, last)| format!("[{first}..{last}]")),
    };
    let moment = |edtf| Moment {
        edtf,
        ..Moment::default()
    };
    Some(edtf.map(moment).ok_or(super::types::NO_DAY))
}

#[cfg(test)]
mod tests {
    #[test]
    fn times_of_programs_are_read() {
        let read = |text: &str| match super::read(text) {
            Some(Ok(moment)) => moment.edtf,
            Some(Err(_)) => "no such time".to_owned(),
            None => "none".to_owned(),
        };
        for (text, edtf) in [
            ("2020-05-01T00:00:00.123Z", "2020-05-01T00:00:00Z"),
            ("2020-05-01 00:00:00.000", "2020-05-01T00:00:00"),
            ("2020-05-01T10:00:00+0200", "2020-05-01T10:00:00+02:00"),
            ("2020-05-01 10:00:00 UTC", "2020-05-01T10:00:00Z"),
            ("2020-05-01 10:00:00+02", "2020-05-01T10:00:00+02:00"),
            ("2020-05-01 10:00:00 +0000 UTC", "2020-05-01T10:00:00+00:00"),
            (
                "2020-05-01T10:00:00.123456789-05:00",
                "2020-05-01T10:00:00-05:00",
            ),
            (
                "2020-05-01T10:00+02:00[Europe/Berlin]",
                "2020-05-01T10:00:00+02:00",
            ),
            ("20200501T103000Z", "2020-05-01T10:30:00Z"),
            ("2020-05-01T10", "2020-05-01"),
            ("2020-05-01 10:30 CET", "2020-05-01T10:30:00"),
            ("2020-05-01 10:00:00,5", "2020-05-01T10:00:00"),
            ("2021-W15-4", "2021-04-15"),
            ("2021-W15", "[2021-04-12..2021-04-18]"),
            ("2021-W54", "no such time"),
            ("2020-05-01T25:00:00", "no such time"),
            ("2020-05-01", "none"),
            ("2020-05-01 10", "none"),
            ("2020-05-01 10:00-12:00", "none"),
            ("2020-05-01 soon", "none"),
            ("2020-05-01T10:00:00 somewhere", "none"),
            ("2020-05-ä1T10:00:00", "none"),
        ] {
            assert_eq!(read(text), edtf, "{text}");
        }
    }
}
