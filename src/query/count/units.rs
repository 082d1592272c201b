//! Units of time: days, weeks, months and years, numbered one after the other.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::Dimension;
use annals_time::{Day, DaySet};

/// A date that touches more units than this is not counted under any.
pub(super) const MOST_UNITS: i64 = 366;

/// The units that a date touches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Units {
    /// None that is counted: it is open, or touches more than `MOST_UNITS`.
    None,
    /// One.
    One(i32),
    /// Several, in order.
    Several(Vec<i32>),
}

/// The units in which some days lie.
pub fn units_of(dimension: Dimension, days: &DaySet) -> Units {
    let mut units: Vec<i32> = Vec::new();
    for (first, last) in days.stretches() {
        let Some((first, last)) = first.day().zip(last.day()) else {
            return Units::None;
        };
        let (first, last) = (number(dimension, first), number(dimension, last));
        let begin = units.last().map_or(first, |before| first.max(before + 1));
        let more = i64::from(last) - i64::from(begin) + 1;
        if more + units.len() as i64 > MOST_UNITS {
            return Units::None;
        }
        units.extend(begin..=last);
    }
    match units.as_slice() {
        [] => Units::None,
        [one] => Units::One(*one),
        _ => Units::Several(units),
    }
}

/// The number of the unit in which a day lies.
pub fn number(dimension: Dimension, day: Day) -> i32 {
    let (year, month, _) = day.ymd();
    match dimension {
        Dimension::Year => year,
        Dimension::Month => year * 12 + month as i32 - 1,
        // Weeks begin on Monday; 1 January 1970 was a Thursday.
        Dimension::Week => (day.number() + 3).div_euclid(7),
        _ => day.number(),
    }
}

/// A unit as answers write it: `2021-09-30`, `2021-W39`, `2021-09`, `2021`.
fn written(dimension: Dimension, unit: i32) -> String {
    let day = |number: i64| Day::from_number(number);
    match dimension {
        Dimension::Year => year(unit),
        Dimension::Month => {
            let (of, month) = (unit.div_euclid(12), unit.rem_euclid(12) + 1);
            format!("{}-{month:02}", year(of))
        }
        Dimension::Week => {
            // The year of an ISO week is that of its Thursday.
            let thursday = day(i64::from(unit) * 7);
            thursday.map_or_else(String::new, |thursday| {
                let (of, ..) = thursday.ymd();
                let begins = Day::from_ymd(of, 1, 1).unwrap_or(thursday);
                let week = (thursday.number() - begins.number()) / 7 + 1;
                format!("{}-W{week:02}", year(of))
            })
        }
        _ => day(i64::from(unit)).map_or_else(String::new, |day| day.to_string()),
    }
}

/// Units as answers write them, each written once: there are few, and many groups have them.
#[derive(Debug, Clone, Default)]
pub(super) struct Written {
    units: HashMap<i32, String, FixedState>,
    last: Option<i32>,
}

impl Written {
    /// Writes a unit of a dimension, if it is not there yet.
    pub(super) fn add(&mut self, dimension: Dimension, unit: i32) {
        if self.last != Some(unit) {
            self.last = Some(unit);
            let write = || written(dimension, unit);
            self.units.entry(unit).or_insert_with(write);
        }
    }

    /// Adds the units of others of the same dimension.
    pub(super) fn append(&mut self, others: Written) {
        self.units.extend(others.units);
    }

    /// A unit that was added.
    pub(super) fn get(&self, unit: i32) -> Option<&str> {
        self.units.get(&unit).map(String::as_str)
    }
}

/// A year as days are written.
fn year(year: i32) -> String {
    match year {
        0..=9999 => format!("{year:04}"),
        _ => format!("{year:+05}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use annals_time::Date;

    fn touched(dimension: Dimension, date: &str) -> Option<Vec<String>> {
        let date = Date::parse(date).unwrap();
        let name = |unit: &i32| written(dimension, *unit);
        match units_of(dimension, &date.may_cover()) {
            Units::None => None,
            Units::One(unit) => Some(vec![name(&unit)]),
            Units::Several(units) => Some(units.iter().map(name).collect()),
        }
    }

    #[test]
    fn a_date_touches_units() {
        use Dimension::{Day, Month, Week, Year};
        let some = |units: &[&str]| Some(units.iter().map(|one| (*one).to_owned()).collect());
        assert_eq!(touched(Day, "2021-09-30"), some(&["2021-09-30"]));
        assert_eq!(touched(Week, "2021-09-30"), some(&["2021-W39"]));
        assert_eq!(touched(Month, "2021-09-30"), some(&["2021-09"]));
        assert_eq!(touched(Year, "2021-09"), some(&["2021"]));
        assert_eq!(
            touched(Month, "2021-09/2021-10"),
            some(&["2021-09", "2021-10"])
        );
        assert_eq!(
            touched(Month, "[2021-01, 2021-03-02]"),
            some(&["2021-01", "2021-03"])
        );
        assert_eq!(touched(Year, "-0043-03-15"), some(&["-0043"]));
        assert_eq!(
            touched(Month, "-0001-12/0000-01"),
            some(&["-0001-12", "0000-01"])
        );
        assert_eq!(touched(Day, "2021"), touched(Day, "2021-01-01/2021-12-31"));
        assert_eq!(touched(Day, "2020").map(|days| days.len()), Some(366));
        assert_eq!(touched(Day, "2020-01-01/2021-01-01"), None);
        assert_eq!(touched(Year, "2021/.."), None);
        assert_eq!(touched(Year, "../2021"), None);
        assert_eq!(touched(Year, "2021/"), None);
    }

    fn chrono_week(day: Day) -> String {
        // By definition: week 1 has the year's first Thursday; of the days of that week, each
        // is found again by its year, week and weekday.
        let (at, ..) = day.ymd();
        for of in [at - 1, at, at + 1] {
            for week in 1..=53 {
                for weekday in 1..=7 {
                    if Day::from_iso_week(of, week, weekday) == Some(day) {
                        return format!("{}-W{week:02}", year(of));
                    }
                }
            }
        }
        unreachable!("every day is in a week")
    }

    #[test]
    fn weeks_are_those_of_iso_8601() {
        for number in (-200_000..200_000).step_by(97) {
            let day = Day::from_number(number).unwrap();
            let week = chrono_week(day);
            assert_eq!(
                written(Dimension::Week, super::number(Dimension::Week, day)),
                week,
                "{day}"
            );
        }
    }
}
