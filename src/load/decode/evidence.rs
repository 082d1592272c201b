//! Evidence: the document, the passage and its spans.

use super::Decoder;
use super::tape::View;
use crate::faults;
use crate::faults::at::At;
use crate::faults::slot::Slot;
use annals_model::{ArenaRange, Evidence};

impl Decoder<'_> {
    /// The evidence of a record. Its documents are resolved later.
    pub(super) fn evidence(&mut self, view: View<'_, '_>, at: &At<'_>) -> ArenaRange<Evidence> {
        let first = self.block.facts.lists.evidence.len();
        for (nth, item) in view.items_or_one().enumerate() {
            let at = at.index(nth);
            if !item.is_map() {
                self.wrong::<()>(item, &at, "an object with document, quote and spans");
                continue;
            }
            let slot = Slot::Evidence(self.block.facts.lists.evidence.len() as u32);
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
        let mut evidence = Evidence {
            document: None,
            quote: None,
            spans: ArenaRange::EMPTY,
            found: ArenaRange::EMPTY,
            verified: None,
        };
        let known = &["document", "quote", "spans"];
        let mut has_document = false;
        self.object_fields(
            "evidence",
            known,
            view,
            at,
            |me, name, value, at| match name {
                "document" => {
                    has_document = true;
                    me.reference(value, at, slot, nth);
                }
                "quote" => evidence.quote = me.text(value, at),
                _ => evidence.spans = me.spans(value, at),
            },
        );
        if !has_document {
            self.report(faults::missing_field::found(
                at,
                Some("evidence"),
                "document",
            ));
        }
        evidence
    }
}
