//! One conflict of dates for whoever looks at it: its facts, what each would have to be, where they put
//! things in time; and whether the chronology can be true without one of them.

use std::collections::BTreeSet;

use super::repairs::Mended;
use super::{argument, of_choices, shown};
use annals_chronology::premises::{Chronicle, Fact, PremiseKind};
use annals_chronology::{Chronology, Premise};
use annals_finding::Finding;
use annals_model::{Facts, RecordKind, RecordRef};
use annals_query::Dossier;
use annals_query::chronicle::{EndRow, SolvedChronology, date_of, words};
use annals_time::{Bound, Day};

use crate::Policy;

/// A smallest set of facts that cannot all be true.
#[derive(Debug, Clone)]
pub struct ConflictOfDates {
    /// The facts, in the order of an argument: mostly from one date to the one that it contradicts.
    pub facts: Vec<ConflictFact>,
    /// The things that they date or order, as they are met.
    pub things: Vec<ThingInTime>,
    /// The days between what the last date says and what all other facts leave it, the earlier first.
    pub gap: Option<[Day; 2]>,
}

/// A fact of a conflict.
#[derive(Debug, Clone)]
pub struct ConflictFact {
    /// The id of the record that states it.
    pub record: String,
    /// The kind of that record.
    pub kind: RecordKind,
    /// The field that states it; `None` where the whole record does.
    pub field: Option<&'static str>,
    /// Whether it is a date.
    pub is_date: bool,
    /// What it says.
    pub words: String,
    /// What a date or a distance would have to be, were all other facts right.
    pub would_be: Option<String>,
    /// The things that it is about, by their numbers.
    pub things: Vec<usize>,
}

/// A thing with the days on which it can have been.
#[derive(Debug, Clone)]
pub struct ThingInTime {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: RecordKind,
    /// Its first and last day: of its own date, if that is among the facts; else as the others leave it,
    /// without the date that they contradict.
    pub days: [Option<Day>; 2],
}

/// What a chronology is with other facts.
#[derive(Debug, Clone)]
pub struct Tried {
    /// How many conflicts are left.
    pub conflicts: usize,
    /// The things that were in conflict, with the days on which they begin and end.
    pub things: Vec<(String, String, [EndRow; 2])>,
}

/// The conflict that a finding reports; `None` where it reports something else.
pub fn conflict_of(
    dossier: &Dossier<'_>,
    policy: &Policy,
    finding: &Finding,
) -> Option<ConflictOfDates> {
    // A conflict that is there only with dates as written is found without slack.
    [policy.thresholds.slack, 0]
        .into_iter()
        .find_map(|slack| with_slack(dossier.facts(), slack, finding))
}

fn with_slack(facts: &Facts, slack: u32, finding: &Finding) -> Option<ConflictOfDates> {
    let chronicle = Chronicle::without_irrelevant_claims(facts, slack);
    let sure = |premise| chronicle.sure(facts, premise);
    let solved = Chronology::new(&chronicle.network, &sure);
    let (chosen, _) = of_choices(&chronicle, &solved);
    let all = solved.conflicts.iter().chain(&chronicle.left_out);
    all.chain(&chosen).find_map(|conflict| {
        let premises = chronicle.behind(&conflict.premises);
        let premises = argument::argued(facts, &chronicle, premises);
        let known: Vec<Fact> = premises.iter().map(|one| chronicle.fact(*one)).collect();
        let own: BTreeSet<RecordRef> = known.iter().map(|fact| fact.record).collect();
        let of_finding: BTreeSet<RecordRef> = finding.records.iter().copied().collect();
        (own == of_finding).then(|| {
            let mended = Mended::new(facts, &chronicle, &premises, conflict.short);
            drawn(facts, &chronicle, &premises, &mended)
        })
    })
}

