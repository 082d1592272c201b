//! a file that cannot be read
//!
//! # What it finds
//! A fact file or folder that was asked for and cannot be read: it is not there, permission is denied,
//! or its ending is none of `.json`, `.jsonl`, `.yaml`, `.yml`, `.csv`, `.tsv`, `.xlsx`, `.ods`.
//!
//! # Why it matters
//! Nothing that stands in the file takes part in any answer. The run ends with exit code 3, so that a
//! script does not take half of the facts for all of them.
//!
//! # Example
//! ```console
//! $ annals check interviews.docx
//! error[AN001]: interviews.docx cannot be read: its ending is none of .json, .jsonl, .yaml, .yml, .csv, .tsv, .xlsx, .ods
//! ```
//!
//! # How to mend
//! Correct the path, or give yourself permission to read the file. Standard input is `-`.
//! ```console
//! $ annals check interviews.yaml
//! ```
//!
//! # When it stays silent
//! In a folder, files with other endings and hidden ones are passed over: a dossier may hold texts,
//! pictures and notes.
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
