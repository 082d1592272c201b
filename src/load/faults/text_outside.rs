//! a text outside the folders for texts
//!
//! # What it finds
//! A document's `text` that leads out of the folder of its fact file and of every folder given with
//! `--texts`: upwards, to an absolute path, or through a link. It is not read.
//!
//! # Why it matters
//! Facts come from others. A fact file must not be able to make Annals read `/etc/passwd`, or your
//! letters, and show sentences from them in its messages.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! documents:
//!   - {id: report, title: Visit to Kyiv, text: ../letters/report.txt}
//! ```
//!
//! # How to fix
//! Move the text next to the facts, or allow its folder with `--texts`.
//! ```yaml facts.yaml
//! annals: 1
//! documents:
//!   - {id: report, title: Visit to Kyiv, text: report.txt}
//! ```
//! ```text report.txt
//! The secretary general arrived on Thursday.
//! ```
//!
//! # When it stays silent
//! `..` that stays within the folder, and links from one allowed folder to another.
//!
//! # Source
//! The fact format, version 1: *`text` is a path relative to the fact file*; CWE-22 (path traversal).

use annals_finding::{Code, Finding, Place, Severity};
use annals_model::{DocumentId, Facts};

/// A text outside the folders for texts.
pub static CODE: Code = Code::new(
    "AN122",
    "text-outside",
    Severity::Error,
    include_str!("text_outside.rs"),
);

pub(crate) fn found(facts: &Facts, document: DocumentId) -> Finding {
    let named = super::record(facts, document);
    let origin = facts[document].common.origin;
    Finding::new(&CODE, format!("the text of {named} is outside the folders for texts"))
        .at(Place::value(origin, "text"), "leads out of its folder")
        .note("a fact file may only use texts in its own folder and in those given with --texts, and may not leave them through a link")
        .help("move the text, or name its folder with --texts")
        .of(document)
}
