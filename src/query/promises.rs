//! `promises`: what was promised, offered, threatened or asked, and what became of it by a day.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::answer::{Dossier, Ref};
use super::said::{SaidRow, selected};
use super::selection::{Dating, ResolvedQuery, claim_dating};
use super::validity::Validity;
use annals_model::vocabulary;
use annals_model::{Act, ClaimId, EventId, Facts, NodeRef, RecordRef, Status};
use annals_time::{Bound, Certainty, Date, Day, DayRelation, DaySet, Extent, compare};

/// The acts that are asked for if none is named.
pub const ACTS: [Act; 4] = [Act::Promises, Act::Offers, Act::Threatens, Act::Questions];

vocabulary! {
    /// What became of a promise, or of a question, by some day.
    PromiseState, "a state", {
        /// Something fulfils it.
        Kept = "kept",
        /// Something breaks it.
        Broken = "broken",
        /// The day by which it was due has passed.
        Overdue = "overdue",
        /// Somebody responded to it, or an event that it is about took place after it.
        Answered = "answered",
        /// None of these.
        Open = "open",
    }
}

/// What is asked, beside the selection of claims.
#[derive(Debug, Clone, Default)]
pub struct PromisesAsked {
    /// At the end of this date; without it, as far as the facts reach.
    pub on: Option<Date>,
    /// Only these states; all if there are none.
    pub state: Vec<PromiseState>,
}

/// A state in which a promise can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    /// The claim.
    pub claim: ClaimId,
    /// The state.
    pub state: PromiseState,
    /// What kept, broke or answered it.
    pub by: Vec<RecordRef>,
    /// Whether it certainly matches, was made by the day, and is in this state.
    pub certainty: Certainty,
}

/// A promise as data: the claim, and what became of it.
#[derive(Debug, Clone, Serialize)]
pub struct PromiseRow {
    /// The claim; it is certain if the state is as well.
    #[serde(flatten)]
    pub claim: SaidRow,
    /// The state.
    pub state: PromiseState,
    /// What kept, broke or answered it.
    pub by: Vec<Ref>,
    /// By when it is due.
    pub due: Option<Date>,
}

/// The last day of which the facts say that something was published, said, recorded, retracted or
/// took place; `None` if they name no day.
pub fn reach(facts: &Facts) -> Option<Day> {
    let published = facts.documents.iter().map(|(_, one)| one.published);
    let said = facts.claims.iter().map(|(_, one)| one.said);
    let took_place = facts
        .events
        .iter()
        .map(|(_, one)| one.when.filter(|_| took_place(one.status).is_certain()));
    let more = facts.more.iter();
    let noted = more.flat_map(|(_, one)| [one.recorded, one.retracted.map(|one| one.on)]);
    let all = published.chain(said).chain(took_place).chain(noted);
    all.flatten()
        .filter_map(|date| facts.date(date).last())
        .max()
}

/// Whether an event of this status took place, if it says so.
fn took_place(status: Option<Status>) -> Certainty {
    Certainty::from_truth(matches!(status, Some(Status::Occurred | Status::Ongoing)))
}

/// The selected promises, oldest first, in each state in which they can be at the end of a day.
pub fn promises(
    dossier: &Dossier<'_>,
    selection: &ResolvedQuery,
    asked: &[PromiseState],
    day: Option<Day>,
) -> Vec<Promise> {
    let facts = dossier.facts();
    let claims = selection.unlimited().claims(dossier);
    let wanted: BTreeSet<ClaimId> = claims.iter().map(|one| one.0).collect();
    let ends = Ends::new(facts, &wanted);
    let by = By::new(facts, &selection.validity, day);
    let mut found = Vec::new();
    for (id, certainty) in claims {
        let made = certainty.and(by.claim(id));
        if !made.is_possible() {
            continue;
        }
        for (state, certainty, records) in by.states(id, ends.of.get(&id)) {
            let certainty = made.and(certainty);
            let is_wanted = asked.is_empty() || asked.contains(&state);
            if is_wanted && selection.sure_enough(certainty).is_some() {
                found.push(Promise {
                    claim: id,
                    state,
                    by: records,
                    certainty,
                });
            }
        }
    }
    found.truncate(selection.limit.unwrap_or(usize::MAX));
    found
}

/// A promise as data.
pub fn promised(dossier: &Dossier<'_>, selection: &ResolvedQuery, one: &Promise) -> PromiseRow {
    let facts = dossier.facts();
    let due = facts[one.claim].due;
    PromiseRow {
        claim: selected(dossier, selection, (one.claim, one.certainty)),
        state: one.state,
        by: one
            .by
            .iter()
            .map(|record| Ref::new(facts, *record))
            .collect(),
        due: due.map(|due| facts.date(due).clone()),
    }
}

/// What fulfils, breaks or answers a claim.
#[derive(Debug, Default)]
struct EndsOf {
    fulfil: BTreeSet<RecordRef>,
    break_: BTreeSet<RecordRef>,
    respond: BTreeSet<RecordRef>,
}

/// What fulfils, breaks or answers some claims.
struct Ends {
    of: BTreeMap<ClaimId, EndsOf>,
}

impl Ends {
    fn new(facts: &Facts, wanted: &BTreeSet<ClaimId>) -> Self {
        let mut of: BTreeMap<ClaimId, EndsOf> = BTreeMap::new();
        let mut add =
            |record: RecordRef, to: &[ClaimId], which: fn(&mut EndsOf) -> &mut BTreeSet<_>| {
                let others = to.iter().filter(|to| record != RecordRef::Claim(**to));
                for to in others.filter(|to| wanted.contains(to)) {
                    which(of.entry(*to).or_default()).insert(record);
                }
            };
        for (id, claim) in facts.claims.iter() {
            let links = facts.links(claim);
            add(id.into(), facts.list(links.fulfils), |one| &mut one.fulfil);
            add(id.into(), facts.list(links.breaks), |one| &mut one.break_);
            add(id.into(), facts.list(links.responds_to), |one| {
                &mut one.respond
            });
        }
        for (id, event) in facts.events.iter() {
            add(id.into(), facts.list(event.fulfils), |one| &mut one.fulfil);
            add(id.into(), facts.list(event.breaks), |one| &mut one.break_);
        }
        Ends { of }
    }
}

