//! How handles and ranges change when their records move to another store.

use crate::fields::Pool;
use crate::ids::RecordRef;
use crate::parts::{Evidence, Ignore, Participant, Stance};
use crate::storage::{ArenaRange, DateId, Name, Owner, Str};
use annals_evidence::Span;

/// For facts that were read apart: the handles that their words and dates have in the store that takes
/// them in.
#[derive(Debug, Clone, Copy)]
pub struct Called<'w> {
    /// The dates, by row.
    pub dates: &'w [DateId],
    /// For each mention of a word its row in `met`.
    pub mentions: &'w [Name],
    /// The words.
    pub met: &'w [MetWord],
    /// The ids of the records, by row.
    pub own: &'w [Name],
}

impl Called<'_> {
    /// The name of a mentioned word.
    pub fn name(&self, mention: Name) -> Name {
        self.met[self.mentions[mention.index()].index()].name()
    }
}

/// A word, and the record that has it as its id, once that is known. It then stays so.
#[derive(Debug, Clone, Copy)]
pub struct MetWord {
    pub(crate) name: Name,
    pub(crate) holder: Option<RecordRef>,
}

impl MetWord {
    /// A word of which nothing else is known.
    pub fn new(name: Name) -> Self {
        MetWord { name, holder: None }
    }

    /// Its name.
    pub fn name(self) -> Name {
        self.name
    }
}

/// How far the rows, texts and list items of a store are shifted in the store that took them in.
#[derive(Debug)]
pub struct Moved<'w> {
    pub(crate) owner: Owner,
    pub(crate) called: Called<'w>,
    pub(crate) documents: usize,
    pub(crate) actors: usize,
    pub(crate) places: usize,
    pub(crate) topics: usize,
    pub(crate) events: usize,
    pub(crate) claims: usize,
    pub(crate) relations: usize,
    pub(crate) orders: usize,
    pub(crate) more: usize,
    pub(crate) strings: usize,
    pub(crate) lists: MovedLists,
}

/// How far the items of lists are shifted.
#[derive(Debug)]
pub(crate) struct MovedLists {
    pub(crate) strs: usize,
    pub(crate) names: usize,
    pub(crate) stances: usize,
    pub(crate) participants: usize,
    pub(crate) evidence: usize,
    pub(crate) spans: usize,
    pub(crate) ignores: usize,
    pub(crate) extras: usize,
}

impl Moved<'_> {
    /// Where a record is now.
    pub fn record(&self, record: RecordRef) -> RecordRef {
        let owner = self.owner;
        match record {
            RecordRef::Document(id) => id.moved(owner, self.documents).into(),
            RecordRef::Actor(id) => id.moved(owner, self.actors).into(),
            RecordRef::Place(id) => id.moved(owner, self.places).into(),
            RecordRef::Topic(id) => id.moved(owner, self.topics).into(),
            RecordRef::Event(id) => id.moved(owner, self.events).into(),
            RecordRef::Claim(id) => id.moved(owner, self.claims).into(),
            RecordRef::Relation(id) => id.moved(owner, self.relations).into(),
            RecordRef::Order(id) => id.moved(owner, self.orders).into(),
        }
    }

    /// How far the objects of a pool are shifted.
    pub fn objects(&self, pool: Pool) -> usize {
        match pool {
            Pool::Evidence => self.lists.evidence,
            Pool::Stances => self.lists.stances,
            Pool::Participants => self.lists.participants,
        }
    }

    /// The name of a mentioned word.
    pub(crate) fn name(&self, mention: Name) -> Name {
        self.called.name(mention)
    }

    pub(crate) fn date(&self, date: DateId) -> DateId {
        self.called.dates[date.index()]
    }

    pub(crate) fn str(&self, text: Str) -> Str {
        text.moved(self.strings)
    }

    pub(crate) fn text(&self, text: Option<Str>) -> Option<Str> {
        text.map(|text| self.str(text))
    }

    pub(crate) fn texts(&self, texts: ArenaRange<Str>) -> ArenaRange<Str> {
        texts.moved(self.lists.strs)
    }

    pub(crate) fn names(&self, names: ArenaRange<Name>) -> ArenaRange<Name> {
        names.moved(self.lists.names)
    }

    pub(crate) fn spans(&self, spans: ArenaRange<Span>) -> ArenaRange<Span> {
        spans.moved(self.lists.spans)
    }

    pub(crate) fn ignores(&self, ignores: ArenaRange<Ignore>) -> ArenaRange<Ignore> {
        ignores.moved(self.lists.ignores)
    }

    pub(crate) fn stances(&self, stances: ArenaRange<Stance>) -> ArenaRange<Stance> {
        stances.moved(self.lists.stances)
    }

    pub(crate) fn participants(
        &self,
        participants: ArenaRange<Participant>,
    ) -> ArenaRange<Participant> {
        participants.moved(self.lists.participants)
    }

    pub(crate) fn evidence(&self, evidence: ArenaRange<Evidence>) -> ArenaRange<Evidence> {
        evidence.moved(self.lists.evidence)
    }
}
