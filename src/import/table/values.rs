//! The values of a row, as a mapping makes them.

use serde_json::{Map as Object, Value};

use super::apply::{Apply, Here, Instance};
use super::map::{Part, Shape, Template, folded, parts};
use super::rows::Cell;
use annals_source::{At, SourceError};

/// Said of a word in place of which the mapping has null.
const NO_VALUE: &str = "a word for which the mapping has no value";

impl Apply<'_, '_> {
    /// The text of a template; nothing where a column in it is empty.
    pub(super) fn text(
        &self,
        template: &Template,
        here: &Here<'_>,
        it: Option<&str>,
    ) -> Option<String> {
        let mut text = String::new();
        for part in &template.parts {
            match part {
                Part::Text(plain) => text.push_str(plain),
                Part::It => text.push_str(it?),
                Part::Column(name) => {
                    let cell = here.row.cells.get(*self.columns.get(name)?)?;
                    if cell.text.is_empty() {
                        return None;
                    }
                    text.push_str(&cell.text);
                }
            }
        }
        let text = text.trim();
        self.take(template, here);
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// The text of a key: of the columns that say something; nothing where none does.
    pub(super) fn key(
        &self,
        template: &Template,
        here: &Here<'_>,
        it: Option<&str>,
    ) -> Option<String> {
        let mut text = String::new();
        let mut says = false;
        for part in &template.parts {
            let value = match part {
                Part::Text(plain) => plain,
                Part::It => it?,
                Part::Column(name) => {
                    let cell = self.columns.get(name).map(|at| here.row.cells.get(*at));
                    cell.flatten().map_or("", |cell| &cell.text)
                }
            };
            says |= !value.is_empty() && !matches!(part, Part::Text(_));
            text.push_str(value);
        }
        let same = !template
            .parts
            .iter()
            .any(|part| !matches!(part, Part::Text(_)));
        self.take(template, here);
        (says || same && !text.is_empty()).then_some(text)
    }

    /// The place of a template in the row: its first column.
    pub(super) fn at(&self, template: &Template, here: &Here<'_>) -> At {
        let mut columns = template.parts.iter().filter_map(|part| match part {
            Part::Column(name) => self.columns.get(name).copied(),
            _ => None,
        });
        match columns.next() {
            Some(column) => here.head.at(here.row.number, column),
            None => here.head.row(here.row.number),
        }
    }

    /// The only cell of a template, if it is one column and nothing else.
    pub(super) fn cell<'r>(&self, template: &Template, here: &Here<'r>) -> Option<&'r Cell> {
        match &template.parts[..] {
            [Part::Column(name)] => here.row.cells.get(*self.columns.get(name)?),
            _ => None,
        }
    }

    /// Whether two records are made of parts of the same list, so that part goes with part.
    pub(super) fn same_list(&self, one: &Instance, other: &Instance) -> bool {
        let list = |instance: &Instance| {
            let each = self.map.plans[instance.plan].each.as_ref();
            each.map(|(list, _)| &list.parts)
        };
        list(one).is_some() && list(one) == list(other)
    }

    /// Tells what an object says that is left out because the record that it is about is not there.
    fn lost(
        &self,
        fields: &[(String, Shape)],
        instance: &Instance,
        here: &mut Here<'_>,
    ) -> Result<(), SourceError> {
        for (name, shape) in fields {
            let mut templates = Vec::new();
            shape.templates(&mut templates);
            if let Some(template) = templates.first()
                && let Some(value) = self.value(shape, instance, here)?
            {
                let shown = value
                    .as_str()
                    .map_or_else(|| value.to_string(), str::to_owned);
                let why = "left out, as the row does not name the record that it belongs to";
                let at = self.at(template, here);
                here.changed.push((at, format!("{name}: {shown}"), why));
            }
        }
        Ok(())
    }

    /// The place of a template in the row; of a part of a list, that of the list.
    pub(super) fn at_or(&self, template: &Template, list: &Template, here: &Here<'_>) -> At {
        if template.parts.contains(&Part::It) {
            self.at(list, here)
        } else {
            self.at(template, here)
        }
    }

    /// A value; nothing where it says nothing.
    pub(super) fn value(
        &self,
        shape: &Shape,
        instance: &Instance,
        here: &mut Here<'_>,
    ) -> Result<Option<Value>, SourceError> {
        let it = instance.it.as_deref();
        Ok(match shape {
            Shape::Same(Value::Null) => None,
            Shape::Same(value) => Some(value.clone()),
            Shape::Of(template) => self.text(template, here, it).map(Value::String),
            Shape::Id(nth) if instance.end.as_ref().is_some_and(|(plan, _)| plan == nth) => {
                let end = instance.end.as_ref().map(|(_, id)| id);
                // It may have been left out meanwhile.
                let mut there = here.instances[*nth].iter();
                let there = there.find(|one| Some(&one.id) == end);
                there.map(|one| one.id.clone().into())
            }
            Shape::Id(nth) => {
                let ids: Vec<Value> = (here.instances[*nth].iter())
                    .filter(|one| !self.same_list(instance, one) || one.it.as_deref() == it)
                    .map(|one| one.id.clone().into())
                    .collect();
                match ids.len() {
                    0 => None,
                    1 => ids.into_iter().next(),
                    _ => Some(Value::Array(ids)),
                }
            }
            Shape::Split(template, signs) => self.text(template, here, it).map(|text| {
                let parts = parts(&text, signs).into_iter();
                parts.map(Value::from).collect()
            }),
            Shape::Words(template, words) => {
                let Some(text) = self.text(template, here, it) else {
                    return Ok(None);
                };
                match words.get(&folded(&text)) {
                    Some(Value::Null) => {
                        let at = self.at(template, here);
                        here.changed.push((at, text, NO_VALUE));
                        None
                    }
                    Some(word) => Some(word.clone()),
                    None => {
                        let at = self.at(template, here);
                        here.changed
                            .push((at, text, "a word that the mapping does not have"));
                        None
                    }
                }
            }
            Shape::List(items) => {
                let mut all = Vec::new();
                for item in items {
                    match self.value(item, instance, here)? {
                        Some(Value::Array(some)) => all.extend(some),
                        some => all.extend(some),
                    }
                }
                (!all.is_empty()).then_some(Value::Array(all))
            }
            Shape::Object(fields) => self.object(fields, instance, here)?,
        })
    }

    /// An object; one for each of the records that a part of it names. Nothing where a record that it
    /// names is not there.
    fn object(
        &self,
        fields: &[(String, Shape)],
        instance: &Instance,
        here: &mut Here<'_>,
    ) -> Result<Option<Value>, SourceError> {
        let mut all = vec![Object::new()];
        for (name, shape) in fields {
            let value = self.value(shape, instance, here)?;
            let is_id = matches!(shape, Shape::Id(_));
            match value {
                None if is_id => {
                    self.lost(fields, instance, here)?;
                    return Ok(None);
                }
                None => {}
                Some(Value::Array(several)) if is_id => {
                    let each = several.into_iter().flat_map(|value| {
                        all.iter().map(move |object| {
                            let mut object = object.clone();
                            object.insert(name.clone(), value.clone());
                            object
                        })
                    });
                    all = each.collect();
                }
                Some(value) => {
                    for object in &mut all {
                        object.insert(name.clone(), value.clone());
                    }
                }
            }
        }
        let mut all = all.into_iter().map(Value::Object);
        Ok(match (all.next(), all.next()) {
            (Some(one), None) => Some(one),
            (Some(one), Some(two)) => Some([one, two].into_iter().chain(all).collect()),
            _ => None,
        })
    }
}
