//! RIS: lines of a tag of two letters, ` - ` and a value; `TY` begins a reference and `ER` ends it.

use super::bibtex::listed;
use super::entry::{Date, Entry, MOST_ENTRIES, too_many};
use annals_source::{At, SourceError};

/// A tag and a value.
fn tagged(line: &str) -> Option<(&str, &str)> {
    let bytes = line.as_bytes();
    let is_tag = bytes.len() >= 5
        && bytes[0].is_ascii_uppercase()
        && bytes[1].is_ascii_alphanumeric()
        && line.get(2..5) == Some("  -");
    is_tag.then(|| (&line[..2], line[5..].trim()))
}

/// A number between references, as some programs count them: `1.`.
fn is_count(line: &str) -> bool {
    let digits = line.trim().trim_end_matches('.');
    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a text is RIS.
pub(super) fn is_ris(text: &str) -> bool {
    let mut lines = text.lines();
    let first = lines.find(|line| !line.trim().is_empty() && !is_count(line));
    first.and_then(tagged).is_some()
}

/// The references of a text.
///
/// # Errors
/// When one has no end, or a line stands in none.
pub(super) fn entries(text: &str, file: &At) -> Result<Vec<Entry>, SourceError> {
    let mut entries = Vec::new();
    let mut open: Option<Entry> = None;
    for (nth, line) in text.lines().enumerate() {
        let at = || At::line(&file.file, nth + 1);
        if line.trim().is_empty() || (open.is_none() && is_count(line)) {
            continue;
        }
        match (tagged(line), &mut open) {
            (Some(("TY", _)), None) if entries.len() == MOST_ENTRIES => {
                return Err(too_many(at()));
            }
            (Some(("TY", sort)), None) => open = Some(Entry::new(at(), "", sort)),
            (Some(("TY", _)), Some(_)) => {
                let message = "a reference starts here, but the previous one has no ER";
                return Err(SourceError::syntax(at(), message));
            }
            (Some(("ER", _)), _) => entries.extend(open.take()),
            (Some((tag, value)), Some(entry)) => field(entry, tag, value),
            // A value goes on where a line has no tag.
            (None, Some(entry)) => more(entry, line.trim()),
            (_, None) => {
                return Err(SourceError::syntax(
                    at(),
                    "this is outside any reference: a reference begins with TY",
                ));
            }
        }
    }
    match open {
        None => Ok(entries),
        Some(entry) => Err(SourceError::syntax(
            entry.at,
            "this reference has no end: ER is missing",
        )
        .label("starts here")
        .note("an incomplete download ends like this")),
    }
}

fn field(entry: &mut Entry, tag: &str, value: &str) {
    let fill = |place: &mut String| {
        if place.is_empty() {
            value.clone_into(place);
        }
    };
    match tag {
        "ID" => fill(&mut entry.key),
        "TI" | "T1" | "CT" => fill(&mut entry.title),
        "BT" if entry.title.is_empty() => fill(&mut entry.title),
        "AU" | "A1" => entry.authors.push(name(value)),
        "ED" | "A2" => entry.editors.push(name(value)),
        "T2" | "JO" | "JF" | "JA" | "BT" => fill(&mut entry.container),
        "PB" => fill(&mut entry.publisher),
        "DA" => entry.published = date(value),
        "PY" | "Y1" => {
            if matches!(entry.published, Date::None) {
                entry.published = date(value);
            }
        }
        "Y2" => entry.accessed = date(value),
        "LA" => fill(&mut entry.language),
        "UR" => fill(&mut entry.url),
        "N1" => fill(&mut entry.note),
        "KW" => entry.tags.extend(listed(value, &[';'])),
        "DO" => entry.others.push(("doi".to_owned(), value.to_owned())),
        "N2" | "AB" => entry.others.push(("abstract".to_owned(), value.to_owned())),
        _ if !value.is_empty() => entry
            .others
            .push((tag.to_ascii_lowercase(), value.to_owned())),
        _ => {}
    }
}

/// The rest of a long value: an abstract, as a rule, or a note.
fn more(entry: &mut Entry, text: &str) {
    match entry.others.last_mut() {
        Some((_, value)) => {
            value.push(' ');
            value.push_str(text);
        }
        None => {
            if !entry.note.is_empty() {
                entry.note.push(' ');
            }
            entry.note.push_str(text);
        }
    }
}

/// `Last, First, Suffix` as it is said.
fn name(value: &str) -> String {
    let parts: Vec<&str> = value.split(',').map(str::trim).collect();
    match parts[..] {
        [last, first] => format!("{first} {last}").trim().to_owned(),
        [last, first, suffix] => format!("{first} {last}, {suffix}").trim().to_owned(),
        _ => value.to_owned(),
    }
}

/// `YYYY/MM/DD/words`, of which parts may be missing; else words.
fn date(value: &str) -> Date {
    let mut parts = value.splitn(4, '/').map(str::trim);
    let (year, month, day) = (parts.next(), parts.next(), parts.next());
    let rest = parts.next().unwrap_or_default();
    let number = |part: Option<&str>| part.filter(|part| !part.is_empty()).map(str::parse::<i64>);
    let year = year.filter(|year| year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()));
    match (number(year), number(month), number(day)) {
        (Some(Ok(year)), month, day) if value.contains('/') => {
            let (month, day) = (month.and_then(Result::ok), day.and_then(Result::ok));
            let text = super::csl::edtf(year, month, day);
            match crate::dates::Dated::edtf_of(&text) {
                Ok(date) => Date::Read(date.displayed(rest)),
                Err(_) => Date::Words(value.to_owned()),
            }
        }
        _ => Date::Words(value.to_owned()),
    }
}
