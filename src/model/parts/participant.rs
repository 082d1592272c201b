//! Participants of events.

use super::object_members::{Members, members};
use crate::fields::{Field, Part, Pool, Shape};
use crate::ids::{ActorId, RecordKind};
use crate::storage::Name;
use Shape::{Reference, Word};

/// An actor who took part in an event, and in which role.
#[derive(Debug, Clone, Copy)]
pub struct Participant {
    /// Who; `None` where the facts name somebody unknown.
    pub actor: Option<ActorId>,
    /// The role ("host").
    pub role: Option<Name>,
}

members! {
    Participant;
    actor: Field::new("actor", Reference(&[RecordKind::Actor]), "Who.")
        .required().column("participant").kept(),
    role: Field::new("role", Word, "The role.")
        .column("participant_role").numbered("role"),
}

/// Who took part.
pub static PARTICIPANT: Part = Part {
    name: "participant",
    called: "a participant",
    doc: "Who took part; a bare id has no role.",
    fields: Participant::FIELDS,
    pool: Some(Pool::Participants),
};
