//! A calendar day.

use std::fmt;

use chrono::{Datelike, Months, NaiveDate, Weekday};
use serde::{Serialize, Serializer};

use super::calendar::{Calendar, day_number};

/// A day of the proleptic Gregorian calendar, counted from 1970-01-01.
///
/// Years are astronomical: year 0 is 1 BCE, year −1 is 2 BCE. The range is that of
/// [`chrono::NaiveDate`], about 262,000 years either side of the present era.
///
/// ```
/// use annals_time::Day;
///
/// let invasion = Day::from_ymd(2022, 2, 24).ok_or("no such day")?;
/// assert_eq!(invasion.to_string(), "2022-02-24");
/// assert_eq!(invasion.words(), "24 Feb 2022");
/// let ides = Day::from_julian_ymd(-43, 3, 15).ok_or("no such day")?;
/// assert_eq!(ides.to_string(), "-0043-03-13");
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

impl Day {
    /// The first day that the calendar can name.
    pub const MIN: Day = Day::from_naive(NaiveDate::MIN);
    /// The last day that the calendar can name.
    pub const MAX: Day = Day::from_naive(NaiveDate::MAX);

    const fn from_naive(date: NaiveDate) -> Day {
        Day(date.to_epoch_days())
    }

    /// The day of a Gregorian year, month (1 to 12) and day of the month; `None` where there is no
    /// such day.
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Day> {
        NaiveDate::from_ymd_opt(year, month, day).map(Day::from_naive)
    }

    /// The day with this year, month and day of the month in the Julian calendar; `None` where it
    /// has no such day. The Julian calendar has a 29 February in every fourth year, including 1700.
    pub fn from_julian_ymd(year: i32, month: u32, day: u32) -> Option<Day> {
        let year = i64::from(year);
        let in_month = Calendar::Julian.days_in_month(year, month)?;
        if day == 0 || day > in_month {
            return None;
        }
        Day::from_number(day_number(Calendar::Julian, year, month, day))
    }

    /// A day of a week of ISO 8601, Monday first: day 1 to 7 of week 1 to 53; `None` where the year
    /// has no such week.
    pub fn from_iso_week(year: i32, week: u32, day: u32) -> Option<Day> {
        let of_week = match day {
            1 => Weekday::Mon,
            2 => Weekday::Tue,
            3 => Weekday::Wed,
            4 => Weekday::Thu,
            5 => Weekday::Fri,
            6 => Weekday::Sat,
            7 => Weekday::Sun,
            _ => return None,
        };
        NaiveDate::from_isoywd_opt(year, week, of_week).map(Day::from_naive)
    }

    /// Days since 1970-01-01; earlier days are negative.
    pub const fn number(self) -> i32 {
        self.0
    }

    /// The day `number` days after 1970-01-01; `None` outside the calendar's range.
    pub fn from_number(number: i64) -> Option<Day> {
        let number = i32::try_from(number).ok()?;
        (Day::MIN.0..=Day::MAX.0)
            .contains(&number)
            .then_some(Day(number))
    }

    /// Year, month (1 to 12) and day of the month.
    pub fn ymd(self) -> (i32, u32, u32) {
        let date = self.date();
        (date.year(), date.month(), date.day())
    }

    /// The day of the week.
    pub fn weekday(self) -> Weekday {
        self.date().weekday()
    }

    /// The day `days` later, or earlier if negative; `None` outside the calendar's range.
    pub fn checked_add_days(self, days: i64) -> Option<Day> {
        Day::from_number(i64::from(self.0).checked_add(days)?)
    }

    /// The same day of the month `months` later, or earlier if negative. Where that month is
    /// shorter, its last day: 31 January plus one month is 28 or 29 February. `None` outside the
    /// calendar's range.
    pub fn checked_add_months(self, months: i64) -> Option<Day> {
        let count = Months::new(u32::try_from(months.unsigned_abs()).ok()?);
        let date = self.date();
        let moved = if months < 0 {
            date.checked_sub_months(count)
        } else {
            date.checked_add_months(count)
        };
        moved.map(Day::from_naive)
    }

    /// The day as shown in messages: `20 Apr 2023`, `24 Aug 79 CE`, `15 Mar 44 BCE`.
    pub fn words(self) -> String {
        let (year, month, day) = self.ymd();
        format!(
            "{day} {} {}",
            month_word(month),
            year_words(i64::from(year))
        )
    }

    /// The day as it is displayed, if its year has four digits: answers write hundreds of thousands.
    fn ten_letters(self) -> Option<[u8; 10]> {
        let (year, month, day) = self.ymd();
        let year = u32::try_from(year).ok().filter(|year| *year <= 9999)?;
        let digit = |number: u32| b'0' + (number % 10) as u8;
        let mut written = *b"0000-00-00";
        for (at, number) in [
            (0, year / 1000),
            (1, year / 100),
            (2, year / 10),
            (3, year),
            (5, month / 10),
            (6, month),
            (8, day / 10),
            (9, day),
        ] {
            written[at] = digit(number);
        }
        Some(written)
    }

    fn date(self) -> NaiveDate {
        // Every `Day` is within chrono's range, so the fallback is never taken.
        NaiveDate::from_epoch_days(self.0).unwrap_or_default()
    }
}

