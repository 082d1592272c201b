//! The least and most that the weight of a pair can be, given the box of each count.

use super::asked::{Boxes, Levels, MOST_LEVELS};
use super::counted::{Counted, Loose};
use super::ratio::{Point, extreme};
use super::shared::SharedUnits;
use super::{Duplicates, Measure, Normalise};

/// What two nodes say about a thing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Common {
    pub(crate) thing: u32,
    pub(crate) x: Boxes,
    pub(crate) y: Boxes,
    /// How many units count for both.
    pub(crate) shared: Levels<[u32; 2]>,
}

/// What two nodes say.
#[derive(Debug)]
pub(crate) struct Both {
    /// About things of which both speak.
    pub(crate) common: Vec<Common>,
    /// How many statements either makes about other things.
    pub(crate) rest: [[u64; 2]; 2],
    /// Whether some units count for both.
    pub(crate) has_shared: bool,
}

/// A weight and what it is made of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fraction {
    /// What the statements about common things add up to, at least and at most.
    pub numerator: [f64; 2],
    /// By what that is divided, at least and at most; 1 where it is not.
    pub denominator: [f64; 2],
    /// The weight, at least and at most. What is divided by 0 is 0.
    pub weight: [f64; 2],
    /// Whether these are the least and the most of the readings. Else they enclose them.
    pub exact: bool,
}

/// The end of a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    Least,
    Most,
}

impl Counted<'_> {
    /// What two rows say.
    pub(crate) fn both(&self, one: usize, other: usize) -> Both {
        let mut shared: SharedUnits = if self.affinity.has_same() {
            self.shared(one, other)
        } else {
            Vec::new()
        };
        let has_shared = !shared.is_empty();
        shared.reverse();
        let mut common = Vec::new();
        let mut rest = [self.nodes[one].statements, self.nodes[other].statements];
        let (mut ours, mut theirs) = (self.by_thing(one), self.by_thing(other));
        let (mut a, mut b) = (ours.next(), theirs.next());
        while let (Some((thing, x)), Some((also, y))) = (a, b) {
            if thing < also {
                a = ours.next();
                continue;
            }
            if also < thing {
                b = theirs.next();
                continue;
            }
            for (rest, boxes) in rest.iter_mut().zip([&x, &y]) {
                for bounds in boxes {
                    rest[0] -= u64::from(bounds[0]);
                    rest[1] -= u64::from(bounds[1]);
                }
            }
            while shared.last().is_some_and(|(of, _)| *of < thing) {
                shared.pop();
            }
            let levels = shared.last().filter(|(of, _)| *of == thing);
            common.push(Common {
                thing,
                x,
                y,
                shared: levels.map_or_else(Levels::default, |(_, levels)| *levels),
            });
            (a, b) = (ours.next(), theirs.next());
        }
        Both {
            common,
            rest,
            has_shared,
        }
    }

    /// What counts about a thing add to the weight; of units that count for both, as many are taken off
    /// as is worst for the end that is asked for.
    pub(crate) fn adds(&self, of: &Common, x: &Levels<u32>, y: &Levels<u32>, end: End) -> f64 {
        let sum = self.affinity.product(x, y);
        let nth = usize::from(end == End::Least);
        let twice = of.shared.iter().zip(x.iter().zip(y)).enumerate();
        let twice = twice.map(|(level, (shared, (x, y)))| {
            f64::from(shared[nth].min(*x).min(*y)) * self.affinity.of(level, level)
        });
        sum - twice.sum::<f64>()
    }

    /// What the statements about a thing add, at least and at most.
    pub(crate) fn adds_between(&self, of: &Common, both: &Both) -> [f64; 2] {
        if self.keeps_all(both) {
            let ends = [0, 1].map(|end| {
                let at = |boxes: &Boxes| boxes.map(|bounds| bounds[end]);
                let twice: u32 = of.shared.iter().map(|shared| shared[end]).sum();
                self.affinity.product(&at(&of.x), &at(&of.y)) - f64::from(twice)
            });
            return ends;
        }
        let least = self.points(of, both, End::Least).map(|point| point.top);
        let most = self.points(of, both, End::Most).map(|point| point.top);
        [
            least.fold(f64::INFINITY, f64::min),
            most.fold(f64::NEG_INFINITY, f64::max),
        ]
    }

    /// Whether more units always mean more pairs: then all out and all in are the two ends, also where
    /// units are shared.
    fn keeps_all(&self, both: &Both) -> bool {
        both.has_shared
            && self.of.asked.duplicates == Duplicates::Keep
            && matches!(self.of.asked.measure, Measure::Ignore | Measure::Congruence)
    }

    /// The corners of what can be said about a thing, each with what it adds above and below the line.
    pub(crate) fn points<'c>(
        &'c self,
        of: &'c Common,
        both: &Both,
        end: End,
    ) -> impl Iterator<Item = Point> + 'c {
        let with_one = self.of.asked.normalise == Normalise::Jaccard;
        let mut candidates: [Vec<u32>; 2 * MOST_LEVELS] = Default::default();
        for (side, boxes) in [&of.x, &of.y].into_iter().enumerate() {
            for (level, [l, u]) in boxes.iter().copied().enumerate() {
                let list = &mut candidates[side * MOST_LEVELS + level];
                list.push(l);
                if u > l {
                    list.push(u);
                }
                if with_one && l == 0 && u > 1 {
                    list.push(1);
                }
                if both.has_shared {
                    // Where units are shared, the sum has kinks.
                    let kinks = of.shared[level]
                        .into_iter()
                        .chain(of.x[level])
                        .chain(of.y[level]);
                    list.extend(kinks.filter(|at| l < *at && *at < u));
                    list.sort_unstable();
                    list.dedup();
                }
            }
        }
        corners(candidates).map(move |[x, y]| Point {
            top: self.adds(of, &x, &y, end),
            below: self.below(&x, &y),
        })
    }

    /// What counts about a thing add below the line.
    fn below(&self, x: &Levels<u32>, y: &Levels<u32>) -> f64 {
        let pairs = x.iter().zip(y).map(|(x, y)| (f64::from(*x), f64::from(*y)));
        match self.of.asked.normalise {
            Normalise::Average => pairs.map(|(x, y)| (x + y) / 2.0).sum(),
            Normalise::Jaccard => pairs
                .map(|(x, y)| if x == 0.0 || y == 0.0 { x + y } else { x * y })
                .sum(),
            _ => 0.0,
        }
    }

    /// The weight of two rows.
    pub(crate) fn fraction(&self, one: usize, other: usize) -> Fraction {
        let both = self.both(one, other);
        self.fraction_of(one, other, &both)
    }

    pub(crate) fn fraction_of(&self, one: usize, other: usize, both: &Both) -> Fraction {
        let numerator = both.common.iter().fold([0.0, 0.0], |[least, most], of| {
            let adds = self.adds_between(of, both);
            [least + adds[0], most + adds[1]]
        });
        let totals = [self.nodes[one].statements, self.nodes[other].statements];
        let (denominator, weight, is_whole) = match self.of.asked.normalise {
            Normalise::Average | Normalise::Jaccard => {
                let (denominator, weight) = self.ratio(both);
                (denominator, weight, true)
            }
            Normalise::Cosine => {
                let product = [0, 1].map(|end| totals[0][end] as f64 * totals[1][end] as f64);
                let (weight, is_whole) = self.cosine(both, numerator, totals);
                (product, weight, is_whole)
            }
            _ => ([1.0, 1.0], numerator, true),
        };
        // −0 is 0.
        let weight = weight.map(|weight| weight + 0.0);
        let exact = weight[0] == weight[1] || is_whole && self.is_exact(one, other, both);
        Fraction {
            numerator,
            denominator,
            weight,
            exact,
        }
    }

    /// By what is divided, and the quotient, at least and at most.
    fn ratio(&self, both: &Both) -> ([f64; 2], [f64; 2]) {
        let share = if self.of.asked.normalise == Normalise::Average {
            0.5
        } else {
            1.0
        };
        let rest = [0, 1].map(|end| Point {
            top: 0.0,
            below: (both.rest[0][end] + both.rest[1][end]) as f64 * share,
        });
        let mut denominator = [rest[0].below, rest[1].below];
        let mut weight = [0.0, 0.0];
        for (nth, end) in [End::Least, End::Most].into_iter().enumerate() {
            let mut parts: Vec<Vec<Point>> = vec![rest.to_vec()];
            parts.extend(
                both.common
                    .iter()
                    .map(|of| self.points(of, both, end).collect()),
            );
            for part in &parts[1..] {
                let below = part.iter().map(|point| point.below);
                denominator[nth] += match end {
                    End::Least => below.fold(f64::INFINITY, f64::min),
                    End::Most => below.fold(f64::NEG_INFINITY, f64::max),
                };
            }
            weight[nth] = extreme(&parts, end);
        }
        (denominator, weight)
    }

    /// Whether the bounds of the boxes are those of the readings: no uncertain claim is in two of the
    /// cells, and no unit counts for both nodes; or all counts are least, or most, at once.
    fn is_exact(&self, one: usize, other: usize, both: &Both) -> bool {
        if self.rough[one] || self.rough[other] {
            return false;
        }
        let asked = &self.of.asked;
        let all_at_once = asked.normalise == Normalise::No
            && self.affinity.is_positive()
            && match asked.duplicates {
                Duplicates::Keep => true,
                Duplicates::Document => !both.has_shared,
                _ => false,
            };
        all_at_once || !both.has_shared && are_free(&self.loose[one], &self.loose[other])
    }
}

