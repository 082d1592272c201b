//! For which actors each claim counts: its speakers, or those for whom they speak.

use std::collections::{BTreeMap, BTreeSet};

use super::rollup::RollupSelection;
use super::{ResolvedQuery, claim_dating};
use crate::names::{NameError, look_up};
use annals_graph::Held;
use annals_model::{
    ActorId, Claim, ClaimId, Facts, Name, NodeRef, RecordKind, RecordRef, RelationId,
};
use annals_time::DaySet;

/// An actor for whom a claim counts.
#[derive(Debug, Clone)]
pub struct CountsFor {
    /// The actor.
    pub actor: ActorId,
    /// The days of the claim on which it counts for the actor.
    pub may: DaySet,
    /// Whether it does on every day on which the claim can have been said.
    pub sure: bool,
    /// The speakers by whom it does, each with whether certainly.
    pub speakers: Vec<(ActorId, bool)>,
}

/// Actors into whom claims are rolled up.
#[derive(Debug)]
pub struct Targets {
    of: Vec<(ActorId, RollupSelection)>,
    /// By speaker, or actor for whom a claim says that it speaks, the targets that can be meant.
    by_actor: BTreeMap<ActorId, Vec<u32>>,
}

impl Targets {
    /// The actors of some words: each an actor, or a kind of actors. Relations of some kinds roll up, and
    /// those that make two actors one for the selection.
    ///
    /// # Errors
    /// If a word is neither.
    pub fn new(
        facts: &Facts,
        selection: &ResolvedQuery,
        words: &[String],
        kinds: &[Name],
    ) -> Result<Targets, NameError> {
        let targets = named(facts, selection, words)?;
        let mut into: BTreeMap<ActorId, Vec<(RelationId, bool, ActorId)>> = BTreeMap::new();
        for (id, relation) in facts.relations.iter() {
            let is_one = selection.makes_one(facts, id);
            let rolls = relation.kind.is_some_and(|kind| kinds.contains(&kind));
            let Some((from, to)) = relation.from.zip(relation.to).filter(|(a, b)| a != b) else {
                continue;
            };
            if rolls || is_one {
                into.entry(to).or_default().push((id, is_one, from));
            }
            if is_one {
                into.entry(from).or_default().push((id, is_one, to));
            }
        }
        let capacities = facts.claims.iter().filter_map(|(_, claim)| claim.capacity);
        let capacities: BTreeSet<RelationId> = capacities.collect();
        let known = |id: RelationId| selection.validity.certainty(facts, id);
        let mut all = Targets {
            of: Vec::with_capacity(targets.len()),
            by_actor: BTreeMap::new(),
        };
        for (nth, actor) in (0_u32..).zip(targets) {
            let relations = leading(&into, actor);
            let rolled = RollupSelection::of_actor(facts, actor, &relations, &capacities, known);
            for who in rolled.who() {
                all.by_actor.entry(who).or_default().push(nth);
            }
            all.of.push((actor, rolled));
        }
        Ok(all)
    }

    /// The actors.
    pub fn actors(&self) -> impl Iterator<Item = ActorId> + '_ {
        self.of.iter().map(|(actor, _)| *actor)
    }

    fn possible(&self, facts: &Facts, claim: &Claim) -> BTreeSet<u32> {
        let under = claim.capacity.and_then(|relation| facts[relation].to);
        let speakers = facts.list(claim.speaker).iter().copied();
        let lists = speakers
            .chain(under)
            .filter_map(|actor| self.by_actor.get(&actor));
        lists.flatten().copied().collect()
    }

    /// For whom a claim counts, given the days on which it can have been said.
    pub fn of_claim(&self, facts: &Facts, claim: &Claim, days: &DaySet) -> Vec<CountsFor> {
        let mut found = Vec::new();
        for nth in self.possible(facts, claim) {
            let (actor, rolled) = &self.of[nth as usize];
            let all = rolled.allowed(facts, claim, days.clone());
            let mut held = Held::default();
            let mut speakers: Vec<(ActorId, bool)> = Vec::new();
            for (speaker, of) in rolled.spoken_by_each(facts, claim) {
                if days.intersection(&of.may).is_empty() {
                    continue;
                }
                speakers.push((speaker, of.must.contains(&all)));
                held = held.or(&of);
            }
            let may = days.intersection(&held.may);
            if !may.is_empty() {
                found.push(CountsFor {
                    actor: *actor,
                    sure: held.must.contains(&all),
                    may,
                    speakers,
                });
            }
        }
        found
    }
}

