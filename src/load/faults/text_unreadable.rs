//! a text that cannot be read
//!
//! # What it finds
//! A document's text that exists but cannot be read, or is not UTF-8.
//!
//! # Why it matters
//! None of its quotes can be verified.
//!
//! # Example
//! The text was saved by an old word processor in Windows-1252:
//! ```console
//! $ annals check facts.yaml
//! error[AN124]: the text of document report cannot be read: report.txt: it is not UTF-8; it looks like Windows-1252 or another one-byte encoding
//! ```
//!
//! # How to fix
//! Save the text as plain UTF-8, not as `.docx` or PDF.
//! ```console
//! $ iconv -f WINDOWS-1252 -t UTF-8 report.txt > report-utf8.txt
//! ```
//!
//! # When it stays silent
//! A missing text is only a remark (AN121).
//!
//! # Source
//! RFC 3629 (UTF-8).

use annals_finding::{Code, Finding, Place, Severity};
use annals_model::{DocumentId, Facts};

/// A text that cannot be read.
pub static CODE: Code = Code::new(
    "AN124",
    "text-unreadable",
    Severity::Error,
    include_str!("text_unreadable.rs"),
);

pub(crate) fn found(facts: &Facts, document: DocumentId, file: &str, why: &str) -> Finding {
    let named = super::record(facts, document);
    let origin = facts[document].common.origin;
    Finding::new(
        &CODE,
        format!("the text of {named} cannot be read: {file}: {why}"),
    )
    .at(Place::value(origin, "text"), "this text")
    .of(document)
}
