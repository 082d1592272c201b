//! Actors: who can act or speak.

use crate::fields::{Field, Shape, one_of_or_own};
use crate::storage::{ArenaRange, DateId, Name, Str};
use crate::values::{fields, record};
use crate::word::vocabulary;
use Shape::{Date, Flag, Text, Texts};

vocabulary! {
    /// What an actor is.
    ActorKind, "a kind of actor", {
        /// A human being.
        Person = "person",
        /// An organization with members or staff.
        Organization = "organization",
        /// A state.
        State = "state",
        /// People who form no organization: "protesters".
        Group = "group",
        /// Press, broadcasters, agencies.
        Media = "media",
    }
}

record! {
    /// Who can act or speak.
    pub struct Actor {
        /// Its name.
        pub name: Option<Str>,
        /// What it is.
        pub kind: Option<ActorKind>,
        /// What it is, in a word that the user has added.
        pub own_kind: Option<Name>,
        /// Its other names.
        pub aliases: ArenaRange<Str>,
        /// Whether the source does not name it ("Western diplomats").
        pub unnamed: bool,
        /// From birth or foundation to death or dissolution.
        pub lifespan: Option<DateId>,
        /// The same actor elsewhere, as CURIEs (`wikidata:Q212`).
        pub same_as: ArenaRange<Str>,
    }
}

fields! {
    Actor;
    name: Field::new("name", Text, "Its name.")
        .required(),
    (kind own_kind): Field::new("kind", one_of_or_own::<ActorKind>(|own| &own.actor_kinds),
        "What it is.")
        .required().numbered("kind"),
    aliases: Field::new("aliases", Texts, "Other names, in any script."),
    unnamed: Field::new("unnamed", Flag, "Whether the source does not name them.")
        .kept(),
    lifespan: Field::new("lifespan", Date, "From birth or foundation to death or end.")
        .kept(),
    same_as: Field::new("same_as", Texts, "The same actor elsewhere, as CURIEs: wikidata:Q…"),
}
