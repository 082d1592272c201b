//! two records with one id

use crate::finding::{Code, Finding, Path, Place, Severity};
use crate::model::{Origin, RecordKind};

/// Two records with one id.
pub static CODE: Code = Code::new(
    "AN101",
    "duplicate-id",
    Severity::Error,
    include_str!("duplicate_id.rs"),
);

pub(crate) fn found(kind: RecordKind, id: &str, first: Origin, second: Origin) -> Finding {
    Finding::new(
        &CODE,
        format!("two records have the id \"{}\"", super::short(id)),
    )
    .at(
        Place::Value(second, Path::field("id")),
        format!("{} of the same id", kind.with_article()),
    )
    .at(Place::Value(first, Path::field("id")), "the first")
    .note("ids are unique over all files; references lead to the first")
    .help("give one of the two another id, or join them")
}
