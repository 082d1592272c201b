//! something done before its actor's lifespan
//!
//! # What it finds
//! A claim, an event with participants, or an office or membership that began before the actor's
//! lifespan can have begun, whatever the uncertain dates are.
//!
//! # Why it matters
//! Nobody speaks or holds an office before being born, and no organization before it is founded.
//! Most often two people with the same name were confused, or a century was mistyped.
//!
//! # Example
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: king, name: The old king, kind: person, lifespan: 1599-03-01/1661-05-09}
//! claims:
//!   - {id: c1, speaker: king, said: 1598, content: The dike must be closed.}
//! ```
//!
//! # How to fix
//! Correct the date or the lifespan, or name the person you mean.
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: king, name: The old king, kind: person, lifespan: 1599-03-01/1661-05-09}
//! claims:
//!   - {id: c1, speaker: king, said: 1648, content: The dike must be closed.}
//! ```
//!
//! # When it stays silent
//! A lifespan or a date that allows both, such as the year of birth itself. A date with `?`, `~` or
//! `%` that fits within its slack is a warning, not an error.
//!
//! # Source
//! The fact format, version 1: *lifespan*.

use crate::{Context, Rule};
use annals_finding::wording;
use annals_finding::{Code, Finding, Place, Severity};

use super::actor_activity::{Activity, activities};
use super::collected::Collected;
use annals_time::DayRelation;

/// An activity before the actor's lifespan.
static CODE: Code = Code::new(
    "AN301",
    "before-birth",
    Severity::Error,
    include_str!("before_birth.rs"),
);

/// See [`CODE`].
pub(crate) struct BeforeBirth;

impl Rule for BeforeBirth {
    fn code(&self) -> &'static Code {
        &CODE
    }

    fn check(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let mut found = Collected::new(context, &CODE);
        for activity in activities(context.facts()) {
            let life = activity.lifespan;
            let severity = context.ruled_out(life, DayRelation::StartsNotAfterEnd, activity.when);
            if let Some(severity) = severity {
                found.add(context, activity.record, severity, || {
                    finding(context, &activity)
                });
            }
        }
        found.finish(findings);
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
        format!("{record} is dated before the lifespan of {actor}"),
    )
    .at(activity.place(facts), format!("{} {when}", activity.verb))
    .at(
        Place::value(facts.common(activity.actor).origin, "lifespan"),
        format!("there {life}"),
    )
    .note("nobody acts before birth, and no organization before it is founded")
    .help("correct the date or the lifespan, or name the actor you mean")
    .of(activity.record)
    .of(activity.actor)
}
