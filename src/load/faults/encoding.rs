//! a text that is not UTF-8

use crate::finding::{Code, Finding, Place, Severity};
use crate::model::FileId;

/// A text that is not UTF-8.
pub static CODE: Code = Code::new(
    "AN002",
    "encoding",
    Severity::Error,
    include_str!("encoding.rs"),
);

/// `guess` names the encoding that the bytes look like.
pub(crate) fn found(file: FileId, range: std::ops::Range<usize>, guess: &str) -> Finding {
    Finding::new(&CODE, format!("this is not UTF-8: {guess}"))
        .at(Place::Bytes(file, range.into()), "here")
        .note("facts and texts are read as UTF-8 and nothing else, so that no letter is guessed")
        .help("save the file as UTF-8 (in an editor: “save with encoding”)")
}
