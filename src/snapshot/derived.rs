//! What is made of the columns of a snapshot once, and kept in memory as long as it is open.

use std::sync::Arc;

use annals_time::Date;
use foldhash::fast::FixedState;
use indexmap::IndexMap;

/// A day that is not known.
pub(super) const NO_DAY: i32 = i32::MIN;

/// The days of all records of a kind, by row of all parts: the first and the last, and whether the record
/// was retracted.
#[derive(Debug, Default)]
pub(super) struct Days {
    pub(super) first: Vec<i32>,
    pub(super) last: Vec<i32>,
    /// Empty where none was.
    pub(super) retracted: Vec<bool>,
}

/// A document that reports something.
#[derive(Debug, Clone)]
pub(super) struct Document {
    pub(super) name: String,
    /// Its place in the order of documents.
    pub(super) rank: u32,
    /// When it was published.
    pub(super) published: Option<Arc<Date>>,
}

/// Documents by id, as they stand in the tables.
pub(super) type Documents = IndexMap<String, Document, FixedState>;

/// Of each claim, by row of all parts, the stances that it takes toward whatever: a bit each, as these stand in
/// [`StanceValue::ALL`](annals_model::StanceValue).
pub(super) type StancesTaken = Vec<u8>;

/// Of each claim, by row of all parts, its place among all as lists have them, or [`NO_PLACE`].
pub(super) type ClaimOrder = Vec<u32>;

/// The place of a claim of which columns do not tell it.
pub(super) const NO_PLACE: u32 = u32::MAX;
