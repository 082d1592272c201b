//! Krippendorff's alpha: agreement beyond chance, for values and for stretches of a text.
//!
//! 1 is full agreement, 0 what chance gives; worse than chance is below 0.

use std::collections::BTreeMap;

/// Krippendorff's alpha for nominal values (K. Krippendorff, *Computing Krippendorff's
/// Alpha-Reliability*, 2011): each unit is the values that observers gave it. A missing value is
/// left out; a unit with one value says nothing.
///
/// Where all values are the same, nothing shows what chance would give: that is full agreement
/// here, where others leave it undefined. `None` if no unit has two values.
pub fn nominal<V: Ord>(units: impl IntoIterator<Item = Vec<V>>) -> Option<f64> {
    let mut counts: BTreeMap<V, u64> = BTreeMap::new();
    let (mut paired, mut disagreement) = (0_u64, 0.0);
    for mut values in units {
        let given = values.len() as u64;
        if given < 2 {
            continue;
        }
        values.sort();
        let same = values.chunk_by(|a, b| a == b).map(|one| one.len() as u64);
        let agreeing: u64 = same.map(|count| count * (count - 1)).sum();
        disagreement += real(given * (given - 1) - agreeing) / real(given - 1);
        paired += given;
        for value in values {
            *counts.entry(value).or_default() += 1;
        }
    }
    let alike: f64 = counts.values().map(|count| real(*count).powi(2)).sum();
    let expected = real(paired).powi(2) - alike;
    match paired {
        0 => None,
        _ if expected > 0.0 => Some(1.0 - (real(paired) - 1.0) * disagreement / expected),
        _ => Some(1.0),
    }
}

/// A stretch of a continuum: where it begins, and where it ends.
pub type Stretch = (u64, u64);

/// Krippendorff's alpha for unitizing, αU, of one category: how well observers agree on where the
/// units of a continuum of some length begin and end (K. Krippendorff, *On the Reliability of
/// Unitizing Continuous Data*, Sociological Methodology 25, 1995, with the expected disagreement as
/// corrected in *Content Analysis*, 2nd edition, 2004, section 11.6). Units that overlap are at odds
/// by the squares of the distances between their beginnings and between their ends, a unit that the
/// other observer has nothing of by the square of its length.
///
/// Each observer's units are sorted and do not overlap. `None` where it is undefined: without units.
pub fn unitizing(observers: &[Vec<Stretch>], length: u64) -> Option<f64> {
    let expected = expected(observers, length);
    (expected > 0.0).then(|| 1.0 - observed(observers, length) / expected)
}

/// The observed disagreement, `D_o`.
pub fn observed(observers: &[Vec<Stretch>], length: u64) -> f64 {
    let mut sum = 0.0;
    for (nth, one) in observers.iter().enumerate() {
        for (other_nth, other) in observers.iter().enumerate() {
            if nth != other_nth {
                sum += differences(one, other);
            }
        }
    }
    let pairs = observers.len() * observers.len().saturating_sub(1);
    // A unit in a gap counts from both sides: seen from the unit, and seen from the gap.
    if pairs == 0 || length == 0 {
        return 0.0;
    }
    sum / (real(pairs as u64) * real(length).powi(2))
}

/// The differences of an observer's units from another's, and of the other's units that lie in a
/// gap of the first.
fn differences(one: &[Stretch], other: &[Stretch]) -> f64 {
    let mut sum = 0.0;
    let mut first = 0;
    for &(begins, ends) in one {
        while other.get(first).is_some_and(|unit| unit.1 <= begins) {
            first += 1;
        }
        let overlapping = other.iter().skip(first).take_while(|unit| unit.0 < ends);
        let mut alone = true;
        for unit in overlapping {
            alone = false;
            sum += real(unit.0.abs_diff(begins)).powi(2) + real(unit.1.abs_diff(ends)).powi(2);
        }
        if alone {
            // It lies in a gap of the other: the pair counts in both directions.
            sum += 2.0 * real(ends - begins).powi(2);
        }
    }
    sum
}

