//! Roll-up: who spoke for an actor on the day, through dated ties.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use annals_model::{ActorId, Facts, Name, RelationId};
use annals_time::{Certainty, DaySet};

/// The kinds of tie through which a spokesman stands for an actor where no others are asked for:
/// the spokesman is at the tie's `from`, the actor at its `to`.
pub const ROLLS_UP: &[&str] = &["represents", "holds_office", "part_of"];

/// The days on which something may hold, and those on which it must.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Held {
    /// In some reading of the dates.
    pub may: DaySet,
    /// In every reading of the dates.
    pub must: DaySet,
}

impl Held {
    /// It holds on every day.
    pub fn always() -> Held {
        Held {
            may: DaySet::always(),
            must: DaySet::always(),
        }
    }

    /// Either holds.
    #[must_use]
    pub fn or(&self, other: &Held) -> Held {
        Held {
            may: self.may.union(&other.may),
            must: self.must.union(&other.must),
        }
    }

    /// Both hold on the same day.
    #[must_use]
    pub fn and(&self, other: &Held) -> Held {
        Held {
            may: self.may.intersection(&other.may),
            must: self.must.intersection(&other.must),
        }
    }
}

#[derive(Debug, Clone)]
struct Tie {
    relation: RelationId,
    to: ActorId,
    held: Held,
}

/// A step of a chain of ties.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Through {
    /// The tie.
    pub relation: RelationId,
    /// Whether it surely held on the day.
    pub certain: bool,
}

/// On which days each actor stands for one of some actors, through any number of ties.
///
/// A chain holds on a day when all of its ties hold on that day. On a given day each tie holds or
/// does not, whatever the others do, and the more ties hold the more chains do: so an actor surely
/// stands for another on a day exactly if a chain of ties does that all surely hold that day.
#[derive(Debug, Clone)]
pub struct Rollup {
    targets: BTreeSet<ActorId>,
    ties: BTreeMap<ActorId, Vec<Tie>>,
    held: BTreeMap<ActorId, Held>,
}

impl Rollup {
    /// The roll-up to some actors through ties of some kinds; `known` says of each tie whether it
    /// is in force at all.
    pub fn of(
        facts: &Facts,
        targets: &BTreeSet<ActorId>,
        kinds: &[Name],
        known: impl Fn(RelationId) -> Certainty,
    ) -> Rollup {
        let mut ties: BTreeMap<ActorId, Vec<Tie>> = BTreeMap::new();
        for (id, relation) in facts.relations.iter() {
            let ends = relation.from.zip(relation.to).filter(|(a, b)| a != b);
            let rolls = relation.kind.is_some_and(|kind| kinds.contains(&kind));
            let (Some((from, to)), true) = (ends, rolls) else {
                continue;
            };
            let held = held(facts, id, known(id));
            if !held.may.is_empty() {
                let relation = id;
                ties.entry(from)
                    .or_default()
                    .push(Tie { relation, to, held });
            }
        }
        for of_one in ties.values_mut() {
            of_one.sort_by(|a, b| facts.id(a.relation).cmp(facts.id(b.relation)));
        }
        let held = spread(targets, &ties);
        Rollup {
            targets: targets.clone(),
            ties,
            held,
        }
    }

    /// The same, where a tie is said to have held on the day: it surely holds on every day on which
    /// it may. `None` where that makes no difference.
    pub fn stating(&self, relation: RelationId) -> Option<Rollup> {
        let mut ties = self.ties.clone();
        let tie = ties
            .values_mut()
            .flatten()
            .find(|tie| tie.relation == relation)?;
        if tie.held.must == tie.held.may {
            return None;
        }
        tie.held.must = tie.held.may.clone();
        let held = spread(&self.targets, &ties);
        Some(Rollup {
            targets: self.targets.clone(),
            ties,
            held,
        })
    }

    /// Whether an actor is one of those asked for.
    pub fn asks_for(&self, actor: ActorId) -> bool {
        self.targets.contains(&actor)
    }

    /// The days on which a tie may hold, whatever is asked for.
    pub fn may_hold(facts: &Facts, relation: RelationId) -> DaySet {
        held(facts, relation, Certainty::Certainly).may
    }

    /// On which days an actor is one of those asked for, or stands for one.
    pub fn held(&self, actor: ActorId) -> Option<&Held> {
        self.held.get(&actor)
    }

    /// On which days somebody who speaks under a relation stands for one of those asked for. That
    /// they speak under it is said by the claim, whose day must then be one that the relation
    /// allows: no other day speaks against it.
    pub fn held_under(&self, facts: &Facts, relation: RelationId) -> Option<Held> {
        let tie = held(facts, relation, Certainty::Certainly);
        let onward = self.held(facts[relation].to?)?;
        Some(Held {
            must: tie.may.complement().union(&onward.must),
            may: tie.may.intersection(&onward.may),
        })
    }

