//! The least and most of a weight that is divided by the product of both totals.

use super::asked::{Boxes, Levels};
use super::bounds::{Both, Common, End};
use super::counted::Counted;

/// The most places of a table.
const MOST_PLACES: usize = 200_000;
/// The most steps that filling the tables of a pair may take.
const MOST_STEPS: usize = 50_000_000;

/// The least and most that can stand above the line, by how many of the uncertain statements of both
/// sides are there.
struct Table {
    size: [usize; 2],
    places: Vec<[f64; 2]>,
}

impl Table {
    fn empty(size: [usize; 2]) -> Table {
        Table {
            size,
            places: vec![[f64::INFINITY, f64::NEG_INFINITY]; size[0] * size[1]],
        }
    }

    fn add(&mut self, at: [usize; 2], [least, most]: [f64; 2]) {
        let place = &mut self.places[at[0] * self.size[1] + at[1]];
        place[0] = place[0].min(least);
        place[1] = place[1].max(most);
    }

    /// The places that are possible.
    fn filled(&self) -> impl Iterator<Item = ([usize; 2], [f64; 2])> + '_ {
        let place = |(nth, value): (usize, &[f64; 2])| {
            let at = [nth / self.size[1], nth % self.size[1]];
            (value[0] <= value[1]).then_some((at, *value))
        };
        self.places.iter().enumerate().filter_map(place)
    }
}

/// How many statements about a thing are certain, and how many more are possible.
fn span(boxes: &Boxes) -> [usize; 2] {
    let least: u32 = boxes.iter().map(|bounds| bounds[0]).sum();
    let most: u32 = boxes.iter().map(|bounds| bounds[1]).sum();
    [least as usize, (most - least) as usize]
}

impl Counted<'_> {
    /// The least and most quotient, and whether that is exact for free counts. Else it encloses.
    pub(crate) fn cosine(
        &self,
        both: &Both,
        numerator: [f64; 2],
        totals: [[u64; 2]; 2],
    ) -> ([f64; 2], bool) {
        let product = |end: usize| (totals[0][end].max(1) as f64) * (totals[1][end].max(1) as f64);
        if numerator == [0.0, 0.0] {
            return ([0.0, 0.0], true);
        }
        let Some(table) = self.table(both) else {
            let [least, most] = numerator;
            let least = least / product(usize::from(least >= 0.0));
            let most = most / product(usize::from(most <= 0.0));
            return ([least.max(-1.0), most.min(1.0)], false);
        };
        let base = [0, 1].map(|side| {
            let common = both
                .common
                .iter()
                .map(|of| span(if side == 0 { &of.x } else { &of.y })[0]);
            common.sum::<usize>() as u64
        });
        let mut weight = [f64::INFINITY, f64::NEG_INFINITY];
        for (at, [least, most]) in table.filled() {
            let total = |side: usize, end: usize| {
                (base[side] + at[side] as u64 + both.rest[side][end]) as f64
            };
            // Statements about other things are free: as many of them as make the quotient extreme.
            let quotient = |top: f64, end: usize| {
                let below = total(0, end) * total(1, end);
                if below == 0.0 { 0.0 } else { top / below }
            };
            weight[0] = weight[0].min(quotient(least, usize::from(least >= 0.0)));
            weight[1] = weight[1].max(quotient(most, usize::from(most <= 0.0)));
        }
        (weight, true)
    }

    /// The table of all common things; `None` if it would be too large.
    fn table(&self, both: &Both) -> Option<Table> {
        let mut table = Table::empty([1, 1]);
        table.add([0, 0], [0.0, 0.0]);
        let mut steps = 0;
        for of in &both.common {
            let (x, y) = (span(&of.x), span(&of.y));
            let size = [table.size[0] + x[1], table.size[1] + y[1]];
            let own = (x[1] + 1).checked_mul(y[1] + 1)?;
            steps += own.checked_mul(table.places.len())?;
            if size[0].checked_mul(size[1])? > MOST_PLACES || steps > MOST_STEPS {
                return None;
            }
            let mut next = Table::empty(size);
            for s in 0..=x[1] {
                for t in 0..=y[1] {
                    let adds = self.with_totals(of, (x[0] + s) as u32, (y[0] + t) as u32);
                    for (at, before) in table.filled() {
                        next.add(
                            [at[0] + s, at[1] + t],
                            [before[0] + adds[0], before[1] + adds[1]],
                        );
                    }
                }
            }
            table = next;
        }
        Some(table)
    }

    /// What a thing adds, at least and at most, if both sides make so many statements about it. The sum
    /// is linear in the counts of either side, so only vertices of what is possible can be extreme.
    fn with_totals(&self, of: &Common, x: u32, y: u32) -> [f64; 2] {
        let levels = self.affinity.levels;
        let mut ends = [f64::INFINITY, f64::NEG_INFINITY];
        let others = vertices(&of.y, y, levels);
        for one in vertices(&of.x, x, levels) {
            for other in &others {
                let sum = self.affinity.product(&one, other);
                ends = [ends[0].min(sum), ends[1].max(sum)];
            }
        }
        // Units that count for both are taken off as is worst for either end, whatever the counts.
        let twice = |end: End| -> f64 {
            let each = of.shared.iter().zip(of.x.iter().zip(&of.y)).enumerate();
            each.map(|(level, (shared, (x, y)))| {
                let nth = usize::from(end == End::Least);
                f64::from(shared[nth].min(x[nth]).min(y[nth])) * self.affinity.of(level, level)
            })
            .sum()
        };
        [ends[0] - twice(End::Least), ends[1] - twice(End::Most)]
    }
}

/// The vertices of the counts within boxes that add up to a total: all but one are at an end.
fn vertices(boxes: &Boxes, total: u32, levels: usize) -> Vec<Levels<u32>> {
    let mut found: Vec<Levels<u32>> = Vec::new();
    for free in 0..levels {
        for ends in 0..1_usize << (levels - 1) {
            let mut counts = Levels::default();
            let mut left = i64::from(total);
            let others = (0..levels).filter(|level| *level != free);
            for (nth, level) in others.enumerate() {
                counts[level] = boxes[level][ends >> nth & 1];
                left -= i64::from(counts[level]);
            }
            let fits = i64::from(boxes[free][0]) <= left && left <= i64::from(boxes[free][1]);
            if fits {
                counts[free] = left as u32;
                if !found.contains(&counts) {
                    found.push(counts);
                }
            }
        }
    }
    found
}
