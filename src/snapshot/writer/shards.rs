//! Parts that are built apart, and joined to one snapshot.
//!
//! A part is written without its records' references being followed. What the facts are as a whole
//! (findings, narrowed dates, the overview) is made when parts are joined, of all facts; the tables of
//! the parts are then taken as they are. Where the facts as a whole say otherwise of what a part refers
//! to, that part is written again: a record has got another id, since another record has its own, or a
//! quote stands in a text of another part.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::super::checksummed_file::Sum;
use super::super::error::SnapshotError;
use super::super::manifest::{FORMAT, FindingCounts, InputEntry, Manifest, PART_FORMAT, PartEntry};
use super::super::opened::{BLOCKS, Part, SUMS, Snapshot};
use super::super::table::{FILE, Written};
use super::refers::refers;
use super::{Counted, Place, for_engines, names, part_of, records, usual};
use annals_load::LoadResult;
use annals_model::{FileId, FileKind, RecordKind, Vocabulary as _};

/// Writes a part of a snapshot of facts whose references lead to other parts as well; returns how many
/// records it has.
///
/// # Errors
/// If the folder cannot be written, or a file has changed since it was read.
pub fn build_shard(
    place: Place,
    loaded: &LoadResult,
    config: Option<String>,
    for_cluster: bool,
) -> Result<usize, SnapshotError> {
    let facts = &loaded.facts;
    let files = facts.files.iter().zip(0..);
    let files = files.filter(|(file, _)| file.kind != FileKind::Text);
    let files: Vec<FileId> = files.map(|(_, nth)| FileId(nth)).collect();
    let (new, unfinished) = place.new_part()?;
    annals_watch::begin("writing the part", facts.len() as u64);
    let part = records::Part {
        folder: &new,
        loaded,
        number: 0,
        options: usual(for_cluster),
    };
    let (mut tables, inputs) = part.write(&files)?;
    tables.push(names::write_narrowed(facts, Vec::new(), &new)?);
    tables.push(names::write_overview(None, &new)?);
    let part = part_of(&tables, &inputs, &new)?;
    let part_of_file: Vec<Option<usize>> = (facts.files.iter())
        .map(|file| (file.kind != FileKind::Text).then_some(0))
        .collect();
    let records = records_of(std::slice::from_ref(&part));
    let count = records.values().sum();
    let manifest = Manifest {
        format: PART_FORMAT.to_owned(),
        annals: env!("CARGO_PKG_VERSION").to_owned(),
        records,
        findings: FindingCounts::default(),
        config,
        inputs,
        parts: vec![part],
        refers: refers(loaded, &part_of_file, 1).pop(),
    };
    let staged: Vec<(&Path, &PartEntry)> = manifest.parts.iter().map(|one| (&*new, one)).collect();
    place.put(&new, &staged, &manifest, None)?;
    drop(unfinished);
    Ok(count)
}

/// How many records of each kind some parts have.
fn records_of(parts: &[PartEntry]) -> BTreeMap<String, usize> {
    let of = |kind: &RecordKind| {
        let files = parts.iter().flat_map(|part| &part.files);
        let rows = files.filter(|file| file.name == kind.plural());
        let rows = rows.map(|file| usize::try_from(file.rows).unwrap_or(0));
        (kind.plural().to_owned(), rows.sum())
    };
    RecordKind::ALL.iter().map(of).collect()
}

/// Parts that were joined.
#[derive(Debug)]
pub struct Joined {
    /// What `annals check` finds in all of them.
    pub counts: FindingCounts,
    /// Which of them were written again.
    pub rewritten: Vec<PathBuf>,
}

