//! Roll-up: who spoke for an actor on a given day, through dated relations.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use annals_model::{ActorId, Facts, Name, RelationId};
use annals_time::{Certainty, DaySet};

/// The kinds of relation through which a representative speaks for an actor, unless others are
/// requested: the representative is the relation's `from`, the actor its `to`.
pub const ROLLS_UP: &[&str] = &["represents", "holds_office", "part_of"];

/// The days on which something possibly holds, and those on which it certainly does.
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

    /// The conjunction: both hold on the same day.
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

/// A step in a chain of relations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Through {
    /// The relation.
    pub relation: RelationId,
    /// Whether it certainly held on the day.
    pub certain: bool,
}

/// The days on which each actor speaks for one of some target actors, through any number of
/// relations.
///
/// A chain holds on a day if all of its relations hold on that day. On a given day each relation
/// holds or not, independently of the others, and more relations never mean fewer chains. So an
/// actor certainly speaks for another on a day exactly if there is a chain of relations that all
/// certainly hold that day.
#[derive(Debug, Clone)]
pub struct Rollup {
    targets: BTreeSet<ActorId>,
    ties: BTreeMap<ActorId, Vec<Tie>>,
    held: BTreeMap<ActorId, Held>,
}

impl Rollup {
    /// The roll-up to some target actors through relations of some kinds; `known` returns for each
    /// relation whether it is in force.
    pub fn new(
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

    /// The same roll-up when a relation is stated to have held on the day: it then certainly holds
    /// on every day on which it possibly does. `None` if that makes no difference.
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

    /// Whether an actor is one of the targets.
    pub fn asks_for(&self, actor: ActorId) -> bool {
        self.targets.contains(&actor)
    }

    /// The days on which a relation possibly holds, regardless of the targets.
    pub fn may_hold(facts: &Facts, relation: RelationId) -> DaySet {
        held(facts, relation, Certainty::Certainly).may
    }

    /// The days on which a relation holds, regardless of the targets, if it is in force as `known` says.
    pub fn days_of(facts: &Facts, relation: RelationId, known: Certainty) -> Held {
        held(facts, relation, known)
    }

    /// The days on which an actor is one of the targets or speaks for one.
    pub fn held(&self, actor: ActorId) -> Option<&Held> {
        self.held.get(&actor)
    }

    /// The days on which someone who speaks under a relation speaks for one of the targets. The
    /// claim itself states that they speak under it, so its day must be one that the relation
    /// allows; no other day contradicts it.
    pub fn held_under(&self, facts: &Facts, relation: RelationId) -> Option<Held> {
        let tie = held(facts, relation, Certainty::Certainly);
        let onward = self.held(facts[relation].to?)?;
        Some(Held {
            must: tie.may.complement().union(&onward.must),
            may: tie.may.intersection(&onward.may),
        })
    }

    /// The chain through which an actor speaks for one of the targets on a day among `days`:
    /// preferably one that holds on all of `all`, then the shortest, then by the ids of its
    /// relations. Empty for the targets themselves.
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

    /// Breadth-first search over (actor, remaining days): an actor is visited again only for days
    /// on which it was not reached before.
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

/// The days on which a relation holds. Without a date it possibly holds on any day.
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

/// Propagates backwards from the targets along the relations until nothing changes. It terminates:
/// days are only added, and only between bounds that occur in some relation.
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
