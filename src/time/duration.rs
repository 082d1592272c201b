//! Lengths of calendar time.

use std::fmt;
use std::ops::Range;

use super::Day;

/// The longest text parsed as a duration or distance, in bytes.
pub(super) const LONGEST: usize = 200;

/// Why a text is not a duration or distance, worded for its author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DurationError {
    /// What is wrong: "a duration begins with P, such as P14M".
    pub reason: String,
    /// The byte range of the fault in the text, on character boundaries.
    pub at: Range<usize>,
}

impl fmt::Display for DurationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl std::error::Error for DurationError {}

/// The units of a duration, largest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DurationUnit {
    /// Calendar years of twelve months.
    Years,
    /// Calendar months.
    Months,
    /// Weeks of seven days.
    Weeks,
    /// Calendar days.
    Days,
    /// Hours of 60 minutes.
    Hours,
    /// Minutes of 60 seconds.
    Minutes,
    /// Seconds.
    Seconds,
}

impl DurationUnit {
    /// All units, largest first.
    pub const ALL: [DurationUnit; 7] = [
        DurationUnit::Years,
        DurationUnit::Months,
        DurationUnit::Weeks,
        DurationUnit::Days,
        DurationUnit::Hours,
        DurationUnit::Minutes,
        DurationUnit::Seconds,
    ];

    /// Days or longer count on the calendar; hours or shorter count exact time.
    pub fn counts_days(self) -> bool {
        self <= DurationUnit::Days
    }

    fn letter(self) -> char {
        match self {
            DurationUnit::Years => 'Y',
            DurationUnit::Months | DurationUnit::Minutes => 'M',
            DurationUnit::Weeks => 'W',
            DurationUnit::Days => 'D',
            DurationUnit::Hours => 'H',
            DurationUnit::Seconds => 'S',
        }
    }
}

/// A duration of ISO 8601: `P14M`, `P1Y2M`, `P2W`, `PT36H`.
///
/// Durations are never negative (an order is written the other way round) and have no fractions
/// (`PT90M`, not `PT1.5H`). Each part is at most 4,294,967,295. Two durations are equal if all
/// their parts are: twelve months do not equal a year.
///
/// ```
/// use annals_time::{Day, Duration};
///
/// let months = Duration::parse("P14M")?;
/// let invasion = Day::from_ymd(2022, 2, 24);
/// assert_eq!(invasion.and_then(|day| months.add_to(day)), Day::from_ymd(2023, 4, 24));
/// # Ok::<(), annals_time::DurationError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Duration {
    /// In the order of [`DurationUnit::ALL`].
    parts: [u32; 7],
    smallest: DurationUnit,
}

impl Duration {
    /// A duration in a single unit.
    pub fn new(count: u32, unit: DurationUnit) -> Duration {
        let mut parts = [0; 7];
        parts[unit as usize] = count;
        Duration {
            parts,
            smallest: unit,
        }
    }

    /// Parses an ISO 8601 duration.
    ///
    /// # Errors
    /// If the text is not a duration, has a sign or a fraction, or a number is too large.
    pub fn parse(text: &str) -> Result<Duration, DurationError> {
        Duration::read(text, 0)
    }

    /// Parses a duration that begins at byte `base` of the whole text.
    pub(super) fn read(text: &str, base: usize) -> Result<Duration, DurationError> {
        let whole = base..base + text.len();
        if text.starts_with(['-', '+']) {
            let reason = "a duration has no sign: swap the two things instead";
            return Err(refuse(reason, base..base + 1));
        }
        let Some(body) = text.strip_prefix('P') else {
            return Err(refuse(
                "a duration begins with P, such as P14M or PT36H",
                whole,
            ));
        };
        let mut reader = Reader {
            rest: body,
            at: base + 1,
            in_time: false,
            last: None,
            parts: [0; 7],
        };
        while !reader.rest.is_empty() {
            reader.read_part()?;
        }
        match reader.last {
            Some(smallest) => Ok(Duration {
                parts: reader.parts,
                smallest,
            }),
            None => Err(refuse(
                "a duration has a number and a unit, such as P14M or PT36H",
                whole,
            )),
        }
    }

