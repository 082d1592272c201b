//! Findings to silence on one record.

use crate::fields::{Field, Part, Shape};
use crate::storage::{Name, Str};

/// A finding to silence on one record.
#[derive(Debug, Clone, Copy)]
pub struct Ignore {
    /// The code of the finding.
    pub code: Name,
    /// Why.
    pub reason: Option<Str>,
}

/// A finding to silence.
pub static IGNORE: Part = Part {
    name: "ignore",
    called: "an ignore",
    doc: "A finding to silence.",
    fields: &[
        Field::new("code", Shape::Code, "Its code.").required(),
        Field::new("reason", Shape::Text, "Why.").required(),
    ],
    pool: None,
};
