//! RIS: lines of a tag of two letters, ` - ` and a value; `TY` begins a reference and `ER` ends it.

use super::bibtex::{listed, month_of, within_year};
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
pub(crate) fn is_ris(text: &str) -> bool {
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
    let mut open: Option<Open> = None;
    for (nth, line) in text.lines().enumerate() {
        let at = || At::line(&file.file, nth + 1);
        if line.trim().is_empty() || (open.is_none() && is_count(line)) {
            continue;
        }
        match (tagged(line), &mut open) {
            (Some(("TY", _)), None) if entries.len() == MOST_ENTRIES => {
                return Err(too_many(at()));
            }
            (Some(("TY", sort)), None) => open = Some(Open::new(at(), sort)),
            (Some(("TY", _)), Some(_)) => {
                let message = "a reference starts here, but the previous one has no ER";
                return Err(SourceError::syntax(at(), message));
            }
            (Some(("ER", _)), _) => entries.extend(open.take().map(Open::closed)),
            (Some((tag, value)), Some(open)) => open.begin(tag, value),
            // A value goes on where a line has no tag.
            (None, Some(open)) => open.go_on(line.trim()),
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
        Some(open) => Err(SourceError::syntax(
            open.entry.at,
            "this reference has no end: ER is missing",
        )
        .label("starts here")
        .note("an incomplete download ends like this")),
    }
}

/// A reference that is being read.
struct Open {
    entry: Entry,
    /// The last tag and its value, which the next line may go on with.
    last: Option<(String, String)>,
}

impl Open {
    fn new(at: At, sort: &str) -> Self {
        Open {
            entry: Entry::new(at, "", sort),
            last: None,
        }
    }

    fn begin(&mut self, tag: &str, value: &str) {
        self.end();
        self.last = Some((tag.to_owned(), value.to_owned()));
    }

    fn go_on(&mut self, text: &str) {
        match &mut self.last {
            Some((_, value)) => {
                value.push(' ');
                value.push_str(text);
            }
            None => self.last = Some(("N1".to_owned(), text.to_owned())),
        }
    }

    fn end(&mut self) {
        if let Some((tag, value)) = self.last.take() {
            field(&mut self.entry, &tag, value.trim());
        }
    }

    fn closed(mut self) -> Entry {
        self.end();
        // The whole date before the year alone.
        let rank = |field: &str| ["da", "py", "y1"].iter().position(|one| *one == field);
        self.entry.published.sort_by_key(|(field, _)| rank(field));
        // Some programs write the year apart from its day: PY 1937, DA Mar 3.
        let year = self
            .entry
            .published
            .iter()
            .find_map(|(field, date)| match date {
                Date::Read(date) if field != "da" => Some(date.edtf().to_owned()),
                _ => None,
            });
        for (field, date) in &mut self.entry.published {
            if let (Date::Words(words), Some(year)) = (&date, &year)
                && field == "da"
                && let Some((month, day)) = within_year(words)
            {
                *date = Date::Words(format!("{day} {month} {year}").trim().to_owned());
            }
        }
        self.entry
    }
}

fn field(entry: &mut Entry, tag: &str, value: &str) {
    if value.is_empty() {
        return;
    }
    let place = match tag {
        "ID" => &mut entry.key,
        "TI" | "T1" | "CT" => &mut entry.title,
        "BT" if entry.title.is_empty() => &mut entry.title,
        "T2" | "JO" | "JF" | "JA" | "BT" => &mut entry.container,
        "PB" => &mut entry.publisher,
        "LA" => &mut entry.language,
        "UR" => &mut entry.url,
        "N1" => &mut entry.note,
        "AU" | "A1" => return entry.authors.push(name(value)),
        "ED" | "A2" => return entry.editors.push(name(value)),
        "DA" | "PY" | "Y1" => {
            return entry
                .published
                .push((tag.to_ascii_lowercase(), date(value)));
        }
        "Y2" => return entry.dates.push(("accessed".to_owned(), date(value))),
        "KW" => return entry.tags.extend(listed(value, &[';'])),
        "DO" => return entry.keep("doi", value),
        "N2" | "AB" => return entry.keep("abstract", value),
        _ => return entry.keep(&tag.to_ascii_lowercase(), value),
    };
    if place.is_empty() {
        value.clone_into(place);
    } else if place != value {
        entry.keep(&tag.to_ascii_lowercase(), value);
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
    if !value.contains(char::is_alphanumeric) {
        return Date::None;
    }
    // No year is called 0; programs that have none write it.
    if value
        .split('/')
        .next()
        .is_some_and(|year| year.trim_matches(['0', ' ']).is_empty())
    {
        return Date::Odd(value.into());
    }
    let words = || match crate::dates::Dated::edtf_of(value) {
        // A year, which a day may be written apart from.
        Ok(date) if value.len() == 4 => Date::Read(date),
        _ => Date::Words(value.to_owned()),
    };
    if !value.contains('/') {
        return words();
    }
    let mut parts = value.splitn(4, '/').map(str::trim);
    let [year, month, day, rest] = [(); 4].map(|()| parts.next().unwrap_or_default());
    let is_year = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
    let number = |part: &str| match part {
        "" => Some(None),
        part => {
            let name = month_of(part).and_then(|month| i64::try_from(month).ok());
            part.parse().ok().or(name).map(Some)
        }
    };
    match (year.parse(), number(month), number(day)) {
        // A day without its month is none.
        (Ok(year), Some(month), Some(day)) if is_year && (month.is_some() || day.is_none()) => {
            let text = super::csl_date::edtf(year, month, day);
            match crate::dates::Dated::edtf_of(&text) {
                Ok(date) => Date::Read(date.displayed(rest)),
                Err(_) => words(),
            }
        }
        _ => words(),
    }
}
