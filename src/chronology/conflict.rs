//! The smallest set of premises that cannot all hold, around a cycle that cannot be.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::consistency::Search;
use super::network::{Constraint, Network, Point, Premise};

/// Premises that cannot all hold, though any of them left out, the others can.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The premises, in the order of the cycle through them.
    pub premises: Vec<Premise>,
    /// By how many ticks the cycle through them falls short: so much must one of them give.
    pub short: i64,
}

/// How much work the search for a smaller conflict may do.
#[derive(Debug, Clone, Copy)]
pub(super) struct Effort {
    /// How many constraints of the neighbourhood are looked at.
    far: usize,
    /// How often a constraint is looked at.
    work: usize,
}

impl Effort {
    /// The first conflicts are worth the most; of thousands, each is looked at more briefly.
    pub(super) fn after(conflicts: usize) -> Effort {
        let share = 1 + conflicts / 10;
        Effort {
            far: (20_000 / share).max(200),
            work: (2_000_000 / share).max(5_000),
        }
    }
}

/// A closed walk with fewer premises.
#[derive(Clone, Copy)]
struct Reached {
    sum: i64,
    /// The constraint that led here, and the layer that it came from.
    by: Option<(u32, usize)>,
}

/// The smallest conflict near a cycle of constraints: of the cycles that cannot be and that touch
/// one of its points, one with the fewest premises; then less what it holds without. `confidence`
/// says how sure a premise is: of equal conflicts the least sure is taken.
pub(super) fn smallest(
    network: &Network,
    search: &Search<'_>,
    cycle: &[u32],
    confidence: &dyn Fn(Premise) -> f64,
    effort: Effort,
) -> Conflict {
    let constraints = network.constraints();
    let mut best: Vec<u32> = cycle.to_vec();
    let near = Near::of(network, search, cycle, effort);
    let cost = |cycle: &[u32]| premises_of(constraints, cycle).len();
    let rank = |cycle: &[u32]| {
        let premises = premises_of(constraints, cycle);
        let sure: f64 = premises.iter().map(|one| confidence(*one)).sum();
        (premises.len(), sure, premises)
    };
    let mut work = 0;
    for &start in &near.starts {
        let most = cost(&best) + if near.is_small { 2 } else { 0 };
        for found in near.cycles(constraints, start, most, &mut work) {
            let (a, b) = (rank(&found), rank(&best));
            let better = (a.0.cmp(&b.0))
                .then(a.1.total_cmp(&b.1))
                .then_with(|| a.2.cmp(&b.2));
            if better.is_lt() {
                best = found;
            }
        }
        if work > effort.work {
            break;
        }
    }
    without_needless(network, search, &best)
}

/// The premises of some constraints, each once, sorted.
fn premises_of(constraints: &[Constraint], edges: &[u32]) -> BTreeSet<Premise> {
    let each = edges
        .iter()
        .flat_map(|edge| constraints[*edge as usize].premises.iter());
    each.collect()
}

/// The points that lie in one circle of constraints with those of a cycle.
struct Near {
    starts: Vec<u32>,
    leaving: BTreeMap<u32, Vec<u32>>,
    is_small: bool,
    work: usize,
}

impl Near {
    /// Walks from the points of a cycle both ways, and never by way of the origin, which all dates
    /// have in common; of the dates those of the points that were met belong to it.
    fn of(network: &Network, search: &Search<'_>, cycle: &[u32], effort: Effort) -> Self {
        let constraints = network.constraints();
        let ends = |edge: u32| {
            let one = &constraints[edge as usize];
            [one.from.0, one.to.0]
        };
        let own: BTreeSet<u32> = cycle.iter().flat_map(|edge| ends(*edge)).collect();
        let mut seen: BTreeSet<u32> = own.iter().copied().filter(|one| *one != 0).collect();
        let mut waiting: VecDeque<u32> = seen.iter().copied().collect();
        let mut edges: BTreeSet<u32> = cycle.iter().copied().collect();
        while let Some(point) = waiting.pop_front() {
            for edge in search
                .around(point)
                .filter(|edge| search.on[*edge as usize])
            {
                edges.insert(edge);
                for end in ends(edge).into_iter().filter(|end| *end != 0) {
                    if seen.insert(end) {
                        waiting.push_back(end);
                    }
                }
            }
            if edges.len() > effort.far {
                break;
            }
        }
        let mut leaving: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for &edge in &edges {
            leaving.entry(ends(edge)[0]).or_default().push(edge);
        }
        // In a small neighbourhood every point may lie on a smaller conflict; in a large one those
        // of the cycle found.
        let is_small = edges.len() <= 300;
        let starts = if is_small {
            seen.into_iter().collect()
        } else {
            own.into_iter()
                .filter(|point| *point != 0)
                .take(16)
                .collect()
        };
        Near {
            starts,
            leaving,
            is_small,
            work: effort.work,
        }
    }

