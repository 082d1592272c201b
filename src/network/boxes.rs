//! How many statements of a cell there are in a window, at least and at most.

use super::Duplicates;
use super::days::{Days, Period, yearly};
use super::matching::{fewest, fewest_yearly, most, most_yearly};
use super::statements::When;

/// Whether something holds: in no reading, in some, in all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Held {
    Never,
    Possibly,
    Surely,
}

/// What the readings of some days are in a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reading {
    /// In the window.
    pub(crate) inside: Held,
    /// Earlier than the window in the period that its first day cuts, so that one in the window is not
    /// the first of that period; with periods that come every year, earlier in the range.
    pub(crate) earlier: Held,
    /// The first and last period within the window.
    periods: [i64; 2],
    /// The same of periods that come every year, a bit each.
    yearly: u64,
    /// Of those, which are possible earlier.
    yearly_earlier: u64,
    /// Whether it makes a difference which reading is true.
    pub(crate) is_loose: bool,
    /// Whether periods between the first and the last are not possible: they are taken for possible.
    pub(crate) has_gaps: bool,
}

/// A stretch of more days than this touches all periods of a year.
const WHOLE_YEAR: i64 = 371;

impl Reading {
    pub(crate) fn new(when: &When, window: Days, range: Days, duplicates: Duplicates) -> Reading {
        let held = |within: Days| {
            let all = when.sure && when.days.iter().all(|days| within.contains(*days));
            match (all && !within.is_empty(), touches(&when.may, within)) {
                (true, true) => Held::Surely,
                (_, true) => Held::Possibly,
                (_, false) => Held::Never,
            }
        };
        let window = window.and(range);
        let inside = held(window);
        let mut reading = Reading {
            inside,
            earlier: Held::Never,
            periods: [0, 0],
            yearly: 0,
            yearly_earlier: 0,
            is_loose: inside == Held::Possibly,
            has_gaps: false,
        };
        if duplicates == Duplicates::Keep || duplicates == Duplicates::Document {
            return reading;
        }
        let period = Period::of(duplicates);
        let begins = period.map_or(i64::MIN, |period| period.first_day(window.first));
        // What is before all days is in no window.
        let before = (window.first > i64::MIN)
            .then(|| Days::of(begins, window.first - 1).and(range))
            .filter(|before| !before.is_empty());
        if let Some(before) = before {
            reading.earlier = held(before);
            if period.is_none() {
                reading.yearly_earlier = yearly_of(&when.may, before, duplicates);
            }
        }
        let inner: Vec<Days> = when
            .may
            .iter()
            .map(|days| days.and(window))
            .filter(|days| !days.is_empty())
            .collect();
        let mut outcomes = usize::from(inside != Held::Surely && inside != Held::Never);
        match period {
            Some(period) => {
                let numbers = inner
                    .iter()
                    .map(|days| [period.number(days.first), period.number(days.last)]);
                let mut last = None::<i64>;
                for [first, end] in numbers {
                    reading.has_gaps |= last.is_some_and(|last| first > last.saturating_add(1));
                    match last {
                        None => reading.periods = [first, end],
                        Some(_) => reading.periods[1] = end,
                    }
                    last = Some(end);
                }
                if inside != Held::Never {
                    outcomes += reading.periods[1].abs_diff(reading.periods[0]).min(1) as usize;
                }
            }
            None => {
                reading.yearly = yearly_of(&when.may, window, duplicates);
                outcomes += (reading.yearly.count_ones() as usize).saturating_sub(1);
            }
        }
        outcomes += usize::from(reading.earlier == Held::Possibly);
        reading.is_loose = outcomes > 0;
        reading
    }

    fn touches_period(&self, period: i64) -> bool {
        self.periods[0] <= period && period <= self.periods[1]
    }

    /// What the readings of a unit that counts for two nodes are: as it counts for both.
    pub(crate) fn and(&self, other: &Reading) -> Reading {
        Reading {
            inside: self.inside.min(other.inside),
            earlier: self.earlier.min(other.earlier),
            periods: [
                self.periods[0].max(other.periods[0]),
                self.periods[1]
                    .min(other.periods[1])
                    .max(self.periods[0].max(other.periods[0])),
            ],
            yearly: self.yearly & other.yearly,
            yearly_earlier: self.yearly_earlier | other.yearly_earlier,
            is_loose: self.is_loose || other.is_loose,
            has_gaps: self.has_gaps || other.has_gaps,
        }
    }

    /// The same, only possibly.
    pub(crate) fn possibly(self) -> Reading {
        Reading {
            inside: self.inside.min(Held::Possibly),
            ..self
        }
    }
}

