//! The narrowest bounds of all points, and the chain of constraints that gives each.
//!
//! Two runs of Dijkstra's algorithm from the origin, forwards and backwards, on weights made
//! non-negative by the potentials of a consistent network (Johnson 1977). Of equally narrow chains
//! the one with the fewest premises is taken, then the one that was found first.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::network::{Adjacency, Network, Point, Premise};

const NONE: u32 = u32::MAX;

/// Distances from one point to all, or from all to one.
#[derive(Debug, Clone)]
pub struct Distances {
    /// The sum of the constraints on the way; `None` where none leads there.
    sums: Vec<i64>,
    parents: Vec<u32>,
    towards: bool,
}

const UNREACHED: i64 = i64::MAX;

impl Distances {
    /// The distances from a point (or `towards` it) in a network with these potentials.
    pub(super) fn of(
        network: &Network,
        on: &[bool],
        potentials: &[i64],
        start: Point,
        towards: bool,
    ) -> Distances {
        let constraints = network.constraints();
        let near = |nth: usize| {
            if towards {
                constraints[nth].to
            } else {
                constraints[nth].from
            }
        };
        let far = |nth: usize| {
            if towards {
                constraints[nth].from
            } else {
                constraints[nth].to
            }
        };
        let adjacency = Adjacency::of(network.len(), (0..constraints.len()).map(near));
        let mut reduced = vec![UNREACHED; network.len()];
        let mut count = vec![u32::MAX; network.len()];
        let mut parents = vec![NONE; network.len()];
        let mut done = vec![false; network.len()];
        let mut heap = BinaryHeap::new();
        reduced[start.index()] = 0;
        count[start.index()] = 0;
        heap.push(Reverse((0_i64, 0_u32, start.0)));
        while let Some(Reverse((sum, premises, point))) = heap.pop() {
            if std::mem::replace(&mut done[point as usize], true) {
                continue;
            }
            for &edge in adjacency.at(point as usize) {
                let constraint = &constraints[edge as usize];
                let to = far(edge as usize).index();
                if !on[edge as usize] || done[to] {
                    continue;
                }
                let weight = constraint.most + potentials[constraint.from.index()]
                    - potentials[constraint.to.index()];
                let there = (sum + weight, premises + constraint.premises.count());
                if there < (reduced[to], count[to]) {
                    (reduced[to], count[to]) = there;
                    parents[to] = edge;
                    heap.push(Reverse((there.0, there.1, to as u32)));
                }
            }
        }
        let own = potentials[start.index()];
        let sums = reduced.iter().enumerate().map(|(point, sum)| match *sum {
            UNREACHED => UNREACHED,
            sum if towards => sum + own - potentials[point],
            sum => sum + potentials[point] - own,
        });
        Distances {
            sums: sums.collect(),
            parents,
            towards,
        }
    }

    /// The distance of a point; `None` where nothing bounds it.
    pub fn to(&self, point: Point) -> Option<i64> {
        Some(self.sums[point.index()]).filter(|sum| *sum != UNREACHED)
    }

    /// The premises behind a distance, from the start on, each once.
    pub fn because(&self, network: &Network, point: Point) -> Vec<Premise> {
        let mut because = Vec::new();
        let mut at = point;
        while self.parents[at.index()] != NONE {
            let constraint = &network.constraints()[self.parents[at.index()] as usize];
            let mut own: Vec<Premise> = constraint.premises.iter().collect();
            own.reverse();
            because.extend(own);
            at = if self.towards {
                constraint.to
            } else {
                constraint.from
            };
        }
        because.reverse();
        let mut seen = std::collections::BTreeSet::new();
        because.retain(|premise| seen.insert(*premise));
        because
    }
}
