//! [`Facts`]: the store that owns all records, names, dates and texts.

mod merge;
mod record_set;
mod to_json;

use crate::fields::Pool;
use crate::ids::{
    ActorId, ClaimId, DocumentId, EventId, LinksId, OrderId, PlaceId, RecordKind, RecordRef,
    RelationId, TopicId,
};
use crate::kinds::{Actor, Claim, Document, Event, More, Order, Place, Relation, Topic};
use crate::parts::{Common, Evidence, FileId, Linked, Links};
use crate::storage::{ArenaRange, DateId, Dates, Name, Names, Owner, Str, Strings, Table};
use crate::values::{Cell, Fields as _, Listed, Lists, Resolve};
use crate::word::{OwnWords, Vocabulary};
use annals_time::Date;

pub use record_set::RecordSet;

/// A fact file or a document's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Its path, as messages show it.
    pub name: String,
    /// Its bare name, or its path where another file has the same name. Records without an id are named
    /// after it.
    pub short: String,
    /// What is in it.
    pub kind: FileKind,
}

/// What is in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// Facts as one JSON object.
    Json,
    /// Facts as JSON Lines.
    JsonLines,
    /// Facts in YAML.
    Yaml,
    /// Facts of one kind as separated values.
    Table,
    /// Facts in the sheets of a workbook.
    Book,
    /// The plain text of a document.
    Text,
}

/// All records, their names, dates and words.
///
/// Made by `annals-load`; read-only afterwards. Every table is in the order in which the
/// records were read.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The files that were read; [`FileId`] counts them.
    pub files: Vec<SourceFile>,
    /// Documents.
    pub documents: Table<Document>,
    /// Actors.
    pub actors: Table<Actor>,
    /// Places.
    pub places: Table<Place>,
    /// Topics.
    pub topics: Table<Topic>,
    /// Events.
    pub events: Table<Event>,
    /// Claims.
    pub claims: Table<Claim>,
    /// Relations.
    pub relations: Table<Relation>,
    /// Orders.
    pub orders: Table<Order>,
    /// The links of claims, claim by claim, in no order.
    pub claim_links: Table<Linked>,
    /// The fields that few records have.
    pub more: Table<More>,
    /// Ids and open words.
    pub names: Names,
    /// Words that the user has added to the closed vocabularies.
    pub own_words: OwnWords,
    /// For each name, by its row, the record that has it as its id.
    pub holders: Vec<Option<RecordRef>>,
    /// Every date, each kept once.
    pub dates: Dates,
    /// Every text.
    pub strings: Strings,
    /// The items of all lists.
    pub lists: Lists,
}

macro_rules! indexed {
    ($($id:ty, $record:ty => $table:ident,)+) => {
        $(impl std::ops::Index<$id> for Facts {
            type Output = $record;
            fn index(&self, id: $id) -> &$record { &self.$table[id] }
        })+
    };
}
indexed! {
    DocumentId, Document => documents,
    ActorId, Actor => actors,
    PlaceId, Place => places,
    TopicId, Topic => topics,
    EventId, Event => events,
    ClaimId, Claim => claims,
    RelationId, Relation => relations,
    OrderId, Order => orders,
}

impl Default for Facts {
    fn default() -> Self {
        Self::new()
    }
}

impl Facts {
    /// A store without records.
    pub fn new() -> Self {
        let owner = Owner::new();
        Facts {
            files: Vec::new(),
            documents: Table::new(owner),
            actors: Table::new(owner),
            places: Table::new(owner),
            topics: Table::new(owner),
            events: Table::new(owner),
            claims: Table::new(owner),
            relations: Table::new(owner),
            orders: Table::new(owner),
            claim_links: Table::new(owner),
            more: Table::new(owner),
            names: Names::new(owner),
            own_words: OwnWords::default(),
            holders: Vec::new(),
            dates: Dates::new(owner),
            strings: Strings::default(),
            lists: Lists::default(),
        }
    }

    /// The items of a list.
    pub fn list<T: Listed>(&self, list: ArenaRange<T>) -> &[T] {
        T::items(&self.lists, list)
    }

    /// The links of a claim.
    pub fn links(&self, claim: &Claim) -> Links {
        Resolve::links(self, claim.links)
    }

    /// The characters of a text.
    pub fn str(&self, text: Str) -> &str {
        self.strings.get(text)
    }

    /// The word of a name.
    pub fn name(&self, name: Name) -> &str {
        self.names.get(name)
    }

    /// A date.
    pub fn date(&self, id: DateId) -> &Date {
        self.dates.get(id)
    }

    /// The record with this very id.
    pub fn find(&self, id: &str) -> Option<RecordRef> {
        self.holder(self.names.find(id)?)
    }