/// The disagreement to be expected by chance, `D_e`.
pub fn expected(observers: &[Vec<Stretch>], length: u64) -> f64 {
    let lengths = observers.iter().flatten().map(|unit| unit.1 - unit.0);
    let mut gaps: Vec<u64> = observers
        .iter()
        .flat_map(|units| gaps(units, length))
        .collect();
    gaps.sort_unstable_by(|a, b| b.cmp(a));
    // The sums of the longest gaps.
    let sums = gaps.iter().scan(0.0, |sum, gap| {
        *sum += real(*gap);
        Some(*sum)
    });
    let sums: Vec<f64> = std::iter::once(0.0).chain(sums).collect();
    let count = real(lengths.clone().count() as u64);
    let (mut sum, mut within) = (0.0, 0.0);
    for unit in lengths {
        let wide = gaps.partition_point(|gap| *gap >= unit);
        let unit = real(unit);
        let places = sums[wide] - real(wide as u64) * (unit - 1.0);
        let overlaps = 2.0 * unit.powi(3) - 3.0 * unit.powi(2) + unit;
        sum += (count - 1.0) / 3.0 * overlaps + unit.powi(2) * places;
        within += unit * (unit - 1.0);
    }
    let all = real(observers.len() as u64) * real(length);
    let pairs = all * (all - 1.0) - within;
    if pairs <= 0.0 {
        return 0.0;
    }
    2.0 / real(length) * sum / pairs
}

/// The lengths of what lies before, between and after units.
fn gaps(units: &[Stretch], length: u64) -> Vec<u64> {
    let begins = units.iter().map(|unit| unit.0).chain([length]);
    let ends = std::iter::once(0).chain(units.iter().map(|unit| unit.1));
    let between = ends.zip(begins).map(|(end, begin)| begin - end);
    between.filter(|gap| *gap > 0).collect()
}

