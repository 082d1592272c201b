//! `network`: who agrees with whom, by what they say about the same things.
//!
//! Claims become units of [`annals_network`], which weighs them: a claim × whom it counts for × a thing ×
//! a level. What DNA calls a person, an organization and a concept are a speaker, an actor into whom
//! claims are rolled up, and a thing toward which a stance is taken.

mod columns;
mod made;
mod rows;
mod shown_claims;
mod statement_rows;
#[cfg(test)]
mod tests;
mod units;
mod why;

use annals_time::{Bound, Date, Day};

pub use annals_network::{
    Asked, Days, Duplicates, Kind, Measure, Normalise, Scale, Sign, TooManyWindows, WindowUnit,
    Windows,
};
pub use columns::{ColumnClaim, ColumnNetwork, Columns, ColumnsNeeded, NO_THING};
pub use made::{Made, Network, made};
pub use rows::{EdgeRow, Edges, Filter, NodeRow, WindowRow, count_words, weight_words};
pub use shown_claims::{ShownClaim, ShownClaims};
pub use statement_rows::{StatedClaim, WhyEdge, WhyStatement, WhyThing};

/// What the nodes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum NodesOf {
    /// Actors, linked by things.
    #[default]
    Actors,
    /// Things, linked by actors who say the same of both.
    Things,
}

/// Which things count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Over {
    /// Whatever a stance is taken toward.
    #[default]
    Things,
    /// Topics.
    Topics,
    /// Actors.
    Actors,
    /// Events.
    Events,
}

/// Which date of a claim counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Dated {
    /// When it was said.
    #[default]
    Said,
    /// When it was first published, as DNA has it.
    Published,
}

/// A question about a network.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct NetworkAsked {
    /// What the nodes are.
    pub of: NodesOf,
    /// Which things count.
    pub over: Over,
    /// What is weighed, and how.
    pub weighed: Asked,
    /// The actors for whom claims count: actors, or kinds of actors. Without any, the speakers.
    pub into: Vec<String>,
    /// Which date of a claim counts.
    pub dated: Dated,
    /// The windows of time; without any, one over the whole range.
    pub windows: Option<Windows>,
    /// Which window alone is wanted, from 1; it is counted as if with the others.
    pub nth: Option<usize>,
    /// Whether nodes without a statement in a window are shown.
    pub isolates: bool,
    /// Leave out nodes of which there are, at most, fewer statements in the whole range.
    pub at_least: u64,
    /// The same of things.
    pub things_at_least: u64,
}

impl NetworkAsked {
    /// Whether edges lead from actors to things.
    pub fn is_affiliation(&self) -> bool {
        matches!(self.weighed.measure, Measure::Affiliation(_))
    }

    /// Why a question makes no sense; `None` if it does.
    pub fn refused(&self) -> Option<String> {
        let Asked {
            measure, normalise, ..
        } = self.weighed;
        let affiliation = match measure {
            Measure::Affiliation(sign) => Some(sign),
            _ => None,
        };
        let words = match (affiliation, normalise) {
            (None, one) if one.is_of_affiliation() => {
                "activity and prominence divide an affiliation: give --measure affiliation"
            }
            (Some(_), Normalise::Average | Normalise::Jaccard | Normalise::Cosine) => {
                "an affiliation is divided by activity or prominence, or not at all: average, jaccard and cosine are of pairs"
            }
            (Some(Sign::Kinds), one) if one != Normalise::No => {
                "kinds (for, against, both) are no number that could be divided: leave --normalise out"
            }
            (Some(_), _) if self.of == NodesOf::Things => {
                "an affiliation is of actors and things at once: leave --of out"
            }
            _ => return None,
        };
        Some(words.to_owned())
    }
}

/// A day as an answer has it; `None` where there is no end.
pub(crate) fn day(number: i64) -> Option<Day> {
    (number > i64::MIN && number < i64::MAX)
        .then(|| Day::from_number(number))
        .flatten()
}

/// A bound as a number of a day; of what lies beyond all days that can be named, the end on that side.
pub(crate) fn number(bound: Bound) -> i64 {
    bound.number().unwrap_or(if bound > Bound::from(Day::MAX) {
        i64::MAX
    } else {
        i64::MIN
    })
}

/// The days from the first of one date to the last of another.
pub(crate) fn range(from: Option<&Date>, until: Option<&Date>) -> Days {
    Days::of(
        from.map_or(i64::MIN, |from| number(from.extent().earliest_start())),
        until.map_or(i64::MAX, |until| number(until.extent().latest_end())),
    )
}
