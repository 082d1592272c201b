//! The meaning of dates in days, their wording and their serialization.

use proptest::prelude::*;

use super::date;
use crate::calendar::{Calendar as Cal, day_number};
use crate::{Bound, Date, Day, Extent, Precision};

/// First and last day, as written, `-` where there is none.
fn days(date: &Date) -> [String; 2] {
    [date.first(), date.last()].map(|day| day.map_or_else(|| "-".to_owned(), |day| day.to_string()))
}

/// Text, first and last day, precision, and the number of alternatives.
const MEANINGS: &[(&str, &str, &str, Precision, usize)] = &[
    ("2023-04-20", "2023-04-20", "2023-04-20", Precision::Day, 1),
    ("2024-02", "2024-02-01", "2024-02-29", Precision::Month, 1),
    ("-0044", "-0044-01-01", "-0044-12-31", Precision::Year, 1),
    (
        "2004-01-01T10:10:10+05:00",
        "2004-01-01",
        "2004-01-01",
        Precision::Second,
        1,
    ),
    ("2001-21", "2001-03-01", "2001-05-31", Precision::Season, 1),
    ("2001-24", "2001-12-01", "2002-02-28", Precision::Season, 1),
    ("2001-29", "2001-09-01", "2001-11-30", Precision::Season, 1),
    ("2001-33", "2001-01-01", "2001-03-31", Precision::Season, 1),
    ("2001-38", "2001-05-01", "2001-08-31", Precision::Season, 1),
    ("156X", "1560-01-01", "1569-12-31", Precision::Decade, 1),
    ("15XX", "1500-01-01", "1599-12-31", Precision::Century, 1),
    ("-15XX", "-1599-01-01", "-1500-12-31", Precision::Century, 1),
    ("1XXX", "1000-01-01", "1999-12-31", Precision::Unknown, 1),
    (
        "XXXX-XX-XX",
        "0000-01-01",
        "9999-12-31",
        Precision::Unknown,
        1,
    ),
    ("1560-XX", "1560-01-01", "1560-12-31", Precision::Year, 1),
    (
        "1997-06-XX",
        "1997-06-01",
        "1997-06-30",
        Precision::Month,
        1,
    ),
    (
        "1997-06-1X",
        "1997-06-10",
        "1997-06-19",
        Precision::Month,
        1,
    ),
    ("1997-XX-15", "1997-01-15", "1997-12-15", Precision::Day, 12),
    ("1997-XX-31", "1997-01-31", "1997-12-31", Precision::Day, 7),
    ("156X-12-25", "1560-12-25", "1569-12-25", Precision::Day, 10),
    (
        "-156X-12-25",
        "-1569-12-25",
        "-1560-12-25",
        Precision::Day,
        10,
    ),
    ("156X-02-29", "1560-02-29", "1568-02-29", Precision::Day, 3),
    ("XXXX-12-25", "0000-12-25", "9999-12-25", Precision::Day, 1),
    ("1950S2", "1900-01-01", "1999-12-31", Precision::Century, 1),
    ("1950S3", "1950-01-01", "1959-12-31", Precision::Decade, 1),
    ("Y17000", "+17000-01-01", "+17000-12-31", Precision::Year, 1),
    ("Y170000002", "-", "-", Precision::Year, 1),
    ("Y17E200S1", "-", "-", Precision::Unknown, 1),
    (
        "1964/2008",
        "1964-01-01",
        "2008-12-31",
        Precision::Interval,
        1,
    ),
    ("1880/..", "1880-01-01", "-", Precision::Interval, 1),
    ("1880/", "1880-01-01", "-", Precision::Interval, 1),
    ("/1880", "-", "1880-12-31", Precision::Interval, 1),
    ("../..", "-", "-", Precision::Interval, 1),
    (
        "[1667,1672]",
        "1667-01-01",
        "1672-12-31",
        Precision::Year,
        2,
    ),
    (
        "[1667, 1670..1672]",
        "1667-01-01",
        "1672-12-31",
        Precision::Year,
        2,
    ),
    (
        "[1000..9999]",
        "1000-01-01",
        "9999-12-31",
        Precision::Year,
        1,
    ),
    ("[..1760-12-03]", "-", "1760-12-03", Precision::Unknown, 1),
    (
        "[1667,1672-12]",
        "1667-01-01",
        "1672-12-31",
        Precision::Unknown,
        2,
    ),
    (
        "{1667,1670..1672}",
        "1667-01-01",
        "1672-12-31",
        Precision::Interval,
        1,
    ),
    ("{1960}", "1960-01-01", "1960-12-31", Precision::Year, 1),
];

