//! Windows of time over a range.

use std::fmt;

use annals_time::{Day, Duration};

use super::days::{Days, named};

/// A unit of windows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WindowUnit {
    /// Days.
    Days,
    /// Weeks; in the calendar, from Monday on.
    Weeks,
    /// Months.
    Months,
    /// Years.
    Years,
}

impl WindowUnit {
    /// The unit of this word.
    pub fn parse(word: &str) -> Option<WindowUnit> {
        Some(match word {
            "day" | "days" => WindowUnit::Days,
            "week" | "weeks" => WindowUnit::Weeks,
            "month" | "months" => WindowUnit::Months,
            "year" | "years" => WindowUnit::Years,
            _ => return None,
        })
    }

    fn add(self, day: Day, count: i64) -> Option<Day> {
        match self {
            WindowUnit::Days => day.checked_add_days(count),
            WindowUnit::Weeks => day.checked_add_days(count.checked_mul(7)?),
            WindowUnit::Months => day.checked_add_months(count),
            WindowUnit::Years => day.checked_add_months(count.checked_mul(12)?),
        }
    }

    /// The first day of the unit of the calendar in which a day lies.
    fn begin(self, day: Day) -> Day {
        let (year, month, _) = day.ymd();
        let begin = match self {
            WindowUnit::Days => None,
            WindowUnit::Weeks => {
                let number = i64::from(day.number());
                Day::from_number(number - (number + 3).rem_euclid(7))
            }
            WindowUnit::Months => Day::from_ymd(year, month, 1),
            WindowUnit::Years => Day::from_ymd(year, 1, 1),
        };
        begin.unwrap_or(day)
    }
}

/// Which windows.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Windows {
    /// One around each unit from the first day of the range on, as DNA has it: `a` units before and
    /// after, both ends included, with `a = (size − 1) / 2` rounded half up. Only windows that lie
    /// whole within the range.
    Around {
        /// The size: of 30 days it is 31.
        size: u32,
        /// The unit.
        unit: WindowUnit,
    },
    /// From a day to just before the same a length later, again after every step. Only windows that lie
    /// whole within the range.
    Length {
        /// The length.
        length: Duration,
        /// The step.
        step: Duration,
    },
    /// The days, weeks, months or years of the calendar, as far as they lie within the range.
    Every(WindowUnit),
}

/// There are more windows than can be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooManyWindows;

/// The most windows.
const MOST: usize = 100_000;

impl fmt::Display for TooManyWindows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "there are more than {MOST} windows: take larger ones or longer steps, or give --from and --until"
        )
    }
}

impl std::error::Error for TooManyWindows {}

impl Windows {
    /// The windows over a range of days that the calendar can name.
    ///
    /// # Errors
    /// If there are too many.
    pub fn over(&self, range: Days) -> Result<Vec<Days>, TooManyWindows> {
        if range.is_empty() {
            return Ok(Vec::new());
        }
        let (begin, end) = (named(range.first), named(range.last));
        let mut windows = Vec::new();
        let mut add = |first: Day, last: Day| {
            if windows.len() >= MOST {
                return Err(TooManyWindows);
            }
            windows.push(Days::of(
                i64::from(first.number()),
                i64::from(last.number()),
            ));
            Ok(())
        };
        let mut at = begin;
        match self {
            Windows::Around { size, unit } => {
                // (size − 1) / 2, half up.
                let around = i64::from(size / 2);
                while at <= end {
                    let ends = unit.add(at, -around).zip(unit.add(at, around));
                    if let Some((first, last)) = ends.filter(|(a, b)| *a >= begin && *b <= end) {
                        add(first, last)?;
                    }
                    // A month is counted from the last day, not from the first.
                    match unit.add(at, 1) {
                        Some(next) => at = next,
                        None => break,
                    }
                }
            }
            Windows::Length { length, step } => {
                if step.months() == 0 && step.days() == 0 {
                    return Err(TooManyWindows);
                }
                for nth in 0.. {
                    // Counted from the beginning: every 31st is the last of a month, not the 28th.
                    let Some(at) = after(begin, *step, nth) else {
                        break;
                    };
                    let last = after(at, *length, 1).and_then(|next| next.checked_add_days(-1));
                    let Some(last) = last.filter(|last| *last >= at && *last <= end) else {
                        break;
                    };
                    add(at, last)?;
                }
            }
            Windows::Every(unit) => {
                at = unit.begin(begin);
                while at <= end {
                    let next = unit.add(at, 1);
                    let last = next
                        .and_then(|next| next.checked_add_days(-1))
                        .unwrap_or(end);
                    add(at.max(begin), last.min(end))?;
                    match next {
                        Some(next) => at = next,
                        None => break,
                    }
                }
            }
        }
        Ok(windows)
    }
}

/// The day some lengths after another, as far as these are whole days.
fn after(day: Day, length: Duration, times: i64) -> Option<Day> {
    let months = i64::try_from(length.months()).ok()?.checked_mul(times)?;
    let days = i64::try_from(length.days()).ok()?.checked_mul(times)?;
    day.checked_add_months(months)?.checked_add_days(days)
}
