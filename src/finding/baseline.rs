//! A baseline: the findings that are already known, so that only new ones are shown.
//!
//! A finding is identified by its code, its records and its message, not by its line, so it stays
//! known when lines move.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Finding;
use annals_model::Facts;

/// The schema of a baseline file.
const SCHEMA: &str = "annals.baseline/1";

/// Known findings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Baseline {
    schema: String,
    findings: Vec<Known>,
}

/// A known finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    code: String,
    records: Vec<String>,
    message: String,
}

impl Known {
    fn new(finding: &Finding, facts: &Facts) -> Self {
        let records = finding
            .records
            .iter()
            .map(|record| facts.id(*record).to_owned());
        Known {
            code: finding.code.code.to_owned(),
            records: records.collect(),
            message: finding.message.clone(),
        }
    }
}

impl Baseline {
    /// A baseline of these findings.
    pub fn from_findings(findings: &[Finding], facts: &Facts) -> Self {
        let mut known: Vec<Known> = findings.iter().map(|one| Known::new(one, facts)).collect();
        known.sort();
        Baseline {
            schema: SCHEMA.to_owned(),
            findings: known,
        }
    }

    /// Parses a baseline.
    ///
    /// # Errors
    /// If it is not a baseline, or has a later version.
    pub fn read(text: &str) -> Result<Self, String> {
        let baseline: Baseline = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if baseline.schema == SCHEMA {
            Ok(baseline)
        } else {
            Err(format!(
                "its format is {}, but this program reads {SCHEMA}",
                baseline.schema
            ))
        }
    }

    /// The new findings, the number of known ones, and the number of known ones that are gone. A
    /// finding that occurs twice must be in the baseline twice.
    pub fn sift<'f>(
        &self,
        findings: &'f [Finding],
        facts: &Facts,
    ) -> (Vec<&'f Finding>, usize, usize) {
        let mut left: BTreeMap<&Known, usize> = BTreeMap::new();
        for known in &self.findings {
            *left.entry(known).or_default() += 1;
        }
        let fresh: Vec<&Finding> = findings
            .iter()
            .filter(|finding| match left.get_mut(&Known::new(finding, facts)) {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    false
                }
                _ => true,
            })
            .collect();
        let known = findings.len() - fresh.len();
        (fresh, known, left.values().sum())
    }
}
