//! An open snapshot.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::checksummed_file::{BLOCK, Checked};
use super::derived::{ClaimOrder, Days, Documents, StancesTaken};
use super::error::SnapshotError;
use super::manifest::{FileEntry, FindingCounts, InputKind, Manifest, PartEntry, sum_of};
use super::reconstructed_file::StoredInput;
use super::table::{FILE, KeptPages, Rows, Table};
use annals_files::FolderLock;
use annals_load::{EmbeddedFile, EmbeddedText, Source};
use annals_model::{FileKind, RecordKind};

/// The table of files that are kept as they stand.
pub(super) const SOURCES: &str = "sources";
/// The table of lines that are no record.
pub(super) const OTHER_LINES: &str = "other_lines";
/// The table of the texts of documents.
pub(super) const TEXTS: &str = "texts";
/// The file of the sums of all blocks, and the folder of those of all parts.
pub(super) const BLOCKS: &str = "blocks.sums";
pub(super) const SUMS: &str = "sums";

/// The folder of what belongs to a part, in that of a table or of the sums.
pub(super) fn of_part(name: &str) -> String {
    format!("part={name}")
}

/// A snapshot that is open: its manifest is whole, and its files are there.
#[derive(Debug, Clone)]
pub struct Snapshot {
    pub(super) shared: Arc<Shared>,
}

/// What all that reads of a snapshot has in common.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) folder: PathBuf,
    pub(super) manifest: Manifest,
    pub(super) parts: Vec<Part>,
    texts: OnceLock<Texts>,
    /// The days of all records of a kind, once they were asked for.
    pub(super) days: [OnceLock<Arc<Days>>; 4],
    /// The documents in the order of texts, once that was asked for.
    pub(super) documents: OnceLock<Option<Arc<Documents>>>,
    /// Which stances claims take.
    pub(super) stances: OnceLock<Option<Arc<StancesTaken>>>,
    /// In which order lists have claims, where that was asked for and columns tell it.
    pub(super) claim_order: OnceLock<Option<Arc<ClaimOrder>>>,
    pub(super) kept: Arc<KeptPages>,
}

/// The texts of documents, by fact file and the byte at which the document's record begins.
type Texts = BTreeMap<(usize, usize), StoredText>;

/// What came of looking for a text.
#[derive(Debug)]
pub(super) struct StoredText {
    /// Without the text itself, or why it cannot be read.
    kept: EmbeddedText,
    table: Arc<Table>,
    row: usize,
}

impl StoredText {
    /// With the text itself, which is read now.
    pub(super) fn read(&self) -> Result<EmbeddedText, SnapshotError> {
        let mut kept = self.kept.clone();
        if let EmbeddedText::Found { text, .. } | EmbeddedText::Unreadable { why: text, .. } =
            &mut kept
        {
            let batch = Rows::new(&*self.table, vec![Some(5)]).read(self.row, 1)?;
            let read = batch.text(0, 0).ok_or_else(|| self.table.damaged())?;
            read.clone_into(text);
        }
        Ok(kept)
    }
}

/// What was written at one time.
#[derive(Debug)]
pub(super) struct Part {
    /// The folder of the snapshot.
    folder: PathBuf,
    pub(super) entry: PartEntry,
    /// The sums of the blocks of each file.
    sums: Vec<Vec<u64>>,
    /// Tables that have been read as a whole.
    through: Vec<OnceLock<Result<Arc<Table>, SnapshotError>>>,
    /// Tables that are open: where their pages are is read once, however often one is asked.
    paged: Vec<OnceLock<Arc<Table>>>,
    sorted: Vec<OnceLock<Arc<Table>>>,
    /// A build that replaces the snapshot leaves the part as long as the folder of its sums is locked.
    lock: Option<FolderLock>,
    kept: Arc<KeptPages>,
}

impl Snapshot {
    /// Opens a snapshot.
    ///
    /// # Errors
    /// When the folder is none, is damaged, or was written by a newer Annals.
    pub fn open(folder: &Path) -> Result<Snapshot, SnapshotError> {
        let mut manifest = Manifest::read(folder)?;
        loop {
            let error = match Self::of(folder, manifest.clone()) {
                Ok(snapshot) => return Ok(snapshot),
                Err(error) => error,
            };
            // A build that has ended in between has removed what the old manifest names.
            let now = Manifest::read(folder)?;
            if now == manifest {
                return Err(error);
            }
            manifest = now;
        }
    }

