//! What is told of a row: records made of names alone, claims without words, records that were not
//! made.

use serde_json::Value;

use super::apply::{Apply, Here, Instance};
use super::map::{Field, Plan};
use super::words;
use crate::Record;
use annals_model::RecordKind;

/// Said of a claim of which the columns of its words are empty.
const WORDLESS: &str = "a claim without words: the columns of what was said are empty";
/// Said of an actor, and of a topic, that a field of the mapping only names.
const PERSON: &str = "an actor of a name alone, taken for a person";
const TOPIC: &str = "what a claim is about, taken for a topic";

impl Apply<'_, '_> {
    /// What is assumed of a record that a field only names.
    pub(super) fn assumed(
        &self,
        plan: &Plan,
        record: &mut Record,
        instance: &Instance,
        here: &mut Here<'_>,
    ) {
        let called = words::called_by(plan.kind);
        let name = record.get(called).and_then(Value::as_str);
        let name = name.unwrap_or_default().to_owned();
        let why = match plan.kind {
            RecordKind::Document if words::is_address(&name) => {
                record.set("url", name);
                return;
            }
            RecordKind::Actor => PERSON,
            RecordKind::Topic => TOPIC,
            _ => return,
        };
        if instance.known.is_none() && !instance.unknown {
            let at = match (&plan.key, &plan.each) {
                (Some(key), Some((list, _))) => self.at_or(key, list, here),
                (Some(key), None) => self.at(key, here),
                _ => here.head.row(here.row.number),
            };
            here.changed.push((at, name, why));
        }
    }

    /// Tells of a claim that has no words, where the mapping has columns for them.
    pub(super) fn tell_wordless(&self, plan: &Plan, record: &Record, here: &mut Here<'_>) {
        let evidence = record.get("evidence").map(Value::to_string);
        let quoted = evidence.is_some_and(|evidence| evidence.contains("\"quote\":"));
        let has = ["content", "quote"]
            .iter()
            .any(|name| record.get(name).is_some());
        if plan.kind != RecordKind::Claim || has || quoted {
            return;
        }
        let mut templates = Vec::new();
        for (field, shape) in &plan.fields {
            if matches!(field, Field::Known("content" | "quote")) {
                shape.templates(&mut templates);
            }
        }
        if let Some(template) = templates.first() {
            let at = self.at(template, here);
            let id = record.id().unwrap_or_default().to_owned();
            here.changed.push((at, id, WORDLESS));
        }
    }
}
