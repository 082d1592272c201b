//! a file that cannot be read
//!
//! # What it finds
//! A fact file or folder on the command line that cannot be read: it does not exist, permission is
//! denied, or its extension is not one of `.json`, `.jsonl`, `.yaml`, `.yml`, `.csv`, `.tsv`,
//! `.xlsx`, `.ods`.
//!
//! # Why it matters
//! Nothing in the file is part of any answer. The exit code is 3, so that a script does not take
//! half of the facts for all of them.
//!
//! # Example
//! ```console
//! $ annals check interviews.docx
//! error[AN001]: interviews.docx cannot be read: its extension is not one of .json, .jsonl, .yaml, .yml, .csv, .tsv, .xlsx, .ods
//! ```
//!
//! # How to fix
//! Correct the path, or get permission to read the file. Standard input is `-`.
//! ```console
//! $ annals check interviews.yaml
//! ```
//!
//! # When it stays silent
//! In a folder, hidden files and files with other extensions are skipped: a dossier may contain
//! texts, pictures and notes.
//!
//! # Source
//! The fact format, version 1: *a directory is the union of its fact files*.

use annals_finding::{Code, Finding, Place, Severity};
use annals_model::FileId;

/// A file that cannot be read.
pub static CODE: Code = Code::new(
    "AN001",
    "unreadable-file",
    Severity::Error,
    include_str!("unreadable.rs"),
);

/// The finding of a file that cannot be read.
pub fn found(file: FileId, name: &str, why: &str) -> Finding {
    Finding::new(&CODE, format!("{name} cannot be read: {why}")).at(Place::File(file), "")
}
