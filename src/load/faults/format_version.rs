//! a format version that this program does not know

use crate::finding::{Code, Finding, Place, Severity};
use crate::model::FileId;

/// A format version that this program does not know.
pub static CODE: Code = Code::new(
    "AN004",
    "format-version",
    Severity::Error,
    include_str!("format_version.rs"),
);

/// A version other than 1.
pub(crate) fn unknown(file: FileId, range: std::ops::Range<usize>, version: &str) -> Finding {
    Finding::new(&CODE, format!("format version {version} is not known"))
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
