//! Files and folders under temporary names, until they are complete.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use tempfile::{NamedTempFile, TempDir};

use crate::seen;

/// What is to be removed when the program is interrupted.
static NOTED: Mutex<Noted> = Mutex::new(Noted {
    paths: BTreeSet::new(),
    over: false,
});

struct Noted {
    paths: BTreeSet<PathBuf>,
    /// Whether the program has been interrupted: nothing new is begun.
    over: bool,
}

fn noted() -> MutexGuard<'static, Noted> {
    NOTED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Held while what is complete is put in its place.
static PUTTING: Mutex<()> = Mutex::new(());

/// Puts something in its place, in several steps that no interruption comes between.
///
/// # Errors
/// Those of `put`, and if the program has been interrupted already.
pub fn uninterrupted<T>(put: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    let _putting = PUTTING.lock().unwrap_or_else(PoisonError::into_inner);
    if noted().over {
        return Err(io::ErrorKind::Interrupted.into());
    }
    put()
}

/// Removes everything that has a temporary name, and lets nothing new be begun: for a program that
/// is about to end because it was interrupted.
pub fn remove_temporaries() {
    let putting = PUTTING.lock().unwrap_or_else(PoisonError::into_inner);
    let mut noted = noted();
    noted.over = true;
    for path in &noted.paths {
        // Another thread may still be writing to a folder.
        for _ in 0..50 {
            remove(path);
            if fs::symlink_metadata(path).is_err() {
                break;
            }
            std::thread::sleep(Duration::from_millis(2));
        }
    }
    // Whoever waits for these to go on writes nothing any more.
    std::mem::forget((putting, noted));
}

/// Removes a file or a folder, if it is there. A link is removed, not what it leads to.
fn remove(path: &Path) {
    // Nothing can be done where that fails.
    let _ = match fs::symlink_metadata(path) {
        Ok(about) if about.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(_) => Ok(()),
    };
}

/// Something that is not complete: removed when it is dropped, or when the program is interrupted,
/// unless it is [kept](Temporary::keep).
#[derive(Debug)]
pub struct Temporary {
    path: PathBuf,
    removes: bool,
}

impl Temporary {
    /// Makes something that is to be removed, and notes it; nothing can come between the two.
    ///
    /// # Errors
    /// If it cannot be made, or the program has been interrupted.
    pub fn new(path: &Path, make: impl FnOnce(&Path) -> io::Result<()>) -> io::Result<Temporary> {
        let mut temporary = Temporary::noted(|| make(path).map(|()| ((), path.to_owned())))?.1;
        temporary.removes = true;
        Ok(temporary)
    }

    fn noted<T>(make: impl FnOnce() -> io::Result<(T, PathBuf)>) -> io::Result<(T, Temporary)> {
        let mut noted = noted();
        if noted.over {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let (made, path) = make()?;
        // The program may change its folder.
        let path = std::path::absolute(&path).unwrap_or(path);
        noted.paths.insert(path.clone());
        let removes = false;
        Ok((made, Temporary { path, removes }))
    }

    /// It is complete, or has its final name.
    pub fn keep(mut self) {
        self.removes = false;
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if self.removes {
            remove(&self.path);
        }
        noted().paths.remove(&self.path);
    }
}

fn builder<'n>() -> tempfile::Builder<'n, 'n> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".annals-").suffix(".tmp");
    builder
}

/// The folder in which a file is.
fn home(path: &Path) -> &Path {
    let home = path.parent().filter(|home| !home.as_os_str().is_empty());
    home.unwrap_or(Path::new("."))
}

/// A file under a temporary name in the folder of its target.
#[derive(Debug)]
pub struct NewFile {
    // Dropped in this order: removed, then forgotten.
    file: NamedTempFile,
    noted: Temporary,
    /// How much has been written since the disk was last given what there was, and the thread that does so.
    unflushed: usize,
    flushing: Option<JoinHandle<io::Result<()>>>,
}

/// What is written is given to the disk so many bytes at a time, while more is made: all of it at the end would
/// have to be waited for.
const FLUSHED_AT_ONCE: usize = 1 << 24;

impl NewFile {
    /// A new file that is to take the place of `target`.
    ///
    /// # Errors
    /// If its folder cannot be written to.
    pub fn beside(target: &Path) -> io::Result<NewFile> {
        let (file, noted) = Temporary::noted(|| {
            #[cfg_attr(not(unix), expect(unused_mut))]
            let mut builder = builder();
            #[cfg(unix)]
            {
                // Created with the usual mode, which the user's umask restricts.
                use std::os::unix::fs::PermissionsExt as _;
                builder.permissions(fs::Permissions::from_mode(0o666));
            }
            let file = builder.tempfile_in(home(target))?;
            let path = file.path().to_owned();
            Ok((file, path))
        })?;
        Ok(NewFile {
            file,
            noted,
            unflushed: 0,
            flushing: None,
        })
    }

    /// Gives to the disk what has been written, in a thread of its own; what an earlier one could not is an
    /// error.
    fn flush_behind(&mut self) -> io::Result<()> {
        if self.flushing.as_ref().is_some_and(|one| !one.is_finished()) {
            return Ok(());
        }
        self.flushed()?;
        self.unflushed = 0;
        let file = self.file.as_file().try_clone()?;
        // Where no thread can be had, all is flushed at the end.
        let begun = std::thread::Builder::new().spawn(move || file.sync_data());
        self.flushing = begun.ok();
        Ok(())
    }

