//! The course of one speaker's stances toward one subject: when each was taken and ended, which
//! contradict each other, and which replaced another.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap};

use foldhash::fast::RandomState;

use annals_model::{ClaimId, StanceValue};
use annals_time::{Bound, Date, DaySet};

/// A stance that was taken, or the withdrawal of earlier ones.
#[derive(Debug, Clone)]
pub struct Taken<'f> {
    /// The claim.
    pub claim: ClaimId,
    /// The speaker's stance; `None` for a claim that only withdraws earlier ones.
    pub value: Option<StanceValue>,
    /// The date, as given.
    pub said: Option<&'f Date>,
    /// The days on which it can have been said.
    pub days: DaySet,
    /// The claims that it withdraws.
    pub withdraws: &'f [ClaimId],
}

/// A speaker's stances toward a subject, in chronological order.
#[derive(Debug, Clone, Default)]
pub struct Course<'f> {
    /// The stances.
    pub taken: Vec<Taken<'f>>,
}

/// What is wanted of a pair of stances after it was visited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kept {
    /// All further pairs of both.
    Both,
    /// No further pair of the two.
    Neither,
    /// No further pair of any.
    Nothing,
}

/// The most pairs of contradicting stances that are listed of one course.
const MOST_PAIRS: usize = 10_000;
/// How many pairs are looked at, however few stances there are, and how many more for each stance.
const VISITS: usize = 1_000_000;
const VISITS_EACH: usize = 100;

/// Pairs of contradicting stances in a course.
#[derive(Debug, Clone, Default)]
pub struct ContradictingPairs {
    /// The pairs: indices in the course, the earlier first.
    pub pairs: Vec<(usize, usize)>,
    /// Whether these are all.
    pub is_complete: bool,
}

/// Whether two stances are incompatible.
pub fn is_opposed(one: StanceValue, other: StanceValue) -> bool {
    use StanceValue::{Opposes, Supports};
    matches!((one, other), (Supports, Opposes) | (Opposes, Supports))
}

/// The days before one.
fn before(day: Bound) -> DaySet {
    DaySet::between(day, Bound::FUTURE).complement()
}

/// The union of many sets: in pairs, since a union takes as long as both are.
fn united(sets: impl Iterator<Item = DaySet>) -> DaySet {
    let mut sets: Vec<DaySet> = sets.collect();
    while sets.len() > 1 {
        let pairs = sets.chunks(2);
        sets = pairs
            .map(|pair| pair.iter().fold(DaySet::NONE, |all, one| all.union(one)))
            .collect();
    }
    sets.pop().unwrap_or(DaySet::NONE)
}

/// The stances of the opposite value.
fn opposed_to(
    value: StanceValue,
    all: &BTreeMap<StanceValue, BTreeSet<usize>>,
) -> impl Iterator<Item = usize> + '_ {
    let opposite = all
        .iter()
        .filter(move |(other, _)| is_opposed(value, **other));
    opposite.flat_map(|(_, members)| members).copied()
}

impl Taken<'_> {
    fn first(&self) -> Bound {
        self.days
            .stretches()
            .first()
            .map_or(Bound::PAST, |one| one.0)
    }

    fn last(&self) -> Bound {
        self.days
            .stretches()
            .last()
            .map_or(Bound::FUTURE, |one| one.1)
    }

    /// Whether it was certainly said earlier: on an earlier day, or earlier on the same day.
    fn surely_before(&self, other: &Taken<'_>) -> bool {
        self.last() < other.first() || self.is_earlier_on_that_day(other)
    }

    fn is_earlier_on_that_day(&self, other: &Taken<'_>) -> bool {
        let days = |taken: &Taken<'_>| (taken.first(), taken.last());
        let moment = |date: &Date| {
            let time = date.time_of_day()?;
            Some((time.utc_seconds(), time.offset().is_some()))
        };
        let moments = self.said.and_then(moment).zip(other.said.and_then(moment));
        days(self) == days(other)
            && self.first() == self.last()
            && moments.is_some_and(|(one, two)| one.1 == two.1 && one.0 < two.0)
    }
}

