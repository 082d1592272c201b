//! a record retracted before it was entered
//!
//! # What it finds
//! A record whose `retracted` is before its `recorded`, whatever the uncertain dates are.
//!
//! # Why it matters
//! A record cannot be retracted before it exists. `--as-of` would never show it: a record counts
//! from the day it was entered to the day it was retracted.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: a, name: Ines Carvalho, kind: person}
//! claims:
//!   - {id: c1, speaker: a, content: It is ready., recorded: 2021-10-09, retracted: {on: 2021-10-07, reason: A correction was printed.}}
//! ```
//!
//! # How to fix
//! Correct one of the dates: `recorded` is the day on which the record entered the data, not the
//! day of its source; `retracted` is the day on which it was withdrawn.
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: a, name: Ines Carvalho, kind: person}
//! claims:
//!   - {id: c1, speaker: a, content: It is ready., recorded: 2021-10-05, retracted: {on: 2021-10-07, reason: A correction was printed.}}
//! ```
//!
//! # When it stays silent
//! Both on one day; a month or a year that allows both; a record with only one of the two.
//!
//! # Source
//! The fact format, version 1: `recorded`, `retracted`. No other fact concerns these two days, so
//! they are not part of the chronology network.

use super::collected::Collected;
use crate::{Context, Rule};
use annals_finding::wording;
use annals_finding::{Code, Finding, Path, Place, Severity};
use annals_model::{Facts, RecordRef};
use annals_time::{Date, DayRelation};

/// A record retracted before it was entered.
static CODE: Code = Code::new(
    "AN211",
    "retracted-early",
    Severity::Error,
    include_str!("retracted_early.rs"),
);

/// See [`CODE`].
pub(crate) struct RetractedEarly;

impl Rule for RetractedEarly {
    fn code(&self) -> &'static Code {
        &CODE
    }

    fn check(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let facts = context.facts();
        if facts.more.is_empty() {
            return;
        }
        let mut found = Collected::new(context, &CODE);
        for record in facts.records() {
            let Some((recorded, on)) = days(facts, record) else {
                continue;
            };
            let early = context.ruled_out(recorded, DayRelation::StartsNotAfterEnd, on);
            if let Some(severity) = early {
                found.add(context, record, severity, || {
                    finding(facts, record, recorded, on)
                });
            }
        }
        found.finish(findings);
    }
}

fn days(facts: &Facts, record: RecordRef) -> Option<(&Date, &Date)> {
    let more = facts.more(record)?;
    let (recorded, retraction) = more.recorded.zip(more.retracted)?;
    Some((facts.date(recorded), facts.date(retraction.on)))
}

fn finding(facts: &Facts, record: RecordRef, recorded: &Date, on: &Date) -> Finding {
    let origin = facts.common(record).origin;
    let subject = wording::record(facts, record);
    Finding::new(
        &CODE,
        format!("{subject} is retracted before it was entered"),
    )
    .at(
        Place::Value(origin, Path::field("retracted")),
        format!("retracted {}", on.dated()),
    )
    .at(
        Place::value(origin, "recorded"),
        format!("entered {}", recorded.dated()),
    )
    .note("a record is in force from the day it was entered to the day it was retracted")
    .help("correct one of the two dates")
    .of(record)
}
