//! Decodes the fields that every kind of record may have and few records use: note, tags,
//! retraction, findings to silence, and `x_` fields.

use super::Decoder;
use super::tape::View;
use crate::faults;
use crate::faults::at::At;
use annals_model::{
    ArenaRange, Fields as _, IGNORE, Ignore, More, Name, Part, RETRACTION, Retraction, Str,
};

/// The rarer fields while they are read.
#[derive(Default)]
pub(super) struct MoreDraft {
    more: More,
    extra: Vec<(Str, Str)>,
}

impl Decoder<'_> {
    /// Reads the `nth` of the fields that every record may have. Its id and its kind were read before
    /// all else.
    pub(super) fn common_field(
        &mut self,
        draft: &mut MoreDraft,
        nth: usize,
        value: View<'_, '_>,
        at: &At<'_>,
    ) {
        let Some(nth) = nth.checked_sub(1) else {
            return;
        };
        if let Some(field) = More::FIELDS.get(nth) {
            self.read_value(draft.more.cell(nth), field.shape, value, at);
        } else if let Some(word) = value.text() {
            // Its type.
            let told = faults::unknown_field::type_of(at, word);
            self.block.findings.extend(told);
        }
    }

    pub(super) fn extra_field(
        &mut self,
        draft: &mut MoreDraft,
        name: &str,
        value: View<'_, '_>,
        at: &At<'_>,
    ) {
        self.report_hash(value, at, false);
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

    /// A list of open words.
    pub(super) fn open_words(&mut self, view: View<'_, '_>, at: &At<'_>) -> ArenaRange<Name> {
        let mut words = Vec::new();
        for (nth, item) in view.items_or_one().enumerate() {
            words.extend(self.open_word(item, &at.index(nth)));
        }
        self.block.facts.lists.names.add(words).unwrap_or_default()
    }

    /// A date, or `{on, reason}`.
    pub(super) fn retraction(&mut self, view: View<'_, '_>, at: &At<'_>) -> Option<Retraction> {
        if view.get("on").is_none() && view.get("reason").is_none() {
            return Some(Retraction {
                on: self.date(view, at)?,
                reason: None,
            });
        }
        let (mut on, mut reason) = (None, None);
        self.object_fields(&RETRACTION, view, at, |me, nth, value, at| match nth {
            0 => on = me.date(value, at),
            _ => reason = me.text(value, at),
        });
        self.need_of(&RETRACTION, view, at);
        Some(Retraction { on: on?, reason })
    }

    pub(super) fn ignores(&mut self, view: View<'_, '_>, at: &At<'_>) -> ArenaRange<Ignore> {
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
        self.object_fields(&IGNORE, view, at, |me, nth, value, at| match nth {
            0 => code = me.open_word(value, at),
            _ => reason = me.text(value, at),
        });
        self.need_of(&IGNORE, view, at);
        Some(Ignore {
            code: code?,
            reason,
        })
    }

    /// Says which of the fields that an object needs are not there.
    pub(super) fn need_of(&mut self, part: &'static Part, view: View<'_, '_>, at: &At<'_>) {
        for field in part.fields.iter().filter(|field| field.required) {
            if view.get(field.name).is_none_or(View::is_null) {
                self.report(faults::missing_field::found(
                    at,
                    Some(part.called),
                    field.name,
                ));
            }
        }
    }
}
