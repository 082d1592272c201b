//! a kind of relation that Annals does not know
//!
//! # What it finds
//! A relation whose `kind` is not one that Annals knows. It is kept as written.
//!
//! # Why it matters
//! The kinds are open, since no list covers all relations between people. But a typing error
//! (`represent` for `represents`) makes a relation that no roll-up follows.
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
//! # How to fix
//! Correct the word, or add it to `annals.toml` as a kind of your own, under `[vocabulary]`.
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
//! Kinds of document and event, roles and tags are not checked against a list.
//!
//! # Source
//! The fact format, version 1: *relation*.

use super::collected::Collected;
use crate::{Context, Rule};
use annals_finding::wording;
use annals_finding::{Code, Finding, Place, Severity};
use annals_load::faults::other_values::{self, OtherValue};
use annals_model::{Facts, RELATION_KINDS, RelationId};

/// A kind of relation that Annals does not know.
static CODE: Code = Code::new(
    "AN015",
    "unusual-word",
    Severity::Warning,
    include_str!("unusual_word.rs"),
);

/// See [`CODE`].
pub(crate) struct UnusualWord;

impl Rule for UnusualWord {
    fn code(&self) -> &'static Code {
        &CODE
    }

    fn check(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let facts = context.facts();
        let own = &context.thresholds().relation_kinds;
        let mut found = Collected::new(context, &CODE);
        for (id, relation) in facts.relations.iter() {
            let word = relation.kind.map(|kind| facts.name(kind));
            let known =
                |word: &str| RELATION_KINDS.contains(&word) || own.iter().any(|one| one == word);
            if let Some(word) = word.filter(|word| !known(word)) {
                found.add(context, id.into(), CODE.severity, || {
                    finding(facts, id, word, own)
                });
            }
        }
        found.finish(findings);
    }
}

fn finding(facts: &Facts, id: RelationId, word: &str, own: &[String]) -> Finding {
    let place = Place::value(facts.common(id).origin, "kind");
    let subject = wording::record(facts, id);
    let shown = annals_finding::shown(word);
    let message = format!("{subject}: \"{shown}\" is not a kind of relation that Annals knows");
    let known = RELATION_KINDS
        .iter()
        .copied()
        .chain(own.iter().map(String::as_str));
    let known: Vec<&str> = known.collect();
    let finding = Finding::new(&CODE, message).of(id);
    let near = wording::nearest(word, known.iter().copied());
    let finding = match (other_values::of("a kind of relation", word), near.first()) {
        (Some(OtherValue::Called(meant)), _) => finding
            .at(place.clone(), format!("here it is called \"{meant}\""))
            .suggest(format!("if you meant {meant}"), place, meant),
        (Some(OtherValue::Said(words)), _) => finding.at(place, "kept as written").help(words),
        (None, Some(near)) => finding
            .at(place.clone(), format!("did you mean \"{near}\"?"))
            .suggest(format!("if you meant {near}"), place, near),
        (None, None) => finding.at(place, "kept as written"),
    };
    finding
        .note(format!("known kinds are {}", known.join(", ")))
        .help("add a kind of your own to annals.toml: [vocabulary] relation_kinds")
}
