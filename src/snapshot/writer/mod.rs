//! Writing a snapshot.

mod atomic_replace;
mod blocks;
mod chunking;
mod clustering;
mod engine_columns;
mod fact_columns;
mod for_engines;
mod joint;
mod link_targets;
mod links;
mod names;
mod records;
mod refers;
mod rows;
mod shards;
mod sorted_tables;
#[cfg(test)]
mod tests;
mod undated;
mod words;

use super::error::SnapshotError;
use super::manifest::{FORMAT, FileEntry, FindingCounts, InputEntry, Manifest, PartEntry, sum_of};
use super::opened::{OTHER_LINES, SOURCES, Snapshot, TEXTS};
use super::table::Written;
use annals_finding::Code;
use annals_load::LoadResult;
use annals_model::{FileId, FileKind, RecordKind, RecordRef, Vocabulary as _};
use annals_ordered_parallel as ordered_parallel;
use annals_query::overview::OverviewRow;
use annals_query::timeline::NarrowedRow;
pub use atomic_replace::Place;
pub(super) use links::LINKS;
#[cfg(test)]
pub(super) use links::PLACE;
pub(super) use names::{NARROWED, OVERVIEW};
pub use shards::{Joined, build_shard, join};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
pub(super) use words::{TEXT, WORDS};

/// The counts of `annals check` findings, and the narrowed dates.
#[derive(Debug)]
pub struct Counted {
    /// The counts.
    pub counts: FindingCounts,
    /// The narrowed days of records, if they differ from those of their own dates.
    pub narrowed: Vec<(RecordRef, NarrowedRow)>,
    /// What is in the facts.
    pub overview: OverviewRow,
}

/// Writes a snapshot of the loaded facts, replacing an existing one; or, if the facts are the
/// snapshot in that place and further files, adds these files to it.
///
/// `config` is the text of the `annals.toml` in force; `counts` counts what `annals check` finds,
/// which takes as long as writing and runs in parallel. With `for_cluster`, the two large tables that only
/// other engines read are written as well.
///
/// At every moment the folder contains a complete snapshot: the old one or the new one. Its files
/// and their content depend only on the facts.
///
/// # Errors
/// If the folder cannot be written, or a file has changed since it was read.
pub fn build(
    place: Place,
    loaded: &LoadResult,
    config: Option<String>,
    counts: impl FnOnce() -> Counted + Send,
    onto: Option<&Snapshot>,
    for_cluster: bool,
) -> Result<FindingCounts, SnapshotError> {
    build_in(usual(for_cluster), place, loaded, config, counts, onto)
}

fn usual(for_cluster: bool) -> records::BuildOptions {
    records::BuildOptions {
        block: BLOCK,
        threads: ordered_parallel::threads(MOST),
        for_cluster,
    }
}

/// The approximate number of bytes of lines decoded at once.
const BLOCK: usize = 1 << 20;
/// The number of threads that the single consumer of their results can keep busy.
const MOST: usize = 8;

fn build_in(
    options: records::BuildOptions,
    place: Place,
    loaded: &LoadResult,
    config: Option<String>,
    counts: impl FnOnce() -> Counted + Send,
    onto: Option<&Snapshot>,
) -> Result<FindingCounts, SnapshotError> {
    let base = onto.map(|snapshot| &snapshot.shared.manifest);
    let base = base.filter(|base| can_stand(base, loaded, config.as_ref()));
    let old = base.map_or(&[][..], |base| &base.inputs);
    let known: BTreeSet<&str> = old.iter().map(|input| input.name.as_str()).collect();
    let facts = &loaded.facts;
    let read = facts.files.iter().enumerate();
    let files =
        read.filter(|(_, file)| file.kind != FileKind::Text && !known.contains(file.name.as_str()));
    let files: Vec<FileId> = files.map(|(nth, _)| FileId(nth as u32)).collect();

    let parts = base.map_or(&[][..], |base| &base.parts);
    let (new, unfinished) = place.new_part()?;
    annals_watch::begin("writing the snapshot", loaded.facts.len() as u64);
    let (written, counts) = std::thread::scope(|scope| {
        let counting = scope.spawn(annals_watch::handed_on(|| annals_watch::aside(counts)));
        let part = records::Part {
            folder: &new,
            loaded,
            number: parts.len(),
            options,
        };
        let written = part.write(&files);
        let counted = counting.join();
        (
            written,
            counted.unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
        )
    });
    let (mut tables, inputs) = written?;
    let Counted {
        counts,
        narrowed,
        overview,
    } = counts;
    tables.push(names::write_narrowed(facts, narrowed, &new)?);
    tables.push(names::write_overview(Some(&overview), &new)?);
    let part = part_of(&tables, &inputs, &new)?;
    let records = RecordKind::ALL
        .iter()
        .map(|kind| (kind.plural().to_owned(), facts.count(*kind)));
    let manifest = Manifest {
        format: FORMAT.to_owned(),
        annals: env!("CARGO_PKG_VERSION").to_owned(),
        records: records.collect(),
        findings: counts.clone(),
        config,
        inputs: old.iter().cloned().chain(inputs).collect(),
        parts: parts.iter().cloned().chain([part]).collect(),
        refers: None,
    };
    let staged: Vec<_> = manifest
        .parts
        .last()
        .map(|part| (&*new, part))
        .into_iter()
        .collect();
    place.put(&new, &staged, &manifest, onto)?;
    drop(unfinished);
    Ok(counts)
}

