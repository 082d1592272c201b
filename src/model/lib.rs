//! The fact model: eight kinds of record, one file each, and [`Facts`], the store that owns them.
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

mod actor;
mod arena;
mod claim;
mod dates;
mod document;
mod event;
mod evidence;
mod facts;
mod fields;
mod handle;
mod intern_table;
mod merge;
mod names;
mod node_ref;
mod order;
mod place;
mod record;
mod record_ref;
mod record_set;
mod relation;
mod to_json;
mod topic;
mod word;

pub use actor::{Actor, ActorId, ActorKind};
pub use arena::{Arena, ArenaRange, Str, Strings};
pub use claim::{
    Act, Claim, ClaimId, Linked, Links, LinksId, Mode, STANCE, Stance, StanceValue, Via, Voice,
};
pub use dates::DateId;
pub use dates::Dates;
pub use document::{Document, DocumentId};
pub use event::{Event, EventId, PARTICIPANT, Participant, Status};
pub use evidence::{EVIDENCE, Evidence};
pub use facts::{Facts, FileKind, Listed, OwnWords, SourceFile};
pub use fields::{
    Cell, DATE, Field, FieldValue, Fields, ID, Links as LinkTable, OneWord, OwnOf, Part, Pool,
    PutReferences, Record, Shape, Shared, TYPE, Words, every_field, json_schema,
};
pub use handle::{Handle, Table};
pub use intern_table::InternTable;
pub use merge::{Called, MetWord, Moved};
pub use names::WordList;
pub use names::{Name, NameKind, Names};
pub use node_ref::NodeRef;
pub use order::{Apart, End, Order, OrderId, Relations};
pub use place::{Place, PlaceId};
pub use record::{
    Common, FileId, IGNORE, Ignore, More, MoreId, Origin, RETRACTION, RecordKind, Retraction,
};
pub use record_ref::RecordRef;
pub use record_set::RecordSet;
pub use relation::{RELATION_KINDS, Relation, RelationId};
pub use topic::{Topic, TopicId};
pub use word::Vocabulary;
