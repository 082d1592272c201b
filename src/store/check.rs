//! Checking the facts.

use std::sync::Arc;

use super::{Findings, Store, StoreError};
use annals_check as check;

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
        let findings = check::check(&data.loaded, &data.config.policy);
        Ok(Findings::new(data, findings))
    }
}
