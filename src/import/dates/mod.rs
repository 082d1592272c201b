//! Dates as the sources of imports write them. The reader of dates in words is that of
//! [`annals_time::in_words`]; here are its options, its questions, and dates as facts have them.
//!
//! ```
//! use annals_import::dates::Reading;
//!
//! let dates = Reading::default();
//! let edtf = |text| dates.read(text).map(|date| date.edtf().to_owned());
//! assert_eq!(edtf("2023-04-20").as_deref(), Ok("2023-04-20"));
//! assert_eq!(edtf("spring 1943").as_deref(), Ok("1943-21"));
//! assert_eq!(edtf("um 1880").as_deref(), Ok("1880~"));
//! ```

#[cfg(test)]
mod tests;

use serde_json::{Map, Value};

use super::Options;
use super::options::{CENTURY, DATES, YEAR};
use annals_source::{At, SourceError};
use annals_time::in_words::{DateInWords, DateReader};
pub use annals_time::in_words::{DayOrder, Unread};
use annals_time::{Calendar, Date, DateError, Day};

/// A date that a fact file can hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    edtf: String,
    calendar: Calendar,
    display: Option<String>,
    weekday: Option<String>,
    remark: Option<&'static str>,
}

impl Dated {
    /// A date that is EDTF already.
    ///
    /// # Errors
    /// When it is none.
    pub fn edtf_of(text: &str) -> Result<Dated, DateError> {
        Dated::in_calendar(text, Calendar::Gregorian)
    }

    /// A date that is EDTF, in days of this calendar.
    ///
    /// # Errors
    /// When it is none.
    pub fn in_calendar(text: &str, calendar: Calendar) -> Result<Dated, DateError> {
        Date::with(text, calendar, None)?;
        Ok(Dated::plain(text.to_owned(), calendar))
    }

    /// A day.
    pub fn day(day: Day) -> Dated {
        Dated::plain(day.to_string(), Calendar::Gregorian)
    }

    fn plain(edtf: String, calendar: Calendar) -> Dated {
        Dated {
            edtf,
            calendar,
            display: None,
            weekday: None,
            remark: None,
        }
    }

    /// A date in words; what these say beyond EDTF is kept.
    fn in_words(date: DateInWords, words: &str) -> Dated {
        let dated = Dated {
            weekday: date.weekday,
            remark: date.remark,
            ..Dated::plain(date.edtf, date.calendar)
        };
        if date.says_more {
            dated.displayed(words)
        } else {
            dated
        }
    }

    /// … with the words of the source, where these say more than EDTF does.
    #[must_use]
    pub fn displayed(mut self, words: &str) -> Self {
        let words = words.trim();
        self.display = (!words.is_empty()).then(|| words.to_owned());
        self
    }

    /// Whether all its days are days of another date, so that it says at least as much.
    pub(crate) fn is_within(&self, other: &Dated) -> bool {
        let days = |date: &Dated| {
            let date = Date::with(&date.edtf, date.calendar, None).ok()?;
            Some((date.first()?, date.last()?))
        };
        self.edtf == other.edtf
            || days(self)
                .zip(days(other))
                .is_some_and(|(own, other)| other.0 <= own.0 && own.1 <= other.1)
    }

    /// The date in EDTF.
    pub fn edtf(&self) -> &str {
        &self.edtf
    }

    /// The day of the week that the source names.
    pub fn weekday(&self) -> Option<&str> {
        self.weekday.as_deref()
    }

    /// What the report of an import should say of this date: that it was changed, and how.
    pub fn remark(&self) -> Option<&'static str> {
        self.remark
    }

    /// As a fact file writes it: a text, or an object with `edtf`, `calendar`, `display`.
    pub fn value(&self) -> Value {
        if self.calendar == Calendar::Gregorian && self.display.is_none() {
            return self.edtf.clone().into();
        }
        let mut fields = Map::new();
        fields.insert("edtf".to_owned(), self.edtf.clone().into());
        if self.calendar != Calendar::Gregorian {
            fields.insert("calendar".to_owned(), self.calendar.as_str().into());
        }
        if let Some(display) = &self.display {
            fields.insert("display".to_owned(), display.clone().into());
        }
        Value::Object(fields)
    }
}

/// How dates are read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Reading {
    /// Which number is the day, where the source or the user says so.
    pub order: Option<DayOrder>,
    /// The year of dates that have none.
    pub year: Option<i32>,
    /// The first digits of years of two digits.
    pub century: Option<i32>,
}

impl Reading {
    /// As the options say.
    pub fn of(options: &Options) -> Reading {
        let number = |text: &str| text.parse().ok();
        Reading {
            order: options.get(&DATES).map(|order| match order {
                "mdy" => DayOrder::MonthFirst,
                _ => DayOrder::DayFirst,
            }),
            year: options.get(&YEAR).and_then(number),
            century: options.get(&CENTURY).and_then(number),
        }
    }

    /// Reads a text as a date: [`DateReader::read`].
    ///
    /// # Errors
    /// When it is no date, or one that can be read in two ways.
    pub fn read(&self, text: &str) -> Result<Dated, Unread> {
        let date = self.reader().read(text)?;
        Ok(Dated::in_words(date, text))
    }

    /// Reads the two ends of a stretch of time, of which one may be empty:
    /// [`DateReader::read_ends`].
    ///
    /// # Errors
    /// When one of them is no date, or can be read in two ways.
    pub fn read_ends(&self, from: &str, to: &str) -> Result<Dated, Unread> {
        let date = self.reader().read_ends(from, to)?;
        let words = [from.trim(), to.trim()].join(" – ");
        Ok(Dated::in_words(date, words.trim()))
    }

    fn reader(&self) -> DateReader {
        DateReader {
            order: self.order,
            year: self.year,
            century: self.century,
        }
    }
}

/// Why a text is not read as a date, as the report of an import says it.
///
/// # Errors
/// The question, where only the user can say what is meant.
pub fn why_unread(unread: Unread, at: &At, words: &str) -> Result<&'static str, SourceError> {
    let shown = || annals_finding::shown(words.trim());
    match unread {
        Unread::Unknown(why) => Ok(why),
        Unread::Ambiguous => {
            let question = format!("is the first number in {} the day or the month?", shown());
            let option = "--dates dmy: the day first; --dates mdy: the month first";
            Err(SourceError::ambiguous(at.clone(), question, option).note(
                "it applies to all dates that are only numbers, so that the whole source is read in one way",
            ))
        }
        Unread::Century => {
            let question = format!("of which century is the year in {}?", shown());
            let option = "--century 19: 99 is 1999; --century 20: 99 is 2099";
            Err(SourceError::ambiguous(at.clone(), question, option)
                .note("it applies to all years of two digits"))
        }
    }
}

/// The date that a spreadsheet keeps as a number of days: see [`book::serial_date`].
///
/// [`book::serial_date`]: annals_source::book::serial_date
pub fn of_serial(serial: f64, from_1904: bool) -> Option<Dated> {
    Dated::edtf_of(&annals_source::book::serial_date(serial, from_1904)?).ok()
}
