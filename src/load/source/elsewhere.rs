//! Files that are called as a text that is missing, and lie elsewhere.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A file that is called as a text that is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Elsewhere {
    /// The file, as it is shown.
    pub(crate) shown: String,
    /// What to write for it in the facts; `None` where its folder must be given first.
    pub(crate) written: Option<String>,
}

/// The files in some folders, by their names; looked at only when a text is missing.
pub(crate) struct ByName<'r> {
    roots: &'r [PathBuf],
    known: BTreeMap<PathBuf, BTreeMap<String, Vec<PathBuf>>>,
    /// How many more files and folders may be looked at: a folder may be a whole disk.
    left: usize,
}

const MOST_SEEN: usize = 20_000;
const DEEPEST: usize = 8;

impl<'r> ByName<'r> {
    pub(crate) fn new(roots: &'r [PathBuf]) -> Self {
        ByName {
            roots,
            known: BTreeMap::new(),
            left: MOST_SEEN,
        }
    }

    /// The files called as the text of a document in some folder is, in the order of their paths;
    /// case is passed over.
    pub(crate) fn called(&mut self, text: &str, home: &Path, given: &[PathBuf]) -> Vec<Elsewhere> {
        let Some(name) = Path::new(text).file_name() else {
            return Vec::new();
        };
        let name = name.to_string_lossy().to_lowercase();
        let mut found: BTreeMap<String, Option<String>> = BTreeMap::new();
        let bases = std::iter::once(home).chain(given.iter().map(PathBuf::as_path));
        let bases = bases.map(|folder| (folder, true));
        let roots = self.roots.iter().map(|folder| (folder.as_path(), false));
        let folders: Vec<(&Path, bool)> = bases.chain(roots).collect();
        for (folder, is_base) in folders {
            for path in self.files(folder).get(&name).into_iter().flatten() {
                let written = path.strip_prefix(folder).ok().filter(|_| is_base);
                let written = written.map(slashed);
                let known = found.entry(slashed(&plain(path))).or_default();
                *known = known.take().or(written);
            }
        }
        let found = found.into_iter();
        found
            .map(|(shown, written)| Elsewhere { shown, written })
            .collect()
    }

    fn files(&mut self, folder: &Path) -> &BTreeMap<String, Vec<PathBuf>> {
        if !self.known.contains_key(folder) {
            let mut files = BTreeMap::new();
            self.below(folder, 0, &mut files);
            self.known.insert(folder.to_owned(), files);
        }
        &self.known[folder]
    }

    /// Hidden files and links are left out, and what lies below.
    fn below(&mut self, folder: &Path, depth: usize, files: &mut BTreeMap<String, Vec<PathBuf>>) {
        let Ok(entries) = fs::read_dir(folder) else {
            return;
        };
        let mut entries: Vec<_> = entries.flatten().take(self.left).collect();
        self.left -= entries.len();
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let name = entry.file_name().to_string_lossy().to_lowercase();
            let Ok(kind) = entry.file_type() else {
                continue;
            };
            if name.starts_with('.') {
                continue;
            }
            if kind.is_file() {
                files.entry(name).or_default().push(entry.path());
            } else if kind.is_dir() && depth < DEEPEST {
                self.below(&entry.path(), depth + 1, files);
            }
        }
    }
}

fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// The path without `.` in it.
fn plain(path: &Path) -> PathBuf {
    let parts = path.components();
    parts
        .filter(|part| !matches!(part, std::path::Component::CurDir))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_in_another_folder_is_found_by_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::create_dir_all(path("facts/texts/old")).unwrap();
        fs::create_dir_all(path("letters")).unwrap();
        for file in [
            "facts/texts/Courier-2.txt",
            "letters/lee.txt",
            "facts/.hid.txt",
        ] {
            fs::write(path(file), "words").unwrap();
        }
        let roots = [folder.path().to_owned()];
        let mut by_name = ByName::new(&roots);
        let mut written = |text: &str| -> Vec<Option<String>> {
            let found = by_name.called(text, &path("facts"), &[]);
            found.into_iter().map(|one| one.written).collect()
        };
        let courier = Some("texts/Courier-2.txt".to_owned());
        assert_eq!(written("courier-2.txt"), std::slice::from_ref(&courier));
        assert_eq!(written("old/courier-2.txt"), [courier]);
        // Beside the folder of the facts: it must be named with --texts.
        assert_eq!(written("lee.txt"), [None]);
        assert!(written("hid.txt").is_empty() && written(".hid.txt").is_empty());
        assert!(written("courier-3.txt").is_empty() && written("..").is_empty());
    }
}
