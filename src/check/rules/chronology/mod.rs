//! Conflicts of the chronology: one search finds them, and each is shown under the code that says
//! best what it is about.

mod answer_before_question;
mod chain;
mod circle_in_time;
mod claim_outside_event;
mod date_against_order;
mod distance_against_dates;
mod effect_before_cause;
mod exclusive_orders;
mod part_outside_whole;

use std::collections::BTreeSet;

pub(crate) use answer_before_question::AnswerBeforeQuestion;
pub(crate) use chain::Chronological;
pub(crate) use circle_in_time::CircleInTime;
pub(crate) use claim_outside_event::ClaimOutsideEvent;
pub(crate) use date_against_order::DateAgainstOrder;
pub(crate) use distance_against_dates::DistanceAgainstDates;
pub(crate) use effect_before_cause::EffectBeforeCause;
pub(crate) use exclusive_orders::ExclusiveOrders;
pub(crate) use part_outside_whole::PartOutsideWhole;

use super::left_over::FirstTen;
use crate::check::Context;
use crate::chronology::premises::{Chronicle, Fact, Sort};
use crate::chronology::{Choice, Chronology, Conflict, Decision, Premise, decide, scale};
use crate::finding::{Code, Finding, Path, Place, Severity};
use crate::model::{Facts, RecordRef};
use crate::query::chronicle::{confidence, words};
use crate::time::{AllenSet, Date};

/// The most facts of a conflict that are shown with their lines.
const SHOWN: usize = 12;

/// What the whole group of rules finds.
pub(crate) struct Conflicts;

impl Conflicts {
    /// Adds a finding for each conflict.
    pub(crate) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
        let facts = context.facts();
        let mut by_code: Vec<(&'static Code, FirstTen)> = Vec::new();
        let mut seen: BTreeSet<Vec<RecordRef>> = BTreeSet::new();
        // As vague dates allow at most; then as they are written: what only then cannot be is
        // unlikely.
        let slack = context.thresholds().slack;
        let vague = facts.dates.iter().any(Date::takes_slack) && slack > 0;
        for (units, severity) in [(slack, Severity::Error), (0, Severity::Warning)] {
            if severity == Severity::Warning && !vague {
                continue;
            }
            let chronicle = Chronicle::of(facts, units);
            let sure = |premise: Premise| confidence(facts, chronicle.fact(premise));
            let solved = Chronology::of(&chronicle.network, &sure);
            let (chosen, undecided) = of_choices(&chronicle, &solved);
            if undecided && severity == Severity::Error {
                findings.push(not_decided(facts, &chronicle));
            }
            for conflict in solved.conflicts.iter().chain(&chosen) {
                let known: Vec<Fact> = conflict
                    .premises
                    .iter()
                    .map(|one| chronicle.fact(*one))
                    .collect();
                let mut records: Vec<RecordRef> = known.iter().map(|fact| fact.record).collect();
                records.sort_unstable();
                records.dedup();
                if is_told_elsewhere(&known) || !seen.insert(records.clone()) {
                    continue;
                }
                let code = code(facts, &known);
                let nth = by_code
                    .iter()
                    .position(|(one, _)| *one == code)
                    .unwrap_or_else(|| {
                        by_code.push((code, FirstTen::new(code)));
                        by_code.len() - 1
                    });
                if records
                    .iter()
                    .any(|record| context.is_silenced(*record, code))
                {
                    continue;
                }
                let first = records[0];
                by_code[nth].1.add(context, first, || {
                    let mut finding = finding(facts, code, conflict, &known, records);
                    finding.severity = severity;
                    finding
                });
            }
        }
        for (_, found) in by_code {
            found.finish(findings);
        }
    }
}

/// How many constraints the search through choices may look at: a second's work.
const BUDGET: usize = 20_000_000;

/// The conflict of facts of which several leave a choice, if no combination can hold; or that the
/// search ran out.
fn of_choices(chronicle: &Chronicle, solved: &Chronology<'_>) -> (Vec<Conflict>, bool) {
    if chronicle.choices.is_empty() {
        return (Vec::new(), false);
    }
    // What is in a conflict already is told by itself.
    let told: BTreeSet<Premise> = solved
        .conflicts
        .iter()
        .flat_map(|conflict| conflict.premises.iter().copied())
        .collect();
    let rest = chronicle
        .network
        .only(|one| one.premises.iter().all(|one| !told.contains(&one)));
    let mut choices: Vec<Choice> = chronicle.choices.clone();
    choices.retain(|choice| !told.contains(&choice.premise));
    let mut found = Vec::new();
    loop {
        match decide(&rest, &choices, BUDGET) {
            Decision::Possible => return (found, false),
            Decision::NotDecided => return (found, true),
            Decision::Impossible(premises) => {
                let before = choices.len();
                choices.retain(|choice| !premises.contains(&choice.premise));
                let gives = vec![None; premises.len()];
                found.push(Conflict { premises, gives });
                // Each round takes a choice away, so that it ends.
                if choices.len() == before {
                    return (found, false);
                }
            }
        }
    }
}

fn not_decided(facts: &Facts, chronicle: &Chronicle) -> Finding {
    let choices = chronicle.choices.len();
    let first = chronicle
        .choices
        .first()
        .map(|choice| chronicle.fact(choice.premise));
    let mut finding = Finding::new(
        &chain::CODE,
        format!("whether the {choices} facts that leave a choice can all be true is not decided"),
    )
    .note("the search through their combinations was given up after its budget")
    .help("date things more exactly, or say which of several relations holds");
    if let Some(fact) = first {
        finding = finding
            .at(place(facts, fact), words(facts, fact))
            .of(fact.record);
    }
    finding.severity = Severity::Info;
    finding
}

