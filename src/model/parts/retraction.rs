//! Retractions: when and why a record was retracted.

use crate::fields::{Field, Part, Shape};
use crate::storage::{DateId, Str};

/// When and why a record was retracted.
#[derive(Debug, Clone, Copy)]
pub struct Retraction {
    /// When.
    pub on: DateId,
    /// Why.
    pub reason: Option<Str>,
}

/// A retraction that states more than its date.
pub static RETRACTION: Part = Part {
    name: "retraction",
    called: "a retraction",
    doc: "A retraction.",
    fields: &[
        Field::new("on", Shape::Date, "When.").required().kept(),
        Field::new("reason", Shape::Text, "Why."),
    ],
    pool: None,
};