/// Makes a snapshot of parts, of which `loaded` are the facts. `counts` counts what `annals check` finds
/// in these.
///
/// # Errors
/// If a part is damaged, or the folder cannot be written.
pub fn join(
    place: Place,
    parts: &[Snapshot],
    loaded: &LoadResult,
    counts: impl FnOnce() -> Counted + Send,
) -> Result<Joined, SnapshotError> {
    let (new, unfinished) = place.new_part()?;
    annals_watch::begin("joining the parts", loaded.facts.len() as u64);
    let (staged, counted) = std::thread::scope(|scope| {
        let counting = scope.spawn(annals_watch::handed_on(|| annals_watch::aside(counts)));
        let staged = stage(parts, loaded, &new);
        let counted = counting.join();
        (
            staged,
            counted.unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
        )
    });
    let mut staged = staged?;
    let Counted {
        counts,
        narrowed,
        overview,
    } = counted;
    let for_cluster = staged.first().is_some_and(|one| has_large(&one.entry));
    let folder = new.join("whole");
    let mut last = last_part(loaded, &folder, for_cluster)?;
    last.0
        .push(names::write_narrowed(&loaded.facts, narrowed, &folder)?);
    last.0
        .push(names::write_overview(Some(&overview), &folder)?);
    staged.push(Staged {
        entry: part_of(&last.0, &last.1, &folder)?,
        inputs: last.1,
        folder,
        is_rewritten: false,
    });
    let entries: Vec<PartEntry> = staged.iter().map(|one| one.entry.clone()).collect();
    let manifest = Manifest {
        format: FORMAT.to_owned(),
        annals: env!("CARGO_PKG_VERSION").to_owned(),
        records: records_of(&entries),
        findings: counts.clone(),
        config: parts
            .first()
            .and_then(|part| part.config().map(str::to_owned)),
        inputs: staged.iter().flat_map(|one| one.inputs.clone()).collect(),
        parts: entries,
        refers: None,
    };
    let places: Vec<(&Path, &PartEntry)> = staged
        .iter()
        .map(|one| (&*one.folder, &one.entry))
        .collect();
    place.put(&new, &places, &manifest, None)?;
    drop(unfinished);
    let again = parts
        .iter()
        .zip(&staged)
        .filter(|(_, one)| one.is_rewritten);
    Ok(Joined {
        counts,
        rewritten: again.map(|(part, _)| part.shared.folder.clone()).collect(),
    })
}

/// A part on its way into a snapshot.
struct Staged {
    folder: PathBuf,
    entry: PartEntry,
    inputs: Vec<InputEntry>,
    is_rewritten: bool,
}

/// Whether a part has the large tables that only other engines read.
fn has_large(part: &PartEntry) -> bool {
    part.files
        .iter()
        .any(|file| file.name == for_engines::STANCES)
}

/// Takes the tables of each part, or writes them again.
fn stage(
    parts: &[Snapshot],
    loaded: &LoadResult,
    new: &Path,
) -> Result<Vec<Staged>, SnapshotError> {
    let facts = &loaded.facts;
    let known = facts.files.iter().zip(0..);
    let known = known.filter(|(file, _)| file.kind != FileKind::Text);
    let known: BTreeMap<&str, FileId> = known
        .map(|(file, nth)| (&*file.name, FileId(nth)))
        .collect();
    let mut part_of_file = vec![None; facts.files.len()];
    for (nth, part) in parts.iter().enumerate() {
        for name in part.files() {
            if let Some(file) = known.get(name) {
                part_of_file[file.index()] = Some(nth);
            }
        }
    }
    let sums = refers(loaded, &part_of_file, parts.len());
    let mut staged = Vec::new();
    for ((nth, part), sum) in parts.iter().enumerate().zip(sums) {
        let folder = new.join(nth.to_string());
        fs::create_dir(&folder).map_err(|error| SnapshotError::io(&folder, &error))?;
        let manifest = &part.shared.manifest;
        let files: Vec<FileId> = part
            .files()
            .filter_map(|name| known.get(name).copied())
            .collect();
        let one = if manifest.refers.as_deref() == Some(&*sum) {
            let inputs = manifest
                .inputs
                .iter()
                .zip(&files)
                .map(|(input, file)| InputEntry {
                    short: facts.file(*file).short.clone(),
                    part: nth,
                    ..input.clone()
                });
            taken(part, &folder, inputs.collect())?
        } else {
            rewritten(part, loaded, &files, &folder, nth)?
        };
        staged.push(one);
    }
    Ok(staged)
}

/// Takes the tables of a part as they are.
fn taken(part: &Snapshot, folder: &Path, inputs: Vec<InputEntry>) -> Result<Staged, SnapshotError> {
    let [of] = &*part.shared.parts else {
        return Err(SnapshotError::damaged(&part.shared.folder));
    };
    for file in &of.entry.files {
        let (from, home) = (of.path(&file.name), folder.join(&file.name));
        let put = fs::create_dir(&home).and_then(|()| link_or_copy(&from, &home.join(FILE)));
        put.map_err(|error| SnapshotError::io(&home, &error))?;
    }
    let home = folder.join(SUMS);
    let put = fs::create_dir(&home).and_then(|()| link_or_copy(&sums_of(of), &home.join(BLOCKS)));
    put.map_err(|error| SnapshotError::io(&home, &error))?;
    Ok(Staged {
        folder: folder.to_owned(),
        entry: of.entry.clone(),
        inputs,
        is_rewritten: false,
    })
}

/// Reads all tables of a part and holds them against their sums.
fn verify(part: &Snapshot) -> Result<(), SnapshotError> {
    for of in &part.shared.parts {
        for file in &of.entry.files {
            annals_watch::look();
            let path = of.path(&file.name);
            if sum_of_file(&path)? != file.sha256 {
                return Err(SnapshotError::damaged(&path));
            }
        }
    }
    Ok(())
}

