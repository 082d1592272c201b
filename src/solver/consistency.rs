//! Whether a network is consistent: finds potentials, or a negative cycle.
//!
//! Bellman–Ford–Moore with a queue and Tarjan's subtree disassembly: when a label decreases, the
//! labels that depend on the old one are removed from the tree, and a cycle is found at the moment
//! it would close. Source: B. Cherkassky, A. Goldberg, *Negative-cycle detection algorithms*, 1999.
//!
//! The constraints of a cycle can be left out during the search, which then continues: only the
//! labels that depend on them are withdrawn and recomputed from their neighbours, as in G.
//! Ramalingam, T. Reps, *An incremental algorithm for a generalization of the shortest-path
//! problem*, 1996. A conflict then costs work in its neighbourhood and not a pass over the whole
//! network.

use std::cell::OnceCell;
use std::collections::VecDeque;

use super::bounds::Distances;
use super::closed_walk::closed_walk;
use super::network::{Adjacency, Constraint, Network, Point};
use super::window::{self, Window};

const NONE: u32 = u32::MAX;
const ORIGIN: u32 = Point::ZERO.0;
/// The lower limit of labels: anything beyond is unbounded, and sums never overflow.
const LOWEST: i64 = -(i64::MAX / 4);
/// So many cycles that return to a point with a lower label through rounding alone, plus one for each
/// point, may hide an inconsistent one.
const MANY_TURNS: usize = 200;
/// More cycles of this kind, plus some for each point, than real facts cause.
const MOST_TURNS: usize = 10_000;
/// How far after all dates a point without a date begins: so far that no chain of orders leads from
/// there to before a date, and down to the origin, on which all other labels depend.
const FAR: i64 = 1 << 57;

/// The points from which a constraint counts and which it bounds; reversed if `BACK`.
fn ends<const BACK: bool>(one: &Constraint) -> [u32; 2] {
    if BACK {
        [one.to.0, one.from.0]
    } else {
        [one.from.0, one.to.0]
    }
}

fn reaching<const BACK: bool>(network: &Network) -> Adjacency {
    if BACK {
        Adjacency::leaving(network)
    } else {
        Adjacency::reaching(network)
    }
}

/// The search for potentials, which continues after a cycle is found and left out. With `BACK` all
/// constraints are reversed: the labels are then the distances of the origin from each point.
pub(super) struct Search<'n, const BACK: bool> {
    network: &'n Network,
    leaving: Adjacency,
    /// The same, indexed by the point that is reached; built for the first conflict.
    reaching: OnceCell<Adjacency>,
    /// Whether nothing was left out.
    is_whole: bool,
    /// Constraints that count.
    on: Vec<bool>,
    /// The label of each point.
    label: Vec<i64>,
    /// The label of a point about which nothing is known.
    highest: i64,
    /// The constraint that gave the label.
    parent: Vec<u32>,
    /// The tree of parents in preorder, as a doubly linked ring with depths. A point whose label is
    /// the initial one from its date is the root of its own tree.
    next: Vec<u32>,
    previous: Vec<u32>,
    depth: Vec<u32>,
    in_tree: Vec<bool>,
    queued: Vec<bool>,
    queue: VecDeque<u32>,
    /// Points removed from the queue because their labels will decrease again.
    dormant: Vec<bool>,
    /// Them, and others that were.
    lulled: Vec<u32>,
    /// The row in which a cycle was found, and the position reached in it.
    broken_off: Option<(u32, u32)>,
    /// Constraints that reach withdrawn labels.
    again: Vec<u32>,
    /// The points most recently removed from the tree.
    taken: Vec<u32>,
    /// Whether labels are rounded to where points can lie within a day.
    is_rounded: bool,
    /// How many cycles returned to a point with a lower label through rounding alone.
    turns: usize,
}

impl<'n, const BACK: bool> Search<'n, BACK> {
    pub(super) fn new(network: &'n Network) -> Self {
        Self::among(network, |_, _| true)
    }

