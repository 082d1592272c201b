//! What choices imply for a network: an option that the rest rules out is closed, and the bounds
//! common to the open options are added to the network, until nothing changes.
//!
//! This is *constructive disjunction*, one choice at a time: everything it adds is implied, but
//! contradictions among several choices are left to the search ([`decide`](super::decide)). Each
//! added bound has a premise of its own, behind which are premises of the facts. Source: P. Van
//! Hentenryck, V. Saraswat, Y. Deville, *Design, Implementation, and Evaluation of the Constraint
//! Language cc(FD)*, 1998.

mod common;
mod state;

use std::collections::BTreeSet;

use super::Conflict;
use super::choices::{Choice, parts, smaller};
use super::network::{Network, Point, Premise};
use super::work::Work;
use state::{State, Stop};

/// The result of narrowing.
#[derive(Debug, Clone, Default)]
pub struct Narrowing {
    /// The bounds derived from the choices.
    pub follows: Vec<DerivedBound>,
    /// Conflicts that involve choices. They share no premise, and none of their premises supports
    /// an added bound.
    pub conflicts: Vec<Conflict>,
}

/// A bound that follows from choices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DerivedBound {
    /// The point it counts from.
    pub from: Point,
    /// The point it bounds.
    pub to: Point,
    /// The bound in ticks.
    pub most: i64,
    /// The premises it depends on.
    pub because: BTreeSet<Premise>,
}

/// Narrows a network by its choices, one connected part at a time. Premises are numbered from 0 to
/// below `first_free`. Conflicts are reduced by dropping the most certain premises first. `budget`
/// limits the number of constraints examined; if it runs out, fewer bounds are derived than
/// possible.
pub fn narrow(
    network: &Network,
    choices: &[Choice],
    first_free: u32,
    confidence: &dyn Fn(Premise) -> f64,
    budget: usize,
) -> Narrowing {
    let mut work = Work::new(budget);
    // Reducing conflicts must not use up the budget for finding others.
    let mut of_conflicts = Work::new(budget);
    let mut all = Narrowing::default();
    for (part, choices) in parts(network, choices) {
        let search = Narrower {
            network: &part.network,
            choices: &choices,
            first_free,
            confidence,
        };
        let own = search.narrowed(&mut work, &mut of_conflicts);
        all.conflicts.extend(own.conflicts);
        all.follows
            .extend(own.follows.into_iter().map(|one| DerivedBound {
                from: part.outside(one.from),
                to: part.outside(one.to),
                ..one
            }));
    }
    all
}

/// A connected part of a network, with the choices in it.
struct Narrower<'p> {
    network: &'p Network,
    choices: &'p [Choice],
    first_free: u32,
    confidence: &'p dyn Fn(Premise) -> f64,
}

impl Narrower<'_> {
    fn narrowed(&self, work: &mut Work, of_conflicts: &mut Work) -> Narrowing {
        let mut found = Narrowing::default();
        let mut in_conflict: BTreeSet<Premise> = BTreeSet::new();
        loop {
            let rest = self
                .network
                .only(|one| one.premises.iter().all(|one| !in_conflict.contains(&one)));
            let open = self.choices.iter();
            let open = open.filter(|choice| !in_conflict.contains(&choice.premise));
            let mut state = State::new(rest, open.cloned().collect(), self.first_free);
            match state.run(self.confidence, work) {
                Ok(()) => {
                    found.follows = state.follows;
                    return found;
                }
                Err(stops) => {
                    let before = in_conflict.len();
                    for stop in stops {
                        self.left_out(stop, &mut found.conflicts, &mut in_conflict, of_conflicts);
                    }
                    if in_conflict.len() == before {
                        return found;
                    }
                }
            }
        }
    }

    /// Turns a contradictory state into a conflict, unless a part of it is already in one.
    fn left_out(
        &self,
        stop: Stop,
        conflicts: &mut Vec<Conflict>,
        in_conflict: &mut BTreeSet<Premise>,
        work: &mut Work,
    ) {
        let conflict = match stop {
            Stop::OfBounds(conflict) => conflict,
            Stop::OfChoices(premises) => self.smaller(premises, work),
        };
        if conflict
            .premises
            .iter()
            .all(|one| !in_conflict.contains(one))
        {
            in_conflict.extend(conflict.premises.iter().copied());
            conflicts.push(conflict);
        }
    }

    /// A set of conflicting premises, minus every premise that it does not need.
    fn smaller(&self, premises: BTreeSet<Premise>, work: &mut Work) -> Conflict {
        let chosen = self.choices.iter();
        let chosen = chosen.filter(|choice| premises.contains(&choice.premise));
        let points: Vec<Point> = chosen.clone().flat_map(Choice::points).collect();
        let part = self.network.part(&points, |one| premises.contains(&one));
        let moved: Vec<Choice> = chosen.map(|choice| choice.moved(&part)).collect();
        let mut order: Vec<Premise> = premises.iter().copied().collect();
        order.sort_by(|a, b| {
            let (sure_a, sure_b) = ((self.confidence)(*a), (self.confidence)(*b));
            sure_b.total_cmp(&sure_a).then(b.cmp(a))
        });
        smaller(&part.network, &moved, premises, &order, work)
    }
}
