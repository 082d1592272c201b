//! Writing a folder: whole, or not at all.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::Failure;
use super::interrupt;
use super::output::{fault, keep_out_of_snapshots};
use annals_export::{Exporter, Folder};
use annals_files::{Names, NewFolder};
use annals_finding::shown_path;

/// The longest list of files that is read, in bytes.
const LONGEST: u64 = 64 << 20;
/// The file that marks a folder as written by us, and its first line.
const ABOUT: &str = "ABOUT.txt";
const OURS: &str = "Written by annals export --format ";

/// A folder to write, or to replace as a whole if we wrote it before.
pub(super) struct FolderTarget {
    path: PathBuf,
}

impl FolderTarget {
    /// The folder given by `-o`. An existing one must be empty or an export of ours, so that no
    /// other file is ever lost. It may not contain any input.
    pub(super) fn new(path: &Path, inputs: &[PathBuf]) -> Result<FolderTarget, Failure> {
        let shown = shown_path(path);
        keep_out_of_snapshots(path)?;
        let Ok(real) = path.canonicalize() else {
            return Ok(FolderTarget {
                path: path.to_owned(),
            });
        };
        if !real.is_dir() {
            return Err(Failure::usage(format!(
                "{shown} is a file, but this format is a folder"
            )));
        }
        let read = inputs.iter().filter_map(|input| input.canonicalize().ok());
        if read.into_iter().any(|input| input.starts_with(&real)) {
            return Err(Failure::usage(format!(
                "{shown} contains input files; write to another folder"
            )));
        }
        let fault = |error: &io::Error| Failure::io(&shown, error);
        if let Some(other) = foreign(&real, OURS).map_err(|error| fault(&error))? {
            return Err(Failure::usage(format!(
                "{shown} contains {}, which no export has written; give a new folder",
                annals_finding::shown(&other.to_string_lossy())
            )));
        }
        Ok(FolderTarget { path: real })
    }

    /// Writes the files to a temporary folder beside it, and swaps it in when all are complete.
    pub(super) fn write(
        &self,
        exporter: &Exporter,
        content: impl FnOnce(&mut dyn Folder) -> io::Result<()>,
    ) -> Result<(), Failure> {
        interrupt::cleans_up();
        self.replace(exporter, content)
            .map_err(|error| fault(&self.path, &error))
    }

    fn replace(
        &self,
        exporter: &Exporter,
        content: impl FnOnce(&mut dyn Folder) -> io::Result<()>,
    ) -> io::Result<()> {
        let beside = NewFolder::beside(&self.path)?;
        let new = beside.path().join("new");
        fs::create_dir(&new)?;
        let mut files = Files {
            folder: &new,
            written: Vec::new(),
        };
        content(&mut files)?;
        let names = std::mem::take(&mut files.written);
        files.file(ABOUT, &mut |out| about(exporter, &names, out))?;
        if self.path.exists() {
            // If someone has put a file there in the meantime, it is kept.
            if let Some(other) = foreign(&self.path, OURS)? {
                let other = annals_finding::shown(&other.to_string_lossy());
                return Err(io::Error::other(format!(
                    "{other} was put there in the meantime"
                )));
            }
            unread(&self.path)?;
        }
        annals_files::uninterrupted(|| swap(&new, &self.path, &beside))
    }
}

/// Puts a complete folder in its place, and what was there, if anything, where it is removed.
fn swap(new: &Path, path: &Path, beside: &NewFolder) -> io::Result<()> {
    if fs::symlink_metadata(path).is_err() {
        return fs::rename(new, path);
    }
    let old = beside.path().join("old");
    fs::rename(path, &old)?;
    fs::rename(new, path).inspect_err(|_| {
        // If the old folder cannot be restored either, nothing more can be done.
        let _ = fs::rename(&old, path);
    })
}

/// Nothing in a folder that is replaced was read.
fn unread(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if annals_files::is_read(&path) {
            let words = format!("it contains {}, which was read", shown_path(&path));
            return Err(io::Error::other(words));
        }
    }
    Ok(())
}

/// The first file of a folder, by name, that is not in the folder's list, which begins with this
/// line; `None` if all are.
fn foreign(folder: &Path, begins: &str) -> io::Result<Option<OsString>> {
    let mut names: Vec<OsString> = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.file_name()))
        .collect::<io::Result<_>>()?;
    names.sort();
    let about = annals_files::read_own_text(&folder.join(ABOUT), LONGEST).unwrap_or_default();
    let ours: Vec<&OsStr> = if about.starts_with(begins) {
        (about.lines().filter_map(|line| line.strip_prefix("- ")))
            .chain([ABOUT])
            .map(OsStr::new)
            .collect()
    } else {
        Vec::new()
    };
    Ok(names
        .into_iter()
        .find(|name| !ours.contains(&name.as_os_str())))
}

fn about(exporter: &Exporter, names: &[&'static str], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{OURS}{}: {}.", exporter.name, exporter.title)?;
    writeln!(out, "{}", exporter.loses)?;
    writeln!(out, "\nThe next export to this folder replaces all of it:")?;
    for name in names {
        writeln!(out, "- {name}")?;
    }
    Ok(())
}

/// The files of a folder being written.
struct Files<'p> {
    folder: &'p Path,
    written: Vec<&'static str>,
}

impl Folder for Files<'_> {
    fn file(
        &mut self,
        name: &'static str,
        content: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        let file = fs::File::create_new(self.folder.join(name))?;
        let mut out = io::BufWriter::new(file);
        content(&mut out)?;
        let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        self.written.push(name);
        Ok(())
    }
}

