//! a kind of relation that Annals does not know

use super::nearest;
use crate::finding::{Code, Finding, Severity};
use crate::load::decode::At;

/// A kind of relation that Annals does not know.
pub static CODE: Code = Code::new(
    "AN015",
    "unusual-word",
    Severity::Warning,
    include_str!("unusual_word.rs"),
);

pub(crate) fn found(at: &At<'_>, word: &str, known: &[&str]) -> Finding {
    let shown = super::short(word);
    let finding = Finding::new(
        &CODE,
        format!("\"{shown}\" is not a kind of relation that Annals knows"),
    );
    let finding = match nearest(word, known.iter().copied()).first() {
        Some(near) => finding
            .at(at.value(), format!("did you mean \"{near}\"?"))
            .suggest(format!("if you meant {near}"), at.value(), near),
        None => finding.at(at.value(), "kept as written"),
    };
    finding.note(format!("known kinds are {}", known.join(", ")))
}
