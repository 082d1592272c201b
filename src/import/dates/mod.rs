//! Dates as people write them, to EDTF of the precision that they have.
//!
//! ```
//! use annals_import::dates::Reading;
//!
//! let dates = Reading::default();
//! let edtf = |text| dates.read(text).map(|date| date.edtf().to_owned());
//! assert_eq!(edtf("2023-04-20").as_deref(), Ok("2023-04-20"));
//! assert_eq!(edtf("spring 1943").as_deref(), Ok("1943-21"));
//! assert_eq!(edtf("um 1880").as_deref(), Ok("1880~"));
//! assert_eq!(edtf("du 3 au 5 mai 2020").as_deref(), Ok("2020-05-03/2020-05-05"));
//! ```

mod phrase;
mod single;
mod tokens;
mod words;

#[cfg(test)]
mod tests;

use serde_json::{Map, Value};

use annals_time::{Calendar, Date, DateError, Day};

/// A date that a fact file can hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    edtf: String,
    calendar: Calendar,
    display: Option<String>,
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
        Ok(Dated {
            edtf: text.to_owned(),
            calendar,
            display: None,
        })
    }

    /// A day.
    pub fn day(day: Day) -> Dated {
        Dated {
            edtf: day.to_string(),
            calendar: Calendar::Gregorian,
            display: None,
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

/// Why a text is not read as a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unread {
    /// It is one of several days, and only the user can say which order of numbers is meant
    /// (`--dates dmy` or `mdy`).
    Ambiguous,
    /// It is no date that is known here; why, where that can be said.
    Unknown(&'static str),
}

/// Which of the first two numbers of `03/04/2021` is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayOrder {
    /// 3 April.
    DayFirst,
    /// March 4.
    MonthFirst,
}

impl DayOrder {
    /// What `--dates` says.
    pub fn of(options: &super::Options) -> Option<DayOrder> {
        match options.get(&super::options::DATES)? {
            "mdy" => Some(DayOrder::MonthFirst),
            _ => Some(DayOrder::DayFirst),
        }
    }
}

/// How dates are read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Reading {
    /// Which number is the day, where the source or the user says so.
    pub order: Option<DayOrder>,
    /// The year of dates that have none.
    pub year: Option<i32>,
}

impl Reading {
    /// As the options say.
    pub fn of(options: &super::Options) -> Reading {
        Reading {
            order: DayOrder::of(options),
            year: options
                .get(&super::options::YEAR)
                .and_then(|year| year.parse().ok()),
        }
    }

    /// Reads a text as a date: EDTF as it is, else words.
    ///
    /// | written | read |
    /// |---|---|
    /// | spring 1943, Frühjahr 1943, printemps 1943 | `1943-21` |
    /// | c. 1880, um 1880, vers 1880, hacia 1880 | `1880~` |
    /// | after 1880, before May 1880 | `[1881..]`, `[..1880-04]` |
    /// | since 1880, from 1880, until 1880 | `1880/..`, `1880/`, `/1880` |
    /// | 1880s, 1880er Jahre, années 1880; 19th century, siglo XIX | `188X`; `18XX` |
    /// | 3–5 May 2020, May–June 2020, 1914–18 | `2020-05-03/2020-05-05`, `2020-05/2020-06`, `1914/1918` |
    /// | between 1880 and 1885; 1880 or 1882 | `[1880..1885]`; `[1880,1882]` |
    /// | 03.04.2021; 25/04/2021; 03/04/2021 | `2021-04-03`; `2021-04-25`; asks |
    ///
    /// What says more than EDTF can (early 1880s, winter 1943) keeps its words as `display`.
    ///
    /// # Errors
    /// When it is no date, or one that can be read in two ways.
    pub fn read(&self, text: &str) -> Result<Dated, Unread> {
        let text = text.trim();
        // 2020-21 is spring 2020 in EDTF, and two years to most people.
        let bytes = text.as_bytes();
        if bytes.len() == 7
            && bytes[4] == b'-'
            && bytes[5] == b'2'
            && bytes.iter().filter(|b| b.is_ascii_digit()).count() == 6
        {
            return Err(Unread::Unknown("it can be a season in EDTF or two years"));
        }
        if let Ok(date) = Dated::edtf_of(text) {
            return Ok(date);
        }
        let unknown = Unread::Unknown("it is not a known form of date");
        let tokens = tokens::of(text).ok_or_else(|| unknown.clone())?;
        let manner = phrase::Manner {
            order: self.order,
            year: self.year,
            has_era: false,
        };
        let meaning = phrase::read(&tokens, manner)?;
        let date = Dated::edtf_of(&meaning.edtf).map_err(|_| unknown)?;
        Ok(if meaning.says_more {
            date.displayed(text)
        } else {
            date
        })
    }
}

/// The date that a spreadsheet keeps as a number of days: see [`book::serial_date`].
///
/// [`book::serial_date`]: annals_source::book::serial_date
pub fn of_serial(serial: f64, from_1904: bool) -> Option<Dated> {
    Dated::edtf_of(&annals_source::book::serial_date(serial, from_1904)?).ok()
}
