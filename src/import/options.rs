//! The options that formats have, each declared once: the command line, help and the page of
//! reference are made of this list. A format names those that it takes.

use std::collections::BTreeMap;

use annals_source::{At, SourceError};
use annals_time::Day;

pub use super::registry::all_options as all;

/// An option.
#[derive(Debug, PartialEq, Eq)]
pub struct Opt {
    /// Its name, without the dashes.
    pub name: &'static str,
    /// What help calls its value; nothing for a flag.
    pub value: &'static str,
    /// The words that it takes; of none, any text.
    pub words: &'static [&'static str],
    /// What it says, in one line.
    pub help: &'static str,
}

/// The encoding of a text.
pub static ENCODING: Opt = Opt {
    name: "encoding",
    value: "NAME",
    words: &[],
    help: "The encoding of the source, if it is not UTF-8, UTF-16 or Windows-1252",
};

/// In which order a date of numbers alone has its parts.
pub static DATES: Opt = Opt {
    name: "dates",
    value: "ORDER",
    words: &["dmy", "mdy"],
    help: "Whether the day or the month comes first in 03/04/2021",
};

/// The first day of a window.
pub static FROM: Opt = Opt {
    name: "from",
    value: "DAY",
    words: &[],
    help: "Expand recurring events from this day on, such as 2023-01-01",
};

/// The last day of a window.
pub static UNTIL: Opt = Opt {
    name: "until",
    value: "DAY",
    words: &[],
    help: "Expand recurring events up to this day, such as 2023-12-31",
};

/// What the types of an annotation scheme mean.
pub static TYPES: Opt = Opt {
    name: "types",
    value: "TYPE=MEANING,…",
    words: &[],
    help: "The meaning of types, such as Victim=person,Vow=claim: a kind of actor, or place, topic, date, event, claim, nothing",
};

/// What `TimeML` means by DURING.
pub static DURING: Opt = Opt {
    name: "during",
    value: "HOW",
    words: &["simultaneous", "allen"],
    help: "The meaning of DURING between two events: one lasts as long as the other, or lies within it",
};

/// The year of dates that have none.
pub static YEAR: Opt = Opt {
    name: "year",
    value: "YYYY",
    words: &[],
    help: "The year of dates without one, such as 3–5 May",
};

/// The first digits of years of two digits.
pub static CENTURY: Opt = Opt {
    name: "century",
    value: "CC",
    words: &["15", "16", "17", "18", "19", "20"],
    help: "The first digits of years written with two: 19 makes 1999 of 99",
};

/// What a column is.
pub static MAP: Opt = Opt {
    name: "map",
    value: "FILE",
    words: &[],
    help: "A YAML mapping that says which column is which field",
};

/// Ask for a mapping.
pub static SUGGEST: Opt = Opt {
    name: "suggest",
    value: "",
    words: &[],
    help: "Write a first mapping with reasons, instead of facts",
};

/// Which sheet of a workbook.
pub static SHEET: Opt = Opt {
    name: "sheet",
    value: "NAME",
    words: &[],
    help: "The sheet of the workbook to read",
};

/// In which row the headings stand.
pub static HEADING: Opt = Opt {
    name: "heading",
    value: "ROW",
    words: &[],
    help: "The number of the row with the headings",
};

/// What stands between values.
pub static DELIMITER: Opt = Opt {
    name: "delimiter",
    value: "CHARACTER",
    words: &[],
    help: "The separator between values in a text file: one character, or tab",
};

/// What merged cells mean.
pub static MERGED: Opt = Opt {
    name: "merged",
    value: "HOW",
    words: &["repeat", "once"],
    help: "Whether the value of merged cells applies to all their rows or only to the first",
};

/// What becomes of hidden rows.
pub static HIDDEN: Opt = Opt {
    name: "hidden",
    value: "HOW",
    words: &["keep", "skip"],
    help: "Whether to read hidden rows; by default they are read and counted",
};

/// What the user has said.
#[derive(Debug, Clone, Default)]
pub struct Options {
    values: BTreeMap<&'static str, String>,
}

impl Options {
    /// Sets an option; of a flag the value is empty.
    pub fn set(&mut self, option: &'static Opt, value: impl Into<String>) {
        self.values.insert(option.name, value.into());
    }

    /// The same with an option set.
    #[must_use]
    pub fn with(mut self, option: &'static Opt, value: impl Into<String>) -> Self {
        self.set(option, value);
        self
    }

    /// The value of an option, if it was given.
    pub fn get(&self, option: &Opt) -> Option<&str> {
        self.values.get(option.name).map(String::as_str)
    }

    /// Whether a flag was given.
    pub fn has(&self, option: &Opt) -> bool {
        self.values.contains_key(option.name)
    }

    /// The options that were given, by name.
    pub fn given(&self) -> impl Iterator<Item = &'static str> {
        self.values.keys().copied()
    }

    /// An option that is a day.
    ///
    /// # Errors
    /// When the value is no day.
    pub fn day(&self, option: &Opt) -> Result<Option<Day>, SourceError> {
        let Some(value) = self.get(option) else {
            return Ok(None);
        };
        let date = annals_time::Date::parse(value).ok();
        let day = date.and_then(|date| date.first().filter(|first| date.last() == Some(*first)));
        day.map(Some).ok_or_else(|| {
            let at = At::file(&"".into());
            let value = annals_finding::shown(value);
            let message = format!(
                "--{} takes a day such as 2023-01-01, not {value}",
                option.name
            );
            SourceError::new(annals_source::SourceErrorKind::Usage, at, message)
        })
    }
}
