//! a file or line that is not JSON or YAML
//!
//! # What it finds
//! A place where a file breaks the rules of JSON or YAML: a missing or extra bracket, comma or
//! quotation mark, a comment in JSON, a tab in YAML indentation.
//!
//! # Why it matters
//! A slip costs the record in which it stands: YAML and JSON are cut where an item of a list of
//! records begins, JSON Lines at lines. The other records of the file are read. What refers to the
//! record that could not be read is no error, since its id is known; it is only left out.
//!
//! The file was read in part, then. Every answer says so, and how many records could not be read.
//! `annals check` ends with exit code 3, `--strict` with 1; `annals build` refuses, and `--fix` leaves
//! the file as it is.
//!
//! A file is left out whole, and questions end with exit code 3, if no record of it can be read, or
//! if a part of it alone might mean something else: in YAML, where the place is in a list in
//! brackets, an alias leads to another record, a value has a tag, or there are directives or several
//! documents.
//!
//! # Example
//! ```json facts.json
//! {
//!   "annals": 1,
//!   "actors": [
//!     {"id": "nato", "name": "NATO" "kind": "organization"}
//!   ]
//! }
//! ```
//!
//! # How to fix
//! ```json facts.json
//! {
//!   "annals": 1,
//!   "actors": [
//!     {"id": "nato", "name": "NATO", "kind": "organization"}
//!   ]
//! }
//! ```
//!
//! # When it stays silent
//! Blank lines in JSON Lines, several documents in one YAML file, and comments in YAML are allowed.
//!
//! # Source
//! RFC 8259 (JSON); jsonlines.org; YAML 1.2.2.

use annals_finding::{Code, Finding, Place, Severity};
use annals_model::FileId;

/// A file or line that is not JSON or YAML.
pub static CODE: Code = Code::new(
    "AN003",
    "syntax",
    Severity::Error,
    include_str!("syntax.rs"),
);

/// `words` say what is wrong, `help` what to do about it.
pub(crate) fn found(
    file: FileId,
    range: std::ops::Range<usize>,
    words: &str,
    label: &str,
    help: Option<&str>,
) -> Finding {
    let finding = Finding::new(&CODE, words).at(Place::Bytes(file, range.into()), label);
    match help {
        Some(help) => finding.help(help),
        None => finding,
    }
}

/// … which putting a text in quotation marks mends.
pub(crate) fn in_quotes(
    finding: Finding,
    file: FileId,
    range: std::ops::Range<usize>,
    text: &str,
) -> Finding {
    let place = Place::Bytes(file, range.into());
    let text = annals_finding::wording::quoted(text);
    finding.suggest("put the text in quotation marks", place, &text)
}
