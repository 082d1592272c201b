//! Ticks: the single scale for days, moments within a day, and distances.

use super::network::Network;
use annals_time::{Bound, Day, Distance, Duration, DurationUnit};

/// The ticks of a day. There are far more than its seconds, so that thousands of ordered points
/// within a day never reach the next.
pub const DAY: i64 = 512 * SECONDS;
/// The seconds in a day.
pub const SECONDS: i64 = 86_400;
/// The farthest day that is represented; anything farther is unbounded.
pub const FARTHEST: i64 = Network::FARTHEST / DAY;

/// How the ticks of a day are used: the same for all records, since all are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scale {
    /// The moments of a day are its first 86,400 ticks, one per second: distances in days are
    /// exact, those in hours only within a day.
    #[default]
    Days,
    /// The moments of a day fill it: distances in hours are exact, even across midnight, and those
    /// in days only from a known day.
    Seconds,
}

/// The first tick of a day; `None` if it is unbounded or too far away.
pub fn first_tick(bound: Bound) -> Option<i64> {
    let day = bound.number().filter(|day| day.abs() < FARTHEST)?;
    Some(day * DAY)
}

/// The last tick at which something can end on a day: the midnight at which the next day begins, so
/// that something that follows on the next day can meet it.
pub fn midnight_after(bound: Bound) -> Option<i64> {
    Some(first_tick(bound)? + DAY)
}

/// The last day on which something can end that ends no later than a tick.
pub fn end_not_after(tick: i64) -> Option<Day> {
    Day::from_number((tick - 1).div_euclid(DAY))
}

/// The last day on which something can begin that begins no later than a tick.
pub fn day_not_after(tick: i64) -> Option<Day> {
    Day::from_number(tick.div_euclid(DAY))
}

impl Scale {
    /// The ticks in a second.
    pub fn second(self) -> i64 {
        match self {
            Scale::Days => 1,
            Scale::Seconds => DAY / SECONDS,
        }
    }

    /// The last tick of a day at which something can begin, relative to the first.
    pub fn last_moment(self) -> i64 {
        match self {
            Scale::Days => SECONDS,
            Scale::Seconds => DAY - 1,
        }
    }

    /// The last tick of a day at which something can begin.
    pub fn last_tick(self, bound: Bound) -> Option<i64> {
        Some(first_tick(bound)? + self.last_moment())
    }

    /// The tick of a moment, in seconds since the midnight from which days count.
    pub fn moment(self, seconds: i64) -> i64 {
        let (day, rest) = (seconds.div_euclid(SECONDS), seconds.rem_euclid(SECONDS));
        day * DAY + rest * self.second()
    }

    /// The first day on which something can end that ends no earlier than a tick.
    pub fn end_not_before(self, tick: i64) -> Option<Day> {
        if tick.rem_euclid(DAY) == 0 {
            return Day::from_number(tick.div_euclid(DAY) - 1);
        }
        self.day_not_before(tick)
    }

    /// The first day on which something can begin that begins no earlier than a tick.
    pub fn day_not_before(self, tick: i64) -> Option<Day> {
        let (day, rest) = (tick.div_euclid(DAY), tick.rem_euclid(DAY));
        Day::from_number(if rest > self.last_moment() {
            day + 1
        } else {
            day
        })
    }

    /// The fewest and the most ticks of a distance, whatever day it counts from.
    pub fn ticks(self, distance: &Distance) -> (i64, i64) {
        let counts_days = distance.counts_days();
        (
            self.shortest(distance.least(), counts_days),
            self.longest(distance.most(), counts_days),
        )
    }

    fn shortest(self, duration: Duration, counts_days: bool) -> i64 {
        let (months, _) = month_days(duration.months());
        let days = days_of(months, duration);
        if counts_days {
            return days * DAY - self.last_moment();
        }
        // Moments are known to the second, so a distance between them is exact within one second.
        self.exact(days, duration, seconds_of(duration) / SECONDS, -1)
    }

    fn longest(self, duration: Duration, counts_days: bool) -> i64 {
        let (_, months) = month_days(duration.months());
        let days = days_of(months, duration);
        if counts_days {
            return days * DAY + self.last_moment();
        }
        let seconds = seconds_of(duration);
        let midnights = seconds / SECONDS + i64::from(seconds % SECONDS > 0);
        self.exact(days, duration, midnights, 1)
    }

    /// Exact time that crosses this many midnights, where these lie between the moments of days.
    fn exact(self, days: i64, duration: Duration, midnights: i64, give: i64) -> i64 {
        let seconds = seconds_of(duration)
            .saturating_add(give)
            .saturating_mul(self.second());
        let between = match self {
            Scale::Days => midnights.saturating_mul(DAY - SECONDS),
            Scale::Seconds => 0,
        };
        (days * DAY)
            .saturating_add(seconds)
            .saturating_add(between)
            .clamp(-Network::FARTHEST, Network::FARTHEST)
    }
}

/// The fewest and most days in this many consecutive months of 28 to 31 days.
fn month_days(months: u64) -> (i64, i64) {
    let months = i64::try_from(months).unwrap_or(i64::MAX / 64);
    // 4,800 months are 146,097 days. A run of months deviates from that by at most three days
    // either way, since clamping loses up to three and February is short by two.
    let about = months.saturating_mul(146_097).div_euclid(4_800);
    if months == 0 {
        (0, 0)
    } else {
        (about - 3, about + 4)
    }
}

fn days_of(month_days: i64, duration: Duration) -> i64 {
    let days = i64::try_from(duration.days()).unwrap_or(i64::MAX / 64);
    month_days.saturating_add(days).min(FARTHEST - 1)
}

fn seconds_of(duration: Duration) -> i64 {
    i64::try_from(duration.seconds()).unwrap_or(i64::MAX / DAY)
}

/// The fewest and the most days of a distance in days, whatever day it counts from.
pub fn days(distance: &Distance) -> (i64, i64) {
    let (least, most) = (distance.least(), distance.most());
    (
        days_of(month_days(least.months()).0, least),
        days_of(month_days(most.months()).1, most),
    )
}

/// The first and the last day reached by a distance in days from any day of a range.
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
            let duration = Duration::new(months, DurationUnit::Months);
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
        let days = Scale::Days;
        assert_eq!(days.day_not_before(3 * DAY), day(3));
        assert_eq!(days.day_not_before(3 * DAY + SECONDS), day(3));
        assert_eq!(days.day_not_before(3 * DAY + SECONDS + 1), day(4));
        // If the moments fill the day, its last moment is its last tick.
        assert_eq!(Scale::Seconds.day_not_before(4 * DAY - 1), day(3));
        assert_eq!(day_not_after(3 * DAY + SECONDS), day(3));
        assert_eq!(day_not_after(3 * DAY - 1), day(2));
        // Something that ends at midnight ends on the day before.
        assert_eq!(days.end_not_before(3 * DAY), day(2));
        assert_eq!(days.end_not_before(3 * DAY + 1), day(3));
        assert_eq!(end_not_after(3 * DAY), day(2));
        assert_eq!(end_not_after(3 * DAY + 1), day(3));
    }
}
