//! `ics`: the events of an iCalendar file (RFC 5545).

mod event;
mod lines;
mod made;
mod rule;

use super::options::{ENCODING, FROM, Opt, Options, UNTIL};
use super::{Builder, Import, Importer, Record};
use annals_model::RecordKind;
use annals_source::{At, Limits, Source, SourceError, each_input, ends_in};
use annals_time::Day;

use event::Component;
use lines::Line;
use rule::Rule;

static OPTIONS: &[&Opt] = &[&FROM, &UNTIL, &ENCODING];

/// A calendar.
pub(super) static FORMAT: Importer = Importer {
    name: "ics",
    title: "events of an iCalendar calendar",
    extensions: &["ics", "ical"],
    loses: "To-dos, journals, alarms and busy times are left out and counted; events that recur several times a day are not expanded.",
    notes: "Events that recur without an end need `--until`. A time in another time zone keeps its day and hour as written; Annals does not convert it to UTC, since time zone rules change after a calendar is written.",
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
                "`when`: a day, a range of days, or the moment at which it begins; its end is then in `x_end`",
            ),
            (
                "`TZID`",
                "the moment in local time, without an offset; the zone is in `x_tzid`",
            ),
            (
                "`RRULE`, `RDATE`, `EXDATE`, `RECURRENCE-ID`",
                "one event per occurrence, within `--from` and `--until`",
            ),
            (
                "`STATUS`",
                "`TENTATIVE` is `anticipated`, `CANCELLED` is `cancelled`; a planned event has not necessarily occurred",
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

        out,
    };
    for source in sources {
        each_input(source, &Limits::default(), is_calendar, &mut |input| {
            let at = input.at();
            let own_name = input.own_name.clone();
            let text = import.out.taken(input.text(options.get(&ENCODING))?, &at)?;
            import.calendar(&text, &at, &own_name)
        })?;
    }
    Ok(())
}

/// How many days rules may look at in one import.
const MOST_DAYS: u64 = 20_000_000;
/// How many events one rule may make.
const MOST_TIMES: usize = 20_000;

fn is_calendar(name: &str) -> bool {
    ends_in(name, FORMAT.extensions)
}

struct CalendarImport<'i, 'o> {
    from: Option<Day>,
    until: Option<Day>,
    budget: u64,

    out: &'i mut Builder<'o>,
}

impl CalendarImport<'_, '_> {
    fn calendar(&mut self, text: &str, at: &At, own_name: &str) -> Result<(), SourceError> {
        let (lines, faulty) = lines::lines(text);
        for number in faulty {
            self.out
                .left_out(&At::line(&at.file, number), "", "not a calendar property")?;
        }
        if !lines.iter().any(|line| is(line, "BEGIN", "VCALENDAR")) {
            let line = At::line(&at.file, 1);
            return Err(SourceError::syntax(
                line,
                "this is not a calendar: there is no BEGIN:VCALENDAR",
            ));
        }
        let events = self.components(&lines, at)?;
        let name = lines
            .iter()
            .find(|line| line.name == "X-WR-CALNAME")
            .map(Line::text);
        let title = name.filter(|name| !name.trim().is_empty());
        let title = title.unwrap_or_else(|| own_name.to_owned());
        let id = self.out.id(RecordKind::Document, &title);
        let mut document = Record::new(RecordKind::Document, id.clone());
        document.set("title", title).set("kind", "calendar");
        self.out.add(document)?;
        // A time that was moved stands in an event of its own, and not among those of its rule.
        let moved: Vec<(String, Day)> = events.iter().filter_map(Component::moved).collect();
        for event in &events {
            self.event(event, &moved, &id)?;
        }
        Ok(())
    }

