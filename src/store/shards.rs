//! Parts of a snapshot that are built apart, and joined.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::backend::usable;
use super::built::{JoinAs, Joined, Shard};
use super::data::Data;
use super::findings::Findings;
use super::notes::{self, Notes};
use super::open::stored_config;
use super::snapshot::{counts, notes_of, whole};
use super::{Store, StoreError};
use annals_config::Config;
use annals_finding::Finding;
use annals_finding::write::Counts;
use annals_load::faults::{duplicate_id, unknown_id, wrong_kind};
use annals_load::{LoadResult, Request};
use annals_snapshot::{Place, Snapshot, build_shard, join};

impl Store {
    /// Writes the facts as a part of a snapshot, to be joined with others by [`join_parts`]. References
    /// to records of other parts stay as they are: nothing is said of them before all parts are there.
    ///
    /// # Errors
    /// If the facts cannot be read, or not all of them, or the folder cannot be written.
    pub fn build_shard(&self, output: &Path, for_cluster: bool) -> Result<Shard, StoreError> {
        if self.has_snapshot() {
            return Err(StoreError::Question(
                "a part is built of fact files, not of a snapshot".to_owned(),
            ));
        }
        let place = Place::open(output)?;
        let (config, text) = (self.configuration(), self.configuration_text());
        let loaded = annals_load::load_open(&self.backend.request, &config.own_words);
        let data = usable(Arc::new(Data::new(loaded, Arc::new(config.clone()))))?;
        let loaded = &data.loaded;
        whole(loaded)?;
        let records = build_shard(place, loaded, text, for_cluster)?;
        let notes = notes_of_shard(loaded, records);
        Ok(Shard {
            records,
            notes,
            _facts: data,
        })
    }
}

/// What reading a part has found: the rules about facts are for all of them.
fn notes_of_shard(loaded: &LoadResult, records: usize) -> Notes {
    let counts = Counts {
        infos: 0,
        ..Counts::new(&loaded.findings)
    };
    let found = counts.errors + counts.warnings > 0;
    let none = "there are no facts here".to_owned();
    Notes {
        in_part: notes::in_part(loaded),
        problems: found.then(|| {
            format!(
                "{} in reading alone: `annals check` of the joined snapshot shows them",
                counts.line(records)
            )
        }),
        others: (records == 0).then_some(none).into_iter().collect(),
    }
}

/// Makes a snapshot of parts, in whatever order they are given: the same as one build of all their
/// files answers. All facts are read once more, for what only the whole tells: findings, narrowed dates,
/// and the overview.
///
/// # Errors
/// If a part cannot be used, or the folder cannot be written.
pub fn join_parts(parts: &[PathBuf], output: &Path, how: JoinAs) -> Result<Joined, StoreError> {
    let place = Place::open(output)?;
    let parts = Snapshot::open_parts(parts)?;
    let Some(first) = parts.first() else {
        return Err(StoreError::Question(
            "there are no parts to join".to_owned(),
        ));
    };
    let config: Config = stored_config(first)?;
    let request = Request {
        facts: parts.iter().flat_map(Snapshot::sources).collect(),
        texts: Vec::new(),
    };
    let loaded = annals_load::load_with(&request, &config.own_words);
    let data = usable(Arc::new(Data::new(loaded, Arc::new(config.clone()))))?;
    let loaded = &data.loaded;
    whole(loaded)?;
    let findings = Findings::new(Arc::clone(&data), across(loaded));
    let done = |notes, rewritten| Joined {
        records: loaded.facts.len(),
        notes,
        findings,
        rewritten,
    };
    let counted = how.strict.then(|| counts(loaded, &config));
    if let Some(counted) = &counted
        && counted.counts.errors + counted.counts.warnings > 0
    {
        return Ok(done(notes_of(loaded, &counted.counts), Vec::new()));
    }
    let count = || counted.unwrap_or_else(|| counts(loaded, &config));
    let joined = join(place, &parts, loaded, count)?;
    Ok(done(notes_of(loaded, &joined.counts), joined.rewritten))
}

/// The findings that no part tells alone.
fn across(loaded: &LoadResult) -> Vec<Finding> {
    let codes = [&duplicate_id::CODE, &unknown_id::CODE, &wrong_kind::CODE];
    let is_one = |finding: &&Finding| codes.iter().any(|code| code.code == finding.code.code);
    loaded.findings.iter().filter(is_one).cloned().collect()
}
