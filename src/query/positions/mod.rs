//! `positions`: each speaker's stance on each subject, when it changed, and who holds the opposite.

mod course;
mod one_course;
mod opponents;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::BuildHasher as _;

use foldhash::fast::{FixedState, RandomState};
use serde::Serialize;

use super::answer::{Dossier, Ref};
use super::bloom::BloomFilter;
use super::said::{ThroughRow, rows_through};
use super::selection::{Holder, ResolvedQuery, claim_dating};
use super::sort_key::{self, IdKey, Key};
use annals_graph::Through;
use annals_load::LoadResult;
use annals_model::{Act, ActorId, ClaimId, Facts, NodeRef, StanceValue};
use annals_time::{Bound, Certainty, Date};

pub use course::{ContradictingPairs, Course, Taken, is_opposed};
use opponents::Opponents;
pub use opponents::{Opposite, Opposites, opposites};

/// One speaker's position on one subject.
#[derive(Debug, Clone, Serialize)]
pub struct PositionRow {
    /// Who.
    pub speaker: Ref,
    /// The subject.
    pub toward: Ref,
    /// The stances, oldest first.
    pub history: Vec<StanceTaken>,
    /// Where one stance gave way to another.
    pub changes: Vec<ChangeRow>,
    /// Opposed stances that can have been held at the same time.
    pub contradictions: Vec<ContradictionRow>,
    /// Whether there can be more contradictions than these.
    #[serde(skip_serializing_if = "is_false")]
    pub more_contradictions: bool,
    /// Speakers who held an opposed stance while this speaker can have held theirs.
    pub opposed_by: Vec<Ref>,
    /// Whether there can be more such speakers than these.
    #[serde(skip_serializing_if = "is_false")]
    pub more_opposed_by: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes it so")]
pub(super) fn is_false(flag: &bool) -> bool {
    !flag
}

/// A stance that was taken.
#[derive(Debug, Clone, Serialize)]
pub struct StanceTaken {
    /// The claim.
    pub claim: String,
    /// Its handle.
    #[serde(skip)]
    pub id: ClaimId,
    /// The speaker's stance; null if the claim only withdraws earlier ones.
    pub value: Option<StanceValue>,
    /// When it was said.
    pub said: Option<Date>,
    /// Who spoke, if on behalf of the row's speaker.
    pub spokesman: Option<Ref>,
    /// The relations through which it counts.
    pub through: Vec<ThroughRow>,
    /// Whether it certainly matches the query, not only possibly.
    pub certain: bool,
}

/// A change from one stance to another.
#[derive(Debug, Clone, Serialize)]
pub struct ChangeRow {
    /// The earlier stance; null if there was none.
    pub from: Option<StanceValue>,
    /// The later stance; null if the earlier one was only withdrawn.
    pub to: Option<StanceValue>,
    /// The claims.
    pub claims: [String; 2],
    /// The fewest and the most days between them, if both are known.
    pub days: Option<[i64; 2]>,
}

/// Two claims that contradict each other.
#[derive(Debug, Clone, Serialize)]
pub struct ContradictionRow {
    /// The claims.
    pub claims: [String; 2],
}

/// Which rows to return.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PositionFilter {
    /// Only those with a contradiction.
    pub contradictions: bool,
    /// Only those with a change.
    pub changes: bool,
}

/// The details of a stance for a row, beside its course.
#[derive(Debug, Clone)]
struct Entry<'f> {
    taken: Taken<'f>,
    speaker: ActorId,
    through: Vec<Through>,
    certainty: Certainty,
}

