//! a file or line that is not JSON or YAML

use crate::finding::{Code, Finding, Place, Severity};
use crate::model::FileId;

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
