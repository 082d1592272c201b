//! The members of the structs for objects within records, by type, so that their values can be
//! visited one by one. `values/` says what can be done with a value; it uses the objects, so the
//! objects do not use it.

use crate::fields::Field;
use crate::ids::{ActorId, DocumentId};
use crate::storage::{ArenaRange, DateId, Name, Str};
use annals_evidence::Span;

/// An object within records, each of whose fields has a member of its own.
pub trait Members: Copy {
    /// The fields, in the order of the model's description.
    const FIELDS: &'static [Field];

    /// The member that keeps the `nth` field.
    fn member(&mut self, nth: usize) -> Member<'_>;

    /// Visits all members, in the order of the fields.
    fn each_member(&mut self, visit: impl FnMut(Member<'_>));
}

/// A member of an object, by its type.
pub enum Member<'o> {
    /// A text.
    Text(&'o mut Option<Str>),
    /// Texts.
    Texts(&'o mut ArenaRange<Str>),
    /// A word.
    Word(&'o mut Option<Name>),
    /// Words.
    Words(&'o mut ArenaRange<Name>),
    /// A date.
    Date(&'o mut Option<DateId>),
    /// A number.
    Number(&'o mut Option<f64>),
    /// True or false.
    Flag(&'o mut bool),
    /// Stretches of a text.
    Spans(&'o mut ArenaRange<Span>),
    /// A document.
    Document(&'o mut Option<DocumentId>),
    /// An actor.
    Actor(&'o mut Option<ActorId>),
}

macro_rules! members_of_type {
    ($($variant:ident: $type:ty,)+) => {
        $(impl<'o> From<&'o mut $type> for Member<'o> {
            fn from(member: &'o mut $type) -> Self {
                Member::$variant(member)
            }
        })+
    };
}
members_of_type! {
    Text: Option<Str>,
    Texts: ArenaRange<Str>,
    Word: Option<Name>,
    Words: ArenaRange<Name>,
    Date: Option<DateId>,
    Number: Option<f64>,
    Flag: bool,
    Spans: ArenaRange<Span>,
    Document: Option<DocumentId>,
    Actor: Option<ActorId>,
}

/// Lists the fields of an object within records, in the order of the model's description: the member
/// that keeps the value, then its description.
macro_rules! members {
    ($object:ident; $($member:ident: $field:expr,)+) => {
        impl $crate::parts::Members for $object {
            const FIELDS: &'static [$crate::Field] = &[$($field),+];

            #[inline]
            fn member(&mut self, nth: usize) -> $crate::parts::Member<'_> {
                let mut place = 0;
                $(
                    if nth == place { return (&mut self.$member).into(); }
                    place += 1;
                )+
                unreachable!("field {nth} of {place}")
            }

            fn each_member(&mut self, mut visit: impl FnMut($crate::parts::Member<'_>)) {
                $(visit((&mut self.$member).into());)+
            }
        }
    };
}
pub(super) use members;
