//! What calendars come to: each test gives several calendars, and the events that they hold.

mod series;
mod zones;

use super::FORMAT;
use crate::options::{FROM, Options, UNTIL};
use crate::{Outputs, ReportForm, import};
use annals_source::Source;

/// A window for rules without an end.
fn window(from: &str, until: &str) -> Options {
    Options::default().with(&FROM, from).with(&UNTIL, until)
}

/// The records of calendars in JSON Lines, and the report.
fn imported(calendars: &[&str], options: &Options) -> (Vec<serde_json::Value>, String) {
    let sources: Vec<Source> = (calendars.iter())
        .map(|lines| {
            let text = format!("BEGIN:VCALENDAR\n{}\nEND:VCALENDAR\n", lines.trim());
            Source::memory("a.ics", text.into_bytes())
        })
        .collect();
    let (mut facts, mut report) = (Vec::new(), Vec::new());
    let outputs = Outputs::to(&mut facts)
        .spelled_as(Some("a.jsonl".as_ref()))
        .reporting(&mut report, ReportForm::Text);
    import(&FORMAT, &sources, options, outputs).unwrap();
    let facts = String::from_utf8(facts).unwrap();
    let records = facts
        .lines()
        .map(|line| serde_json::from_str(line).unwrap());
    (records.collect(), String::from_utf8(report).unwrap())
}

/// The dates of all events in their order, with the label where there are several.
fn dates_of(calendars: &[&str], options: &Options) -> String {
    let (records, _) = imported(calendars, options);
    let events = records.iter().filter(|one| one["type"] == "event");
    let all: Vec<(String, String)> = events
        .map(|one| {
            let text = |field: &str| one[field].as_str().unwrap_or_default().to_owned();
            (text("label"), text("when"))
        })
        .collect();
    let shown = all.iter().map(|(label, when)| {
        // What all share need not be said.
        let when = when.replace("2023-", "").replace(":00:00", "");
        match label.as_str() {
            "" | "Event without a name" => when,
            label => format!("{label} {when}"),
        }
    });
    shown.collect::<Vec<_>>().join(" | ")
}

fn dates(lines: &str) -> String {
    dates_of(&[&event(lines)], &Options::default())
}

fn event(lines: &str) -> String {
    format!("BEGIN:VEVENT\nUID:1\n{}\nEND:VEVENT\n", lines.trim())
}

#[test]
fn exceptions_are_instants() {
    for (start, exception, wanted) in [
        // In the zone, in UTC, in another zone: the same evening.
        (
            "DTSTART;TZID=America/Chicago:20230109T190000",
            "EXDATE;TZID=America/Chicago:20230110T190000",
            "09T19 | 11T19",
        ),
        (
            "DTSTART;TZID=America/Chicago:20230109T190000",
            "EXDATE:20230111T010000Z",
            "09T19 | 11T19",
        ),
        (
            "DTSTART;TZID=America/Chicago:20230109T190000",
            "EXDATE;TZID=Europe/Berlin:20230111T020000",
            "09T19 | 11T19",
        ),
        (
            "DTSTART;TZID=Asia/Tokyo:20230109T080000",
            "EXDATE:20230109T230000Z",
            "09T08 | 11T08",
        ),
        (
            "DTSTART:20230109T230000Z",
            "EXDATE;TZID=Asia/Tokyo:20230111T080000",
            "09T23Z | 11T23Z",
        ),
        // Without a zone: as the series shows it, also far from UTC; or as UTC has it.
        (
            "DTSTART;TZID=Pacific/Auckland:20230109T080000",
            "EXDATE:20230110T080000",
            "09T08 | 11T08",
        ),
        (
            "DTSTART;TZID=America/Chicago:20230109T190000",
            "EXDATE:20230111T010000",
            "09T19 | 11T19",
        ),
        // A day excepts all that begins on it.
        (
            "DTSTART;TZID=Asia/Tokyo:20230109T080000",
            "EXDATE;VALUE=DATE:20230110",
            "09T08 | 11T08",
        ),
        (
            "DTSTART;TZID=Asia/Tokyo:20230109T080000",
            "EXDATE:20230110,20230111",
            "09T08",
        ),
        (
            "DTSTART;VALUE=DATE:20230109",
            "EXDATE;VALUE=DATE:20230110",
            "09 | 11",
        ),
        (
            "DTSTART;VALUE=DATE:20230109",
            "EXDATE:20230110T000000Z",
            "09 | 11",
        ),
        // Whatever it is written on, and the first too.
        (
            "DTSTART:20230109T190000",
            "EXDATE:20230109T190000\nEXDATE:20230110T190000",
            "11T19",
        ),
        // Another hour of that day is no exception.
        (
            "DTSTART:20230109T190000",
            "EXDATE:20230110T180000",
            "09T19 | 10T19 | 11T19",
        ),
        // Of a zone that nobody knows: five hours behind it must be, and 19 hours ahead it cannot.
        (
            "DTSTART;TZID=Nowhere:20230109T200000",
            "EXDATE:20230111T010000Z",
            "09T20 | 11T20",
        ),
        (
            "DTSTART:20230109T200000",
            "EXDATE:20230110T190000Z",
            "09T20 | 11T20",
        ),
    ] {
        let lines = format!("{start}\nRRULE:FREQ=DAILY;COUNT=3\n{exception}");
        let wanted = wanted.split(" | ").map(|day| format!("01-{day}"));
        assert_eq!(
            dates(&lines),
            wanted.collect::<Vec<_>>().join(" | "),
            "{lines}"
        );
    }
}

