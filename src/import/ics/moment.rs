//! Dates and moments as properties give them (RFC 5545, 3.3.4 and 3.3.5), and lengths of time (3.3.6).

use super::lines::Line;
use super::zone::{Zone, Zones};
use annals_time::{Day, Duration, DurationUnit};

/// The seconds of a day.
pub(super) const DAY: i64 = 86_400;

/// A day, or a moment as clocks on the spot show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Moment {
    pub(super) day: Day,
    /// Seconds since midnight; none of a whole day.
    pub(super) time: Option<u32>,
}

/// A moment and the time zone whose clocks show it.
#[derive(Debug, Clone)]
pub(super) struct Stamp {
    pub(super) moment: Moment,
    pub(super) zone: Zone,
}

impl Moment {
    /// `20230420`, `20230420T100000Z`, with or without the marks of ISO 8601 that the standard leaves
    /// out; whether it is in UTC.
    pub(super) fn of(text: &str) -> Option<(Moment, bool)> {
        let text = text.trim();
        let (date, time) = match text.split_once(['T', 't', ' ']) {
            Some((date, time)) => (date, Some(time)),
            None => (text, None),
        };
        let [year, month, date] = numbers(date, '-', [4, 2, 2])?;
        let day = Day::from_ymd(year as i32, month, date)?;
        let Some(time) = time else {
            return Some((Moment { day, time: None }, false));
        };
        let (time, utc) = match time.strip_suffix(['Z', 'z']) {
            Some(time) => (time, true),
            None => (time, false),
        };
        let parts = numbers(time, ':', [2, 2, 2]);
        let [hour, minute, second] = parts.or_else(|| {
            let [hour, minute] = numbers(time, ':', [2, 2])?;
            Some([hour, minute, 0])
        })?;
        if (hour, minute, second) == (24, 0, 0) {
            let day = day.checked_add_days(1)?;
            return Some((Moment { day, time: Some(0) }, utc));
        }
        if hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        // A leap second is the last second before it (3.3.12).
        let time = hour * 3600 + minute * 60 + second.min(59);
        let time = Some(time);
        Some((Moment { day, time }, utc))
    }

    /// Seconds since 1970 on the clocks that show it; a day begins at midnight.
    pub(super) fn seconds(self) -> i64 {
        i64::from(self.day.number()) * DAY + i64::from(self.time.unwrap_or(0))
    }

    pub(super) fn of_seconds(seconds: i64) -> Option<Moment> {
        Some(Moment {
            day: Day::from_number(seconds.div_euclid(DAY))?,
            time: u32::try_from(seconds.rem_euclid(DAY)).ok(),
        })
    }

    /// So many seconds later; of a whole day, so many days.
    pub(super) fn later(self, seconds: i64) -> Option<Moment> {
        let moved = Moment::of_seconds(self.seconds().checked_add(seconds)?)?;
        Some(Moment {
            time: self.time.and(moved.time),
            ..moved
        })
    }

    pub(super) fn is_whole_day(self) -> bool {
        self.time.is_none()
    }

    pub(super) fn is_midnight(self) -> bool {
        self.time == Some(0)
    }

    /// As dates write it, without a zone: `2023-04-20`, `2023-04-20T10:00:00`.
    pub(super) fn written(self) -> String {
        match self.time {
            None => self.day.to_string(),
            Some(time) => format!(
                "{}T{:02}:{:02}:{:02}",
                self.day,
                time / 3600,
                time / 60 % 60,
                time % 60
            ),
        }
    }
}

impl Stamp {
    /// The first value of a property.
    pub(super) fn of(line: &Line, zones: &Zones) -> Option<Stamp> {
        Stamp::of_value(line, &line.value, zones)
    }

    /// One of the values of a property.
    pub(super) fn of_value(line: &Line, value: &str, zones: &Zones) -> Option<Stamp> {
        let (mut moment, utc) = Moment::of(value)?;
        let is_date = line
            .parameter("VALUE")
            .is_some_and(|value| value.eq_ignore_ascii_case("DATE"));
        if is_date {
            moment.time = None;
        }
        let zone = match line
            .parameter("TZID")
            .filter(|zone| !zone.trim().is_empty())
        {
            _ if moment.is_whole_day() => zones.own(),
            _ if utc => return Some(zones.in_own(moment)),
            Some(name) => zones.named(name),
            None => zones.own(),
        };
        Some(Stamp { moment, zone })
    }

    /// Seconds since 1970 in UTC, where the zone is known.
    pub(super) fn instant(&self) -> Option<i64> {
        self.zone.instant(self.moment)
    }

