//! Dates of CSL-JSON, in all the shapes that programs give them: `date-parts` of one day or two, an
//! object with a year, lists of these, a text, a number. What is none of them is kept as it is.

use serde_json::Value;

use super::entry::Date;
use crate::dates::{Dated, Reading};
use crate::json_object::{Object, text, words};

/// Whether a value can only be a date: an object, or the first object of a list, with a part of one.
pub(super) fn is_date(value: &Value) -> bool {
    const PARTS: [&str; 6] = ["date-parts", "date_parts", "raw", "season", "year", "edtf"];
    match value {
        Value::Object(object) => PARTS.iter().any(|part| object.contains_key(*part)),
        Value::Array(items) => items.first().is_some_and(is_date),
        _ => false,
    }
}

/// The date that a value is.
pub(super) fn date(value: &Value) -> Date {
    match value {
        Value::Null => Date::None,
        Value::String(text) => in_words(text),
        // A larger number counts seconds, or is written without dashes.
        Value::Number(number) => match number.as_i64() {
            Some(year) if year.abs() <= 9999 => in_words(&edtf(year, None, None)),
            _ => Date::Words(number.to_string()),
        },
        Value::Object(object) => of_object(object),
        Value::Array(items) => of_list(items),
        Value::Bool(_) => Date::Odd(value.clone()),
    }
}

fn in_words(text: &str) -> Date {
    let text = text.trim();
    if text.is_empty() {
        return Date::None;
    }
    // CSL's own writers mean EDTF, in which 2016-21 is a spring.
    match Dated::edtf_of(text) {
        Ok(date) => Date::Read(date),
        Err(_) => Date::Words(text.to_owned()),
    }
}

fn of_list(items: &[Value]) -> Date {
    let odd = || Date::Odd(items.to_vec().into());
    match items {
        [] => Date::None,
        [only @ (Value::Object(_) | Value::String(_))] => date(only),
        [Value::Object(_), Value::Object(_)] => {
            let ends: Option<Vec<String>> = (items.iter())
                .map(|item| match date(item) {
                    Date::None => Some(String::new()),
                    Date::Read(end) => Some(end.edtf().to_owned()),
                    _ => None,
                })
                .collect();
            let whole = ends.and_then(|ends| Dated::edtf_of(&ends.join("/")).ok());
            whole.map_or_else(odd, Date::Read)
        }
        _ if items.iter().any(Value::is_object) => odd(),
        _ => of_parts(&items.to_vec().into(), &Object::new()).unwrap_or_else(odd),
    }
}

fn of_object(object: &Object) -> Date {
    if let Ok(date) = Dated::edtf_of(text(object, "edtf")) {
        return Date::Read(date);
    }
    let said = ["raw", "literal"].map(|name| text(object, name));
    let said = said.into_iter().find(|words| !words.is_empty());
    let parts = ["date-parts", "date_parts"].map(|name| object.get(name));
    let parts = match parts.into_iter().flatten().next() {
        Some(parts) => Some(parts.clone()),
        None if object.contains_key("year") => {
            let each = ["year", "month", "day"].map(|name| object.get(name).cloned());
            Some(each.map(Option::unwrap_or_default).to_vec().into())
        }
        None => None,
    };
    let odd = || Date::Odd(object.clone().into());
    let read = parts.map_or(Date::None, |parts| {
        let read = of_parts(&parts, object);
        read.or_else(|| only_text(&parts)).unwrap_or_else(odd)
    });
    match (read, said) {
        // The words of the source say more than its numbers, unless they say the same.
        (Date::Read(date), Some(words)) => {
            let same = Reading::default().read(words);
            let same = same.is_ok_and(|read| read.edtf() == date.edtf());
            Date::Read(if same { date } else { date.displayed(words) })
        }
        (_, Some(words)) => in_words(words),
        (Date::None, None) => {
            let others = ["edtf", "date-time", "season"].map(|name| words(object, name));
            let other = others.into_iter().find(|words| !words.is_empty());
            other.map_or(Date::None, |words| in_words(&words))
        }
        (read, None) => read,
    }
}

/// A whole date that stands in place of a year: `[["1999-10"]]`, `[["1999?"]]`.
fn only_text(parts: &Value) -> Option<Date> {
    match parts.as_array()?.as_slice() {
        [Value::String(text)] => Some(in_words(text)),
        [inner @ Value::Array(_)] => match inner.as_array()?.as_slice() {
            [Value::String(text)] => Some(in_words(text)),
            _ => None,
        },
        _ => None,
    }
}

