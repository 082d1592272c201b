//! a record that refers to itself

use crate::check::Rule;
use crate::finding::{Code, Finding, Place, Severity};
use crate::load::Loaded;

/// A record that refers to itself.
static CODE: Code = Code::new(
    "AN104",
    "self-reference",
    Severity::Error,
    include_str!("self_reference.rs"),
);

/// See [`CODE`].
pub(crate) struct SelfReference;

impl Rule for SelfReference {
    fn code(&self) -> &'static Code {
        &CODE
    }

    fn check(&self, loaded: &Loaded, findings: &mut Vec<Finding>) {
        let facts = &loaded.facts;
        for (id, event) in facts
            .events
            .iter()
            .filter(|(id, event)| event.part_of == Some(*id))
        {
            let place = Place::value(event.common.origin, "part_of");
            findings.push(
                Finding::new(&CODE, "an event is part of itself")
                    .at(place, "")
                    .of(id),
            );
        }
    }
}