fn sums_of(part: &Part) -> PathBuf {
    part.home(SUMS).join(BLOCKS)
}

fn sum_of_file(path: &Path) -> Result<String, SnapshotError> {
    let mut sum = Sum::default();
    let read = annals_files::open(path).and_then(|mut file| io::copy(&mut file, &mut sum));
    read.map_err(|error| SnapshotError::io(path, &error))?;
    Ok(sum.hex())
}

/// A second name for a file that nobody writes to any more, or a copy of it on another disk.
fn link_or_copy(from: &Path, to: &Path) -> io::Result<()> {
    if fs::hard_link(from, to).is_ok() {
        return Ok(());
    }
    fs::copy(from, to)?;
    annals_files::open(to)?.sync_all()
}

/// Writes a part again, of the facts as a whole.
fn rewritten(
    part: &Snapshot,
    loaded: &LoadResult,
    files: &[FileId],
    folder: &Path,
    number: usize,
) -> Result<Staged, SnapshotError> {
    let entries = part.shared.manifest.parts.iter();
    let options = usual(entries.clone().any(has_large));
    let write = records::Part {
        folder,
        loaded,
        number,
        options,
    };
    let (mut tables, inputs) = write.write(files)?;
    tables.push(names::write_narrowed(&loaded.facts, Vec::new(), folder)?);
    tables.push(names::write_overview(None, folder)?);
    let entry = part_of(&tables, &inputs, folder)?;
    Ok(Staged {
        folder: folder.to_owned(),
        entry,
        inputs,
        is_rewritten: true,
    })
}

/// The tables of the part of no file, to which come those that only the facts as a whole tell. It is
/// the last: readers look there.
fn last_part(
    loaded: &LoadResult,
    folder: &Path,
    for_cluster: bool,
) -> Result<(Vec<Written>, Vec<InputEntry>), SnapshotError> {
    fs::create_dir(folder).map_err(|error| SnapshotError::io(folder, &error))?;
    let part = records::Part {
        folder,
        loaded,
        number: 0,
        options: usual(for_cluster),
    };
    part.write(&[])
}

impl Snapshot {
    /// Opens parts that are to be joined, each in its folder; they come back in the order of the names
    /// of their files, and with them what is written to a snapshot does not depend on their order.
    ///
    /// # Errors
    /// If one is none, is damaged, was built by another Annals or under another configuration, is given
    /// twice, or has a file that another has as well.
    pub fn open_parts(folders: &[PathBuf]) -> Result<Vec<Snapshot>, SnapshotError> {
        let mut parts: Vec<Snapshot> = Vec::new();
        for folder in folders {
            let part = Snapshot::open_part(folder).map_err(|error| error.of_part(folder))?;
            verify(&part).map_err(|error| error.of_part(folder))?;
            for other in &parts {
                fits(&part, other)?;
            }
            parts.push(part);
        }
        parts.sort_by(|a, b| names_of(a).cmp(&names_of(b)));
        Ok(parts)
    }
}

/// The names of its files, as files are ordered by them: folder by folder.
fn names_of(part: &Snapshot) -> Vec<Vec<&str>> {
    part.files().map(|name| name.split('/').collect()).collect()
}

/// Whether two parts can be in one snapshot.
fn fits(part: &Snapshot, other: &Snapshot) -> Result<(), SnapshotError> {
    let (mine, others) = (&part.shared.manifest, &other.shared.manifest);
    let wrong = |reason: String| Err(SnapshotError::new(&part.shared.folder, reason));
    let second = annals_finding::shown_path(&other.shared.folder);
    let place = |of: &Snapshot| of.shared.folder.canonicalize().ok();
    if place(part).is_some() && place(part) == place(other) {
        return wrong("this part is given twice; give it once".to_owned());
    }
    let names: BTreeSet<&str> = other.files().collect();
    if let Some(twice) = part.files().find(|name| names.contains(name)) {
        let twice = annals_finding::shown(twice);
        return wrong(format!(
            "{twice} is in this part and in {second}: leave out one of the parts, or, if these are two files, rename one and build its part again"
        ));
    }
    if mine.config != others.config {
        return wrong(format!(
            "it was built under another annals.toml than {second}: build all parts under the same"
        ));
    }
    let large = |manifest: &Manifest| manifest.parts.iter().any(has_large);
    if large(mine) != large(others) {
        let (with, without) = if large(mine) {
            (part, other)
        } else {
            (other, part)
        };
        let shown = |of: &Snapshot| annals_finding::shown_path(&of.shared.folder);
        return wrong(format!(
            "{} was built with --for-cluster and {} without it: build all parts alike",
            shown(with),
            shown(without)
        ));
    }
    Ok(())
}