fn drawn(
    facts: &Facts,
    chronicle: &Chronicle,
    premises: &[Premise],
    mended: &Mended<'_>,
) -> ConflictOfDates {
    let mut met: Vec<RecordRef> = Vec::new();
    let mut rows = Vec::new();
    for premise in premises {
        let fact = chronicle.fact(*premise);
        let mut things = Vec::new();
        for record in about(facts, fact) {
            let nth = met.iter().position(|one| *one == record);
            things.push(nth.unwrap_or_else(|| {
                met.push(record);
                met.len() - 1
            }));
        }
        rows.push(ConflictFact {
            record: facts.id(fact.record).to_owned(),
            kind: fact.record.kind(),
            field: shown::field(fact),
            is_date: fact.kind == PremiseKind::Date,
            words: words(facts, fact),
            would_be: mended.would_be(*premise),
            things,
        });
    }
    let is_date = |one: &&Premise| chronicle.fact(**one).kind == PremiseKind::Date;
    let last = premises.iter().rev().find(is_date).copied();
    let dated: Vec<RecordRef> = premises
        .iter()
        .filter(is_date)
        .map(|one| chronicle.fact(*one).record)
        .collect();
    let things = met.iter().map(|record| {
        let left = || {
            let [begins, over] = mended.left(last?, *record)?;
            Some([begins[0], over[1]])
        };
        let given = || {
            let [start, end] = given(facts, *record)?;
            Some([start[0], end[1]])
        };
        let own = if dated.contains(record) {
            given()
        } else {
            left()
        };
        ThingInTime {
            id: facts.id(*record).to_owned(),
            name: facts.label(*record).to_owned(),
            kind: record.kind(),
            days: own.unwrap_or_default(),
        }
    });
    ConflictOfDates {
        things: things.collect(),
        gap: last.and_then(|last| gap(facts, chronicle, last, mended)),
        facts: rows,
    }
}

/// The things that a fact dates or orders.
fn about(facts: &Facts, fact: Fact) -> Vec<RecordRef> {
    let things = match fact.record {
        RecordRef::Order(id) => [facts[id].first, facts[id].second],
        record => [Some(record), fact.other],
    };
    let mut all: Vec<RecordRef> = things.into_iter().flatten().collect();
    all.dedup();
    all
}

/// The days on which a record began and ended, by its own date.
fn given(facts: &Facts, record: RecordRef) -> Option<[[Option<Day>; 2]; 2]> {
    let extent = date_of(facts, record)?.extent();
    Some([
        [extent.earliest_start(), extent.latest_start()].map(Bound::day),
        [extent.earliest_end(), extent.latest_end()].map(Bound::day),
    ])
}

/// The days that are missing between a date and what all other facts leave it.
fn gap(
    facts: &Facts,
    chronicle: &Chronicle,
    premise: Premise,
    mended: &Mended<'_>,
) -> Option<[Day; 2]> {
    let record = chronicle.fact(premise).record;
    let left = mended.left(premise, record)?;
    let given = given(facts, record)?;
    left.iter().zip(&given).find_map(|(left, given)| {
        let late = left[0].zip(given[1]).filter(|(left, given)| left > given);
        let early = left[1].zip(given[0]).filter(|(left, given)| left < given);
        late.map(|(left, given)| [given, left])
            .or(early.map(|(left, given)| [left, given]))
    })
}

/// The chronology without one of the facts of a conflict.
pub fn without_fact(
    dossier: &Dossier<'_>,
    policy: &Policy,
    conflict: &ConflictOfDates,
    nth: usize,
) -> Option<Tried> {
    let facts = dossier.facts();
    let left_out = conflict.facts.get(nth)?;
    let is_meant = |fact: Fact| {
        facts.id(fact.record) == left_out.record && words(facts, fact) == left_out.words
    };
    let chronicle = Chronicle::without_fact(facts, policy.thresholds.slack, &is_meant);
    Some(tried(dossier, &chronicle, conflict))
}

/// The chronology of other facts, such as those that a plan would make, for the things of a conflict.
pub fn with_other_facts(
    dossier: &Dossier<'_>,
    policy: &Policy,
    conflict: &ConflictOfDates,
) -> Tried {
    let slack = policy.thresholds.slack;
    let chronicle = Chronicle::without_irrelevant_claims(dossier.facts(), slack);
    tried(dossier, &chronicle, conflict)
}

fn tried(dossier: &Dossier<'_>, chronicle: &Chronicle, conflict: &ConflictOfDates) -> Tried {
    let solved = SolvedChronology::with_bounds(dossier, chronicle);
    let (chosen, _) = of_choices(chronicle, solved.solved());
    let facts = dossier.facts();
    let things = conflict.things.iter().filter_map(|thing| {
        let ends = solved.ends(facts.find(&thing.id)?)?;
        Some((thing.id.clone(), thing.name.clone(), ends))
    });
    Tried {
        conflicts: solved.solved().conflicts.len() + chronicle.left_out.len() + chosen.len(),
        things: things.collect(),
    }
}
