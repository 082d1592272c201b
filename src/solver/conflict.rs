//! The smallest inconsistent set of premises around a negative cycle.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

use foldhash::fast::RandomState;

use super::consistency::Search;
use super::network::{Constraint, Network, Point, Premise};
use super::window::{self, Window};

/// A minimal inconsistent set of premises: without any one of them, the others are consistent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The premises, in the order of the cycle through them.
    pub premises: Vec<Premise>,
    /// By how many ticks a cycle through them is negative.
    pub short: i64,
    /// Whether the set is known to be minimal: if choices are involved, the search budget may run
    /// out first.
    pub is_smallest: bool,
}

/// How much work the search for a smaller conflict may do.
#[derive(Debug, Clone, Copy)]
pub(super) struct Effort {
    /// How many constraints of the neighbourhood are examined.
    far: usize,
    /// How many constraint visits are allowed.
    work: usize,
    /// The same, while premises that are not needed are dropped from a conflict.
    dropping: usize,
}

impl Effort {
    /// The first conflicts matter most; among thousands, each is examined more briefly.
    pub(super) fn after(conflicts: usize) -> Effort {
        let share = 1 + conflicts / 10;
        Effort {
            far: (20_000 / share).max(200),
            work: (2_000_000 / share).max(5_000),
            dropping: (200_000_000 / share).max(1_000_000),
        }
    }
}

/// The smallest conflict near a cycle of constraints: among the negative cycles that touch one of
/// its points, one with the fewest premises, minus the premises it does not need. `confidence`
/// gives the certainty of a premise: among equal conflicts, the least certain is chosen.
pub(super) fn smallest(
    network: &Network,
    search: &Search<'_, false>,
    cycle: &[u32],
    confidence: &dyn Fn(Premise) -> f64,
    effort: Effort,
) -> Conflict {
    let constraints = network.constraints();
    let mut best: Vec<u32> = cycle.to_vec();
    let near = Neighbourhood::new(network, search, cycle, effort);
    let rank = |cycle: &[u32]| {
        let premises = premises_of(constraints, cycle);
        let sure: f64 = premises.iter().map(|one| confidence(*one)).sum();
        // Among equal premises, a cycle that leads from one to the next reads as an argument.
        (premises.len(), sure, premises, Reverse(cycle.len()))
    };
    let mut rank_of_best = rank(&best);
    let mut walks = Walks::new(network, &near, effort.work);
    let mut starts = near.seeds(network, &best);
    // A smaller conflict may lead to an even smaller one.
    loop {
        let before = rank_of_best.0;
        for &start in &starts {
            annals_watch::look();
            let most = rank_of_best.0 + if near.is_small { 2 } else { 0 };
            for found in walks.closed(start, most) {
                let (own, other) = (rank(&found), &rank_of_best);
                let order = (own.0.cmp(&other.0))
                    .then(own.1.total_cmp(&other.1))
                    .then_with(|| own.2.cmp(&other.2))
                    .then(own.3.cmp(&other.3));
                if order.is_lt() {
                    (best, rank_of_best) = (found, own);
                }
            }
        }
        if near.is_small || walks.is_spent() || rank_of_best.0 == before {
            break;
        }
        starts = near.seeds(network, &best);
    }
    minimised(network, search, &best, effort)
}

/// The premises of some constraints, each once, sorted.
fn premises_of(constraints: &[Constraint], edges: &[u32]) -> BTreeSet<Premise> {
    let each = edges
        .iter()
        .flat_map(|edge| constraints[*edge as usize].premises.iter());
    each.collect()
}

/// The neighbourhood of a cycle: nearby points, numbered from 0, and the constraints between them.
struct Neighbourhood {
    /// The points, ascending.
    points: Vec<u32>,
    /// The index of the first constraint that leaves each point.
    starts: Vec<u32>,
    /// Each constraint with the number of the point it reaches.
    leaving: Vec<(u32, u32)>,
    is_small: bool,
}

