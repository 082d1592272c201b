//! `ics`: the events of an iCalendar file (RFC 5545).

mod calendar;
mod event;
mod lines;
mod made;
mod moment;
mod rule;
mod series;
#[cfg(test)]
mod tests;
mod versions;
mod zone;

use std::cell::Cell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

use foldhash::fast::RandomState;

use super::options::{ENCODING, FROM, Opt, Options, UNTIL};
use super::{Builder, Import, Importer};
use annals_source::{At, Limits, Source, SourceError, bytes, each_input, ends_in};
use annals_time::Day;

use event::{Component, End, Span};
use moment::{Moment, Stamp};
use rule::MOST_TIMES;
use series::{Replacing, Series, Time};
use versions::Fate;
use zone::Zones;

static OPTIONS: &[&Opt] = &[&FROM, &UNTIL, &ENCODING];

/// A calendar.
pub(super) static FORMAT: Importer = Importer {
    name: "ics",
    title: "events of an iCalendar calendar",
    extensions: &["ics", "ical"],
    loses: "To-dos, journals, alarms and busy times are left out and counted. An event whose rule cannot be read, or recurs by the hour, is kept once and its rule counted. Of several versions of an event only the latest is kept; the others are counted.",
    notes: "Events that recur without an end need `--until`. A time in another time zone keeps its day and hour as written; Annals does not convert it to UTC, since time zone rules change after a calendar is written. To tell which times `EXDATE`, `UNTIL` and `RECURRENCE-ID` mean, moments of different zones are compared as instants: by the `VTIMEZONE` of the calendar, or else by the IANA time zone database. All files that are imported together count as one calendar.",
    options: OPTIONS,
    work: Import {
        maps: &[
            (
                "`VCALENDAR`",
                "a document of kind `calendar`, the evidence of each event",
            ),
            (
                "`VEVENT`",
                "an event; `SUMMARY` is its label, `DESCRIPTION` its note",
            ),
            (
                "`DTSTART`, `DTEND`, `DURATION`",
                "`when`: a day, a range of days, or the moment at which it begins; its end is then in `x_end`. Over several days, the moment at which it begins is in `x_start`",
            ),
            (
                "`TZID`",
                "the moment in local time, without an offset; the zone is in `x_tzid`, a different one of the end in `x_end_tzid`",
            ),
            (
                "`X-WR-TIMEZONE`",
                "the zone of times that name none; times in UTC are given in it, and counted",
            ),
            (
                "`RRULE`, `RDATE`, `EXRULE`, `EXDATE`",
                "one event per occurrence, within `--from` and `--until`",
            ),
            (
                "`RECURRENCE-ID`",
                "an event in place of that occurrence; with `RANGE=THISANDFUTURE` also of all later ones, which are moved as far",
            ),
            (
                "`UID`, `SEQUENCE`, `DTSTAMP`",
                "the same `UID` and `RECURRENCE-ID` is the same event: the highest `SEQUENCE` is kept, or else the latest `DTSTAMP`",
            ),
            (
                "`STATUS`",
                "`TENTATIVE` is `anticipated`, `CANCELLED` is `cancelled`, as is all in a calendar of `METHOD:CANCEL`; a planned event has not necessarily occurred",
            ),
            ("`LOCATION`, `GEO`", "a place"),
            (
                "`ORGANIZER`, `ATTENDEE`",
                "actors that take part as `organizer`, `attendee`, or `invited` if they have not accepted; those who declined do not take part",
            ),
            (
                "`CATEGORIES`",
                "tags; in a calendar that Annals has exported, the kind",
            ),
            ("`CREATED`", "`recorded`"),
            ("`UID`, `URL`", "`x_uid`, `x_url`"),
            ("`X-ANNALS-EDTF`", "`when`, as it was before the export"),
        ],
        suggest: None,
        read: import,
    },
};

