//! The arenas of list items, one for each type of item, shared by all records.

use crate::ids::{ActorId, ClaimId, DocumentId, EventId, NodeRef};
use crate::parts::{Evidence, Ignore, Participant, Stance, Via};
use crate::storage::{Arena, ArenaRange, Name, Str};
use annals_evidence::Span;

/// The pools of all lists.
#[derive(Debug, Clone, Default)]
pub struct Lists {
    /// Texts.
    pub strs: Arena<Str>,
    /// Words.
    pub names: Arena<Name>,
    /// References to actors.
    pub actors: Arena<ActorId>,
    /// References to nodes of the graph.
    pub nodes: Arena<NodeRef>,
    /// References to documents.
    pub documents: Arena<DocumentId>,
    /// References to events.
    pub events: Arena<EventId>,
    /// References to claims.
    pub claims: Arena<ClaimId>,
    /// Who or what passed claims on.
    pub via: Arena<Via>,
    /// Stances of claims.
    pub stances: Arena<Stance>,
    /// Participants of events.
    pub participants: Arena<Participant>,
    /// Passages of documents.
    pub evidence: Arena<Evidence>,
    /// Stretches of texts.
    pub spans: Arena<Span>,
    /// Findings to silence.
    pub ignores: Arena<Ignore>,
    /// Fields that begin with `x_`: name and JSON value.
    pub extras: Arena<(Str, Str)>,
}

/// An item of a list, by which its pool is found.
pub trait Listed: Sized {
    /// The items of a list.
    fn items(lists: &Lists, list: ArenaRange<Self>) -> &[Self];

    /// The pool of its items.
    fn arena(lists: &mut Lists) -> &mut Arena<Self>;
}

macro_rules! listed {
    ($($item:ty => $pool:ident,)+) => {
        $(impl Listed for $item {
            fn items(lists: &Lists, list: ArenaRange<Self>) -> &[Self] {
                lists.$pool.get(list)
            }

            fn arena(lists: &mut Lists) -> &mut Arena<Self> {
                &mut lists.$pool
            }
        })+
    };
}
listed! {
    Str => strs, Name => names, ActorId => actors, NodeRef => nodes, DocumentId => documents,
    EventId => events, ClaimId => claims, Via => via, Stance => stances,
    Participant => participants, Evidence => evidence, Span => spans, Ignore => ignores,
    (Str, Str) => extras,
}
