//! Where days stand on the strip: in stretches of one scale, with the long gaps between them torn out.

use annals_time::Day;

/// The size of the picture, in units.
pub(super) const WIDTH: f64 = 748.0;
/// What stays free on either side, and how wide a torn gap is drawn.
const EDGE: f64 = 14.0;
const TORN: f64 = 30.0;
/// How far apart neighbours stand, at least and at most.
const LEAST: f64 = 6.0;
const MOST: f64 = 26.0;

/// What a place on the scale is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Month,
    Year,
}

impl Unit {
    /// What claims are counted by.
    pub(super) fn word(self) -> &'static str {
        match self {
            Unit::Day => "day",
            Unit::Month => "month",
            Unit::Year => "year",
        }
    }

    /// The number of a day among all units.
    pub(super) fn of(self, day: Day) -> i64 {
        let (year, month, _) = day.ymd();
        match self {
            Unit::Day => i64::from(day.number()),
            Unit::Month => i64::from(year) * 12 + i64::from(month) - 1,
            Unit::Year => i64::from(year),
        }
    }

    /// The first day of a unit.
    pub(super) fn begins(self, number: i64) -> Option<Day> {
        let of = |year: i64, month: i64| {
            Day::from_ymd(i32::try_from(year).ok()?, u32::try_from(month).ok()?, 1)
        };
        match self {
            Unit::Day => Day::from_number(number),
            Unit::Month => of(number.div_euclid(12), number.rem_euclid(12) + 1),
            Unit::Year => of(number, 1),
        }
    }

    /// A unit as a date is written: `2021-09-30`, `2021-09`, `2021`.
    pub(super) fn written(self, number: i64) -> String {
        let day = self
            .begins(number)
            .map_or_else(String::new, |day| day.to_string());
        let less = match self {
            Unit::Day => 0,
            Unit::Month => 3,
            Unit::Year => 6,
        };
        day[..day.len().saturating_sub(less)].to_owned()
    }
}

/// Units that follow each other without a tear.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Stretch {
    pub(super) first: i64,
    pub(super) last: i64,
    /// Where the middle of the first is.
    x: f64,
}

/// The scale.
#[derive(Debug, Clone)]
pub(super) struct Scale {
    pub(super) unit: Unit,
    pub(super) stretches: Vec<Stretch>,
    pub(super) step: f64,
    /// How many units with something in them come before the first, and are left out.
    pub(super) left_out: usize,
}

impl Scale {
    /// The narrowest unit with which all of some days have room. `None` without a day.
    pub(super) fn new(days: &[Day]) -> Option<Scale> {
        // For each unit, the longest gap that is left as it is: the more is torn out, the more has room.
        let tries = [
            (Unit::Day, &[45, 24, 12, 6][..]),
            (Unit::Month, &[36, 12, 6]),
            (Unit::Year, &[40, 10, 4]),
        ];
        for (unit, gaps) in tries {
            let mut numbers: Vec<i64> = days.iter().map(|day| unit.of(*day)).collect();
            numbers.sort_unstable();
            numbers.dedup();
            numbers.first()?;
            for gap in gaps {
                let stretches = torn(&numbers, *gap);
                if let Some(scale) = Scale::of(unit, stretches) {
                    return Some(scale);
                }
            }
            if unit == Unit::Year {
                return Scale::of_last(&numbers);
            }
        }
        None
    }

    /// Stretches in their places, if there is room for them.
    #[expect(clippy::cast_precision_loss, reason = "a picture is not that precise")]
    fn of(unit: Unit, mut stretches: Vec<Stretch>) -> Option<Scale> {
        let slots: i64 = stretches.iter().map(|one| one.last - one.first + 1).sum();
        let tears = stretches.len().saturating_sub(1) as f64;
        let step = (WIDTH - 2.0 * EDGE - tears * TORN) / slots as f64;
        if step < LEAST {
            return None;
        }
        let step = step.min(MOST);
        let mut x = EDGE + step / 2.0;
        for one in &mut stretches {
            one.x = x;
            x += (one.last - one.first + 1) as f64 * step + TORN;
        }
        Some(Scale {
            unit,
            stretches,
            step,
            left_out: 0,
        })
    }

    /// Of very many years the last that have room.
    fn of_last(numbers: &[i64]) -> Option<Scale> {
        let mut from = 0;
        loop {
            let scale = Scale::of(Unit::Year, torn(&numbers[from..], 4));
            if let Some(scale) = scale {
                return Some(Scale {
                    left_out: from,
                    ..scale
                });
            }
            from += (numbers.len() - from).div_ceil(10);
            if from >= numbers.len() {
                return None;
            }
        }
    }

