//! The facts of a conflict in the order of an argument: from one date, through the relations that
//! link each record to the next, to the date that it contradicts.

use annals_chronology::Premise;
use annals_chronology::premises::{Chronicle, Fact, PremiseKind};
use annals_model::{Facts, RecordRef};

/// Longer arguments are left in the order of the circle.
const MOST: usize = 100;

/// The premises of a conflict, which form a cycle, rotated to begin and end with a date if the
/// others lead from the one to the other.
pub(super) fn argued(facts: &Facts, chronicle: &Chronicle, premises: Vec<Premise>) -> Vec<Premise> {
    let dates = premises.iter().filter(|one| is_date(chronicle, **one));
    let dates: Vec<Premise> = dates.copied().collect();
    if !(3..=MOST).contains(&premises.len()) {
        return premises;
    }
    if let [one, other] = *dates.as_slice() {
        let ways = [(one, other), (other, one)]
            .map(|(first, last)| chain(facts, chronicle, &premises, first, last));
        let chosen = match ways {
            [Some(one), Some(other)] => {
                let backward = forward(facts, chronicle, &other) > forward(facts, chronicle, &one);
                Some(if backward { other } else { one })
            }
            [one, other] => one.or(other),
        };
        if let Some(chosen) = chosen {
            return chosen;
        }
    }
    from_date_to_date(chronicle, premises)
}

fn is_date(chronicle: &Chronicle, premise: Premise) -> bool {
    chronicle.fact(premise).kind == PremiseKind::Date
}

/// The two records that a fact connects.
fn ends(facts: &Facts, fact: Fact) -> Option<(RecordRef, RecordRef)> {
    match fact.record {
        RecordRef::Order(id) => facts[id].first.zip(facts[id].second),
        record => Some((record, fact.other?)),
    }
}

/// How many of the relations between two dates read from subject to object: a single one always
/// counts, among several only the orders.
fn forward(facts: &Facts, chronicle: &Chronicle, way: &[Premise]) -> usize {
    let mut at = chronicle.fact(way[0]).record;
    let mut count = 0;
    for premise in &way[1..way.len() - 1] {
        let fact = chronicle.fact(*premise);
        let Some((one, other)) = ends(facts, fact) else {
            continue;
        };
        let counts = way.len() == 3 || fact.kind == PremiseKind::Order;
        count += usize::from(counts && one == at);
        at = if one == at { other } else { one };
    }
    count
}

/// All of the premises from one date to the other, each relation continuing where the previous one
/// ended.
fn chain(
    facts: &Facts,
    chronicle: &Chronicle,
    premises: &[Premise],
    first: Premise,
    last: Premise,
) -> Option<Vec<Premise>> {
    let mut left: Vec<Premise> = premises.to_vec();
    left.retain(|one| *one != first && *one != last);
    let mut chain = vec![first];
    let mut at = chronicle.fact(first).record;
    while !left.is_empty() {
        let (nth, next) = left.iter().enumerate().find_map(|(nth, one)| {
            let (a, b) = ends(facts, chronicle.fact(*one))?;
            match at {
                _ if a == at => Some((nth, b)),
                _ if b == at => Some((nth, a)),
                _ => None,
            }
        })?;
        chain.push(left.remove(nth));
        at = next;
    }
    chain.push(last);
    (at == chronicle.fact(last).record).then_some(chain)
}

/// The cycle, rotated to begin where two dates meet.
fn from_date_to_date(chronicle: &Chronicle, mut premises: Vec<Premise>) -> Vec<Premise> {
    let date = |nth: usize| is_date(chronicle, premises[nth % premises.len()]);
    let meet = (0..premises.len()).find(|nth| date(*nth) && date(nth + 1));
    if let Some(nth) = meet {
        let first = (nth + 1) % premises.len();
        premises.rotate_left(first);
    }
    premises
}
