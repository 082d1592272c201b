//! The search through choices: lists of relations by closure, all others by their options, and both
//! checked against the network of bounds.
//!
//! A list outside ORD-Horn is split into sets of that class, starting with the list that was
//! involved in the most contradictions so far (F. Boussemart and others, *Boosting Systematic
//! Search by Weighting Constraints*, 2004). A dead end names the premises and decisions it depends
//! on, and the search jumps back over choices that are not involved (P. Prosser, *Hybrid Algorithms
//! for the Constraint Satisfaction Problem*, 1993).

use std::collections::{BTreeMap, BTreeSet};

use super::algebra::{Algebra, Mask, bit, relations, set};
use super::closure::Stop;
use super::relations::{List, Relations};
use crate::allen::RelationBounds;
use crate::choices::Choice;
use crate::consistency;
use crate::network::{Constraint, Network, Premise, Premises};
use crate::work::Work;
use annals_time::Allen;

/// The outcome of a search.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// Some combination of options is consistent.
    Possible,
    /// None can; these premises are enough for that.
    Impossible(BTreeSet<Premise>),
    /// The work that may be done was spent.
    Spent,
}

/// The causes of a dead end: premises, and decisions of the search by depth.
#[derive(Debug, Default)]
struct Blame {
    premises: BTreeSet<Premise>,
    decisions: BTreeSet<usize>,
}

impl Blame {
    fn with(&mut self, other: Blame) {
        self.premises.extend(other.premises);
        self.decisions.extend(other.decisions);
    }
}

/// Why the search cannot continue here; `None` if the budget is spent.
type Failure = Option<Blame>;

/// What to branch on.
enum Branch {
    /// The remaining relations of a list, as sets.
    List(List, Vec<Mask>),
    /// The options of a choice.
    Options(usize),
}

/// A search through the choices of a network that is consistent without them.
pub(crate) struct Search<'c> {
    choices: Vec<&'c Choice>,
    relations: Relations,
    network: Network,
    /// The meaning of the network's premises: those of facts, then one for each choice, then one
    /// for each decision.
    facts: Vec<Premise>,
    /// The choice of each decision among options.
    decided: Vec<usize>,
    /// How many combinations were tried.
    pub(crate) tried: usize,
}

