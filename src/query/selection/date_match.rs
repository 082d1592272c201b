//! What is known about the date of a record, and whether it can lie in a window of time.

use crate::validity::Validity;
use annals_model::{ClaimId, Facts};
use annals_time::{Certainty, Date, DaySet, Window};

/// What is known about the time of a record.
#[derive(Debug, Clone, Copy)]
pub enum Dating<'f> {
    /// It has a date.
    Given(&'f Date),
    /// It has no date, but was published on this date, so it is not later.
    NotAfter(&'f Date),
    /// Nothing is known.
    Unknown,
}

impl Dating<'_> {
    /// The days on which it can lie.
    pub fn days(self) -> DaySet {
        match self {
            Dating::Given(date) => date.may_cover(),
            Dating::NotAfter(published) => published.or_earlier().may_cover(),
            Dating::Unknown => DaySet::always(),
        }
    }

    /// Whether it lies in a window.
    pub fn lies_in(self, window: &Window) -> Certainty {
        match self {
            Dating::Given(date) => window.holds(date),
            Dating::NotAfter(published) => window.holds(&published.or_earlier()),
            Dating::Unknown if window.is_endless() => Certainty::Certainly,
            Dating::Unknown => Certainty::Possibly,
        }
    }
}

/// What is known about when a claim was said.
pub fn claim_dating<'f>(facts: &'f Facts, validity: &Validity, id: ClaimId) -> Dating<'f> {
    match facts[id].said {
        Some(said) => Dating::Given(facts.date(said)),
        None => validity
            .reported(facts, id)
            .map_or(Dating::Unknown, Dating::NotAfter),
    }
}
