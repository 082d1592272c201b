//! The lines of a mapping, with a reason each.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::headings::Role;
use super::roles::{Profile, Roles};
use crate::table::map::folded;
use crate::table::rows::Head;
use crate::table::same_names::most_frequent_first;
use crate::table::words::is_unknown;
use annals_finding::likely_same::likely_same;
use annals_finding::wording::quoted_list;

pub(super) use annals_finding::wording::quoted;

/// How many likely doubles are listed.
const MOST_DOUBLES: usize = 20;

/// Writes a mapping.
pub(super) struct Writer<'p> {
    pub(super) head: &'p Head,
    pub(super) profile: &'p Profile,
    pub(super) roles: &'p Roles,
    /// The records.
    pub(super) out: String,
    /// Columns that some line names.
    used: BTreeSet<usize>,
    /// Columns of dates that some line names.
    pub(super) dates: BTreeSet<usize>,
    /// Columns of people's names.
    people: Vec<usize>,
    /// The columns that name who speaks, or whom a row is about.
    pub(super) named: Vec<usize>,
    pub(super) questions: usize,
}

impl<'p> Writer<'p> {
    pub(super) fn new(head: &'p Head, profile: &'p Profile, roles: &'p Roles) -> Self {
        Writer {
            head,
            profile,
            roles,
            out: String::new(),
            used: BTreeSet::new(),
            dates: BTreeSet::new(),
            people: Vec::new(),
            named: Vec::new(),
            questions: 0,
        }
    }

    pub(super) fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// A column as templates name it.
    pub(super) fn column(&mut self, column: usize) -> String {
        self.used.insert(column);
        format!("{{{}}}", self.head.headings[column])
    }

    /// Several columns with something between them.
    pub(super) fn columns(&mut self, columns: &[usize], between: &str) -> String {
        let all: Vec<String> = columns.iter().map(|one| self.column(*one)).collect();
        all.join(between)
    }

    /// A heading as a comment shows it.
    pub(super) fn shown(&self, column: usize) -> String {
        annals_finding::shown(&self.head.headings[column])
    }

    /// A field that is what a column has, with the reason.
    pub(super) fn field(&mut self, field: &str, column: usize) {
        let value = quoted(&self.column(column));
        let why = self.why(column);
        self.line(&format!("    {field}: {value}  # {why}"));
    }

    /// The same, of a role, if a column has it.
    pub(super) fn field_of(&mut self, field: &str, role: Role) {
        if let Some(column) = self.roles.get(role) {
            self.field(field, column);
        }
    }

    /// A field that is a date.
    pub(super) fn date(&mut self, field: &str, column: usize) {
        self.dates.insert(column);
        let value = quoted(&self.column(column));
        let why = self.why_date(column);
        self.line(&format!("    {field}: {value}  # {why}"));
    }

    /// A date from a beginning to an end.
    pub(super) fn span(&mut self, field: &str, from: usize, to: usize) {
        self.dates.extend([from, to]);
        let value = quoted(&self.columns(&[from, to], "/"));
        let why = format!("{}; {}", self.why_date(from), self.why_date(to));
        self.line(&format!("    {field}: {value}  # {why}"));
    }

    /// A field that is a list.
    pub(super) fn list(&mut self, field: &str, column: usize) {
        let about = &self.profile.columns[column];
        let separator = match about.separator() {
            Some((separator, _)) => separator,
            None if about.commas() => ",",
            None => ";",
        };
        let heading = quoted(&self.head.headings[column]);
        self.used.insert(column);
        let (separator, why) = (quoted(separator), self.why(column));
        self.line(&format!(
            "    {field}: {{column: {heading}, split: {separator}}}  # {why}"
        ));
    }

    /// What only the user knows.
    pub(super) fn ask(&mut self, question: &str) {
        self.questions += 1;
        self.line(&format!("    # ? {}", plain(question)));
    }

    /// Asks which dates the columns are that are not understood, or of which another was preferred.
    pub(super) fn ask_dates(&mut self, fields: &str) {
        use Role::{Day, End, Happened, Posted, Published, Said, Start, Year};
        let known = [Said, Posted, Published, Happened, Start, End, Day, Year];
        let known = known.iter().filter_map(|role| self.roles.get(*role));
        let all: BTreeSet<usize> = known
            .chain(self.roles.unknown_dates.iter().copied())
            .collect();
        for column in all {
            // A year beside whole dates says nothing of its own.
            let year = self.roles.get(Year) == Some(column) && !self.dates.is_empty();
            if !self.used.contains(&column) && !year {
                let (shown, why) = (self.shown(column), self.values_of_dates(column));
                self.ask(&format!(
                    "“{shown}”: {why}. Which date is it? If it is one of these, write its field: {fields}"
                ));
            }
        }
    }

