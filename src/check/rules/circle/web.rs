//! The references of one field as a graph, and its circles.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use annals_model::RecordRef;

/// How many steps the search for the circles of some records may take, and how many records these
/// circles may have in all, for each of these records and of the references between them.
const EFFORT: [usize; 2] = [64, 4];

/// The references between records, limited to those that refer to another: no other record is in a
/// circle.
pub(super) struct Web {
    /// The records, each a node.
    pub(super) records: Vec<RecordRef>,
    /// The start of each node's targets, and the end of the last.
    starts: Vec<u32>,
    targets: Vec<u32>,
}

/// The circles found.
#[derive(Debug, Default)]
pub(super) struct Circles {
    /// Each from its first node round.
    pub(super) found: BTreeSet<Vec<u32>>,
    /// The references that close further circles, by the nodes that lead to each other: one list
    /// for each set of nodes with so many circles that listing each would take too long.
    pub(super) closing: Vec<Vec<(u32, u32)>>,
}

/// How far the walk is with a node.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    /// On the path from the root of the walk to the current node.
    Open,
    Done,
}

/// The references that close a circle in a depth-first walk, and the knots of the graph.
struct Walked {
    closing: Vec<(u32, u32)>,
    /// By node: its knot, the nodes that lead to it and to which it leads.
    knots: Vec<u32>,
}

impl Web {
    /// `pairs` are sorted by the first of each.
    pub(super) fn new(pairs: &[(RecordRef, RecordRef)]) -> Self {
        let mut records: Vec<RecordRef> = pairs.iter().map(|(from, _)| *from).collect();
        records.dedup();
        let (mut starts, mut targets) = (vec![0], Vec::new());
        for of_one in pairs.chunk_by(|a, b| a.0 == b.0) {
            for (from, to) in of_one {
                let node = records.binary_search(to).ok().filter(|_| from != to);
                targets.extend(node.map(|node| node as u32));
            }
            starts.push(targets.len() as u32);
        }
        Web {
            records,
            starts,
            targets,
        }
    }

    fn targets(&self, node: u32) -> &[u32] {
        let node = node as usize;
        &self.targets[self.starts[node] as usize..self.starts[node + 1] as usize]
    }

    /// For each reference that closes a circle in a depth-first walk, the shortest circle through
    /// it. Every circle contains at least one of these references. The effort is in proportion to
    /// the references: what is left of a knot after that is returned as it is.
    pub(super) fn circles(&self) -> Circles {
        let Walked { closing, knots } = self.walked();
        let mut circles = Circles::default();
        if closing.is_empty() {
            return circles;
        }
        let mut effort = vec![[0_usize; 2]; self.records.len()];
        for (node, knot) in knots.iter().enumerate() {
            let targets = self.targets(node as u32).iter();
            let within = targets.filter(|to| knots[**to as usize] == *knot).count();
            let of_knot = &mut effort[*knot as usize];
            *of_knot = [0, 1].map(|nth| of_knot[nth] + EFFORT[nth] * (1 + within));
        }
        let mut search = Search::new(self, &knots);
        let mut left: BTreeMap<u32, Vec<(u32, u32)>> = BTreeMap::new();
        for (last, first) in closing {
            let knot = knots[first as usize];
            let effort = &mut effort[knot as usize];
            if effort.contains(&0) {
                left.entry(knot).or_default().push((last, first));
                continue;
            }
            let (mut circle, steps) = search.shortest(first, last);
            *effort = [
                effort[0].saturating_sub(steps),
                effort[1].saturating_sub(circle.len()),
            ];
            let least = circle.iter().enumerate().min_by_key(|(_, node)| **node);
            let least = least.map_or(0, |(nth, _)| nth);
            circle.rotate_left(least);
            circles.found.insert(circle);
        }
        circles.closing = left.into_values().collect();
        circles
    }