    /// The events of a calendar, what is in none passed over.
    fn components<'l>(
        &mut self,
        lines: &'l [Line],
        at: &At,
    ) -> Result<Vec<Component<'l>>, SourceError> {
        let mut events = Vec::new();
        let mut open: Vec<(&str, usize)> = Vec::new();
        let mut event: Option<Component<'l>> = None;
        for line in lines {
            let value = line.value.trim();
            if line.name == "BEGIN" {
                open.push((value, line.number));
                if value.eq_ignore_ascii_case("VEVENT") && event.is_none() {
                    event = Some(Component::new(At::line(&at.file, line.number), open.len()));
                } else if value.get(..1).is_some_and(|v| v.eq_ignore_ascii_case("V"))
                    && !value.eq_ignore_ascii_case("VCALENDAR")
                    && !value.eq_ignore_ascii_case("VTIMEZONE")
                {
                    let at = At::line(&at.file, line.number);
                    self.out
                        .left_out(&at, value, "to-do, journal, alarm or similar")?;
                }
                continue;
            }
            if line.name != "END" {
                if let Some(event) = event.as_mut().filter(|event| event.depth == open.len()) {
                    event.lines.push(line);
                }
                continue;
            }
            match open.pop() {
                Some((name, _)) if name.eq_ignore_ascii_case(value) => {}
                _ => {
                    let at = At::line(&at.file, line.number);
                    let message = format!(
                        "{} ends here, but never began",
                        annals_finding::shown(value)
                    );
                    return Err(SourceError::syntax(at, message));
                }
            }
            if event.as_ref().is_some_and(|event| event.depth > open.len()) {
                events.extend(event.take());
            }
        }
        match open.last() {
            None => Ok(events),
            Some((name, number)) => {
                let at = At::line(&at.file, *number);
                let name = annals_finding::shown(name);
                Err(
                    SourceError::syntax(at, format!("the file ends inside this {name}"))
                        .label("starts here")
                        .note("an incomplete download ends like this"),
                )
            }
        }
    }

    fn event(
        &mut self,
        event: &Component<'_>,
        moved: &[(String, Day)],
        calendar: &str,
    ) -> Result<(), SourceError> {
        self.out.came("event");
        let label = event.text("SUMMARY").unwrap_or_default();
        let Some(span) = event.span() else {
            return self
                .out
                .left_out(&event.at, &label, "without a readable date");
        };
        let times = match self.times(event, span.first, moved)? {
            Ok(times) => times,
            Err(why) => return self.out.left_out(&event.at, &label, why),
        };
        let several = times.len() != 1 || event.line("RRULE").is_some();
        for day in times {
            let shift = i64::from(day.number()) - i64::from(span.first.number());
            let Some(when) = span.shifted(shift) else {
                self.out
                    .left_out(&event.at, &label, "outside the supported years")?;
                continue;
            };
            self.one(event, &when, several.then_some(day), calendar)?;
        }
        Ok(())
    }

    /// The days on which an event takes place.
    fn times(
        &mut self,
        event: &Component<'_>,
        first: Day,
        moved: &[(String, Day)],
    ) -> Result<Result<Vec<Day>, &'static str>, SourceError> {
        let recurs = event.line("RRULE").is_some() || event.line("RDATE").is_some();
        if !recurs {
            return Ok(Ok(vec![first]));
        }
        let mut days = vec![first];
        for line in event.lines.iter().filter(|line| line.name == "RRULE") {
            let rule = match Rule::of(&line.value) {
                Ok(rule) => rule,
                Err(why) => return Ok(Err(why)),
            };
            let at = At::line(&event.at.file, line.number);
            if rule.count.is_none() && rule.until.is_none() && self.until.is_none() {
                let question = "until when should this be expanded? It recurs without an end";
                return Err(SourceError::ambiguous(
                    at,
                    question,
                    "give the last day with --until DAY, such as --until 2023-12-31",
                ));
            }
            let last = self.until.or(rule.until).unwrap_or(Day::MAX);
            let found = rule
                .days(first, last, &mut self.budget)
                .filter(|days| days.len() <= MOST_TIMES);
            let Some(found) = found else {
                let message =
                    format!("this recurs more than {MOST_TIMES} times, or over too many years");
                return Err(SourceError::limit(at, message)
                    .help("give the last day to expand with --until DAY"));
            };
            days.extend(found);
        }
        let all = |name: &'static str| {
            let lines = event.lines.iter().filter(move |line| line.name == name);
            lines.flat_map(|line| line.value.split(',').filter_map(day_of))
        };
        days.extend(all("RDATE"));
        let mut without: Vec<Day> = all("EXDATE").collect();
        let uid = event.text("UID").unwrap_or_default();
        without.extend(
            moved
                .iter()
                .filter(|(one, _)| *one == uid && !uid.is_empty())
                .map(|(_, day)| *day),
        );
        without.sort();
        days.retain(|day| without.binary_search(day).is_err());
        days.retain(|day| self.from.is_none_or(|from| *day >= from));
        days.retain(|day| self.until.is_none_or(|until| *day <= until));
        days.sort();
        days.dedup();
        Ok(if days.is_empty() {
            Err("no occurrence within the window")
        } else {
            Ok(days)
        })
    }
}

fn is(line: &Line, name: &str, value: &str) -> bool {
    line.name == name && line.value.trim().eq_ignore_ascii_case(value)
}

/// The day of a date or a moment: `20230420`, `20230420T100000Z`.
fn day_of(text: &str) -> Option<Day> {
    let text = text.trim();
    let digits = text
        .get(..8)
        .filter(|head| head.bytes().all(|b| b.is_ascii_digit()))?;
    let number = |range: std::ops::Range<usize>| digits[range].parse::<u32>().ok();
    Day::from_ymd(number(0..4)? as i32, number(4..6)?, number(6..8)?)
}
