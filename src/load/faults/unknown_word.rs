//! a word that is not in the vocabulary
//!
//! # What it finds
//! A word in a field with a fixed vocabulary: the kind of an actor, the status of an event, the
//! act, mode and stance of a claim, the relation of an order. The field is left out.
//!
//! # Why it matters
//! Questions select by these words. `--act asserts` does not find a claim that `says` something,
//! and nobody notices the missing claim.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: stoltenberg, name: Jens Stoltenberg, kind: person}
//! claims:
//!   - {id: c1, speaker: stoltenberg, act: assert}
//! ```
//!
//! # How to fix
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: stoltenberg, name: Jens Stoltenberg, kind: person}
//! claims:
//!   - {id: c1, speaker: stoltenberg, act: asserts}
//! ```
//!
//! # When it stays silent
//! Kinds of document and event, roles and tags are free. So are kinds of relation, with a warning
//! if Annals does not know them (AN015).
//!
//! # Source
//! The fact format, version 1: *the vocabularies*.

use super::at::At;
use super::other_values::{self, OtherValue};
use super::{Slips, misspelt, nearest};
use annals_finding::{Code, Finding, Severity};

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
    let finding = Finding::new(&CODE, at.says(&format!("\"{shown}\" is not {called}")));
    let all: Vec<_> = known.clone().collect();
    let is_known = |meant: &str| all.contains(&meant);
    let finding = match (
        other_values::of(called, word),
        nearest(word, known.clone()).first(),
    ) {
        (Some(OtherValue::Called(meant)), _) if is_known(meant) => finding
            .at(at.value(), format!("here it is called \"{meant}\""))
            .suggest(format!("if you meant {meant}"), at.value(), meant),
        (Some(OtherValue::Said(words)), _) => finding.at(at.value(), "unknown word").help(words),
        (_, near) => of_near(
            finding,
            at,
            misspelt(word, known, Slips::One),
            near.copied(),
        ),
    };
    finding.note(format!("{called} is one of {}", all.join(", ")))
}

/// `slip` is the word that it can only be, `near` one that is alike.
fn of_near(finding: Finding, at: &At<'_>, slip: Option<&str>, near: Option<&str>) -> Finding {
    let label = |near: &str| format!("did you mean \"{near}\"?");
    match (slip, near) {
        (Some(slip), _) => finding.at(at.value(), label(slip)).respell(
            format!("the word is spelt {slip}"),
            at.value(),
            slip,
        ),
        (None, Some(near)) => finding.at(at.value(), label(near)).suggest(
            format!("if you meant {near}"),
            at.value(),
            near,
        ),
        (None, None) => finding.at(at.value(), "unknown word"),
    }
}
