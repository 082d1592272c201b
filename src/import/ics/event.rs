//! One event of a calendar: its properties, and when it is.

use super::lines::Line;
use super::moment::{DAY, Length, Moment, Stamp};
use super::zone::Zones;
use crate::dates::Dated;
use annals_source::At;
use annals_time::Day;

/// An event, its properties not yet read.
#[derive(Debug)]
pub(super) struct Component {
    pub(super) at: At,
    /// How many components were open when it began, itself included.
    pub(super) depth: usize,
    pub(super) lines: Vec<Line>,
    /// The number of its document.
    pub(super) document: usize,
    /// The number of the calendar whose time zones it names.
    pub(super) calendar: usize,
}

/// When an event is: its first time, from which its other times follow.
#[derive(Debug, Clone)]
pub(super) struct Span {
    pub(super) start: Stamp,
    zone_name: Option<String>,
    end: Option<End>,
    /// The zone of the end, where another one is named.
    end_zone_name: Option<String>,
    /// What of its end cannot be kept, and the line.
    pub(super) fault: Option<(usize, &'static str)>,
}

/// How an event ends.
#[derive(Debug, Clone)]
pub(super) enum End {
    /// At the first moment, or on the first day, that is no longer part of it.
    At(Stamp),
    /// After so long.
    After(Length),
}

/// When an event is at one of its times.
#[derive(Debug)]
pub(super) struct When {
    pub(super) date: Dated,
    /// The moments of its beginning and end, where the date has them not.
    pub(super) start: Option<String>,
    pub(super) end: Option<String>,
    pub(super) zone: Option<String>,
    pub(super) end_zone: Option<String>,
}

impl Component {
    /// The first property of this name.
    pub(super) fn line(&self, name: &str) -> Option<&Line> {
        self.lines.iter().find(|line| line.name == name)
    }

    /// All properties of this name.
    pub(super) fn all<'c>(&'c self, name: &'c str) -> impl Iterator<Item = &'c Line> {
        self.lines.iter().filter(move |line| line.name == name)
    }

    /// Its value as a text.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.line(name).map(Line::text)
    }

    /// What it is called in reports.
    pub(super) fn label(&self) -> String {
        self.text("SUMMARY").unwrap_or_default()
    }

    /// What names it and its other versions and times; nothing of an event without one.
    pub(super) fn uid(&self) -> Option<String> {
        let uid = self.text("UID")?.trim().to_owned();
        (!uid.is_empty()).then_some(uid)
    }

    pub(super) fn at_line(&self, line: usize) -> At {
        At::line(&self.at.file, line)
    }

    /// Of an event that is one time of a series: the time that it would have been.
    pub(super) fn replaces(&self, zones: &Zones) -> Option<Stamp> {
        self.uid()?;
        Stamp::of(self.line("RECURRENCE-ID")?, zones)
    }

    /// … and whether all later times go with it.
    pub(super) fn and_all_later(&self) -> bool {
        let range = self.line("RECURRENCE-ID");
        let range = range.and_then(|line| line.parameter("RANGE"));
        range.is_some_and(|range| range.trim().eq_ignore_ascii_case("THISANDFUTURE"))
    }

    /// When it is; `None` without a beginning that can be read.
    pub(super) fn span(&self, zones: &Zones) -> Option<Span> {
        let line = self.line("DTSTART")?;
        let start = Stamp::of(line, zones)?;
        let named = |line: &Line| {
            let name = line.parameter("TZID").map(str::trim);
            name.filter(|name| !name.is_empty()).map(str::to_owned)
        };
        let mut zone_name = named(line);
        if zone_name.is_none() && !start.moment.is_whole_day() && !start.zone.is_utc() {
            zone_name = zones.own_name().map(str::to_owned);
        }
        let mut span = Span {
            start,
            zone_name,
            end: None,
            end_zone_name: None,
            fault: None,
        };
        if let Some(line) = self.line("DTEND") {
            let end = Stamp::of(line, zones);
            let unread = (line.number, "an end that cannot be read");
            match end {
                None => span.fault = Some(unread),
                Some(end) if span.is_before_start(&end) => {
                    span.fault = Some((line.number, "an end before its beginning"));
                }
                Some(end) => {
                    span.end_zone_name =
                        named(line).filter(|name| span.zone_name.as_ref() != Some(name));
                    span.end = Some(End::At(end));
                }
            }
        } else if let Some(line) = self.line("DURATION") {
            match Length::of(&line.value) {
                None => span.fault = Some((line.number, "a duration that cannot be read")),
                Some(length) => span.end = Some(End::After(length)),
            }
        }
        Some(span)
    }
}

