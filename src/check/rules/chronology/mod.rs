//! Conflicts of the chronology: a single search finds them, and each is reported under the most
//! specific code. Mere improbabilities are derived from the narrowed dates of the same search.

mod answer_before_question;
mod argument;
mod asserted_early;
mod chain;
mod chains;
mod circle_in_time;
mod claim_outside_event;
mod conflict;
mod date_against_order;
mod distance_against_dates;
mod effect_before_cause;
mod exclusive_orders;
mod first_since;
mod part_outside_whole;
mod repairs;
mod shown;
mod since;
mod suspects;

use std::collections::BTreeSet;

pub(crate) use answer_before_question::AnswerBeforeQuestion;
pub(crate) use asserted_early::AssertedEarly;
pub(crate) use chain::Chronological;
pub(crate) use circle_in_time::CircleInTime;
pub(crate) use claim_outside_event::ClaimOutsideEvent;
pub use conflict::{
    ConflictFact, ConflictOfDates, ThingInTime, Tried, conflict_of, with_other_facts, without_fact,
};
pub(crate) use date_against_order::DateAgainstOrder;
pub(crate) use distance_against_dates::DistanceAgainstDates;
pub(crate) use effect_before_cause::EffectBeforeCause;
pub(crate) use exclusive_orders::ExclusiveOrders;
pub(crate) use first_since::FirstSince;
pub(crate) use part_outside_whole::PartOutsideWhole;

use super::collected::Collected;
use crate::Context;
use annals_chronology::premises::{Chronicle, Fact, PremiseKind};
use annals_chronology::{Chronology, Conflict, GivenUp, Premise, contradictions};
use annals_finding::{Code, Finding, Severity};
use annals_model::{Facts, RecordRef};
use annals_query::chronicle::SolvedChronology;
use annals_time::{AllenSet, Date};

/// Adds a finding for each conflict of a dossier's chronology, and for improbable narrowed dates.
pub(crate) fn find(
    context: &Context<'_>,
    chronicle: &Chronicle,
    chronology: &SolvedChronology<'_, '_>,
    findings: &mut Vec<Finding>,
) {
    let facts = context.facts();
    let mut group = Group::default();
    // First with vague dates at their widest, then as written: a conflict that only exists as
    // written is a warning.
    for given_up in group.add(context, chronicle, chronology.solved(), Severity::Error) {
        findings.push(shown::not_decided(facts, chronicle, &given_up));
    }
    if facts.dates.iter().any(Date::takes_slack) && context.thresholds().slack > 0 {
        let as_written = Chronicle::without_irrelevant_claims(facts, 0);
        let sure = |premise| as_written.sure(facts, premise);
        let solved = Chronology::new(&as_written.network, &sure);
        group.add(context, &as_written, &solved, Severity::Warning);
    }
    for (_, found) in group.by_code {
        found.finish(findings);
    }
    asserted_early::find(context, chronicle, chronology, findings);
    first_since::find(context, chronicle, chronology, findings);
}

/// The findings so far, by code.
#[derive(Default)]
struct Group {
    by_code: Vec<(&'static Code, Collected)>,
    /// Sets of records already reported.
    seen: BTreeSet<Vec<RecordRef>>,
}

impl Group {
    /// Adds a finding for each conflict; returns what was not decided.
    fn add(
        &mut self,
        context: &Context<'_>,
        chronicle: &Chronicle,
        solved: &Chronology<'_>,
        severity: Severity,
    ) -> Vec<GivenUp> {
        let facts = context.facts();
        let (chosen, given_up) = of_choices(chronicle, solved);
        let mut work = suspects::WORK;
        let of_bounds = solved.conflicts.iter().chain(&chronicle.left_out);
        for conflict in of_bounds.chain(&chosen) {
            let premises = chronicle.behind(&conflict.premises);
            let premises = argument::argued(facts, chronicle, premises);
            let known: Vec<Fact> = premises.iter().map(|one| chronicle.fact(*one)).collect();
            let mut records: Vec<RecordRef> = known.iter().map(|fact| fact.record).collect();
            records.sort_unstable();
            records.dedup();
            if is_reported_elsewhere(&known) || !self.seen.insert(records.clone()) {
                continue;
            }
            let code = code(facts, &known);
            let silenced = |record: &RecordRef| context.is_silenced(*record, code);
            if records.iter().any(silenced) {
                continue;
            }
            let first = records[0];
            self.findings(context, code)
                .add(context, first, severity, || {
                    let mut finding =
                        shown::finding(facts, code, &known, conflict.is_smallest, records);
                    repairs::add(facts, chronicle, &premises, conflict, &mut finding);
                    suspects::add(facts, chronicle, solved, &premises, &mut work, &mut finding);
                    finding
                });
        }
        given_up
    }

