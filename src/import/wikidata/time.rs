//! Times of Wikidata: a moment, its precision and its calendar, to EDTF.
//!
//! A time is written by the calendar that it names (the JSON is not converted; only the RDF is), and
//! years before our era are counted without a year 0.

use crate::dates::Dated;
use crate::json_object::{Object, text};
use annals_time::Day;

/// A time in EDTF, by the Gregorian calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Time {
    pub(super) edtf: String,
    /// The day as the source has it, where it was a Julian one.
    pub(super) julian: Option<String>,
}

/// Reads the value of a time.
///
/// # Errors
/// Why it has no place in EDTF.
pub(super) fn of(value: &Object) -> Result<Time, &'static str> {
    const FAULT: &str = "a time that cannot be read";
    let written = text(value, "time");
    let precision = value.get("precision").and_then(serde_json::Value::as_u64);
    let (negative, rest) = match written.split_at_checked(1) {
        Some(("+", rest)) => (false, rest),
        Some(("-", rest)) => (true, rest),
        _ => return Err(FAULT),
    };
    let day = rest.split('T').next().unwrap_or_default();
    let parts: Vec<Option<i64>> = day.split('-').map(|part| part.parse().ok()).collect();
    let [Some(year), Some(month), Some(of_month)] = parts[..] else {
        return Err(FAULT);
    };
    let year = match (negative, year) {
        (_, 0) => return Err(FAULT),
        (true, year) => 1 - year,
        (false, year) => year,
    };
    let is_julian = text(value, "calendarmodel").ends_with("Q1985786");
    let digits = |year: i64| {
        let sign = if year < 0 { "-" } else { "" };
        if year.abs() > 9999 {
            format!("Y{year}")
        } else {
            format!("{sign}{:04}", year.abs())
        }
    };
    let plain = |edtf: String| Time { edtf, julian: None };
    let time = match precision.ok_or(FAULT)? {
        11..=14 => {
            let (month, of_month) = (month as u32, of_month as u32);
            let short = format!("{}-{month:02}-{of_month:02}", digits(year));
            if is_julian {
                let year = i32::try_from(year).map_err(|_| FAULT)?;
                let day = Day::from_julian_ymd(year, month, of_month).ok_or(FAULT)?;
                Time {
                    edtf: day.to_string(),
                    julian: Some(short),
                }
            } else {
                plain(short)
            }
        }
        10 => plain(format!("{}-{month:02}", digits(year))),
        9 => plain(digits(year)),
        // A decade is that of the year's digits; a century counts from 1.
        8 if year > 0 && year <= 9999 => plain(format!("{:03}X", year / 10)),
        7 if year > 0 && year <= 9999 => plain(format!("{:02}XX", (year - 1) / 100)),
        6 if year > 0 && year <= 9999 => plain(format!("{}XXX", (year - 1) / 1000)),
        // From 101 BCE on, a century has the digits of its years.
        7 if (-9998..=-100).contains(&year) => plain(format!("-{:02}XX", -year / 100)),
        6 if (-9998..=-1000).contains(&year) => plain(format!("-{}XXX", -year / 1000)),
        // The others are sets of years: the last of a span is the one nearest to our era.
        8 if (-9998..=0).contains(&year) => plain(years_before(1 - year, 10, 0)),
        7 if (-99..=0).contains(&year) => plain(years_before(1 - year, 100, 1)),
        6 if (-999..=0).contains(&year) => plain(years_before(1 - year, 1000, 1)),
        6..=8 => return Err("a decade, century or millennium before 9999 BCE"),
        _ => return Err("a time less precise than a millennium"),
    };
    Dated::edtf_of(&time.edtf).map_err(|_| FAULT)?;
    Ok(time)
}

/// The years of a decade (which counts from its round year) or of a century or millennium (which
/// count from 1) before our era, as one of them: 49 to 40 BCE is `[-0048..-0039]`. There is no year 0
/// before our era, so its first decade has nine years.
fn years_before(year: i64, length: i64, first: i64) -> String {
    let near = (year - first) / length * length + first;
    let far = near + length - 1;
    let edtf = |year: i64| match 1 - year {
        0 => "0000".to_owned(),
        year => format!("-{:04}", -year),
    };
    format!("[{}..{}]", edtf(far), edtf(near.max(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(time: &str, precision: u8, calendar: &str) -> Result<String, &'static str> {
        let value = serde_json::json!({
            "time": time, "precision": precision,
            "calendarmodel": format!("http://www.wikidata.org/entity/{calendar}"),
        });
        of(value.as_object().unwrap()).map(|time| time.edtf)
    }

    #[test]
    fn precision_and_calendar_are_kept() {
        let ok = |time, precision, edtf: &str| {
            assert_eq!(read(time, precision, "Q1985727").as_deref(), Ok(edtf));
        };
        ok("+2023-04-20T00:00:00Z", 11, "2023-04-20");
        ok("+2023-04-00T00:00:00Z", 10, "2023-04");
        ok("+1880-00-00T00:00:00Z", 9, "1880");
        ok("+1880-00-00T00:00:00Z", 8, "188X");
        ok("+1900-00-00T00:00:00Z", 7, "18XX");
        ok("+1801-00-00T00:00:00Z", 7, "18XX");
        ok("+2000-00-00T00:00:00Z", 6, "1XXX");
        ok("-0044-03-15T00:00:00Z", 11, "-0043-03-15");
        ok("-0200-00-00T00:00:00Z", 7, "-01XX");
        ok("-0301-00-00T00:00:00Z", 7, "-03XX");
        ok("-0101-00-00T00:00:00Z", 7, "-01XX");
        ok("-3000-00-00T00:00:00Z", 6, "-2XXX");
        ok("-0044-00-00T00:00:00Z", 8, "[-0048..-0039]");
        ok("-0040-00-00T00:00:00Z", 8, "[-0048..-0039]");
        ok("-0345-00-00T00:00:00Z", 8, "[-0348..-0339]");
        ok("-0003-00-00T00:00:00Z", 8, "[-0008..0000]");
        ok("-0100-00-00T00:00:00Z", 7, "[-0099..0000]");
        ok("-0001-00-00T00:00:00Z", 7, "[-0099..0000]");
        ok("-0500-00-00T00:00:00Z", 6, "[-0999..0000]");
        // Newton's birth: 25 December 1642 in England was 4 January 1643 elsewhere.
        let newton = read("+1642-12-25T00:00:00Z", 11, "Q1985786");
        assert_eq!(newton.as_deref(), Ok("1643-01-04"));
        for (time, precision) in [
            ("", 11),
            ("+0000-00-00T00:00:00Z", 9),
            ("+2023-02-30T00:00:00Z", 11),
            ("+2023-01-01T00:00:00Z", 3),
            ("-12000-00-00T00:00:00Z", 7),
            ("-12000-00-00T00:00:00Z", 8),
        ] {
            assert!(read(time, precision, "Q1985727").is_err(), "{time}");
        }
    }
}
