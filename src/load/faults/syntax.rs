//! a file or line that is not JSON or YAML
//!
//! # What it finds
//! A place where a file breaks the rules of JSON or YAML: a bracket, comma or quotation mark too many
//! or too few, a comment in JSON, a tab in YAML's indentation.
//!
//! # Why it matters
//! What follows such a place cannot be trusted, so that the whole file is left out (of JSON Lines, the
//! line alone). A file left out ends the run with exit code 3.
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
//! # How to mend
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
//! Blank lines in JSON Lines, several documents in one YAML file, and comments in YAML are as they
//! should be.
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
