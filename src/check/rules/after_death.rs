//! something done after its actor was gone
//!
//! # What it finds
//! A claim said, or an office or membership held, after the actor's lifespan must have ended. A
//! claim without a date that is only reported after the actor's death, a participant of a later
//! event, and an office that is said never to end are warnings.
//!
//! # Why it matters
//! The dead do not speak. Most often two people of one name were taken for one; or what was said
//! long before is dated by its publication.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: king, name: The old king, kind: person, lifespan: 1599-03-01/1661-05-09}
//! claims:
//!   - {id: c1, speaker: king, said: 1672, content: The dike must be closed.}
//! ```
//!
//! # How to mend
//! Correct the date or the lifespan. What was published after a death and said before it has no
//! `said`, or one before the death.
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: king, name: The old king, kind: person, lifespan: 1599-03-01/1661-05-09}
//! claims:
//!   - {id: c1, speaker: king, said: ../1661, content: The dike must be closed.}
//! ```
//!
//! # When it stays silent
//! A lifespan without an end; a date that can lie before the death; the very day of the death.
//! `after 1660`, written `1660/..` for something that began then, does not rule anything out by its
//! open end alone: that is a warning.
//!
//! # Source
//! The fact format, version 1: *lifespan*; posthumous publication is a well-known false alarm.

use crate::{Context, Rule};
use annals_finding::wording;
use annals_finding::{Code, Finding, Place, Severity};

use super::actor_activity::{Deed, Sort, deeds, only_published};
use super::capped_findings::CappedFindings;
use annals_time::{Certainty, DayRelation, compare};

/// Something done after its actor was gone.
static CODE: Code = Code::new(
    "AN302",
    "after-death",
    Severity::Error,
    include_str!("after_death.rs"),
);

/// See [`CODE`].
pub(crate) struct AfterDeath;

impl Rule for AfterDeath {
    fn code(&self) -> &'static Code {
        &CODE
    }

    fn check(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let facts = context.facts();
        let mut found = CappedFindings::new(&CODE);
        for deed in deeds(facts) {
            if let Some(severity) = severity(context, &deed) {
                found.add(context, deed.record, || finding(context, &deed, severity));
            }
        }
        for deed in only_published(facts) {
            let later = compare(deed.when, DayRelation::After, deed.lifespan);
            if later == Certainty::Certainly {
                found.add(context, deed.record, || {
                    finding(context, &deed, Severity::Warning)
                        .note("it has no date of its own: it may have been said before")
                });
            }
        }
        found.finish(findings);
    }
}

fn severity(context: &Context<'_>, deed: &Deed<'_>) -> Option<Severity> {
    let life = deed.lifespan;
    let begun = context.ruled_out(deed.when, DayRelation::StartsNotAfterEnd, life);
    match deed.sort {
        Sort::Said => begun,
        // The dead are buried, remembered and tried.
        Sort::TookPart => begun.map(|_| Severity::Warning),
        Sort::Held => begun.or_else(|| {
            let ended = context.ruled_out(deed.when, DayRelation::EndsNotAfter, life);
            let open = deed.when.last().is_none();
            ended.map(|severity| if open { Severity::Warning } else { severity })
        }),
    }
}

fn finding(context: &Context<'_>, deed: &Deed<'_>, severity: Severity) -> Finding {
    let facts = context.facts();
    let (record, actor) = (
        wording::record(facts, deed.record),
        wording::record(facts, deed.actor),
    );
    let (when, life) = (deed.when.dated(), deed.lifespan.dated());
    let mut finding = Finding::new(&CODE, format!("{record} is dated after {actor} was gone"))
        .at(deed.place(facts), format!("{} {when}", deed.verb))
        .at(
            Place::value(facts.common(deed.actor).origin, "lifespan"),
            format!("there {life}"),
        )
        .note("nobody speaks or holds an office after death")
        .help("correct the date or the lifespan, or name the other actor that is meant")
        .of(deed.record)
        .of(deed.actor);
    finding.severity = severity;
    finding
}