fn import(sources: &[Source], options: &Options, out: &mut Builder<'_>) -> Result<(), SourceError> {
    let mut import = CalendarImport {
        from: options.day(&FROM)?,
        until: options.day(&UNTIL)?,
        budget: MOST_DAYS,
        zone_budget: Rc::new(Cell::new(MOST_DAYS_OF_ZONES)),
        calendars: Vec::new(),
        cancelling: HashSet::default(),
        documents: Vec::new(),
        out,
    };
    // An event and what replaces it may stand in several files, so that all are read first.
    let mut events = Vec::new();
    for source in sources {
        each_input(source, &Limits::default(), is_calendar, &mut |input| {
            let at = input.at();
            let own_name = input.own_name.clone();
            let whole = lines::with_whole_characters(input.bytes()?);
            let decoded = bytes::decode(&whole, &at, options.get(&ENCODING))?;
            let text = import.out.taken(decoded, &at)?;
            events.extend(import.read(&text, &at, &own_name)?);
            Ok(())
        })?;
    }
    let calendars = std::mem::take(&mut import.calendars);
    import.write(&events, &calendars)
}

/// How many days rules may look at in one import.
const MOST_DAYS: u64 = 20_000_000;
/// The same of the rules of time zones.
const MOST_DAYS_OF_ZONES: u64 = 10_000_000;

fn is_calendar(name: &str) -> bool {
    ends_in(name, FORMAT.extensions)
}

struct CalendarImport<'i, 'o> {
    from: Option<Day>,
    until: Option<Day>,
    budget: u64,
    /// The same of the rules of time zones.
    zone_budget: Rc<Cell<u64>>,
    /// The time zones of each calendar.
    calendars: Vec<Zones>,
    /// The calendars that take back the events in them (RFC 5546, 3.2.5).
    cancelling: HashSet<usize, RandomState>,
    /// The ids of the files' documents.
    documents: Vec<String>,
    out: &'i mut Builder<'o>,
}

/// Events that replace times of series, by the `UID` of the series.
type Replacements<'c> = HashMap<&'c str, Vec<Replacing<'c>>, RandomState>;

/// An event that is kept.
struct Entry<'c> {
    event: &'c Component,
    span: Span,
    /// Empty where it has none.
    uid: String,
    /// The time of a series that it replaces.
    replaces: Option<Stamp>,
}

impl CalendarImport<'_, '_> {
    /// The records of all events.
    fn write(&mut self, events: &[Component], calendars: &[Zones]) -> Result<(), SourceError> {
        let entries = self.entries(events, calendars)?;
        let mut replacing: Replacements<'_> = HashMap::default();
        let mut series: HashSet<&str, RandomState> = HashSet::default();
        for (nth, one) in entries.iter().enumerate() {
            if let Some(replaced) = &one.replaces {
                replacing.entry(&one.uid).or_default().push(Replacing {
                    nth,
                    event: one.event,
                    span: &one.span,
                    replaced,
                    and_all_later: one.event.and_all_later(),
                });
            } else if !one.uid.is_empty() {
                series.insert(&one.uid);
            }
        }
        let by = |one: &Entry<'_>| replacing.get(&*one.uid).map_or(&[][..], |by| by);
        // What replaced a time of an older version of a series is as old as that.
        let mut outdated: HashSet<usize, RandomState> = HashSet::default();
        for one in entries.iter().filter(|one| one.replaces.is_none()) {
            let is_older = |other: &&Replacing<'_>| is_older(other.event, one.event);
            if by(one).iter().any(|other| is_older(&other)) {
                let zones = &calendars[one.event.calendar];
                let times = self.times(&mut Series::new(one.event, &one.span, zones), by(one))?;
                let lost = times.unplaced.iter().map(|nth| &by(one)[*nth]);
                outdated.extend(lost.filter(is_older).map(|other| other.nth));
            }
        }
        for (nth, one) in entries.iter().enumerate() {
            let zones = &calendars[one.event.calendar];
            if outdated.contains(&nth) {
                let why = "a time (RECURRENCE-ID) that a later version of its series has not";
                self.out.left_out(&one.event.at, &one.event.label(), why)?;
            } else if one.replaces.is_some() {
                self.replacement(one.event, &one.span, !series.contains(&*one.uid))?;
            } else {
                self.series(one.event, &one.span, by(one), zones)?;
            }
        }
        Ok(())
    }

