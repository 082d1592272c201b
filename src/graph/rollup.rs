//! Roll-up: who spoke for an actor on a given day, through dated relations.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use annals_model::{ActorId, Facts, Name, RelationId, SAME_AS};
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

impl Tie {
    /// When it is stated to have held on the day.
    fn stated(&self) -> Held {
        Held {
            may: self.held.may.clone(),
            must: self.held.may.clone(),
        }
    }
}

/// A step in a chain of relations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Through {
    /// The relation.
    pub relation: RelationId,
    /// Whether it certainly held on the day.
    pub certain: bool,
    /// The actor to whom it leads.
    pub to: ActorId,
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
    targets: Arc<BTreeSet<ActorId>>,
    ties: Arc<Ties>,
    held: Arc<BTreeMap<ActorId, Held>>,
    stated: Option<Stated>,
}

/// The relations that are followed.
#[derive(Debug, Default)]
struct Ties {
    /// Of each actor, by the ids of the relations.
    of: BTreeMap<ActorId, Vec<Tie>>,
    /// The same from the other end: who is tied to an actor, and by which of their ties.
    into: BTreeMap<ActorId, Vec<(ActorId, usize)>>,
    /// The actors of whom a relation is a tie.
    by_relation: BTreeMap<RelationId, Vec<ActorId>>,
}

/// What differs where a relation is stated to have held: many relations can be, and each makes a difference
/// to few actors.
#[derive(Debug, Clone)]
struct Stated {
    relation: RelationId,
    /// The actors whose days differ.
    held: BTreeMap<ActorId, Held>,
}

impl Ties {
    /// By the actors from whom they lead.
    fn new(facts: &Facts, mut of: BTreeMap<ActorId, Vec<Tie>>) -> Ties {
        let mut into: BTreeMap<ActorId, Vec<(ActorId, usize)>> = BTreeMap::new();
        let mut by_relation: BTreeMap<RelationId, Vec<ActorId>> = BTreeMap::new();
        for (from, of_one) in &mut of {
            of_one.sort_by(|a, b| facts.id(a.relation).cmp(facts.id(b.relation)));
            for (nth, tie) in of_one.iter().enumerate() {
                into.entry(tie.to).or_default().push((*from, nth));
                by_relation.entry(tie.relation).or_default().push(*from);
            }
        }
        Ties {
            of,
            into,
            by_relation,
        }
    }

    /// The ties of an actor that are of a relation.
    fn of_relation(&self, actor: ActorId, relation: RelationId) -> impl Iterator<Item = &Tie> {
        let of_one = self.of.get(&actor).into_iter().flatten();
        of_one.filter(move |tie| tie.relation == relation)
    }
}

impl Rollup {
    /// The roll-up to some target actors through relations of some kinds, and either way through
    /// those that make two actors one; `known` returns for each relation whether it is in force.
    pub fn new(
        facts: &Facts,
        targets: &BTreeSet<ActorId>,
        kinds: &[Name],
        identity: Option<&Identity>,
        known: impl Fn(RelationId) -> Certainty,
    ) -> Rollup {
        let relations = facts.relations.iter();
        let rolling = relations.filter_map(|(id, relation)| {
            let is_one = identity.is_some_and(|identity| identity.counts(facts, id));
            let rolls = relation.kind.is_some_and(|kind| kinds.contains(&kind));
            (rolls || is_one).then_some((id, is_one))
        });
        Rollup::through(facts, targets, rolling, known)
    }

    /// The roll-up to some target actors through some relations; of those that are marked, both
    /// actors speak for each other.
    pub fn through(
        facts: &Facts,
        targets: &BTreeSet<ActorId>,
        relations: impl IntoIterator<Item = (RelationId, bool)>,
        known: impl Fn(RelationId) -> Certainty,
    ) -> Rollup {
        let mut ties: BTreeMap<ActorId, Vec<Tie>> = BTreeMap::new();
        for (relation, is_mutual) in relations {
            let ends = facts[relation].from.zip(facts[relation].to);
            let Some((from, to)) = ends.filter(|(a, b)| a != b) else {
                continue;
            };
            let held = held(facts, relation, known(relation));
            if held.may.is_empty() {
                continue;
            }
            let mut add = |from: ActorId, to: ActorId, held: Held| {
                let tie = Tie { relation, to, held };
                ties.entry(from).or_default().push(tie);
            };
            if is_mutual {
                add(to, from, held.clone());
            }
            add(from, to, held);
        }
        let ties = Ties::new(facts, ties);
        let all = targets.iter().map(|target| (*target, Held::always()));
        let mut held = all.collect();
        spread(&ties, None, &BTreeMap::new(), &mut held, targets.clone());
        held.retain(|_, days| !days.may.is_empty());
        Rollup {
            targets: Arc::new(targets.clone()),
            ties: Arc::new(ties),
            held: Arc::new(held),
            stated: None,
        }
    }

