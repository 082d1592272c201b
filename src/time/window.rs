//! A window of time, as requested by the user.

use super::compare::of_extents;
use super::extent::{Bound, Extent};
use super::{Certainty, Date, DayRelation};

/// The days from the first day of one date to the last day of another, both included.
///
/// Where a date is missing, or open or unknown on its outer side (`../1990` or `/1990` as `from`),
/// the window is unbounded on that side. A window that ends before it begins has no days and
/// contains nothing.
///
/// ```
/// use annals_time::{Certainty, Date, Window};
///
/// let window = Window { from: Some(Date::parse("2022-02")?), until: Some(Date::parse("2022")?) };
/// assert_eq!(window.holds(&Date::parse("2022-12-31")?), Certainty::Certainly);
/// assert_eq!(window.holds(&Date::parse("2022")?), Certainty::Possibly);
/// assert_eq!(window.holds(&Date::parse("2023-04")?), Certainty::Never);
/// # Ok::<(), annals_time::DateError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Window {
    /// The window begins on the first day of this date.
    pub from: Option<Date>,
    /// The window ends on the last day of this date.
    pub until: Option<Date>,
}

impl Window {
    /// The intersection of two windows: the later start, the earlier end.
    #[must_use]
    pub fn and(&self, other: &Window) -> Window {
        let first = |date: &Date| date.extent().earliest_start();
        let last = |date: &Date| date.extent().latest_end();
        let from = match (&self.from, &other.from) {
            (Some(one), Some(other)) if first(one) > first(other) => Some(one),
            (one, other) => other.as_ref().or(one.as_ref()),
        };
        let until = match (&self.until, &other.until) {
            (Some(one), Some(other)) if last(one) < last(other) => Some(one),
            (one, other) => other.as_ref().or(one.as_ref()),
        };
        Window {
            from: from.cloned(),
            until: until.cloned(),
        }
    }

    /// Whether the date shares a day with the window.
    pub fn holds(&self, date: &Date) -> Certainty {
        let Some(window) = self.extent() else {
            return Certainty::Never;
        };
        let each = date
            .alternatives()
            .iter()
            .map(|&alternative| of_extents(alternative, DayRelation::SharesDay, window));
        each.reduce(|one, other| {
            if one == other {
                one
            } else {
                Certainty::Possibly
            }
        })
        .unwrap_or(Certainty::Never)
    }

    /// Whether the window ends before it begins.
    pub fn is_empty(&self) -> bool {
        self.extent().is_none()
    }

    /// Whether it has no bound on either side, so that every date is certainly in it.
    pub fn is_endless(&self) -> bool {
        self.extent() == Some(Extent::ALWAYS)
    }

    /// The days of the window; `None` if it has none.
    pub fn extent(&self) -> Option<Extent> {
        let first = self
            .from
            .as_ref()
            .map_or(Bound::PAST, |date| date.extent().earliest_start());
        let last = self
            .until
            .as_ref()
            .map_or(Bound::FUTURE, |date| date.extent().latest_end());
        Extent::new([first, first], [last, last])
    }
}
