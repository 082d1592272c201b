//! Records that several rows make: the first row makes them, and what later ones say otherwise is
//! told, with both values and both places.

use serde_json::Value;

use super::apply::{Apply, Here, Instance};
use super::map::{Field, Plan, Shape, folded};
use super::words;
use crate::{Record, extra_key};
use annals_source::At;

/// Said of a value that an earlier row has otherwise.
const OTHERWISE: &str =
    "another value for a record that an earlier row made; that of the earlier row was kept";
/// Said of a value that an earlier row does not have.
const MORE: &str = "a value for a record that an earlier row made without it; it was left out";
/// Said of a name that is written otherwise.
const SPELLED: &str = "a name that differs only in capitals or spaces, read as the same";

impl Apply<'_, '_> {
    /// Tells what a row says otherwise than the earlier row that made the record.
    pub(super) fn compare(&mut self, instance: &Instance, record: &Record, here: &mut Here<'_>) {
        let Some(key) = &instance.key else {
            return;
        };
        let Some(earlier) = self.made.get(&(record.kind(), key.clone())) else {
            return;
        };
        if let Some(actor) = earlier.actor.and_then(|nth| self.actors.get_mut(nth)) {
            actor.rows += 1;
        }
        let plan = &self.map.plans[instance.plan];
        for (field, value) in record.fields() {
            // What is assumed of a name alone says nothing against the mapping.
            if field == "id" || plan.implied && field == "kind" {
                continue;
            }
            let known = earlier.said.get(field);
            if known == Some(value) {
                continue;
            }
            let at = self.of_field(plan, field, here);
            let first = &earlier.at;
            let (shown, why) = match known {
                None => (format!("{field}: {}, none in {first}", short(value)), MORE),
                Some(known) => {
                    let name = field == words::called_by(record.kind());
                    let same = name && folded(&text(known)) == folded(&text(value));
                    let why = if same { SPELLED } else { OTHERWISE };
                    (
                        format!("{field}: {}, but {} in {first}", short(value), short(known)),
                        why,
                    )
                }
            };
            here.changed.push((at, shown, why));
        }
    }

    /// The place of what a field is made of.
    fn of_field(&self, plan: &Plan, field: &str, here: &Here<'_>) -> At {
        let mut fields = plan.fields.iter();
        let shape = fields.find(|(own, _)| match own {
            Field::Known(name) => *name == field,
            Field::Own(name) => extra_key(name) == field,
        });
        let mut templates = Vec::new();
        if let Some((_, shape)) = shape {
            shape.templates(&mut templates);
        }
        if let Some(template) = templates.first() {
            return match (&plan.each, shape) {
                (Some((list, _)), Some((_, Shape::Of(_)))) if template.parts.len() == 1 => {
                    self.at_or(template, list, here)
                }
                _ => self.at(template, here),
            };
        }
        match self.rest_at.get(field) {
            Some(column) => here.head.at(here.row.number, *column),
            None => here.head.row(here.row.number),
        }
    }
}

/// A value as a report shows it, cut where it is long.
fn short(value: &Value) -> String {
    const LONGEST: usize = 80;
    let whole = text(value);
    let mut short: String = whole.chars().take(LONGEST).collect();
    if short.len() < whole.len() {
        short.push('…');
    }
    short
}

/// A value in one line.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(fields) => match fields.get("edtf") {
            Some(Value::String(edtf)) => edtf.clone(),
            _ => value.to_string(),
        },
        other => other.to_string(),
    }
}
