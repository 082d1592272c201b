//! Where an id is used that no record has, or only a record of the wrong kind.

use super::slot::Slot;
use annals_finding::Place;
use annals_model::{Facts, RecordKind, RecordRef};

/// Where an unknown id is used.
pub(crate) struct Uses {
    pub(crate) first: Use,
    /// The others, record by record.
    pub(crate) others: Vec<Use>,
}

impl Uses {
    /// A first use.
    pub(crate) fn new(first: Use) -> Self {
        Uses {
            first,
            others: Vec::new(),
        }
    }

    /// The kinds of record that may stand in all these places, or else in the first.
    pub(crate) fn kinds(&self) -> Vec<RecordKind> {
        let first = self.first.slot.kinds();
        let fits = |kind: &&RecordKind| {
            let mut others = self.others.iter();
            others.all(|one| one.slot.kinds().contains(kind))
        };
        let all: Vec<RecordKind> = first.iter().filter(fits).copied().collect();
        if all.is_empty() { first.to_vec() } else { all }
    }

    /// The records that use it, each once.
    pub(crate) fn records(&self) -> Vec<RecordRef> {
        let mut records = vec![self.first.record];
        records.extend(self.others.iter().map(|one| one.record));
        records.dedup();
        records
    }
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
