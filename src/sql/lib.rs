//! Questions about a snapshot as SQL: one text that DuckDB, Spark and Sail understand alike.
//!
//! The views (`views`) give the tables of a snapshot their names and say once what several questions
//! need: when a claim was said, when it was first published, what the edges of the graph are. A
//! question is one `SELECT` over them. Only the view that names a table differs between engines.
//!
//! Of SQL only what all three understand alike is used: no recursion, no lists, no arithmetic on dates, no
//! regular expressions. Dates are numbers, and texts are compared byte by byte.

mod around;
mod contradictions;
mod count;
mod graph;
mod literal;
mod network;
mod order;
mod overview;
mod positions;
mod rollup;
mod said;
mod stances;
mod timeline;
mod units;
mod views;

#[cfg(test)]
mod tests;

pub use around::around;
pub use contradictions::contradictions;
pub use count::count;
pub use literal::{Dialect, text};
pub use network::network;
pub use overview::overview;
pub use positions::positions;
pub use said::said;
pub use timeline::timeline;
pub use views::{LARGE, views};

/// Why a question cannot be asked in SQL: what of it, as the user would say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unsupported(pub &'static str);

/// A number before that of any day.
const BEFORE_ALL: i64 = annals_time::Bound::BEFORE_ALL;
/// A number after that of any day.
const AFTER_ALL: i64 = annals_time::Bound::AFTER_ALL;
