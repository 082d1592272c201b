//! Texts that are not dates, the reasons, the suggestions; and that no text causes a panic.

use proptest::prelude::*;

use crate::{Calendar, Date};

/// Dates of every form, to be mutated.
pub(super) const VALID: [&str; 30] = [
    "2023-04-20",
    "-0044-03-15",
    "2023-04",
    "2023",
    "1984?",
    "2004-06~-11",
    "%2004-?06-~11",
    "156X-12-25",
    "-15XX",
    "XXXX-12-25",
    "XXXX-XX-XX",
    "15XX-XX-25",
    "1X9X-1X-X1",
    "2001-21",
    "2001-34",
    "20XX-41",
    "1950S2",
    "Y17E7",
    "Y-170000002",
    "Y17101E4S3",
    "Y99999999999999999999E99999999999S3",
    "2004-01-01T10:10:10+05:00",
    "1964/2008-05",
    "1880/..",
    "/2006-05?",
    "../..",
    "..1980/1990..",
    "[1667, 1668,1670..1672, 1760-12..]",
    "{..1960,1961-12}",
    "XXXX-12-21/1890-09-2X",
];

/// Text, reason, and the part of the text that is pointed at.
const REFUSED: &[(&str, &str, &str)] = &[
    ("", "an empty date says nothing: leave it out", ""),
    ("  ", "an empty date says nothing: leave it out", "  "),
    ("2023-13-01", "month 13 does not exist", "13"),
    ("2023-00", "month 0 does not exist", "00"),
    ("2023-04-31", "there is no day 31 in April", "31"),
    ("2023-04-31?/2024", "there is no day 31 in April", "31"),
    (
        "2023-01/2023-02-29~",
        "there is no day 29 in February 2023",
        "29",
    ),
    (
        "1700-02-29",
        "there is no day 29 in February 1700 of the Gregorian calendar (the Julian calendar \
             has one)",
        "29",
    ),
    ("2023-04-32", "day 32 does not exist", "32"),
    ("XXX1-02-29", "no calendar day has these digits", "29"),
    ("15XX-02-3X", "this month has no such day", "3X"),
    (
        "2001-21-05",
        "a season or other group of months has no days",
        "05",
    ),
    ("2001-4X", "no month has the digits 4X", "4X"),
    (
        "2023-04-20-11",
        "a date has at most a year, a month and a day",
        "11",
    ),
    (
        "12345",
        "a year of more than four digits begins with Y: Y12345",
        "12345",
    ),
    ("Y2006", "a year of four digits or fewer has no Y", "Y2006"),
    (
        "Y17000-05",
        "a year written with Y has no month or day",
        "Y17000-05",
    ),
    ("193x", "this is EDTF as of 2012: write 193X", "193x"),
    (
        "-193",
        "a year has four digits: -0193 is the year, -193X the ten years from -1930",
        "193",
    ),
    (
        "1914-1918",
        "an interval is written with a slash, such as 1914/1918",
        "1918",
    ),
    (
        "2023/04",
        "a month is written 2023-04, an interval of years with four digits on both sides",
        "04",
    ),
    (
        "2023/2022",
        "the interval ends before it begins",
        "2023/2022",
    ),
    (
        "1/2/3/4",
        "an interval has two sides and one slash between them",
        "/3/4",
    ),
    (
        "/",
        "nothing is known about this interval: leave the date out",
        "/",
    ),
    (
        "03/04/2021",
        "this can be 3 April or 4 March: begin with the year, 2021-04-03 or 2021-03-04",
        "03/04/2021",
    ),
    (
        "yesterday",
        "it depends on the day on which it was written",
        "yesterday",
    ),
    (
        "when the war began",
        "a date begins with a year of four digits, such as 2023-04-20",
        "when the war began",
    ),
    (
        "spring 2021",
        "this is in words: write 2021-21",
        "spring 2021",
    ),
    (
        "1998/unknown",
        "this is EDTF as of 2012: write 1998/",
        "1998/unknown",
    ),
    (
        "1999/open",
        "this is EDTF as of 2012: write 1999/..",
        "1999/open",
    ),
    ("199u", "this is EDTF as of 2012: write 199X", "199u"),
    (
        "n.d.",
        "it says that the date is unknown: leave the date out",
        "n.d.",
    ),
    (
        "3/4/2021 – 5/4/2021",
        "this can be 2021-04-03/2021-04-05 or 2021-03-04/2021-05-04: write which",
        "3/4/2021 – 5/4/2021",
    ),
    (
        "3/4/21",
        "this can be 2021-04-03, 2021-03-04, or of another century: write which",
        "3/4/21",
    ),
    (
        "15 Apr 21",
        "its year has two digits: write 1921-04-15, 2021-04-15 or another century",
        "15 Apr 21",
    ),
    (
        "Friday, 15 April 2021",
        "2021-04-15 is another day of the week than it says",
        "Friday, 15 April 2021",
    ),
    (
        "11 Feb 1731/2",
        "this is a day of another calendar: write {edtf: 1732-02-11, calendar: julian}",
        "11 Feb 1731/2",
    ),
    ("1998-9", "it can be a month or two years", "1998-9"),
    ("2023-04-20T25:00:00", "hour 25 does not exist", "25"),
    ("2023-04-20T10:61:00", "minute 61 does not exist", "61"),
    (
        "2023-04-20T24:00:01",
        "the hour 24 is only the end of a day, 24:00:00",
        "24:00:01",
    ),
    (
        "2023-04-20T10:00:00.5",
        "fractions of a second are not kept: leave them out",
        ".5",
    ),
    (
        "2023-04-20T10:00:00+15",
        "no place is more than 14 hours away from UTC",
        "+15",
    ),
    (
        "2023-04T10:00:00",
        "a time of day needs a whole day before it, such as 2023-04-20T16:05:00",
        "2023-04",
    ),
    (
        "[1667,1668",
        "the set that begins here is not closed with ]",
        "[1667,1668",
    ),
    ("[1667,,1668]", "a date is missing in the set", ""),
    (
        "[1667,166]",
        "a year has four digits: 0166 is the year, 166X the ten years from 1660",
        "166",
    ),
    (
        "[1672..1667]",
        "the range ends before it begins",
        "[1672..1667]",
    ),
    ("{[1667]}", "a set cannot contain another set", "["),
    (
        "2023–04",
        "a date is written with hyphens (-), not with `–`",
        "–",
    ),
    ("２０２３", "a date has no `２`", "２"),
    ("2023\n-04", "a date has no `\\n`", "\n"),
];