/// The positions: a row for each speaker and subject, oldest first.
pub fn positions(
    dossier: &Dossier<'_>,
    selection: &ResolvedQuery,
    kept: PositionFilter,
) -> Vec<PositionRow> {
    let (facts, loaded) = (dossier.facts(), dossier.loaded);
    let mut opponents = Opponents::default();
    let mut keyed = Vec::new();
    let gathered = if kept.contradictions {
        let two_minded = two_minded(loaded, selection);
        gather(loaded, selection, |holder| two_minded.contains(holder))
    } else {
        gather(loaded, selection, |_| true)
    };
    for (holder, entries) in gathered {
        let taken: Vec<Taken<'_>> = entries.iter().map(|entry| entry.taken.clone()).collect();
        let course = Course { taken };
        let (contradictions, changes) = (course.contradictions(), course.changes());
        let fits = (!kept.contradictions || !contradictions.pairs.is_empty())
            && (!kept.changes || !changes.is_empty());
        if !fits {
            continue;
        }
        let spoke: BTreeSet<ActorId> = entries.iter().map(|entry| entry.speaker).collect();
        let first = entries
            .first()
            .map(|entry| Key::of_claim(facts, &selection.validity, entry.taken.claim));
        let row = Row {
            holder,
            entries: &entries,
            course: &course,
            contradictions,
            changes,
        };
        let (opposed_by, more_opposed_by) = opponents.rows(loaded, selection, &row, &spoke);
        let ids = (IdKey::new(facts, holder.0), IdKey::new(facts, holder.1));
        let sort = (first, ids);
        let mut written = row.written(dossier, opposed_by);
        written.more_opposed_by = more_opposed_by;
        keyed.push((sort, written));
    }
    keyed.sort_by(|a, b| a.0.cmp(&b.0));
    keyed.truncate(selection.limit.unwrap_or(usize::MAX));
    keyed.into_iter().map(|(_, row)| row).collect()
}

/// A speaker's opposed stances toward a subject that can have been held on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SelfContradiction {
    /// Who: a speaker, or whom they stood for.
    pub speaker: ActorId,
    /// The subject.
    pub toward: NodeRef,
    /// The claims, the earlier first.
    pub claims: [ClaimId; 2],
    /// Whether their dates leave no other possibility.
    pub certain: bool,
}

/// The contradictions among the stances of single speakers, and whether these are all.
pub fn contradictions(
    loaded: &LoadResult,
    selection: &ResolvedQuery,
) -> (BTreeSet<SelfContradiction>, bool) {
    let two_minded = two_minded(loaded, selection);
    let gathered = gather(loaded, selection, |holder| two_minded.contains(holder));
    let (mut all, mut is_complete) = (BTreeSet::new(), true);
    for ((speaker, toward), course) in courses(gathered) {
        let found = course.contradictions();
        is_complete &= found.is_complete;
        let certain = course.certain_contradictions(&found.pairs);
        let pairs = found.pairs.into_iter().zip(certain);
        all.extend(pairs.map(|((a, b), certain)| SelfContradiction {
            speaker,
            toward,
            claims: [a, b].map(|nth| course.taken[nth].claim),
            certain,
        }));
    }
    (all, is_complete)
}

/// A stance that a speaker took, as it is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListedStance {
    /// The claim.
    pub claim: ClaimId,
    /// The stance; `None` if the claim only withdraws earlier ones.
    pub value: Option<StanceValue>,
    /// The first day on which it can have been said.
    pub first: Bound,
    /// The last.
    pub last: Bound,
    /// Whether it certainly matches the selection.
    pub certain: bool,
}

/// The selected stances of each speaker toward each subject, in the order of [`positions`].
pub fn listed_stances(
    loaded: &LoadResult,
    selection: &ResolvedQuery,
) -> Vec<(Holder, Vec<ListedStance>)> {
    let listed = |entry: Entry<'_>| {
        let days = entry.taken.days.stretches();
        ListedStance {
            claim: entry.taken.claim,
            value: entry.taken.value,
            first: days.first().map_or(Bound::PAST, |days| days.0),
            last: days.last().map_or(Bound::FUTURE, |days| days.1),
            certain: entry.certainty.is_certain(),
        }
    };
    let gathered = gather(loaded, selection, |_| true).into_iter();
    gathered
        .map(|(holder, entries)| (holder, entries.into_iter().map(listed).collect()))
        .collect()
}