impl Course<'_> {
    /// The last day on which each stance can have been held before it was withdrawn.
    fn withdrawn(&self) -> BTreeMap<ClaimId, Bound> {
        let mut until = BTreeMap::new();
        for one in &self.taken {
            for claim in one.withdraws {
                let last = until.entry(*claim).or_insert(Bound::FUTURE);
                *last = one.last().min(*last);
            }
        }
        until
    }

    /// The pairs of opposed stances that can have been held on one day: indices in the course, the
    /// earlier first. Of a speaker who wavers endlessly, not all are looked for: pairs grow with the
    /// square of the stances.
    pub fn contradictions(&self) -> ContradictingPairs {
        let mut pairs = Vec::new();
        let is_complete = self.each_contradiction(|at, other| {
            if pairs.len() == MOST_PAIRS {
                return Kept::Nothing;
            }
            pairs.push((at.min(other), at.max(other)));
            Kept::Both
        });
        pairs.sort_unstable();
        ContradictingPairs { pairs, is_complete }
    }

    /// The stances that contradict another, for courses with too many pairs to list.
    pub fn contradicting(&self) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        self.each_contradiction(|at, other| {
            found.extend([at, other]);
            Kept::Neither
        });
        found
    }

    /// The claims that contradict one claim.
    pub fn contradicting_claim(&self, claim: ClaimId) -> BTreeSet<ClaimId> {
        let until = self.withdrawn();
        let mut found = BTreeSet::new();
        for (at, one) in self.taken.iter().enumerate() {
            let Some(value) = one.value.filter(|_| one.claim == claim) else {
                continue;
            };
            let opposed = self.taken.iter().enumerate().filter(|(_, other)| {
                other.value.is_some_and(|other| is_opposed(value, other))
                    && !one.days.intersection(&other.days).is_empty()
            });
            let clashing = opposed.filter(|(nth, _)| self.can_clash(at, *nth, &until));
            found.extend(clashing.map(|(_, other)| other.claim));
        }
        found
    }

    /// Like [`contradictions`](Self::contradictions), but `None` if there are more than this many.
    pub fn contradictions_up_to(&self, most: usize) -> Option<Vec<(usize, usize)>> {
        let mut found = Vec::new();
        let is_complete = self.each_contradiction(|at, other| {
            if found.len() == most {
                return Kept::Nothing;
            }
            found.push((at.min(other), at.max(other)));
            Kept::Both
        });
        found.sort_unstable();
        is_complete.then_some(found)
    }

    /// Visits pairs of opposed stances that can have been held on one day, the one that begins later
    /// first; `each` says which further pairs it wants. Returns whether no pair was left out: neither
    /// because `each` wanted no more, nor because too many would have to be looked at.
    fn each_contradiction(&self, mut each: impl FnMut(usize, usize) -> Kept) -> bool {
        let mut visits = VISITS + VISITS_EACH * self.taken.len();
        let until = self.withdrawn();
        let mut by_start: Vec<usize> = (0..self.taken.len()).collect();
        by_start.sort_by_key(|nth| self.taken[*nth].first());
        // The stances whose days have not ended when the next begins; by value, so that only
        // opposed ones are examined.
        let mut open: BTreeMap<StanceValue, BTreeSet<usize>> = BTreeMap::new();
        // Of these no further pair is wanted, unless another stance has none yet.
        let mut told: BTreeMap<StanceValue, BTreeSet<usize>> = BTreeMap::new();
        let mut ends = BinaryHeap::new();
        for at in by_start {
            let one = &self.taken[at];
            let Some(value) = one.value else { continue };
            while let Some(&Reverse((last, value, nth))) = ends.peek() {
                if last >= one.first() {
                    break;
                }
                open.entry(value).or_default().remove(&nth);
                told.entry(value).or_default().remove(&nth);
                ends.pop();
            }
            let mut is_told = false;
            let opposite: Vec<usize> = opposed_to(value, &open).collect();
            for other in opposite {
                if visits == 0 {
                    return false;
                }
                visits -= 1;
                if !self.can_clash(at, other, &until) {
                    continue;
                }
                match each(at, other) {
                    Kept::Both => {}
                    Kept::Neither => {
                        is_told = true;
                        for (value, members) in &mut open {
                            if members.remove(&other) {
                                told.entry(*value).or_default().insert(other);
                            }
                        }
                    }
                    Kept::Nothing => return false,
                }
            }
            let clashes = |other: &usize| self.can_clash(at, *other, &until);
            if !is_told && let Some(other) = opposed_to(value, &told).find(clashes) {
                is_told = true;
                if each(at, other) == Kept::Nothing {
                    return false;
                }
            }
            let members = if is_told { &mut told } else { &mut open };
            members.entry(value).or_default().insert(at);
            ends.push(Reverse((one.last(), value, at)));
        }
        true
    }

    /// Whether two opposed stances can have been held on one day, neither having been withdrawn.
    fn can_clash(&self, at: usize, other: usize, until: &BTreeMap<ClaimId, Bound>) -> bool {
        let (one, two) = (&self.taken[at], &self.taken[other]);
        let withdraws = |a: &Taken<'_>, b: &Taken<'_>| a.withdraws.contains(&b.claim);
        if one.is_earlier_on_that_day(two)
            || two.is_earlier_on_that_day(one)
            || withdraws(one, two)
            || withdraws(two, one)
        {
            return false;
        }
        let last = [one, two].map(|taken| until.get(&taken.claim).copied());
        let last = last.into_iter().flatten().min().unwrap_or(Bound::FUTURE);
        let together = one.days.intersection(&two.days);
        together
            .stretches()
            .first()
            .is_some_and(|days| days.0 <= last)
    }

    /// Where one stance certainly gave way to a different one: indices in the course. Among
    /// repetitions of a stance, only the first is a change.
    pub fn changes(&self) -> Vec<(usize, usize)> {
        // Only used for lookups, never iterated.
        let mut places: HashMap<ClaimId, usize, RandomState> = HashMap::default();
        for (nth, taken) in self.taken.iter().enumerate() {
            places.entry(taken.claim).or_insert(nth);
        }
        let mut over = BinaryHeap::new();
        let mut last_over: Option<usize> = None;
        let mut reported = BTreeSet::new();
        let mut found = Vec::new();
        for (at, one) in self.taken.iter().enumerate() {
            // A stance without a first day is not certainly after any other.
            if one.first() > Bound::PAST {
                while let Some(&Reverse((last, nth))) = over.peek() {
                    if last >= one.first() {
                        break;
                    }
                    last_over = last_over.max(Some(nth));
                    over.pop();
                }
            }
            let dated = last_over.filter(|before| self.taken[*before].surely_before(one));
            let just_before = at.checked_sub(1).filter(|before| {
                let before = &self.taken[*before];
                before.surely_before(one) || one.withdraws.contains(&before.claim)
            });
            let withdrawn = (one.withdraws.iter())
                .filter_map(|claim| places.get(claim).copied())
                .filter(|before| *before < at);
            let before = dated.max(just_before).max(withdrawn.max());
            if let Some(before) = before {
                let differs = self.taken[before].value != one.value;
                if differs && reported.insert((before, one.value)) {
                    found.push((before, at));
                }
            }
            over.push(Reverse((one.last(), at)));
        }
        found
    }

    /// Which of these pairs of opposed stances were certainly held on one day: both must have been
    /// said on it, and neither can have been withdrawn by then.
    pub fn certain_contradictions(&self, pairs: &[(usize, usize)]) -> Vec<bool> {
        let withdrawn = self.first_withdrawn();
        let said = |nth: usize| {
            let taken = &self.taken[nth];
            let must = taken.said.map(Date::must_cover).unwrap_or_default();
            match withdrawn.get(&taken.claim) {
                Some(first) => must.intersection(&before(*first)),
                None => must,
            }
        };
        let each = pairs.iter();
        each.map(|(a, b)| !said(*a).intersection(&said(*b)).is_empty())
            .collect()
    }

    /// The first day on which each stance can have been withdrawn.
    fn first_withdrawn(&self) -> BTreeMap<ClaimId, Bound> {
        let mut from = BTreeMap::new();
        for one in &self.taken {
            for claim in one.withdraws {
                let first = from.entry(*claim).or_insert(Bound::FUTURE);
                *first = one.first().min(*first);
            }
        }
        from
    }

    /// The days on which a stance of this value can have been held: from when it was taken until
    /// the speaker withdrew it, or certainly took another.
    pub fn stood(&self, value: StanceValue) -> DaySet {
        let each = self.each_stood(value).into_iter();
        united(each.map(|(_, first, last)| DaySet::between(first, last)))
    }

    /// The last stance of this value, as listed, that can have been held on a day.
    pub fn last_standing(&self, value: StanceValue, day: Bound) -> Option<ClaimId> {
        let each = self.each_stood(value).into_iter();
        let on_day = each.filter(|(_, first, last)| *first <= day && day <= *last);
        let last = on_day.map(|(nth, ..)| nth).max()?;
        Some(self.taken[last].claim)
    }

    /// For each stance of this value the first and the last day on which it can have been held.
    fn each_stood(&self, value: StanceValue) -> Vec<(usize, Bound, Bound)> {
        let until = self.withdrawn();
        let mut by_start: Vec<usize> = (0..self.taken.len()).collect();
        by_start.sort_by_key(|nth| self.taken[*nth].first());
        // Backwards: the earliest last day among later stances of the same value or another.
        let mut ends = vec![Bound::FUTURE; by_start.len() + 1];
        for (nth, at) in by_start.iter().enumerate().rev() {
            let one = &self.taken[*at];
            let other = one.value.is_some_and(|one| one != value);
            ends[nth] = if other {
                one.last().min(ends[nth + 1])
            } else {
                ends[nth + 1]
            };
        }
        let each = by_start.iter().copied();
        let own = each.filter(|at| self.taken[*at].value == Some(value));
        own.map(|at| {
            let one = &self.taken[at];
            let after = by_start.partition_point(|other| self.taken[*other].first() <= one.last());
            let withdrawn = until.get(&one.claim).copied().unwrap_or(Bound::FUTURE);
            (at, one.first(), ends[after].min(withdrawn))
        })
        .collect()
    }

    /// The days on which a stance of this value was certainly held: from when it was surely taken
    /// until the speaker can have withdrawn it, or taken another.
    pub fn certainly_stood(&self, value: StanceValue) -> DaySet {
        let each = self.each_certainly_stood(value).into_iter();
        united(each.map(|(_, days)| days))
    }

    /// The last stance of this value, as listed, that was certainly held on a day.
    pub fn last_certainly_standing(&self, value: StanceValue, day: Bound) -> Option<ClaimId> {
        let on_day = DaySet::between(day, day);
        let each = self.each_certainly_stood(value).into_iter();
        let held = each.filter(|(_, days)| !days.intersection(&on_day).is_empty());
        let last = held.map(|(nth, _)| nth).max()?;
        Some(self.taken[last].claim)
    }

    /// For each stance of this value the days on which it was certainly held.
    fn each_certainly_stood(&self, value: StanceValue) -> Vec<(usize, DaySet)> {
        let withdrawn = self.first_withdrawn();
        let others = self.taken.iter();
        let others = others.filter(|one| one.value.is_some_and(|one| one != value));
        // Of "the 1st or the 9th", what was said on the 5th outlives the 1st.
        let stretches = others.flat_map(|one| match one.days.stretches() {
            [] => vec![(one.last(), one.first())],
            all => all.iter().map(|(first, last)| (*last, *first)).collect(),
        });
        let mut others: Vec<(Bound, Bound)> = stretches.collect();
        others.sort_unstable();
        // Backwards: the earliest first day among those that do not end earlier.
        let mut ends = vec![None; others.len() + 1];
        for (nth, (_, first)) in others.iter().enumerate().rev() {
            ends[nth] = Some(ends[nth + 1].map_or(*first, |end: Bound| end.min(*first)));
        }
        let own = self.taken.iter().enumerate();
        let own = own.filter(|(_, one)| one.value == Some(value));
        own.map(|(nth, one)| {
            let later = others.partition_point(|(last, _)| *last < one.first());
            let end = withdrawn.get(&one.claim).copied();
            let end = ends[later].into_iter().chain(end).min();
            let since = DaySet::between(one.last(), Bound::FUTURE);
            let days = end.map_or(since.clone(), |end| since.intersection(&before(end)));
            (nth, days)
        })
        .collect()
    }

    /// The fewest and the most days between two of them, if both are known.
    pub fn days_between(&self, before: usize, after: usize) -> Option<[i64; 2]> {
        let (one, two) = (&self.taken[before], &self.taken[after]);
        let apart = |from: Bound, to: Bound| Some(to.number()? - from.number()?);
        let least = apart(one.last(), two.first())?.max(0);
        Some([least, apart(one.first(), two.last())?.max(least)])
    }
}
