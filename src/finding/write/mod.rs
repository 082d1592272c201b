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
pub use sarif::Sarif;
pub use text::{Drawing, Letters, text};

use std::collections::BTreeMap;

use super::{Code, Finding, Severity};

/// The most findings of one code that forms for people show, where a rule can find many.
pub const MOST_OF_A_CODE: usize = 10;

/// The findings that forms for people show: of each code of which there can be many, the first
/// [`MOST_OF_A_CODE`]. With the last one that is shown comes how many are not.
pub fn first_of_each_code<'f>(
    findings: &'f [Finding],
    can_be_many: impl Fn(&Code) -> bool,
    wanted: impl Fn(&Finding) -> bool + Clone + 'f,
) -> impl Iterator<Item = (&'f Finding, usize)> {
    let mut left: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for finding in findings.iter().filter(|one| wanted(one)) {
        if can_be_many(finding.code) {
            left.entry(finding.code.code).or_default().1 += 1;
        }
    }
    let wanted = findings.iter().filter(move |one| wanted(one));
    wanted.filter_map(move |finding| {
        let Some((shown, all)) = left.get_mut(finding.code.code) else {
            return Some((finding, 0));
        };
        *shown += 1;
        let more = if *shown == MOST_OF_A_CODE {
            *all - MOST_OF_A_CODE
        } else {
            0
        };
        (*shown <= MOST_OF_A_CODE).then_some((finding, more))
    })
}

/// How many findings of a code are not shown after the last that is.
pub fn not_shown(code: &Code, more: usize) -> Option<String> {
    let code = code.code;
    match more {
        0 => None,
        1 => Some(format!(
            "1 more {code} is not shown; annals check -f concise lists all"
        )),
        _ => Some(format!(
            "{more} more {code} are not shown; annals check -f concise lists all"
        )),
    }
}

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
    /// Counts findings.
    pub fn new(findings: &[Finding]) -> Self {
        let mut counts = Counts::default();
        for finding in findings {
            counts.add(finding.severity, 1 + finding.more);
        }
        counts
    }

    /// Adds this many of a severity.
    pub fn add(&mut self, severity: Severity, count: usize) {
        match severity {
            Severity::Error => self.errors += count,
            Severity::Warning => self.warnings += count,
            Severity::Info => self.infos += count,
        }
    }

    /// The number of each severity that there is: `2 errors`, `1 remark`.
    pub fn words(self) -> Vec<String> {
        let parts = [
            number(self.errors, "error", "errors"),
            number(self.warnings, "warning", "warnings"),
            number(self.infos, "remark", "remarks"),
        ];
        parts.into_iter().flatten().collect()
    }

    /// The last line of a check: `2 errors, 1 warning in 43 records`.
    pub fn line(self, records: usize) -> String {
        let parts = self.words();
        let records = number(records, "record", "records").unwrap_or("0 records".to_owned());
        if parts.is_empty() {
            return format!("no findings in {records}");
        }
        format!("{} in {records}", parts.join(", "))
    }
}

/// How many there are, if there are any.
fn number(count: usize, one: &str, many: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{count} {many}")),
    }
}
