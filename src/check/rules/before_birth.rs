//! something done before its actor was there
//!
//! # What it finds
//! A claim, an event with participants, or an office or membership that began before the actor's
//! lifespan can have begun, whatever the uncertain dates are.
//!
//! # Why it matters
//! Nobody speaks or holds an office before being born, and no organization before it is founded.
//! Most often two people of one name were taken for one, or a century was mistyped.
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
//! # How to mend
//! Correct the date or the lifespan, or name the other person who is meant.
//! ```yaml facts.yaml
//! annals: 1
//! actors:
//!   - {id: king, name: The old king, kind: person, lifespan: 1599-03-01/1661-05-09}
//! claims:
//!   - {id: c1, speaker: king, said: 1648, content: The dike must be closed.}
//! ```
//!
//! # When it stays silent
//! A lifespan or a date that leaves room for both, such as the year of birth itself; a date with
//! `?`, `~` or `%` that fits within its slack gives a warning and not an error.
//!
//! # Source
//! The fact format, version 1: *lifespan*.

use crate::{Context, Rule};
use annals_finding::wording;
use annals_finding::{Code, Finding, Place, Severity};

use super::actor_activity::{Deed, deeds};
use super::capped_findings::CappedFindings;
use annals_time::DayRelation;

/// Something done before its actor was there.
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
        let mut found = CappedFindings::new(&CODE);
        for deed in deeds(context.facts()) {
            let life = deed.lifespan;
            let severity = context.ruled_out(life, DayRelation::StartsNotAfterEnd, deed.when);
            if let Some(severity) = severity {
                found.add(context, deed.record, || finding(context, &deed, severity));
            }
        }
        found.finish(findings);
    }
}

fn finding(context: &Context<'_>, deed: &Deed<'_>, severity: Severity) -> Finding {
    let facts = context.facts();
    let (record, actor) = (
        wording::record(facts, deed.record),
        wording::record(facts, deed.actor),
    );
    let (when, life) = (deed.when.dated(), deed.lifespan.dated());
    let mut finding = Finding::new(&CODE, format!("{record} is dated before {actor} was there"))
        .at(deed.place(facts), format!("{} {when}", deed.verb))
        .at(
            Place::value(facts.common(deed.actor).origin, "lifespan"),
            format!("there {life}"),
        )
        .note("nobody acts before birth, and no organization before it is founded")
        .help("correct the date or the lifespan, or name the other actor that is meant")
        .of(deed.record)
        .of(deed.actor);
    finding.severity = severity;
    finding
}
