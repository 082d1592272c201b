//! Relations: dated ties between actors.

use super::{ActorId, ArenaRange, Common, DateId, Evidence, Handle, Name, Str};

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

/// A dated tie between two actors.
#[derive(Debug, Clone)]
pub struct Relation {
    /// What every record has.
    pub common: Common,
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