/// The claims that contradict one of its speakers' claims: the speaker, and the claim.
pub fn contradicting(
    loaded: &LoadResult,
    selection: &ResolvedQuery,
    claim: ClaimId,
) -> BTreeSet<(Holder, ClaimId)> {
    let facts = &loaded.facts;
    let mut own: BTreeSet<Holder> = BTreeSet::new();
    for toward in (facts.list(facts[claim].stance).iter()).filter_map(|stance| stance.toward) {
        selection.each_holder(facts, claim, toward, |_, standing| {
            own.insert(standing.holder);
        });
    }
    let gathered = gather(loaded, selection, |holder| own.contains(holder));
    let each = courses(gathered).flat_map(|(holder, course)| {
        let others = course.contradicting_claim(claim).into_iter();
        others.map(|other| (holder, other)).collect::<Vec<_>>()
    });
    each.collect()
}

/// Contradictions of one speaker toward one subject.
#[derive(Debug, Clone)]
pub enum Contradictions {
    /// Each pair of claims, the earlier first.
    Pairs(Vec<(ClaimId, ClaimId)>),
    /// The claims that contradict another, where there are too many pairs of them to list.
    Among(Vec<ClaimId>),
}

/// The contradictions of each speaker toward each subject: the pairs, up to this many for each
/// stance of a speaker toward a subject, else only the claims.
pub fn each_contradiction(
    loaded: &LoadResult,
    selection: &ResolvedQuery,
    of_each: usize,
    mut each: impl FnMut(ActorId, NodeRef, Contradictions),
) {
    let two_minded = two_minded(loaded, selection);
    let gathered = gather(loaded, selection, |holder| two_minded.contains(holder));
    for ((speaker, toward), course) in courses(gathered) {
        let claim = |nth: usize| course.taken[nth].claim;
        let found = match course.contradictions_up_to(of_each * course.taken.len()) {
            Some(pairs) => {
                let pairs: BTreeSet<(ClaimId, ClaimId)> = pairs
                    .into_iter()
                    .map(|(a, b)| (claim(a), claim(b)))
                    .collect();
                Contradictions::Pairs(pairs.into_iter().collect())
            }
            None => {
                let among = course.contradicting().into_iter();
                Contradictions::Among(among.map(claim).collect())
            }
        };
        each(speaker, toward, found);
    }
}

/// Speakers who have both supported and opposed a subject: only they can contradict themselves.
/// Only used for lookups, never iterated.
fn two_minded(loaded: &LoadResult, selection: &ResolvedQuery) -> HashSet<Holder, RandomState> {
    let facts = &loaded.facts;
    let sums = FixedState::default();
    let count = facts.lists.stances.len();
    let (mut supported, mut opposed) = (BloomFilter::of_about(count), BloomFilter::of_about(count));
    each_side(facts, selection, |_, holder, value| {
        let side = if value == StanceValue::Supports {
            &mut supported
        } else {
            &mut opposed
        };
        side.meet(sums.hash_one(holder));
    });
    let mut held: Vec<(Holder, StanceValue)> = Vec::new();
    each_side(facts, selection, |claim, holder, value| {
        let sum = sums.hash_one(holder);
        let both = supported.may_have(sum) && opposed.may_have(sum);
        if both && selection.claim(loaded, claim).is_some() {
            held.push((holder, value));
        }
    });
    held.sort_unstable();
    let same = held.chunk_by(|one, other| one.0 == other.0);
    let both = same.filter(|one| {
        let ends = one.first().zip(one.last());
        ends.is_some_and(|(first, last)| is_opposed(first.1, last.1))
    });
    both.map(|one| one[0].0).collect()
}

