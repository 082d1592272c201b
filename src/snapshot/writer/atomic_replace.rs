//! Replaces the folder of a snapshot atomically.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::super::error::SnapshotError;
use super::super::manifest::{Manifest, NAME, NEW_NAME, sum_of};
use super::super::opened::{BLOCKS, Part, Snapshot};
use super::super::table::Written;
use annals_files::{FolderLock, Temporary};

/// The temporary name of a part while it is written.
const NEW_PART: &str = "new";

/// The folder of a snapshot, which no other program writes to as long as this exists.
#[derive(Debug)]
pub struct Place {
    folder: PathBuf,
    // Removed before others may write to it.
    new: Option<Temporary>,
    _lock: FolderLock,
}

impl Place {
    /// A folder that is new, empty, or contains a snapshot, even a damaged one: nothing else is
    /// ever overwritten. A new folder is removed again if no snapshot comes to be in it.
    ///
    /// # Errors
    /// If the folder contains anything else, cannot be written, or another program writes to it.
    pub fn open(folder: &Path) -> Result<Place, SnapshotError> {
        let fault = |error: &std::io::Error| SnapshotError::io(folder, error);
        let mut new = None;
        match fs::read_dir(folder) {
            Ok(entries) => {
                for entry in entries {
                    let entry = entry.map_err(|error| fault(&error))?;
                    let name = entry.file_name().to_string_lossy().into_owned();
                    if !is_ours(&name) {
                        return Err(SnapshotError::new(
                            folder,
                            format!(
                                "it contains {}, which does not belong to a snapshot; give another folder",
                                annals_finding::shown(&name)
                            ),
                        ));
                    }
                }
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let made = Temporary::new(folder, |folder| fs::create_dir(folder));
                match made {
                    Ok(made) => new = Some(made),
                    // Another build began at the same time.
                    Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                    Err(error) => return Err(fault(&error)),
                }
            }
            Err(error) => return Err(fault(&error)),
        }
        let lock = FolderLock::for_writing(folder).map_err(|error| fault(&error))?;
        let Some(lock) = lock else {
            // It belongs to whoever has the lock.
            if let Some(new) = new {
                new.keep();
            }
            let words = "another build is writing to it; build again when that has ended";
            return Err(SnapshotError::new(folder, words));
        };
        Ok(Place {
            folder: folder.to_owned(),
            new,
            _lock: lock,
        })
    }

    /// An empty folder for a new part; removes the remains of an interrupted build.
    pub(super) fn new_part(&self) -> Result<(PathBuf, Temporary), SnapshotError> {
        let new = self.folder.join(NEW_PART);
        remove(&new)?;
        let made = Temporary::new(&new, |new| fs::create_dir(new));
        let made = made.map_err(|error| SnapshotError::io(&new, &error))?;
        Ok((new, made))
    }

    /// Renames a part to its final name, replaces the manifest, and removes everything it does not
    /// name.
    pub(super) fn put(
        self,
        new: &Path,
        manifest: &Manifest,
        onto: Option<&Snapshot>,
    ) -> Result<(), SnapshotError> {
        let wanted: BTreeSet<&str> = manifest
            .parts
            .iter()
            .map(|part| part.folder.as_str())
            .collect();
        let (folder_complete, mut part_complete) = (self.new, None);
        if let Some(part) = manifest.parts.last() {
            let place = self.folder.join(&part.folder);
            // A folder of this name was written from the same facts, but it may have changed since.
            if fs::symlink_metadata(&place).is_ok() {
                let old = self.folder.join(format!("{NEW_PART}.old"));
                remove(&old)?;
                if is_same(&place, new, part) {
                    remove(new)?;
                } else {
                    fs::rename(&place, &old).map_err(|error| SnapshotError::io(&place, &error))?;
                    fs::rename(new, &place).map_err(|error| SnapshotError::io(&place, &error))?;
                }
            } else {
                sync_folder(new)?;
                let named = Temporary::new(&place, |place| fs::rename(new, place));
                let named = named.map_err(|error| SnapshotError::io(&place, &error))?;
                part_complete = Some(named);
            }
        }
        sync_folder(&self.folder)?;
        manifest.write(&self.folder, || {
            for one in [part_complete, folder_complete].into_iter().flatten() {
                one.keep();
            }
        })?;
        sync_folder(&self.folder)?;
        // The snapshot is complete; what cannot be removed is left to the next build.
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if is_ours(&name) && name != NAME && !wanted.contains(name.as_str()) {
                let parts = onto.map_or(&[][..], |onto| &onto.shared.parts);
                let own = parts.iter().find(|part| part.entry.folder == name);
                remove_unread(&entry.path(), own);
            }
        }
        Ok(())
    }
}

/// Whether a file or folder of this name is one that a build writes.
fn is_ours(name: &str) -> bool {
    let part = name.len() == 16
        && name
            .bytes()
            .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    part || [NAME, NEW_NAME, NEW_PART].contains(&name) || name == format!("{NEW_PART}.old")
}

/// Whether a folder contains the same files as a new part.
fn is_same(old: &Path, new: &Path, part: &super::super::manifest::PartEntry) -> bool {
    let names = part
        .files
        .iter()
        .map(|file| format!("{}.parquet", file.name));
    let mut names = names.chain([BLOCKS.to_owned()]);
    names.all(|name| {
        let read = |folder: &Path| annals_files::read(&folder.join(&name), u64::MAX);
        let (old, new) = (read(old), read(new));
        matches!((old, new), (Ok(old), Ok(new)) if old == new)
    })
}

/// Removes what an earlier build wrote, unless somebody reads it.
fn remove_unread(path: &Path, own: Option<&Part>) {
    let is_folder = fs::symlink_metadata(path).is_ok_and(|about| about.is_dir());
    // Held until it is gone.
    let mut lock = None;
    let free = match own {
        Some(own) => own.is_given_up(),
        None if is_folder => {
            lock = FolderLock::for_writing(path).ok().flatten();
            lock.is_some()
        }
        None => true,
    };
    if free {
        // What cannot be removed is left to the next build.
        let _ = remove(path);
    }
    drop(lock);
}

/// Removes a file or a folder, if it exists. A link is removed, not its target.
fn remove(path: &Path) -> Result<(), SnapshotError> {
    let removed = match fs::symlink_metadata(path) {
        Ok(about) if about.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(_) => Ok(()),
    };
    removed.map_err(|error| SnapshotError::io(path, &error))
}

/// Flushes the directory entries of a folder to disk.
fn sync_folder(folder: &Path) -> Result<(), SnapshotError> {
    // On other systems a folder cannot be opened as a file, and its entries are flushed with its
    // files.
    if cfg!(unix) {
        let synced = File::open(folder).and_then(|folder| folder.sync_all());
        synced.map_err(|error| SnapshotError::io(folder, &error))?;
    }
    Ok(())
}

/// Writes the sums of all blocks of the tables; their own sum.
pub(super) fn write_sums(folder: &Path, tables: &[Written]) -> Result<String, SnapshotError> {
    let sums = tables.iter().flat_map(|table| &table.sums.blocks);
    let bytes: Vec<u8> = sums.flat_map(|sum| sum.to_le_bytes()).collect();
    let path = folder.join(BLOCKS);
    let written = File::create_new(&path).and_then(|mut file| {
        file.write_all(&bytes)?;
        file.sync_all()
    });
    written.map_err(|error| SnapshotError::io(&path, &error))?;
    Ok(sum_of(&bytes))
}
