//! Topics: what is debated.

use super::{ArenaRange, Common, Handle, NodeRef, Str};

/// What is debated; a discourse network's *concept*.
#[derive(Debug, Clone)]
pub struct Topic {
    /// What every record has.
    pub common: Common,
    /// What it is called.
    pub label: Option<Str>,
    /// What it is about: actors, events, other topics.
    pub about: ArenaRange<NodeRef>,
}

/// A handle of a [`Topic`].
pub type TopicId = Handle<Topic>;
