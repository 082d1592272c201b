//! The time of day after the `T` of a date.

use super::{DateError, refuse};

/// The largest offset of a local time from UTC, in minutes: 14 hours, in Kiribati.
const MOST_OFFSET: u32 = 14 * 60;

/// A time of day as written, with its UTC offset if given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeOfDay {
    seconds: u32,
    offset: Option<i16>,
}

impl TimeOfDay {
    /// Seconds since midnight at the start of the written day: 0 to 86,400. `24:00:00` and the leap
    /// second `23:59:60` are both 86,400.
    pub fn seconds(self) -> u32 {
        self.seconds
    }

    /// Minutes by which local time is ahead of UTC (behind, if negative), 0 for `Z`; `None` if no
    /// offset is given.
    pub fn offset(self) -> Option<i16> {
        self.offset
    }

    /// Seconds since midnight UTC of the written day; may fall on the day before or after. A time
    /// without an offset is taken as UTC.
    pub fn utc_seconds(self) -> i32 {
        self.seconds as i32 - 60 * i32::from(self.offset.unwrap_or(0))
    }

    /// Parses the text after the `T`, which begins at byte `base` of the whole text.
    pub(super) fn read(text: &str, base: usize) -> Result<TimeOfDay, DateError> {
        let bytes = text.as_bytes();
        let at = |range: std::ops::Range<usize>| base + range.start..base + range.end;
        let shape = bytes.len() >= 8 && bytes[2] == b':' && bytes[5] == b':';
        let parts = if shape {
            [two(bytes, 0), two(bytes, 3), two(bytes, 6)]
        } else {
            [None; 3]
        };
        let [Some(hour), Some(minute), Some(second)] = parts else {
            let reason = "a time of day has hours, minutes and seconds of two digits each, such as \
                          T16:05:00";
            return Err(refuse(reason, at(0..text.len())));
        };
        if hour > 24 {
            return Err(refuse(format!("hour {hour} does not exist"), at(0..2)));
        }
        if minute > 59 {
            return Err(refuse(format!("minute {minute} does not exist"), at(3..5)));
        }
        if second > 60 {
            return Err(refuse(format!("second {second} does not exist"), at(6..8)));
        }
        if hour == 24 && (minute, second) != (0, 0) {
            let reason = "the hour 24 is only the end of a day, 24:00:00";
            return Err(refuse(reason, at(0..8)));
        }
        let offset = read_offset(&text[8..], base + 8)?;
        if second == 60 && !may_be_leap_second(hour, minute, offset) {
            let reason = "a 60th second is only added at the end of a day of UTC, 23:59:60";
            return Err(refuse(reason, at(6..8)));
        }
        Ok(TimeOfDay {
            seconds: hour * 3600 + minute * 60 + second,
            offset,
        })
    }
}

/// Leap seconds occur at 23:59:60 UTC, so without an offset at any quarter of an hour of local
/// time.
fn may_be_leap_second(hour: u32, minute: u32, offset: Option<i16>) -> bool {
    match offset {
        Some(offset) => {
            let minutes = (hour * 60 + minute) as i32 - i32::from(offset);
            minutes.rem_euclid(24 * 60) == 24 * 60 - 1
        }
        None => minute % 15 == 14,
    }
}

fn read_offset(text: &str, base: usize) -> Result<Option<i16>, DateError> {
    let whole = base..base + text.len();
    if text.is_empty() {
        return Ok(None);
    }
    if text == "Z" {
        return Ok(Some(0));
    }
    if text.starts_with(['.', ',']) {
        return Err(refuse(
            "fractions of a second are not kept: leave them out",
            whole,
        ));
    }
    let bytes = text.as_bytes();
    let parts = match bytes {
        [b'+' | b'-', _, _] => [two(bytes, 1), Some(0)],
        [b'+' | b'-', _, _, b':', _, _] => [two(bytes, 1), two(bytes, 4)],
        _ => [None; 2],
    };
    let [Some(hours), Some(minutes)] = parts else {
        return Err(refuse(
            "a time of day may only be followed by Z or an offset such as +02:00",
            whole,
        ));
    };
    if minutes > 59 {
        return Err(refuse(
            format!("an offset has at most 59 minutes, not {minutes}"),
            whole,
        ));
    }
    let total = hours * 60 + minutes;
    if total > MOST_OFFSET {
        return Err(refuse(
            "no place is more than 14 hours away from UTC",
            whole,
        ));
    }
    let negative = bytes.first() == Some(&b'-');
    if negative && total == 0 {
        return Err(refuse(
            "UTC is written Z or +00:00, never with a minus sign",
            whole,
        ));
    }
    // At most 840.
    let total = total as i16;
    Ok(Some(if negative { -total } else { total }))
}

fn two(bytes: &[u8], at: usize) -> Option<u32> {
    match (bytes.get(at)?, bytes.get(at + 1)?) {
        (&tens @ b'0'..=b'9', &ones @ b'0'..=b'9') => {
            Some(u32::from(tens - b'0') * 10 + u32::from(ones - b'0'))
        }
        _ => None,
    }
}
