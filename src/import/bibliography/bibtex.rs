//! BibTeX and BibLaTeX: `@type{key, field = value, …}`.

use std::collections::HashMap;

use super::entry::{Date, Entry, MOST_ENTRIES, too_many};
use super::latex::{has_unknown_command, shown};
use crate::dates::Dated;
use annals_source::{At, SourceError};

/// A value as written, and its entry's fields in order.
type Fields = Vec<(String, String)>;

/// A reader that knows its line.
struct Reader<'t> {
    text: &'t str,
    at: usize,
    line: usize,
    /// How many bytes macros have unfolded to.
    unfolded: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn step(&mut self) {
        if self.peek() == Some(b'\n') {
            self.line += 1;
        }
        self.at += 1;
    }

    fn skip(&mut self, also: &[u8]) {
        while (self.peek()).is_some_and(|b| b.is_ascii_whitespace() || also.contains(&b)) {
            self.step();
        }
    }

    /// A word: a type, a key, the name of a field, a number or a macro.
    fn word(&mut self, ends: &[u8]) -> &str {
        let from = self.at;
        while self
            .peek()
            .is_some_and(|b| !b.is_ascii_whitespace() && !ends.contains(&b))
        {
            self.at += 1;
        }
        &self.text[from..self.at]
    }

    /// What stands up to the byte that closes, braces counted; `None` where the text ends before.
    fn closed(&mut self, close: u8) -> Option<&str> {
        let (from, mut depth) = (self.at, 0_usize);
        while let Some(byte) = self.peek() {
            match byte {
                b'\\' => self.step(),
                _ if byte == close && depth == 0 => {
                    let value = &self.text[from..self.at];
                    self.at += 1;
                    return Some(value);
                }
                b'{' => depth += 1,
                b'}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            self.step();
        }
        None
    }

    /// A value: texts in braces or quotes, numbers and macros, joined by `#`.
    fn value(&mut self, macros: &HashMap<String, String>) -> Option<String> {
        let mut value = String::new();
        loop {
            self.skip(b"");
            match self.peek()? {
                b'{' => {
                    self.at += 1;
                    value.push_str(self.closed(b'}')?);
                }
                b'"' => {
                    self.at += 1;
                    value.push_str(self.closed(b'"')?);
                }
                _ => {
                    let word = self.word(b",#{}()\"=@").to_owned();
                    if word.is_empty() {
                        return None;
                    }
                    let known = macros.get(&word.to_ascii_lowercase());
                    self.unfolded = self.unfolded.saturating_add(known.map_or(0, String::len));
                    if self.unfolded > MOST_UNFOLDED {
                        return None;
                    }
                    value.push_str(known.unwrap_or(&word));
                }
            }
            self.skip(b"");
            if self.peek() != Some(b'#') {
                return Some(value);
            }
            self.at += 1;
        }
    }
}

/// The most bytes that all macros together unfold to: each can hold the one before many times.
const MOST_UNFOLDED: usize = 64 << 20;

/// The months that every style knows.
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// The entries of a text.
///
/// # Errors
/// When one has no end, or a field has no value, at its line.
pub(super) fn entries(text: &str, file: &At) -> Result<Vec<Entry>, SourceError> {
    let mut reader = Reader {
        text,
        at: 0,
        line: 1,
        unfolded: 0,
    };
    let mut macros: HashMap<String, String> = MONTHS
        .iter()
        .map(|month| ((*month).to_owned(), (*month).to_owned()))
        .collect();
    let mut entries = Vec::new();
    loop {
        // What stands between entries is a remark.
        while reader.peek().is_some_and(|byte| byte != b'@') {
            reader.step();
        }
        if reader.peek().is_none() {
            return Ok(entries);
        }
        let at = At::line(&file.file, reader.line);
        let unended = || {
            SourceError::syntax(at.clone(), "this entry is not closed")
                .label("starts here")
                .note("an incomplete download ends like this")
        };
        reader.at += 1;
        reader.skip(b"");
        let sort = reader.word(b"{(@").to_ascii_lowercase();
        reader.skip(b"");
        let close = match reader.peek() {
            Some(b'{') => b'}',
            Some(b'(') => b')',
            // An address with an @ in a remark.
            _ => continue,
        };
        reader.at += 1;
        if matches!(&*sort, "comment" | "preamble") {
            reader.closed(close).ok_or_else(unended)?;
            continue;
        }
        let mut key = String::new();
        if sort != "string" {
            reader.skip(b"");
            reader.word(b",{}()=").clone_into(&mut key);
        }
        let fields = fields(&mut reader, close, &macros, file).map_err(|fault| match fault {
            Some(refusal) => refusal,
            None => unended(),
        })?;
        if sort == "string" {
            let named = fields.into_iter();
            macros.extend(named);
        } else {
            if entries.len() == MOST_ENTRIES {
                return Err(too_many(at));
            }
            entries.push(entry(at, &key, &sort, fields));
        }
    }
}

