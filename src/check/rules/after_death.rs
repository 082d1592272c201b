//! something done after its actor's lifespan
//!
//! # What it finds
//! A claim said, or an office or membership held, after the actor's lifespan must have ended. These
//! cases are warnings: a claim without a date that is only reported after the actor's death, a
//! participant of a later event, and an office that never ends.
//!
//! # Why it matters
//! The dead do not speak. Most often two people with the same name were confused, or something said
//! long before was dated by its publication.
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
//! # How to fix
//! Correct the date or the lifespan. If something was said before a death and published after it,
//! leave out `said`, or give a date before the death.
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: king, name: The old king, kind: person, lifespan: 1599-03-01/1661-05-09}
//! claims:
//!   - {id: c1, speaker: king, said: ../1661, content: The dike must be closed.}
//! ```
//!
//! # When it stays silent
//! A lifespan without an end; a date that can be before the death; the very day of the death.
//! `after 1660`, written `1660/..` for something that began then, does not rule anything out by its
//! open end alone: that is a warning.
//!
//! # Source
//! The fact format, version 1: *lifespan*; posthumous publication is a well-known false alarm.

use crate::{Context, Rule};
use annals_finding::wording;
use annals_finding::{Code, Finding, Place, Severity};

use super::actor_activity::{Activity, ActivityKind, activities, only_published};
use super::collected::Collected;
use annals_time::{Certainty, DayRelation, compare};

/// An activity after the actor's lifespan.
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
        let mut found = Collected::new(context, &CODE);
        for activity in activities(facts) {
            if let Some(severity) = severity(context, &activity) {
                found.add(context, activity.record, severity, || {
                    finding(context, &activity)
                });
            }
        }
        for activity in only_published(facts) {
            let later = compare(activity.when, DayRelation::After, activity.lifespan);
            if later == Certainty::Certainly {
                found.add(context, activity.record, Severity::Warning, || {
                    finding(context, &activity)
                        .note("it has no date of its own: it may have been said earlier")
                });
            }
        }
        found.finish(findings);
    }
}

fn severity(context: &Context<'_>, activity: &Activity<'_>) -> Option<Severity> {
    let life = activity.lifespan;
    let begun = context.ruled_out(activity.when, DayRelation::StartsNotAfterEnd, life);
    match activity.kind {
        ActivityKind::Said => begun,
        // The dead are buried, remembered and tried.
        ActivityKind::TookPart => begun.map(|_| Severity::Warning),
        ActivityKind::Held => begun.or_else(|| {
            let ended = context.ruled_out(activity.when, DayRelation::EndsNotAfter, life);
            let open = activity.when.last().is_none();
            ended.map(|severity| if open { Severity::Warning } else { severity })
        }),
    }
}

fn finding(context: &Context<'_>, activity: &Activity<'_>) -> Finding {
    let facts = context.facts();
    let (record, actor) = (
        wording::record(facts, activity.record),
        wording::record(facts, activity.actor),
    );
    let (when, life) = (activity.when.dated(), activity.lifespan.dated());
    Finding::new(
        &CODE,
        format!("{record} is dated after the lifespan of {actor}"),
    )
    .at(activity.place(facts), format!("{} {when}", activity.verb))
    .at(
        Place::value(facts.common(activity.actor).origin, "lifespan"),
        format!("there {life}"),
    )
    .note("nobody speaks or holds an office after their death")
    .help("correct the date or the lifespan, or name the actor you mean")
    .of(activity.record)
    .of(activity.actor)
}
