//! A date as written, with its meaning in days.

use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::extent::{Bound, Extent};
use super::in_words;
use super::written::{self, Meaning};
use super::{Calendar, Certainty, DateError, Day, DayRelation, Precision, TimeOfDay, compare};

/// An EDTF date (ISO 8601-2, levels 0 to 2) as written, with its meaning in days.
///
/// A date is only partly known. It stands for a stretch of time whose start and end each lie within
/// bounds, or for several such stretches of which one is meant ([`Date::alternatives`]).
///
/// ```
/// use annals_time::{Date, Day, Precision};
///
/// let month = Date::parse("2023-04")?;
/// assert_eq!(month.precision(), Precision::Month);
/// assert_eq!(month.last(), Day::from_ymd(2023, 4, 30));
///
/// // What is open never ends; `first` and `last` have no day there.
/// let war = Date::parse("2022-02-24/..")?;
/// assert_eq!((war.first(), war.last()), (Day::from_ymd(2022, 2, 24), None));
/// assert_eq!(war.words(), "from 24 Feb 2022 (open)");
///
/// let error = Date::parse("2023-4-2").unwrap_err();
/// assert_eq!(error.reason, "a month has two digits, such as 04");
/// assert_eq!(error.suggestion.as_deref(), Some("2023-04-02"));
/// # Ok::<(), annals_time::DateError>(())
/// ```
///
/// Where the standard leaves a choice:
/// - Seasons (21 to 32) are the meteorological ones, northern unless a hemisphere is named. Winter
///   ends in the next year. Their boundaries are vague, so they count as qualified
///   ([`Date::takes_slack`]).
/// - Significant digits fix the leading digits: `1950S2` lies in 1900 to 1999.
/// - A set in brackets (`[1667,1670..1672]`) means one of its members; a range in it is one stretch
///   within which the date lies. A set in braces covers all days from the start of its first member
///   to the end of its last.
/// - `/date` and `date/` have an unknown end; `../date` has always been, and `date/..` never ends.
/// - Times of day keep the day as written, whatever their offset; `24:00:00` ends its day.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Date {
    written: Box<str>,
    display: Option<Box<str>>,
    hull: Extent,
    /// All alternatives if there are several, else empty.
    choices: Box<[Extent]>,
    time: Option<TimeOfDay>,
    calendar: Calendar,
    precision: Precision,
    uncertain: bool,
    approximate: bool,
    season: bool,
}

impl Date {
    /// Parses a date in the Gregorian calendar.
    ///
    /// # Errors
    /// If the text is not an EDTF date, has more than 1,000 characters, names a day that does not
    /// exist, or ends before it begins.
    pub fn parse(text: &str) -> Result<Date, DateError> {
        Date::with(text, Calendar::Gregorian, None)
    }

    /// Parses a date in either calendar, with the source's own wording if given.
    ///
    /// ```
    /// use annals_time::{Calendar, Date, Day};
    ///
    /// let revolution = Date::with("1917-10-25", Calendar::Julian, Some("October Revolution"))?;
    /// assert_eq!(revolution.first(), Day::from_ymd(1917, 11, 7));
    /// assert_eq!(revolution.words(), "October Revolution");
    /// # Ok::<(), annals_time::DateError>(())
    /// ```
    ///
    /// # Errors
    /// As [`Date::parse`]; days are those of the calendar.
    pub fn with(
        written: &str,
        calendar: Calendar,
        display: Option<&str>,
    ) -> Result<Date, DateError> {
        let meaning = Meaning::parse(written, calendar, 0)
            .map_err(|error| in_words::explained(written, calendar, error))?;
        Ok(Date::from_meaning(written, calendar, display, meaning))
    }

    /// A single Gregorian day, in ISO 8601 form.
    pub fn of_day(day: Day) -> Date {
        Date {
            written: day.to_string().into(),
            display: None,
            hull: Extent::within(day.into(), day.into()),
            choices: Box::default(),
            time: None,
            calendar: Calendar::Gregorian,
            precision: Precision::Day,
            uncertain: false,
            approximate: false,
            season: false,
        }
    }

    fn from_meaning(
        written: &str,
        calendar: Calendar,
        display: Option<&str>,
        meaning: Meaning,
    ) -> Date {
        let several = meaning.alternatives.len() > 1;
        // A parsed date has at least one alternative; without one, nothing would be known.
        let nothing_known = Extent::within(Bound::PAST, Bound::FUTURE);
        Date {
            written: written.into(),
            display: display.map(Into::into),
            hull: meaning
                .alternatives
                .iter()
                .copied()
                .reduce(Extent::hull)
                .unwrap_or(nothing_known),
            choices: if several {
                meaning.alternatives.into()
            } else {
                Box::default()
            },
            time: meaning.time,
            calendar,
            precision: meaning.precision,
            uncertain: meaning.uncertain,
            approximate: meaning.approximate,
            season: meaning.season,
        }
    }

    /// The text as written.
    pub fn written(&self) -> &str {
        &self.written
    }

    /// The source's own wording, if given.
    pub fn display(&self) -> Option<&str> {
        self.display.as_deref()
    }

    /// The calendar of the written date.
    pub fn calendar(&self) -> Calendar {
        self.calendar
    }

