//! a document whose text is missing
//!
//! # What it finds
//! A document that names a plain text which is neither beside the facts nor in a folder given with
//! `--texts`, although quotes depend on it. This is a remark, not a fault.
//!
//! # Why it matters
//! Its quotes are unverified. Facts are often shared without the texts, which belong to others, so
//! this must be allowed; but it must be reported.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! documents:
//!   - {id: report, title: Visit to Kyiv, text: report.txt}
//! claims:
//!   - id: c1
//!     speaker: []
//!     evidence: {document: report, quote: arrived on Thursday}
//! ```
//!
//! # How to fix
//! Put the text beside the facts, or name its folder: `--texts DIR`.
//! ```text report.txt
//! The secretary general arrived on Thursday.
//! ```
//!
//! # When it stays silent
//! A document without `text`, or one that no quote depends on.
//!
//! # Source
//! The fact format, version 1: *evidence*.

use annals_finding::{Code, Finding, Place, Severity};
use annals_model::{DocumentId, Facts};

/// A document whose text is not there.
pub static CODE: Code = Code::new(
    "AN121",
    "text-missing",
    Severity::Info,
    include_str!("text_missing.rs"),
);

pub(crate) fn found(facts: &Facts, document: DocumentId, unverified: usize) -> Finding {
    let named = super::record(facts, document);
    let origin = facts[document].common.origin;
    let quotes = super::count(unverified, "quote is", "quotes are");
    Finding::new(
        &CODE,
        format!("the text of {named} is missing: {quotes} unverified"),
    )
    .at(
        Place::value(origin, "text"),
        "not found beside the facts or in --texts",
    )
    .help("name the folder with the texts: --texts DIR")
    .of(document)
}
