//! Dates drawn with all of their readings: what is written lies on the days 1 to 12 of January
//! 2020; what is open or unknown reaches a day beyond.

use proptest::prelude::*;

pub(crate) const DAYS: i32 = 12;

/// A date as written, with every (first day, last day) that it can mean; none written can mean
/// anything.
#[derive(Debug, Clone)]
pub(crate) struct Drawn {
    pub(crate) edtf: Option<String>,
    pub(crate) readings: Vec<(i32, i32)>,
}

fn day(n: i32) -> String {
    format!("2020-01-{n:02}")
}

fn points(edtf: String, days: impl Iterator<Item = i32>) -> Drawn {
    Drawn {
        edtf: Some(edtf),
        readings: days.map(|n| (n, n)).collect(),
    }
}

/// A date on which something was said: one day, of which not all may be known.
pub(crate) fn point() -> impl Strategy<Value = Drawn> {
    prop_oneof![
        4 => (1..=DAYS).prop_map(|n| points(day(n), n..=n)),
        2 => Just(points("2020-01-0X".to_owned(), 1..=9)),
        1 => Just(points("[2020-01-10..2020-01-12]".to_owned(), 10..=DAYS)),
        1 => Just(points("[2020-01-01..2020-01-12]".to_owned(), 1..=DAYS)),
        2 => (1..=DAYS, 1..=DAYS).prop_filter("two days", |(a, b)| a < b)
            .prop_map(|(a, b)| points(format!("[{},{}]", day(a), day(b)), [a, b].into_iter())),
        1 => Just(Drawn { edtf: None, readings: (0..=DAYS + 1).map(|n| (n, n)).collect() }),
    ]
}

fn spans(edtf: Option<String>, starts: (i32, i32), ends: (i32, i32)) -> Drawn {
    let each = (starts.0..=starts.1).flat_map(|a| (ends.0..=ends.1).map(move |b| (a, b)));
    Drawn {
        edtf,
        readings: each.filter(|(a, b)| a <= b).collect(),
    }
}

/// A date over which a tie held. Beyond the days there are lies nothing that is asked for.
pub(crate) fn stretch() -> impl Strategy<Value = Drawn> {
    let ordered = (1..=DAYS, 1..=DAYS).prop_map(|(a, b)| (a.min(b), a.max(b)));
    prop_oneof![
        4 => ordered.prop_map(|(a, b)| spans(Some(format!("{}/{}", day(a), day(b))), (a, a), (b, b))),
        1 => (1..=DAYS).prop_map(|a| spans(Some(format!("{}/..", day(a))), (a, a), (DAYS + 1, DAYS + 1))),
        1 => (1..=DAYS).prop_map(|b| spans(Some(format!("../{}", day(b))), (0, 0), (b, b))),
        1 => (1..=DAYS).prop_map(|a| spans(Some(format!("{}/", day(a))), (a, a), (a, DAYS + 1))),
        1 => (1..=DAYS).prop_map(|b| spans(Some(format!("/{}", day(b))), (0, b), (b, b))),
        1 => Just(spans(Some("2020-01-0X/2020-01-1X".to_owned()), (1, 9), (10, 19))),
        1 => Just(spans(Some("../..".to_owned()), (0, 0), (DAYS + 1, DAYS + 1))),
        1 => Just(spans(None, (0, DAYS + 1), (0, DAYS + 1))),
    ]
}

/// A window of days, of which either side may be open.
pub(crate) fn window() -> impl Strategy<Value = (Option<i32>, Option<i32>)> {
    (prop::option::of(1..=DAYS), prop::option::of(1..=DAYS))
}

pub(crate) fn in_window(window: (Option<i32>, Option<i32>), day: i32) -> bool {
    window.0.is_none_or(|from| from <= day) && window.1.is_none_or(|until| day <= until)
}

pub(crate) fn date(n: i32) -> annals::time::Date {
    annals::time::Date::parse(&day(n)).unwrap()
}

/// A window as it is asked for.
pub(crate) fn asked(window: (Option<i32>, Option<i32>)) -> annals::time::Window {
    annals::time::Window {
        from: window.0.map(date),
        until: window.1.map(date),
    }
}

/// Is called with one reading of each date.
type Visit<'v> = &'v mut dyn FnMut(&[(i32, i32)]);

/// Every choice of one reading of each.
pub(crate) fn each_completion(dates: &[&Drawn], visit: Visit<'_>) {
    fn choose(dates: &[&Drawn], chosen: &mut Vec<(i32, i32)>, visit: Visit<'_>) {
        let Some((first, rest)) = dates.split_first() else {
            visit(chosen);
            return;
        };
        for reading in &first.readings {
            chosen.push(*reading);
            choose(rest, chosen, visit);
            chosen.pop();
        }
    }
    choose(dates, &mut Vec::new(), visit);
}