    /// The same roll-up when a relation is stated to have held on the day: it then certainly holds
    /// on every day on which it possibly does. `None` if that makes no difference: the relation certainly
    /// holds on these days anyway, or leads to no target.
    pub fn stating(&self, relation: RelationId) -> Option<Rollup> {
        let mut held: BTreeMap<ActorId, Held> = BTreeMap::new();
        let mut changed = BTreeSet::new();
        let mut differs = false;
        for from in self.ties.by_relation.get(&relation)? {
            for tie in self.ties.of_relation(*from, relation) {
                let Some(onward) = self.held.get(&tie.to) else {
                    continue;
                };
                if tie.held.must == tie.held.may {
                    continue;
                }
                differs = true;
                let here = held.get(from).or_else(|| self.held.get(from));
                let here = here.cloned().unwrap_or_default();
                let more = here.or(&onward.and(&tie.stated()));
                if more != here {
                    held.insert(*from, more);
                    changed.insert(*from);
                }
            }
        }
        if !differs {
            return None;
        }
        spread(&self.ties, Some(relation), &self.held, &mut held, changed);
        Some(Rollup {
            stated: Some(Stated { relation, held }),
            ..self.clone()
        })
    }

    /// The days on which a relation certainly holds here.
    fn must<'t>(&self, tie: &'t Tie) -> &'t DaySet {
        match &self.stated {
            Some(stated) if stated.relation == tie.relation => &tie.held.may,
            _ => &tie.held.must,
        }
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
        let stated = self.stated.as_ref();
        let stated = stated.and_then(|stated| stated.held.get(&actor));
        stated.or_else(|| self.held.get(&actor))
    }

    /// The targets and all who speak for one of them on a day among some.
    pub fn who(&self, days: &DaySet) -> impl Iterator<Item = ActorId> {
        let held = self.held.iter();
        let held = held.filter(|(_, held)| !held.may.intersection(days).is_empty());
        held.map(|(actor, _)| *actor)
    }

    /// The targets and all who speak for one of them on some day.
    pub fn all(&self) -> impl Iterator<Item = ActorId> + '_ {
        self.held.keys().copied()
    }

    /// The days on which someone who speaks under a relation speaks for one of the targets. The
    /// claim itself states that they speak under it, so its day must be one that the relation
    /// allows; no other day contradicts it.
    pub fn held_under(&self, facts: &Facts, relation: RelationId) -> Option<Held> {
        self.held_while(facts, relation, facts[relation].to?)
    }

    /// The days on which an actor is one of the targets or speaks for one, in a claim that is made
    /// under a relation.
    pub fn held_while(&self, facts: &Facts, relation: RelationId, actor: ActorId) -> Option<Held> {
        let tie = held(facts, relation, Certainty::Certainly);
        let onward = self.held(actor)?;
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
        let Some(to) = facts[relation].to else {
            return Vec::new();
        };
        let step = Through {
            relation,
            certain: true,
            to,
        };
        let may = held(facts, relation, Certainty::Certainly).may;
        let onward = if self.targets.contains(&to) {
            Some(Vec::new())
        } else {
            self.search(to, &days.intersection(&may), all)
        };
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
            for tie in self.ties.of.get(&here).into_iter().flatten() {
                let certain = self.must(tie).contains(all);
                let left = left.intersection(&tie.held.may);
                if (sure && !certain) || left.is_empty() || !self.held.contains_key(&tie.to) {
                    continue;
                }
                let relation = tie.relation;
                let to = tie.to;
                let step = Through {
                    relation,
                    certain,
                    to,
                };
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

/// Which relations make two actors one for a question (`--identity`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Identity {
    /// Those that nobody in particular asserts.
    Stated,
    /// Those, and those that an actor asserts.
    By(ActorId),
    /// All of them.
    All,
}

impl Identity {
    /// Whether a relation is one of them.
    pub fn counts(self, facts: &Facts, relation: RelationId) -> bool {
        let relation = &facts[relation];
        let is_identity = relation
            .kind
            .is_some_and(|kind| facts.name(kind) == SAME_AS);
        let by = facts.list(relation.by);
        is_identity
            && match self {
                Identity::Stated => by.is_empty(),
                Identity::By(actor) => by.is_empty() || by.contains(&actor),
                Identity::All => true,
            }
    }
}

/// The days on which a relation holds. Without a date it possibly holds on any day.
pub fn held(facts: &Facts, relation: RelationId, known: Certainty) -> Held {
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

/// Propagates backwards along the relations, from actors whose days have changed, until nothing changes any
/// more. `held` has the days of those whose days are other than in `before`. It terminates: days are only
/// added, and only between bounds that occur in some relation.
fn spread(
    ties: &Ties,
    stated: Option<RelationId>,
    before: &BTreeMap<ActorId, Held>,
    held: &mut BTreeMap<ActorId, Held>,
    changed: BTreeSet<ActorId>,
) {
    let mut queue: VecDeque<ActorId> = changed.iter().copied().collect();
    let mut waiting = changed;
    while let Some(to) = queue.pop_front() {
        waiting.remove(&to);
        let here = held.get(&to).or_else(|| before.get(&to));
        let here = here.cloned().unwrap_or_default();
        for (from, nth) in ties.into.get(&to).into_iter().flatten() {
            let tie = &ties.of[from][*nth];
            let more = if stated == Some(tie.relation) {
                here.and(&tie.stated())
            } else {
                here.and(&tie.held)
            };
            let there = held.get(from).or_else(|| before.get(from));
            let there = there.cloned().unwrap_or_default();
            let more = there.or(&more);
            if more != there {
                held.insert(*from, more);
                if waiting.insert(*from) {
                    queue.push_back(*from);
                }
            }
        }
    }
}
