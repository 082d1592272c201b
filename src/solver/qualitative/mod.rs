//! How stretches lie to each other, apart from dates and distances: sets of Allen's relations, held
//! against each other until nothing more is ruled out.
//!
//! Where there are orders and lists of relations alone, this decides by itself; where dates and
//! distances are known too, it rules relations out before the network of bounds is asked.

mod algebra;
mod closure;
mod relations;
mod search;

pub(super) use relations::Relations;
pub(super) use search::{Outcome, Search};