#[test]
fn dates_have_a_first_and_a_last_day() {
    for &(text, first, last, precision, alternatives) in MEANINGS {
        let date = date(text);
        assert_eq!(days(&date), [first, last], "{text}");
        assert_eq!(date.precision(), precision, "{text}");
        assert_eq!(date.alternatives().len(), alternatives, "{text}");
        assert_eq!(date.written(), text);
    }
}

#[test]
fn open_ends_never_come_and_unknown_ones_may() {
    let open = date("1880/..").extent();
    assert_eq!([open.earliest_end(), open.latest_end()], [Bound::FUTURE; 2]);
    let unknown = date("1880/").extent();
    assert_eq!(unknown.earliest_end().day(), Day::from_ymd(1880, 1, 1));
    assert_eq!(unknown.latest_end(), Bound::FUTURE);
    assert_eq!(date("../..").extent(), Extent::ALWAYS);
    assert_eq!(date("../1880").extent().latest_start(), Bound::PAST);
    assert_eq!(
        date("/1880").extent().latest_start().day(),
        Day::from_ymd(1880, 12, 31)
    );
    // The end of an interval is not before its start.
    let short = date("1997-06/1997-06-15").extent();
    assert_eq!(short.latest_start().day(), Day::from_ymd(1997, 6, 15));
}

#[test]
fn a_set_of_all_goes_from_its_first_member_to_its_last() {
    let all = date("{1672,1667,1670-05..1671}").extent();
    let bounds = [
        all.earliest_start(),
        all.latest_start(),
        all.earliest_end(),
        all.latest_end(),
    ];
    let expected = [(1667, 1, 1), (1667, 12, 31), (1672, 1, 1), (1672, 12, 31)];
    let expected = expected.map(|(year, month, day)| Day::from_ymd(year, month, day));
    assert_eq!(bounds.map(Bound::day), expected);
}

#[test]
fn julian_dates_cover_the_converted_days() {
    for (text, first, last) in [
        ("1917-10-25", "1917-11-07", "1917-11-07"),
        ("1700-02-29", "1700-03-11", "1700-03-11"),
        ("1700-02", "1700-02-11", "1700-03-11"),
        ("1917", "1917-01-14", "1918-01-13"),
        ("1700-02-2X", "1700-03-02", "1700-03-11"),
        ("-1100-02-29", "-1100-02-18", "-1100-02-18"),
    ] {
        let date = Date::with(text, Cal::Julian, None).expect(text);
        assert_eq!(days(&date), [first, last], "{text}");
        assert!(
            date.words().ends_with(" (Julian)") || date.words().contains('X'),
            "{text}"
        );
    }
    let error = Date::with("1701-02-29", Cal::Julian, None).expect_err("no leap year");
    assert_eq!(
        (error.reason.as_str(), error.at),
        ("there is no day 29 in February 1701", 8..10)
    );
}

