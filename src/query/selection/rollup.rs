//! Roll-up: selects claims through the relations of their speakers, addressees and subjects, such
//! as `represents` and `part_of`, and through those that make two actors one.

use std::collections::{BTreeMap, BTreeSet};

use super::{Dating, ResolvedQuery, claim_dating};
use annals_graph::{Held, Identity, Rollup, Through};
use annals_model::{ActorId, Claim, ClaimId, Facts, Name, NodeRef, RecordRef, RelationId, Via};
use annals_time::{Certainty, DaySet};

/// The roll-up of each option that names actors.
#[derive(Debug, Clone)]
pub(super) struct RollupSelection {
    plain: Rollups,
    /// The roll-ups for claims that are made under a relation, which the claim states to have held
    /// on its day, wherever it is in a chain. Only relations for which that makes a difference.
    stated: BTreeMap<RelationId, Rollups>,
    /// Only through relations that make two actors one; `None` if none do.
    same: Option<Same>,
    /// Whether actors stand for others here, and not only for themselves under another name.
    rolls: bool,
}

/// Who is one with the actors of each option.
#[derive(Debug, Clone)]
struct Same {
    by: Option<Rollup>,
    about: Option<Rollup>,
    via: Option<Rollup>,
}

/// A roll-up each for speakers, addressees and subjects.
#[derive(Debug, Clone)]
struct Rollups {
    by: Option<Rollup>,
    to: Option<Rollup>,
    about: Option<Rollup>,
}

impl Rollups {
    /// The same, given that a relation is stated to have held; `None` if that makes no difference.
    fn stating(&self, relation: RelationId) -> Option<Rollups> {
        let all = [&self.by, &self.to, &self.about];
        let stated = all.map(|one| one.as_ref().and_then(|one| one.stating(relation)));
        if stated.iter().all(Option::is_none) {
            return None;
        }
        let [by, to, about] = stated;
        Some(Rollups {
            by: by.or_else(|| self.by.clone()),
            to: to.or_else(|| self.to.clone()),
            about: about.or_else(|| self.about.clone()),
        })
    }
}

impl RollupSelection {
    /// The roll-up through relations of some kinds (`None`: without --rollup), and through those that
    /// make two actors one.
    pub(super) fn new(
        facts: &Facts,
        selection: &ResolvedQuery,
        kinds: Option<&[Name]>,
        identity: Option<Identity>,
    ) -> Self {
        let through = |targets: &BTreeSet<ActorId>, kinds: &[Name]| {
            Rollup::new(facts, targets, kinds, identity.as_ref(), |id| {
                selection.validity.certainty(facts, id)
            })
        };
        let rollup = |targets: &BTreeSet<ActorId>| through(targets, kinds.unwrap_or_default());
        let same = |targets: &BTreeSet<ActorId>| through(targets, &[]);
        let actors = |nodes: &BTreeSet<NodeRef>| -> BTreeSet<ActorId> {
            nodes.iter().filter_map(|node| actor(*node)).collect()
        };
        let plain = Rollups {
            by: selection.by.as_ref().map(rollup),
            to: selection.to.as_ref().map(rollup),
            about: selection.about.as_ref().map(actors).map(|set| rollup(&set)),
        };
        let capacities: BTreeSet<RelationId> = facts
            .claims
            .iter()
            .filter_map(|(_, claim)| claim.capacity)
            .collect();
        let stated = capacities
            .into_iter()
            .filter_map(|relation| Some((relation, plain.stating(relation)?)));
        let passed_on = |records: &BTreeSet<RecordRef>| -> BTreeSet<ActorId> {
            let actors = records.iter().filter_map(|record| match record {
                RecordRef::Actor(id) => Some(*id),
                _ => None,
            });
            actors.collect()
        };
        RollupSelection {
            stated: stated.collect(),
            plain,
            same: identity.is_some().then(|| Same {
                by: selection.by.as_ref().map(same),
                about: selection.about.as_ref().map(actors).map(|set| same(&set)),
                via: selection.via.as_ref().map(passed_on).map(|set| same(&set)),
            }),
            rolls: kinds.is_some(),
        }
    }

