//! Joining facts that were read apart: blocks of a file, read by several threads, become one store.
//!
//! Joined in the order of their blocks, they are what one reader would have made of the whole, but
//! for the order of names, which nothing that is shown depends on.

use super::handle::Owner;
use super::{
    ArenaRange, Common, DateId, Evidence, Facts, Fields as _, Ignore, More, Name, Participant,
    Pool, Record, RecordRef, Stance, Str,
};
use annals_evidence::Span;

/// What the words and dates of facts that were read apart are called where these are taken in.
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
    /// What a mention is called.
    pub fn name(&self, mention: Name) -> Name {
        self.met[self.mentions[mention.index()].index()].name()
    }
}

/// A word, and who has it as an id, once that is known: it stays so.
#[derive(Debug, Clone, Copy)]
pub struct MetWord {
    name: Name,
    holder: Option<RecordRef>,
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

    /// Its name, and who has it as an id, if somebody has by now.
    pub fn holder(&mut self, facts: &Facts) -> (Name, Option<RecordRef>) {
        self.holder = self.holder.or_else(|| facts.holder(self.name));
        (self.name, self.holder)
    }
}

/// How far the rows of a store lie on in the one that took it in.
#[derive(Debug)]
pub struct Moved<'w> {
    owner: Owner,
    called: Called<'w>,
    documents: usize,
    actors: usize,
    places: usize,
    topics: usize,
    events: usize,
    claims: usize,
    relations: usize,
    orders: usize,
    more: usize,
    strings: usize,
    lists: MovedLists,
}

#[derive(Debug)]
struct MovedLists {
    strs: usize,
    names: usize,
    stances: usize,
    participants: usize,
    evidence: usize,
    spans: usize,
    ignores: usize,
    extras: usize,
}

