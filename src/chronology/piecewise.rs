//! All conflicts of a network that cannot be satisfied: its premises are added part by part.
//!
//! A part that can be true with what was added before is kept. One that cannot is taken back, its
//! conflict is left out, and it is added again in smaller parts, so that each conflict costs what
//! lies near it and not a walk through the whole network. Labels that fell because of what is left
//! out would draw all others after them; taken back, they do not. Source of the idea: S. Cotton,
//! O. Maler, *Fast and flexible difference constraint propagation for DPLL(T)*, 2006.

use std::ops::Range;

use super::conflict::{Conflict, Effort, smallest};
use super::consistency::Search;
use super::network::{Network, Premise};

/// Into how many parts premises are cut, and a part that cannot be true again.
const PARTS: u32 = 32;

/// The constraints that rest on each premise, in rows.
struct ByPremise {
    starts: Vec<u32>,
    edges: Vec<u32>,
    /// How many premises there are.
    count: u32,
}

impl ByPremise {
    /// All constraints of each premise; or those alone of which it is the last, with which they begin
    /// to count.
    fn of(network: &Network, last_alone: bool) -> Self {
        let each = || {
            let all = network.constraints().iter().enumerate();
            all.flat_map(move |(nth, one)| {
                let last = one.premises.iter().max();
                let rests_on = one.premises.iter();
                let counts = rests_on.filter(move |one| !last_alone || Some(*one) == last);
                counts.map(move |one| (nth, one.0 as usize))
            })
        };
        let count = each().map(|(_, premise)| premise + 1).max().unwrap_or(0);
        let mut starts = vec![0_u32; count + 1];
        for (_, premise) in each() {
            starts[premise + 1] += 1;
        }
        for at in 0..count {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut edges = vec![0; starts[count] as usize];
        for (nth, premise) in each() {
            edges[next[premise] as usize] = nth as u32;
            next[premise] += 1;
        }
        ByPremise {
            starts,
            edges,
            count: count as u32,
        }
    }

    fn edges(&self, premises: Range<u32>) -> impl Iterator<Item = u32> {
        let (from, to) = (premises.start as usize, premises.end as usize);
        let row = self.starts[from] as usize..self.starts[to] as usize;
        self.edges[row].iter().copied()
    }
}

/// Finds all conflicts; what is in one is left out of what is searched after it. The search ends with
/// labels that satisfy the rest.
pub(super) fn conflicts(
    network: &Network,
    search: &mut Search<'_>,
    confidence: &dyn Fn(Premise) -> f64,
) -> Vec<Conflict> {
    search.begin_again();
    while let Err(cycle) = search.run() {
        // Nothing is to be blamed for it: it is left alone.
        search.leave_out(cycle.into_iter());
        search.begin_again();
    }
    search.settle();
    let (all, last) = (ByPremise::of(network, false), ByPremise::of(network, true));
    let mut parts = Parts {
        network,
        confidence,
        all,
        last,
        found: Vec::new(),
    };
    // Taken from the end: the first part of a part comes before the rest of it.
    let mut waiting = cut(0..parts.last.count);
    while let Some(part) = waiting.pop() {
        if !parts.add(search, part.clone()) {
            if parts.found.len() == 1 {
                search.centre();
            }
            waiting.extend(cut(part));
        }
    }
    parts.found
}

/// Parts of a stretch of premises, the first one last.
fn cut(premises: Range<u32>) -> Vec<Range<u32>> {
    let step = (premises.end - premises.start).div_ceil(PARTS).max(1);
    let starts = (premises.start..premises.end).step_by(step as usize);
    let parts = starts.map(|start| start..premises.end.min(start + step));
    let mut parts: Vec<Range<u32>> = parts.collect();
    parts.reverse();
    parts
}

struct Parts<'n> {
    network: &'n Network,
    confidence: &'n dyn Fn(Premise) -> f64,
    all: ByPremise,
    last: ByPremise,
    found: Vec<Conflict>,
}

impl Parts<'_> {
    /// Adds premises to what counts; `false` where that cannot be, and it must be tried again without
    /// the conflict that was found.
    fn add(&mut self, search: &mut Search<'_>, part: Range<u32>) -> bool {
        search.switch_on(self.last.edges(part.clone()));
        let Err(cycle) = search.run() else {
            search.settle();
            return true;
        };
        let effort = Effort::after(self.found.len());
        let conflict = smallest(self.network, search, &cycle, self.confidence, effort);
        search.undo();
        search.switch_off(self.last.edges(part));
        for premise in &conflict.premises {
            let edges = self.all.edges(premise.0..premise.0 + 1);
            search.leave_out(edges);
        }
        self.found.push(conflict);
        false
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Chronology, Network, Premise, Premises};

    #[test]
    fn what_rests_on_nothing_and_cannot_be_is_left_alone() {
        let mut network = Network::default();
        let (a, b) = (network.point(), network.point());
        network.at_least(a, b, 1, Premises::NONE);
        network.at_least(b, a, 1, Premises::NONE);
        network.at_least(a, b, 5, Premise(0));
        network.at_most(a, b, 4, Premise(1));
        let solved = Chronology::of(&network, &|_| 1.0);
        assert_eq!(solved.conflicts.len(), 1);
        assert_eq!(solved.conflicts[0].premises.len(), 2);
    }

    /// Whatever is said, also far beyond what dates reach: the search ends, no conflict is empty, and
    /// no premise is in two.
    #[test]
    fn any_network_is_gone_through() {
        arbtest::arbtest(|u| {
            let mut network = Network::default();
            let mut points = vec![super::super::Point::ZERO];
            points.extend((0..6).map(|_| network.point()));
            for _ in 0..u.arbitrary_len::<[u8; 4]>()?.min(60) {
                let (from, to) = (*u.choose(&points)?, *u.choose(&points)?);
                let far = *u.choose(&[1, 1 << 20, Network::FARTHEST / 40])?;
                let most = far * u.int_in_range(-20..=20)?;
                let premises = match u.int_in_range(0_u32..=9)? {
                    0 => Premises::NONE,
                    1 => Premises::both(Premise(u.int_in_range(0..=9)?), Premise(10)),
                    _ => Premises::one(Premise(u.int_in_range(0..=20)?)),
                };
                network.at_most(from, to, most, premises);
            }
            let solved = Chronology::of(&network, &|_| 1.0);
            let mut seen = std::collections::BTreeSet::new();
            for conflict in &solved.conflicts {
                assert!(!conflict.premises.is_empty());
                assert!(conflict.premises.iter().all(|one| seen.insert(*one)));
            }
            for point in &points {
                let _ = (solved.earliest(*point), solved.latest(*point));
            }
            Ok(())
        });
    }
}
