//! Writing an answer in pages: a file each, all of them or none.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::Failure;
use super::output::{Target, fault};
use annals_files::NewFile;
use annals_finding::shown_path;

/// Writes several pages, each to a numbered file. None is renamed before all are complete; if
/// renaming one fails, the previous files are restored.
pub(super) fn write(
    target: &Target,
    inputs: &[PathBuf],
    pages: usize,
    content: impl Fn(usize, &mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    let Target::File(path) = target else {
        return Err(Failure::usage(
            "pages are files; name them with -o FILE".to_owned(),
        ));
    };
    let mut written = Vec::new();
    for nth in 0..pages {
        let page = page_path(path, nth + 1);
        // The same checks as for a single file: never over an input or a folder.
        let target = Target::new(Some(&page), inputs)?;
        let mut sink = target.open()?;
        content(nth, &mut sink).map_err(|error| fault(&page, &error))?;
        let Some((file, _)) = sink.complete()? else {
            return Err(Failure::usage(format!(
                "{} is a device; pages are files",
                shown_path(&page)
            )));
        };
        let before = copy(&page).map_err(|error| fault(&page, &error))?;
        written.push((page, file, before));
    }
    let mut failed = None;
    let put = annals_files::uninterrupted(|| {
        failed = name_all(written).err();
        Ok(())
    });
    match failed {
        Some(failure) => Err(failure),
        None => put.map_err(|error| fault(path, &error)),
    }
}

/// A page, its new file under a temporary name, and a copy of the file it replaces.
type Written = (PathBuf, NewFile, Option<NewFile>);

fn name_all(written: Vec<Written>) -> Result<(), Failure> {
    let mut named: Vec<(PathBuf, Option<NewFile>)> = Vec::new();
    for (page, file, before) in written {
        if let Err(error) = file.put_now(&page) {
            let mut failure = fault(&page, &error);
            let new = named.into_iter().filter_map(take_back);
            let new: Vec<String> = new.map(|page| shown_path(&page)).collect();
            if let Some(message) = &mut failure.message {
                message.push_str(&if new.is_empty() {
                    "; all pages are unchanged".to_owned()
                } else {
                    format!("; only these pages are new: {}", new.join(", "))
                });
            }
            return Err(failure);
        }
        named.push((page, before));
    }
    Ok(())
}

/// Restores the previous state of a page; returns the page if that fails.
fn take_back((page, before): (PathBuf, Option<NewFile>)) -> Option<PathBuf> {
    let is_back = match before {
        Some(before) => before.put_now(&page).is_ok(),
        None => std::fs::remove_file(&page).is_ok(),
    };
    (!is_back).then_some(page)
}

/// A copy of what is at a page's place; `None` if there is nothing.
fn copy(page: &Path) -> io::Result<Option<NewFile>> {
    if !annals_files::is_regular(page) {
        return Ok(None);
    }
    NewFile::copy_of(page).map(Some)
}

/// `timeline.svg` and 2: `timeline-2.svg`.
fn page_path(path: &Path, page: usize) -> PathBuf {
    let mut name = path.file_stem().unwrap_or_default().to_owned();
    name.push(format!("-{page}"));
    if let Some(ending) = path.extension() {
        name.push(".");
        name.push(ending);
    }
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn pages_are_as_they_were_when_one_cannot_be_named() {
        let folder = tempfile::tempdir().unwrap();
        let page = |nth: usize| folder.path().join(format!("out-{nth}.svg"));
        let target = Target::File(folder.path().join("out.svg"));
        fs::write(page(1), "old").unwrap();
        let write = |in_the_way: bool| {
            write(&target, &[], 3, |nth, out| {
                if in_the_way && nth == 2 {
                    // Another process takes the name of the third page during the write.
                    fs::create_dir_all(page(3).join("folder"))?;
                }
                write!(out, "new {nth}")
            })
        };
        let message = write(true).unwrap_err().message.unwrap();
        assert!(message.contains("out-3.svg"), "{message}");
        assert!(message.ends_with("; all pages are unchanged"), "{message}");
        assert_eq!(fs::read_to_string(page(1)).unwrap(), "old");
        assert!(!page(2).exists());
        fs::remove_dir_all(page(3)).unwrap();
        let names = || fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(names(), 1, "nothing is left beside it");
        write(false).unwrap();
        assert_eq!(fs::read_to_string(page(1)).unwrap(), "new 0");
        assert_eq!(names(), 3);
    }

    #[test]
    fn a_page_that_cannot_be_taken_back_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str| {
            let path = folder.path().join(name);
            let mut file = NewFile::beside(&path).unwrap();
            file.write_all(b"new").unwrap();
            file
        };
        let [gone, taken] = ["gone.svg", "taken.svg"].map(|name| folder.path().join(name));
        // The copy of the first page no longer exists; the second has no place.
        let before = file("gone.svg");
        fs::remove_file(before.path()).unwrap();
        fs::create_dir_all(taken.join("folder")).unwrap();
        let written = vec![
            (gone.clone(), file("gone.svg"), Some(before)),
            (taken, file("taken.svg"), None),
        ];
        let message = name_all(written).unwrap_err().message.unwrap();
        let wanted = format!("; only these pages are new: {}", gone.display());
        assert!(message.ends_with(&wanted), "{message}");
    }
}
