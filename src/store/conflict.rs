//! A conflict of dates among the findings, and what the chronology is with other facts.

use annals_check::{ConflictOfDates, Tried, conflict_of, with_other_facts, without_fact};
use annals_query::Dossier;

use super::{Findings, PlanEffects};

impl Findings {
    /// The conflict of dates that one of the findings reports, by its place among all; `None` where it
    /// reports something else.
    pub fn conflict(&self, nth: usize) -> Option<ConflictOfDates> {
        let data = self.data();
        let dossier = Dossier::new(&data.loaded);
        conflict_of(&dossier, &data.config.policy, self.nth(nth)?)
    }

    /// The chronology without one of the facts of a conflict, by its number there.
    pub fn without_fact(&self, conflict: &ConflictOfDates, nth: usize) -> Option<Tried> {
        let data = self.data();
        let dossier = Dossier::new(&data.loaded);
        without_fact(&dossier, &data.config.policy, conflict, nth)
    }
}

impl PlanEffects {
    /// The chronology as it would be, for the things of a conflict.
    pub fn chronology(&self, conflict: &ConflictOfDates) -> Tried {
        let data = self.added.data();
        let dossier = Dossier::new(&data.loaded);
        with_other_facts(&dossier, &data.config.policy, conflict)
    }
}