    /// A search among some of the constraints.
    fn among(network: &'n Network, is_on: impl Fn(usize, &Constraint) -> bool) -> Self {
        let (points, constraints) = (network.len(), network.constraints());
        let mut search = Search {
            leaving: if BACK {
                Adjacency::reaching(network)
            } else {
                Adjacency::leaving(network)
            },
            reaching: OnceCell::new(),
            is_whole: true,
            on: (constraints.iter().enumerate())
                .map(|(nth, one)| is_on(nth, one))
                .collect(),
            label: Vec::new(),
            highest: 0,
            parent: vec![NONE; points],
            next: vec![NONE; points],
            previous: vec![NONE; points],
            depth: vec![0; points],
            in_tree: vec![false; points],
            queued: vec![true; points],
            queue: VecDeque::with_capacity(points),
            dormant: vec![false; points],
            lulled: Vec::new(),
            broken_off: None,
            again: Vec::new(),
            taken: Vec::new(),
            is_rounded: network.has_windows(),
            turns: 0,
            network,
        };
        search.begin();
        search
    }

    /// Initial labels. Any would do, but if each point begins at the latest tick that its own date
    /// allows, few decrease more than once, and the constraints from the origin are satisfied.
    fn begin(&mut self) {
        let points = self.network.len() as u32;
        self.queued[ORIGIN as usize] = false;
        // Records are mostly in chronological order, and labels decrease from later to earlier.
        if BACK {
            self.queue.extend(ORIGIN + 1..points);
        } else {
            self.queue.extend((ORIGIN + 1..points).rev());
        }
        let constraints = self.network.constraints();
        let dated = |edge: &u32| self.on[*edge as usize].then(|| &constraints[*edge as usize]);
        let dates = self.leaving.at(ORIGIN).filter_map(|edge| dated(&edge));
        self.highest = dates.map(|one| one.most).max().unwrap_or(0).max(0) + FAR;
        self.label = (0..points).map(|point| self.first_label(point)).collect();
        for edge in self.leaving.at(ORIGIN) {
            let Some(one) = dated(&edge) else { continue };
            let to = ends::<BACK>(one)[1] as usize;
            if one.most < self.label[to] {
                self.label[to] = self.rounded(to as u32, one.most);
                self.parent[to] = edge;
            }
        }
    }

    /// The initial label of a point about which nothing is known.
    fn first_label(&self, point: u32) -> i64 {
        if point == ORIGIN {
            0
        } else {
            self.rounded(point, self.highest)
        }
    }

    /// A label, rounded to where the point can lie.
    fn rounded(&self, point: u32, label: i64) -> i64 {
        if !self.is_rounded {
            return label;
        }
        match self.network.window(Point(point)) {
            Window::Anywhere => label,
            window => window.rounded::<BACK>(label).max(LOWEST),
        }
    }

    /// Whether labels are rounded to where points can lie.
    pub(super) fn is_rounded(&self) -> bool {
        self.is_rounded
    }

    /// Restarts without rounding: the results are then correct, though bounds may be wider.
    fn give_up_rounding(&mut self) {
        self.is_rounded = false;
        for list in [&mut self.parent, &mut self.next, &mut self.previous] {
            list.fill(NONE);
        }
        for flags in [&mut self.in_tree, &mut self.dormant] {
            flags.fill(false);
        }
        self.queued.fill(true);
        self.queue.clear();
        self.lulled.clear();
        self.again.clear();
        self.broken_off = None;
        self.begin();
    }

    /// The constraints that count and leave or reach a point.
    pub(super) fn around(&self, point: u32) -> impl Iterator<Item = u32> {
        let all = self.leaving.at(point).chain(self.reaching().at(point));
        all.filter(|edge| self.on[*edge as usize])
    }

    fn reaching(&self) -> &Adjacency {
        (self.reaching).get_or_init(|| reaching::<BACK>(self.network))
    }

    /// Continues until the labels satisfy all active constraints, or one closes a negative cycle:
    /// then returns the constraints of that cycle. Some of it, or of its neighbourhood, must be
    /// [left out](Search::leave_out) before the search can continue.
    pub(super) fn run(&mut self) -> Result<(), Vec<u32>> {
        let mut rounds = annals_watch::Rounds::default();
        loop {
            rounds.look();
            if let Some((from, at)) = self.broken_off.take() {
                self.scan(from, at)?;
            } else if let Some(edge) = self.again.pop() {
                if let Err(cycle) = self.look(edge) {
                    self.again.push(edge);
                    return Err(cycle);
                }
            } else if let Some(from) = self.queue.pop_front() {
                if std::mem::take(&mut self.queued[from as usize]) {
                    self.scan(from, self.leaving.row(from).start)?;
                }
            } else if !self.is_rounded || !self.woken() {
                return Ok(());
            }
        }
    }

