//! A network to which the consequences of its choices are added, round by round.

use std::collections::BTreeSet;

use super::DerivedBound;
use super::common::{Ends, Leg};
use crate::choices::Choice;
use crate::network::{Network, Point, Premise, Premises};
use crate::qualitative::Relations;
use crate::work::Work;
use crate::{Chronology, Conflict};

/// Why narrowing cannot continue.
pub(super) enum Stop {
    /// The bounds of the facts alone are inconsistent.
    OfBounds(Conflict),
    /// Neither can these, choices among them.
    OfChoices(BTreeSet<Premise>),
}

/// A network, its choices, and the bounds derived so far.
pub(super) struct State {
    network: Network,
    choices: Vec<Choice>,
    /// The remaining options, and what closed the others.
    open: Vec<Vec<bool>>,
    closed: Vec<BTreeSet<Premise>>,
    first_free: u32,
    pub(super) follows: Vec<DerivedBound>,
}

impl State {
    pub(super) fn new(network: Network, choices: Vec<Choice>, first_free: u32) -> Self {
        State {
            network,
            open: (choices.iter())
                .map(|choice| vec![true; choice.options.len()])
                .collect(),
            closed: vec![BTreeSet::new(); choices.len()],
            choices,
            first_free,
            follows: Vec::new(),
        }
    }

