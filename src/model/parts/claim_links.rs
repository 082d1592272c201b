//! What a claim refers to beside its speakers and subjects: the claims that it responds to, supports,
//! contradicts, repeats, fulfils or breaks, and who passed it on. Few claims have any of these, so they are stored
//! apart.

use crate::ids::{ActorId, ClaimId, RecordRef, marker};
use crate::storage::{ArenaRange, Row};

/// Who or what passed a claim on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Via {
    /// An actor.
    Actor(ActorId),
    /// Another claim.
    Claim(ClaimId),
}

impl From<Via> for RecordRef {
    fn from(via: Via) -> Self {
        match via {
            Via::Actor(id) => RecordRef::Actor(id),
            Via::Claim(id) => RecordRef::Claim(id),
        }
    }
}

/// The links of a claim.
#[derive(Debug, Clone, Copy, Default)]
pub struct Links {
    /// Who or what passed it on.
    pub via: ArenaRange<Via>,
    /// Claims it responds to.
    pub responds_to: ArenaRange<ClaimId>,
    /// Claims it supports.
    pub supports: ArenaRange<ClaimId>,
    /// Claims it contradicts.
    pub contradicts: ArenaRange<ClaimId>,
    /// Claims it repeats.
    pub repeats: ArenaRange<ClaimId>,
    /// Promises, offers or threats that it fulfils.
    pub fulfils: ArenaRange<ClaimId>,
    /// Promises, offers or threats that it breaks.
    pub breaks: ArenaRange<ClaimId>,
}

/// A claim that has [`Links`].
#[derive(Debug, Clone, Copy)]
pub struct Linked {
    /// The claim.
    pub claim: ClaimId,
    /// Its links.
    pub links: Links,
}

impl Row for Linked {
    type Marker = marker::Linked;
}
