//! A text that was read, taken apart into its single dates.

use super::atom::Atom;
use super::clock::TimeOfDay;

/// A text that was read, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    One(Atom),
    Moment(Atom, TimeOfDay),
    Interval(End, End),
    /// One of the members, which is not known.
    OneOf(Vec<Member>),
    /// All of the members.
    AllOf(Vec<Member>),
}

/// One side of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    On(Atom),
    /// `..date` as a start: then or earlier.
    OrEarlier(Atom),
    /// `date..` as an end: then or later.
    OrLater(Atom),
    /// `..`
    Open,
    /// Nothing written.
    Unknown,
}

/// A member of a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Member {
    On(Atom),
    Through(Atom, Atom),
    OrEarlier(Atom),
    OrLater(Atom),
}

impl Reading {
    /// Every single date in the text, in written order.
    pub(super) fn atoms(&self) -> Vec<&Atom> {
        match self {
            Reading::One(atom) | Reading::Moment(atom, _) => vec![atom],
            Reading::Interval(start, end) => {
                [start, end].into_iter().filter_map(End::atom).collect()
            }
            Reading::OneOf(members) | Reading::AllOf(members) => {
                members.iter().flat_map(Member::atoms).collect()
            }
        }
    }
}

impl End {
    fn atom(&self) -> Option<&Atom> {
        match self {
            End::On(atom) | End::OrEarlier(atom) | End::OrLater(atom) => Some(atom),
            End::Open | End::Unknown => None,
        }
    }
}

impl Member {
    pub(super) fn atoms(&self) -> impl Iterator<Item = &Atom> {
        let (first, second) = match self {
            Member::On(atom) | Member::OrEarlier(atom) | Member::OrLater(atom) => (atom, None),
            Member::Through(first, last) => (first, Some(last)),
        };
        std::iter::once(first).chain(second)
    }
}
