//! What facts mean in time, sentence by sentence: days and moments, distances, vague dates, open
//! ends.

use std::fmt::Write as _;

use annals::check::Policy;
use annals::finding::Severity;
use annals::time::Allen;

use crate::chronology::small::{days, found, two, with_policy};

#[test]
fn a_date_is_where_start_and_end_lie() {
    // The start of A is not before its first day, its end not after its last; so of an interval.
    for (date, wanted) in [
        ("2023-04-20", ["2023-04-20"; 4]),
        (
            "2023-04",
            ["2023-04-01", "2023-04-30", "2023-04-01", "2023-04-30"],
        ),
        (
            "1964/2008",
            ["1964-01-01", "1964-12-31", "2008-01-01", "2008-12-31"],
        ),
        ("1880/..", ["1880-01-01", "1880-12-31", "1880-01-01", "…"]),
        ("1880/", ["1880-01-01", "1880-12-31", "1880-01-01", "…"]),
        ("/1811", ["…", "1811-12-31", "1811-01-01", "1811-12-31"]),
        ("../1811", ["…", "1811-12-31", "1811-01-01", "1811-12-31"]),
        ("../..", ["…"; 4]),
    ] {
        assert_eq!(
            days(&two(date, "", "relation: equals"), "b"),
            wanted,
            "{date}"
        );
    }
    // Claims, publications and ties are dated things as well.
    for yaml in [
        "claims: [{id: x, speaker: [], said: 2023-04}]\nevents: [{id: b, label: B}]\norders: [[b, equals, x]]",
        "documents: [{id: x, title: X, published: 2023-04}]\nevents: [{id: b, label: B}]\norders: [[b, equals, x]]",
        "actors: [{id: p, name: P, kind: person}, {id: q, name: Q, kind: state}]\nrelations: [{id: x, from: p, kind: opposes, to: q, when: 2023-04}]\nevents: [{id: b, label: B}]\norders: [[b, equals, x]]",
    ] {
        let wanted = ["2023-04-01", "2023-04-30", "2023-04-01", "2023-04-30"];
        assert_eq!(days(yaml, "b"), wanted, "{yaml}");
    }
}

#[test]
fn order_within_a_day_is_free() {
    for relation in Allen::ALL {
        let order = format!("relation: {relation}");
        assert_eq!(
            found(&two("2023-04-20", "2023-04-20", &order)),
            [""; 0],
            "{relation}"
        );
    }
    // Unless a time of day is given.
    let clock = |order: &str| two("2023-04-20T10:00:00", "2023-04-20T11:00:00", order);
    assert_eq!(found(&clock("relation: before")), [""; 0]);
    assert_eq!(found(&clock("relation: after")), ["AN203"]);
    assert_eq!(
        found(&two("2023-04-20T10:00:00", "2023-04-20", "relation: after")),
        [""; 0]
    );
    // Times by different clocks are turned into one.
    let zones = |order: &str| two("2023-04-20T10:00:00+02:00", "2023-04-20T09:00:00Z", order);
    assert_eq!(found(&zones("relation: before")), [""; 0]);
    assert_eq!(found(&zones("relation: after")), ["AN203"]);
    // Of one by no clock that is named, only the day is known.
    let none = two(
        "2023-04-20T10:00:00",
        "2023-04-20T09:00:00Z",
        "relation: before",
    );
    assert_eq!(found(&none), [""; 0]);
    // A moment may be on another day by another clock: that is no contradiction.
    let beside = |order: &str| two("2023-04-21T00:30:00+02:00", "2023-04-20T23:00:00Z", order);
    assert_eq!(found(&beside("relation: before")), [""; 0]);
    assert_eq!(found(&beside("relation: after")), [""; 0]);
}

#[test]
fn a_contradiction_is_one_at_any_precision() {
    for date in ["", "2023-04-20", "2023-04", "2023"] {
        let both = two(date, date, "relation: before") + "  - [b, before, a]\n";
        assert_eq!(found(&both), ["AN202"], "{date}");
    }
}