    /// The roll-up to one actor, of speakers alone, through some relations: of those that are marked,
    /// which make two actors one, both speak for each other. `capacities` are the relations under which
    /// claims are made.
    pub(super) fn of_actor(
        facts: &Facts,
        actor: ActorId,
        relations: &[(RelationId, bool)],
        capacities: &BTreeSet<RelationId>,
        known: impl Fn(RelationId) -> Certainty,
    ) -> Self {
        let target = BTreeSet::from([actor]);
        let through = |relations: &[(RelationId, bool)]| {
            let each = relations.iter().copied();
            Rollups {
                by: Some(Rollup::through(facts, &target, each, &known)),
                to: None,
                about: None,
            }
        };
        let plain = through(relations);
        let stated = relations.iter().map(|(relation, _)| *relation);
        let stated = stated.filter(|relation| capacities.contains(relation));
        let stated = stated.filter_map(|relation| Some((relation, plain.stating(relation)?)));
        let mutual: Vec<(RelationId, bool)> = relations
            .iter()
            .copied()
            .filter(|(_, mutual)| *mutual)
            .collect();
        RollupSelection {
            stated: stated.collect(),
            same: (!mutual.is_empty()).then(|| Same {
                by: through(&mutual).by,
                about: None,
                via: None,
            }),
            plain,
            rolls: true,
        }
    }

    /// The roll-up of speakers.
    pub(super) fn by(&self) -> Option<&Rollup> {
        self.plain.by.as_ref()
    }

    /// The roll-up of those who are spoken to.
    pub(super) fn to(&self) -> Option<&Rollup> {
        self.plain.to.as_ref()
    }

    /// The roll-up of subjects.
    pub(super) fn about(&self) -> Option<&Rollup> {
        self.plain.about.as_ref()
    }

    /// Whether a relation under which a claim is made decides for whom others than its speaker stand.
    pub(super) fn states_of_others(&self) -> bool {
        let mut others = [&self.plain.to, &self.plain.about].into_iter().flatten();
        self.plain.by.is_some()
            && others.any(|one| {
                self.stated
                    .keys()
                    .any(|under| one.stating(*under).is_some())
            })
    }