#[test]
fn times_of_day_are_kept() {
    let time = |text| {
        date(text)
            .time_of_day()
            .map(|time| (time.seconds(), time.offset()))
    };
    assert_eq!(time("2004-01-01T10:10:10+05:30"), Some((36_610, Some(330))));
    assert_eq!(time("2004-01-01T10:10:10-04"), Some((36_610, Some(-240))));
    assert_eq!(time("-0043-03-15T00:00:00Z"), Some((0, Some(0))));
    assert_eq!(time("1999-12-31T24:00:00"), Some((86_400, None)));
    assert_eq!(time("2016-12-31T23:59:60Z"), Some((86_400, Some(0))));
    assert_eq!(time("2017-01-01T05:29:60+05:30"), Some((19_800, Some(330))));
    assert_eq!(time("2004-01-01"), None);
}

#[test]
fn qualifiers_are_noted_and_move_nothing() {
    for (text, uncertain, approximate, slack) in [
        ("1984?", true, false, true),
        ("1984~", false, true, true),
        ("1984%/2004", true, true, true),
        ("2004-06~-11", false, true, true),
        ("2001-21", false, false, true),
        ("2001-33", false, false, false),
        ("1984", false, false, false),
        ("Y123456789012345678901%", true, true, true),
    ] {
        let date = date(text);
        let noted = (
            date.is_uncertain(),
            date.is_approximate(),
            date.takes_slack(),
        );
        assert_eq!(noted, (uncertain, approximate, slack), "{text}");
    }
    assert_eq!(date("1984~").extent(), date("1984").extent());
}

#[test]
fn widening_moves_each_bound_by_units_of_its_date() {
    for (text, units, first, last) in [
        ("2023-04-20~", 1, "2023-04-19", "2023-04-21"),
        ("2024-03~", 1, "2024-02-01", "2024-04-30"),
        ("2023-01~", 1, "2022-12-01", "2023-02-28"),
        ("1900~", 1, "1899-01-01", "1901-12-31"),
        ("1900~", 0, "1900-01-01", "1900-12-31"),
        ("156X~", 1, "1550-01-01", "1579-12-31"),
        ("15XX~", 2, "1300-01-01", "1799-12-31"),
        ("2001-21", 1, "2000-12-01", "2001-08-31"),
        ("2001-24", 1, "2001-09-01", "2002-05-31"),
        ("2001-41?", 1, "2001-01-01", "2002-06-30"),
        ("2023-04~/2024~", 1, "2023-03-01", "2025-12-31"),
        ("1880~/..", 1, "1879-01-01", "-"),
        ("[1667,1672]", 1, "1666-01-01", "1673-12-31"),
        ("Y17E7~", 4_000_000_000, "-", "-"),
        ("../..", 4_000_000_000, "-", "-"),
        ("XXXX?", 4_000_000_000, "-", "-"),
        ("2023-04-20", 4_000_000_000, "-", "-"),
    ] {
        let widened = date(text).widened(units);
        assert_eq!(days(&widened), [first, last], "{text}");
        assert_eq!(widened.written(), text);
    }
    let far = Date::of_day(Day::MAX).widened(3);
    assert_eq!(far.first(), Day::MAX.checked_add_days(-3));
}

