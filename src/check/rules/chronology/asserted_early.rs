//! a claim that treats as past what can only come later
//!
//! # What it finds
//! A claim that asserts, denies or confirms something about an event that can only begin after the
//! claim was made: by the dates of the two, and by everything that narrows them.
//!
//! # Why it matters
//! Nobody reports what has not happened. Either a date is wrong, or the claim is about the future:
//! then it predicts, promises or threatens, and counting it as a report would give its speaker
//! knowledge that nobody had.
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
//! # How to fix
//! Correct a date, or name the event you mean. If the claim is about the future, correct the act;
//! if the event was only planned when the facts were written, correct the status.
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
//! without an act; events that are scheduled, anticipated or cancelled; an event that is on the day
//! of the claim or began before; dates that allow the event to come first. It is a warning, not an
//! error, since one can assert today what will be tomorrow: only the wording shows it.
//!
//! # Source
//! The fact format, version 1: *claim*, `act`.

use super::super::collected::Collected;
use super::super::link::is_in_force;
use super::chains::Chains;
use super::shown::place;
use crate::{Context, Rule};
use annals_chronology::premises::{Chronicle, Fact, PremiseKind};
use annals_chronology::{Point, scale};
use annals_finding::{Code, Finding, Place, Severity, shown};
use annals_model::{Act, ClaimId, EventId, Facts, NodeRef, RecordRef, Status};
use annals_query::chronicle::{SolvedChronology, words};
use annals_time::Day;

/// A claim that assumes as past what can only come later.
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

    /// It reads the narrowed dates of the shared search: see [`find`](super::find).
    fn check(&self, _context: &Context<'_>, _findings: &mut Vec<Finding>) {}
}

/// Adds a finding for each such pair of claim and event.
pub(super) fn find(
    context: &Context<'_>,
    chronicle: &Chronicle,
    chronology: &SolvedChronology<'_, '_>,
    findings: &mut Vec<Finding>,
) {
    let facts = context.facts();
    let mut found = Collected::new(context, &CODE);
    let mut chains = Chains::default();
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
                && let Some(early) = Early::new(facts, chronicle, chronology, (id, event))
            {
                found.add(context, id.into(), CODE.severity, || {
                    early.finding(facts, chronicle, chronology, &mut chains)
                });
            }
        }
    }
    found.finish(findings);
}

/// Whether no fact says that an event is still to come.
fn may_be_past(facts: &Facts, event: EventId) -> bool {
    let to_come = matches!(
        facts[event].status,
        Some(Status::Scheduled | Status::Anticipated | Status::Cancelled)
    );
    !to_come && is_in_force(facts, event)
}

/// A claim made before an event began.
struct Early {
    claim: ClaimId,
    event: EventId,
    /// The last day of the claim, and the first of the event.
    days: [Day; 2],
}

impl Early {
    fn new(
        facts: &Facts,
        chronicle: &Chronicle,
        chronology: &SolvedChronology<'_, '_>,
        (claim, event): (ClaimId, EventId),
    ) -> Option<Early> {
        let (end, start) = points(facts, chronicle, (claim, event))?;
        let (said, begun) = (
            chronology.solved().latest(end)?,
            chronology.solved().earliest(start)?,
        );
        let is_dated = facts[claim].said.is_some();
        if said > begun || (said == begun && !is_dated) {
            return None;
        }
        let of_claim = chronology.narrowed_with_slack(claim.into())?.last;
        let of_claim = of_claim.or_else(|| scale::day_not_after(said));
        Some(Early {
            claim,
            event,
            days: [
                of_claim?,
                chronology.narrowed_with_slack(event.into())?.first?,
            ],
        })
    }

    fn finding(
        &self,
        facts: &Facts,
        chronicle: &Chronicle,
        chronology: &SolvedChronology<'_, '_>,
        chains: &mut Chains,
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
        let because = ends.map_or_else(Vec::new, |(end, start)| {
            let mut because = chains.behind(chronology, end, false);
            because.extend(chains.behind(chronology, start, true));
            because
        });
        let because: Vec<Fact> = (because.iter())
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
            .note("a claim that asserts, denies or confirms something about an event treats it as past")
            .help("if it is about the future, say so: it \"predicts\", \"promises\", \"threatens\", or the event is \"scheduled\" or \"anticipated\"");
        let dated = because.iter().filter(|fact| fact.kind == PremiseKind::Date);
        if dated.count() > 0 {
            finding =
                finding.help("if it is about the past, correct a date, or name the event you mean");
        }
        finding.records = records;
        finding
    }
}

/// The last moment of a claim, and the first of an event. A claim without a date is taken to end
/// when its report is published.
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