    /// Walks the graph depth first. Source of the knots: R. Tarjan, *Depth-first search and linear
    /// graph algorithms*, 1972.
    fn walked(&self) -> Walked {
        let count = self.records.len();
        let mut state = vec![State::New; count];
        // When each node was reached, and the earliest that it leads back to.
        let (mut reached, mut back) = (vec![0_u32; count], vec![0_u32; count]);
        let mut knots: Vec<u32> = (0..count as u32).collect();
        let mut in_no_knot: Vec<u32> = Vec::new();
        let mut has_knot = vec![false; count];
        let mut closing = Vec::new();
        let mut depths = vec![0_usize; count];
        let mut way: Vec<(u32, usize)> = Vec::new();
        let mut clock = 0;
        for root in 0..count as u32 {
            if state[root as usize] != State::New {
                continue;
            }
            let mut next_node = Some(root);
            loop {
                if let Some(node) = next_node.take() {
                    state[node as usize] = State::Open;
                    (reached[node as usize], back[node as usize]) = (clock, clock);
                    clock += 1;
                    in_no_knot.push(node);
                    depths[node as usize] = way.len();
                    way.push((node, 0));
                }
                let depth = way.len();
                let Some((node, nth)) = way.last_mut() else {
                    break;
                };
                let at = *node as usize;
                if let Some(&next) = self.targets(*node).get(*nth) {
                    *nth += 1;
                    let to = next as usize;
                    match state[to] {
                        State::New => next_node = Some(next),
                        State::Open => {
                            closing.push((depth - depths[to], *node, next));
                            back[at] = back[at].min(reached[to]);
                        }
                        State::Done if !has_knot[to] => back[at] = back[at].min(reached[to]),
                        State::Done => {}
                    }
                    continue;
                }
                state[at] = State::Done;
                way.pop();
                if let Some((before, _)) = way.last() {
                    let before = *before as usize;
                    back[before] = back[before].min(back[at]);
                }
                if back[at] == reached[at] {
                    while let Some(member) = in_no_knot.pop() {
                        knots[member as usize] = at as u32;
                        has_knot[member as usize] = true;
                        if member as usize == at {
                            break;
                        }
                    }
                }
            }
        }
        // The nearer its ends in the walk, the shorter the circle: many short ones take less than
        // a few long ones.
        closing.sort_by_key(|(apart, ..)| *apart);
        let closing = closing.into_iter().map(|(_, last, first)| (last, first));
        Walked {
            closing: closing.collect(),
            knots,
        }
    }
}

/// A search for short ways, whose memory is used again.
struct Search<'w> {
    web: &'w Web,
    knots: &'w [u32],
    /// By node: the search that reached it last, and from which node.
    before: Vec<(u32, u32)>,
    searches: u32,
    queue: VecDeque<u32>,
}

impl<'w> Search<'w> {
    fn new(web: &'w Web, knots: &'w [u32]) -> Self {
        Search {
            web,
            knots,
            before: vec![(0, 0); knots.len()],
            searches: 0,
            queue: VecDeque::new(),
        }
    }

    /// The shortest way from a node to another of its knot (breadth first), and the number of
    /// references followed.
    fn shortest(&mut self, from: u32, to: u32) -> (Vec<u32>, usize) {
        self.searches += 1;
        let search = self.searches;
        self.before[from as usize] = (search, from);
        self.queue.clear();
        self.queue.push_back(from);
        let mut steps = 0;
        while self.before[to as usize].0 != search
            && let Some(node) = self.queue.pop_front()
        {
            for &next in self.web.targets(node) {
                steps += 1;
                let is_new = self.before[next as usize].0 != search;
                if is_new && self.knots[next as usize] == self.knots[from as usize] {
                    self.before[next as usize] = (search, node);
                    self.queue.push_back(next);
                }
            }
        }
        let mut way = vec![to];
        let mut at = to;
        while at != from && self.before[at as usize].0 == search {
            at = self.before[at as usize].1;
            way.push(at);
        }
        way.reverse();
        (way, steps)
    }
}
