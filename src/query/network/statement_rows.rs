//! The rows of what a weight is made of.

use std::sync::Arc;

use serde::{Serialize, Serializer};

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
#[derive(Debug, Clone)]
pub struct WhyStatement {
    /// The claim that makes it, maybe beside others.
    pub claim: Arc<StatedClaim>,
    /// `supports`, `opposes`, `neutral` or `mixed`; none where it only speaks of the thing.
    pub level: Option<StanceValue>,
    /// Whether it certainly counts in the window for the node.
    pub certain: bool,
    /// The document of the first passage.
    pub document: Option<Arc<Ref>>,
}

/// What is shown of a claim that makes statements.
#[derive(Debug)]
pub struct StatedClaim {
    /// Its id.
    pub id: String,
    /// The words.
    pub quote: Option<String>,
    /// What was said, in the annotator's words.
    pub content: Option<String>,
    /// When it was said.
    pub said: Option<Date>,
    /// Where it is written.
    pub source: FilePlace,
}

impl Serialize for WhyStatement {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Row<'a> {
            claim: &'a str,
            level: Option<StanceValue>,
            certain: bool,
            quote: Option<&'a str>,
            content: Option<&'a str>,
            said: Option<&'a Date>,
            document: Option<&'a Ref>,
            source: &'a FilePlace,
        }
        let claim = &self.claim;
        let row = Row {
            claim: &claim.id,
            level: self.level,
            certain: self.certain,
            quote: claim.quote.as_deref(),
            content: claim.content.as_deref(),
            said: claim.said.as_ref(),
            document: self.document.as_deref(),
            source: &claim.source,
        };
        row.serialize(serializer)
    }
}
