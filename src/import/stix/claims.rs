//! Notes and opinions as claims.

use serde_json::json;

use super::object::{Item, set_moment};
use super::records::Records;
use crate::json_object::texts;
use crate::{Builder, Record};
use annals_model::RecordKind;
use annals_source::SourceError;

impl Records {
    /// A note or an opinion.
    pub(super) fn claim(&self, item: &Item, out: &mut Builder<'_>) -> Result<(), SourceError> {
        let Some(mut record) = self.begun(item) else {
            return Ok(());
        };
        let mut speakers = Vec::new();
        for name in texts(&item.fields, "authors") {
            let key = name.to_lowercase();
            if let Some(Some(known)) = self.named.get(&key) {
                speakers.push(known.clone());
                continue;
            }
            let (id, new) = out.id_of(RecordKind::Actor, &key, name);
            if new {
                let mut actor = Record::new(RecordKind::Actor, id.clone());
                actor.set("name", name).set("kind", "person");
                out.add(actor)?;
            }
            speakers.push(id);
        }
        if speakers.is_empty() {
            let by = self.id_of(item.text("created_by_ref"), RecordKind::Actor);
            speakers.extend(by.map(str::to_owned));
        }
        if speakers.is_empty() {
            record.narrated();
        } else {
            record.set("speaker", speakers);
        }
        let about: Vec<&str> = (texts(&item.fields, "object_refs").into_iter())
            .filter_map(|object| self.ids.get(object).map(|(_, id)| &**id))
            .filter(|id| Some(*id) != record.id())
            .collect();
        let about: Vec<String> = about.into_iter().map(str::to_owned).collect();
        let opinion = item.text("opinion");
        let value = match opinion {
            "strongly-disagree" | "disagree" => "opposes",
            "neutral" => "neutral",
            "agree" | "strongly-agree" => "supports",
            _ => "",
        };
        if value.is_empty() {
            record.set("act", "asserts");
        } else {
            for toward in &about {
                record.push("stance", json!({"toward": toward, "value": value}));
            }
            record.set("act", "expresses");
        }
        record.set("about", about);
        let content = [
            item.text("content"),
            item.text("explanation"),
            item.text("abstract"),
        ];
        let content = content.into_iter().find(|words| !words.is_empty());
        record.set("content", content.unwrap_or_default());
        record.extra(
            "abstract",
            Some(item.text("abstract"))
                .filter(|one| Some(*one) != content)
                .unwrap_or_default(),
        );
        record.extra("opinion", opinion);
        set_moment(&mut record, "said", item, "created", out)?;
        self.rest(item, &mut record);
        out.add(record)
    }
}