/// Visits all selected stances for and against a subject, of all claims.
fn each_side(
    facts: &Facts,
    selection: &ResolvedQuery,
    mut each: impl FnMut(ClaimId, Holder, StanceValue),
) {
    for (id, claim) in facts.claims.iter() {
        for stance in facts.list(claim.stance) {
            let sided = matches!(stance.value, StanceValue::Supports | StanceValue::Opposes);
            let Some(toward) = stance.toward.filter(|_| sided) else {
                continue;
            };
            if selection.asks_after(stance) {
                selection.each_holder(facts, id, toward, |_, standing| {
                    each(id, standing.holder, stance.value);
                });
            }
        }
    }
}

/// The stances by speaker and subject, in order.
type StancesByHolder<'l> = Vec<(Holder, Vec<Entry<'l>>)>;

/// The selected stances by speaker and subject, each list in order.
fn gather<'l>(
    loaded: &'l LoadResult,
    selection: &ResolvedQuery,
    wanted: impl Fn(&Holder) -> bool,
) -> StancesByHolder<'l> {
    let facts = &loaded.facts;
    let mut entries: Vec<(Holder, Entry<'l>)> = Vec::new();
    for id in facts.claims.handles() {
        let mut certainty = None;
        let stances = facts.list(facts[id].stance).iter();
        for stance in stances.filter(|stance| selection.asks_after(stance)) {
            let Some(toward) = stance.toward else {
                continue;
            };
            selection.each_holder(facts, id, toward, |speaker, standing| {
                if !wanted(&standing.holder) {
                    return;
                }
                let certainty = certainty.get_or_insert_with(|| selection.claim(loaded, id));
                if let Some(certainty) = *certainty {
                    let entry = Entry {
                        taken: taken(facts, selection, id, Some(stance.value)),
                        speaker,
                        through: standing.through,
                        certainty: certainty.and(standing.certainty),
                    };
                    entries.push((standing.holder, entry));
                }
            });
        }
    }
    // Stable: the stances of one claim keep their order.
    entries.sort_by_key(|(holder, _)| *holder);
    let mut all: StancesByHolder<'l> = Vec::new();
    for (holder, entry) in entries {
        match all.last_mut() {
            Some((last, list)) if *last == holder => list.push(entry),
            _ => all.push((holder, vec![entry])),
        }
    }
    one_course::of_each(selection, &mut all);
    for (_, list) in &mut all {
        in_order(facts, selection, list);
    }
    withdrawals(loaded, selection, &mut all);
    all
}

fn in_order(facts: &Facts, selection: &ResolvedQuery, list: &mut [Entry<'_>]) {
    let validity = &selection.validity;
    sort_key::sort(
        facts,
        validity,
        list,
        |entry| sort_key::claim_date(facts, validity, entry.taken.claim),
        |entry| entry.taken.claim.into(),
    );
}

fn taken<'l>(
    facts: &'l Facts,
    selection: &ResolvedQuery,
    id: ClaimId,
    value: Option<StanceValue>,
) -> Taken<'l> {
    let claim = &facts[id];
    let withdraws = if claim.act == Some(Act::Retracts) {
        facts.list(facts.links(claim).responds_to)
    } else {
        &[]
    };
    Taken {
        claim: id,
        value,
        said: claim.said.map(|said| facts.date(said)),
        days: claim_dating(facts, &selection.validity, id).days(),
        withdraws,
    }
}