    /// The precision of the written date.
    pub fn precision(&self) -> Precision {
        self.precision
    }

    /// Marked `?` or `%` anywhere: its source is in doubt.
    pub fn is_uncertain(&self) -> bool {
        self.uncertain
    }

    /// Marked `~` or `%` anywhere: an estimate.
    pub fn is_approximate(&self) -> bool {
        self.approximate
    }

    /// Whether its bounds are vague and may be widened: it is uncertain or approximate, or has a
    /// season, whose boundaries no calendar fixes.
    pub fn takes_slack(&self) -> bool {
        self.uncertain || self.approximate || self.season
    }

    /// The time of day, if given.
    pub fn time_of_day(&self) -> Option<TimeOfDay> {
        self.time
    }

    /// The first day on which it can begin; `None` where that is open, unknown or past the
    /// calendar's range.
    pub fn first(&self) -> Option<Day> {
        self.hull.earliest_start().day()
    }

    /// The last day on which it can end; `None` where that is open, unknown or past the
    /// calendar's range.
    pub fn last(&self) -> Option<Day> {
        self.hull.latest_end().day()
    }

    /// The smallest single extent that contains every reading of the date. If a relation is certain
    /// or impossible for the extent, it is for the date too; a possible one may still be decided by
    /// [`Date::alternatives`].
    pub fn extent(&self) -> Extent {
        self.hull
    }

    /// The extents of which one is meant: at least one, at most 512.
    pub fn alternatives(&self) -> &[Extent] {
        if self.choices.is_empty() {
            std::slice::from_ref(&self.hull)
        } else {
            &self.choices
        }
    }

    /// The date with the bounds of each single date in it moved apart by `units` of that date's
    /// written precision: `1900~` by one unit is 1899 to 1901, `2023-04/2024` is 2023-03 to 2023-05
    /// / 2023 to 2025. Open and unknown ends are unchanged, and so is the spelling.
    pub fn widened(&self, units: u32) -> Date {
        match Meaning::parse(&self.written, self.calendar, units) {
            Ok(meaning) => {
                Date::from_meaning(&self.written, self.calendar, self.display(), meaning)
            }
            // Only days after the year 9999 have a spelling that EDTF does not allow: widen by
            // days.
            Err(_) => {
                let days = i64::from(units);
                let hull = Extent::within(
                    self.hull.earliest_start().plus_days(-days),
                    self.hull.latest_end().plus_days(days),
                );
                Date {
                    hull,
                    ..self.clone()
                }
            }
        }
    }

    /// Some time on or before the last day of this date: what a publication date implies about when
    /// a statement it reports was made. The spelling is unchanged.
    pub fn or_earlier(&self) -> Date {
        let hull = Extent::within(Bound::PAST, self.hull.latest_end());
        Date {
            hull,
            choices: Box::default(),
            ..self.clone()
        }
    }

    /// Whether the relation holds between this date and another: [`compare`].
    pub fn compare(&self, relation: DayRelation, other: &Date) -> Certainty {
        compare(self, relation, other)
    }

    /// The date as shown in messages and tables: the source's own wording if given, else English.
    ///
    /// | written | words |
    /// |---|---|
    /// | `2023-04-20`, `2023-04`, `-0043` | 20 Apr 2023, Apr 2023, 44 BCE |
    /// | `1900~`, `2023-04-20?`, `1900%` | about 1900, 20 Apr 2023?, about 1900? |
    /// | `2001-21`, `2001-33` | spring 2001, quarter 1 of 2001 |
    /// | `156X`, `15XX` | 1560s, 1500 to 1599 |
    /// | `1964/2008`, `1880/..`, `1880/`, `../..` | 1964 to 2008, from 1880 (open), from 1880, end unknown, always |
    /// | `[1667,1672]`, `{1667,1672}`, `[1880..]` | 1667 or 1672, 1667 and 1672, 1880 or later |
    /// | `2004-01-01T10:10:10Z` | 1 Jan 2004, 10:10:10 UTC |
    ///
    /// A date whose open digits have no short wording (`1997-XX-15`) is shown as written, and one
    /// in the Julian calendar ends with "(Julian)".
    pub fn words(&self) -> String {
        match &self.display {
            Some(display) => display.to_string(),
            None => written::words_of(&self.written, self.calendar),
        }
    }
}

impl Date {
    /// Like [`Date::words`], but never in the source's own wording: for a column of dates.
    pub fn dated(&self) -> String {
        written::words_of(&self.written, self.calendar)
    }
}

impl From<Day> for Date {
    fn from(day: Day) -> Date {
        Date::of_day(day)
    }
}

impl From<&Date> for Date {
    fn from(date: &Date) -> Date {
        date.clone()
    }
}

impl std::str::FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Date, DateError> {
        Date::parse(text)
    }
}

impl Serialize for Date {
    /// `{"written", "first", "last", "precision", "calendar", "display"}`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Date", 6)?;
        object.serialize_field("written", self.written())?;
        object.serialize_field("first", &self.first())?;
        object.serialize_field("last", &self.last())?;
        object.serialize_field("precision", &self.precision)?;
        object.serialize_field("calendar", &self.calendar)?;
        object.serialize_field("display", &self.display())?;
        object.end()
    }
}
