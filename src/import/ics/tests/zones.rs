//! Time zones: those of a calendar, and those that it defines.

use super::{dates, dates_of, event, imported};
use crate::options::Options;

/// A zone that no database has: half an hour ahead of UTC, in summer an hour and a half.
const SKERROW: &str = "BEGIN:VTIMEZONE
TZID:Skerrow
BEGIN:STANDARD
DTSTART:16011028T030000
TZOFFSETFROM:+0130
TZOFFSETTO:+0030
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010325T020000
TZOFFSETFROM:+0030
TZOFFSETTO:+0130
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
END:VTIMEZONE
";

#[test]
fn a_calendar_may_define_its_zones() {
    for (zone, exception, wanted) in [
        // At 23:45 in winter it is 23:15 in UTC, in summer 22:15.
        (
            "Skerrow",
            "20230109T231500Z",
            "01-10T23:45:00 | 01-11T23:45:00",
        ),
        (
            "Skerrow",
            "20230109T221500Z",
            "01-09T23:45:00 | 01-10T23:45:00 | 01-11T23:45:00",
        ),
    ] {
        let lines = format!(
            "DTSTART;TZID={zone}:20230109T234500\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:{exception}"
        );
        assert_eq!(
            dates_of(
                &[&format!("{SKERROW}{}", event(&lines))],
                &Options::default()
            ),
            wanted
        );
    }
    for (exception, wanted) in [
        ("20230709T221500Z", "07-10T23:45:00 | 07-11T23:45:00"),
        (
            "20230709T231500Z",
            "07-09T23:45:00 | 07-10T23:45:00 | 07-11T23:45:00",
        ),
    ] {
        let lines = format!(
            "DTSTART;TZID=Skerrow:20230709T234500\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:{exception}"
        );
        // Also where the zone is defined after the event.
        assert_eq!(
            dates_of(
                &[&format!("{}{SKERROW}", event(&lines))],
                &Options::default()
            ),
            wanted
        );
    }
    // A path before the name of a zone, and its name in capitals.
    for name in [
        "/example.org/20050126/Europe/Berlin",
        "EUROPE/BERLIN",
        "\"Europe/Berlin\"",
    ] {
        let lines = format!(
            "DTSTART;TZID={name}:20230109T003000\nRRULE:FREQ=DAILY;COUNT=2\nEXDATE:20230108T233000Z"
        );
        assert_eq!(dates(&lines), "01-10T00:30:00", "{name}");
    }
}

#[test]
fn a_calendar_has_a_zone_of_its_own() {
    let zones = |zone: &str, lines: &str| {
        let (records, _) = imported(
            &[&format!("X-WR-TIMEZONE:{zone}\n{}", event(lines))],
            &Options::default(),
        );
        let events = records.iter().filter(|one| one["type"] == "event");
        let shown = events.map(|one| {
            format!(
                "{} {}",
                one["when"].as_str().unwrap_or("-"),
                one["x_tzid"].as_str().unwrap_or("-")
            )
        });
        shown.collect::<Vec<_>>().join(" | ").replace("2023-", "")
    };
    for (zone, start, wanted) in [
        (
            "America/New_York",
            "20230103T010000Z",
            "01-02T20:00:00 America/New_York",
        ),
        (
            "Asia/Tokyo",
            "20230630T230000Z",
            "07-01T08:00:00 Asia/Tokyo",
        ),
        (
            "Europe/Berlin",
            "20230701T100000",
            "07-01T10:00:00 Europe/Berlin",
        ),
        ("UTC", "20230701T100000Z", "07-01T10:00:00Z -"),
        ("Nowhere", "20230701T100000Z", "07-01T10:00:00Z -"),
        ("Nowhere", "20230701T100000", "07-01T10:00:00 Nowhere"),
        ("Europe/Berlin", "20230701", "07-01 -"),
    ] {
        assert_eq!(
            zones(zone, &format!("DTSTART:{start}")),
            wanted,
            "{zone} {start}"
        );
    }
    // Days of the week are those of the zone.
    assert_eq!(
        zones(
            "America/New_York",
            "DTSTART:20230103T010000Z\nRRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20230110T045959Z"
        ),
        "01-02T20:00:00 America/New_York | 01-09T20:00:00 America/New_York"
    );
}

#[test]
fn a_hostile_zone_costs_no_time() {
    let rules = "BEGIN:VTIMEZONE\nTZID:Endless\nBEGIN:STANDARD\nDTSTART:00010101T000000\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0100\nRRULE:FREQ=DAILY\nEND:STANDARD\nEND:VTIMEZONE\n";
    let events: Vec<String> = (1..=200)
        .map(|year| {
            event(&format!(
                "DTSTART;TZID=Endless:{year:04}0101T000000\nDTEND:{year:04}0102T000000Z"
            ))
            .replace("UID:1", &format!("UID:{year}"))
        })
        .collect();
    let (records, _) = imported(
        &[&format!("{rules}{}", events.concat())],
        &Options::default(),
    );
    assert_eq!(
        records.iter().filter(|one| one["type"] == "event").count(),
        200
    );
}
