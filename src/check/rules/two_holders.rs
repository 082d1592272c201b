//! two holders of an office at the same time
//!
//! # What it finds
//! Two relations `holds_office` of different actors to the same actor with the same `role`, where
//! only one person at a time holds the role (`[check] single_holder` in annals.toml) and the terms
//! certainly overlap by more than the day of handover.
//!
//! # Why it matters
//! Most often one of the terms is too long, or one of the two held the office elsewhere. Roll-up
//! counts what both say for the office.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: town, name: Town of Skerrow, kind: organization}
//!   - {id: a, name: Ines Carvalho, kind: person}
//!   - {id: b, name: Henrike Solvang, kind: person}
//! relations:
//!   - {id: first, from: a, kind: holds_office, to: town, role: mayor, when: 2010-01-08/2018-01-08}
//!   - {id: second, from: b, kind: holds_office, to: town, role: mayor, when: 2017-01-08/..}
//! ```
//!
//! # How to fix
//! Correct a term, or give a deputy or counter-claimant a separate role.
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: town, name: Town of Skerrow, kind: organization}
//!   - {id: a, name: Ines Carvalho, kind: person}
//!   - {id: b, name: Henrike Solvang, kind: person}
//! relations:
//!   - {id: first, from: a, kind: holds_office, to: town, role: mayor, when: 2010-01-08/2018-01-08}
//!   - {id: second, from: b, kind: holds_office, to: town, role: mayor, when: 2018-01-08/..}
//! ```
//!
//! # When it stays silent
//! Terms that touch on a day; terms whose dates allow one after the other; somebody who is
//! reappointed; roles that several people hold, such as member or minister.
//!
//! # Source
//! The fact format, version 1: *relation*.

use crate::{Context, Rule};
use annals_finding::{Code, Finding, Place, Severity};

use std::collections::BTreeMap;

use super::capped_findings::CappedFindings;
use super::link::is_in_force;
use annals_model::{ActorId, Facts, RelationId};
use annals_time::{Certainty, DayRelation, compare};

/// Two holders of one office at the same time.
static CODE: Code = Code::new(
    "AN304",
    "two-holders",
    Severity::Warning,
    include_str!("two_holders.rs"),
);

/// See [`CODE`].
pub(crate) struct TwoHolders;

impl Rule for TwoHolders {
    fn code(&self) -> &'static Code {
        &CODE
    }

    fn check(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let facts = context.facts();
        let mut offices: BTreeMap<(ActorId, String), Vec<RelationId>> = BTreeMap::new();
        for (id, relation) in facts.relations.iter() {
            let is_office = relation
                .kind
                .is_some_and(|kind| facts.name(kind) == "holds_office");
            let role = relation.role.map(|role| facts.str(role).to_lowercase());
            let single = role.filter(|role| context.thresholds().single_holder.contains(role));
            if let (true, Some(to), Some(role)) =
                (is_office && is_in_force(facts, id), relation.to, single)
            {
                offices.entry((to, role)).or_default().push(id);
            }
        }
        let mut found = CappedFindings::new(&CODE);
        for ((office, role), holders) in &offices {
            for (one, other) in overlapping(facts, holders) {
                found.add(context, one.into(), || {
                    finding(facts, *office, role, one, other)
                });
            }
        }
        found.finish(findings);
    }
}

/// The pairs of terms of different holders that certainly overlap by more than one day. Terms are
/// sorted by their beginning, so each is only compared with those that begin before it ends.
fn overlapping(facts: &Facts, terms: &[RelationId]) -> Vec<(RelationId, RelationId)> {
    let mut dated: Vec<_> = (terms.iter())
        .filter_map(|id| Some((facts.date(facts[*id].when?), *id)))
        .collect();
    dated.sort_by_key(|(when, id)| (when.extent().latest_start(), *id));
    let mut pairs = Vec::new();
    for (nth, (when, id)) in dated.iter().enumerate() {
        for (later, other) in &dated[nth + 1..] {
            if later.extent().latest_start() >= when.extent().earliest_end() {
                break;
            }
            let both = compare(when, DayRelation::StartsBeforeEnd, later).and(compare(
                later,
                DayRelation::StartsBeforeEnd,
                when,
            ));
            if both == Certainty::Certainly && facts[*id].from != facts[*other].from {
                pairs.push((*id, *other));
            }
        }
    }
    pairs
}

fn finding(
    facts: &Facts,
    office: ActorId,
    role: &str,
    one: RelationId,
    other: RelationId,
) -> Finding {
    let holder = |id: RelationId| facts[id].from.map_or("?", |from| facts.label(from));
    let term = |id: RelationId| {
        facts[id]
            .when
            .map_or(String::new(), |when| facts.date(when).dated())
    };
    let place = |id: RelationId| Place::value(facts.common(id).origin, "when");
    let office = facts.label(office);
    Finding::new(
        &CODE,
        format!(
            "{} and {} are both {role} of {office} at once",
            holder(one),
            holder(other)
        ),
    )
    .at(place(one), format!("{} {}", holder(one), term(one)))
    .at(place(other), format!("{} {}", holder(other), term(other)))
    .note("only one person holds this office at a time; terms may touch on a day")
    .help("correct a term, or give one of them a different role")
    .of(one)
    .of(other)
}
