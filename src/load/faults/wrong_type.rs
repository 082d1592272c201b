//! a value of the wrong type
//!
//! # What it finds
//! A string where a number is needed, a number where a string is needed, a list where one value is
//! needed, a record that is not an object. The value is left out; the rest of the record is kept.
//!
//! # Why it matters
//! What is left out is in no answer; but a guessed value (`"high"` as a number) would be made up.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! events:
//!   - {id: visit, label: Visit to Kyiv, confidence: high}
//! ```
//!
//! # How to fix
//! ```yaml facts.yaml
//! annals: 1
//! events:
//!   - {id: visit, label: Visit to Kyiv, confidence: 0.9}
//! ```
//!
//! # When it stays silent
//! A list of one may be written without brackets. In YAML, a value without quotation marks is a
//! string where a string is needed: `title: 1984` and `id: no` are read as written. `null` means
//! absent.
//!
//! # Source
//! The fact format, version 1: *the fields of each record*.

use super::at::At;
use annals_finding::{Code, Finding, Severity};

/// A value of the wrong type.
pub static CODE: Code = Code::new(
    "AN012",
    "wrong-type",
    Severity::Error,
    include_str!("wrong_type.rs"),
);

/// `wanted` and `found` are words such as "a string", "a number".
pub(crate) fn found(at: &At<'_>, wanted: &str, found: &str) -> Finding {
    let field = at.field_name();
    let finding = Finding::new(
        &CODE,
        at.says(&format!("\"{field}\" is {found}, but must be {wanted}")),
    )
    .at(at.value(), found);
    if found == "a number" && (wanted.starts_with("a string") || wanted.starts_with("a date")) {
        return finding.help("put it in quotation marks");
    }
    finding
}

/// A value that is neither true nor false; `is_plain` if it stands without quotes, so that the right
/// word can take its place.
pub(crate) fn flag(at: &At<'_>, found: &str, text: Option<&str>, is_plain: bool) -> Finding {
    const YES: [&str; 6] = ["yes", "y", "true", "1", "on", "t"];
    const NO: [&str; 6] = ["no", "n", "false", "0", "off", "f"];
    let finding = self::found(at, "true or false", found);
    let word = text.map(str::trim).unwrap_or_default().to_lowercase();
    let meant = match word.as_str() {
        yes if YES.contains(&yes) => "true",
        no if NO.contains(&no) => "false",
        _ => return finding,
    };
    if is_plain {
        return finding.suggest(format!("if you meant {meant}"), at.value(), meant);
    }
    finding.help(format!("write {meant} without quotation marks"))
}

/// A text in place of a number.
pub(crate) fn number(at: &At<'_>, found: &str, text: Option<&str>, is_plain: bool) -> Finding {
    let finding = self::found(at, "a number", found);
    let Some(text) = text.map(str::trim) else {
        return finding;
    };
    let field = at.field_name();
    if let Ok(number) = text.parse::<f64>()
        && number.is_finite()
    {
        return finding.help("write the number without quotation marks");
    }
    if field == "confidence" {
        let percent = text.strip_suffix('%').map(str::trim_end);
        let share = percent.and_then(|percent| percent.parse::<u32>().ok());
        return match share.filter(|share| *share <= 100 && is_plain) {
            Some(share) => finding.suggest("as a share of 1", at.value(), &share_of_one(share)),
            None => finding
                .help("how sure the data set is, from 0 to 1: confidence: 0.8; words go in note"),
        };
    }
    let comma = text.replace(',', ".");
    let is_decimal = text.matches(',').count() == 1 && comma.parse::<f64>().is_ok();
    if is_decimal && is_plain {
        return finding.suggest("with a point", at.value(), &comma);
    }
    finding.help("in degrees, south and west with a minus: lat: -38.72, lon: -9.14")
}

/// `80` percent is `0.8`.
pub(crate) fn share_of_one(percent: u32) -> String {
    let (whole, rest) = (percent / 100, percent % 100);
    let share = format!("{whole}.{rest:02}");
    share.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A text in place of evidence; `is_plain` if it stands without quotes.
pub(crate) fn evidence(at: &At<'_>, found: &str, text: Option<&str>, is_plain: bool) -> Finding {
    let finding = self::found(at, "an object with document, quote and spans", found);
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else {
        return finding;
    };
    if text.contains("://") {
        return finding.help(
            "a page of the web is a document, with its url: evidence refers to its id, {document: …}",
        );
    }
    if text.contains(char::is_whitespace) || text.contains(['{', '}', '[', ']', ',', '"', '\'']) {
        return finding.help("name the document that has the passage: {document: …, quote: …}");
    }
    let object = format!("{{document: {text}}}");
    if is_plain {
        let all = at.part(0..text.len());
        return finding.suggest("if this is the document", all, &object);
    }
    finding.help(format!(
        "if this is the document: {{\"document\": \"{}\"}}",
        super::short(text)
    ))
}

/// A record that is no object.
pub(crate) fn record(at: &At<'_>, found: &str) -> Finding {
    let wanted = at.subject();
    Finding::new(
        &CODE,
        format!("{wanted} is an object with fields, but this is {found}"),
    )
    .at(at.value(), found)
}

/// A line of JSON Lines that is no object.
pub(crate) fn line(at: &At<'_>, found: &str) -> Finding {
    Finding::new(
        &CODE,
        format!("each line is an object with a type, but this is {found}"),
    )
    .at(at.value(), found)
}
