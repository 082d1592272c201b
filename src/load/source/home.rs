//! The first place to look for the documents' texts that a fact file names: its own folder, or the
//! snapshot that contains it.

use std::path::{Path, PathBuf};

use super::embedded::EmbeddedFile;
use super::files::{FactFile, Input};

/// Where the texts that a fact file names are looked for first.
#[derive(Debug, Clone)]
pub(crate) enum Home {
    /// In the folder in which it lies.
    Folder(PathBuf),
    /// With it, in what it is kept in.
    Embedded(EmbeddedFile),
    /// Nowhere.
    None,
}

/// Where the texts that this file names are looked for first.
pub(crate) fn home(file: &FactFile) -> Home {
    match &file.input {
        Input::Path(path) | Input::Unchanged(path) | Input::Instead(path, _) => {
            let parent = path.parent().unwrap_or(Path::new(""));
            let here = parent.as_os_str().is_empty();
            Home::Folder(if here {
                PathBuf::from(".")
            } else {
                parent.to_owned()
            })
        }
        Input::Embedded(stored) => Home::Embedded(stored.clone()),
        Input::Memory(_) | Input::Fault(_) => Home::None,
    }
}
