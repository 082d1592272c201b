//! The labels of the scale: years, months and days, as fine as space permits.

use super::scale::{Scale, Stretch};
use crate::text::{Face, Style, width};
use annals_format::grouped;

/// A mark on the scale.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tick {
    /// The horizontal position.
    pub(super) x: f64,
    /// Its label and the label's centre, if there is space: the plain part, and the year after it.
    pub(super) words: Option<(f64, String, String)>,
}

/// A month or a day.
pub(super) const PLAIN: Style = Style {
    face: Face::Regular,
    size: 11.0,
};
/// A year.
pub(super) const YEAR: Style = Style {
    face: Face::Bold,
    size: 11.0,
};
/// The smallest gap between two labelled ticks.
const ROOM: f64 = 15.0;

/// The distance of ticks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Days(i64),
    Months(i64),
    Years(i64),
}

impl Step {
    /// The approximate number of days, and the width of its label.
    #[expect(clippy::cast_precision_loss, reason = "an estimate")]
    fn size(self) -> (f64, f64) {
        match self {
            Step::Days(days) => (days as f64, 44.0),
            Step::Months(months) => (months as f64 * 30.4, 34.0),
            Step::Years(years) => (years as f64 * 365.24, 44.0),
        }
    }

    fn all() -> impl Iterator<Item = Step> {
        let days = [1, 2, 5, 10].map(Step::Days);
        let months = [1, 3, 6].map(Step::Months);
        let powers = (0..12).map(|power| 10_i64.pow(power));
        let years = powers.flat_map(|ten| [1, 2, 5].map(|part| Step::Years(part * ten)));
        days.into_iter().chain(months).chain(years)
    }
}

/// The ticks of a scale, from left to right.
pub(super) fn ticks(scale: &Scale) -> Vec<Tick> {
    let mut ticks: Vec<Tick> = Vec::new();
    let mut taken = f64::MIN;
    for stretch in &scale.stretches {
        let room = (stretch.x - 6.0, stretch.x + stretch.width + 6.0);
        let before = ticks.len();
        let usual = step_of(stretch);
        let set = |step: Step| stepped(scale, stretch, step, room, taken);
        let is_scale = |(ticks, _): &(Vec<Tick>, f64)| {
            ticks.iter().filter(|tick| tick.words.is_some()).count() > 1
        };
        // A single date does not make a scale: if two fit with finer steps, use those.
        let steps = std::iter::once(usual).chain(finer(usual));
        let (some, end) = steps.map(set).find(is_scale).unwrap_or_else(|| set(usual));
        ticks.extend(some);
        taken = end;
        if ticks[before..].iter().all(|tick| tick.words.is_none()) {
            // Too narrow for any tick: mark at least the start.
            #[expect(clippy::cast_possible_truncation, reason = "a day of the scale")]
            let words = worded(stretch.first as i64, step_of(stretch), None);
            let half = measured(&words) / 2.0;
            let x = scale
                .x(stretch.first)
                .clamp(room.0 + half, (room.1 - half).max(room.0 + half));
            if x - half > taken + 4.0 && x + half <= room.1 + 4.0 {
                taken = x + half;
                ticks.push(Tick {
                    x: scale.x(stretch.first),
                    words: Some((x, words.0, words.1)),
                });
            }
        }
    }
    ticks
}

/// The ticks of a stretch, and where the label of the last one ends.
fn stepped(
    scale: &Scale,
    stretch: &Stretch,
    step: Step,
    room: (f64, f64),
    mut taken: f64,
) -> (Vec<Tick>, f64) {
    let mut year = None;
    let mut ticks = Vec::new();
    for day in days_of(stretch, step) {
        if !scale.has(day) {
            continue;
        }
        #[expect(clippy::cast_precision_loss, reason = "within the range of the scale")]
        let x = scale.x(day as f64);
        let fits = |words: &(String, String)| {
            let half = measured(words) / 2.0;
            (x - half > taken + ROOM && x - half >= room.0 && x + half <= room.1)
                .then_some(x + half)
        };
        let mut words = worded(day, step, year);
        let mut end = fits(&words);
        if end.is_none() && !words.0.is_empty() {
            // Without the year, which the next label has.
            words.1.clear();
            end = fits(&words);
        }
        if !words.1.is_empty() && end.is_some() {
            year = Some(civil(day).0);
        }
        taken = end.unwrap_or(taken);
        let words = end.map(|_| (x, words.0, words.1));
        ticks.push(Tick { x, words });
    }
    (ticks, taken)
}

/// The two steps finer than one of years, the finer one last.
fn finer(step: Step) -> Vec<Step> {
    if !matches!(step, Step::Years(_)) {
        return Vec::new();
    }
    let years = Step::all().filter(|one| matches!(one, Step::Years(_)));
    let mut finer: Vec<Step> = years.take_while(|one| *one != step).collect();
    finer.reverse();
    finer.truncate(2);
    finer
}

