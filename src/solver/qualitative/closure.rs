//! Path consistency over sets of relations, with the reason for each refinement.
//!
//! The relations between two intervals are intersected with those implied through every third one,
//! until nothing changes. Each refinement is a node in a graph of reasons whose leaves are
//! assertions. Everything can be undone back to a mark, so that a search need not copy anything.
//! Source: A. K. Mackworth, *Consistency in Networks of Relations*, 1977; the order in which pairs
//! are processed is that of P. van Beek, D. Manchak, *The Design and Experimental Analysis of
//! Algorithms for Temporal Reasoning*, 1996.

use super::algebra::{ALL, Algebra, Mask};
use crate::work::Work;

/// A node of the graph of reasons.
#[derive(Debug, Clone, Copy)]
enum Reason {
    /// Nothing is known.
    None,
    /// An assertion, whose premises only the caller knows.
    Assertion(u32),
    /// Derived from these reasons.
    Derived([u32; 3]),
}

/// Why the closure cannot continue.
#[derive(Debug)]
pub(super) enum Stop {
    /// The work that may be done is spent.
    Spent,
    /// These assertions are inconsistent. Each is listed once, in order.
    Contradiction(Vec<u32>),
}

/// A state of the closure, for undoing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    trail: usize,
    reasons: usize,
}

/// The possible relations between each pair of intervals.
pub(super) struct Closure {
    algebra: &'static Algebra,
    size: usize,
    known: Vec<Mask>,
    why: Vec<u32>,
    reasons: Vec<Reason>,
    /// The previous relations of refined pairs, and the reasons for them.
    trail: Vec<(u32, Mask, u32)>,
    /// Refined pairs, by the number of remaining relations.
    waiting: [Vec<u32>; 14],
    is_waiting: Vec<bool>,
    /// How many contradictions each pair was involved in.
    weight: Vec<u32>,
}

impl Closure {
    pub(super) fn new(size: usize) -> Self {
        Closure {
            algebra: Algebra::get(),
            size,
            known: vec![ALL; size * size],
            why: vec![0; size * size],
            reasons: vec![Reason::None],
            trail: Vec::new(),
            waiting: [const { Vec::new() }; 14],
            is_waiting: vec![false; size * size],
            weight: vec![1; size * size],
        }
    }

    /// The remaining relations between two intervals.
    pub(super) fn between(&self, one: usize, other: usize) -> Mask {
        self.known[one * self.size + other]
    }

    /// The number of contradictions a pair was involved in, for incrementing.
    pub(super) fn weight(&self, one: usize, other: usize) -> u32 {
        let (one, other) = (one.min(other), one.max(other));
        self.weight[one * self.size + other]
    }

    pub(super) fn mark(&self) -> Mark {
        Mark {
            trail: self.trail.len(),
            reasons: self.reasons.len(),
        }
    }

    /// Takes back all that was refined since a mark.
    pub(super) fn back(&mut self, mark: Mark) {
        for (pair, known, why) in self.trail.drain(mark.trail..).rev() {
            let (one, other) = (pair as usize / self.size, pair as usize % self.size);
            let turned = other * self.size + one;
            self.known[pair as usize] = known;
            self.known[turned] = self.algebra.inverse(known);
            (self.why[pair as usize], self.why[turned]) = (why, why);
        }
        self.reasons.truncate(mark.reasons);
    }

    /// Asserts that one of some relations holds between two intervals; `name` identifies the
    /// assertion in contradictions.
    pub(super) fn assert(
        &mut self,
        one: usize,
        other: usize,
        set: Mask,
        name: u32,
    ) -> Result<(), Stop> {
        let pair = one * self.size + other;
        let left = self.known[pair] & set;
        if left == self.known[pair] {
            return Ok(());
        }
        let own = self.reason(Reason::Assertion(name));
        let why = match self.why[pair] {
            0 => own,
            before => self.reason(Reason::Derived([before, own, 0])),
        };
        if left == 0 {
            return Err(self.contradiction(&[why], &[(one, other)]));
        }
        self.refine(one, other, left, why);
        Ok(())
    }

