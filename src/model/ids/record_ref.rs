//! Any record, whatever its kind.

use super::handles::{
    ActorId, ClaimId, DocumentId, EventId, OrderId, PlaceId, RelationId, TopicId,
};
use super::node_ref::{NodeRef, reference};
use super::record_kind::RecordKind;

reference! {
    /// Any record.
    RecordRef {
        /// A document.
        Document(DocumentId),
        /// An actor.
        Actor(ActorId),
        /// A place.
        Place(PlaceId),
        /// A topic.
        Topic(TopicId),
        /// An event.
        Event(EventId),
        /// A claim.
        Claim(ClaimId),
        /// A relation.
        Relation(RelationId),
        /// An order.
        Order(OrderId),
    }
}

impl From<NodeRef> for RecordRef {
    fn from(node: NodeRef) -> Self {
        match node {
            NodeRef::Document(id) => RecordRef::Document(id),
            NodeRef::Actor(id) => RecordRef::Actor(id),
            NodeRef::Place(id) => RecordRef::Place(id),
            NodeRef::Topic(id) => RecordRef::Topic(id),
            NodeRef::Event(id) => RecordRef::Event(id),
            NodeRef::Claim(id) => RecordRef::Claim(id),
        }
    }
}

impl RecordRef {
    /// The node that it is, unless it is a relation or an order (these are edges).
    pub fn node(self) -> Option<NodeRef> {
        match self {
            RecordRef::Document(id) => Some(NodeRef::Document(id)),
            RecordRef::Actor(id) => Some(NodeRef::Actor(id)),
            RecordRef::Place(id) => Some(NodeRef::Place(id)),
            RecordRef::Topic(id) => Some(NodeRef::Topic(id)),
            RecordRef::Event(id) => Some(NodeRef::Event(id)),
            RecordRef::Claim(id) => Some(NodeRef::Claim(id)),
            RecordRef::Relation(_) | RecordRef::Order(_) => None,
        }
    }
}
