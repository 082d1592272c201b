//! Times that are added, replaced or moved, and versions.

use super::{dates, dates_of, event, imported, window};
use crate::options::Options;

#[test]
fn times_are_added_as_they_are_written() {
    for (added, wanted) in [
        ("RDATE:20230111T150000", "01-09T19 | 01-11T15"),
        (
            "RDATE:20230111T150000,20230109T190000",
            "01-09T19 | 01-11T15",
        ),
        ("RDATE;VALUE=DATE:20230111", "01-09T19 | 01-11"),
        ("RDATE:20230112T003000Z", "01-09T19 | 01-11T18:30:00"),
        (
            "RDATE;TZID=Europe/Berlin:20230112T020000",
            "01-09T19 | 01-11T19",
        ),
    ] {
        let lines = format!(
            "DTSTART;TZID=America/Chicago:20230109T190000\n{}",
            added.replace("RDATE:2", "RDATE;TZID=America/Chicago:2")
        );
        assert_eq!(dates(&lines), wanted, "{added}");
    }
    let ends = |lines: &str| {
        let (records, _) = imported(&[&event(lines)], &Options::default());
        let ends = records
            .iter()
            .filter_map(|one| one["x_end"].as_str().map(str::to_owned));
        ends.collect::<Vec<_>>().join(" ")
    };
    let first = "DTSTART:20230109T190000\nDURATION:PT1H\nRDATE;VALUE=PERIOD:";
    assert_eq!(
        ends(&format!("{first}20230110T100000/PT3H")),
        "2023-01-09T20:00:00 2023-01-10T13:00:00"
    );
    assert_eq!(
        ends(&format!("{first}20230110T100000/20230110T113000")),
        "2023-01-09T20:00:00 2023-01-10T11:30:00"
    );
    assert_eq!(
        ends(&first.replace("VALUE=PERIOD:", "VALUE=DATE-TIME:20230110T100000")),
        "2023-01-09T20:00:00 2023-01-10T11:00:00"
    );
}

#[test]
fn an_event_takes_the_place_of_one_time() {
    let series = "DTSTART;TZID=Europe/Berlin:20230109T003000\nRRULE:FREQ=DAILY;COUNT=3\nSUMMARY:a";
    for (replaced, wanted) in [
        (
            ":20230109T233000Z",
            "a 01-09T00:30:00 | a 01-11T00:30:00 | b 01-20T10",
        ),
        (
            ";TZID=Europe/Berlin:20230110T003000",
            "a 01-09T00:30:00 | a 01-11T00:30:00 | b 01-20T10",
        ),
        (
            ";VALUE=DATE:20230110",
            "a 01-09T00:30:00 | a 01-11T00:30:00 | b 01-20T10",
        ),
        // It is none of its times: all are kept, and that is told.
        (
            ":20230110T033000Z",
            "a 01-09T00:30:00 | a 01-10T00:30:00 | a 01-11T00:30:00 | b 01-20T10",
        ),
    ] {
        let other = format!(
            "RECURRENCE-ID{replaced}\nDTSTART;TZID=Europe/Berlin:20230120T100000\nSUMMARY:b"
        );
        let text = [event(series), event(&other)];
        assert_eq!(
            dates_of(&[&text.concat()], &Options::default()),
            wanted,
            "{replaced}"
        );
        // In whatever order, and also in another file.
        let mut parts: Vec<&str> = wanted.split(" | ").collect();
        parts.rotate_right(1);
        assert_eq!(
            dates_of(&[&text[1], &text[0]], &Options::default()),
            parts.join(" | ")
        );
    }
}

#[test]
fn a_window_regards_when_a_moved_time_is() {
    let series = event("DTSTART:20230105T100000\nRRULE:FREQ=WEEKLY\nSUMMARY:a");
    let moved = event("RECURRENCE-ID:20230112T100000\nDTSTART:20230203T100000\nSUMMARY:b");
    let text = format!("{series}{moved}");
    let within = |from, until| dates_of(&[&text], &window(from, until));
    assert_eq!(
        within("2023-01-01", "2023-01-20"),
        "a 01-05T10 | a 01-19T10"
    );
    assert_eq!(
        within("2023-02-01", "2023-02-03"),
        "a 02-02T10 | b 02-03T10"
    );
    assert_eq!(within("2023-01-12", "2023-01-12"), "");
}

