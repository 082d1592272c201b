//! Claims off the tape.

use super::Decoder;
use super::tape::View;
use crate::faults;
use crate::faults::at::At;
use crate::faults::slot::Slot;
use annals_model::{ArenaRange, Claim, Common, RecordKind, RecordRef, Stance, StanceValue, Voice};

impl Decoder<'_> {
    pub(super) fn claim(&mut self, view: View<'_, '_>, at: &At<'_>) -> Option<RecordRef> {
        let mut claim = blank(self.head(RecordKind::Claim, view, at)?);
        let more = self.record_fields(RecordKind::Claim, view, at, |me, name, value, at| {
            me.claim_field(&mut claim, name, value, at);
        });
        let speaker = view.get("speaker").filter(|speaker| !speaker.is_null());
        self.need(speaker.is_some(), at, "speaker");
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

    fn claim_field(&mut self, claim: &mut Claim, name: &str, value: View<'_, '_>, at: &At<'_>) {
        match name {
            "speaker" => self.references(value, at, Slot::ClaimSpeaker),
            "as" => self.reference(value, at, Slot::ClaimAs, 0),
            "to" => self.references(value, at, Slot::ClaimTo),
            "about" => self.references(value, at, Slot::ClaimAbout),
            "stance" => claim.stance = self.stances(value, at),
            "act" => {
                (claim.act, claim.own_act) = self.word_or_own(|own| &own.acts, value, at);
            }
            "mode" => claim.mode = self.word(value, at),
            "quote" => claim.quote = self.text(value, at),
            "content" => claim.content = self.text(value, at),
            "said" => claim.said = self.date(value, at),
            "weekday" => claim.weekday = self.text(value, at),
            "at" => self.reference(value, at, Slot::ClaimAt, 0),
            "via" => self.references(value, at, Slot::ClaimVia),
            "responds_to" => self.references(value, at, Slot::ClaimRespondsTo),
            "supports" => self.references(value, at, Slot::ClaimSupports),
            "contradicts" => self.references(value, at, Slot::ClaimContradicts),
            "repeats" => self.references(value, at, Slot::ClaimRepeats),
            _ => claim.evidence = self.evidence(value, at),
        }
    }

    /// Stances: objects `{toward, value}`, or a bare word that holds toward all that the claim is
    /// about.
    fn stances(&mut self, view: View<'_, '_>, at: &At<'_>) -> ArenaRange<Stance> {
        let first = self.block.facts.lists.stances.len();
        for (nth, item) in view.items_or_one().enumerate() {
            let at = at.index(nth);
            if item.text().is_some() {
                if let Some(value) = self.word::<StanceValue>(item, &at) {
                    self.block.pending.stance_toward_all(value);
                }
            } else if item.is_map() {
                let slot = Slot::ClaimStance(self.block.facts.lists.stances.len() as u32);
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

    fn stance(
        &mut self,
        view: View<'_, '_>,
        at: &At<'_>,
        slot: Slot,
        nth: usize,
    ) -> Option<Stance> {
        let (mut toward, mut value) = (None, None);
        let mut there = [false; 2];
        self.object_fields(
            "a stance",
            &["toward", "value"],
            view,
            at,
            |me, name, field, at| match name {
                "toward" => {
                    there[0] = true;
                    toward = field.text().or_else(|| me.wrong(field, at, "an id"));
                }
                _ => {
                    there[1] = true;
                    value = me.word::<StanceValue>(field, at);
                }
            },
        );
        for (field, there) in ["toward", "value"].into_iter().zip(there) {
            if !there {
                self.report(faults::missing_field::found(at, Some("a stance"), field));
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

fn blank(common: Common) -> Claim {
    Claim {
        common,
        speaker: ArenaRange::EMPTY,
        voice: Voice::Speakers,
        capacity: None,
        to: ArenaRange::EMPTY,
        about: ArenaRange::EMPTY,
        stance: ArenaRange::EMPTY,
        act: None,
        own_act: None,
        mode: None,
        quote: None,
        content: None,
        said: None,
        weekday: None,
        at: None,
        links: None,
        evidence: ArenaRange::EMPTY,
    }
}