    /// Where the middle of a unit stands, if it stands anywhere.
    #[expect(clippy::cast_precision_loss, reason = "a picture is not that precise")]
    pub(super) fn x(&self, number: i64) -> Option<f64> {
        let stretch = self.stretches.iter();
        let mut found = stretch.filter(|one| (one.first..=one.last).contains(&number));
        found
            .next()
            .map(|one| one.x + (number - one.first) as f64 * self.step)
    }

    /// Where the edge of a window stands: before the unit of its first day, or after that of its last. In a
    /// torn gap it is the tear.
    fn edge(&self, day: Day, is_end: bool) -> f64 {
        let number = self.unit.of(day);
        let half = self.step / 2.0;
        if let Some(x) = self.x(number) {
            return if is_end { x + half } else { x - half };
        }
        let before = self.stretches.iter().rfind(|one| one.last < number);
        before.map_or(EDGE, |one| {
            self.x(one.last).unwrap_or(EDGE) + half + TORN / 2.0
        })
    }

    /// Where a window begins: before its first day, or before all.
    pub(super) fn first_edge(&self, day: Option<Day>) -> f64 {
        let first = self
            .stretches
            .first()
            .map_or(EDGE, |one| one.x - self.step / 2.0);
        day.map_or(first, |day| self.edge(day, false)) - 2.0
    }

    /// Where it ends: after its last day, or after all.
    pub(super) fn last_edge(&self, day: Option<Day>) -> f64 {
        let last = self.stretches.last().and_then(|one| self.x(one.last));
        let last = last.map_or(WIDTH, |x| x + self.step / 2.0);
        day.map_or(last, |day| self.edge(day, true)) + 2.0
    }

    /// The middle of each tear.
    pub(super) fn tears(&self) -> impl Iterator<Item = f64> + '_ {
        let pairs = self.stretches.windows(2);
        pairs.map(|pair| pair[1].x - self.step / 2.0 - TORN / 2.0)
    }

    /// What stands below the scale: where, and in which words.
    pub(super) fn labels(&self) -> Vec<(f64, String)> {
        // The begin of each stretch first, then round dates where they have room. What stands alone beside
        // others has its year, and a stretch its first day from its edge on.
        let mut placed: Vec<(f64, f64, i64)> = Vec::new();
        let has_room = |placed: &[(f64, f64, i64)], x: f64, half: f64| {
            let apart = |(other, wide, _): &(f64, f64, i64)| (other - x).abs() >= half + wide + 9.0;
            placed.iter().all(apart)
        };
        for one in &self.stretches {
            let Some(x) = self.x(one.first) else { continue };
            let full = width(&self.words(one.first, true)) / 2.0;
            let short = width("2000") / 2.0;
            let is_alone = one.first == one.last && self.stretches.len() > 1;
            let tries = if is_alone {
                [(x, short), (x, short)]
            } else {
                [(x - self.step / 2.0 + full, full), (x, short)]
            };
            let fits = |(x, half): &(f64, f64)| has_room(&placed, held(*x, *half), *half);
            if let Some((x, half)) = tries.into_iter().find(fits) {
                placed.push((held(x, half), half, one.first));
            }
        }
        for number in self.stretches.iter().flat_map(|one| self.ticks(*one)) {
            let Some(x) = self.x(number) else { continue };
            let half = width(&self.words(number, true)) / 2.0;
            if has_room(&placed, held(x, half), half) {
                placed.push((held(x, half), half, number));
            }
        }
        placed.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut year = None;
        let labels = placed.into_iter().map(|(x, half, number)| {
            let own = self.unit.begins(number).map(|day| day.ymd().0);
            let is_short = half + 0.1 < width(&self.words(number, true)) / 2.0;
            let words = if is_short {
                self.year(number)
            } else {
                self.words(number, own != year)
            };
            year = own;
            (x, words)
        });
        labels.collect()
    }

    /// The round dates of a stretch.
    fn ticks(&self, stretch: Stretch) -> impl Iterator<Item = i64> + use<> {
        let unit = self.unit;
        let all = stretch.first..=stretch.last;
        all.filter(move |number| match unit {
            Unit::Day => {
                let day = Day::from_number(*number);
                day.is_some_and(|day| matches!(day.ymd().2, 1 | 10 | 20))
            }
            Unit::Month => number.rem_euclid(12) == 0,
            Unit::Year => number.rem_euclid(10) == 0,
        })
    }

    fn year(&self, number: i64) -> String {
        let words = self
            .unit
            .begins(number)
            .map_or_else(String::new, Day::words);
        words.splitn(3, ' ').nth(2).unwrap_or_default().to_owned()
    }

    /// A unit in words, with or without its year.
    fn words(&self, number: i64, with_year: bool) -> String {
        let Some(day) = self.unit.begins(number) else {
            return String::new();
        };
        let words = day.words();
        let parts: Vec<&str> = words.splitn(3, ' ').collect();
        let [day, month, year] = parts.as_slice() else {
            return words;
        };
        match (self.unit, with_year) {
            (Unit::Day, true) => format!("{day} {month} {year}"),
            (Unit::Day, false) => format!("{day} {month}"),
            (Unit::Month, true) => format!("{month} {year}"),
            (Unit::Month, false) => (*month).to_owned(),
            (Unit::Year, _) => (*year).to_owned(),
        }
    }
}

