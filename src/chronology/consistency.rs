//! Whether a network can be satisfied: potentials, or a cycle that cannot be.
//!
//! Bellman–Ford–Moore with a queue and Tarjan's subtree disassembly: when a label falls, the labels
//! that hang on the old one are taken out of the tree, and a cycle is found at the very moment at
//! which it would close. Source: B. Cherkassky, A. Goldberg, *Negative-cycle detection algorithms*,
//! 1999.

use std::cell::OnceCell;
use std::collections::VecDeque;

use super::bounds::{Bounds, Rows};
use super::network::{Adjacency, Network, Point};

const NONE: u32 = u32::MAX;
/// Labels fall no lower: farther than this is open, and sums never overflow.
const LOWEST: i64 = -(i64::MAX / 4);

/// The search for potentials, of all constraints at once or of one part after the other.
pub(super) struct Search<'n> {
    network: &'n Network,
    leaving: Adjacency,
    /// The same by the point that is reached; made for the first conflict.
    reaching: OnceCell<Adjacency>,
    /// Constraints that count now.
    on: Vec<bool>,
    /// Constraints that are left out for good.
    out: Vec<bool>,
    /// What each point lies before the others, at most.
    label: Vec<i64>,
    /// The constraint that gave the label.
    parent: Vec<u32>,
    /// The tree of parents, in preorder, as a doubly linked ring, with depths.
    next: Vec<u32>,
    previous: Vec<u32>,
    depth: Vec<u32>,
    in_tree: Vec<bool>,
    queued: Vec<bool>,
    queue: VecDeque<u32>,
    /// The points that were hung in the tree, some more than once.
    hung: Vec<u32>,
    /// The labels that fell, and what they were before, in that order.
    fell: Vec<(u32, i64)>,
}

/// Labels to begin with. Any would do; if each point begins at the latest that its own date allows,
/// and those without one at the latest of all, few fall more than once.
fn first_labels(network: &Network, leaving: &Adjacency) -> Vec<i64> {
    let origin = Point::ZERO;
    let dated = || {
        let edges = leaving.at(origin.0);
        edges.map(|edge| &network.constraints()[edge as usize])
    };
    let latest = dated().map(|one| one.most).max().unwrap_or(0);
    let mut labels = vec![latest; network.len()];
    for one in dated() {
        let label = &mut labels[one.to.index()];
        *label = one.most.min(*label);
    }
    labels[origin.index()] = 0;
    labels
}

impl<'n> Search<'n> {
    pub(super) fn new(network: &'n Network) -> Self {
        let points = network.len();
        let leaving = Adjacency::leaving(network);
        Search {
            label: first_labels(network, &leaving),
            leaving,
            reaching: OnceCell::new(),
            on: vec![true; network.constraints().len()],
            out: vec![false; network.constraints().len()],
            parent: vec![NONE; points],
            next: vec![NONE; points],
            previous: vec![NONE; points],
            depth: vec![0; points],
            in_tree: vec![false; points],
            queued: vec![true; points],
            // Records mostly stand in the order of time, and labels fall from later to earlier.
            queue: (0..points as u32).rev().collect(),
            hung: Vec::new(),
            fell: Vec::new(),
            network,
        }
    }

    /// The constraints that leave or reach a point, but for those left out.
    pub(super) fn around(&self, point: u32) -> impl Iterator<Item = u32> {
        let reaching = (self.reaching).get_or_init(|| Adjacency::reaching(self.network));
        let all = self.leaving.at(point).chain(reaching.at(point));
        all.filter(|edge| !self.out[*edge as usize])
    }