/// A date of its parts, with the season and the doubt that stand beside them; nothing where they are
/// no date.
fn of_parts(parts: &Value, beside: &Object) -> Option<Date> {
    let lists = parts.as_array()?;
    let flat = lists.iter().all(|part| !part.is_array());
    let each: Vec<&[Value]> = if flat {
        vec![lists.as_slice()]
    } else {
        let each = lists.iter().map(|part| part.as_array().map(Vec::as_slice));
        each.collect::<Option<_>>()?
    };
    let mut ends: Vec<String> = each.into_iter().map(end).collect::<Option<_>>()?;
    if ends.iter().all(String::is_empty) {
        let season = words(beside, "season");
        return Some(if season.is_empty() {
            Date::None
        } else {
            Date::Words(season)
        });
    }
    let season = words(beside, "season");
    let mut display = None;
    let number = season_of(&season);
    let is_said = number.is_some_and(|number| ends[0].ends_with(&format!("-{number}")));
    if !season.is_empty() && !is_said {
        match (&mut ends[..], number) {
            ([only], Some(season)) if !is_within_year(only) => *only = format!("{only}-{season}"),
            ([only], None) if !is_within_year(only) => {
                let words = format!("{season} {only}");
                if let Ok(date) = Reading::default().read(&words) {
                    date.edtf().clone_into(only);
                }
                display = Some(words);
            }
            _ => display = Some(format!("{} (season {season})", ends.join("/"))),
        }
    }
    let sign = if is_about(beside) { "~" } else { "" };
    let ends: Vec<String> = (ends.iter())
        .enumerate()
        .map(|(nth, end)| match end.as_str() {
            // A list without numbers, or a zero, stands for an end that is open.
            "" if nth > 0 => "..".to_owned(),
            "" => String::new(),
            end => format!("{end}{sign}"),
        })
        .collect();
    let date = Dated::edtf_of(&ends.join("/"))
        .ok()
        .filter(|_| ends.len() < 3)?;
    Some(Date::Read(match display {
        Some(words) => date.displayed(&words),
        None => date,
    }))
}

/// One end of `date-parts` in EDTF; empty where it says nothing, `None` where it is no date.
fn end(parts: &[Value]) -> Option<String> {
    let mut numbers = Vec::new();
    for part in parts {
        numbers.push(match part {
            Value::Null => None,
            Value::Number(number) => Some(number.as_i64()?).filter(|number| *number != 0),
            Value::String(text) => match text.trim() {
                "" => None,
                text => Some(number(text)?).filter(|number| *number != 0),
            },
            _ => return None,
        });
    }
    match numbers[..] {
        [] | [None] | [None, None] | [None, None, None] => Some(String::new()),
        [Some(year)] | [Some(year), None] | [Some(year), None, None] => {
            Some(edtf(year, None, None))
        }
        [Some(year), Some(month)] | [Some(year), Some(month), None] => {
            // Seasons are months from 13 for some programs, and from 21 for others.
            let month = if (13..=16).contains(&month) {
                month + 8
            } else {
                month
            };
            Some(edtf(year, Some(month), None))
        }
        [Some(year), Some(month), Some(day)] => Some(edtf(year, Some(month), Some(day))),
        // A day without its month.
        _ => None,
    }
}

/// A number as text; of `season-04` the season, of `April` the month.
fn number(text: &str) -> Option<i64> {
    if let Some(season) = text.strip_prefix("season-") {
        let season: i64 = season.parse().ok()?;
        return (1..=4).contains(&season).then_some(20 + season);
    }
    let month = super::bibtex::month_of(text).and_then(|month| i64::try_from(month).ok());
    text.parse().ok().or(month)
}

/// Whether a date in EDTF has more than its year.
fn is_within_year(edtf: &str) -> bool {
    edtf.trim_start_matches('-').contains('-')
}

/// A season by its number, as EDTF has it.
fn season_of(season: &str) -> Option<i64> {
    match season.parse().ok()? {
        number @ 1..=4 => Some(20 + number),
        number @ 21..=24 => Some(number),
        _ => None,
    }
}

fn is_about(date: &Object) -> bool {
    match date.get("circa") {
        Some(Value::Bool(circa)) => *circa,
        Some(Value::Null) | None => false,
        Some(Value::Number(number)) => number.as_i64() != Some(0),
        Some(_) => !matches!(&*words(date, "circa"), "" | "0" | "false"),
    }
}