    /// Wakes the dormant points: with rounding, the label of a point need not decrease when its
    /// parent's does. Returns whether there were any.
    fn woken(&mut self) -> bool {
        for point in self.lulled.drain(..) {
            if std::mem::take(&mut self.dormant[point as usize]) && !self.queued[point as usize] {
                self.queued[point as usize] = true;
                self.queue.push_back(point);
            }
        }
        !self.queue.is_empty()
    }

    /// Scans the constraints that leave a point, starting with a given one.
    fn scan(&mut self, from: u32, start: u32) -> Result<(), Vec<u32>> {
        for at in start..self.leaving.row(from).end {
            let edge = self.leaving.edge(at);
            if let Err(cycle) = self.look(edge) {
                self.broken_off = Some((from, at));
                return Err(cycle);
            }
        }
        Ok(())
    }

    /// Lowers a label to the bound of a constraint.
    fn look(&mut self, edge: u32) -> Result<(), Vec<u32>> {
        if !self.on[edge as usize] {
            return Ok(());
        }
        let constraint = &self.network.constraints()[edge as usize];
        let [from, to] = ends::<BACK>(constraint);
        let label = self.label[from as usize].saturating_add(constraint.most);
        let label = label.max(LOWEST);
        if label >= self.label[to as usize] {
            return Ok(());
        }
        let label = self.rounded(to, label);
        if self.hangs_on(to, from) {
            let cycle = self.cycle(from, to, edge);
            if !self.is_rounded || window::is_inconsistent::<BACK>(self.network, &cycle) {
                return Err(cycle);
            }
            self.turns += 1;
            let is_last = self.turns > MOST_TURNS + 8 * self.label.len();
            if (is_last || self.turns == MANY_TURNS + self.label.len())
                && let Some(walk) = self.hidden_walk()
            {
                self.turns = 0;
                return Err(walk);
            }
            if is_last {
                self.give_up_rounding();
                return Ok(());
            }
            self.take_out(to);
        }
        if to == ORIGIN
            && let Some(cycle) = self.cycle_of_dates(from, edge)
        {
            return Err(cycle);
        }
        self.label[to as usize] = label;
        self.dormant[to as usize] = false;
        self.hang(to, from, edge);
        if !self.queued[to as usize] {
            self.queued[to as usize] = true;
            self.queue.push_back(to);
        }
        Ok(())
    }

    /// What makes labels fall for ever, though no cycle of parents is inconsistent.
    fn hidden_walk(&self) -> Option<Vec<u32>> {
        closed_walk::<BACK>(
            self.network,
            &self.leaving,
            &self.on,
            ends::<BACK>,
            |point| self.first_label(point),
            |point, label| self.rounded(point, label),
        )
    }

    /// The cycle that a constraint on the origin closes, if the label of the point it leaves comes
    /// from a date and so from the origin. It follows the constraints that gave the labels,
    /// including labels that have decreased since and will again. A point labelled from its date is
    /// not in the tree, because otherwise half of all points would have to be removed from it each
    /// time.
    fn cycle_of_dates(&self, from: u32, edge: u32) -> Option<Vec<u32>> {
        let mut cycle = vec![edge];
        let mut at = from;
        // If labels have decreased since, the path can contain a cycle of its own.
        while at != ORIGIN && cycle.len() <= self.label.len() {
            let edge = self.parent[at as usize];
            if edge == NONE {
                return None;
            }
            cycle.push(edge);
            at = self.above(at);
        }
        cycle.reverse();
        (at == ORIGIN && window::is_inconsistent::<BACK>(self.network, &cycle)).then_some(cycle)
    }

    /// The point from which another has its label.
    fn above(&self, point: u32) -> u32 {
        let edge = self.parent[point as usize];
        ends::<BACK>(&self.network.constraints()[edge as usize])[0]
    }

