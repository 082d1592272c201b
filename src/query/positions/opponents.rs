//! Who held the opposite of a speaker's stance at the same time.

use std::collections::{BTreeMap, BTreeSet};

use super::course::Course;
use super::{Row, gather};
use crate::answer::Ref;
use crate::selection::Holder;
use crate::selection::ResolvedQuery;
use annals_load::LoadResult;
use annals_model::{ActorId, ClaimId, NodeRef, StanceValue};
use annals_time::{Bound, DaySet};

/// Who was for and against each subject, and when; computed for the first row that needs it.
#[derive(Default)]
pub(super) struct Opponents {
    by_thing: Option<BTreeMap<NodeRef, Vec<SideDays>>>,
    /// How many pairs of speakers have been compared.
    compared: usize,
}

/// The most speakers of the opposite stance that are listed of one.
const MOST_OPPONENTS: usize = 1000;
/// How many pairs of speakers are compared for all rows: they grow with the square of the speakers.
const MOST_COMPARED: usize = 20_000_000;
/// The most pairs of speakers that are listed.
const MOST_PAIRS: usize = 1_000_000;

/// The days on which a speaker can have been for a subject, and against it.
struct SideDays {
    speaker: ActorId,
    /// Who spoke for them, under their own name or another.
    spoke: BTreeSet<ActorId>,
    supports: DaySet,
    opposes: DaySet,
}

impl SideDays {
    fn new(speaker: ActorId, spoke: BTreeSet<ActorId>, course: &Course<'_>) -> Self {
        SideDays {
            speaker,
            spoke,
            supports: course.stood(StanceValue::Supports),
            opposes: course.stood(StanceValue::Opposes),
        }
    }

    fn has_side(&self) -> bool {
        !self.supports.is_empty() || !self.opposes.is_empty()
    }

    fn is_opposed_to(&self, other: &SideDays) -> bool {
        self.opposite(other)
            .into_iter()
            .any(|days| !days.is_empty())
    }

    /// The days on which this speaker can have been for it and the other against, and those on which
    /// it can have been the other way round.
    fn opposite(&self, other: &SideDays) -> [DaySet; 2] {
        [
            self.supports.intersection(&other.opposes),
            self.opposes.intersection(&other.supports),
        ]
    }
}

/// Two speakers who held opposed stances toward one subject at the same time.
#[derive(Debug, Clone, Copy)]
pub struct Opposite {
    /// The subject.
    pub toward: NodeRef,
    /// The speakers.
    pub speakers: [ActorId; 2],
    /// A claim of each: those with which they stood on the last of the days on which they certainly
    /// stood opposite; without such a day, on the last on which they can have.
    pub claims: [ClaimId; 2],
    /// Whether they certainly stood opposite on some day, as far as their dates tell.
    pub certain: bool,
}

/// Speakers who stood opposite, and whether these are all.
#[derive(Debug, Clone)]
pub struct Opposites {
    /// The pairs of speakers, by subject.
    pub pairs: Vec<Opposite>,
    /// Whether there are no others.
    pub is_complete: bool,
}

/// A speaker's course toward a subject, with the sides taken.
struct Sided<'l> {
    days: SideDays,
    course: Course<'l>,
    of_interest: bool,
}

type SidesByThing<'l> = BTreeMap<NodeRef, Vec<Sided<'l>>>;

/// For each subject the pairs of speakers who can have stood opposite, of which at least one has a
/// claim that is `wanted`. `represented`, if given, selects the claims that count for those whom their
/// speakers stood for.
pub fn opposites(
    loaded: &LoadResult,
    selection: &ResolvedQuery,
    represented: Option<&ResolvedQuery>,
    mut wanted: impl FnMut(ClaimId) -> bool,
) -> Opposites {
    let everybody = sides(loaded, selection, &mut wanted);
    let spoken_for = represented.map(|asked| sides(loaded, asked, &mut wanted));
    let mut found = Found {
        all: Opposites {
            pairs: Vec::new(),
            is_complete: true,
        },
        compared: 0,
        known: BTreeSet::new(),
    };
    for (thing, own) in spoken_for.iter().flatten() {
        let others = everybody.get(thing).map_or(&[][..], Vec::as_slice);
        for one in own.iter().filter(|one| one.of_interest) {
            found.add(*thing, one, others);
        }
    }
    for (thing, sided) in &everybody {
        // Each pair once: those of no interest are only compared as others.
        for (nth, one) in sided.iter().enumerate().filter(|(_, one)| one.of_interest) {
            let before = sided[..nth].iter().filter(|other| !other.of_interest);
            found.add(*thing, one, before.chain(&sided[nth + 1..]));
        }
    }
    found.all
}

/// The pairs found so far.
struct Found {
    all: Opposites,
    compared: usize,
    /// Who is already opposed to whom through those they stood for.
    known: BTreeSet<(NodeRef, [ActorId; 2])>,
}

