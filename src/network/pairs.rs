//! The weights of all pairs, one row at a time.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::convert::Infallible;

use annals_ordered_parallel::{for_each_ordered_with, threads};

use super::asked::{Levels, MOST_LEVELS};
use super::bounds::Common;
pub use super::bounds::Fraction;
use super::counted::Counted;
use super::{Measure, Normalise};

/// Two nodes and their weight.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// The node with the lower number.
    pub a: u32,
    /// The other.
    pub b: u32,
    /// At least and at most.
    pub weight: [f64; 2],
    /// Whether these are the least and most of all readings. Else they enclose them.
    pub exact: bool,
    /// How many things can add to it, where that was counted.
    pub things: Option<u32>,
}

impl Pair {
    /// The heaviest first: by what it can be at most, then at least, then by its nodes.
    fn by_weight(&self, other: &Pair) -> Ordering {
        let most = other.weight[1].total_cmp(&self.weight[1]);
        let least = || other.weight[0].total_cmp(&self.weight[0]);
        let nodes = || (self.a, self.b).cmp(&(other.a, other.b));
        most.then_with(least).then_with(nodes)
    }
}

/// A pair in a heap whose greatest is the lightest.
struct Heavy(Pair);

impl PartialEq for Heavy {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Heavy {}
impl PartialOrd for Heavy {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Heavy {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.by_weight(&other.0)
    }
}

/// The heaviest of some pairs.
struct Heaviest {
    most: usize,
    heap: BinaryHeap<Heavy>,
}

impl Heaviest {
    fn new(most: usize) -> Self {
        Heaviest {
            most,
            heap: BinaryHeap::new(),
        }
    }

    /// What a pair has to weigh at most to be one of them, once there are as many as are wanted.
    fn floor(&self) -> Option<f64> {
        let lightest = self.heap.peek().filter(|_| self.heap.len() >= self.most);
        lightest.map(|heavy| heavy.0.weight[1])
    }

    /// Takes a pair, if it is among the heaviest so far; returns whether it is.
    fn take(&mut self, pair: Pair) -> bool {
        if self.heap.len() >= self.most {
            let is_heavier = self.heap.peek().is_some_and(|least| Heavy(pair) < *least);
            if !is_heavier {
                return false;
            }
            self.heap.pop();
        }
        self.heap.push(Heavy(pair));
        true
    }
}

/// What is wanted of the rows.
struct Rows<'r, R> {
    /// The most pairs, if not all of them.
    most: usize,
    /// Which pairs.
    kept: &'r (dyn Fn(&Pair) -> bool + Sync),
    /// What is made of each.
    made: &'r (dyn Fn(Pair) -> R + Sync),
    /// Whether the things that add to each are counted: of few pairs that is quicker done afterwards.
    counts_things: bool,
}

/// How many weights are looked at together.
const STRETCH: usize = 64;

/// How many rows are weighed at a time.
const AT_ONCE: usize = 16;

/// What one thread adds up.
struct Sums {
    /// Of the row at hand with each later one.
    weight: Vec<f64>,
    /// For jaccard: pairs of statements in common cells, and the statements in these.
    both: Vec<f64>,
    cells: Vec<f64>,
    seen: Vec<bool>,
    touched: Vec<u32>,
    /// Where things are counted: how many there are, and the last of them.
    things: Vec<u32>,
    last_thing: Vec<u32>,
    heaviest: Heaviest,
}

/// No thing.
const NONE: u32 = u32::MAX;

