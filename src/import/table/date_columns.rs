//! Dates that stand in several columns: a first and a last one, or a year, a month and a day.

use super::apply::{Apply, Here};
use super::map::{Part, Template};

/// What of a date a column has, by its heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Year,
    Month,
    Day,
}

/// Stands in a text for what is missing in the middle of a date, which then is none.
const GAP: &str = "_";

impl Apply<'_, '_> {
    /// The texts of two columns that are the ends of one date: `{From}/{To}`. Either may be empty.
    pub(super) fn ends<'r>(
        &self,
        template: &Template,
        here: &Here<'r>,
    ) -> Option<(&'r str, &'r str)> {
        let [Part::Column(from), Part::Text(joint), Part::Column(to)] = &template.parts[..] else {
            return None;
        };
        let of_parts = unit(from)
            .zip(unit(to))
            .is_some_and(|(one, two)| one != two);
        if of_parts || !is_joint(joint) {
            return None;
        }
        let (from, to) = (self.cell_text(from, here)?, self.cell_text(to, here)?);
        // 1905-12 is a month, whatever the columns are called.
        let is_short = to.len() <= 2 && !to.is_empty() && to.bytes().all(|b| b.is_ascii_digit());
        let is_sign = matches!(joint.as_str(), "-" | "/");
        (!is_short || !is_sign).then_some((from, to))
    }

    fn cell_text<'r>(&self, column: &str, here: &Here<'r>) -> Option<&'r str> {
        let column = *self.columns.get(column)?;
        Some(here.row.cells.get(column).map_or("", |cell| &*cell.text))
    }

    /// The text of a date. A column that is empty leaves the others where these are a date without
    /// it: a month and a year without the day.
    pub(super) fn date_text(
        &self,
        template: &Template,
        here: &Here<'_>,
        it: Option<&str>,
    ) -> Option<String> {
        let whole = self.text(template, here, it);
        if whole.is_some() {
            return whole;
        }
        let mut columns: Vec<(Option<Unit>, &str)> = Vec::new();
        let mut pieces: Vec<(bool, &str)> = Vec::new();
        for part in &template.parts {
            match part {
                Part::Text(text) => pieces.push((false, text)),
                Part::It => pieces.push((true, it?)),
                Part::Column(name) => {
                    let text = self.cell_text(name, here)?;
                    columns.push((unit(name), text));
                    pieces.push((true, text));
                }
            }
        }
        if columns.iter().all(|(_, text)| text.is_empty()) {
            return None;
        }
        let has = |unit| (columns.iter()).any(|(one, text)| *one == Some(unit) && !text.is_empty());
        let of_parts = columns.iter().all(|(unit, _)| unit.is_some());
        let is_date = of_parts && has(Unit::Year) && (has(Unit::Month) || !has(Unit::Day));
        // Whatever the columns are, one at the end may be missing: a time, a day.
        let filled = |(_, text): &&(Option<Unit>, &str)| !text.is_empty();
        let first = columns.iter().take_while(filled).count();
        let only_last = columns[first..].iter().all(|(_, text)| text.is_empty());
        let mut out = String::new();
        let mut joint = "";
        for (is_value, text) in pieces {
            if !is_value {
                joint = text;
            } else if !text.is_empty() {
                // What stands before all columns is said of them: "c. {Year}".
                out.push_str(joint);
                out.push_str(text);
                joint = "";
            } else if is_date || only_last {
                // The sign between what is there and what is not goes with what is not.
                joint = "";
            } else {
                out.push_str(joint);
                out.push_str(GAP);
                joint = "";
            }
        }
        Some(out.trim().to_owned())
    }
}

/// Whether a text between two columns says that the date goes from one to the other.
fn is_joint(text: &str) -> bool {
    let joints = [
        "/", "-", "–", "—", "..", "...", "…", "to", "until", "till", "through", "bis", "au", "à",
        "a", "hasta",
    ];
    joints.contains(&&*text.trim().to_lowercase())
}

/// What of a date a column has, if its heading says one thing.
fn unit(heading: &str) -> Option<Unit> {
    let heading = deunicode::deunicode(heading).to_lowercase();
    let words = heading.split(|c: char| !c.is_ascii_alphabetic());
    let mut units = words.filter_map(|word| match word {
        "year" | "years" | "yyyy" | "yy" | "yr" | "y" | "jahr" | "annee" | "an" | "ano" => {
            Some(Unit::Year)
        }
        "month" | "months" | "mm" | "m" | "mon" | "monat" | "mois" | "mes" => Some(Unit::Month),
        "day" | "days" | "dd" | "d" | "tag" | "jour" | "dia" => Some(Unit::Day),
        _ => None,
    });
    let first = units.next()?;
    units.all(|other| other == first).then_some(first)
}
