//! `ics`: the dated and planned events as an iCalendar file (RFC 5545), for calendars.
//!
//! - An event lies on whole days (`DTSTART;VALUE=DATE`, and a `DTEND` that is the day after its last,
//!   as the standard has it); one with a time of day at that time, in UTC where its distance from UTC
//!   is written. What was written stands in `X-ANNALS-EDTF`.
//! - A month or year is shown whole, and the description says that the event lies somewhere within.
//!   An event without an end is shown on its first day alone, and the description says so.
//! - Status: occurred, ongoing and scheduled events, and those without a status, are `CONFIRMED`,
//!   anticipated and alleged ones `TENTATIVE`, cancelled ones `CANCELLED`. No event takes up time.
//! - `UID` is the id, percent-encoded, and stays from export to export. `DTSTAMP` is no clock's: it
//!   is the day on which the event was recorded, else first published, else 1 January 1970.
//! - Control characters, which the standard forbids, become their signs (`␇`).

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io;

use super::dated::{Dated, dated, left_out};
use super::{Export, Exporter, Options};
use annals_format::escape::{percent_encoded, unturned, web_address};
use annals_graph::View;
use annals_model::{EventId, RecordKind, RecordRef, Status};
use annals_query::Dossier;
use annals_time::{Date, Day};

/// A calendar.
pub(super) static FORMAT: Exporter = Exporter {
    name: "ics",
    title: "dated and planned events as iCalendar, for calendars",
    extensions: &["ics", "ical"],
    loses: "It has only events, not what was said. Events without a first day, outside the years 1 to 9999, or with an end on the last of those days are left out.",
    notes: "",
    options: &[],
    work: Export::stream(write).with_left_out(not_shown),
};

/// Those that have no place in it, counted.
fn not_shown(dossier: &Dossier<'_>, view: &View<'_>, _: &Options) -> Vec<String> {
    let all = dated(dossier, view, &[RecordKind::Event]);
    let count = all.iter().filter(|one| span(one).is_none()).count();
    left_out(count, "no first day within the years 1 to 9999")
}

fn write(
    dossier: &Dossier<'_>,
    view: &View<'_>,
    options: &Options,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let mut calendar = Lines { out };
    calendar.line("BEGIN:VCALENDAR")?;
    calendar.line("VERSION:2.0")?;
    calendar.line("PRODID:-//Annals//annals export//EN")?;
    calendar.line("CALSCALE:GREGORIAN")?;
    if let Some(title) = &options.title {
        calendar.text("X-WR-CALNAME", title)?;
    }
    for one in dated(dossier, view, &[RecordKind::Event]) {
        if let (Some(span), RecordRef::Event(id)) = (span(&one), one.record) {
            event(&mut calendar, dossier, &one, id, &span)?;
        }
    }
    calendar.line("END:VCALENDAR")
}

/// Where an event stands in the calendar, as its properties write it.
struct Span {
    start: String,
    end: Option<String>,
    /// What the calendar cannot show of the date.
    remark: Option<String>,
}

/// `None` where the calendar has no such day.
fn span(one: &Dated<'_>) -> Option<Span> {
    let date = one.given?;
    let first = date
        .first()
        .filter(|day| (1..=9999).contains(&day.ymd().0))?;
    if let Some(moment) = moment(date, first) {
        return Some(Span {
            start: format!("DTSTART:{moment}"),
            end: None,
            remark: None,
        });
    }
    let last = date.last();
    // The end is the day after the last; past 9999 there is none.
    let after = last.and_then(|last| last.checked_add_days(1));
    let after = after.filter(|day| day.ymd().0 <= 9999);
    if last.is_some() && after.is_none() {
        return None;
    }
    let extent = date.extent();
    let lies_within = extent.earliest_start() == extent.earliest_end()
        && extent.latest_start() == extent.latest_end();
    let remark = match last {
        None => Some(format!("The end is unknown: {}.", date.dated())),
        Some(last) if last == first => None,
        Some(_) if lies_within => Some(format!("Some time within: {}.", date.dated())),
        Some(_) => Some(format!(
            "Shown from its first to its last possible day: {}.",
            date.dated()
        )),
    };
    Some(Span {
        start: format!("DTSTART;VALUE=DATE:{}", compact(first)),
        end: after.map(|after| format!("DTEND;VALUE=DATE:{}", compact(after))),
        remark,
    })
}

/// The moment of a date with a time of day: in UTC if its distance from it is known, else as
/// clocks on the spot show it. A leap second is the last second before it.
fn moment(date: &Date, day: Day) -> Option<String> {
    let time = date.time_of_day()?;
    let last_of_day = 86_399;
    let (seconds, zone) = match time.offset() {
        Some(_) => (i64::from(time.utc_seconds()), "Z"),
        None => (i64::from(time.seconds().min(last_of_day)), ""),
    };
    let day = day.checked_add_days(seconds.div_euclid(86_400))?;
    let seconds = seconds.rem_euclid(86_400);
    (1..=9999).contains(&day.ymd().0).then(|| {
        let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
        format!(
            "{}T{hours:02}{minutes:02}{:02}{zone}",
            compact(day),
            seconds % 60
        )
    })
}

