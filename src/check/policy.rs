//! What the user has decided about findings: codes left out, severities, thresholds.

use std::collections::{BTreeMap, BTreeSet};

use annals_finding::{Code, Finding, Severity};

/// What the user has decided about findings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Policy {
    /// Codes (or names of codes) that are not shown.
    pub ignored: BTreeSet<String>,
    /// How bad findings of a code are, by its number or name, where not as it says itself.
    pub severities: BTreeMap<String, Severity>,
    /// The numbers that rules judge by.
    pub thresholds: Thresholds,
}

/// The numbers that rules judge by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thresholds {
    /// By how many units of its precision a date with `?`, `~` or `%` may be off.
    pub slack: u32,
    /// The greatest age, in years, at which somebody is thought to speak, act or hold an office.
    pub oldest: u32,
    /// How fast one travels from door to door, in kilometres an hour.
    pub travel_speed: u32,
    /// Roles that one holds at a time, in lower case.
    pub single_holder: Vec<String>,
    /// Kinds of relation beside those that Annals knows.
    pub relation_kinds: Vec<String>,
}

impl Default for Thresholds {
    fn default() -> Self {
        let roles = [
            "president",
            "prime minister",
            "chancellor",
            "secretary general",
            "secretary-general",
            "mayor",
            "king",
            "queen",
            "emperor",
            "pope",
        ];
        Thresholds {
            slack: 1,
            oldest: 120,
            travel_speed: 250,
            single_holder: roles.map(str::to_owned).to_vec(),
            relation_kinds: Vec::new(),
        }
    }
}

impl Policy {
    /// Whether findings of a code are left out.
    pub fn leaves_out(&self, code: &Code) -> bool {
        self.ignored.contains(code.code) || self.ignored.contains(code.name)
    }

    /// How bad the user wants all findings of a code to be.
    pub fn judged(&self, code: &Code) -> Option<Severity> {
        let wanted = self.severities.get(code.code);
        wanted.or_else(|| self.severities.get(code.name)).copied()
    }

    /// Gives a finding the severity that the user wants for its code.
    pub fn judge(&self, finding: &mut Finding) {
        if let Some(severity) = self.judged(finding.code) {
            finding.severity = severity;
        }
    }
}
