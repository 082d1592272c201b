//! Relations: how actors are related, and when.

use crate::fields::{Field, Shape};
use crate::ids::{ActorId, RecordKind};
use crate::parts::{EVIDENCE, Evidence};
use crate::storage::{ArenaRange, DateId, Name, Str};
use crate::values::{fields, record};
use Shape::{Date, Parts, Reference, References, Text, Word};

/// The kinds of relation that Annals knows. Others are kept as written, with a warning.
pub const RELATION_KINDS: &[&str] = &[
    "represents",
    "holds_office",
    "member_of",
    "part_of",
    "employed_by",
    "allied_with",
    "opposes",
    "supports",
    "leads",
    "advises",
    "founded",
    "owns",
    "funds",
    "controls",
    "supplies",
    "succeeds",
    "married_to",
    "parent_of",
    "sibling_of",
    "related_to",
    SAME_AS,
];

/// The kind of relation by which two actors are one and the same. It makes no chronology and does not
/// roll up.
pub const SAME_AS: &str = "same_as";

record! {
    /// A dated relation between two actors.
    pub struct Relation {
        /// The first actor.
        pub from: Option<ActorId>,
        /// The kind of relation ([`RELATION_KINDS`] or another word).
        pub kind: Option<Name>,
        /// The second actor.
        pub to: Option<ActorId>,
        /// The role ("president").
        pub role: Option<Str>,
        /// When it held. Without a date it possibly holds on any day.
        pub when: Option<DateId>,
        /// Of [`SAME_AS`]: whose view it is. Empty where nobody in particular asserts it.
        pub by: ArenaRange<ActorId>,
        /// The passages that show it.
        pub evidence: ArenaRange<Evidence>,
    }
}

fields! {
    Relation;
    from: Field::new("from", Reference(&[RecordKind::Actor]), "The first actor.")
        .required().column("from_id").edge("relation").links("relation_from", "actor").kept(),
    kind: Field::new("kind", Word,
        "The kind of relation: represents, holds_office, member_of, part_of, employed_by, allied_with, opposes …")
        .required().edge("relation").numbered("kind"),
    to: Field::new("to", Reference(&[RecordKind::Actor]), "To whom.")
        .required().column("to_id").edge("relation").links("relation_to", "actor").kept(),
    role: Field::new("role", Text, "The role: president, minister.")
        .numbered("role"),
    when: Field::new("when", Date,
        "From when to when; without a date it possibly holds on any day; ../.. is always.")
        .column("when_text").kept(),
    by: Field::new("by", References(&[RecordKind::Actor]),
        "Of same_as: whose view it is that the two are one; without it, nobody's in particular.")
        .column("asserted_by").edge("identifies").links("relation_by", "actor").kept(),
    evidence: Field::new("evidence", Parts(&EVIDENCE), "The passages that show it.")
        .kept(),
}

impl Relation {
    /// The kinds of relation that the first actor can hold only within its lifespan.
    pub const HELD: [&'static str; 6] = [
        "holds_office",
        "represents",
        "member_of",
        "employed_by",
        "leads",
        "advises",
    ];
}
