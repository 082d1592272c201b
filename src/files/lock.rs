//! A lock on a folder: one program at a time writes to it, and what some read is not removed.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;

/// A lock on a folder, until it is dropped or the program ends, however it ends.
///
/// Nothing is left in the folder. Where the system knows no locks on folders (Windows, some file
/// systems of networks), each lock succeeds: whoever writes must then be the only one to do so. A
/// file in the folder in place of the lock would have to be written by those who only read, and
/// would keep the folder from being renamed there.
#[derive(Debug)]
pub struct FolderLock {
    file: Option<File>,
}

impl FolderLock {
    /// A lock that nobody else has, for writing; `None` where somebody has one.
    ///
    /// # Errors
    /// If the folder cannot be opened.
    pub fn for_writing(folder: &Path) -> io::Result<Option<FolderLock>> {
        locked(folder, File::try_lock)
    }

    /// A lock that several can have, for reading; `None` where somebody has one for writing.
    ///
    /// # Errors
    /// If the folder cannot be opened.
    pub fn for_reading(folder: &Path) -> io::Result<Option<FolderLock>> {
        locked(folder, File::try_lock_shared)
    }

    /// Turns a lock for reading into one for writing, if nobody else has one.
    pub fn is_made_exclusive(&self) -> bool {
        let file = self.file.as_ref();
        file.is_none_or(|file| file.try_lock().is_ok())
    }
}

#[cfg(unix)]
fn locked(
    folder: &Path,
    lock: impl Fn(&File) -> Result<(), TryLockError>,
) -> io::Result<Option<FolderLock>> {
    use std::os::unix::fs::MetadataExt as _;
    // Until the folder that is locked is the one that has the name: another may have taken its
    // place in between.
    loop {
        let file = File::open(folder)?;
        match lock(&file) {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            // Some file systems of networks know no locks.
            Err(TryLockError::Error(_)) => return Ok(Some(FolderLock { file: None })),
        }
        let (locked, named) = (file.metadata()?, std::fs::metadata(folder)?);
        if (locked.dev(), locked.ino()) == (named.dev(), named.ino()) {
            return Ok(Some(FolderLock { file: Some(file) }));
        }
    }
}

#[cfg(not(unix))]
fn locked(
    folder: &Path,
    _: impl Fn(&File) -> Result<(), TryLockError>,
) -> io::Result<Option<FolderLock>> {
    std::fs::metadata(folder)?;
    Ok(Some(FolderLock { file: None }))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn one_writes_or_several_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        let writes = |path| FolderLock::for_writing(path).unwrap();
        let reads = |path| FolderLock::for_reading(path).unwrap();
        let first = writes(path);
        assert!(first.is_some() && writes(path).is_none() && reads(path).is_none());
        drop(first);
        let (one, two) = (reads(path), reads(path));
        assert!(one.is_some() && two.is_some() && writes(path).is_none());
        assert!(!one.as_ref().unwrap().is_made_exclusive());
        drop(two);
        assert!(one.as_ref().unwrap().is_made_exclusive() && reads(path).is_none());
        drop(one);
        assert!(writes(path).is_some());
        assert_eq!(std::fs::read_dir(path).unwrap().count(), 0);
        assert!(FolderLock::for_writing(&path.join("none")).is_err());
    }
}