/// The finest step for which there is space.
#[expect(clippy::cast_possible_truncation, reason = "days of the scale")]
fn step_of(stretch: &Stretch) -> Step {
    let of_day = stretch.width / (stretch.until - stretch.from).max(1e-9);
    // Year labels may be long, and of different lengths on one scale.
    let years = [stretch.from, stretch.until].map(|day| year_words(civil(day as i64).0));
    let years = years.map(|words| width(&words, YEAR)).iter().sum::<f64>() / 2.0;
    let fits = |step: &Step| {
        let (days, words) = step.size();
        let words = match step {
            Step::Years(1000..) => words.max(years),
            _ => words,
        };
        days * of_day >= words + ROOM
    };
    Step::all()
        .find(fits)
        .unwrap_or(Step::Years(1_000_000_000_000))
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "days of a scale are whole numbers once"
)]
fn days_of(stretch: &Stretch, step: Step) -> Vec<i64> {
    let (from, until) = (stretch.from.ceil() as i64, stretch.until.floor() as i64);
    let (first, last) = (civil(from).0, civil(until).0);
    let mut days: Vec<i64> = match step {
        Step::Years(years) => {
            // 500 BCE is the year −499; the year 1 separates the eras.
            let least = first.div_euclid(years) - 1;
            let most = last.div_euclid(years) + 1;
            let each = (least..=most).map(|nth| match nth * years {
                0 => 1,
                year if year < 0 => year + 1,
                year => year,
            });
            each.map(|year| number(year, 1, 1)).collect()
        }
        Step::Months(months) => {
            let of_year = |year| {
                (1..=12)
                    .step_by(months as usize)
                    .map(move |month| number(year, month, 1))
            };
            (first..=last).flat_map(of_year).collect()
        }
        Step::Days(days) => {
            let on =
                |day: &i64| (civil(*day).2 - 1) % days == 0 && (days == 1 || civil(*day).2 < 30);
            (from..=until).filter(on).collect()
        }
    };
    days.retain(|day| (from..=until).contains(day));
    days.dedup();
    days
}

/// "20 Apr" and the year, where the tick before has another.
fn worded(day: i64, step: Step, before: Option<i64>) -> (String, String) {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let (year, month, of_month) = civil(day);
    let name = usize::try_from(month - 1)
        .ok()
        .and_then(|at| MONTHS.get(at));
    let name = name.copied().unwrap_or("");
    let plain = match step {
        Step::Years(_) => return (String::new(), year_words(year)),
        Step::Months(_) => name.to_owned(),
        Step::Days(_) => format!("{of_month} {name}"),
    };
    let year = if before == Some(year) {
        String::new()
    } else {
        year_words(year)
    };
    (plain, year)
}

fn measured((plain, year): &(String, String)) -> f64 {
    let space = if plain.is_empty() || year.is_empty() {
        0.0
    } else {
        width(" ", YEAR)
    };
    width(plain, PLAIN) + space + width(year, YEAR)
}

/// A year for display: with its era if necessary, with commas if it is long.
fn year_words(year: i64) -> String {
    let count = |year: i64| {
        let year = usize::try_from(year).unwrap_or(usize::MAX);
        if year < 10_000 {
            year.to_string()
        } else {
            grouped(year)
        }
    };
    match year {
        ..=0 => format!("{} BCE", count(1 - year)),
        1..=999 => format!("{year} CE"),
        _ => count(year),
    }
}

/// Year, month and day of the month. Source: H. Hinnant, *chrono-Compatible Low-Level Date
/// Algorithms*, `civil_from_days`.
fn civil(day: i64) -> (i64, i64, i64) {
    let day = day + 719_468;
    let (cycle, of_cycle) = (day.div_euclid(146_097), day.rem_euclid(146_097));
    let year = (of_cycle - of_cycle / 1460 + of_cycle / 36_524 - of_cycle / 146_096) / 365;
    let of_year = of_cycle - (365 * year + year / 4 - year / 100);
    let from_march = (5 * of_year + 2) / 153;
    let of_month = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    (year + cycle * 400 + i64::from(month <= 2), month, of_month)
}

/// The day of a year, month and day of the month: `days_from_civil` of the same source.
fn number(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (cycle, of_cycle) = (year.div_euclid(400), year.rem_euclid(400));
    let from_march = (month + 9) % 12;
    let of_year = (153 * from_march + 2) / 5 + day - 1;
    cycle * 146_097 + of_cycle * 365 + of_cycle / 4 - of_cycle / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;
    use annals_time::Day;
    use proptest::prelude::*;

    #[test]
    fn years_are_read_with_their_eras() {
        let words = [-499, 0, 1, 999, 1000, 12_000].map(year_words);
        assert_eq!(
            words,
            ["500 BCE", "1 BCE", "1 CE", "999 CE", "1000", "12,000"]
        );
    }

    #[test]
    fn ticks_stand_on_round_dates_and_apart() {
        for (days, shown) in [
            ([number(2022, 2, 24), number(2023, 8, 1)], "Jul"),
            ([number(2023, 4, 18), number(2023, 4, 24)], "20 Apr"),
            ([number(-499, 1, 1), number(12_000, 1, 1)], ""),
        ] {
            let ticks = ticks(&Scale::new(&days.map(|day| (day, 1)), 0.0, 900.0));
            let words: Vec<_> = ticks.iter().filter_map(|tick| tick.words.clone()).collect();
            assert!(words.len() >= 4, "{words:?}");
            assert!(
                words.iter().any(|(_, plain, _)| plain == shown),
                "{words:?}"
            );
            for two in words.windows(2) {
                assert!(two[0].0 + 20.0 < two[1].0, "{words:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn days_are_those_of_the_calendar(day in Day::MIN.number()..=Day::MAX.number()) {
            let (year, month, of_month) = civil(i64::from(day));
            let day = Day::from_number(i64::from(day)).unwrap();
            let (y, m, d) = day.ymd();
            prop_assert_eq!((year, month, of_month), (i64::from(y), i64::from(m), i64::from(d)));
            prop_assert_eq!(number(year, month, of_month), i64::from(day.number()));
        }
    }
}
