//! Choices: what cannot be written as bounds, because one of several things holds. A search goes
//! through the options of those that the times found so far do not satisfy, one choice after the
//! other; where none is left it learns from the conflicts that ruled each out, and jumps back over
//! choices that had no part in them (Prosser 1993).

use std::collections::{BTreeMap, BTreeSet};

use super::Chronology;
use super::network::{Network, Part, Point, Premise, Premises};

/// One of several things holds.
#[derive(Debug, Clone)]
pub struct Choice {
    /// The fact that says so.
    pub premise: Premise,
    /// The options: each some bounds, from, to, and at most how much later.
    pub options: Vec<Vec<(Point, Point, i64)>>,
}

impl Choice {
    /// The points of which it speaks, the origin aside.
    pub fn points(&self) -> BTreeSet<Point> {
        let bounds = self.options.iter().flatten();
        let points = bounds.flat_map(|&(from, to, _)| [from, to]);
        points.filter(|point| *point != Point::ZERO).collect()
    }

    /// The same choice in a part of the network that has all of its points.
    pub fn moved(&self, part: &Part) -> Choice {
        let point = |point| part.inside(point).unwrap_or(Point::ZERO);
        let option = |option: &Vec<(Point, Point, i64)>| {
            let bounds = option.iter();
            bounds
                .map(|&(from, to, most)| (point(from), point(to), most))
                .collect()
        };
        Choice {
            premise: self.premise,
            options: self.options.iter().map(option).collect(),
        }
    }

    /// Whether one of the options holds at these times.
    fn holds(&self, times: &[i64]) -> bool {
        let holds = |&(from, to, most): &(Point, Point, i64)| {
            times[to.index()] - times[from.index()] <= most
        };
        self.options.iter().any(|option| option.iter().all(holds))
    }
}

/// The parts of a network in which there are choices, each with its own.
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

/// What became of the choices of a network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Some combination of options can hold.
    Possible,
    /// None can; these premises are enough for that, and all of them are wanted.
    Impossible(Vec<Premise>),
    /// The search ran out of its budget.
    NotDecided,
}

/// Whether some combination of options can hold in a network that can hold without them. `budget`
/// is how many constraints may be looked at.
pub fn decide(network: &Network, choices: &[Choice], budget: usize) -> Decision {
    let (mut found, undecided) = contradictions(network, choices, budget);
    match found.is_empty() {
        false => Decision::Impossible(found.swap_remove(0)),
        true if undecided => Decision::NotDecided,
        true => Decision::Possible,
    }
}

/// The sets of premises for which no combination of options can hold, in a network that can hold
/// without choices, and whether the search ran out of its budget. No choice is in two of the sets.
pub fn contradictions(
    network: &Network,
    choices: &[Choice],
    budget: usize,
) -> (Vec<Vec<Premise>>, bool) {
    let mut search = Search { left: budget };
    let (mut found, mut undecided) = (Vec::new(), false);
    for (part, mut choices) in parts(network, choices) {
        loop {
            let open: Vec<&Choice> = choices.iter().collect();
            match search.from(&mut part.network.clone(), &open) {
                Ok(()) => break,
                Err(None) => {
                    undecided = true;
                    break;
                }
                Err(Some(known)) => {
                    let premises = search.smaller(&part.network, &choices, known);
                    let before = choices.len();
                    choices.retain(|choice| !premises.contains(&choice.premise));
                    found.push(premises.into_iter().collect());
                    // Each round takes a choice away, so that it ends.
                    if choices.len() == before {
                        break;
                    }
                }
            }
        }
    }
    (found, undecided)
}

struct Search {
    left: usize,
}

impl Search {
    /// `Err(None)` where the budget ran out, else the premises that leave no option.
    fn from(
        &mut self,
        network: &mut Network,
        choices: &[&Choice],
    ) -> Result<(), Option<BTreeSet<Premise>>> {
        let before = network.constraints().len();
        self.left = self.left.checked_sub(before + 1).ok_or(None)?;
        let mut solved = Chronology::of(network, &|_| 1.0);
        if !solved.conflicts.is_empty() {
            let premises = solved.conflicts.swap_remove(0).premises;
            return Err(Some(premises.into_iter().collect()));
        }
        let times = solved.potentials;
        let Some(nth) = choices.iter().position(|choice| !choice.holds(&times)) else {
            return Ok(());
        };
        let choice = choices[nth];
        let mut rest = choices.to_vec();
        rest.remove(nth);
        let mut learnt = BTreeSet::from([choice.premise]);
        for option in &choice.options {
            for &(from, to, most) in option {
                network.at_most(from, to, most, Premises::one(choice.premise));
            }
            let found = self.from(network, &rest);
            network.truncate(before);
            match found {
                Err(Some(known)) if known.contains(&choice.premise) => learnt.extend(known),
                // It holds, the budget ran out, or this choice has no part in what does not hold.
                settled => return settled,
            }
        }
        Err(Some(learnt))
    }

    /// A set of premises less every one that it does without.
    fn smaller(
        &mut self,
        network: &Network,
        choices: &[Choice],
        known: BTreeSet<Premise>,
    ) -> BTreeSet<Premise> {
        let mut kept = known;
        for premise in kept.clone() {
            let others: BTreeSet<Premise> =
                kept.iter().copied().filter(|one| *one != premise).collect();
            let mut fewer =
                network.only(|one| one.premises.iter().all(|one| others.contains(&one)));
            let open: Vec<&Choice> = (choices.iter())
                .filter(|choice| others.contains(&choice.premise))
                .collect();
            if matches!(self.from(&mut fewer, &open), Err(Some(_))) {
                kept = others;
            }
        }
        kept
    }
}
