//! The kinds of record, and the optional fields that all kinds have. Each kind is a struct with the
//! list of its fields beside it; none uses another.

mod actor;
mod claim;
mod common_fields;
mod document;
mod event;
mod order;
mod place;
mod relation;
mod topic;

pub use actor::{Actor, ActorKind};
pub use claim::{Act, Claim, Mode, Voice};
pub use common_fields::More;
pub use document::Document;
pub use event::{Event, Status};
pub use order::{Apart, End, Order};
pub use place::Place;
pub use relation::{RELATION_KINDS, Relation, SAME_AS};
pub use topic::Topic;
