//! The comparison against an enumeration of all readings, and the order of lists.

use std::cmp::Ordering;

use proptest::prelude::*;

use super::date;
use crate::Certainty::{Certainly, Never, Possibly};
use crate::{Certainty, Date, DayRelation, Window, chronological, compare};

/// Days of January 2000; 0 and 13 stand for the endless past and future, 10 to 12 for days that
/// no text names.
type Reading = (i32, i32);
const PAST: i32 = 0;
const FUTURE: i32 = 13;
const NAMED: std::ops::RangeInclusive<i32> = 1..=9;

/// A single date and the days it can mean.
#[derive(Clone, Debug)]
struct Part {
    text: String,
    days: std::ops::RangeInclusive<i32>,
}

fn part() -> impl Strategy<Value = Part> {
    prop_oneof![
        4 => NAMED.prop_map(|day| Part { text: format!("2000-01-0{day}"), days: day..=day }),
        1 => Just(Part { text: "2000-01-0X".to_owned(), days: NAMED }),
    ]
}

/// A text and, worked out from its meaning day by day, all its readings.
#[derive(Clone, Debug)]
struct Sample {
    text: String,
    readings: Vec<Reading>,
}

fn all(start: impl Fn(i32) -> bool, end: impl Fn(i32) -> bool) -> Vec<Reading> {
    let pairs = (PAST..=FUTURE).flat_map(|start| (start..=FUTURE).map(move |end| (start, end)));
    pairs
        .filter(|&(first, last)| start(first) && end(last))
        .collect()
}

fn side(is_start: bool) -> impl Strategy<Value = (String, Vec<i32>)> {
    let open = if is_start { PAST } else { FUTURE };
    prop_oneof![
        4 => part().prop_map(|part| (part.text, part.days.collect())),
        1 => Just(("..".to_owned(), vec![open])),
        1 => Just((String::new(), (PAST..=FUTURE).collect())),
        1 => part().prop_map(move |part| if is_start {
            (format!("..{}", part.text), (PAST..=*part.days.end()).collect())
        } else {
            (format!("{}..", part.text), (*part.days.start()..=FUTURE).collect())
        }),
    ]
}

fn member() -> impl Strategy<Value = Sample> {
    let within = |text: String, days: std::ops::RangeInclusive<i32>| {
        let readings = all(|day| days.contains(&day), |day| days.contains(&day));
        Sample { text, readings }
    };
    prop_oneof![
        3 => part().prop_map(move |part| within(part.text, part.days)),
        1 => (part(), part()).prop_map(move |(from, to)| {
            within(format!("{}..{}", from.text, to.text), *from.days.start()..=*to.days.end())
        }),
        1 => part().prop_map(move |part| within(format!("..{}", part.text), PAST..=*part.days.end())),
        1 => part().prop_map(move |part| within(format!("{}..", part.text), *part.days.start()..=FUTURE)),
    ]
}

fn sample() -> impl Strategy<Value = Sample> {
    let single = part().prop_map(|part| {
        let readings = all(
            |day| part.days.contains(&day),
            |day| part.days.contains(&day),
        );
        Sample {
            text: part.text,
            readings,
        }
    });
    let interval = (side(true), side(false)).prop_map(|((start, starts), (end, ends))| {
        let readings = all(|day| starts.contains(&day), |day| ends.contains(&day));
        Sample {
            text: format!("{start}/{end}"),
            readings,
        }
    });
    let one_of = prop::collection::vec(member(), 1..4).prop_map(|members| {
        let texts: Vec<&str> = members.iter().map(|member| member.text.as_str()).collect();
        let text = format!("[{}]", texts.join(","));
        // A range that ends before it begins makes the set invalid.
        let spoilt = members.iter().any(|member| member.readings.is_empty());
        let readings = members
            .iter()
            .flat_map(|member| member.readings.clone())
            .collect();
        Sample {
            text,
            readings: if spoilt { Vec::new() } else { readings },
        }
    });
    let all_of = (part(), part(), part()).prop_map(|(one, from, to)| {
        let mut readings = Vec::new();
        let ranges = all(|day| from.days.contains(&day), |day| to.days.contains(&day));
        for (start, end) in all(|day| one.days.contains(&day), |day| one.days.contains(&day)) {
            readings.extend(
                ranges
                    .iter()
                    .map(|range| (start.min(range.0), end.max(range.1))),
            );
        }
        readings.sort_unstable();
        readings.dedup();
        Sample {
            text: format!("{{{},{}..{}}}", one.text, from.text, to.text),
            readings,
        }
    });
    prop_oneof![2 => single, 4 => interval, 2 => one_of, 1 => all_of]
}

