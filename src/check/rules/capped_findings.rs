//! At most ten findings of one kind, then a count.

use super::link::left_over;
use crate::Context;
use annals_finding::wording;
use annals_finding::{Code, Finding, Place};
use annals_model::{Facts, RecordKind, RecordRef, Vocabulary as _};

/// The most findings of one kind that are listed.
const MOST: usize = 10;

/// The first ten findings of a rule, and how many more there are. Findings that records suppress
/// are not counted.
pub(super) struct CappedFindings {
    code: &'static Code,
    found: Vec<Finding>,
    more: usize,
}

impl CappedFindings {
    pub(super) fn new(code: &'static Code) -> Self {
        CappedFindings {
            code,
            found: Vec::new(),
            more: 0,
        }
    }

    /// Adds a finding at a record; it is only built if it is listed.
    pub(super) fn add(
        &mut self,
        context: &Context<'_>,
        record: RecordRef,
        finding: impl FnOnce() -> Finding,
    ) {
        if context.is_silenced(record, self.code) {
            return;
        }
        if self.found.len() < MOST {
            self.found.push(finding());
        } else {
            self.more += 1;
        }
    }

    pub(super) fn finish(mut self, findings: &mut Vec<Finding>) {
        left_over(&mut self.found, self.more);
        findings.append(&mut self.found);
    }
}

/// Records that share one finding: the first three are shown in their files, the first ten are
/// named, and all are in its list of records.
pub(super) struct Together {
    code: &'static Code,
    records: Vec<RecordRef>,
}

impl Together {
    /// How many are shown in their files.
    const SHOWN: usize = 3;

    pub(super) fn new(code: &'static Code) -> Self {
        Together {
            code,
            records: Vec::new(),
        }
    }

    /// Adds a record, unless it suppresses the finding.
    pub(super) fn add(&mut self, context: &Context<'_>, record: RecordRef) {
        if !context.is_silenced(record, self.code) {
            self.records.push(record);
        }
    }

    /// The finding: "claim c1" or "3 claims", with the message for one or for several of them.
    pub(super) fn finding(&self, facts: &Facts, one: &str, many: &str) -> Option<Finding> {
        let subject = match self.records.as_slice() {
            [] => return None,
            [only] => format!("{} {one}", wording::record(facts, *only)),
            several => format!("{} {many}", Self::counted(several)),
        };
        let mut finding = Finding::new(self.code, subject);
        for (nth, record) in self.records.iter().take(Self::SHOWN).enumerate() {
            let common = facts.common(*record);
            let place = if common.named {
                Place::value(common.origin, "id")
            } else {
                Place::record(common.origin)
            };
            finding = finding.at(place, if nth == 0 { "" } else { "and this" });
        }
        if self.records.len() > Self::SHOWN {
            let ids = self.records.iter().take(MOST);
            let ids: Vec<String> = ids
                .map(|record| annals_finding::shown(facts.id(*record)))
                .collect();
            let more = match self.records.len().saturating_sub(MOST) {
                0 => String::new(),
                more => format!(", and {more} more"),
            };
            finding = finding.note(format!("they are {}{more}", ids.join(", ")));
        }
        finding.records.clone_from(&self.records);
        Some(finding)
    }

    fn counted(records: &[RecordRef]) -> String {
        let kinds = RecordKind::ALL.iter().filter_map(|kind| {
            let count = records
                .iter()
                .filter(|record| record.kind() == *kind)
                .count();
            (count > 0).then(|| wording::count(count, kind.word(), kind.plural()))
        });
        kinds.collect::<Vec<_>>().join(" and ")
    }
}
