//! The tightest bounds of all points, and the chain of constraints behind each.
//!
//! Dijkstra's algorithm from the origin, forwards and backwards, on weights made non-negative by
//! the potentials of a consistent network (Johnson 1977). If there are no conflicts, the search for
//! potentials already yields the bounds. The chain behind a bound is only computed on request, from
//! the constraints that are tight: among all chains that give the bound, one with the fewest
//! premises, and among these the one whose premises come first.
//!
//! Where points are restricted to some ticks of a day, their bounds from and to the origin are
//! rounded to these ticks, and the consequences are then propagated.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, VecDeque};

use super::network::{Adjacency, Constraint, Network, Point, Premise};
use super::radix_heap::RadixHeap;
use super::window::Window;
use annals_watch::Rounds;

/// Up to so many points, bounds are found sooner than another thread starts.
pub(super) const FEW: usize = 500;

/// The active constraints of a consistent network, indexed by the points they leave and reach.
#[derive(Debug)]
pub(super) struct Rows<'n> {
    network: &'n Network,
    on: &'n [bool],
    leaving: &'n Adjacency,
    reaching: &'n Adjacency,
    is_rounded: bool,
}

impl<'n> Rows<'n> {
    pub(super) fn new(
        network: &'n Network,
        on: &'n [bool],
        leaving: &'n Adjacency,
        reaching: &'n Adjacency,
        is_rounded: bool,
    ) -> Self {
        Rows {
            network,
            on,
            leaving,
            reaching,
            is_rounded,
        }
    }

    /// A bound of a point, rounded to a tick at which it can lie.
    fn rounded(&self, point: Point, bound: i64, towards: bool) -> i64 {
        match self.network.window(point) {
            Window::Anywhere => bound,
            window if towards => window.rounded::<true>(bound),
            window => window.rounded::<false>(bound),
        }
    }

    /// The constraints that leave a point or, if `towards`, reach it, each with the point it leads
    /// to.
    fn from(
        &self,
        point: u32,
        towards: bool,
    ) -> impl Iterator<Item = (&'n Constraint, Point)> + use<'n> {
        let rows = if towards { self.reaching } else { self.leaving };
        let (network, on) = (self.network, self.on);
        let edges = rows.row(point).map(|at| rows.edge(at) as usize);
        edges.filter(|edge| on[*edge]).map(move |edge| {
            let one = &network.constraints()[edge];
            (one, if towards { one.from } else { one.to })
        })
    }
}

/// The distances of all points from the origin, and of the origin from them.
#[derive(Debug)]
pub(super) struct Bounds {
    /// From the origin to each point: its latest possible tick.
    pub(super) after: Distances,
    /// From each point to the origin: less the earliest.
    pub(super) before: Distances,
}

impl Bounds {
    pub(super) fn new(rows: &Rows<'_>, potentials: &[i64]) -> Self {
        let from = |towards| {
            let mut distances = Distances::new(rows, potentials, Point::ZERO, towards);
            if rows.is_rounded {
                distances.round(rows);
            }
            distances
        };
        // Neither knows of the other.
        let (before, after) =
            annals_watch::both(potentials.len() > FEW, || from(true), || from(false));
        Bounds { after, before }
    }
}

/// Distances from one point to all, or from all to one.
#[derive(Debug, Clone)]
pub struct Distances {
    start: Point,
    /// The smallest sum of constraints along a path; [`UNREACHED`] if there is none.
    sums: Vec<i64>,
    towards: bool,
    /// Whether they are rounded to where points can lie.
    is_rounded: bool,
}

const UNREACHED: i64 = i64::MAX;

impl Distances {
    /// The distances from a point (or `towards` it) in a network with these potentials.
    pub(super) fn new(rows: &Rows<'_>, potentials: &[i64], start: Point, towards: bool) -> Self {
        let own = potentials[start.index()];
        let mut sums = vec![UNREACHED; potentials.len()];
        let mut done = vec![false; potentials.len()];
        let mut heap = RadixHeap::new();
        sums[start.index()] = 0;
        heap.push(0, start.0);
        let mut rounds = Rounds::default();
        while let Some((sum, point)) = heap.pop() {
            rounds.look();
            if std::mem::replace(&mut done[point as usize], true) {
                continue;
            }
            let sum = sum as i64;
            for (one, to) in rows.from(point, towards) {
                let weight = one.most + potentials[one.from.index()] - potentials[one.to.index()];
                // Negative only where potentials are clamped, because they are unbounded there.
                let there = sum.saturating_add(weight.max(0));
                let known = &mut sums[to.index()];
                if there < *known {
                    *known = there;
                    heap.push(there as u64, to.0);
                }
            }
        }
        for (sum, potential) in sums.iter_mut().zip(potentials) {
            if *sum != UNREACHED {
                *sum = sum.saturating_add(if towards {
                    own - potential
                } else {
                    potential - own
                });
            }
        }
        Distances {
            start,
            sums,
            towards,
            is_rounded: false,
        }
    }

