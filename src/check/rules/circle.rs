//! a circle of references that cannot close

use crate::check::Rule;
use crate::finding::{Code, Finding, Severity};
use crate::load::Loaded;

/// A circle of references that cannot close.
static CODE: Code = Code::new(
    "AN105",
    "circle",
    Severity::Error,
    include_str!("circle.rs"),
);

/// See [`CODE`].
pub(crate) struct Circle;

impl Rule for Circle {
    fn code(&self) -> &'static Code {
        &CODE
    }

    fn check(&self, _loaded: &Loaded, _findings: &mut Vec<Finding>) {}
}
