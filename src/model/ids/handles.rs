//! Typed handles of records.
//!
//! A handle is typed by a marker, not by the struct of its record. So a claim can hold the handle of
//! an event, and an event that of a place, without their files using each other. The struct names its
//! marker in [`Row`](crate::Row); the table of the structs then takes these handles only.

use crate::storage::Handle;

macro_rules! handles {
    ($($(#[$doc:meta])* $id:ident = $marker:ident,)+) => {
        /// One type for each kind of row; no value of them exists. They are called as the structs are,
        /// so that a handle is shown as `Claim#3`.
        pub(crate) mod marker {
            $(
                #[doc = concat!("The marker of `", stringify!($id), "`.")]
                #[derive(Debug)]
                pub enum $marker {}
            )+
        }
        $($(#[$doc])* pub type $id = Handle<marker::$marker>;)+
    };
}

handles! {
    /// A handle of a [`Document`](crate::Document).
    DocumentId = Document,
    /// A handle of an [`Actor`](crate::Actor).
    ActorId = Actor,
    /// A handle of a [`Place`](crate::Place).
    PlaceId = Place,
    /// A handle of a [`Topic`](crate::Topic).
    TopicId = Topic,
    /// A handle of an [`Event`](crate::Event).
    EventId = Event,
    /// A handle of a [`Claim`](crate::Claim).
    ClaimId = Claim,
    /// A handle of a [`Relation`](crate::Relation).
    RelationId = Relation,
    /// A handle of an [`Order`](crate::Order).
    OrderId = Order,
    /// A handle of the [`Links`](crate::Links) of a claim.
    LinksId = Linked,
    /// A handle of the rarer fields of a record, [`More`](crate::More).
    MoreId = More,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::Owner;

    #[test]
    fn a_handle_shows_its_kind_and_its_row() {
        let owner = Owner::new();
        let shown = [
            format!("{:?}", ClaimId::new(owner, 3).unwrap()),
            format!("{:?}", EventId::new(owner, 0).unwrap()),
            format!("{:?}", LinksId::new(owner, 7).unwrap()),
            format!("{:?}", MoreId::new(owner, 12)),
        ];
        assert_eq!(shown, ["Claim#3", "Event#0", "Linked#7", "Some(More#12)"]);
    }
}
