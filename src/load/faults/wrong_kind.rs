//! a reference to a record of the wrong kind

use crate::finding::{Code, Finding, Path, Place, Severity};
use crate::load::resolve::Use;
use crate::model::{Facts, RecordKind, RecordRef};

/// A reference to a record of the wrong kind.
pub static CODE: Code = Code::new(
    "AN103",
    "wrong-kind",
    Severity::Error,
    include_str!("wrong_kind.rs"),
);

pub(crate) fn found(facts: &Facts, used: Use, target: RecordRef, wanted: &[RecordKind]) -> Finding {
    let (id, field) = (super::short(facts.id(target)), used.slot.field());
    let wanted: Vec<_> = wanted.iter().map(|kind| kind.with_article()).collect();
    let wanted = wanted.join(" or ");
    let is = target.kind().with_article();
    let origin = facts.common(target).origin;
    Finding::new(
        &CODE,
        format!("\"{id}\" is {is}, and \"{field}\" wants {wanted}"),
    )
    .at(used.place(facts), format!("wants {wanted}"))
    .at(Place::Value(origin, Path::field("id")), format!("is {is}"))
    .of(used.record)
    .of(target)
}
