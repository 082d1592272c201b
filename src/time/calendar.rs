//! The two calendars and their day numbers, for years far beyond chrono's range.

use serde::Serialize;

/// The calendar a source uses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Calendar {
    /// The proleptic Gregorian calendar of ISO 8601.
    #[default]
    Gregorian,
    /// The proleptic Julian calendar; its days are converted before comparison.
    Julian,
}

impl Calendar {
    /// The calendar with this name in fact files: `gregorian` or `julian`.
    ///
    /// ```
    /// use annals_time::Calendar;
    /// assert_eq!(Calendar::from_name("julian"), Some(Calendar::Julian));
    /// assert_eq!(Calendar::from_name("maya"), None);
    /// ```
    pub fn from_name(name: &str) -> Option<Calendar> {
        match name {
            "gregorian" => Some(Calendar::Gregorian),
            "julian" => Some(Calendar::Julian),
            _ => None,
        }
    }

    /// The name used in fact files.
    pub fn as_str(self) -> &'static str {
        match self {
            Calendar::Gregorian => "gregorian",
            Calendar::Julian => "julian",
        }
    }

    pub(super) fn is_leap(self, year: i64) -> bool {
        let fourth = year.rem_euclid(4) == 0;
        match self {
            Calendar::Julian => fourth,
            Calendar::Gregorian => {
                fourth && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0)
            }
        }
    }

    /// The number of days in a month; `None` where there is no such month.
    pub(super) fn days_in_month(self, year: i64, month: u32) -> Option<u32> {
        match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => Some(31),
            4 | 6 | 9 | 11 => Some(30),
            2 => Some(if self.is_leap(year) { 29 } else { 28 }),
            _ => None,
        }
    }
}

/// Days from 1970-01-01 (Gregorian) to a day of either calendar.
///
/// Source: H. Hinnant, *chrono-Compatible Low-Level Date Algorithms*, `days_from_civil`: years
/// begin
/// begin in March, so that the leap day is the last of its year. The Julian calendar takes a cycle
/// of 4 years in place of 400, and its 1 March of year 0 is two days before the Gregorian one.
///
/// `month` is 1 to 12, `day` a day of that month, and `year` at most 10¹⁵ either side of 0, so
/// that nothing overflows.
pub(super) fn day_number(calendar: Calendar, year: i64, month: u32, day: u32) -> i64 {
    let month = i64::from(month);
    let (year, month_from_march) = if month <= 2 {
        (year - 1, month + 9)
    } else {
        (year, month - 3)
    };
    let day_of_year = (153 * month_from_march + 2) / 5 + i64::from(day) - 1;
    match calendar {
        Calendar::Gregorian => {
            let (cycle, of_cycle) = (year.div_euclid(400), year.rem_euclid(400));
            let leap_days = of_cycle / 4 - of_cycle / 100;
            cycle * 146_097 + of_cycle * 365 + leap_days + day_of_year - 719_468
        }
        Calendar::Julian => {
            let (cycle, of_cycle) = (year.div_euclid(4), year.rem_euclid(4));
            cycle * 1461 + of_cycle * 365 + day_of_year - 719_470
        }
    }
}

/// A year, month and day in one calendar, before conversion to a day number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CivilDay {
    pub(super) year: i64,
    pub(super) month: u32,
    pub(super) day: u32,
}

impl CivilDay {
    /// Moves the day by `months`. The last day of a month stays the last day of a month; any other
    /// day is clamped to the length of the new month.
    pub(super) fn plus_months(self, calendar: Calendar, months: i64) -> CivilDay {
        let whole = self
            .year
            .saturating_mul(12)
            .saturating_add(i64::from(self.month) - 1);
        let moved = whole.saturating_add(months);
        let year = moved.div_euclid(12);
        // The remainder is 0 to 11.
        let month = moved.rem_euclid(12) as u32 + 1;
        let length = |year, month| calendar.days_in_month(year, month).unwrap_or(31);
        let was_last = self.day >= length(self.year, self.month);
        let last = length(year, month);
        CivilDay {
            year,
            month,
            day: if was_last { last } else { self.day.min(last) },
        }
    }
}
