//! In which states a promise can be at the end of a day, decided from plain data: whether records were
//! read, or columns.

use super::PromiseState;
use crate::selection::Dating;
use annals_model::{Act, Status};
use annals_time::{Bound, Certainty, Date, Day, DayRelation, DaySet, Extent, compare};

/// The end of a day; without one, all that the facts tell has come about.
#[derive(Debug, Clone)]
pub struct EndOfDay {
    day: Option<Date>,
    last: Bound,
}

/// What decides whether an event is there, or took place after a claim.
#[derive(Debug, Clone, Copy)]
pub struct EventTimes<'e> {
    /// Its status, if it has one.
    pub status: Option<Status>,
    /// When it took or takes place, if that is known.
    pub when: Option<&'e Date>,
    /// Whether it is in force.
    pub in_force: Certainty,
}

/// Something that fulfils, breaks or answers a claim, and whether it was there by the day.
pub type Cause<R> = (R, Certainty);

/// What fulfils, breaks and answers a claim, as far as it can have been there by the day.
#[derive(Debug, Clone)]
pub struct Causes<R> {
    /// What fulfils it.
    pub kept: Vec<Cause<R>>,
    /// What breaks it.
    pub broken: Vec<Cause<R>>,
    /// What answers it.
    pub answered: Vec<Cause<R>>,
}

impl<R> Default for Causes<R> {
    fn default() -> Self {
        Causes {
            kept: Vec::new(),
            broken: Vec::new(),
            answered: Vec::new(),
        }
    }
}

/// A state in which a claim can be, whether it certainly is, and by what.
pub type StateBy<R> = (PromiseState, Certainty, Vec<R>);

/// Whether an event of this status took place, if it says so.
pub(super) fn took_place(status: Option<Status>) -> Certainty {
    Certainty::from_truth(matches!(status, Some(Status::Occurred | Status::Ongoing)))
}

impl EndOfDay {
    /// The end of a day.
    pub fn new(day: Option<Day>) -> Self {
        EndOfDay {
            day: day.map(Date::of_day),
            last: day.map_or(Bound::FUTURE, Bound::from),
        }
    }

    fn date(&self, date: &Date) -> Certainty {
        let day = self.day.as_ref();
        day.map_or(Certainty::Certainly, |day| {
            compare(date, DayRelation::StartsNotAfter, day)
        })
    }

    /// Whether a claim was made by then.
    pub fn claim(&self, dating: Dating<'_>) -> Certainty {
        match dating {
            Dating::Given(date) => self.date(date),
            Dating::NotAfter(date) => self.date(&date.or_earlier()),
            Dating::Unknown if self.day.is_none() => Certainty::Certainly,
            Dating::Unknown => Certainty::Possibly,
        }
    }

    /// Whether an event that is said to fulfil, break or answer something was there by then.
    pub fn event(&self, event: EventTimes<'_>) -> Certainty {
        let is_real = match event.status {
            None | Some(Status::Occurred | Status::Ongoing) => Certainty::Certainly,
            Some(Status::Alleged) => Certainty::Possibly,
            Some(Status::Scheduled | Status::Anticipated | Status::Cancelled) => Certainty::Never,
        };
        let by = match event.when {
            Some(when) => self.date(when),
            None if self.day.is_none() => Certainty::Certainly,
            None => Certainty::Possibly,
        };
        is_real.and(by).and(event.in_force)
    }