impl Neighbourhood {
    /// Expands from the points of a cycle in both directions, but never through the origin, which
    /// all dates share; of the dates, only those of visited points are included.
    fn new(network: &Network, search: &Search<'_, false>, cycle: &[u32], effort: Effort) -> Self {
        let constraints = network.constraints();
        let ends = |edge: u32| {
            let one = &constraints[edge as usize];
            [one.from.0, one.to.0]
        };
        // Only used for lookups, never iterated.
        let mut seen: HashSet<u32, RandomState> = HashSet::default();
        let mut edges: Vec<u32> = cycle.to_vec();
        let mut waiting: VecDeque<u32> = VecDeque::new();
        let own = cycle.iter().flat_map(|edge| ends(*edge));
        for point in own.filter(|one| *one != Point::ZERO.0) {
            if seen.insert(point) {
                waiting.push_back(point);
            }
        }
        while let Some(point) = waiting.pop_front() {
            // A point can have any number of constraints.
            for edge in search.around(point).take(2 * effort.far + 1) {
                edges.push(edge);
                for end in ends(edge).into_iter().filter(|end| *end != Point::ZERO.0) {
                    if seen.insert(end) {
                        waiting.push_back(end);
                    }
                }
            }
            if edges.len() > 2 * effort.far {
                break;
            }
        }
        edges.sort_unstable();
        edges.dedup();
        let mut points: Vec<u32> = edges.iter().flat_map(|edge| ends(*edge)).collect();
        points.sort_unstable();
        points.dedup();
        let number = |point: u32| points.partition_point(|one| *one < point) as u32;
        let mut starts = vec![0_u32; points.len() + 1];
        for &edge in &edges {
            starts[number(ends(edge)[0]) as usize + 1] += 1;
        }
        for at in 0..points.len() {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut leaving = vec![(0, 0); edges.len()];
        for &edge in &edges {
            let [from, to] = ends(edge).map(number);
            leaving[next[from as usize] as usize] = (edge, to);
            next[from as usize] += 1;
        }
        Neighbourhood {
            is_small: edges.len() <= 300,
            points,
            starts,
            leaving,
        }
    }

    /// The start points for finding smaller cycles: in a small neighbourhood all points, in a large
    /// one the points of the best cycle so far. Where bounds are rounded, dates are relative to the
    /// origin.
    fn seeds(&self, network: &Network, best: &[u32]) -> Vec<u32> {
        const MOST: usize = 16;
        let constraints = network.constraints();
        let counts = |point: u32| point != Point::ZERO.0 || network.has_windows();
        let number = |point: u32| self.points.binary_search(&point).ok().map(|nth| nth as u32);
        if self.is_small {
            let all = self.points.iter().filter(|point| counts(**point));
            return all.filter_map(|point| number(*point)).collect();
        }
        let own = best.iter().map(|edge| constraints[*edge as usize].from);
        let own = own.filter(|point| counts(point.0));
        let own: BTreeSet<u32> = own.filter_map(|point| number(point.0)).collect();
        own.into_iter().take(MOST).collect()
    }

    fn leaving(&self, point: u32) -> &[(u32, u32)] {
        let at = point as usize;
        &self.leaving[self.starts[at] as usize..self.starts[at + 1] as usize]
    }
}

/// A point reached by a walk.
#[derive(Clone, Copy)]
struct Step {
    point: u32,
    sum: i64,
    /// The constraint that led here; none at the start.
    edge: u32,
    /// The step before.
    before: u32,
}

/// The number of layers that a constraint with two premises spans, including its own.
const AHEAD: usize = 3;

/// Closed walks in a neighbourhood, layered by the number of premises: constraints without a
/// premise stay in their layer (layered Bellman–Ford).
struct Walks<'n> {
    network: &'n Network,
    /// Whether the sums of this walk are rounded to where points can lie: only if it begins at a
    /// point for which that is known.
    is_rounded: bool,
    near: &'n Neighbourhood,
    steps: Vec<Step>,
    /// The smallest sum at each point over walks with at most as many premises as the layer: for
    /// this layer and the next ones.
    least: [Vec<i64>; AHEAD],
    /// The pending steps in this layer and the next ones.
    waiting: [Vec<u32>; AHEAD],
    work: usize,
    budget: usize,
    /// How many minima may still be carried over from layer to layer.
    carrying: usize,
}

