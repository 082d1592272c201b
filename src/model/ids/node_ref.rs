//! Any node of the graph, whatever its kind.

use super::handles::{ActorId, ClaimId, DocumentId, EventId, PlaceId, TopicId};
use super::record_kind::RecordKind;

macro_rules! reference {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident($id:ty),)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant($id),)+ }
        impl $name {
            /// The kind of record, as the facts call it.
            pub fn kind(self) -> RecordKind {
                match self { $($name::$variant(_) => RecordKind::$variant,)+ }
            }

            /// Its row in the table of its kind, from 0.
            pub fn row(self) -> usize {
                match self { $($name::$variant(id) => id.index(),)+ }
            }
        }
        $(impl From<$id> for $name {
            fn from(id: $id) -> Self { $name::$variant(id) }
        })+
    };
}
pub(super) use reference;

reference! {
    /// A record that is a node of the graph.
    NodeRef {
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
    }
}
