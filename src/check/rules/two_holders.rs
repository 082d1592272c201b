//! two holders of an office at the same time
//!
//! # What it finds
//! Two relations `holds_office` of different actors to the same actor with the same `role`, where
//! only one person at a time holds the role (`[check] single_holder` in annals.toml) and the terms
//! certainly overlap by more than the day of handover. Where very many terms of one office overlap,
//! they are one finding.
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

use super::collected::Collected;
use super::link::is_in_force;
use annals_model::{ActorId, Facts, RelationId};
use annals_time::{Certainty, Date, DayRelation, compare};

/// Two holders of one office at the same time.
static CODE: Code = Code::new(
    "AN304",
    "two-holders",
    Severity::Warning,
    include_str!("two_holders.rs"),
);

/// Up to this many overlapping pairs for each term of an office, each pair is a finding; with more,
/// the office is one.
const OF_EACH: usize = 10;

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
        let mut found = Collected::new(context, &CODE);
        for ((office, role), holders) in &offices {
            let terms = Terms::new(facts, holders);
            match terms.overlapping() {
                Some(pairs) => {
                    for (one, other) in pairs {
                        found.add(context, one.into(), CODE.severity, || {
                            finding(facts, *office, role, one, other)
                        });
                    }
                }
                None => {
                    let involved = terms.involved();
                    let Some(first) = involved.first() else {
                        continue;
                    };
                    found.add(context, (*first).into(), CODE.severity, || {
                        many_holders(facts, *office, role, &involved)
                    });
                }
            }
        }
        found.finish(findings);
    }
}

/// The dated terms of an office, by their latest beginning.
struct Terms<'f> {
    facts: &'f Facts,
    dated: Vec<(&'f Date, RelationId)>,
}

impl<'f> Terms<'f> {
    fn new(facts: &'f Facts, terms: &[RelationId]) -> Self {
        let mut dated: Vec<_> = (terms.iter())
            .filter_map(|id| Some((facts.date(facts[*id].when?), *id)))
            .collect();
        dated.sort_by_key(|(when, id)| (when.extent().latest_start(), *id));
        Terms { facts, dated }
    }

    /// The pairs of terms of different holders that certainly overlap by more than one day; `None`
    /// if there are too many pairs to compare, or to list. Each term is only compared with those
    /// that begin before it ends.
    fn overlapping(&self) -> Option<Vec<(RelationId, RelationId)>> {
        let most = OF_EACH * self.dated.len();
        let mut compared = 0;
        let mut pairs = Vec::new();
        for (nth, (when, id)) in self.dated.iter().enumerate() {
            for (later, other) in &self.dated[nth + 1..] {
                if later.extent().latest_start() >= when.extent().earliest_end() {
                    break;
                }
                compared += 1;
                let both = compare(when, DayRelation::StartsBeforeEnd, later).and(compare(
                    later,
                    DayRelation::StartsBeforeEnd,
                    when,
                ));
                let differ = self.facts[*id].from != self.facts[*other].from;
                if both == Certainty::Certainly && differ {
                    pairs.push((*id, *other));
                }
                if pairs.len() > most || compared > 100 * most {
                    return None;
                }
            }
        }
        Some(pairs)
    }

    /// The terms that overlap with the term of another holder, by their first and last certain day.
    fn involved(&self) -> Vec<RelationId> {
        let begins = |nth: usize| self.dated[nth].0.extent().latest_start();
        let ends = |nth: usize| self.dated[nth].0.extent().earliest_end();
        let holder = |nth: usize| self.facts[self.dated[nth].1].from;
        // For each number of terms from the first on, the two that end last, of different holders.
        let mut last: Vec<[Option<usize>; 2]> = vec![[None, None]];
        let mut best: [Option<usize>; 2] = [None, None];
        for nth in 0..self.dated.len() {
            let ends_after =
                |other: Option<usize>| other.is_none_or(|other| ends(nth) > ends(other));
            let same =
                |other: Option<usize>| other.is_some_and(|other| holder(other) == holder(nth));
            if ends_after(best[0]) {
                best = if same(best[0]) {
                    [Some(nth), best[1]]
                } else {
                    [Some(nth), best[0]]
                };
            } else if !same(best[0]) && ends_after(best[1]) {
                best[1] = Some(nth);
            }
            last.push(best);
        }
        let overlaps = |nth: &usize| {
            let before = self
                .dated
                .partition_point(|(when, _)| when.extent().latest_start() < ends(*nth));
            let others = last[before].into_iter().flatten();
            let mut others = others.filter(|other| holder(*other) != holder(*nth));
            others.any(|other| ends(other) > begins(*nth))
        };
        let involved = (0..self.dated.len()).filter(overlaps);
        let mut involved: Vec<RelationId> = involved.map(|nth| self.dated[nth].1).collect();
        involved.sort_unstable();
        involved
    }
}

/// One finding for an office with too many overlapping terms to list each pair.
fn many_holders(facts: &Facts, office: ActorId, role: &str, terms: &[RelationId]) -> Finding {
    let office = facts.label(office);
    let mut finding = Finding::new(
        &CODE,
        format!(
            "{} terms as {role} of {office} each overlap with another holder's",
            terms.len()
        ),
    );
    for id in terms {
        finding = finding.at(term_place(facts, *id), term(facts, *id)).of(*id);
    }
    finding
        .note("only one person holds this office at a time; terms may touch on a day")
        .help("correct the terms, or give the other holders a different role")
}

fn holder(facts: &Facts, id: RelationId) -> &str {
    facts[id].from.map_or("?", |from| facts.label(from))
}

/// "Ines Carvalho from 8 Jan 2010 to 8 Jan 2018".
fn term(facts: &Facts, id: RelationId) -> String {
    let when = facts[id].when;
    let when = when.map_or(String::new(), |when| facts.date(when).dated());
    format!("{} {when}", holder(facts, id))
}

fn term_place(facts: &Facts, id: RelationId) -> Place {
    Place::value(facts.common(id).origin, "when")
}

fn finding(
    facts: &Facts,
    office: ActorId,
    role: &str,
    one: RelationId,
    other: RelationId,
) -> Finding {
    let office = facts.label(office);
    Finding::new(
        &CODE,
        format!(
            "{} and {} are both {role} of {office} at once",
            holder(facts, one),
            holder(facts, other)
        ),
    )
    .at(term_place(facts, one), term(facts, one))
    .at(term_place(facts, other), term(facts, other))
    .note("only one person holds this office at a time; terms may touch on a day")
    .help("correct a term, or give one of them a different role")
    .of(one)
    .of(other)
}