impl<'n> Walks<'n> {
    fn new(network: &'n Network, near: &'n Neighbourhood, budget: usize) -> Self {
        Walks {
            network,
            is_rounded: false,
            near,
            steps: Vec::new(),
            least: [const { Vec::new() }; AHEAD],
            waiting: [const { Vec::new() }; AHEAD],
            work: 0,
            budget,
            carrying: 100 * budget,
        }
    }

    fn is_spent(&self) -> bool {
        self.work > self.budget || self.carrying == 0
    }

    /// Negative closed walks from a point with at most `most` premises. In a large neighbourhood
    /// only those with the fewest constraints are considered: since one fact can contribute several
    /// constraints to a cycle, a longer cycle may have fewer facts, but it is not searched for
    /// there.
    fn closed(&mut self, start: u32, most: usize) -> Vec<Vec<u32>> {
        self.steps.clear();
        self.is_rounded = self.window(start) != Window::Anywhere;
        for layer in 0..AHEAD {
            self.waiting[layer].clear();
            self.least[layer].clear();
            self.least[layer].resize(self.near.points.len(), i64::MAX);
        }
        let first = Step {
            point: start,
            sum: 0,
            edge: u32::MAX,
            before: u32::MAX,
        };
        self.steps.push(first);
        self.waiting[0].push(0);
        let mut found = Vec::new();
        let mut rounds = annals_watch::Rounds::default();
        for layer in 0..=most {
            while let Some(step) = self.waiting[0].pop() {
                rounds.look();
                self.extend_step(step, start, most - layer, &mut found);
                if found.len() > 200 || self.is_spent() {
                    return found;
                }
            }
            let over = !found.is_empty() && !self.near.is_small;
            if over || self.waiting.iter().all(Vec::is_empty) {
                break;
            }
            self.waiting.rotate_left(1);
            self.carrying = self.carrying.saturating_sub(self.near.points.len());
            if self.is_spent() {
                break;
            }
            // The minima of the last known layer carry over to the next one.
            self.least.rotate_left(1);
            let [.., known, new] = &mut self.least;
            new.copy_from_slice(known);
        }
        found
    }

    fn window(&self, point: u32) -> Window {
        self.network.window(Point(self.near.points[point as usize]))
    }

    /// Extends a step over all constraints allowed by the remaining number of premises.
    fn extend_step(&mut self, step: u32, start: u32, room: usize, found: &mut Vec<Vec<u32>>) {
        let here = self.steps[step as usize];
        if here.edge != u32::MAX && self.least[0][here.point as usize] < here.sum {
            return;
        }
        let near = self.near;
        for &(edge, to) in near.leaving(here.point) {
            self.work += 1;
            let constraint = &self.network.constraints()[edge as usize];
            let further = constraint.premises.count() as usize;
            let mut sum = here.sum.saturating_add(constraint.most);
            if self.is_rounded {
                sum = self.window(to).rounded::<false>(sum);
            }
            if further > room || (to == start && sum >= 0) {
                continue;
            }
            if to == start {
                let walk = self.walk(step, edge);
                if !self.is_rounded || window::is_inconsistent::<false>(self.network, &walk) {
                    found.push(walk);
                }
            } else if sum < self.least[further][to as usize] {
                for least in &mut self.least[further..] {
                    let least = &mut least[to as usize];
                    *least = sum.min(*least);
                }
                self.waiting[further].push(self.steps.len() as u32);
                self.steps.push(Step {
                    point: to,
                    sum,
                    edge,
                    before: step,
                });
            }
        }
    }

    /// The constraints of a walk closed by one more constraint.
    fn walk(&self, last: u32, closing: u32) -> Vec<u32> {
        let mut walk = vec![closing];
        let mut at = self.steps[last as usize];
        while at.edge != u32::MAX {
            walk.push(at.edge);
            at = self.steps[at.before as usize];
        }
        walk.reverse();
        walk
    }
}

