//! Relations that a row says of several; ids that several rows have; cells that have the value above
//! them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::apply::{Apply, Here, Instance};
use super::map::{Field, Shape, Template};
use super::rows::{Cell, Head, Row};
use crate::slug;
use annals_model::{RecordKind, Vocabulary as _};
use annals_source::SourceError;

const BOTH: &str =
    "a relation with several at both ends: the row does not say which of them belong together";
const SAME_ID: &str = "an id that another row has already; a number was added to it";
const FILLED: &str = "an empty cell, filled with the value above it";

/// Which record is meant, and of which part of the mapping.
type End = Option<(usize, String)>;

impl Apply<'_, '_> {
    /// Of a relation, whoever it is of, where one of its ends names several: there is a relation for
    /// each. Of other records, and where each end names one, nothing, once.
    pub(super) fn ends_of_relation(
        &mut self,
        nth: usize,
        it: Option<&str>,
        here: &Here<'_>,
    ) -> Result<Vec<End>, SourceError> {
        let plan = &self.map.plans[nth];
        if plan.kind != RecordKind::Relation {
            return Ok(vec![None]);
        }
        let own = Instance {
            plan: nth,
            id: String::new(),
            it: it.map(str::to_owned),
            key: None,
            known: None,
            unknown: false,
            end: None,
        };
        let mut several: Vec<Vec<End>> = Vec::new();
        for (field, shape) in &plan.fields {
            let (Field::Known("from" | "to"), Shape::Id(other)) = (field, shape) else {
                continue;
            };
            let named = here.instances[*other].iter();
            let named = named.filter(|one| !self.same_list(&own, one) || one.it.as_deref() == it);
            let ends: Vec<End> = named.map(|one| Some((*other, one.id.clone()))).collect();
            if ends.len() > 1 {
                several.push(ends);
            }
        }
        match several.len() {
            0 => Ok(vec![None]),
            1 => Ok(several.remove(0)),
            _ => {
                let at = here.head.row(here.row.number);
                self.out.left_out(&at, plan.kind.word(), BOTH)?;
                Ok(Vec::new())
            }
        }
    }

    /// A new id. One that the mapping gives, and another row has, is told with both rows.
    pub(super) fn fresh_id(
        &mut self,
        nth: usize,
        words: &str,
        is_own: bool,
        here: &Here<'_>,
    ) -> Result<String, SourceError> {
        let plan = &self.map.plans[nth];
        let id = self.out.id(plan.kind, words);
        let Some(template) = plan.id.as_ref().filter(|_| is_own) else {
            return Ok(id);
        };
        let wanted = slug(words);
        if id == wanted {
            self.own_ids.insert(wanted, here.head.row(here.row.number));
            return Ok(id);
        }
        let what = match self.own_ids.get(&wanted) {
            Some(first) => format!("{words}, as in {first}: the id of this one is {id}"),
            None => format!("{words}: the id is {id}"),
        };
        let at = self.at(template, here);
        self.out.changed(&at, &what, SAME_ID)?;
        Ok(id)
    }

    /// Looks which columns have the value above in their empty cells; of this table, none was seen.
    pub(super) fn fill_down(&mut self) {
        let mut down = BTreeMap::new();
        for plan in &self.map.plans {
            let each = plan.each.iter().map(|(template, _)| template);
            let mut templates: Vec<&Template> = each.collect();
            let shapes = plan.fields.iter();
            shapes.for_each(|(_, shape)| shape.templates(&mut templates));
            for template in templates.into_iter().filter(|one| one.down) {
                let columns = template.parts.iter().filter_map(|part| match part {
                    super::map::Part::Column(name) => self.columns.get(name).copied(),
                    _ => None,
                });
                down.extend(columns.map(|column| (column, Cell::default())));
            }
        }
        self.down = down;
    }

    /// The row, in which empty cells have the value above where the mapping says so; each is counted.
    pub(super) fn filled_down<'r>(
        &mut self,
        head: &Head,
        row: &'r Row,
    ) -> Result<Cow<'r, Row>, SourceError> {
        let mut row = Cow::Borrowed(row);
        for (column, above) in &mut self.down {
            let Some(cell) = row.cells.get(*column) else {
                continue;
            };
            if !cell.text.is_empty() {
                *above = cell.clone();
            } else if !above.text.is_empty() {
                let at = head.at(row.number, *column);
                self.out.changed(&at, &above.text, FILLED)?;
                row.to_mut().cells[*column] = above.clone();
            }
        }
        Ok(row)
    }
}