#[test]
fn days_weeks_months_and_years_count_days_of_the_calendar() {
    let apart = |a: &str, by: &str, b: &str| {
        found(&two(a, b, &format!("relation: starts_before, by: {by}")))
    };
    // The first and the thirtieth are 29 days apart, never 30.
    for (by, fits) in [
        ("P28D", false),
        ("P29D", true),
        ("P30D", false),
        ("P4W1D", true),
    ] {
        assert_eq!(
            apart("2023-01-01", by, "2023-01-30").is_empty(),
            fits,
            "{by}"
        );
    }
    // So by way of what has no date.
    let chain = |by: &str| {
        format!(
            "events:\n  - {{id: a, label: A, when: 2023-01-01}}\n  - {{id: x, label: X}}\n  - {{id: y, label: Y}}\n  - {{id: b, label: B, when: 2023-01-30}}\norders:\n  - {{first: a, relation: starts_before, second: x, by: P10D}}\n  - {{first: x, relation: starts_before, second: y, by: {by}}}\n  - {{first: y, relation: starts_before, second: b, by: P10D}}\n"
        )
    };
    assert_eq!(found(&chain("P9D")), [""; 0]);
    assert_eq!(found(&chain("P8D")), ["AN204"]);
    assert_eq!(found(&chain("P10D")), ["AN204"]);
    // Fourteen months after something is arithmetic over its whole range; the last day of a month
    // is clamped.
    for (a, by, b, fits) in [
        ("2022-02-24", "P14M", "2023-04-24", true),
        ("2022-02-24", "P14M", "2023-04-23", false),
        ("2022-02", "P14M", "2023-04", true),
        ("2022-02", "P14M", "2023-05", false),
        ("2023-01-31", "P1M", "2023-02-28", true),
        ("2023-01-31", "P1M", "2023-03-01", false),
        ("2024-01-31", "P1M", "2024-02-29", true),
        ("2024-01-31", "P1M", "2024-02-28", false),
        ("2024-02-29", "P1Y", "2025-02-28", true),
        ("2024-02-29", "P1Y", "2025-03-01", false),
        // "About" is one unit of the smallest part, a range what it says.
        ("2022-02-24", "about P14M", "2023-04-20", true),
        ("2022-02-24", "about P14M", "2023-03-24", true),
        ("2022-02-24", "about P14M", "2023-03-23", false),
        ("2022-02-24", "about P14M", "2023-05-24", true),
        ("2022-02-24", "about P14M", "2023-05-25", false),
        ("2022-02-24", "about P420D", "2023-04-19", true),
        ("2022-02-24", "about P420D", "2023-04-18", false),
        ("2022-02-24", "P13M/P14M", "2023-04-20", true),
        ("2022-02-24", "P13M/P13M10D", "2023-04-20", false),
    ] {
        assert_eq!(apart(a, by, b).is_empty(), fits, "{a} {by} {b}");
    }
}

#[test]
fn distances_count_from_end_to_end_and_of_a_thing_to_itself() {
    let order = "relation: before, by: P2D, from: end, to: start";
    assert_eq!(
        found(&two("2023-04-01/2023-04-10", "2023-04-12", order)),
        [""; 0]
    );
    assert_eq!(
        found(&two("2023-04-01/2023-04-10", "2023-04-13", order)),
        ["AN204"]
    );
    // What ends at midnight has ended on the day before, also for what meets it.
    let midnight = "events:\n  - {id: a, label: A, when: 2023-04-10}\n  - {id: b, label: B, when: 2023-04-11}\n  - {id: c, label: C, when: 2023-04-11}\norders:\n  - [a, meets, b]\n  - {first: a, relation: before_or_meets, second: c, by: P1D, from: end, to: start}\n";
    assert_eq!(found(midnight), [""; 0]);
    // The length of a thing.
    let length = |by: &str, when: &str| {
        format!(
            "events:\n  - {{id: a, label: A, when: {when}}}\norders:\n  - {{id: o, first: a, relation: equals, second: a, by: {by}, from: start, to: end}}\n"
        )
    };
    assert_eq!(found(&length("P3D", "2023-04-10/2023-04-13")), [""; 0]);
    assert_eq!(found(&length("P3D", "2023-04-10/2023-04-20")), ["AN204"]);
    assert_eq!(days(&length("P3D", "2023-04-10/"), "a")[3], "2023-04-13");
}

