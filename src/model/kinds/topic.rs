//! Topics: what is debated.

use crate::fields::{Field, NODES, Shape};
use crate::ids::NodeRef;
use crate::storage::{ArenaRange, Str};
use crate::values::{fields, record};
use Shape::{References, Text};

record! {
    /// What is debated; a discourse network's *concept*.
    pub struct Topic {
        /// Its name.
        pub label: Option<Str>,
        /// What it is about: actors, events, other topics.
        pub about: ArenaRange<NodeRef>,
    }
}

fields! {
    Topic;
    label: Field::new("label", Text, "Its name.")
        .required(),
    about: Field::new("about", References(NODES), "Whom or what it concerns.")
        .edge("about").links("topic_about", "thing").kept(),
}
