//! The user's policy for findings: ignored codes, severities, thresholds.

use std::collections::{BTreeMap, BTreeSet};

use annals_finding::{Code, Finding, Severity};

/// The user's policy for findings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Policy {
    /// Codes (or names of codes) that are not shown.
    pub ignored: BTreeSet<String>,
    /// Severities by the number or name of a code, where they differ from the default.
    pub severities: BTreeMap<String, Severity>,
    /// The numbers that rules judge by.
    pub thresholds: Thresholds,
}

/// The numbers that rules judge by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thresholds {
    /// By how many units of its precision a date with `?`, `~` or `%` may be off.
    pub slack: u32,
    /// The greatest age, in years, at which somebody is assumed to speak, act or hold an office.
    pub oldest: u32,
    /// The assumed travel speed from door to door, in kilometres per hour.
    pub travel_speed: u32,
    /// Roles with a single holder at a time, in lower case.
    pub single_holder: Vec<String>,
    /// Kinds of relation in addition to the built-in ones.
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
    /// Whether findings of a code are ignored.
    pub fn leaves_out(&self, code: &Code) -> bool {
        self.ignored.contains(code.code) || self.ignored.contains(code.name)
    }

    /// The severity that the user wants for all findings of a code.
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
