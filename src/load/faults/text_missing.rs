//! a document whose text is missing
//!
//! # What it finds
//! A document that names a plain text which is neither beside the facts nor in a folder given with
//! `--texts`, although quotes depend on it. With the document's `sha256` this is a remark: facts are
//! often shared without the texts, and the sum says which text it was.
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
//! Put the text beside the facts, or name its folder: `--texts DIR`. Where a file of that name lies
//! elsewhere in the folders that were read, the finding says what to write.
//! ```text report.txt
//! The secretary general arrived on Thursday.
//! ```
//!
//! # When it stays silent
//! A document without `text`, or one that no quote depends on.
//!
//! # Source
//! The fact format, version 1: *evidence*.

use crate::source::elsewhere::Elsewhere;
use annals_finding::{Code, Finding, Place, Severity};
use annals_model::{DocumentId, Facts};

/// A document whose text is not there.
pub static CODE: Code = Code::new(
    "AN121",
    "text-missing",
    Severity::Warning,
    include_str!("text_missing.rs"),
);

pub(crate) fn found(
    facts: &Facts,
    document: DocumentId,
    unverified: usize,
    elsewhere: &[Elsewhere],
) -> Finding {
    let named = super::record(facts, document);
    let origin = facts[document].common.origin;
    let quotes = super::count(unverified, "quote is", "quotes are");
    let text = facts[document].text.map_or("", |text| facts.str(text));
    let place = Place::value(origin, "text");
    let mut finding = Finding::new(
        &CODE,
        format!(
            "the text of {named} is missing: there is no {}, and {quotes} unverified",
            super::short(text)
        ),
    )
    .at(place.clone(), "not found beside the facts or in --texts")
    .of(document);
    if facts[document].sha256.is_some() {
        finding.severity = Severity::Info;
    }
    match elsewhere {
        [] => finding.help("correct the path, or name the folder with the texts: --texts DIR"),
        [
            Elsewhere {
                shown,
                written: Some(written),
            },
        ] => finding.suggest(
            format!(
                "there is {}: write text: {}",
                super::short(shown),
                super::short(written)
            ),
            place,
            written,
        ),
        [Elsewhere { shown, .. }] => finding.help(format!(
            "there is {}: name its folder with --texts",
            super::short(shown)
        )),
        several => {
            let names = several.iter().take(3).map(|one| super::short(&one.shown));
            let names = names.collect::<Vec<_>>().join(", ");
            let more = match several.len().saturating_sub(3) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            finding.help(format!(
                "files of that name are {names}{more}: write the path of the one that is meant"
            ))
        }
    }
}