    /// Rounds the distances of a consistent network to where points can lie, and propagates until
    /// nothing changes.
    fn round(&mut self, rows: &Rows<'_>) {
        self.is_rounded = true;
        let mut waiting = VecDeque::new();
        let mut is_waiting = vec![false; self.sums.len()];
        for point in (1..self.sums.len() as u32).map(Point) {
            if let Some(sum) = self.to(point) {
                let rounded = rows.rounded(point, sum, self.towards);
                if rounded < sum {
                    self.sums[point.index()] = rounded;
                    is_waiting[point.index()] = true;
                    waiting.push_back(point);
                }
            }
        }
        let mut rounds = Rounds::default();
        while let Some(point) = waiting.pop_front() {
            rounds.look();
            is_waiting[point.index()] = false;
            for (one, to) in rows.from(point.0, self.towards) {
                let there = self.sums[point.index()].saturating_add(one.most);
                if to == self.start || there >= self.sums[to.index()] {
                    continue;
                }
                self.sums[to.index()] = rows.rounded(to, there, self.towards);
                if !std::mem::replace(&mut is_waiting[to.index()], true) {
                    waiting.push_back(to);
                }
            }
        }
    }

    /// Wraps known distances from or to the origin.
    pub(super) fn known(
        sums: impl Iterator<Item = Option<i64>>,
        towards: bool,
        is_rounded: bool,
    ) -> Self {
        Distances {
            start: Point::ZERO,
            sums: sums.map(|sum| sum.unwrap_or(UNREACHED)).collect(),
            towards,
            is_rounded,
        }
    }

    /// The distance of a point; `None` if it is unbounded.
    pub fn to(&self, point: Point) -> Option<i64> {
        Some(self.sums[point.index()]).filter(|sum| *sum != UNREACHED)
    }

    /// Whether a constraint is part of a shortest path.
    fn is_tight(&self, rows: &Rows<'_>, one: &Constraint) -> bool {
        let (near, far) = if self.towards {
            (one.to, one.from)
        } else {
            (one.from, one.to)
        };
        self.to(near)
            .zip(self.to(far))
            .is_some_and(|(here, there)| self.next(rows, here, one, far) == there)
    }

    /// The bound that a constraint implies for the point it leads to.
    fn next(&self, rows: &Rows<'_>, here: i64, one: &Constraint, to: Point) -> i64 {
        let there = here.saturating_add(one.most);
        if self.is_rounded {
            rows.rounded(to, there, self.towards)
        } else {
            there
        }
    }

    /// The premises behind a distance, from the start on, each once.
    pub(super) fn because(&self, rows: &Rows<'_>, point: Point) -> Vec<Premise> {
        let mut because: Vec<Premise> = Vec::new();
        if self.to(point).is_none() {
            return because;
        }
        let fewest = self.fewest(rows, point);
        let mut at = self.start;
        let mut seen = BTreeSet::from([at]);
        while at != point {
            let next = rows.from(at.0, self.towards).filter(|(one, to)| {
                let count = one.premises.count();
                let (here, there) = (fewest.get(&at), fewest.get(to));
                let fits = here
                    .zip(there)
                    .is_some_and(|(here, there)| *here == there + count);
                fits && !seen.contains(to) && self.is_tight(rows, one)
            });
            let first = next.min_by_key(|(one, _)| one.premises.iter().collect::<Vec<_>>());
            // The start was reached from the point, so a path back exists, unless a bound was
            // rounded and then lowered again by a consequence.
            let Some((one, to)) = first else {
                because = self.traced(rows, point);
                break;
            };
            because.extend(one.premises.iter());
            seen.insert(to);
            at = to;
        }
        let mut seen = BTreeSet::new();
        because.retain(|premise| seen.insert(*premise));
        because
    }

    /// The premises behind a distance, in the order of the steps from the start.
    fn traced(&self, rows: &Rows<'_>, point: Point) -> Vec<Premise> {
        // Each step: its constraint, and the previous step.
        let mut steps: Vec<(&Constraint, Option<usize>)> = Vec::new();
        let mut last: Vec<Option<usize>> = vec![None; self.sums.len()];
        let mut sums = vec![UNREACHED; self.sums.len()];
        let mut waiting = VecDeque::from([self.start]);
        sums[self.start.index()] = 0;
        let mut rounds = Rounds::default();
        while let Some(at) = waiting.pop_front() {
            rounds.look();
            for (one, to) in rows.from(at.0, self.towards) {
                let there = self.next(rows, sums[at.index()], one, to);
                if to == self.start || there >= sums[to.index()] {
                    continue;
                }
                sums[to.index()] = there;
                steps.push((one, last[at.index()]));
                last[to.index()] = Some(steps.len() - 1);
                waiting.push_back(to);
            }
            if sums[point.index()] == self.sums[point.index()] {
                break;
            }
        }
        let mut because = Vec::new();
        let mut at = last[point.index()];
        while let Some((one, before)) = at.map(|at| steps[at]) {
            because.extend(one.premises.iter());
            at = before;
        }
        because.reverse();
        because
    }

    /// The smallest number of premises on tight paths from a point to this one, for the start and
    /// for all nearer points.
    fn fewest(&self, rows: &Rows<'_>, point: Point) -> BTreeMap<Point, u32> {
        let mut fewest = BTreeMap::from([(point, 0)]);
        let mut heap = BinaryHeap::from([Reverse((0, point))]);
        let mut enough = u32::MAX;
        let mut rounds = Rounds::default();
        while let Some(Reverse((count, at))) = heap.pop() {
            rounds.look();
            if count > enough {
                break;
            }
            if at == self.start {
                enough = count;
            }
            for (one, to) in rows.from(at.0, !self.towards) {
                if !self.is_tight(rows, one) {
                    continue;
                }
                let more = count + one.premises.count();
                let known = fewest.entry(to).or_insert(u32::MAX);
                if more < *known {
                    *known = more;
                    heap.push(Reverse((more, to)));
                }
            }
        }
        fewest
    }
}