/// Adds the claims that withdraw stances without taking another toward the same subject.
fn withdrawals<'l>(
    loaded: &'l LoadResult,
    selection: &ResolvedQuery,
    all: &mut StancesByHolder<'l>,
) {
    let facts = &loaded.facts;
    let withdrawing = facts.claims.iter().filter(|(id, claim)| {
        claim.act == Some(Act::Retracts)
            && !facts.list(facts.links(claim).responds_to).is_empty()
            && selection.validity.holds(facts, *id)
    });
    let withdrawing: Vec<ClaimId> = withdrawing.map(|(id, _)| id).collect();
    if withdrawing.is_empty() {
        return;
    }
    // Only used for lookups: by withdrawn stance, its position among all and its holder.
    let targets = withdrawing.iter();
    let targets = targets.flat_map(|id| facts.list(facts.links(&facts[*id]).responds_to));
    let mut by_claim: HashMap<ClaimId, Vec<(usize, ActorId)>, RandomState> =
        targets.map(|id| (*id, Vec::new())).collect();
    for (nth, (_, entries)) in all.iter().enumerate() {
        for entry in entries {
            if let Some(places) = by_claim.get_mut(&entry.taken.claim) {
                places.push((nth, entry.speaker));
            }
        }
    }
    let mut touched = BTreeSet::new();
    // Only used for lookups: which claims the lists that are touched have.
    let mut listed: HashMap<usize, HashSet<ClaimId, RandomState>, RandomState> = HashMap::default();
    for id in withdrawing {
        let claim = &facts[id];
        let withdrawn = facts.list(facts.links(claim).responds_to).iter();
        let withdrawn = withdrawn.filter_map(|one| by_claim.get(one));
        for &(nth, speaker) in withdrawn.flatten() {
            let list = &mut all[nth].1;
            let known = || list.iter().map(|entry| entry.taken.claim).collect();
            let Some(through) = selection.speaks_as(facts, id, speaker) else {
                continue;
            };
            if listed.entry(nth).or_insert_with(known).insert(id) {
                let own = facts.list(claim.speaker);
                let is_own = own.contains(&speaker);
                let withdrawer = own.first().copied().filter(|_| !is_own);
                list.push(Entry {
                    taken: taken(facts, selection, id, None),
                    speaker: withdrawer.unwrap_or(speaker),
                    through,
                    certainty: Certainty::Certainly,
                });
                touched.insert(nth);
            }
        }
    }
    for nth in touched {
        in_order(facts, selection, &mut all[nth].1);
    }
}

fn courses(entries: StancesByHolder<'_>) -> impl Iterator<Item = (Holder, Course<'_>)> {
    entries.into_iter().map(|(holder, list)| {
        let taken = list.into_iter().map(|entry| entry.taken).collect();
        (holder, Course { taken })
    })
}

/// A row before it is written.
struct Row<'r, 'f> {
    holder: Holder,
    entries: &'r [Entry<'f>],
    course: &'r Course<'f>,
    contradictions: ContradictingPairs,
    changes: Vec<(usize, usize)>,
}

impl Row<'_, '_> {
    fn written(&self, dossier: &Dossier<'_>, opposed_by: Vec<Ref>) -> PositionRow {
        let facts = dossier.facts();
        let (speaker, toward) = self.holder;
        let history = self.entries.iter().map(|entry| StanceTaken {
            claim: facts.id(entry.taken.claim).to_owned(),
            id: entry.taken.claim,
            value: entry.taken.value,
            said: entry.taken.said.cloned(),
            spokesman: (entry.speaker != speaker).then(|| Ref::new(facts, entry.speaker)),
            through: rows_through(facts, &entry.through),
            certain: entry.certainty.is_certain(),
        });
        let taken = &self.course.taken;
        let claims = |a: usize, b: usize| [a, b].map(|nth| facts.id(taken[nth].claim).to_owned());
        let changes = self.changes.iter().map(|&(a, b)| ChangeRow {
            from: taken[a].value,
            to: taken[b].value,
            claims: claims(a, b),
            days: self.course.days_between(a, b),
        });
        let contradictions = (self.contradictions.pairs.iter()).map(|&(a, b)| ContradictionRow {
            claims: claims(a, b),
        });
        PositionRow {
            speaker: Ref::new(facts, speaker),
            toward: Ref::new(facts, toward),
            history: history.collect(),
            changes: changes.collect(),
            contradictions: contradictions.collect(),
            more_contradictions: !self.contradictions.is_complete,
            opposed_by,
            more_opposed_by: false,
        }
    }
}