    /// Opens a part that waits to be joined with others.
    ///
    /// # Errors
    /// When the folder is none, is damaged, or was written by another Annals.
    pub(super) fn open_part(folder: &Path) -> Result<Snapshot, SnapshotError> {
        let manifest = Manifest::read_part(folder)?;
        let own = env!("CARGO_PKG_VERSION");
        if manifest.annals != own {
            let by = annals_finding::shown(&manifest.annals);
            let reason = format!(
                "it was built by Annals {by}, and this is Annals {own}: build all parts with one version"
            );
            return Err(SnapshotError::new(folder, reason));
        }
        Self::of(folder, manifest)
    }

    fn of(folder: &Path, manifest: Manifest) -> Result<Snapshot, SnapshotError> {
        // Nothing is written over any of it, whichever files a question needs.
        annals_files::note_folder(folder);
        let kept = Arc::new(KeptPages::default());
        let parts = manifest.parts.iter();
        let parts = parts.map(|entry| Part::open(folder, entry, &kept));
        let parts = parts.collect::<Result<Vec<_>, _>>()?;
        let snapshot = Snapshot {
            shared: Arc::new(Shared {
                folder: folder.to_owned(),
                manifest,
                parts,
                texts: OnceLock::new(),
                days: Default::default(),
                documents: OnceLock::new(),
                stances: OnceLock::new(),
                claim_order: OnceLock::new(),
                kept,
            }),
        };
        snapshot.shared.read_texts()?;
        Ok(snapshot)
    }

    /// The fact files that it holds.
    pub fn sources(&self) -> Vec<Source> {
        let inputs = self.shared.manifest.inputs.iter().enumerate();
        let file = inputs.map(|(input, entry)| EmbeddedFile {
            name: entry.name.clone(),
            kind: match entry.kind {
                InputKind::Json => FileKind::Json,
                InputKind::JsonLines => FileKind::JsonLines,
                InputKind::Yaml => FileKind::Yaml,
                InputKind::Table => FileKind::Table,
                InputKind::Book => FileKind::Book,
            },
            bytes: Arc::new(StoredInput {
                shared: Arc::clone(&self.shared),
                input,
            }),
        });
        file.map(Source::Embedded).collect()
    }

    /// How many records it has.
    pub fn records(&self) -> usize {
        self.shared.manifest.records.values().sum()
    }

    /// The names of its fact files.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.shared
            .manifest
            .inputs
            .iter()
            .map(|input| input.name.as_str())
    }

    /// The text of the `annals.toml` that was in force when it was built.
    pub fn config(&self) -> Option<&str> {
        self.shared.manifest.config.as_deref()
    }

    /// What `annals check` finds in it, if the rules are still those that it was counted by.
    pub fn counts(&self) -> Option<&FindingCounts> {
        let manifest = &self.shared.manifest;
        (manifest.annals == env!("CARGO_PKG_VERSION")).then_some(&manifest.findings)
    }

    /// Reads all of it and holds it against its sums.
    ///
    /// # Errors
    /// When something is not what was written.
    pub fn verify(&self) -> Result<(), SnapshotError> {
        for part in &self.shared.parts {
            for entry in &part.entry.files {
                let path = part.path(&entry.name);
                let bytes = annals_files::read(&path, entry.bytes);
                let bytes = bytes.map_err(|error| SnapshotError::io(&path, &error))?;
                if sum_of(&bytes) != entry.sha256 {
                    return Err(SnapshotError::damaged(&path));
                }
            }
        }
        for (input, entry) in self.shared.manifest.inputs.iter().enumerate() {
            let stored = StoredInput {
                shared: Arc::clone(&self.shared),
                input,
            };
            let fault =
                |error: &std::io::Error| SnapshotError::new(&self.shared.folder, error.to_string());
            let mut reader =
                annals_load::EmbeddedSource::read(&stored).map_err(|error| fault(&error))?;
            let mut sum = super::checksummed_file::Sum::default();
            std::io::copy(&mut reader, &mut sum).map_err(|error| fault(&error))?;
            if sum.hex() != entry.sha256 {
                let name = annals_finding::shown(&entry.name);
                let reason = format!("it is damaged: {name} cannot be restored as it was");
                return Err(SnapshotError::new(&self.shared.folder, reason));
            }
        }
        Ok(())
    }
}

