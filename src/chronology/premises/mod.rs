//! What the facts say of time, and nothing else: each fact that does is a premise, and gives
//! constraints between the ends of things.

mod build;

use super::allen::Stretch;
use super::choices::Choice;
use super::network::{Network, Point, Premise};
use crate::model::{Facts, RecordRef};
use crate::time::AllenSet;

/// What sort of thing a fact says of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sort {
    /// When something was: the date of an event, a claim, a tie, a document; a lifespan.
    Date,
    /// How two things lie, or how far apart.
    Order,
    /// An event lies within its whole.
    PartOf,
    /// A cause begins no later than its effect.
    Causes,
    /// A claim lies within the event that it was said at.
    At,
    /// An answer does not begin before what it answers.
    Answers,
    /// What repeats does not begin before what it repeats.
    Repeats,
    /// A claim is not later than the document that reports it.
    Published,
    /// A claim is said while the tie holds under which it is said.
    Capacity,
    /// A claim is said within the lifespan of who says it.
    Speaker,
}

/// A fact that says something of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fact {
    /// The record that says it.
    pub record: RecordRef,
    /// What sort of thing it says.
    pub sort: Sort,
    /// The other record that it speaks of, if it speaks of one.
    pub other: Option<RecordRef>,
}

/// An order of two things that cannot be written as bounds: one of several relations holds.
#[derive(Debug, Clone, Copy)]
pub struct OneOf {
    /// The order that says so.
    pub premise: Premise,
    /// The one thing.
    pub first: Stretch,
    /// One of these holds.
    pub set: AllenSet,
    /// The other thing.
    pub second: Stretch,
}

/// The network of all facts, with what its premises are.
#[derive(Debug)]
pub struct Chronicle {
    /// The network.
    pub network: Network,
    /// The facts; a premise is a place in this list.
    pub facts: Vec<Fact>,
    /// Orders that the network cannot hold whole.
    pub one_of: Vec<OneOf>,
    /// Everything that it cannot hold: these orders, and dates of which one of several is meant.
    pub choices: Vec<Choice>,
    first_point: [u32; 5],
    counts: [u32; 5],
}

impl Chronicle {
    /// The network of all facts in force. Dates with `?`, `~` or `%` may be off by so many units of
    /// their precision.
    pub fn of(facts: &Facts, slack: u32) -> Chronicle {
        build::chronicle(facts, slack)
    }

    /// The ends of a thing; `None` for what has no time.
    pub fn stretch(&self, record: RecordRef) -> Option<Stretch> {
        let (kind, index) = slot(record)?;
        (index < self.counts[kind]).then(|| {
            let start = Point(self.first_point[kind] + 2 * index);
            Stretch {
                start,
                end: Point(start.0 + 1),
            }
        })
    }

    /// The fact of a premise.
    pub fn fact(&self, premise: Premise) -> Fact {
        self.facts[premise.0 as usize]
    }
}

fn slot(record: RecordRef) -> Option<(usize, u32)> {
    let (kind, index) = match record {
        RecordRef::Document(id) => (0, id.index()),
        RecordRef::Actor(id) => (1, id.index()),
        RecordRef::Event(id) => (2, id.index()),
        RecordRef::Claim(id) => (3, id.index()),
        RecordRef::Relation(id) => (4, id.index()),
        RecordRef::Place(_) | RecordRef::Topic(_) | RecordRef::Order(_) => return None,
    };
    Some((kind, u32::try_from(index).ok()?))
}