/// The middle of a label, so that it does not leave the picture.
fn held(x: f64, half: f64) -> f64 {
    x.clamp(half, WIDTH - half)
}

/// How wide a label is, about.
#[expect(clippy::cast_precision_loss, reason = "labels are short")]
fn width(words: &str) -> f64 {
    words.chars().count() as f64 * 5.7
}

/// Numbers in stretches between which more than some are missing.
fn torn(numbers: &[i64], gap: i64) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    for number in numbers {
        match stretches.last_mut() {
            Some(last) if number - last.last <= gap => last.last = *number,
            _ => stretches.push(Stretch {
                first: *number,
                last: *number,
                x: 0.0,
            }),
        }
    }
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        annals_time::Date::parse(text).unwrap().first().unwrap()
    }

    #[test]
    fn gaps_of_years_are_torn_and_weeks_are_not() {
        let days = [
            "1643-04-08",
            "2009-07-02",
            "2021-09-01",
            "2021-09-17",
            "2021-10-06",
        ];
        let scale = Scale::new(&days.map(day)).unwrap();
        assert_eq!((scale.unit, scale.stretches.len()), (Unit::Day, 3));
        let xs: Vec<f64> = (days.iter())
            .map(|one| scale.x(scale.unit.of(day(one))).unwrap())
            .collect();
        assert!(xs.windows(2).all(|pair| pair[0] < pair[1]), "{xs:?}");
        assert!(xs.iter().all(|x| (0.0..WIDTH).contains(x)), "{xs:?}");
        let words: Vec<String> = scale.labels().into_iter().map(|(_, words)| words).collect();
        assert_eq!(words.first().map(String::as_str), Some("1643"));
        assert!(words.iter().any(|one| one == "20 Sep"), "{words:?}");
        assert_eq!(scale.tears().count(), 2);
    }

    #[test]
    fn many_days_are_months_and_then_years() {
        let many = |step: i64, count: i64| -> Vec<Day> {
            (0..count)
                .filter_map(|nth| Day::from_number(nth * step))
                .collect()
        };
        assert_eq!(Scale::new(&many(3, 40)).unwrap().unit, Unit::Day);
        assert_eq!(Scale::new(&many(20, 120)).unwrap().unit, Unit::Month);
        assert_eq!(Scale::new(&many(400, 100)).unwrap().unit, Unit::Year);
        let ages = Scale::new(&many(4000, 500)).unwrap();
        assert!(ages.left_out > 0 && ages.unit == Unit::Year);
        assert!(Scale::new(&[]).is_none());
        assert_eq!(
            Unit::Month.written(Unit::Month.of(day("2021-09-30"))),
            "2021-09"
        );
        assert_eq!(Unit::Year.written(-43), "-0043");
    }

    #[test]
    fn labels_do_not_touch() {
        for step in [1, 2, 7, 31, 90, 400, 5000] {
            let days: Vec<Day> = (0..60)
                .filter_map(|nth| Day::from_number(nth * step))
                .collect();
            let scale = Scale::new(&days).unwrap();
            let labels = scale.labels();
            assert!(!labels.is_empty());
            for pair in labels.windows(2) {
                let apart = pair[1].0 - pair[0].0;
                let need = width(&pair[0].1).midpoint(width(&pair[1].1));
                assert!(apart > need, "{step}: {labels:?}");
            }
        }
    }
}
