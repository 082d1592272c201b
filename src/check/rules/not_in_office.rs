//! a claim made in an office that was not held
//!
//! # What it finds
//! A claim whose `as` names a relation that did not hold on any day on which the claim can have
//! been said, or a relation of somebody who is not one of its speakers.
//!
//! # Why it matters
//! `as` decides for whom a claim counts. With the office of the year before, a private person's
//! words would count for the state.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: town, name: Town of Skerrow, kind: organization}
//!   - {id: a, name: Ines Carvalho, kind: person}
//! relations:
//!   - {id: mayoralty, from: a, kind: holds_office, to: town, role: mayor, when: 2010/2018}
//! claims:
//!   - {id: c1, speaker: a, as: mayoralty, said: 2021-05-04, content: The mole stands.}
//! ```
//!
//! # How to fix
//! Correct a date, name the office that was held, or leave out `as`.
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: town, name: Town of Skerrow, kind: organization}
//!   - {id: a, name: Ines Carvalho, kind: person}
//! relations:
//!   - {id: mayoralty, from: a, kind: holds_office, to: town, role: mayor, when: 2010/2018}
//! claims:
//!   - {id: c1, speaker: a, said: 2021-05-04, content: The mole stands.}
//! ```
//!
//! # When it stays silent
//! An office with unknown ends, a claim without a date, and dates that share a possible day; a claim
//! with a speaker whose id no record has (AN102).
//!
//! # Source
//! The fact format, version 1: *claim*, `as`.

use std::cell::LazyCell;
use std::collections::BTreeSet;

use crate::{Context, Rule};
use annals_finding::wording;
use annals_finding::{Code, Finding, Place, Severity};

use super::collected::Collected;
use super::link::is_in_force;
use annals_model::{ClaimId, Facts, RecordRef, RelationId, Voice};
use annals_time::DayRelation;

/// A claim made in an office that was not held.
static CODE: Code = Code::new(
    "AN305",
    "not-in-office",
    Severity::Error,
    include_str!("not_in_office.rs"),
);

/// See [`CODE`].
pub(crate) struct NotInOffice;

impl Rule for NotInOffice {
    fn code(&self) -> &'static Code {
        &CODE
    }

    fn check(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let facts = context.facts();
        let mut found = Collected::new(context, &CODE);
        let unresolved = LazyCell::new(|| unresolved(context));
        for (id, claim) in facts.claims.iter() {
            let Some(office) = claim.capacity.filter(|_| is_in_force(facts, id)) else {
                continue;
            };
            let holder = facts[office].from;
            if holder.is_some_and(|holder| !facts.list(claim.speaker).contains(&holder)) {
                // Who speaks is not known; that is said already.
                if claim.voice == Voice::Unknown || unresolved.contains(&id.into()) {
                    continue;
                }
                found.add(context, id.into(), CODE.severity, || {
                    of_another(facts, id, office)
                });
            } else if let Some((said, held)) = claim.said.zip(facts[office].when) {
                let (said, held) = (facts.date(said), facts.date(held));
                if let Some(severity) = context.ruled_out(said, DayRelation::SharesDay, held) {
                    found.add(context, id.into(), severity, || not_held(facts, id, office));
                }
            }
        }
        found.finish(findings);
    }
}

/// The records of which a reference leads nowhere, or to the wrong kind.
fn unresolved(context: &Context<'_>) -> BTreeSet<RecordRef> {
    let codes = [
        &annals_load::faults::unknown_id::CODE,
        &annals_load::faults::wrong_kind::CODE,
    ];
    let findings = context.loaded.findings.iter();
    let of_references = findings.filter(|one| codes.iter().any(|code| code.code == one.code.code));
    let mut all: BTreeSet<RecordRef> = of_references
        .flat_map(|one| one.records.iter().copied())
        .collect();
    all.extend(&context.loaded.unread.referring);
    all
}

fn not_held(facts: &Facts, id: ClaimId, office: RelationId) -> Finding {
    let dated = |date: Option<_>| date.map_or(String::new(), |date| facts.date(date).dated());
    let (claim, tie) = (wording::record(facts, id), wording::record(facts, office));
    Finding::new(
        &CODE,
        format!("{claim} was said in the capacity of {tie}, which was not held then"),
    )
    .at(
        Place::value(facts.common(id).origin, "said"),
        format!("said {}", dated(facts[id].said)),
    )
    .at(
        Place::value(facts.common(office).origin, "when"),
        format!("held {}", dated(facts[office].when)),
    )
    .note("\"as\" is the relation in which somebody spoke, so it must hold on that day")
    .help("correct a date, name the relation that held, or remove \"as\"")
    .of(id)
    .of(office)
}

fn of_another(facts: &Facts, id: ClaimId, office: RelationId) -> Finding {
    let (claim, tie) = (wording::record(facts, id), wording::record(facts, office));
    let holder = facts[office].from.map_or("?", |from| facts.label(from));
    Finding::new(
        &CODE,
        format!("{claim} was said in the capacity of {tie}, which is {holder}'s"),
    )
    .at(
        Place::value(facts.common(id).origin, "as"),
        "not one of its speakers",
    )
    .at(
        Place::value(facts.common(office).origin, "from"),
        "whose it is",
    )
    .note("\"as\" must be a relation of one of the speakers")
    .help("name a relation of the speaker, or correct the speaker")
    .of(id)
    .of(office)
}
