//! [`Code`]: the name and explanation of a kind of finding.

use serde::Serialize;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// For information.
    Info,
    /// Unlikely.
    Warning,
    /// Cannot be true, or cannot be used.
    Error,
}

impl Severity {
    /// The name of the severity.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// A kind of finding. Its explanation is the doc comment at the head of the file that defines it,
/// under fixed headings: *What it finds · Why it matters · Example · How to fix · When it stays
/// silent · Source*.
#[derive(Debug)]
pub struct Code {
    /// The stable code: `AN102`.
    pub code: &'static str,
    /// A hyphenated name: `unknown-id`.
    pub name: &'static str,
    /// The default severity, which the configuration can change.
    pub severity: Severity,
    /// The source file that defines it.
    source: &'static str,
}

impl Code {
    /// Defines a kind of finding; `source` is the text of the defining file (`include_str!`).
    pub const fn new(
        code: &'static str,
        name: &'static str,
        severity: Severity,
        source: &'static str,
    ) -> Self {
        Code {
            code,
            name,
            severity,
            source,
        }
    }

    /// The explanation in Markdown: the doc comment at the head of its file.
    pub fn page(&self) -> String {
        let mut page = String::new();
        for line in self.source.lines() {
            let Some(line) = line.strip_prefix("//!") else {
                break;
            };
            page.push_str(line.strip_prefix(' ').unwrap_or(line));
            page.push('\n');
        }
        page
    }

    /// A one-line description.
    pub fn title(&self) -> &'static str {
        self.source
            .lines()
            .next()
            .unwrap_or("")
            .trim_start_matches("//!")
            .trim()
    }

    /// The section under a heading, without the heading.
    pub fn section(&self, heading: &str) -> Option<String> {
        let page = self.page();
        let mut inside = false;
        let mut section = String::new();
        let mut fenced = false;
        for line in page.lines() {
            fenced ^= line.starts_with("```");
            if let Some(found) = line.strip_prefix("# ").filter(|_| !fenced) {
                inside = found == heading;
            } else if inside {
                section.push_str(line);
                section.push('\n');
            }
        }
        let section = section.trim();
        (!section.is_empty()).then(|| section.to_owned())
    }
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}
impl Eq for Code {}
