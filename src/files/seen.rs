//! What the program has read: nothing of it is written over.

use std::collections::HashSet;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// What a file is, whatever it is called.
#[derive(PartialEq, Eq, Hash)]
enum Identity {
    /// Its device and number there.
    #[cfg(unix)]
    Number(u64, u64),
    #[cfg(not(unix))]
    Path(PathBuf),
}

#[derive(Default)]
struct Seen {
    files: HashSet<Identity>,
    folders: Vec<PathBuf>,
}

/// `None` where nobody asks: a program that runs for months would remember without an end.
static SEEN: Mutex<Option<Seen>> = Mutex::new(None);

/// From now on, [`is_read`] knows which files were opened.
pub fn remember_what_is_read() {
    with(|seen| {
        seen.get_or_insert_with(Seen::default);
    });
}

fn with<T>(work: impl FnOnce(&mut Option<Seen>) -> T) -> T {
    work(&mut SEEN.lock().unwrap_or_else(PoisonError::into_inner))
}

pub(crate) fn note(path: &Path, about: &Metadata) {
    with(|seen| {
        if let Some(seen) = seen {
            seen.files.extend(identity(path, about));
        }
    });
}

/// Notes that something in a folder was read, so that all of it counts as read: a snapshot.
pub fn note_folder(folder: &Path) {
    with(|seen| {
        if let (Some(seen), Ok(real)) = (seen, folder.canonicalize()) {
            seen.folders.push(real);
        }
    });
}

/// Whether a file was opened by this program, under whatever name, or is within a folder that was.
pub fn is_read(path: &Path) -> bool {
    with(|seen| {
        let Some(seen) = seen else { return false };
        let known = std::fs::metadata(path).ok();
        let known = known.and_then(|about| identity(path, &about));
        if known.is_some_and(|known| seen.files.contains(&known)) {
            return true;
        }
        // The file may be new, but not in a folder that was read.
        let real = path.canonicalize().or_else(|_| {
            let folder = path.parent().filter(|one| !one.as_os_str().is_empty());
            folder.unwrap_or(Path::new(".")).canonicalize()
        });
        real.is_ok_and(|real| seen.folders.iter().any(|folder| real.starts_with(folder)))
    })
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere there may be none")]
fn identity(_: &Path, about: &Metadata) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt as _;
    Some(Identity::Number(about.dev(), about.ino()))
}

#[cfg(not(unix))]
fn identity(path: &Path, _: &Metadata) -> Option<Identity> {
    path.canonicalize().ok().map(Identity::Path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn what_was_read_is_known_under_every_name() {
        remember_what_is_read();
        let folder = tempfile::tempdir().unwrap();
        let [one, two, three] = ["one", "two", "three"].map(|name| folder.path().join(name));
        for path in [&one, &two] {
            fs::write(path, "x").unwrap();
        }
        crate::read(&one, 10).unwrap();
        assert!(is_read(&one) && !is_read(&two) && !is_read(&three));
        assert!(is_read(&folder.path().join(".").join("one")));
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(&one, &three).unwrap();
            assert!(is_read(&three));
            fs::remove_file(&three).unwrap();
            fs::hard_link(&one, &three).unwrap();
            assert!(is_read(&three));
        }
        let inner = folder.path().join("inner");
        fs::create_dir(&inner).unwrap();
        note_folder(&inner);
        assert!(is_read(&inner.join("new")) && !is_read(&two));
    }
}