/// The fields of an entry; an error of nothing where the text ends.
fn fields(
    reader: &mut Reader<'_>,
    close: u8,
    macros: &HashMap<String, String>,
    file: &At,
) -> Result<Fields, Option<SourceError>> {
    let mut fields = Vec::new();
    loop {
        reader.skip(b",");
        match reader.peek() {
            None => return Err(None),
            Some(byte) if byte == close => {
                reader.at += 1;
                return Ok(fields);
            }
            _ => {}
        }
        let line = reader.line;
        let name = reader.word(b"=,{}()\"#").to_ascii_lowercase();
        reader.skip(b"");
        if reader.peek() != Some(b'=') || name.is_empty() {
            if reader.peek().is_none() {
                return Err(None);
            }
            let at = At::line(&file.file, line);
            return Err(Some(SourceError::syntax(
                at,
                "expected a field with = here, or the end of the entry",
            )));
        }
        reader.at += 1;
        let value = reader.value(macros);
        match value {
            Some(value) => fields.push((name, value)),
            None if reader.unfolded > MOST_UNFOLDED => {
                let message = "the macros of this file unfold to more than 64 MiB";
                let at = At::line(&file.file, line);
                return Err(Some(SourceError::limit(at, message)));
            }
            None if reader.peek().is_none() => return Err(None),
            None => {
                let at = At::line(&file.file, line);
                return Err(Some(SourceError::syntax(at, "this field has no value")));
            }
        }
    }
}

fn entry(at: At, key: &str, sort: &str, fields: Fields) -> Entry {
    let mut entry = Entry::new(at, key, sort);
    let mut parts = Parts::default();
    for (name, value) in fields {
        let text = shown(&value);
        let place = match &*name {
            "title" => &mut entry.title,
            "subtitle" if !text.is_empty() => {
                entry.title = format!("{}: {text}", entry.title);
                continue;
            }
            "author" if entry.authors.is_empty() => {
                entry.authors = names(&value);
                continue;
            }
            "editor" if entry.editors.is_empty() => {
                entry.editors = names(&value);
                continue;
            }
            "journal" | "journaltitle" | "booktitle" | "maintitle" | "eventtitle" => {
                &mut entry.container
            }
            "publisher" | "institution" | "school" | "organization" => &mut entry.publisher,
            "date" | "year" | "month" | "day" => {
                parts.take(&name, &value);
                continue;
            }
            "urldate" | "origdate" | "eventdate" => {
                let name = if name == "urldate" { "accessed" } else { &name };
                entry.dates.push((name.to_owned(), date(&value)));
                continue;
            }
            "language" | "langid" => &mut entry.language,
            // Signs of an address are no commands.
            "url" if entry.url.is_empty() => {
                entry.url = value.trim().replace('\\', "");
                continue;
            }
            "note" => &mut entry.note,
            "keywords" => {
                entry.tags.extend(listed(&text, &[',', ';']));
                continue;
            }
            "doi" | "eprint" | "file" => {
                entry.keep(&name, &value.trim().replace('\\', ""));
                continue;
            }
            _ => {
                entry.keep(&name, &text);
                continue;
            }
        };
        if place.is_empty() {
            *place = text;
        } else {
            entry.keep(&name, &text);
        }
    }
    parts.give(&mut entry);
    entry
}

/// The fields of an entry that say when it was published.
#[derive(Default)]
struct Parts {
    date: String,
    year: String,
    month: String,
    day: String,
    /// Fields that come a second time.
    second: Vec<(&'static str, String)>,
}

impl Parts {
    fn take(&mut self, name: &str, value: &str) {
        let (place, name) = match name {
            "date" => (&mut self.date, "date"),
            "year" => (&mut self.year, "year"),
            "month" => (&mut self.month, "month"),
            _ => (&mut self.day, "day"),
        };
        let value = value.trim();
        if place.is_empty() {
            value.clone_into(place);
        } else if place != value {
            self.second.push((name, value.to_owned()));
        }
    }