fn compact(day: Day) -> String {
    let (year, month, day) = day.ymd();
    format!("{year:04}{month:02}{day:02}")
}

fn event(
    calendar: &mut Lines<'_>,
    dossier: &Dossier<'_>,
    one: &Dated<'_>,
    id: EventId,
    span: &Span,
) -> io::Result<()> {
    let facts = dossier.facts();
    let event = &facts[id];
    let status = match event.status {
        None | Some(Status::Occurred | Status::Ongoing | Status::Scheduled) => "CONFIRMED",
        Some(Status::Anticipated | Status::Alleged) => "TENTATIVE",
        Some(Status::Cancelled) => "CANCELLED",
    };
    calendar.line("BEGIN:VEVENT")?;
    calendar.line(&format!("UID:{}@annals", percent_encoded(facts.id(id))))?;
    calendar.line(&format!("DTSTAMP:{}T000000Z", stamp(dossier, one)))?;
    calendar.line(&span.start)?;
    if let Some(end) = &span.end {
        calendar.line(end)?;
    }
    calendar.text("SUMMARY", facts.label(id))?;
    let description = description(dossier, id, span);
    if !description.is_empty() {
        calendar.text("DESCRIPTION", &description)?;
    }
    if let Some(place) = event.place {
        calendar.text("LOCATION", facts.label(place))?;
        if let (Some(lat), Some(lon)) = (facts[place].lat, facts[place].lon) {
            calendar.line(&format!("GEO:{lat:.6};{lon:.6}"))?;
        }
    }
    if let Some(kind) = event.kind {
        calendar.text("CATEGORIES", facts.name(kind))?;
    }
    let documents = facts.evidence(id).iter().filter_map(|one| one.document);
    let mut urls = documents.filter_map(|document| web_address(facts.str(facts[document].url?)));
    if let Some(url) = urls.next() {
        calendar.line(&format!("URL:{url}"))?;
    }
    calendar.line(&format!("STATUS:{status}"))?;
    calendar.line("TRANSP:TRANSPARENT")?;
    if let Some(date) = one.given {
        calendar.text("X-ANNALS-EDTF", date.written())?;
    }
    calendar.line("END:VEVENT")
}

/// The day on which an event entered the data set, else was first published, else a fixed one.
fn stamp(dossier: &Dossier<'_>, one: &Dated<'_>) -> String {
    let facts = dossier.facts();
    let recorded = facts.more(one.record).and_then(|more| more.recorded);
    let recorded = recorded.map(|date| facts.date(date));
    let day = recorded.or(one.reported).and_then(Date::last);
    let held = day.filter(|day| (1..=9999).contains(&day.ymd().0));
    held.map_or("19700101".to_owned(), compact)
}

/// What the other properties do not say: the status, the date in words, who took part, the quotes.
fn description(dossier: &Dossier<'_>, id: EventId, span: &Span) -> String {
    let facts = dossier.facts();
    let event = &facts[id];
    let mut lines = Vec::new();
    lines.extend(event.status.map(|status| format!("Status: {status}")));
    lines.extend(span.remark.clone());
    let own = event.when.and_then(|date| facts.date(date).display());
    lines.extend(own.map(|own| format!("In the source: {own}")));
    for participant in facts.list(event.participants) {
        let Some(actor) = participant.actor else {
            continue;
        };
        let mut line = facts.label(actor).to_owned();
        if let Some(role) = participant.role {
            // Writing to a String cannot fail.
            let _ = write!(line, " ({})", facts.name(role).replace('_', " "));
        }
        lines.push(line);
    }
    for evidence in facts.evidence(id) {
        let title = evidence.document.map(|document| facts.label(document));
        let quote = evidence
            .quote
            .map(|quote| format!("“{}”", facts.str(quote)));
        let parts: Vec<Cow<'_, str>> = (quote.map(Cow::Owned).into_iter())
            .chain(title.map(Cow::Borrowed))
            .collect();
        lines.extend((!parts.is_empty()).then(|| parts.join(" — ")));
    }
    lines.join("\n")
}

/// Content lines: folded so that none has more than 75 octets, and ended as RFC 5545 (3.1) has it.
struct Lines<'o> {
    out: &'o mut dyn io::Write,
}

impl Lines<'_> {
    /// A property whose value is a text (3.3.11).
    fn text(&mut self, name: &str, text: &str) -> io::Result<()> {
        let mut line = format!("{name}:");
        for c in unturned(text).chars() {
            match c {
                '\\' | ';' | ',' => line.extend(['\\', c]),
                '\n' => line.push_str("\\n"),
                c => line.push(c),
            }
        }
        self.line(&line)
    }

    fn line(&mut self, line: &str) -> io::Result<()> {
        const MOST: usize = 75;
        let mut rest = line;
        let mut room = MOST;
        while rest.len() > room {
            let mut end = room;
            while !rest.is_char_boundary(end) {
                end -= 1;
            }
            self.out.write_all(&rest.as_bytes()[..end])?;
            self.out.write_all(b"\r\n ")?;
            rest = &rest[end..];
            // The space that continues a line counts.
            room = MOST - 1;
        }
        self.out.write_all(rest.as_bytes())?;
        self.out.write_all(b"\r\n")
    }
}