fn holds(relation: DayRelation, (s1, e1): Reading, (s2, e2): Reading) -> bool {
    match relation {
        DayRelation::Before => e1 < s2,
        DayRelation::After => s1 > e2,
        DayRelation::SharesDay => s1.max(s2) <= e1.min(e2),
        DayRelation::Within => s2 <= s1 && e1 <= e2,
        DayRelation::Contains => s1 <= s2 && e2 <= e1,
        DayRelation::SameDays => s1 == s2 && e1 == e2,
        DayRelation::StartsBefore => s1 < s2,
        DayRelation::StartsNotAfter => s1 <= s2,
        DayRelation::EndsBefore => e1 < e2,
        DayRelation::EndsNotAfter => e1 <= e2,
        DayRelation::StartsBeforeEnd => s1 < e2,
        DayRelation::StartsNotAfterEnd => s1 <= e2,
        DayRelation::EndsNotAfterStart => e1 <= s2,
    }
}

fn by_enumeration(a: &[Reading], relation: DayRelation, b: &[Reading]) -> Certainty {
    let mut results = a
        .iter()
        .flat_map(|&a| b.iter().map(move |&b| holds(relation, a, b)));
    let first = results.next().expect("a reading");
    if results.any(|holds| holds != first) {
        Possibly
    } else {
        Certainty::from_truth(first)
    }
}

proptest! {
    #[test]
    fn comparing_is_exact(a in sample(), b in sample()) {
        let parsed = [&a, &b].map(|sample| Date::parse(&sample.text));
        for (parsed, sample) in parsed.iter().zip([&a, &b]) {
            let unsaid = sample.text == "/";
            prop_assert_eq!(parsed.is_ok(), !sample.readings.is_empty() && !unsaid, "{}", &sample.text);
        }
        let [Ok(date_a), Ok(date_b)] = parsed else { return Ok(()) };
        for relation in DayRelation::ALL {
            let expected = by_enumeration(&a.readings, relation, &b.readings);
            let found = compare(&date_a, relation, &date_b);
            prop_assert_eq!(found, expected, "{} {:?} {}", &a.text, relation, &b.text);
        }
    }

    #[test]
    fn a_window_is_a_stretch_from_first_to_last_day(a in sample(), from in sample(), until in sample()) {
        let [Ok(date), Ok(first), Ok(last)] = [&a, &from, &until].map(|sample| Date::parse(&sample.text))
            else { return Ok(()) };
        let begin = from.readings.iter().map(|reading| reading.0).min().expect("a reading");
        let end = until.readings.iter().map(|reading| reading.1).max().expect("a reading");
        let expected = if begin > end {
            Never
        } else {
            by_enumeration(&a.readings, DayRelation::SharesDay, &[(begin, end)])
        };
        let window = Window { from: Some(first), until: Some(last) };
        prop_assert_eq!(window.holds(&date), expected);
    }

    #[test]
    fn lists_have_one_order(texts in prop::collection::vec(listed(), 3)) {
        let dates: Vec<Date> = texts.iter().filter_map(|text| Date::parse(text).ok()).collect();
        for (a, b) in dates.iter().flat_map(|a| dates.iter().map(move |b| (a, b))) {
            let order = chronological(a, b);
            prop_assert_eq!(order, chronological(b, a).reverse());
            prop_assert_eq!(order == Ordering::Equal, a == b);
            if compare(a, DayRelation::Before, b) == Certainly {
                prop_assert_eq!(order, Ordering::Less);
            }
            for c in &dates {
                if order == Ordering::Less && chronological(b, c) == Ordering::Less {
                    prop_assert_eq!(chronological(a, c), Ordering::Less);
                }
            }
        }
    }
}

