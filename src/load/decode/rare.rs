//! The fields that every record may have, and evidence.

use super::Decoder;
use super::tape::View;
use crate::faults;
use crate::faults::at::At;
use annals_model::{ArenaRange, Ignore, More, Name, Retraction, Str};

/// The rarer fields while they are read.
#[derive(Default)]
pub(super) struct MoreDraft {
    more: More,
    extra: Vec<(Str, Str)>,
}

impl Decoder<'_> {
    pub(super) fn common_field(
        &mut self,
        draft: &mut MoreDraft,
        name: &str,
        value: View<'_, '_>,
        at: &At<'_>,
    ) {
        let more = &mut draft.more;
        match name {
            "note" => more.note = self.text(value, at),
            "tags" => more.tags = self.tags(value, at),
            "confidence" => more.confidence = self.number(value, at, 0.0..=1.0),
            "recorded" => more.recorded = self.date(value, at),
            "retracted" => more.retracted = self.retraction(value, at),
            "ignore" => more.ignore = self.ignores(value, at),
            // `id` is read before all else.
            _ => {}
        }
    }

    pub(super) fn extra_field(&mut self, draft: &mut MoreDraft, name: &str, value: View<'_, '_>) {
        let json = value.to_json().to_string();
        if let (Some(name), Some(json)) = (self.keep(name), self.keep(&json)) {
            draft.extra.push((name, json));
        }
    }

    pub(super) fn finish_more(&mut self, draft: MoreDraft) -> More {
        let MoreDraft { mut more, extra } = draft;
        if !extra.is_empty() {
            more.extra = self.block.facts.lists.extras.add(extra).unwrap_or_default();
        }
        more
    }

    fn tags(&mut self, view: View<'_, '_>, at: &At<'_>) -> ArenaRange<Name> {
        let mut tags = Vec::new();
        for (nth, item) in view.items_or_one().enumerate() {
            tags.extend(self.open_word(item, &at.index(nth)));
        }
        self.block.facts.lists.names.add(tags).unwrap_or_default()
    }

    /// A date, or `{on, reason}`.
    fn retraction(&mut self, view: View<'_, '_>, at: &At<'_>) -> Option<Retraction> {
        if view.get("on").is_none() && view.get("reason").is_none() {
            return Some(Retraction {
                on: self.date(view, at)?,
                reason: None,
            });
        }
        let (mut on, mut reason) = (None, None);
        self.object_fields(
            "a retraction",
            &["on", "reason"],
            view,
            at,
            |me, name, value, at| match name {
                "on" => on = me.date(value, at),
                _ => reason = me.text(value, at),
            },
        );
        if view.get("on").is_none_or(View::is_null) {
            self.report(faults::missing_field::found(at, Some("a retraction"), "on"));
        }
        Some(Retraction { on: on?, reason })
    }

    fn ignores(&mut self, view: View<'_, '_>, at: &At<'_>) -> ArenaRange<Ignore> {
        let mut ignores = Vec::new();
        for (nth, item) in view.items_or_one().enumerate() {
            ignores.extend(self.ignore(item, &at.index(nth)));
        }
        self.block
            .facts
            .lists
            .ignores
            .add(ignores)
            .unwrap_or_default()
    }

    fn ignore(&mut self, view: View<'_, '_>, at: &At<'_>) -> Option<Ignore> {
        if !view.is_map() {
            return self.wrong(view, at, "an object with code and reason");
        }
        let (mut code, mut reason) = (None, None);
        self.object_fields(
            "an ignore",
            &["code", "reason"],
            view,
            at,
            |me, name, value, at| match name {
                "code" => code = me.open_word(value, at),
                _ => reason = me.text(value, at),
            },
        );
        for field in ["code", "reason"] {
            if view.get(field).is_none_or(View::is_null) {
                self.report(faults::missing_field::found(at, Some("an ignore"), field));
            }
        }
        Some(Ignore {
            code: code?,
            reason,
        })
    }
}
