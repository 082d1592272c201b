//! The fields that every record may have, and evidence.

use super::{At, Decoder};
use crate::load::faults;
use crate::load::pending::Slot;
use crate::load::tape::View;
use crate::model::{Evidence, Ignore, List, More, Name, Retraction, Str};

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
            more.extra = self.facts.lists.extras.add(extra).unwrap_or_default();
        }
        more
    }

    fn tags(&mut self, view: View<'_, '_>, at: &At<'_>) -> List<Name> {
        let mut tags = Vec::new();
        for (nth, item) in view.items_or_one().enumerate() {
            tags.extend(self.open_word(item, &at.index(nth)));
        }
        self.facts.lists.names.add(tags).unwrap_or_default()
    }

    /// A date, or `{on, reason}`.
    fn retraction(&mut self, view: View<'_, '_>, at: &At<'_>) -> Option<Retraction> {
        if view.get("on").is_none() && view.get("reason").is_none() {
            return Some(Retraction { on: self.date(view, at)?, reason: None });
        }
        let (mut on, mut reason) = (None, None);
        self.object_fields("a retraction", &["on", "reason"], view, at, |me, name, value, at| {
            match name {
                "on" => on = me.date(value, at),
                _ => reason = me.text(value, at),
            }
        });
        if view.get("on").is_none_or(View::is_null) {
            self.report(faults::missing_field::found(at, Some("a retraction"), "on"));
        }
        Some(Retraction { on: on?, reason })
    }

    fn ignores(&mut self, view: View<'_, '_>, at: &At<'_>) -> List<Ignore> {
        let mut ignores = Vec::new();
        for (nth, item) in view.items_or_one().enumerate() {
            ignores.extend(self.ignore(item, &at.index(nth)));
        }
        self.facts.lists.ignores.add(ignores).unwrap_or_default()
    }

    fn ignore(&mut self, view: View<'_, '_>, at: &At<'_>) -> Option<Ignore> {
        if !view.is_map() {
            return self.wrong(view, at, "an object with code and reason");
        }
        let (mut code, mut reason) = (None, None);
        self.object_fields("an ignore", &["code", "reason"], view, at, |me, name, value, at| {
            match name {
                "code" => code = me.open_word(value, at),
                _ => reason = me.text(value, at),
            }
        });
        for field in ["code", "reason"] {
            if view.get(field).is_none_or(View::is_null) {
                self.report(faults::missing_field::found(at, Some("an ignore"), field));
            }
        }
        Some(Ignore { code: code?, reason })
    }

    /// The evidence of a record. Its documents are resolved later.
    pub(super) fn evidence(&mut self, view: View<'_, '_>, at: &At<'_>) -> List<Evidence> {
        let mut all = Vec::new();
        let first = self.facts.lists.evidence.len();
        for (nth, item) in view.items_or_one().enumerate() {
            let at = at.index(nth);
            if !item.is_map() {
                self.wrong::<()>(item, &at, "an object with document, quote and spans");
                continue;
            }
            let slot = Slot::Evidence(first + all.len());
            all.push(self.one_evidence(item, &at, slot, nth));
        }
        self.facts.lists.evidence.add(all).unwrap_or_default()
    }

    fn one_evidence(
        &mut self,
        view: View<'_, '_>,
        at: &At<'_>,
        slot: Slot,
        nth: usize,
    ) -> Evidence {
        let mut evidence = Evidence {
            document: None,
            quote: None,
            spans: List::EMPTY,
            found: List::EMPTY,
            verified: None,
        };
        let known = &["document", "quote", "spans"];
        self.object_fields("evidence", known, view, at, |me, name, value, at| match name {
            "document" => me.reference(value, at, slot, nth),
            "quote" => evidence.quote = me.text(value, at),
            _ => evidence.spans = me.spans(value, at),
        });
        if view.get("document").is_none_or(View::is_null) {
            self.report(faults::missing_field::found(at, Some("evidence"), "document"));
        }
        evidence
    }
}
