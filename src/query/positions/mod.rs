//! `positions`: where each speaker stood on each thing, when that changed, who stands opposite.

mod course;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::answer::{Dossier, Ref};
use super::order::{Key, claim_key};
use super::said::{ThroughRow, rows_through};
use super::selection::{Selection, claim_dating};
use crate::graph::Through;
use crate::load::Loaded;
use crate::model::{Act, ActorId, ClaimId, Facts, NodeRef, StanceValue};
use crate::time::{Certainty, Date, DaySet};

pub use course::{Course, Taken, is_opposed};

/// Where one speaker stood on one thing.
#[derive(Debug, Clone, Serialize)]
pub struct PositionRow {
    /// Who.
    pub speaker: Ref,
    /// On what.
    pub toward: Ref,
    /// The stances, oldest first.
    pub history: Vec<StanceTaken>,
    /// Where one gave way to another.
    pub changes: Vec<ChangeRow>,
    /// Opposed stances that can have been held at once.
    pub contradictions: Vec<ContradictionRow>,
    /// Who held an opposed stance while this speaker can have held theirs.
    pub opposed_by: Vec<Ref>,
}

/// A stance that was taken.
#[derive(Debug, Clone, Serialize)]
pub struct StanceTaken {
    /// The claim.
    pub claim: String,
    /// Its handle.
    #[serde(skip)]
    pub id: ClaimId,
    /// Where its speaker stood; null where the claim only withdraws what was said before.
    pub value: Option<StanceValue>,
    /// When it was said.
    pub said: Option<Date>,
    /// Who spoke, where they stood for the speaker of the row.
    pub spokesman: Option<Ref>,
    /// The ties through which they did.
    pub through: Vec<ThroughRow>,
    /// Whether it is surely what was asked for, not only possibly.
    pub certain: bool,
}

/// A stance that gave way to another.
#[derive(Debug, Clone, Serialize)]
pub struct ChangeRow {
    /// From this; null where there was none.
    pub from: Option<StanceValue>,
    /// To this; null where it was only withdrawn.
    pub to: Option<StanceValue>,
    /// The claims.
    pub claims: [String; 2],
    /// The least and the most days between them, where both are known.
    pub days: Option<[i64; 2]>,
}

/// Two claims that contradict each other.
#[derive(Debug, Clone, Serialize)]
pub struct ContradictionRow {
    /// The claims.
    pub claims: [String; 2],
}

/// Which rows are kept.
#[derive(Debug, Clone, Copy, Default)]
pub struct Kept {
    /// Only those with a contradiction.
    pub contradictions: bool,
    /// Only those with a change.
    pub changes: bool,
}

/// One whose stance on something is asked about.
type Holder = (ActorId, NodeRef);

/// How a stance comes into a row, beside the course.
#[derive(Debug, Clone)]
struct Entry<'f> {
    taken: Taken<'f>,
    speaker: ActorId,
    through: Vec<Through>,
    certainty: Certainty,
}

/// Who stood where on what: a row for each speaker and thing, oldest first.
pub fn positions(dossier: &Dossier<'_>, selection: &Selection, kept: Kept) -> Vec<PositionRow> {
    let (facts, loaded) = (dossier.facts(), dossier.loaded);
    let mut opponents = Opponents::default();
    let mut keyed = Vec::new();
    for (holder, entries) in gather(loaded, selection) {
        let taken: Vec<Taken<'_>> = entries.iter().map(|entry| entry.taken.clone()).collect();
        let course = Course { taken };
        let (contradictions, changes) = (course.contradictions(), course.changes());
        let fits = (!kept.contradictions || !contradictions.is_empty())
            && (!kept.changes || !changes.is_empty());
        if !fits {
            continue;
        }
        let spoke: BTreeSet<ActorId> = entries.iter().map(|entry| entry.speaker).collect();
        let key = |node: NodeRef| Key::new(facts, None, node);
        let first = entries
            .first()
            .map(|entry| claim_key(facts, &selection.force, entry.taken.claim));
        let row = Row {
            holder,
            entries: &entries,
            course: &course,
            contradictions,
            changes,
        };
        let opposed_by = opponents.of(loaded, selection, &row, &spoke);
        let sort = (first, key(holder.0.into()), key(holder.1));
        keyed.push((sort, row.written(dossier, opposed_by)));
    }
    keyed.sort_by(|a, b| a.0.cmp(&b.0));
    keyed.truncate(selection.limit.unwrap_or(usize::MAX));
    keyed.into_iter().map(|(_, row)| row).collect()
}

/// Every contradiction among the stances of single speakers: the claims, the earlier first.
pub fn contradictions(
    loaded: &Loaded,
    selection: &Selection,
) -> BTreeSet<(Holder, ClaimId, ClaimId)> {
    let courses = courses(gather(loaded, selection));
    let each = courses.into_iter().flat_map(|(holder, course)| {
        let pairs = course.contradictions().into_iter();
        let pairs: Vec<_> = pairs
            .map(|(a, b)| (holder, course.taken[a].claim, course.taken[b].claim))
            .collect();
        pairs
    });
    each.collect()
}

/// The stances that are asked for, by who took them toward what, each list in order.
fn gather<'l>(loaded: &'l Loaded, selection: &Selection) -> BTreeMap<Holder, Vec<Entry<'l>>> {
    let facts = &loaded.facts;
    let unlimited = selection.unlimited();
    let mut all: BTreeMap<Holder, Vec<Entry<'l>>> = BTreeMap::new();
    for (id, certainty) in unlimited.claims(loaded) {
        let claim = &facts[id];
        let stances = facts.list(claim.stance).iter();
        for stance in stances.filter(|stance| selection.asks_after(stance)) {
            let Some(toward) = stance.toward else {
                continue;
            };
            for (speaker, holder, through) in selection.stood_for(facts, id) {
                let taken = taken(facts, selection, id, Some(stance.value));
                let list = all.entry((holder, toward)).or_default();
                list.push(Entry {
                    taken,
                    speaker,
                    through,
                    certainty,
                });
            }
        }
    }
    withdrawals(loaded, selection, &mut all);
    all
}