impl<'c> Search<'c> {
    pub(crate) fn new(network: &Network, choices: &[&'c Choice]) -> Self {
        let constraints = network.constraints();
        let each = constraints.iter().flat_map(|one| one.premises.iter());
        let facts: BTreeSet<Premise> = each.collect();
        let facts: Vec<Premise> = facts.into_iter().collect();
        let number: BTreeMap<Premise, u32> = (facts.iter().copied().zip(0..)).collect();
        // Renumbers the premises, because the cost of working with them depends on the highest
        // number.
        let network = network.with_premises(|one| Premise(number[&one]));
        let relations = Relations::new(&network, choices);
        Search {
            choices: choices.to_vec(),
            relations,
            network,
            facts,
            decided: Vec::new(),
            tried: 0,
        }
    }

    pub(crate) fn run(&mut self, work: &mut Work) -> Outcome {
        let numbered: Vec<Choice> = (self.choices.iter().enumerate())
            .map(|(nth, choice)| Choice {
                premise: self.of_choice(nth),
                ..(*choice).clone()
            })
            .collect();
        let numbered: Vec<&Choice> = numbered.iter().collect();
        let closed = self.relations.closed(&self.network, &numbered, work);
        let found = match closed {
            Ok(()) => self.down(0, work),
            Err(premises) => Err(premises.map(|premises| self.blame_of_premises(premises))),
        };
        match found {
            Ok(()) => Outcome::Possible,
            Err(None) => Outcome::Spent,
            Err(Some(blame)) => Outcome::Impossible(blame.premises),
        }
    }

    fn of_choice(&self, nth: usize) -> Premise {
        Premise((self.facts.len() + nth) as u32)
    }

    /// The meaning of numbered premises: those of the network, of choices, and of decisions.
    fn blame_of_premises(&self, premises: impl IntoIterator<Item = Premise>) -> Blame {
        let mut blame = Blame::default();
        for premise in premises {
            let nth = premise.0 as usize;
            match nth.checked_sub(self.facts.len()) {
                None => {
                    blame.premises.insert(self.facts[nth]);
                }
                Some(nth) if nth < self.choices.len() => {
                    blame.premises.insert(self.choices[nth].premise);
                }
                Some(nth) => {
                    let depth = nth - self.choices.len();
                    blame.decisions.insert(depth);
                    blame
                        .premises
                        .insert(self.choices[self.decided[depth]].premise);
                }
            }
        }
        blame
    }

    /// The causes of assertions of the closure.
    fn blame_of_names(&self, names: &[u32]) -> Blame {
        let given = self.relations.premises.len();
        let mut blame = Blame::default();
        for name in names.iter().map(|name| *name as usize) {
            match name.checked_sub(given) {
                None => {
                    let premises = self.relations.premises[name].iter().copied();
                    blame.with(self.blame_of_premises(premises));
                }
                Some(depth) => {
                    blame.decisions.insert(depth);
                }
            }
        }
        blame
    }

    fn failure(&self, stop: Stop) -> Failure {
        match stop {
            Stop::Spent => None,
            Stop::Contradiction(names) => Some(self.blame_of_names(&names)),
        }
    }

    /// Searches below this node, whose closure is complete.
    fn down(&mut self, depth: usize, work: &mut Work) -> Result<(), Failure> {
        self.tried += 1;
        let branch = if self.relations.is_all {
            self.outside_horn()
        } else {
            self.against_bounds(work)?
        };
        match branch {
            None => Ok(()),
            Some(Branch::List(list, sets)) => self.through_sets(depth, list, &sets, work),
            Some(Branch::Options(nth)) => self.through_options(depth, nth, work),
        }
    }

    fn through_sets(
        &mut self,
        depth: usize,
        list: List,
        sets: &[Mask],
        work: &mut Work,
    ) -> Result<(), Failure> {
        let name = (self.relations.premises.len() + depth) as u32;
        // Only decisions about options are looked up.
        self.decided.push(usize::MAX);
        let mut learnt = Blame::default();
        let mut result = None;
        for &set in sets {
            let mark = self.relations.closure.mark();
            let closure = &mut self.relations.closure;
            let closed = closure
                .assert(list.first, list.second, set, name)
                .and_then(|()| closure.close(work));
            let found = match closed {
                Ok(()) => self.down(depth + 1, work),
                Err(stop) => Err(self.failure(stop)),
            };
            self.relations.closure.back(mark);
            match found {
                Err(Some(blame)) if blame.decisions.contains(&depth) => learnt.with(blame),
                // It is consistent, the budget is spent, or this list is not involved in the
                // contradiction.
                settled => {
                    result = Some(settled);
                    break;
                }
            }
        }
        self.decided.pop();
        result.unwrap_or_else(|| {
            let left = self.relations.closure.why(list.first, list.second);
            learnt.with(self.blame_of_names(&left));
            learnt.decisions.remove(&depth);
            Err(Some(learnt))
        })
    }

    fn through_options(
        &mut self,
        depth: usize,
        nth: usize,
        work: &mut Work,
    ) -> Result<(), Failure> {
        let premise = Premise((self.facts.len() + self.choices.len() + depth) as u32);
        let before = self.network.constraints().len();
        self.decided.push(nth);
        let choice = self.choices[nth];
        let mut learnt = Blame::default();
        learnt.premises.insert(choice.premise);
        let mut result = None;
        for option in &choice.options {
            for &(from, to, most) in option {
                self.network.at_most(from, to, most, Premises::one(premise));
            }
            let found = self.down(depth + 1, work);
            self.network.truncate(before);
            match found {
                Err(Some(blame)) if blame.decisions.contains(&depth) => learnt.with(blame),
                settled => {
                    result = Some(settled);
                    break;
                }
            }
        }
        self.decided.pop();
        learnt.decisions.remove(&depth);
        result.unwrap_or(Err(Some(learnt)))
    }

    /// Among the lists outside ORD-Horn, the one involved in the most contradictions per remaining
    /// relation; `None` if the closure decides.
    fn outside_horn(&self) -> Option<Branch> {
        let algebra = Algebra::get();
        let lists = self.relations.lists.iter().flatten();
        let open = lists.filter(|list| !algebra.is_horn(self.left(list)));
        let list = *self.heaviest(open)?;
        Some(Branch::List(list, algebra.pieces(self.left(&list))))
    }

    fn left(&self, list: &List) -> Mask {
        self.relations.closure.between(list.first, list.second)
    }

    fn heaviest<'l>(&self, lists: impl Iterator<Item = &'l List>) -> Option<&'l List> {
        lists.min_by(|a, b| {
            let [a, b] = [a, b].map(|list| {
                let weight = self.relations.closure.weight(list.first, list.second);
                (u64::from(self.left(list).count_ones()), u64::from(weight))
            });
            (a.0 * b.1).cmp(&(b.0 * a.1))
        })
    }

    /// Checks the remaining relations of the lists against the bounds: returns a contradiction, or
    /// a choice that the solution does not satisfy; `None` if it satisfies all.
    fn against_bounds(&mut self, work: &mut Work) -> Result<Option<Branch>, Failure> {
        let before = self.network.constraints().len();
        for (nth, list) in self.relations.lists.iter().enumerate() {
            let Some(list) = list else { continue };
            let left = self.relations.closure.between(list.first, list.second);
            // The bounds of the complete list are already in the network.
            if left == list.set && left.count_ones() > 1 {
                continue;
            }
            let premise = self.of_choice(nth);
            let [first, second] = self.relations.stretches(*list);
            RelationBounds::from_set(set(left)).write(
                &mut self.network,
                first,
                second,
                premise.into(),
            );
        }
        let times = if work.take(self.network.constraints().len() + 1) {
            times(&self.network).map_err(Some)
        } else {
            Err(None)
        };
        let constraints = self.network.constraints();
        let times =
            times.map_err(|cycle| cycle.map(|cycle| self.blame_of_cycle(constraints, &cycle)));
        self.network.truncate(before);
        let times = times?;
        let unsettled = |list: &&List| {
            let [one, other] = (self.relations.stretches(**list))
                .map(|one| (times[one.start.index()], times[one.end.index()]));
            let relation = Allen::between(one, other);
            relation.is_none_or(|relation| self.left(list) & bit(relation) == 0)
        };
        let lists = self.relations.lists.iter().flatten().filter(unsettled);
        if let Some(list) = self.heaviest(lists) {
            let algebra = Algebra::get();
            let left = self.left(list);
            let sets = if algebra.is_horn(left) {
                relations(left).map(bit).collect()
            } else {
                algebra.pieces(left)
            };
            return Ok(Some(Branch::List(*list, sets)));
        }
        let others = self.choices.iter().zip(&self.relations.lists);
        let open =
            |(choice, list): (&&Choice, &Option<List>)| list.is_none() && !choice.holds(&times);
        let nth = others.into_iter().position(open);
        Ok(nth.map(Branch::Options))
    }

    /// The causes of a cycle; those of a list's remaining relations come from the closure.
    fn blame_of_cycle(&self, constraints: &[Constraint], cycle: &[u32]) -> Blame {
        let each = cycle
            .iter()
            .flat_map(|edge| constraints[*edge as usize].premises.iter());
        let mut blame = Blame::default();
        for premise in each {
            let choice = (premise.0 as usize).checked_sub(self.facts.len());
            let list = choice.and_then(|nth| self.relations.lists.get(nth).copied().flatten());
            match list {
                Some(list) => {
                    let why = self.relations.closure.why(list.first, list.second);
                    blame.with(self.blame_of_names(&why));
                }
                None => blame.with(self.blame_of_premises([premise])),
            }
        }
        blame
    }
}

/// Times that satisfy all constraints of a network, or a negative cycle.
fn times(network: &Network) -> Result<Vec<i64>, Vec<u32>> {
    let mut search = consistency::Search::<false>::new(network);
    while let Err(cycle) = search.run() {
        let constraints = network.constraints();
        let said = cycle
            .iter()
            .any(|edge| constraints[*edge as usize].premises.count() > 0);
        if said {
            return Err(cycle);
        }
        search.leave_out_premise_free();
    }
    Ok(search.into_parts().1)
}