    fn reason(&mut self, reason: Reason) -> u32 {
        self.reasons.push(reason);
        self.reasons.len() as u32 - 1
    }

    fn refine(&mut self, one: usize, other: usize, left: Mask, why: u32) {
        let (pair, turned) = (one * self.size + other, other * self.size + one);
        self.trail
            .push((pair as u32, self.known[pair], self.why[pair]));
        self.known[pair] = left;
        self.known[turned] = self.algebra.inverse(left);
        (self.why[pair], self.why[turned]) = (why, why);
        let pair = pair.min(turned);
        if !self.is_waiting[pair] {
            self.is_waiting[pair] = true;
            self.waiting[left.count_ones() as usize].push(pair as u32);
        }
    }

    /// Propagates until nothing changes.
    pub(super) fn close(&mut self, work: &mut Work) -> Result<(), Stop> {
        while let Some(pair) = self.waiting.iter_mut().find_map(Vec::pop) {
            self.is_waiting[pair as usize] = false;
            let (one, other) = (pair as usize / self.size, pair as usize % self.size);
            if !work.take(2 * self.size / WORTH + 3) {
                self.rest();
                return Err(Stop::Spent);
            }
            for third in (0..self.size).filter(|third| *third != one && *third != other) {
                let found = self
                    .by_way_of(one, other, third)
                    .and_then(|()| self.by_way_of(other, one, third));
                if let Err(stop) = found {
                    self.rest();
                    return Err(stop);
                }
            }
        }
        Ok(())
    }

    /// Propagates to the relations between a first and a third through a second, after the pair of
    /// the first two was refined.
    fn by_way_of(&mut self, first: usize, second: usize, third: usize) -> Result<(), Stop> {
        let on = self.known[second * self.size + third];
        if on == ALL {
            return Ok(());
        }
        let pair = first * self.size + third;
        let known = self.known[pair];
        let left = known
            & self
                .algebra
                .composed(self.known[first * self.size + second], on);
        if left == known {
            return Ok(());
        }
        let legs = [first * self.size + second, second * self.size + third, pair];
        let legs = legs.map(|leg| self.why[leg]);
        if left == 0 {
            let pairs = [(first, second), (second, third), (first, third)];
            return Err(self.contradiction(&legs, &pairs));
        }
        let why = self.reason(Reason::Derived(legs));
        self.refine(first, third, left, why);
        Ok(())
    }

    /// The queue is empty.
    fn rest(&mut self) {
        for row in &mut self.waiting {
            for pair in row.drain(..) {
                self.is_waiting[pair as usize] = false;
            }
        }
    }

    fn contradiction(&mut self, legs: &[u32], pairs: &[(usize, usize)]) -> Stop {
        self.rest();
        for &(one, other) in pairs {
            let (one, other) = (one.min(other), one.max(other));
            self.weight[one * self.size + other] += 1;
        }
        Stop::Contradiction(self.behind(legs))
    }

    /// The assertions behind the remaining relations between two intervals.
    pub(super) fn why(&self, one: usize, other: usize) -> Vec<u32> {
        self.behind(&[self.why[one * self.size + other]])
    }

    fn behind(&self, reasons: &[u32]) -> Vec<u32> {
        let mut seen = vec![false; self.reasons.len()];
        let mut open = reasons.to_vec();
        let mut names = Vec::new();
        while let Some(reason) = open.pop() {
            if std::mem::replace(&mut seen[reason as usize], true) {
                continue;
            }
            match self.reasons[reason as usize] {
                Reason::None => {}
                Reason::Assertion(name) => names.push(name),
                Reason::Derived(legs) => open.extend(legs),
            }
        }
        names.sort_unstable();
        names.dedup();
        names
    }
}

/// The number of compositions that cost as much as examining one constraint.
const WORTH: usize = 16;
