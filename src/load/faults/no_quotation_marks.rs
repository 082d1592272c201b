//! direct speech in no quotation marks
//!
//! # What it finds
//! A claim with `mode: direct` whose words stand in their text, but in no quotation marks there.
//!
//! # Why it matters
//! “She knew of no offer” in a reporter's own sentence is what the reporter says that she said. The
//! words stand there, so the quote is verified; whether they are hers is another matter.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! documents:
//!   - {id: report, title: The offer, kind: report, text: report.txt}
//! actors:
//!   - {id: lee, name: Ann Lee, kind: person}
//! topics:
//!   - {id: offer, label: the offer}
//! claims:
//!   - id: c1
//!     speaker: lee
//!     about: offer
//!     mode: direct
//!     quote: she knew of no such offer
//!     evidence: {document: report}
//! ```
//! ```text report.txt
//! Ann Lee told the council that she knew of no such offer. “I was in Tavel,” she said.
//! ```
//!
//! # How to fix
//! Say that the document reports the words in its own: `mode: indirect`. Or quote what stands in the
//! quotation marks.
//! ```yaml facts.yaml
//! annals: 1
//! documents:
//!   - {id: report, title: The offer, kind: report, text: report.txt}
//! actors:
//!   - {id: lee, name: Ann Lee, kind: person}
//! topics:
//!   - {id: offer, label: the offer}
//! claims:
//!   - id: c1
//!     speaker: lee
//!     about: offer
//!     mode: indirect
//!     quote: she knew of no such offer
//!     evidence: {document: report}
//! ```
//!
//! # When it stays silent
//! A text without any quotation marks; words after a name and a colon, or a dash; letters, speeches,
//! transcripts and the like, and documents that the speaker wrote; claims without `mode`. Marks of all
//! shapes count, and where it is in doubt whether they hold the words, they do.
//!
//! # Source
//! The fact format, version 1: *claim*, `mode`.

use annals_finding::{Code, Finding, Place, Severity};

/// Direct speech in no quotation marks.
pub static CODE: Code = Code::new(
    "AN130",
    "no-quotation-marks",
    Severity::Info,
    include_str!("no_quotation_marks.rs"),
);

/// `quote` is where the words are written, `passage` where they stand.
pub(crate) fn found(subject: &str, quote: Place, passage: Place) -> Finding {
    Finding::new(
        &CODE,
        format!("{subject} is direct speech, but its words stand in no quotation marks"),
    )
    .at(quote, "said to be the speaker's own words")
    .at(passage, "in the document's own words here")
    .help("if the document reports it in its own words, write mode: indirect")
    .help("otherwise quote what stands in the quotation marks")
}
