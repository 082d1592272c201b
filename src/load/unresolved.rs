//! References that wait until every file is read: a record may name one that comes later.

use super::reader_cache::Holders;
use annals_finding::Path;
use annals_model::{Moved, Name, RecordKind, RecordRef, StanceValue};

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
    fn moved(self, moved: &Moved<'_>) -> Slot {
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

/// One reference that waits.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reference {
    pub(crate) name: Name,
    pub(crate) slot: Slot,
    /// Which item of its list, from 0.
    pub(crate) nth: u32,
}

/// All references that wait, record by record.
#[derive(Debug, Default)]
pub(crate) struct Unresolved {
    references: Vec<Reference>,
    /// Each record that has references, and where its references end.
    owners: Vec<(RecordRef, usize)>,
    /// Claims whose stance holds toward everything that they are about, by the position at which
    /// their references begin.
    toward_all: Vec<(usize, StanceValue)>,
}

impl Unresolved {
    fn begun(&self) -> usize {
        self.owners.last().map_or(0, |(_, end)| *end)
    }

    pub(crate) fn push(&mut self, name: Name, slot: Slot, nth: usize) {
        let nth = u32::try_from(nth).unwrap_or(u32::MAX);
        self.references.push(Reference { name, slot, nth });
    }

    /// The claim that is being read has this stance toward everything in `about`.
    pub(crate) fn stance_toward_all(&mut self, value: StanceValue) {
        self.toward_all.push((self.owners.len(), value));
    }

    /// All references since the last call are of this record.
    pub(crate) fn end(&mut self, record: RecordRef) {
        let stance = self
            .toward_all
            .last()
            .is_some_and(|(owner, _)| *owner == self.owners.len());
        if stance || self.references.len() > self.begun() {
            self.owners.push((record, self.references.len()));
        }
    }

    /// Calls all that waits in a block as it is called where the block was taken in, but for names.
    pub(crate) fn move_on(&mut self, moved: &Moved<'_>) {
        for one in &mut self.references {
            one.slot = one.slot.moved(moved);
        }
        for (record, _) in &mut self.owners {
            *record = moved.record(*record);
        }
    }

    /// Calls each reference by the name that it has where the block was taken in, and notes the record
    /// to which each leads. False where one leads nowhere yet, or to one that may not stand where it
    /// is named.
    pub(crate) fn find(&mut self, found: &mut Vec<RecordRef>, holders: &mut Holders<'_>) -> bool {
        const AT_ONCE: usize = 32;
        found.clear();
        let mut all = true;
        for few in self.references.chunks_mut(AT_ONCE) {
            holders.look_ahead(few.iter().map(|one| one.name));
            for one in few {
                let (name, holder) = holders.of(one.name);
                one.name = name;
                let fits = |record: &RecordRef| one.slot.kinds().contains(&record.kind());
                match holder.filter(fits) {
                    Some(record) => found.push(record),
                    None => all = false,
                }
            }
        }
        all
    }

    /// Forgets all that waits.
    pub(crate) fn clear(&mut self) {
        self.references.clear();
        self.owners.clear();
        self.toward_all.clear();
    }

    /// Adds all that waits elsewhere, of the same facts.
    pub(crate) fn append(&mut self, others: &Unresolved) {
        let (before, owners) = (self.references.len(), self.owners.len());
        self.references.extend_from_slice(&others.references);
        let ends = others.owners.iter();
        self.owners
            .extend(ends.map(|&(record, end)| (record, before + end)));
        let stances = others.toward_all.iter();
        self.toward_all
            .extend(stances.map(|&(owner, value)| (owners + owner, value)));
    }

    /// The names that are referred to.
    pub(crate) fn names(&self) -> impl Iterator<Item = Name> + '_ {
        self.references.iter().map(|reference| reference.name)
    }

    /// The records that have references, in the order in which they were read.
    pub(crate) fn records(&self) -> impl Iterator<Item = Waiting<'_>> {
        self.records_with(None)
    }

    /// The same, with what [`Unresolved::find`] has found.
    pub(crate) fn records_with<'p>(
        &'p self,
        found: Option<&'p [RecordRef]>,
    ) -> impl Iterator<Item = Waiting<'p>> {
        let (mut start, mut stances) = (0, 0);
        self.owners
            .iter()
            .enumerate()
            .map(move |(nth, &(record, end))| {
                let references = &self.references[start..end];
                let found = found.map(|found| &found[start..end]);
                start = end;
                let first = stances;
                while self
                    .toward_all
                    .get(stances)
                    .is_some_and(|(owner, _)| *owner == nth)
                {
                    stances += 1;
                }
                Waiting {
                    record,
                    references,
                    found,
                    toward_all: &self.toward_all[first..stances],
                }
            })
    }
}

/// The references of one record.
pub(crate) struct Waiting<'p> {
    pub(crate) record: RecordRef,
    pub(crate) references: &'p [Reference],
    /// Where they lead, if that is known already.
    pub(crate) found: Option<&'p [RecordRef]>,
    pub(crate) toward_all: &'p [(usize, StanceValue)],
}
