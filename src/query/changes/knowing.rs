//! When records came to be known, as far as their dates tell: before, within or after a period.

use std::collections::BTreeSet;

use annals_model::{DocumentId, Facts, RecordRef};
use annals_time::{Bound, Certainty, Date, Day, DaySet};

/// A period of knowing, from one day to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// Its first day.
    pub from: Day,
    /// Its last day; `None`: as far as the facts reach.
    pub until: Option<Day>,
}

/// The parts of time that a period makes.
const BEFORE: usize = 0;
const WITHIN: usize = 1;
const AFTER: usize = 2;

/// When a record entered, and when it was retracted: the parts of time in which each can lie.
///
/// A record enters when it was recorded, or else when the first of its documents was published, as
/// for `--as-of`; one with neither was always known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Knowing {
    entered: [bool; 3],
    /// The last part also stands for "never".
    retracted: [bool; 3],
    /// The last day on which it can have entered.
    pub day: Option<Day>,
    /// The last day on which it can have been retracted.
    pub retracted_on: Option<Day>,
}

/// What can be said of a record before a period, and at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InForce {
    /// Whether it was in force on the day before the period.
    pub before: bool,
    /// Whether it is in force at the end of the period.
    pub after: bool,
}

impl Knowing {
    /// When a record came to be known.
    pub fn new(facts: &Facts, record: impl Into<RecordRef>, period: Period) -> Self {
        let record = record.into();
        let more = facts.more(record);
        let recorded = more.and_then(|more| more.recorded);
        let entered = match recorded {
            Some(recorded) => Some(starts(facts.date(recorded))),
            None => published(facts, record),
        };
        let retraction = more.and_then(|more| more.retracted);
        let retraction = retraction.map(|retraction| starts(facts.date(retraction.on)));
        Knowing {
            entered: entered
                .as_ref()
                .map_or([true, false, false], |days| parts(days, period)),
            retracted: retraction
                .as_ref()
                .map_or([false, false, true], |days| parts(days, period)),
            day: entered.as_ref().and_then(last),
            retracted_on: retraction.as_ref().and_then(last),
        }
    }

    /// Whether it came to be known within the period, and was not retracted by its end.
    pub fn is_new(&self) -> Certainty {
        self.all(|entered, retracted| entered == WITHIN && retracted == AFTER)
    }

    /// Whether it was retracted within the period, having entered by its end.
    pub fn is_taken_back(&self) -> Certainty {
        self.all(|entered, retracted| entered <= WITHIN && retracted == WITHIN)
    }

    /// Whether something holds of its state before the period and at its end.
    pub fn holds(&self, of: impl Fn(InForce) -> bool) -> Certainty {
        self.all(|entered, retracted| {
            of(InForce {
                before: entered == BEFORE && retracted != BEFORE,
                after: entered <= WITHIN && retracted == AFTER,
            })
        })
    }

    /// Whether something holds of the parts of time, whichever are meant.
    fn all(&self, of: impl Fn(usize, usize) -> bool) -> Certainty {
        let parts = |can: [bool; 3]| (0..3).filter(move |part| can[*part]);
        let each = parts(self.entered);
        let each = each.flat_map(|entered| parts(self.retracted).map(move |one| (entered, one)));
        let (mut some, mut every) = (false, true);
        for (entered, retracted) in each {
            let holds = of(entered, retracted);
            some |= holds;
            every &= holds;
        }
        match (some, every) {
            (true, true) => Certainty::Certainly,
            (true, false) => Certainty::Possibly,
            (false, _) => Certainty::Never,
        }
    }
}

/// The days on which a date can begin.
fn starts(date: &Date) -> DaySet {
    let each = date.alternatives().iter();
    each.map(|one| DaySet::between(one.earliest_start(), one.latest_start()))
        .fold(DaySet::NONE, |all, one| all.union(&one))
}

/// The days on which the first of a record's documents can have been published; `None` without one.
fn published(facts: &Facts, record: RecordRef) -> Option<DaySet> {
    let documents: BTreeSet<DocumentId> = match record {
        RecordRef::Document(id) => [id].into(),
        _ => (facts.evidence(record).iter())
            .filter_map(|one| one.document)
            .collect(),
    };
    let dates = documents.iter().filter_map(|id| facts[*id].published);
    let each: Vec<DaySet> = dates.map(|date| starts(facts.date(date))).collect();
    // The first is not later than the last day on which any can have been published.
    let latest = each.iter().filter_map(|days| days.stretches().last());
    let latest = latest.map(|stretch| stretch.1).min()?;
    let all = each.iter().fold(DaySet::NONE, |all, one| all.union(one));
    Some(all.intersection(&DaySet::between(Bound::PAST, latest)))
}

fn last(days: &DaySet) -> Option<Day> {
    days.stretches().last()?.1.day()
}

/// In which parts of time some of the days lie.
fn parts(days: &DaySet, period: Period) -> [bool; 3] {
    let until = period.until.map_or(Bound::FUTURE, Bound::from);
    let not_before = DaySet::between(period.from.into(), Bound::FUTURE);
    let by_end = DaySet::between(Bound::PAST, until);
    let some = |part: DaySet| !days.intersection(&part).is_empty();
    [
        some(not_before.complement()),
        some(not_before.intersection(&by_end)),
        some(by_end.complement()),
    ]
}
