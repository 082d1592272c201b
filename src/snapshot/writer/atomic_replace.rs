//! Replaces the folder of a snapshot atomically.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::super::error::SnapshotError;
use super::super::manifest::{Manifest, NAME, NEW_NAME, PartEntry, sum_of};
use super::super::opened::{BLOCKS, Part, SUMS, Snapshot, of_part};
use super::super::table::Written;
use super::tables;
use annals_files::{FolderLock, Temporary};

/// The temporary name of a part while it is written, and of what it takes the place of.
const NEW_PART: &str = "new";
const OLD_PART: &str = "new.old";

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
                    if let Some(name) = foreign(&entry).map_err(|error| fault(&error))? {
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

    /// Renames the parts that were written to their final names, replaces the manifest, and removes
    /// everything it does not name. `new` holds all that was written, `staged` says which part is where.
    pub(super) fn put(
        mut self,
        new: &Path,
        staged: &[(&Path, &PartEntry)],
        manifest: &Manifest,
        onto: Option<&Snapshot>,
    ) -> Result<(), SnapshotError> {
        let wanted: BTreeSet<&str> = manifest
            .parts
            .iter()
            .map(|part| part.name.as_str())
            .collect();
        let (folder_complete, mut part_complete) = (self.new.take(), Vec::new());
        let old = self.folder.join(OLD_PART);
        for (from, part) in staged {
            remove(&old)?;
            for name in part.files.iter().map(|file| &*file.name).chain([SUMS]) {
                let of = of_part(&part.name);
                let made = self.put_table(name, &from.join(name), &of, &old)?;
                // What was made later is removed before what it is in.
                part_complete.splice(0..0, made);
            }
        }
        remove(new)?;
        remove(&old)?;
        sync_folder(&self.folder)?;
        manifest.write(&self.folder, || {
            for one in part_complete.into_iter().chain(folder_complete) {
                one.keep();
            }
        })?;
        sync_folder(&self.folder)?;
        let parts = onto.map_or(&[][..], |onto| &onto.shared.parts);
        self.remove_others(&wanted, parts);
        Ok(())
    }

    /// Moves a table of a new part to where it belongs; what is to be removed again if the build ends
    /// before the manifest names it.
    fn put_table(
        &self,
        name: &str,
        new: &Path,
        part: &str,
        old: &Path,
    ) -> Result<Vec<Temporary>, SnapshotError> {
        let (home, mut made) = (self.folder.join(name), Vec::new());
        let place = home.join(part);
        let fault = |error: std::io::Error| SnapshotError::io(&place, &error);
        if fs::symlink_metadata(&home).is_err() {
            made.push(Temporary::new(&home, |home| fs::create_dir(home)).map_err(fault)?);
        }
        sync_folder(new)?;
        // A folder of this name was written from the same facts, but it may have changed since.
        if fs::symlink_metadata(&place).is_ok() {
            if !is_same(&place, new) {
                fs::create_dir_all(old).map_err(fault)?;
                fs::rename(&place, old.join(name)).map_err(fault)?;
                fs::rename(new, &place).map_err(fault)?;
            }
        } else {
            made.push(Temporary::new(&place, |place| fs::rename(new, place)).map_err(fault)?);
        }
        sync_folder(&home)?;
        // What is within is removed before what it is in.
        made.reverse();
        Ok(made)
    }

    /// Removes what an earlier build wrote, unless somebody reads it. The snapshot is complete; what cannot
    /// be removed is left to the next build.
    fn remove_others(&self, wanted: &BTreeSet<&str>, own: &[Part]) {
        let mut parts = BTreeSet::new();
        for name in [SUMS].into_iter().chain(tables()) {
            let within = names_in(&self.folder.join(name));
            let within = within.iter().filter_map(|name| name.strip_prefix("part="));
            parts.extend(within.map(str::to_owned));
        }
        for part in parts.iter().filter(|part| !wanted.contains(part.as_str())) {
            let name = of_part(part);
            // Held until it is gone.
            let mut lock = None;
            let free = match own.iter().find(|own| own.entry.name == *part) {
                Some(own) => own.is_given_up(),
                None => is_unread(&self.folder.join(SUMS).join(&name), &mut lock),
            };
            if free {
                for table in tables().chain([SUMS]) {
                    let _ = remove(&self.folder.join(table).join(&name));
                }
            }
            drop(lock);
        }
        for table in tables() {
            // A folder with something in it stays.
            let _ = fs::remove_dir(self.folder.join(table));
        }
        for name in names_in(&self.folder) {
            let path = self.folder.join(&name);
            let mut lock = None;
            let is_over = is_old_part(&name) && is_unread(&path, &mut lock);
            if is_over || [NEW_NAME, NEW_PART, OLD_PART].contains(&&*name) {
                let _ = remove(&path);
            }
            drop(lock);
        }
    }
}

/// The names of what is in a folder.
fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.collect()
}

/// Whether nobody reads what is in a folder; then nobody does as long as the lock is held.
fn is_unread(folder: &Path, lock: &mut Option<FolderLock>) -> bool {
    if fs::symlink_metadata(folder).is_err() {
        return true;
    }
    *lock = FolderLock::for_writing(folder).ok().flatten();
    lock.is_some()
}

/// The name of something in the folder of a snapshot that no build wrote; `None` where one did.
fn foreign(entry: &fs::DirEntry) -> std::io::Result<Option<String>> {
    let name = entry.file_name().to_string_lossy().into_owned();
    if is_old_part(&name) || [NAME, NEW_NAME, NEW_PART, OLD_PART].contains(&&*name) {
        return Ok(None);
    }
    if name != SUMS && tables().all(|table| table != name) || !entry.file_type()?.is_dir() {
        return Ok(Some(name));
    }
    let is_part = |name: &String| {
        let part = name.strip_prefix("part=p");
        part.is_some_and(is_old_part)
    };
    let mut within = names_in(&entry.path()).into_iter();
    let other = within.find(|name| !is_part(name));
    Ok(other.map(|other| format!("{name}/{other}")))
}

/// Whether a folder of this name is a part of a snapshot of format 1 or 2.
fn is_old_part(name: &str) -> bool {
    let is_digit = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
    name.len() == 16 && name.bytes().all(is_digit)
}

/// Whether two folders contain the same files.
fn is_same(old: &Path, new: &Path) -> bool {
    let names = |folder: &Path| names_in(folder).into_iter().collect::<BTreeSet<_>>();
    let all = names(new);
    let read = |folder: &Path, name: &str| annals_files::read(&folder.join(name), u64::MAX);
    let mut same = all.iter().map(|name| {
        let (old, new) = (read(old, name), read(new, name));
        matches!((old, new), (Ok(old), Ok(new)) if old == new)
    });
    all == names(old) && same.all(|same| same)
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
    let (home, path) = (folder.join(SUMS), folder.join(SUMS).join(BLOCKS));
    let made = fs::create_dir(&home).and_then(|()| File::create_new(&path));
    let written = made.and_then(|mut file| {
        file.write_all(&bytes)?;
        file.sync_all()
    });
    written.map_err(|error| SnapshotError::io(&path, &error))?;
    Ok(sum_of(&bytes))
}