#[test]
fn what_is_no_date_is_explained() {
    for &(text, reason, place) in REFUSED {
        let error = Date::parse(text).expect_err(text);
        assert_eq!(error.reason, reason, "{text}");
        assert_eq!(&text[error.at], place, "{text}");
    }
}

#[test]
fn another_spelling_of_one_date_is_respelt() {
    for (text, suggestion) in [
        ("2023-4-2", "2023-04-02"),
        ("2023-5", "2023-05"),
        ("2023/04", "2023-04"),
        ("1914-1918", "1914/1918"),
        ("2023-04-20T10:00", "2023-04-20T10:00:00"),
        ("the year 2023", "2023"),
        ("c. 1900?", "1900%"),
        ("between 2 and 5 May 1999", "[1999-05-02..1999-05-05]"),
        ("-0044-3-15", "-0044-03-15"),
        ("2023/04/20", "2023-04-20"),
        ("2023.04.20", "2023-04-20"),
        ("2023.04", "2023-04"),
        ("2023–04–20", "2023-04-20"),
        ("\u{a0}2023-04-20\t", "2023-04-20"),
        ("20230420", "2023-04-20"),
        ("156x", "156X"),
        ("2023-04-20t10:00:00z", "2023-04-20T10:00:00Z"),
        ("2023-04-20 10:00:00+0230", "2023-04-20T10:00:00+02:30"),
        ("20230420T101010Z", "2023-04-20T10:10:10Z"),
        ("20/04/2023", "2023-04-20"),
        ("04/20/2023", "2023-04-20"),
        ("04.04.2021", "2021-04-04"),
        ("20 April 2023", "2023-04-20"),
        ("April 2nd, 2023", "2023-04-02"),
        ("Sept. 2001", "2001-09"),
        ("ca. 1900", "1900~"),
        ("about Apr 1900", "1900-04~"),
    ] {
        let error = Date::parse(text).expect_err(text);
        assert_eq!(error.suggestion.as_deref(), Some(suggestion), "{text}");
    }
}

