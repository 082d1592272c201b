//! Facts in memory, and the results derived from them.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use super::notes::{self, Notes};
use annals_check as check;
use annals_chronology::premises::Chronicle;
use annals_config::Config;
use annals_finding::write::Counts;
use annals_finding::{Finding, Severity};
use annals_load::LoadResult;
use annals_model::Facts;
use annals_query::adjacency::Adjacency;
use annals_query::chronicle::SolvedChronology;
use annals_query::{Dossier, Validity};

/// Loaded facts, all or some, and the results derived from them so far.
#[derive(Debug)]
pub(crate) struct Data {
    pub(crate) loaded: LoadResult,
    pub(crate) config: Arc<Config>,
    /// The files that were read in part when the snapshot was built, of which these are facts.
    in_part: Vec<String>,
    /// The number of errors and warnings. Remarks are not counted.
    counts: OnceLock<Counts>,
    /// All findings, once they were asked for.
    findings: OnceLock<Arc<[Finding]>>,
    unverified: OnceLock<Option<String>>,
    chronicle: OnceLock<Chronicle>,
    /// The index of claims, built for the second question.
    adjacency: OnceLock<Arc<Adjacency>>,
    asked_before: AtomicBool,
}

impl Data {
    pub(crate) fn new(loaded: LoadResult, config: Arc<Config>) -> Self {
        Data {
            loaded,
            config,
            in_part: Vec::new(),
            counts: OnceLock::new(),
            findings: OnceLock::new(),
            unverified: OnceLock::new(),
            chronicle: OnceLock::new(),
            adjacency: OnceLock::new(),
            asked_before: AtomicBool::new(false),
        }
    }

    /// Some facts of a snapshot, of which some files were read in part.
    #[cfg(feature = "snapshot")]
    pub(crate) fn with_in_part(self, in_part: Vec<String>) -> Self {
        Data { in_part, ..self }
    }

    pub(crate) fn facts(&self) -> &Facts {
        &self.loaded.facts
    }

    /// The dossier for a question in which certain records are in force.
    pub(crate) fn dossier(&self, validity: &Validity) -> Dossier<'_> {
        let dossier = Dossier::with(&self.loaded, validity);
        match self.adjacency.get() {
            Some(adjacency) => dossier.with_adjacency(Arc::clone(adjacency)),
            None => dossier,
        }
    }

    /// Indexes the claims for the second question and later ones: a single question costs less than
    /// the index.
    pub(crate) fn expect_claim_question(&self) {
        if self.asked_before.swap(true, Ordering::Relaxed) {
            self.adjacency
                .get_or_init(|| Arc::new(Adjacency::new(self.facts())));
        }
    }

    /// The notes on an answer.
    pub(crate) fn notes(&self, validity: Option<&Validity>) -> Notes {
        let counts = self.counts();
        let mut notes = notes::notes(&self.loaded, counts, self.unverified(), validity);
        if notes.in_part.is_empty() {
            notes.in_part.clone_from(&self.in_part);
        }
        notes
    }

    /// How many errors and warnings `annals check` finds in all facts.
    pub(crate) fn counts(&self) -> Counts {
        match &self.loaded.whole {
            Some(whole) => whole.counts,
            None => *self.counts.get_or_init(|| {
                let policy = &self.config.policy;
                check::count_at_least(&self.loaded, policy, Severity::Warning)
            }),
        }
    }

    /// Everything that is wrong with the facts, as `annals check` finds it.
    pub(crate) fn findings(&self) -> Arc<[Finding]> {
        let findings = self.findings.get_or_init(|| {
            let findings = check::check(&self.loaded, &self.config.policy);
            if self.loaded.whole.is_none() {
                self.counts.get_or_init(|| Counts {
                    infos: 0,
                    ..Counts::new(&findings)
                });
            }
            findings.into()
        });
        Arc::clone(findings)
    }

    /// How many quotes could not be verified, as a sentence.
    pub(crate) fn unverified(&self) -> Option<&str> {
        let unverified = self.unverified.get_or_init(|| match &self.loaded.whole {
            Some(whole) => whole.unverified.clone(),
            None => notes::unverified(&self.loaded),
        });
        unverified.as_deref()
    }

    /// Answers from the solved chronology of all facts. Counting errors needs the chronology too,
    /// so if they have not been counted yet, both are done together.
    pub(crate) fn with_chronology<'l, R>(
        &'l self,
        dossier: &Dossier<'l>,
        answer: impl FnOnce(&SolvedChronology<'_, 'l>) -> R,
    ) -> R {
        let policy = &self.config.policy;
        let slack = policy.thresholds.slack;
        if self.loaded.whole.is_some() || self.counts.get().is_some() {
            let chronicle = (self.chronicle).get_or_init(|| Chronicle::new(self.facts(), slack));
            return answer(&SolvedChronology::with_bounds(dossier, chronicle));
        }
        let (counts, solved) =
            check::count_with_chronology(dossier, policy, Severity::Warning, &self.chronicle);
        self.counts.get_or_init(|| counts);
        answer(&solved)
    }

    /// The files that were read, none of which an answer may overwrite.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        let files = self.facts().files.iter();
        files.map(|file| PathBuf::from(&file.name)).collect()
    }
}
