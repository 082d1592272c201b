//! The kinds of record. Each is a struct with the list of its fields beside it; none uses another.

mod actor;
mod claim;
mod document;
mod event;
mod more;
mod order;
mod place;
mod relation;
mod topic;

pub use actor::{Actor, ActorKind};
pub use claim::{Act, Claim, Mode, Voice};
pub use document::Document;
pub use event::{Event, Status};
pub use more::More;
pub use order::{Apart, End, Order};
pub use place::Place;
pub use relation::{RELATION_KINDS, Relation};
pub use topic::Topic;
