//! A window of time, and what something is to end before or start after.

use super::compare::of_extents;
use super::extent::{Bound, Extent};
use super::{Certainty, Date, DayRelation, DaySet, Window};

/// A window of time, together with others before or after which something is to lie.
///
/// Something lies *before* another if it ends before that starts, and *after* it if it starts after
/// that ends; on one day, possibly. Of several others, one is enough. All that is asked must hold in
/// the same reading of the date.
///
/// ```
/// use annals_time::{Between, Certainty, Date};
///
/// let between = Between {
///     after: Some(vec![Some(Date::parse("2021-03-01")?)]),
///     before: Some(vec![Some(Date::parse("2021-09-30")?)]),
///     ..Between::default()
/// };
/// let holds = |date| Date::parse(date).map(|date| between.holds(Some(&date)));
/// assert_eq!(holds("2021-05")?, Certainty::Certainly);
/// assert_eq!(holds("2021-09-30")?, Certainty::Possibly);
/// assert_eq!(holds("2021-10")?, Certainty::Never);
/// # Ok::<(), annals_time::DateError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Between {
    /// It shares a day with this window.
    pub window: Window,
    /// It lies before one of these, if there are any; `None` is one whose date is unknown.
    pub before: Option<Vec<Option<Date>>>,
    /// It lies after one of these.
    pub after: Option<Vec<Option<Date>>>,
}

/// The possible starts and ends of another, by its alternatives.
fn extents(other: Option<&Date>) -> &[Extent] {
    other.map_or(&[Extent::UNKNOWN], Date::alternatives)
}

impl Between {
    /// Whether it holds of every date.
    pub fn is_endless(&self) -> bool {
        self.window.is_endless() && self.before.is_none() && self.after.is_none()
    }

    /// Whether a date, or an unknown one, lies there.
    pub fn holds(&self, date: Option<&Date>) -> Certainty {
        if let (None, None, Some(date)) = (&self.before, &self.after, date) {
            return self.window.holds(date);
        }
        let Some(window) = self.window.extent() else {
            return Certainty::Never;
        };
        let [first, last] = self.bounds();
        let ends = match self.before {
            Some(_) => Bound::FARTHEST_PAST,
            None => Bound::PAST,
        };
        let begins = match self.after {
            Some(_) => Bound::FARTHEST_FUTURE,
            None => Bound::FUTURE,
        };
        let each = extents(date).iter().map(|&one| {
            let within = of_extents(one, DayRelation::SharesDay, window).is_certain();
            if within && self.is_certainly_before(one) && self.is_certainly_after(one) {
                return Certainty::Certainly;
            }
            // Start and end are bounded apart, so that one reading fits all that is asked. What is
            // before or after something has a day on that side.
            let start = [
                one.earliest_start().max(first),
                one.latest_start().min(window.latest_end()).min(begins),
            ];
            let end = [
                one.earliest_end().max(window.earliest_start()).max(ends),
                one.latest_end().min(last),
            ];
            match Extent::new(start, end) {
                Some(_) => Certainty::Possibly,
                None => Certainty::Never,
            }
        });
        let all = each.reduce(|one, other| {
            if one == other {
                one
            } else {
                Certainty::Possibly
            }
        });
        all.unwrap_or(Certainty::Never)
    }

    /// The days on which something that takes a day can lie.
    pub fn days(&self) -> DaySet {
        let [first, last] = self.bounds();
        let days = self.window.days();
        days.intersection(&DaySet::between(first, last))
    }

    /// The first day on which it can start, and the last on which it can end, for the sake of the
    /// others. What never ends lies before nothing, and what has always been after nothing.
    fn bounds(&self) -> [Bound; 2] {
        let all = |others: &Option<Vec<Option<Date>>>| -> Option<Vec<Extent>> {
            let others = others.as_ref()?.iter();
            let each = others.flat_map(|other| extents(other.as_ref()));
            Some(each.copied().collect())
        };
        let first = all(&self.after).map_or(Bound::PAST, |all| {
            let ends = all.into_iter().map(Extent::earliest_end);
            // With none that it could come after, there is no such day.
            ends.min()
                .map_or(Bound::FUTURE, |end| end.max(Bound::FARTHEST_PAST))
        });
        let last = all(&self.before).map_or(Bound::FUTURE, |all| {
            let starts = all.into_iter().map(Extent::latest_start);
            starts
                .max()
                .map_or(Bound::PAST, |start| start.min(Bound::FARTHEST_FUTURE))
        });
        [first, last]
    }

    fn is_certainly_before(&self, one: Extent) -> bool {
        self.before.as_ref().is_none_or(|others| {
            others.iter().any(|other| {
                let mut each = extents(other.as_ref()).iter();
                each.all(|&other| of_extents(one, DayRelation::Before, other).is_certain())
            })
        })
    }

    fn is_certainly_after(&self, one: Extent) -> bool {
        self.after.as_ref().is_none_or(|others| {
            others.iter().any(|other| {
                let mut each = extents(other.as_ref()).iter();
                each.all(|&other| of_extents(one, DayRelation::After, other).is_certain())
            })
        })
    }
}