impl fmt::Display for Day {
    /// `YYYY-MM-DD`; years outside 0 to 9999 in ISO 8601's expanded form with a sign.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        match year {
            0..=9999 => write!(f, "{year:04}-{month:02}-{day:02}"),
            _ => write!(f, "{year:+05}-{month:02}-{day:02}"),
        }
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let written = self.ten_letters();
        match written.as_ref().map(|all| std::str::from_utf8(all)) {
            Some(Ok(written)) => serializer.serialize_str(written),
            _ => serializer.collect_str(self),
        }
    }
}

impl From<Day> for NaiveDate {
    fn from(day: Day) -> NaiveDate {
        day.date()
    }
}

impl From<NaiveDate> for Day {
    fn from(date: NaiveDate) -> Day {
        Day::from_naive(date)
    }
}

/// The English abbreviation of a month, 1 to 12.
pub(super) fn month_word(month: u32) -> &'static str {
    const NAMES: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    NAMES
        .get((month as usize).wrapping_sub(1))
        .copied()
        .unwrap_or("?")
}

/// A year for display, with its era if it has fewer than four digits or lies before year 1.
pub(super) fn year_words(year: i64) -> String {
    match year {
        ..=0 => format!("{} BCE", 1_i128 - i128::from(year)),
        1..=999 => format!("{year} CE"),
        _ => year.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Days;
    use proptest::prelude::*;

    fn day(year: i32, month: u32, day: u32) -> Day {
        Day::from_ymd(year, month, day).expect("a day of the calendar")
    }

    #[test]
    fn a_day_is_written_as_iso_8601_says() {
        assert_eq!(day(2023, 4, 20).to_string(), "2023-04-20");
        assert_eq!(day(0, 1, 1).to_string(), "0000-01-01");
        assert_eq!(day(-44, 3, 15).to_string(), "-0044-03-15");
        assert_eq!(day(12_000, 1, 1).to_string(), "+12000-01-01");
        assert_eq!(
            serde_json::to_string(&day(1970, 1, 1)).expect("json"),
            "\"1970-01-01\""
        );
        assert_eq!(day(1970, 1, 1).number(), 0);
        for number in (-800_000..3_000_000).step_by(997) {
            let day = Day::from_number(number).expect("a day of the calendar");
            let written = serde_json::to_string(&day).expect("json");
            assert_eq!(written, format!("\"{day}\""));
        }
    }

    #[test]
    fn a_day_is_said_in_words() {
        assert_eq!(day(2023, 4, 20).words(), "20 Apr 2023");
        assert_eq!(day(-43, 3, 15).words(), "15 Mar 44 BCE");
        assert_eq!(day(79, 8, 24).words(), "24 Aug 79 CE");
    }

    #[test]
    fn the_julian_calendar_is_converted() {
        // Inter gravissimas: Thursday 4 October 1582 was followed by Friday 15 October.
        assert_eq!(
            Day::from_julian_ymd(1582, 10, 5),
            Day::from_ymd(1582, 10, 15)
        );
        assert_eq!(
            Day::from_julian_ymd(1700, 2, 29),
            Day::from_ymd(1700, 3, 11)
        );
        assert_eq!(
            Day::from_julian_ymd(1917, 10, 25),
            Day::from_ymd(1917, 11, 7)
        );
        // Julian day number 0 is 1 January 4713 BCE, proleptic Gregorian 24 November 4714 BCE.
        assert_eq!(
            Day::from_julian_ymd(-4712, 1, 1),
            Day::from_ymd(-4713, 11, 24)
        );
        assert_eq!(Day::from_julian_ymd(1701, 2, 29), None);
        assert_eq!(Day::from_julian_ymd(1700, 13, 1), None);
        assert_eq!(Day::from_julian_ymd(i32::MAX, 1, 1), None);
    }

    #[test]
    fn months_clamp_to_the_last_day() {
        assert_eq!(
            day(2022, 1, 31).checked_add_months(1),
            Day::from_ymd(2022, 2, 28)
        );
        assert_eq!(
            day(2024, 3, 31).checked_add_months(-1),
            Day::from_ymd(2024, 2, 29)
        );
        assert_eq!(Day::MAX.checked_add_months(1), None);
        assert_eq!(Day::MIN.checked_add_days(-1), None);
        assert_eq!(Day::MAX.checked_add_days(i64::MAX), None);
        assert_eq!(day(2022, 1, 31).checked_add_months(i64::MIN), None);
    }

    proptest! {
        #[test]
        fn numbers_and_dates_agree_with_chrono(number in Day::MIN.number()..=Day::MAX.number()) {
            let day = Day::from_number(i64::from(number)).expect("within the range");
            let (year, month, of_month) = day.ymd();
            prop_assert_eq!(Day::from_ymd(year, month, of_month), Some(day));
            prop_assert_eq!(day_number(Calendar::Gregorian, i64::from(year), month, of_month), i64::from(number));
            let later = NaiveDate::from(day).checked_add_days(Days::new(40)).map(Day::from);
            prop_assert_eq!(day.checked_add_days(40), later);
        }
    }
}
