//! Topics: what is debated.

use super::fields::{Field, NODES, Shape, fields, record};
use super::{ArenaRange, Common, Handle, NodeRef, Str};
use Shape::{References, Text};

record! {
    /// What is debated; a discourse network's *concept*.
    pub struct Topic {
        /// What it is called.
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

/// A handle of a [`Topic`].
pub type TopicId = Handle<Topic>;
