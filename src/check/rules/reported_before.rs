//! a document published before something it reports as past
//!
//! # What it finds
//! An event with the status `occurred` whose documents were all published before it can have begun,
//! whatever the uncertain dates are.
//!
//! # Why it matters
//! A report about something still to come makes an event `scheduled` or `anticipated`, not
//! `occurred`. Otherwise one of the dates is wrong.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! documents:
//!   - {id: report, title: Report, published: 2023-04-20}
//! events:
//!   - {id: summit, label: Summit in Vilnius, when: 2023-07, status: occurred, evidence: {document: report}}
//! ```
//!
//! # How to fix
//! Give the status that the document supports: the event is planned or expected. Or correct a date.
//! ```yaml facts.yaml
//! annals: 1
//! documents:
//!   - {id: report, title: Report, published: 2023-04-20}
//! events:
//!   - {id: summit, label: Summit in Vilnius, when: 2023-07, status: scheduled, evidence: {document: report}}
//! ```
//!
//! # When it stays silent
//! Events that are scheduled, anticipated, alleged or cancelled, or have no status; publication on
//! the day of the event; an event that one document announces and a later one reports.
//!
//! # Source
//! The fact format, version 1: *event*, `status`.

use super::collected::Collected;
use super::link::is_in_force;
use super::said_after_report::reported_early;
use crate::{Context, Rule};
use annals_finding::{Code, Finding, Severity};
use annals_model::{DocumentId, EventId, Facts, Status};
use annals_time::{Date, DayRelation, chronological};

/// A document published before an event that it reports as past.
static CODE: Code = Code::new(
    "AN313",
    "reported-before",
    Severity::Error,
    include_str!("reported_before.rs"),
);

/// See [`CODE`].
pub(crate) struct ReportedBefore;

impl Rule for ReportedBefore {
    fn code(&self) -> &'static Code {
        &CODE
    }

    fn check(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let facts = context.facts();
        let mut found = Collected::new(context, &CODE);
        for (id, event) in facts.events.iter() {
            let is_past = event.status == Some(Status::Occurred) && is_in_force(facts, id);
            let Some(when) = event.when.filter(|_| is_past) else {
                continue;
            };
            let when = facts.date(when);
            if let Some((severity, document)) = published_early(context, id, when) {
                found.add(context, id.into(), severity, || {
                    finding(facts, id, when, document)
                });
            }
        }
        found.finish(findings);
    }
}

/// The last of its documents, if all of them were published too early, and how bad that is.
fn published_early(
    context: &Context<'_>,
    id: EventId,
    when: &Date,
) -> Option<(Severity, DocumentId)> {
    let facts = context.facts();
    let mut last: Option<(&Date, DocumentId)> = None;
    let mut severity = Severity::Error;
    for evidence in facts.list(facts[id].evidence) {
        let document = evidence.document?;
        let published = facts.date(facts[document].published?);
        let early = context.ruled_out(when, DayRelation::StartsNotAfterEnd, published)?;
        severity = severity.min(early);
        if last.is_none_or(|(before, _)| chronological(before, published).is_lt()) {
            last = Some((published, document));
        }
    }
    Some((severity, last?.1))
}

fn finding(facts: &Facts, id: EventId, when: &Date, document: DocumentId) -> Finding {
    reported_early(facts, &CODE, id.into(), "when", when, document)
        .note("an event that has occurred began before the document that reports it was published")
        .help("if it was still to come, set its status to \"scheduled\" or \"anticipated\"")
}