/// The entry of a part whose tables are written.
fn part_of(
    tables: &[Written],
    inputs: &[InputEntry],
    folder: &Path,
) -> Result<PartEntry, SnapshotError> {
    let part = PartEntry {
        name: String::new(),
        first_rows: BTreeMap::new(),
        first_input: 0,
        files: tables.iter().map(entry).collect(),
        blocks: atomic_replace::write_sums(folder, tables)?,
    };
    // A part is named by a hash of its content, so that the name always matches; which of the parts
    // it is does not matter.
    let inputs: Vec<InputEntry> = (inputs.iter().cloned())
        .map(|input| InputEntry { part: 0, ..input })
        .collect();
    let json = serde_json::to_string(&(&part, &inputs)).unwrap_or_default();
    let name = format!("p{}", &sum_of(json.as_bytes())[..16]);
    Ok(PartEntry { name, ..part })
}

fn entry(table: &Written) -> FileEntry {
    FileEntry {
        name: table.name.to_owned(),
        bytes: table.sums.bytes,
        rows: table.rows,
        sha256: table.sums.sha256.clone(),
        empty: table.empty.clone(),
    }
}

/// Every table that a part can have.
pub(super) fn tables() -> impl Iterator<Item = &'static str> {
    let kinds = RecordKind::ALL.iter().map(|kind| kind.plural());
    let links = LINKS.iter().map(|link| link.name);
    let others = [
        names::IDS,
        names::NAMES,
        OVERVIEW,
        WORDS,
        NARROWED,
        TEXTS,
        OTHER_LINES,
        SOURCES,
        for_engines::FILES,
        for_engines::ALTERNATIVES,
        joint::JOINT,
        undated::UNDATED_EVIDENCE,
        for_engines::STANCES,
        for_engines::CLAIM_TEXT,
    ];
    kinds.chain(links).chain(others)
}

/// Whether what was written before equals what would be written now, so that only new facts need
/// writing.
///
/// What can change is the generated id of a record without an id or with a duplicate one, and the
/// targets of its references to records whose tables do not store references as written.
fn can_stand(base: &Manifest, loaded: &LoadResult, config: Option<&String>) -> bool {
    use annals_load::faults::{duplicate_id, unknown_id, wrong_kind};
    let files: BTreeMap<&str, &str> = (loaded.facts.files.iter())
        .filter(|file| file.kind != FileKind::Text)
        .map(|file| (file.name.as_str(), file.short.as_str()))
        .collect();
    let is_called_so =
        |input: &InputEntry| files.get(input.name.as_str()) == Some(&input.short.as_str());
    let names = base.inputs.iter().map(|input| input.name.split('/'));
    let last = names.reduce(|a, b| if b.clone().gt(a.clone()) { b } else { a });
    let known = |name: &str| base.inputs.iter().any(|input| input.name == name);
    let comes_last = files
        .keys()
        .filter(|name| !known(name))
        .all(|name| last.clone().is_none_or(|last| name.split('/').gt(last)));
    let found = |counts: &FindingCounts, code: &Code| counts.codes.contains_key(code.code);
    let mut now = loaded.findings.iter();
    let duplicates = now.any(|finding| finding.code.code == duplicate_id::CODE.code);
    let all_lead_somewhere =
        !found(&base.findings, &unknown_id::CODE) && !found(&base.findings, &wrong_kind::CODE);
    base.annals == env!("CARGO_PKG_VERSION")
        && base.config.as_ref() == config
        && base.inputs.iter().all(is_called_so)
        && (comes_last || !duplicates)
        && (all_lead_somewhere && base.findings.unread.is_empty() || base.is_as_written())
        && !base.findings.text_missing
}
