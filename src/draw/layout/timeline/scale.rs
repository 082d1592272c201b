//! The time scale: linear within each stretch, broken where long gaps would leave too little space
//! for what is close together.

/// Days to places. A day lies between its number and the next.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scale {
    pub(super) stretches: Vec<Stretch>,
    /// Where it begins and ends.
    pub(super) sides: (f64, f64),
    /// The first and the last day that it has ticks for, if not all.
    pub(super) window: [Option<i64>; 2],
}

/// Days on one linear stretch of the scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Stretch {
    /// The first.
    pub(super) from: f64,
    /// The day after the last.
    pub(super) until: f64,
    /// Where it begins.
    pub(super) x: f64,
    /// The width.
    pub(super) width: f64,
    /// The first day that something happens on.
    pub(super) first: f64,
}

/// How wide a break is.
const BREAK: f64 = 20.0;
/// The smallest width of a stretch.
const LEAST: f64 = 72.0;
/// The most breaks.
const MOST_BREAKS: usize = 6;
/// Days closer together than this are hard to distinguish.
const APART: f64 = 9.0;
/// The margin beside the first and last day of a stretch.
const ASIDE: f64 = 15.0;
/// The margin after the last day, into which open ends extend.
const OUTSIDE: f64 = 44.0;
/// How many days are shown around a single one.
const ALONE: f64 = 30.0;

impl Scale {
    /// A scale for some days, sorted and distinct, with the number of marks on each, between two
    /// sides. A gap is broken if that separates more days than a break costs, the best break first.
    #[expect(
        clippy::cast_precision_loss,
        reason = "days of 10^12 years fit 53 bits"
    )]
    pub(super) fn new(days: &[(i64, usize)], left: f64, right: f64) -> Scale {
        // Ten marks on one day need more space than one, but not ten times as much.
        let weights: Vec<f64> = days
            .iter()
            .map(|(_, marks)| (*marks as f64).sqrt())
            .collect();
        let days: Vec<f64> = days.iter().map(|(day, _)| *day as f64).collect();
        if days.is_empty() {
            return Scale {
                stretches: Vec::new(),
                sides: (left, right),
                window: [None, None],
            };
        }
        let costs = (0.03 * weights.iter().sum::<f64>()).max(1.0);
        let sides = (left, right);
        let mut cuts: Vec<usize> = Vec::new();
        let mut best = Scale::cut(&days, &weights, &cuts, sides);
        let mut crowded = best.crowding(&days, &weights);
        while cuts.len() < MOST_BREAKS && (cuts.len() + 2) as f64 * (LEAST + BREAK) < right - left {
            let each = (1..days.len()).filter(|cut| !cuts.contains(cut));
            let tried = each.filter_map(|cut| {
                let mut with = cuts.clone();
                with.push(cut);
                with.sort_unstable();
                is_gap(&days, &with, cut).then(|| {
                    let scale = Scale::cut(&days, &weights, &with, sides);
                    (scale.crowding(&days, &weights), with, scale)
                })
            });
            let Some((less, with, scale)) = tried.min_by(|a, b| a.0.total_cmp(&b.0)) else {
                break;
            };
            if less + costs > crowded {
                break;
            }
            (crowded, cuts, best) = (less, with, scale);
        }
        best
    }

    /// The same scale, with ticks only for days of a window.
    pub(super) fn of_window(self, window: [Option<i64>; 2]) -> Scale {
        Scale { window, ..self }
    }

    /// Whether a day may have a tick.
    pub(super) fn has(&self, day: i64) -> bool {
        let [from, until] = self.window;
        from.is_none_or(|from| day >= from) && until.is_none_or(|until| day <= until)
    }

    /// The scale with breaks before these days.
    #[expect(clippy::cast_precision_loss, reason = "there are few days")]
    fn cut(days: &[f64], weights: &[f64], cuts: &[usize], (left, right): (f64, f64)) -> Scale {
        let ends = cuts.iter().copied().chain([days.len()]);
        let begins = std::iter::once(0).chain(cuts.iter().copied());
        let ranges: Vec<_> = begins.zip(ends).map(|(a, b)| a..b).collect();
        let groups: Vec<&[f64]> = ranges.iter().map(|range| &days[range.clone()]).collect();
        let room = right - left - BREAK * cuts.len() as f64;
        let weight =
            |range: &std::ops::Range<usize>| weights[range.clone()].iter().sum::<f64>() + 2.0;
        let weights: Vec<f64> = ranges.iter().map(weight).collect();
        let (all, spare) = (
            weights.iter().sum::<f64>(),
            (room - LEAST * weights.len() as f64).max(0.0),
        );
        let least = LEAST.min(room / weights.len() as f64);
        let mut x = left;
        let mut stretches = Vec::new();
        for (nth, (group, weight)) in groups.iter().zip(&weights).enumerate() {
            let width = least + spare * weight / all;
            let (first, last) = (group[0], group[group.len() - 1]);
            // Very distant days have no precision for thirty: neighbouring days are the same
            // number.
            let alone = ALONE.max(first.abs() * 1e-9);
            let span = (last - first).max(if last > first { 1.0 } else { alone });
            let of_unit = span / (width - 2.0 * ASIDE).max(1.0);
            let around = if last > first { 0.0 } else { span / 2.0 };
            let is_last = nth + 1 == groups.len();
            let (before_it, after_it) = (
                ASIDE * of_unit + around,
                if is_last { OUTSIDE } else { ASIDE } * of_unit + around,
            );
            // A stretch never reaches into the next.
            let before = nth.checked_sub(1).map(|one| groups[one]);
            let gap = |from: f64, to: f64| (to - from) * 0.45;
            let back = before.map_or(f64::MAX, |group| gap(group[group.len() - 1], first));
            let on = groups
                .get(nth + 1)
                .map_or(f64::MAX, |group| gap(last, group[0]));
            stretches.push(Stretch {
                from: first - before_it.min(back),
                until: last + after_it.min(on),
                x,
                width,
                first,
            });
            x += width + BREAK;
        }
        Scale {
            stretches,
            sides: (left, right),
            window: [None, None],
        }
    }

    /// How many neighbouring days are too close to distinguish, weighted by how close they are.
    fn crowding(&self, days: &[f64], weights: &[f64]) -> f64 {
        let places: Vec<f64> = days.iter().map(|day| self.x(*day)).collect();
        let near = |two: &[f64]| (1.0 - (two[1] - two[0]) / APART).max(0.0);
        let both = weights.windows(2).map(|two| two[0].min(two[1]));
        places
            .windows(2)
            .map(near)
            .zip(both)
            .map(|(near, weight)| near * weight)
            .sum()
    }

    /// Where a day begins; days beyond the scale are placed at its sides. Monotonic: a later day is
    /// never farther left.
    pub(super) fn x(&self, day: f64) -> f64 {
        let next = self.stretches.partition_point(|one| one.from <= day);
        let Some(stretch) = next.checked_sub(1).map(|at| &self.stretches[at]) else {
            return self.sides.0;
        };
        let end = stretch.x + stretch.width;
        if day <= stretch.until {
            let part = (day - stretch.from) / (stretch.until - stretch.from).max(1e-9);
            return stretch.x + part * stretch.width;
        }
        match self.stretches.get(next) {
            Some(after) => {
                let part = (day - stretch.until) / (after.from - stretch.until).max(1e-9);
                end + part * (after.x - end)
            }
            None => self.sides.1,
        }
    }

    /// Its first and last day.
    pub(super) fn days(&self) -> Option<(f64, f64)> {
        Some((self.stretches.first()?.from, self.stretches.last()?.until))
    }

    /// The middle of each break.
    pub(super) fn breaks(&self) -> impl Iterator<Item = f64> {
        let pairs = self.stretches.windows(2);
        pairs.map(|two| f64::midpoint(two[0].x + two[0].width, two[1].x))
    }
}