impl Shared {
    /// The texts of documents, as they were when the snapshot was built.
    pub(super) fn texts(&self) -> &Texts {
        static NONE: Texts = BTreeMap::new();
        self.texts.get().unwrap_or(&NONE)
    }

    fn read_texts(&self) -> Result<(), SnapshotError> {
        let mut texts = Texts::new();
        for part in self.parts.iter().filter(|part| part.has(TEXTS)) {
            let table = part.paged(TEXTS)?;
            // The texts themselves are read when they are wanted.
            let mut rows = Rows::new(&*table, (0..5).map(Some).collect());
            let mut at = 0;
            while at < table.rows() {
                let batch = rows.read(at, 64)?;
                for row in 0..batch.rows {
                    let number = |column| {
                        batch
                            .number(column, row)
                            .and_then(|n| usize::try_from(n).ok())
                    };
                    let text = |column| batch.text(column, row).map(str::to_owned);
                    let kept = match (text(2).as_deref(), text(3), text(4)) {
                        (Some("found"), Some(shown), Some(sum)) => Some(EmbeddedText::Found {
                            shown,
                            sum,
                            text: String::new(),
                        }),
                        (Some("outside"), ..) => Some(EmbeddedText::Outside),
                        (Some("unreadable"), Some(shown), _) => Some(EmbeddedText::Unreadable {
                            shown,
                            why: String::new(),
                        }),
                        _ => None,
                    };
                    let file = number(0).map(|file| part.entry.first_input + file);
                    let place = file.zip(number(1)).zip(kept);
                    let (place, kept) = place.ok_or_else(|| table.damaged())?;
                    let table = Arc::clone(&table);
                    let row = at + row;
                    texts.insert(place, StoredText { kept, table, row });
                }
                at += batch.rows;
            }
        }
        // It is read once.
        let _ = self.texts.set(texts);
        Ok(())
    }
}

impl Part {
    fn open(
        folder: &Path,
        entry: &PartEntry,
        kept: &Arc<KeptPages>,
    ) -> Result<Part, SnapshotError> {
        let sums = folder.join(SUMS).join(of_part(&entry.name));
        if !fs::symlink_metadata(&sums).is_ok_and(|about| about.is_dir()) {
            return Err(SnapshotError::damaged(&sums));
        }
        let lock = match FolderLock::for_reading(&sums) {
            // A build is about to remove it.
            Ok(None) => return Err(SnapshotError::damaged(&sums)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(SnapshotError::io(&sums, &error));
            }
            // It can be read all the same where it cannot be locked.
            lock => lock.ok().flatten(),
        };
        let path = sums.join(BLOCKS);
        let about =
            fs::symlink_metadata(&path).map_err(|error| SnapshotError::io(&path, &error))?;
        let blocks = entry
            .files
            .iter()
            .map(|file| file.bytes.div_ceil(BLOCK as u64));
        let blocks: Vec<u64> = blocks.collect();
        let all = blocks
            .iter()
            .try_fold(0_u64, |all, more| all.checked_add(*more));
        if !about.is_file() || all.is_none_or(|all| all.checked_mul(8) != Some(about.len())) {
            return Err(SnapshotError::damaged(&path));
        }
        let bytes = annals_files::read(&path, about.len());
        let bytes = bytes.map_err(|error| SnapshotError::io(&path, &error))?;
        if sum_of(&bytes) != entry.blocks {
            return Err(SnapshotError::damaged(&path));
        }
        let mut all = bytes.chunks_exact(8).map(|sum| {
            let mut eight = [0; 8];
            eight.copy_from_slice(sum);
            u64::from_le_bytes(eight)
        });
        let sums = blocks
            .iter()
            .map(|count| all.by_ref().take(*count as usize).collect());
        let part = Part {
            sums: sums.collect(),
            through: entry.files.iter().map(|_| OnceLock::new()).collect(),
            paged: entry.files.iter().map(|_| OnceLock::new()).collect(),
            sorted: entry.files.iter().map(|_| OnceLock::new()).collect(),
            folder: folder.to_owned(),
            entry: entry.clone(),
            lock,
            kept: Arc::clone(kept),
        };
        for file in &part.entry.files {
            let path = part.path(&file.name);
            // No folder on the way is a link to somewhere else.
            let is_folder =
                |path: &Path| fs::symlink_metadata(path).is_ok_and(|about| about.is_dir());
            if !path.ancestors().skip(1).take(2).all(is_folder) {
                return Err(SnapshotError::damaged(&path));
            }
            let about = fs::symlink_metadata(&path);
            let about = about.map_err(|error| SnapshotError::io(&path, &error))?;
            if !about.is_file() || about.len() != file.bytes {
                return Err(SnapshotError::damaged(&path));
            }
        }
        Ok(part)
    }