    /// Goes on until all constraints that count are satisfied by the labels, or one closes a cycle
    /// that cannot be: then the constraints of that cycle.
    pub(super) fn run(&mut self) -> Result<(), Vec<u32>> {
        while let Some(from) = self.queue.pop_front() {
            if !std::mem::take(&mut self.queued[from as usize]) {
                continue;
            }
            for at in self.leaving.row(from) {
                let edge = self.leaving.edge(at);
                if !self.on[edge as usize] {
                    continue;
                }
                let constraint = &self.network.constraints()[edge as usize];
                let to = constraint.to.0;
                let label = self.label[from as usize].saturating_add(constraint.most);
                let label = label.max(LOWEST);
                if label >= self.label[to as usize] {
                    continue;
                }
                if self.hangs_on(to, from) {
                    return Err(self.cycle(from, to, edge));
                }
                self.fell.push((to, self.label[to as usize]));
                self.label[to as usize] = label;
                self.hang(to, from, edge);
                if !self.queued[to as usize] {
                    self.queued[to as usize] = true;
                    self.queue.push_back(to);
                }
            }
        }
        Ok(())
    }

    /// Takes the subtree of `root` out of the tree; whether `wanted` was in it.
    fn hangs_on(&mut self, root: u32, wanted: u32) -> bool {
        if root == wanted {
            return true;
        }
        if !self.in_tree[root as usize] {
            return false;
        }
        if self.is_below(root, wanted) {
            return true;
        }
        let depth = self.depth[root as usize];
        let mut at = self.next[root as usize];
        while at != NONE && self.depth[at as usize] > depth {
            at = self.next[at as usize];
        }
        let before = self.previous[root as usize];
        let mut inside = root;
        while inside != at {
            let following = self.next[inside as usize];
            self.in_tree[inside as usize] = false;
            self.next[inside as usize] = NONE;
            self.previous[inside as usize] = NONE;
            if inside != root {
                // Its label will fall again by way of the root.
                self.queued[inside as usize] = false;
            }
            inside = following;
        }
        if before != NONE {
            self.next[before as usize] = at;
        }
        if at != NONE {
            self.previous[at as usize] = before;
        }
        false
    }

    /// Whether a point is in the subtree of another: looked for upwards from the one and downwards
    /// from the other in turn, so that neither a deep tree nor a wide one costs more than it must.
    fn is_below(&self, root: u32, wanted: u32) -> bool {
        if !self.in_tree[wanted as usize] {
            return false;
        }
        let depth = self.depth[root as usize];
        let (mut up, mut down) = (wanted, self.next[root as usize]);
        loop {
            if self.depth[up as usize] <= depth {
                return false;
            }
            up = self.network.constraints()[self.parent[up as usize] as usize]
                .from
                .0;
            if up == root || down == wanted {
                return true;
            }
            if down == NONE || self.depth[down as usize] <= depth {
                return false;
            }
            down = self.next[down as usize];
        }
    }

    fn hang(&mut self, to: u32, from: u32, edge: u32) {
        self.parent[to as usize] = edge;
        self.hung.push(to);
        if !self.in_tree[from as usize] {
            // A tree of its own: it hangs on the start alone.
            self.hung.push(from);
            self.in_tree[from as usize] = true;
            self.depth[from as usize] = 0;
            self.next[from as usize] = NONE;
            self.previous[from as usize] = NONE;
        }
        let after = self.next[from as usize];
        self.next[from as usize] = to;
        self.previous[to as usize] = from;
        self.next[to as usize] = after;
        if after != NONE {
            self.previous[after as usize] = to;
        }
        self.depth[to as usize] = self.depth[from as usize] + 1;
        self.in_tree[to as usize] = true;
    }

    fn cycle(&self, from: u32, to: u32, edge: u32) -> Vec<u32> {
        let mut cycle = vec![edge];
        let mut at = from;
        while at != to {
            let edge = self.parent[at as usize];
            cycle.push(edge);
            at = self.network.constraints()[edge as usize].from.0;
        }
        cycle.reverse();
        cycle
    }

    /// Which constraints count, the labels, and the constraints by the point that they leave.
    pub(super) fn into_parts(self) -> (Vec<bool>, Vec<i64>, Adjacency) {
        (self.on, self.label, self.leaving)
    }