impl Facts {
    /// Takes in all records of other facts whose references are not resolved yet, and leaves these
    /// empty. They keep their order; no id is claimed for them. Their handles of words and dates are
    /// rows of `called`. `None` where they do not fit: then none of them is there.
    pub fn take_in<'w>(&mut self, others: &mut Facts, called: Called<'w>) -> Option<Moved<'w>> {
        let moved = Moved {
            owner: self.more.owner(),
            called,
            documents: self.documents.len(),
            actors: self.actors.len(),
            places: self.places.len(),
            topics: self.topics.len(),
            events: self.events.len(),
            claims: self.claims.len(),
            relations: self.relations.len(),
            orders: self.orders.len(),
            more: self.more.len(),
            strings: self.strings.len(),
            lists: MovedLists {
                strs: self.lists.strs.len(),
                names: self.lists.names.len(),
                stances: self.lists.stances.len(),
                participants: self.lists.participants.len(),
                evidence: self.lists.evidence.len(),
                spans: self.lists.spans.len(),
                ignores: self.lists.ignores.len(),
                extras: self.lists.extras.len(),
            },
        };
        self.strings.take_in(&mut others.strings)?;
        let (lists, from) = (&mut self.lists, &mut others.lists);
        lists.strs.take_in(&mut from.strs, |one| moved.str(one))?;
        lists
            .names
            .take_in(&mut from.names, |one| moved.name(one))?;
        lists.stances.take_in(&mut from.stances, |one| one)?;
        lists
            .participants
            .take_in(&mut from.participants, |one| moved.participant(one))?;
        lists
            .evidence
            .take_in(&mut from.evidence, |one| moved.one_evidence(one))?;
        lists.spans.take_in(&mut from.spans, |one| one)?;
        lists
            .ignores
            .take_in(&mut from.ignores, |one| moved.ignore(one))?;
        lists.extras.take_in(&mut from.extras, |(name, json)| {
            (moved.str(name), moved.str(json))
        })?;
        self.documents
            .take_in(&mut others.documents, |one| moved.record_of(one))?;
        self.actors
            .take_in(&mut others.actors, |one| moved.record_of(one))?;
        self.places
            .take_in(&mut others.places, |one| moved.record_of(one))?;
        self.topics
            .take_in(&mut others.topics, |one| moved.record_of(one))?;
        self.events
            .take_in(&mut others.events, |one| moved.record_of(one))?;
        self.claims
            .take_in(&mut others.claims, |one| moved.record_of(one))?;
        self.relations
            .take_in(&mut others.relations, |one| moved.record_of(one))?;
        self.orders
            .take_in(&mut others.orders, |one| moved.record_of(one))?;
        self.more.take_in(&mut others.more, |one| moved.rare(one))?;
        Some(moved)
    }
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

    /// A word there, here.
    pub(super) fn name(&self, mention: Name) -> Name {
        self.called.name(mention)
    }

    /// How far the objects of a pool lie on.
    pub fn objects(&self, pool: Pool) -> usize {
        match pool {
            Pool::Evidence => self.lists.evidence,
            Pool::Stances => self.lists.stances,
            Pool::Participants => self.lists.participants,
        }
    }

    pub(super) fn date(&self, date: DateId) -> DateId {
        self.called.dates[date.index()]
    }

    fn str(&self, text: Str) -> Str {
        text.moved(self.strings)
    }

    pub(super) fn text(&self, text: Option<Str>) -> Option<Str> {
        text.map(|text| self.str(text))
    }

    pub(super) fn word(&self, name: Option<Name>) -> Option<Name> {
        name.map(|name| self.name(name))
    }

    pub(super) fn when(&self, date: Option<DateId>) -> Option<DateId> {
        date.map(|date| self.date(date))
    }

    pub(super) fn texts(&self, texts: ArenaRange<Str>) -> ArenaRange<Str> {
        texts.moved(self.lists.strs)
    }

    pub(super) fn names(&self, names: ArenaRange<Name>) -> ArenaRange<Name> {
        names.moved(self.lists.names)
    }

    pub(super) fn spans(&self, spans: ArenaRange<Span>) -> ArenaRange<Span> {
        spans.moved(self.lists.spans)
    }

    pub(super) fn ignores_of(&self, ignores: ArenaRange<Ignore>) -> ArenaRange<Ignore> {
        ignores.moved(self.lists.ignores)
    }

    pub(super) fn stances_of(&self, stances: ArenaRange<Stance>) -> ArenaRange<Stance> {
        stances.moved(self.lists.stances)
    }

    pub(super) fn participants_of(
        &self,
        participants: ArenaRange<Participant>,
    ) -> ArenaRange<Participant> {
        participants.moved(self.lists.participants)
    }

    pub(super) fn evidence_of(&self, evidence: ArenaRange<Evidence>) -> ArenaRange<Evidence> {
        evidence.moved(self.lists.evidence)
    }

    /// A record: its id, and each of its fields.
    fn record_of<R: Record>(&self, mut one: R) -> R {
        *one.common_mut() = self.common(*one.common_mut());
        one.move_on(self);
        one
    }

    fn common(&self, common: Common) -> Common {
        Common {
            id: self.called.own[common.id.index()],
            more: common.more.map(|more| more.moved(self.owner, self.more)),
            named: common.named,
            origin: common.origin,
        }
    }

    fn rare(&self, mut more: More) -> More {
        more.move_on(self);
        more.extra = more.extra.moved(self.lists.extras);
        more
    }

    fn participant(&self, mut participant: Participant) -> Participant {
        participant.move_on(self);
        participant
    }

    fn one_evidence(&self, mut evidence: Evidence) -> Evidence {
        evidence.move_on(self);
        evidence.found = evidence.found.moved(self.lists.spans);
        evidence
    }

    fn ignore(&self, ignore: Ignore) -> Ignore {
        Ignore {
            code: self.name(ignore.code),
            reason: self.text(ignore.reason),
        }
    }
}