    /// Closed walks from a point that cannot be, one for each number of premises up to `most`: the
    /// smallest sums over walks of so many premises (Bellman and Ford by layers, where constraints
    /// without a premise cost nothing).
    fn cycles(
        &self,
        constraints: &[Constraint],
        start: u32,
        most: usize,
        work: &mut usize,
    ) -> Vec<Vec<u32>> {
        let mut layers: Vec<BTreeMap<u32, Reached>> =
            vec![BTreeMap::from([(start, Reached { sum: 0, by: None })])];
        let mut found = Vec::new();
        for layer in 0..=most {
            if layer >= layers.len() {
                break;
            }
            let mut changed: Vec<u32> = layers[layer].keys().copied().collect();
            while let Some(point) = changed.pop() {
                let Some(here) = layers[layer].get(&point).copied() else {
                    continue;
                };
                for &edge in self.leaving.get(&point).into_iter().flatten() {
                    *work += 1;
                    let constraint = &constraints[edge as usize];
                    let target = layer + constraint.premises.count() as usize;
                    if target > most {
                        continue;
                    }
                    let sum = here.sum + constraint.most;
                    while layers.len() <= target {
                        layers.push(BTreeMap::new());
                    }
                    let to = constraint.to.0;
                    if to == start {
                        if sum < 0 {
                            if let Some(walk) = walk(constraints, &layers, (layer, point), edge) {
                                found.push(walk);
                            }
                            if found.len() > 200 {
                                return found;
                            }
                        }
                        continue;
                    }
                    let better = layers[..=target]
                        .iter()
                        .all(|layer| layer.get(&to).is_none_or(|known| sum < known.sum));
                    if better {
                        let by = Some((edge, layer));
                        layers[target].insert(to, Reached { sum, by });
                        if target == layer {
                            changed.push(to);
                        }
                    }
                }
                if *work > self.work {
                    return found;
                }
            }
            // One fact can give several constraints of a cycle: of more constraints there may be
            // fewer facts, so that a small neighbourhood is searched to its end.
            if !found.is_empty() && !self.is_small {
                return found;
            }
        }
        found
    }
}

fn walk(
    constraints: &[Constraint],
    layers: &[BTreeMap<u32, Reached>],
    last: (usize, u32),
    closing: u32,
) -> Option<Vec<u32>> {
    let (mut layer, mut point) = last;
    let mut walk = vec![closing];
    while let Some((edge, before)) = layers[layer].get(&point)?.by {
        walk.push(edge);
        point = constraints[edge as usize].from.0;
        layer = before;
        // A walk that turns in itself is longer than any that is wanted.
        if walk.len() > constraints.len() {
            return None;
        }
    }
    walk.reverse();
    Some(walk)
}

/// A conflict less every premise that it does without, since one premise can give several
/// constraints: each is left out in turn, the last of the cycle first.
fn without_needless(network: &Network, search: &Search<'_>, cycle: &[u32]) -> Conflict {
    let constraints = network.constraints();
    let mut order = Vec::new();
    for edge in cycle {
        for premise in constraints[*edge as usize].premises.iter() {
            if !order.contains(&premise) {
                order.push(premise);
            }
        }
    }
    let points: BTreeSet<Point> = cycle
        .iter()
        .flat_map(|edge| {
            [
                constraints[*edge as usize].from,
                constraints[*edge as usize].to,
            ]
        })
        .collect();
    let all: BTreeSet<Premise> = order.iter().copied().collect();
    let small = Small::of(network, search, &points, &all);
    for premise in order.clone().iter().rev() {
        let kept: BTreeSet<Premise> = order.iter().copied().filter(|one| one != premise).collect();
        if small.shortfall(&kept).is_some() {
            order.retain(|one| one != premise);
        }
    }
    // Bounds lead back in time: turned round, the facts follow each other.
    order.reverse();
    // A circle has no beginning: the first premise of all is as good as any.
    if let Some(first) = (0..order.len()).min_by_key(|nth| order[*nth]) {
        order.rotate_left(first);
    }
    let kept: BTreeSet<Premise> = order.iter().copied().collect();
    let short = small.shortfall(&kept).unwrap_or(0);
    Conflict {
        premises: order,
        short,
    }
}

/// The constraints between the few points of a conflict.
struct Small {
    index: BTreeMap<Point, usize>,
    constraints: Vec<Constraint>,
}

impl Small {
    fn of(
        network: &Network,
        search: &Search<'_>,
        points: &BTreeSet<Point>,
        premises: &BTreeSet<Premise>,
    ) -> Self {
        let index: BTreeMap<Point, usize> = points
            .iter()
            .enumerate()
            .map(|(nth, point)| (*point, nth))
            .collect();
        let inside = |one: &&Constraint| {
            index.contains_key(&one.from)
                && index.contains_key(&one.to)
                && one
                    .premises
                    .iter()
                    .all(|premise| premises.contains(&premise))
        };
        let away_from_zero = points.iter().filter(|point| **point != Point::ZERO);
        let edges: BTreeSet<u32> = away_from_zero
            .flat_map(|point| search.around(point.0))
            .collect();
        let constraints = edges
            .iter()
            .map(|edge| &network.constraints()[*edge as usize]);
        Small {
            constraints: constraints.filter(inside).copied().collect(),
            index,
        }
    }

    /// By how much the worst cycle of what rests on some premises falls short; `None` if all can
    /// hold.
    fn shortfall(&self, premises: &BTreeSet<Premise>) -> Option<i64> {
        let edges: Vec<(usize, usize, i64)> = self
            .constraints
            .iter()
            .filter(|one| {
                one.premises
                    .iter()
                    .all(|premise| premises.contains(&premise))
            })
            .map(|one| (self.index[&one.from], self.index[&one.to], one.most))
            .collect();
        let mut label = vec![0_i64; self.index.len()];
        let mut parent = vec![usize::MAX; self.index.len()];
        let mut last = None;
        for _ in 0..=self.index.len() {
            last = None;
            for (nth, &(from, to, most)) in edges.iter().enumerate() {
                if label[from] + most < label[to] {
                    label[to] = label[from] + most;
                    parent[to] = nth;
                    last = Some(to);
                }
            }
            last?;
        }
        // On the cycle after so many steps back; its sum is what falls short.
        let mut at = last?;
        for _ in 0..self.index.len() {
            at = edges[parent[at]].0;
        }
        let (start, mut sum) = (at, 0);
        loop {
            let (from, _, most) = edges[parent[at]];
            sum += most;
            at = from;
            if at == start {
                return Some(-sum);
            }
        }
    }
}