impl Span {
    fn is_before_start(&self, end: &Stamp) -> bool {
        let (start, end_is_day) = (&self.start, end.moment.is_whole_day());
        if end_is_day || start.moment.is_whole_day() {
            return end.moment.day < start.moment.day;
        }
        match (start.instant(), end.instant()) {
            (Some(start), Some(end)) => end < start,
            _ if start.zone.is_same(&end.zone) => end.moment < start.moment,
            // Of a flight between zones that are not known, nobody can say.
            _ => false,
        }
    }

    /// When it is at one of its times, which may have an end of its own.
    pub(super) fn at(&self, start: Moment, own_end: Option<&End>) -> Option<When> {
        let start = Stamp {
            moment: start,
            zone: self.start.zone.clone(),
        };
        let is_alike = start.moment.is_whole_day() == self.start.moment.is_whole_day();
        let end = match own_end {
            Some(End::At(end)) => Some(end.clone()),
            Some(End::After(length)) => Some(start.after(*length)?),
            None => match self.end.as_ref().filter(|_| is_alike) {
                None => None,
                Some(End::After(length)) => Some(start.after(*length)?),
                Some(End::At(end)) => Some(self.end_at(&start, end)?),
            },
        };
        let first = start.moment.day;
        let last = match &end {
            Some(end) => last_day(&start, end)?,
            None => first,
        };
        let (mut begins, mut ends) = (None, None);
        let text = if last > first {
            if !start.moment.is_whole_day() {
                begins = Some(start.written());
            }
            format!("{first}/{last}")
        } else {
            start.written()
        };
        if let Some(end) = &end {
            // The last day of whole days says when they end.
            let says_more = !start.moment.is_whole_day() || !end.moment.is_midnight();
            let is_moment = !end.moment.is_whole_day();
            ends = (is_moment && says_more).then(|| end.written());
        }
        Some(When {
            date: Dated::edtf_of(&text).ok()?,
            start: begins,
            end_zone: self.end_zone_name.clone().filter(|_| ends.is_some()),
            end: ends,
            zone: self.zone_name.clone(),
        })
    }

    /// The end of another of its times: so much later as the first end is after the first start.
    fn end_at(&self, start: &Stamp, end: &Stamp) -> Option<Stamp> {
        let mut end = end.clone();
        if end.moment.is_whole_day() && !start.moment.is_whole_day() {
            end = Stamp {
                moment: Moment {
                    time: Some(0),
                    ..end.moment
                },
                zone: start.zone.clone(),
            };
        }
        if start.moment == self.start.moment {
            return Some(end);
        }
        // An end as a moment means that each time lasts exactly as long (3.8.5.3).
        let length = end.instant().zip(self.start.instant());
        let length = length.filter(|_| !start.moment.is_whole_day());
        if let (Some((end_instant, first)), Some(now)) = (length, start.instant()) {
            let moment = end.zone.local(now + (end_instant - first))?;
            return Some(Stamp { moment, ..end });
        }
        let shift = start.moment.seconds() - self.start.moment.seconds();
        Some(Stamp {
            moment: end.moment.later(shift)?,
            zone: end.zone,
        })
    }
}

/// The last day that is part of it, on the clocks that show its start.
fn last_day(start: &Stamp, end: &Stamp) -> Option<Day> {
    let local = end.moved_to(&start.zone).unwrap_or(end.moment);
    if local.seconds() <= start.moment.seconds() {
        return Some(start.moment.day);
    }
    Day::from_number((local.seconds() - 1).div_euclid(DAY))
}

