//! a date that cannot be read
//!
//! # What it finds
//! A date that is not EDTF, or that exists in no calendar (30 February). The field is left out;
//! nothing is concluded from it. Where other digits or words can only mean one date, the finding says
//! which: it is what an import would read, and `annals check --diff` shows the change.
//!
//! # Why it matters
//! `03/04/2023` is a day in March or in April, depending on who wrote it. A guessed date is a
//! made-up date.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! events:
//!   - {id: visit, label: Visit to Kyiv, when: 20.4.2023}
//! ```
//!
//! # How to fix
//! ```yaml facts.yaml
//! annals: 1
//! events:
//!   - {id: visit, label: Visit to Kyiv, when: 2023-04-20}
//! ```
//! You can keep the source's own wording too:
//! `when: {edtf: 2023-04-20, display: Thursday}`.
//!
//! # When it stays silent
//! Dates may be as vague as the source: `2023-04` (a month), `2023` (a year), `188X` (the 1880s),
//! `1643~` (about 1643), `2022-02-24/..` (ever since).
//!
//! # Source
//! ISO 8601-2:2019, annex A: Extended Date/Time Format (EDTF), levels 0 to 2.

use super::at::At;
use annals_finding::{Code, Finding, Severity};
use annals_time::DateError;

/// A date that cannot be read.
pub static CODE: Code = Code::new(
    "AN016",
    "bad-date",
    Severity::Error,
    include_str!("bad_date.rs"),
);

pub(crate) fn found(at: &At<'_>, text: &str, error: &DateError) -> Finding {
    let shown = super::short(text);
    let finding = Finding::new(
        &CODE,
        at.says(&format!("\"{shown}\" is not a date: {}", error.reason)),
    )
    .at(
        at.part(error.at.clone()),
        super::about_a_part(text, &error.at, &error.reason),
    )
    .note("dates are EDTF (ISO 8601-2): 2023-04-20, 2023-04, 2023, 2022-02-24/.., 1880~");
    let Some(iso) = &error.suggestion else {
        return finding;
    };
    if error.lossless {
        return finding.respell("the ISO spelling", at.value(), iso);
    }
    let words = annals_finding::shown(text);
    finding
        .suggest("the ISO spelling", at.value(), iso)
        .help(format!(
            "{{edtf: \"{iso}\", display: \"{words}\"}} keeps the words too"
        ))
}