/// Whether no claim is in two of the loose units of two rows.
pub(crate) fn are_free(ours: &[Loose], theirs: &[Loose]) -> bool {
    let twice = |loose: &[Loose]| loose.windows(2).any(|pair| pair[0].claim == pair[1].claim);
    if twice(ours) || twice(theirs) {
        return false;
    }
    let (mut a, mut b) = (ours.iter().peekable(), theirs.iter().peekable());
    while let (Some(one), Some(other)) = (a.peek(), b.peek()) {
        match one.claim.cmp(&other.claim) {
            std::cmp::Ordering::Less => a.next(),
            std::cmp::Ordering::Greater => b.next(),
            std::cmp::Ordering::Equal => return false,
        };
    }
    true
}

/// All choices of one candidate each, as the levels of both sides.
fn corners(candidates: [Vec<u32>; 2 * MOST_LEVELS]) -> impl Iterator<Item = [Levels<u32>; 2]> {
    let mut at = [0_usize; 2 * MOST_LEVELS];
    let mut is_over = candidates.iter().any(Vec::is_empty);
    std::iter::from_fn(move || {
        if is_over {
            return None;
        }
        let mut corner = [Levels::default(); 2];
        for (nth, list) in candidates.iter().enumerate() {
            corner[nth / MOST_LEVELS][nth % MOST_LEVELS] = list[at[nth]];
        }
        is_over = true;
        for (at, list) in at.iter_mut().zip(&candidates) {
            *at += 1;
            if *at < list.len() {
                is_over = false;
                break;
            }
            *at = 0;
        }
        Some(corner)
    })
}