    /// The number of this unit in the duration.
    pub fn part(self, unit: DurationUnit) -> u32 {
        self.parts[unit as usize]
    }

    /// The last unit that is written.
    pub fn smallest_unit(self) -> DurationUnit {
        self.smallest
    }

    /// No time at all.
    pub fn is_zero(self) -> bool {
        self.parts == [0; 7]
    }

    /// Years and months, in months.
    pub fn months(self) -> u64 {
        u64::from(self.part(DurationUnit::Years)) * 12 + u64::from(self.part(DurationUnit::Months))
    }

    /// Weeks and days, in days.
    pub fn days(self) -> u64 {
        u64::from(self.part(DurationUnit::Weeks)) * 7 + u64::from(self.part(DurationUnit::Days))
    }

    /// Hours, minutes and seconds, in seconds.
    pub fn seconds(self) -> u64 {
        u64::from(self.part(DurationUnit::Hours)) * 3600
            + u64::from(self.part(DurationUnit::Minutes)) * 60
            + u64::from(self.part(DurationUnit::Seconds))
    }

    /// The exact length in seconds, with days of 86,400 seconds; `None` if it has years or months,
    /// which vary in length.
    pub fn exact_seconds(self) -> Option<u64> {
        // At most 8 × 2³² days, which fits.
        (self.months() == 0).then(|| self.days() * 86_400 + self.seconds())
    }

    /// The day that lies this much later on the calendar. Years and months are added first,
    /// clamping to the last day of the month (31 January plus one month is the last of February),
    /// then weeks and days, then the whole days in the hours and smaller units. The result is
    /// monotonic in `day`. `None` outside the calendar's range.
    pub fn add_to(self, day: Day) -> Option<Day> {
        let months = i64::try_from(self.months()).ok()?;
        day.checked_add_months(months)?
            .checked_add_days(self.whole_days()?)
    }

    /// The earliest day to which this duration can be added to reach `day` or a later one; `None`
    /// outside of the calendar's range.
    pub fn earliest_reaching(self, day: Day) -> Option<Day> {
        // Clamping loses at most three days, so four days earlier is certainly too early.
        let about = self.subtract_from(day)?;
        (-4..=4)
            .filter_map(|days| about.checked_add_days(days))
            .find(|&start| self.add_to(start).is_some_and(|reached| reached >= day))
    }

    /// The latest day to which this duration can be added to reach `day` or an earlier one; `None`
    /// outside of the calendar's range.
    pub fn latest_reaching(self, day: Day) -> Option<Day> {
        let about = self.subtract_from(day)?;
        (-4..=4)
            .rev()
            .filter_map(|days| about.checked_add_days(days))
            .find(|&start| self.add_to(start).is_some_and(|reached| reached <= day))
    }

    fn subtract_from(self, day: Day) -> Option<Day> {
        let months = i64::try_from(self.months()).ok()?;
        day.checked_add_days(-self.whole_days()?)?
            .checked_add_months(-months)
    }

    fn whole_days(self) -> Option<i64> {
        i64::try_from(self.days() + self.seconds() / 86_400).ok()
    }

    /// Longer by one of the smallest unit.
    pub(super) fn lengthened(self) -> Duration {
        let mut longer = self;
        let part = &mut longer.parts[self.smallest as usize];
        *part = part.saturating_add(1);
        longer
    }

    /// Shorter by one of the smallest unit; where that is zero, borrows from the next larger unit.
    pub(super) fn shortened(self) -> Duration {
        const IN_NEXT_LARGER: [u32; 7] = [0, 12, 4, 7, 24, 60, 60];
        let mut shorter = self;
        let mut place = self.smallest as usize;
        while place > 0 && shorter.parts[place] == 0 {
            place -= 1;
        }
        shorter.parts[place] = shorter.parts[place].saturating_sub(1);
        for (part, full) in shorter
            .parts
            .iter_mut()
            .zip(IN_NEXT_LARGER)
            .take(self.smallest as usize + 1)
            .skip(place + 1)
        {
            *part = full - 1;
        }
        shorter
    }