    fn give(mut self, entry: &mut Entry) {
        if self.month.is_empty()
            && !self.year.is_empty()
            && let Some((month, day)) = within_year(&self.date)
        {
            (self.month, self.day) = (month, day);
            self.date.clear();
        }
        let mut give = |field: &str, date: Date| {
            entry.published.push((field.to_owned(), date));
        };
        if !self.date.is_empty() {
            give("date", date(&self.date));
        }
        if !self.month.is_empty() {
            let (month, year) = (month_name(&shown(&self.month)), year_words(&self.year));
            let words = [&*shown(&self.day), &*month, &*year].join(" ");
            give("month", Date::Words(words.trim().to_owned()));
        }
        if !self.year.is_empty() {
            give("year", Date::Words(year_words(&self.year)));
        }
        if self.month.is_empty() && !self.day.is_empty() {
            give("day", Date::Words(self.day));
        }
        for (field, value) in self.second {
            give(field, date(&value));
        }
    }
}

/// A date of `BibLaTeX`, which is EDTF; else words.
fn date(value: &str) -> Date {
    match Dated::edtf_of(value.trim()) {
        Ok(date) => Date::Read(date),
        Err(_) => Date::Words(year_words(value)),
    }
}

/// A year or a date as words. A sign of EDTF stays, though LaTeX would print it as a blank; a
/// command that says *about* becomes a word; any other command leaves the value as it is written, so
/// that nothing which it may mean is passed over.
fn year_words(value: &str) -> String {
    let value = value.trim();
    if Dated::edtf_of(value).is_ok() {
        return value.to_owned();
    }
    let mut plain = value.to_owned();
    for about in ["\\circa", "\\ca", "\\approx", "\\sim"] {
        if let Some((before, after)) = plain.split_once(about)
            && !after.starts_with(|c: char| c.is_ascii_alphabetic())
        {
            plain = format!("{before}c. {after}");
        }
    }
    if has_unknown_command(&plain) {
        return value.to_owned();
    }
    shown(&plain)
}

/// The month, and the day if there is one, of a `date` that stands beside `year`, as `EndNote` has it:
/// `Jan`, `Mar 3`.
pub(super) fn within_year(date: &str) -> Option<(String, String)> {
    let mut words = date.split_whitespace();
    let (month, day) = (words.next()?, words.next().unwrap_or_default());
    let is_day = day.is_empty() || day.parse::<u8>().is_ok();
    let is_month = !month.starts_with(|c: char| c.is_ascii_digit()) && month_of(month).is_some();
    (is_month && is_day && words.next().is_none()).then(|| (month.to_owned(), day.to_owned()))
}

/// A month as words have it: `4` is April.
fn month_name(month: &str) -> String {
    let number = month.parse::<usize>().ok();
    let name = number.and_then(|number| MONTHS.get(number.checked_sub(1)?));
    name.map_or_else(|| month.to_owned(), |name| (*name).to_owned())
}

/// The number of a month by its name in English, or its first letters.
pub(super) fn month_of(name: &str) -> Option<usize> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let name = name.trim().trim_end_matches('.').to_lowercase();
    let is = |month: &&str| name.len() >= 3 && month.starts_with(&*name);
    NAMES.iter().position(is).map(|nth| nth + 1)
}

/// The items of a list.
pub(super) fn listed(text: &str, between: &[char]) -> Vec<String> {
    let items = text.split(between).map(|item| item.trim().to_owned());
    items.filter(|item| !item.is_empty()).collect()
}

/// The names of `author`, separated by `and` outside of braces; `Last, First` becomes `First Last`.
fn names(value: &str) -> Vec<String> {
    let mut names = vec![String::new()];
    let mut depth = 0_usize;
    for word in value.split_whitespace() {
        if depth == 0 && word.eq_ignore_ascii_case("and") {
            names.push(String::new());
            continue;
        }
        let opened = word.matches('{').count();
        depth = (depth + opened).saturating_sub(word.matches('}').count());
        if let Some(name) = names.last_mut() {
            if !name.is_empty() {
                name.push(' ');
            }
            name.push_str(word);
        }
    }
    names
        .iter()
        .map(|name| name_of(name))
        .filter(|n| !n.is_empty() && n != "others")
        .collect()
}

fn name_of(name: &str) -> String {
    // A name in braces is that of a body, whatever it has within.
    let inner = name.strip_prefix('{').and_then(|n| n.strip_suffix('}'));
    if inner.is_some_and(|inner| !inner.contains(['{', '}'])) {
        return shown(name);
    }
    let (mut parts, mut depth) = (vec![String::new()], 0_usize);
    for c in name.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(part) = parts.last_mut() {
            part.push(c);
        }
    }
    let parts: Vec<String> = parts.iter().map(|part| shown(part)).collect();
    match &parts[..] {
        [last, first] => format!("{first} {last}").trim().to_owned(),
        [last, junior, first, ..] => format!("{first} {last}, {junior}").trim().to_owned(),
        _ => parts.concat(),
    }
}