/// The first line of the list in a folder of texts.
const IMPORTED: &str = "Written by annals import";

/// A folder for the texts of documents beside a fact file: created with the first text, and moved
/// into place when the import is complete.
pub(super) struct TextFolder {
    path: PathBuf,
    name: String,
    beside: Option<NewFolder>,
    names: Vec<String>,
    taken: Names,
}

impl TextFolder {
    /// The folder beside a fact file: `kyiv-texts` beside `kyiv.yaml`. An existing one must have
    /// been written by an import, and may not contain any input.
    pub(super) fn beside(file: &Path, inputs: &[PathBuf]) -> Result<TextFolder, Failure> {
        let stem = file.file_stem().unwrap_or_default().to_string_lossy();
        let name = format!("{stem}-texts");
        let path = file.with_file_name(&name);
        if let Ok(real) = path.canonicalize() {
            let read = inputs.iter().filter_map(|input| input.canonicalize().ok());
            if read.into_iter().any(|input| input.starts_with(&real)) {
                let path = shown_path(&path);
                let message = format!("{path} contains input files; give another -o");
                return Err(Failure::usage(message));
            }
        }
        Ok(TextFolder {
            path,
            name,
            beside: None,
            names: Vec::new(),
            taken: Names::default(),
        })
    }

    /// Where the folder will be.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Makes sure that the folder can be put in its place.
    pub(super) fn complete(&self) -> io::Result<()> {
        let Some(beside) = &self.beside else {
            return Ok(());
        };
        let new = beside.path().join("new");
        let mut about =
            format!("{IMPORTED}.\nThe next import to this folder replaces all of it:\n");
        for name in &self.names {
            about.push_str(&format!("- {name}\n"));
        }
        fs::write(new.join(ABOUT), about)?;
        if self.path.exists() {
            if let Some(other) = foreign(&self.path, IMPORTED)? {
                let other = annals_finding::shown(&other.to_string_lossy());
                let path = shown_path(&self.path);
                let message = format!("{path} contains {other}, which no import has written");
                return Err(io::Error::other(message));
            }
            unread(&self.path)?;
        }
        Ok(())
    }

    /// Puts the folder in its place, within [`annals_files::uninterrupted`].
    pub(super) fn put_now(&mut self) -> io::Result<()> {
        match self.beside.take() {
            Some(beside) => swap(&beside.path().join("new"), &self.path, &beside),
            None => Ok(()),
        }
    }
}

impl annals_import::Texts for TextFolder {
    fn write(&mut self, name: &str, text: &str) -> io::Result<String> {
        let beside = match self.beside.take() {
            Some(beside) => beside,
            None => {
                let beside = NewFolder::beside(&self.path)?;
                fs::create_dir(beside.path().join("new"))?;
                beside
            }
        };
        // An id is not always a name of a file.
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "txt"));
        let name = self.taken.take(stem, ending);
        let path = beside.path().join("new").join(&name);
        self.beside = Some(beside);
        let mut file = fs::File::create_new(path)?;
        file.write_all(text.as_bytes())?;
        let shown = format!("{}/{name}", self.name);
        self.names.push(name);
        Ok(shown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use annals_export::by_name;

    fn target(path: &Path) -> Result<FolderTarget, Failure> {
        FolderTarget::new(path, &[])
    }

    fn write(path: &Path, words: &str) -> Result<(), Failure> {
        let csv = by_name("csv").unwrap();
        target(path)?.write(csv, |folder| {
            folder.file("nodes.csv", &mut |out| out.write_all(words.as_bytes()))
        })
    }

    #[test]
    fn a_folder_is_written_whole_or_not_at_all() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("out");
        write(&path, "old").unwrap();
        let csv = by_name("csv").unwrap();
        let failed = target(&path).unwrap().write(csv, |folder| {
            folder.file("nodes.csv", &mut |out| out.write_all(b"new"))?;
            Err(io::Error::other("the disk is full"))
        });
        assert!(failed.is_err());
        let there = || fs::read_to_string(path.join("nodes.csv")).unwrap();
        assert_eq!(there(), "old");
        write(&path, "new").unwrap();
        assert_eq!(there(), "new");
        assert_eq!(
            fs::read_dir(home.path()).unwrap().count(),
            1,
            "nothing is left beside it"
        );
    }

    #[test]
    fn no_file_of_others_is_lost() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("out");
        fs::create_dir(&path).unwrap();
        write(&path, "into an empty folder").unwrap();
        fs::write(path.join("mine.txt"), "mine").unwrap();
        let failure = write(&path, "again").unwrap_err();
        assert!(failure.message.unwrap().contains("mine.txt"));
        assert_eq!(fs::read_to_string(path.join("mine.txt")).unwrap(), "mine");

        let other = home.path().join("other");
        fs::create_dir(&other).unwrap();
        fs::write(other.join("nodes.csv"), "not ours").unwrap();
        assert!(write(&other, "x").is_err());
        assert!(write(&other.join("nodes.csv"), "x").is_err());
    }

    #[test]
    fn no_folder_with_an_input_is_replaced() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("out");
        write(&path, "old").unwrap();
        let input = path.join("nodes.csv");
        assert!(FolderTarget::new(&path, &[input]).is_err());
        assert!(FolderTarget::new(&path, std::slice::from_ref(&path)).is_err());
        assert!(FolderTarget::new(&path, &[home.path().to_owned()]).is_ok());
    }
}