    /// Says that a column has the names of people.
    pub(super) fn of_people(&mut self, column: usize) {
        self.people.push(column);
    }

    pub(super) fn is_used(&self, column: usize) -> bool {
        self.used.contains(&column)
    }

    pub(super) fn why(&self, column: usize) -> String {
        let about = &self.profile.columns[column];
        let rows = match about.filled {
            1 => "1 row".to_owned(),
            rows => format!("{rows} rows"),
        };
        let values = match about.values() {
            _ if about.mostly(about.addresses) => {
                format!(
                    "{} of {} values are addresses",
                    about.addresses, about.filled
                )
            }
            most if about.many => format!("more than {most} different values in {rows}"),
            1 => format!("1 value in {rows}"),
            count => format!("{count} different values in {rows}"),
        };
        format!("the heading “{}”; {values}", self.shown(column))
    }

    fn why_date(&self, column: usize) -> String {
        let values = self.values_of_dates(column);
        format!("the heading “{}”; {values}", self.shown(column))
    }

    fn values_of_dates(&self, column: usize) -> String {
        let about = &self.profile.columns[column];
        let dates = (about.dates + about.ambiguous).min(about.filled);
        format!("{dates} of {} values are dates", about.filled)
    }

    /// Names that are likely of one person, as the lines that would merge them.
    pub(super) fn doubles(&self, out: &mut String) {
        // Capitals and spaces make no other name: of these the most frequent spelling is shown.
        let mut spelled: BTreeMap<String, (&str, usize, usize)> = BTreeMap::new();
        for (name, rows) in self.people.iter().flat_map(|column| self.names_of(*column)) {
            let known = spelled.entry(folded(name)).or_insert((name, 0, 0));
            known.2 += rows;
            if rows > known.1 {
                (known.0, known.1) = (name, rows);
            }
        }
        let (names, rows): (Vec<&str>, Vec<usize>) = (spelled.into_values())
            .map(|(name, _, rows)| (name, rows))
            .unzip();
        let found = likely_same(names.iter().copied().enumerate(), true);
        if found.is_empty() {
            return;
        }
        out.push_str("# These names are likely of one person each. Take the # off those that are. The most frequent\n# spelling stands first, and is kept; of those as frequent, the fullest.\n# names:\n");
        let found = found.into_iter();
        let found: Vec<_> = found
            .map(|one| most_frequent_first(one, |nth| rows[nth]))
            .collect();
        for one in found.iter().take(MOST_DOUBLES) {
            let others = quoted_list(one.names.iter().map(|nth| names[*nth]));
            let line = match one.may_be[..] {
                [only] => {
                    let times = match rows[only] {
                        1 => "1 row".to_owned(),
                        rows => format!("{rows} rows"),
                    };
                    format!("#   {}: {others}  # {times}", quoted(names[only]))
                }
                _ => {
                    let all: Vec<String> =
                        one.may_be.iter().map(|nth| quoted(names[*nth])).collect();
                    format!("#   # {others} may be {}", all.join(" or "))
                }
            };
            let _ = writeln!(out, "{}", plain(&line));
        }
        if let Some(more @ 1..) = found.len().checked_sub(MOST_DOUBLES) {
            let _ = writeln!(out, "#   # and {more} more");
        }
    }

    /// The names in a column, those in a list each, and in how many rows.
    fn names_of(&self, column: usize) -> impl Iterator<Item = (&str, usize)> {
        let about = &self.profile.columns[column];
        let separator = about.separator().map_or("\0", |(separator, _)| separator);
        let names = about.distinct.iter();
        names
            .flat_map(move |(value, rows)| value.split(separator).map(move |name| (name, rows)))
            .map(|(name, rows)| (name.trim(), *rows))
            .filter(|(name, _)| !name.is_empty() && !is_unknown(name))
    }

    /// The columns that have no field.
    pub(super) fn rest(&mut self, last: &str) {
        self.line(&format!("rest: {last}"));
        let filled = |column: &usize| self.profile.columns[*column].filled > 0;
        let other: Vec<String> = (0..self.head.headings.len())
            .filter(|column| !self.used.contains(column) && filled(column))
            .map(|column| self.shown(column))
            .collect();
        if !other.is_empty() {
            self.line(&format!("# kept there under x_…: {}", other.join(", ")));
            self.line("# drop: [a column, another]   # leaves them out");
        }
    }
}

/// A text that can stand in a comment.
pub(super) fn plain(text: &str) -> String {
    text.chars()
        .map(|c| if matches!(c, '\n' | '\r') { ' ' } else { c })
        .flat_map(annals_finding::visible)
        .collect()
}