fn touches(days: &[Days], within: Days) -> bool {
    days.iter().any(|days| days.meets(within))
}

/// The periods that come every year which some days touch, a bit each.
fn yearly_of(days: &[Days], within: Days, duplicates: Duplicates) -> u64 {
    let count = if duplicates == Duplicates::DnaMonth {
        12
    } else {
        53
    };
    let all = (1_u64 << count) - 1;
    let mut bits = 0;
    for days in days {
        let days = days.and(within);
        if days.is_empty() {
            continue;
        }
        if days.last.saturating_sub(days.first) >= WHOLE_YEAR * 6 {
            return all;
        }
        let mut day = days.first;
        while day < days.last {
            bits |= 1 << yearly(duplicates, day);
            day = day.saturating_add(7);
        }
        bits |= 1 << yearly(duplicates, days.last);
    }
    bits
}

/// The box of a cell, and whether each of its ends is that of some reading.
pub(crate) struct CellBox {
    pub(crate) least: u32,
    pub(crate) most: u32,
    pub(crate) is_tight: bool,
}

/// Counts the statements of a cell: the readings of its units, and their documents.
pub(crate) fn cell_box(
    units: &mut [(Reading, u32)],
    window: Days,
    duplicates: Duplicates,
) -> CellBox {
    let count = |held: Held| units.iter().filter(|(one, _)| one.inside >= held).count() as u32;
    let (least, most, is_tight) = match duplicates {
        Duplicates::Keep => (count(Held::Surely), count(Held::Possibly), true),
        Duplicates::Document => {
            let (least, most) = documents(units);
            (least, most, true)
        }
        Duplicates::DnaWeek | Duplicates::DnaMonth => every_year(units, duplicates),
        Duplicates::Week | Duplicates::Month | Duplicates::Year | Duplicates::Range => {
            let period = Period::of(duplicates).unwrap_or(Period::Range);
            periods(units, period.number(window.first))
        }
    };
    CellBox {
        least: least.min(most),
        most,
        is_tight,
    }
}

/// The number of documents: of those surely in, of those possibly in.
fn documents(units: &mut [(Reading, u32)]) -> (u32, u32) {
    // What is surest of a document comes first.
    units.sort_unstable_by_key(|(one, document)| (*document, std::cmp::Reverse(one.inside)));
    let (mut least, mut most, mut last) = (0, 0, None);
    for (one, document) in &*units {
        if last == Some(*document) || one.inside == Held::Never {
            continue;
        }
        last = Some(*document);
        most += 1;
        least += u32::from(one.inside == Held::Surely);
    }
    (least, most)
}

/// Periods that come one after another. The first that the window touches counts only if no unit is
/// earlier in it.
fn periods(units: &[(Reading, u32)], cut: i64) -> (u32, u32, bool) {
    let earlier = units.iter().map(|(one, _)| one.earlier).max();
    let earlier = earlier.unwrap_or(Held::Never);
    let mut may: Vec<(i64, i64)> = Vec::new();
    let mut sure: Vec<(i64, i64)> = Vec::new();
    let mut is_tight = true;
    for (one, _) in units {
        let [mut first, last] = one.periods;
        is_tight &= !one.has_gaps;
        if one.inside == Held::Surely && (earlier == Held::Never || !one.touches_period(cut)) {
            sure.push((last, first));
        }
        if one.inside == Held::Never {
            continue;
        }
        if earlier == Held::Surely && one.touches_period(cut) {
            first = cut + 1;
        }
        if first <= last {
            may.push((first, last));
        }
    }
    (fewest(&mut sure), most(&mut may), is_tight)
}

/// Periods that come every year, each counted only if no unit is earlier in the range in it.
fn every_year(units: &[(Reading, u32)], duplicates: Duplicates) -> (u32, u32, bool) {
    let count = if duplicates == Duplicates::DnaMonth {
        12
    } else {
        53
    };
    let mut possibly_earlier = 0;
    let mut surely_earlier = 0;
    for (one, _) in units {
        possibly_earlier |= one.yearly_earlier;
        if one.earlier == Held::Surely && one.yearly_earlier.is_power_of_two() {
            surely_earlier |= one.yearly_earlier;
        }
    }
    let mut may = Vec::new();
    let mut sure = Vec::new();
    for (one, _) in units {
        let free = one.yearly & !surely_earlier;
        if one.inside != Held::Never && free != 0 {
            may.push(free);
        }
        if one.inside == Held::Surely && one.yearly & possibly_earlier == 0 {
            sure.push(one.yearly);
        }
    }
    let (least, is_tight) = fewest_yearly(&sure, count);
    let is_tight = is_tight && possibly_earlier == surely_earlier;
    (least, most_yearly(&may, count), is_tight)
}
