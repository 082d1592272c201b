//! Where an id is used that no record has, or only a record of the wrong kind.

use super::slot::Slot;
use annals_finding::Place;
use annals_model::{Facts, RecordKind, RecordRef};

/// Where an unknown id is used.
pub(crate) struct Uses {
    pub(crate) first: Use,
    /// The second use, if there is one.
    pub(crate) second: Option<Use>,
    /// How many records use it.
    pub(crate) records: usize,
    /// The last of them.
    pub(crate) last: RecordRef,
}

/// One use of an unknown id.
#[derive(Clone, Copy)]
pub(crate) struct Use {
    pub(crate) record: RecordRef,
    pub(crate) slot: Slot,
    pub(crate) nth: usize,
}

impl Use {
    pub(crate) fn place(self, facts: &Facts) -> Place {
        Place::Value(facts.common(self.record).origin, self.slot.path(self.nth))
    }

    /// Whether it names who speaks.
    pub(crate) fn says_who_speaks(self) -> bool {
        self.record.kind() == RecordKind::Claim && self.slot.field() == "speaker"
    }
}
