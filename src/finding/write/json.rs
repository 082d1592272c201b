//! Findings as data: the rows of `annals check -f json`.

use std::collections::HashSet;

use serde::Serialize;

use crate::{FilePlace, Finding, Locate, Severity};
use annals_model::Facts;

/// A finding as data.
#[derive(Debug, Clone, Serialize)]
pub struct FindingRow {
    /// Its code.
    pub code: &'static str,
    /// The severity.
    pub severity: Severity,
    /// Its first line.
    pub message: String,
    /// The ids of the records that take part.
    pub records: Vec<String>,
    /// The labelled places.
    pub places: Vec<PlaceRow>,
    /// Possible fixes.
    pub fixes: Vec<FixRow>,
}

impl std::fmt::Display for FindingRow {
    /// `file:line:column: severity[code]: message`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(first) = self.places.first() {
            let place = &first.place;
            let file = crate::shown(&place.file);
            write!(f, "{file}:{}:{}: ", place.line, place.column)?;
        }
        write!(
            f,
            "{}[{}]: {}",
            self.severity.word(),
            self.code,
            self.message
        )
    }
}

/// A place with its label, or with its replacement.
#[derive(Debug, Clone, Serialize)]
pub struct PlaceRow {
    /// The place.
    #[serde(flatten)]
    pub place: FilePlace,
    /// The label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The replacement text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// A way to fix a problem.
#[derive(Debug, Clone, Serialize)]
pub struct FixRow {
    /// The instruction.
    pub message: String,
    /// The changes.
    pub edits: Vec<PlaceRow>,
}

/// The counts that accompany the findings.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Summary {
    /// The number of errors.
    pub errors: usize,
    /// The number of warnings.
    pub warnings: usize,
    /// The number of records read.
    pub records: usize,
    /// The number of documents without a text to check quotes against.
    pub documents_without_text: usize,
}

/// A finding as data.
pub fn row(finding: &Finding, facts: &Facts, files: &dyn Locate) -> FindingRow {
    // A finding may have a million records, so duplicates are detected by hashing.
    let mut seen = HashSet::with_capacity(finding.records.len());
    let records = (finding.records.iter())
        .map(|record| facts.id(*record))
        .filter(|id| seen.insert(*id))
        .map(str::to_owned)
        .collect();
    let places = finding.places().map(|(place, label)| PlaceRow {
        place: files.locate(place).place,
        label: Some(label.to_owned()),
        text: None,
    });
    let fixes = finding.fixes.iter().map(|fix| FixRow {
        message: fix.message.clone(),
        edits: (fix.edits.iter().map(|edit| files.spell(edit)))
            .map(|(located, text)| PlaceRow {
                place: located.place,
                label: None,
                text: Some(text),
            })
            .collect(),
    });
    FindingRow {
        code: finding.code.code,
        severity: finding.severity,
        message: finding.message.clone(),
        records,
        places: places.collect(),
        fixes: fixes.collect(),
    }
}
