//! Which records are in force: entered by the day of the view (`--as-of`), and not retracted. This
//! is the time at which something was known, not the time at which it happened.

use serde::Serialize;

use annals_model::{DocumentId, Facts, RecordRef};
use annals_time::{Certainty, Date, DayRelation, chronological, compare};

/// A retracted record.
#[derive(Debug, Clone, Serialize)]
pub struct RetractionRow {
    /// When.
    pub on: Date,
    /// Why.
    pub reason: Option<String>,
}

/// The conditions for a record to be in force.
///
/// Without a day, everything that has not been retracted, on any day. As of a day, what was entered
/// by then (`recorded`, else published by any of the documents behind it; a record with neither was
/// always known) and not retracted by then.
#[derive(Debug, Clone, Default)]
pub struct Validity {
    /// As known at the end of this date.
    pub as_of: Option<Date>,
    /// Also what has been retracted.
    pub retracted: bool,
    /// Only what was certainly in force.
    pub surely: bool,
}

impl Validity {
    /// Whether a record is in force.
    pub fn certainty(&self, facts: &Facts, record: impl Into<RecordRef>) -> Certainty {
        let record = record.into();
        let certainty = match &self.as_of {
            None => Certainty::from_truth(self.retracted || !is_retracted(facts, record)),
            Some(day) => {
                let taken_back = if self.retracted {
                    Certainty::Never
                } else {
                    taken_back_by(facts, record, day)
                };
                entered_by(facts, record, day).and(taken_back.not())
            }
        };
        if self.surely && !certainty.is_certain() {
            Certainty::Never
        } else {
            certainty
        }
    }

    /// Whether a record is in force, certainly or possibly.
    pub fn holds(&self, facts: &Facts, record: impl Into<RecordRef>) -> bool {
        self.certainty(facts, record).is_possible()
    }

    /// Whether a document behind a record existed on the day of the view; without a day, all do.
    pub fn knows(&self, facts: &Facts, document: Option<DocumentId>) -> bool {
        let (Some(day), Some(document)) = (&self.as_of, document) else {
            return true;
        };
        entered_by(facts, document.into(), day).is_possible()
    }

    /// Whether a document was published by the day of the view, whenever it was recorded; one without
    /// a date always was.
    pub(super) fn published(&self, facts: &Facts, document: DocumentId) -> Certainty {
        let published = facts[document].published.map(|date| facts.date(date));
        match (&self.as_of, published) {
            (Some(day), Some(published)) => by(published, day),
            _ => Certainty::Certainly,
        }
    }

    /// The first publication of a record, among the documents that existed.
    pub fn reported<'f>(&self, facts: &'f Facts, record: impl Into<RecordRef>) -> Option<&'f Date> {
        let documents = facts.evidence(record).iter().map(|one| one.document);
        let known = documents.filter(|document| self.knows(facts, *document));
        known
            .filter_map(|document| facts[document?].published)
            .map(|id| facts.date(id))
            .min_by(|a, b| chronological(a, b))
    }

    /// How a record was retracted, as far as is known on the day of the view.
    pub fn retraction(&self, facts: &Facts, record: impl Into<RecordRef>) -> Option<RetractionRow> {
        let retraction = facts.more(record)?.retracted?;
        let on = facts.date(retraction.on);
        let known = self
            .as_of
            .as_ref()
            .is_none_or(|day| by(on, day).is_possible());
        known.then(|| RetractionRow {
            on: on.clone(),
            reason: retraction.reason.map(|reason| facts.str(reason).to_owned()),
        })
    }
}

/// Whether a record has been retracted, on any day.
pub fn is_retracted(facts: &Facts, record: RecordRef) -> bool {
    facts
        .more(record)
        .is_some_and(|more| more.retracted.is_some())
}

/// Whether a record was entered by the end of a date.
pub fn entered_by(facts: &Facts, record: RecordRef, day: &Date) -> Certainty {
    if let Some(recorded) = facts.more(record).and_then(|more| more.recorded) {
        return by(facts.date(recorded), day);
    }
    let published = |id: DocumentId| facts[id].published.map(|date| by(facts.date(date), day));
    let documents = facts.evidence(record).iter().filter_map(|one| one.document);
    let first = match record {
        RecordRef::Document(id) => published(id),
        _ => documents.filter_map(published).reduce(Certainty::or),
    };
    first.unwrap_or(Certainty::Certainly)
}

/// Whether a record was retracted by the end of a date.
pub fn taken_back_by(facts: &Facts, record: RecordRef, day: &Date) -> Certainty {
    let retraction = facts.more(record).and_then(|more| more.retracted);
    retraction.map_or(Certainty::Never, |retraction| {
        by(facts.date(retraction.on), day)
    })
}

/// Whether a date lies on or before the last day of another.
fn by(date: &Date, day: &Date) -> Certainty {
    match day.last() {
        Some(last) => compare(date, DayRelation::StartsNotAfter, &Date::of_day(last)),
        // A date without an end includes every later day.
        None => Certainty::Certainly,
    }
}
