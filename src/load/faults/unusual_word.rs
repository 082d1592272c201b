//! a kind of relation that Annals does not know
//!
//! # What it finds
//! A relation whose `kind` is none of those that Annals knows. It is kept as written.
//!
//! # Why it matters
//! The kinds are open, since no list has all ties between people. But a slip of the pen
//! (`represent` for `represents`) makes a tie that no roll-up follows.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: nato, name: NATO, kind: organization}
//!   - {id: stoltenberg, name: Jens Stoltenberg, kind: person}
//! relations:
//!   - {id: r1, from: stoltenberg, kind: represent, to: nato}
//! ```
//!
//! # How to mend
//! Correct the word, or name it in `annals.toml` as a kind of your own, under `[vocabulary]`.
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: nato, name: NATO, kind: organization}
//!   - {id: stoltenberg, name: Jens Stoltenberg, kind: person}
//! relations:
//!   - {id: r1, from: stoltenberg, kind: represents, to: nato}
//! ```
//!
//! # When it stays silent
//! Kinds of document and event, roles and tags are never held against a list.
//!
//! # Source
//! The fact format, version 1: *relation*.

use super::nearest;
use crate::finding::{Code, Finding, Severity};
use crate::load::decode::At;

/// A kind of relation that Annals does not know.
pub(crate) static CODE: Code = Code::new(
    "AN015",
    "unusual-word",
    Severity::Warning,
    include_str!("unusual_word.rs"),
);

pub(crate) fn found(at: &At<'_>, word: &str, known: &[&str]) -> Finding {
    let shown = super::short(word);
    let words = format!("\"{shown}\" is not a kind of relation that Annals knows");
    let finding = Finding::new(&CODE, at.says(&words));
    let finding = match nearest(word, known.iter().copied()).first() {
        Some(near) => finding
            .at(at.value(), format!("did you mean \"{near}\"?"))
            .suggest(format!("if you meant {near}"), at.value(), near),
        None => finding.at(at.value(), "kept as written"),
    };
    finding.note(format!("known kinds are {}", known.join(", ")))
}
