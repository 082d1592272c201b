//! a word that is not of the vocabulary

use super::nearest;
use crate::finding::{Code, Finding, Severity};
use crate::load::decode::At;

/// A word that is not of the vocabulary.
pub static CODE: Code = Code::new(
    "AN014",
    "unknown-word",
    Severity::Error,
    include_str!("unknown_word.rs"),
);

/// `called` is what a word there would be ("an act"), `known` the words that there are.
pub(crate) fn found<'w>(
    at: &At<'_>,
    word: &str,
    called: &str,
    known: impl Iterator<Item = &'w str> + Clone,
) -> Finding {
    let shown = super::short(word);
    let finding = Finding::new(&CODE, format!("\"{shown}\" is not {called}"));
    let all: Vec<_> = known.clone().collect();
    let finding = match nearest(word, known).first() {
        Some(near) => finding
            .at(at.value(), format!("did you mean \"{near}\"?"))
            .suggest(format!("if you meant {near}"), at.value(), near),
        None => finding.at(at.value(), "unknown word"),
    };
    finding.note(format!("{called} is one of {}", all.join(", ")))
}