/// What had come about by the end of a day.
struct By<'f> {
    facts: &'f Facts,
    validity: &'f Validity,
    day: Option<Date>,
    last: Bound,
}

impl<'f> By<'f> {
    fn new(facts: &'f Facts, validity: &'f Validity, day: Option<Day>) -> Self {
        By {
            facts,
            validity,
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
    fn claim(&self, id: ClaimId) -> Certainty {
        match claim_dating(self.facts, self.validity, id) {
            Dating::Given(date) => self.date(date),
            Dating::NotAfter(date) => self.date(&date.or_earlier()),
            Dating::Unknown if self.day.is_none() => Certainty::Certainly,
            Dating::Unknown => Certainty::Possibly,
        }
    }

    /// Whether a claim or an event that is said to fulfil, break or answer something was there by then.
    fn record(&self, record: RecordRef) -> Certainty {
        let there = match record {
            RecordRef::Claim(id) => self.claim(id),
            RecordRef::Event(id) => {
                let event = &self.facts[id];
                let is_real = match event.status {
                    None | Some(Status::Occurred | Status::Ongoing) => Certainty::Certainly,
                    Some(Status::Alleged) => Certainty::Possibly,
                    Some(Status::Scheduled | Status::Anticipated | Status::Cancelled) => {
                        Certainty::Never
                    }
                };
                let by = match event.when {
                    Some(when) => self.date(self.facts.date(when)),
                    None if self.day.is_none() => Certainty::Certainly,
                    None => Certainty::Possibly,
                };
                is_real.and(by)
            }
            _ => Certainty::Never,
        };
        there.and(self.validity.certainty(self.facts, record))
    }

    /// The days on which a claim that was made by then can have ended: of a statement of several
    /// days, the last.
    fn said(&self, id: ClaimId) -> Option<(Bound, Bound)> {
        let earlier;
        let alternatives: &[Extent] = match claim_dating(self.facts, self.validity, id) {
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
    fn followed(&self, id: ClaimId, event: EventId) -> Certainty {
        let Some((first, last)) = self.said(id) else {
            return Certainty::Never;
        };
        let starts = match self.facts[event].when {
            Some(when) => {
                let each = self.facts.date(when).alternatives().iter();
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
        let took_place = took_place(self.facts[event].status);
        when.and(took_place)
            .and(self.validity.certainty(self.facts, event))
    }

    /// What there is of what fulfils, breaks and answers a claim.
    fn causes(&self, id: ClaimId, ends: Option<&EndsOf>) -> Causes {
        let none = EndsOf::default();
        let ends = ends.unwrap_or(&none);
        let of = |records: &BTreeSet<RecordRef>| -> Vec<Cause> {
            let each = records.iter().map(|one| (*one, self.record(*one)));
            each.filter(|one| one.1.is_possible()).collect()
        };
        let mut answered = of(&ends.respond);
        for node in self.facts.list(self.facts[id].about) {
            if let NodeRef::Event(event) = *node {
                let certainty = self.followed(id, event);
                if certainty.is_possible() {
                    answered.push((event.into(), certainty));
                }
            }
        }
        Causes {
            kept: of(&ends.fulfil),
            broken: of(&ends.break_),
            answered,
        }
    }

    /// Whether the day by which a claim was due has surely passed.
    fn is_overdue(&self, id: ClaimId) -> bool {
        let due = self.facts[id].due.map(|due| self.facts.date(due));
        let both = due.zip(self.day.as_ref());
        both.is_some_and(|(due, day)| compare(due, DayRelation::Before, day).is_certain())
    }

    /// The states in which a claim can be, each with whether it certainly is, and by what.
    fn states(
        &self,
        id: ClaimId,
        ends: Option<&EndsOf>,
    ) -> Vec<(PromiseState, Certainty, Vec<RecordRef>)> {
        use PromiseState::{Answered, Broken, Kept, Open, Overdue};
        let causes = self.causes(id, ends);
        let overdue = Certainty::from_truth(self.is_overdue(id));
        // Of each state, by what alone, and whether it holds.
        let ways = match self.facts[id].act {
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
                let mut by: Vec<RecordRef> = by.into_iter().map(|one| one.0).collect();
                by.sort_unstable();
                by.dedup();
                found.push((state, certainty, by));
            }
            no_other = no_other.and(holds.not());
        }
        found
    }
}

/// A record, and whether it was there by the day.
type Cause = (RecordRef, Certainty);

/// What fulfils, breaks and answers a claim, as far as it can have been there by the day.
struct Causes {
    kept: Vec<Cause>,
    broken: Vec<Cause>,
    answered: Vec<Cause>,
}

/// Some causes without those of states that come first: in a reading in which one of these is there,
/// so is the state that comes first.
fn without(causes: &[Cause], first: &[&[Cause]]) -> Vec<Cause> {
    let comes_first = |record| {
        first
            .iter()
            .any(|all| all.iter().any(|one| one.0 == record))
    };
    let own = causes.iter().filter(|one| !comes_first(one.0));
    own.copied().collect()
}

fn any(all: &[Cause]) -> Certainty {
    let each = all.iter().map(|one| one.1);
    each.fold(Certainty::Never, Certainty::or)
}
