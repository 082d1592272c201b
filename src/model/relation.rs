//! Relations: dated ties between actors.

use super::RecordKind as Kind;
use super::evidence::EVIDENCE;
use super::fields::{Field, Shape, fields, record};
use super::{ActorId, ArenaRange, Common, DateId, Evidence, Handle, Name, Str};
use Shape::{Date, Parts, Reference, Text, Word};

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
];

record! {
    /// A dated tie between two actors.
    pub struct Relation {
        /// From whom.
        pub from: Option<ActorId>,
        /// What tie ([`RELATION_KINDS`] or another word).
        pub kind: Option<Name>,
        /// To whom.
        pub to: Option<ActorId>,
        /// As what ("president").
        pub role: Option<Str>,
        /// When it held. Without it, it holds possibly on any day.
        pub when: Option<DateId>,
        /// What it rests on.
        pub evidence: ArenaRange<Evidence>,
    }
}

fields! {
    Relation;
    from: Field::new("from", Reference(&[Kind::Actor]), "The first actor.")
        .required().edge("relation").links("relation_from", "actor").kept(),
    kind: Field::new("kind", Word,
        "The kind of relation: represents, holds_office, member_of, part_of, employed_by, allied_with, opposes …")
        .required().edge("relation").numbered("kind"),
    to: Field::new("to", Reference(&[Kind::Actor]), "To whom.")
        .required().edge("relation").links("relation_to", "actor").kept(),
    role: Field::new("role", Text, "The role: president, minister.")
        .numbered("role"),
    when: Field::new("when", Date,
        "From when to when; without a date it possibly holds on any day; ../.. is always.")
        .kept(),
    evidence: Field::new("evidence", Parts(&EVIDENCE), "The passages that show it.")
        .kept(),
}

impl Relation {
    /// The kinds of relation that somebody has to be there for.
    pub const HELD: [&'static str; 6] = [
        "holds_office",
        "represents",
        "member_of",
        "employed_by",
        "leads",
        "advises",
    ];
}

/// A handle of a [`Relation`].
pub type RelationId = Handle<Relation>;
