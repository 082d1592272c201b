//! The input of a rule: the facts, the thresholds, and what the records themselves suppress.

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{Policy, Thresholds};
use annals_finding::{Code, Severity};
use annals_load::LoadResult;
use annals_model::{Facts, Ignore, RecordRef};
use annals_time::{Certainty, Date, DayRelation, compare};

/// The input of a rule.
#[derive(Debug)]
pub struct Context<'l> {
    /// The loaded facts.
    pub loaded: &'l LoadResult,
    policy: &'l Policy,
    /// Whether findings are only counted.
    only_counts: bool,
    /// The ignores that have suppressed something: record, and index among its ignores.
    used: Mutex<BTreeSet<(RecordRef, usize)>>,
}

impl<'l> Context<'l> {
    pub(super) fn new(loaded: &'l LoadResult, policy: &'l Policy, only_counts: bool) -> Self {
        Context {
            loaded,
            policy,
            only_counts,
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

    /// Whether findings are only counted, so that they need not be worded.
    pub fn only_counts(&self) -> bool {
        self.only_counts
    }

    /// Whether any record suppresses findings of a code.
    pub fn is_suppressed(&self, code: &Code) -> bool {
        let mut ignores = self.facts().lists.ignores.items().iter();
        ignores.any(|one| names(self.facts(), one, code))
    }

    /// Whether a record suppresses findings of a code; records that it does.
    pub fn is_silenced(&self, record: RecordRef, code: &Code) -> bool {
        let found = ignores(self.facts(), record)
            .iter()
            .position(|one| names(self.facts(), one, code));
        if let Some(nth) = found {
            self.used().insert((record, nth));
        }
        found.is_some()
    }

    /// The set is consistent between insertions, even if a thread panicked.
    fn used(&self) -> MutexGuard<'_, BTreeSet<(RecordRef, usize)>> {
        self.used.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether an ignore of a record has suppressed something.
    pub(super) fn has_silenced(&self, record: RecordRef, nth: usize) -> bool {
        self.used().contains(&(record, nth))
    }

    /// Whether a rule must run, given the least severity requested. A rule below it still runs if a
    /// record suppresses its code, so that the ignore is known to be used.
    pub(super) fn is_requested(&self, code: &Code, least: Severity) -> bool {
        let worst = self.policy.judged(code).unwrap_or(code.severity);
        worst >= least || self.is_suppressed(code)
    }

    /// Whether all findings of a code are suppressed.
    pub fn leaves_out(&self, code: &Code) -> bool {
        self.policy.leaves_out(code)
    }

    /// The severity of a violated relation between two dates: an error if it is impossible even
    /// when vague dates are given their slack, a warning if it is only impossible without; `None`
    /// if it is possible.
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
