//! a file that is not UTF-8
//!
//! # What it finds
//! Bytes in a fact file that are not UTF-8, or a file that looks like UTF-16. The message says what
//! the bytes look like and where the first of them is.
//!
//! # Why it matters
//! A program that guesses an encoding silently turns “Zürich” into “`ZÃ¼rich`”, and then quotes no
//! longer match their texts. Annals guesses nothing.
//!
//! # Example
//! A spreadsheet program on Windows has saved the file in its own encoding, so that `ü` is the single
//! byte FC:
//! ```console
//! $ annals check towns.json
//! error[AN002]: this is not UTF-8: it looks like Latin-1 or another one-byte encoding
//! ```
//!
//! # How to fix
//! Save the file as UTF-8; editors call this “save with encoding”. On a command line:
//! ```console
//! $ iconv -f WINDOWS-1252 -t UTF-8 towns.json > towns-utf8.json
//! ```
//!
//! # When it stays silent
//! A byte order mark at the beginning of a UTF-8 file is skipped. In JSON Lines, only the lines
//! with such bytes are left out.
//!
//! # Source
//! RFC 3629 (UTF-8); RFC 8259, section 8.1: JSON between systems is UTF-8.

use annals_finding::{Code, Finding, Place, Severity};
use annals_model::FileId;

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
        .note("facts and texts are read as UTF-8 only, so that no letter is guessed")
        .help("save the file as UTF-8 (in an editor: “save with encoding”)")
}
