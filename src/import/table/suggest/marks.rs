//! Questions about columns whose values are not what their headings say: marks where words are
//! wanted, and headings that ask whether something is so.

use std::collections::BTreeSet;

use super::headings::{Role, words_of};
use super::roles::{is_about_words, is_flag};
use super::writer::{Writer, quoted};
use crate::table::map::folded;

/// How many values of a column are shown.
const MOST_SHOWN: usize = 5;

impl Writer<'_> {
    /// Asks about the columns that were not taken for what their headings say.
    pub(super) fn ask_marks(&mut self) {
        use Role::{DayOfMonth, Id, Language, Month, Year};
        let refused = self.roles.refused.iter();
        let refused =
            refused.filter(|(_, role)| !matches!(role, Id | Month | DayOfMonth | Year | Language));
        let marks = self.roles.marks.iter().copied();
        let all = marks.chain(refused.map(|(column, _)| *column));
        let mut all: Vec<usize> = all
            .filter(|column| {
                let about = &self.profile.columns[*column];
                // Dates that are not understood are asked about as dates.
                about.filled > 0 && !self.roles.unknown_dates.contains(column)
            })
            .collect();
        all.sort_unstable();
        for column in all
            .into_iter()
            .filter(|one| !self.is_used(*one))
            .collect::<Vec<_>>()
        {
            self.ask_mark(column);
        }
        for role in [Role::Quote, Role::Content, Role::Text, Role::What] {
            if let Some(column) = self.roles.get(role) {
                self.ask_some_marks(column);
            }
        }
    }

    fn ask_mark(&mut self, column: usize) {
        let about = &self.profile.columns[column];
        let heading = &self.head.headings[column];
        let shown = self.shown(column);
        let words = words_of(heading);
        if about.is_marks(true) && words.iter().any(|word| is_about_words(word)) {
            let reverse = ["indirect", "paraphrase", "paraphrased"];
            let reverse = words.iter().any(|word| reverse.contains(&word.as_str()));
            let (heading, values) = (quoted(heading), self.values_shown(column));
            let meant: Vec<String> = self.profile.columns[column]
                .distinct
                .keys()
                .map(|value| format!("{}: {}", quoted(value), mode(value, reverse)))
                .collect();
            self.ask(&format!(
                "“{shown}” has the marks {values}, and not what was said. Do they say whether the words are the speaker’s own? Then, of the claim: mode: {{column: {heading}, words: {{{}}}}}",
                meant.join(", ")
            ));
            return;
        }
        let what = if about.is_marks(false) {
            "marks"
        } else {
            "values"
        };
        let values = self.values_shown(column);
        self.ask(&format!(
            "“{shown}” has the {what} {values}. Its heading does not plainly say what they are, so they are kept as they are. If a field is made of them, write it: field: {}",
            quoted(&format!("{{{heading}}}"))
        ));
    }

    /// Asks about marks among words.
    fn ask_some_marks(&mut self, column: usize) {
        let about = &self.profile.columns[column];
        if about.flags == 0 || !self.is_used(column) {
            return;
        }
        let (shown, flags, filled) = (self.shown(column), about.flags, about.filled);
        let marks: Vec<String> = (about.distinct.keys().filter(|value| is_flag(value)))
            .take(MOST_SHOWN)
            .map(|value| annals_finding::shown(value))
            .collect();
        let are = if flags == 1 { "is a mark" } else { "are marks" };
        self.ask(&format!(
            "“{shown}”: {flags} of {filled} values {are} ({}), and would be taken for words. Are they?",
            marks.join(", ")
        ));
    }

    fn values_shown(&self, column: usize) -> String {
        let about = &self.profile.columns[column];
        let mut values: Vec<String> = (about.distinct.keys().take(MOST_SHOWN))
            .map(|value| annals_finding::shown(value))
            .collect();
        if about.many || about.distinct.len() > MOST_SHOWN {
            values.push("…".to_owned());
        }
        values.join(", ")
    }
}

/// How a statement is reported, as a mark says it.
fn mode(mark: &str, reverse: bool) -> &'static str {
    let own = match &*folded(mark) {
        "p" | "para" | "paraphrase" | "paraphrased" | "indirect" | "i" => return "indirect",
        "q" | "quote" | "quoted" | "direct" | "d" | "verbatim" => return "direct",
        "mixed" | "m" | "both" | "partly" => return "mixed",
        "n" | "no" | "false" | "f" | "nein" | "non" | "nie" | "ні" | "нет" | "✗" | "✘" | "☐"
        | "0" => false,
        word if is_flag(word) => true,
        _ => return "null",
    };
    if own == reverse { "indirect" } else { "direct" }
}

impl Writer<'_> {
    /// Asks whether the empty cells of a column have the value above them, as where cells were merged.
    pub(super) fn ask_fill(&mut self) {
        use Role::{Day, DocumentTitle, Happened, Place, Posted, Published, Said, Source, Speaker};
        use Role::{Start, Topic, Url, Who};
        let roles = [
            Speaker,
            Who,
            Said,
            Posted,
            Published,
            Happened,
            Start,
            Day,
            Source,
            DocumentTitle,
            Url,
            Topic,
            Place,
        ];
        let columns: BTreeSet<usize> = roles
            .iter()
            .filter_map(|role| self.roles.get(*role))
            .chain(self.roles.unknown_dates.iter().copied())
            .collect();
        let rows = self.profile.rows;
        for column in columns {
            let about = &self.profile.columns[column];
            let below = about.below;
            // The first row has a value, and half of the others and more have none.
            if below < 2 || below * 2 < rows || below + about.filled < rows {
                continue;
            }
            let (shown, name) = (self.shown(column), quoted(&self.head.headings[column]));
            self.ask(&format!(
                "“{shown}”: {below} of {rows} cells are empty below a filled one. If they mean the value above: {{column: {name}, fill: down}}"
            ));
        }
    }
}
