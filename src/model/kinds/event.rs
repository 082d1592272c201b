//! Events: what happened, happens or is expected.

use crate::fields::{Field, Shape, one_of};
use crate::ids::{ClaimId, EventId, PlaceId, RecordKind};
use crate::parts::{EVIDENCE, Evidence, PARTICIPANT, Participant};
use crate::storage::{ArenaRange, DateId, Name, Str};
use crate::values::{fields, record};
use crate::word::vocabulary;
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

record! {
    /// What happened, happens or is expected. What somebody *said* happened is a claim.
    pub struct Event {
        /// Its name.
        pub label: Option<Str>,
        /// The kind of event ("summit").
        pub kind: Option<Name>,
        /// When it took place.
        pub when: Option<DateId>,
        /// Whether it took place.
        pub status: Option<Status>,
        /// Who took part.
        pub participants: ArenaRange<Participant>,
        /// Where it took place.
        pub place: Option<PlaceId>,
        /// The event it is part of.
        pub part_of: Option<EventId>,
        /// Events it causes.
        pub causes: ArenaRange<EventId>,
        /// Promises, offers or threats that it fulfils.
        pub fulfils: ArenaRange<ClaimId>,
        /// Promises, offers or threats that it breaks.
        pub breaks: ArenaRange<ClaimId>,
        /// The day of the week, as worded in the source.
        pub weekday: Option<Str>,
        /// The passages that show it.
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
        .column("when_text").kept(),
    status: Field::new("status", one_of::<Status>(), "Whether it took place.")
        .kept(),
    participants: Field::new("participants", Parts(&PARTICIPANT), "Who took part.")
        .edge("participates").links_with("event_participant", "actor", "role").kept(),
    place: Field::new("place", Reference(&[RecordKind::Place]), "Where it took place.")
        .edge("took_place_in").links("event_place", "place").kept(),
    part_of: Field::new("part_of", Reference(&[RecordKind::Event]), "The event it is part of.")
        .edge("part_of").links("event_part_of", "event").kept(),
    causes: Field::new("causes", References(&[RecordKind::Event]), "Events it causes.")
        .edge("causes").links("event_cause", "event").kept(),
    fulfils: Field::new("fulfils", References(&[RecordKind::Claim]),
        "Promises, offers or threats that it fulfils.")
        .edge("fulfils").links("event_fulfils", "claim").kept(),
    breaks: Field::new("breaks", References(&[RecordKind::Claim]),
        "Promises, offers or threats that it breaks.")
        .edge("breaks").links("event_breaks", "claim").kept(),
    weekday: Field::new("weekday", Text, "The day of the week, as worded in the source.")
        .few(),
    evidence: Field::new("evidence", Parts(&EVIDENCE), "The passages that show it.")
        .edge("reported_in").links("event_evidence", "document").kept(),
}
