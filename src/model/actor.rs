//! Actors: who can act or speak.

use super::word::vocabulary;
use super::{ArenaRange, Common, DateId, Handle, Name, Str};

vocabulary! {
    /// What an actor is.
    ActorKind, "a kind of actor", {
        /// A human being.
        Person = "person",
        /// A body with members or staff.
        Organization = "organization",
        /// A state.
        State = "state",
        /// People taken together without being a body.
        Group = "group",
        /// Press, broadcasters, agencies.
        Media = "media",
    }
}

/// Who can act or speak.
#[derive(Debug, Clone)]
pub struct Actor {
    /// What every record has.
    pub common: Common,
    /// Its name.
    pub name: Option<Str>,
    /// What it is.
    pub kind: Option<ActorKind>,
    /// What they are, in a word of the user's own.
    pub own_kind: Option<Name>,
    /// Other names for it.
    pub aliases: ArenaRange<Str>,
    /// A source that is not named ("Western diplomats").
    pub unnamed: bool,
    /// From birth or foundation to death or dissolution.
    pub lifespan: Option<DateId>,
    /// The same one elsewhere, as CURIEs (`wikidata:Q212`).
    pub same_as: ArenaRange<Str>,
}

/// A handle of an [`Actor`].
pub type ActorId = Handle<Actor>;