    /// Removes the subtree of `root` from the tree; returns whether `wanted` was in it.
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
        self.take_out(root);
        for nth in 1..self.taken.len() {
            // Its label will decrease again through the root.
            let inside = self.taken[nth];
            if std::mem::take(&mut self.queued[inside as usize]) {
                self.dormant[inside as usize] = true;
                self.lulled.push(inside);
            }
        }
        false
    }

    /// Removes the subtree of `root` from the tree.
    fn take_out(&mut self, root: u32) {
        self.taken.clear();
        let depth = self.depth[root as usize];
        let before = self.previous[root as usize];
        let mut at = root;
        while at != NONE && (at == root || self.depth[at as usize] > depth) {
            let following = self.next[at as usize];
            self.in_tree[at as usize] = false;
            self.next[at as usize] = NONE;
            self.previous[at as usize] = NONE;
            self.taken.push(at);
            at = following;
        }
        if before != NONE {
            self.next[before as usize] = at;
        }
        if at != NONE {
            self.previous[at as usize] = before;
        }
    }

    /// Whether a point is in the subtree of another: searches upwards from the one and downwards
    /// from the other in turn, so that neither a deep tree nor a wide one is expensive.
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
            up = self.above(up);
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
        if !self.in_tree[from as usize] {
            // A tree of its own: it depends only on its initial label.
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
            at = self.above(at);
        }
        cycle.reverse();
        cycle
    }

    /// Which constraints are active, the labels, and the constraints indexed by the point they
    /// leave.
    pub(super) fn into_parts(self) -> (Vec<bool>, Vec<i64>, Adjacency) {
        (self.on, self.label, self.leaving)
    }

    /// The distance of all points from the origin (with `BACK`, of the origin from them), after a
    /// completed run; `None` if the labels do not give it. If nothing was left out and the origin
    /// has not moved, each label is the length of a shortest path: from the origin or, where there
    /// is none, from so far away that it cannot be mistaken for one.
    pub(super) fn distances(&self) -> Option<Distances> {
        let constraints = self.network.constraints().iter();
        let between = constraints.filter(|one| one.from != Point::ZERO && one.to != Point::ZERO);
        let in_all = between.fold(0_i64, |sum, one| sum.saturating_add(one.most.abs()));
        if !self.is_whole || self.label[ORIGIN as usize] != 0 || in_all >= FAR / 2 {
            return None;
        }
        let reached = |label: &i64| Some(*label).filter(|one| *one < self.highest - FAR / 2);
        let labels = self.label.iter().map(reached);
        Some(Distances::known(labels, BACK, self.is_rounded))
    }

    /// Leaves constraints out permanently. The labels that depend on them are reset, and the
    /// constraints that reach those points are scanned again.
    pub(super) fn leave_out(&mut self, edges: impl Iterator<Item = u32>) {
        let mut loose = Vec::new();
        for edge in edges {
            self.on[edge as usize] = false;
            let to = ends::<BACK>(&self.network.constraints()[edge as usize])[1];
            if self.parent[to as usize] != edge {
                continue;
            }
            if self.in_tree[to as usize] {
                self.take_out(to);
            } else {
                self.taken.clear();
                self.taken.push(to);
            }
            for &point in &self.taken {
                self.parent[point as usize] = NONE;
            }
            loose.append(&mut self.taken);
        }
        self.is_whole = false;
        for &point in &loose {
            self.label[point as usize] = self.first_label(point);
        }
        let reaching = (self.reaching).get_or_init(|| reaching::<BACK>(self.network));
        for point in loose {
            let on = reaching.at(point).filter(|edge| self.on[*edge as usize]);
            self.again.extend(on);
        }
        // The points that would wake them may depend on what is left out.
        self.woken();
    }

    /// Leaves out constraints that are inconsistent without any premise: no fact is to blame.
    pub(super) fn leave_out_premise_free(&mut self) {
        let mut others = Search::<BACK>::among(self.network, |nth, one| {
            self.on[nth] && one.premises.count() == 0
        });
        let mut edges = Vec::new();
        while let Err(cycle) = others.run() {
            others.leave_out(cycle.iter().copied());
            edges.extend(cycle);
        }
        self.leave_out(edges.into_iter());
    }
}
