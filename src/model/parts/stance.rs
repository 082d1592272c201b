//! Stances: where the speaker of a claim stands.

use crate::fields::{Field, NODES, Part, Pool, Shape, one_of};
use crate::ids::NodeRef;
use crate::word::vocabulary;

vocabulary! {
    /// Where a speaker stands.
    StanceValue, "a stance", {
        /// For it.
        Supports = "supports",
        /// Against it.
        Opposes = "opposes",
        /// Neither.
        Neutral = "neutral",
        /// Both.
        Mixed = "mixed",
    }
}

/// The stance of a claim's speaker toward one thing.
#[derive(Debug, Clone, Copy)]
pub struct Stance {
    /// Toward what; `None` where the facts name something unknown.
    pub toward: Option<NodeRef>,
    /// Which stance.
    pub value: StanceValue,
}

/// The stance of a claim's speaker.
pub static STANCE: Part = Part {
    name: "stance",
    called: "a stance",
    doc: "The speaker's stances; a single word applies to everything the claim is about.",
    fields: &[
        Field::new("toward", Shape::Reference(NODES), "Toward what.")
            .required()
            .column("stance_toward")
            .kept(),
        Field::new("value", one_of::<StanceValue>(), "Which stance.")
            .required()
            .column("stance_value")
            .kept(),
    ],
    pool: Some(Pool::Stances),
};
