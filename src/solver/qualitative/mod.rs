//! Qualitative reasoning about intervals, apart from dates and distances: sets of Allen relations,
//! intersected until nothing changes.
//!
//! If there are only orders and lists of relations, this decides by itself. If there are dates and
//! distances too, it rules out relations before the network of bounds is consulted.

mod algebra;
mod closure;
mod relations;
mod search;

pub(super) use relations::Relations;
pub(super) use search::{Outcome, Search};