    /// The record that has a name as its id.
    pub fn holder(&self, name: Name) -> Option<RecordRef> {
        self.holders.get(name.index()).copied().flatten()
    }

    /// The id of a record, where it stands, and the handle of its rarer fields.
    pub fn common(&self, record: impl Into<RecordRef>) -> &Common {
        match record.into() {
            RecordRef::Document(id) => &self[id].common,
            RecordRef::Actor(id) => &self[id].common,
            RecordRef::Place(id) => &self[id].common,
            RecordRef::Topic(id) => &self[id].common,
            RecordRef::Event(id) => &self[id].common,
            RecordRef::Claim(id) => &self[id].common,
            RecordRef::Relation(id) => &self[id].common,
            RecordRef::Order(id) => &self[id].common,
        }
    }

    /// The rarer fields of a record, if it has one of them.
    pub fn more(&self, record: impl Into<RecordRef>) -> Option<&More> {
        self.common(record).more.map(|id| &self.more[id])
    }

    /// The id of a record.
    pub fn id(&self, record: impl Into<RecordRef>) -> &str {
        self.name(self.common(record).id)
    }

    /// What a record is called: its name, label or title; a claim's quote or content; else its id.
    pub fn label(&self, record: impl Into<RecordRef>) -> &str {
        let record = record.into();
        let label = match record {
            RecordRef::Document(id) => self[id].title,
            RecordRef::Actor(id) => self[id].name,
            RecordRef::Place(id) => self[id].name,
            RecordRef::Topic(id) => self[id].label,
            RecordRef::Event(id) => self[id].label,
            RecordRef::Claim(id) => self[id].quote.or(self[id].content),
            RecordRef::Relation(_) | RecordRef::Order(_) => None,
        };
        label.map_or_else(|| self.id(record), |text| self.str(text))
    }

    /// What an actor is, in one word: of the vocabulary, or one that the user has added.
    pub fn kind_word(&self, actor: ActorId) -> Option<&str> {
        let actor = &self[actor];
        let own = actor.own_kind.map(|word| self.name(word));
        actor.kind.map(Vocabulary::word).or(own)
    }

    /// What the speaker does by a claim, in one word: of the vocabulary, or one that the user has
    /// added.
    pub fn act_word(&self, claim: ClaimId) -> Option<&str> {
        let claim = &self[claim];
        let own = claim.own_act.map(|word| self.name(word));
        claim.act.map(Vocabulary::word).or(own)
    }

    /// Keeps the records that a field of a record refers to: at least one, each of a kind that may
    /// stand there.
    pub fn put_references(&mut self, record: RecordRef, nth: usize, found: &[RecordRef]) {
        let lists = &mut self.lists;
        let cell = match record {
            RecordRef::Document(id) => self.documents[id].cell(nth),
            RecordRef::Actor(id) => self.actors[id].cell(nth),
            RecordRef::Place(id) => self.places[id].cell(nth),
            RecordRef::Topic(id) => self.topics[id].cell(nth),
            RecordRef::Event(id) => self.events[id].cell(nth),
            RecordRef::Relation(id) => self.relations[id].cell(nth),
            RecordRef::Order(id) => self.orders[id].cell(nth),
            RecordRef::Claim(id) => {
                let claim = &mut self.claims[id];
                let known = claim.links;
                match claim.cell(nth) {
                    Cell::Linked(member) => {
                        // A claim has no links before the first.
                        let links = known.or_else(|| {
                            let links = Links::default();
                            self.claim_links.push(Linked { claim: id, links })
                        });
                        claim.links = links;
                        if let Some(links) = links {
                            member(&mut self.claim_links[links].links).put(found, lists);
                        }
                        return;
                    }
                    cell => cell,
                }
            }
        };
        if let Cell::References(member) = cell {
            member.put(found, lists);
        }
    }

    /// Keeps the record that an object refers to; `at` is the object's position in its pool.
    pub fn put_reference_of(&mut self, pool: Pool, at: usize, found: RecordRef) {
        match (pool, found) {
            (Pool::Evidence, RecordRef::Document(document)) => {
                self.lists.evidence.item_mut(at).document = Some(document);
            }
            (Pool::Participants, RecordRef::Actor(actor)) => {
                self.lists.participants.item_mut(at).actor = Some(actor);
            }
            (Pool::Stances, _) => self.lists.stances.item_mut(at).toward = found.node(),
            _ => {}
        }
    }

