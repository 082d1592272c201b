//! a claim said after the document that reports it
//!
//! # What it finds
//! A claim whose date is after the publication of a document in its evidence, whatever the
//! uncertain dates are.
//!
//! # Why it matters
//! Nobody reports what has not been said. Most often the claim was dated by another report, or the
//! document by a later edition.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! documents:
//!   - {id: report, title: Report, published: 2023-04-20}
//! actors:
//!   - {id: a, name: Ines Carvalho, kind: person}
//! claims:
//!   - {id: c1, speaker: a, said: 2023-04-21, content: The mole stands., evidence: {document: report}}
//! ```
//!
//! # How to fix
//! Correct one of the dates, or name the document that reports it.
//! ```yaml facts.yaml
//! annals: 1
//! documents:
//!   - {id: report, title: Report, published: 2023-04-20}
//! actors:
//!   - {id: a, name: Ines Carvalho, kind: person}
//! claims:
//!   - {id: c1, speaker: a, said: 2023-04-20, content: The mole stands., evidence: {document: report}}
//! ```
//!
//! # When it stays silent
//! The same day; a month or year that allows both; a document or claim without a date.
//!
//! # Source
//! The fact format, version 1: happened, said, reported and recorded are four dates.

use crate::{Context, Rule};
use annals_finding::wording;
use annals_finding::{Code, Finding, Place, Severity};

use super::collected::Collected;
use super::link::is_in_force;
use annals_model::{DocumentId, Facts, RecordRef};
use annals_time::{Date, DayRelation};

/// A claim said after the document that reports it.
static CODE: Code = Code::new(
    "AN312",
    "said-after-report",
    Severity::Error,
    include_str!("said_after_report.rs"),
);

/// See [`CODE`].
pub(crate) struct SaidAfterReport;

impl Rule for SaidAfterReport {
    fn code(&self) -> &'static Code {
        &CODE
    }

    fn check(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let facts = context.facts();
        let mut found = Collected::new(context, &CODE);
        for (id, claim) in facts.claims.iter() {
            let Some(said) = claim.said.filter(|_| is_in_force(facts, id)) else {
                continue;
            };
            let said = facts.date(said);
            let documents = facts
                .list(claim.evidence)
                .iter()
                .filter_map(|one| one.document);
            for document in documents {
                let Some(published) = facts[document].published.map(|date| facts.date(date)) else {
                    continue;
                };
                let late = context.ruled_out(said, DayRelation::StartsNotAfterEnd, published);
                if let Some(severity) = late {
                    found.add(context, id.into(), severity, || {
                        reported_early(facts, &CODE, id.into(), "said", said, document)
                            .note("a document reports what was said before its publication")
                    });
                }
            }
        }
        found.finish(findings);
    }
}

/// A finding that a document was published before what it reports.
pub(super) fn reported_early(
    facts: &Facts,
    code: &'static Code,
    record: RecordRef,
    field: &'static str,
    when: &Date,
    document: DocumentId,
) -> Finding {
    let subject = wording::record(facts, record);
    let source = wording::record(facts, document);
    let published = facts[document]
        .published
        .map_or(String::new(), |date| facts.date(date).dated());
    Finding::new(
        code,
        format!("{subject} is dated after {source}, which reports it"),
    )
    .at(
        Place::value(facts.common(record).origin, field),
        format!("dated {}", when.dated()),
    )
    .at(
        Place::value(facts.common(document).origin, "published"),
        format!("published {published}"),
    )
    .help("correct one of the dates, or name the document that reports it")
    .of(record)
    .of(document)
}
