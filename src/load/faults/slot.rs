//! The fields of records that refer to other records.

use annals_finding::Path;
use annals_model::{Moved, RecordKind};

/// The field that holds a reference. Where the reference stands in an object of a pool (a stance, a
/// participant, evidence), the position in that pool, which holds at most `u32::MAX`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slot {
    DocumentBasedOn,
    DocumentCorrects,
    PlaceWithin,
    TopicAbout,
    EventParticipant(u32),
    EventParticipantBare(u32),
    EventPlace,
    EventPartOf,
    EventCauses,
    ClaimSpeaker,
    ClaimAs,
    ClaimTo,
    ClaimAbout,
    ClaimStance(u32),
    ClaimAt,
    ClaimVia,
    ClaimRespondsTo,
    ClaimSupports,
    ClaimContradicts,
    ClaimRepeats,
    RelationFrom,
    RelationTo,
    OrderFirst,
    OrderSecond,
    OrderShortFirst,
    OrderShortSecond,
    Evidence(u32),
}

impl Slot {
    /// The field, as the facts call it.
    pub(crate) fn field(self) -> &'static str {
        match self {
            Slot::DocumentBasedOn => "based_on",
            Slot::DocumentCorrects => "corrects",
            Slot::PlaceWithin => "within",
            Slot::TopicAbout | Slot::ClaimAbout => "about",
            Slot::EventParticipant(_) | Slot::EventParticipantBare(_) => "participants",
            Slot::EventPlace => "place",
            Slot::EventPartOf => "part_of",
            Slot::EventCauses => "causes",
            Slot::ClaimSpeaker => "speaker",
            Slot::ClaimAs => "as",
            Slot::ClaimTo | Slot::RelationTo => "to",
            Slot::ClaimStance(_) => "stance",
            Slot::ClaimAt => "at",
            Slot::ClaimVia => "via",
            Slot::ClaimRespondsTo => "responds_to",
            Slot::ClaimSupports => "supports",
            Slot::ClaimContradicts => "contradicts",
            Slot::ClaimRepeats => "repeats",
            Slot::RelationFrom => "from",
            Slot::OrderFirst | Slot::OrderShortFirst => "first",
            Slot::OrderSecond | Slot::OrderShortSecond => "second",
            Slot::Evidence(_) => "evidence",
        }
    }

    /// The kinds of record that may stand there.
    pub(crate) fn kinds(self) -> &'static [RecordKind] {
        use RecordKind::{Actor, Claim, Document, Event, Place, Relation, Topic};
        match self {
            Slot::DocumentBasedOn | Slot::DocumentCorrects | Slot::Evidence(_) => &[Document],
            Slot::PlaceWithin | Slot::EventPlace => &[Place],
            Slot::TopicAbout | Slot::ClaimAbout | Slot::ClaimStance(_) => {
                &[Document, Actor, Place, Topic, Event, Claim]
            }
            Slot::EventParticipant(_)
            | Slot::EventParticipantBare(_)
            | Slot::ClaimSpeaker
            | Slot::ClaimTo
            | Slot::RelationFrom
            | Slot::RelationTo => &[Actor],
            Slot::EventPartOf | Slot::EventCauses | Slot::ClaimAt => &[Event],
            Slot::ClaimAs => &[Relation],
            Slot::ClaimVia => &[Actor, Claim],
            Slot::ClaimRespondsTo
            | Slot::ClaimSupports
            | Slot::ClaimContradicts
            | Slot::ClaimRepeats => &[Claim],
            Slot::OrderFirst
            | Slot::OrderSecond
            | Slot::OrderShortFirst
            | Slot::OrderShortSecond => &[Event, Claim, Document, Relation, Actor],
        }
    }

    /// The same field, when the items of the pools are moved on.
    pub(crate) fn moved(self, moved: &Moved<'_>) -> Slot {
        match self {
            Slot::EventParticipant(at) => Slot::EventParticipant(at + moved.participants() as u32),
            Slot::EventParticipantBare(at) => {
                Slot::EventParticipantBare(at + moved.participants() as u32)
            }
            Slot::ClaimStance(at) => Slot::ClaimStance(at + moved.stances() as u32),
            Slot::Evidence(at) => Slot::Evidence(at + moved.evidence() as u32),
            other => other,
        }
    }

    /// Where the reference stands in its record.
    pub(crate) fn path(self, nth: usize) -> Path {
        let field = Path::field(self.field());
        match self {
            Slot::EventPlace
            | Slot::EventPartOf
            | Slot::PlaceWithin
            | Slot::ClaimAs
            | Slot::ClaimAt
            | Slot::RelationFrom
            | Slot::RelationTo
            | Slot::OrderFirst
            | Slot::OrderSecond => field,
            Slot::EventParticipant(_) => field.index(nth).key("actor"),
            Slot::ClaimStance(_) => field.index(nth).key("toward"),
            Slot::Evidence(_) => field.index(nth).key("document"),
            Slot::OrderShortFirst => Path::RECORD.index(0),
            Slot::OrderShortSecond => Path::RECORD.index(2),
            _ => field.index(nth),
        }
    }
}