    /// How many references a field of a record keeps: of ids, those that were resolved; of objects,
    /// all.
    pub fn count_of(&self, record: RecordRef, nth: usize) -> Option<usize> {
        match record {
            RecordRef::Document(id) => self[id].count(self, nth),
            RecordRef::Actor(id) => self[id].count(self, nth),
            RecordRef::Place(id) => self[id].count(self, nth),
            RecordRef::Topic(id) => self[id].count(self, nth),
            RecordRef::Event(id) => self[id].count(self, nth),
            RecordRef::Claim(id) => self[id].count(self, nth),
            RecordRef::Relation(id) => self[id].count(self, nth),
            RecordRef::Order(id) => self[id].count(self, nth),
        }
    }

    /// The record that an item of a field of a record refers to.
    pub fn lead_of(&self, record: RecordRef, nth: usize, item: usize) -> Option<RecordRef> {
        match record {
            RecordRef::Document(id) => self[id].lead(self, nth, item),
            RecordRef::Actor(id) => self[id].lead(self, nth, item),
            RecordRef::Place(id) => self[id].lead(self, nth, item),
            RecordRef::Topic(id) => self[id].lead(self, nth, item),
            RecordRef::Event(id) => self[id].lead(self, nth, item),
            RecordRef::Claim(id) => self[id].lead(self, nth, item),
            RecordRef::Relation(id) => self[id].lead(self, nth, item),
            RecordRef::Order(id) => self[id].lead(self, nth, item),
        }
    }

    /// Every record, kind by kind, in the order in which they were read.
    pub fn records(&self) -> impl Iterator<Item = RecordRef> {
        (self.documents.handles().map(RecordRef::from))
            .chain(self.actors.handles().map(RecordRef::from))
            .chain(self.places.handles().map(RecordRef::from))
            .chain(self.topics.handles().map(RecordRef::from))
            .chain(self.events.handles().map(RecordRef::from))
            .chain(self.claims.handles().map(RecordRef::from))
            .chain(self.relations.handles().map(RecordRef::from))
            .chain(self.orders.handles().map(RecordRef::from))
    }

    /// How many records of a kind there are.
    pub fn count(&self, kind: RecordKind) -> usize {
        match kind {
            RecordKind::Document => self.documents.len(),
            RecordKind::Actor => self.actors.len(),
            RecordKind::Place => self.places.len(),
            RecordKind::Topic => self.topics.len(),
            RecordKind::Event => self.events.len(),
            RecordKind::Claim => self.claims.len(),
            RecordKind::Relation => self.relations.len(),
            RecordKind::Order => self.orders.len(),
        }
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.documents.len()
            + self.actors.len()
            + self.places.len()
            + self.topics.len()
            + self.events.len()
            + self.claims.len()
            + self.relations.len()
            + self.orders.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The evidence of a record; empty for kinds without evidence.
    pub fn evidence(&self, record: impl Into<RecordRef>) -> &[Evidence] {
        let list = match record.into() {
            RecordRef::Event(id) => self[id].evidence,
            RecordRef::Claim(id) => self[id].evidence,
            RecordRef::Relation(id) => self[id].evidence,
            RecordRef::Order(id) => self[id].evidence,
            _ => ArenaRange::EMPTY,
        };
        self.list(list)
    }

    /// The date that a record gives for itself: when it was published, took place, was said or held;
    /// for an actor, its lifespan.
    pub fn own_date(&self, record: RecordRef) -> Option<DateId> {
        match record {
            RecordRef::Document(id) => self[id].published,
            RecordRef::Actor(id) => self[id].lifespan,
            RecordRef::Event(id) => self[id].when,
            RecordRef::Claim(id) => self[id].said,
            RecordRef::Relation(id) => self[id].when,
            RecordRef::Place(_) | RecordRef::Topic(_) | RecordRef::Order(_) => None,
        }
    }

    /// The earliest publication date of the documents that report a record.
    pub fn reported(&self, record: impl Into<RecordRef>) -> Option<&Date> {
        (self.evidence(record).iter())
            .filter_map(|evidence| self[evidence.document?].published)
            .map(|id| self.date(id))
            .min_by(|a, b| annals_time::chronological(a, b))
    }

    /// A file that facts or texts were read from.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.index()]
    }
}

impl Resolve for Facts {
    fn str(&self, text: Str) -> &str {
        Facts::str(self, text)
    }

    fn name(&self, name: Name) -> &str {
        Facts::name(self, name)
    }

    fn date(&self, date: DateId) -> &Date {
        Facts::date(self, date)
    }

    fn id(&self, record: RecordRef) -> &str {
        Facts::id(self, record)
    }

    fn lists(&self) -> &Lists {
        &self.lists
    }

    fn links(&self, links: Option<LinksId>) -> Links {
        links.map_or_else(Links::default, |links| self.claim_links[links].links)
    }
}