    /// Begins anew with those constraints alone that rest on no premise.
    pub(super) fn begin_again(&mut self) {
        self.settle();
        self.label = first_labels(self.network, &self.leaving);
        let constraints = self.network.constraints().iter().zip(&self.out);
        for (on, (one, out)) in self.on.iter_mut().zip(constraints) {
            *on = !out && one.premises.count() == 0;
        }
        self.queue = (0..self.label.len() as u32).rev().collect();
        self.queued.fill(true);
    }

    /// Lets constraints count that are not left out, and looks at those that the labels do not
    /// satisfy.
    pub(super) fn switch_on(&mut self, edges: impl Iterator<Item = u32>) {
        for edge in edges.filter(|edge| !self.out[*edge as usize]) {
            self.on[edge as usize] = true;
            let one = &self.network.constraints()[edge as usize];
            let (from, to) = (one.from.index(), one.to.index());
            let allowed = self.label[from].saturating_add(one.most);
            if allowed < self.label[to] && !self.queued[from] {
                self.queued[from] = true;
                self.queue.push_back(one.from.0);
            }
        }
    }

    /// Lets constraints count no more, until they are switched on again.
    pub(super) fn switch_off(&mut self, edges: impl Iterator<Item = u32>) {
        for edge in edges {
            self.on[edge as usize] = false;
        }
    }

    /// Leaves constraints out for good.
    pub(super) fn leave_out(&mut self, edges: impl Iterator<Item = u32>) {
        for edge in edges {
            self.on[edge as usize] = false;
            self.out[edge as usize] = true;
        }
    }

    /// Moves the labels, which all constraints that count satisfy, to the middle of what these allow:
    /// a constraint that is added then moves those near it, and not all that lie before or after.
    pub(super) fn centre(&mut self) {
        let reaching = (self.reaching).get_or_init(|| Adjacency::reaching(self.network));
        let rows = Rows::new(self.network, &self.on, &self.leaving, reaching);
        let bounds = Bounds::of(&rows, &self.label);
        let points = (0..self.label.len() as u32).map(Point);
        let ends: Vec<[Option<i64>; 2]> = points
            .map(|point| [bounds.after.to(point), bounds.before.to(point)])
            .collect();
        // What nothing bounds keeps its label, moved as far as constraints with the rest ask for.
        let (mut up, mut down) = (0_i64, 0_i64);
        for (one, _) in self
            .network
            .constraints()
            .iter()
            .zip(&self.on)
            .filter(|(_, on)| **on)
        {
            let (from, to) = (one.from.index(), one.to.index());
            if let (None, Some(latest)) = (ends[from][0], ends[to][0]) {
                up = up.max(
                    latest
                        .saturating_sub(self.label[from])
                        .saturating_sub(one.most),
                );
            }
            if let (Some(sum), None) = (ends[from][1], ends[to][1]) {
                down = down.max(
                    (self.label[to])
                        .saturating_add(sum)
                        .saturating_sub(one.most),
                );
            }
        }
        if up.max(down) > i64::MAX / 8 {
            return;
        }
        for (label, [latest, earliest]) in self.label.iter_mut().zip(ends) {
            let latest = latest.unwrap_or(label.saturating_add(up));
            let earliest = earliest.map_or(label.saturating_sub(down), i64::saturating_neg);
            // Their sum may be more than fits.
            let middle = (i128::from(latest) + i128::from(earliest)).div_euclid(2);
            *label = middle as i64;
        }
    }

    /// Keeps the labels as they are, which all constraints that count satisfy.
    pub(super) fn settle(&mut self) {
        for point in self.hung.drain(..) {
            self.in_tree[point as usize] = false;
            self.next[point as usize] = NONE;
            self.previous[point as usize] = NONE;
        }
        for point in self.queue.drain(..) {
            self.queued[point as usize] = false;
        }
        self.fell.clear();
    }

    /// Takes the labels back to what they were when they were last settled.
    pub(super) fn undo(&mut self) {
        while let Some((point, label)) = self.fell.pop() {
            self.label[point as usize] = label;
        }
        self.settle();
    }
}
