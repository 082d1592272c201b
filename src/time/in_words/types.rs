//! What is asked of the reader of dates in words, and what it answers.

use crate::Calendar;

/// Which of the first two numbers of `03/04/2021` is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayOrder {
    /// 3 April.
    DayFirst,
    /// March 4.
    MonthFirst,
}

/// How dates in words are read: what the source does not say itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DateReader {
    /// Which number is the day.
    pub order: Option<DayOrder>,
    /// The year of dates that have none.
    pub year: Option<i32>,
    /// The first digits of years that are written with two: 19 makes 1999 of 99.
    pub century: Option<i32>,
}

/// A date that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateInWords {
    /// The date in EDTF.
    pub edtf: String,
    /// The calendar of its days.
    pub calendar: Calendar,
    /// Whether the text says more than EDTF can, and is to be kept beside it.
    pub says_more: bool,
    /// The day of the week, as written.
    pub weekday: Option<String>,
    /// What whoever reads many dates should be told of this one.
    pub remark: Option<&'static str>,
    /// In what spelling it was written.
    pub spelling: Spelling,
}

/// In what spelling a date was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// In EDTF as it is now.
    Edtf,
    /// In EDTF as it was drafted in 2012.
    OldEdtf,
    /// In digits and signs alone, as programs write days and times.
    Digits,
    /// In words.
    Words,
}

/// Why a text is not read as a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// It is one of several days, and only the user can say which order of numbers is meant.
    Ambiguous,
    /// Its year has two digits, and only the user can say of which century.
    Century,
    /// It is no date that is known here; why, where that can be said.
    Unknown(&'static str),
}

impl Unread {
    /// Whether it would be a date if it had a year.
    pub fn lacks_a_year(self) -> bool {
        self == NO_YEAR
    }
}

pub(super) const NO_DATE: Unread = Unread::Unknown("it is not a known form of date");
pub(super) const NO_YEAR: Unread = Unread::Unknown("it has no year");
pub(super) const NO_DAY: Unread = Unread::Unknown("there is no such day");
pub(super) const NO_MONTH: Unread = Unread::Unknown("there is no such month");
pub(super) const NO_TIME: Unread = Unread::Unknown("there is no such time of day");
pub(super) const SHORT_YEAR: Unread = Unread::Unknown("its year has two digits");
pub(super) const NOTHING: Unread = Unread::Unknown("it says that the date is unknown");
pub(super) const RELATIVE: Unread =
    Unread::Unknown("it depends on the day on which it was written");
pub(super) const SEASON_OR_YEARS: Unread =
    Unread::Unknown("it can be a season in EDTF or two years");
pub(super) const MONTH_OR_YEARS: Unread = Unread::Unknown("it can be a month or two years");
pub(super) const DAY_OR_YEAR: Unread = Unread::Unknown("it can be a day or a year of two digits");
pub(super) const DAYS_OR_CALENDARS: Unread =
    Unread::Unknown("it can be several days, or one day in two calendars");
pub(super) const TWO_CALENDARS: Unread = Unread::Unknown("its two ends are of different calendars");
pub(super) const OTHER_CALENDAR: Unread =
    Unread::Unknown("its calendar is neither the Gregorian nor the Julian");
pub(super) const FISCAL_YEAR: Unread =
    Unread::Unknown("a fiscal year does not begin on the same day everywhere");
pub(super) const SIGNED_YEAR: Unread =
    Unread::Unknown("years before 1 are counted in two ways: with BCE it would be clear");
pub(super) const REVERSED: Unread = Unread::Unknown("it ends before it begins");

pub(super) const FRACTION: &str = "a date with a fraction of a second, which was left out";
pub(super) const MISFIT: &str = "a date that names another day of the week, kept as its wording";
pub(super) const DOUBLE_YEAR: &str = "a date with a double year, read as of the Julian calendar";
