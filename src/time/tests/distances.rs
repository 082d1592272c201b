//! Distances: reading them, and what "about" allows.

use crate::{Day, Distance, Duration, DurationUnit};

fn day(text: &str) -> Day {
    crate::Date::parse(text)
        .expect("a date")
        .first()
        .expect("a day")
}

#[test]
fn about_allows_one_unit_of_the_smallest_part() {
    let apart = Distance::parse("about P14M").expect("a distance");
    assert_eq!(apart.least().to_string(), "P13M");
    assert_eq!(apart.most().to_string(), "P15M");
    assert_eq!(apart.words(), "about 14 months");
    assert!(apart.is_about() && apart.counts_days());
    let (first, last) = apart.from_day(day("2022-02-24"));
    assert!(first <= Some(day("2023-04-20")) && Some(day("2023-04-20")) <= last);

    let year = Distance::parse("about P1Y0M").expect("a distance");
    assert_eq!(
        [year.least(), year.most()].map(Duration::words),
        ["11 months", "1 year and 1 month"]
    );
    let day_and_half = Distance::parse("about P1DT12H").expect("a distance");
    assert_eq!(day_and_half.least().to_string(), "P1DT11H");
    assert!(!day_and_half.counts_days());
}

#[test]
fn a_range_says_its_ends() {
    let apart = Distance::parse("P13M/P15M").expect("a distance");
    assert_eq!(
        (apart.written(), apart.words()),
        ("P13M/P15M", "13 months to 15 months".to_owned())
    );
    assert_eq!(apart.smallest_unit(), DurationUnit::Months);
    for fine in ["P1M/P31D", "P30D/P1M", "P1Y/P12M", "P1D/P1DT1S", "PT1H/P1M"] {
        assert!(Distance::parse(fine).is_ok(), "{fine}");
    }
}

#[test]
fn what_is_no_distance_is_explained() {
    for (text, reason, at) in [
        ("P15M/P13M", "the range ends below its beginning", 0..9),
        ("P2M/P1MT1H", "the range ends below its beginning", 0..10),
        ("P1M1D/P1M", "the range ends below its beginning", 0..9),
        (
            "about 14 months",
            "a duration begins with P, such as P14M or PT36H",
            6..15,
        ),
        (
            "about P1M/P2M",
            "a range says how far the distance may vary: leave \"about\" out",
            0..6,
        ),
        ("about P0D", "\"about\" zero time has no direction", 0..9),
        (
            "P1M/",
            "a duration begins with P, such as P14M or PT36H",
            4..4,
        ),
        (
            "P1M/P2Q",
            "the units of a duration are Y, M, W and D and, after a T, H, M and S",
            5..7,
        ),
    ] {
        let error = Distance::parse(text).expect_err(text);
        assert_eq!((error.reason.as_str(), error.at), (reason, at), "{text}");
    }
    assert!(Distance::parse(&"P".repeat(3_000_000)).is_err());
}
