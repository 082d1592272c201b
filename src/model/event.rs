//! Events: what happened, happens or is expected.

use super::word::vocabulary;
use super::{ActorId, ArenaRange, Common, DateId, Evidence, Handle, Name, PlaceId, Str};

vocabulary! {
    /// Whether an event took place.
    Status, "a status", {
        /// It happened.
        Occurred = "occurred",
        /// It is going on.
        Ongoing = "ongoing",
        /// It has a date set.
        Scheduled = "scheduled",
        /// It is expected.
        Anticipated = "anticipated",
        /// Somebody says that it happened.
        Alleged = "alleged",
        /// It was called off.
        Cancelled = "cancelled",
    }
}

/// One who took part in an event, and as what.
#[derive(Debug, Clone, Copy)]
pub struct Participant {
    /// Who; `None` where the facts name somebody unknown.
    pub actor: Option<ActorId>,
    /// As what ("host").
    pub role: Option<Name>,
}

/// What happened, happens or is expected. What somebody *said* happened is a claim.
#[derive(Debug, Clone)]
pub struct Event {
    /// What every record has.
    pub common: Common,
    /// What it is called.
    pub label: Option<Str>,
    /// What sort of event it is ("summit").
    pub kind: Option<Name>,
    /// When it happened.
    pub when: Option<DateId>,
    /// Whether it took place.
    pub status: Option<Status>,
    /// Who took part.
    pub participants: ArenaRange<Participant>,
    /// Where.
    pub place: Option<PlaceId>,
    /// The event of which it is a part.
    pub part_of: Option<EventId>,
    /// The events that it brought about.
    pub causes: ArenaRange<EventId>,
    /// The day of the week, as the source words it.
    pub weekday: Option<Str>,
    /// What it rests on.
    pub evidence: ArenaRange<Evidence>,
}

/// A handle of an [`Event`].
pub type EventId = Handle<Event>;