    fn findings(&mut self, context: &Context<'_>, code: &'static Code) -> &mut Collected {
        let known = self.by_code.iter().position(|(one, _)| *one == code);
        let nth = known.unwrap_or_else(|| {
            self.by_code.push((code, Collected::new(context, code)));
            self.by_code.len() - 1
        });
        &mut self.by_code[nth].1
    }
}

/// How many constraints the search through choices may examine: about one second.
const BUDGET: usize = 20_000_000;

/// The conflicts among facts with choices, if no combination is consistent; and where the budget
/// ran out.
fn of_choices(chronicle: &Chronicle, solved: &Chronology<'_>) -> (Vec<Conflict>, Vec<GivenUp>) {
    if chronicle.choices.is_empty() {
        return (Vec::new(), Vec::new());
    }
    // Premises already in a conflict are reported with it.
    let in_conflict = solved.conflicts.iter().chain(&chronicle.left_out);
    let in_conflict: BTreeSet<Premise> = in_conflict
        .flat_map(|one| chronicle.behind(&one.premises))
        .collect();
    // The search derives the consequences of choices itself, and so knows the facts behind them.
    let of_facts =
        |one: Premise| (one.0 as usize) < chronicle.facts.len() && !in_conflict.contains(&one);
    let rest = chronicle
        .network
        .only(|one| one.premises.iter().all(of_facts));
    let mut choices = chronicle.choices.clone();
    choices.retain(|choice| !in_conflict.contains(&choice.premise));
    let found = contradictions(&rest, &choices, BUDGET);
    (found.contradictions, found.given_up)
}

/// Whether rules about single facts already report this: a date against a publication, an office, a
/// lifespan.
fn is_reported_elsewhere(known: &[Fact]) -> bool {
    let ties = known.iter().filter(|fact| fact.kind != PremiseKind::Date);
    let ties: Vec<PremiseKind> = ties.map(|fact| fact.kind).collect();
    matches!(
        ties.as_slice(),
        [PremiseKind::Published
            | PremiseKind::Capacity
            | PremiseKind::Speaker
            | PremiseKind::TakesPart
            | PremiseKind::Holder]
    )
}

fn code(facts: &Facts, known: &[Fact]) -> &'static Code {
    let has = |kind: PremiseKind| known.iter().any(|fact| fact.kind == kind);
    let only = |kinds: &[PremiseKind]| known.iter().all(|fact| kinds.contains(&fact.kind));
    let apart = known.iter().any(|fact| match fact.record {
        RecordRef::Order(id) => facts[id].apart.is_some(),
        _ => false,
    });
    if only(&[PremiseKind::Order]) {
        return match known {
            [_, _, _, ..] if known.iter().all(|fact| is_one_after_another(facts, *fact)) => {
                &circle_in_time::CODE
            }
            [_, _, _, ..] if apart => &distance_against_dates::CODE,
            _ => &exclusive_orders::CODE,
        };
    }
    if only(&[PremiseKind::Order, PremiseKind::Date]) {
        return if apart {
            &distance_against_dates::CODE
        } else {
            &date_against_order::CODE
        };
    }
    if has(PremiseKind::Answers) || has(PremiseKind::Repeats) {
        &answer_before_question::CODE
    } else if has(PremiseKind::At) {
        &claim_outside_event::CODE
    } else if has(PremiseKind::Causes) {
        &effect_before_cause::CODE
    } else if has(PremiseKind::PartOf) {
        &part_outside_whole::CODE
    } else {
        &chain::CODE
    }
}

/// Whether an order puts the end of one record at or before the beginning of the other.
fn is_one_after_another(facts: &Facts, fact: Fact) -> bool {
    let RecordRef::Order(id) = fact.record else {
        return false;
    };
    facts[id].relation.is_some_and(|relation| {
        relation.set.is_subset_of(AllenSet::BEFORE_OR_MEETS)
            || relation
                .set
                .inverse()
                .is_subset_of(AllenSet::BEFORE_OR_MEETS)
    })
}
