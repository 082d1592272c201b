//! Writers of findings: rendered with their lines, one per line, as JSON.

mod concise;
mod github;
mod json;
mod sarif;
mod text;
mod window;

#[cfg(test)]
mod tests;

pub use concise::concise;
pub use github::github;
pub use json::{FindingRow, FixRow, PlaceRow, Summary, row};
pub use sarif::sarif;
pub use text::{Drawing, Letters, text};

use super::{Finding, Severity};

/// The number of findings by severity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// The rest.
    pub infos: usize,
}

impl Counts {
    /// Counts findings, including those that are not listed.
    pub fn new(findings: &[Finding]) -> Self {
        let mut counts = Counts::default();
        for finding in findings {
            match finding.severity {
                Severity::Error => counts.errors += 1 + finding.more,
                Severity::Warning => counts.warnings += 1 + finding.more,
                Severity::Info => counts.infos += 1 + finding.more,
            }
        }
        counts
    }

    /// The last line of a check: `2 errors, 1 warning in 43 records`.
    pub fn line(self, records: usize) -> String {
        let number = |count: usize, one: &str, many: &str| match count {
            0 => None,
            1 => Some(format!("1 {one}")),
            _ => Some(format!("{count} {many}")),
        };
        let parts = [
            number(self.errors, "error", "errors"),
            number(self.warnings, "warning", "warnings"),
            number(self.infos, "remark", "remarks"),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        let records = number(records, "record", "records").unwrap_or("0 records".to_owned());
        if parts.is_empty() {
            return format!("no findings in {records}");
        }
        format!("{} in {records}", parts.join(", "))
    }
}