/// Whether rules about single facts find this already: a date against a publication, an office, a
/// lifespan.
fn is_told_elsewhere(known: &[Fact]) -> bool {
    let ties = known.iter().filter(|fact| fact.sort != Sort::Date);
    let ties: Vec<Sort> = ties.map(|fact| fact.sort).collect();
    matches!(
        ties.as_slice(),
        [Sort::Published | Sort::Capacity | Sort::Speaker]
    )
}

fn code(facts: &Facts, known: &[Fact]) -> &'static Code {
    let has = |sort: Sort| known.iter().any(|fact| fact.sort == sort);
    let only = |sorts: &[Sort]| known.iter().all(|fact| sorts.contains(&fact.sort));
    if only(&[Sort::Order]) {
        return if known.len() > 2 && known.iter().all(|fact| is_one_after_another(facts, *fact)) {
            &circle_in_time::CODE
        } else {
            &exclusive_orders::CODE
        };
    }
    if only(&[Sort::Order, Sort::Date]) {
        let apart = known.iter().any(|fact| match fact.record {
            RecordRef::Order(id) => facts[id].apart.is_some(),
            _ => false,
        });
        return if apart {
            &distance_against_dates::CODE
        } else {
            &date_against_order::CODE
        };
    }
    if has(Sort::Answers) || has(Sort::Repeats) {
        &answer_before_question::CODE
    } else if has(Sort::At) {
        &claim_outside_event::CODE
    } else if has(Sort::Causes) {
        &effect_before_cause::CODE
    } else if has(Sort::PartOf) {
        &part_outside_whole::CODE
    } else {
        &chain::CODE
    }
}

/// Whether an order says that one thing is over when, or before, the other begins.
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

fn finding(
    facts: &Facts,
    code: &'static Code,
    conflict: &Conflict,
    known: &[Fact],
    records: Vec<RecordRef>,
) -> Finding {
    let said: Vec<String> = known.iter().map(|fact| words(facts, *fact)).collect();
    let mut finding = Finding::new(code, message(code, &said));
    for (fact, words) in known.iter().zip(&said).take(SHOWN) {
        finding = finding.at(place(facts, *fact), words.clone());
    }
    if known.len() > SHOWN {
        finding = finding.note(format!("{} more facts belong to it", known.len() - SHOWN));
    }
    finding = finding.note(match known.len() {
        1 => "it cannot be true by itself".to_owned(),
        2 => "only one of the two can be true".to_owned(),
        _ => "any one of them left out, the others can be true".to_owned(),
    });
    let dated = known
        .iter()
        .zip(&conflict.gives)
        .filter_map(|(fact, gives)| Some((fact, (*gives)?)))
        .filter(|(fact, _)| fact.sort == Sort::Date);
    for (fact, gives) in dated.take(4) {
        let days = scale::days_missing(gives);
        let days = if days == 1 {
            "1 day".to_owned()
        } else {
            format!("{days} days")
        };
        let name = crate::finding::shown(facts.id(fact.record));
        finding = finding.help(format!(
            "if all else is right, the date of {name} is off by {days} at least"
        ));
    }
    if known.iter().all(|fact| fact.sort == Sort::Order) {
        finding = finding.help("turn one of the orders round, or leave it out");
    }
    finding.records = records;
    finding
}

fn message(code: &'static Code, said: &[String]) -> String {
    match said {
        [one] => format!("{one}: that cannot be"),
        [one, other] => format!("{one}, and {other}: that cannot be"),
        several if *code == circle_in_time::CODE => {
            let shown: Vec<&str> = several.iter().take(4).map(String::as_str).collect();
            let more = several.len().saturating_sub(4);
            let tail = if more == 0 {
                String::new()
            } else {
                format!("; and {more} more")
            };
            format!(
                "these {} each come before the next, in a circle: {}{tail}",
                several.len(),
                shown.join("; ")
            )
        }
        several => {
            let shown: Vec<&str> = several.iter().take(4).map(String::as_str).collect();
            let more = several.len().saturating_sub(4);
            let tail = if more == 0 {
                String::new()
            } else {
                format!("; and {more} more")
            };
            format!(
                "these {} facts cannot all be true: {}{tail}",
                several.len(),
                shown.join("; ")
            )
        }
    }
}

/// Where a fact says what it says.
fn place(facts: &Facts, fact: Fact) -> Place {
    let origin = facts.common(fact.record).origin;
    let field = match (fact.sort, fact.record) {
        (Sort::Date, RecordRef::Document(_)) => "published",
        (Sort::Date, RecordRef::Actor(_)) => "lifespan",
        (Sort::Date, RecordRef::Claim(_)) => "said",
        (Sort::Date, _) => "when",
        (Sort::Order, _) => return Place::record(origin),
        (Sort::PartOf, _) => "part_of",
        (Sort::Causes, _) => "causes",
        (Sort::At, _) => "at",
        (Sort::Answers, _) => "responds_to",
        (Sort::Repeats, _) => "repeats",
        (Sort::Published, _) => "evidence",
        (Sort::Capacity, _) => "as",
        (Sort::Speaker, _) => "speaker",
    };
    Place::Value(origin, Path::field(field))
}
