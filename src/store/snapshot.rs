//! Writing a snapshot.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::OnceLock;

use super::backend::usable;
use super::built::{BuildAs, Built};
use super::data::Data;
use super::open::stored_config;
use super::{Notes, Store, StoreError, notes};
use annals_check as check;
use annals_config::Config;
use annals_finding::Severity;
use annals_finding::write::Counts;
use annals_load::LoadResult;
use annals_model::{FileKind, RecordRef};
use annals_query::Dossier;
use annals_query::chronicle::SolvedChronology;
use annals_query::overview::overview;
use annals_query::timeline::NarrowedRow;
use annals_query::validity::is_retracted;
use annals_snapshot::{Counted, FindingCounts, Place, Snapshot, build, is_snapshot};
use annals_time::Date;

impl Store {
    /// Writes the facts as a snapshot, replacing an existing one, or as else `how` says.
    ///
    /// # Errors
    /// If the facts cannot be read, or not all of them, there is no snapshot to extend, a file is already in it, or it
    /// cannot be written.
    pub fn build(&self, output: &Path, how: BuildAs) -> Result<Built, StoreError> {
        let BuildAs { add, strict, .. } = how;
        if add && !is_snapshot(output) {
            return Err(StoreError::Question(format!(
                "there is no snapshot {} to add to; build it without --add",
                annals_finding::shown_path(output)
            )));
        }
        // Before the snapshot is read that is added to: no other build comes in between.
        let place = Place::open(output)?;
        let base = add.then(|| Snapshot::open(output)).transpose()?;
        let (config, text) = match &base {
            Some(base) => (stored_config(base)?, base.config().map(str::to_owned)),
            None => (self.configuration().clone(), self.configuration_text()),
        };
        let mut request = self.backend.request.clone();
        if let Some(base) = &base {
            request.facts.extend(base.sources());
        }
        let loaded = annals_load::load_with(&request, &config.own_words);
        let data = usable(Arc::new(Data::new(loaded, Arc::new(config.clone()))))?;
        let loaded = &data.loaded;
        whole(loaded)?;
        if base.is_some() {
            added_twice(loaded, output)?;
        }
        let records = loaded.facts.len();
        let counted = strict.then(|| counts(loaded, &config));
        if let Some(counted) = &counted {
            let notes = notes_of(loaded, &counted.counts);
            if notes.problems.is_some() {
                return Ok(Built {
                    records,
                    notes,
                    _facts: data,
                });
            }
        }
        let count = || counted.unwrap_or_else(|| counts(loaded, &config));
        let counted = build(place, loaded, text, count, base.as_ref(), how.for_cluster)?;
        let notes = notes_of(loaded, &counted);
        Ok(Built {
            records,
            notes,
            _facts: data,
        })
    }

    /// The text of the configuration to store in a snapshot of these facts.
    pub(crate) fn configuration_text(&self) -> Option<String> {
        let first = self.backend.named.first()?;
        if is_snapshot(first) {
            let snapshot = Snapshot::open(first).ok()?;
            return snapshot.config().map(str::to_owned);
        }
        self.backend.config_text()
    }
}

pub(crate) fn notes_of(loaded: &LoadResult, counted: &FindingCounts) -> Notes {
    let counts = Counts {
        errors: counted.errors,
        warnings: counted.warnings,
        infos: 0,
    };
    notes::notes(loaded, counts, counted.unverified.as_deref(), None)
}

/// No snapshot is made of a file that was read in part: its records would be missing. A line of JSON
/// Lines stays in the snapshot as it is, with what is found in it.
pub(crate) fn whole(loaded: &LoadResult) -> Result<(), StoreError> {
    let mut in_part = loaded
        .unread
        .files
        .keys()
        .map(|file| loaded.facts.file(*file));
    match in_part.find(|file| file.kind != FileKind::JsonLines) {
        Some(file) => Err(StoreError::Unreadable(format!(
            "{} was read in part, and a snapshot would lack what could not be read; correct the file \
             first (`annals check` shows where)",
            annals_finding::shown(&file.name)
        ))),
        None => Ok(()),
    }
}

/// No file is added twice: a changed file would coexist with its earlier version.
fn added_twice(loaded: &LoadResult, output: &Path) -> Result<(), StoreError> {
    let mut names: Vec<&str> = (loaded.facts.files.iter())
        .filter(|file| file.kind != FileKind::Text)
        .map(|file| file.name.as_str())
        .collect();
    names.sort_unstable();
    match names.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(StoreError::Question(format!(
            "{} is already in {}; if facts have changed, build the snapshot again",
            annals_finding::shown(pair[0]),
            annals_finding::shown_path(output)
        ))),
        None => Ok(()),
    }
}

/// The findings of `annals check`, the warnings of an answer, and the narrowed dates.
pub(crate) fn counts(loaded: &LoadResult, config: &Config) -> Counted {
    let (dossier, chronicle) = (Dossier::new(loaded), OnceLock::new());
    let least = Severity::Warning;
    let (of_all, solved) =
        check::count_with_narrowed_dates(&dossier, &config.policy, least, &chronicle);
    let mut codes = BTreeMap::new();
    for finding in &loaded.findings {
        *codes.entry(finding.code.code.to_owned()).or_insert(0) += 1;
    }
    let facts = &loaded.facts;
    let text_missing = facts.documents.iter().any(|(id, document)| {
        let names_one = document.text.is_some() || document.sha256.is_some();
        names_one && loaded.texts.get(id).is_none()
    });
    let counts = FindingCounts {
        errors: of_all.errors,
        warnings: of_all.warnings,
        codes,
        unverified: super::notes::unverified(loaded),
        retracted: facts
            .records()
            .filter(|one| is_retracted(facts, *one))
            .count(),
        text_missing,
        unread: (loaded.unread.files.iter())
            .map(|(file, records)| (facts.file(*file).name.clone(), *records))
            .collect(),
        reach: annals_query::promises::reach(facts).map(|day| i64::from(day.number())),
    };
    Counted {
        counts,
        narrowed: narrowed(loaded, &solved),
        overview: overview(&dossier, of_all),
    }
}

/// The narrowed days of records, if they differ from those of their own dates.
fn narrowed(
    loaded: &LoadResult,
    solved: &SolvedChronology<'_, '_>,
) -> Vec<(RecordRef, NarrowedRow)> {
    let facts = &loaded.facts;
    let date = |record| match record {
        RecordRef::Document(id) => facts[id].published,
        RecordRef::Event(id) => facts[id].when,
        RecordRef::Claim(id) => facts[id].said,
        RecordRef::Relation(id) => facts[id].when,
        _ => None,
    };
    let rows = (facts.documents.handles().map(RecordRef::Document))
        .chain(facts.events.handles().map(RecordRef::Event))
        .chain(facts.claims.handles().map(RecordRef::Claim))
        .chain(facts.relations.handles().map(RecordRef::Relation));
    rows.filter_map(|record| {
        let own = date(record).map(|date| facts.date(date));
        let own = [own.and_then(Date::first), own.and_then(Date::last)];
        let none = NarrowedRow {
            first: None,
            last: None,
        };
        let days = solved.narrowed(record).unwrap_or(none);
        ([days.first, days.last] != own).then_some((record, days))
    })
    .collect()
}
