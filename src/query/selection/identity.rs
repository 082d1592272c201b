//! Identity as a claim: actors that relations of kind `same_as` make one, for a question only.

use std::collections::{BTreeMap, BTreeSet};

use super::{Dating, ResolvedQuery, claim_dating};
use annals_graph::{Held, Identity, Rollup, Through, held};
use annals_model::{ActorId, ClaimId, Facts, Name, NodeRef, RelationId};
use annals_time::{Certainty, DaySet};

/// Who holds a position, and toward what: each actor under the name that stands for all who are one
/// with it.
pub type Holder = (ActorId, NodeRef);

/// How a stance counts for a holder.
#[derive(Debug, Clone)]
pub struct Standing {
    /// Whose stance it is.
    pub holder: Holder,
    /// The relations through which it is.
    pub through: Vec<Through>,
    /// Whether it is certainly.
    pub certainty: Certainty,
}

/// The actors that are one with others on some day.
#[derive(Debug, Clone)]
pub(super) struct Identities {
    identity: Identity,
    /// By actor, its group: all whom a chain of relations joins to it, on whatever days.
    groups: BTreeMap<ActorId, usize>,
    /// By group, those who may be different on some day, each standing for all who always are one
    /// with it: who is one with it, and when.
    members: Vec<Vec<Member>>,
    /// The actors asked for with `--by`, with all whose claims are theirs.
    asked: Vec<Member>,
}

#[derive(Debug, Clone)]
struct Member {
    actor: ActorId,
    of: Rollup,
    /// Those whose claims are this one's whatever the relation under which they are made.
    same: Rollup,
}

impl Identities {
    pub(super) fn new(
        facts: &Facts,
        selection: &ResolvedQuery,
        identity: Identity,
        kinds: &[Name],
    ) -> Self {
        let known = |id: RelationId| selection.validity.certainty(facts, id);
        let relations = facts.relations.iter().map(|(id, _)| id);
        let relations = relations.filter(|id| identity.counts(facts, *id));
        // Those that join two actors on some day, and those that do on every day.
        let (mut some, mut always) = (Joined::default(), Joined::default());
        let mut ties: Vec<(RelationId, ActorId)> = Vec::new();
        for id in relations {
            let Some((from, to)) = facts[id].from.zip(facts[id].to).filter(|(a, b)| a != b) else {
                continue;
            };
            let held = held(facts, id, known(id));
            if held.may.is_empty() {
                continue;
            }
            some.join(from, to);
            ties.push((id, from));
            if selection.every_day(&held) {
                always.join(from, to);
            }
        }
        let (groups, by_group) = grouped(selection, &some, &always, ties);
        let of_group = |(firsts, relations): (BTreeSet<ActorId>, Vec<RelationId>)| {
            let member = |actor: ActorId| {
                let mutual = relations.iter().map(|id| (*id, true));
                let of = Rollup::through(facts, &BTreeSet::from([actor]), mutual, known);
                Member {
                    actor,
                    same: of.clone(),
                    of,
                }
            };
            firsts.into_iter().map(member).collect()
        };
        let members = by_group.into_iter().map(of_group).collect();
        let asked = selection.by.iter().flatten().map(|actor| {
            let targets = BTreeSet::from([*actor]);
            let of = |kinds: &[Name]| Rollup::new(facts, &targets, kinds, Some(&identity), known);
            Member {
                actor: *actor,
                of: of(kinds),
                same: of(&[]),
            }
        });
        Identities {
            identity,
            groups,
            members,
            asked: asked.collect(),
        }
    }

    /// The same for any speaker.
    pub(super) fn of_anybody(&self) -> Self {
        Identities {
            asked: Vec::new(),
            ..self.clone()
        }
    }

    /// The group of an actor, if it is one with another on some day.
    pub(super) fn group(&self, actor: ActorId) -> Option<usize> {
        self.groups.get(&actor).copied()
    }

    fn members(&self, actor: ActorId) -> &[Member] {
        self.group(actor).map_or(&[], |group| &self.members[group])
    }
}

/// Those of a group who may be different on some day, and the relations within it.
type Group = (BTreeSet<ActorId>, Vec<RelationId>);

