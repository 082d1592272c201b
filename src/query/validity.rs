//! Which records are in force: entered by the day asked about, and not taken back.

use serde::Serialize;

use annals_model::{DocumentId, Facts, RecordRef};
use annals_time::{Certainty, Date, DayRelation, chronological, compare};

/// A record taken back.
#[derive(Debug, Clone, Serialize)]
pub struct RetractionRow {
    /// When.
    pub on: Date,
    /// Why.
    pub reason: Option<String>,
}

/// What is held to be in the record.
///
/// Without a day, all that has not been taken back, on whatever day. As of a day, what was entered
/// by then (`recorded`; else published, by any of the documents behind it; a record with neither
/// was always known) and not taken back by then.
#[derive(Debug, Clone, Default)]
pub struct Validity {
    /// As known at the end of this date.
    pub as_of: Option<Date>,
    /// Also what has been taken back.
    pub retracted: bool,
    /// Only what surely was in force.
    pub surely: bool,
}

impl Validity {
    /// Whether a record is in force.
    pub fn of(&self, facts: &Facts, record: impl Into<RecordRef>) -> Certainty {
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

    /// Whether a record is in force, surely or possibly.
    pub fn holds(&self, facts: &Facts, record: impl Into<RecordRef>) -> bool {
        self.of(facts, record).is_possible()
    }

    /// Whether a document behind a record was there on the day asked about; without a day, all are.
    pub fn knows(&self, facts: &Facts, document: Option<DocumentId>) -> bool {
        let (Some(day), Some(document)) = (&self.as_of, document) else {
            return true;
        };
        entered_by(facts, document.into(), day).is_possible()
    }

    /// The first publication of a record, among the documents that were there.
    pub fn reported<'f>(&self, facts: &'f Facts, record: impl Into<RecordRef>) -> Option<&'f Date> {
        let documents = facts.evidence(record).iter().map(|one| one.document);
        let known = documents.filter(|document| self.knows(facts, *document));
        known
            .filter_map(|document| facts[document?].published)
            .map(|id| facts.date(id))
            .min_by(|a, b| chronological(a, b))
    }

    /// How a record was taken back, as far as that was known.
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

/// Whether a record has been taken back, on whatever day.
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

/// Whether a record was taken back by the end of a date.
pub fn taken_back_by(facts: &Facts, record: RecordRef, day: &Date) -> Certainty {
    let retraction = facts.more(record).and_then(|more| more.retracted);
    retraction.map_or(Certainty::Never, |retraction| {
        by(facts.date(retraction.on), day)
    })
}

/// Whether something dated took place by the last day of a date.
fn by(date: &Date, day: &Date) -> Certainty {
    match day.last() {
        Some(last) => compare(date, DayRelation::StartsNotAfter, &Date::of_day(last)),
        // A date without an end leaves every day before it.
        None => Certainty::Certainly,
    }
}
