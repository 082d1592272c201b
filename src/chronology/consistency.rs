//! Whether a network can be satisfied: potentials, or a cycle that cannot be.
//!
//! Bellman–Ford–Moore with a queue and Tarjan's subtree disassembly: when a label falls, the labels
//! that hang on the old one are taken out of the tree, and a cycle is found at the very moment at
//! which it would close. Source: B. Cherkassky, A. Goldberg, *Negative-cycle detection algorithms*,
//! 1999.

use std::cell::OnceCell;
use std::collections::VecDeque;

use super::network::{Adjacency, Network, Point};

const NONE: u32 = u32::MAX;
/// Labels fall no lower: farther than this is open, and sums never overflow.
const LOWEST: i64 = -(i64::MAX / 4);

/// The search for potentials. It can be gone on with after some constraints were switched off.
pub(super) struct Search<'n> {
    network: &'n Network,
    leaving: Adjacency,
    /// The same by the point that is reached; made for the first conflict.
    reaching: OnceCell<Adjacency>,
    /// Constraints that count.
    pub(super) on: Vec<bool>,
    /// What each point lies before the others, at most.
    pub(super) label: Vec<i64>,
    /// The constraint that gave the label.
    parent: Vec<u32>,
    /// The tree of parents, in preorder, as a doubly linked ring, with depths.
    next: Vec<u32>,
    previous: Vec<u32>,
    depth: Vec<u32>,
    in_tree: Vec<bool>,
    queued: Vec<bool>,
    queue: VecDeque<u32>,
    /// Points that need not wait while all stays on.
    put_off: Vec<u32>,
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
            parent: vec![NONE; points],
            next: vec![NONE; points],
            previous: vec![NONE; points],
            depth: vec![0; points],
            in_tree: vec![false; points],
            queued: vec![true; points],
            // Records mostly stand in the order of time, and labels fall from later to earlier.
            queue: (0..points as u32).rev().collect(),
            put_off: Vec::new(),
            network,
        }
    }

    /// The constraints that leave or reach a point.
    pub(super) fn around(&self, point: u32) -> impl Iterator<Item = u32> {
        let reaching = (self.reaching).get_or_init(|| Adjacency::reaching(self.network));
        self.leaving.at(point).chain(reaching.at(point))
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
                let label = (self.label[from as usize] + constraint.most).max(LOWEST);
                if label >= self.label[to as usize] {
                    continue;
                }
                if self.hangs_on(to, from) {
                    self.queue.push_front(from);
                    self.queued[from as usize] = true;
                    return Err(self.cycle(from, to, edge));
                }
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
        let depth = self.depth[root as usize];
        // Looked for first, taken out after: the cycle is read off the tree.
        let mut at = self.next[root as usize];
        while at != NONE && self.depth[at as usize] > depth {
            if at == wanted {
                return true;
            }
            at = self.next[at as usize];
        }
        let before = self.previous[root as usize];
        let mut inside = root;
        while inside != at {
            let following = self.next[inside as usize];
            self.in_tree[inside as usize] = false;
            self.next[inside as usize] = NONE;
            self.previous[inside as usize] = NONE;
            if inside != root && std::mem::take(&mut self.queued[inside as usize]) {
                // Its label will fall again by way of the root, unless something on that way is
                // switched off.
                self.put_off.push(inside);
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

    fn hang(&mut self, to: u32, from: u32, edge: u32) {
        self.parent[to as usize] = edge;
        if !self.in_tree[from as usize] {
            // A tree of its own: it hangs on the start alone.
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

    /// Switches constraints off. Labels stay: any labels are a beginning.
    pub(super) fn switch_off(&mut self, edges: impl Iterator<Item = u32>) {
        for edge in edges {
            self.on[edge as usize] = false;
            let to = self.network.constraints()[edge as usize].to.0;
            if self.in_tree[to as usize] && self.parent[to as usize] == edge {
                // What hangs on it hangs on nothing now.
                let depth = self.depth[to as usize];
                let before = self.previous[to as usize];
                let mut at = to;
                loop {
                    let following = self.next[at as usize];
                    self.in_tree[at as usize] = false;
                    self.next[at as usize] = NONE;
                    self.previous[at as usize] = NONE;
                    at = following;
                    if at == NONE || self.depth[at as usize] <= depth {
                        break;
                    }
                }
                if before != NONE {
                    self.next[before as usize] = at;
                }
                if at != NONE {
                    self.previous[at as usize] = before;
                }
            }
        }
        for point in std::mem::take(&mut self.put_off) {
            if !std::mem::replace(&mut self.queued[point as usize], true) {
                self.queue.push_back(point);
            }
        }
    }
}
