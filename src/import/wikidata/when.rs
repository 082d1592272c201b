//! When something was, out of the times of statements and qualifiers.

use super::has;
use super::item::{Item, Statement, item_of, time_of};
use super::time;
use crate::dates::Dated;
use crate::json_object::{Object, inner, text};
use crate::{Builder, Record};
use annals_source::{At, SourceError};

/// The date of the best statement of a property, in EDTF, and its day where it was a Julian one;
/// nothing where there is none.
pub(super) fn date(
    item: &Item,
    property: &str,
    out: &mut Builder<'_>,
) -> Result<(String, Option<String>), SourceError> {
    if !has(item, property) {
        return Ok((String::new(), None));
    }
    let mut found: Option<(String, Option<String>)> = None;
    for statement in item.best(property) {
        let snak = inner(statement.fields, "mainsnak");
        let Some(value) = snak.and_then(time_of) else {
            let open = snak.is_some_and(|snak| text(snak, "snaktype") == "novalue");
            if open && found.is_none() {
                found = Some(("..".to_owned(), None));
            }
            continue;
        };
        let circa = has_circa(statement.qualifiers("P1480"));
        let read = match time::of(value) {
            Ok(time) => said(time, circa, &item.at, out)?,
            Err(why) => {
                out.left_out(&item.at, text(value, "time"), why)?;
                continue;
            }
        };
        match &found {
            None => found = Some(read),
            Some(one) if one.0 != read.0 => {
                let how = "several dates of one rank, of which the first is used";
                out.changed(&item.at, &format!("{property} {}", read.0), how)?;
            }
            Some(_) => {}
        }
    }
    Ok(found.unwrap_or_default())
}

/// A time as it is said in the facts; that a Julian day was converted is told.
fn said(
    time: time::Time,
    circa: bool,
    at: &At,
    out: &mut Builder<'_>,
) -> Result<(String, Option<String>), SourceError> {
    if let Some(julian) = &time.julian {
        let how = "a Julian day, converted to the Gregorian calendar";
        out.changed(at, &format!("{julian} is {}", time.edtf), how)?;
    }
    let about = format!("{}~", time.edtf);
    let edtf = if circa && Dated::edtf_of(&about).is_ok() {
        about
    } else {
        time.edtf
    };
    Ok((edtf, time.julian))
}

/// Said of a span of which an end is a decade or century that EDTF can only give as a set.
pub(super) const ONE_OF_YEARS: &str =
    "a span of time with one of several years as its end, kept under x_";

/// Said of a point in time where a start or an end is stated too.
pub(super) const BESIDE: &str = "a point in time beside a start or an end, kept under x_";

/// Qualifiers that are dates of another sort: the earliest or the latest one, and so on.
const OTHERS: [&str; 7] = [
    "P1319", "P1326", "P1317", "P8554", "P8555", "P7103", "P7104",
];

/// When a tie held, by its qualifiers.
pub(super) fn interval(
    statement: &Statement<'_>,
    at: &At,
    record: &mut Record,
    out: &mut Builder<'_>,
) -> Result<(String, Option<String>), SourceError> {
    let mut ends = Vec::new();
    let mut julian = None;
    for property in ["P580", "P582", "P585"] {
        let mut end = String::new();
        for (nth, snak) in statement.qualifiers(property).enumerate() {
            match time_of(snak).map(time::of) {
                Some(Ok(time)) if nth > 0 => {
                    let how = "several dates of one qualifier, of which the first is used";
                    out.changed(at, &format!("{property} {}", time.edtf), how)?;
                }
                Some(Ok(time)) => {
                    let circa = has_circa(statement.qualifiers("P1480"));
                    let read = said(time, circa, at, out)?;
                    end = read.0;
                    julian = julian.or(read.1);
                }
                Some(Err(why)) => out.left_out(at, property, why)?,
                None if text(snak, "snaktype") == "novalue" => "..".clone_into(&mut end),
                None => {}
            }
        }
        ends.push(end);
    }
    for property in OTHERS {
        for time in statement.qualifiers(property).filter_map(time_of) {
            let how = "a qualifier with another date, kept under x_";
            let words = time::of(time).map_or_else(|_| text(time, "time").to_owned(), |t| t.edtf);
            out.changed(at, &format!("{property} {words}"), how)?;
            record.extra(property, words);
        }
    }
    let [first, last, point] = &ends[..] else {
        return Ok((String::new(), None));
    };
    let edtf = if first.is_empty() && last.is_empty() {
        point.trim_matches('.').to_owned()
    } else {
        if !point.is_empty() {
            out.changed(at, point, BESIDE)?;
            record.extra("point_in_time", point.as_str());
        }
        format!("{first}/{last}")
    };
    Ok((edtf, julian))
}

/// Whether a statement is said to be about right.
fn has_circa<'s>(mut circumstances: impl Iterator<Item = &'s Object>) -> bool {
    circumstances.any(|snak| item_of(snak) == Some("Q5727902"))
}

/// Sets when something was; what is no date is kept and told.
pub(super) fn set_when(
    record: &mut Record,
    at: &At,
    edtf: &str,
    julian: Option<String>,
    out: &mut Builder<'_>,
) -> Result<(), SourceError> {
    if edtf.is_empty() {
        return Ok(());
    }
    match Dated::edtf_of(edtf) {
        Ok(mut date) => {
            if let Some(julian) = julian {
                date = date.displayed(&format!("{julian} (Julian)"));
            }
            record.date("when", &date);
            Ok(())
        }
        Err(_) => {
            record.extra("when", edtf);
            let how = if edtf.contains('[') {
                ONE_OF_YEARS
            } else {
                "an end before its beginning, kept under x_"
            };
            out.changed(at, edtf, how)
        }
    }
}