#[test]
fn a_suggestion_that_says_less_is_marked() {
    for (text, lossless) in [
        ("4 May 2021", true),
        ("around 1880", true),
        ("199u", true),
        ("early 1880s", false),
        ("Thursday, 15 April 2021", false),
        ("2023-04-20T10:00:00.5", false),
        ("5/17 March 1850", false),
    ] {
        let error = Date::parse(text).expect_err(text);
        assert!(error.suggestion.is_some(), "{text}");
        assert_eq!(error.lossless, lossless, "{text}");
    }
}

#[test]
fn what_may_mean_two_dates_is_left_alone() {
    for text in [
        "03/04/2021",
        "2023-4",
        "3/5 May 2020",
        "15 Apr 21",
        "193",
        "19",
        "202304",
        "12345",
        "2023-04-31",
        "20230431",
        "31/04/2023",
        "2023.13.01",
        "04/20",
        "00/00/2023",
        "20 Foo 2023",
    ] {
        let error = Date::parse(text).expect_err(text);
        assert_eq!(error.suggestion, None, "{text}");
    }
}

#[test]
fn long_texts_are_refused_at_once() {
    for text in [
        "2".repeat(3_000_000),
        "ä".repeat(1_500_000),
        "[1667,".repeat(500_000),
    ] {
        let error = Date::parse(&text).expect_err("too long");
        assert_eq!(
            error.reason,
            "a date has at most 1000 characters, this text has more"
        );
        assert!(error.at.end <= 1_000 && text.get(error.at).is_some());
    }
    // The longest that is read, with as many alternatives as can be written.
    let set = format!("[{}1000]", "15XX-12-25,".repeat(80));
    assert!(Date::parse(&set).is_ok_and(|date| date.alternatives().len() == 1));
    let years = format!("{{{}1000}}", "XXX1-XX-31,".repeat(80));
    assert!(Date::parse(&years).is_ok());
}

/// A valid date with one character put in, taken out or replaced.
fn mutated() -> impl Strategy<Value = String> {
    let text = prop::sample::select(VALID.as_slice());
    let sign = prop::sample::select(
        "0123456789XYTZES-/.,?~%[]{} +:tzxé–"
            .chars()
            .collect::<Vec<_>>(),
    );
    (text, any::<prop::sample::Index>(), sign, 0..3).prop_map(|(text, place, sign, kind)| {
        let mut chars: Vec<char> = text.chars().collect();
        let at = place.index(chars.len());
        match kind {
            0 => chars.insert(at, sign),
            1 => chars[at] = sign,
            _ => {
                chars.remove(at);
            }
        }
        chars.into_iter().collect()
    })
}

fn check(text: &str) -> Result<(), TestCaseError> {
    for calendar in [Calendar::Gregorian, Calendar::Julian] {
        match Date::with(text, calendar, None) {
            Ok(date) => {
                prop_assert_eq!(date.written(), text);
                prop_assert!(!date.words().is_empty());
                for extent in date.alternatives().iter().chain([&date.extent()]) {
                    prop_assert!(extent.earliest_start() <= extent.latest_start());
                    prop_assert!(extent.earliest_end() <= extent.latest_end());
                    prop_assert!(extent.earliest_start() <= extent.earliest_end());
                    prop_assert!(extent.latest_start() <= extent.latest_end());
                }
                date.widened(u32::MAX);
            }
            Err(error) => {
                prop_assert!(text.get(error.at.clone()).is_some(), "{:?}", error);
                prop_assert!(!error.reason.is_empty());
                if let Some(suggestion) = error.suggestion {
                    let meant = Date::with(&suggestion, calendar, None);
                    prop_assert!(meant.is_ok(), "{}", suggestion);
                }
            }
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_text_is_read_or_explained(text in "\\PC{0,24}|[0-9XYTZES?~%,./:{}\\[\\] -]{0,24}") {
        check(&text)?;
    }

    #[test]
    fn a_mutated_date_is_read_or_explained(text in mutated()) {
        check(&text)?;
    }

    /// We accept every text that edtf-core accepts, except a few for which it is too lenient.
    #[test]
    fn what_edtf_core_reads_is_read(text in mutated()) {
        let leap_second = text.contains(":60");
        if edtf_core::Edtf::parse(&text).is_ok() && !leap_second {
            prop_assert!(Date::parse(&text).is_ok(), "{}", text);
        }
    }
}