    /// All who speak for a selected actor on some day.
    pub(super) fn who(&self) -> impl Iterator<Item = ActorId> + '_ {
        let by = self.plain.by.iter();
        by.flat_map(Rollup::all)
    }

    /// The relation under which a speaker speaks, if it decides for whom.
    pub(super) fn capacity(
        &self,
        facts: &Facts,
        claim: &Claim,
        speaker: ActorId,
    ) -> Option<RelationId> {
        self.rolls.then(|| capacity(facts, claim, speaker))?
    }

    fn same(&self, option: fn(&Same) -> &Option<Rollup>) -> Option<&Rollup> {
        option(self.same.as_ref()?).as_ref()
    }

    /// The relation under which a claim is made, if it decides for whom its speaker speaks.
    fn decided(&self, facts: &Facts, claim: &Claim) -> Option<RelationId> {
        let (rollup, under) = self.plain.by.as_ref().zip(claim.capacity)?;
        if !self.rolls {
            return None;
        }
        let holder = facts[under]
            .from
            .filter(|holder| !rollup.asks_for(*holder))?;
        facts.list(claim.speaker).contains(&holder).then_some(under)
    }

    fn rollups(&self, facts: &Facts, claim: &Claim) -> &Rollups {
        let decided = self.decided(facts, claim);
        decided
            .and_then(|under| self.stated.get(&under))
            .unwrap_or(&self.plain)
    }

    /// Whether a claim is by, to and about the selected actors on the same day, and that day lies
    /// in the window.
    pub(super) fn holds(
        &self,
        selection: &ResolvedQuery,
        facts: &Facts,
        id: ClaimId,
        dating: Dating<'_>,
        in_window: Certainty,
    ) -> Certainty {
        let claim = &facts[id];
        let held = self.held(selection, facts, id);
        let days = dating.days();
        let some_day = days
            .intersection(&selection.span.between.days())
            .intersection(&held.may);
        if some_day.is_empty() {
            Certainty::Never
        } else if in_window.is_certain() && held.must.contains(&self.allowed(facts, claim, days)) {
            Certainty::Certainly
        } else {
            Certainty::Possibly
        }
    }

    /// The days on which a claim is by, to and about the selected actors.
    pub(super) fn held(&self, selection: &ResolvedQuery, facts: &Facts, id: ClaimId) -> Held {
        let claim = &facts[id];
        (self.spoken(facts, claim))
            .and(&self.addressed(facts, claim))
            .and(&self.concerned(selection, facts, claim))
            .and(&self.passed_on(selection, facts, claim))
    }

    /// The days on which a claim can have been said, given that its speaker, if selected through
    /// roll-up, spoke under the relation that the claim names.
    pub(super) fn allowed(&self, facts: &Facts, claim: &Claim, days: DaySet) -> DaySet {
        match self.decided(facts, claim) {
            Some(under) => days.intersection(&Rollup::may_hold(facts, under)),
            None => days,
        }
    }

    /// The relations through which a claim is selected: of its speaker, its addressee, its subject.
    pub(super) fn through(
        &self,
        selection: &ResolvedQuery,
        facts: &Facts,
        id: ClaimId,
    ) -> Vec<Through> {
        let claim = &facts[id];
        let all = claim_dating(facts, &selection.validity, id).days();
        let held = self.held(selection, facts, id);
        let days = all
            .intersection(&selection.span.between.days())
            .intersection(&held.may);
        let mut through = Vec::new();
        if let Some(rollup) = &self.rollups(facts, claim).by {
            let each = facts.list(claim.speaker).iter();
            let each = each.map(|one| (*one, self.capacity(facts, claim, *one)));
            let same = self.same(|same| &same.by);
            through.extend(best([Some(rollup), same], facts, each, &days, &all));
        }
        if let Some(rollup) = &self.rollups(facts, claim).to {
            let each = facts.list(claim.to).iter().map(|one| (*one, None));
            through.extend(best([Some(rollup), None], facts, each, &days, &all));
        }
        if let (Some(rollup), Some(asked)) = (&self.rollups(facts, claim).about, &selection.about) {
            let subjects = subjects(selection, facts, claim);
            if !subjects.iter().any(|node| asked.contains(node)) {
                let each = subjects
                    .into_iter()
                    .filter_map(actor)
                    .map(|one| (one, None));
                through.extend(best([Some(rollup), None], facts, each, &days, &all));
            }
        }
        if let (Some(rollup), Some(asked)) = (self.same(|same| &same.via), &selection.via) {
            let via = facts.list(facts.links(claim).via).iter();
            if !via
                .clone()
                .any(|via| asked.contains(&super::record_of(*via)))
            {
                let each = via.filter_map(|via| passer(*via)).map(|one| (one, None));
                through.extend(best([Some(rollup), None], facts, each, &days, &all));
            }
        }
        through
    }

    /// Whether a record that is no claim is of and about the selected actors, by one name or
    /// another; on which days, given who takes part in it.
    pub(super) fn takes_part(&self, selection: &ResolvedQuery, actors: &[ActorId]) -> Held {
        let held = |rollup: Option<&Rollup>| match rollup {
            Some(rollup) => (actors.iter().filter_map(|one| rollup.held(*one)))
                .fold(Held::default(), |all, one| all.or(one)),
            None => Held::default(),
        };
        match &selection.by {
            Some(asked) if actors.iter().any(|one| asked.contains(one)) => Held::always(),
            Some(_) => held(self.same(|same| &same.by)),
            None => Held::always(),
        }
    }

    /// The same of what a relation is about: its two actors.
    pub(super) fn is_about(&self, actors: &[ActorId]) -> Held {
        let Some(rollup) = self.same(|same| &same.about) else {
            return Held::default();
        };
        (actors.iter().filter_map(|one| rollup.held(*one)))
            .fold(Held::default(), |all, one| all.or(one))
    }

    /// The relations through which a record that is no claim is selected.
    pub(super) fn through_other(
        &self,
        facts: &Facts,
        actors: &[ActorId],
        is_tie: bool,
        days: &DaySet,
    ) -> Vec<Through> {
        let mut through = Vec::new();
        let about = self.same(|same| &same.about).filter(|_| is_tie);
        for rollup in [self.same(|same| &same.by), about] {
            let each = actors.iter().map(|one| (*one, None));
            through.extend(best([rollup, None], facts, each, days, days));
        }
        through
    }

    /// Whether a claim was passed on by the selected actors, by one name or another, or claims.
    fn passed_on(&self, selection: &ResolvedQuery, facts: &Facts, claim: &Claim) -> Held {
        let (Some(rollup), Some(asked)) = (self.same(|same| &same.via), &selection.via) else {
            // Without it, the selection itself has decided.
            return Held::always();
        };
        let via = facts.list(facts.links(claim).via).iter();
        if via
            .clone()
            .any(|via| asked.contains(&super::record_of(*via)))
        {
            return Held::always();
        }
        (via.filter_map(|via| rollup.held(passer(*via)?)))
            .fold(Held::default(), |all, one| all.or(one))
    }

    /// Whether it decides who passed a claim on.
    pub(super) fn decides_via(&self) -> bool {
        self.same(|same| &same.via).is_some()
    }

    /// The same roll-up for any speaker.
    pub(super) fn of_anybody(&self) -> Self {
        let mut anybody = self.clone();
        anybody.plain.by = None;
        anybody.stated.clear();
        if let Some(same) = &mut anybody.same {
            same.by = None;
        }
        anybody
    }

    /// The same roll-up for speakers, whomever and whatever they spoke to and about.
    pub(super) fn of_speakers(&self) -> Self {
        let mut speakers = self.clone();
        for one in speakers.stated.values_mut().chain([&mut speakers.plain]) {
            (one.to, one.about) = (None, None);
        }
        speakers
    }

    /// Whether a node is, or can represent, one of the selected subjects.
    pub(super) fn concerns(&self, thing: NodeRef) -> bool {
        let rollup = self.plain.about.as_ref();
        rollup.is_some_and(|rollup| actor(thing).is_some_and(|one| rollup.held(one).is_some()))
    }

    /// The relations through which a speaker represents a selected actor; `None` if they do not.
    pub(super) fn spoken_through(
        &self,
        selection: &ResolvedQuery,
        facts: &Facts,
        id: ClaimId,
        speaker: ActorId,
    ) -> Option<Vec<Through>> {
        let rollup = self.rollups(facts, &facts[id]).by.as_ref()?;
        if rollup.asks_for(speaker) {
            return Some(Vec::new());
        }
        let all = claim_dating(facts, &selection.validity, id).days();
        let days = all.intersection(&selection.span.between.days());
        let under = self.capacity(facts, &facts[id], speaker);
        let chain = rollup.chain(facts, speaker, under, &days, &all);
        let leads = chain.last().map(|step| step.to);
        leads.filter(|end| rollup.asks_for(*end)).map(|_| chain)
    }

    fn spoken(&self, facts: &Facts, claim: &Claim) -> Held {
        if self.plain.by.is_none() {
            return Held::always();
        }
        (self.spoken_by_each(facts, claim)).fold(Held::default(), |all, (_, one)| all.or(&one))
    }

    /// The speakers of a claim who are, or stand for, a selected actor on some day; and on which days.
    pub(super) fn spoken_by_each<'a>(
        &'a self,
        facts: &'a Facts,
        claim: &'a Claim,
    ) -> impl Iterator<Item = (ActorId, Held)> + 'a {
        let rollup = self.rollups(facts, claim).by.as_ref();
        let each = facts.list(claim.speaker).iter().copied();
        each.filter_map(move |one| {
            let rollup = rollup?;
            let held = match self.capacity(facts, claim, one) {
                Some(under) if !rollup.asks_for(one) => {
                    let same = self.same(|same| &same.by);
                    let same = same.and_then(|same| same.held_while(facts, under, one));
                    let under = rollup.held_under(facts, under);
                    same.into_iter().chain(under).reduce(|a, b| a.or(&b))
                }
                _ => rollup.held(one).cloned(),
            };
            Some((one, held?))
        })
    }

    fn addressed(&self, facts: &Facts, claim: &Claim) -> Held {
        self.rollups(facts, claim)
            .to
            .as_ref()
            .map_or_else(Held::always, |rollup| {
                let each = facts.list(claim.to).iter();
                each.filter_map(|one| rollup.held(*one))
                    .fold(Held::default(), |all, one| all.or(one))
            })
    }

    fn concerned(&self, selection: &ResolvedQuery, facts: &Facts, claim: &Claim) -> Held {
        let subjects = subjects(selection, facts, claim);
        let (Some(rollup), Some(asked)) = (&self.rollups(facts, claim).about, &selection.about)
        else {
            let fits = selection.stance.is_empty() || !subjects.is_empty();
            return if fits {
                Held::always()
            } else {
                Held::default()
            };
        };
        if subjects.iter().any(|node| asked.contains(node)) {
            return Held::always();
        }
        (subjects.into_iter().filter_map(actor))
            .filter_map(|one| rollup.held(one))
            .fold(Held::default(), |all, one| all.or(one))
    }
}

