//! Choices: disjunctions, which cannot be expressed as bounds. A [search](super::qualitative)
//! covers those that the current solution does not satisfy.

use std::collections::{BTreeMap, BTreeSet};

use super::Conflict;
use super::allen::Stretch;
use super::network::{Network, Part, Point, Premise};
use super::qualitative::{Outcome, Search};
use super::work::Work;
use annals_time::AllenSet;

/// A disjunction of options.
#[derive(Debug, Clone)]
pub struct Choice {
    /// The fact that states it.
    pub premise: Premise,
    /// The options, each a list of bounds: from, to, and most ticks later.
    pub options: Vec<Vec<(Point, Point, i64)>>,
    /// If the options are relations: the intervals, and the relations in option order.
    pub listed: Option<RelationChoice>,
}

/// A disjunction of Allen relations.
#[derive(Debug, Clone, Copy)]
pub struct RelationChoice {
    /// The first interval.
    pub first: Stretch,
    /// The relations.
    pub set: AllenSet,
    /// The other stretch.
    pub second: Stretch,
}

impl Choice {
    /// The points it involves, without the origin.
    pub fn points(&self) -> BTreeSet<Point> {
        let bounds = self.options.iter().flatten();
        let points = bounds.flat_map(|&(from, to, _)| [from, to]);
        points.filter(|point| *point != Point::ZERO).collect()
    }

    /// The same choice in a part of the network that contains all of its points.
    pub fn moved(&self, part: &Part) -> Choice {
        let point = |point| part.inside(point).unwrap_or(Point::ZERO);
        let option = |option: &Vec<(Point, Point, i64)>| {
            let bounds = option.iter();
            bounds
                .map(|&(from, to, most)| (point(from), point(to), most))
                .collect()
        };
        let stretch = |one: Stretch| Stretch {
            start: point(one.start),
            end: point(one.end),
        };
        Choice {
            premise: self.premise,
            options: self.options.iter().map(option).collect(),
            listed: self.listed.map(|listed| RelationChoice {
                first: stretch(listed.first),
                second: stretch(listed.second),
                ..listed
            }),
        }
    }

    /// Whether one of the options holds at these times.
    pub(super) fn holds(&self, times: &[i64]) -> bool {
        let holds = |&(from, to, most): &(Point, Point, i64)| {
            times[to.index()] - times[from.index()] <= most
        };
        self.options.iter().any(|option| option.iter().all(holds))
    }
}

/// The connected parts of a network that contain choices, each with its own.
pub(super) fn parts(network: &Network, choices: &[Choice]) -> Vec<(Part, Vec<Choice>)> {
    let tied = choices.iter().flat_map(|choice| {
        let points = choice.points();
        let first = points.first().copied().unwrap_or(Point::ZERO);
        points.into_iter().map(move |point| (first, point))
    });
    let part_of = network.parts(tied);
    let mut own: BTreeMap<Point, Vec<&Choice>> = BTreeMap::new();
    for choice in choices {
        let first = choice.points().first().copied().unwrap_or(Point::ZERO);
        own.entry(part_of[first.index()]).or_default().push(choice);
    }
    let mut split = network.split(&part_of, &own.keys().copied().collect());
    own.into_iter()
        .map(|(part, choices)| {
            let part = split.remove(&part).unwrap_or_default();
            let moved = choices.iter().map(|choice| choice.moved(&part)).collect();
            (part, moved)
        })
        .collect()
}

/// The verdict on the choices of a network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Some combination of options is consistent.
    Possible,
    /// No combination is consistent; these premises suffice for that, and all are necessary.
    Impossible(Vec<Premise>),
    /// The search ran out of its budget.
    NotDecided,
}

/// The result of a search through the choices of a network.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchResult {
    /// The sets of premises for which no combination of options is consistent. They share no
    /// choice.
    pub contradictions: Vec<Conflict>,
    /// The search that ran out of its budget.
    pub given_up: Vec<GivenUp>,
}

/// A search that ran out of its budget.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenUp {
    /// The premises of the choices in the undecided part.
    pub choices: Vec<Premise>,
    /// How many combinations of options were tried.
    pub tried: usize,
}

/// Whether some combination of options is consistent with a network that is consistent without
/// them. `budget` limits the number of constraints examined.
pub fn decide(network: &Network, choices: &[Choice], budget: usize) -> Decision {
    let mut found = contradictions(network, choices, budget);
    match found.contradictions.is_empty() {
        false => Decision::Impossible(found.contradictions.swap_remove(0).premises),
        true if !found.given_up.is_empty() => Decision::NotDecided,
        true => Decision::Possible,
    }
}

/// Searches the choices of a network that is consistent without them, one connected part at a time.
pub fn contradictions(network: &Network, choices: &[Choice], budget: usize) -> SearchResult {
    let mut work = Work::new(budget);
    let mut found = SearchResult::default();
    for (part, mut choices) in parts(network, choices) {
        let mut network = part.network;
        loop {
            let open: Vec<&Choice> = choices.iter().collect();
            let mut search = Search::new(&network, &open);
            match search.run(&mut work) {
                Outcome::Possible => break,
                Outcome::Spent => {
                    found.given_up.push(GivenUp {
                        choices: open.iter().map(|choice| choice.premise).collect(),
                        tried: search.tried,
                    });
                    break;
                }
                Outcome::Impossible(known) => {
                    let order: Vec<Premise> = known.iter().copied().collect();
                    let conflict = smaller(&network, &choices, known, &order, &mut work);
                    let before = choices.len();
                    let (taken, left): (Vec<Choice>, _) = choices
                        .into_iter()
                        .partition(|choice| conflict.premises.contains(&choice.premise));
                    choices = left;
                    // With the bounds that all its options have in common: what these rule out
                    // together with others would contain this contradiction.
                    let taken: BTreeSet<Premise> = taken.iter().map(|one| one.premise).collect();
                    network =
                        network.only(|one| one.premises.iter().all(|one| !taken.contains(&one)));
                    found.contradictions.push(conflict);
                    // Each round removes a choice, so the loop terminates.
                    if choices.len() == before {
                        break;
                    }
                }
            }
        }
    }
    found
}

/// A set of conflicting premises, minus every premise that it does not need; orders with a lower
/// number are dropped first.
pub(super) fn smaller(
    network: &Network,
    choices: &[Choice],
    known: BTreeSet<Premise>,
    order: &[Premise],
    work: &mut Work,
) -> Conflict {
    let mut kept = known;
    let mut is_smallest = true;
    for premise in order {
        let mut others = kept.clone();
        if !others.remove(premise) {
            continue;
        }
        let fewer = network.only(|one| one.premises.iter().all(|one| others.contains(&one)));
        let open: Vec<&Choice> = (choices.iter())
            .filter(|choice| others.contains(&choice.premise))
            .collect();
        match Search::new(&fewer, &open).run(work) {
            Outcome::Possible => {}
            Outcome::Impossible(fewer) => kept = fewer,
            Outcome::Spent => is_smallest = false,
        }
    }
    Conflict {
        premises: kept.into_iter().collect(),
        short: 0,
        is_smallest,
    }
}
