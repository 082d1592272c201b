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
        return match advice(text) {
            Some(advice) => finding.help(advice),
            None => finding,
        };
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

/// Days of the week.
const WEEKDAYS: [&str; 14] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
];

/// Parts of a day.
const PARTS: [&str; 8] = [
    "morning",
    "noon",
    "afternoon",
    "evening",
    "night",
    "midnight",
    "tonight",
    "overnight",
];

/// Days counted from that of the report.
const NEAR: [&str; 9] = [
    "yesterday",
    "today",
    "tomorrow",
    "recently",
    "soon",
    "lately",
    "last",
    "next",
    "ago",
];

/// What goes on.
const OPEN: [&str; 8] = [
    "now",
    "ongoing",
    "present",
    "current",
    "since",
    "until",
    "still",
    "continuing",
];

/// What never ends.
const ALWAYS: [&str; 8] = [
    "..",
    "/",
    "../",
    "/..",
    "always",
    "forever",
    "ever",
    "permanent",
];

/// What to write in place of words that are no date, and that no reader may turn into one.
fn advice(text: &str) -> Option<&'static str> {
    let lower = text.trim().to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
        .collect();
    let has = |all: &[&str]| words.iter().any(|word| all.contains(word));
    if ALWAYS.contains(&lower.as_str()) {
        return Some(
            "always is ../.., open on one side 2022-02-24/.. or ../2022-02-24; leave an unknown date out",
        );
    }
    if has(&WEEKDAYS) {
        return Some("a day of the week is no date: write the day that it was, as 2023-04-20");
    }
    if words.len() == 1 && has(&OPEN) {
        return Some("what goes on has no end: write since when, as 2022-02-24/..");
    }
    if has(&NEAR) {
        return Some(
            "write the day that it was, counted from the day of the report, as 2023-04-20",
        );
    }
    if has(&PARTS) {
        return Some(
            "a time stands after its day, as 2023-04-20T18:00; without the day it is no date",
        );
    }
    None
}

#[cfg(test)]
mod tests {
    use super::advice;

    #[test]
    fn words_that_are_no_date_are_answered() {
        for (text, word) in [
            ("..", "../.."),
            ("Always", "../.."),
            ("Monday", "day of the week"),
            ("on Tue.", "day of the week"),
            ("last Friday", "day of the week"),
            ("last week", "report"),
            ("two days ago", "report"),
            ("yesterday", "report"),
            ("ongoing", "since when"),
            ("now", "since when"),
            ("in the evening", "after its day"),
        ] {
            let told = advice(text).unwrap_or_default();
            assert!(told.contains(word), "{text}: {told}");
        }
        for text in ["2023-13", "spring", "Montag", "sunny"] {
            assert_eq!(advice(text), None, "{text}");
        }
    }
}