/// The relation under which a speaker speaks, if the claim names one: it decides for whom they
/// speak.
fn capacity(facts: &Facts, claim: &Claim, speaker: ActorId) -> Option<RelationId> {
    claim
        .capacity
        .filter(|relation| facts[*relation].from == Some(speaker))
}

/// The subjects of a claim; if a stance is selected, the subjects of that stance.
fn subjects(selection: &ResolvedQuery, facts: &Facts, claim: &Claim) -> Vec<NodeRef> {
    let stances = facts.list(claim.stance).iter();
    if selection.stance.is_empty() {
        let toward = stances.filter_map(|stance| stance.toward);
        facts
            .list(claim.about)
            .iter()
            .copied()
            .chain(toward)
            .collect()
    } else {
        stances
            .filter(|stance| selection.stance.contains(&stance.value))
            .filter_map(|stance| stance.toward)
            .collect()
    }
}

/// The best of several chains: one that certainly holds, then the shortest, then the first. Of the
/// two roll-ups, the second leaves aside under which relation somebody speaks.
fn best(
    rollups: [Option<&Rollup>; 2],
    facts: &Facts,
    each: impl Iterator<Item = (ActorId, Option<RelationId>)>,
    days: &DaySet,
    all: &DaySet,
) -> Vec<Through> {
    let [Some(rollup), same] = rollups else {
        return Vec::new();
    };
    let mut chains = Vec::new();
    for (one, under) in each {
        if rollup.asks_for(one) {
            return Vec::new();
        }
        let by_name = under.zip(same).map(|(under, same)| {
            let days = days.intersection(&Rollup::may_hold(facts, under));
            same.chain(facts, one, None, &days, all)
        });
        let both = std::iter::once(rollup.chain(facts, one, under, days, all)).chain(by_name);
        chains.extend(both.filter(|chain| !chain.is_empty()));
    }
    let key = |chain: &Vec<Through>| (chain.iter().any(|step| !step.certain), chain.len());
    chains.into_iter().min_by_key(key).unwrap_or_default()
}

/// The actor who passed a claim on, if it was one.
fn passer(via: Via) -> Option<ActorId> {
    match via {
        Via::Actor(id) => Some(id),
        Via::Claim(_) => None,
    }
}

fn actor(node: NodeRef) -> Option<ActorId> {
    match node {
        NodeRef::Actor(id) => Some(id),
        _ => None,
    }
}
