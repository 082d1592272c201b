//! Writing what was planned: all of it or nothing.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::time::Duration;

use annals_files::{FolderLock, NewFile};

use crate::edited_file::sum_of;
use crate::fixed::is_whole;
use crate::journal::{Does, Entry, EntryChange, EntryFile, Journal};
use crate::plan::{FilePlan, Plan};
use crate::refusal::Refusal;
use crate::scope::{Scope, shown};

/// The most bytes of a file that is written to.
const LARGEST: u64 = annals_files::HELD;
/// How often a lock that another program has is tried for, and how long is waited in between.
const TRIES: usize = 40;
const PAUSE: Duration = Duration::from_millis(50);
/// How much of what stands before a change is kept, in bytes.
const NEAR: usize = 80;

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// The number of the entry in the journal; `None` where the plan changes nothing.
    pub entry: Option<u64>,
    /// The files, as messages show them.
    pub files: Vec<String>,
}

/// A moment of writing, for tests that interrupt it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moment {
    Locked,
    Compared,
    Written(usize),
    Noted,
    Put(usize),
}

impl Plan {
    /// Writes the files of the plan, each whole or not at all, and notes it in the journal.
    ///
    /// # Errors
    /// If a file is another than when the plan was made, may not be written, or cannot be. Then nothing
    /// was written.
    pub fn apply(&self, scope: &Scope) -> Result<Applied, Refusal> {
        self.apply_watched(scope, &|_| Ok(()))
    }

    pub(crate) fn apply_watched(
        &self,
        scope: &Scope,
        at: &dyn Fn(Moment) -> io::Result<()>,
    ) -> Result<Applied, Refusal> {
        if self.is_empty() {
            return Ok(Applied {
                entry: None,
                files: Vec::new(),
            });
        }
        let moment = |moment, file: &str| at(moment).map_err(|error| Refusal::disk(file, &error));
        let home = made_home(scope)?;
        let name = shown(&home);
        let _lock = locked(&home)?;
        moment(Moment::Locked, &name)?;
        for file in &self.files {
            if file.before.is_none() {
                crate::texts::made_folder(scope, file)?;
            }
            scope.writable(&file.path)?;
            is_as_seen(file)?;
        }
        moment(Moment::Compared, &name)?;
        let mut ready = Vec::new();
        for (nth, file) in self.files.iter().enumerate() {
            if file.removes {
                ready.push((file, None));
            } else {
                let new = written(file).map_err(|error| Refusal::disk(&file.file, &error))?;
                ready.push((file, Some(new)));
            }
            moment(Moment::Written(nth), &file.file)?;
        }
        let journal = Journal::read(scope)?;
        let entry = self.entry(&journal);
        // First noted, then done: what was interrupted in between is seen by its sums not to be done.
        journal.append(&entry)?;
        moment(Moment::Noted, &name)?;
        put(ready, at)?;
        Ok(Applied {
            entry: Some(entry.n),
            files: self.files.iter().map(|file| file.file.clone()).collect(),
        })
    }

    fn entry(&self, journal: &Journal) -> Entry {
        let files = self.files.iter().map(|file| {
            let before = file.before.as_deref().unwrap_or_default();
            let changes = file.replacements.iter().map(|one| EntryChange {
                at: one.range.start,
                old: before[one.range.clone()].to_owned(),
                new: one.text.clone(),
                near: near(before, one.range.start).to_owned(),
            });
            EntryFile {
                file: journal.written_path(&file.path),
                before: file.seen.clone(),
                after: (!file.removes).then(|| file.becomes.clone()),
                changes: changes.collect(),
            }
        });
        Entry {
            n: journal.next(),
            does: self.reverses.map_or(Does::Save, |(does, _)| does),
            of: self.reverses.map(|(_, of)| of),
            what: self.what(),
            files: files.collect(),
        }
    }
}

/// Writes a file whose spelling was fixed, if it may be written, is as it was read, and can still be read.
/// The journal does not have it.
///
/// # Errors
/// If it is not. Then nothing was written.
pub fn write_fixed(scope: &Scope, file: &Path, before: &str, after: &str) -> Result<(), Refusal> {
    let name = shown(file);
    let path = scope.writable(file)?;
    if is_whole(scope, file, before) && !is_whole(scope, file, after) {
        return Err(Refusal::file(
            &name,
            "after it the file could not be read any more",
        ));
    }
    let plan = FilePlan {
        file: name,
        path,
        before: Some(before.to_owned()),
        after: after.to_owned(),
        replacements: Vec::new(),
        seen: Some(sum_of(before.as_bytes())),
        becomes: sum_of(after.as_bytes()),
        removes: false,
    };
    is_as_seen(&plan)?;
    let new = written(&plan).map_err(|error| Refusal::disk(&plan.file, &error))?;
    put(vec![(&plan, Some(new))], &|_| Ok(()))
}

