//! The qualitative relations implied by a network and its choices.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::algebra::{self, Mask, mask, relations};
use super::closure::{Closure, Stop};
use crate::allen::Stretch;
use crate::choices::Choice;
use crate::network::{Constraint, Network, Point, Premise};
use crate::work::Work;
use crate::{Chronology, Distances};
use annals_time::{Allen, AllenSet};

/// The most intervals for which all pairs are examined.
const MOST: usize = 700;

/// An end of an interval: its index, and whether it is the start (0) or the end (1).
type End = (usize, usize);

/// A list of relations, one of which holds between two intervals.
#[derive(Debug, Clone, Copy)]
pub(super) struct List {
    pub(super) first: usize,
    pub(super) second: usize,
    pub(super) set: Mask,
}

/// The intervals for which choices list relations, and what is known about their relations.
pub(crate) struct Relations {
    pub(super) closure: Closure,
    /// By choice, its list of relations.
    pub(super) lists: Vec<Option<List>>,
    /// The premises of each assertion.
    pub(super) premises: Vec<Vec<Premise>>,
    /// Whether the network is purely qualitative, so that the closure is complete.
    pub(super) is_all: bool,
    stretches: Vec<Stretch>,
}

impl Relations {
    /// Collects the assertions; derives nothing yet.
    pub(crate) fn new(network: &Network, choices: &[&Choice]) -> Self {
        let listed = || choices.iter().filter_map(|choice| choice.listed);
        let mut stretches: Vec<Stretch> =
            listed().flat_map(|one| [one.first, one.second]).collect();
        let is_all = listed().count() == choices.len() && {
            let whole = lasting(network);
            let is_all = network.constraints().iter().all(is_order)
                && whole.len() <= MOST
                && 2 * whole.len() + 1 == network.len();
            if is_all {
                stretches = whole;
            }
            is_all
        };
        stretches.sort_unstable_by_key(|one| one.start);
        stretches.dedup();
        if stretches.len() > MOST {
            stretches.clear();
        }
        let place = |stretch: Stretch| {
            let found = stretches.binary_search_by_key(&stretch.start, |one| one.start);
            found.ok().filter(|nth| stretches[*nth] == stretch)
        };
        let list = |choice: &&Choice| {
            let listed = choice.listed?;
            Some(List {
                first: place(listed.first)?,
                second: place(listed.second)?,
                set: mask(listed.set),
            })
        };
        let lists: Vec<Option<List>> = choices.iter().map(list).collect();
        Relations {
            is_all: is_all && lists.iter().all(Option::is_some),
            closure: Closure::new(stretches.len()),
            lists,
            premises: Vec::new(),
            stretches,
        }
    }

    /// Asserts everything and propagates until nothing changes. `Err(None)` if the budget is spent,
    /// otherwise the inconsistent premises.
    pub(crate) fn closed(
        &mut self,
        network: &Network,
        choices: &[&Choice],
        work: &mut Work,
    ) -> Result<(), Option<BTreeSet<Premise>>> {
        if self.stretches.is_empty() {
            return Ok(());
        }
        let asserted = self.asserted(network, choices, work);
        asserted.map_err(|stop| match stop {
            Stop::Spent => None,
            Stop::Contradiction(names) => Some(self.behind(&names)),
        })
    }

    fn asserted(
        &mut self,
        network: &Network,
        choices: &[&Choice],
        work: &mut Work,
    ) -> Result<(), Stop> {
        for (nth, choice) in choices.iter().enumerate() {
            if let Some(List { first, second, set }) = self.lists[nth] {
                self.assert(first, second, set, vec![choice.premise])?;
            }
        }
        let mut ends: BTreeMap<Point, End> = BTreeMap::new();
        for (nth, stretch) in self.stretches.iter().enumerate() {
            ends.extend([(stretch.start, (nth, 0)), (stretch.end, (nth, 1))]);
        }
        for one in network.constraints().iter().filter(|one| one.most <= 0) {
            let Some((&from, &to)) = ends.get(&one.from).zip(ends.get(&one.to)) else {
                continue;
            };
            let premises = one.premises.iter().collect();
            self.not_after(to, from, one.most < 0, premises)?;
        }
        if !self.is_all && work.take(4 * network.constraints().len()) {
            self.by_dates(network)?;
        }
        self.closure.close(work)
    }

