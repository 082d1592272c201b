//! Events off the tape.

use super::Decoder;
use super::tape::View;
use crate::faults;
use crate::faults::at::At;
use crate::faults::slot::Slot;
use annals_model::{ArenaRange, Event, Participant, RecordKind, RecordRef};

impl Decoder<'_> {
    pub(super) fn event(&mut self, view: View<'_, '_>, at: &At<'_>) -> Option<RecordRef> {
        let mut event = Event {
            common: self.head(RecordKind::Event, view, at)?,
            label: None,
            kind: None,
            when: None,
            status: None,
            participants: ArenaRange::EMPTY,
            place: None,
            part_of: None,
            causes: ArenaRange::EMPTY,
            weekday: None,
            evidence: ArenaRange::EMPTY,
        };
        let more = self.record_fields(
            RecordKind::Event,
            view,
            at,
            |me, name, value, at| match name {
                "label" => event.label = me.text(value, at),
                "kind" => event.kind = me.open_word(value, at),
                "when" => event.when = me.date(value, at),
                "status" => event.status = me.word(value, at),
                "participants" => event.participants = me.participants(value, at),
                "place" => me.reference(value, at, Slot::EventPlace, 0),
                "part_of" => me.reference(value, at, Slot::EventPartOf, 0),
                "causes" => me.references(value, at, Slot::EventCauses),
                "weekday" => event.weekday = me.text(value, at),
                _ => event.evidence = me.evidence(value, at),
            },
        );
        let label = view.get("label").is_some_and(|label| !label.is_null());
        self.need(label, at, "label");
        self.keep_more(&mut event.common, more);
        self.block.facts.events.push(event).map(RecordRef::Event)
    }

    /// Participants: objects `{actor, role}`; a bare id takes part without a role.
    fn participants(&mut self, view: View<'_, '_>, at: &At<'_>) -> ArenaRange<Participant> {
        let first = self.block.facts.lists.participants.len();
        for (nth, item) in view.items_or_one().enumerate() {
            let at = at.index(nth);
            let next = self.block.facts.lists.participants.len() as u32;
            let slot = Slot::EventParticipant(next);
            let mut participant = Participant {
                actor: None,
                role: None,
            };
            if item.is_map() {
                let known = &["actor", "role"];
                self.object_fields("a participant", known, item, &at, |me, name, value, at| {
                    match name {
                        "actor" => me.reference(value, at, slot, nth),
                        _ => participant.role = me.open_word(value, at),
                    }
                });
                if item.get("actor").is_none_or(View::is_null) {
                    self.report(faults::missing_field::found(
                        &at,
                        Some("a participant"),
                        "actor",
                    ));
                }
            } else if item.text().is_some() {
                self.reference(item, &at, Slot::EventParticipantBare(next), nth);
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