#[test]
fn later_times_go_with_the_one_that_is_moved() {
    let series = "DTSTART;TZID=Europe/Berlin:20230306T100000\nRRULE:FREQ=WEEKLY;COUNT=5\nSUMMARY:a";
    for (moved, wanted) in [
        // An hour later, also when clocks have been set forward.
        (
            "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20230320T100000\nDTSTART;TZID=Europe/Berlin:20230320T110000",
            "a 03-06T10 | a 03-13T10 | b 03-27T11 | b 04-03T11 | b 03-20T11",
        ),
        // A day earlier.
        (
            "RECURRENCE-ID;RANGE=THISANDFUTURE:20230320T090000Z\nDTSTART;TZID=Europe/Berlin:20230319T100000",
            "a 03-06T10 | a 03-13T10 | b 03-26T10 | b 04-02T10 | b 03-19T10",
        ),
        // To a whole day.
        (
            "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20230327T100000\nDTSTART;VALUE=DATE:20230328",
            "a 03-06T10 | a 03-13T10 | a 03-20T10 | b 04-04 | b 03-28",
        ),
        // That one alone.
        (
            "RECURRENCE-ID;TZID=Europe/Berlin:20230320T100000\nDTSTART;TZID=Europe/Berlin:20230320T110000",
            "a 03-06T10 | a 03-13T10 | a 03-27T10 | a 04-03T10 | b 03-20T11",
        ),
    ] {
        let text = [event(series), event(&format!("{moved}\nSUMMARY:b"))].concat();
        assert_eq!(dates_of(&[&text], &Options::default()), wanted, "{moved}");
    }
    // Another change after it, and one of a single time.
    let text = [
        event(series),
        event(
            "RECURRENCE-ID;RANGE=THISANDFUTURE:20230313T090000Z\nDTSTART;TZID=Europe/Berlin:20230313T120000\nSUMMARY:b",
        ),
        event(
            "RECURRENCE-ID;RANGE=THISANDFUTURE:20230327T080000Z\nDTSTART;TZID=Europe/Berlin:20230327T150000\nSUMMARY:c",
        ),
        event(
            "RECURRENCE-ID:20230320T090000Z\nDTSTART;TZID=Europe/Berlin:20230321T100000\nSUMMARY:d",
        ),
    ];
    assert_eq!(
        dates_of(&[&text.concat()], &Options::default()),
        "a 03-06T10 | c 04-03T15 | b 03-13T12 | c 03-27T15 | d 03-21T10"
    );
}

#[test]
fn the_latest_version_counts() {
    let version = |label: &str, lines: &str| event(&format!("SUMMARY:{label}\n{lines}"));
    for (first, second, wanted) in [
        (
            "DTSTART:20230109\nSEQUENCE:2",
            "DTSTART:20230110\nSEQUENCE:1",
            "a 01-09",
        ),
        (
            "DTSTART:20230109\nSEQUENCE:2",
            "DTSTART:20230110\nSEQUENCE:10",
            "b 01-10",
        ),
        (
            "DTSTART:20230109",
            "DTSTART:20230110\nSEQUENCE:1",
            "b 01-10",
        ),
        // Of the same number the later stamp.
        (
            "DTSTART:20230109\nDTSTAMP:20230102T000000Z",
            "DTSTART:20230109\nDTSTAMP:20230101T000000Z",
            "a 01-09",
        ),
        (
            "DTSTART:20230109\nDTSTAMP:20230102T000000Z",
            "DTSTART:20230109\nDTSTAMP:20230103T000000Z",
            "b 01-09",
        ),
        // Neither is the later, or they have only the UID in common: both are kept.
        ("DTSTART:20230109", "DTSTART:20230110", "a 01-09 | b 01-10"),
        (
            "DTSTART:20230109\nDTSTAMP:20230102T000000Z",
            "DTSTART:20230110\nDTSTAMP:20230103T000000Z",
            "a 01-09 | b 01-10",
        ),
        // One time of a series is no version of the series.
        (
            "DTSTART:20230109\nRRULE:FREQ=DAILY;COUNT=2\nSEQUENCE:5",
            "RECURRENCE-ID:20230110\nDTSTART:20230112\nSEQUENCE:1",
            "a 01-09 | b 01-12",
        ),
        (
            "RECURRENCE-ID:20230110\nDTSTART:20230112\nSEQUENCE:1",
            "RECURRENCE-ID:20230110\nDTSTART:20230113\nSEQUENCE:2",
            "b 01-13",
        ),
    ] {
        let text = [version("a", first), version("b", second)];
        assert_eq!(
            dates_of(&[&text.concat()], &Options::default()),
            wanted,
            "{first}\n{second}"
        );
        assert_eq!(
            dates_of(&[&text[0], &text[1]], &Options::default()),
            wanted,
            "in two files"
        );
    }
    // Exports of one time: the last change decides. And what was changed before its series was is gone
    // with it, where the series has no such time any more.
    for (first, second, wanted) in [
        (
            "DTSTART:20230109\nDTSTAMP:20230105T000000Z\nLAST-MODIFIED:20230102T000000Z",
            "DTSTART:20230109\nDTSTAMP:20230105T000000Z\nLAST-MODIFIED:20230103T000000Z",
            "b 01-09",
        ),
        (
            "RECURRENCE-ID:20230110\nDTSTART:20230112\nSEQUENCE:1",
            "DTSTART:20230109\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:20230110\nSEQUENCE:2",
            "b 01-09 | b 01-11",
        ),
        (
            "RECURRENCE-ID:20230120\nDTSTART:20230122\nSEQUENCE:1",
            "DTSTART:20230109\nRRULE:FREQ=DAILY;UNTIL=20230110\nSEQUENCE:2",
            "b 01-09 | b 01-10",
        ),
        (
            "RECURRENCE-ID:20230120\nDTSTART:20230122\nSEQUENCE:2",
            "DTSTART:20230109\nRRULE:FREQ=DAILY;UNTIL=20230110\nSEQUENCE:2",
            "a 01-22 | b 01-09 | b 01-10",
        ),
    ] {
        let text = [version("a", first), version("b", second)];
        assert_eq!(
            dates_of(&[&text.concat()], &Options::default()),
            wanted,
            "{first}\n{second}"
        );
    }
    let once = version("a", "DTSTART:20230109");
    let (_, report) = imported(&[&once, &once], &Options::default());
    assert_eq!(dates_of(&[&once, &once], &Options::default()), "a 01-09");
    assert!(report.contains("the same event once more"), "{report}");
}
