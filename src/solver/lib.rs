//! Chronology: whether statements about time are consistent, what bounds they imply, and why.
//!
//! The solver handles points, constraints and premises, and knows nothing of facts or text;
//! `premises` alone derives them from facts. Points are counted in ticks on a scale on which a day
//! is far wider than the moments within it (`scale`), so that order within a day is free and
//! distances in days are exact.
//!
//! ```
//! use annals_solver::{Chronology, Network, Point, Premise};
//!
//! let mut network = Network::default();
//! let (a, b) = (network.point(), network.point());
//! network.at_least(Point::ZERO, a, 10, Premise(0));  // a is not before 10
//! network.at_least(a, b, 5, Premise(1));             // b comes 5 or more after a
//! let solved = Chronology::new(&network, &|_| 1.0);
//! assert_eq!(solved.earliest(b), Some(15));
//! assert_eq!(solved.why_earliest(b), [Premise(0), Premise(1)]);
//!
//! network.at_most(Point::ZERO, b, 12, Premise(2));   // and b is not after 12
//! let solved = Chronology::new(&network, &|_| 1.0);
//! assert_eq!(solved.conflicts[0].premises.len(), 3);
//! assert_eq!(solved.conflicts[0].short, 3);
//! ```

mod allen;
mod bounds;
mod choices;
mod closed_walk;
mod conflict;
mod conflicts;
mod consistency;
mod index;
mod narrowing;
mod network;
mod qualitative;
mod radix_heap;
pub mod scale;
mod trial;
mod window;
mod work;

pub use allen::{RelationBounds, Stretch, comes_later, pointised, relate};
pub use bounds::Distances;
pub use choices::{
    Choice, Decision, GivenUp, RelationChoice, SearchResult, contradictions, decide,
};
pub use conflict::Conflict;
pub use index::ConstraintIndex;
pub use narrowing::{DerivedBound, Narrowing, narrow};
pub use network::{Constraint, Network, Part, Point, Premise, Premises};
pub use trial::Trial;
pub use window::Window;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use bounds::{Bounds, Rows};
use consistency::Search;
use network::Adjacency;

/// A solved network: its conflicts, and the bounds implied by the rest.
#[derive(Debug)]
pub struct Chronology<'n> {
    network: &'n Network,
    /// The conflicts. They share no premise.
    pub conflicts: Vec<Conflict>,
    on: Vec<bool>,
    potentials: Vec<i64>,
    /// Whether bounds are rounded to where points can lie.
    is_rounded: bool,
    leaving: Adjacency,
    reaching: OnceLock<Adjacency>,
    /// Computed when the first bound is requested.
    bounds: OnceLock<Bounds>,
}

impl<'n> Chronology<'n> {
    /// Solves a network. Among equally small conflicts, the one with the least confidence is
    /// reported; its premises are left out of everything else.
    pub fn new(network: &'n Network, confidence: &dyn Fn(Premise) -> f64) -> Self {
        let mut search = Search::<false>::new(network);
        let conflicts = conflicts::conflicts(network, &mut search, confidence);
        Self::solved(network, conflicts, search, OnceLock::new())
    }

    /// Like [`new`](Self::new), for when the bounds of many points will be requested: computes them
    /// beside each other, assuming that there is no conflict.
    pub fn with_bounds(network: &'n Network, confidence: &dyn Fn(Premise) -> f64) -> Self {
        let mut search = Search::<false>::new(network);
        let backwards = || {
            let mut back = Search::<true>::new(network);
            back.run().ok()?;
            Some((back.distances()?, back.is_rounded()))
        };
        let forwards = || conflicts::conflicts(network, &mut search, confidence);
        let (before, conflicts) =
            annals_watch::both(network.len() > bounds::FEW, backwards, forwards);
        let bounds = OnceLock::new();
        let before = before.filter(|(_, is_rounded)| *is_rounded == search.is_rounded());
        if let Some((after, (before, _))) = search.distances().zip(before) {
            bounds.get_or_init(|| Bounds { after, before });
        }
        Self::solved(network, conflicts, search, bounds)
    }

    fn solved(
        network: &'n Network,
        conflicts: Vec<Conflict>,
        search: Search<'_, false>,
        bounds: OnceLock<Bounds>,
    ) -> Self {
        let is_rounded = search.is_rounded();
        let (on, potentials, leaving) = search.into_parts();
        Chronology {
            network,
            conflicts,
            on,
            potentials,
            is_rounded,
            leaving,
            reaching: OnceLock::new(),
            bounds,
        }
    }