/// What stands before a byte of a text.
pub(crate) fn near(text: &str, at: usize) -> &str {
    let mut start = at.saturating_sub(NEAR);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..at]
}

/// The folder of the journal, made if it is not there. It lies in the dossier, whatever links say.
pub(crate) fn made_home(scope: &Scope) -> Result<std::path::PathBuf, Refusal> {
    let home = scope.home();
    let name = shown(&home);
    let disk = |error: io::Error| Refusal::disk(&name, &error);
    match fs::create_dir(&home) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(disk(error)),
        _ => {}
    }
    let folder = home
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder
        .unwrap_or(Path::new("."))
        .canonicalize()
        .map_err(disk)?;
    let real = home.canonicalize().map_err(disk)?;
    if real.parent() != Some(&folder) || !real.is_dir() {
        return Err(Refusal::file(
            &name,
            "it leads out of the dossier, and is not written to",
        ));
    }
    Ok(home)
}

fn locked(home: &Path) -> Result<FolderLock, Refusal> {
    for _ in 0..TRIES {
        let lock = FolderLock::for_writing(home);
        if let Some(lock) = lock.map_err(|error| Refusal::disk(&shown(home), &error))? {
            return Ok(lock);
        }
        std::thread::sleep(PAUSE);
    }
    Err(Refusal::file(
        &shown(home),
        "another program is writing to the dossier; nothing was written",
    ))
}

impl FilePlan {
    /// Whether the file holds what was planned.
    pub fn is_written(&self) -> bool {
        let now = annals_files::read(&self.path, LARGEST);
        now.is_ok_and(|bytes| !self.removes && sum_of(&bytes) == self.becomes)
    }
}

/// Whether a file is as it was when the plan was made.
fn is_as_seen(file: &FilePlan) -> Result<(), Refusal> {
    let changed = || Refusal::Changed {
        file: file.file.clone(),
    };
    let now = match annals_files::read(&file.path, LARGEST) {
        Ok(bytes) => Some(sum_of(&bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(Refusal::disk(&file.file, &error)),
    };
    if now == file.seen {
        Ok(())
    } else {
        Err(changed())
    }
}

/// The new file under a temporary name, flushed, with the permissions of the old one.
fn written(file: &FilePlan) -> io::Result<NewFile> {
    let mut new = NewFile::beside(&file.path)?;
    new.write_all(file.after.as_bytes())?;
    if let Ok(about) = fs::metadata(&file.path) {
        let permissions = about.permissions();
        if permissions.readonly() {
            return Err(io::Error::other("the file is write-protected"));
        }
        new.as_file().set_permissions(permissions)?;
    }
    new.as_file().sync_all()?;
    Ok(new)
}

/// Puts all files in their places. If one cannot be, those before it are put back.
fn put(
    ready: Vec<(&FilePlan, Option<NewFile>)>,
    at: &dyn Fn(Moment) -> io::Result<()>,
) -> Result<(), Refusal> {
    let mut done: Vec<&FilePlan> = Vec::new();
    let mut failed = None;
    let ended = annals_files::uninterrupted(|| {
        for (nth, (file, new)) in ready.into_iter().enumerate() {
            let put = match new {
                Some(new) => new.put_now(&file.path),
                None => fs::remove_file(&file.path),
            };
            if let Err(error) = put.and_then(|()| at(Moment::Put(nth))) {
                failed = Some(Refusal::disk(&file.file, &error));
                done.push(file);
                break;
            }
            done.push(file);
        }
        if failed.is_some() {
            for file in &done {
                put_back(file);
            }
        }
        Ok(())
    });
    match (failed, ended) {
        (Some(refusal), _) => Err(refusal),
        (None, Err(error)) => Err(Refusal::disk("the files", &error)),
        (None, Ok(())) => Ok(()),
    }
}

/// Puts the old text of a file back; where that fails too, nothing more can be done.
fn put_back(file: &FilePlan) {
    let Some(before) = &file.before else {
        let _ = fs::remove_file(&file.path);
        return;
    };
    let old = FilePlan {
        after: before.clone(),
        ..file.clone()
    };
    let _ = written(&old).and_then(|old| old.put_now(&file.path));
}
