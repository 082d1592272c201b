//! Identifies records: their kinds, and handles that do not depend on their fields.

mod handles;
mod node_ref;
mod record_kind;
mod record_ref;

pub(crate) use handles::marker;

pub use handles::{
    ActorId, ClaimId, DocumentId, EventId, LinksId, MoreId, OrderId, PlaceId, RelationId, TopicId,
};
pub use node_ref::NodeRef;
pub use record_kind::RecordKind;
pub use record_ref::RecordRef;