/// A date of its parts. Years before our era are counted without a year 0, as CSL has them.
pub(super) fn edtf(year: i64, month: Option<i64>, day: Option<i64>) -> String {
    let year = if year < 0 {
        year.saturating_add(1)
    } else {
        year
    };
    let sign = if year < 0 { "-" } else { "" };
    let mut text = match year.unsigned_abs() {
        long @ 10_000.. => format!("Y{sign}{long}"),
        year => format!("{sign}{year:04}"),
    };
    if let Some(month) = month.filter(|month| *month != 0) {
        text.push_str(&format!("-{month:02}"));
        if let Some(day) = day.filter(|day| *day != 0) {
            text.push_str(&format!("-{day:02}"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(value: &Value) -> String {
        match date(value) {
            Date::None => "none".to_owned(),
            Date::Read(date) => date.value().to_string(),
            Date::Words(words) => format!("words {words}"),
            Date::Odd(value) => format!("odd {value}"),
        }
    }

    #[test]
    fn every_shape_of_a_date_is_read() {
        for (value, edtf) in [
            (json!({"date-parts": [[2021, 10, 5]]}), "2021-10-05"),
            (json!({"date-parts": [["2021", "10"]]}), "2021-10"),
            (json!({"date-parts": [2005, 4, 12]}), "2005-04-12"),
            (json!({"date-parts": [[2005, 4], [2006]]}), "2005-04/2006"),
            (json!({"date-parts": [[1999], []]}), "1999/.."),
            (json!({"date-parts": [[1999], [0, 0, 0]]}), "1999/.."),
            (
                json!({"date-parts": [[2015, 14], [2016, 16]]}),
                "2015-22/2016-24",
            ),
            (json!({"date-parts": [[2015, 22]]}), "2015-22"),
            (
                json!({"date-parts": [[2009, "season-04"]], "season": 4}),
                "2009-24",
            ),
            (json!({"date-parts": [[2009]], "season": "3"}), "2009-23"),
            (json!({"date-parts": [[2009, "Apr"]]}), "2009-04"),
            (json!({"date-parts": [[-44]], "circa": true}), "-0043~"),
            (
                json!({"date-parts": [[1900], [1910]], "circa": 1}),
                "1900~/1910~",
            ),
            (json!({"date_parts": [[2003, 2]]}), "2003-02"),
            (
                json!({"year": "2009", "month": "1", "day": "1"}),
                "2009-01-01",
            ),
            (
                json!([{"year": 2009, "season": 2}, {"year": 2010}]),
                "2009-22/2010",
            ),
            (json!([{"year": 2009}, {}]), "2009/"),
            (json!([{"date-parts": [[2000, 3, 15]]}]), "2000-03-15"),
            (json!([[2000, 3]]), "2000-03"),
            (json!("2016-07"), "2016-07"),
            (json!("2016-21"), "2016-21"),
            (json!(2016), "2016"),
            (json!({"raw": "1999-10/2000"}), "1999-10/2000"),
            (json!({"edtf": "1999?"}), "1999?"),
            (json!({"date-parts": [["1999?"]]}), "1999?"),
            (json!({"date-parts": [["2015-03"]]}), "2015-03"),
            (json!({"date-parts": [[52000]]}), "Y52000"),
        ] {
            assert_eq!(read(&value), format!("\"{edtf}\""), "{value}");
        }
    }

    #[test]
    fn words_beside_the_numbers_are_kept() {
        for (value, edtf, display) in [
            (
                json!({"date-parts": [[1999]], "season": "winter"}),
                "1999-24",
                "winter 1999",
            ),
            (
                json!({"date-parts": [[1641]], "season": "Michaelmas"}),
                "1641",
                "Michaelmas 1641",
            ),
            (
                json!({"date-parts": [[1999]], "literal": "the year of the flood"}),
                "1999",
                "the year of the flood",
            ),
            (
                json!({"date-parts": [[1999, 5]], "season": 1}),
                "1999-05",
                "1999-05 (season 1)",
            ),
        ] {
            let wanted = json!({"edtf": edtf, "display": display}).to_string();
            assert_eq!(read(&value), wanted, "{value}");
        }
        let same = json!({"date-parts": [[2016, 7]], "raw": "July 2016"});
        assert_eq!(read(&same), "\"2016-07\"");
    }

    #[test]
    fn what_is_no_date_is_kept_as_it_is() {
        for value in [
            json!({"date-parts": [[2016, 45]]}),
            json!({"date-parts": [[2015, 2, 30]]}),
            json!({"date-parts": [[2016, null, 5]]}),
            json!({"date-parts": [[1], [2], [3]]}),
            json!({"date-parts": "2016"}),
            json!({"date-parts": [["soon", 1]]}),
            json!([{"year": 1}, {"year": "x"}]),
            json!(true),
        ] {
            assert_eq!(read(&value), format!("odd {value}"));
        }
        for (value, words) in [
            (json!({"literal": "in press"}), "words in press"),
            (json!({"date-parts": [["soon"]]}), "words soon"),
            (
                json!({"date-parts": [[2016, 45]], "raw": "May 2016"}),
                "words May 2016",
            ),
            (json!({"season": "winter"}), "words winter"),
            (json!(1_467_331_200), "words 1467331200"),
            (json!({"date-parts": [[null]]}), "none"),
            (json!(""), "none"),
        ] {
            assert_eq!(read(&value), words, "{value}");
        }
    }
}