#[test]
fn an_exception_that_is_none_is_told() {
    for exception in ["20230110T180000", "20230132T190000", "20230110T073500Z"] {
        let lines =
            format!("DTSTART:20230109T190000\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:{exception}");
        let (_, report) = imported(&[&event(&lines)], &Options::default());
        assert!(
            report.contains("an exception (EXDATE)"),
            "{exception}: {report}"
        );
    }
}

#[test]
fn the_end_of_a_rule_is_an_instant() {
    for (start, until, wanted) in [
        (
            "DTSTART;TZID=America/Denver:20230327T210000",
            "20230330T035959Z",
            "27T21 | 28T21 | 29T21",
        ),
        (
            "DTSTART;TZID=America/Denver:20230327T210000",
            "20230330T030000Z",
            "27T21 | 28T21 | 29T21",
        ),
        (
            "DTSTART;TZID=America/Denver:20230327T210000",
            "20230330T025959Z",
            "27T21 | 28T21",
        ),
        // Before and after clocks were set forward on the 26th.
        (
            "DTSTART;TZID=Europe/Berlin:20230325T003000",
            "20230326T213000Z",
            "25T00:30 | 26T00:30",
        ),
        (
            "DTSTART;TZID=Europe/Berlin:20230326T003000",
            "20230327T223000Z",
            "26T00:30 | 27T00:30 | 28T00:30",
        ),
        // A day, and what is written like the beginning.
        (
            "DTSTART;TZID=Europe/Berlin:20230327T200000",
            "20230328",
            "27T20 | 28T20",
        ),
        (
            "DTSTART;TZID=Europe/Berlin:20230327T200000",
            "20230328T200000",
            "27T20 | 28T20",
        ),
        (
            "DTSTART:20230327T200000Z",
            "20230328T200000Z",
            "27T20Z | 28T20Z",
        ),
        (
            "DTSTART:20230327T200000",
            "20230328T235959Z",
            "27T20 | 28T20",
        ),
        ("DTSTART;VALUE=DATE:20230327", "20230328", "27 | 28"),
        ("DTSTART;VALUE=DATE:20230327", "20230328T235959Z", "27 | 28"),
        // The beginning always counts.
        ("DTSTART:20230327T200000Z", "20230301T000000Z", "27T20Z"),
    ] {
        let lines = format!("{start}\nRRULE:FREQ=DAILY;UNTIL={until}");
        let wanted = wanted.split(" | ").map(|day| {
            let day = if day.len() > 2 && day.ends_with("30") {
                format!("{day}:00")
            } else {
                day.to_owned()
            };
            format!("03-{day}")
        });
        assert_eq!(
            dates(&lines),
            wanted.collect::<Vec<_>>().join(" | "),
            "{lines}"
        );
    }
}

#[test]
fn an_event_is_kept_whatever_its_rule() {
    for rule in [
        "",
        " ",
        "FREQ=HOURLY",
        "FREQ=WEEKLY;BYDAY=",
        "FREQ=WEEKLY;INTERVAL=0",
        "EVERY DAY",
        "D1 #5",
        "FREQ=DAILY;UNTIL=soon",
    ] {
        let lines = format!("DTSTART;VALUE=DATE:20230109\nRRULE:{rule}\nSUMMARY:Fair");
        let (_, report) = imported(&[&event(&lines)], &Options::default());
        assert_eq!(dates(&lines), "Fair 01-09", "{rule}");
        assert!(
            report.contains("its event is kept once"),
            "{rule}: {report}"
        );
        // The days that are added one by one do not depend on it.
        let lines = format!("{lines}\nRDATE;VALUE=DATE:20230209");
        assert_eq!(dates(&lines), "Fair 01-09 | Fair 02-09", "{rule}");
    }
}

#[test]
fn what_is_cancelled_is_said_to_be() {
    for (before, lines, wanted) in [
        ("", "STATUS:CANCELLED", "cancelled"),
        ("", "STATUS:cancelled", "cancelled"),
        ("METHOD:CANCEL", "SEQUENCE:1", "cancelled"),
        ("METHOD:PUBLISH", "STATUS:TENTATIVE", "anticipated"),
        ("METHOD:PUBLISH", "STATUS:CONFIRMED", ""),
    ] {
        let text = format!("{before}\n{}", event(&format!("DTSTART:20230109\n{lines}")));
        let (records, _) = imported(&[&text], &Options::default());
        let event = records.iter().find(|one| one["type"] == "event");
        let status = event.and_then(|one| one["status"].as_str());
        assert_eq!(status.unwrap_or_default(), wanted, "{before} {lines}");
    }
}