    /// The chain through which an actor stands for one of those asked for on a day among `days`:
    /// rather one that holds on all of `all` than one that possibly holds, then the shortest, then
    /// by the ids of its ties. Empty for those asked for themselves.
    pub fn chain(
        &self,
        facts: &Facts,
        actor: ActorId,
        under: Option<RelationId>,
        days: &DaySet,
        all: &DaySet,
    ) -> Vec<Through> {
        if self.targets.contains(&actor) {
            return Vec::new();
        }
        let Some(relation) = under else {
            return self.search(actor, days, all).unwrap_or_default();
        };
        let step = Through {
            relation,
            certain: true,
        };
        let may = held(facts, relation, Certainty::Certainly).may;
        let onward = facts[relation].to.and_then(|to| {
            if self.targets.contains(&to) {
                return Some(Vec::new());
            }
            self.search(to, &days.intersection(&may), all)
        });
        onward.map_or_else(Vec::new, |onward| {
            std::iter::once(step).chain(onward).collect()
        })
    }

    fn search(&self, actor: ActorId, days: &DaySet, all: &DaySet) -> Option<Vec<Through>> {
        self.breadth_first(actor, days, all, true)
            .or_else(|| self.breadth_first(actor, days, all, false))
    }

    /// Breadth first over (actor, days left): an actor is visited again only on days on which it
    /// was not reached before.
    fn breadth_first(
        &self,
        actor: ActorId,
        days: &DaySet,
        all: &DaySet,
        sure: bool,
    ) -> Option<Vec<Through>> {
        let mut seen: BTreeMap<ActorId, DaySet> = BTreeMap::from([(actor, days.clone())]);
        let mut states = vec![(actor, days.clone(), None::<(usize, Through)>)];
        let mut queue = VecDeque::from([0_usize]);
        while let Some(at) = queue.pop_front() {
            let (here, left) = (states[at].0, states[at].1.clone());
            for tie in self.ties.get(&here).into_iter().flatten() {
                let certain = tie.held.must.contains(all);
                let left = left.intersection(&tie.held.may);
                if (sure && !certain) || left.is_empty() || !self.held.contains_key(&tie.to) {
                    continue;
                }
                let relation = tie.relation;
                let step = Through { relation, certain };
                if self.targets.contains(&tie.to) {
                    let mut chain = vec![step];
                    let mut back = at;
                    while let Some((before, step)) = states[back].2 {
                        chain.push(step);
                        back = before;
                    }
                    chain.reverse();
                    return Some(chain);
                }
                let reached = seen.entry(tie.to).or_default();
                if !reached.contains(&left) {
                    *reached = reached.union(&left);
                    queue.push_back(states.len());
                    states.push((tie.to, left, Some((at, step))));
                }
            }
        }
        None
    }
}

/// The days on which a relation holds. One without a date possibly holds on any day.
fn held(facts: &Facts, relation: RelationId, known: Certainty) -> Held {
    let (may, must) = match facts[relation].when.map(|when| facts.date(when)) {
        Some(when) => (when.may_cover(), when.must_cover()),
        None => (DaySet::always(), DaySet::NONE),
    };
    match known {
        Certainty::Certainly => Held { may, must },
        Certainty::Possibly => Held {
            may,
            must: DaySet::NONE,
        },
        Certainty::Never => Held::default(),
    }
}

/// Spreads from the targets against the ties until nothing changes. It ends: days are only added,
/// and only those between bounds that some tie has.
fn spread(
    targets: &BTreeSet<ActorId>,
    ties: &BTreeMap<ActorId, Vec<Tie>>,
) -> BTreeMap<ActorId, Held> {
    let mut into: BTreeMap<ActorId, Vec<(ActorId, &Held)>> = BTreeMap::new();
    for (from, of_one) in ties {
        for tie in of_one {
            into.entry(tie.to).or_default().push((*from, &tie.held));
        }
    }
    let mut held: BTreeMap<ActorId, Held> = (targets.iter())
        .map(|target| (*target, Held::always()))
        .collect();
    let mut changed: VecDeque<ActorId> = targets.iter().copied().collect();
    let mut waiting: BTreeSet<ActorId> = targets.clone();
    while let Some(to) = changed.pop_front() {
        waiting.remove(&to);
        let here = held.get(&to).cloned().unwrap_or_default();
        for (from, tie) in into.get(&to).into_iter().flatten() {
            let there = held.entry(*from).or_default();
            let more = there.or(&here.and(tie));
            if more != *there {
                *there = more;
                if waiting.insert(*from) {
                    changed.push_back(*from);
                }
            }
        }
    }
    held.retain(|_, days| !days.may.is_empty());
    held
}
