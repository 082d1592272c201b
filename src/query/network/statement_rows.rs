//! The rows of what a weight is made of.

use serde::Serialize;

use crate::answer::Ref;
use annals_finding::FilePlace;
use annals_model::StanceValue;
use annals_time::Date;

/// A weight and what it is made of.
#[derive(Debug, Clone, Serialize)]
pub struct WhyEdge<T = WhyThing> {
    /// The one with the lower id; in an affiliation the actor.
    pub a: Ref,
    /// The other.
    pub b: Ref,
    /// What the statements about common things add up to, at least and at most.
    pub numerator: [f64; 2],
    /// By what that is divided; 1 where it is not.
    pub denominator: [f64; 2],
    /// The weight, at least and at most.
    pub weight: [f64; 2],
    /// Whether these are the least and most of all readings. Else they enclose them.
    pub exact: bool,
    /// How many statements either makes in all, at least and at most.
    pub statements: [[u64; 2]; 2],
    /// The things, by id.
    pub things: Vec<T>,
}

impl WhyEdge {
    /// The same, with something else in the place of each thing.
    pub fn with_things<T>(&self, things: Vec<T>) -> WhyEdge<T> {
        WhyEdge {
            a: self.a.clone(),
            b: self.b.clone(),
            numerator: self.numerator,
            denominator: self.denominator,
            weight: self.weight,
            exact: self.exact,
            statements: self.statements,
            things,
        }
    }
}

/// What both say about a thing.
#[derive(Debug, Clone, Serialize)]
pub struct WhyThing {
    /// The thing.
    pub thing: Ref,
    /// What it adds above the line, at least and at most.
    pub adds: [f64; 2],
    /// The statements of the one.
    pub a: Vec<WhyStatement>,
    /// The statements of the other.
    pub b: Vec<WhyStatement>,
}

/// A statement.
#[derive(Debug, Clone, Serialize)]
pub struct WhyStatement {
    /// The claim.
    pub claim: String,
    /// `supports`, `opposes`, `neutral` or `mixed`; none where it only speaks of the thing.
    pub level: Option<StanceValue>,
    /// Whether it certainly counts in the window for the node.
    pub certain: bool,
    /// The words.
    pub quote: Option<String>,
    /// What was said, in the annotator's words.
    pub content: Option<String>,
    /// When it was said.
    pub said: Option<Date>,
    /// The document of the first passage.
    pub document: Option<Ref>,
    /// Where it is written.
    pub source: FilePlace,
}
