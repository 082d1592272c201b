//! a reference to a record of the wrong kind
//!
//! # What it finds
//! A reference to a record that exists but is not allowed in this field: an event as a speaker, a
//! place as the event at which something was said. It is left out.
//!
//! # Why it matters
//! In “Moscow says”, Moscow is a state, not a town. Which of the two is meant decides what a
//! question finds.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: russia, name: Russia, kind: state, aliases: Moscow}
//! places:
//!   - {id: moscow, name: Moscow}
//! claims:
//!   - {id: c1, speaker: moscow, act: denies}
//! ```
//!
//! # How to fix
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: russia, name: Russia, kind: state, aliases: Moscow}
//! places:
//!   - {id: moscow, name: Moscow}
//! claims:
//!   - {id: c1, speaker: russia, act: denies}
//! ```
//!
//! # When it stays silent
//! `about` takes any record that is a node of the graph: actors, events, claims, topics, places and
//! documents. `via` takes actors and claims.
//!
//! # Source
//! The fact format, version 1: *the fields of each record*.

use super::uses::Use;
use annals_finding::{Code, Finding, Place, Severity};
use annals_model::{Facts, RecordKind, RecordRef};

/// A reference to a record of the wrong kind.
pub static CODE: Code = Code::new(
    "AN103",
    "wrong-kind",
    Severity::Error,
    include_str!("wrong_kind.rs"),
);

pub(crate) fn found(facts: &Facts, used: Use, target: RecordRef, wanted: &[RecordKind]) -> Finding {
    let (id, field) = (super::short(facts.id(target)), used.slot.field());
    let wanted = one_of(wanted);
    let is = target.kind().with_article();
    let origin = facts.common(target).origin;
    let user = super::record(facts, used.record);
    Finding::new(
        &CODE,
        format!("{user}: \"{id}\" is {is}, but \"{field}\" needs {wanted}"),
    )
    .at(used.place(facts), format!("needs {wanted}"))
    .at(Place::value(origin, "id"), format!("is {is}"))
    .of(used.record)
    .of(target)
}

/// Adds the record of the right kind that is called as the other is, if there is one.
pub(crate) fn suggest(facts: &Facts, finding: Finding, used: Use, called: &[RecordRef]) -> Finding {
    match called {
        [one] => finding.suggest(
            format!("{} is called so too", super::record(facts, *one)),
            used.place(facts),
            facts.id(*one),
        ),
        _ => finding,
    }
}

/// "an actor or a claim".
pub(crate) fn one_of(kinds: &[RecordKind]) -> String {
    let kinds: Vec<_> = kinds.iter().map(|kind| kind.with_article()).collect();
    match kinds.split_last() {
        Some((last, others)) if others.len() > 1 => format!("{} or {last}", others.join(", ")),
        _ => kinds.join(" or "),
    }
}