/// Whether the gap before a day is long compared with one of the stretches that a break there
/// separates.
fn is_gap(days: &[f64], cuts: &[usize], cut: usize) -> bool {
    let from = cuts
        .iter()
        .rev()
        .find(|one| **one < cut)
        .map_or(0, |at| *at);
    let until = cuts
        .iter()
        .find(|one| **one > cut)
        .map_or(days.len(), |at| *at);
    let gap = days[cut] - days[cut - 1];
    let (before, after) = (days[cut - 1] - days[from], days[until - 1] - days[cut]);
    gap > 2.0 && gap >= 0.4 * before.min(after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_scale_is_broken_where_gaps_ask_for_it() {
        let year: Vec<(i64, usize)> = (0..12).map(|month| (month * 30, 1)).collect();
        assert_eq!(Scale::new(&year, 0.0, 900.0).breaks().count(), 0);
        let mut millennium = vec![(-365_000, 1), (-200_000, 1)];
        millennium.extend(year);
        let broken = Scale::new(&millennium, 0.0, 900.0);
        assert_eq!(broken.breaks().count(), 1);
        assert!(broken.x(330.0) - broken.x(0.0) > 400.0);
        assert_eq!(Scale::new(&[], 0.0, 900.0).breaks().count(), 0);
        assert!(Scale::new(&[(7, 1)], 0.0, 900.0).days().is_some());
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        #[expect(clippy::cast_precision_loss, reason = "days of 10^12 years fit 53 bits")]
        fn a_later_day_is_never_to_the_left(
            mut days in prop::collection::vec(prop_oneof![
                -1_000_000_i64..1_000_000, 19_000_i64..19_040, -400_000_000_000_000_i64..400_000_000_000_000
            ], 1..60),
            asked in prop::collection::vec(-1_100_000_i64..1_100_000, 2..40),
            width in 200_u32..3000
        ) {
            days.sort_unstable();
            days.dedup();
            let marks: Vec<(i64, usize)> = days.iter().enumerate().map(|(nth, day)| (*day, nth % 7 + 1)).collect();
            let scale = Scale::new(&marks, 10.0, 10.0 + f64::from(width));
            let mut all: Vec<i64> = days.iter().chain(&asked).copied().collect();
            all.sort_unstable();
            let places: Vec<f64> = all.iter().map(|day| scale.x(*day as f64)).collect();
            prop_assert!(places.is_sorted(), "{:?}", places);
            prop_assert!(places[0] >= 10.0 && places[places.len() - 1] <= 10.01 + f64::from(width));
            // Positions preserve order, and days within one stretch keep their ratio.
            for stretch in &scale.stretches {
                let part = |of: f64| scale.x(stretch.from + (stretch.until - stretch.from) * of);
                let half = (part(1.0) - part(0.0)) / 2.0;
                prop_assert!((part(0.5) - part(0.0) - half).abs() < 0.5);
            }
        }
    }
}
