//! Marks in cells that say that a value is missing, or that nobody knows it.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::apply::{Apply, Here, Instance};
use super::map::{Field, Part, Plan, Shape, Template, folded};
use super::rows::{Head, Row};
use super::words;
use annals_model::RecordKind;
use annals_source::SourceError;

const NOBODY: &str = "a mark of what is not known, read as an empty cell";
const UNKNOWN: &str = "a mark of an unknown speaker, read as an unnamed actor of this row";
impl Apply<'_, '_> {
    /// Whoever a mark such as `?` stands for: somebody who speaks is an unnamed actor, of each row
    /// another; others are nobody.
    pub(super) fn unknown(
        &mut self,
        nth: usize,
        it: Option<String>,
        here: &Here<'_>,
    ) -> Result<Option<Instance>, SourceError> {
        let plan = &self.map.plans[nth];
        let template = named_by(plan);
        let at = match (template, &plan.each) {
            (Some(template), Some((list, _))) => self.at_or(template, list, here),
            (Some(template), None) => self.at(template, here),
            _ => here.head.row(here.row.number),
        };
        let shown = template.and_then(|one| self.text(one, here, it.as_deref()));
        let shown = shown.unwrap_or_default();
        if !plan.speaks {
            self.out.changed(&at, &shown, NOBODY)?;
            return Ok(None);
        }
        self.out.changed(&at, &shown, UNKNOWN)?;
        let id = self.out.id(RecordKind::Actor, "unknown speaker");
        Ok(Some(Instance {
            plan: nth,
            id,
            it,
            key: None,
            known: None,
            unknown: true,
            end: None,
        }))
    }

    /// Whether a record refers to an unknown speaker of this row.
    pub(super) fn is_of_unknown(plan: &Plan, here: &Here<'_>) -> bool {
        plan.fields.iter().any(|(_, shape)| match shape {
            Shape::Id(nth) => {
                let named = here.instances.get(*nth).into_iter().flatten();
                named.into_iter().any(|one| one.unknown)
            }
            _ => false,
        })
    }

    /// The columns that name those who speak.
    pub(super) fn speakers(&self) -> BTreeSet<usize> {
        let plans = self.map.plans.iter().filter(|plan| plan.speaks);
        let templates = plans.filter_map(named_by);
        let parts = templates.flat_map(|template| &template.parts);
        let columns = parts.filter_map(|part| match part {
            Part::Column(name) => self.columns.get(name).copied(),
            _ => None,
        });
        columns.collect()
    }

    /// The marks of a missing value for which the mapping has a word.
    pub(super) fn marks_with_words(&self) -> BTreeSet<(usize, String)> {
        let fields = self.map.plans.iter().flat_map(|plan| &plan.fields);
        let mut marks = BTreeSet::new();
        for (_, shape) in fields {
            let Shape::Words(template, words) = shape else {
                continue;
            };
            for part in &template.parts {
                if let Part::Column(name) = part
                    && let Some(column) = self.columns.get(name)
                {
                    marks.extend(words.keys().map(|word| (*column, word.clone())));
                }
            }
        }
        marks
    }

    /// The row, in which cells with a mark of a missing value are empty; each is counted.
    pub(super) fn without_marks<'r>(
        &mut self,
        head: &Head,
        row: &'r Row,
    ) -> Result<Cow<'r, Row>, SourceError> {
        let mut row = Cow::Borrowed(row);
        for column in 0..row.cells.len() {
            let text = &row.cells[column].text;
            if !words::is_missing(text)
                || self.dropped.contains(&column)
                || self.named_marks.contains(&(column, folded(text)))
                || words::is_unknown(text) && self.of_speakers.contains(&column)
            {
                continue;
            }
            let at = head.at(row.number, column);
            self.out.changed(&at, text, words::MISSING)?;
            row.to_mut().cells[column].text.clear();
        }
        Ok(row)
    }
}

/// The template of a record's name, title or label.
fn named_by(plan: &Plan) -> Option<&Template> {
    let called = words::called_by(plan.kind);
    plan.fields.iter().find_map(|one| match one {
        (Field::Known(name), Shape::Of(template)) if *name == called => Some(template),
        _ => None,
    })
}
