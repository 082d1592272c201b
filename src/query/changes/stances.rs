//! The positions that are others than before.

use std::collections::BTreeSet;

use super::{Asked, ChangeKind, Knowing, KnownRow, position, position_words};
use crate::positions::{ListedStance, listed_stances};
use annals_model::{ActorId, NodeRef, RecordRef};

/// The stances of one speaker toward one subject, as listed, with when each came to be known.
struct Listed<'s> {
    stances: &'s [ListedStance],
    knowing: Vec<Knowing>,
    /// How many of the first so many can be unknown before the period; known at its end; unknown at
    /// both: to tell whether all in a range can be.
    unknown_before: Vec<usize>,
    unknown_after: Vec<usize>,
    unknown_both: Vec<usize>,
}

impl<'s> Listed<'s> {
    fn new(asked: &Asked<'_, '_, '_>, stances: &'s [ListedStance]) -> Self {
        let knowing: Vec<Knowing> = stances.iter().map(|one| asked.knowing(one.claim)).collect();
        let sums = |of: &dyn Fn(&Knowing) -> bool| {
            let mut sums = vec![0];
            for one in &knowing {
                let sum = sums.last().copied().unwrap_or(0) + usize::from(of(one));
                sums.push(sum);
            }
            sums
        };
        Listed {
            unknown_before: sums(&|one| one.holds(|state| !state.before).is_possible()),
            unknown_after: sums(&|one| one.holds(|state| !state.after).is_possible()),
            unknown_both: sums(&|one| {
                one.holds(|state| !state.before && !state.after)
                    .is_possible()
            }),
            stances,
            knowing,
        }
    }

    /// The positions that can be the latest: `None` where none is known.
    fn can_be_latest(
        &self,
        unknown: &[usize],
        known: impl Fn(&Knowing) -> bool,
    ) -> Vec<Option<usize>> {
        let mut found = Vec::new();
        for at in (0..self.stances.len()).rev() {
            if known(&self.knowing[at]) {
                found.push(Some(at));
            }
            if unknown[at + 1] == unknown[at] {
                // It is certainly known, and hides all before it.
                return found;
            }
        }
        found.push(None);
        found
    }

    /// Whether one can be the latest known before, and the other the latest at the end.
    fn can_be(&self, before: Option<usize>, after: Option<usize>) -> bool {
        let next = |at: Option<usize>| at.map_or(0, |at| at + 1);
        let all = |sums: &[usize], from: usize, to: usize| {
            from >= to || sums[to] - sums[from] == to - from
        };
        let (first, second) = (next(before).min(next(after)), next(before).max(next(after)));
        let count = self.stances.len();
        if !all(&self.unknown_both, second, count) {
            return false;
        }
        let holds = |at: usize, of: &dyn Fn(super::InForce) -> bool| {
            self.knowing[at].holds(of).is_possible()
        };
        match (before, after) {
            (None, None) => true,
            (Some(one), Some(other)) if one == other => {
                holds(one, &|state| state.before && state.after)
            }
            _ if next(before) < next(after) => {
                let Some(after) = after else { return false };
                holds(after, &|state| !state.before && state.after)
                    && all(&self.unknown_before, first, second - 1)
                    && before.is_none_or(|before| holds(before, &|state| state.before))
            }
            _ => {
                let Some(before) = before else { return false };
                holds(before, &|state| state.before && !state.after)
                    && all(&self.unknown_after, first, second - 1)
                    && after.is_none_or(|after| holds(after, &|state| state.after))
            }
        }
    }
}

/// The positions that changed by what came to be known: a row for each latest claim that a speaker
/// can have toward a subject, where the claim that was the latest before took another stance. A first
/// position is not a change: its claim is listed.
pub(super) fn positions(asked: &Asked<'_, '_, '_>) -> Vec<KnownRow> {
    let mut rows = Vec::new();
    for ((speaker, toward), stances) in listed_stances(asked.dossier.loaded, &asked.everything) {
        let mut claims = BTreeSet::new();
        let once: Vec<ListedStance> = (stances.into_iter())
            .filter(|one| claims.insert(one.claim))
            .collect();
        rows.extend(of_holder(asked, (speaker, toward), &once));
    }
    rows
}

fn of_holder(
    asked: &Asked<'_, '_, '_>,
    (speaker, toward): (ActorId, NodeRef),
    stances: &[ListedStance],
) -> Vec<KnownRow> {
    let facts = asked.facts();
    let listed = Listed::new(asked, stances);
    let some = |one: &Knowing, of: fn(super::InForce) -> bool| one.holds(of).is_possible();
    let before = listed.can_be_latest(&listed.unknown_before, |one| {
        some(one, |state| state.before)
    });
    let after = listed.can_be_latest(&listed.unknown_after, |one| some(one, |state| state.after));
    let mut found = BTreeSet::new();
    let mut always = true;
    for one in &before {
        for other in &after {
            // Most positions neither change nor are uncertain.
            if !listed.can_be(*one, *other) {
                continue;
            }
            match (one, other) {
                (Some(one), Some(other)) if stances[*one].value != stances[*other].value => {
                    found.insert((*other, stances[*one].value));
                }
                _ => always = false,
            }
        }
    }
    let is_only = always && found.len() == 1;
    let each = found.iter().map(|&(latest, from)| {
        let stance = &stances[latest];
        let knowing = &listed.knowing[latest];
        let certain = is_only && stance.certain && is_surely_last(stances, latest);
        let is_new = knowing.is_new().is_possible();
        let claim = RecordRef::Claim(stance.claim);
        // Where an older stance stands again, what hid it was retracted.
        let hidden = stances.iter().zip(&listed.knowing).skip(latest + 1);
        let hidden = hidden.filter_map(|(_, one)| one.retracted_on).max();
        KnownRow {
            day: if is_new { knowing.day } else { hidden },
            because: is_new.then(|| asked.document(claim)).flatten(),
            before: Some(position(facts, toward, from)),
            after: Some(position(facts, toward, stance.value)),
            label: position_words(facts, speaker.into(), toward),
            ..asked.row(ChangeKind::Position, claim, certain)
        }
    });
    each.collect()
}

/// Whether no stance that is listed before one can have been taken after it.
fn is_surely_last(stances: &[ListedStance], latest: usize) -> bool {
    let first = stances[latest].first;
    let value = stances[latest].value;
    let others = stances[..latest].iter().filter(|one| one.value != value);
    others.into_iter().all(|one| one.last <= first)
}