    /// In English words: `14 months`, `1 year and 2 months`.
    pub fn words(self) -> String {
        let names = ["year", "month", "week", "day", "hour", "minute", "second"];
        let mut words: Vec<String> = Vec::new();
        for (unit, name) in DurationUnit::ALL.into_iter().zip(names) {
            match self.part(unit) {
                0 if unit == self.smallest && words.is_empty() => words.push(format!("0 {name}s")),
                0 => {}
                1 => words.push(format!("1 {name}")),
                count => words.push(format!("{count} {name}s")),
            }
        }
        match words.split_last() {
            Some((last, others)) if !others.is_empty() => {
                format!("{} and {last}", others.join(", "))
            }
            _ => words.concat(),
        }
    }
}

impl fmt::Display for Duration {
    /// ISO 8601, without the parts that are zero except the smallest.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("P")?;
        let mut in_time = false;
        for unit in DurationUnit::ALL {
            let count = self.part(unit);
            if count == 0 && unit != self.smallest {
                continue;
            }
            if !unit.counts_days() && !in_time {
                in_time = true;
                f.write_str("T")?;
            }
            write!(f, "{count}{}", unit.letter())?;
        }
        Ok(())
    }
}

pub(super) fn refuse(reason: impl Into<String>, at: Range<usize>) -> DurationError {
    DurationError {
        reason: reason.into(),
        at,
    }
}

/// Reads the parts of a duration one by one.
struct Reader<'a> {
    rest: &'a str,
    /// The byte of the whole text at which `rest` begins.
    at: usize,
    in_time: bool,
    last: Option<DurationUnit>,
    parts: [u32; 7],
}

impl Reader<'_> {
    fn read_part(&mut self) -> Result<(), DurationError> {
        if let Some(rest) = self.rest.strip_prefix('T') {
            if self.in_time || rest.is_empty() {
                let reason =
                    "after the T of a duration come hours, minutes or seconds, each at most once";
                return Err(refuse(reason, self.at..self.at + 1));
            }
            (self.rest, self.at, self.in_time) = (rest, self.at + 1, true);
            return Ok(());
        }
        let digits = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        let (number, behind) = self.rest.split_at(digits);
        let letter = behind.chars().next();
        let length = digits + letter.map_or(0, char::len_utf8);
        let place = self.at..self.at + length;
        let unit = match (letter, self.in_time) {
            (Some('.' | ','), _) => {
                let reason = "a duration has no fractions: use a smaller unit, such as PT90M";
                return Err(refuse(reason, place));
            }
            _ if digits == 0 => {
                return Err(refuse(
                    "a number is missing before the unit of a duration",
                    place,
                ));
            }
            (Some('Y'), false) => DurationUnit::Years,
            (Some('M'), false) => DurationUnit::Months,
            (Some('W'), false) => DurationUnit::Weeks,
            (Some('D'), false) => DurationUnit::Days,
            (Some('H'), true) => DurationUnit::Hours,
            (Some('M'), true) => DurationUnit::Minutes,
            (Some('S'), true) => DurationUnit::Seconds,
            (Some('H' | 'S'), false) => {
                let reason = "hours, minutes and seconds come after a T, such as PT36H";
                return Err(refuse(reason, place));
            }
            _ => {
                let reason = "the units of a duration are Y, M, W and D and, after a T, H, M and S";
                return Err(refuse(reason, place));
            }
        };
        if self.last.is_some_and(|last| last >= unit) {
            let reason = "the units of a duration go from the largest to the smallest, each once";
            return Err(refuse(reason, place));
        }
        self.parts[unit as usize] = number
            .parse()
            .map_err(|_| refuse("this number is too large", place.clone()))?;
        self.last = Some(unit);
        self.rest = &self.rest[length..];
        self.at = place.end;
        Ok(())
    }
}
