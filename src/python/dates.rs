//! Dates: what was written, and how two of them compare.

use annals_time::{Calendar, Day, DayRelation};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

/// A date as it was written (EDTF).
#[pyclass(frozen, module = "annals._annals")]
pub(crate) struct Date {
    date: annals_time::Date,
}

fn calendar(name: &str) -> PyResult<Calendar> {
    match name {
        "gregorian" => Ok(Calendar::Gregorian),
        "julian" => Ok(Calendar::Julian),
        _ => Err(PyValueError::new_err(format!(
            "the calendar is gregorian or julian, not {name}"
        ))),
    }
}

#[pymethods]
impl Date {
    /// Reads a date.
    #[new]
    fn new(py: Python<'_>, text: &str, calendar: &str, display: Option<&str>) -> PyResult<Date> {
        let calendar = self::calendar(calendar)?;
        match annals_time::Date::with(text, calendar, display) {
            Ok(date) => Ok(Date { date }),
            Err(error) => Err(super::refusal::of_date(py, text, &error)),
        }
    }

    /// As written.
    #[getter]
    fn written(&self) -> &str {
        self.date.written()
    }

    /// The source's own wording.
    #[getter]
    fn display(&self) -> Option<&str> {
        self.date.display()
    }

    #[getter]
    fn calendar(&self) -> &'static str {
        match self.date.calendar() {
            Calendar::Gregorian => "gregorian",
            Calendar::Julian => "julian",
        }
    }

    /// How precise it is: `day`, `month`, …
    #[getter]
    fn precision(&self) -> &'static str {
        self.date.precision().as_str()
    }

    /// As people write it.
    #[getter]
    fn words(&self) -> String {
        self.date.words()
    }

    /// Earliest start, latest start, earliest end, latest end: days since 1970-01-01.
    #[getter]
    fn bounds(&self) -> [i64; 4] {
        self.date.extent().in_columns()
    }

    /// The bounds of each reading of which one is meant.
    #[getter]
    fn alternatives(&self) -> Vec<[i64; 4]> {
        let each = self.date.alternatives().iter();
        each.map(|one| one.in_columns()).collect()
    }

    /// Whether a relation holds between this date and another: never, possibly, certainly.
    fn compare(&self, relation: &str, other: &Date) -> PyResult<&'static str> {
        let relation = self::relation(relation)
            .ok_or_else(|| PyValueError::new_err(format!("there is no relation {relation}")))?;
        Ok(self.date.compare(relation, &other.date).as_str())
    }
}

/// The relations of days, named as the methods of a date.
fn relation(name: &str) -> Option<DayRelation> {
    Some(match name {
        "before" => DayRelation::Before,
        "after" => DayRelation::After,
        "shares_day" => DayRelation::SharesDay,
        "within" => DayRelation::Within,
        "contains" => DayRelation::Contains,
        "same_days" => DayRelation::SameDays,
        "starts_before" => DayRelation::StartsBefore,
        "starts_not_after" => DayRelation::StartsNotAfter,
        "ends_before" => DayRelation::EndsBefore,
        "ends_not_after" => DayRelation::EndsNotAfter,
        "starts_before_end" => DayRelation::StartsBeforeEnd,
        "starts_not_after_end" => DayRelation::StartsNotAfterEnd,
        "ends_not_after_start" => DayRelation::EndsNotAfterStart,
        _ => return None,
    })
}

/// How two dates stand in the order in which answers list them: -1, 0 or 1.
#[pyfunction]
pub(crate) fn chronological(first: &Date, second: &Date) -> i8 {
    annals_time::chronological(&first.date, &second.date) as i8
}

/// Words as an id, as imports make one.
#[pyfunction]
pub(crate) fn slug(words: &str) -> String {
    annals_format::slug(words)
}

/// A day as ISO 8601; `None` outside the calendar's range.
#[pyfunction]
pub(crate) fn day_text(number: i64) -> Option<String> {
    Day::from_number(number).map(|day| day.to_string())
}

/// The number of a day, from year, month and day; `None` where there is no such day.
#[pyfunction]
pub(crate) fn day_number(year: i32, month: u32, day: u32) -> Option<i64> {
    Day::from_ymd(year, month, day).map(|day| i64::from(day.number()))
}