/// The relations that lead to an actor, by way of whomever.
fn leading(
    into: &BTreeMap<ActorId, Vec<(RelationId, bool, ActorId)>>,
    actor: ActorId,
) -> Vec<(RelationId, bool)> {
    let mut seen = BTreeSet::from([actor]);
    let mut waiting = vec![actor];
    let mut relations = BTreeSet::new();
    while let Some(to) = waiting.pop() {
        for (relation, is_one, from) in into.get(&to).into_iter().flatten() {
            relations.insert((*relation, *is_one));
            if seen.insert(*from) {
                waiting.push(*from);
            }
        }
    }
    relations.into_iter().collect()
}

/// The actors that words name: a kind of actors, or an actor.
fn named(
    facts: &Facts,
    selection: &ResolvedQuery,
    words: &[String],
) -> Result<BTreeSet<ActorId>, NameError> {
    let mut actors = BTreeSet::new();
    for word in words {
        let of_kind = facts.actors.handles().filter(|actor| {
            facts.kind_word(*actor) == Some(word) && selection.validity.holds(facts, *actor)
        });
        let before = actors.len();
        actors.extend(of_kind);
        if actors.len() > before || is_kind(facts, word) {
            continue;
        }
        if let RecordRef::Actor(actor) = look_up(facts, word, &[RecordKind::Actor])? {
            actors.insert(actor);
        }
    }
    Ok(actors)
}

/// Whether a word is a kind of actors.
fn is_kind(facts: &Facts, word: &str) -> bool {
    use annals_model::Vocabulary as _;
    annals_model::ActorKind::parse(word).is_some()
        || facts.own_words.actor_kinds.iter().any(|own| own == word)
}

impl ResolvedQuery {
    /// The speakers of a claim, each under the name that stands for all who are one with it, given the
    /// days on which it can have been said.
    pub fn speakers_of(&self, facts: &Facts, id: ClaimId, days: &DaySet) -> Vec<CountsFor> {
        let mut found: Vec<CountsFor> = Vec::new();
        for speaker in facts.list(facts[id].speaker).iter().copied() {
            for (actor, held) in self.one_with(speaker) {
                let may = days.intersection(&held.may);
                if may.is_empty() {
                    continue;
                }
                let sure = held.must.contains(days);
                match found.iter_mut().find(|one| one.actor == actor) {
                    Some(one) => {
                        one.may = one.may.union(&may);
                        one.sure |= sure;
                        one.speakers.push((speaker, sure));
                    }
                    None => found.push(CountsFor {
                        actor,
                        may,
                        sure,
                        speakers: vec![(speaker, sure)],
                    }),
                }
            }
        }
        found
    }

    /// A thing, under the name that stands for all that is one with it; and on which days it is.
    pub fn things_of(&self, thing: NodeRef) -> Vec<(NodeRef, Held)> {
        match thing {
            NodeRef::Actor(actor) => {
                let names = self.one_with(actor).into_iter();
                names.map(|(actor, held)| (actor.into(), held)).collect()
            }
            _ => vec![(thing, Held::always())],
        }
    }

    /// Whether no relations make two actors one.
    pub fn has_no_identities(&self) -> bool {
        self.identities.is_none()
    }

    /// The days on which a claim can have been said.
    pub fn said_on(&self, facts: &Facts, id: ClaimId) -> DaySet {
        claim_dating(facts, &self.validity, id).days()
    }

    /// Whether the days of a claim that match are simply those in the window.
    pub fn has_only_a_window(&self) -> bool {
        self.rolled.is_none()
            && self.span.between.before.is_none()
            && self.span.between.after.is_none()
    }
}