/// A conflict minus every premise it does not need, since one premise can contribute several
/// constraints: each is dropped in turn, starting with the last of the cycle, as long as the effort
/// allows.
fn minimised(
    network: &Network,
    search: &Search<'_, false>,
    cycle: &[u32],
    effort: Effort,
) -> Conflict {
    let constraints = network.constraints();
    let mut order: Vec<Premise> = Vec::new();
    // Only used for lookups, never iterated.
    let mut places: HashMap<Premise, u32, RandomState> = HashMap::default();
    for edge in cycle {
        for premise in constraints[*edge as usize].premises.iter() {
            places.entry(premise).or_insert_with(|| {
                order.push(premise);
                order.len() as u32 - 1
            });
        }
    }
    let mut small = ConflictNetwork::new(network, search, cycle, &places);
    let mut kept = vec![true; order.len()];
    let mut is_smallest = true;
    for place in (0..order.len()).rev() {
        if small.visits > effort.dropping {
            is_smallest = false;
            break;
        }
        kept[place] = false;
        kept[place] = small.worst(&kept).is_none();
    }
    let short = small.worst(&kept).unwrap_or(0);
    let mut each = kept.iter();
    order.retain(|_| each.next().is_some_and(|kept| *kept));
    Conflict {
        premises: as_argument(order),
        short,
        is_smallest,
    }
}

/// The premises of a cycle in the order of an argument.
fn as_argument(mut order: Vec<Premise>) -> Vec<Premise> {
    // Bounds lead back in time: reversed, the facts follow each other.
    order.reverse();
    // A cycle has no beginning, so start with the smallest premise.
    if let Some(first) = (0..order.len()).min_by_key(|nth| order[*nth]) {
        order.rotate_left(first);
    }
    order
}

/// A cycle as a conflict, as it was found: of thousands, none is looked at more closely.
pub(super) fn as_found(network: &Network, cycle: &[u32]) -> Conflict {
    let constraints = network.constraints();
    let mut met: HashSet<Premise, RandomState> = HashSet::default();
    let each = cycle
        .iter()
        .flat_map(|edge| constraints[*edge as usize].premises.iter());
    let order: Vec<Premise> = each.filter(|premise| met.insert(*premise)).collect();
    Conflict {
        short: window::fall::<false>(network, cycle).unwrap_or(0),
        is_smallest: order.len() == 1,
        premises: as_argument(order),
    }
}

/// The constraints of the premises of a conflict.
struct ConflictNetwork {
    points: usize,
    /// The constraints, with points numbered along the cycle, so that one pass propagates along it.
    constraints: Vec<Bound>,
    /// The same as a network, if points are restricted to some ticks, and what each rests on.
    rounded: Option<(Network, Vec<Basis>)>,
    /// How many constraints have been visited.
    visits: usize,
}

/// The places of the premises of a constraint among those of the conflict: none, one or two.
type Basis = [Option<u32>; 2];

/// A constraint of a conflict.
struct Bound {
    from: usize,
    to: usize,
    most: i64,
    basis: Basis,
}

/// Whether all premises of a constraint are kept.
fn rests(basis: &Basis, kept: &[bool]) -> bool {
    let mut each = basis.iter().flatten();
    each.all(|place| kept[*place as usize])
}