#[test]
fn dates_are_said_in_words() {
    for (text, words) in [
        ("2023-04-20", "20 Apr 2023"),
        ("2023-04", "Apr 2023"),
        ("-0043-03-15", "15 Mar 44 BCE"),
        ("0079", "79 CE"),
        ("1900~", "about 1900"),
        ("2023-04-20?", "20 Apr 2023?"),
        ("1900%", "about 1900?"),
        ("2001-21", "spring 2001"),
        ("2001-28", "winter 2001 (northern)"),
        ("2001-29", "spring 2001 (southern)"),
        ("2001-36", "quarter 4 of 2001"),
        ("2001-37", "third 1 of 2001"),
        ("2001-40", "first half of 2001"),
        ("156X", "1560s"),
        ("-156X", "1570 BCE to 1561 BCE"),
        ("15XX?", "1500 to 1599?"),
        ("1950S2", "1900 to 1999"),
        ("1997-06-XX", "Jun 1997"),
        ("1997-XX-15~", "1997-XX-15~"),
        ("1964/2008-05", "1964 to May 2008"),
        ("2022-02-24/..", "from 24 Feb 2022 (open)"),
        ("1984~/", "from about 1984, end unknown"),
        ("/2006", "until 2006, start unknown"),
        ("../2006", "until 2006 (open)"),
        ("1984/2006..", "from 1984 to 2006 or later"),
        ("../..", "always"),
        ("[1667, 1668,1670..1672]", "1667, 1668 or 1670 to 1672"),
        ("{1960,1961-12}", "1960 and Dec 1961"),
        ("[1880..]", "1880 or later"),
        ("[..1760-12-03]", "3 Dec 1760 or earlier"),
        ("2004-01-01T10:10:10Z", "1 Jan 2004, 10:10:10 UTC"),
        ("2004-01-01T10:10:10-04:30", "1 Jan 2004, 10:10:10 (-04:30)"),
        ("Y17E7", "170000000"),
        ("Y17E200", "Y17E200"),
    ] {
        assert_eq!(date(text).words(), words, "{text}");
    }
    let easter = Date::with("1643-04~", Cal::Julian, Some("shortly before Easter 1643"));
    assert_eq!(
        easter.expect("a date").words(),
        "shortly before Easter 1643"
    );
    let julian = Date::with("1643-04", Cal::Julian, None).expect("a date");
    assert_eq!(julian.words(), "Apr 1643 (Julian)");
}

#[test]
fn a_date_is_serialized_with_six_keys() {
    let json = |date: &Date| serde_json::to_string(date).expect("json");
    assert_eq!(
        json(&date("2022-02-24/..")),
        r#"{"written":"2022-02-24/..","first":"2022-02-24","last":null,"precision":"interval","calendar":"gregorian","display":null}"#
    );
    let shown = Date::with("1700-02", Cal::Julian, Some("Lent")).expect("a date");
    assert_eq!(
        json(&shown),
        r#"{"written":"1700-02","first":"1700-02-11","last":"1700-03-11","precision":"month","calendar":"julian","display":"Lent"}"#
    );
}

#[test]
fn a_date_is_small() {
    assert!(size_of::<Date>() <= 112, "{} bytes", size_of::<Date>());
}

proptest! {
    #[test]
    fn every_written_day_means_itself(number in -700_000_i64..2_900_000) {
        let day = Day::from_number(number).expect("a day");
        let written = day.to_string();
        let date = date(&written);
        prop_assert_eq!(date.first(), Some(day));
        prop_assert_eq!(date.last(), Some(day));
        prop_assert_eq!(&date, &Date::of_day(day));
    }

    /// The Julian calendar against a plain count of its days from a known one.
    #[test]
    fn julian_days_follow_each_other(year in -4800_i64..3000, month in 1_u32..=12, day in 1_u32..=31) {
        let Some(length) = Cal::Julian.days_in_month(year, month) else { return Ok(()) };
        prop_assume!(day <= length);
        let next = if day < length {
            (year, month, day + 1)
        } else if month < 12 {
            (year, month + 1, 1)
        } else {
            (year + 1, 1, 1)
        };
        let number = day_number(Cal::Julian, year, month, day);
        prop_assert_eq!(day_number(Cal::Julian, next.0, next.1, next.2), number + 1);
    }

    /// Widened bounds contain the narrower ones.
    #[test]
    fn widening_only_widens(index in 0..super::refusals::VALID.len(), units in 0_u32..50) {
        let narrow = date(super::refusals::VALID[index]);
        let wide = narrow.widened(units).extent();
        let narrow = narrow.extent();
        prop_assert!(wide.earliest_start() <= narrow.earliest_start());
        prop_assert!(wide.latest_start() >= narrow.latest_start());
        prop_assert!(wide.earliest_end() <= narrow.earliest_end());
        prop_assert!(wide.latest_end() >= narrow.latest_end());
    }
}