/// Texts that often share their days.
fn listed() -> impl Strategy<Value = String> {
    let hour = (0..24, prop::sample::select(vec!["", "Z", "+05:00", "-04"]))
        .prop_map(|(hour, offset)| format!("2000-01-01T{hour:02}:00:00{offset}"));
    let form = prop::sample::select(super::refusals::VALID.as_slice()).prop_map(str::to_owned);
    let far = (any::<i64>(), 0..100).prop_map(|(year, exponent)| format!("Y{year}E{exponent}"));
    prop_oneof![hour, form, far, sample().prop_map(|sample| sample.text)]
}

#[test]
fn the_examples_of_the_contract_hold() {
    for (a, relation, b, expected) in [
        ("1997-06-XX", DayRelation::Before, "1997-06-15", Possibly),
        ("1880/..", DayRelation::SameDays, "1880", Never),
        ("1880/..", DayRelation::Within, "1880", Never),
        ("2023-04", DayRelation::SharesDay, "2023-04-20", Possibly),
        ("../..", DayRelation::Contains, "2023-04", Certainly),
        ("../..", DayRelation::Contains, "/..", Certainly),
        ("../..", DayRelation::SameDays, "../..", Certainly),
        ("1880/", DayRelation::Within, "1880", Possibly),
        ("1880/", DayRelation::SameDays, "1880/..", Possibly),
        ("Y17E7", DayRelation::After, "2023", Certainly),
        ("Y-17E7", DayRelation::Before, "2023", Certainly),
        ("Y17E7", DayRelation::Before, "Y18E7", Certainly),
        ("Y17E200", DayRelation::After, "Y17E7", Certainly),
        ("Y17E200", DayRelation::Before, "Y18E200", Possibly),
        (
            "Y12345678901234567890",
            DayRelation::After,
            "2023",
            Certainly,
        ),
        ("Y17E200", DayRelation::Within, "2023/..", Certainly),
        ("[1667,1672]", DayRelation::SharesDay, "1669", Never),
        ("{1667,1672}", DayRelation::SharesDay, "1669", Certainly),
        ("156X-12-25", DayRelation::SharesDay, "1565-06", Never),
        ("1997-XX-15", DayRelation::SharesDay, "1997-03-15", Possibly),
        (
            "1997-XX-15",
            DayRelation::SharesDay,
            "1997-03-16/1997-04-14",
            Never,
        ),
        (
            "2022-02-24",
            DayRelation::Before,
            "2022-02-24T12:00:00",
            Never,
        ),
    ] {
        assert_eq!(
            compare(&date(a), relation, &date(b)),
            expected,
            "{a} {relation:?} {b}"
        );
    }
}

#[test]
fn windows_may_be_endless_or_empty() {
    let window = |from: Option<&str>, until: Option<&str>| Window {
        from: from.map(date),
        until: until.map(date),
    };
    assert!(Window::default().is_endless());
    assert_eq!(Window::default().holds(&date("/..")), Certainly);
    assert!(window(Some("../1990"), Some("1980/..")).is_endless());
    let empty = window(Some("2024"), Some("2023"));
    assert!(empty.is_empty());
    assert_eq!(empty.holds(&date("../..")), Never);
    let year = window(Some("2023"), Some("2023"));
    assert_eq!(year.holds(&date("2023-04")), Certainly);
    assert_eq!(year.holds(&date("2022/2024")), Certainly);
    assert_eq!(year.holds(&date("2022/2023")), Certainly);
    assert_eq!(year.holds(&date("[2022,2023]")), Possibly);
    assert_eq!(year.holds(&date("/..")), Possibly);
}

#[test]
fn times_of_one_day_are_listed_in_their_order() {
    let mut dates = [
        "2000-01-01T06:00:00Z",
        "2000",
        "2000-01-01T09:00:00+05:00",
        "2000-01-01",
        "2000-01",
        "1999/..",
        "../..",
        "2000-01-01?",
    ]
    .map(date);
    dates.sort_by(chronological);
    let listed: Vec<&str> = dates.iter().map(Date::written).collect();
    assert_eq!(
        listed,
        [
            "../..",
            "1999/..",
            "2000-01-01",
            "2000-01-01?",
            "2000-01-01T09:00:00+05:00",
            "2000-01-01T06:00:00Z",
            "2000-01",
            "2000",
        ]
    );
}
