//! One event of a calendar: its properties, and when it is.

use super::day_of;
use super::lines::Line;
use crate::dates::Dated;
use annals_source::At;
use annals_time::{Day, Duration};

/// An event, its properties not yet read.
#[derive(Debug)]
pub(super) struct Component<'l> {
    pub(super) at: At,
    /// How many components were open when it began, itself included.
    pub(super) depth: usize,
    pub(super) lines: Vec<&'l Line>,
}

/// When an event is, for each of its times alike.
#[derive(Debug)]
pub(super) struct Span {
    pub(super) first: Day,
    /// The last day.
    last: Day,
    /// The time of day at which it begins and ends, as dates write it: `10:00:00Z`.
    begins: Option<String>,
    ends: Option<String>,
    zone: Option<String>,
}

/// When an event is at one of its times.
#[derive(Debug)]
pub(super) struct When {
    pub(super) date: Dated,
    pub(super) end: Option<String>,
    pub(super) zone: Option<String>,
}

impl Component<'_> {
    pub(super) fn new(at: At, depth: usize) -> Self {
        Component {
            at,
            depth,
            lines: Vec::new(),
        }
    }

    /// The first property of this name.
    pub(super) fn line(&self, name: &str) -> Option<&Line> {
        self.lines.iter().copied().find(|line| line.name == name)
    }

    /// Its value as a text.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.line(name).map(Line::text)
    }

    /// Of an event that is one time of a series, moved: the series, and the day it would have been.
    pub(super) fn moved(&self) -> Option<(String, Day)> {
        let day = day_of(&self.line("RECURRENCE-ID")?.value)?;
        Some((self.text("UID")?, day))
    }

    /// When it is; `None` without a beginning that can be read.
    pub(super) fn span(&self) -> Option<Span> {
        let start = self.line("DTSTART")?;
        let first = day_of(&start.value)?;
        let begins = time_of(&start.value);
        let (mut last, mut ends) = (first, None);
        if let Some(end) = self.line("DTEND") {
            let day = day_of(&end.value).filter(|day| *day >= first)?;
            ends = time_of(&end.value);
            // The end is the first day, or moment, that is no longer part of it.
            let excluded = match &ends {
                None => day > first,
                Some(time) => time.starts_with("00:00:00") && day > first,
            };
            last = if excluded {
                day.checked_add_days(-1)?
            } else {
                day
            };
        } else if let Some(length) = self.line("DURATION") {
            let days = days_of(&length.value)?;
            let whole = if begins.is_none() {
                (days - 1).max(0)
            } else {
                days
            };
            last = first.checked_add_days(whole)?;
        }
        Some(Span {
            first,
            last,
            begins,
            ends,
            zone: start.parameter("TZID").map(str::to_owned),
        })
    }
}

impl Span {
    /// The same so many days later.
    pub(super) fn shifted(&self, days: i64) -> Option<When> {
        let (first, last) = (
            self.first.checked_add_days(days)?,
            self.last.checked_add_days(days)?,
        );
        let end = self.ends.as_ref().map(|ends| format!("{last}T{ends}"));
        let text = match &self.begins {
            _ if last > first => format!("{first}/{last}"),
            Some(begins) => format!("{first}T{begins}"),
            None => first.to_string(),
        };
        Some(When {
            date: Dated::edtf_of(&text).ok()?,
            end: end.filter(|_| self.begins.is_some()),
            zone: self.zone.clone(),
        })
    }
}

/// The time of a moment as dates write it: `10:00:00`, `10:00:00Z`.
fn time_of(text: &str) -> Option<String> {
    let (_, time) = text.trim().split_once('T')?;
    let zone = if time.ends_with(['Z', 'z']) { "Z" } else { "" };
    let digits = time
        .get(..6)
        .filter(|head| head.bytes().all(|b| b.is_ascii_digit()))?;
    let second = if &digits[4..6] == "60" {
        "59"
    } else {
        &digits[4..6]
    };
    Some(format!("{}:{}:{second}{zone}", &digits[..2], &digits[2..4]))
}

/// The whole days of a duration: `P2D`, `PT36H`. Months and years are none (3.3.6).
fn days_of(text: &str) -> Option<i64> {
    let duration = Duration::parse(text.trim().trim_start_matches('+')).ok()?;
    (duration.months() == 0).then(|| (duration.days() + duration.seconds() / 86_400) as i64)
}
