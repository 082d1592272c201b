//! Decodes claims from the tape.

use super::Decoder;
use super::tape::View;
use crate::faults;
use crate::faults::at::At;
use crate::faults::slot::Slot;
use annals_model::{
    ArenaRange, Claim, Fields as _, RecordKind, RecordRef, STANCE, Stance, StanceValue,
    Vocabulary as _, Voice,
};

impl Decoder<'_> {
    pub(super) fn claim(&mut self, view: View<'_, '_>, at: &At<'_>) -> Option<RecordRef> {
        let kind = RecordKind::Claim;
        let mut claim = Claim::new(self.head(kind, view, at)?);
        let more = self.record_fields(kind, view, at, |me, nth, value, at| {
            me.read(claim.cell(nth), (kind, nth), value, at);
        });
        self.need_required(kind, view, at);
        let speaker = view.get("speaker").filter(|speaker| !speaker.is_null());
        claim.voice = match speaker {
            Some(speaker) if speaker.is_list() && speaker.items().next().is_none() => {
                Voice::Narrator
            }
            Some(_) => Voice::Speakers,
            None => Voice::Unknown,
        };
        self.keep_more(&mut claim.common, more);
        self.block.facts.claims.push(claim).map(RecordRef::Claim)
    }

    /// Stances: objects `{toward, value}`, or a bare word that holds toward all that the claim is
    /// about.
    pub(super) fn stances(
        &mut self,
        view: View<'_, '_>,
        at: &At<'_>,
        slot: Slot,
    ) -> ArenaRange<Stance> {
        let first = self.block.facts.lists.stances.len();
        for (nth, item) in view.items_or_one().enumerate() {
            let at = at.index(nth);
            if item.text().is_some() {
                if let Some(value) = self.word::<StanceValue>(item, &at) {
                    self.block.pending.stance_toward_all(value);
                }
            } else if item.is_map() {
                let slot = slot.item(self.block.facts.lists.stances.len() as u32);
                if let Some(stance) = self.stance(item, &at, slot, nth) {
                    self.block.facts.lists.stances.push(stance);
                }
            } else {
                self.wrong::<()>(
                    item,
                    &at,
                    "a stance: a word, or an object with toward and value",
                );
            }
        }
        (self.block.facts.lists.stances)
            .since(first)
            .unwrap_or_default()
    }

    /// Whether a stance is written as `{ukraine: supports}`, or the other way round, which is
    /// reported.
    fn are_things(&mut self, view: View<'_, '_>, at: &At<'_>) -> bool {
        let read = |name: &str, value: View<'_, '_>| {
            let text = value.text()?;
            let pair = match (StanceValue::parse(name), StanceValue::parse(text)) {
                (None, Some(value)) => (name.to_owned(), value),
                (Some(value), None) => (text.to_owned(), value),
                _ => return None,
            };
            let is_field = STANCE.fields.iter().any(|field| field.name == name);
            (!is_field).then_some(pair)
        };
        let pairs: Option<Vec<_>> = (view.entries())
            .map(|(name, value)| Some((name, read(name, value)?)))
            .collect();
        let pairs = pairs.unwrap_or_default();
        for (name, (thing, value)) in &pairs {
            let key = at.key(name);
            let alone = (pairs.len() == 1).then_some(at);
            let told = faults::unknown_field::stance_of_a_thing;
            self.report(told(&key, alone, name, thing, value.word()));
        }
        !pairs.is_empty()
    }

    fn stance(
        &mut self,
        view: View<'_, '_>,
        at: &At<'_>,
        slot: Slot,
        nth: usize,
    ) -> Option<Stance> {
        if self.are_things(view, at) {
            return None;
        }
        let (mut toward, mut value) = (None, None);
        self.object_fields(&STANCE, view, at, |me, nth, field, at| match nth {
            0 => toward = field.text().or_else(|| me.wrong(field, at, "an id")),
            _ => value = me.word::<StanceValue>(field, at),
        });
        for field in STANCE.fields {
            if view.get(field.name).is_none_or(View::is_null) {
                self.report(faults::missing_field::found(
                    at,
                    Some(STANCE.called),
                    field.name,
                ));
            }
        }
        // The reference is noted only when there is a stance to hold it, since its place is counted.
        let (toward, value) = (toward?, value?);
        if let Some(name) = self.word_met(toward) {
            self.block.pending.push(name, slot, nth);
        }
        Some(Stance {
            toward: None,
            value,
        })
    }
}
