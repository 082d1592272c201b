//! The only comparison of dates, and the only order in which they are listed.
//!
//! A *reading* of a date is one of its alternatives with a start and an end within its bounds, the
//! start not after the end. A relation between two dates holds certainly if it holds for every pair
//! of readings, never if for none, else possibly.

use std::cmp::Ordering;

use super::extent::{Bound, Extent};
use super::{Certainty, Date, TimeOfDay};

/// A relation between the days of two dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DayRelation {
    /// The first ends on an earlier day than the second starts.
    Before,
    /// The first starts on a later day than the second ends.
    After,
    /// They have at least one day in common.
    SharesDay,
    /// The first starts and ends within the second.
    Within,
    /// The second starts and ends within the first.
    Contains,
    /// They have the same first and the same last day.
    SameDays,
    /// The first starts on an earlier day than the second starts.
    StartsBefore,
    /// The first starts on the day on which the second starts, or earlier.
    StartsNotAfter,
    /// The first ends on an earlier day than the second ends.
    EndsBefore,
    /// The first ends on the day on which the second ends, or earlier.
    EndsNotAfter,
    /// The first starts on an earlier day than the second ends.
    StartsBeforeEnd,
    /// The first starts on the day on which the second ends, or earlier: it does not come after.
    StartsNotAfterEnd,
    /// The first ends on the day on which the second starts, or earlier.
    EndsNotAfterStart,
}

impl DayRelation {
    /// All relations.
    pub const ALL: [DayRelation; 13] = [
        DayRelation::Before,
        DayRelation::After,
        DayRelation::SharesDay,
        DayRelation::Within,
        DayRelation::Contains,
        DayRelation::SameDays,
        DayRelation::StartsBefore,
        DayRelation::StartsNotAfter,
        DayRelation::EndsBefore,
        DayRelation::EndsNotAfter,
        DayRelation::StartsBeforeEnd,
        DayRelation::StartsNotAfterEnd,
        DayRelation::EndsNotAfterStart,
    ];
}

/// Whether a relation holds between two dates, each only partly known.
///
/// ```
/// use annals_time::{Certainty, Date, DayRelation, compare};
///
/// let [june, ides] = [Date::parse("1997-06-XX")?, Date::parse("1997-06-15")?];
/// assert_eq!(compare(&june, DayRelation::Before, &ides), Certainty::Possibly);
/// let [open, year] = [Date::parse("1880/..")?, Date::parse("1880")?];
/// assert_eq!(compare(&open, DayRelation::Within, &year), Certainty::Never);
/// # Ok::<(), annals_time::DateError>(())
/// ```
pub fn compare(a: &Date, relation: DayRelation, b: &Date) -> Certainty {
    // The hulls include all readings, so a certain or impossible result is final.
    let of_hulls = of_extents(a.extent(), relation, b.extent());
    if of_hulls != Certainty::Possibly {
        return of_hulls;
    }
    let mut all: Option<Certainty> = None;
    for &of_a in a.alternatives() {
        for &of_b in b.alternatives() {
            let pair = of_extents(of_a, relation, of_b);
            match all {
                _ if pair == Certainty::Possibly => return pair,
                Some(before) if before != pair => return Certainty::Possibly,
                _ => all = Some(pair),
            }
        }
    }
    all.unwrap_or(Certainty::Possibly)
}

/// The exact relation between two extents: bounds are tight, and each extent is read independently.
pub(super) fn of_extents(a: Extent, relation: DayRelation, b: Extent) -> Certainty {
    let [start_a, end_a] = [Side::start(a), Side::end(a)];
    let [start_b, end_b] = [Side::start(b), Side::end(b)];
    match relation {
        DayRelation::Before => earlier(end_a, start_b),
        DayRelation::After => earlier(end_b, start_a),
        DayRelation::StartsBefore => earlier(start_a, start_b),
        DayRelation::StartsNotAfter => earlier(start_b, start_a).not(),
        DayRelation::EndsBefore => earlier(end_a, end_b),
        DayRelation::EndsNotAfter => earlier(end_b, end_a).not(),
        DayRelation::StartsBeforeEnd => earlier(start_a, end_b),
        DayRelation::StartsNotAfterEnd => earlier(end_b, start_a).not(),
        DayRelation::EndsNotAfterStart => earlier(start_b, end_a).not(),
        // One reading of an extent reaches both its earliest start and its latest end, and another
        // both its latest start and earliest end, so the two parts can be decided separately.
        DayRelation::SharesDay => earlier(end_b, start_a)
            .not()
            .and(earlier(end_a, start_b).not()),
        DayRelation::Within => contains(b, a),
        DayRelation::Contains => contains(a, b),
        DayRelation::SameDays => same_days(a, b),
    }
}

/// The first and last day on which something starts, or ends.
#[derive(Clone, Copy)]
struct Side {
    first: Bound,
    last: Bound,
}

impl Side {
    fn start(extent: Extent) -> Side {
        Side {
            first: extent.earliest_start(),
            last: extent.latest_start(),
        }
    }

    fn end(extent: Extent) -> Side {
        Side {
            first: extent.earliest_end(),
            last: extent.latest_end(),
        }
    }
}

fn earlier(one: Side, other: Side) -> Certainty {
    three_valued(one.last < other.first, one.first < other.last)
}

fn three_valued(certain: bool, possible: bool) -> Certainty {
    match (certain, possible) {
        (true, _) => Certainty::Certainly,
        (false, true) => Certainty::Possibly,
        (false, false) => Certainty::Never,
    }
}

fn contains(outer: Extent, inner: Extent) -> Certainty {
    let certain = outer.latest_start() <= inner.earliest_start()
        && inner.latest_end() <= outer.earliest_end();
    // The widest outer reading is the best; the inner one must fit into it entirely.
    let start = inner.earliest_start().max(outer.earliest_start());
    let end = inner.earliest_end().max(start);
    let possible =
        start <= inner.latest_start() && end <= inner.latest_end().min(outer.latest_end());
    three_valued(certain, possible)
}

fn same_days(a: Extent, b: Extent) -> Certainty {
    let start = a.earliest_start().max(b.earliest_start());
    let end = a.earliest_end().max(b.earliest_end()).max(start);
    let possible = start <= a.latest_start().min(b.latest_start())
        && end <= a.latest_end().min(b.latest_end());
    let one_reading = |extent: Extent| {
        extent.earliest_start() == extent.latest_start()
            && extent.earliest_end() == extent.latest_end()
    };
    three_valued(possible && one_reading(a) && one_reading(b), possible)
}

/// The order in which dates are listed: by first day, last day, time of day (in UTC where an offset
/// is given; dates without a time first).
///
/// It agrees with [`compare`]: a date that is certainly before another sorts first. Dates that only
/// differ in how they are written compare equal.
pub fn by_day_and_time(a: &Date, b: &Date) -> Ordering {
    let days = |date: &Date| (date.extent().earliest_start(), date.extent().latest_end());
    let time = |date: &Date| date.time_of_day().map(TimeOfDay::utc_seconds);
    days(a).cmp(&days(b)).then_with(|| time(a).cmp(&time(b)))
}

/// The order [`by_day_and_time`], then by spelling: a total order, in which two dates compare equal
/// only if they are identical.
pub fn chronological(a: &Date, b: &Date) -> Ordering {
    by_day_and_time(a, b)
        .then_with(|| a.time_of_day().cmp(&b.time_of_day()))
        .then_with(|| a.written().cmp(b.written()))
        .then_with(|| a.calendar().cmp(&b.calendar()))
        .then_with(|| a.display().cmp(&b.display()))
}
