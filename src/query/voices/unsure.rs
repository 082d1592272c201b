//! What can have been known on a day or not, taken both ways.

use std::collections::BTreeSet;

use super::web::all_behind;
use crate::answer::Dossier;
use crate::validity::{entered_by, taken_back_by};
use annals_model::{ClaimId, DocumentId, Facts, RecordRef};
use annals_time::Certainty;

/// More than these are not gone through one by one.
const MOST: usize = 10;

/// Something that can have come about by a day or not. Documents and claims depend on the same
/// publications, and are known or unknown together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Doubt {
    /// A document was published.
    Published(DocumentId),
    /// A record was recorded.
    Recorded(RecordRef),
    /// A record was retracted.
    Retracted(RecordRef),
    /// A claim matches the question.
    Matches(ClaimId),
}

/// What can have been known on the day of a view or not, of what some claims can rest on.
pub(super) struct Unsure<'d, 'l> {
    dossier: &'d Dossier<'l>,
    doubts: Vec<Doubt>,
}

impl<'d, 'l> Unsure<'d, 'l> {
    /// The doubts about what some claims can rest on, and about which of them match.
    pub(super) fn new(
        dossier: &'d Dossier<'l>,
        claims: impl Iterator<Item = ClaimId>,
        matched: impl Iterator<Item = ClaimId>,
    ) -> Self {
        let mut doubts: BTreeSet<Doubt> = BTreeSet::new();
        let (facts, validity) = (dossier.facts(), &dossier.validity);
        if let Some(day) = validity.as_of.as_ref().filter(|_| !validity.surely) {
            for record in all_behind(facts, claims) {
                let is_recorded = facts
                    .more(record)
                    .is_some_and(|more| more.recorded.is_some());
                let is_unsure = |certainty| certainty == Certainty::Possibly;
                if is_recorded && is_unsure(entered_by(facts, record, day)) {
                    doubts.insert(Doubt::Recorded(record));
                }
                if let RecordRef::Document(id) = record
                    && is_unsure(published_by(dossier, id))
                {
                    doubts.insert(Doubt::Published(id));
                }
                if !validity.retracted && is_unsure(taken_back_by(facts, record, day)) {
                    doubts.insert(Doubt::Retracted(record));
                }
            }
        }
        doubts.extend(matched.map(Doubt::Matches));
        // That a claim can match or not may be no more than that it can be known or not.
        let known = |doubt: &Doubt| match doubt {
            Doubt::Matches(claim) => dossier.validity.certainty(facts, *claim).is_certain(),
            _ => true,
        };
        Unsure {
            doubts: doubts.into_iter().filter(known).collect(),
            dossier,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.doubts.is_empty()
    }

    pub(super) fn is_too_many(&self) -> bool {
        self.doubts.len() > MOST
    }

    /// Every way to settle the doubts.
    pub(super) fn choices(&self) -> std::ops::Range<u32> {
        0..1 << self.doubts.len()
    }

    /// What a doubt is settled to; a certainty, if there is no doubt.
    fn settled(&self, doubt: Doubt, choice: u32, certainty: Certainty) -> bool {
        match self.doubts.binary_search(&doubt) {
            Ok(at) => choice & (1 << at) != 0,
            Err(_) => certainty.is_possible(),
        }
    }

    /// Whether a claim matches the question.
    pub(super) fn matches(&self, claim: ClaimId, choice: u32) -> bool {
        self.settled(Doubt::Matches(claim), choice, Certainty::Certainly)
    }

    /// Whether a record is in force, as [`Validity`](crate::Validity) has it.
    pub(super) fn in_force(&self, record: RecordRef, choice: u32) -> bool {
        let (facts, validity) = (self.dossier.facts(), &self.dossier.validity);
        let Some(day) = validity.as_of.as_ref().filter(|_| !validity.surely) else {
            return validity.holds(facts, record);
        };
        let is_recorded = facts
            .more(record)
            .is_some_and(|more| more.recorded.is_some());
        let entered = if is_recorded {
            let by = entered_by(facts, record, day);
            self.settled(Doubt::Recorded(record), choice, by)
        } else {
            let published = |id: DocumentId| {
                let by = published_by(self.dossier, id);
                self.settled(Doubt::Published(id), choice, by)
            };
            let documents = dated_documents(facts, record);
            documents.is_empty() || documents.into_iter().any(published)
        };
        let taken_back = !validity.retracted && {
            let by = taken_back_by(facts, record, day);
            self.settled(Doubt::Retracted(record), choice, by)
        };
        entered && !taken_back
    }
}

/// The documents behind a record that have a date.
fn dated_documents(facts: &Facts, record: RecordRef) -> Vec<DocumentId> {
    let documents: Vec<DocumentId> = match record {
        RecordRef::Document(id) => vec![id],
        _ => (facts.evidence(record).iter())
            .filter_map(|one| one.document)
            .collect(),
    };
    let dated = documents.into_iter();
    dated.filter(|id| facts[*id].published.is_some()).collect()
}

/// Whether a document was published by the day of the view.
fn published_by(dossier: &Dossier<'_>, id: DocumentId) -> Certainty {
    dossier.validity.published(dossier.facts(), id)
}