    /// Waits for the thread that flushes.
    fn flushed(&mut self) -> io::Result<()> {
        let flushing = self.flushing.take().map(JoinHandle::join);
        flushing.map_or(Ok(()), |done| {
            done.unwrap_or_else(|_| Err(io::Error::other("flushing failed")))
        })
    }

    /// A copy of a file, to be put back in its place if something fails.
    ///
    /// # Errors
    /// If it cannot be copied.
    pub fn copy_of(path: &Path) -> io::Result<NewFile> {
        let copy = NewFile::beside(path)?;
        fs::copy(path, copy.file.path())?;
        Ok(copy)
    }

    /// Its temporary name.
    pub fn path(&self) -> &Path {
        self.file.path()
    }

    /// The file.
    pub fn as_file(&self) -> &File {
        self.file.as_file()
    }

    /// Puts the complete file in its place, replacing what is there. A link there is replaced, and
    /// not what it leads to.
    ///
    /// # Errors
    /// If this program has read what is there, or the file cannot be renamed.
    pub fn put(mut self, path: &Path) -> io::Result<()> {
        self.ready(path)?;
        uninterrupted(|| self.put_now(path))
    }

    /// Flushes the file to disk, to be put in its place.
    ///
    /// # Errors
    /// If it cannot be flushed, or this program has read what is in its place.
    pub fn ready(&mut self, path: &Path) -> io::Result<()> {
        if seen::is_read(path) {
            let words = "it is one of the files that were read; write to another file";
            return Err(io::Error::other(words));
        }
        self.flushed()?;
        self.file.as_file().sync_all()
    }

    /// Puts the file in its place, within [`uninterrupted`].
    ///
    /// # Errors
    /// If it cannot be renamed.
    pub fn put_now(self, path: &Path) -> io::Result<()> {
        self.file.persist(path).map_err(|error| error.error)?;
        drop(self.noted);
        Ok(())
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.as_file().write(bytes)?;
        self.unflushed += written;
        if self.unflushed >= FLUSHED_AT_ONCE {
            self.flush_behind()?;
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_file().flush()
    }
}

/// A folder under a temporary name, for what is to be moved into place when it is complete.
#[derive(Debug)]
pub struct NewFolder {
    // Dropped in this order: removed, then forgotten.
    folder: TempDir,
    _noted: Temporary,
}

impl NewFolder {
    /// A new folder on the same disk as `target`, beside it.
    ///
    /// # Errors
    /// If the folder around it cannot be written to.
    pub fn beside(target: &Path) -> io::Result<NewFolder> {
        let (folder, noted) = Temporary::noted(|| {
            let folder = builder().tempdir_in(home(target))?;
            let path = folder.path().to_owned();
            Ok((folder, path))
        })?;
        Ok(NewFolder {
            folder,
            _noted: noted,
        })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(folder: &Path) -> usize {
        fs::read_dir(folder).unwrap().count()
    }

    /// However much is written, and given to the disk meanwhile, all of it is there.
    #[test]
    fn what_is_flushed_while_it_is_written_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out");
        let mut file = NewFile::beside(&path).unwrap();
        let piece = vec![b'x'; FLUSHED_AT_ONCE / 4];
        for _ in 0..5 {
            file.write_all(&piece).unwrap();
        }
        file.write_all(b"end").unwrap();
        assert!(file.flushing.is_some() && !path.exists());
        file.put(&path).unwrap();
        let written = fs::read(&path).unwrap();
        assert_eq!(written.len(), 5 * piece.len() + 3);
        assert!(written.ends_with(b"xend"));
        assert_eq!(count(folder.path()), 1);
    }

    #[test]
    fn what_is_not_complete_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out");
        let mut file = NewFile::beside(&path).unwrap();
        file.write_all(b"half").unwrap();
        let inner = NewFolder::beside(&path).unwrap();
        fs::write(inner.path().join("new"), "half").unwrap();
        let third = folder.path().join("third");
        let made = Temporary::new(&third, |path| fs::create_dir(path)).unwrap();
        assert_eq!(count(folder.path()), 3);
        drop((file, inner, made));
        assert_eq!(count(folder.path()), 0);
        Temporary::new(&third, |path| fs::create_dir(path))
            .unwrap()
            .keep();
        assert!(third.is_dir());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_replaced_and_not_what_it_leads_to() {
        let folder = tempfile::tempdir().unwrap();
        let [elsewhere, link] = ["elsewhere", "link"].map(|name| folder.path().join(name));
        fs::write(&elsewhere, "old").unwrap();
        std::os::unix::fs::symlink(&elsewhere, &link).unwrap();
        let mut file = NewFile::beside(&link).unwrap();
        file.write_all(b"new").unwrap();
        // Not with a check of what was read: other tests of this process have read files.
        uninterrupted(|| file.put_now(&link)).unwrap();
        assert_eq!(fs::read(&elsewhere).unwrap(), b"old");
        assert_eq!(fs::read(&link).unwrap(), b"new");
    }
}
