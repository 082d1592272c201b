//! Days, dates as written, durations, and how they compare. Nothing here depends on facts.
//!
//! Dates are only partly known, so every question about them has one of three answers
//! ([`Certainty`]), and only [`compare()`] computes them:
//!
//! ```
//! use annals_time::{Certainty, Date, DayRelation, compare};
//!
//! let said = Date::parse("2023-04")?;
//! let event = Date::parse("2023-04-20")?;
//! assert_eq!(compare(&said, DayRelation::SharesDay, &event), Certainty::Possibly);
//! assert_eq!(compare(&said, DayRelation::After, &Date::parse("2022")?), Certainty::Certainly);
//! # Ok::<(), annals_time::DateError>(())
//! ```

mod allen;
mod between;
mod calendar;
mod certainty;
mod compare;
mod date;
mod day;
mod day_set;
mod distance;
mod duration;
mod extent;
pub mod in_words;
mod precision;
mod window;
mod written;

pub use allen::{Allen, AllenSet, RelationName};
pub use between::Between;
pub use calendar::Calendar;
pub use certainty::Certainty;
pub use compare::{DayRelation, by_day_and_time, chronological, compare};
pub use date::Date;
pub use day::Day;
pub use day_set::DaySet;
pub use distance::Distance;
pub use duration::{Duration, DurationError, DurationUnit};
pub use extent::{Bound, Extent};
pub use precision::Precision;
pub use window::Window;
pub use written::{DateError, TimeOfDay};

#[cfg(test)]
mod tests;