    /// Continues until nothing changes or the budget is spent.
    pub(super) fn run(
        &mut self,
        confidence: &dyn Fn(Premise) -> f64,
        work: &mut Work,
    ) -> Result<(), Vec<Stop>> {
        self.by_relations(work)?;
        // Bounds that push each other along tick by tick would take forever.
        let options: usize = self.choices.iter().map(|choice| choice.options.len()).sum();
        for _ in 0..2 * options + 20 {
            if !work.take(3 * self.network.constraints().len() + 1) {
                return Ok(());
            }
            let first_free = self.first_free;
            let sure = |premise: Premise| {
                if premise.0 < first_free {
                    confidence(premise)
                } else {
                    1.0
                }
            };
            let network = self.network.clone();
            let solved = Chronology::new(&network, &sure);
            if !solved.conflicts.is_empty() {
                return Err(self.stops(&solved.conflicts));
            }
            let before = self.follows.len();
            let mut stops = Vec::new();
            for nth in 0..self.choices.len() {
                stops.extend(self.by_dates(nth, &solved));
            }
            for nth in 0..self.choices.len() {
                if stops.is_empty() && self.follows.len() == before {
                    stops.extend(self.by_ends(nth, &network, &solved, work));
                }
            }
            if !stops.is_empty() {
                return Err(stops);
            }
            if self.follows.len() == before {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Closes options that all lists of relations together rule out.
    fn by_relations(&mut self, work: &mut Work) -> Result<(), Vec<Stop>> {
        let choices: Vec<&Choice> = self.choices.iter().collect();
        let mut relations = Relations::new(&self.network, &choices);
        match relations.closed(&self.network, &choices, work) {
            Ok(()) => {}
            Err(None) => return Ok(()),
            Err(Some(premises)) => return Err(vec![Stop::OfChoices(premises)]),
        }
        let gone = (0..choices.len()).map(|nth| relations.ruled_out(&choices, nth));
        let gone: Vec<_> = gone.collect();
        for (nth, gone) in gone.into_iter().enumerate() {
            let Some((options, because)) = gone else {
                continue;
            };
            for option in options {
                self.close(nth, option, because.iter().copied());
            }
        }
        Ok(())
    }

    fn stops(&self, conflicts: &[Conflict]) -> Vec<Stop> {
        let stop = |conflict: &Conflict| {
            let own = conflict.premises.iter().all(|one| one.0 < self.first_free);
            if own {
                Stop::OfBounds(conflict.clone())
            } else {
                Stop::OfChoices(self.behind(conflict.premises.iter().copied()))
            }
        };
        conflicts.iter().map(stop).collect()
    }

    /// The premises of facts behind premises.
    fn behind(&self, premises: impl Iterator<Item = Premise>) -> BTreeSet<Premise> {
        let mut behind = BTreeSet::new();
        for premise in premises {
            match premise.0.checked_sub(self.first_free) {
                None => {
                    behind.insert(premise);
                }
                Some(nth) => behind.extend(&self.follows[nth as usize].because),
            }
        }
        behind
    }

    /// Closes an option.
    fn close(&mut self, nth: usize, option: usize, because: impl Iterator<Item = Premise>) {
        let behind = self.behind(because);
        self.closed[nth].extend(behind);
        self.open[nth][option] = false;
    }

    /// The result for a choice after options were closed, based on everything that closed them.
    fn stop(&self, nth: usize) -> Option<Stop> {
        let none = self.open[nth].iter().all(|open| !open);
        none.then(|| Stop::OfChoices(self.with_closed(nth)))
    }

    fn with_closed(&self, nth: usize) -> BTreeSet<Premise> {
        let mut because = self.closed[nth].clone();
        because.insert(self.choices[nth].premise);
        because
    }

    fn follow(&mut self, from: Point, to: Point, most: i64, because: BTreeSet<Premise>) {
        let premise = Premise(self.first_free + self.follows.len() as u32);
        self.network.at_most(from, to, most, Premises::one(premise));
        self.follows.push(DerivedBound {
            from,
            to,
            most,
            because,
        });
    }

    /// Closes options that the dates of a single end rule out, and adds the dates common to the
    /// others.
    fn by_dates(&mut self, nth: usize, solved: &Chronology<'_>) -> Option<Stop> {
        let options = self.choices[nth].options.clone();
        let mut some = false;
        for (option, bounds) in options.iter().enumerate() {
            if !self.open[nth][option] {
                continue;
            }
            let against = bounds.iter().find_map(|&(from, to, most)| {
                if from == Point::ZERO && solved.earliest(to).is_some_and(|tick| tick > most) {
                    Some(solved.because(solved.before(), to))
                } else if to == Point::ZERO && solved.latest(from).is_some_and(|tick| tick < -most)
                {
                    Some(solved.because(solved.after(), from))
                } else {
                    None
                }
            });
            if let Some(because) = against {
                self.close(nth, option, because.into_iter());
                some = true;
            }
        }
        let stop = self.stop(nth);
        if stop.is_some() || !some {
            return stop;
        }
        let open =
            (options.iter().zip(&self.open[nth])).filter_map(|(one, open)| open.then_some(one));
        let open: Vec<&Vec<(Point, Point, i64)>> = open.collect();
        for &(from, to, _) in open[0] {
            if from != Point::ZERO && to != Point::ZERO {
                continue;
            }
            let of_option = |bounds: &&Vec<(Point, Point, i64)>| {
                let same = bounds
                    .iter()
                    .filter(|bound| (bound.0, bound.1) == (from, to));
                same.map(|bound| bound.2).min()
            };
            // The loosest of their bounds, if all have one.
            let each: Option<Vec<i64>> = open.iter().map(of_option).collect();
            let Some(most) = each.and_then(|each| each.into_iter().max()) else {
                continue;
            };
            let known = if from == Point::ZERO {
                solved.latest(to)
            } else {
                solved.earliest(from).map(|tick| -tick)
            };
            if known.is_none_or(|known| most < known) {
                self.follow(from, to, most, self.with_closed(nth));
            }
        }
        None
    }

    /// The same, using all distances between the ends that a choice involves.
    fn by_ends(
        &mut self,
        nth: usize,
        network: &Network,
        solved: &Chronology<'_>,
        work: &mut Work,
    ) -> Option<Stop> {
        let choice = self.choices[nth].clone();
        let points = choice.points().len() + 1;
        if !work.take(points * network.constraints().len()) {
            return None;
        }
        let ends = Ends::new(solved, &choice);
        let mut left = Vec::new();
        for (option, bounds) in choice.options.iter().enumerate() {
            if !self.open[nth][option] {
                continue;
            }
            match ends.with(bounds) {
                Ok(far) => left.push(far),
                Err(legs) => {
                    let because = ends.because(solved, &legs, choice.premise);
                    self.close(nth, option, because.into_iter());
                }
            }
        }
        let stop = self.stop(nth);
        if stop.is_some() {
            return stop;
        }
        for ((from, to), most, legs) in ends.common(&left) {
            let mut because = self.with_closed(nth);
            let legs: Vec<Leg> = legs;
            because.extend(self.behind(ends.because(solved, &legs, choice.premise).into_iter()));
            self.follow(from, to, most, because);
        }
        None
    }
}
