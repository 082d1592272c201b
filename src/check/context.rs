//! What a rule is given: the facts, the thresholds, and what the records themselves silence.

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{Policy, Thresholds};
use annals_finding::{Code, Severity};
use annals_load::LoadResult;
use annals_model::{Facts, Ignore, RecordRef};
use annals_time::{Certainty, Date, DayRelation, compare};

/// What a rule is given.
#[derive(Debug)]
pub struct Context<'l> {
    /// What was read.
    pub loaded: &'l LoadResult,
    policy: &'l Policy,
    /// The ignores that have silenced something: record, and which of its ignores.
    used: Mutex<BTreeSet<(RecordRef, usize)>>,
}

impl<'l> Context<'l> {
    pub(super) fn new(loaded: &'l LoadResult, policy: &'l Policy) -> Self {
        Context {
            loaded,
            policy,
            used: Mutex::default(),
        }
    }

    /// The facts.
    pub fn facts(&self) -> &'l Facts {
        &self.loaded.facts
    }

    /// The numbers to judge by.
    pub fn thresholds(&self) -> &'l Thresholds {
        &self.policy.thresholds
    }

    /// Whether a record silences findings of a code; that it does is remembered.
    pub fn is_silenced(&self, record: RecordRef, code: &Code) -> bool {
        let found = ignores(self.facts(), record)
            .iter()
            .position(|one| names(self.facts(), one, code));
        if let Some(nth) = found {
            self.used().insert((record, nth));
        }
        found.is_some()
    }

    /// A set is whole between two insertions, whatever became of the thread that made them.
    fn used(&self) -> MutexGuard<'_, BTreeSet<(RecordRef, usize)>> {
        self.used.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether an ignore of a record has silenced something.
    pub(super) fn has_silenced(&self, record: RecordRef, nth: usize) -> bool {
        self.used().contains(&(record, nth))
    }

    /// Whether a rule is to be gone through for what is at least so bad. One that finds nothing of the
    /// sort is nevertheless where a record silences it, so that this is known to silence something.
    pub(super) fn can_tell(&self, code: &Code, least: Severity) -> bool {
        let worst = self.policy.judged(code).unwrap_or(code.severity);
        let facts = self.facts();
        let mut ignores = facts.lists.ignores.items().iter();
        worst >= least || ignores.any(|one| names(facts, one, code))
    }

    /// Whether findings of a code are left out altogether.
    pub fn leaves_out(&self, code: &Code) -> bool {
        self.policy.leaves_out(code)
    }

    /// How bad it is that a relation between two dates ought to hold and cannot: an error if it
    /// cannot even when vague dates are given their slack, else a warning; `None` if it can.
    pub fn ruled_out(&self, a: &Date, relation: DayRelation, b: &Date) -> Option<Severity> {
        if compare(a, relation, b) != Certainty::Never {
            return None;
        }
        let units = self.thresholds().slack;
        let vague = |date: &Date| {
            if date.takes_slack() {
                date.widened(units)
            } else {
                date.clone()
            }
        };
        let with_slack = compare(&vague(a), relation, &vague(b));
        Some(if with_slack == Certainty::Never {
            Severity::Error
        } else {
            Severity::Warning
        })
    }
}

/// The ignores of a record.
pub(super) fn ignores(facts: &Facts, record: RecordRef) -> &[Ignore] {
    let list = facts.more(record).map(|more| more.ignore);
    list.map_or(&[], |list| facts.list(list))
}

/// Whether an ignore names a code, by its number or its name.
fn names(facts: &Facts, ignore: &Ignore, code: &Code) -> bool {
    let word = facts.name(ignore.code);
    word == code.code || word == code.name
}
