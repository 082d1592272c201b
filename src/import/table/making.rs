//! The records of a row, made one by one and written; and what other columns are called.

use std::collections::BTreeSet;

use serde_json::Value;

use super::apply::{Apply, Here, Instance, MadeActor};
use super::earlier::{Earlier, Known};
use super::map::Field;
use super::rows::Head;
use crate::{Record, extra_key};
use annals_model::RecordKind;
use annals_source::SourceError;

impl Apply<'_, '_> {
    /// What columns are called under `x_`: a number keeps those apart that differ in signs alone, or
    /// that are called as a field of the mapping.
    pub(super) fn names(
        &self,
        columns: impl Iterator<Item = usize>,
        head: &Head,
    ) -> Vec<(usize, String)> {
        let plan = self.map.rest.map(|nth| &self.map.plans[nth]);
        let fields = plan.into_iter().flat_map(|plan| &plan.fields);
        let mut taken: BTreeSet<String> = fields
            .map(|(field, _)| match field {
                Field::Known(name) => extra_key(name),
                Field::Own(name) => extra_key(name),
            })
            .collect();
        let mut names = Vec::new();
        for column in columns {
            let plain = extra_key(&head.headings[column]);
            let mut numbers = 2_usize..;
            let mut name = plain.clone();
            while !taken.insert(name.clone()) {
                let number = numbers.next().unwrap_or_default();
                name = format!("{plain}_{number}");
            }
            names.push((column, name.split_off(2)));
        }
        names
    }
}

impl Apply<'_, '_> {
    /// The records of a row. What lacks something it needs is not made, and then nothing may refer
    /// to it: once more.
    pub(super) fn records(
        &mut self,
        here: &mut Here<'_>,
    ) -> Result<Vec<(Instance, Record)>, SourceError> {
        for _ in 0..=self.map.plans.len() {
            let mut records: Vec<(Instance, Record)> = Vec::new();
            here.changed.clear();
            let all = here.instances.clone();
            let mut failed = false;
            for (nth, instances) in all.iter().enumerate() {
                for instance in instances {
                    if instance.known == Some(Known::InThisRow) {
                        continue;
                    }
                    here.plan.set(nth);
                    match self.record(nth, instance, here)? {
                        Some(record) => records.push((instance.clone(), record)),
                        None => {
                            failed = true;
                            let id = &instance.id;
                            here.instances
                                .iter_mut()
                                .for_each(|all| all.retain(|one| one.id != *id));
                            break;
                        }
                    }
                }
            }
            for (at, what, why) in std::mem::take(&mut here.left) {
                self.out.left_out(&at, &what, why)?;
            }
            if !failed {
                return Ok(records);
            }
        }
        Ok(Vec::new())
    }

    /// Writes a record, unless an earlier row made it.
    pub(super) fn keep(
        &mut self,
        instance: Instance,
        record: Record,
        here: &mut Here<'_>,
    ) -> Result<(), SourceError> {
        if instance.known.is_some() {
            self.compare(&instance, &record, here);
            return Ok(());
        }
        let name = record.get("name").and_then(Value::as_str);
        let made = match (record.kind(), name) {
            (RecordKind::Actor, Some(name)) if !instance.unknown => {
                let person = record.get("kind").is_some_and(|kind| kind == "person");
                self.actors.push(MadeActor {
                    name: name.to_owned(),
                    person,
                    rows: 1,
                });
                self.actors.len().checked_sub(1)
            }
            _ => None,
        };
        if let Some(key) = instance.key {
            let at = here.head.row(here.row.number);
            let earlier = Earlier::new(instance.id, at, &record, made);
            self.made.insert((record.kind(), key), earlier);
        }
        self.out.add(record)
    }
}
