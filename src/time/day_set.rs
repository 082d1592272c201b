//! Sets of days, for conditions that must all hold on the same day.

use super::extent::Bound;
use super::{Date, Window};

/// A set of days, as ordered stretches that neither overlap nor touch.
///
/// Three-valued answers ([`compare`](super::compare())) cannot be combined where several conditions
/// must hold on *the same* unknown day: a relation that holds in the first half of June and another
/// in the second may each hold on some day of June, but never both on one. Sets of days can be
/// intersected.
///
/// ```
/// use annals_time::{Date, DaySet};
///
/// let june = Date::parse("1997-06")?.may_cover();
/// let first_half = Date::parse("1997-06-01/1997-06-15")?.must_cover();
/// let second_half = Date::parse("1997-06-16/1997-06-30")?.must_cover();
/// assert!(first_half.intersection(&second_half).is_empty());
/// assert!(first_half.union(&second_half).contains(&june));
/// # Ok::<(), annals_time::DateError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct DaySet {
    stretches: Vec<(Bound, Bound)>,
}

impl DaySet {
    /// No day.
    pub const NONE: DaySet = DaySet {
        stretches: Vec::new(),
    };

    /// Every day.
    pub fn always() -> DaySet {
        DaySet::between(Bound::PAST, Bound::FUTURE)
    }

    /// The days from one bound to another, inclusive; empty if they are reversed.
    pub fn between(first: Bound, last: Bound) -> DaySet {
        let some = first <= last;
        DaySet {
            stretches: some.then_some((first, last)).into_iter().collect(),
        }
    }

    /// Whether the set has no day.
    pub fn is_empty(&self) -> bool {
        self.stretches.is_empty()
    }

    /// Its stretches, in order.
    pub fn stretches(&self) -> &[(Bound, Bound)] {
        &self.stretches
    }

    /// The days in either.
    #[must_use]
    pub fn union(&self, other: &DaySet) -> DaySet {
        let mut all: Vec<_> = (self.stretches.iter().chain(&other.stretches))
            .copied()
            .collect();
        all.sort_unstable();
        let mut stretches: Vec<(Bound, Bound)> = Vec::with_capacity(all.len());
        for (first, last) in all {
            match stretches.last_mut() {
                Some(before) if first <= before.1.plus_days(1) => before.1 = before.1.max(last),
                _ => stretches.push((first, last)),
            }
        }
        DaySet { stretches }
    }

    /// The days in both.
    #[must_use]
    pub fn intersection(&self, other: &DaySet) -> DaySet {
        let (mut ours, mut theirs) = (self.stretches.iter(), other.stretches.iter());
        let (mut a, mut b) = (ours.next(), theirs.next());
        let mut stretches = Vec::new();
        while let (Some(&one), Some(&two)) = (a, b) {
            let (first, last) = (one.0.max(two.0), one.1.min(two.1));
            if first <= last {
                stretches.push((first, last));
            }
            if one.1 < two.1 {
                a = ours.next();
            } else {
                b = theirs.next();
            }
        }
        DaySet { stretches }
    }

    /// The complement.
    #[must_use]
    pub fn complement(&self) -> DaySet {
        let mut next = Some(Bound::PAST);
        let mut stretches = Vec::with_capacity(self.stretches.len() + 1);
        for &(first, last) in &self.stretches {
            if let Some(from) = next.filter(|from| *from < first) {
                stretches.push((from, first.plus_days(-1)));
            }
            next = (last < Bound::FUTURE).then(|| last.plus_days(1));
        }
        stretches.extend(next.map(|from| (from, Bound::FUTURE)));
        DaySet { stretches }
    }

    /// Whether it contains every day of the other.
    pub fn contains(&self, other: &DaySet) -> bool {
        other.stretches.iter().all(|&(first, last)| {
            let after = self.stretches.partition_point(|one| one.1 < first);
            let around = self.stretches.get(after);
            around.is_some_and(|one| one.0 <= first && last <= one.1)
        })
    }
}

impl Date {
    /// The days contained in some reading of the extent.
    pub fn may_cover(&self) -> DaySet {
        let each = self.alternatives().iter();
        each.map(|one| DaySet::between(one.earliest_start(), one.latest_end()))
            .fold(DaySet::NONE, |all, one| all.union(&one))
    }

    /// The days contained in every reading of the extent.
    pub fn must_cover(&self) -> DaySet {
        let each = self.alternatives().iter();
        each.map(|one| DaySet::between(one.latest_start(), one.earliest_end()))
            .reduce(|all, one| all.intersection(&one))
            .unwrap_or_default()
    }
}

impl Window {
    /// The days of the window.
    pub fn days(&self) -> DaySet {
        self.extent().map_or(DaySet::NONE, |extent| {
            DaySet::between(extent.earliest_start(), extent.latest_end())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn set() -> impl Strategy<Value = (DaySet, Vec<bool>)> {
        prop::collection::vec((0..20_i64, 0..6_i64), 0..5).prop_map(|pairs| {
            let mut days = vec![false; 30];
            let mut set = DaySet::NONE;
            for (first, more) in pairs {
                set = set.union(&DaySet::between(Bound::at(first), Bound::at(first + more)));
                days[first as usize..=(first + more) as usize].fill(true);
            }
            (set, days)
        })
    }

    fn days(set: &DaySet) -> Vec<bool> {
        let day = |n: i64| {
            set.stretches
                .iter()
                .any(|one| one.0 <= Bound::at(n) && Bound::at(n) <= one.1)
        };
        (0..30).map(day).collect()
    }

    proptest! {
        #[test]
        fn sets_are_what_enumeration_says(one in set(), other in set()) {
            prop_assert_eq!(&days(&one.0), &one.1);
            let both = one.1.iter().zip(&other.1);
            let union: Vec<bool> = both.clone().map(|(a, b)| *a || *b).collect();
            let intersection: Vec<bool> = both.clone().map(|(a, b)| *a && *b).collect();
            prop_assert_eq!(days(&one.0.union(&other.0)), union);
            prop_assert_eq!(days(&one.0.intersection(&other.0)), intersection);
            let rest = one.0.complement();
            prop_assert!(rest.intersection(&one.0).is_empty());
            prop_assert_eq!(rest.union(&one.0), DaySet::always());
            prop_assert_eq!(one.0.contains(&other.0), both.clone().all(|(a, b)| *a || !*b));
            // Equal sets are equal values: nothing touches.
            prop_assert_eq!(one.0 == other.0, one.1 == other.1);
        }
    }

    #[test]
    fn what_is_open_has_no_end() {
        let open = Date::parse("1880/..").unwrap();
        let day = Date::parse("2023-04-20").unwrap().may_cover();
        assert!(open.must_cover().contains(&day));
        let unknown = Date::parse("1880/").unwrap();
        assert!(!unknown.must_cover().contains(&day) && unknown.may_cover().contains(&day));
        assert_eq!(DaySet::always().intersection(&day), day);
    }

    #[test]
    fn of_several_dates_one_is_meant() {
        let either = Date::parse("[1667,1672]").unwrap();
        let between = Date::parse("1670").unwrap().may_cover();
        assert!(either.may_cover().intersection(&between).is_empty());
        assert!(either.must_cover().is_empty());
    }
}
