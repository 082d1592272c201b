//! What is known about the date of a record, and whether it can lie in a window of time, before or
//! after some events.

use crate::validity::Validity;
use annals_model::{ClaimId, EventId, Facts, RecordRef};
use annals_time::{Between, Certainty, Date, DaySet};

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

    /// Whether it lies in a window, before and after what is asked for.
    pub fn lies_in(self, between: &Between) -> Certainty {
        match self {
            // It has no days, also none that are not known.
            _ if between.window.is_empty() => Certainty::Never,
            Dating::Given(date) => between.holds(Some(date)),
            Dating::NotAfter(published) => between.holds(Some(&published.or_earlier())),
            Dating::Unknown if between.is_endless() => Certainty::Certainly,
            Dating::Unknown if between.before.is_none() && between.after.is_none() => {
                Certainty::Possibly
            }
            Dating::Unknown => between.holds(None),
        }
    }
}

/// The window of a selection, and the events before or after which things are to lie.
#[derive(Debug, Clone, Default)]
pub(super) struct Span {
    pub(super) between: Between,
    /// The events of `between`, in its order.
    before: Vec<EventId>,
    after: Vec<EventId>,
}

impl Span {
    pub(super) fn new(
        facts: &Facts,
        window: annals_time::Window,
        before: Option<Vec<EventId>>,
        after: Option<Vec<EventId>>,
    ) -> Self {
        let dates = |events: &Option<Vec<EventId>>| {
            let date = |id: &EventId| facts[*id].when.map(|when| facts.date(when).clone());
            (events.as_ref()).map(|events| events.iter().map(date).collect())
        };
        let between = Between {
            window,
            before: dates(&before),
            after: dates(&after),
        };
        Span {
            between,
            before: before.unwrap_or_default(),
            after: after.unwrap_or_default(),
        }
    }

    /// Those of some days of a record that lie there.
    pub(super) fn days(&self, record: RecordRef, days: &DaySet) -> DaySet {
        match record {
            RecordRef::Event(id) if self.before.contains(&id) || self.after.contains(&id) => {
                days.clone()
            }
            _ => days.intersection(&self.between.days()),
        }
    }

    /// Whether a record of this dating lies there. No event lies before or after itself.
    pub(super) fn holds(&self, record: RecordRef, dating: Dating<'_>) -> Certainty {
        let RecordRef::Event(id) = record else {
            return dating.lies_in(&self.between);
        };
        if !self.before.contains(&id) && !self.after.contains(&id) {
            return dating.lies_in(&self.between);
        }
        let others = |events: &[EventId], dates: &Option<Vec<Option<Date>>>| {
            let pairs = |dates: &Vec<Option<Date>>| {
                let others = events.iter().zip(dates).filter(|(event, _)| **event != id);
                others.map(|(_, date)| date.clone()).collect()
            };
            dates.as_ref().map(pairs)
        };
        dating.lies_in(&Between {
            before: others(&self.before, &self.between.before),
            after: others(&self.after, &self.between.after),
            window: self.between.window.clone(),
        })
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