impl ConflictNetwork {
    fn new(
        network: &Network,
        search: &Search<'_, false>,
        cycle: &[u32],
        places: &HashMap<Premise, u32, RandomState>,
    ) -> Self {
        let basis = |one: &Constraint| -> Basis {
            let mut each = one.premises.iter().map(|one| places.get(&one).copied());
            [each.next().flatten(), each.next().flatten()]
        };
        let all = network.constraints();
        let mut points: Vec<Point> = Vec::new();
        let mut index: BTreeMap<Point, usize> = BTreeMap::new();
        let mut meet = |point: Point, points: &mut Vec<Point>| {
            *index.entry(point).or_insert_with(|| {
                points.push(point);
                points.len() - 1
            })
        };
        for edge in cycle {
            meet(all[*edge as usize].from, &mut points);
        }
        // All constraints of the premises, including those on other ends of the same intervals.
        let mut edges: BTreeSet<u32> = BTreeSet::new();
        let mut constraints = Vec::new();
        let mut next = 0;
        while let Some(&point) = points.get(next) {
            next += 1;
            if point == Point::ZERO {
                continue;
            }
            for edge in search.around(point.0) {
                let one = all[edge as usize];
                let rests = one.premises.iter().all(|one| places.contains_key(&one));
                if rests && edges.insert(edge) {
                    let from = meet(one.from, &mut points);
                    constraints.push((from, meet(one.to, &mut points), one));
                }
            }
        }
        constraints.sort_by_key(|(from, to, one)| (*from, *to, one.most));
        let some = points
            .iter()
            .any(|point| *point != Point::ZERO && network.window(*point) != Window::Anywhere);
        let edges = || {
            constraints
                .iter()
                .map(|(.., one): &(usize, usize, Constraint)| one)
        };
        ConflictNetwork {
            points: points.len(),
            rounded: some.then(|| {
                let network = network.among(edges()).network;
                let each = network.constraints().iter().map(basis).collect();
                (network, each)
            }),
            constraints: (constraints.iter())
                .map(|(from, to, one)| Bound {
                    from: *from,
                    to: *to,
                    most: one.most,
                    basis: basis(one),
                })
                .collect(),
            visits: 0,
        }
    }

    /// How negative the worst cycle is among the constraints of some premises; `None` if they are
    /// consistent.
    fn worst(&mut self, kept: &[bool]) -> Option<i64> {
        self.worst_sum(kept).or_else(|| self.worst_rounded(kept))
    }

    /// The same where rounding is involved.
    fn worst_rounded(&mut self, kept: &[bool]) -> Option<i64> {
        let (network, bases) = self.rounded.as_ref()?;
        self.visits += 4 * bases.len();
        let mut bases = bases.iter();
        let network = network.only(|_| bases.next().is_some_and(|basis| rests(basis, kept)));
        let cycle = Search::<false>::new(&network).run().err()?;
        window::fall::<false>(&network, &cycle)
    }

    fn worst_sum(&mut self, kept: &[bool]) -> Option<i64> {
        /// In a network of so many points, a cycle is looked for before all passes are over.
        const MANY: usize = 1000;
        let used = self
            .constraints
            .iter()
            .filter(|one| rests(&one.basis, kept));
        let edges: Vec<(usize, usize, i64)> =
            used.map(|one| (one.from, one.to, one.most)).collect();
        self.visits += self.constraints.len();
        let mut label = vec![0_i64; self.points];
        let mut parent = vec![usize::MAX; self.points];
        let mut last = None;
        for pass in 0..=self.points {
            last = None;
            self.visits += edges.len();
            for (nth, &(from, to, most)) in edges.iter().enumerate() {
                if label[from].saturating_add(most) < label[to] {
                    label[to] = label[from].saturating_add(most);
                    parent[to] = nth;
                    last = Some(to);
                }
            }
            last?;
            if self.points > MANY && pass > 0 && pass.is_power_of_two() {
                self.visits += self.points;
                if let Some(at) = on_a_cycle(&parent, &edges) {
                    last = Some(at);
                    break;
                }
            }
        }
        // After enough steps back, the point is on the cycle; the cycle's sum is the shortfall.
        let mut at = last?;
        for _ in 0..self.points {
            at = edges[parent[at]].0;
        }
        let (start, mut sum) = (at, 0_i64);
        loop {
            let (from, _, most) = edges[parent[at]];
            sum = sum.saturating_add(most);
            at = from;
            if at == start {
                return Some(-sum);
            }
        }
    }
}

/// A point on a cycle of the constraints that gave the labels, if there is one: it is negative.
fn on_a_cycle(parent: &[usize], edges: &[(usize, usize, i64)]) -> Option<usize> {
    // The walk in which each point was met first; 0 before.
    let mut met = vec![0; parent.len()];
    for start in 0..parent.len() {
        let (mut at, walk) = (start, start + 1);
        while met[at] == 0 && parent[at] != usize::MAX {
            met[at] = walk;
            at = edges[parent[at]].0;
        }
        if met[at] == walk {
            return Some(at);
        }
    }
    None
}