impl Found {
    fn add<'s>(
        &mut self,
        toward: NodeRef,
        one: &Sided<'_>,
        others: impl IntoIterator<Item = &'s Sided<'s>>,
    ) {
        let mut of_one = 0;
        for other in others {
            if of_one == MOST_OPPONENTS
                || self.compared == MOST_COMPARED
                || self.all.pairs.len() == MOST_PAIRS
            {
                self.all.is_complete = false;
                return;
            }
            self.compared += 1;
            let speakers = [one.days.speaker, other.days.speaker];
            if speakers[0] == speakers[1] || !one.days.spoke.is_disjoint(&other.days.spoke) {
                continue;
            }
            let Some((claims, certain)) = last_opposed(one, other) else {
                continue;
            };
            let mut both = speakers;
            both.sort_unstable();
            if self.known.insert((toward, both)) {
                of_one += 1;
                self.all.pairs.push(Opposite {
                    toward,
                    speakers,
                    claims,
                    certain,
                });
            }
        }
    }
}

/// The claims with which two stood opposite, and whether they certainly did: those of the last day on
/// which they certainly did, or else of the last day on which they can have. What is certain is not
/// hidden behind a later claim that only may be opposite.
fn last_opposed(one: &Sided<'_>, other: &Sided<'_>) -> Option<([ClaimId; 2], bool)> {
    use StanceValue::{Opposes, Supports};
    let [first, second] = one.days.opposite(&other.days);
    if first.is_empty() && second.is_empty() {
        return None;
    }
    let ways = [([Supports, Opposes], first), ([Opposes, Supports], second)];
    let surely = ways.each_ref().map(|(values, _)| {
        let stood = |sided: &Sided<'_>, value| sided.course.certainly_stood(value);
        let days = stood(one, values[0]).intersection(&stood(other, values[1]));
        (*values, days)
    });
    if let Some((values, day)) = latest(&surely) {
        let claims = [
            one.course.last_certainly_standing(values[0], day)?,
            other.course.last_certainly_standing(values[1], day)?,
        ];
        return Some((claims, true));
    }
    let (values, day) = latest(&ways)?;
    let claims = [
        one.course.last_standing(values[0], day)?,
        other.course.last_standing(values[1], day)?,
    ];
    Some((claims, false))
}

/// The way that was the last to have days, the first of equals, and its last day.
fn latest(ways: &[([StanceValue; 2], DaySet); 2]) -> Option<([StanceValue; 2], Bound)> {
    let mut latest = None;
    for (values, days) in ways {
        let Some((_, day)) = days.stretches().last() else {
            continue;
        };
        if latest.is_none_or(|(_, known)| *day > known) {
            latest = Some((*values, *day));
        }
    }
    latest
}

/// The courses of all speakers that have a side, by subject, in the order of their ids.
fn sides<'l>(
    loaded: &'l LoadResult,
    selection: &ResolvedQuery,
    wanted: &mut impl FnMut(ClaimId) -> bool,
) -> SidesByThing<'l> {
    let mut by_thing: SidesByThing<'l> = BTreeMap::new();
    for ((speaker, thing), entries) in gather(loaded, selection, |_| true) {
        let spoke = entries.iter().map(|entry| entry.speaker).collect();
        let of_interest = entries.iter().any(|entry| wanted(entry.taken.claim));
        let taken = entries.into_iter().map(|entry| entry.taken).collect();
        let course = Course { taken };
        let days = SideDays::new(speaker, spoke, &course);
        if days.has_side() {
            by_thing.entry(thing).or_default().push(Sided {
                days,
                course,
                of_interest,
            });
        }
    }
    let id = |one: &Sided<'_>| loaded.facts.id(one.days.speaker);
    for sided in by_thing.values_mut() {
        sided.sort_by(|a, b| id(a).cmp(id(b)));
    }
    by_thing
}

impl Opponents {
    /// The speakers who held an opposed stance while the speaker of a row can have held theirs.
    pub(super) fn rows(
        &mut self,
        loaded: &LoadResult,
        selection: &ResolvedQuery,
        row: &Row<'_, '_>,
        spoke: &BTreeSet<ActorId>,
    ) -> (Vec<Ref>, bool) {
        let by_thing = self.by_thing.get_or_insert_with(|| {
            let mut by_thing: BTreeMap<NodeRef, Vec<SideDays>> = BTreeMap::new();
            let everybody = gather(loaded, &selection.of_anybody(), |_| true);
            for ((speaker, thing), entries) in everybody {
                let spoke = entries.iter().map(|entry| entry.speaker).collect();
                let taken = entries.into_iter().map(|entry| entry.taken).collect();
                let stood = SideDays::new(speaker, spoke, &Course { taken });
                by_thing.entry(thing).or_default().push(stood);
            }
            let id = |one: &SideDays| loaded.facts.id(one.speaker);
            for stood in by_thing.values_mut() {
                stood.sort_by(|a, b| id(a).cmp(id(b)));
            }
            by_thing
        });
        let (speaker, toward): Holder = row.holder;
        let own = SideDays::new(speaker, BTreeSet::new(), row.course);
        let mut found = Vec::new();
        if !own.has_side() {
            return (found, false);
        }
        for one in by_thing.get(&toward).into_iter().flatten() {
            if found.len() == MOST_OPPONENTS || self.compared == MOST_COMPARED {
                return (found, true);
            }
            self.compared += 1;
            if spoke.is_disjoint(&one.spoke) && own.is_opposed_to(one) {
                found.push(Ref::new(&loaded.facts, one.speaker));
            }
        }
        (found, false)
    }
}