impl Counted<'_> {
    /// All pairs with a weight other than 0, by the numbers of their nodes.
    ///
    /// # Errors
    /// The first error that `each` returns.
    pub fn pairs<E>(&self, each: &mut dyn FnMut(Pair) -> Result<(), E>) -> Result<(), E> {
        let rows = Rows {
            most: usize::MAX,
            kept: &|_| true,
            made: &|pair| pair,
            counts_things: false,
        };
        self.rows_of_pairs(&rows, &mut |pairs| {
            pairs.into_iter().try_for_each(&mut *each)
        })
    }

    /// What is made of each pair, with the number of things that add to it, by several threads, row by row.
    ///
    /// # Errors
    /// The first error that `take` returns.
    pub fn mapped_pairs<R: Send, E>(
        &self,
        kept: &(dyn Fn(&Pair) -> bool + Sync),
        made: &(dyn Fn(Pair) -> R + Sync),
        take: &mut dyn FnMut(Vec<R>) -> Result<(), E>,
    ) -> Result<(), E> {
        let rows = Rows {
            most: usize::MAX,
            kept,
            made,
            counts_things: true,
        };
        self.rows_of_pairs(&rows, take)
    }

    /// The heaviest pairs, heaviest first: by what they can weigh at most, then at least.
    pub fn heaviest(&self, most: usize, kept: &(dyn Fn(&Pair) -> bool + Sync)) -> Vec<Pair> {
        let mut heaviest = Heaviest::new(most);
        if most == 0 {
            return Vec::new();
        }
        let rows = Rows {
            most,
            kept,
            made: &|pair| pair,
            counts_things: false,
        };
        let Ok::<(), Infallible>(()) = self.rows_of_pairs(&rows, &mut |pairs: Vec<Pair>| {
            for pair in pairs {
                heaviest.take(pair);
            }
            Ok(())
        });
        let sorted = heaviest.heap.into_sorted_vec();
        sorted.into_iter().map(|heavy| heavy.0).collect()
    }

    fn rows_of_pairs<R: Send, E>(
        &self,
        rows: &Rows<'_, R>,
        take: &mut dyn FnMut(Vec<R>) -> Result<(), E>,
    ) -> Result<(), E> {
        let count = self.nodes.len();
        let threads = threads(16).min(count / AT_ONCE + 1);
        let is_jaccard = self.of.asked.normalise == Normalise::Jaccard;
        let sums = || Sums {
            weight: vec![0.0; count],
            both: vec![0.0; if is_jaccard { count } else { 0 }],
            cells: vec![0.0; if is_jaccard { count } else { 0 }],
            seen: vec![false; count],
            touched: Vec::new(),
            things: vec![0; if rows.counts_things { count } else { 0 }],
            last_thing: vec![NONE; if rows.counts_things { count } else { 0 }],
            heaviest: Heaviest::new(rows.most),
        };
        let totals = (rows.most != usize::MAX && !rows.counts_things && !is_jaccard)
            .then(|| self.plain_totals())
            .flatten();
        let weighed = |sums: &mut Sums, first: usize| {
            let mut found = Vec::new();
            for row in first..count.min(first + AT_ONCE) {
                annals_watch::look();
                let mut take = |heaviest: &mut Heaviest, pair| {
                    let is_limited = heaviest.most != usize::MAX;
                    if (rows.kept)(&pair) && (!is_limited || heaviest.take(pair)) {
                        found.push((rows.made)(pair));
                    }
                };
                let floor = sums.heaviest.floor().filter(|floor| *floor > 0.0);
                match (&totals, floor) {
                    (Some(totals), Some(floor)) => {
                        self.weigh_heavy(row, (totals, floor), sums, &mut take);
                    }
                    _ => self.weigh(row, sums, &mut take),
                }
            }
            found
        };
        let firsts = (0..count).step_by(AT_ONCE);
        for_each_ordered_with(firsts, threads, sums, weighed, take)
    }

    /// Weighs the pairs of a row and each later one.
    fn weigh(&self, row: usize, sums: &mut Sums, found: &mut dyn FnMut(&mut Heaviest, Pair)) {
        let is_jaccard = self.of.asked.normalise == Normalise::Jaccard;
        match (is_jaccard, sums.things.is_empty()) {
            (true, true) => self.add_up::<true, false, true>(row, sums),
            (true, false) => self.add_up::<true, true, true>(row, sums),
            (false, true) => self.add_up::<false, false, true>(row, sums),
            (false, false) => self.add_up::<false, true, true>(row, sums),
        }
        let later = self.nodes.len() - row;
        if sums.touched.len() < later / 8 {
            sums.touched.sort_unstable();
        } else {
            let seen = (0_u32..).zip(&sums.seen).skip(row);
            sums.touched.clear();
            sums.touched
                .extend(seen.filter(|(_, seen)| **seen).map(|(at, _)| at));
        }
        let is_plain = self.is_plain(row);
        for nth in 0..sums.touched.len() {
            let other = sums.touched[nth] as usize;
            let (weight, exact) = if is_plain && self.is_plain(other) {
                let weight = self.certain(row, other, sums);
                ([weight, weight], true)
            } else {
                let fraction = self.fraction(row, other);
                (fraction.weight, fraction.exact)
            };
            sums.weight[other] = 0.0;
            sums.seen[other] = false;
            if let Some(both) = sums.both.get_mut(other) {
                *both = 0.0;
                sums.cells[other] = 0.0;
            }
            let things = sums.things.get_mut(other).map(std::mem::take);
            if let Some(last) = sums.last_thing.get_mut(other) {
                *last = NONE;
            }
            let pair = Pair {
                a: self.nodes[row].node,
                b: self.nodes[other].node,
                weight,
                exact,
                things,
            };
            let is_counted = |things: u32| things as usize == self.count_things(pair.a, pair.b);
            debug_assert!(things.is_none_or(is_counted), "{pair:?}");
            if weight != [0.0, 0.0] {
                found(&mut sums.heaviest, pair);
            }
        }
        sums.touched.clear();
    }

    /// How many statements each row has, if nothing about any is uncertain.
    fn plain_totals(&self) -> Option<Vec<f64>> {
        let rows = 0..self.nodes.len();
        let total = |row| {
            self.is_plain(row)
                .then(|| self.nodes[row].statements[1] as f64)
        };
        rows.map(total).collect()
    }

    /// Weighs the pairs of a row and each later one that can be among the heaviest: nearly all are lighter than
    /// these, which is seen without dividing. Nothing is uncertain.
    fn weigh_heavy(
        &self,
        row: usize,
        (totals, floor): (&[f64], f64),
        sums: &mut Sums,
        found: &mut dyn FnMut(&mut Heaviest, Pair),
    ) {
        self.add_up::<false, false, false>(row, sums);
        let (fixed, each) = match self.of.asked.normalise {
            Normalise::Average => (totals[row] / 2.0, 0.5),
            Normalise::Cosine => (0.0, totals[row]),
            _ => (1.0, 0.0),
        };
        // No rounding changes as much as that.
        let floor = floor * (1.0 - 1e-9);
        let is_heavy = |weight: f64, total: f64| weight > floor * (fixed + each * total);
        let later = row + 1;
        let weights = sums.weight[later..].chunks(STRETCH);
        let mut heavy = Vec::new();
        for (nth, (weights, totals)) in weights.zip(totals[later..].chunks(STRETCH)).enumerate() {
            let pairs = weights.iter().zip(totals);
            // Without a branch, several at a time.
            let is_any = pairs.clone().fold(false, |any, (weight, total)| {
                any | is_heavy(*weight, *total)
            });
            if is_any {
                let first = later + nth * STRETCH;
                let places = pairs
                    .enumerate()
                    .filter(|(_, (weight, total))| is_heavy(**weight, **total));
                heavy.extend(places.map(|(place, _)| first + place));
            }
        }
        for other in heavy {
            let weight = self.certain(row, other, sums);
            let pair = Pair {
                a: self.nodes[row].node,
                b: self.nodes[other].node,
                weight: [weight, weight],
                exact: true,
                things: None,
            };
            if weight != 0.0 {
                found(&mut sums.heaviest, pair);
            }
        }
        sums.weight[later..].fill(0.0);
    }

    /// Adds up what a row has in common with each later one, at most; with `SEEN` also which these are.
    fn add_up<const JACCARD: bool, const THINGS: bool, const SEEN: bool>(
        &self,
        row: usize,
        sums: &mut Sums,
    ) {
        let levels = self.affinity.levels;
        for (thing, boxes) in self.by_thing(row) {
            let own: Levels<u32> = boxes.map(|bounds| bounds[1]);
            for level in 0..levels {
                let mut adds = 0.0;
                let mut touches = false;
                for (nth, count) in own.iter().enumerate().take(levels) {
                    let affinity = self.affinity.of(nth, level);
                    adds += f64::from(*count) * affinity;
                    touches |= *count > 0 && affinity != 0.0;
                }
                let is_same = JACCARD && own[level] > 0;
                if !touches && !is_same {
                    continue;
                }
                let column = self.column(thing, level);
                let begin = column.partition_point(|below| below.row as usize <= row);
                for below in &column[begin..] {
                    let other = below.row as usize;
                    let count = f64::from(below.bounds[1]);
                    if SEEN && touches && !sums.seen[other] {
                        sums.seen[other] = true;
                        sums.touched.push(below.row);
                    }
                    if THINGS && touches && sums.last_thing[other] != thing {
                        sums.last_thing[other] = thing;
                        sums.things[other] += 1;
                    }
                    sums.weight[other] += adds * count;
                    if is_same {
                        sums.both[other] += f64::from(own[level]) * count;
                        sums.cells[other] += f64::from(own[level]) + count;
                    }
                }
            }
        }
        if JACCARD {
            // Cells in common that add nothing, where nothing else does, are of no pair.
            for other in row + 1..self.nodes.len() {
                if !sums.seen[other] {
                    sums.both[other] = 0.0;
                    sums.cells[other] = 0.0;
                    sums.weight[other] = 0.0;
                }
            }
        }
    }

    /// The weight of two rows of which nothing is uncertain.
    fn certain(&self, row: usize, other: usize, sums: &Sums) -> f64 {
        let total = |row: usize| self.nodes[row].statements[1] as f64;
        let (one, two) = (total(row), total(other));
        let below = match self.of.asked.normalise {
            Normalise::Average => (one + two) / 2.0,
            Normalise::Cosine => one * two,
            Normalise::Jaccard => one + two - sums.cells[other] + sums.both[other],
            _ => 1.0,
        };
        if below == 0.0 {
            return 0.0;
        }
        // −0 is 0.
        sums.weight[other] / below + 0.0
    }

    /// The weight of two nodes, and what it is made of.
    pub fn pair(&self, a: u32, b: u32) -> Fraction {
        match (self.row_of(a), self.row_of(b)) {
            (Some(one), Some(other)) => self.fraction(one, other),
            _ => Fraction {
                numerator: [0.0, 0.0],
                denominator: self.alone(a, b),
                weight: [0.0, 0.0],
                exact: true,
            },
        }
    }

    /// By what a weight of 0 is divided, where one of the nodes says nothing.
    fn alone(&self, a: u32, b: u32) -> [f64; 2] {
        let total = |node: u32, end: usize| {
            let row = self.row_of(node);
            row.map_or(0.0, |row| self.nodes[row].statements[end] as f64)
        };
        [0, 1].map(|end| match self.of.asked.normalise {
            Normalise::Average => (total(a, end) + total(b, end)) / 2.0,
            Normalise::Jaccard => total(a, end) + total(b, end),
            Normalise::Cosine => 0.0,
            _ => 1.0,
        })
    }

    /// The things that can add to the weight of two nodes, each with what it adds, at least and at most.
    pub fn things(&self, a: u32, b: u32) -> Vec<(u32, [f64; 2])> {
        let rows = self.row_of(a).zip(self.row_of(b));
        let Some((one, other)) = rows else {
            return Vec::new();
        };
        let both = self.both(one, other);
        let some = both.common.iter().filter(|of| self.can_add(of));
        some.map(|of| (of.thing, self.adds_between(of, &both)))
            .collect()
    }

    /// How many things can add to the weight of two nodes.
    pub fn count_things(&self, a: u32, b: u32) -> usize {
        let rows = self.row_of(a).zip(self.row_of(b));
        let Some((one, other)) = rows else {
            return 0;
        };
        let (mut ours, mut theirs) = (self.by_thing(one), self.by_thing(other));
        let (mut x, mut y) = (ours.next(), theirs.next());
        let mut count = 0;
        while let (Some((thing, own)), Some((also, others))) = (x, y) {
            match thing.cmp(&also) {
                Ordering::Less => x = ours.next(),
                Ordering::Greater => y = theirs.next(),
                Ordering::Equal => {
                    count += usize::from(self.levels_add(&own, &others));
                    (x, y) = (ours.next(), theirs.next());
                }
            }
        }
        count
    }

    fn can_add(&self, of: &Common) -> bool {
        self.levels_add(&of.x, &of.y)
    }

    fn levels_add(&self, x: &Levels<[u32; 2]>, y: &Levels<[u32; 2]>) -> bool {
        let pairs =
            (0..MOST_LEVELS).flat_map(|one| (0..MOST_LEVELS).map(move |other| (one, other)));
        let mut adding = pairs.filter(|(one, other)| self.affinity.of(*one, *other) != 0.0);
        adding.any(|(one, other)| x[one][1] > 0 && y[other][1] > 0)
    }

    /// Whether what a pair weighs can be less than nothing.
    pub fn is_signed(&self) -> bool {
        self.of.asked.measure == Measure::Subtract
    }
}
