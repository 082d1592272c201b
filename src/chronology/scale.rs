//! Ticks: the one scale on which days, moments within a day and distances are counted.

use super::network::Network;
use crate::time::{Bound, Day, Distance, Duration, DurationUnit};

/// Ticks that the moments within a day may use: one a second.
pub const MOMENTS: i64 = 86_400;
/// Ticks of a day. It is far wider than its moments, so that thousands of things in order within a
/// day never reach the next.
pub const DAY: i64 = 512 * MOMENTS;
/// The farthest day that is counted; what is farther is open.
const FARTHEST: i64 = Network::FARTHEST / DAY;

/// The first tick of a day; `None` where it is open or too far.
pub fn first_tick(bound: Bound) -> Option<i64> {
    let day = bound.number().filter(|day| day.abs() < FARTHEST)?;
    Some(day * DAY)
}

/// The last tick of a day.
pub fn last_tick(bound: Bound) -> Option<i64> {
    Some(first_tick(bound)? + MOMENTS)
}

/// The last tick at which something can end on a day: the midnight with which the next begins, so
/// that what follows on the next day can meet it.
pub fn midnight_after(bound: Bound) -> Option<i64> {
    Some(first_tick(bound)? + DAY)
}

/// The first day on which something can have ended that does not end before a tick.
pub fn end_not_before(tick: i64) -> Option<Day> {
    if tick.rem_euclid(DAY) == 0 {
        return Day::from_number(tick.div_euclid(DAY) - 1);
    }
    day_not_before(tick)
}

/// The last day on which something can have ended that does not end after a tick.
pub fn end_not_after(tick: i64) -> Option<Day> {
    Day::from_number((tick - 1).div_euclid(DAY))
}

/// The first day on which something can have begun that does not begin before a tick.
pub fn day_not_before(tick: i64) -> Option<Day> {
    let (day, rest) = (tick.div_euclid(DAY), tick.rem_euclid(DAY));
    Day::from_number(if rest > MOMENTS { day + 1 } else { day })
}

/// The last day on which something can have begun that does not begin after a tick.
pub fn day_not_after(tick: i64) -> Option<Day> {
    Day::from_number(tick.div_euclid(DAY))
}

/// Days as people count a number of ticks that is missing: rounded up.
pub fn days_missing(ticks: i64) -> i64 {
    (ticks + DAY - 1).div_euclid(DAY).max(1)
}

/// The least and the most ticks of a distance, whatever day it is counted from.
pub fn ticks(distance: &Distance) -> (i64, i64) {
    let least = shortest(distance.least(), distance.counts_days());
    let most = longest(distance.most(), distance.counts_days());
    (least, most)
}

/// Months are 28 to 31 days; so many of them in a row are never shorter or longer than this.
fn month_days(months: u64) -> (i64, i64) {
    let months = i64::try_from(months).unwrap_or(i64::MAX / 64);
    // 4,800 months are 146,097 days; a stretch of months strays from that by three days at most
    // either way, since a clamped day loses up to three and February is short by two.
    let about = months.saturating_mul(146_097).div_euclid(4_800);
    if months == 0 {
        (0, 0)
    } else {
        (about - 3, about + 4)
    }
}

fn shortest(duration: Duration, counts_days: bool) -> i64 {
    let (months, _) = month_days(duration.months());
    within(months, duration, counts_days, false)
}

fn longest(duration: Duration, counts_days: bool) -> i64 {
    let (_, months) = month_days(duration.months());
    within(months, duration, counts_days, true)
}

fn within(month_days: i64, duration: Duration, counts_days: bool, most: bool) -> i64 {
    let days = month_days.saturating_add(i64::try_from(duration.days()).unwrap_or(i64::MAX / 64));
    let days = days.min(FARTHEST - 1);
    let slack = if most { MOMENTS } else { -MOMENTS };
    if counts_days {
        return days * DAY + slack;
    }
    // Exact time: it crosses a midnight for each whole day, and may cross one more.
    let seconds = i64::try_from(duration.seconds()).unwrap_or(i64::MAX / DAY);
    let midnights = seconds.div_euclid(MOMENTS) + i64::from(most && seconds % MOMENTS > 0);
    let exact = seconds.saturating_add(midnights.saturating_mul(DAY - MOMENTS));
    let of_days = if days == 0 { 0 } else { days * DAY };
    // Moments are known to the second: a distance between them is, give or take one.
    let exact = exact + if most { 1 } else { -1 };
    of_days
        .saturating_add(exact)
        .clamp(-Network::FARTHEST, Network::FARTHEST)
}

/// The first and the last day reached by a distance in days from any day of a stretch.
pub fn reached(distance: &Distance, first: Day, last: Day) -> (Option<Day>, Option<Day>) {
    let day_only = distance.smallest_unit() <= DurationUnit::Days;
    if !day_only {
        return (None, None);
    }
    (distance.least().add_to(first), distance.most().add_to(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_stay_within_their_bounds() {
        for months in [1_u32, 2, 3, 11, 12, 13, 14, 24, 60, 119, 1200, 4799] {
            let duration = Duration::of(months, DurationUnit::Months);
            let (least, most) = month_days(u64::from(months));
            for year in [1896, 1899, 1900, 1999, 2000, 2023, 2024] {
                for month in 1..=12 {
                    for day in [1, 15, 28, 29, 30, 31] {
                        let Some(from) = Day::from_ymd(year, month, day) else {
                            continue;
                        };
                        let to = duration.add_to(from).unwrap();
                        let days = i64::from(to.number()) - i64::from(from.number());
                        assert!(
                            (least..=most).contains(&days),
                            "{months} from {from}: {days}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn bounds_are_rounded_to_days() {
        let day = |n| Day::from_number(n);
        assert_eq!(day_not_before(3 * DAY), day(3));
        assert_eq!(day_not_before(3 * DAY + MOMENTS), day(3));
        assert_eq!(day_not_before(3 * DAY + MOMENTS + 1), day(4));
        assert_eq!(day_not_after(3 * DAY + MOMENTS), day(3));
        assert_eq!(day_not_after(3 * DAY - 1), day(2));
        assert_eq!(days_missing(DAY - MOMENTS), 1);
        // What ends at midnight has ended on the day before.
        assert_eq!(end_not_before(3 * DAY), day(2));
        assert_eq!(end_not_before(3 * DAY + 1), day(3));
        assert_eq!(end_not_after(3 * DAY), day(2));
        assert_eq!(end_not_after(3 * DAY + 1), day(3));
    }
}
