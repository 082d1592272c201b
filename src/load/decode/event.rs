//! Decodes events from the tape.

use super::Decoder;
use super::tape::View;
use crate::faults::at::At;
use crate::faults::slot::Slot;
use annals_model::{
    ArenaRange, Cell, Event, Fields as _, PARTICIPANT, Participant, RecordKind, RecordRef,
};

impl Decoder<'_> {
    pub(super) fn event(&mut self, view: View<'_, '_>, at: &At<'_>) -> Option<RecordRef> {
        let kind = RecordKind::Event;
        let mut event = Event::new(self.head(kind, view, at)?);
        let more = self.record_fields(kind, view, at, |me, nth, value, at| {
            me.read(event.cell(nth), (kind, nth), value, at);
        });
        self.need_required(kind, view, at);
        self.keep_more(&mut event.common, more);
        self.block.facts.events.push(event).map(RecordRef::Event)
    }

    /// Participants: objects `{actor, role}`; a bare id takes part without a role.
    pub(super) fn participants(
        &mut self,
        view: View<'_, '_>,
        at: &At<'_>,
        slot: Slot,
    ) -> ArenaRange<Participant> {
        let first = self.block.facts.lists.participants.len();
        for (nth, item) in view.items_or_one().enumerate() {
            let at = at.index(nth);
            let next = self.block.facts.lists.participants.len() as u32;
            let slot = slot.item(next);
            let mut participant = Participant {
                actor: None,
                role: None,
            };
            if item.is_map() {
                self.object_fields(&PARTICIPANT, item, &at, |me, field, value, at| {
                    let shape = PARTICIPANT.fields[field].shape;
                    match participant.cell(field) {
                        Cell::References(_) => me.reference(value, at, slot, nth),
                        cell => me.read_value(cell, shape, value, at),
                    }
                });
                self.need_of(&PARTICIPANT, item, &at);
            } else if item.text().is_some() {
                self.reference(item, &at, slot.bare(), nth);
            } else {
                self.wrong::<()>(item, &at, "a participant: an object with actor and role");
                continue;
            }
            self.block.facts.lists.participants.push(participant);
        }
        self.block
            .facts
            .lists
            .participants
            .since(first)
            .unwrap_or_default()
    }
}
