//! Orders: how two dated things lie in time.

use super::evidence::EVIDENCE;
use super::fields::{DATED, Field, Shape, fields, one_of, record};
use super::word::{Vocabulary as _, vocabulary};
use super::{ArenaRange, Common, Evidence, Handle, Name, RecordRef};
use Shape::{Duration, Parts, Reference};
use annals_time::{AllenSet, Distance};
use serde_json::Value;

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

record! {
    /// How two dated things lie in time: events, claims, publications, relations, lifespans.
    pub struct Order {
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
}

fields! {
    Order;
    first: Field::new("first", Reference(DATED), "The first thing.")
        .required().edge("order").links("order_first", "thing").kept(),
    relation: Field::new("relation", Shape::Relations,
        "How the first relates to the second; if there are several, one of them holds.")
        .required().kept(),
    second: Field::new("second", Reference(DATED), "The second thing.")
        .required().edge("order").links("order_second", "thing").kept(),
    {by}: Field::new("by", Duration,
        "The distance between them: an ISO 8601 duration (P14M), a range (P13M/P15M), or about P14M.")
        .kept(),
    {from}: Field::new("from", one_of::<End>(),
        "The end of the first from which the distance is measured; by default its start.")
        .no_column().kept(),
    {to}: Field::new("to", one_of::<End>(),
        "The end of the second to which it is measured; by default its start.")
        .no_column().kept(),
    evidence: Field::new("evidence", Parts(&EVIDENCE), "The passages that show it.")
        .kept(),
}

impl Order {
    fn by(&self) -> Option<Value> {
        self.apart.as_ref().map(|apart| apart.by.written().into())
    }

    fn from(&self) -> Option<Value> {
        self.apart.as_ref().and_then(|apart| end(apart.from))
    }

    fn to(&self) -> Option<Value> {
        self.apart.as_ref().and_then(|apart| end(apart.to))
    }
}

/// An end, unless it is the one that is meant where none is written.
fn end(end: End) -> Option<Value> {
    (end != End::Start).then(|| end.word().into())
}

/// A handle of an [`Order`].
pub type OrderId = Handle<Order>;
