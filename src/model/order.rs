//! Orders: how two dated things lie in time.

use super::word::vocabulary;
use super::{ArenaRange, Common, Evidence, Handle, Name, RecordRef};
use annals_time::{AllenSet, Distance};

vocabulary! {
    /// An end of a stretch of time.
    End, "an end", {
        /// Where it begins.
        Start = "start",
        /// Where it ends.
        End = "end",
    }
}

/// The Allen relations that can hold between two things, and the words that say so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Relations {
    /// One of these holds.
    pub set: AllenSet,
    /// As written, several words with a comma between.
    pub words: Name,
}

/// How far apart, and from which end to which.
#[derive(Debug, Clone)]
pub struct Apart {
    /// How far.
    pub by: Distance,
    /// From which end of the first; else its start.
    pub from: End,
    /// To which end of the second; else its start.
    pub to: End,
}

/// How two dated things lie in time: events, claims, publications, relations, lifespans.
#[derive(Debug, Clone)]
pub struct Order {
    /// What every record has.
    pub common: Common,
    /// The one.
    pub first: Option<RecordRef>,
    /// How it lies to the other.
    pub relation: Option<Relations>,
    /// The other.
    pub second: Option<RecordRef>,
    /// How far apart they are.
    pub apart: Option<Box<Apart>>,
    /// What it rests on.
    pub evidence: ArenaRange<Evidence>,
}

/// A handle of an [`Order`].
pub type OrderId = Handle<Order>;