    /// As dates write it: with a `Z` in UTC.
    pub(super) fn written(&self) -> String {
        let mark = if self.zone.is_utc() && !self.moment.is_whole_day() {
            "Z"
        } else {
            ""
        };
        format!("{}{mark}", self.moment.written())
    }

    /// The moment so much later. Of a day, where a length of hours ends on the clocks.
    pub(super) fn after(&self, length: Length) -> Option<Stamp> {
        let begin = Moment {
            time: Some(self.moment.time.unwrap_or(0)),
            ..self.moment
        };
        let moment = begin.later(length.days.checked_mul(DAY)?)?;
        let instant = self.zone.instant(moment).filter(|_| length.seconds > 0);
        let exact = instant.filter(|_| !self.moment.is_whole_day());
        let moment = match exact {
            Some(instant) => self.zone.local(instant.checked_add(length.seconds)?)?,
            None => moment.later(length.seconds)?,
        };
        Some(Stamp {
            moment,
            zone: self.zone.clone(),
        })
    }

    /// The same moment on the clocks of another zone; as it is where one of them is unknown.
    pub(super) fn moved_to(&self, zone: &Zone) -> Option<Moment> {
        if self.moment.is_whole_day() || self.zone.is_same(zone) {
            return Some(self.moment);
        }
        zone.local(self.instant()?)
    }
}

/// A length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Length {
    /// Days as calendars count them.
    pub(super) days: i64,
    /// Seconds as clocks count them.
    pub(super) seconds: i64,
}

impl Length {
    /// `P2D`, `PT36H`, `P1W`; months and years are none (3.3.6), and nothing lasts less than nothing.
    pub(super) fn of(text: &str) -> Option<Length> {
        let text = text.trim().to_ascii_uppercase();
        let duration = Duration::parse(text.strip_prefix('+').unwrap_or(&text)).ok()?;
        let part = |unit| i64::from(duration.part(unit));
        let months = part(DurationUnit::Years) + part(DurationUnit::Months);
        (months == 0).then(|| Length {
            days: 7 * part(DurationUnit::Weeks) + part(DurationUnit::Days),
            seconds: 3600 * part(DurationUnit::Hours)
                + 60 * part(DurationUnit::Minutes)
                + part(DurationUnit::Seconds),
        })
    }
}

/// Numbers of so many digits each, with or without a mark between.
fn numbers<const N: usize>(text: &str, mark: char, digits: [usize; N]) -> Option<[u32; N]> {
    let mut rest = text;
    let mut found = [0; N];
    for (nth, (number, digits)) in found.iter_mut().zip(digits).enumerate() {
        if nth > 0 {
            rest = rest.strip_prefix(mark).unwrap_or(rest);
        }
        let head = rest.get(..digits)?;
        if !head.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        *number = head.parse().ok()?;
        rest = &rest[digits..];
    }
    // Fractions of a second are none of the standard's, and no date has them.
    let rest = match rest.strip_prefix(['.', ',']) {
        Some(fraction) if mark == ':' && fraction.bytes().all(|b| b.is_ascii_digit()) => "",
        _ => rest,
    };
    rest.is_empty().then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_as_they_are_written() {
        let read = |text: &str| {
            let (moment, utc) = Moment::of(text)?;
            Some(format!(
                "{}{}",
                moment.written(),
                if utc { "Z" } else { "" }
            ))
        };
        for (text, wanted) in [
            ("20230420", Some("2023-04-20")),
            ("20230420T100000", Some("2023-04-20T10:00:00")),
            ("20230420T100000Z", Some("2023-04-20T10:00:00Z")),
            ("2023-04-20T10:00:00Z", Some("2023-04-20T10:00:00Z")),
            ("20230420T1000", Some("2023-04-20T10:00:00")),
            ("20230420T240000", Some("2023-04-21T00:00:00")),
            ("20230420T235960Z", Some("2023-04-20T23:59:59Z")),
            ("20230230", None),
            ("20230420T256000", None),
            ("20230420T", None),
            ("2023042", None),
            ("", None),
        ] {
            assert_eq!(read(text).as_deref(), wanted, "{text}");
        }
    }

    #[test]
    fn lengths_are_days_and_seconds() {
        let read = |text: &str| Length::of(text).map(|one| (one.days, one.seconds));
        assert_eq!(read("P1W"), Some((7, 0)));
        assert_eq!(read("+P1DT2H"), Some((1, 7200)));
        assert_eq!(read("PT90M"), Some((0, 5400)));
        for none in ["P1M", "-PT2H", "PT", "2H", ""] {
            assert_eq!(read(none), None, "{none}");
        }
    }
}
