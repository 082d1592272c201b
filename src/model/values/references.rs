//! References to records: one, or a list of them.

use super::lists::{Listed, Lists};
use super::resolve::Resolve;
use super::to_json::items;
use super::value::{Cell, FieldValue, PutReferences};
use crate::ids::{ActorId, ClaimId, DocumentId, EventId, NodeRef, PlaceId, RecordRef, RelationId};
use crate::parts::Via;
use crate::storage::ArenaRange;
use serde_json::Value;

/// What a reference can be kept as.
trait Target: Copy + Into<RecordRef> {
    /// The record, if it is of a kind that can stand there.
    fn of(record: RecordRef) -> Option<Self>;
}

macro_rules! targets {
    ($($id:ty: $variant:ident,)+) => {
        $(impl Target for $id {
            fn of(record: RecordRef) -> Option<Self> {
                match record {
                    RecordRef::$variant(id) => Some(id),
                    _ => None,
                }
            }
        })+
    };
}
targets! {
    ActorId: Actor,
    ClaimId: Claim,
    DocumentId: Document,
    EventId: Event,
    PlaceId: Place,
    RelationId: Relation,
}

impl Target for NodeRef {
    fn of(record: RecordRef) -> Option<Self> {
        record.node()
    }
}

impl Target for RecordRef {
    fn of(record: RecordRef) -> Option<Self> {
        Some(record)
    }
}

impl Target for Via {
    fn of(record: RecordRef) -> Option<Self> {
        match record {
            RecordRef::Actor(id) => Some(Via::Actor(id)),
            RecordRef::Claim(id) => Some(Via::Claim(id)),
            _ => None,
        }
    }
}

macro_rules! references {
    ($(one $one:ty,)+ $(list $item:ty,)+) => {
        $(impl PutReferences for Option<$one> {
            fn put(&mut self, found: &[RecordRef], _: &mut Lists) {
                if let Some(one) = found.first().copied().and_then(Target::of) {
                    *self = Some(one);
                }
            }
        }
        impl FieldValue for Option<$one> {
            fn cell(&mut self) -> Cell<'_> {
                Cell::References(self)
            }

            fn written(&self, facts: &impl Resolve) -> Option<Value> {
                self.map(|to| facts.id(to.into()).into())
            }

            fn count(&self) -> Option<usize> {
                Some(usize::from(self.is_some()))
            }

            fn lead(&self, _: &impl Resolve, item: usize) -> Option<RecordRef> {
                self.filter(|_| item == 0).map(RecordRef::from)
            }
        })+
        $(impl PutReferences for ArenaRange<$item> {
            fn put(&mut self, found: &[RecordRef], lists: &mut Lists) {
                let items = found.iter().copied().filter_map(Target::of);
                *self = <$item>::arena(lists).add(items).unwrap_or_default();
            }
        }
        impl FieldValue for ArenaRange<$item> {
            fn cell(&mut self) -> Cell<'_> {
                Cell::References(self)
            }

            fn written(&self, facts: &impl Resolve) -> Option<Value> {
                items(facts, *self, |to| Some(facts.id((*to).into()).into()))
            }

            fn count(&self) -> Option<usize> {
                Some(self.len())
            }

            fn lead(&self, facts: &impl Resolve, item: usize) -> Option<RecordRef> {
                facts.list(*self).get(item).map(|to| (*to).into())
            }
        })+
    };
}
references! {
    one ActorId,
    one DocumentId,
    one EventId,
    one PlaceId,
    one RelationId,
    one RecordRef,
    one NodeRef,
    list ActorId,
    list NodeRef,
    list DocumentId,
    list EventId,
    list ClaimId,
    list Via,
}
