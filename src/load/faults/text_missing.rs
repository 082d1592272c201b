//! a document whose text is not there
//!
//! # What it finds
//! A document that names a plain text which is neither beside the facts nor in a folder given with
//! `--texts`, while quotes rest on it. This is a remark, no fault.
//!
//! # Why it matters
//! Its quotes are unverified. Facts are often shared without the texts, which others own, so that this
//! must be possible; but it must not go unsaid.
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
//! # How to mend
//! Put the text beside the facts, or say where it lies: `--texts DIR`.
//! ```text report.txt
//! The secretary general arrived on Thursday.
//! ```
//!
//! # When it stays silent
//! A document without `text`, or one that no quote rests on.
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
        format!("the text of {named} is not there: {quotes} unverified"),
    )
    .at(
        Place::value(origin, "text"),
        "looked for beside the facts and in --texts",
    )
    .help("say where texts lie: --texts DIR")
    .of(document)
}
