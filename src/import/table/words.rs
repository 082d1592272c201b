//! What the fields of the model want: dates, numbers, words of closed vocabularies.

use serde_json::Value;

use super::map::takes_one;
use annals_model::{Act, ActorKind, Mode, RecordKind, StanceValue, Status, Vocabulary};
use annals_time::AllenSet;

/// The field by which a record is called.
pub(super) fn called_by(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Document => "title",
        RecordKind::Actor | RecordKind::Place => "name",
        RecordKind::Topic | RecordKind::Event => "label",
        RecordKind::Claim => "content",
        RecordKind::Relation | RecordKind::Order => "note",
    }
}

/// Whether records of a kind have names, which they need.
pub(super) fn is_named(kind: RecordKind) -> bool {
    !matches!(
        kind,
        RecordKind::Claim | RecordKind::Relation | RecordKind::Order
    )
}

/// The fields that a record needs beside its id.
pub(super) fn needed(kind: RecordKind) -> &'static [&'static str] {
    match kind {
        RecordKind::Document => &["title"],
        RecordKind::Actor => &["name", "kind"],
        RecordKind::Place => &["name"],
        RecordKind::Topic | RecordKind::Event => &["label"],
        RecordKind::Claim => &["speaker"],
        RecordKind::Relation => &["from", "kind", "to"],
        RecordKind::Order => &["first", "relation", "second"],
    }
}

/// Whether a field is a date.
pub(super) fn is_date(field: &str) -> bool {
    matches!(
        field,
        "when" | "said" | "published" | "lifespan" | "recorded" | "retracted"
    )
}

/// Whether a cell has only the mark by which some program says that a value is missing.
pub(super) fn is_missing(text: &str) -> bool {
    matches!(
        text,
        "NA" | "N/A"
            | "n/a"
            | "#N/A"
            | "<NA>"
            | "null"
            | "NULL"
            | "None"
            | "NaN"
            | "nan"
            | "NaT"
            | "\\N"
            | "(null)"
            | "-"
            | "–"
            | "—"
            | "--"
            | "---"
    )
}

/// Whether a name is the mark by which somebody says that it is not known.
pub(super) fn is_unknown(name: &str) -> bool {
    const MARKS: [&str; 24] = [
        "n/a",
        "n.a.",
        "n. a.",
        "tbc",
        "tbd",
        "tba",
        "t.b.c.",
        "t.b.d.",
        "to be confirmed",
        "to be checked",
        "not known",
        "not clear",
        "unknown",
        "unclear",
        "unidentified",
        "unknown speaker",
        "unbekannt",
        "unklar",
        "inconnu",
        "inconnue",
        "desconocido",
        "desconocida",
        "неизвестно",
        "невідомо",
    ];
    let bare = name.trim_matches(|c: char| c.is_whitespace() || "()[]<>?".contains(c));
    if bare.is_empty() {
        return name.contains('?');
    }
    bare.len() <= 40 && MARKS.contains(&&*super::map::folded(bare))
}

/// Said of `NA` and its kind.
pub(super) const MISSING: &str = "a mark of a missing value, read as an empty cell";
/// What an actor is called of whom nothing is known.
pub(super) const UNKNOWN_SPEAKER: &str = "an unknown speaker";

/// Whether a text is the address of a page.
pub(super) fn is_address(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))
        .or_else(|| text.strip_prefix("www."));
    rest.is_some_and(|rest| rest.contains('.') || rest.contains('/'))
}

const NO_WORD: &str = "a word that the model does not have, kept under x_";
const NO_NUMBER: &str = "a number that cannot be read, kept under x_";
const SEVERAL: &str = "several values where one is allowed, kept under x_";

/// A value as its field wants it.
///
/// # Errors
/// The value, and why it does not fit.
pub(super) fn fitting(
    kind: RecordKind,
    field: &str,
    value: Value,
) -> Result<Value, (Value, &'static str)> {
    let word = |value: Value, known: bool| {
        if known {
            Ok(value)
        } else {
            Err((value, NO_WORD))
        }
    };
    let text = value.as_str().map(str::to_owned);
    match (kind, field, text) {
        (RecordKind::Claim, "quote", Some(text)) => Ok(without_marks(&text).into()),
        (RecordKind::Actor, "kind", Some(text)) => word(value, ActorKind::parse(&text).is_some()),
        (RecordKind::Claim, "act", Some(text)) => word(value, Act::parse(&text).is_some()),
        (RecordKind::Claim, "mode", Some(text)) => word(value, Mode::parse(&text).is_some()),
        (RecordKind::Event, "status", Some(text)) => word(value, Status::parse(&text).is_some()),
        (RecordKind::Claim, "stance", Some(text)) => {
            word(value, StanceValue::parse(&text).is_some())
        }
        (RecordKind::Order, "relation", Some(text)) => {
            word(value, AllenSet::from_name(&text).is_some())
        }
        (_, "lat", Some(text)) => number(&text, -90.0..=90.0).ok_or((value, NO_NUMBER)),
        (_, "lon", Some(text)) => number(&text, -180.0..=180.0).ok_or((value, NO_NUMBER)),
        (_, "confidence", Some(text)) => number(&text, 0.0..=1.0).ok_or((value, NO_NUMBER)),
        (_, "unnamed", Some(text)) => match text.to_lowercase().as_str() {
            "true" | "yes" | "1" | "ja" | "oui" | "si" | "sí" | "x" => Ok(Value::Bool(true)),
            "false" | "no" | "0" | "nein" | "non" => Ok(Value::Bool(false)),
            _ => Err((value, NO_WORD)),
        },
        _ if value.is_array() && kind.field(field).is_some_and(takes_one) => Err((value, SEVERAL)),
        _ => Ok(value),
    }
}

/// The words of a quote without the quotation marks around them.
fn without_marks(text: &str) -> &str {
    const MARKS: [(char, char); 6] = [
        ('“', '”'),
        ('"', '"'),
        ('„', '“'),
        ('«', '»'),
        ('»', '«'),
        ('‘', '’'),
    ];
    let inside = MARKS.iter().find_map(|(open, close)| {
        let inside = text.strip_prefix(*open)?.strip_suffix(*close)?;
        // One that closes within would say that it is more than one quote.
        (!inside.contains(*close)).then_some(inside)
    });
    inside.map_or(text, str::trim)
}

/// A number with a point or a comma.
fn number(text: &str, bounds: std::ops::RangeInclusive<f64>) -> Option<Value> {
    let number: f64 = text.trim().replace(',', ".").parse().ok()?;
    bounds.contains(&number).then(|| Value::from(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_no_marks_of_a_missing_value() {
        for mark in ["NA", "null", "None", "N/A", "-", "\\N", "NaN"] {
            assert!(is_missing(mark), "{mark}");
        }
        for name in ["Na", "Null", "none of them", "Nan", "-1", "", "?"] {
            assert!(!is_missing(name), "{name}");
        }
    }

    #[test]
    fn the_marks_around_a_quote_are_not_quoted() {
        assert_eq!(without_marks("“For „A“ too much”"), "For „A“ too much");
        assert_eq!(without_marks("« so »"), "so");
        for kept in [
            "“a” and “b”",
            "\"a\" and \"b\"",
            "„a“ und „b“",
            "plain",
            "“",
            "",
        ] {
            assert_eq!(without_marks(kept), kept);
        }
    }
}