#[test]
fn hours_count_exact_time_also_across_midnight() {
    let apart = |a: &str, by: &str, b: &str| {
        found(&two(a, b, &format!("relation: starts_before, by: {by}")))
    };
    for (a, by, b, fits) in [
        (
            "2023-04-20T18:00:00",
            "PT3H40M",
            "2023-04-20T21:40:00",
            true,
        ),
        ("2023-04-20T18:00:00", "PT4H", "2023-04-20T21:40:00", false),
        ("2023-04-20T18:00:00", "PT2H", "2023-04-20T21:40:00", false),
        ("2023-04-20T23:00:00", "PT3H", "2023-04-21T02:00:00", true),
        ("2023-04-20T23:00:00", "PT2H", "2023-04-21T02:00:00", false),
        ("2023-04-20T23:00:00", "PT4H", "2023-04-21T02:00:00", false),
        ("2023-04-20T23:00:00", "PT49H", "2023-04-23T00:00:00", true),
        ("2023-04-20", "PT3H", "2023-04-21", true),
        ("2023-04-20", "PT3H", "2023-04-22", false),
        ("2023-04-20", "PT48H", "2023-04-21", false),
        // Both on one day, so that no midnight lies between.
        ("2023-04-20T18:00:00", "PT7H", "2023-04-20", false),
    ] {
        assert_eq!(apart(a, by, b).is_empty(), fits, "{a} {by} {b}");
    }
    // By way of several things without a time of day: then all is counted by the second.
    let chain = |by: &str, end: &str| {
        format!(
            "events:\n  - {{id: a, label: A, when: 2023-04-20T22:00:00}}\n  - {{id: w, label: W}}\n  - {{id: x, label: X}}\n  - {{id: y, label: Y}}\n  - {{id: z, label: Z, when: {end}}}\norders:\n  - {{first: a, relation: before, second: w, by: PT30M}}\n  - {{first: w, relation: before, second: x, by: {by}}}\n  - {{first: x, relation: before, second: y, by: {by}}}\n  - {{first: y, relation: before, second: z, by: PT30M}}\n"
        )
    };
    assert_eq!(found(&chain("PT30M", "2023-04-21T00:00:00")), [""; 0]);
    assert_eq!(found(&chain("PT40M", "2023-04-21T00:20:00")), [""; 0]);
    assert_eq!(found(&chain("PT40M", "2023-04-21T00:10:00")), ["AN204"]);
    assert_eq!(found(&chain("PT20M", "2023-04-21T00:10:00")), ["AN204"]);
    assert_eq!(found(&chain("PT20M", "2023-04-20T23:50:00")), ["AN204"]);
    assert_eq!(found(&chain("PT20M", "2023-04-20T23:40:00")), [""; 0]);
    assert_eq!(
        days(&chain("PT70M", "2023-04-21T01:20:00"), "y"),
        ["2023-04-21"; 4].map(str::to_owned)
    );
}

#[test]
fn thousands_of_things_in_order_stay_within_a_day() {
    const COUNT: usize = 20_000;
    let mut yaml = "events:\n".to_owned();
    for nth in 0..COUNT {
        let when = if nth % 10_000 == 0 {
            ", when: 2023-04-20"
        } else {
            ""
        };
        writeln!(yaml, "  - {{id: e{nth}, label: E{when}}}").unwrap();
    }
    writeln!(
        yaml,
        "  - {{id: last, label: E, when: 2023-04-20}}\norders:"
    )
    .unwrap();
    for nth in 1..COUNT {
        writeln!(yaml, "  - [e{}, before, e{nth}]", nth - 1).unwrap();
    }
    writeln!(yaml, "  - [e{}, before, last]", COUNT - 1).unwrap();
    assert_eq!(found(&yaml), [""; 0]);
    assert_eq!(days(&yaml, "e12345"), ["2023-04-20"; 4].map(str::to_owned));
}

#[test]
fn years_of_many_digits_never_overflow() {
    for year in ["Y17E7", "Y-17E7", "Y12345678", "Y-99999999999", "Y9E18"] {
        let yaml = two(year, "", "relation: starts_before, by: P4294967295Y");
        assert_eq!(found(&yaml), [""; 0], "{year}");
        let order = format!(
            "relation: {}",
            if year.starts_with("Y-") {
                "before"
            } else {
                "after"
            }
        );
        assert_eq!(found(&two(year, "2023-04-20", &order)), [""; 0], "{year}");
    }
    // What lies within the days that are counted is counted.
    assert_eq!(
        found(&two("Y170000", "2023", "relation: before")),
        ["AN203"]
    );
    assert_eq!(
        found(&two("Y-18000", "Y-12E3", "relation: after")),
        ["AN203"]
    );
}

#[test]
fn vague_dates_have_the_slack_that_the_user_sets() {
    let severity = |date: &str, slack: u32| {
        let mut policy = Policy::default();
        policy.thresholds.slack = slack;
        let found = with_policy(&two(date, "1910-06-15", "relation: after"), &policy);
        found.first().map(|one| one.severity)
    };
    for mark in ["?", "~", "%"] {
        // One unit of the written precision.
        for (date, wanted) in [
            ("1909", Some(Severity::Warning)),
            ("1908", Some(Severity::Error)),
            ("1910-05", Some(Severity::Warning)),
            ("1910-04", Some(Severity::Error)),
            ("1910-06-14", Some(Severity::Warning)),
            ("1910-06-13", Some(Severity::Error)),
            ("1910", None),
        ] {
            assert_eq!(
                severity(&format!("{date}{mark}"), 1),
                wanted,
                "{date}{mark}"
            );
        }
        assert_eq!(severity(&format!("1908{mark}"), 2), Some(Severity::Warning));
        assert_eq!(severity(&format!("1909{mark}"), 0), Some(Severity::Error));
    }
}
