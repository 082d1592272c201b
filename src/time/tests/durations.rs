//! Durations: reading them, and their calendar arithmetic.

use crate::{Day, Duration};
use proptest::prelude::*;

fn duration(text: &str) -> Duration {
    Duration::parse(text).expect(text)
}

fn day(year: i32, month: u32, day: u32) -> Day {
    Day::from_ymd(year, month, day).expect("a day")
}

#[test]
fn durations_are_read_and_said() {
    for (text, words) in [
        ("P14M", "14 months"),
        (
            "P1Y2M3W4DT5H6M7S",
            "1 year, 2 months, 3 weeks, 4 days, 5 hours, 6 minutes and 7 seconds",
        ),
        ("PT36H", "36 hours"),
        ("P0D", "0 days"),
        ("P1DT1S", "1 day and 1 second"),
    ] {
        assert_eq!(duration(text).to_string(), text);
        assert_eq!(duration(text).words(), words);
    }
    assert_eq!(
        duration("P2W1DT1H").exact_seconds(),
        Some(15 * 86_400 + 3600)
    );
    assert_eq!(duration("P1MT1H").exact_seconds(), None);
}

#[test]
fn months_are_those_of_the_calendar() {
    assert_eq!(
        duration("P1M").add_to(day(2024, 1, 31)),
        Some(day(2024, 2, 29))
    );
    assert_eq!(
        duration("P1M1D").add_to(day(2023, 1, 31)),
        Some(day(2023, 3, 1))
    );
    assert_eq!(
        duration("PT47H").add_to(day(2023, 1, 31)),
        Some(day(2023, 2, 1))
    );
    assert_eq!(
        duration("P1M").earliest_reaching(day(2023, 2, 28)),
        Some(day(2023, 1, 28))
    );
    assert_eq!(
        duration("P1M").latest_reaching(day(2023, 2, 28)),
        Some(day(2023, 1, 31))
    );
    assert_eq!(duration("P4294967295Y").add_to(day(2023, 1, 1)), None);
    assert_eq!(duration("P4294967295W").add_to(Day::MAX), None);
}

#[test]
fn what_is_no_duration_is_explained() {
    for (text, reason, at) in [
        ("", "a duration begins with P, such as P14M or PT36H", 0..0),
        (
            "14 months",
            "a duration begins with P, such as P14M or PT36H",
            0..9,
        ),
        (
            "P",
            "a duration has a number and a unit, such as P14M or PT36H",
            0..1,
        ),
        (
            "PT",
            "after the T of a duration come hours, minutes or seconds, each at most once",
            1..2,
        ),
        (
            "-P1D",
            "a duration has no sign: swap the two things instead",
            0..1,
        ),
        (
            "PT1.5H",
            "a duration has no fractions: use a smaller unit, such as PT90M",
            2..4,
        ),
        (
            "P36H",
            "hours, minutes and seconds come after a T, such as PT36H",
            1..4,
        ),
        (
            "P1D2M",
            "the units of a duration go from the largest to the smallest, each once",
            3..5,
        ),
        ("P99999999999D", "this number is too large", 1..13),
        (
            "P5ä",
            "the units of a duration are Y, M, W and D and, after a T, H, M and S",
            1..4,
        ),
        (
            "PY",
            "a number is missing before the unit of a duration",
            1..2,
        ),
    ] {
        let error = Duration::parse(text).expect_err(text);
        assert_eq!((error.reason.as_str(), error.at), (reason, at), "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_or_explained(text in "\\PC{0,12}|P?[0-9YMWDTHS.,/-]{0,12}") {
        match Duration::parse(&text) {
            Ok(duration) => prop_assert_eq!(Duration::parse(&duration.to_string()), Ok(duration)),
            Err(error) => prop_assert!(text.get(error.at).is_some()),
        }
    }

    #[test]
    fn adding_keeps_the_order_and_is_reversed_exactly(
        start in -200_000_i64..200_000, months in 0_u32..30, days in 0_u32..40,
    ) {
        let length = duration(&format!("P{months}M{days}D"));
        let start = Day::from_number(start).expect("a day");
        let next = start.checked_add_days(1).expect("a day");
        let reached = length.add_to(start).expect("a day");
        prop_assert!(reached <= length.add_to(next).expect("a day"));
        let oracle = |wanted: &dyn Fn(Day) -> bool| {
            (-1300_i64..10).filter_map(|d| start.checked_add_days(d))
                .filter(|&d| length.add_to(d).is_some_and(wanted)).collect::<Vec<_>>()
        };
        let earliest = oracle(&|day| day >= reached).first().copied();
        prop_assert_eq!(length.earliest_reaching(reached), earliest);
        let latest = oracle(&|day| day <= reached).last().copied();
        prop_assert_eq!(length.latest_reaching(reached), latest);
    }
}
