//! The fact model: the kinds of record, typed handles, and [`Facts`], the store that owns all records.
//!
//! Records hold typed handles and ranges into shared pools; [`Facts`] turns them back into words.
//!
//! ```
//! use annals_model::Facts;
//!
//! let facts = Facts::new();
//! assert!(facts.is_empty());
//! assert!(facts.find("zelensky").is_none());
//! ```
//!
//! The modules are layers, and each uses only those before it:
//!
//! 1. `word` (closed vocabularies);
//! 2. `storage` (tables and their handles, lists, texts, names and dates, whatever the records are);
//! 3. `ids` (kinds of record and handles of records, whatever their fields are);
//! 4. `fields` (how a field is described: name, shape, meaning, and what is made of it);
//! 5. `parts` (what records are made of: what every record has, and objects such as evidence);
//! 6. `values` (how the value of a field is kept, read, written as JSON and moved);
//! 7. `kinds` (the kinds of record: a struct with its list of fields, one file each);
//! 8. `catalogue` (the fields of all kinds together, and the JSON Schema made of them);
//! 9. `facts` ([`Facts`]: all records, how stores are merged, and sets of records).
//!
//! A claim can refer to an event without knowing what an event is, because handles are typed by
//! markers (`ids/handles.rs`). A field can be written without knowing the store, because it asks the
//! trait [`Resolve`] what its handles stand for.

mod catalogue;
mod facts;
mod fields;
mod ids;
mod kinds;
mod parts;
mod storage;
mod values;
mod word;

pub use catalogue::{every_field, json_schema};
pub use facts::{Facts, FileKind, RecordSet, SourceFile};
pub use fields::{DATE, Field, ID, LinkTable, OwnOf, Part, Pool, Shape, Shared, TYPE};
pub use ids::{
    ActorId, ClaimId, DocumentId, EventId, LinksId, MoreId, NodeRef, OrderId, PlaceId, RecordKind,
    RecordRef, RelationId, TopicId,
};
pub use kinds::{
    Act, Actor, ActorKind, Apart, Claim, Document, End, Event, Mode, More, Order, Place,
    RELATION_KINDS, Relation, SAME_AS, Status, Topic, Voice,
};
pub use parts::{
    Common, EVIDENCE, Evidence, FileId, IGNORE, Ignore, Linked, Links, Member, Members, Origin,
    PARTICIPANT, Participant, RETRACTION, Relations, Retraction, STANCE, Stance, StanceValue, Via,
};
pub use storage::{
    Arena, ArenaRange, DateId, Dates, Handle, InternTable, Name, NameKind, Names, Row, Str,
    Strings, Table, WordList,
};
pub use values::{
    Called, Cell, FieldValue, Fields, Listed, Lists, MetWord, Moved, OneWord, PutReferences,
    Record, Resolve,
};
pub use word::{OwnWords, Vocabulary, Words};