/// A count as a real number: exact up to 2⁵³.
#[expect(clippy::cast_precision_loss, reason = "texts are shorter than 2⁵³")]
fn real(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(one: f64, other: f64, by: f64) {
        assert!((one - other).abs() < by, "{one} is not near {other}");
    }

    /// Krippendorff, *Computing Krippendorff's Alpha-Reliability* (2011), part C: nominal data, any
    /// number of observers, missing data. Four observers, twelve units; α = 0.743.
    #[test]
    fn the_example_of_2011_with_missing_data() {
        let observers = [
            "1 2 3 3 2 1 4 1 2 . . .",
            "1 2 3 3 2 2 4 1 2 5 . 3",
            ". 3 3 3 2 3 4 2 2 5 1 .",
            "1 2 3 3 2 4 4 1 2 5 1 .",
        ];
        let rows: Vec<Vec<&str>> = observers
            .iter()
            .map(|row| row.split(' ').collect())
            .collect();
        let unit = |nth: usize| {
            let values = rows.iter().map(|row| row[nth]);
            values.filter(|value| *value != ".").collect::<Vec<_>>()
        };
        near(nominal((0..12).map(unit)).unwrap(), 0.743, 0.0005);
        // The last unit, which only one has coded, changes nothing.
        near(nominal((0..11).map(unit)).unwrap(), 0.743, 0.0005);
    }

    #[test]
    fn what_does_not_vary_is_full_agreement() {
        assert_eq!(nominal([vec!['a', 'a'], vec!['a', 'a']]), Some(1.0));
        assert_eq!(nominal([vec!['a'], vec!['b']]), None);
        assert_eq!(nominal(Vec::<Vec<char>>::new()), None);
        assert_eq!(nominal([vec!['a', 'a'], vec!['b', 'b']]), Some(1.0));
    }

    /// Krippendorff, *Content Analysis* (2nd edition, 2004), p. 254: a continuum from 150 to 450, two
    /// observers. Units of category c: `D_o` = 0.0144, `D_e` = 0.0532, αU = 0.7286; of category k, which
    /// both mark alike: `D_e` = 0.0490, αU = 1. (The tests of `dkpro-statistics` repeat the example.)
    #[test]
    fn the_example_of_2004() {
        let from_150 = |units: &[(u64, u64)]| -> Vec<Stretch> {
            let each = units.iter();
            each.map(|(begins, long)| (begins - 150, begins - 150 + long))
                .collect()
        };
        let first = from_150(&[(225, 70), (370, 30)]);
        let second = from_150(&[(220, 80), (355, 20), (400, 20)]);
        let c = [first, second];
        near(observed(&c, 300), 0.0144, 0.0001);
        near(expected(&c, 300), 0.0532, 0.0001);
        near(unitizing(&c, 300).unwrap(), 0.7286, 0.0001);
        let one = from_150(&[(180, 60), (300, 50)]);
        let k = [one.clone(), one];
        assert!(observed(&k, 300) <= 0.0);
        near(expected(&k, 300), 0.0490, 0.0001);
        near(unitizing(&k, 300).unwrap(), 1.0, 1e-12);
    }

    /// The differences that *Content Analysis* (2004) and the tests of `dkpro-statistics` list.
    #[test]
    fn differences_between_units() {
        let pair = |one: Stretch, other: Stretch| differences(&[one], &[other]);
        let against = |other| pair((5, 11), other);
        for (other, difference) in [
            ((4, 6), 26.0),
            ((5, 7), 16.0),
            ((6, 8), 10.0),
            ((7, 9), 8.0),
            ((6, 10), 2.0),
            ((5, 11), 0.0),
        ] {
            near(against(other), difference, 1e-9);
        }
        near(pair((5, 11), (11, 12)), 72.0, 1e-9);
    }

    #[test]
    fn nothing_marked_is_undefined() {
        assert_eq!(unitizing(&[Vec::new(), Vec::new()], 100), None);
        assert_eq!(unitizing(&[Vec::new(), Vec::new()], 0), None);
        // One marks all of it, the other nothing: worse than chance, or as bad.
        assert!(unitizing(&[vec![(0, 10)], Vec::new()], 10).unwrap() <= 0.0);
    }

    /// The definition, pair by pair, gaps included.
    fn literally(observers: &[Vec<Stretch>], length: u64) -> f64 {
        let sections = |units: &[Stretch]| -> Vec<(i64, i64, bool)> {
            let (mut all, mut at) = (Vec::new(), 0);
            for &(begins, ends) in units {
                if begins > at {
                    all.push((at as i64, (begins - at) as i64, false));
                }
                all.push((begins as i64, (ends - begins) as i64, true));
                at = ends;
            }
            if at < length {
                all.push((at as i64, (length - at) as i64, false));
            }
            all
        };
        let mut sum = 0;
        for (i, one) in observers.iter().enumerate() {
            for (j, other) in observers.iter().enumerate().filter(|(j, _)| *j != i) {
                let _ = j;
                for (b, l, unit) in sections(one) {
                    for (b2, l2, unit2) in sections(other) {
                        sum += match (unit, unit2) {
                            (true, true) if -l < b - b2 && b - b2 < l2 => {
                                (b - b2).pow(2) + (b + l - b2 - l2).pow(2)
                            }
                            (true, false) if l2 - l >= b - b2 && b - b2 >= 0 => l * l,
                            (false, true) if l - l2 >= b2 - b && b2 - b >= 0 => l2 * l2,
                            _ => 0,
                        };
                    }
                }
            }
        }
        let pairs = real((observers.len() * (observers.len() - 1)) as u64);
        real(sum as u64) / (pairs * real(length).powi(2))
    }

    #[test]
    fn the_sweep_counts_as_the_definition_does() {
        let mut seed = 7_u64;
        let mut next = |below: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) % below
        };
        for _ in 0..500 {
            let length = 40;
            let observers: Vec<Vec<Stretch>> = (0..2 + next(2))
                .map(|_| {
                    let (mut units, mut at) = (Vec::new(), next(6));
                    while at < length {
                        let ends = (at + 1 + next(9)).min(length);
                        units.push((at, ends));
                        at = ends + next(8);
                    }
                    units
                })
                .collect();
            near(
                observed(&observers, length),
                literally(&observers, length),
                1e-9,
            );
        }
    }
}
