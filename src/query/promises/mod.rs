//! `promises`: what was promised, offered, threatened or asked, and what became of it by a day.

mod states;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::answer::{Dossier, Ref};
use crate::said::{SaidRow, selected};
use crate::selection::{Dating, ResolvedQuery, claim_dating};
use crate::validity::Validity;
use annals_model::vocabulary;
use annals_model::{Act, ClaimId, EventId, Facts, NodeRef, RecordRef};
use annals_time::{Certainty, Date, Day};

use states::took_place;
pub use states::{Cause, Causes, EndOfDay, EventTimes, StateBy};

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
pub struct PromiseRow<S = String, D = Date> {
    /// The claim; it is certain if the state is as well.
    #[serde(flatten)]
    pub claim: SaidRow<S, D>,
    /// The state.
    pub state: PromiseState,
    /// What kept, broke or answered it.
    pub by: Vec<Ref<S>>,
    /// By when it is due.
    pub due: Option<D>,
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
    let by = By {
        facts,
        validity: &selection.validity,
        end: EndOfDay::new(day),
    };
    let mut found = Vec::new();
    for (id, certainty) in claims {
        let made = certainty.and(by.end.claim(by.dating(id)));
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

/// A promise as data that owns its texts and dates, or borrows them.
pub fn promised<'f, S: From<&'f str>, D: From<&'f Date>>(
    dossier: &Dossier<'f>,
    selection: &ResolvedQuery,
    one: &Promise,
) -> PromiseRow<S, D> {
    let facts = dossier.facts();
    let due = facts[one.claim].due;
    PromiseRow {
        claim: selected(dossier, selection, (one.claim, one.certainty)),
        state: one.state,
        by: one
            .by
            .iter()
            .map(|record| Ref::of(facts, *record))
            .collect(),
        due: due.map(|due| facts.date(due).into()),
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
    end: EndOfDay,
}

impl<'f> By<'f> {
    fn dating(&self, id: ClaimId) -> Dating<'f> {
        claim_dating(self.facts, self.validity, id)
    }

    fn times(&self, id: EventId) -> EventTimes<'f> {
        let event = &self.facts[id];
        EventTimes {
            status: event.status,
            when: event.when.map(|when| self.facts.date(when)),
            in_force: self.validity.certainty(self.facts, id),
        }
    }

    /// Whether a claim or an event that is said to fulfil, break or answer something was there by then.
    fn record(&self, record: RecordRef) -> Certainty {
        match record {
            RecordRef::Claim(id) => {
                let there = self.end.claim(self.dating(id));
                there.and(self.validity.certainty(self.facts, id))
            }
            RecordRef::Event(id) => self.end.event(self.times(id)),
            _ => Certainty::Never,
        }
    }

    /// What there is of what fulfils, breaks and answers a claim.
    fn causes(&self, id: ClaimId, ends: Option<&EndsOf>) -> Causes<RecordRef> {
        let none = EndsOf::default();
        let ends = ends.unwrap_or(&none);
        let of = |records: &BTreeSet<RecordRef>| -> Vec<Cause<RecordRef>> {
            let each = records.iter().map(|one| (*one, self.record(*one)));
            each.filter(|one| one.1.is_possible()).collect()
        };
        let mut answered = of(&ends.respond);
        for node in self.facts.list(self.facts[id].about) {
            if let NodeRef::Event(event) = *node {
                let certainty = self.end.followed(self.dating(id), self.times(event));
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

    /// The states in which a claim can be, each with whether it certainly is, and by what.
    fn states(&self, id: ClaimId, ends: Option<&EndsOf>) -> Vec<StateBy<RecordRef>> {
        let claim = &self.facts[id];
        let due = claim.due.map(|due| self.facts.date(due));
        self.end.states(claim.act, due, &self.causes(id, ends))
    }
}
