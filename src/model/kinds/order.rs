//! Orders: how two dated things relate in time.

use crate::fields::{DATED, Field, Shape, one_of};
use crate::ids::RecordRef;
use crate::parts::{EVIDENCE, Evidence, Relations};
use crate::storage::ArenaRange;
use crate::values::{fields, record};
use crate::word::{Vocabulary as _, vocabulary};
use Shape::{Duration, Parts, Reference};
use annals_time::Distance;
use serde_json::Value;

vocabulary! {
    /// An end of a period.
    End, "an end", {
        /// Where it begins.
        Start = "start",
        /// Where it ends.
        End = "end",
    }
}

/// How far apart two things are, measured from which end to which.
#[derive(Debug, Clone)]
pub struct Apart {
    /// How far.
    pub by: Distance,
    /// From which end of the first; by default its start.
    pub from: End,
    /// To which end of the second; by default its start.
    pub to: End,
}

record! {
    /// How two dated things relate in time: events, claims, publications, relations, lifespans.
    pub struct Order {
        /// The first thing.
        pub first: Option<RecordRef>,
        /// How the first relates to the second.
        pub relation: Option<Relations>,
        /// The second thing.
        pub second: Option<RecordRef>,
        /// The distance between them.
        pub apart: Option<Box<Apart>>,
        /// The passages that show it.
        pub evidence: ArenaRange<Evidence>,
    }
}

fields! {
    Order;
    first: Field::new("first", Reference(DATED), "The first thing.")
        .required().column("first_id").edge("order").links("order_first", "thing").kept(),
    relation: Field::new("relation", Shape::Relations,
        "How the first relates to the second; if there are several, one of them holds.")
        .required().kept(),
    second: Field::new("second", Reference(DATED), "The second thing.")
        .required().column("second_id").edge("order").links("order_second", "thing").kept(),
    {by}: Field::new("by", Duration,
        "The distance between them: an ISO 8601 duration (P14M), a range (P13M/P15M), or about P14M.")
        .column("distance").kept(),
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

/// An end, unless it is the default one.
fn end(end: End) -> Option<Value> {
    (end != End::Start).then(|| end.word().into())
}