/// The group of each actor that is one with another on `some` day, and the groups. Those who `always`
/// are one stand under one name.
fn grouped(
    selection: &ResolvedQuery,
    some: &Joined,
    always: &Joined,
    ties: Vec<(RelationId, ActorId)>,
) -> (BTreeMap<ActorId, usize>, Vec<Group>) {
    // Who is asked about lends their name to all who are one with them.
    let asked = selection.about.iter().flatten();
    let asked = asked.filter_map(|node| match node {
        NodeRef::Actor(actor) => Some((always.root(*actor), *actor)),
        _ => None,
    });
    let names: BTreeMap<ActorId, ActorId> = asked.collect();
    let mut by_root: BTreeMap<ActorId, Group> = BTreeMap::new();
    for actor in some.actors() {
        let first = always.root(actor);
        let name = names.get(&first).copied().unwrap_or(first);
        by_root.entry(some.root(actor)).or_default().0.insert(name);
    }
    for (id, from) in ties {
        by_root.entry(some.root(from)).or_default().1.push(id);
    }
    let nth: BTreeMap<ActorId, usize> = by_root.keys().copied().zip(0..).collect();
    let each = some.actors();
    let groups = each.filter_map(|actor| Some((actor, *nth.get(&some.root(actor))?)));
    (groups.collect(), by_root.into_values().collect())
}

/// Actors joined into groups, each called by its first actor.
#[derive(Default)]
struct Joined {
    above: BTreeMap<ActorId, ActorId>,
}

impl Joined {
    fn root(&self, actor: ActorId) -> ActorId {
        let mut at = actor;
        while let Some(above) = self.above.get(&at).filter(|above| **above != at) {
            at = *above;
        }
        at
    }

    fn join(&mut self, one: ActorId, other: ActorId) {
        let (a, b) = (self.root(one), self.root(other));
        let (first, last) = (a.min(b), a.max(b));
        self.above.entry(first).or_insert(first);
        self.above.insert(last, first);
        // Short ways for the next.
        for actor in [one, other] {
            self.above.insert(actor, first);
        }
    }

    fn actors(&self) -> impl Iterator<Item = ActorId> + '_ {
        self.above.keys().copied()
    }
}

/// Under which name an actor's part in a claim counts, and through what.
struct Called {
    actor: ActorId,
    through: Vec<Through>,
    certainty: Certainty,
}

impl ResolvedQuery {
    /// The holders of a stance that a claim takes toward a thing, each with the speaker: the selected
    /// speakers, or those whom they represent in the answer.
    pub fn each_holder(
        &self,
        facts: &Facts,
        id: ClaimId,
        toward: NodeRef,
        mut each: impl FnMut(ActorId, Standing),
    ) {
        let Some(identities) = &self.identities else {
            self.each_represented(facts, id, |speaker, holder, through| {
                let holder = (holder, toward);
                each(
                    speaker,
                    Standing {
                        holder,
                        through,
                        certainty: Certainty::Certainly,
                    },
                );
            });
            return;
        };
        let dating = claim_dating(facts, &self.validity, id);
        let subjects = match toward {
            NodeRef::Actor(actor) => self.names(facts, identities.members(actor), actor, dating),
            _ => Vec::new(),
        };
        for speaker in facts.list(facts[id].speaker).iter().copied() {
            let names = if self.by.is_some() {
                let rolled = self.rolled.as_ref();
                let under = rolled.and_then(|rolled| rolled.capacity(facts, &facts[id], speaker));
                self.names_of(facts, &identities.asked, speaker, under, dating)
            } else {
                self.names(facts, identities.members(speaker), speaker, dating)
            };
            for name in names {
                let standing = |toward: NodeRef, more: &[Through], certainty: Certainty| Standing {
                    holder: (name.actor, toward),
                    through: name.through.iter().chain(more).copied().collect(),
                    certainty: name.certainty.and(certainty),
                };
                if !matches!(toward, NodeRef::Actor(_)) {
                    each(speaker, standing(toward, &[], Certainty::Certainly));
                }
                for subject in &subjects {
                    let toward = NodeRef::Actor(subject.actor);
                    each(
                        speaker,
                        standing(toward, &subject.through, subject.certainty),
                    );
                }
            }
        }
    }

    /// The names under which an actor's part in a claim counts, each with whether it certainly does:
    /// its own, unless it is one with another on the day of the claim. Who is asked after with `--by`
    /// lends their name to all who always are one with them.
    pub fn each_name(
        &self,
        facts: &Facts,
        id: ClaimId,
        actor: ActorId,
        mut each: impl FnMut(ActorId, bool),
    ) {
        let Some(identities) = &self.identities else {
            return each(actor, true);
        };
        let dating = claim_dating(facts, &self.validity, id);
        let days = dating.days();
        for name in self.names(facts, identities.members(actor), actor, dating) {
            let asked = identities.asked.iter().find_map(|asked| {
                let is_one = asked.same.held(name.actor).map(|held| self.every_day(held));
                let held = asked.same.held(actor)?;
                is_one?.then_some((asked.actor, held.must.contains(&days)))
            });
            let (actor, certain) = asked.unwrap_or((name.actor, name.certainty.is_certain()));
            each(actor, certain);
        }
    }