#[cfg(test)]
mod tests {
    use super::super::lines::lines;
    use super::*;

    /// `when`, `x_start`, `x_end` of an event in Berlin.
    fn when(start: &str, end: &str) -> String {
        let mut zones = Zones::default();
        zones.set_own("Europe/Berlin");
        let component = Component {
            at: At::line(&"a.ics".into(), 1),
            depth: 1,
            lines: lines(&format!("{start}\n{end}\n")).0,
            document: 0,
            calendar: 0,
        };
        let span = component.span(&zones).unwrap();
        let when = span.at(span.start.moment, None).unwrap();
        let parts = [Some(when.date.edtf().to_owned()), when.start, when.end];
        let fault = span.fault.map(|(_, fault)| fault.to_owned());
        parts
            .into_iter()
            .chain([fault])
            .flatten()
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn an_event_ends_as_its_calendar_says() {
        for (start, end, wanted) in [
            ("DTSTART;VALUE=DATE:20230501", "", "2023-05-01"),
            (
                "DTSTART;VALUE=DATE:20230501",
                "DTEND;VALUE=DATE:20230501",
                "2023-05-01",
            ),
            (
                "DTSTART;VALUE=DATE:20230501",
                "DTEND;VALUE=DATE:20230502",
                "2023-05-01",
            ),
            (
                "DTSTART;VALUE=DATE:20230501",
                "DTEND;VALUE=DATE:20230504",
                "2023-05-01/2023-05-03",
            ),
            ("DTSTART;VALUE=DATE:20230501", "DURATION:P1D", "2023-05-01"),
            (
                "DTSTART;VALUE=DATE:20230501",
                "DURATION:P1W",
                "2023-05-01/2023-05-07",
            ),
            (
                "DTSTART;VALUE=DATE:20230501",
                "DURATION:PT36H",
                "2023-05-01/2023-05-02 2023-05-02T12:00:00",
            ),
            (
                "DTSTART:20230501T200000",
                "DURATION:PT90M",
                "2023-05-01T20:00:00 2023-05-01T21:30:00",
            ),
            (
                "DTSTART:20230501T200000",
                "DTEND:20230502T000000",
                "2023-05-01T20:00:00 2023-05-02T00:00:00",
            ),
            (
                "DTSTART:20230501T200000",
                "DTEND:20230502T020000",
                "2023-05-01/2023-05-02 2023-05-01T20:00:00 2023-05-02T02:00:00",
            ),
            (
                "DTSTART:20230501T200000",
                "DTEND:20230503T000000",
                "2023-05-01/2023-05-02 2023-05-01T20:00:00 2023-05-03T00:00:00",
            ),
            (
                "DTSTART:20230501T200000",
                "DTEND:20230501T200000",
                "2023-05-01T20:00:00 2023-05-01T20:00:00",
            ),
            (
                "DTSTART:20230501T200000",
                "DTEND;VALUE=DATE:20230502",
                "2023-05-01T20:00:00 2023-05-02T00:00:00",
            ),
            // Clocks were set forward in the night: a day is a day, and 24 hours are 24 hours.
            (
                "DTSTART:20230325T120000",
                "DURATION:P1D",
                "2023-03-25/2023-03-26 2023-03-25T12:00:00 2023-03-26T12:00:00",
            ),
            (
                "DTSTART:20230325T120000",
                "DURATION:PT24H",
                "2023-03-25/2023-03-26 2023-03-25T12:00:00 2023-03-26T13:00:00",
            ),
            (
                "DTSTART:20230501T200000",
                "DTEND:20230430T200000",
                "2023-05-01T20:00:00 an end before its beginning",
            ),
            (
                "DTSTART:20230501T200000",
                "DURATION:-PT2H",
                "2023-05-01T20:00:00 a duration that cannot be read",
            ),
            (
                "DTSTART:20230501T200000",
                "DTEND:soon",
                "2023-05-01T20:00:00 an end that cannot be read",
            ),
        ] {
            assert_eq!(when(start, end), wanted, "{start} {end}");
        }
    }
}