    /// The events that are kept, with when they are.
    fn entries<'c>(
        &mut self,
        events: &'c [Component],
        calendars: &[Zones],
    ) -> Result<Vec<Entry<'c>>, SourceError> {
        let fates = versions::fates(events, calendars);
        let mut entries = Vec::new();
        for (event, fate) in events.iter().zip(fates) {
            self.out.came("event");
            let label = event.label();
            match fate {
                Fate::Kept => {}
                Fate::LeftOut(why) => {
                    self.out.left_out(&event.at, &label, why)?;
                    continue;
                }
                Fate::Beside => {
                    let how = "an event with the UID of another, kept beside it";
                    self.out.changed(&event.at, &label, how)?;
                }
            }
            let zones = &calendars[event.calendar];
            let Some(span) = event.span(zones) else {
                let why = "without a readable date";
                self.out.left_out(&event.at, &label, why)?;
                continue;
            };
            self.remarks_of_span(event, &span)?;
            entries.push(Entry {
                event,
                span,
                uid: event.uid().unwrap_or_default(),
                replaces: event.replaces(zones),
            });
        }
        Ok(entries)
    }

    /// What of the times of an event cannot be kept as it is.
    fn remarks_of_span(&mut self, event: &Component, span: &Span) -> Result<(), SourceError> {
        if let Some((line, why)) = span.fault {
            let at = event.at_line(line);
            self.out.left_out(&at, &event.label(), why)?;
        }
        let start = event.line("DTSTART");
        let is_utc = start.is_some_and(|line| line.value.trim().ends_with(['Z', 'z']));
        if is_utc && !span.start.zone.is_utc() && !span.start.moment.is_whole_day() {
            let how = "a time in UTC, given in the time zone of the calendar";
            self.out.changed(&event.at, &event.label(), how)?;
        }
        Ok(())
    }

    /// An event that stands for one time of a series.
    fn replacement(
        &mut self,
        event: &Component,
        span: &Span,
        alone: bool,
    ) -> Result<(), SourceError> {
        let label = event.label();
        for line in event.all("RRULE") {
            let at = event.at_line(line.number);
            let why = "a recurrence rule of one time of a series";
            self.out.left_out(&at, &label, why)?;
        }
        if alone && event.and_all_later() {
            let why = "later times (THISANDFUTURE) of a series that is not here";
            self.out.left_out(&event.at, &label, why)?;
        }
        if !self.is_within(span.start.moment.day) {
            return self.out.left_out(&event.at, &label, OUTSIDE);
        }
        match span.at(span.start.moment, None) {
            Some(when) => self.one(event, &when, None),
            None => self.out.left_out(&event.at, &label, TOO_FAR),
        }
    }

    /// An event at all its times, but for those that others replace.
    fn series(
        &mut self,
        event: &Component,
        span: &Span,
        by: &[Replacing<'_>],
        zones: &Zones,
    ) -> Result<(), SourceError> {
        let label = event.label();
        let mut series = Series::new(event, span, zones);
        let Times {
            made,
            unplaced,
            recurs,
            excepted,
        } = self.times(&mut series, by)?;
        for remark in series.remarks {
            let at = event.at_line(remark.line);
            if remark.is_followed {
                self.out.changed(&at, &label, remark.what)?;
            } else {
                self.out.left_out(&at, &label, remark.what)?;
            }
        }
        for other in unplaced.into_iter().map(|nth| by[nth].event) {
            if is_older(other, event) {
                continue;
            }
            let how = "a time of a series (RECURRENCE-ID) that the series has not, kept";
            self.out.changed(&other.at, &other.label(), how)?;
        }
        let none = made.is_empty();
        let within: Vec<Time<'_>> = (made.into_iter())
            .filter(|time| !recurs || self.is_within(time.start.day))
            .collect();
        // Where others replace all its times, nothing is left out.
        let all_replaced = none && !by.is_empty();
        if within.is_empty() && !all_replaced {
            let why = if none && excepted { EXCEPTED } else { OUTSIDE };
            return self.out.left_out(&event.at, &label, why);
        }
        let several = recurs || within.len() != 1;
        for time in within {
            let when = match time.follows {
                Some(nth) => by[nth].span.at(time.start, None),
                None => span.at(time.start, time.end.as_ref()),
            };
            match when {
                Some(when) => self.one(time.event, &when, several.then_some(time.start.day))?,
                None => self.out.left_out(&event.at, &label, TOO_FAR)?,
            }
        }
        Ok(())
    }

    /// The times of an event.
    fn times<'c>(
        &mut self,
        series: &mut Series<'c>,
        by: &[Replacing<'c>],
    ) -> Result<Times<'c>, SourceError> {
        let first = series.span.start.moment;
        let mut times: BTreeMap<Moment, Option<End>> = BTreeMap::from([(first, None)]);
        let rules = series.rules("RRULE");
        for (line, rule) in &rules {
            let at = series.event.at_line(*line);
            if rule.is_endless() && self.until.is_none() {
                let question = "until when should this be expanded? It recurs without an end";
                return Err(SourceError::ambiguous(
                    at,
                    question,
                    "give the last day with --until DAY, such as --until 2023-12-31",
                ));
            }
            let last = self.last_day(by);
            let found = series.times_of(*line, rule, last, &mut self.budget);
            let found = found.ok_or_else(|| too_many(at))?;
            times.extend(found.into_iter().map(|time| (time, None)));
        }
        let added = series.added();
        let recurs = !rules.is_empty() || !added.is_empty();
        for (time, end) in added {
            if end.is_some() || !times.contains_key(&time) {
                times.insert(time, end);
            }
        }
        for (line, rule) in series.rules("EXRULE") {
            let last = times
                .last_key_value()
                .map_or(first.day, |(last, _)| last.day);
            let found = series.times_of(line, &rule, last, &mut self.budget);
            let found = found.ok_or_else(|| too_many(series.event.at_line(line)))?;
            // The beginning is given, though it need be none of the rule's.
            for time in found.into_iter().filter(|time| *time != first) {
                times.remove(&time);
            }
        }
        let all = times.len();
        series.except(&mut times);
        let excepted = times.len() < all;
        let (made, mut unplaced) = series.replaced(times, by);
        // Of what lies after the last day that was looked at, nobody knows.
        let last = self.last_day(by);
        unplaced.retain(|nth| by[*nth].replaced.moment.day < last);
        Ok(Times {
            made,
            unplaced,
            recurs,
            excepted,
        })
    }

    /// Up to when rules are followed: what is moved forward from later on is still looked at.
    fn last_day(&self, by: &[Replacing<'_>]) -> Day {
        let moved = by.iter().filter(|one| one.and_all_later).map(|one| {
            let (from, to) = (one.replaced.moment.day, one.span.start.moment.day);
            i64::from(from.number()) - i64::from(to.number()) + 2
        });
        let moved = moved.max().unwrap_or(0).max(0);
        let until = self.until.unwrap_or(Day::MAX);
        until.checked_add_days(moved).unwrap_or(Day::MAX)
    }

    /// Whether a day lies within `--from` and `--until`.
    fn is_within(&self, day: Day) -> bool {
        self.from.is_none_or(|from| day >= from) && self.until.is_none_or(|until| day <= until)
    }
}

/// Whether a time of a series was replaced before the series was changed.
fn is_older(replacing: &Component, series: &Component) -> bool {
    versions::sequence(replacing) < versions::sequence(series)
}

/// The times of an event, and what was seen of them.
struct Times<'c> {
    made: Vec<Time<'c>>,
    /// The replacing events that replace none of them.
    unplaced: Vec<usize>,
    recurs: bool,
    /// Whether some were excepted.
    excepted: bool,
}

const OUTSIDE: &str = "no occurrence within the window";
const EXCEPTED: &str = "all its times are excepted (EXDATE)";
const TOO_FAR: &str = "outside the supported years";

fn too_many(at: At) -> SourceError {
    let message = format!("this recurs more than {MOST_TIMES} times, or over too many years");
    SourceError::limit(at, message).help("give the last day to expand with --until DAY")
}
