//! Events: what happened, happens or is expected.

use super::RecordKind as Kind;
use super::evidence::EVIDENCE;
use super::fields::{Field, Part, Pool, Shape, fields, one_of, record};
use super::word::vocabulary;
use super::{ActorId, ArenaRange, Common, DateId, Evidence, Handle, Name, PlaceId, Str};
use Shape::{Date, Parts, Reference, References, Text, Word};

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

record! {
    /// What happened, happens or is expected. What somebody *said* happened is a claim.
    pub struct Event {
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
}

fields! {
    Event;
    label: Field::new("label", Text, "Its name.")
        .required(),
    kind: Field::new("kind", Word, "The kind of event.")
        .numbered("kind"),
    when: Field::new("when", Date, "When it took place.")
        .kept(),
    status: Field::new("status", one_of::<Status>(), "Whether it took place.")
        .kept(),
    participants: Field::new("participants", Parts(&PARTICIPANT), "Who took part.")
        .edge("participates").links_with("event_participant", "actor", "role").kept(),
    place: Field::new("place", Reference(&[Kind::Place]), "Which stance.")
        .edge("took_place_in").links("event_place", "place").kept(),
    part_of: Field::new("part_of", Reference(&[Kind::Event]), "The event it is part of.")
        .edge("part_of").links("event_part_of", "event").kept(),
    causes: Field::new("causes", References(&[Kind::Event]), "Events it causes.")
        .edge("causes").links("event_cause", "event").kept(),
    weekday: Field::new("weekday", Text, "The day of the week, as worded in the source.")
        .few(),
    evidence: Field::new("evidence", Parts(&EVIDENCE), "The passages that show it.")
        .edge("reported_in").links("event_evidence", "document").kept(),
}

fields! {
    Participant;
    actor: Field::new("actor", Reference(&[Kind::Actor]), "Who.")
        .required().column("participant").kept(),
    role: Field::new("role", Word, "The role.")
        .column("participant_role").numbered("role"),
}

/// Who took part.
pub static PARTICIPANT: Part = Part {
    name: "participant",
    called: "a participant",
    doc: "Who took part; a bare id has no role.",
    fields: <Participant as super::Fields>::FIELDS,
    pool: Some(Pool::Participants),
};

/// A handle of an [`Event`].
pub type EventId = Handle<Event>;
