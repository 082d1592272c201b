//! What choices leave of a network: an option that the rest rules out is closed, and what the open
//! ones have in common is written into the network, until nothing more follows.
//!
//! It is *constructive disjunction*, one choice at a time: all that it writes follows, but what only
//! several choices together rule out is left to the search ([`decide`](super::decide)). What is
//! written rests on premises of its own, behind each of which stand those of the facts.
//! Source: P. Van Hentenryck, V. Saraswat, Y. Deville, *Design, Implementation, and Evaluation of
//! the Constraint Language cc(FD)*, 1998.

mod common;
mod state;

use std::collections::BTreeSet;

use super::Conflict;
use super::choices::{Choice, parts, smaller};
use super::network::{Network, Point, Premise};
use super::work::Work;
use state::{State, Stop};

/// What choices leave.
#[derive(Debug, Clone, Default)]
pub struct Narrowing {
    /// What follows from them.
    pub follows: Vec<Follows>,
    /// What cannot all be true where there are choices. No premise is in two of them, and none of
    /// their premises stands behind anything that follows.
    pub conflicts: Vec<Conflict>,
}

/// A bound that follows from choices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Follows {
    /// From where it is counted.
    pub from: Point,
    /// What it bounds.
    pub to: Point,
    /// By how much.
    pub most: i64,
    /// What it rests on.
    pub because: BTreeSet<Premise>,
}

/// What choices leave of a network, each part of it on its own. Premises count from 0 to below
/// `first_free`. Of what cannot all be true a smaller set is looked for, by leaving out the surest
/// premises first. `budget` is how many constraints may be looked at; where it is spent, less
/// follows than could.
pub fn narrow(
    network: &Network,
    choices: &[Choice],
    first_free: u32,
    confidence: &dyn Fn(Premise) -> f64,
    budget: usize,
) -> Narrowing {
    let mut work = Work::new(budget);
    // Looking for smaller conflicts must not keep others from being found.
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
            .extend(own.follows.into_iter().map(|one| Follows {
                from: part.outside(one.from),
                to: part.outside(one.to),
                ..one
            }));
    }
    all
}

/// A part of a network, with the choices in it.
struct Narrower<'p> {
    network: &'p Network,
    choices: &'p [Choice],
    first_free: u32,
    confidence: &'p dyn Fn(Premise) -> f64,
}

impl Narrower<'_> {
    fn narrowed(&self, work: &mut Work, of_conflicts: &mut Work) -> Narrowing {
        let mut found = Narrowing::default();
        let mut told: BTreeSet<Premise> = BTreeSet::new();
        loop {
            let rest = self
                .network
                .only(|one| one.premises.iter().all(|one| !told.contains(&one)));
            let open = self.choices.iter();
            let open = open.filter(|choice| !told.contains(&choice.premise));
            let mut state = State::new(rest, open.cloned().collect(), self.first_free);
            match state.run(self.confidence, work) {
                Ok(()) => {
                    found.follows = state.follows;
                    return found;
                }
                Err(stops) => {
                    let before = told.len();
                    for stop in stops {
                        self.left_out(stop, &mut found.conflicts, &mut told, of_conflicts);
                    }
                    if told.len() == before {
                        return found;
                    }
                }
            }
        }
    }

    /// Makes a conflict of what a state ran into, unless part of it is in a conflict already.
    fn left_out(
        &self,
        stop: Stop,
        conflicts: &mut Vec<Conflict>,
        told: &mut BTreeSet<Premise>,
        work: &mut Work,
    ) {
        let conflict = match stop {
            Stop::OfBounds(conflict) => conflict,
            Stop::OfChoices(premises) => self.smaller(premises, work),
        };
        if conflict.premises.iter().all(|one| !told.contains(one)) {
            told.extend(conflict.premises.iter().copied());
            conflicts.push(conflict);
        }
    }

    /// A conflict of premises that cannot all hold, less every one that it does without.
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
