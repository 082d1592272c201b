//! a claim that takes for past what can only come later
//!
//! # What it finds
//! A claim that asserts, denies or confirms something about an event that can only begin after the
//! claim was made: by the dates of the two, and by all that narrows them.
//!
//! # Why it matters
//! Nobody reports what has not happened. Either a date is wrong, or the claim speaks of what is
//! to come: then it predicts, promises or threatens, and counting it as a report gives its speaker
//! a knowledge that nobody had.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: warden, name: Ines Carvalho, kind: person}
//! events:
//!   - {id: flood, label: The sea breaks in, when: 2021-11-07, status: occurred}
//! claims:
//!   - {id: c1, speaker: warden, act: asserts, about: flood, said: 2021-10-07, content: Two streets stood under water.}
//! ```
//!
//! # How to mend
//! Correct a date, or name the event that is meant. Of a claim about what was to come, correct the
//! act; of an event that was only planned when the facts were written, the status.
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: warden, name: Ines Carvalho, kind: person}
//! events:
//!   - {id: flood, label: The sea breaks in, when: 2021-11-07, status: occurred}
//! claims:
//!   - {id: c1, speaker: warden, act: predicts, about: flood, said: 2021-10-07, content: Two streets will stand under water.}
//! ```
//!
//! # When it stays silent
//! Predictions, promises, demands, offers, threats, requests, questions and attitudes; claims
//! without an act; events that are scheduled, anticipated or cancelled; an event on the day of the
//! claim or going on since before; dates that admit that the event came first. It is a warning and
//! no error, since one can assert today what will be tomorrow: only the words tell.
//!
//! # Source
//! The fact format, version 1: *claim*, `act`.

use super::super::capped_findings::CappedFindings;
use super::super::link::is_in_force;
use super::shown::place;
use crate::{Context, Rule};
use annals_chronology::premises::{Chronicle, Fact, Sort};
use annals_chronology::{Point, scale};
use annals_finding::{Code, Finding, Place, Severity, shown};
use annals_model::{Act, ClaimId, EventId, Facts, NodeRef, RecordRef, Status};
use annals_query::chronicle::{SolvedChronology, words};
use annals_time::Day;

/// A claim that takes for past what can only come later.
pub(super) static CODE: Code = Code::new(
    "AN210",
    "asserted-early",
    Severity::Warning,
    include_str!("asserted_early.rs"),
);

/// See [`CODE`].
pub(crate) struct AssertedEarly;

impl Rule for AssertedEarly {
    fn code(&self) -> &'static Code {
        &CODE
    }

    /// It reads the narrowed dates of the one search: see [`find`](super::find).
    fn check(&self, _context: &Context<'_>, _findings: &mut Vec<Finding>) {}
}

/// Adds a finding for each such claim and event.
pub(super) fn find(
    context: &Context<'_>,
    chronicle: &Chronicle,
    told: &SolvedChronology<'_, '_>,
    findings: &mut Vec<Finding>,
) {
    let facts = context.facts();
    let mut found = CappedFindings::new(&CODE);
    for (id, claim) in facts.claims.iter() {
        let of_past = matches!(claim.act, Some(Act::Asserts | Act::Denies | Act::Confirms));
        if !of_past || !is_in_force(facts, id) {
            continue;
        }
        for node in facts.list(claim.about) {
            let NodeRef::Event(event) = *node else {
                continue;
            };
            if may_be_past(facts, event)
                && let Some(early) = Early::of(facts, chronicle, told, (id, event))
            {
                found.add(context, id.into(), || early.finding(facts, chronicle, told));
            }
        }
    }
    found.finish(findings);
}

/// Whether the facts say nothing of an event being still to come.
fn may_be_past(facts: &Facts, event: EventId) -> bool {
    let to_come = matches!(
        facts[event].status,
        Some(Status::Scheduled | Status::Anticipated | Status::Cancelled)
    );
    !to_come && is_in_force(facts, event)
}

/// A claim that was made before an event began.
struct Early {
    claim: ClaimId,
    event: EventId,
    /// The last day of the claim, and the first of the event.
    days: [Day; 2],
}

impl Early {
    fn of(
        facts: &Facts,
        chronicle: &Chronicle,
        told: &SolvedChronology<'_, '_>,
        (claim, event): (ClaimId, EventId),
    ) -> Option<Early> {
        let (end, start) = points(facts, chronicle, (claim, event))?;
        let (said, begun) = (told.solved().latest(end)?, told.solved().earliest(start)?);
        let is_dated = facts[claim].said.is_some();
        if said > begun || (said == begun && !is_dated) {
            return None;
        }
        let of_claim = told.narrowed(claim.into())?.last;
        let of_claim = of_claim.or_else(|| scale::day_not_after(said));
        Some(Early {
            claim,
            event,
            days: [of_claim?, told.narrowed(event.into())?.first?],
        })
    }

    fn finding(
        &self,
        facts: &Facts,
        chronicle: &Chronicle,
        told: &SolvedChronology<'_, '_>,
    ) -> Finding {
        let (claim, event) = (RecordRef::from(self.claim), RecordRef::from(self.event));
        let (own, other) = (shown(facts.id(claim)), shown(facts.id(event)));
        let act = facts.act_word(self.claim).unwrap_or("asserts");
        let mut finding = Finding::new(
            &CODE,
            format!("claim {own} {act} something about event {other}, which can only come later"),
        )
        .at(
            Place::value(facts.common(claim).origin, "about"),
            format!("{act} something about {other}"),
        );
        let mut records = vec![claim, event];
        let ends = points(facts, chronicle, (self.claim, self.event));
        let because = ends.map(|(end, start)| {
            let mut because = told.behind_bound(end, false);
            because.extend(told.behind_bound(start, true));
            because
        });
        let because: Vec<Fact> = (because.unwrap_or_default().iter())
            .map(|premise| chronicle.fact(*premise))
            .collect();
        for fact in &because {
            finding = finding.at(place(facts, *fact), words(facts, *fact));
            if !records.contains(&fact.record) {
                records.push(fact.record);
            }
        }
        let [said, begun] = self.days;
        let days = begun.number() - said.number();
        let later = match days {
            1 => "a day later".to_owned(),
            days => format!("{days} days later"),
        };
        finding = finding
            .note(format!(
                "{own} was said by {} at the latest, and {other} begins on {} at the earliest, {later}",
                said.words(),
                begun.words()
            ))
            .note("what is asserted, denied or confirmed of an event is taken as past")
            .help("if it speaks of what is to come, say so: it \"predicts\", \"promises\", \"threatens\", or the event is \"scheduled\" or \"anticipated\"");
        let dated = because.iter().filter(|fact| fact.sort == Sort::Date);
        if dated.count() > 0 {
            finding = finding.help(
                "if it speaks of what has been, correct a date, or name the event that is meant",
            );
        }
        finding.records = records;
        finding
    }
}

/// The last moment of a claim, and the first of an event. A claim without a date is over, for all
/// that matters here, when its report comes out.
fn points(
    facts: &Facts,
    chronicle: &Chronicle,
    (claim, event): (ClaimId, EventId),
) -> Option<(Point, Point)> {
    let said = chronicle.stretch(claim.into())?;
    let end = match facts[claim].said {
        Some(_) => said.end,
        None => said.start,
    };
    Some((end, chronicle.stretch(event.into())?.start))
}
