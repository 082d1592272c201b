//! more facts than fit

use crate::finding::{Code, Finding, Severity};

/// More facts than fit.
pub static CODE: Code = Code::new(
    "AN006",
    "too-large",
    Severity::Error,
    include_str!("too_large.rs"),
);

pub(crate) fn found() -> Finding {
    Finding::new(
        &CODE,
        "the facts are too large: more than 4 GiB of text or 4 thousand million items",
    )
    .note("what came after is left out")
}
