//! a text that has changed
//!
//! # What it finds
//! A document whose text does not have the SHA-256 checksum in its `sha256`.
//!
//! # Why it matters
//! The facts were annotated on another version of the text. Spans may now point to other words, and
//! the publisher may have corrected or withdrawn a quote.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! documents:
//!   - id: report
//!     title: Visit to Kyiv
//!     text: report.txt
//!     sha256: b5d4045c3f466fa91fe2cc6abe79232a1a57cdf104f7a26e716e0a1e2789df78
//! ```
//! ```text report.txt
//! The secretary general arrived on Thursday.
//! ```
//!
//! # How to fix
//! Restore the old text; or check the facts against the new one and update the checksum.
//! ```yaml facts.yaml
//! annals: 1
//! documents:
//!   - id: report
//!     title: Visit to Kyiv
//!     text: report.txt
//!     sha256: f495c173c9698cd1de7ef7d93947c903debfdb894f4122b1358f389741a7eeff
//! ```
//!
//! # When it stays silent
//! Without `sha256`, nothing is compared.
//!
//! # Source
//! FIPS 180-4 (SHA-256).

use annals_finding::{Code, Finding, Place, Severity};
use annals_model::{DocumentId, Facts};

/// A text that has changed.
pub static CODE: Code = Code::new(
    "AN123",
    "text-changed",
    Severity::Error,
    include_str!("text_changed.rs"),
);

pub(crate) fn found(facts: &Facts, document: DocumentId, file: &str, sum: &str) -> Finding {
    let named = super::record(facts, document);
    let origin = facts[document].common.origin;
    Finding::new(
        &CODE,
        format!("the text of {named} has changed since it was annotated"),
    )
    .at(
        Place::value(origin, "sha256"),
        format!("{file} has the checksum {sum}"),
    )
    .note("quotes are still looked up in the text as it is")
    .suggest(
        "if the new text is right",
        Place::value(origin, "sha256"),
        sum,
    )
    .of(document)
}