fn taken<'l>(
    facts: &'l Facts,
    selection: &Selection,
    id: ClaimId,
    value: Option<StanceValue>,
) -> Taken<'l> {
    let claim = &facts[id];
    let withdraws = if claim.act == Some(Act::Retracts) {
        facts.list(claim.responds_to)
    } else {
        &[]
    };
    Taken {
        claim: id,
        value,
        said: claim.said.map(|said| facts.date(said)),
        days: claim_dating(facts, &selection.force, id).days(),
        withdraws: withdraws.to_vec(),
    }
}

/// Adds the claims that withdraw stances without taking another toward the same thing.
fn withdrawals<'l>(
    loaded: &'l Loaded,
    selection: &Selection,
    all: &mut BTreeMap<Holder, Vec<Entry<'l>>>,
) {
    let facts = &loaded.facts;
    let mut by_claim: BTreeMap<ClaimId, Vec<(Holder, ActorId)>> = BTreeMap::new();
    for (holder, entries) in all.iter() {
        for entry in entries {
            by_claim
                .entry(entry.taken.claim)
                .or_default()
                .push((*holder, entry.speaker));
        }
    }
    let mut touched = BTreeSet::new();
    for (id, claim) in facts.claims.iter() {
        if claim.act != Some(Act::Retracts) || !selection.force.holds(facts, id) {
            continue;
        }
        let withdrawn = facts
            .list(claim.responds_to)
            .iter()
            .filter_map(|one| by_claim.get(one));
        for (holder, speaker) in withdrawn.flatten() {
            let list = all.entry(*holder).or_default();
            let own = facts.list(claim.speaker).contains(speaker);
            if own && !list.iter().any(|entry| entry.taken.claim == id) {
                list.push(Entry {
                    taken: taken(facts, selection, id, None),
                    speaker: *speaker,
                    through: Vec::new(),
                    certainty: Certainty::Certainly,
                });
                touched.insert(*holder);
            }
        }
    }
    for holder in touched {
        if let Some(list) = all.get_mut(&holder) {
            list.sort_by_cached_key(|entry| claim_key(facts, &selection.force, entry.taken.claim));
        }
    }
}

fn courses<'f>(entries: BTreeMap<Holder, Vec<Entry<'f>>>) -> BTreeMap<Holder, Course<'f>> {
    let course = |entries: Vec<Entry<'f>>| Course {
        taken: entries.into_iter().map(|entry| entry.taken).collect(),
    };
    entries
        .into_iter()
        .map(|(holder, list)| (holder, course(list)))
        .collect()
}

/// One row before it is written.
struct Row<'r, 'f> {
    holder: Holder,
    entries: &'r [Entry<'f>],
    course: &'r Course<'f>,
    contradictions: Vec<(usize, usize)>,
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
            spokesman: (entry.speaker != speaker).then(|| Ref::of(facts, entry.speaker)),
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
        let contradictions = (self.contradictions.iter()).map(|&(a, b)| ContradictionRow {
            claims: claims(a, b),
        });
        PositionRow {
            speaker: Ref::of(facts, speaker),
            toward: Ref::of(facts, toward),
            history: history.collect(),
            changes: changes.collect(),
            contradictions: contradictions.collect(),
            opposed_by,
        }
    }
}

/// Who stood for and against each thing, and when; worked out when the first row wants it.
#[derive(Default)]
struct Opponents {
    by_thing: Option<BTreeMap<NodeRef, Vec<Stood>>>,
}

/// On which days somebody can have stood for a thing, and against it.
struct Stood {
    speaker: ActorId,
    supports: DaySet,
    opposes: DaySet,
}

impl Stood {
    fn of(speaker: ActorId, course: &Course<'_>) -> Self {
        Stood {
            speaker,
            supports: course.stood(StanceValue::Supports),
            opposes: course.stood(StanceValue::Opposes),
        }
    }

    fn is_opposed_to(&self, other: &Stood) -> bool {
        !self.supports.intersection(&other.opposes).is_empty()
            || !self.opposes.intersection(&other.supports).is_empty()
    }
}

impl Opponents {
    /// Who held an opposed stance while the speaker of a row can have held theirs.
    fn of(
        &mut self,
        loaded: &Loaded,
        selection: &Selection,
        row: &Row<'_, '_>,
        spoke: &BTreeSet<ActorId>,
    ) -> Vec<Ref> {
        let by_thing = self.by_thing.get_or_insert_with(|| {
            let mut by_thing: BTreeMap<NodeRef, Vec<Stood>> = BTreeMap::new();
            for ((speaker, thing), course) in courses(gather(loaded, &selection.of_anybody())) {
                let stood = Stood::of(speaker, &course);
                by_thing.entry(thing).or_default().push(stood);
            }
            by_thing
        });
        let (speaker, toward) = row.holder;
        let own = Stood::of(speaker, row.course);
        let others = by_thing.get(&toward).into_iter().flatten();
        let opposed = others.filter(|one| !spoke.contains(&one.speaker) && own.is_opposed_to(one));
        let mut found: Vec<Ref> = opposed
            .map(|one| Ref::of(&loaded.facts, one.speaker))
            .collect();
        found.sort_by(|a, b| a.id.cmp(&b.id));
        found
    }
}
