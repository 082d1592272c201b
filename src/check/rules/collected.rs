//! The findings of a rule, as they are collected: all of them, or only their number.

use crate::Context;
use annals_finding::wording;
use annals_finding::{Code, Finding, Place, Severity};
use annals_model::{Facts, RecordKind, RecordRef, Vocabulary as _};

/// The findings of a rule. Where findings are only counted, one of each severity is kept, with the
/// number that it stands for.
pub(super) struct Collected {
    code: &'static Code,
    found: Vec<Finding>,
    /// Whether some record suppresses findings of the code.
    is_suppressed: bool,
}

impl Collected {
    pub(super) fn new(context: &Context<'_>, code: &'static Code) -> Self {
        Collected {
            code,
            found: Vec::new(),
            is_suppressed: context.is_suppressed(code),
        }
    }

    /// Adds a finding at a record.
    pub(super) fn add(
        &mut self,
        context: &Context<'_>,
        record: RecordRef,
        severity: Severity,
        finding: impl FnOnce() -> Finding,
    ) {
        self.add_of(context, &[record], severity, finding);
    }

    /// Adds a finding, unless one of these records suppresses it. It is not built if it is only
    /// counted.
    pub(super) fn add_of(
        &mut self,
        context: &Context<'_>,
        records: &[RecordRef],
        severity: Severity,
        finding: impl FnOnce() -> Finding,
    ) {
        let mut records = records.iter();
        if self.is_suppressed && records.any(|one| context.is_silenced(*one, self.code)) {
            return;
        }
        if context.only_counts() && !self.is_suppressed {
            self.count(severity);
            return;
        }
        let mut finding = finding();
        finding.severity = severity;
        if !context.only_counts() {
            self.found.push(finding);
            return;
        }
        let mut records = finding.records.iter();
        if !records.any(|one| context.is_silenced(*one, self.code)) {
            self.count(severity);
        }
    }

    fn count(&mut self, severity: Severity) {
        match self.found.iter_mut().find(|one| one.severity == severity) {
            Some(one) => one.more += 1,
            None => {
                let mut one = Finding::new(self.code, "");
                one.severity = severity;
                self.found.push(one);
            }
        }
    }

    pub(super) fn finish(mut self, findings: &mut Vec<Finding>) {
        findings.append(&mut self.found);
    }
}

/// Records that share one finding: the first ten are named in a note, and all are in its lists of
/// records and places.
pub(super) struct Together {
    code: &'static Code,
    records: Vec<RecordRef>,
}

impl Together {
    /// With more, a note names them.
    const FEW: usize = 3;

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
        for (nth, record) in self.records.iter().enumerate() {
            let common = facts.common(*record);
            let place = if common.named {
                Place::value(common.origin, "id")
            } else {
                Place::record(common.origin)
            };
            finding = if nth == 0 {
                finding.at(place, "")
            } else {
                finding.also_at(place)
            };
        }
        if self.records.len() > Self::FEW {
            let ids = wording::some_ids(facts, &self.records);
            finding = finding.note(format!("they are {ids}"));
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