    fn rows(&self) -> Rows<'_> {
        let reaching = (self.reaching).get_or_init(|| Adjacency::reaching(self.network));
        Rows::new(
            self.network,
            &self.on,
            &self.leaving,
            reaching,
            self.is_rounded,
        )
    }

    fn bounds(&self) -> &Bounds {
        self.bounds
            .get_or_init(|| Bounds::new(&self.rows(), &self.potentials))
    }

    fn after(&self) -> &Distances {
        &self.bounds().after
    }

    fn before(&self) -> &Distances {
        &self.bounds().before
    }

    /// The earliest tick at which a point can lie.
    pub fn earliest(&self, point: Point) -> Option<i64> {
        self.before().to(point).map(|sum| -sum)
    }

    /// The latest tick at which a point can lie.
    pub fn latest(&self, point: Point) -> Option<i64> {
        self.after().to(point)
    }

    /// The premises behind the earliest tick: all are necessary, and together they are sufficient.
    pub fn why_earliest(&self, point: Point) -> Vec<Premise> {
        let why = self.before().because(&self.rows(), point);
        self.wanted(why, point, Point::ZERO, self.before().to(point))
    }

    /// The premises behind the latest tick: all are necessary, and together they are sufficient.
    pub fn why_latest(&self, point: Point) -> Vec<Premise> {
        let why = self.after().because(&self.rows(), point);
        self.wanted(why, Point::ZERO, point, self.after().to(point))
    }

    /// The premises minus those without which the others give the same distance: one premise can be
    /// behind several constraints of a chain.
    pub fn wanted(
        &self,
        premises: Vec<Premise>,
        from: Point,
        to: Point,
        distance: Option<i64>,
    ) -> Vec<Premise> {
        let all: BTreeSet<Premise> = premises.iter().copied().collect();
        let rests_on =
            |one: &&Constraint| one.premises.iter().all(|premise| all.contains(&premise));
        let constraints = self.network.constraints().iter().zip(&self.on);
        let mut few: Vec<Constraint> = Vec::new();
        // The end of an interval may be bounded by its start alone.
        let mut spoken_of = BTreeSet::from([from, to]);
        for one in constraints
            .clone()
            .filter_map(|(one, on)| on.then_some(one))
            .filter(rests_on)
        {
            if one.premises.count() > 0 {
                spoken_of.extend([one.from, one.to]);
                few.push(*one);
            }
        }
        // Premise-free constraints only matter between these points.
        let by_itself =
            constraints.filter_map(|(one, _)| (one.premises.count() == 0).then_some(one));
        few.extend(
            by_itself.filter(|one| spoken_of.contains(&one.from) && spoken_of.contains(&one.to)),
        );
        let mut kept = premises;
        for premise in kept.clone().iter().rev() {
            annals_watch::look();
            let others: BTreeSet<Premise> =
                kept.iter().copied().filter(|one| one != premise).collect();
            let network = self.is_rounded.then_some(self.network);
            if distance_of(&few, &others, from, to, network) == distance {
                kept.retain(|one| one != premise);
            }
        }
        kept
    }

    /// The distances from a point to all others.
    pub fn from(&self, point: Point) -> Distances {
        Distances::new(&self.rows(), &self.potentials, point, false)
    }

    /// The premises behind a computed distance, from its start on.
    pub fn because(&self, distances: &Distances, point: Point) -> Vec<Premise> {
        distances.because(&self.rows(), point)
    }
}

/// The smallest sum of constraints from one point to another, using only some premises. Bounds from
/// and to the origin are rounded to where the points of a network can lie.
fn distance_of(
    constraints: &[Constraint],
    premises: &BTreeSet<Premise>,
    from: Point,
    to: Point,
    rounded: Option<&Network>,
) -> Option<i64> {
    let used = |one: &&Constraint| {
        one.premises
            .iter()
            .all(|premise| premises.contains(&premise))
    };
    let used: Vec<&Constraint> = constraints.iter().filter(used).collect();
    let back = to == Point::ZERO;
    let start = if back { to } else { from };
    let rounded = rounded.filter(|_| start == Point::ZERO);
    let mut far = BTreeMap::from([(start, 0_i64)]);
    // Rounding can take a bound round a circle some times more.
    for _ in 0..=used.len() * if rounded.is_some() { 4 } else { 1 } {
        annals_watch::look();
        let mut changed = false;
        for one in &used {
            let (near, next) = if back {
                (one.to, one.from)
            } else {
                (one.from, one.to)
            };
            let Some(here) = far.get(&near).copied() else {
                continue;
            };
            let window = rounded.map_or(Window::Anywhere, |network| network.window(next));
            let there = here + one.most;
            let there = if back {
                window.rounded::<true>(there)
            } else {
                window.rounded::<false>(there)
            };
            if far.get(&next).is_none_or(|known| there < *known) {
                far.insert(next, there);
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    far.get(if back { &from } else { &to }).copied()
}
