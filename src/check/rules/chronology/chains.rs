//! The chains of facts behind the days that findings are drawn from.

use annals_chronology::{Point, Premise};
use annals_query::chronicle::SolvedChronology;

/// How many facts the chains of one rule may have in all: where thousands of findings rest on one
/// long chain, only the first of them name it.
const MOST: usize = 1_000_000;

/// The chains named so far.
#[derive(Default)]
pub(super) struct Chains {
    facts: usize,
}

impl Chains {
    /// The facts behind the earliest or the latest moment of a point; none when too many have been
    /// named: `annals dates --why` names them one at a time.
    pub(super) fn behind(
        &mut self,
        chronology: &SolvedChronology<'_, '_>,
        point: Point,
        is_first: bool,
    ) -> Vec<Premise> {
        if self.facts > MOST {
            return Vec::new();
        }
        let behind = chronology.behind_bound(point, is_first);
        self.facts += behind.len();
        behind
    }
}
