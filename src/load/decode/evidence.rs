//! Decodes evidence: the document, the passage and its spans.

use super::Decoder;
use super::tape::View;
use crate::faults;
use crate::faults::at::At;
use crate::faults::slot::Slot;
use annals_model::{ArenaRange, Cell, EVIDENCE, Evidence, Fields as _};

impl Decoder<'_> {
    /// The evidence of a record. Its documents are resolved later.
    pub(super) fn evidence(
        &mut self,
        view: View<'_, '_>,
        at: &At<'_>,
        slot: Slot,
    ) -> ArenaRange<Evidence> {
        let first = self.block.facts.lists.evidence.len();
        for (nth, item) in view.items_or_one().enumerate() {
            let at = at.index(nth);
            if !item.is_map() {
                let finding = faults::wrong_type::evidence;
                self.report(finding(&at, item.called(), item.text(), item.is_plain()));
                continue;
            }
            let slot = slot.item(self.block.facts.lists.evidence.len() as u32);
            let one = self.one_evidence(item, &at, slot, nth);
            self.block.facts.lists.evidence.push(one);
        }
        (self.block.facts.lists.evidence)
            .since(first)
            .unwrap_or_default()
    }

    fn one_evidence(
        &mut self,
        view: View<'_, '_>,
        at: &At<'_>,
        slot: Slot,
        nth: usize,
    ) -> Evidence {
        let mut evidence = Evidence::default();
        let has_document = view.get("document").is_some_and(|one| !one.is_null());
        self.object_fields(&EVIDENCE, view, at, |me, field, value, at| {
            let shape = EVIDENCE.fields[field].shape;
            match evidence.cell(field) {
                Cell::References(_) => me.reference(value, at, slot, nth),
                cell => me.read_value(cell, shape, value, at),
            }
        });
        if !has_document {
            self.report(faults::missing_field::found(
                at,
                Some(EVIDENCE.called),
                "document",
            ));
        }
        evidence
    }
}
