//! Checking the facts.

use std::sync::Arc;

use super::{Findings, Store, StoreError};
use annals_query::Query;

impl Store {
    /// Everything that is wrong with the facts, whatever the view: the findings of reading and of
    /// the rules, without those that records and the configuration suppress. An unreadable file is
    /// also a finding.
    ///
    /// # Errors
    /// None today; other kinds of store may have errors.
    pub fn check(&self) -> Result<Findings, StoreError> {
        let data = match self.backend.all() {
            Ok(data) => data,
            Err(StoreError::Facts(findings)) => Arc::clone(findings.data()),
            Err(error) => return Err(error),
        };
        let findings = data.findings();
        Ok(Findings::of(data, findings))
    }

    /// What the user should know of these facts before any question: the files that were read in part,
    /// and how many errors and warnings `annals check` shows.
    ///
    /// # Errors
    /// If the facts cannot be read.
    pub fn problems(&self) -> Result<Vec<String>, StoreError> {
        let notes = if self.has_snapshot() {
            // What its manifest tells need not be read for it.
            let one = Query {
                limit: Some(1),
                ..Query::default()
            };
            self.claims(&one)?.notes
        } else {
            self.backend.all()?.notes(None)
        };
        Ok(notes.in_part.into_iter().chain(notes.problems).collect())
    }
}
