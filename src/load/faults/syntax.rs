//! a file or line that is not JSON or YAML
//!
//! # What it finds
//! A place where a file breaks the rules of JSON or YAML: a missing or extra bracket, comma or
//! quotation mark, a comment in JSON, a tab in YAML indentation.
//!
//! # Why it matters
//! What follows such a place cannot be trusted, so the whole file is left out (in JSON Lines, only
//! the line). If a file is left out, the exit code is 3.
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
