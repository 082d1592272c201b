//! two records with one id
//!
//! # What it finds
//! Two records with the same id, whether of one kind or two, in one file or two. References resolve
//! to the first; the second is named after its place.
//!
//! # Why it matters
//! A reference to the id means one of the two, and nobody can say which.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: georgia, name: Georgia, kind: state}
//! places:
//!   - {id: georgia, name: Georgia, lat: 32.7, lon: -83.4}
//! ```
//!
//! # How to fix
//! Give one of them another id, or join them if they are the same thing.
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: georgia, name: Georgia, kind: state}
//! places:
//!   - {id: georgia-us, name: Georgia, lat: 32.7, lon: -83.4}
//! ```
//!
//! # When it stays silent
//! Records may share names, labels and aliases: they are distinguished when a question uses them.
//! Ids that differ in case are different ids.
//!
//! # Source
//! The fact format, version 1: *ids are unique over all files*.

use annals_finding::{Code, Finding, Place, Severity};
use annals_model::{Facts, RecordRef};

/// Two records with one id.
pub static CODE: Code = Code::new(
    "AN101",
    "duplicate-id",
    Severity::Error,
    include_str!("duplicate_id.rs"),
);

pub(crate) fn found(facts: &Facts, first: RecordRef, second: RecordRef) -> Finding {
    let id = super::short(facts.id(first));
    let (one, other) = (first.kind(), second.kind());
    let both = if one == other {
        format!("two {}", one.plural())
    } else {
        format!("{} and {}", one.with_article(), other.with_article())
    };
    let (first_id, second_id) = (facts.common(first).origin, facts.common(second).origin);
    Finding::new(&CODE, format!("{both} have the id \"{id}\""))
        .at(
            Place::value(second_id, "id"),
            format!("{} with the same id", other.with_article()),
        )
        .at(
            Place::value(first_id, "id"),
            "the first; references lead here",
        )
        .note("ids are unique over all files and all kinds of record")
        .help("give one of the two another id, or join them if they are the same thing")
        .of(first)
}