    /// The days on which a claim that was made by then can have ended: of a statement of several
    /// days, the last.
    fn said(&self, dating: Dating<'_>) -> Option<(Bound, Bound)> {
        let earlier;
        let alternatives: &[Extent] = match dating {
            Dating::Given(date) => date.alternatives(),
            Dating::NotAfter(date) => {
                earlier = date.or_earlier();
                earlier.alternatives()
            }
            Dating::Unknown => &[Extent::UNKNOWN],
        };
        let made = alternatives
            .iter()
            .filter(|one| one.earliest_start() <= self.last);
        let each = made.map(|one| {
            let (first, last) = (one.earliest_end(), one.latest_end());
            (first, last.min(self.last).max(first))
        });
        each.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)))
    }

    /// Whether an event took place after a claim, and by then. On the day of the claim: possibly.
    pub fn followed(&self, dating: Dating<'_>, event: EventTimes<'_>) -> Certainty {
        let happened = took_place(event.status).and(event.in_force);
        if !happened.is_possible() {
            return Certainty::Never;
        }
        let Some((first, last)) = self.said(dating) else {
            return Certainty::Never;
        };
        let starts = match event.when {
            Some(when) => {
                let each = when.alternatives().iter();
                each.map(|one| DaySet::between(one.earliest_start(), one.latest_start()))
                    .fold(DaySet::NONE, |all, one| all.union(&one))
            }
            None => DaySet::always(),
        };
        let by_day = DaySet::between(Bound::PAST, self.last);
        let may = DaySet::between(first, self.last);
        let must = by_day.intersection(&DaySet::between(Bound::PAST, last).complement());
        let when = if starts.intersection(&may).is_empty() {
            Certainty::Never
        } else if must.contains(&starts) {
            Certainty::Certainly
        } else {
            Certainty::Possibly
        };
        when.and(happened)
    }

    /// Whether the day by which something was due has surely passed.
    fn is_overdue(&self, due: Option<&Date>) -> bool {
        let both = due.zip(self.day.as_ref());
        both.is_some_and(|(due, day)| compare(due, DayRelation::Before, day).is_certain())
    }

    /// The states in which a claim of this act can be.
    pub fn states<R: Copy + Ord>(
        &self,
        act: Option<Act>,
        due: Option<&Date>,
        causes: &Causes<R>,
    ) -> Vec<StateBy<R>> {
        use PromiseState::{Answered, Broken, Kept, Open, Overdue};
        let overdue = Certainty::from_truth(self.is_overdue(due));
        // Of each state, by what alone, and whether it holds.
        let ways = match act {
            Some(Act::Promises | Act::Offers | Act::Threatens) => {
                let broken = without(&causes.broken, &[&causes.kept]);
                let answered = without(&causes.answered, &[&causes.kept, &causes.broken]);
                vec![
                    (
                        Kept,
                        any(&causes.kept),
                        causes.kept.clone(),
                        any(&causes.kept),
                    ),
                    (Broken, any(&broken), broken, any(&causes.broken)),
                    (Overdue, overdue, Vec::new(), overdue),
                    (Answered, any(&answered), answered, any(&causes.answered)),
                ]
            }
            _ => {
                let answered = any(&causes.answered);
                vec![
                    (Answered, answered, causes.answered.clone(), answered),
                    (Overdue, overdue, Vec::new(), overdue),
                ]
            }
        };
        let certainly = Certainty::Certainly;
        let open = (Open, certainly, Vec::new(), certainly);
        let mut found = Vec::new();
        let mut no_other = certainly;
        for (state, own, by, holds) in ways.into_iter().chain([open]) {
            let certainty = no_other.and(own);
            if certainty.is_possible() {
                let mut by: Vec<R> = by.into_iter().map(|one| one.0).collect();
                by.sort_unstable();
                by.dedup();
                found.push((state, certainty, by));
            }
            no_other = no_other.and(holds.not());
        }
        found
    }
}

/// Some causes without those of states that come first: in a reading in which one of these is there,
/// so is the state that comes first.
fn without<R: Copy + PartialEq>(causes: &[Cause<R>], first: &[&[Cause<R>]]) -> Vec<Cause<R>> {
    let comes_first = |record: R| {
        first
            .iter()
            .any(|all| all.iter().any(|one| one.0 == record))
    };
    let own = causes.iter().filter(|one| !comes_first(one.0));
    own.copied().collect()
}

fn any<R>(all: &[Cause<R>]) -> Certainty {
    let each = all.iter().map(|one| one.1);
    each.fold(Certainty::Never, Certainty::or)
}
