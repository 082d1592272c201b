//! a format version that this program does not know
//!
//! # What it finds
//! A fact file whose `annals` field names a version other than 1. If the field is absent, the file
//! is read as version 1, and a remark says so.
//!
//! # Why it matters
//! In another version, the same field may mean something else. A file read under the wrong rules
//! gives answers that nobody wrote.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 2
//! actors:
//!   - {id: nato, name: NATO, kind: organization}
//! ```
//!
//! # How to fix
//! If the file was written for this program, correct the number; otherwise use a newer Annals.
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: nato, name: NATO, kind: organization}
//! ```
//!
//! # When it stays silent
//! JSON Lines need no version: each line says what it is.
//!
//! # Source
//! The fact format, version 1: *the field `annals`*.

use annals_finding::{Code, Finding, Place, Severity};
use annals_model::FileId;

/// A format version that this program does not know.
pub static CODE: Code = Code::new(
    "AN004",
    "format-version",
    Severity::Error,
    include_str!("format_version.rs"),
);

/// A version other than 1.
pub(crate) fn unknown(file: FileId, range: std::ops::Range<usize>, version: &str) -> Finding {
    Finding::new(&CODE, format!("unknown format version {version}"))
        .at(
            Place::Bytes(file, range.into()),
            "this program reads version 1",
        )
        .note("the records of this file are not read: they might mean something else")
}

/// No version at all.
pub(crate) fn missing(file: FileId, name: &str) -> Finding {
    let mut finding = Finding::new(&CODE, format!("{name} does not say its format version"))
        .at(Place::File(file), "")
        .note("it is read as version 1")
        .help("write `annals: 1` as the first field");
    finding.severity = Severity::Info;
    finding
}