    /// How stretches lie that are dated.
    fn by_dates(&mut self, network: &Network) -> Result<(), Stop> {
        let solved = Chronology::new(network, &|_| 1.0);
        if !solved.conflicts.is_empty() {
            return Ok(());
        }
        let known = |distances: &Distances, end: &End| {
            let stretch = self.stretches[end.0];
            distances.to([stretch.start, stretch.end][end.1])
        };
        let ends = (0..self.stretches.len()).flat_map(|nth| [(nth, 0), (nth, 1)]);
        let mut latest: Vec<(i64, End)> = Vec::new();
        let mut earliest: Vec<(i64, End)> = Vec::new();
        for end in ends {
            latest.extend(known(solved.after(), &end).map(|sum| (sum, end)));
            earliest.extend(known(solved.before(), &end).map(|sum| (-sum, end)));
        }
        let mut chains: BTreeMap<(End, bool), Vec<Premise>> = BTreeMap::new();
        for &(last, end) in &latest {
            for &(first, other) in &earliest {
                if end.0 == other.0 || last > first {
                    continue;
                }
                let mut premises = Vec::new();
                for (end, is_last) in [(end, true), (other, false)] {
                    let stretch = self.stretches[end.0];
                    let point = [stretch.start, stretch.end][end.1];
                    let chain = chains.entry((end, is_last)).or_insert_with(|| {
                        solved.because(
                            if is_last {
                                solved.after()
                            } else {
                                solved.before()
                            },
                            point,
                        )
                    });
                    premises.extend(chain.iter().copied());
                }
                self.not_after(end, other, last < first, premises)?;
            }
        }
        Ok(())
    }

    /// One end is not after an end of another interval; if `strictly`, it is before it.
    fn not_after(
        &mut self,
        one: End,
        other: End,
        strictly: bool,
        premises: Vec<Premise>,
    ) -> Result<(), Stop> {
        if one.0 == other.0 {
            return Ok(());
        }
        let fits = |relation: &Allen| match algebra::ends(*relation, one.1, other.1) {
            Ordering::Less => true,
            Ordering::Equal => !strictly,
            Ordering::Greater => false,
        };
        let set = Allen::ALL.into_iter().filter(fits);
        self.assert(one.0, other.0, mask(set.collect::<AllenSet>()), premises)
    }

    fn assert(
        &mut self,
        first: usize,
        second: usize,
        set: Mask,
        premises: Vec<Premise>,
    ) -> Result<(), Stop> {
        let name = self.premises.len() as u32;
        self.premises.push(premises);
        self.closure.assert(first, second, set, name)
    }

    fn behind(&self, names: &[u32]) -> BTreeSet<Premise> {
        let each = names.iter().map(|name| &self.premises[*name as usize]);
        each.flatten().copied().collect()
    }

    /// The relations of a list that are ruled out, each with the index of its option, and the
    /// premises that rule them out.
    pub(crate) fn ruled_out(
        &self,
        choices: &[&Choice],
        nth: usize,
    ) -> Option<(Vec<usize>, BTreeSet<Premise>)> {
        let List { first, second, set } = self.lists[nth]?;
        let left = self.closure.between(first, second);
        if set & !left == 0 {
            return None;
        }
        let gone = |(_, relation): &(usize, Allen)| left & algebra::bit(*relation) == 0;
        let options = relations(set).enumerate().filter(gone).map(|(nth, _)| nth);
        debug_assert_eq!(choices[nth].options.len(), relations(set).count());
        Some((
            options.collect(),
            self.behind(&self.closure.why(first, second)),
        ))
    }

    /// The intervals of a list.
    pub(super) fn stretches(&self, list: List) -> [Stretch; 2] {
        [self.stretches[list.first], self.stretches[list.second]]
    }
}

/// Whether a constraint only orders two points.
fn is_order(one: &Constraint) -> bool {
    one.from != Point::ZERO && one.to != Point::ZERO && (-1..=0).contains(&one.most)
}

/// The intervals of a network, if each point belongs to one: an interval starts before it ends,
/// without any premise.
fn lasting(network: &Network) -> Vec<Stretch> {
    let by_itself = network.constraints().iter();
    let by_itself = by_itself.filter(|one| one.premises.count() == 0 && one.most == -1);
    let mut seen = BTreeSet::new();
    let mut stretches = Vec::new();
    for one in by_itself {
        if seen.insert(one.from) && seen.insert(one.to) {
            stretches.push(Stretch {
                start: one.to,
                end: one.from,
            });
        }
    }
    stretches
}