    /// Whether no other program reads it, and none will.
    pub(super) fn is_given_up(&self) -> bool {
        let lock = self.lock.as_ref();
        lock.is_none_or(FolderLock::is_made_exclusive)
    }

    /// The folder of a table, or of the sums.
    pub(super) fn home(&self, table: &str) -> PathBuf {
        self.folder.join(table).join(of_part(&self.entry.name))
    }

    /// The file of a table.
    pub(super) fn path(&self, table: &str) -> PathBuf {
        self.home(table).join(FILE)
    }

    fn find(&self, table: &str) -> Option<(usize, &FileEntry)> {
        let files = self.entry.files.iter().enumerate();
        files.into_iter().find(|(_, file)| file.name == table)
    }

    /// Whether there is something in a table.
    pub(super) fn has(&self, table: &str) -> bool {
        self.rows(table) > 0
    }

    /// How many rows a table has.
    pub(super) fn rows(&self, table: &str) -> usize {
        let rows = self.find(table).map_or(0, |(_, entry)| entry.rows);
        usize::try_from(rows).unwrap_or(0)
    }

    /// The row, among all parts, of a row of this one; none where there are no such records.
    pub(super) fn row_of_all(&self, kind: RecordKind, row: i64) -> Option<usize> {
        let first = self.entry.first_rows.get(kind.plural()).copied();
        usize::try_from(row).ok()?.checked_add(first.unwrap_or(0))
    }

    /// The number in the manifest of a fact file of this part.
    pub(super) fn input(&self, file: i64) -> Option<usize> {
        usize::try_from(file)
            .ok()?
            .checked_add(self.entry.first_input)
    }

    /// Whether nothing stands in a column.
    pub(super) fn is_empty(&self, table: &str, column: &str) -> bool {
        let entry = self.find(table);
        entry.is_some_and(|(_, entry)| entry.empty.iter().any(|one| one == column))
    }

    fn checked(&self, table: &str) -> Result<(usize, PathBuf, Checked), SnapshotError> {
        let path = self.path(table);
        let found = self
            .find(table)
            .ok_or_else(|| SnapshotError::damaged(&path));
        let (nth, entry) = found?;
        let checked = Checked::open(&path, entry.bytes, self.sums[nth].clone())?;
        Ok((nth, path, checked))
    }

    /// A table that is read through.
    pub(super) fn through(&self, table: &str) -> Result<Arc<Table>, SnapshotError> {
        let (nth, path, checked) = self.checked(table)?;
        let open = || Table::through(&path, &checked).map(Arc::new);
        self.through[nth].get_or_init(open).clone()
    }

    /// A table of which some pages are read.
    pub(super) fn paged(&self, table: &str) -> Result<Arc<Table>, SnapshotError> {
        let read = self
            .find(table)
            .and_then(|(nth, _)| self.through[nth].get());
        if let Some(Ok(all)) = read {
            return Ok(Arc::clone(all));
        }
        self.opened(table, &self.paged, false)
    }

    /// A table that is opened once; what fails is tried again.
    fn opened(
        &self,
        table: &str,
        open: &[OnceLock<Arc<Table>>],
        is_sorted: bool,
    ) -> Result<Arc<Table>, SnapshotError> {
        let place = self.find(table).and_then(|(nth, _)| open.get(nth));
        if let Some(known) = place.and_then(OnceLock::get) {
            return Ok(Arc::clone(known));
        }
        let (_, path, checked) = self.checked(table)?;
        let table = Table::paged(&path, checked, is_sorted)?;
        let opened = Arc::new(table.keeping(KeptPages::of_table(&self.kept)));
        Ok(match place {
            Some(place) => Arc::clone(place.get_or_init(|| opened)),
            None => opened,
        })
    }

    /// A table in whose first column, by which it is sorted, something is looked up.
    pub(super) fn sorted(&self, table: &str) -> Result<Arc<Table>, SnapshotError> {
        self.opened(table, &self.sorted, true)
    }
}
