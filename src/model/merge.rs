//! Joining facts that were read apart: blocks of a file, read by several threads, become one store.
//!
//! Joined in the order of their blocks, they are what one reader would have made of the whole, but
//! for the order of names, which nothing that is shown depends on.

use super::handle::Owner;
use super::{
    Actor, ArenaRange, Claim, Common, DateId, Document, Event, Evidence, Facts, Ignore, More, Name,
    Order, Participant, Place, RecordRef, Relation, Relations, Retraction, Str, Topic,
};

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
            .take_in(&mut others.documents, |one| moved.document(one))?;
        self.actors
            .take_in(&mut others.actors, |one| moved.actor(one))?;
        self.places
            .take_in(&mut others.places, |one| moved.place(one))?;
        self.topics
            .take_in(&mut others.topics, |one| moved.topic(one))?;
        self.events
            .take_in(&mut others.events, |one| moved.event(one))?;
        self.claims
            .take_in(&mut others.claims, |one| moved.claim(one))?;
        self.relations
            .take_in(&mut others.relations, |one| moved.relation(one))?;
        self.orders
            .take_in(&mut others.orders, |one| moved.order(one))?;
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
    fn name(&self, mention: Name) -> Name {
        self.called.name(mention)
    }

    /// How far stances lie on.
    pub fn stances(&self) -> usize {
        self.lists.stances
    }

    /// How far participants lie on.
    pub fn participants(&self) -> usize {
        self.lists.participants
    }

    /// How far evidence lies on.
    pub fn evidence(&self) -> usize {
        self.lists.evidence
    }

    fn date(&self, date: DateId) -> DateId {
        self.called.dates[date.index()]
    }

    fn str(&self, text: Str) -> Str {
        text.moved(self.strings)
    }

    fn text(&self, text: Option<Str>) -> Option<Str> {
        text.map(|text| self.str(text))
    }

    fn word(&self, name: Option<Name>) -> Option<Name> {
        name.map(|name| self.name(name))
    }

    fn when(&self, date: Option<DateId>) -> Option<DateId> {
        date.map(|date| self.date(date))
    }

    fn texts(&self, texts: ArenaRange<Str>) -> ArenaRange<Str> {
        texts.moved(self.lists.strs)
    }

    fn rests_on(&self, evidence: ArenaRange<Evidence>) -> ArenaRange<Evidence> {
        evidence.moved(self.lists.evidence)
    }

    fn common(&self, common: Common) -> Common {
        Common {
            id: self.called.own[common.id.index()],
            more: common.more.map(|more| more.moved(self.owner, self.more)),
            named: common.named,
            origin: common.origin,
        }
    }

    #[allow(clippy::needless_pass_by_value, reason = "as the records below")]
    fn rare(&self, more: More) -> More {
        let retracted = |one: Retraction| Retraction {
            on: self.date(one.on),
            reason: self.text(one.reason),
        };
        More {
            note: self.text(more.note),
            tags: more.tags.moved(self.lists.names),
            confidence: more.confidence,
            recorded: self.when(more.recorded),
            retracted: more.retracted.map(retracted),
            ignore: more.ignore.moved(self.lists.ignores),
            extra: more.extra.moved(self.lists.extras),
        }
    }

    fn participant(&self, participant: Participant) -> Participant {
        Participant {
            actor: participant.actor,
            role: self.word(participant.role),
        }
    }

    fn one_evidence(&self, evidence: Evidence) -> Evidence {
        Evidence {
            document: evidence.document,
            quote: self.text(evidence.quote),
            spans: evidence.spans.moved(self.lists.spans),
            found: evidence.found.moved(self.lists.spans),
            verified: evidence.verified,
        }
    }

    fn ignore(&self, ignore: Ignore) -> Ignore {
        Ignore {
            code: self.name(ignore.code),
            reason: self.text(ignore.reason),
        }
    }
}

/// The records, field by field: what waits for its references is still empty, and stays so.
#[allow(
    clippy::needless_pass_by_value,
    reason = "a record goes in and comes out; that most of its fields are copied is by the way"
)]
impl Moved<'_> {
    fn document(&self, one: Document) -> Document {
        Document {
            common: self.common(one.common),
            title: self.text(one.title),
            kind: self.word(one.kind),
            author: self.texts(one.author),
            publisher: self.text(one.publisher),
            published: self.when(one.published),
            language: self.text(one.language),
            url: self.text(one.url),
            based_on: ArenaRange::EMPTY,
            corrects: ArenaRange::EMPTY,
            text: self.text(one.text),
            sha256: self.text(one.sha256),
        }
    }

    fn actor(&self, one: Actor) -> Actor {
        Actor {
            common: self.common(one.common),
            name: self.text(one.name),
            kind: one.kind,
            own_kind: self.word(one.own_kind),
            aliases: self.texts(one.aliases),
            unnamed: one.unnamed,
            lifespan: self.when(one.lifespan),
            same_as: self.texts(one.same_as),
        }
    }

    fn place(&self, one: Place) -> Place {
        Place {
            common: self.common(one.common),
            name: self.text(one.name),
            within: None,
            lat: one.lat,
            lon: one.lon,
        }
    }

    fn topic(&self, one: Topic) -> Topic {
        Topic {
            common: self.common(one.common),
            label: self.text(one.label),
            about: ArenaRange::EMPTY,
        }
    }

    fn event(&self, one: Event) -> Event {
        Event {
            common: self.common(one.common),
            label: self.text(one.label),
            kind: self.word(one.kind),
            when: self.when(one.when),
            status: one.status,
            participants: one.participants.moved(self.lists.participants),
            place: None,
            part_of: None,
            causes: ArenaRange::EMPTY,
            weekday: self.text(one.weekday),
            evidence: self.rests_on(one.evidence),
        }
    }

    fn claim(&self, one: Claim) -> Claim {
        Claim {
            common: self.common(one.common),
            speaker: ArenaRange::EMPTY,
            voice: one.voice,
            capacity: None,
            to: ArenaRange::EMPTY,
            about: ArenaRange::EMPTY,
            stance: one.stance.moved(self.lists.stances),
            act: one.act,
            own_act: self.word(one.own_act),
            mode: one.mode,
            quote: self.text(one.quote),
            content: self.text(one.content),
            said: self.when(one.said),
            weekday: self.text(one.weekday),
            at: None,
            // What refers to others is only known when references are resolved.
            links: None,
            evidence: self.rests_on(one.evidence),
        }
    }

    fn relation(&self, one: Relation) -> Relation {
        Relation {
            common: self.common(one.common),
            from: None,
            kind: self.word(one.kind),
            to: None,
            role: self.text(one.role),
            when: self.when(one.when),
            evidence: self.rests_on(one.evidence),
        }
    }

    fn order(&self, one: Order) -> Order {
        let relations = |one: Relations| Relations {
            set: one.set,
            words: self.name(one.words),
        };
        Order {
            common: self.common(one.common),
            first: None,
            relation: one.relation.map(relations),
            second: None,
            apart: one.apart,
            evidence: self.rests_on(one.evidence),
        }
    }
}