    /// Whether two who are one on these days are taken to be so on every day.
    fn every_day(&self, held: &Held) -> bool {
        let days = if self.surely { &held.must } else { &held.may };
        *days == DaySet::always()
    }

    /// The names of an actor among the members of its group, or its own if it is in none.
    fn names(
        &self,
        facts: &Facts,
        members: &[Member],
        actor: ActorId,
        dating: Dating<'_>,
    ) -> Vec<Called> {
        if members.is_empty() {
            return vec![Called {
                actor,
                through: Vec::new(),
                certainty: Certainty::Certainly,
            }];
        }
        self.names_of(facts, members, actor, None, dating)
    }

    /// Those of some members as whom an actor counts, given the relation under which they speak.
    fn names_of(
        &self,
        facts: &Facts,
        members: &[Member],
        actor: ActorId,
        under: Option<RelationId>,
        dating: Dating<'_>,
    ) -> Vec<Called> {
        let all = dating.days();
        // The claim itself says that it was made while that relation held.
        let all = match under {
            Some(under) => all.intersection(&Rollup::may_hold(facts, under)),
            None => all,
        };
        let days = all.intersection(&self.span.between.days());
        let named = members.iter().filter_map(|member| {
            let own = member.same.held(actor).cloned();
            let of = match under {
                Some(under) => member.of.held_under(facts, under),
                None => member.of.held(actor).cloned(),
            };
            let held = own.into_iter().chain(of).reduce(|a, b| a.or(&b))?;
            if days.intersection(&held.may).is_empty() {
                return None;
            }
            let certainty = if held.must.contains(&all) {
                Certainty::Certainly
            } else {
                Certainty::Possibly
            };
            let same = member.same.chain(facts, actor, None, &days, &all);
            let through = if same.is_empty() && !member.same.asks_for(actor) {
                member.of.chain(facts, actor, under, &days, &all)
            } else {
                same
            };
            Some(Called {
                actor: member.actor,
                through,
                certainty: self.sure_enough(certainty)?,
            })
        });
        named.collect()
    }

    /// The names of an actor, each with the days on which it stands for it.
    pub(super) fn one_with(&self, actor: ActorId) -> Vec<(ActorId, Held)> {
        let members = self.identities.as_ref().map(|one| one.members(actor));
        match members {
            None | Some([]) => vec![(actor, Held::always())],
            Some(members) => {
                let each = members.iter();
                each.filter_map(|one| Some((one.actor, one.same.held(actor)?.clone())))
                    .collect()
            }
        }
    }

    /// Whether a relation makes two actors one in this selection.
    pub fn makes_one(&self, facts: &Facts, relation: RelationId) -> bool {
        (self.identities.as_ref()).is_some_and(|one| one.identity.counts(facts, relation))
    }

    /// The group of actors to which an actor belongs, if it is one with others on some day.
    pub fn group(&self, node: NodeRef) -> Option<usize> {
        match (node, &self.identities) {
            (NodeRef::Actor(actor), Some(identities)) => identities.group(actor),
            _ => None,
        }
    }

    /// Whether a speaker of a claim is, or can be, one with an actor on the day of the claim; and
    /// through which relations.
    pub fn speaks_as(&self, facts: &Facts, id: ClaimId, actor: ActorId) -> Option<Vec<Through>> {
        let speakers = facts.list(facts[id].speaker);
        if speakers.contains(&actor) {
            return Some(Vec::new());
        }
        let identities = self.identities.as_ref()?;
        let members = identities.members(actor);
        let dating = claim_dating(facts, &self.validity, id);
        let all = dating.days();
        let same = |speaker: &ActorId| {
            members.iter().find_map(|member| {
                let (one, other) = (member.same.held(*speaker)?, member.same.held(actor)?);
                let both = one.and(other);
                let possible = !both.may.intersection(&all).is_empty();
                let sure = both.must.contains(&all);
                let fits = if self.surely { sure } else { possible };
                fits.then(|| {
                    let mut chain = member.same.chain(facts, *speaker, None, &all, &all);
                    chain.extend(member.same.chain(facts, actor, None, &all, &all));
                    chain
                })
            })
        };
        speakers.iter().find_map(same)
    }
}
